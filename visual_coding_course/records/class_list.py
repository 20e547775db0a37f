"""Read a class list, as nbgrader, Canvas, Moodle or a spreadsheet writes it."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from ..shared.markup import plain, spelling
from .lms import LISTS, NO_STUDENT, ClassList
from .roster import Enrolled, NoClassList

MOST_BYTES = 20_000_000
#: Lines in which the headings are looked for: some put a title above them.
MOST_ABOVE = 10
#: As nbgrader's gradebook has room for.
LONGEST = 128
DELIMITERS = ",;\t"
BOMS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16", codecs.BOM_UTF8: "utf-8-sig"}


class Listed(NamedTuple):
    """What a class list says.

    Attributes
    ----------
    system : str
        Who wrote it, by its headings.
    people : list of Enrolled
        In its order. Their ids are as they stand there, and empty where there is none.
    passed : list of str
        What is no student, with the reason.
    """

    system: str
    people: list[Enrolled]
    passed: list[str]


def read_class_list(path: Path) -> Listed:
    """Read a class list.

    Parameters
    ----------
    path : Path
        CSV, with commas, semicolons or tabs; UTF-8 or UTF-16, with or without byte order mark, or
        Windows' own code page.

    Raises
    ------
    NoClassList
        If it is no such file, or its headings are not known (`lms.LISTS`).
    OSError
        If it cannot be read.
    """
    lines = _lines(_text(path), path)
    for above, line in enumerate(lines[:MOST_ABOVE]):
        headings = [spelling(cell) for cell in line]
        known = next((one for one in LISTS if {*one.known_by} <= {*headings}), None)
        if known is not None:
            return _listed(known, headings, lines[above + 1 :], path)
    found = ", ".join(filter(None, (_cell(cell) for cell in lines[0]))) if lines else "nothing"
    raise NoClassList(
        f"{path.name} has no headings of a class list: {plain(found)[:200]}. It needs a first line "
        "such as nbgrader's (id,last_name,first_name,email,lms_user_id), that of Canvas's or "
        "Moodle's export, or one with a user name, an ID number or an email address."
    )


def _text(path: Path) -> str:
    with open(path, "rb") as file:
        data = file.read(MOST_BYTES + 1)
    if data.startswith(b"PK\x03\x04") or data.startswith(b"\xd0\xcf\x11\xe0"):
        raise NoClassList(f"{path.name} is a workbook. Save it as CSV first, and give that file.")
    if len(data) > MOST_BYTES:
        raise NoClassList(f"{path.name} is greater than {MOST_BYTES // 10**6} MB.")
    coding = next((name for mark, name in BOMS.items() if data.startswith(mark)), None)
    for name in (coding,) if coding else ("utf-8", "cp1252"):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    raise NoClassList(f"{path.name} is no text that can be read. Save it as CSV in UTF-8.")


def _lines(text: str, path: Path) -> list[list[str]]:
    text = re.sub(r"\Asep=.\r?\n", "", text, flags=re.I)  # Excel's own first line
    first = list(islice(filter(str.strip, text.splitlines()), MOST_ABOVE))

    def widest(delimiter: str) -> int:
        return max(map(len, csv.reader(first, delimiter=delimiter)), default=0)

    try:
        delimiter = max(DELIMITERS, key=widest)
        lines = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
        return [line for line in lines if any(map(str.strip, line))]
    except csv.Error as error:
        raise NoClassList(f"{path.name} is no CSV file: {error}.") from None


def _cell(text: str) -> str:
    text = " ".join(text.split())
    quoted = re.fullmatch(r'="(.*)"', text)  # how a spreadsheet is kept from dropping zeros
    return (quoted[1] if quoted else text)[:LONGEST]


def _listed(
    known: ClassList, headings: list[str], lines: Iterable[list[str]], path: Path
) -> Listed:
    people: dict[str, Enrolled] = {}
    passed = []
    for number, line in enumerate(lines, 1):
        # Of two columns of one heading, the first: a list's own come before those of assignments.
        cells = dict(zip(reversed(headings), reversed(_as_long(line, headings))))
        one = _person(known, cells)
        if spelling(one.full_name) in NO_STUDENT or not (one.student or one.full_name):
            continue
        key = one.student.casefold() or f"\0{number}"
        before = people.setdefault(key, one)
        if before.full_name != one.full_name:
            raise NoClassList(
                f"{path.name} has {plain(one.student)} twice: {plain(before.full_name)}, and "
                f"{plain(one.full_name)}. Each student needs an id of their own."
            )
        if before is not one:
            passed.append(f"{plain(one.student)} is listed twice")
    if not people:
        raise NoClassList(f"{path.name} lists no students.")
    return Listed(known.system, [*people.values()], passed)


def _as_long(line: list[str], headings: list[str]) -> list[str]:
    """A line's cells, one for each heading."""
    cells = [*map(_cell, line), *[""] * len(headings)]
    return cells[: len(headings)]


def _person(known: ClassList, cells: dict[str, str]) -> Enrolled:
    values = {
        field: next(filter(None, (cells.get(heading) for heading in asked)), "")
        for field, asked in known.fields.items()
    }
    whole = values.pop("name", "")
    if whole and not values["last_name"]:
        values["last_name"], first = _split(whole, bool(values["first_name"]))
        values["first_name"] = values["first_name"] or first
    system = known.system if known.system in ("Canvas", "Moodle") else ""
    return Enrolled(system=system, **values)


def _split(name: str, is_last: bool) -> tuple[str, str]:
    """Tell last and first names: of "Doe, Jane", or of "Jane Doe"."""
    if is_last:
        return name, ""
    last, comma, first = name.partition(",")
    if comma:
        return last.strip(), first.strip()
    first, _, last = name.rpartition(" ")
    return last, first
