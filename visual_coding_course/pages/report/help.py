"""Students who may need help, and why: a few rules, which the page states as they stand here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from .graded import Graded, Submission
from .statistics import FEWEST, ROUNDING, Question, questions

#: Shares: of the points, of the questions, and of the class that has all points of an easy one.
FEW_POINTS, MANY_BLANK, EASY = 0.5, 0.3, 0.8
#: So many attempts, without the share of the points that others get.
MANY_ATTEMPTS, ENOUGH = 4, 0.8


class Class(NamedTuple):
    """What a rule knows beside the submission: all that was graded, and how each question did."""

    graded: Graded
    questions: list[Question]


@dataclass(frozen=True)
class Rule:
    """Why a student may need help.

    Attributes
    ----------
    stated : str
        Whom it is about, as the page says it.
    why : callable
        Says of a submission, or of None, why it holds; empty if it does not.
    """

    stated: str
    why: Callable[[Submission | None, Class], str]


def _nothing(one: Submission | None, there: Class) -> str:
    most = len(there.graded.submissions) > len(there.graded.absent)
    return "handed in nothing" if one is None and most else ""


def _not_run(one: Submission | None, there: Class) -> str:
    stopped = one is not None and one.status not in ("graded", "not_graded")
    return one.status.replace("_", " ") if stopped else ""


def _few_points(one: Submission | None, there: Class) -> str:
    earned, of = _so_far(one, there)
    return f"{earned:.4g} of {of:.4g} points" if earned < FEW_POINTS * of - ROUNDING else ""


def _blank(one: Submission | None, there: Class) -> str:
    asked = one.row.get("questions", {}) if one is not None and one.ran else {}
    blank = [name for name, about in asked.items() if about["status"] == "not_attempted"]
    many = blank and len(blank) >= MANY_BLANK * len(asked)
    return f"not attempted: {', '.join(blank)}" if many else ""


def _easy(one: Submission | None, there: Class) -> str:
    if one is None or not one.ran or len(there.graded.ran) < FEWEST:
        return ""
    lost = [
        question.name for question in there.questions
        if question.pass_rate is not None and question.pass_rate >= EASY
        and (one.scores[question.name] or 0) <= ROUNDING and question.name not in one.not_graded
    ]  # fmt: skip
    return f"nothing in {', '.join(lost)}, which most have right" if lost else ""


def _attempts(one: Submission | None, there: Class) -> str:
    earned, of = _so_far(one, there)
    many = one is not None and one.attempts >= MANY_ATTEMPTS
    return f"{one.attempts} attempts" if many and earned < ENOUGH * of - ROUNDING else ""


def _so_far(one: Submission | None, there: Class) -> tuple[float, float]:
    """Points earned, and points to be had, in the questions that are graded."""
    if one is None or not one.ran:
        return 0.0, 0.0
    known = {name: score for name, score in one.scores.items() if score is not None}
    return sum(known.values()), sum(there.graded.points[name] for name in known)


RULES = (
    Rule("handed in nothing, while most of the class have", _nothing),
    Rule("handed in what could not be run, or not to its end", _not_run),
    Rule(f"has less than {FEW_POINTS:.0%} of the points that are graded so far", _few_points),
    Rule(f"left {MANY_BLANK:.0%} or more of the questions without an answer", _blank),
    Rule(f"has no points in a question of which {EASY:.0%} of the class have all", _easy),
    Rule(
        f"handed in {MANY_ATTEMPTS} times or more, and has less than {ENOUGH:.0%} of the points",
        _attempts,
    ),
)  # fmt: skip


def who_needs_help(graded: Graded) -> list[tuple[str, Submission | None, list[str]]]:
    """Name the students of whom a rule holds, and why, those with most reasons first.

    Returns
    -------
    list of (str, Submission or None, list of str)
        Student, what was handed in, and a reason for each rule that holds.
    """
    found = [found for found in _asked(graded) if found[2]]
    return sorted(found, key=lambda one: (-len(one[2]), one[1].score if one[1] else 0, one[0]))


def _asked(graded: Graded) -> Iterator[tuple[str, Submission | None, list[str]]]:
    there = Class(graded, questions(graded))
    everyone = [(one.student, one) for one in graded.submissions]
    for student, one in [*everyone, *((student, None) for student in graded.absent)]:
        yield student, one, [why for rule in RULES if (why := rule.why(one, there))]
