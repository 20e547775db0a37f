"""Say something in a notebook: in sentences, or how far something is that takes a while."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from IPython import get_ipython
from IPython.display import display


@contextmanager
def telling(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show how much is done: not on stderr, which notebooks show as they show errors.

    Parameters
    ----------
    what : str
        What is done.

    Yields
    ------
    callable
        Called with how much is done, of how much. It shows nothing where there is no notebook.
    """
    if getattr(get_ipython(), "kernel", None) is None:
        yield lambda done, total: None
        return
    handle = display({"text/plain": f"{what} …"}, raw=True, display_id=True)
    shown = [0]

    def tell(done: int, total: int) -> None:
        if done != shown[0]:
            shown[0] = done
            handle.update({"text/plain": f"{what}: cell {done} of {total} …"}, raw=True)

    try:
        yield tell
    finally:
        handle.update({"text/plain": ""}, raw=True)


@dataclass(frozen=True)
class Said:
    """Sentences, as Jupyter shows them.

    Attributes
    ----------
    text : str
        With code between backticks, and what stands out between asterisks.
    """

    text: str

    def __repr__(self) -> str:
        return self.text.replace("*", "")

    def _repr_markdown_(self) -> str:
        return self.text
