"""Remember which cells of a notebook stopped with an error, and say what that may mean."""

from __future__ import annotations

import re

from IPython import get_ipython

from ..inside.leftovers import DRAWING, drawing_packages, listed, packages
from .about import KnownError

SENTENCE = "A cell of this question stopped with an error: {what}."


KNOWN = (
    KnownError(
        "an array where one truth value is asked",
        r"ValueError: The truth value of an array",
        "An array stands where one True or False is asked for: in an `if`, beside `and` or `or`, "
        "or as an argument of a function that takes a switch there. Does the function take as "
        "many arrays as you give it?",
    ),
    KnownError(
        "an argument left out",
        r"TypeError: \S+ missing \d+ required positional argument",
        "The function is called without something that it needs. Compare the call with the line "
        "that begins with `def`.",
    ),
    KnownError(
        "x and y of different lengths",
        r"ValueError: x and y must have same first dimension",
        "To draw one array against another, both need as many values, in the same order. Compare "
        "their `.shape`: were both taken from the same session, and was only one of them cut?",
    ),
    KnownError(
        "an argument that there is not",
        r"TypeError: .*got an unexpected keyword argument",
        "The function knows no argument of that name. `help(...)` of it lists those that there "
        "are, spelled as they must be.",
    ),
    KnownError(
        "an object that is no key",
        r"KeyError: <.* at 0x[0-9a-f]+>",
        "A dictionary is asked for an object itself, and another object of the same kind is "
        "another key. Look things up by an id or a name, or give them to the function.",
    ),
    KnownError(
        "a name that does not exist",
        r"NameError: name '\w+' is not defined",
        "Was the cell that makes this name run, and is the name spelled the same in both places? "
        "Restart the kernel and run all cells from the top.",
    ),
)

NO_PACKAGE = re.compile(r"ModuleNotFoundError: No module named '([\w.]+)'")


def known_error(text: str | None, more: tuple[KnownError, ...] = ()) -> KnownError | None:
    """Recognise an error by its name and message, as one of those that are met in any notebook.

    Parameters
    ----------
    text : str, optional
        Such as ``"NameError: name 'x' is not defined"``.
    more : tuple of KnownError
        Those of the assignment, which come first.
    """
    text = text or ""
    missing = NO_PACKAGE.search(text)
    known = (*more, *([_no_package(missing)] if missing else []), *KNOWN)
    return next((one for one in known if re.search(one.pattern, text)), None)


def _no_package(missing: re.Match) -> KnownError:
    """Say which package is not there, and which are: here, and where answers are graded."""
    package = missing[1].partition(".")[0]
    draws = package in DRAWING
    there = (
        f"To draw, there {listed(drawing_packages())}." if draws else f"There {listed(packages())}."
    )
    own = "" if draws else f" If `{package}` is a file of your own, hand it in beside the notebook."
    return KnownError(
        "a package that is not there",
        NO_PACKAGE.pattern,
        f"`{package}` is not among the packages that this notebook is graded with. {there}{own}",
    )


def error_sentence(name: str, message: str, more: tuple[KnownError, ...] = ()) -> str:
    """Say that a cell stopped with an error, and where to look if it is a known one.

    Parameters
    ----------
    name, message : str
        Of the exception: ``"NameError"``, ``"name 'x' is not defined"``.
    more : tuple of KnownError
        Those of the assignment.
    """
    what = f"{name}: {message}".strip(": ")
    known = known_error(what, more)
    return SENTENCE.format(what=what[:200].rstrip(".")) + (f" {known.hint}" if known else "")


class CellErrors:
    """The errors that cells stopped with, until they run through, or another question is checked.

    Cells run before a check belong to its question, as far as one can tell.

    Parameters
    ----------
    known : tuple of KnownError
        Those of the assignment.

    Attributes
    ----------
    fresh : bool
        Whether the last cell that was run, but for those that check, stopped with an error.
    """

    def __init__(self, known: tuple[KnownError, ...] = ()):
        self._known = known
        self.fresh = self._checking = False
        self._errors: dict[str, str] = {}
        self._checked: str | None = None
        self._told: set[str] = set()
        shell = get_ipython()
        if shell is not None:
            shell.events.register("post_run_cell", self._ran)

    def _ran(self, result) -> None:
        cell = getattr(result.info, "cell_id", None) or result.info.raw_cell
        error = result.error_before_exec or result.error_in_exec
        self._errors.pop(cell, None)
        if not self._checking:
            self.fresh = error is not None
        self._checking = False
        if error is not None:
            self._errors[cell] = error_sentence(type(error).__name__, str(error), self._known)

    def before(self, question: str) -> str | None:
        """Return the first error since another question was checked; None if there was none."""
        if question != self._checked:
            for cell in self._told:
                self._errors.pop(cell, None)
        self._checked, self._told = question, set(self._errors)
        self._checking = True
        return next(iter(self._errors.values()), None)
