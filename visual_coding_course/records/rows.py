"""Read and write one student's entry in the tables of nbgrader's gradebook.

Its API looks up and adds row by row, and commits each: that would be most of the time that a result
takes to be recorded. Here, each table is read and written in one statement.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, NamedTuple

from nbgrader.api import (
    Assignment,
    BaseCell,
    Gradebook,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from nbgrader.api import Comment as CommentRow
from nbgrader.api import Grade as GradeRow
from sqlalchemy import Connection, and_, bindparam, select
from sqlalchemy.dialects.sqlite import Insert, insert

from .entry import Comment, Entry, Grade
from .late import seconds_late


class Cells(NamedTuple):
    """Cells of a notebook that the gradebook has grades and comments for, by id."""

    graded: dict[str, tuple[str, float]]  # name, and the most points
    commented: dict[str, str]


class Structure(NamedTuple):
    """Ids of an assignment and of its notebook, and the cells of all notebooks that it has."""

    assignment: str
    notebook: str
    cells: dict[str, Cells]


def structure(gradebook: Gradebook, name: str) -> Structure:
    """Look up an assignment, whose notebook has the same name."""
    mine = gradebook.find_notebook(name, name)
    cells = {one.id: _cells(one) for one in mine.assignment.notebooks}
    found = Structure(mine.assignment_id, mine.id, cells)
    gradebook.db.remove()
    return found


def _cells(notebook: Notebook) -> Cells:
    graded: list[BaseCell] = [*notebook.grade_cells, *notebook.task_cells]
    return Cells(
        {cell.id: (cell.name, cell.max_score) for cell in graded},
        {cell.id: cell.name for cell in [*notebook.solution_cells, *notebook.task_cells]},
    )


#: One row, whether there is an entry or not.
ENTERED = (
    select(
        Assignment.duedate,
        SubmittedAssignment.id,
        SubmittedAssignment.timestamp,
        SubmittedAssignment.extension,
        SubmittedNotebook.id.label("notebook"),
        SubmittedNotebook.late_submission_penalty,
    )
    .select_from(Assignment)
    .outerjoin(
        SubmittedAssignment,
        and_(
            SubmittedAssignment.assignment_id == Assignment.id,
            SubmittedAssignment.student_id == bindparam("student"),
        ),
    )
    .outerjoin(
        SubmittedNotebook,
        and_(
            SubmittedNotebook.assignment_id == SubmittedAssignment.id,
            SubmittedNotebook.notebook_id == bindparam("notebook"),
        ),
    )
    .where(Assignment.id == bindparam("assignment"))
)


def _of_cells(kind: type[GradeRow | CommentRow]) -> Any:
    # By cell and notebook: that is what there is an index for.
    cells = kind.cell_id.in_(bindparam("cells", expanding=True))
    return select(kind.__table__).where(cells, kind.notebook_id == bindparam("notebook"))


GRADES, COMMENTS = _of_cells(GradeRow), _of_cells(CommentRow)


def _enter(kind: type, *changed: str) -> Insert:
    """Insert rows, or change these columns of those that are there."""
    new = insert(kind.__table__)
    return new.on_conflict_do_update(["id"], set_={name: new.excluded[name] for name in changed})


ENTER_STUDENT = insert(Student.__table__).on_conflict_do_nothing()
ENTER_ASSIGNMENT = _enter(SubmittedAssignment, "timestamp")
ENTER_NOTEBOOK = _enter(SubmittedNotebook, "late_submission_penalty")
ENTER_GRADES = _enter(GradeRow, "auto_score", "needs_manual_grade")
ENTER_COMMENTS = _enter(CommentRow, "auto_comment")


def find(connection: Connection, structure: Structure, student: str) -> SimpleNamespace:
    """Find a student's entry: ids, when it was handed in and was due; ids are None if it is new."""
    names = {"assignment": structure.assignment, "notebook": structure.notebook, "student": student}
    return SimpleNamespace(**connection.execute(ENTERED, names).one()._mapping)


def read(
    connection: Connection, structure: Structure, student: str, found: SimpleNamespace
) -> Entry:
    """Read the grades and comments of what `find` found."""
    graded, commented = cells = structure.cells[structure.notebook]
    entry = _new(student, cells)
    entry.seconds_late = seconds_late(found.timestamp, found.duedate, found.extension)
    entry.late_submission_penalty = found.late_submission_penalty
    if found.notebook is None:
        return entry
    for row in connection.execute(GRADES, {"notebook": found.notebook, "cells": list(graded)}):
        name, most = graded[row.cell_id]
        entry.grades[name] = Grade(
            most, row.auto_score, row.manual_score, row.extra_credit, row.needs_manual_grade, row.id
        )
    names = {"notebook": found.notebook, "cells": list(commented)}
    for row in connection.execute(COMMENTS, names):
        comment = Comment(row.auto_comment, row.manual_comment, row.id)
        entry.comments[commented[row.cell_id]] = comment
    return entry


def _new(student: str, cells: Cells) -> Entry:
    grades = {name: Grade(most) for name, most in cells.graded.values()}
    return Entry(student, grades, {name: Comment() for name in cells.commented.values()})


def write(
    connection: Connection, structure: Structure, entry: Entry, found: SimpleNamespace
) -> None:
    """Write what the checks gave, nbgrader's own comments, and what was taken off.

    A new student gets rows for all notebooks that the assignment has, as nbgrader's API makes them.
    """
    new, entered = found.id is None, found.id or new_uuid()
    if new:
        connection.execute(ENTER_STUDENT, {"id": entry.student})
    about = {"assignment_id": structure.assignment, "student_id": entry.student}
    connection.execute(ENTER_ASSIGNMENT, {"id": entered, "timestamp": found.timestamp, **about})
    for notebook, cells in structure.cells.items():
        about = {"notebook_id": notebook, "assignment_id": entered}
        if notebook == structure.notebook:
            _write_notebook(connection, about, found.notebook, cells, entry)
        elif new:
            _write_notebook(connection, about, None, cells, _new(entry.student, cells))


def _write_notebook(
    connection: Connection, about: dict[str, str], mine: str | None, cells: Cells, entry: Entry
) -> None:
    mine, penalty = mine or new_uuid(), entry.late_submission_penalty
    connection.execute(ENTER_NOTEBOOK, {"id": mine, "late_submission_penalty": penalty, **about})
    grades = [
        {
            "id": grade.id or new_uuid(), "cell_id": cell, "notebook_id": mine,
            "auto_score": grade.auto_score, "needs_manual_grade": grade.needs_manual_grade,
        }
        for cell, (name, _) in cells.graded.items() for grade in [entry.grades[name]]
    ]  # fmt: skip
    comments = [
        {
            "id": comment.id or new_uuid(), "cell_id": cell, "notebook_id": mine,
            "auto_comment": comment.auto_comment,
        }
        for cell, name in cells.commented.items() for comment in [entry.comments[name]]
    ]  # fmt: skip
    for statement, rows in ((ENTER_GRADES, grades), (ENTER_COMMENTS, comments)):
        if rows:
            connection.execute(statement, rows)
