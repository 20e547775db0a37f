"""What a watch says: on the terminal, a line at a time, and on its page."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ..pages.status import status_page
from ..shared.files import write_whole

MOST_LINES = 200
MOST_TOLD = 1000
WRITE_SECONDS = 1.0  # between two pages at least
STILL_SECONDS = 20.0  # and at most, where nothing happens
FOLDER = "watch"


class Status:
    """What was done, and what is the matter.

    Parameters
    ----------
    out : Path
        Where results go; the page is in ``watch/`` there.
    name, title : str
        Of the assignment.
    places : list of str
        What is looked at.
    show : callable
        Shows a line on the terminal; also given whether something is the matter.
    """

    def __init__(
        self, out: Path, name: str, title: str, places: list[str],
        show: Callable[[str, bool], None],
    ):  # fmt: skip
        self.page = out / FOLDER / f"{name}.html"
        since = time.strftime("%Y-%m-%d %H:%M")
        self._about = {"name": name, "title": title, "places": places, "since": since}
        self._show, self._told = show, set()
        self._lines: deque[tuple[str, str]] = deque(maxlen=MOST_LINES)
        self._graded, self._waiting, self._trouble, self._written = 0, 0, "", 0.0
        self._stale, self._ended = True, False

    def say(self, line: str) -> None:
        """Show a line about one thing that was done."""
        self._add(line, False)

    def tell(self, sentence: str) -> None:
        """Show a sentence that the instructor should know, if that was not shown before."""
        if sentence in self._told:
            return
        if len(self._told) > MOST_TOLD:
            self._told.clear()
        self._told.add(sentence)
        self._add(sentence, True)

    def _add(self, text: str, matter: bool) -> None:
        now = time.strftime("%H:%M:%S")
        self._lines.appendleft((now, text))
        self._show(f"{now}  {'course: ' if matter else ''}{text}", matter)
        self._stale = True
        self.look()

    def counted(self, graded: int, waiting: int) -> None:
        """Note how many more were graded, and how many are to be."""
        self._graded, self._waiting = self._graded + graded, waiting
        self._stale = True

    def trouble(self, sentence: str) -> None:
        """Show what keeps it from going on; empty if nothing does."""
        if sentence == self._trouble:
            return
        before, self._trouble = self._trouble, sentence
        self._told.discard(sentence)
        if sentence:
            self.tell(sentence)
        elif before:
            self.say("It works again.")

    def look(self, ended: bool = False) -> None:
        """Bring the page up to date; what cannot be written is, with the next."""
        since = time.monotonic() - self._written
        self._ended |= ended
        if not self._ended and since < (WRITE_SECONDS if self._stale else STILL_SECONDS):
            return
        with suppress(OSError):
            write_whole(self.page, status_page(
                **self._about, looked=time.strftime("%H:%M:%S"), graded=self._graded,
                waiting=self._waiting, trouble=self._trouble, ended=self._ended, lines=self._lines,
            ))  # fmt: skip
        self._written, self._stale = time.monotonic(), False
