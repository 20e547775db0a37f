"""Go on with a question's right values, in the edition for self-study."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import nbformat
from IPython.core.inputtransformer2 import TransformerManager
from IPython.utils.capture import capture_output

from ..assignment.statements import names_set, statements
from ..checking.test_files import question_key
from ..shared.written import grade_id
from .solution import NO_SOLUTIONS, without_markers

#: What is said of a question whose right values were taken.
GONE_ON = (
    "These have their right values now: {names}{more}. Go on with the next question. The points of "
    '{question} do not count as yours; to try it again, run `grader.reset("{question}")`.'
)


def right_values(path: Path, question: str, variables: Mapping[str, Any]) -> dict[str, Any]:
    """Run the solution's cells up to a question, and return what those of the question set.

    Parameters
    ----------
    path : Path
        Solution notebook.
    question : str
    variables : mapping
        Of the student's notebook: imports and what its set-up made. They stay as they are.

    Returns
    -------
    dict of str to object
        By name. Nothing is shown of what the cells print and draw.

    Raises
    ------
    FileNotFoundError
        If there is no such notebook, or no code for this question in it.
    """
    if not path.is_file():
        raise FileNotFoundError(NO_SOLUTIONS)
    cells: dict[str, list[str]] = {}
    for cell in nbformat.read(path, as_version=4).cells:
        name, _, rest = (grade_id(cell) or "").partition("-")
        if cell.cell_type == "code" and rest.endswith("answer"):
            cells.setdefault(name, []).append(without_markers(cell.source))
    if question not in cells:
        raise FileNotFoundError(f"There is no code for {question!r} in {path.name}.")
    before = [name for name in cells if question_key(name) <= question_key(question)]
    sources = [source for name in sorted(before, key=question_key) for source in cells[name]]
    plain = TransformerManager().transform_cell
    space = dict(variables)
    pyplot = sys.modules.get("matplotlib.pyplot")
    shown = set(pyplot.get_fignums()) if pyplot else set()
    with capture_output():
        for source in sources:
            exec(compile(plain(source), f"<solution of {question}>", "exec"), space)
        pyplot = sys.modules.get("matplotlib.pyplot")
        for number in set(pyplot.get_fignums()) - shown if pyplot else ():
            pyplot.close(number)
    nodes = [n for s in cells[question] for one in statements(s) or [] for n in one.nodes]
    return {name: space[name] for name in sorted(names_set(nodes)) if name in space}


def gone_on(question: str, names: Collection[str], asked: Collection[str]) -> str:
    """Say that a question's names have their right values, and what that means.

    Those that are asked for are named; what else the solution needs on the way is only told of.
    """
    told = [name for name in names if name in asked] or names
    more = ", and what else its solution sets" if len(told) < len(names) else ""
    listed = ", ".join(f"`{name}`" for name in told)
    return GONE_ON.format(names=listed, more=more, question=question)
