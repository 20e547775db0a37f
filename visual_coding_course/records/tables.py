"""The tables of a graded class: `results.jsonl`, `grades.csv`, the numbers of written answers."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from ..shared.markup import csv_cell
from .late import Late
from .roster import NBGRADERS, Roster

RESULTS = "results.jsonl"
GRADES = "grades.csv"
NUMBERS = "numbers-{}.csv"


def tables_of(folder: Path, name: str) -> tuple[Path, Path]:
    """Tell where the results of an assignment stand.

    Parameters
    ----------
    folder : Path
        Where they were recorded.
    name : str
        Of the assignment.

    Returns
    -------
    (Path, Path)
        ``results-NAME.jsonl`` and ``grades-NAME.csv`` if it has files of its own there, else
        ``results.jsonl`` and ``grades.csv``.
    """
    own = own_tables(folder, name)
    return own if own[0].exists() else (folder / RESULTS, folder / GRADES)


def own_tables(folder: Path, name: str) -> tuple[Path, Path]:
    """The same, of an assignment that has files of its own."""
    results, grades = folder / RESULTS, folder / GRADES
    return (
        results.with_stem(f"{results.stem}-{name}"),
        grades.with_stem(f"{grades.stem}-{name}"),
    )


def named_in(results: Path) -> str | None:
    """Name of the assignment that a file of results is about; None if it does not say."""
    try:
        with open(results, encoding="utf-8") as lines:
            return json.loads(next(lines))["assignment"]
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        return None


def grades_of(
    rows: list[dict[str, Any]],
    questions: list[str],
    roster: Roster,
    totals: dict[str, tuple[float | None, bool]],
    late: dict[str, Late],
) -> str:
    """Make the text of ``grades.csv``: a line for each row.

    Parameters
    ----------
    rows : list of dict
        As in ``results.jsonl``.
    questions : list of str
        Names.
    roster : Roster
        Who is in the class.
    totals, late
        From `gradebook.Book`, by student.
    """
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(
        ["student", "status", "score", "max_score", *questions, "message",
         "score_with_manual_grades", "needs_manual_grade", "late", "seconds_late",
         "late_penalty", "final_score", *NBGRADERS]
    )  # fmt: skip
    for row in rows:
        scores = [row["questions"].get(question, {}).get("score", "") for question in questions]
        person = roster.of(row["student"])
        cells = [
            row["student"], row["status"], row["score"], row["max_score"], *scores,
            row["message"] or "", *totals.get(row["student"], ["", ""]),
            *_late_cells(row, totals, late.get(row["student"], Late(0.0, 0.0))),
            *(getattr(person, name) for name in NBGRADERS),
        ]  # fmt: skip
        writer.writerow(map(csv_cell, cells))
    return table.getvalue()


def _late_cells(row: dict[str, Any], totals: dict, late: Late) -> list[Any]:
    """What `grades.csv` says of handing in late."""
    marked = bool((row.get("handed_in") or {}).get("late"))
    total = totals.get(row["student"], [None])[0]
    final = "" if total is None else max(0.0, round(total - late.penalty, 6))
    return [late.seconds > 0 or marked, round(late.seconds), late.penalty, final]


def numbers_of(rows: list[dict[str, Any]]) -> str:
    """What written answers are about, for who grades them: a line for each student."""
    columns = list(dict.fromkeys(name for row in rows for name in row.get("numbers", {})))
    own = list(dict.fromkeys(name for row in rows for name in row["parameters"]))
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["student", *own, *columns])
    for row in rows:
        cells = [row["parameters"].get(name, "") for name in own]
        cells += [row.get("numbers", {}).get(name, "") for name in columns]
        writer.writerow(map(csv_cell, [row["student"], *cells]))
    return table.getvalue()
