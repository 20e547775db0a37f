"""What the command line shows: progress with the time left, tables, feedback as text."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tqdm import tqdm

from ..checking.display import CheckDisplay
from ..shared.bar import Bar
from ..shared.markup import plain, plain_lines

#: Reasons that are shown of what could not be graded.
MOST_REASONS = 10
#: Students that are named in a sentence.
MOST_NAMES = 30
BAR = "{l_bar}{bar}| {n_fmt}/{total_fmt} [{elapsed}{left}]{postfix}"
#: In place of the points of what could not be graded yet.
NO_SCORE = "-"


class Progress:
    """A progress bar on stderr; a context manager, and the callback of `grade_class`.

    Parameters
    ----------
    title : str
        What is done.
    heed : callable
        Called each time; may raise, to end what is done.
    """

    def __init__(self, title: str, heed: Callable[[], None] = lambda: None):
        self._title, self._heed, self._bar = title, heed, None
        self.before = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *exception) -> None:
        self.close()

    def __call__(self, done: int, total: int, row: dict[str, Any] | None) -> None:
        """Show that so many are done; name the one that ended last."""
        self._heed()
        if self._bar is None:
            self.before = done
            self._bar = Bar(
                total=total,
                initial=done,
                desc=self._title,
                unit="submission",
                bar_format=BAR,
            )
            return
        if row is not None:
            self._bar.set_postfix_str(plain(row["student"]), refresh=False)
        self._bar.update(done - self._bar.n)

    def tell(self, sentence: str) -> None:
        """Show a sentence above the bar."""
        tqdm.write(f"course: {plain(sentence)}", file=sys.stderr)

    def say(self, text: str) -> None:
        """Show a text above the bar."""
        if text:
            tqdm.write(plain_lines(text), file=sys.stderr)

    def close(self) -> None:
        """Leave the bar as it is."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def table(header: list[str], lines: list[list[str]]) -> str:
    """Lay out a table; columns of numbers are set to the right.

    Parameters
    ----------
    header : list of str
        Column names.
    lines : list of list of str
        Cells.
    """
    columns = list(zip(header, *lines, strict=True))
    widths = [max(map(len, column)) for column in columns]
    numbers = [all(_is_number(cell) for cell in column[1:]) for column in columns]

    def lay_out(line: list[str]) -> str:
        cells = [
            cell.rjust(width) if number else cell.ljust(width)
            for cell, width, number in zip(line, widths, numbers, strict=True)
        ]
        return "  ".join(cells).rstrip()

    rule = "  ".join("-" * width for width in widths)
    return "\n".join([lay_out(header), rule, *map(lay_out, lines)])


def _is_number(cell: str) -> bool:
    return cell == NO_SCORE or cell.replace(".", "", 1).replace("/", "", 1).isdigit()


def _points(score: float | None, of: float | None = None) -> str:
    if score is None:
        return NO_SCORE
    return f"{score:g}" if of is None else f"{score:g}/{of:g}"


def results_table(rows: list[dict[str, Any]]) -> str:
    """Show a class's results: a line for each submission, points by question."""
    if not rows:
        return "Nothing to show."
    questions = list(rows[0]["questions"])
    lines = [
        [plain(row["student"]), row["status"], _points(row["score"], row["max_score"])]
        + [_points(row["questions"].get(question, {}).get("score")) for question in questions]
        for row in sorted(rows, key=lambda row: row["student"])
    ]
    text = table(["student", "status", "score", *questions], lines)
    notes = [
        plain_lines(f"{plain(row['student'])}: {row['message']}")
        for row in sorted(rows, key=lambda row: row["student"])
        if row["message"]
    ]
    return "\n".join([text, "", *notes]).rstrip()


def not_graded_text(rows: list[dict[str, Any]], file: str) -> str:
    """Say what could not be graded by no fault of the students', and why; empty if all was.

    Parameters
    ----------
    rows : list of dict
        Of all submissions.
    file : str
        Where the rows stand.
    """
    left = [row for row in rows if row["score"] is None]
    if not left:
        return ""
    whole = sum(row["status"] == "not_graded" for row in left)
    parts = [f"{whole} whole"] if whole else []
    parts += [f"{len(left) - whole} in part"] if whole < len(left) else []
    reasons = Counter(reason for row in left for reason in dict.fromkeys(row["reasons"]))
    lines = [
        f"course: {len(left)} of {len(rows)} could not be graded ({', '.join(parts)}), by no fault "
        "of the students': they have no score yet, and the same command grades them."
    ]
    lines += [f"  {count} x {plain(reason)}" for reason, count in reasons.most_common(MOST_REASONS)]
    if len(reasons) > MOST_REASONS:
        lines.append(f"  and {len(reasons) - MOST_REASONS} more; all stand in {file}")
    return "\n".join(lines)


def waiting_text(rows: list[dict[str, Any]]) -> str:
    """Say whose answers a person has to look at, by question; empty if there are none."""
    who: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: row["student"]):
        for name, question in row["questions"].items():
            if question.get("waiting"):
                who.setdefault(name, []).append(plain(row["student"]))
    if not who:
        return ""
    lines = [f"  {name}: {', '.join(students)}" for name, students in who.items()]
    return "\n".join(
        ["For a person to look at, since a check cannot tell what an answer shows:", *lines]
    )


def missing_text(results: Path) -> str:
    """Say who of the class has handed in nothing; empty if everybody has.

    Parameters
    ----------
    results : Path
        ``results.jsonl``.
    """
    with open(results, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    who = [plain(row["student"]) for row in rows if row["status"] == "missing"]
    if not who:
        return ""
    more = f", and {len(who) - MOST_NAMES} more" if len(who) > MOST_NAMES else ""
    return (
        f"{len(who)} of the class {'has' if len(who) == 1 else 'have'} handed in nothing: "
        f"{', '.join(who[:MOST_NAMES])}{more}"
    )


def feedback_text(graded) -> str:
    """Show one submission's feedback: state, points and hints by question.

    Parameters
    ----------
    graded : GradedSubmission
        Its result.
    """
    lines = [] if graded.message is None else [graded.message, ""]
    if graded.notebook is not None:
        lines += [repr(CheckDisplay(question)) for question in graded.questions]
    score = "No score yet" if graded.score is None else f"{graded.score:g}"
    lines += ["", f"{score} of {graded.max_score:g} points, {graded.seconds:.0f} s"]
    return plain_lines("\n".join(lines))
