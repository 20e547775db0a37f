"""What comes of a submission."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..assignment import Assignment
from ..results import QuestionResult, unchecked


@dataclass(frozen=True)
class GradedSubmission:
    """What came of one submission.

    Attributes
    ----------
    status : str
        graded, timed_out, crashed, unreadable or refused.
    questions : tuple of QuestionResult
        One for each question, in their order, whatever the status.
    seconds : float
        How long it took.
    message : str, optional
        What the student should know when the status is not ``graded``.
    notebook : str, optional
        The executed notebook as JSON, with the checks' results in the check cells.
    """

    status: str
    questions: tuple[QuestionResult, ...]
    seconds: float
    message: str | None = None
    notebook: str | None = field(default=None, repr=False)

    @property
    def score(self) -> float:
        """Points earned in the questions that are graded automatically."""
        return round(sum(question.score for question in self.questions), 6)

    @property
    def max_score(self) -> float:
        """Points that can be earned in them."""
        return round(sum(question.max_score for question in self.questions), 6)

    def as_row(self, student: str, notebook: str) -> dict[str, Any]:
        """The submission's line in ``results.jsonl``."""
        return {
            "student": student,
            "notebook": notebook,
            "status": self.status,
            "score": self.score,
            "max_score": self.max_score,
            "seconds": round(self.seconds, 2),
            "message": self.message,
            "questions": {question.name: question.as_row() for question in self.questions},
        }


def not_graded(
    assignment: Assignment, status: str, message: str, seconds: float = 0.0
) -> GradedSubmission:
    """Make the result of a submission that could not be run."""
    questions = tuple(unchecked(file, message) for file in assignment.test_files.values())
    return GradedSubmission(status, questions, seconds, message)
