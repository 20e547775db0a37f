"""What the coordinator spends on a submission: results that are there already are recorded.

    python benchmarks/coordinator.py                    1,000 and 10,000 results
    python benchmarks/coordinator.py --sizes 100        a quick look
    python benchmarks/coordinator.py --late             pages that have to be made here

A right submission and one that lacks an answer are graded once. What workers would send of them is
recorded, by turns, for as many students as a class has, as `course grade` does. Told are processor
time for each student, the mean and the median, that of the first and the last hundred, where the
gradebook is full, the coordinator's memory, and what share of the time the database has. What is
done once for all of them (the assignment's versions, 1 s) is not in it, nor what Dask takes.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pickle
import pstats
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import nbformat
import psutil
from grading import COURSE, NAME

from visual_coding_course.assignment import load_assignment
from visual_coding_course.grading.ready import made_ready
from visual_coding_course.grading.record import Record
from visual_coding_course.grading.submission import grade_submission
from visual_coding_course.grading.submissions import look_through
from visual_coding_course.records.graded import GradedSubmission
from visual_coding_course.shared.files import write_whole

LEFT_OUT = "q7"  # the question whose answer the second submission lacks
SOMEBODY = "student00000"
LAST = 100
HEAD = "students  ms each  median  first 100  last 100  finish s  memory MB  gradebook MB"


def main() -> None:
    """Grade the two, record them for classes of some sizes, and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="*", default=[1000, 10_000])
    parser.add_argument("--late", action="store_true", help="as if all pages told another story")
    options = parser.parse_args()
    assignment = load_assignment(COURSE, NAME)
    graded = [grade_submission(assignment, one) for one in two()]
    with tempfile.TemporaryDirectory(prefix="coordinator-") as folder:
        about = class_of(Path(folder), 1)[0].about()
    ready = [made_ready(assignment, one, SOMEBODY, about) for one in graded]
    if options.late:
        ready = [replace(one, entry=replace(one.entry, seconds_late=1.0)) for one in ready]
    sent = [replace(one, notebook=None, ready=its) for one, its in zip(graded, ready)]
    assert assignment.versions  # worked out once
    print(HEAD, flush=True)
    for size in options.sizes:
        print(line_of(assignment, sent, size), flush=True)
    print(f"database: {share_of_database(assignment, sent):.0%} of the time of {LAST}")


def two() -> list[bytes]:
    """A right submission, and one that lacks an answer."""
    solution = nbformat.read(COURSE / "solutions" / NAME / f"{NAME}.ipynb", as_version=4)
    right = nbformat.writes(solution).encode()
    cells = [cell for cell in solution.cells if cell.cell_type == "code"]
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id", "") for cell in cells]
    cells[ids.index(LEFT_OUT) - 1].source = "pass"
    return [right, nbformat.writes(solution).encode()]


def class_of(folder: Path, size: int) -> list:
    """A class's submissions, of which nobody reads what is in them."""
    for number in range(size):
        write_whole(folder / f"student{number:05d}.ipynb", "{}")
    return look_through(COURSE, NAME, [folder]).submissions


def of_student(sent: GradedSubmission, student: str) -> bytes:
    """What a worker would send of a student."""
    ready = sent.ready
    page = ready.page.replace(SOMEBODY.encode(), student.encode())
    about = json.loads(json.dumps(ready.entry.about).replace(SOMEBODY, student))
    entry = replace(ready.entry, student=student, about=about)
    return pickle.dumps(replace(sent, ready=replace(ready, page=page, entry=entry)))


def line_of(assignment, sent: list[GradedSubmission], size: int) -> str:
    """Record a class; returns the line of the table."""
    with tempfile.TemporaryDirectory(prefix="coordinator-") as folder:
        spent, finish, database = record_class(assignment, sent, size, Path(folder))
    memory = psutil.Process().memory_info().rss / 1e6
    mean, median = statistics.fmean(spent), statistics.median(spent)
    first, last = (statistics.fmean(part) for part in (spent[:LAST], spent[-LAST:]))
    times = f"{1e3 * mean:7.1f}  {1e3 * median:6.1f}  {1e3 * first:9.1f}  {1e3 * last:8.1f}"
    return f"{size:8,}  {times}  {finish:8.1f}  {memory:9.0f}  {database / 1e6:12.0f}"


def record_class(
    assignment, sent: list[GradedSubmission], size: int, out: Path, watch=None
) -> tuple[list[float], float, int]:
    """Record a class; returns processor seconds of each and of finishing, and the book's bytes."""
    submissions, spent = class_of(out / "handed_in", size), []
    with Record(out, assignment, course=COURSE) as record:
        for number, submission in enumerate(submissions):
            arrived = of_student(sent[number % len(sent)], submission.student)
            if watch:
                watch.enable()
            began = time.process_time()
            graded = pickle.loads(arrived)
            record.add(submission, graded, submission.digest())
            spent.append(time.process_time() - began)
            if watch:
                watch.disable()
        began = time.process_time()
        record.finish()
        finish = time.process_time() - began
    rows = (out / "results.jsonl").read_text().splitlines()
    if len(rows) != size or any(json.loads(row)["score"] is None for row in rows):
        raise RuntimeError(f"Of {size} submissions, not all were recorded with their scores.")
    return spent, finish, (out / "gradebook.db").stat().st_size


def share_of_database(assignment, sent: list[GradedSubmission]) -> float:
    """Which share of the time is spent below SQLAlchemy's and SQLite's functions."""
    profile = cProfile.Profile(time.process_time)
    with tempfile.TemporaryDirectory(prefix="coordinator-") as folder:
        record_class(assignment, sent, LAST, Path(folder), profile)
    own = {"all": 0.0, "database": 0.0}
    for (file, _, name), (_, _, seconds, _, _) in pstats.Stats(profile).stats.items():
        own["all"] += seconds
        own["database"] += seconds if "sqlalchemy" in file or "sqlite" in file + name else 0.0
    return own["database"] / own["all"]


if __name__ == "__main__":
    main()
