"""Who is in the class: nbgrader's students, with what their class list says beside it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from nbgrader.api import Student
from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    inspect,
    select,
)
from sqlalchemy.exc import SQLAlchemyError

from ..pages.report.collect import reading_url
from ..shared.markup import plain, spelling
from .database import Unusable, open_gradebook
from .kept import RESULTS
from .lms import NUMBERED

#: What nbgrader's own table has no column for.
STUDENTS = Table(
    "course_student",
    MetaData(),
    Column("student", String(128), primary_key=True),
    Column("about", Text, nullable=False),
)
OURS = ("system", "login", "number", "section")
NBGRADERS = ("last_name", "first_name", "email", "lms_user_id")


class NoClassList(ValueError):
    """A file cannot be used as a class list; says why."""


@dataclass(frozen=True)
class Enrolled:
    """A student of the class; texts are empty where they are not known.

    Attributes
    ----------
    student : str
        Id in the gradebook.
    last_name, first_name, email
        As the list has them.
    lms_user_id : str
        What the LMS itself calls the student: Canvas's ID, Moodle's ID number.
    system : str
        Whose list it was, where that is an LMS.
    login, number : str
        User name, and number in the institution's own books (Canvas's SIS User ID).
    section : str
        Or group.
    identifier : str
        Moodle's participant, which is of one assignment.
    """

    student: str
    last_name: str = ""
    first_name: str = ""
    email: str = ""
    lms_user_id: str = ""
    system: str = ""
    login: str = ""
    number: str = ""
    section: str = ""
    identifier: str = ""

    @property
    def full_name(self) -> str:
        """As it is spoken: Jane Doe."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def sortable_name(self) -> str:
        """As it is sorted: Doe, Jane."""
        return ", ".join(filter(None, (self.last_name, self.first_name)))


class Roster:
    """A class in which students are found by what others call them.

    Parameters
    ----------
    people : iterable of Enrolled
        Each with an id.
    """

    def __init__(self, people: Iterable[Enrolled] = ()):
        self.people = {one.student: one for one in people}
        self._numbers = {
            (one.system, one.lms_user_id): one.student
            for one in self.people.values() if one.lms_user_id
        }  # fmt: skip
        self._called = self._called_by("student", "login", "email", "number")
        self._names = _unique(
            (spelling(name), one.student)
            for one in self.people.values()
            if one.last_name and one.first_name
            for name in (one.full_name, one.sortable_name)
        )

    def _called_by(self, *fields: str) -> dict[str, str]:
        """Students by what stands in these fields of theirs, and of nobody else's."""
        return _unique(
            (name.casefold(), one.student)
            for one in self.people.values()
            for name in {getattr(one, field) for field in fields} - {""}
        )

    def ids(self) -> dict[str, set[str]]:
        """All that students are known by, and nobody else is: ids, user names, addresses."""
        called = self._called_by("student", "login", "email", "number", "lms_user_id")
        found: dict[str, set[str]] = {}
        for name, student in called.items():
            found.setdefault(student, set()).add(name)
        return found

    def of(self, student: str) -> Enrolled:
        """What is known of a student; of one who is not in the class, the id alone."""
        return self.people.get(student) or Enrolled(student)

    def find(
        self,
        name: str,
        number: str | None = None,
        system: str | None = None,
        by_name: bool = True,
    ) -> str | None:
        """Find a student by the name of what was handed in.

        Parameters
        ----------
        name : str
            Id, user name, email address, or full name in either order.
        number, system : str, optional
            An LMS's own id, and which LMS.
        by_name : bool
            Whether it may be a full name; else it is one of the others.

        Returns
        -------
        str or None
            Id; None if nobody, or more than one, is called so.
        """
        numbered = number is not None and system in NUMBERED
        if numbered:
            for known in (system, ""):
                if (known, number) in self._numbers:
                    return self._numbers[known, number]
        called = self._called.get(name.casefold())
        for found in (called, self._names.get(spelling(name)) if by_name else None):
            if found and not (
                numbered and self.people[found].system == system and self.people[found].lms_user_id
            ):  # whose number is another one
                return found
        return None

    def same(self, one: Enrolled) -> str | None:
        """Find a student of another list, or of an earlier one; None as in `find`."""
        found = self._called.get(one.student.casefold())
        if not found and one.lms_user_id:
            found = self._numbers.get((one.system, one.lms_user_id))
        if not found and one.email:
            found = self._called.get(one.email.casefold())
        if not found and one.first_name and one.last_name:
            found = self._names.get(spelling(one.full_name))
            others = found and self.people[found].email
            if others and one.email and others.casefold() != one.email.casefold():
                return None
        return found


def _unique(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Names that are one student's alone."""
    students: dict[str, set[str]] = {}
    for name, student in named:
        students.setdefault(name, set()).add(student)
    return {name: who.pop() for name, who in students.items() if len(who) == 1}


def read_roster(gradebook: Path) -> Roster:
    """Read the class from a gradebook; it is empty where there is none.

    Raises
    ------
    Unusable
        If it cannot be read.
    """
    if not gradebook.is_file():
        return Roster()
    engine = create_engine(reading_url(gradebook))
    try:
        with engine.connect() as connection:
            return Roster(_people(connection))
    except SQLAlchemyError as error:
        reason = getattr(error, "orig", None) or error
        raise Unusable(f"{gradebook} cannot be read: {reason}.") from error
    finally:
        engine.dispose()


def _people(connection: Connection) -> list[Enrolled]:
    about: dict[str, dict[str, Any]] = {}
    if inspect(connection).has_table(STUDENTS.name):
        rows = connection.execute(select(STUDENTS.c.student, STUDENTS.c.about))
        about = {student: json.loads(text) for student, text in rows}
    columns = (Student.id, *(getattr(Student, name) for name in NBGRADERS))
    query = select(*columns).order_by(Student.id)
    return [
        Enrolled(student, *(value or "" for value in values), **about.get(student, {}))
        for student, *values in connection.execute(query)
    ]


class Enrolment(NamedTuple):
    """What became of a class list.

    Attributes
    ----------
    new, known : list of str
        Students that were not in the gradebook before, and that were.
    unlisted : list of str
        Students of the gradebook that the list does not have.
    """

    new: list[str]
    known: list[str]
    unlisted: list[str]


def enrol(
    gradebook: Path, people: Iterable[Enrolled], usable: Callable[[str], str] = str
) -> Enrolment:
    """Enter a class into a gradebook, which is made if it is not there.

    Who is there already keeps the id: by id, LMS id, email address or name, or by the number in
    the name of what was handed in. Nothing that is known is taken away, and nobody is.

    Parameters
    ----------
    gradebook : Path
        SQLite file.
    people : iterable of Enrolled
        From `class_list.read_class_list`.
    usable : callable
        Makes an id of a text that may be none.

    Raises
    ------
    NoClassList
        If two of them would have one id.
    Unusable
        If what is there is no gradebook that can be used.
    SQLAlchemyError
        If it cannot be written to.
    """
    book = open_gradebook(gradebook)
    try:
        with book.engine.begin() as connection:
            # Locked from the start, so that what is read is still true when it is written.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            STUDENTS.create(connection, checkfirst=True)
            before = Roster(_people(connection))
            listed = [with_id(one, usable) for one in people]
            keeps = _keeps(before, Roster(listed), _handed_in(connection))
            listed = [replace(one, student=keeps.get(one.student, one.student)) for one in listed]
            _look_for_two(listed)
            for one in listed:
                _enter(connection, one, before)
    finally:
        book.close()
    names = [one.student for one in listed]
    return Enrolment(
        [name for name in names if name not in before.people],
        [name for name in names if name in before.people],
        sorted(before.people.keys() - {*names}),
    )


def _look_for_two(people: list[Enrolled]) -> None:
    """Raise an error if two students would have one id."""
    many = Counter(one.student.casefold() for one in people)
    name = next((name for name, count in many.items() if count > 1), None)
    if name is not None:
        who = ", ".join(one.full_name for one in people if one.student.casefold() == name)
        raise NoClassList(
            f"Two students of the list would be {plain(name)}: {plain(who)}. Each needs a user "
            "name, number or email address of their own. Nothing is changed."
        )


def with_id(one: Enrolled, usable: Callable[[str], str] = str) -> Enrolled:
    """Give a student of a list an id that is made of the name, where the list has none."""
    return replace(one, student=usable(one.student or "_".join(one.full_name.split())))


def _keeps(
    before: Roster, listed: Roster, handed_in: Mapping[str, list[tuple[str, str]]]
) -> dict[str, str]:
    """The earlier ids of students of a list who have others there."""
    found: dict[str, set[str]] = {}
    for student, one in before.people.items():
        numbers = handed_in.get(student, ())
        named = (listed.find(student, number, system) for number, system in numbers)
        who = next(filter(None, named), None) or listed.same(one)
        if who is not None and who not in before.people:
            found.setdefault(who, set()).add(student)
    return {who: known.pop() for who, known in found.items() if len(known) == 1}


def _handed_in(connection: Connection) -> dict[str, list[tuple[str, str]]]:
    """Numbers in the names of what students handed in, and whose they are."""
    if not inspect(connection).has_table(RESULTS.name):
        return {}
    found: dict[str, list[tuple[str, str]]] = {}
    for student, row in connection.execute(select(RESULTS.c.student, RESULTS.c.row)):
        about = json.loads(row).get("handed_in") or {}
        found.setdefault(student, []).append((about.get("number"), about.get("by")))
    return found


def _enter(connection: Connection, one: Enrolled, before: Roster) -> None:
    known = asdict(before.of(one.student))
    values = {name: value or known[name] for name, value in asdict(one).items()}
    row = {name: values[name] or None for name in NBGRADERS}
    table = Student.__table__
    if one.student in before.people:
        connection.execute(table.update().where(table.c.id == one.student).values(**row))
    else:
        connection.execute(table.insert().values(id=one.student, **row))
    about = json.dumps({name: values[name] for name in OURS})
    connection.execute(STUDENTS.delete().where(STUDENTS.c.student == one.student))
    connection.execute(STUDENTS.insert().values(student=one.student, about=about))
