"""Read students' code from the gradebook, question by question."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from nbgrader.api import Assignment, Notebook, SourceCell
from sqlalchemy import MetaData, Table, create_engine, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, NoSuchTableError

from .collect import ROWS, CannotReport, reading_url
from .likeness import Code, code_of, stretches_of


def read_code(gradebook: Path, assignment: str) -> tuple[list[Code], np.ndarray]:
    """Read what students wrote, and what was handed out to them.

    Parameters
    ----------
    gradebook : Path
        SQLite file.
    assignment : str
        Name.

    Returns
    -------
    (list of Code, array of uint64)
        Of each student and question, and the stretches of the released notebook. Of what was not
        graded by `course grade`, the gradebook has no code.
    """
    engine = create_engine(reading_url(gradebook))
    try:
        with engine.connect() as connection:
            handed_out = _handed_out(connection, assignment)
            codes = [
                code_of(student, question, cells)
                for student, notebook in _notebooks(connection, assignment)
                for question, cells in _by_question(notebook, handed_out).items()
            ]
            return codes, stretches_of(handed_out)
    except DBAPIError as error:
        raise CannotReport(f"{gradebook} cannot be read: {error.orig}.") from error
    finally:
        engine.dispose()


def _notebooks(connection: Connection, assignment: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Graded notebooks by student, one at a time: most of them is pictures."""
    try:
        table = Table(ROWS, MetaData(), autoload_with=connection)
    except NoSuchTableError:
        return
    if "notebook" not in table.c:
        return
    query = select(table.c.student, table.c.notebook).where(
        table.c.assignment == assignment, table.c.notebook.is_not(None)
    )
    rows = connection.execution_options(yield_per=20).execute(query.order_by(table.c.student))
    for student, packed in rows:
        yield student, json.loads(zlib.decompress(packed))


def _by_question(notebook: dict[str, Any], handed_out: set[str]) -> dict[str, list[str]]:
    """Source of the cells that the student wrote in, by the question whose points follow."""
    found, cells = defaultdict(list), []
    for cell in notebook["cells"]:
        tags = cell["metadata"].get("nbgrader") or {}
        if cell["cell_type"] == "code" and not tags.get("locked"):
            source = "".join(cell["source"])
            cells += [source] if source not in handed_out else []
        if tags.get("grade"):
            found[tags["grade_id"]] += cells
            cells = []
    return found


def _handed_out(connection: Connection, assignment: str) -> set[str]:
    query = (
        select(SourceCell.source)
        .join(Notebook, Notebook.id == SourceCell.notebook_id)
        .join(Assignment, Assignment.id == Notebook.assignment_id)
        .where(Assignment.name == assignment, SourceCell.cell_type == "code")
    )
    return {source or "" for source in connection.scalars(query)}
