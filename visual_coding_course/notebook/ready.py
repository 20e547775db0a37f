"""Before handing in: what differs from what is on the screen, and which file to hand in."""

from __future__ import annotations

import ast
import re
import sys
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from IPython import get_ipython

from ..assignment.statements import names_set, statements
from ..checking.display import STATES
from ..inside.limits import Limits
from ..shared.files import short
from ..shared.markup import with_code
from .progress import RIGHT, WORDS
from .rehearsal import DIED, NO_END, Rehearsal, Stopped
from .saved import Saved

NAME_ERROR = re.compile(r"name '(\w+)' is not defined")
NOT_FOUND = (
    "Which notebook this is cannot be told: {}. Keep one notebook beside the `tests` folder, as it "
    "was handed out, open it from there, and run this again."
)
NOT_SAVED = (
    "A cell was run that is not in the file as it was saved at {}. Save the notebook (Ctrl-S, or "
    "Cmd-S on a Mac) and run this again: what is looked at is the file."
)
GONE = (
    " Here `{0}` still has a value, from a cell that was changed or deleted since: put the line "
    "that makes it back."
)
BELOW = " `{}` is made by a cell further down: cells are run from the top."
BETTER = "`{}` is {} when the notebook is run from the top; here it was {}."
WORSE = (
    "**`{}` is {} here ({:g} points), and {} ({:g}) when the notebook is run from the top**, which "
    "is what counts."
)
ELSEWHERE = (
    "`{}` is a file on your computer, which grading does not have. Put it beside the notebook, "
    "name it without a folder, and hand it in, too."
)
NOT_WRITTEN = (
    "Nothing is written for {}, which a person reads, or it is not saved: write it, save the "
    "notebook, and run this again."
)


@dataclass(frozen=True)
class Ready:
    """What was found, as Jupyter shows it below ``grader.ready()``.

    Attributes
    ----------
    headline : str
        All of it in a sentence.
    first : tuple of str
        What to mend before the notebook is handed in.
    notes : tuple of str
        What to know besides.
    end : str
        What to hand in.
    whole : bool
        Whether every question is right.
    """

    headline: str
    first: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    end: str = ""
    whole: bool = True

    @property
    def _state(self) -> str:
        return "incorrect" if self.first else "correct" if self.whole else "partial"

    def __repr__(self) -> str:
        lines = [f"{STATES[self._state][0]} {self.headline}"]
        lines += [f"  - {text}".replace("**", "") for text in (*self.first, *self.notes)]
        return "\n".join([*lines, *([f"  {self.end}"] if self.end else [])])

    def _repr_html_(self) -> str:
        sign, _, colour = STATES[self._state]
        texts = "".join(f"<li>{_html(text)}</li>" for text in (*self.first, *self.notes))
        texts = f'<ul style="margin:.3em 0 .3em 1.2em;padding:0">{texts}</ul>' if texts else ""
        return (
            f'<div role="status" aria-label="Before handing in" style="border-left:4px solid '
            f"{colour};padding:.4em .8em;margin:.2em 0;max-width:52em;overflow-wrap:anywhere;"
            'font-family:system-ui,sans-serif;line-height:1.45">'
            f'<span aria-hidden="true" style="color:{colour}">{sign}</span> '
            f"<strong>{escape(self.headline)}</strong>{texts}<div>{_html(self.end)}</div></div>"
        )


def _html(text: str) -> str:
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", with_code(text))


class CellsRun:
    """The cells that were run in this kernel, and when: what was run but not saved is told by it.

    Attributes
    ----------
    last : dict of str to (str, float)
        Text and time of each cell's last run.
    """

    def __init__(self):
        self.last: dict[str, tuple[str, float]] = {}
        shell = get_ipython()
        if shell is not None:
            shell.events.register("pre_run_cell", self._runs)

    def _runs(self, info: Any) -> None:
        cell = getattr(info, "cell_id", None) or info.raw_cell
        self.last[cell] = info.raw_cell, time.time()

    @property
    def newest_first(self) -> list[str]:
        """Text of each cell's last run."""
        return [text for text, _ in sorted(self.last.values(), key=lambda run: -run[1])]

    def unsaved(self, saved: Saved) -> bool:
        """Whether a cell was run after the notebook was saved, and is not in it as it was run."""
        at = saved.path.stat().st_mtime
        there = {cell.source.strip() for cell in saved.code}
        return any(when > at and text.strip() not in there for text, when in self.last.values())


def not_found(folder: Path) -> Ready:
    """Say that it cannot be told which notebook this is."""
    names = sorted(path.name for path in folder.glob("*.ipynb") if path.name[0] != ".")
    listed = ", ".join(f"`{name}`" for name in names)
    why = f"there are {listed}" if len(names) > 1 else f"there is none in {short(folder)}"
    return Ready("Not looked at yet.", (NOT_FOUND.format(why),))


def not_saved(saved: Saved) -> Ready:
    """Say that the notebook is to be saved first."""
    return Ready("Not looked at yet.", (NOT_SAVED.format(_saved_at(saved)),))


def compare(
    saved: Saved,
    ran: Rehearsal,
    seen: Mapping[str, tuple[str, float]],
    questions: Collection[str],
    variables: Mapping[str, Any],
    alone: bool = False,
) -> Ready:
    """Say what came of a rehearsal, against what a student saw.

    Parameters
    ----------
    saved : Saved
        The notebook.
    ran : Rehearsal
        What came of running it from the top.
    seen : mapping of str to (str, float)
        By question, how it was last checked: its state and points.
    questions : collection of str
        Those that are checked.
    variables : mapping
        Of the student's kernel.
    alone : bool
        Whether nothing is handed in.
    """
    first = _stops(saved, ran.stopped, variables)
    first += [text for name in questions if (text := _worse(name, ran, seen))]
    first += [] if alone else _for_grading(saved)
    notes = [] if alone else [*dict.fromkeys(ran.notes), *map(_slow, ran.slow)]
    notes += [text for name in questions if (text := _better(name, ran, seen))]
    left = [name for name in questions if _state(ran, name) not in RIGHT]
    if left:
        so = "" if alone else " They can be handed in so."
        notes.append(f"Not right, or not attempted: {_listed(left)}.{so}")
    notes += [f"{one.question}: {one.words} words." for one in saved.written if one.words]
    right = len(questions) - len(left)
    score, points = (
        sum(row[of] or 0 for row in ran.checked.values()) for of in ("score", "max_score")
    )
    headline = (
        f"Run from the top, {right} of {len(questions)} checked questions are right: {score:g} of "
        f"{points:g} points that a check can know."
    )
    headline += " Look at this first:" if first else " Nothing differs from what you see."
    end = "" if alone else _hand_in(saved)
    return Ready(headline, tuple(first), tuple(notes), end, whole=not left)


def _stops(saved: Saved, stopped: list[Stopped], variables: Mapping[str, Any]) -> list[str]:
    """Say which cells stopped, and why what worked on the screen does not from the top."""
    sources = [cell.source for cell in saved.code]
    makers = [names_set(top for one in statements(s) or () for top in one.nodes) for s in sources]
    broken = {one.source for one in stopped}
    said, following = [], 0
    for one in stopped:
        place = sources.index(one.source) if one.source in sources else len(sources)
        missing = NAME_ERROR.search(one.message) if one.name == "NameError" else None
        above, below = makers[:place], makers[place + 1 :]
        text, name = _stopped(one), missing and missing[1]
        if any(name in made and sources[at] in broken for at, made in enumerate(above)):
            following += 1
            continue
        if any(name in made for made in below):
            text += BELOW.format(name)
        elif name in variables and not any(name in made for made in above):
            text += GONE.format(name)
        said.append(text)
    if following:
        cells = "cell stops" if following == 1 else "cells stop"
        said.append(f"{following} more {cells} for want of what these would have made.")
    return said


def _stopped(cell: Stopped) -> str:
    text = f"The cell that begins `{_begins(cell.source)}` stops"
    if cell.message == DIED:
        return f"{text} everything: {DIED} while it ran."
    if cell.name == NO_END:
        return f"{text} only when it is interrupted: is there a loop that never ends?"
    return f"{text} with an error: {cell.name}: {cell.message[:200].rstrip('.')}."


def _state(ran: Rehearsal, name: str) -> str:
    return ran.checked.get(name, {}).get("status", "error")


def _worse(name: str, ran: Rehearsal, seen: Mapping[str, tuple[str, float]]) -> str | None:
    """Say that a question has more points on the screen than from the top; with the first hint."""
    row = ran.checked.get(name, {"score": 0.0, "hints": []})
    state, score = seen.get(name, (None, 0.0))
    if score <= (row["score"] or 0.0):
        return None
    said = WORSE.format(name, WORDS[state], score, WORDS[_state(ran, name)], row["score"] or 0.0)
    return " ".join([said, *row["hints"][:1]])


def _better(name: str, ran: Rehearsal, seen: Mapping[str, tuple[str, float]]) -> str | None:
    state, before = _state(ran, name), seen.get(name, (None, 0.0))[0]
    if state not in RIGHT or before in RIGHT:
        return None
    here = f"{WORDS[before]} when it was last checked" if before else WORDS[before]
    return BETTER.format(name, WORDS[state], here)


def _for_grading(saved: Saved) -> list[str]:
    """Say what grading would miss: files that are on this computer alone, answers in words."""
    named = _named(saved)
    said = [ELSEWHERE.format(text) for text, path in named if _inside(saved, path) is None]
    blank = [one.question for one in saved.written if not one.words]
    if blank:
        said.append(NOT_WRITTEN.format(_listed(blank)))
    return said


def _slow(cell: tuple[str, float]) -> str:
    """Say that a cell took longer than it may."""
    return (
        f"The cell that begins `{_begins(cell[0])}` took {cell[1]:.0f} s; when the notebook is "
        f"graded, it may take {Limits().cell_seconds:.0f} s."
    )


def _beside(saved: Saved) -> list[str]:
    """Files beside the notebook that its code names, or imports: they are handed in with it."""
    folder = saved.path.parent
    found = [_inside(saved, path) for _, path in _named(saved)]
    found += [f"{name}.py" for name in _imported(saved) if (folder / f"{name}.py").is_file()]
    return list(dict.fromkeys(name for name in found if name and not name.endswith(".ipynb")))


def _named(saved: Saved) -> list[tuple[str, Path]]:
    """The files that there are under a text in the notebook's code."""
    found = {}
    for text in _texts(saved):
        try:
            path = (saved.path.parent / Path(text).expanduser()).resolve()
            if path.is_file():
                found[text] = path
        except (OSError, ValueError, RuntimeError):  # no path at all
            continue
    return list(found.items())


def _inside(saved: Saved, path: Path) -> str | None:
    """Name a file as from the notebook's folder; None if it is not in there."""
    folder = saved.path.parent.resolve()
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else None


def _texts(saved: Saved) -> list[str]:
    return [
        node.value
        for node in _nodes(saved)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def _imported(saved: Saved) -> list[str]:
    found = []
    for node in _nodes(saved):
        if isinstance(node, ast.Import):
            found += [one.name.partition(".")[0] for one in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append(node.module.partition(".")[0])
    return [name for name in found if name not in sys.stdlib_module_names]


def _nodes(saved: Saved) -> list[ast.AST]:
    written = [one for cell in saved.code for one in statements(cell.source) or ()]
    return [node for one in written for top in one.nodes for node in ast.walk(top)]


def _hand_in(saved: Saved) -> str:
    more = [f"`{name}`" for name in _beside(saved)]
    also = f", with {_listed(more)}" if more else ""
    return (
        f"Hand in `{short(saved.path)}`{also}, as it was saved at {_saved_at(saved)}, in the way "
        "that your instructor told you. It may be saved again, with what is shown here."
    )


def _saved_at(saved: Saved) -> str:
    return time.strftime("%H:%M", time.localtime(saved.path.stat().st_mtime))


def _begins(source: str) -> str:
    lines = [line.strip() for line in source.splitlines() if line.strip()]
    code = [line for line in lines if not line.startswith("#")]
    return (code or lines or [""])[0].replace("`", "'")[:60]


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1])] * (len(names) > 1) + names[-1:])
