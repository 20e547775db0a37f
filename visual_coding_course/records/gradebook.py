"""nbgrader's gradebook, written one submission at a time: whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

from nbgrader.api import (
    BaseCell,
    Comment,
    Grade,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.preprocessors import SaveCells
from nbgrader.utils import parse_utc
from sqlalchemy import and_, case, func, insert, select

from ..assignment import Assignment
from . import kept
from .attempts import Due, due_dates
from .database import open_gradebook, url_of
from .entry import Entry
from .late import Late, Policy, lateness

if TYPE_CHECKING:
    from ..grading.submissions import Submission


class CellsChanged(RuntimeError):
    """The assignment has other cells than those that the gradebook has grades for."""


class Book:
    """A gradebook for one assignment; a context manager.

    What a submission changes (its student, scores, comments, penalty, and its row) is one
    transaction, so that it is in the gradebook whole or not at all, whenever the process ends.

    Parameters
    ----------
    path : Path
        SQLite file; made if it is not there.
    assignment : Assignment
        Entered with its cells and points, as `nbgrader generate_assignment` does.
    policy : Policy
        What is taken off for handing in late.

    Raises
    ------
    CellsChanged
        If cells were added or removed since the first submission was graded.
    Unusable
        If what is there is no gradebook that can be used.
    """

    def __init__(self, path: Path, assignment: Assignment, policy: Policy | None = None):
        self.assignment, self.policy = assignment, policy or Policy()
        self._gradebook = open_gradebook(path)
        kept.make_table(self._gradebook.engine)
        self._gradebook.update_or_create_assignment(assignment.name)
        details = {"notebook": assignment.name, "assignment": assignment.name}
        try:
            SaveCells().preprocess(
                assignment.notebook, {"nbgrader": {**details, "db_url": url_of(path)}}
            )
        except RuntimeError as error:
            raise CellsChanged(
                f"the gradebook has grades for other cells than {assignment.name} has now "
                "(nbgrader cannot add or remove cells then). Grade into another folder with --out, "
                "or take the assignment and its grades out of the gradebook with "
                f"`nbgrader db assignment remove {assignment.name} --force`"
            ) from error

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *exception) -> None:
        self._gradebook.close()

    @cached_property
    def _cells(self) -> SimpleNamespace:
        """Ids and names of the cells with a grade or a comment, and the assignment's own id."""
        name = self.assignment.name
        notebook = self._gradebook.find_notebook(name, name)
        graded, commented = _graded(notebook), _commented(notebook)
        return SimpleNamespace(
            assignment=notebook.assignment_id,
            notebook=notebook.id,
            graded={cell.id: cell.name for cell in graded},
            commented={cell.id: cell.name for cell in commented},
            max_score=sum(cell.max_score for cell in graded),
            of_all={
                one.id: ([cell.id for cell in _graded(one)], [cell.id for cell in _commented(one)])
                for one in notebook.assignment.notebooks
            },
        )

    @contextmanager
    def entry(self, submission: Submission) -> Iterator[Entry]:
        """Open a student's entry; what is done to it is kept when the block ends without error."""
        with self._transaction():
            entered = self._entered(submission.student)
            # Also where there is none: an earlier one is not about this submission.
            entered.timestamp = parse_utc(submission.timestamp) if submission.timestamp else None
            yield self._entry(entered, submission.student)

    def _entered(self, student: str) -> SubmittedAssignment:
        """Find a student's entry; a new one has a grade and a comment for each cell that has any.

        As nbgrader's API makes it, which looks up and adds row by row: that is a third of the time
        that a result takes to be recorded.
        """
        session, cells = self._gradebook.db, self._cells
        key = {"assignment_id": cells.assignment, "student_id": student}
        entered = session.scalars(select(SubmittedAssignment).filter_by(**key)).one_or_none()
        if entered is not None:
            return entered
        if session.get(Student, student) is None:
            session.execute(insert(Student), [{"id": student}])
        entered = session.scalars(insert(SubmittedAssignment).returning(SubmittedAssignment), [key])
        entered = entered.one()
        for notebook, (graded, commented) in cells.of_all.items():
            key = {"notebook_id": notebook, "assignment_id": entered.id}
            [mine] = session.scalars(
                insert(SubmittedNotebook).returning(SubmittedNotebook.id), [key]
            )
            for kind, names in ((Grade, graded), (Comment, commented)):
                if names:
                    rows = [{"notebook_id": mine, "cell_id": name} for name in names]
                    session.execute(insert(kind), rows)
        return entered

    def _entry(self, entered: SubmittedAssignment, student: str) -> Entry:
        return Entry(self._gradebook.db, self._cells, entered, student, self.policy)

    @contextmanager
    def look(self, student: str) -> Iterator[Entry]:
        """Open the entry of a student who has one, to read it."""
        entered = self._gradebook.find_submission(self.assignment.name, student)
        try:
            yield self._entry(entered, student)
        finally:
            self._gradebook.db.remove()

    def reopen(self, student: str) -> None:
        """Keep a student's earlier result, as one that is to be replaced."""
        with self._gradebook.engine.begin() as connection:
            kept.reopen(connection, self.assignment.name, student)

    def notebook(self, student: str) -> str | None:
        """A student's graded notebook, as JSON; None if there is none."""
        with self._gradebook.engine.connect() as connection:
            return kept.notebook_of(connection, self.assignment.name, student)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Make one transaction of what nbgrader's API commits in many steps."""
        session, engine = self._gradebook.db, self._gradebook.engine
        self._cells  # noqa: B018 - read before the session is bound to the transaction
        with engine.begin() as connection:
            # Locked from the start, so that what is read is still true when it is written.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            session.remove()
            session.configure(bind=connection, join_transaction_mode="rollback_only")
            try:
                yield
                session.flush()
            finally:
                session.remove()
                session.configure(bind=engine)

    def results(self) -> dict[str, kept.Known]:
        """Read what is recorded of every student whose grades are in the gradebook."""
        with self._gradebook.engine.connect() as connection:
            return kept.known(connection, self.assignment.name, self._cells.assignment)

    def late(self) -> dict[str, Late]:
        """How late students were, and what was taken off; of those alone who were."""
        with self._gradebook.engine.connect() as connection:
            return lateness(connection, self._cells.assignment)

    def due(self) -> Due:
        """By when it was to be handed in."""
        with self._gradebook.engine.connect() as connection:
            return due_dates(connection, self._cells.assignment)

    def take_off_again(self) -> list[str]:
        """Work out anew what is taken off: a due date may have moved, or the policy changed.

        Returns
        -------
        list of str
            Students for whom it is another number of points now.
        """
        changed, totals = [], self.totals()
        for student, late in self.late().items():
            score = totals.get(student, (None,))[0]
            if score is not None:
                now = self.policy.penalty(student, score, late.seconds) or 0.0
                if abs(now - late.penalty) <= 1e-9:
                    continue
            with self._transaction():
                entered = self._gradebook.find_submission(self.assignment.name, student)
                entry = self._entry(entered, student)
                entry.take_off()
                if abs((entry.late_submission_penalty or 0.0) - late.penalty) > 1e-9:
                    changed.append(student)
        return changed

    def others(self) -> list[str]:
        """Names of the other assignments of which results are recorded."""
        with self._gradebook.engine.connect() as connection:
            return [one for one in kept.assignments(connection) if one != self.assignment.name]

    def totals(self) -> dict[str, tuple[float | None, bool]]:
        """Score with manual grades, and whether something waits to be graded, by student.

        The score is None where a question has none, since the grader could not grade it.
        """
        names = self.assignment.questions
        questions = [one for one, name in self._cells.graded.items() if name in names]
        no_score = and_(
            Grade.cell_id.in_(questions), Grade.auto_score.is_(None), Grade.manual_score.is_(None)
        )
        query = (
            select(
                SubmittedAssignment.student_id,
                func.sum(Grade.score),
                func.max(Grade.needs_manual_grade),
                func.max(case((no_score, 1), else_=0)),
            )
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
            .where(SubmittedAssignment.assignment_id == self._cells.assignment)
            .group_by(SubmittedAssignment.student_id)
        )
        with self._gradebook.engine.connect() as connection:
            found = connection.execute(query).all()
        return {
            student: (None if lacks else score, bool(waits))
            for student, score, waits, lacks in found
        }


def _graded(notebook: Notebook) -> list[BaseCell]:
    return [*notebook.grade_cells, *notebook.task_cells]


def _commented(notebook: Notebook) -> list[BaseCell]:
    return [*notebook.solution_cells, *notebook.task_cells]
