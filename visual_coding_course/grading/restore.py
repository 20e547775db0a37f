"""Bring a submission's locked cells back to what was released."""

from __future__ import annotations

import ast
import copy

from nbformat import NotebookNode

from ..assignment.statements import statements
from ..shared.written import grade_id, is_written_answer
from .typed import typed_into
from .written import gather_written


def restore_cells(submission: NotebookNode, released: NotebookNode) -> NotebookNode:
    """Put locked cells back to their released text, and missing ones back in their place.

    Parameters
    ----------
    submission : NotebookNode
        As `read_submission` returned it; left as it is.
    released : NotebookNode
        The student's notebook as it was handed out.

    Returns
    -------
    NotebookNode
        Every cell that the student wrote, in the student's order; a check
        that stood before its answers comes after them. Of cells that stand
        twice the last one counts, as in nbgrader. What was typed into a
        locked cell stands in a cell of its own: before a check, after any
        other. A written answer stands in its cell, wherever it was written.
    """
    notebook = copy.deepcopy(submission)
    known = {grade_id(cell): cell for cell in released.cells if grade_id(cell)}
    _recognise(notebook, known)
    _forget_duplicates(notebook, known)
    gather_written(notebook, released)
    given, cells = given_names(released), []
    for cell in notebook.cells:
        original = known.get(grade_id(cell))
        if original is None:
            cells.append(cell)
            continue
        restored = [_restored(cell, original)]
        if original.metadata.nbgrader.get("locked"):
            typed = typed_into(cell, original, given)
            if typed is not None:
                restored.insert(0 if _is_check(original) else 1, typed)
        cells += restored
    notebook.cells = cells
    for cell in known.values():
        if cell.metadata.nbgrader.get("locked") or cell.metadata.nbgrader.get("grade"):
            _put_in_place(notebook, cell, known)
    _number_ids(notebook)
    for key in ("kernelspec", "language_info"):
        if key in released.metadata:
            notebook.metadata[key] = copy.deepcopy(released.metadata[key])
    return notebook


def _recognise(notebook: NotebookNode, known: dict[str, NotebookNode]) -> None:
    """Find cells whose name was changed, or lost in an editor that drops metadata."""
    by_id = {cell["id"]: name for name, cell in known.items() if "id" in cell}
    by_text: dict[str, list[str]] = {}
    for name, cell in known.items():
        if cell.metadata.nbgrader.get("locked") or is_written_answer(cell):
            by_text.setdefault(_bare(cell.source), []).append(name)
    named = {grade_id(cell) for cell in notebook.cells}
    for cell in notebook.cells:
        if grade_id(cell) not in known:
            alike = by_text.get(_bare(cell.source), ())
            name = by_id.get(cell.get("id")) or next((n for n in alike if n not in named), None)
            if name is not None and name not in named:
                cell.metadata["nbgrader"] = NotebookNode(grade_id=name)
                named.add(name)


def _bare(source: str) -> str:
    """A text without what programs change in it: spaces, and how lines end."""
    return " ".join(source.split())


def _forget_duplicates(notebook: NotebookNode, known: dict) -> None:
    seen = set()
    for cell in reversed(notebook.cells):
        name = grade_id(cell)
        if name in seen or name not in known:
            cell.metadata.pop("nbgrader", None)
        elif name:
            seen.add(name)


def _restored(cell: NotebookNode, original: NotebookNode) -> NotebookNode:
    restored = copy.deepcopy(original)
    restored["id"] = cell.get("id", original.get("id"))
    if not original.metadata.nbgrader.get("locked"):
        restored.source = cell.source
        if restored.cell_type == "markdown" and "attachments" in cell:
            restored["attachments"] = cell.attachments
        if isinstance(cell.metadata.get("course"), dict):
            restored.metadata["course"] = cell.metadata.course
    return restored


def _number_ids(notebook: NotebookNode) -> None:
    """Give each cell an id of its own: one that was put back may have another's."""
    used: set[str] = set()
    for cell in notebook.cells:
        name, number = cell.get("id", "cell"), 1
        while (own := name if number == 1 else f"{name[:50]}-{number}") in used:
            number += 1
        used.add(own)
        cell["id"] = own


def _put_in_place(
    notebook: NotebookNode, cell: NotebookNode, known: dict[str, NotebookNode]
) -> None:
    """Put one locked cell back if it is missing, or where it does not do what it is for.

    A check stands after its answers: the cells between it and the check before it. Any other
    locked cell stands before all that followed it.
    """
    names, name = list(known), grade_id(cell)
    own = names.index(name)
    checks = [i for i, other in enumerate(known.values()) if _is_check(other)]
    first = max((i + 1 for i in checks if i < own), default=0)
    before, after = names[first:own], names[own + 1 :]

    places = _places(notebook)
    if name in places:
        here = places[name]
        if _is_check(cell):
            fits = all(places.get(other, here) <= here for other in before)
        else:
            fits = all(places.get(other, here) >= here for other in after)
        if fits or not cell.metadata.nbgrader.get("locked"):
            return
        cell = notebook.cells.pop(here)
    missing, places = name not in places, _places(notebook)

    nearest = [places[other] for other in names[:own] if other in places][-1:]
    ends = [places[other] for other in before if other in places] or nearest
    place = max(ends, default=-1) + 1
    if missing and cell.metadata.nbgrader.get("grade"):
        # The answer may be in cells that the student added: leave them before the check.
        later = [places[other] for other in after if places.get(other, -1) >= place]
        place = min(later, default=len(notebook.cells))
    elif not _is_check(cell):
        place = min((places[other] for other in after if other in places), default=place)
    notebook.cells.insert(place, copy.deepcopy(cell))


def _is_check(cell: NotebookNode) -> bool:
    tags = cell.metadata.nbgrader
    return bool(tags.get("grade") and not tags.get("solution"))


def _places(notebook: NotebookNode) -> dict[str, int]:
    return {grade_id(cell): i for i, cell in enumerate(notebook.cells) if grade_id(cell)}


def given_names(released: NotebookNode) -> set[str]:
    """Names that the notebook's locked cells assign: the grader uses its own values for them."""
    names = set()
    for cell in released.cells:
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("locked"):
            for node in (node for one in statements(cell.source) or [] for node in one.nodes):
                for part in ast.walk(node):
                    if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                        names.add(part.id)
    return names
