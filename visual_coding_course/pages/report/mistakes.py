"""What a class misunderstood: mistakes by how many made them, and answers that no mistake explains.

An answer's entries come from the cases that failed on it; a public case and a hidden one often
say the same of it. Here a student counts once.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from ...checking.test_files import question_key
from .graded import Graded

WRONG = ("wrong_type", "wrong_shape", "wrong_value")

#: As many students as have an answer in common before it is no longer unusual: at least this
#: many, or this part of the class.
FEW, FEW_OF_CLASS = 3, 0.05


@dataclass(frozen=True)
class Made:
    """A mistake, or a wrong answer that none explains, and who has it.

    Attributes
    ----------
    question, answer : str
        Where; the answer's name without its variant's ending, and empty if the check names none.
    name : str
        The mistake's name; empty if none is recognised.
    message : str
        The hint that most of them got.
    students : list of str
        Who.
    values : list of (str, int)
        Descriptions of the answers, and how many students gave each; the commonest first.
    """

    question: str
    answer: str
    name: str
    message: str
    students: list[str]
    values: list[tuple[str, int]]


class Answer(NamedTuple):
    """A wrong answer that some have in common: where, its value in words, mistakes that give it."""

    question: str
    name: str
    stem: str
    value: str
    mistakes: frozenset[str]

    @property
    def task(self) -> tuple[str, str]:
        """What it answers: a function's answers for several variants are one."""
        return self.question, self.stem


@dataclass(frozen=True)
class Shared:
    """Wrong answers that a few have in common, and nobody else.

    Attributes
    ----------
    students : tuple of str
        Those few.
    answers : list of Answer
        In the order of the questions.
    """

    students: tuple[str, ...]
    answers: list[Answer]

    @property
    def tasks(self) -> int:
        """In how many different answers they agree, whatever the variant."""
        return len({answer.task for answer in self.answers})

    @property
    def unexplained(self) -> int:
        """In how many of them no mistake explains it."""
        return len({answer.task for answer in self.answers if not answer.mistakes})


@lru_cache(1)
def mistakes(graded: Graded) -> list[Made]:
    """Rank the mistakes that were recognised by how many students made them."""
    found = defaultdict(list)
    for student, question, entry in _entries(graded):
        for name in entry["mistakes"]:
            found[question, _stem(entry), name].append((student, entry))
    return _ranked(Made(*where, **_told(entries)) for where, entries in found.items())


def unexplained(graded: Graded) -> list[Made]:
    """Rank wrong answers that no mistake explains: candidates for a new one."""
    found = defaultdict(list)
    for student, question, entry in _entries(graded):
        if not entry["mistakes"]:
            answer = _stem(entry)
            found[question, answer, _without_numbers(entry)].append((student, entry))
    return _ranked(
        Made(question, answer, "", **_told(entries))
        for (question, answer, _), entries in found.items()
    )


def shared(graded: Graded) -> list[Shared]:
    """Group submissions that have the same unusual wrong answers, by value.

    One answer alone that a named mistake explains is nothing unusual, and is left out.
    """
    few = unusual(len(graded.ran))
    same = defaultdict(list)
    for student, question, entry in _entries(graded):
        if entry["fingerprint"]:
            same[question, entry["answer"] or "", entry["fingerprint"]].append((student, entry))
    groups = defaultdict(dict)
    for (question, name, _), entries in same.items():
        students = tuple(sorted({student for student, _ in entries}))
        if 2 <= len(students) <= few:
            named = frozenset(name for _, entry in entries for name in entry["mistakes"])
            first = entries[0][1]
            answer = Answer(question, name, _stem(first), first["value"] or "", named)
            groups[students].setdefault((question, name), answer)
    found = [
        Shared(students, sorted(answers.values(), key=lambda one: (question_key(one[0]), one[1])))
        for students, answers in groups.items()
    ]
    found = [one for one in found if one.unexplained or one.tasks > 1]
    return sorted(found, key=lambda one: (-one.unexplained, -one.tasks, one.students))


def unusual(students: int) -> int:
    """Say how many of a class may have something in common that is still unusual."""
    return max(FEW, round(FEW_OF_CLASS * students))


def _entries(graded: Graded):
    """Yield student, question and entry of what is wrong, once for each answer."""
    for submission in graded.ran:
        seen = set()
        for question, entry in submission.wrong():
            key = (question, entry["answer"], entry["fingerprint"] or entry["message"])
            if entry["state"] in WRONG and key not in seen:
                seen.add(key)
                yield submission.student, question, entry


def _told(entries: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    """Who made it, and what most of them were told; the first in the alphabet where it is even."""
    messages = Counter(entry["message"] or "" for _, entry in entries)
    gave = {(student, entry["value"]) for student, entry in entries if entry["value"]}
    values = Counter(value for _, value in gave)
    return {
        "message": min(messages, key=lambda message: (-messages[message], message)),
        "students": sorted({student for student, _ in entries}),
        "values": sorted(values.items(), key=lambda item: (-item[1], item[0])),
    }


def _ranked(found) -> list[Made]:
    return sorted(
        found,
        key=lambda made: (-len(made.students), question_key(made.question), made.answer, made.name),
    )


def _stem(entry: dict[str, Any]) -> str:
    return entry.get("stem") or entry["answer"] or ""


def _without_numbers(entry: dict[str, Any]) -> str:
    """A check's sentence without what differs between the answers that it is said of."""
    return re.sub(r"-?\d[\d.,e+-]*", "", entry.get("said") or entry["message"] or "")
