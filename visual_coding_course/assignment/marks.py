"""Of which assignment a notebook is: told by names and texts of the cells that it came with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode

#: Text of a cell of fewer characters may stand in any notebook.
LONG_ENOUGH = 20


def marks_of(cells: Iterable[NotebookNode]) -> frozenset[str]:
    """Tell what cells are known by.

    Parameters
    ----------
    cells : iterable of NotebookNode
        Released, or handed in.

    Returns
    -------
    frozenset of str
        Names that nbgrader gave them, and texts that are not short, whatever their spaces.
    """
    marks = set()
    for cell in cells:
        tags = cell.metadata.get("nbgrader")
        if isinstance(tags, dict) and isinstance(tags.get("grade_id"), str):
            marks.add(tags["grade_id"])
        text = " ".join(cell.source.split())
        if len(text) >= LONG_ENOUGH:
            marks.add(text)
    return frozenset(marks)


def marks_of_others(course: Path, name: str) -> dict[str, frozenset[str]]:
    """Tell what the notebooks of a course's other assignments are known by.

    Parameters
    ----------
    course : Path
        Course folder.
    name : str
        The assignment that is left out; one that cannot be read is, too.
    """
    found = {}
    for path in sorted((course / "source").glob("*/*.ipynb")):
        if path.stem == path.parent.name != name:
            try:
                found[path.stem] = marks_of(nbformat.read(path, as_version=4).cells)
            except Exception:  # half written, say: that is told when it is built
                continue
    return found


def another(
    handed_in: NotebookNode,
    released: NotebookNode,
    name: str,
    others: Mapping[str, frozenset[str]],
) -> str | None:
    """Say of what a notebook seems to be, if not of an assignment.

    Parameters
    ----------
    handed_in, released : NotebookNode
        What was handed in, and what was handed out.
    name : str
        The assignment's.
    others : mapping of str to frozenset of str
        From `marks_of_others`.

    Returns
    -------
    str or None
        A sentence to the student; None if it is of the assignment.
    """
    theirs, ours = marks_of(handed_in.cells), marks_of(released.cells)
    most, like = 0, None
    for other, marks in others.items():
        count = len(theirs & (marks - ours)) - len(theirs & (ours - marks))
        if count > most:
            most, like = count, other
    if like is not None:
        return (
            f"This is a notebook of {like}, and it was handed in for {name}. Hand in the "
            f"notebook of {name}."
        )
    if not theirs & ours:
        return (
            f"No cell of this notebook is of {name}: it seems to be another one. Hand in the "
            f"notebook that you were given, with your answers in it."
        )
    return None
