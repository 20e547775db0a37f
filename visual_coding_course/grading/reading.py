"""Read a submission: make a clean notebook of what came, or say why it cannot be graded.

What came is not validated: JupyterLab opens much that is not quite a notebook, and so it is
graded. What is needed of it is looked for, within limits, and all else is left where it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import count
from typing import Any

import nbformat
from nbformat import NotebookNode

from .attachments import MOST_PICTURE_BYTES, MOST_PICTURES_BYTES, Pictures, writable
from .jsontext import CutOff, NotJSON, Pieces, TooLong, TooManyParts


class Unreadable(ValueError):
    """The submission is not a notebook that can be run; says why, to the student."""


MEGABYTE = 1024**2
MOST_SUBMISSION_BYTES = 100 * MEGABYTE
#: Of a file in another encoding than UTF-8: to bring it to that takes several times its size.
MOST_CONVERTED_BYTES = 20 * MEGABYTE
MOST_CELLS = 2000
MOST_SOURCE_BYTES = 4 * MEGABYTE
MOST_SHORT_BYTES = 1000
MOST_POINTS = 1e6
CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
HAND_IN_AGAIN = "Hand in the .ipynb file that JupyterLab saves."
SAVE_AGAIN = "See that it opens in JupyterLab, save it there, and hand in that file."
OTHER_FILES = (
    (rb"\Z", "the file is empty"),
    (rb"\0{4}", "the file is filled with zeros, what was in it is lost"),
    (rb"PK\x03\x04", "it is a zip archive, or an office document"),
    (rb"\x1f\x8b|7z\xbc\xaf|Rar!|BZh\d", "it is an archive"),
    (rb"%PDF", "it is a PDF"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8", "it is a picture"),
    (rb"<", "it is a web page"),
    (rb"[^{\[].*^(#!|# ?%%|import \w|from [\w.]+ import|def \w|class \w)", "it is a Python script"),
    (rb"(#!|# ?%%|import \w|from [\w.]+ import|def \w|class \w)", "it is a Python script"),
)


def too_large(size: int, most: int = MOST_SUBMISSION_BYTES) -> str:
    """Say that a file has too many bytes, and what to do."""
    return (
        f"The file has {size / MEGABYTE:.0f} MB, and {most / MEGABYTE:.0f} MB is the most that is "
        "graded. Clear all outputs, save, and hand in the notebook again."
    )


def read_submission(content: bytes) -> NotebookNode:
    """Read a submitted notebook.

    Parameters
    ----------
    content : bytes
        The file as it was handed in.

    Returns
    -------
    NotebookNode
        In the newest format: the cells' texts, ids and attached pictures, the
        names, checksums and points that nbgrader gave them, and nothing else of what came. Ids are
        made where there are none, the same each time.

    Raises
    ------
    Unreadable
        With a sentence that a student can act on.
    """
    pictures = Pictures()
    try:
        about, cells = _read_all(Pieces(_as_utf8(content)), _Cells(pictures))
    except CutOff:
        raise Unreadable(_not_a_notebook(content, "its end is missing")) from None
    except NotJSON:
        raise Unreadable(_not_a_notebook(content, "it is not valid JSON")) from None
    except TooManyParts:
        raise Unreadable(
            "The notebook has more lists and objects in one another than can be read. "
            "Clear all outputs, save, and hand in the notebook again."
        ) from None
    _see_version(about["nbformat"])
    _see_language(about["languages"])
    if not any(cell["source"].strip() for cell in cells):
        raise Unreadable("The notebook has no cells. Hand in the notebook with your answers.")
    return nbformat.v4.new_notebook(cells=list(_clean(cells, pictures)), nbformat_minor=5)


def _as_utf8(content: bytes) -> bytes:
    if len(content) > MOST_SUBMISSION_BYTES:
        raise Unreadable(too_large(len(content)))
    encoding = json.detect_encoding(content[:4])
    if encoding.startswith("utf-8") or content.startswith(bytes(4)):
        return content.removeprefix(b"\xef\xbb\xbf")
    if len(content) > MOST_CONVERTED_BYTES:
        raise Unreadable(too_large(len(content), MOST_CONVERTED_BYTES))
    return content.decode(encoding, "replace").encode("utf-8", "replace")


def _not_a_notebook(content: bytes, otherwise: str) -> str:
    """Say what a file seems to be that is no notebook."""
    if re.search(rb"^<{7} ", content, re.MULTILINE):
        return f"The notebook has the marks of a merge that met a conflict. {SAVE_AGAIN}"
    start = content[:4096].lstrip()
    for pattern, what in OTHER_FILES:
        if re.match(pattern, start, re.DOTALL | re.MULTILINE):
            return f"This file is not a Jupyter notebook: {what}. {HAND_IN_AGAIN}"
    to_do = SAVE_AGAIN if start.startswith(b"{") else HAND_IN_AGAIN
    return f"This file is not a Jupyter notebook that can be read: {otherwise}. {to_do}"


def _read_all(pieces: Pieces, reader: _Cells) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Go through the file; what is said twice counts as it was said last, as in JSON."""
    about: dict[str, Any] = {"nbformat": None, "languages": []}
    found: dict[str, list[dict[str, Any]] | None] = {}
    if pieces.kind == b"[":
        pieces.pass_over()
    elif pieces.kind != b"{":
        raise NotJSON
    for name in pieces.members():
        if name == "cells":
            found[name] = reader.take_list(pieces)
        elif name == "worksheets":
            found[name] = reader.take_sheets(pieces)
        elif name == "nbformat":
            about[name] = _short(pieces)
        elif name == "metadata":
            about["languages"] = _languages(pieces)
    pieces.end()
    if not found:
        raise Unreadable(
            f"This file is JSON, but not a Jupyter notebook: it has no cells. {HAND_IN_AGAIN}"
        )
    cells = found.get("cells") or found.get("worksheets") or found.get("cells", [])
    if cells is None:
        raise Unreadable(f"The notebook is damaged: its cells are not a list. {SAVE_AGAIN}")
    return about, cells


def _short(pieces: Pieces) -> Any:
    """Take a value of few bytes; None of any other."""
    try:
        return pieces.take(MOST_SHORT_BYTES)
    except TooLong:
        return None


def _languages(pieces: Pieces) -> list[str]:
    """What the notebook says of the language that it is written in."""
    said = []
    for section in pieces.members():
        for key in pieces.members() if section in ("kernelspec", "language_info") else ():
            if (section, key) in (("kernelspec", "language"), ("language_info", "name")):
                said.append(_short(pieces))
    return [language[:50] for language in said if isinstance(language, str) and language.strip()]


def _see_language(languages: list[str]) -> None:
    if languages and not any("python" in language.lower() for language in languages):
        raise Unreadable(
            f"The notebook is written for a {languages[0]} kernel. Choose a Python 3 kernel, "
            "run it, save it, and hand it in again."
        )


def _see_version(version: Any) -> None:
    if isinstance(version, str) and re.fullmatch(r"\d{1,3}", version.strip()):
        version = int(version)
    if isinstance(version, int | float) and version >= nbformat.current_nbformat + 1:
        raise Unreadable(
            f"The notebook is in format {version:g}, which is newer than "
            f"{nbformat.current_nbformat}, the newest that can be read. Save it in JupyterLab 4, "
            "and hand in that file."
        )


class _Cells:
    """Takes cells, and counts what they take."""

    def __init__(self, pictures: Pictures):
        self._number, self._source = MOST_CELLS, MOST_SOURCE_BYTES
        self._pictures = pictures

    def take_sheets(self, pieces: Pieces) -> list[dict[str, Any]]:
        """Take the cells of all worksheets of an old notebook."""
        cells = []
        for _ in pieces.items():
            for name in pieces.members():
                if name == "cells":
                    cells += self.take_list(pieces) or []
        return cells

    def take_list(self, pieces: Pieces) -> list[dict[str, Any]] | None:
        """Take a list of cells; None if it is none."""
        if pieces.kind != b"[":
            return None
        cells = []
        for _ in pieces.items():
            self._number -= 1
            if self._number < 0:
                raise Unreadable(
                    f"The notebook has more than {MOST_CELLS} cells, the most that is graded. "
                    "Leave out those that are not needed, and hand it in again."
                )
            if pieces.kind == b"{":
                cells.append(self._take(pieces))
        return cells

    def _take(self, pieces: Pieces) -> dict[str, Any]:
        cell: dict[str, Any] = {"source": "", "left_out": []}
        for name in pieces.members():
            if name in ("cell_type", "id", "level"):
                cell[name] = _short(pieces)
            elif name in ("source", "input"):
                cell["source"] = self._take_source(pieces) or cell["source"]
            elif name in ("outputs", "execution_count"):
                cell["runs"] = True
            elif name == "metadata":
                cell["tags"] = _tags(pieces)
            elif name == "attachments":
                cell["attachments"], cell["left_out"] = self._pictures.take(pieces)
        return cell

    def _take_source(self, pieces: Pieces) -> str:
        try:
            source = pieces.take(self._source)
        except TooLong:
            raise Unreadable(
                f"The cells have more than {MOST_SOURCE_BYTES // MEGABYTE} MB of text, the most "
                "that is graded. Leave out what is not needed, and hand the notebook in again."
            ) from None
        if isinstance(source, list):
            source = "".join(line for line in source if isinstance(line, str))
        if not isinstance(source, str):
            return ""
        self._source -= len(source)
        return writable(source)


def _tags(pieces: Pieces) -> dict[str, str | float]:
    """The name and checksum that nbgrader gave a cell, and the points that the checksum is of.

    All else in there is ours to say.
    """
    tags = {}
    for section in pieces.members():
        for key in pieces.members() if section == "nbgrader" else ():
            if key in ("grade_id", "checksum", "points"):
                tags[key] = _short(pieces)
    points = tags.pop("points", None)
    found = {key: value for key, value in tags.items() if isinstance(value, str)}
    if isinstance(points, int | float) and 0 <= points <= MOST_POINTS:
        found["points"] = float(points)
    return found


def _clean(cells: list[dict[str, Any]], pictures: Pictures) -> Iterator[NotebookNode]:
    """Make cells of the newest format."""
    named = {cell["id"] for cell in cells if _is_id(cell.get("id"))}
    made = (name for name in map("cell-{}".format, count(1)) if name not in named)
    used = set()
    for cell in cells:
        kind, name = _kind(cell), cell.get("id")
        if not _is_id(name) or name in used:
            name = next(made)
        used.add(name)
        clean = {"id": name, "cell_type": kind, "metadata": {}, "source": cell["source"]}
        if kind == "code":
            clean |= {"outputs": [], "execution_count": None}
        elif cell.get("attachments"):
            clean["attachments"] = cell["attachments"]
        if isinstance(cell.get("level"), int) and cell.get("cell_type") == "heading":
            clean["source"] = f"{'#' * min(max(cell['level'], 1), 6)} {cell['source']}"
        if cell.get("tags", {}).get("grade_id"):
            clean["metadata"]["nbgrader"] = cell["tags"]
        clean = nbformat.from_dict(clean)
        if kind == "markdown":
            _tell_of_pictures(clean, pictures.complete(clean), cell["left_out"])
        yield clean


def _is_id(name: Any) -> bool:
    return isinstance(name, str) and CELL_ID.fullmatch(name) is not None


def _kind(cell: dict[str, Any]) -> str:
    said = str(cell.get("cell_type")).lower()
    if said in ("code", "markdown", "raw"):
        return said
    if said in ("heading", "html"):  # of older formats
        return "markdown"
    return "code" if "runs" in cell else "raw"


def _tell_of_pictures(cell: NotebookNode, missing: list[str], left_out: list[str]) -> None:
    """Note in a text cell which pictures are not shown, and why."""
    missing = [name for name in missing if name not in left_out]
    notes = []
    if left_out:
        notes.append(
            f"Not shown: {_some(left_out)}. A picture must be a PNG, JPEG or GIF of at most "
            f"{MOST_PICTURE_BYTES // MEGABYTE} MB, and all in a notebook have at most "
            f"{MOST_PICTURES_BYTES // MEGABYTE} MB."
        )
    if missing:
        notes.append(f"Not in the notebook: {_some(missing)}. Paste it into the cell again.")
    if notes:
        cell.metadata["course"] = {"note": " ".join(notes)}


def _some(names: list[str]) -> str:
    more = [f"and {len(names) - 5} more"] if len(names) > 5 else []
    return ", ".join([*names[:5], *more])
