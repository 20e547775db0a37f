"""Make ids of students from names, and tell students of one name apart."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from .handed import Submission

# nbgrader's gradebook has room for 128 characters.
LONGEST_ID = 128


def is_student_id(name: str) -> bool:
    """Whether a name can be a folder and a key in a gradebook, and nothing but that."""
    return (
        0 < len(name) <= LONGEST_ID
        and len(os.fsencode(name)) <= 255
        and name.isprintable()
        and not set(name) & set("/\\")
        and name.strip(". ") != ""
    )


def made_id(stem: str) -> str:
    """Make a student id from a file's name."""
    name = unicodedata.normalize("NFC", stem)
    name = re.sub(r"[^\w.@-]+", "_", name).strip("._@-") or "student"
    while not is_student_id(name):
        name = name[:-1]
    return name


def with_own_names(
    found: list[Submission], known: Mapping[str, str | None] | None = None
) -> list[Submission]:
    """Tell apart students of one name: ``cy``, ``cy-2``, …, none of them another's own.

    Names that differ in upper and lower case only are one folder on some machines. Where the
    system that names come from has ids of its own, these tell: whoever had a name first keeps it,
    and others get ``cy_12345``.

    Parameters
    ----------
    found : list of Submission
        From `look_through`.
    known : mapping of str to str or None, optional
        Of students with results, the system's id.
    """
    known = known or {}
    owner = {student.casefold(): number for student, number in known.items() if number}
    of_number = {number: student for student, number in known.items() if number}
    numbers: dict[str, set[str]] = {}
    for item in found:
        if item.told.number:
            numbers.setdefault(item.student.casefold(), set()).add(item.told.number)
    named = []
    for item in found:
        number, first = item.told.number, item.student.casefold()
        if number in of_number:
            item = replace(item, student=of_number[number])
        elif number and (len(numbers[first]) > 1 or owner.get(first, number) != number):
            end = f"_{number}"
            item = replace(item, student=item.student[: LONGEST_ID - len(end)] + end)
        named.append(item)
    return _with_own_names(named)


def _with_own_names(found: list[Submission]) -> list[Submission]:
    """Tell apart students of one name: ``cy``, ``cy-2``, …, none of them another's own.

    Names that differ in upper and lower case only are one folder on some machines.
    """
    named: dict[str, Submission] = {}
    own = {item.student.casefold() for item in found}
    counts: dict[str, int] = {}
    for item in found:
        first = item.student.casefold()
        student, count = item.student, counts.get(first, 1)
        while student.casefold() in named or (count > 1 and student.casefold() in own):
            count += 1
            end = f"-{count}"
            student = item.student[: LONGEST_ID - len(end)] + end
        counts[first] = count
        if student != item.student:
            other = named[first].student
            note = (
                f"Recorded as {student}, because another submission is named {other}: "
                "hand in one notebook, under a name of your own."
            )
            note = f"{note} {item.note}" if item.note else note
            item = replace(item, student=student, note=note)
        named[student.casefold()] = item
    return list(named.values())
