"""Read what was graded: scores from nbgrader's tables, what was wrong from the rows beside them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

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
from sqlalchemy import MetaData, Table, create_engine, func, select
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import DBAPIError, NoSuchTableError

from ...checking.test_files import question_key

GRADEBOOK = "gradebook.db"
ROWS = "course_result"


class Person(NamedTuple):
    """What nbgrader knows of a student; None where it is not known."""

    last_name: str | None
    first_name: str | None
    email: str | None
    lms_user_id: str | None

    @property
    def name(self) -> str:
        """As it is sorted: Doe, Jane; empty if it is not known."""
        return ", ".join(filter(None, (self.last_name, self.first_name)))


NOBODY = Person(None, None, None, None)


class CannotReport(ValueError):
    """There is nothing to report on: no gradebook, or nothing in it of that name."""


@dataclass(frozen=True)
class Submission:
    """What the gradebook holds of one student's work.

    Attributes
    ----------
    student : str
        Student id.
    scores : dict of str to float or None
        Points by question, manual ones and extra credit included; None while it waits for a
        person, or for the grader.
    penalty : float
        Points taken off for handing in late.
    waits : bool
        Whether something is to be graded by hand.
    unclear : list of str
        Questions that a check could not tell of, and that keep their points until a person looks.
    row : dict
        Its line in ``results.jsonl``; empty if it was graded by nbgrader's own ``autograde``.
    """

    student: str
    scores: dict[str, float | None]
    penalty: float = 0.0
    waits: bool = False
    unclear: list[str] = field(default_factory=list)
    row: dict[str, Any] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """Total of the gradebook: what waits counts nothing yet."""
        return sum(score or 0.0 for score in self.scores.values()) - self.penalty

    @property
    def status(self) -> str:
        """As in its row."""
        return self.row.get("status", "graded")

    @property
    def not_graded(self) -> list[str]:
        """Questions that the grader could not grade, and no person has."""
        return [
            name
            for name, score in self.scores.items()
            if score is None and _not_graded(self.row, name)
        ]

    @property
    def by_hand(self) -> bool:
        """Whether a person has anything to do with it."""
        return self.waits or bool(self.unclear)

    @property
    def complete(self) -> bool:
        """Whether its total says what the student can do: nothing of it is the grader's failure."""
        return self.ran and not self.not_graded

    @property
    def reasons(self) -> list[str]:
        """Why something could not be graded."""
        return list(self.row.get("reasons") or filter(None, [self.row.get("message")]))

    @property
    def seconds(self) -> float | None:
        """How long it took to run and check; None if that is not known."""
        return self.row.get("seconds")

    @property
    def ran(self) -> bool:
        """Whether any question could be checked: of the others, nothing can be learned."""
        if self.status == "not_graded":
            return any(score is not None for score in self.scores.values())
        questions = self.row.get("questions", {}).values()
        could = any(question["status"] not in ("error", "not_graded") for question in questions)
        return could or self.status == "graded"

    def question(self, name: str) -> dict[str, Any]:
        """Return the row of a question; empty if it has none."""
        return self.row.get("questions", {}).get(name, {})

    def carried(self, name: str) -> float:
        """Points of a question that come from right answers before it."""
        return self.question(name).get("carried_forward") or 0.0

    def wrong(self) -> list[tuple[str, dict[str, Any]]]:
        """Return what was not right: question and entry, an entry for each case.

        What kept the grader from grading is nobody's mistake.
        """
        return [
            (name, entry)
            for name, question in self.row.get("questions", {}).items()
            if not _not_graded(self.row, name)
            for entry in question.get("wrong", [])
        ]


@dataclass(frozen=True)
class Graded:
    """All that was graded of one assignment.

    Attributes
    ----------
    name : str
        The assignment's.
    points : dict of str to float
        Points of each question, in the order of the questions.
    submissions : list of Submission
        Sorted by student.
    absent : list of str
        Students of the gradebook who have handed in nothing.
    feedback : str
        Where the students' pages are, as the report links to them.
    people : dict of str to Person
        What is known of all of them, by id.
    """

    name: str
    points: dict[str, float]
    submissions: list[Submission]
    absent: list[str]
    feedback: str = "feedback"
    people: dict[str, Person] = field(default_factory=dict)

    def person(self, student: str) -> Person:
        """What is known of a student."""
        return self.people.get(student, NOBODY)

    @property
    def max_score(self) -> float:
        """Sum of the questions' points."""
        return sum(self.points.values())

    @cached_property
    def not_graded(self) -> list[Submission]:
        """Submissions that the grader could not grade, or not all of."""
        return [
            submission
            for submission in self.submissions
            if submission.status == "not_graded" or submission.not_graded
        ]

    @cached_property
    def failed(self) -> list[Submission]:
        """Submissions of which nothing could be checked, by their own doing."""
        return [
            submission
            for submission in self.submissions
            if not submission.ran and submission.status != "not_graded"
        ]

    @cached_property
    def complete(self) -> list[Submission]:
        """Submissions whose totals can be compared."""
        return [submission for submission in self.ran if submission.complete]

    @cached_property
    def ran(self) -> list[Submission]:
        """Submissions of which anything could be checked."""
        return [submission for submission in self.submissions if submission.ran]

    @property
    def without_mistakes(self) -> int:
        """How many ran, but have no record of what was wrong in them."""
        rows = [submission.row.get("questions", {"": {}}).values() for submission in self.ran]
        return sum(not all("wrong" in question for question in row) for row in rows)


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
    return dict(connection.execute(query.distinct()).all())


def _graded(connection: Connection, name: str, key: str) -> Graded:
    points = _points(connection, key)
    rows, penalties = _rows(connection, name), _penalties(connection, key)
    scores, waits, unclear = _scores(connection, key, rows)
    submissions = [
        Submission(
            student,
            {question: scores.get((student, question)) for question in points},
            penalty,
            student in waits,
            [question for question in points if (student, question) in unclear],
            rows.get(student, {}),
        )
        for student, penalty in sorted(penalties.items())
    ]
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
) -> tuple[dict[tuple[str, str], float | None], set[str], set[tuple[str, str]]]:
    """Points by student and grade cell; who waits for a person to give some; for one to look."""
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
    scores, waiting, unclear = {}, set(), set()
    for student, cell, score, manual, waits in connection.execute(query):
        ours = manual is None and _not_graded(rows.get(student, {}), cell)
        if waits and manual is None and _question(rows, student, cell).get("waiting") and not ours:
            unclear.add((student, cell))
            waits = False
        scores[student, cell] = None if ours or (waits and manual is None) else score
        if waits and not ours:
            waiting.add(student)
    return scores, waiting, unclear


def _question(rows: dict[str, dict[str, Any]], student: str, name: str) -> dict[str, Any]:
    return rows.get(student, {}).get("questions", {}).get(name, {})


def _not_graded(row: dict[str, Any], question: str) -> bool:
    about = row.get("questions", {}).get(question, {})
    return "not_graded" in (row.get("status"), about.get("status"))


def _penalties(connection: Connection, key: str) -> dict[str, float]:
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
    return dict(connection.execute(query).all())


def _rows(connection: Connection, name: str) -> dict[str, dict[str, Any]]:
    """Lines of ``results.jsonl`` by student; none if nothing was graded by `course grade`."""
    try:
        table = Table(ROWS, MetaData(), autoload_with=connection)
    except NoSuchTableError:
        return {}
    query = select(table.c.student, table.c.row).where(table.c.assignment == name)
    return {student: json.loads(row) for student, row in connection.execute(query)}
