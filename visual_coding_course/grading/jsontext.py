"""Take single values out of JSON text, and pass over all else without building it.

A file of a few megabytes of brackets becomes gigabytes of objects, and what is wanted of a notebook
is a small part of it: its outputs are most of a file. So the text is gone through by expressions
that take no memory, and only what is asked for is made into values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

# Of the members and items that are gone through one by one, and of what is passed over that is not
# passed over at once.
MOST_STEPS, MOST_HOPS = 300_000, 3_000_000
MOST_NAME_BYTES = 1000
LONGEST_INTEGER = 19
# Possessive, so that nothing is gone through again, however it ends. Before Python 3.11.5, what is
# repeated so and fails halfway is not gone back over, but where an alternative comes after it.
_BACK = rb"|(?!)"
_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_FLAT = rb'(?:[^"\[\]{}]++|' + _STRING + _BACK + rb")*+"
_SHALLOW = rb'(?:[^"\[\]{}]++|' + _STRING + rb"|[\[{]" + _FLAT + rb"[\]}]" + _BACK + rb")*+"
_DEEP = rb'(?:[^"\[\]{}]++|' + _STRING + rb"|[\[{]" + _SHALLOW + rb"[\]}]" + _BACK + rb")*+"
STRING = re.compile(_STRING, re.DOTALL)
SCALAR = re.compile(rb'[^\s,:\[\]{}"]++')
FLAT_LIST = re.compile(rb"\[" + _FLAT + rb"\]", re.DOTALL)
#: What stands in a list or an object, up to where one begins that has more than two others within.
EASY = re.compile(_DEEP, re.DOTALL)
SPACE = re.compile(rb"[ \t\r\n]*+")


class NotJSON(ValueError):
    """The text is not JSON."""


class CutOff(NotJSON):
    """The text is JSON as far as it goes."""


class TooManyParts(ValueError):
    """The text has more lists and objects in one another than are gone through."""


class TooLong(ValueError):
    """A value has more bytes than may be taken."""


class Pieces:
    """A place in JSON text.

    Parameters
    ----------
    text : bytes
        In UTF-8.
    """

    def __init__(self, text: bytes):
        self._text, self._steps, self._hops = text, 0, 0
        self._place = SPACE.match(text).end()

    @property
    def kind(self) -> bytes:
        """First byte of what comes next; empty at the end."""
        return self._text[self._place : self._place + 1]

    def members(self) -> Iterator[str]:
        """Go through the object that comes next, if it is one.

        Yields
        ------
        str
            The name of a member, whose value comes next; if nothing of it is
            taken, it is passed over.
        """
        if self.kind != b"{":
            return
        for _ in self._through(b"}"):
            try:
                name = self.take(MOST_NAME_BYTES)
            except TooLong:
                name = None
                self.pass_over()
            self._expect(b":")
            value = self._place
            yield name if isinstance(name, str) else ""
            if self._place == value:
                self.pass_over()

    def items(self) -> Iterator[None]:
        """Go through the list that comes next, if it is one; as `members` does."""
        if self.kind != b"[":
            return
        for _ in self._through(b"]"):
            value = self._place
            yield
            if self._place == value:
                self.pass_over()

    def take(self, most: int) -> Any:
        """Take a text, a number, true, false, null, or a list of these.

        Parameters
        ----------
        most : int
            Bytes that it may have.

        Returns
        -------
        object
            None also of what is something else, which is then passed over.

        Raises
        ------
        TooLong
            If it has more bytes; it is still what comes next.
        """
        pattern = {b'"': STRING, b"[": FLAT_LIST}.get(self.kind, SCALAR)
        found = pattern.match(self._text, self._place)
        if found is None:
            self.pass_over()
            return None
        if found.end() - found.start() > most:
            raise TooLong
        try:
            text = found[0].decode("utf-8", "replace")
            value = json.loads(text, strict=False, parse_int=_integer)
        except ValueError:
            raise NotJSON from None
        self._go_to(found.end())
        return value

    def end(self) -> None:
        """See that nothing comes any more."""
        if self.kind:
            raise NotJSON

    def _through(self, closing: bytes) -> Iterator[None]:
        self._go_to(self._place + 1)
        if self.kind == closing:
            self._go_to(self._place + 1)
            return
        while True:
            self._steps += 1
            if self._steps > MOST_STEPS:
                raise TooManyParts
            yield
            if self.kind == closing:
                self._go_to(self._place + 1)
                return
            self._expect(b",")

    def pass_over(self) -> None:
        """Go to the end of what comes next, whatever is in it."""
        if self.kind == b'"' or self.kind not in (b"[", b"{"):
            found = (STRING if self.kind == b'"' else SCALAR).match(self._text, self._place)
            if found is None:
                raise CutOff if self.kind in (b"", b'"') else NotJSON
            self._go_to(found.end())
            return
        depth, place = 0, self._place
        while True:
            self._hops += 1
            if self._hops > MOST_HOPS:
                raise TooManyParts
            kind = self._text[place : place + 1]
            if kind == b"" or kind == b'"':  # a text that does not end
                raise CutOff
            depth += 1 if kind in b"[{" else -1
            if depth == 0:
                self._go_to(place + 1)
                return
            place = EASY.match(self._text, place + 1).end()

    def _expect(self, what: bytes) -> None:
        if self.kind != what:
            raise NotJSON if self.kind else CutOff
        self._go_to(self._place + 1)

    def _go_to(self, place: int) -> None:
        self._place = SPACE.match(self._text, place).end()


def _integer(digits: str) -> int:
    """A whole number; a longer one, which takes time with the square of its length, is none."""
    return int(digits) if len(digits) <= LONGEST_INTEGER else 0
