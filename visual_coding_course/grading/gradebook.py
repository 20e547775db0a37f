"""nbgrader's gradebook, written one submission at a time: whole, or not at all."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import nbgrader.api
from alembic.script import ScriptDirectory
from nbformat import NotebookNode
from nbgrader.api import (
    Comment,
    Grade,
    Gradebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.dbutil import ALEMBIC_DIR
from nbgrader.preprocessors import AssignLatePenalties, SaveAutoGrades, SaveCells
from sqlalchemy import Column, MetaData, String, Table, Text, func, select
from sqlalchemy.engine import URL
from sqlalchemy.orm import undefer

from ..assignment import Assignment
from ..files import sync_folder
from .submissions import Submission

# Seconds that a write waits for another program, such as the formgrader, to end its own.
PATIENCE = 60
# Beside nbgrader's own tables, which leave it alone: what was graded, and with what result.
RESULTS = Table(
    "course_result",
    MetaData(),
    Column("assignment", String(128), primary_key=True),
    Column("student", String(128), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("row", Text, nullable=False),
)


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

    Raises
    ------
    CellsChanged
        If cells were added or removed since the first submission was graded.
    """

    def __init__(self, path: Path, assignment: Assignment):
        self.assignment = assignment
        if not path.exists():
            _make(path)
        url = _url(path)
        self._gradebook = Gradebook(url)
        RESULTS.create(self._gradebook.engine, checkfirst=True)
        self._gradebook.update_or_create_assignment(assignment.name)
        details = {"notebook": assignment.name, "assignment": assignment.name}
        try:
            SaveCells().preprocess(assignment.notebook, {"nbgrader": {**details, "db_url": url}})
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
        graded = [*notebook.grade_cells, *notebook.task_cells]
        commented = [*notebook.solution_cells, *notebook.task_cells]
        return SimpleNamespace(
            assignment=notebook.assignment_id,
            notebook=notebook.id,
            graded={cell.id: cell.name for cell in graded},
            commented={cell.id: cell.name for cell in commented},
            max_score=sum(cell.max_score for cell in graded),
        )

    @contextmanager
    def entry(self, submission: Submission) -> Iterator[Entry]:
        """Open a student's entry; what is done to it is kept when the block ends without error."""
        with self._transaction(), warnings.catch_warnings():
            # nbgrader adds rows to a session that autoflushes.
            warnings.filterwarnings("ignore", message="Object of type <Submitted")
            details = {"timestamp": submission.timestamp} if submission.timestamp else {}
            self._gradebook.update_or_create_student(submission.student)
            entered = self._gradebook.update_or_create_submission(
                self.assignment.name, submission.student, **details
            )
            yield Entry(self._gradebook.db, self._cells, entered, submission.student)

    def reopen(self, student: str) -> None:
        """Keep a student's earlier result, as one that is to be replaced."""
        mine = (RESULTS.c.assignment == self.assignment.name, RESULTS.c.student == student)
        with self._gradebook.engine.begin() as connection:
            connection.execute(RESULTS.update().where(*mine).values(digest=""))

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

    def results(self) -> dict[str, tuple[str, dict[str, Any]]]:
        """Digest and row of every student whose grades are in the gradebook."""
        query = (
            select(RESULTS.c.student, RESULTS.c.digest, RESULTS.c.row)
            .join(SubmittedAssignment, SubmittedAssignment.student_id == RESULTS.c.student)
            .where(
                RESULTS.c.assignment == self.assignment.name,
                SubmittedAssignment.assignment_id == self._cells.assignment,
            )
        )
        with self._gradebook.engine.connect() as connection:
            found = connection.execute(query).all()
        return {student: (digest, json.loads(row)) for student, digest, row in found}

    def totals(self) -> dict[str, tuple[float, bool]]:
        """Score with manual grades, and whether something waits to be graded, by student."""
        query = (
            select(
                SubmittedAssignment.student_id,
                func.sum(Grade.score),
                func.max(Grade.needs_manual_grade),
            )
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
            .where(SubmittedAssignment.assignment_id == self._cells.assignment)
            .group_by(SubmittedAssignment.student_id)
        )
        with self._gradebook.engine.connect() as connection:
            found = connection.execute(query).all()
        return {student: (score, bool(waits)) for student, score, waits in found}


class Entry:
    """One student's grades and comments, read at once.

    Answers in the place of a gradebook, so that nbgrader's own steps, which look up and commit
    cell by cell, work on it in one transaction.
    """

    def __init__(self, session, cells: SimpleNamespace, entered: SubmittedAssignment, student: str):
        self._session, self._cells, self._entered = session, cells, entered
        self._student = student
        self.db = SimpleNamespace(commit=lambda: None)
        self._notebook = session.scalars(
            select(SubmittedNotebook).where(
                SubmittedNotebook.notebook_id == cells.notebook,
                SubmittedNotebook.assignment_id == entered.id,
            )
        ).one()
        self._read()

    def _read(self) -> None:
        def by_cell(kind, names, *options):
            # By cell and notebook: that is what there is an index for.
            query = select(kind).where(
                kind.cell_id.in_(names), kind.notebook_id == self._notebook.id
            )
            found = self._session.scalars(
                query.options(*options).execution_options(populate_existing=True)
            )
            return {names[one.cell_id]: one for one in found}

        self._session.flush()
        self._grades = by_cell(Grade, self._cells.graded, undefer(Grade.max_score))
        self._comments = by_cell(Comment, self._cells.commented)

    def find_grade(self, cell: str, *names: str) -> Grade:
        """Look up one grade, as nbgrader's gradebook does."""
        return self._grades[cell]

    def find_comment(self, cell: str, *names: str) -> Comment:
        """Look up one comment, as nbgrader's gradebook does."""
        return self._comments[cell]

    def find_submission_notebook(self, *names: str) -> Entry:
        """Look up score, greatest score and penalty."""
        return self

    @property
    def score(self) -> float:
        """Sum of the grades, manual ones and extra credit included."""
        return sum(grade.score for grade in self._grades.values())

    @property
    def max_score(self) -> float:
        """Sum of what can be earned."""
        return self._cells.max_score

    @property
    def late_submission_penalty(self) -> float | None:
        """Points taken off for handing in late."""
        return self._notebook.late_submission_penalty

    def save(self, notebook: NotebookNode | None) -> None:
        """Enter the scores; manual grades and comments stay, as nbgrader's rules have it.

        Parameters
        ----------
        notebook : NotebookNode or None
            The graded notebook; None if it could not be run, which is worth no points.
        """
        if notebook is None:
            for grade in self._grades.values():
                grade.auto_score = 0
                grade.needs_manual_grade = grade.manual_score is not None
        else:
            step = SaveAutoGrades()
            step.gradebook, step.student_id = self, self._student
            step.notebook_id = step.assignment_id = self._entered.assignment.name
            for index, cell in enumerate(notebook.cells):
                step.preprocess_cell(cell, {}, index)
        self._read()
        self._assign_penalty()

    def _assign_penalty(self) -> None:
        self._notebook.late_submission_penalty = None
        late = self._entered.total_seconds_late
        if late > 0:
            step = AssignLatePenalties()
            step.init_plugin()
            penalty = step.plugin_inst.late_submission_penalty(self._student, self.score, late)
            if penalty is not None:
                penalty = step._check_late_penalty(self, penalty)
                self._notebook.late_submission_penalty = penalty

    def keep(self, digest: str, row: dict[str, Any]) -> None:
        """Note that this submission is graded, and how."""
        key = {"assignment": self._entered.assignment.name, "student": self._student}
        self._session.execute(
            RESULTS.delete().where(*(RESULTS.c[name] == value for name, value in key.items()))
        )
        self._session.execute(RESULTS.insert().values(**key, digest=digest, row=json.dumps(row)))


def _url(path: Path) -> URL:
    return URL.create("sqlite", database=str(path.resolve()), query={"timeout": str(PATIENCE)})


def _make(path: Path) -> None:
    """Make an empty gradebook under another name first: nbgrader makes it in several steps."""
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.unlink(missing_ok=True)
    with patch.object(nbgrader.api, "get_alembic_version", _schema_version):
        Gradebook(_url(temporary)).close()
    temporary.replace(path)
    sync_folder(path.parent)


def _schema_version() -> str:
    """The version that nbgrader gives a new gradebook; it starts a process to learn it."""
    return ScriptDirectory(ALEMBIC_DIR).get_current_head()
