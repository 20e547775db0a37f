"""The course's whole life on a small class, as `course demo` shows it."""

from __future__ import annotations

import csv
import time
from pathlib import Path

from ..assignment.build import build_release
from ..grading.run import grade_class
from ..isolation.sandbox import NoIsolation, find_bubblewrap, weaknesses
from ..recordings import recordings_folder
from .progress import Progress, table
from .sets import opened

EXAMPLES = Path("examples", "submitted")
SCORES = Path("examples", "scores.csv")
# Long enough for the solution's slowest cell on a busy machine, short enough for a demonstration.
DEMO_SECONDS = 240


def demo_assignment(course: Path) -> str:
    """Name the assignment that the example class has answered."""
    return next((course / EXAMPLES).glob("*/*/")).name


def run_demo(course: Path, out: Path, say) -> int:
    """Make recordings, build the student's notebook, grade the example class, say what came of it.

    Parameters
    ----------
    course : Path
        Course folder.
    out : Path
        Where everything goes.
    say : callable
        Called with each line of text.

    Returns
    -------
    int
        0 if every example got the score that it should.
    """
    started = time.monotonic()
    name = demo_assignment(course)
    say("1. Practice recordings, simulated, in the Allen Institute's NWB format")
    say(f"   {recordings_folder()}")
    for session in opened():
        say(f"   {session}")
    say("\n2. The student's notebook, from its source")
    say(f"   {build_release(course, name, out / 'release')}")
    say("\n3. A class of submissions: run, checked, entered in nbgrader's gradebook")
    isolated = _isolation(say)
    with Progress("   grading") as progress:
        rows = grade_class(
            course, name, [course / EXAMPLES], out=out, timeout=DEMO_SECONDS,
            regrade=True, isolated=isolated, progress=progress,
        )  # fmt: skip
    wrong = _compare(rows, course / SCORES, say)
    say(f"\nGradebook      {out / 'gradebook.db'} (nbgrader's: `nbgrader export`, formgrader)")
    say(f"Scores         {out / 'grades.csv'}, {out / 'results.jsonl'}")
    say(f"Feedback page  {out / 'feedback' / 'camillo' / name / (name + '.html')}")
    say(f"Done in {time.monotonic() - started:.0f} s.")
    if wrong:
        say(f"These did not get the score that they should: {', '.join(wrong)}.")
    return 1 if wrong else 0


def _isolation(say) -> bool:
    """Say whether student code is isolated on this machine."""
    try:
        find_bubblewrap()
    except NoIsolation as reason:
        say("   WARNING: not isolated; these examples are the course's own, a class's are not.")
        say(f"   {reason}")
        return False
    say("   Each runs isolated by bubblewrap: no network, no files but its own and the recordings.")
    for sentence in weaknesses():
        say(f"   WARNING: {sentence}")
    return True


def expected_scores(path: Path) -> dict[str, dict[str, str]]:
    """Read what each example should score: a row of `scores.csv` by student."""
    with open(path, encoding="utf-8", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def _compare(rows: list[dict], scores: Path, say) -> list[str]:
    expected = expected_scores(scores)
    lines, wrong = [], []
    for row in sorted(rows, key=lambda row: row["student"]):
        should = expected[row["student"]]
        right = row["status"] == should["status"] and row["score"] == float(should["score"])
        score = "none" if row["score"] is None else f"{row['score']:g}"
        if not right:
            wrong.append(row["student"])
        lines.append(
            [row["student"], row["status"], score, f"{float(should['score']):g}",
             "as it should" if right else "DIFFERS", should["story"]]
        )  # fmt: skip
    text = table(["student", "status", "score", "right score", "", "story"], lines)
    say("\n" + text)
    return wrong
