"""Put a graded notebook in the order of the feedback page: question by question."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution

#: A sign, and words: the state of a question, by its status.
STATES = {
    "correct": ("✓", "right"),
    "partial": ("◐", "partly right"),
    "incorrect": ("✗", "not right"),
    "error": ("✗", "stopped with an error"),
    "not_attempted": ("○", "not attempted"),
    "waits": ("…", "to be graded by hand"),
    "by_hand": ("✎", "graded by hand"),
    "checked": ("•", "checked"),
}


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
        is_check = self.graded is not None and not is_solution(self.graded)
        return self.graded.metadata.get("course", {}) if is_check else {}

    @property
    def state(self) -> str:
        """One of `STATES`."""
        if self.graded.metadata.nbgrader.get("waits"):
            return "waits"
        return self.result.get("status", "by_hand" if is_solution(self.graded) else "checked")

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
        if is_grade(cell):
            current.graded = cell
            if is_solution(cell) and cell.cell_type == "code":
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


def _is_students(cell: NotebookNode) -> bool:
    return bool(cell.source.strip()) and not cell.metadata.get("nbgrader", {}).get("locked")


def _heading(text: str) -> str:
    first = text.split("\n")[0]
    return first.lstrip("# ").strip() if first.startswith("## ") else ""
