"""Where a student is: questions right, begun and open, points so far, what is still to do."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from ..checking.display import STATES, TAKEN_SIGN
from ..checking.results import QuestionResult
from ..checking.test_files import (
    case_takes,
    hidden_points,
    load_test_file,
    question_key,
    read_tests,
)
from ..shared.files import write_whole
from .saved import find_saved
from .solution import SOLUTION_FILE

FILE = ".progress.json"
RIGHT, OPEN, WRITTEN = ("correct", "waiting"), (None, "not_attempted"), "written"
#: The state of a question whose right values a student went on with.
TAKEN = "taken"
#: What is said of a question, by its state.
WORDS = {
    **{state: words for state, (_, words, _) in STATES.items()},
    None: "not checked yet",
    "correct": "right",
    "waiting": "nothing wrong found",
    WRITTEN: "written",
    TAKEN: "gone on with the right values",
}
NOT_WRITTEN = "not written, or not saved yet"
SIGNS = {**{state: sign for state, (sign, _, _) in STATES.items()}, None: "○", WRITTEN: "✎"} | {
    TAKEN: TAKEN_SIGN
}
#: How many questions are named of those still to do.
MOST_NAMED = 4


@dataclass(frozen=True)
class Standing:
    """How far one question is.

    Attributes
    ----------
    question, title : str
        Its name, and its heading in the notebook.
    status : str, optional
        As it was last checked, one of `QuestionResult.status`; None if it never was. Of an answer
        in words ``"written"``, or None.
    score, points : float
        Points so far, and those that a check here can know; of an answer in words none.
    later : float
        Points that are given when it is graded.
    in_words : bool
        Whether a person reads it.
    alone : bool
        Whether that is the one who wrote it, with the model answer beside it.
    """

    question: str
    title: str
    status: str | None
    score: float
    points: float
    later: float = 0.0
    in_words: bool = False
    alone: bool = False

    @property
    def words(self) -> str:
        """Its state in words."""
        return NOT_WRITTEN if self.in_words and not self.status else WORDS[self.status]

    @property
    def done(self) -> bool:
        """Whether nothing is left to do, as far as can be known here."""
        return self.status in (*RIGHT, WRITTEN, TAKEN)

    @property
    def told_points(self) -> str:
        """Points so far, of those that can be known."""
        if self.in_words:
            if self.alone:
                return "no points here: compare it with the model answer"
            return f"{self.later:g}, read by a person" if self.later else "read by a person"
        return f"{self.score:g} of {self.points:g}"


@dataclass(frozen=True)
class Progress:
    """How far a notebook is, as Jupyter shows it below ``grader.progress()``.

    Attributes
    ----------
    standings : tuple of Standing
        Of all questions, in their order.
    alone : bool
        Whether this is the edition for self-study, in which nothing is graded later.
    """

    standings: tuple[Standing, ...]
    alone: bool = False

    @property
    def line(self) -> str:
        """All of it in a sentence or two."""
        return " ".join(filter(None, (self.counts, self.next)))

    @property
    def counts(self) -> str:
        """Questions right, written, begun and open, and points so far."""
        states = [one.status for one in self.standings]
        right, untouched = (sum(state in these for state in states) for these in (RIGHT, OPEN))
        written, taken = states.count(WRITTEN), states.count(TAKEN)
        begun = len(states) - right - written - untouched - taken
        score, points, later = (
            sum(getattr(one, of) for one in self.standings) for of in ("score", "points", "later")
        )
        more = f"; {later:g} more when it is graded" if later and not self.alone else ""
        return (
            f"{right} of {len(states)} question{'s'[: len(states) != 1]} right, "
            f"{f'{written} written, ' if written else ''}{begun} begun, {untouched} open"
            f"{f', {taken} gone on with the right values' if taken else ''}: "
            f"{score:g} of {points:g} points that a check can know{more}."
        )

    @property
    def next(self) -> str:
        """What is still to do, the first questions by name."""
        left = [one for one in self.standings if not one.done]
        if not left:
            return "Nothing is left to do." + (
                "" if self.alone else " Before you hand in, run `grader.ready()`."
            )
        named = [one.question for one in left[:MOST_NAMED]]
        more = f" and {len(left) - MOST_NAMED} more" if len(left) > MOST_NAMED else ""
        return f"Still to do: {', '.join(named)}{more}."

    @property
    def begun(self) -> bool:
        """Whether anything was checked or written."""
        return any(one.status is not None for one in self.standings)

    def __repr__(self) -> str:
        width = max((len(one.question) for one in self.standings), default=0)
        lines = [
            f"  {SIGNS[one.status]} {one.question:<{width}}  {one.words} ({one.told_points})"
            + (f"  {one.title}" if one.title else "")
            for one in self.standings
        ]
        return "\n".join([self.counts, *lines, self.next])

    def _repr_html_(self) -> str:
        rows = "".join(map(_row, self.standings))
        return (
            '<section aria-label="Progress" style="max-width:52em;margin:.2em .4em;'
            'font-family:system-ui,sans-serif;line-height:1.45">'
            f'<p style="margin:.3em 0">{escape(self.counts)}</p>'
            f'<ul style="list-style:none;margin:.3em 0;padding:0">{rows}</ul>'
            f'<p style="margin:.3em 0">{escape(self.next).replace("`", "")}</p></section>'
        )


#: Columns where there is room; in a narrow notebook, below each other.
ROW = "display:flex;flex-wrap:wrap;column-gap:.8em;margin:.15em 0"
TITLE, STATE, POINTS = "flex:8 1 16em", "flex:1 1 9em", "flex:1 1 9em"


def _row(one: Standing) -> str:
    """A question as a row."""
    colour = STATES.get(one.status, STATES["not_attempted"])[2]
    colour = STATES["correct"][2] if one.status == WRITTEN else colour
    sign = f'<span aria-hidden="true" style="color:{colour}">{SIGNS[one.status]}</span>'
    title = f" {escape(one.title)}" if one.title else ""
    return (
        f'<li style="{ROW}"><span style="{TITLE}"><strong>{escape(one.question)}</strong>{title}'
        f'</span><span style="{STATE}">{sign} {escape(one.words)}</span>'
        f'<span style="{POINTS}">{escape(one.told_points)}{"" if one.in_words else " points"}'
        "</span></li>"
    )


def recall(folder: Path) -> dict[str, tuple[str, float]]:
    """Read how questions were last checked, by this kernel or an earlier one.

    Parameters
    ----------
    folder : Path
        The notebook's.

    Returns
    -------
    dict of str to (str, float)
        State and points by question; empty if nothing was checked, or the file is not one of ours.
    """
    try:
        kept = json.loads((Path(folder) / FILE).read_text(encoding="utf-8"))
        found = {name: (str(one["status"]), float(one["score"])) for name, one in kept.items()}
        return {name: one for name, one in found.items() if one[0] in (*STATES, TAKEN)}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def keep(folder: Path, result: QuestionResult) -> None:
    """Note how a question was checked, beside the notebook; for the student alone.

    One whose right values were taken has no points any more, until its cells are given back.
    """
    if result.not_graded is None and not is_taken(folder, result.name):
        _write(folder, {**recall(folder), result.name: (result.status, result.score)})


def take(folder: Path, question: str) -> None:
    """Note that a student goes on with the right values of a question."""
    _write(folder, {**recall(folder), question: (TAKEN, 0.0)})


def is_taken(folder: Path, question: str) -> bool:
    """Tell whether a student went on with the right values of a question."""
    return recall(folder).get(question, ("",))[0] == TAKEN


def forget(folder: Path, question: str) -> None:
    """Have a question count as never checked."""
    _write(folder, {name: one for name, one in recall(folder).items() if name != question})


def _write(folder: Path, kept: Mapping[str, tuple[str, float]]) -> None:
    rows = {name: {"status": status, "score": score} for name, (status, score) in kept.items()}
    if kept != recall(folder):
        # A folder that cannot be written to only costs the memory of other kernels' checks.
        with contextlib.suppress(OSError):
            write_whole(Path(folder) / FILE, json.dumps(rows))


def points_of(tests: Path) -> dict[str, tuple[float, float]]:
    """Read by question which points the cases of a ``tests`` folder can give, and hidden ones."""
    found = {}
    for name, source in read_tests(tests).items():
        file = load_test_file(tests / name)
        found[file.name] = float(file.possible), hidden_points(source)
    return found


def taken_by(tests: Path) -> dict[str, tuple[set[str], set[str]]]:
    """By question, the names that its cases take, and those that none before it takes."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    known: set[str] = set()
    for path in read_tests(tests):
        file = load_test_file(tests / path)
        names = {name for case in file.test_cases for name in case_takes(case)}
        found[file.name] = names, names - known
        known |= names
    return found


def progress_of(folder: Path, points: Mapping[str, tuple[float, float]]) -> Progress:
    """Say how far the notebook in a folder is.

    Parameters
    ----------
    folder : Path
        Of the notebook, beside its ``tests`` folder.
    points : mapping of str to (float, float)
        From `points_of`.

    Returns
    -------
    Progress
    """
    saved, checked = find_saved(folder, points), recall(folder)
    titles = saved.titles if saved else {}
    standings = [
        Standing(name, titles.get(name, ""), *checked.get(name, (None, 0.0)), *both)
        for name, both in points.items()
    ]
    alone = (folder / SOLUTION_FILE).is_file()
    for one in saved.written if saved else ():
        state, title = WRITTEN if one.words else None, titles.get(one.question, "")
        standings.append(
            Standing(one.question, title, state, 0.0, 0.0, one.points, in_words=True, alone=alone)
        )
    standings.sort(key=lambda one: question_key(one.question))
    return Progress(tuple(standings), alone)
