"""nbgrader's gradebook, written one submission at a time: whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from nbgrader.api import Grade, SubmittedAssignment, SubmittedNotebook
from nbgrader.preprocessors import SaveCells
from nbgrader.utils import parse_utc
from sqlalchemy import Connection, and_, case, func, select

from ..assignment import Assignment
from ..pages.report.collect import empty_entries
from . import kept, rows
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
    def _structure(self) -> rows.Structure:
        return rows.structure(self._gradebook, self.assignment.name)

    @contextmanager
    def entry(self, submission: Submission, *result: Any) -> Iterator[Entry]:
        """Open a student's entry, to put there what came of a submission.

        What is done to it is kept when the block ends without error, with the result, which is what
        `kept.keep` takes.
        """
        student = submission.student
        with self._transaction() as connection:
            found = rows.find(connection, self._structure, student)
            # Also where there is none: an earlier one is not about this submission.
            handed_in = submission.timestamp
            found.timestamp = parse_utc(handed_in) if handed_in else None
            entry = self._read(connection, student, found)
            yield entry
            rows.write(connection, self._structure, entry, found)
            kept.keep(connection, self.assignment.name, student, *result)

    @contextmanager
    def look(self, student: str) -> Iterator[Entry]:
        """Open the entry of a student who has one, to read it."""
        with self._gradebook.engine.connect() as connection:
            found = rows.find(connection, self._structure, student)
            yield self._read(connection, student, found)

    def _read(self, connection: Connection, student: str, found: SimpleNamespace) -> Entry:
        entry = rows.read(connection, self._structure, student, found)
        entry.policy = self.policy
        if any(grade.manual_score is not None for grade in entry.grades.values()):
            entry.earlier = kept.notebook_of(connection, self.assignment.name, student)
        return entry

    def reopen(self, student: str) -> None:
        """Keep a student's earlier result, as one that is to be replaced."""
        with self._gradebook.engine.begin() as connection:
            kept.reopen(connection, self.assignment.name, student)

    def notebook(self, student: str) -> bytes | None:
        """A student's graded notebook, as JSON; None if there is none."""
        with self._gradebook.engine.connect() as connection:
            return kept.notebook_of(connection, self.assignment.name, student)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        self._structure  # noqa: B018 - read before, by another connection
        with self._gradebook.engine.begin() as connection:
            # Locked from the start, so that what is read is still true when it is written.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection

    def results(self) -> dict[str, kept.Known]:
        """Read what is recorded of every student whose grades are in the gradebook."""
        with self._gradebook.engine.connect() as connection:
            return kept.known(connection, self.assignment.name, self._structure.assignment)

    def late(self) -> dict[str, Late]:
        """How late students were, and what was taken off; of those alone who were."""
        with self._gradebook.engine.connect() as connection:
            return lateness(connection, self._structure.assignment)

    def due(self) -> Due:
        """By when it was to be handed in."""
        with self._gradebook.engine.connect() as connection:
            return due_dates(connection, self._structure.assignment)

    def empty_entries(self) -> set[str]:
        """Students whose entry holds no points, but an extension, say."""
        with self._gradebook.engine.connect() as connection:
            return empty_entries(connection, self._structure.assignment)

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
            with self._transaction() as connection:
                found = rows.find(connection, self._structure, student)
                entry = self._read(connection, student, found)
                entry.take_off()
                rows.write(connection, self._structure, entry, found)
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
        names, cells = self.assignment.questions, self._structure.cells[self._structure.notebook]
        questions = [one for one, (name, _) in cells.graded.items() if name in names]
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
            .where(SubmittedAssignment.assignment_id == self._structure.assignment)
            .group_by(SubmittedAssignment.student_id)
        )
        with self._gradebook.engine.connect() as connection:
            found = connection.execute(query).all()
        return {
            student: (None if lacks else score, bool(waits))
            for student, score, waits, lacks in found
        }
