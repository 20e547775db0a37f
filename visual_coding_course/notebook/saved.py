"""The notebook as it was saved: where it lies, its questions, its answers in words."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import nbformat
from IPython import get_ipython
from nbformat import NotebookNode

from ..shared.written import grade_id, has_text, is_written_answer
from .solution import SOLUTION_FILE

#: Names under which editors tell a kernel which notebook it belongs to: a variable of the
#: environment, that Jupyter's servers set, and one in the notebook itself, that VS Code sets.
SESSION, VS_CODE = "JPY_SESSION_NAME", "__vsc_ipynb_file__"
HEADING = re.compile(r"^#+\s+(?:\d+\s*[.:)]\s*)?(.+?)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Written:
    """An answer in words.

    Attributes
    ----------
    question : str
        Question name.
    points : float
        What it is worth.
    words : int
        How many were written; 0 where nothing was.
    """

    question: str
    points: float
    words: int


@dataclass(frozen=True)
class Saved:
    """A notebook as it was saved.

    Attributes
    ----------
    path : Path
        Where it lies.
    notebook : NotebookNode
        What is in it.
    """

    path: Path
    notebook: NotebookNode

    @cached_property
    def titles(self) -> dict[str, str]:
        """By question, the heading above its check or its answer in words."""
        found, heading = {}, ""
        for cell in self.notebook.cells:
            name = grade_id(cell)
            if cell.cell_type == "markdown" and name is None:
                headings = HEADING.findall(cell.source)
                heading = headings[0] if headings else heading
            elif name and heading:
                found.setdefault(name, heading)
        return found

    @cached_property
    def written(self) -> tuple[Written, ...]:
        """Its answers in words."""
        return tuple(
            Written(
                grade_id(cell),
                float(cell.metadata["nbgrader"].get("points") or 0),
                len(cell.source.split()) if has_text(cell) else 0,
            )
            for cell in self.notebook.cells
            if is_written_answer(cell) and grade_id(cell)
        )

    @property
    def code(self) -> list[NotebookNode]:
        """Its code cells that are not empty."""
        return [c for c in self.notebook.cells if c.cell_type == "code" and c.source.strip()]


def find_saved(folder: Path, questions: Collection[str]) -> Saved | None:
    """Find the notebook that a kernel belongs to.

    Parameters
    ----------
    folder : Path
        Where it should lie: beside its ``tests`` folder.
    questions : collection of str
        Those that it should check.

    Returns
    -------
    Saved or None
        None where there is none, or several and no editor says which.
    """
    named = [path for path in told() if path.suffix == ".ipynb" and path.is_file()]
    beside = [one for one in sorted(folder.glob("*.ipynb")) if not one.name.startswith(".")]
    paths = named[:1] or [one for one in beside if one.name != SOLUTION_FILE]
    found = []
    for path in paths:
        try:
            notebook = nbformat.read(path, as_version=4)
        except Exception:  # half written, or none at all
            continue
        names = {(grade_id(cell) or "").partition("-")[0] for cell in notebook.cells}
        if named or not names.isdisjoint(questions):
            found.append(Saved(path, notebook))
    return found[0] if len(found) == 1 else None


def told() -> list[Path]:
    """Paths of the kernel's notebook, as editors tell them."""
    shell = get_ipython()
    named = [getattr(shell, "user_ns", {}).get(VS_CODE), os.environ.get(SESSION)]
    return [Path(str(name)).absolute() for name in named if name]
