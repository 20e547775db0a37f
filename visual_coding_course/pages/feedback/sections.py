"""Put a graded notebook in the order of the feedback page: question by question."""

from __future__ import annotations

import re
import struct
from base64 import b64decode
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from nbformat import NotebookNode

#: A sign, and words: the state of a question, by its status.
STATES = {
    "correct": ("✓", "right"),
    "waiting": ("…", "a person will look at it"),
    "partial": ("◐", "partly right"),
    "incorrect": ("✗", "not right"),
    "error": ("✗", "stopped with an error"),
    "not_attempted": ("○", "not attempted"),
    "not_graded": ("?", "not graded yet"),
    "waits": ("…", "to be graded by hand"),
    "by_hand": ("✎", "graded by hand"),
    "again": ("…", "changed since it was graded by hand, to be graded again"),
    "unanswered": ("○", "not answered"),
    "checked": ("•", "checked"),
}


#: The same of a case, with the state in whose colour it stands.
CASE_STATES = {
    "passed": ("correct", "✓", "passed"),
    "waiting": ("waiting", "…", "for a person to look at"),
    "not_attempted": ("incorrect", "✗", "not attempted"),
    "failed": ("incorrect", "✗", "not passed"),
}


@dataclass(frozen=True)
class Picture:
    """A picture that stands in two places of the page, but once in its bytes.

    Attributes
    ----------
    identity : str
        Its id on the page.
    png : str
        In base64, as the page holds it.
    width, height : int
        Pixels.
    """

    identity: str
    png: str
    width: int
    height: int


def read_picture(identity: str, png: str) -> Picture | None:
    """Read the size of a picture; None of what is not a PNG."""
    png = "".join(png.split())
    try:
        start = b64decode(png[:32])
    except ValueError:
        return None
    if len(start) < 24 or not start.startswith(b"\x89PNG"):
        return None
    return Picture(identity, png, *struct.unpack(">II", start[16:24]))


@dataclass
class Section:
    """One question, and what the student wrote for it.

    Attributes
    ----------
    title : str
        Its heading in the notebook; its name if it has none.
    graded : NotebookNode, optional
        The cell that has its points: a check, or a written answer.
    cells : list of NotebookNode
        The student's code cells, in their order.
    """

    title: str = ""
    graded: NotebookNode | None = None
    cells: list[NotebookNode] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Name of the question, such as ``"q3"``."""
        return self.graded.metadata.nbgrader.grade_id if self.graded else ""

    @property
    def written(self) -> bool:
        """Whether it is a written answer."""
        return self.graded is not None and self.graded.cell_type == "markdown"

    @property
    def result(self) -> dict[str, Any]:
        """What the checks found, as `outcome` tells it; empty for what a person grades."""
        is_check = self.graded is not None and not _is(self.graded, "solution")
        return self.graded.metadata.get("course", {}) if is_check else {}

    @cached_property
    def figures(self) -> dict[int, Picture]:
        """What a wrong figure looks like, by the number of the hint that is first about it.

        The last picture that was shown by a cell that names the figure.
        """
        found: dict[int, Picture] = {}
        told = set()
        for number, hint in enumerate(self.result.get("hints", [])):
            name = hint.get("answer") or ""
            if name in told or not name.startswith("fig_"):
                continue
            told.add(name)
            for cell in self.cells:
                if re.search(rf"\b{re.escape(name)}\b", cell.source):
                    shown = [one.data["image/png"] for one in cell.outputs if "data" in one
                             and "image/png" in one.data]  # fmt: skip
                    picture = read_picture(f"{self.name}-{name}", shown[-1]) if shown else None
                    if picture:
                        found[number] = picture
        return found

    @property
    def state(self) -> str:
        """One of `STATES`."""
        tags = self.graded.metadata.nbgrader
        if tags.get("waits"):
            return "waits"
        if tags.get("again"):
            return "again"
        if self.result.get("status") in ("not_graded", "waiting") and tags.get("by_hand"):
            return "by_hand"
        if not _is(self.graded, "solution"):
            return self.result.get("status", "checked")
        return "by_hand" if tags.get("by_hand") else "unanswered"

    @property
    def looked_at(self) -> bool:
        """Whether a person still has to look at what a check could not tell."""
        return bool(self.result.get("waiting")) and not self.overruled

    @property
    def overruled(self) -> bool:
        """Whether a person has given other points than the checks."""
        return bool(self.result) and self.graded.metadata.nbgrader.get("by_hand", False)


def sections(notebook: NotebookNode) -> list[Section]:
    """Group the cells of a graded notebook by question.

    Parameters
    ----------
    notebook : NotebookNode
        With scores in its metadata, as nbgrader's `GetGrades` puts them there.

    Returns
    -------
    list of Section
        A question has the cells after the one before it. What follows the last one, if anything,
        comes as a section without a graded cell.
    """
    found, current = [], Section()
    for cell in notebook.cells:
        if _is(cell, "grade"):
            current.graded = cell
            if _is(cell, "solution") and cell.cell_type == "code":
                current.cells.append(cell)
            current.title = current.title or current.name
            found.append(current)
            current = Section()
        elif cell.cell_type == "code" and _is_students(cell):
            current.cells.append(cell)
        elif cell.cell_type == "markdown" and not current.title:
            current.title = _heading(cell.source)
    if current.cells:
        current.title = "After the last question"
        found.append(current)
    return found


def _is(cell: NotebookNode, kind: str) -> bool:
    """Whether nbgrader takes a cell for a ``grade`` or a ``solution`` cell."""
    return bool(cell.metadata.get("nbgrader", {}).get(kind))


def _is_students(cell: NotebookNode) -> bool:
    return bool(cell.source.strip()) and not cell.metadata.get("nbgrader", {}).get("locked")


def _heading(text: str) -> str:
    first = text.split("\n")[0]
    return first.lstrip("# ").strip() if first.startswith("## ") else ""
