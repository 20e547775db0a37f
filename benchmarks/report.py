"""The report and the grades of a class of 10,000: how long they take to make, and to open.

    python benchmarks/report.py RESULTS                    multiplies a graded class
    python benchmarks/report.py RESULTS --students 1000 --pictures

RESULTS is where `course grade` has put its results, of any class: `examples/simulate.py` makes
one. Its students are copied, each with a name, a page and code of their own, with the pictures in
the notebooks left out unless they are asked for. Says how many seconds the report takes, of which
the code's comparison, how large the page is, and how long headless Chromium takes to open it, to
search and to sort the table of all students; and what `grades.csv` takes to be written and read.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import tempfile
import time
import uuid
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd
from playwright.sync_api import sync_playwright

from visual_coding_course.assignment import load_assignment
from visual_coding_course.grading.record import Record
from visual_coding_course.pages.report.code import read_code
from visual_coding_course.pages.report.likeness import alike
from visual_coding_course.pages.report.write import write_report

COURSE = Path(__file__).resolve().parents[1]
BOOK = "gradebook.db"
#: Of nbgrader's tables, those with a row for each submission or grade, and what they hang on.
COPIED = {"submitted_notebook": ("assignment_id", "submitted_assignment"),
          "grade": ("notebook_id", "submitted_notebook"),
          "comment": ("notebook_id", "submitted_notebook")}  # fmt: skip
#: Types a text into the search field, or clicks on a heading, and says how many ms until it shows.
UNTIL_SHOWN = """(act) => new Promise((done) => {
  document.querySelectorAll("#submissions details").forEach((one) => { one.open = true; });
  const start = performance.now();
  const field = document.querySelector("#submissions input[type=search]");
  if (act === "sort") document.querySelector("#submissions thead th.number button").click();
  else { field.value = act; field.dispatchEvent(new Event("input")); }
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})"""
OPENED = "performance.getEntriesByType('navigation')[0].loadEventEnd"
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def main() -> None:
    """Make the class, and print what is measured on it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("results", type=Path, help="where a graded class is")
    parser.add_argument("--name", default="cross_session", help="of the assignment")
    parser.add_argument("--students", type=int, default=10_000)
    parser.add_argument("--pictures", action="store_true", help="leave pictures in the notebooks")
    parser.add_argument("--in", dest="folder", type=Path, help="a folder that stays")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="report-") as temporary:
        folder = (options.folder or Path(temporary)).resolve()
        if not (folder / BOOK).exists():
            took("multiplied", lambda: multiply(folder, options))
        measure(folder, options.name)


def measure(folder: Path, name: str) -> None:
    """Make the report and the grades, and open them."""
    page = took("report made", lambda: write_report(folder, [name], folder / "report"))
    codes = took("  of which code read", lambda: read_code(folder / BOOK, name))
    took("  of which code compared", lambda: alike(*codes))
    told("page", page.stat().st_size / 1e6, "MB")
    files = sorted(page.parent.iterdir(), key=lambda path: -path.stat().st_size)
    told(f"largest file beside it, {files[0].name}", files[0].stat().st_size / 1e6, "MB")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--headless", "--no-sandbox"]
        )
        for look, size in (("desk", (1200, 900)), ("phone", (400, 800))):
            opened = browser.new_page(viewport=dict(zip(("width", "height"), size)))
            opened.goto(page.as_uri())
            told(f"{look}: first painted", opened.evaluate(PAINTED) / 1000, "s")
            told(f"{look}: loaded", opened.evaluate(OPENED) / 1000, "s")
            for act in ("s00042", "meyer", "", "sort", "sort"):
                what = f"searched for {act!r}" if act != "sort" else "sorted by score"
                told(f"{look}: {what}", opened.evaluate(UNTIL_SHOWN, act) / 1000, "s")
        browser.close()
    with Record(folder, load_assignment(COURSE, name)) as record:
        took("grades.csv written", record.finish)
    grades = folder / "grades.csv"
    told("grades.csv", grades.stat().st_size / 1e6, "MB")
    table = took("grades.csv read (pandas)", lambda: pd.read_csv(grades))
    told("  its rows", len(table), "")


def took(what: str, do: Callable[[], Any]) -> Any:
    """Do it, and print the seconds, and those of the processor: other work may go on."""
    start, begun = time.perf_counter(), time.process_time()
    made = do()
    used = time.process_time() - begun
    told(what, time.perf_counter() - start, f"s ({used:.2f} s of the processor)")
    return made


def told(what: str, number: float, unit: str) -> None:
    """Print a line of the result."""
    print(f"{what:45} {number:9.2f} {unit}", flush=True)


def multiply(folder: Path, options: argparse.Namespace) -> None:
    """Copy the students of a gradebook until there are enough; each hundredth hands in nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(options.results / BOOK, folder)
    chance = random.Random(1)
    with closing(sqlite3.connect(folder / BOOK)) as book, book:
        book.row_factory = sqlite3.Row
        found = book.execute(
            "select sa.*, r.row, r.notebook, r.versions, r.digest from submitted_assignment sa "
            "join assignment a on a.id = sa.assignment_id join course_result r "
            "on r.student = sa.student_id and r.assignment = a.name where a.name = ?",
            [options.name],
        ).fetchall()
        hangs = {
            table: {
                key: [dict(row) for row in rows]
                for key, rows in grouped(book.execute(f"select * from {table}"), parent)
            }
            for table, (parent, _) in COPIED.items()
        }
        for number in range(options.students):
            student = f"s{number:05}"
            name = chance.choice(("Meyer", "Novák", "Okafor", "Sato", "Silva", "Yıldız"))
            insert(
                book,
                "student",
                {
                    "id": student,
                    "last_name": f"{name} {number}",
                    "first_name": chance.choice(("Ada", "Bo", "Chen", "Dara")),
                },
            )
            if number % 100 != 99:
                copy_one(book, found[number % len(found)], student, hangs, chance, options)
                page = folder / "feedback" / student / options.name / f"{options.name}.html"
                page.parent.mkdir(parents=True, exist_ok=True)
                page.touch()


def grouped(rows: Any, parent: str) -> list[tuple[str, list[sqlite3.Row]]]:
    """Rows by what they hang on."""
    found: dict[str, list[sqlite3.Row]] = {}
    for row in rows:
        found.setdefault(row[parent], []).append(row)
    return list(found.items())


def copy_one(
    book: sqlite3.Connection,
    found: sqlite3.Row,
    student: str,
    hangs: dict[str, dict[str, list[dict[str, Any]]]],
    chance: random.Random,
    options: argparse.Namespace,
) -> None:
    """Enter a copy of a submission as another student's."""
    entered = {key: found[key] for key in ("timestamp", "extension", "assignment_id")}
    key = insert(book, "submitted_assignment", {**entered, "student_id": student})
    for row in hangs["submitted_notebook"].get(found["id"], ()):
        notebook = insert(book, "submitted_notebook", {**row, "assignment_id": key})
        for table in ("grade", "comment"):
            for one in hangs[table].get(row["id"], ()):
                insert(book, table, {**one, "notebook_id": notebook})
    line = {**json.loads(found["row"]), "student": student}
    insert(book, "course_result", {
        "assignment": options.name, "student": student, "digest": found["digest"],
        "versions": found["versions"], "row": json.dumps(line),
        "notebook": found["notebook"] and rewritten(found["notebook"], chance, options.pictures),
    })  # fmt: skip


def insert(book: sqlite3.Connection, table: str, row: dict[str, Any]) -> str | None:
    """Enter a row, with a new id where it needs one."""
    if table != "student" and table != "course_result":
        row = {**row, "id": uuid.uuid4().hex}
    columns, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
    book.execute(f"insert into {table} ({columns}) values ({marks})", list(row.values()))
    return row.get("id")


def rewritten(packed: bytes, chance: random.Random, pictures: bool) -> bytes:
    """The notebook with lines of the student's own in each cell of code."""
    notebook = json.loads(zlib.decompress(packed))
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        if not pictures:
            cell["outputs"] = []
        if not (cell["metadata"].get("nbgrader") or {}).get("locked"):
            lines = "".join(cell["source"]).split("\n")
            for _ in range(len(lines) // 4):
                number = chance.randrange(10**6)
                lines.insert(chance.randrange(len(lines)), f"look = np.sum(mine[{number}:])")
            cell["source"] = "\n".join(lines)
    return zlib.compress(json.dumps(notebook).encode(), 1)


if __name__ == "__main__":
    main()
