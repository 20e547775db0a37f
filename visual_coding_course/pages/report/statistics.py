"""Figures of a class: its scores, and how each question did."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .graded import Graded, Submission

#: Fewer submissions say nothing of how one question goes with the others.
FEWEST = 5

#: Scores are sums of decimal fractions.
ROUNDING = 1e-6


@dataclass(frozen=True)
class Spread:
    """Where a list of numbers lies; all None if it is empty.

    Attributes
    ----------
    mean, median, low, high : float or None
        `low` and `high` are the first and the third quartile.
    deviation : float or None
        Standard deviation of the sample (n - 1); None for less than two numbers.
    least, most : float or None
        Extremes.
    """

    mean: float | None
    median: float | None
    deviation: float | None
    low: float | None
    high: float | None
    least: float | None
    most: float | None

    @classmethod
    def of(cls, numbers: list[float]) -> Spread:
        """Work it out."""
        if not numbers:
            return cls(*[None] * 7)
        least, low, median, high, most = map(float, np.percentile(numbers, [0, 25, 50, 75, 100]))
        deviation = float(np.std(numbers, ddof=1)) if len(numbers) > 1 else None
        return cls(float(np.mean(numbers)), median, deviation, low, high, least, most)


@dataclass(frozen=True)
class Question:
    """How a class did in one question.

    Attributes
    ----------
    name : str
        Its name.
    points : float
        What it is worth.
    full, part, none : int
        Submissions with all of the points, some, none.
    waits : int
        Those that are to be graded by hand.
    pass_rate : float or None
        Share with all of the points.
    mean_score : float or None
        As a share of the points: the lower, the harder.
    discrimination : float or None
        Correlation of its score with the score of the other questions; None where it cannot be
        had. All three are None as long as one waits: those graded already are not like the rest.
    blank, missing, error : int
        Submissions with an answer that is blank; with one that does not exist; with a cell that
        stopped with an error and no points.
    """

    name: str
    points: float
    full: int
    part: int
    none: int
    waits: int
    pass_rate: float | None
    mean_score: float | None
    discrimination: float | None
    blank: int
    missing: int
    error: int


@lru_cache(1)
def questions(graded: Graded) -> list[Question]:
    """Work out the figures of all questions, over the submissions that ran."""
    discrimination = _discrimination(graded)
    return [_question(graded, name, discrimination.get(name)) for name in graded.points]


def _question(graded: Graded, name: str, discrimination: float | None) -> Question:
    points = graded.points[name]
    # What the grader could not do says nothing of the question.
    ran = [submission for submission in graded.ran if name not in submission.not_graded]
    scores = [submission.scores[name] for submission in ran]
    known = np.array([score for score in scores if score is not None])
    full = int(np.sum(known >= points - ROUNDING))
    none = int(np.sum((known <= ROUNDING) & (known < points - ROUNDING)))
    complete = 0 < len(known) == len(scores) and points > 0
    return Question(
        name, points, full, len(known) - full - none, none, len(scores) - len(known),
        pass_rate=full / len(known) if complete else None,
        mean_score=float(known.mean() / points) if complete else None,
        discrimination=discrimination if complete else None,
        blank=sum(_has(submission, name, "not_attempted", "empty") for submission in ran),
        missing=sum(_has(submission, name, "missing") for submission in ran),
        error=sum(submission.question(name).get("status") == "error" for submission in ran),
    )  # fmt: skip


def _has(submission: Submission, name: str, *states: str) -> bool:
    """Whether any answer of a question is in one of these states."""
    question = submission.question(name)
    if "wrong" not in question:
        return question.get("status") in states
    return any(entry["state"] in states for entry in question["wrong"])


def _discrimination(graded: Graded) -> dict[str, float]:
    """Correlate each question's score with the score of the rest, where that can be had.

    A question that still waits for a person is left out of the rest, for everybody; a submission
    that the grader could not grade to its end is left out itself.
    """
    scores = [submission.scores for submission in graded.complete]
    names = [name for name in graded.points if all(one[name] is not None for one in scores)]
    if len(scores) < FEWEST:
        return {}
    table = np.array([[one[name] for name in names] for one in scores])
    found = {}
    for name, own in zip(names, table.T):
        others = table.sum(axis=1) - own
        if np.ptp(own) >= ROUNDING and np.ptp(others) >= ROUNDING:
            found[name] = float(np.corrcoef(own, others)[0, 1])
    return found
