"""Read what was graded: scores from nbgrader's tables, what was wrong from the rows beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Grade,
    GradeCell,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
)
from sqlalchemy import MetaData, Table, create_engine, func, or_, select
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import DBAPIError, NoSuchTableError

from ...checking.test_files import question_key
from .graded import Graded, Person, Submission, is_not_graded

GRADEBOOK = "gradebook.db"
ROWS = "course_result"


class CannotReport(ValueError):
    """There is nothing to report on: no gradebook, or nothing in it of that name."""


def collect(folder: Path, names: list[str]) -> list[Graded]:
    """Read assignments from a gradebook; nothing is written to it.

    Parameters
    ----------
    folder : Path
        Where ``course grade`` has put its results.
    names : list of str
        Assignments; all that have submissions if there are none.

    Raises
    ------
    CannotReport
        If the gradebook is not there, cannot be read, or has no submission to one of them.
    """
    path = folder / GRADEBOOK
    if not path.is_file():
        raise CannotReport(
            f"There is no gradebook in {folder}. Grade first, with `course grade "
            f"{' '.join(names) or 'NAME'}`; if its results are elsewhere, name that folder with "
            "--results."
        )
    try:
        with create_engine(reading_url(path)).connect() as connection:
            # One transaction, so that all is of one moment while a class is graded.
            connection.exec_driver_sql("BEGIN")
            known = _assignments(connection)
            for name in names:
                if name not in known:
                    raise CannotReport(_unknown(name, sorted(known), folder))
            if not known:
                raise CannotReport(f"The gradebook in {folder} has no submissions yet.")
            return [_graded(connection, name, known[name]) for name in names or sorted(known)]
    except DBAPIError as error:
        raise CannotReport(f"{path} cannot be read: {error.orig}.") from error


def reading_url(path: Path) -> URL:
    """Address of a gradebook that is there, for reading; opened so that SQLite may recover it."""
    query = {"mode": "rw", "uri": "true", "timeout": "60"}
    return URL.create("sqlite", database=path.resolve().as_uri(), query=query)


def _unknown(name: str, known: list[str], folder: Path) -> str:
    listed = f"It has those to {', '.join(known)}" if known else "It has none at all"
    return f"The gradebook in {folder} has no submissions to {name!r}. {listed}."


def _assignments(connection: Connection) -> dict[str, str]:
    """Ids of the assignments that have submissions, by name."""
    query = select(Assignment.name, Assignment.id).join(
        SubmittedAssignment, SubmittedAssignment.assignment_id == Assignment.id
    )
    known = dict(connection.execute(query.distinct()).all())
    return {name: key for name, key in known.items() if _penalties(connection, key, name)}


def empty_entries(connection: Connection, key: str) -> set[str]:
    """Students whose entry says neither when something was handed in nor what it got.

    nbgrader keeps extensions there, which may be given before anything is handed in. Of what could
    not be graded the entry may be such, too: there is a result beside it.
    """
    given = (
        select(SubmittedNotebook.assignment_id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .where(or_(Grade.auto_score.is_not(None), Grade.manual_score.is_not(None)))
    )
    query = select(SubmittedAssignment.student_id).where(
        SubmittedAssignment.assignment_id == key,
        SubmittedAssignment.timestamp.is_(None),
        SubmittedAssignment.id.not_in(given),
    )
    return set(connection.scalars(query))


def _graded(connection: Connection, name: str, key: str) -> Graded:
    points = _points(connection, key)
    rows, penalties = _rows(connection, name), _penalties(connection, key, name)
    scores, waits, unclear = _scores(connection, key, rows)
    submissions = [
        Submission(
            student,
            {question: scores.get((student, question)) for question in points},
            penalty,
            {question: waits[student, question] for question in points
             if (student, question) in waits},
            [question for question in points if (student, question) in unclear],
            rows.get(student, {}),
        )
        for student, penalty in sorted(penalties.items())
    ]  # fmt: skip
    people = _people(connection)
    absent = sorted(people.keys() - penalties.keys())
    return Graded(name, points, submissions, absent, people=people)


def _people(connection: Connection) -> dict[str, Person]:
    """All students of the gradebook, by id."""
    columns = (getattr(Student, name) for name in Person._fields)
    query = select(Student.id, *columns)
    return {student: Person(*known) for student, *known in connection.execute(query)}


def _points(connection: Connection, key: str) -> dict[str, float]:
    """Points by grade cell, which has its question's name."""
    points: dict[str, float] = {}
    for kind in (GradeCell, TaskCell):
        query = (
            select(kind.name, kind.max_score)
            .join(Notebook, Notebook.id == kind.notebook_id)
            .where(Notebook.assignment_id == key)
        )
        points |= dict(connection.execute(query).all())
    return dict(sorted(points.items(), key=lambda item: question_key(item[0])))


def _scores(
    connection: Connection, key: str, rows: dict[str, dict[str, Any]]
) -> tuple[dict[tuple[str, str], float | None], dict[tuple[str, str], bool], set[tuple[str, str]]]:
    """Points by student and grade cell; which are to be graded, again or not; to be looked at."""
    query = (
        select(
            SubmittedAssignment.student_id,
            BaseCell.name,
            Grade.score,
            Grade.manual_score,
            Grade.needs_manual_grade,
        )
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .join(BaseCell, BaseCell.id == Grade.cell_id)
        .where(SubmittedAssignment.assignment_id == key)
    )
    scores, waiting, unclear = {}, {}, set()
    for student, cell, score, manual, waits in connection.execute(query):
        ours = manual is None and is_not_graded(rows.get(student, {}), cell)
        if waits and manual is None and _question(rows, student, cell).get("waiting") and not ours:
            unclear.add((student, cell))
            waits = False
        scores[student, cell] = None if ours or (waits and manual is None) else score
        if waits and not ours:
            waiting[student, cell] = manual is not None
    return scores, waiting, unclear


def _question(rows: dict[str, dict[str, Any]], student: str, name: str) -> dict[str, Any]:
    return rows.get(student, {}).get("questions", {}).get(name, {})


def _penalties(connection: Connection, key: str, name: str) -> dict[str, float]:
    """Points taken off, by every student who has handed in."""
    query = (
        select(
            SubmittedAssignment.student_id,
            func.coalesce(func.sum(SubmittedNotebook.late_submission_penalty), 0.0),
        )
        .outerjoin(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .where(SubmittedAssignment.assignment_id == key)
        .group_by(SubmittedAssignment.student_id)
    )
    found = dict(connection.execute(query).all())
    if nothing := empty_entries(connection, key):
        nothing -= _rows(connection, name).keys()
    return {student: taken for student, taken in found.items() if student not in nothing}


def _rows(connection: Connection, name: str) -> dict[str, dict[str, Any]]:
    """Lines of ``results.jsonl`` by student; none if nothing was graded by `course grade`."""
    try:
        table = Table(ROWS, MetaData(), autoload_with=connection)
    except NoSuchTableError:
        return {}
    query = select(table.c.student, table.c.row).where(table.c.assignment == name)
    return {student: json.loads(row) for student, row in connection.execute(query)}
