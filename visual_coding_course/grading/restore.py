"""Read a submission, and bring its locked cells back to what was released."""

from __future__ import annotations

import ast
import copy
import json
import re
import warnings
from typing import Any

import nbformat
from nbformat import NotebookNode


class Unreadable(ValueError):
    """The submission is not a notebook that can be run; says why, to the student."""


# As text, and as what JSON makes of it, a file takes several times its size in memory.
MOST_SUBMISSION_BYTES = 100 * 1024**2
CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
HAND_IN_AGAIN = "Hand in the .ipynb file that JupyterLab saves."
DAMAGED = (
    "The notebook is damaged ({}). Open it in JupyterLab, save it again, and hand in that file."
)


def too_large(size: int) -> str:
    """Say that a file has too many bytes, and what to do."""
    return (
        f"The file has {size / 1024**2:.0f} MB, and {MOST_SUBMISSION_BYTES / 1024**2:.0f} MB is "
        "the most that is graded. Clear all outputs, save, and hand in the notebook again."
    )


def read_submission(content: bytes) -> NotebookNode:
    """Read a submitted notebook.

    Parameters
    ----------
    content : bytes
        The file as it was handed in.

    Raises
    ------
    Unreadable
        With a sentence that a student can act on.
    """
    if len(content) > MOST_SUBMISSION_BYTES:
        raise Unreadable(too_large(len(content)))
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Unreadable(
            f"This file is not a Jupyter notebook (it is not valid JSON). {HAND_IN_AGAIN}"
        ) from None
    if not isinstance(data, dict) or not {"cells", "worksheets"} & set(data):
        raise Unreadable(
            f"This file is JSON, but not a Jupyter notebook: it has no cells. {HAND_IN_AGAIN}"
        )
    version = data.get("nbformat")
    if isinstance(version, int) and version > nbformat.current_nbformat:
        raise Unreadable(
            f"The notebook is in format {version}, which is newer than {nbformat.current_nbformat},"
            " the newest that can be read. Save it in JupyterLab 4, and hand in that file."
        )
    language = _language(data.get("metadata"))
    if language and language.lower().rstrip("23.") not in ("python", "ipython"):
        raise Unreadable(
            f"The notebook is written for a {language} kernel. Choose a Python 3 kernel, "
            "run it, save it, and hand it in again."
        )
    try:
        _tidy(data)
        # Half of a surrogate pair is JSON, but no text that can be written.
        text = json.dumps(data, ensure_ascii=False).encode("utf-8", "replace").decode()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about ids, which are made here
            notebook = nbformat.reads(text, as_version=4)
            _, notebook = nbformat.validator.normalize(notebook)
            nbformat.validate(notebook)
    except Exception as error:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise Unreadable(DAMAGED.format(reason)) from None
    if not any(cell.source.strip() for cell in notebook.cells):
        raise Unreadable("The notebook has no cells. Hand in the notebook with your answers.")
    return notebook


def _tidy(data: dict) -> None:
    """Drop outputs, ids that cannot be, and all metadata but nbgrader's: nothing else is needed.

    Outputs can be most of a file.
    """
    data["metadata"] = {}
    if "nbformat" not in data:
        data |= {"nbformat": nbformat.current_nbformat, "nbformat_minor": 5}
    ids = set()
    for sheet in data.get("worksheets", [data]):
        if not isinstance(sheet["cells"], list):
            raise ValueError("its cells are not a list")
        for cell in sheet["cells"]:
            if not isinstance(cell, dict):
                raise ValueError("something in it is no cell")
            metadata = cell.get("metadata")
            ours = metadata.get("nbgrader") if isinstance(metadata, dict) else None
            cell["metadata"] = {"nbgrader": ours} if isinstance(ours, dict) else {}
            if str(cell.get("id")) in ids or not CELL_ID.fullmatch(str(cell.get("id"))):
                cell.pop("id", None)
            ids.add(str(cell.get("id")))
            if cell.get("cell_type") == "code":
                cell["outputs"] = []
                cell.pop("prompt_number", None)
                if "execution_count" in cell:
                    cell["execution_count"] = None
            cell.pop("attachments", None)


def _language(metadata: Any) -> str | None:
    """The language that the notebook says it is written in."""
    if not isinstance(metadata, dict):
        return None
    for section, key in (("kernelspec", "language"), ("language_info", "name")):
        about = metadata.get(section)
        if isinstance(about, dict) and isinstance(about.get(key), str) and about[key]:
            return about[key][:50]
    return None


def _grade_id(cell: NotebookNode) -> str | None:
    name = cell.metadata.get("nbgrader", {}).get("grade_id")
    return name if isinstance(name, str) else None


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
        twice the last one counts, as in nbgrader.
    """
    notebook = copy.deepcopy(submission)
    known = {_grade_id(cell): cell for cell in released.cells if _grade_id(cell)}
    _recognise(notebook, known)
    _forget_duplicates(notebook, known)
    for i, cell in enumerate(notebook.cells):
        original = known.get(_grade_id(cell))
        if original is not None:
            notebook.cells[i] = _restored(cell, original)
    for cell in known.values():
        if cell.metadata.nbgrader.get("locked") or cell.metadata.nbgrader.get("grade"):
            _put_in_place(notebook, cell, known)
    for key in ("kernelspec", "language_info"):
        if key in released.metadata:
            notebook.metadata[key] = copy.deepcopy(released.metadata[key])
    return notebook


def _recognise(notebook: NotebookNode, known: dict[str, NotebookNode]) -> None:
    """Find cells whose name was changed, or lost in an editor that drops metadata."""
    by_id = {cell["id"]: name for name, cell in known.items() if "id" in cell}
    by_text = {
        cell.source.strip(): name
        for name, cell in known.items()
        if cell.metadata.nbgrader.get("locked")
    }
    named = {_grade_id(cell) for cell in notebook.cells}
    for cell in notebook.cells:
        if _grade_id(cell) not in known:
            name = by_id.get(cell.get("id")) or by_text.get(cell.source.strip())
            if name is not None and name not in named:
                cell.metadata["nbgrader"] = NotebookNode(grade_id=name)
                named.add(name)


def _forget_duplicates(notebook: NotebookNode, known: dict) -> None:
    seen = set()
    for cell in reversed(notebook.cells):
        name = _grade_id(cell)
        if name in seen or name not in known:
            cell.metadata.pop("nbgrader", None)
        elif name:
            seen.add(name)


def _restored(cell: NotebookNode, original: NotebookNode) -> NotebookNode:
    restored = copy.deepcopy(original)
    if not original.metadata.nbgrader.get("locked"):
        restored.source = cell.source
    restored["id"] = cell.get("id", original.get("id"))
    return restored


def _put_in_place(
    notebook: NotebookNode, cell: NotebookNode, known: dict[str, NotebookNode]
) -> None:
    """Put one locked cell back if it is missing, or where it does not do what it is for.

    A check stands after its answers: the cells between it and the check before it. Any other
    locked cell stands before all that followed it.
    """
    names, name = list(known), _grade_id(cell)
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
    return {_grade_id(cell): i for i, cell in enumerate(notebook.cells) if _grade_id(cell)}


def given_names(released: NotebookNode) -> set[str]:
    """Names that the notebook's locked cells assign: the grader uses its own values for them."""
    names = set()
    for cell in released.cells:
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("locked"):
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    names.add(node.id)
    return names
