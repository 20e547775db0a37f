"""Show the solution of a question, in the edition for self-study."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from ..shared.written import grade_id, is_written_answer

SOLUTION_FILE = "solution.ipynb"
#: What is said where there are none.
NO_SOLUTIONS = (
    "This edition has no solutions: they come with the one for self-study, `course learn`."
)


@dataclass(frozen=True)
class Solution:
    """The solution's cells of one question, as Jupyter shows them.

    Attributes
    ----------
    question : str
        Question name.
    cells : tuple of str
        Their code.
    figures : tuple of str
        What it draws: PNG files in base 64.
    """

    question: str
    cells: tuple[str, ...]
    figures: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "\n\n".join(self.cells)

    def _repr_html_(self) -> str:
        name = escape(self.question)
        blocks = "".join(
            f'<pre tabindex="0" style="overflow-x:auto;padding:.6em .8em">{escape(cell)}</pre>'
            for cell in self.cells
        )
        figures = "".join(
            f'<img alt="What the solution of {name} draws" style="max-width:100%;background:#fff"'
            f' src="data:image/png;base64,{escape(figure)}">'
            for figure in self.figures
        )
        return f'<section aria-label="Solution of {name}">{blocks}{figures}</section>'


@dataclass(frozen=True)
class ModelAnswer:
    """A model answer in words, with what each part of it is worth, as Jupyter shows it.

    Attributes
    ----------
    question : str
        Question name.
    text : str
        Markdown.
    """

    question: str
    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_markdown_(self) -> str:
        return self.text


def read_solution(path: Path, question: str) -> Solution | ModelAnswer:
    """Read a question's solution from the executed solution notebook.

    Raises
    ------
    FileNotFoundError
        If there is no such notebook, or no such question in it.
    """
    if not path.is_file():
        raise FileNotFoundError(NO_SOLUTIONS)
    cells = nbformat.read(path, as_version=4).cells
    for cell in cells:
        if grade_id(cell) == question and is_written_answer(cell):
            return ModelAnswer(question, cell.source)
    pattern = re.compile(rf"{re.escape(question)}-(\w+-)?answer")
    code = [c for c in cells if c.cell_type == "code" and pattern.fullmatch(grade_id(c) or "")]
    if not code:
        raise FileNotFoundError(f"There is no solution for {question!r} in {path.name}.")
    figures = [figure for cell in code for figure in _figures(cell)]
    return Solution(question, tuple(without_markers(c.source) for c in code), tuple(figures))


def _figures(cell: NotebookNode) -> list[str]:
    """What a cell drew."""
    data = [output.get("data", {}) for output in cell.get("outputs", ())]
    return ["".join(one["image/png"]).replace("\n", "") for one in data if "image/png" in one]


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
