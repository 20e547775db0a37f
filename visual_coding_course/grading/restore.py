"""Read a submission, and bring its locked cells back to what was released."""

from __future__ import annotations

import ast
import copy
import json

import nbformat
from nbformat import NotebookNode


class Unreadable(ValueError):
    """The submission is not a notebook that can be run; says why, to the student."""


MOST_SUBMISSION_BYTES = 256 * 1024**2


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
        raise Unreadable(
            f"The file has {len(content) / 1024**2:.0f} MB. Clear all outputs, save, and hand in "
            "the notebook again."
        )
    try:
        data = json.loads(content.decode("utf-8-sig"))
        # Half of a surrogate pair is JSON, but no text that can be written.
        text = json.dumps(data, ensure_ascii=False).encode("utf-8", "replace").decode()
    except (ValueError, RecursionError):
        raise Unreadable(
            "This file is not a Jupyter notebook (it is not valid JSON). "
            "Hand in the .ipynb file that JupyterLab saves."
        ) from None
    if not isinstance(data, dict) or not {"cells", "worksheets"} & set(data):
        raise Unreadable(
            "This file is JSON, but not a Jupyter notebook: it has no cells. "
            "Hand in the .ipynb file that JupyterLab saves."
        )
    try:
        notebook = nbformat.reads(text, as_version=4)
        _tidy(notebook)
        _, notebook = nbformat.validator.normalize(notebook)
        nbformat.validate(notebook)
    except Exception as error:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise Unreadable(
            f"The notebook is damaged ({reason}). "
            "Open it in JupyterLab, save it again, and hand in that file."
        ) from None
    return _checked(notebook)


def _tidy(notebook: NotebookNode) -> None:
    """Drop the outputs, and metadata that is not of its form, before anything looks at them."""
    for cell in notebook.cells:
        if not isinstance(cell.get("metadata"), dict):
            cell["metadata"] = NotebookNode()
        if not isinstance(cell.metadata.get("nbgrader", {}), dict):
            del cell.metadata["nbgrader"]
        if cell.get("cell_type") == "code":
            cell["outputs"], cell["execution_count"] = [], None
        cell.pop("attachments", None)


def _checked(notebook: NotebookNode) -> NotebookNode:
    if not any(cell.source.strip() for cell in notebook.cells):
        raise Unreadable("The notebook has no cells. Hand in the notebook with your answers.")
    kernel = notebook.metadata.get("kernelspec", {})
    language = kernel.get("language") or notebook.metadata.get("language_info", {}).get("name")
    if language and str(language).lower() not in ("python", "ipython"):
        raise Unreadable(
            f"The notebook is written for a {language} kernel. Choose a Python 3 kernel, "
            "run it, save it, and hand it in again."
        )
    return notebook


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
        Every cell that the student wrote, in the student's order. Of cells
        that stand twice the last one counts, as in nbgrader.
    """
    notebook = copy.deepcopy(submission)
    known = {_grade_id(cell): cell for cell in released.cells if _grade_id(cell)}
    _forget_duplicates(notebook, known)
    for i, cell in enumerate(notebook.cells):
        original = known.get(_grade_id(cell))
        if original is not None:
            notebook.cells[i] = _restored(cell, original)
    _add_missing(notebook, released)
    notebook.metadata["kernelspec"] = copy.deepcopy(released.metadata.get("kernelspec", {}))
    return notebook


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


def _add_missing(notebook: NotebookNode, released: NotebookNode) -> None:
    present = {_grade_id(cell): cell for cell in notebook.cells if _grade_id(cell)}
    after = 0
    for cell in released.cells:
        name = _grade_id(cell)
        if name is None:
            continue
        if name in present:
            places = [i for i, other in enumerate(notebook.cells) if other is present[name]]
            after = places[0] + 1
        elif cell.metadata.nbgrader.get("locked") or cell.metadata.nbgrader.get("grade"):
            notebook.cells.insert(after, copy.deepcopy(cell))
            after += 1


def given_names(released: NotebookNode) -> set[str]:
    """Names that the notebook's locked cells assign: the grader uses its own values for them."""
    names = set()
    for cell in released.cells:
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("locked"):
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    names.add(node.id)
    return names
