"""Pictures that were pasted into text cells: keep those that can be shown safely."""

from __future__ import annotations

import re
from base64 import b64decode
from html import unescape
from typing import Any
from urllib.parse import quote, unquote

from nbformat import NotebookNode

from .jsontext import Pieces, TooLong

MOST_PICTURE_BYTES = 5 * 1024**2
MOST_PICTURES_BYTES = 10 * 1024**2  # in one notebook
MOST_PICTURES = 100
LONGEST_NAME = 200
#: How a picture of each kind begins.
KINDS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff", "image/gif": b"GIF8"}
BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
REFERENCE = re.compile(r"attachment:([^\s)\"'<>\]]{1,200})", re.IGNORECASE)
MOST_REFERENCES = 300  # in one notebook
#: A clear pixel, in the place of a picture that is not there.
NOTHING = {
    "image/png": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAA"
    "AABJRU5ErkJggg=="
}


class Pictures:
    """Takes the pictures of one notebook, and counts them."""

    def __init__(self):
        self._bytes, self._number = MOST_PICTURES_BYTES, MOST_PICTURES
        self._references = MOST_REFERENCES

    def take(self, pieces: Pieces) -> tuple[dict[str, dict[str, str]], list[str]]:
        """Take a cell's attachments.

        Parameters
        ----------
        pieces : Pieces
            Before the cell's attachments.

        Returns
        -------
        kept : dict
            Kind and base 64 of each picture, by its name, as in a notebook.
        left_out : list of str
            Names of pictures that are too large, or cannot be shown.
        """
        kept, left_out = {}, []
        for name in map(writable, pieces.members()):
            data = {}
            for kind in pieces.members():
                if kind in KINDS:
                    most = min(MOST_PICTURE_BYTES * 4 // 3, self._bytes) if self._number else 0
                    try:
                        data = _picture(kind, pieces.take(most)) or data
                    except TooLong:
                        continue
            if data and 0 < len(name) <= LONGEST_NAME:
                kept[name] = data
                self._bytes -= sum(map(len, data.values()))
                self._number -= 1
            elif len(left_out) < MOST_PICTURES:
                left_out.append(name[:LONGEST_NAME])
        return kept, left_out

    def complete(self, cell: NotebookNode) -> list[str]:
        """Put a clear pixel in the place of each picture that a text shows and that is not there.

        nbconvert, and with it the formgrader, shows no notebook with a picture missing.

        Parameters
        ----------
        cell : NotebookNode
            A text cell; gets the pixels as attachments.

        Returns
        -------
        list of str
            Names of the pictures that are not there.
        """
        named = REFERENCE.findall(cell.source)[: self._references]
        if not named:
            return []
        self._references -= len(named)
        kept, missing = cell.get("attachments", {}), []
        by_plain = {unquote(name): data for name, data in kept.items()}
        for name in dict.fromkeys(named):
            # Programs differ in which signs of a file's name they write as %20.
            plain = unquote(unescape(name))
            if plain not in by_plain:
                missing.append(plain)
            for written in {name, unescape(name), plain, quote(plain), unquote(name)}:
                kept.setdefault(written, by_plain.get(plain, NOTHING))
        cell["attachments"] = NotebookNode(
            {name: NotebookNode(data) for name, data in kept.items()}
        )
        return missing


def writable(text: str) -> str:
    """Replace half of a surrogate pair: it is JSON, but no text that can be written."""
    return text.encode("utf-8", "replace").decode()


def _picture(kind: str, value: Any) -> dict[str, str] | None:
    """A picture's data, if it is one of that kind; by its first bytes, as browsers see it."""
    if isinstance(value, list):
        value = "".join(line for line in value if isinstance(line, str))
    if not isinstance(value, str):
        return None
    value = "".join(value.split())
    if not BASE64.fullmatch(value) or not b64decode(value[:24]).startswith(KINDS[kind]):
        return None
    return {kind: value}
