"""Write grades, and feedback pages, in the forms that learning management systems take."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, NamedTuple

from ..pages.report.collect import GRADEBOOK, collect
from ..pages.report.graded import Graded, Submission
from ..shared.files import make_folder
from ..shared.markup import csv_cell, plain
from .lms import CANVAS_OWN, FEEDBACK, FORMATS, PARTICIPANT, POINTS, Format
from .roster import Enrolled, Roster, read_roster, with_id

FEEDBACK_FOLDER = "feedback"


class CannotExport(ValueError):
    """Grades cannot be written so that the right students would get them; says why."""


class Grade(NamedTuple):
    """A student, and what there is to export of them.

    Attributes
    ----------
    person : Enrolled
        Who.
    submission : Submission or None
        None of one who has handed in nothing.
    """

    person: Enrolled
    submission: Submission | None

    @property
    def waits(self) -> bool:
        """Whether a person has to grade, or to look at, anything."""
        return self.submission is not None and self.submission.by_hand

    @property
    def not_graded(self) -> bool:
        """Whether the grader could not grade it, or not all of it."""
        return self.submission is not None and bool(self.submission.not_graded)

    @property
    def total(self) -> float | None:
        """Points of the gradebook, what was taken off for lateness off; None if it has none."""
        if self.submission is None or self.not_graded:
            return None
        return max(0.0, self.submission.score)

    @property
    def penalty(self) -> float:
        """Points that were taken off; no more than there were."""
        if self.submission is None:
            return 0.0
        return min(self.submission.penalty, self.submission.score + self.submission.penalty)


class Export(NamedTuple):
    """Grades as they are to be written.

    Attributes
    ----------
    table : str
        The file's text.
    given : list of Grade
        Whose grades are in it.
    waiting, not_graded, absent, unknown : list of str
        Students who are not, since something waits for a person, or the grader could not grade
        it; who have handed in nothing; and who are, without what the system finds them by.
    max_score : float
        Points that can be had.
    """

    table: str
    given: list[Grade]
    waiting: list[str]
    not_graded: list[str]
    absent: list[str]
    unknown: list[str]
    max_score: float


def export_grades(
    folder: Path,
    name: str,
    system: str,
    title: str,
    by_question: bool = False,
    everything: bool = False,
    listed: Iterable[Enrolled] = (),
) -> Export:
    """Make a table of grades.

    Parameters
    ----------
    folder : Path
        Where ``course grade`` has put its results.
    name : str
        Assignment.
    system : str
        One of `lms.FORMATS`.
    title : str
        What the system calls the assignment.
    by_question : bool
        Points of each question; else the total alone.
    everything : bool
        Also where something waits to be graded by hand, with the points so far.
    listed : iterable of Enrolled
        The system's own list, for what the gradebook does not know.

    Raises
    ------
    CannotExport
        If two students are one to the system, or it would not take the title.
    CannotReport
        If there are no results.
    """
    form = FORMATS[system]
    if form.titled and any(own in title for own in CANVAS_OWN):
        raise CannotExport(
            f"Canvas takes {title!r} for a column of its own. Name the assignment as it is called "
            'there, with --title, or as "Title (12345)" with its number.'
        )
    [graded] = collect(folder, [name])
    grades = _grades(graded, read_roster(folder / GRADEBOOK), listed)
    given, waiting, not_graded, absent = [], [], [], []
    for one in grades:
        if one.submission is None:
            absent.append(one.person.student)
        elif one.not_graded:
            not_graded.append(one.person.student)
        elif one.waits and not everything:
            waiting.append(one.person.student)
        if (one.total is not None and (everything or not one.waits)) or (
            form.empty and (one.submission is None or (one.not_graded and everything))
        ):
            given.append(one)
    cells = [cells_of(one, graded) for one in given]
    _look_for_two(form, cells)
    return Export(
        _table(form, given, cells, graded, title, by_question), given, waiting, not_graded, absent,
        [cell["student"] for cell in cells if not cell[form.key]], graded.max_score,
    )  # fmt: skip


def _grades(graded: Graded, roster: Roster, listed: Iterable[Enrolled]) -> list[Grade]:
    others = Roster(map(with_id, listed))
    there = {one.student: one for one in graded.submissions}
    return [
        Grade(_person(roster.of(student), there.get(student), others), there.get(student))
        for student in sorted({*there, *graded.absent})
    ]


def _person(one: Enrolled, submission: Submission | None, others: Roster) -> Enrolled:
    """What is known of a student, of the system's own list and the names of what was handed in."""
    about = (submission.row.get("handed_in") or {}) if submission else {}
    number, by = about.get("number"), about.get("by")
    if by == "Moodle" and number:
        one = replace(one, identifier=PARTICIPANT.format(number))
    elif by == "Canvas" and number and not one.lms_user_id:
        one = replace(one, lms_user_id=number, system="Canvas")
    elif found := re.fullmatch(r"Participant[ _](\d+)", one.student):
        one = replace(one, identifier=PARTICIPANT.format(found[1]))
    other = others.same(one) or others.find(one.student, number, by)
    if other is None:
        return one
    told = asdict(others.of(other))
    return replace(one, **{key: text for key, text in told.items() if text and key != "student"})


def cells_of(one: Grade, graded: Graded) -> dict[str, Any]:
    """What may stand in a student's row, by the names that `lms.FORMATS` has."""
    person, submission = one.person, one.submission
    canvas, ours = person.system == "Canvas", person.system in ("Canvas", "")
    return {
        **asdict(person),
        "sortable_name": person.sortable_name or person.student,
        "full_name": person.full_name or person.student,
        "login": person.login or person.student,
        "canvas_id": person.lms_user_id if ours and person.lms_user_id.isdecimal() else "",
        "canvas_number": person.number if canvas else "",
        "canvas_login": (person.login or person.student) if ours else "",
        "status": submission.status if submission else "missing",
        "total": _number(one.total),
        "max_score": _number(graded.max_score),
        "late_penalty": _number(one.penalty) if submission else "",
        "waits": one.waits if submission else "",
        "nothing": "",
    }


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{round(value, 6) + 0.0:.6f}".rstrip("0").rstrip(".")  # + 0.0: there is no "-0"


def _look_for_two(form: Format, cells: list[dict[str, Any]]) -> None:
    """Raise an error if two students are one to the system."""
    many = Counter(cell[form.key] for cell in cells if cell[form.key])
    key = next((key for key, count in many.items() if count > 1), None)
    if key is not None:
        who = " and ".join(plain(cell["student"]) for cell in cells if cell[form.key] == key)
        raise CannotExport(
            f"{who} would both be {plain(key)}. Nothing is written: one would get the other's "
            "grade. Look at them with `course students`."
        )


def _table(
    form: Format,
    given: list[Grade],
    cells: list[dict[str, Any]],
    graded: Graded,
    title: str,
    by_question: bool,
) -> str:
    points = _points(form, given, graded, title, by_question)
    before, after = _around(form)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    heads = [head for head, _, _ in points]
    writer.writerow([head for head, _ in before] + heads + [head for head, _ in after])
    if form.possible is not None:
        possible = [most for _, most, _ in points]
        writer.writerow([form.possible, *[""] * (len(before) - 1), *possible, *[""] * len(after)])
    for row, cell in enumerate(cells):
        writer.writerow(
            csv_cell(value)
            for value in (
                *(cell[what] for _, what in before), *(column[row] for _, _, column in points),
                *(cell[what] for _, what in after),
            )
        )  # fmt: skip
    return text.getvalue()


def _around(form: Format) -> tuple[tuple, tuple]:
    place = form.columns.index(POINTS)
    return form.columns[:place], form.columns[place + 1 :]


def _points(
    form: Format, given: list[Grade], graded: Graded, title: str, by_question: bool
) -> list[tuple[str, str, list[str]]]:
    """Columns of points: heading, points that can be had, and those of each student."""
    if not by_question:
        total = [_number(one.total) for one in given]
        return [(csv_cell(title), _number(graded.max_score), total)] if form.titled else []
    start = f"{title} " if form.titled else ""
    columns = [
        (csv_cell(f"{start}{name}"), _number(most), [_points_of(one, name) for one in given])
        for name, most in graded.points.items()
    ]
    if form.titled and any(one.penalty for one in given):
        # An assignment worth nothing: the sum of all is the total.
        off = ["" if one.total is None else _number(-one.penalty) for one in given]
        columns.append((csv_cell(f"{start}late penalty"), "0", off))
    return columns


def _points_of(one: Grade, question: str) -> str:
    score = None if one.submission is None else one.submission.scores.get(question)
    return _number(score)


def feedback_zip(out: Path, folder: Path, name: str, given: Iterable[Grade]) -> list[str]:
    """Write feedback pages as the zip that Moodle takes as feedback files.

    Parameters
    ----------
    out : Path
        The zip.
    folder : Path
        Where ``course grade`` has put its results.
    name : str
        Assignment.
    given : iterable of Grade
        Whose pages.

    Returns
    -------
    list of str
        Students whose page is not in it: Moodle's number is not known, or there is no page.
    """
    left = []
    make_folder(out.parent)
    temporary = out.with_name(f".{out.name}.tmp")
    try:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
            for one in given:
                student = one.person.student
                page = folder / FEEDBACK_FOLDER / student / name / f"{name}.html"
                number = re.search(r"\d+\Z", one.person.identifier)
                if one.submission is None or number is None or not page.is_file():
                    left.append(student)
                    continue
                who = re.sub(r"[^\w .-]|_", " ", one.person.full_name or student).strip(" .")
                file = f"{name}.html"
                called = FEEDBACK.format(name=who or "-", number=number[0], file=file)
                archive.write(page, called)
        temporary.replace(out)
    finally:
        temporary.unlink(missing_ok=True)
    return left
