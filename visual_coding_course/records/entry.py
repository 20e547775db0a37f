"""One student's grades and comments in nbgrader's gradebook."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from types import SimpleNamespace
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Comment, Grade, SubmittedAssignment, SubmittedNotebook
from nbgrader.preprocessors import SaveAutoGrades
from nbgrader.utils import is_grade
from sqlalchemy import select
from sqlalchemy.orm import undefer

from . import kept
from .late import Policy, seconds_late


class SaveGrades(SaveAutoGrades):
    """nbgrader's step that enters scores; has a person look at what a check cannot tell."""

    def _add_score(self, cell, resources):
        super()._add_score(cell, resources)
        if cannot_tell(cell):
            name = cell.metadata.nbgrader["grade_id"]
            where = (name, self.notebook_id, self.assignment_id, self.student_id)
            self.gradebook.find_grade(*where).needs_manual_grade = True
            self.gradebook.db.commit()


class Entry:
    """One student's grades and comments, read at once.

    Answers in the place of a gradebook, so that nbgrader's own steps, which look up and commit
    cell by cell, work on it in one transaction.
    """

    def __init__(
        self,
        session,
        cells: SimpleNamespace,
        entered: SubmittedAssignment,
        student: str,
        policy: Policy,
    ):
        self._policy = policy
        #: What the page says of it beside its grades; whoever has the page made puts it here.
        self.about: dict[str, Any] = {}
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

    @property
    def cells(self) -> Collection[str]:
        """Names of the cells with a grade."""
        return self._grades.keys()

    @property
    def handed_in(self) -> dict[str, Any]:
        """What was handed in, and how late; the page tells."""
        return {**self.about, "seconds_late": seconds_late(self._entered)}

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

    def save(self, notebook: NotebookNode | None, without_score: Collection[str] = ()) -> None:
        """Enter the scores; manual grades and comments stay.

        nbgrader has everything looked at again that was graded by hand, whenever it is graded
        anew; here, only where the score of the checks, or the written answer, is another one, or,
        if a check could not tell, anything in the notebook.

        Parameters
        ----------
        notebook : NotebookNode or None
            The graded notebook; None if it could not be run, which is worth no points.
        without_score : collection of str
            Cells that the grader could not grade: they are open, and not worth 0 points.
        """
        before = {
            cell: (grade.auto_score, grade.needs_manual_grade)
            for cell, grade in self._grades.items()
        }
        if notebook is None:
            for grade in self._grades.values():
                grade.auto_score = 0
                grade.needs_manual_grade = grade.manual_score is not None
        else:
            step = SaveGrades()
            step.gradebook, step.student_id = self, self._student
            step.notebook_id = step.assignment_id = self._entered.assignment.name
            for index, cell in enumerate(notebook.cells):
                step.preprocess_cell(cell, {}, index)
        written, unclear = _sources(notebook), _unclear(notebook)
        for cell, grade in self._grades.items():
            score, waited = before[cell]
            if cell in without_score:
                grade.auto_score, grade.needs_manual_grade = None, True
            elif grade.manual_score is not None and grade.auto_score == score:
                earlier = self._written_before
                same = score is not None or earlier.get(cell) == written.get(cell)
                same = same if cell not in unclear else earlier == written
                grade.needs_manual_grade = waited or not same
        self._read()
        self.take_off()

    @cached_property
    def _written_before(self) -> dict[str, str]:
        """The text of each cell when it was graded before, as `_sources` tells it."""
        assignment = self._entered.assignment.name
        text = kept.notebook_of(self._session, assignment, self._student)
        return _sources(None if text is None else nbformat.v4.reads(text))

    def take_off(self) -> None:
        """Take points off for handing in late, by the policy, and none where it was in time."""
        self._notebook.late_submission_penalty = self._policy.penalty(
            self._student, self.score, seconds_late(self._entered)
        )

    def keep(self, *result: Any) -> None:
        """Note that this submission is graded, and how; takes what `kept.keep` does."""
        kept.keep(self._session, self._entered.assignment.name, self._student, *result)


def _sources(notebook: NotebookNode | None) -> dict[str, str]:
    """The text of each graded cell, by its name, and under "" the code of all cells."""
    cells = [] if notebook is None else notebook.cells
    tagged = [(cell.metadata.get("nbgrader", {}), cell.source) for cell in cells]
    code = "\n\n".join(cell.source for cell in cells if cell.cell_type == "code")
    return {tags["grade_id"]: source for tags, source in tagged if tags.get("grade")} | {"": code}


def _unclear(notebook: NotebookNode | None) -> set[str]:
    """Names of the cells whose checks cannot tell."""
    cells = [] if notebook is None else notebook.cells
    return {cell.metadata.nbgrader["grade_id"] for cell in cells if cannot_tell(cell)}


def cannot_tell(cell: NotebookNode) -> bool:
    """Whether a graded notebook's cell has a check that leaves something to a person."""
    return is_grade(cell) and bool(cell.metadata.get("course", {}).get("waiting"))
