"""What is kept of a result beside nbgrader's own tables, which leave it alone."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from nbgrader.api import Assignment, SubmittedAssignment
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    inspect,
    select,
)

#: The notebook is last: SQLite reads what comes before it without it.
RESULTS = Table(
    "course_result",
    MetaData(),
    Column("assignment", String(128), primary_key=True),
    Column("student", String(128), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("row", Text, nullable=False),
    Column("versions", Text),
    Column("notebook", LargeBinary),
)
KEEP = RESULTS.insert().prefix_with("OR REPLACE")
ADDED = ("versions", "notebook")  # since there has been such a table


@dataclass(frozen=True)
class Known:
    """What was recorded of a student.

    Attributes
    ----------
    digest : str
        Of the submission that was graded; empty if it is to be graded again.
    versions : dict of str to str
        `Assignment.versions` as they were then; None of a result from before they were kept.
    row : dict
        Its line in ``results.jsonl``.
    ran : bool
        Whether there is a graded notebook.
    """

    digest: str
    versions: dict[str, str] | None
    row: dict[str, Any]
    ran: bool


def make_table(engine: Engine) -> None:
    """Make the table; add columns that it did not have in an earlier version."""
    RESULTS.create(engine, checkfirst=True)
    there = {column["name"] for column in inspect(engine).get_columns(RESULTS.name)}
    with engine.begin() as connection:
        for name in ADDED:
            if name not in there:
                kind = RESULTS.c[name].type.compile(engine.dialect)
                connection.exec_driver_sql(f"ALTER TABLE {RESULTS.name} ADD COLUMN {name} {kind}")


def known(connection: Connection, assignment: str, assignment_id: str) -> dict[str, Known]:
    """Read what is recorded of every student whose grades are in the gradebook."""
    query = (
        select(
            RESULTS.c.student,
            RESULTS.c.digest,
            RESULTS.c.versions,
            RESULTS.c.row,
            RESULTS.c.notebook.is_not(None),
        )
        .join(SubmittedAssignment, SubmittedAssignment.student_id == RESULTS.c.student)
        .where(
            RESULTS.c.assignment == assignment, SubmittedAssignment.assignment_id == assignment_id
        )
    )
    return {
        student: Known(
            # What an earlier version noted as the digest was not the submission's alone.
            digest if versions else "",
            json.loads(versions) if versions else None,
            json.loads(row),
            ran,
        )
        for student, digest, versions, row, ran in connection.execute(query)
    }


def assignments(connection: Connection) -> list[str]:
    """Names of the assignments of which results are recorded, and that are in the gradebook."""
    query = select(RESULTS.c.assignment).distinct().order_by(RESULTS.c.assignment)
    there = select(Assignment.name)
    return list(connection.scalars(query.where(RESULTS.c.assignment.in_(there))))


def _mine(assignment: str, student: str) -> tuple:
    return (RESULTS.c.assignment == assignment, RESULTS.c.student == student)


def notebook_of(connection: Connection, assignment: str, student: str) -> bytes | None:
    """Read a student's graded notebook, as JSON; None if there is none."""
    query = select(RESULTS.c.notebook).where(*_mine(assignment, student))
    packed = connection.execute(query).scalar()
    return zlib.decompress(packed) if packed else None


def reopen(connection: Connection, assignment: str, student: str) -> None:
    """Have what is recorded of a student stay until it is graded again."""
    connection.execute(RESULTS.update().where(*_mine(assignment, student)).values(digest=""))


def keep(
    connection: Connection,
    assignment: str,
    student: str,
    digest: str,
    versions: dict[str, str],
    row: str,
    packed: bytes | None,
) -> None:
    """Note a result, as JSON, in place of an earlier one; with its notebook, compressed."""
    result = {
        "assignment": assignment, "student": student, "digest": digest, "row": row,
        "versions": json.dumps(versions), "notebook": packed,
    }  # fmt: skip
    connection.execute(KEEP, result)


def differing(versions: dict[str, str] | None, now: dict[str, str]) -> list[str]:
    """Names of what has another version now."""
    return [name for name, version in now.items() if (versions or {}).get(name) != version]


def of_earlier_package(results: Collection[Known]) -> int:
    """How many results are from before versions were kept."""
    return sum(one.versions is None for one in results)
