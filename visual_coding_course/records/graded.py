"""What comes of a submission."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..assignment import Assignment
from ..checking.results import QuestionResult, unchecked
from .entry import Entry, Found

#: Of the rows in ``results.jsonl``.
SCHEMA = 1
NOT_GRADED = (
    "This could not be graded, and that is not your doing: something was wrong where it was to be "
    "graded. It will be graded again."
)


@dataclass(frozen=True)
class Ready:
    """A graded notebook as it is recorded.

    Attributes
    ----------
    packed : bytes
        The notebook, compressed.
    found : dict of str to Found
        What the gradebook gets of it, by name of the cell.
    comments : dict of str to str or None
        nbgrader's own, likewise.
    entry : Entry, optional
        What the gradebook has then, where it knows nothing else of the student.
    page : bytes, optional
        The feedback page, if so.
    """

    packed: bytes
    found: dict[str, Found]
    comments: dict[str, str | None]
    entry: Entry | None = None
    page: bytes | None = None

    @property
    def notebook(self) -> bytes:
        """The notebook as JSON."""
        return zlib.decompress(self.packed)


@dataclass(frozen=True)
class GradedSubmission:
    """What came of one submission.

    Attributes
    ----------
    status : str
        graded, timed_out, crashed, unreadable, refused or not_graded; a row may also be `missing`.
    questions : tuple of QuestionResult
        One for each question, in their order, whatever the status.
    seconds : float
        How long it took.
    message : str, optional
        What the student should know when the status is not ``graded``.
    notebook : str, optional
        The executed notebook as JSON, with the checks' results in the check cells.
    doubts : dict of str to str
        What went wrong that may be the grader's failure, by question; under "", what is about no
        single one. There are none in a result that counts.
    reasons : tuple of str
        Why it, or a question of it, could not be graded; for the instructor.
    numbers : dict of str to object
        What its written answers are about, for who grades them, where that is the student's own.
    ready : Ready, optional
        The notebook as it is recorded, in its place.
    """

    status: str
    questions: tuple[QuestionResult, ...]
    seconds: float
    message: str | None = None
    notebook: str | None = field(default=None, repr=False)
    doubts: dict[str, str] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    numbers: dict[str, Any] = field(default_factory=dict)
    ready: Ready | None = field(default=None, repr=False)

    @property
    def score(self) -> float | None:
        """Points earned in the questions that are graded automatically; None if one was not."""
        scores = [question.score for question in self.questions]
        return None if None in scores else round(sum(scores), 6)

    @property
    def max_score(self) -> float:
        """Points that can be earned in them."""
        return round(sum(question.max_score for question in self.questions), 6)

    def as_row(self, student: str, assignment: str, notebook: str) -> dict[str, Any]:
        """The submission's line in ``results.jsonl``."""
        return {
            "schema": SCHEMA,
            "student": student,
            "assignment": assignment,
            "notebook": notebook,
            "parameters": {},
            "status": self.status,
            "score": self.score,
            "max_score": self.max_score,
            "seconds": round(self.seconds, 2),
            "message": self.message,
            "reasons": list(self.reasons),
            "questions": {question.name: question.as_row() for question in self.questions},
        }


def not_run(
    assignment: Assignment,
    status: str,
    message: str,
    seconds: float = 0.0,
    doubts: Mapping[str, str] | None = None,
) -> GradedSubmission:
    """Make the result of a submission that could not be run, by its own doing as far as is known.

    Parameters
    ----------
    assignment : Assignment
        What it was to be graded against.
    status, message, seconds, doubts
        As in `GradedSubmission`.
    """
    questions = tuple(unchecked(file, message) for file in assignment.test_files.values())
    return GradedSubmission(status, questions, seconds, message, doubts=dict(doubts or {}))


def not_graded(
    assignment: Assignment, reasons: tuple[str, ...], seconds: float = 0.0
) -> GradedSubmission:
    """Make the result of a submission that the grader could not grade: it has no score.

    Parameters
    ----------
    assignment : Assignment
        What it was to be graded against.
    reasons, seconds
        As in `GradedSubmission`.
    """
    bare = not_run(assignment, "not_graded", NOT_GRADED, seconds)
    questions = tuple(replace(one, not_graded=" ".join(reasons)) for one in bare.questions)
    return replace(bare, questions=questions, reasons=tuple(reasons))


def missing(assignment: Assignment, student: str) -> dict[str, Any]:
    """Make the line in ``results.jsonl`` of a student who has handed in nothing: no score, not 0.

    Parameters
    ----------
    assignment : Assignment
        What was to be handed in.
    student : str
        Id.
    """
    row = not_run(assignment, "missing", "Nothing was handed in.").as_row(
        student, assignment.name, ""
    )
    nothing = {"score": None, "status": "not_attempted", "hints": [], "wrong": []}
    questions = {name: {**question, **nothing} for name, question in row["questions"].items()}
    return {**row, "score": None, "questions": questions}
