"""One student's grades and comments, in memory, with nbgrader's words for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import nbformat

if TYPE_CHECKING:  # which imports nbgrader, and that takes long: a worker needs none
    from .late import Policy


class Found(NamedTuple):
    """What grading found of a cell with points.

    Attributes
    ----------
    score : float or None
        Points; None where they are a person's to give, or the grader could not tell.
    unclear : bool
        Whether a check leaves something to a person.
    ours : bool
        Whether the grader could not tell.
    """

    score: float | None
    unclear: bool = False
    ours: bool = False


@dataclass
class Grade:
    """What a cell got."""

    max_score: float
    auto_score: float | None = None
    manual_score: float | None = None
    extra_credit: float | None = None
    needs_manual_grade: bool = True
    id: str | None = field(default=None, compare=False)

    @property
    def score(self) -> float:
        """Points, as nbgrader adds them up: what a person gave, or else the checks."""
        given = self.auto_score if self.manual_score is None else self.manual_score
        return 0.0 if given is None else given + (self.extra_credit or 0.0)


@dataclass
class Comment:
    """What is said of a cell."""

    auto_comment: str | None = None
    manual_comment: str | None = None
    id: str | None = field(default=None, compare=False)

    @property
    def comment(self) -> str | None:
        """A person's words, or else nbgrader's own."""
        return self.auto_comment if self.manual_comment is None else self.manual_comment


@dataclass
class Entry:
    """One student's grades and comments; a page is made of it as of nbgrader's gradebook.

    Attributes
    ----------
    student : str
        Id.
    grades, comments : dict
        By name of their cell.
    about : dict
        What the page says of it beside its grades.
    seconds_late : float
        Of the submission; extension included.
    late_submission_penalty : float, optional
        Points taken off for that.
    policy : Policy, optional
        What is taken off.
    earlier : bytes, optional
        The notebook as it was graded before, if something in it was graded by hand.
    """

    student: str
    grades: dict[str, Grade]
    comments: dict[str, Comment]
    about: dict[str, Any] = field(default_factory=dict)
    seconds_late: float = 0.0
    late_submission_penalty: float | None = None
    policy: Policy | None = field(default=None, compare=False)
    earlier: bytes | None = field(default=None, compare=False)

    def find_grade(self, cell: str, *names: str) -> Grade:
        """Look up one grade, as nbgrader's gradebook does."""
        return self.grades[cell]

    def find_comment(self, cell: str, *names: str) -> Comment:
        """Look up one comment, as nbgrader's gradebook does."""
        return self.comments[cell]

    def find_submission_notebook(self, *names: str) -> Entry:
        """Look up score, greatest score and penalty."""
        return self

    @property
    def handed_in(self) -> dict[str, Any]:
        """What was handed in, and how late; the page tells."""
        return {**self.about, "seconds_late": self.seconds_late}

    @property
    def score(self) -> float:
        """Sum of the grades, manual ones and extra credit included."""
        return sum(grade.score for grade in self.grades.values())

    @property
    def max_score(self) -> float:
        """Sum of what can be earned."""
        return sum(grade.max_score for grade in self.grades.values())

    def save(
        self,
        found: Mapping[str, Found],
        comments: Mapping[str, str | None] | None = None,
        notebook: str | bytes | None = None,
    ) -> None:
        """Enter what was found; manual grades and comments stay.

        nbgrader has everything looked at again that was graded by hand, whenever it is graded
        anew; here, only where the score of the checks, or the written answer, is another one, or,
        if a check could not tell, anything in the notebook.

        Parameters
        ----------
        found : mapping of str to Found
            By name of the cell.
        comments : mapping of str to str or None, optional
            nbgrader's own, likewise.
        notebook : str or bytes, optional
            The graded notebook, as JSON; without one, it could not be run.
        """
        for name, now in found.items():
            grade = self.grades[name]
            by_hand = grade.manual_score is not None
            needed, before = grade.needs_manual_grade, grade.auto_score
            grade.auto_score = now.score
            grade.needs_manual_grade = by_hand or now.score is None or now.unclear
            if by_hand and now.score == before and not now.ours:
                grade.needs_manual_grade = needed or not self._is_same(name, now, notebook)
        for name, comment in (comments or {}).items():
            self.comments[name].auto_comment = comment
        self.take_off()

    def _is_same(self, name: str, now: Found, notebook: str | bytes | None) -> bool:
        """Whether there is nothing new for who graded a cell, where the checks' score is not."""
        if now.score is not None and not now.unclear:
            return True
        earlier, written = _sources(self.earlier), _sources(notebook)
        return earlier == written if now.unclear else earlier.get(name) == written.get(name)

    def take_off(self) -> None:
        """Take points off for handing in late, by the policy, and none where it was in time."""
        if self.policy is not None:
            late = self.student, self.score, self.seconds_late
            self.late_submission_penalty = self.policy.penalty(*late)


def _sources(notebook: str | bytes | None) -> dict[str, str]:
    """The text of each graded cell, by its name, and under "" the code of all cells."""
    cells = [] if notebook is None else nbformat.v4.reads(notebook).cells
    tagged = [(cell.metadata.get("nbgrader", {}), cell.source) for cell in cells]
    code = "\n\n".join(cell.source for cell in cells if cell.cell_type == "code")
    return {tags["grade_id"]: source for tags, source in tagged if tags.get("grade")} | {"": code}
