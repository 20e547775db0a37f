"""Show the solution of a question, in the edition for self-study."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path

import nbformat

SOLUTION_FILE = "solution.ipynb"


@dataclass(frozen=True)
class Solution:
    """The solution's cells of one question, as Jupyter shows them.

    Attributes
    ----------
    question : str
        Question name.
    cells : tuple of str
        Their code.
    """

    question: str
    cells: tuple[str, ...]

    def __repr__(self) -> str:
        return "\n\n".join(self.cells)

    def _repr_html_(self) -> str:
        blocks = "".join(
            f'<pre tabindex="0" style="overflow-x:auto;padding:.6em .8em">{escape(cell)}</pre>'
            for cell in self.cells
        )
        return f'<section aria-label="Solution of {escape(self.question)}">{blocks}</section>'


def read_solution(path: Path, question: str) -> Solution:
    """Read a question's solution from the executed solution notebook.

    Raises
    ------
    FileNotFoundError
        If there is no such notebook, or no such question in it.
    """
    if not path.is_file():
        raise FileNotFoundError(
            "This edition has no solutions: they come with the one for self-study, `course learn`."
        )
    cells = nbformat.read(path, as_version=4).cells
    pattern = re.compile(rf"{re.escape(question)}-(\w+-)?answer")
    code = [
        cell.source
        for cell in cells
        if cell.cell_type == "code"
        and pattern.fullmatch(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
    ]
    if not code:
        raise FileNotFoundError(f"There is no solution for {question!r} in {path.name}.")
    return Solution(question, tuple(map(without_markers, code)))


def without_markers(source: str) -> str:
    """Return a solution cell as a student would have written it: without otter's markers."""
    lines, prompt = [], False
    for line in source.split("\n"):
        if line.endswith("# BEGIN PROMPT"):
            prompt = True
        elif line.endswith("# END PROMPT"):
            prompt = False
        elif not prompt and not line.strip().startswith(("# BEGIN SOLUTION", "# END SOLUTION")):
            lines.append(line.removesuffix("# SOLUTION").rstrip())
    return "\n".join(lines).rstrip()
