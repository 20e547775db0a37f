"""Give a question's cells back as they were handed out, in the edition for self-study."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from ..shared.files import short, write_whole
from ..shared.written import grade_id
from .saved import Saved

HANDED_OUT_FILE, ASIDE = ".handed_out.ipynb", "set_aside"
NOTHING_HANDED_OUT = (
    "This edition does not keep the cells as they were handed out: take them from the notebook in "
    "the zip file that you were given."
)
UNTOUCHED = "The cells of `{}` are as they were handed out: nothing was changed."
DONE = (
    "The cells of `{}` are in the file again as they were handed out{}. To see them, choose *File "
    "> Reload Notebook from Disk*; until then, do not save."
)


def read_handed_out(folder: Path) -> NotebookNode:
    """Read the notebook as it was handed out.

    Raises
    ------
    FileNotFoundError
        In an edition that does not keep it.
    """
    path = folder / HANDED_OUT_FILE
    if not path.is_file():
        raise FileNotFoundError(NOTHING_HANDED_OUT)
    return nbformat.read(path, as_version=4)


def reset(saved: Saved, handed_out: NotebookNode, question: str) -> str:
    """Put a question's cells back, in the notebook's file; what stood there is kept aside.

    Parameters
    ----------
    saved : Saved
        The student's notebook; its file is written anew.
    handed_out : NotebookNode
        From `read_handed_out`.
    question : str
        Question name.

    Returns
    -------
    str
        What was done, in sentences.

    Raises
    ------
    LookupError
        If there is no such question.
    """
    cells, own = saved.notebook.cells, []
    places = [at for at, cell in enumerate(handed_out.cells) if _is_of(cell, question)]
    if not places:
        raise LookupError(f"There is no question {question!r} in this notebook.")
    changed = False
    for at in places:
        given = handed_out.cells[at]
        there = next((n for n, cell in enumerate(cells) if _same(cell, given)), None)
        if there is None:
            cells.insert(_after(cells, handed_out.cells[:at]), given)
            changed = True
        elif cells[there].source != given.source:
            own.append(cells[there])
            cells[there] = given
            changed = True
    if not changed:
        return UNTOUCHED.format(question)
    kept = ""
    if own:
        kept = f"; yours are in `{short(_keep_aside(saved, own, question))}`"
    write_whole(saved.path, nbformat.writes(saved.notebook))
    return DONE.format(question, kept)


def _is_of(cell: NotebookNode, question: str) -> bool:
    """Whether a cell is a question's: where it is answered, or checked."""
    return (grade_id(cell) or "").partition("-")[0] == question


def _same(cell: NotebookNode, given: NotebookNode) -> bool:
    """Whether a cell is the one that was handed out, whatever is in it."""
    if grade_id(given) or grade_id(cell):
        return grade_id(given) == grade_id(cell)
    return cell.get("id") == given.get("id")


def _after(cells: list[NotebookNode], before: list[NotebookNode]) -> int:
    """Where a cell goes that was deleted: behind the last one that stood before it."""
    for given in reversed(before):
        for at, cell in enumerate(cells):
            if _same(cell, given):
                return at + 1
    return len(cells)


def _keep_aside(saved: Saved, own: list[NotebookNode], question: str) -> Path:
    """Write a student's cells into a notebook of their own; none that is there is overwritten."""
    folder = saved.path.parent / ASIDE
    number = 1
    while (path := folder / f"{question}-{number}.ipynb").exists():
        number += 1
    kept = nbformat.v4.new_notebook(cells=own, metadata=saved.notebook.metadata)
    write_whole(path, nbformat.writes(kept))
    return path
