"""The forms of answers: how each is read, and when it is what it should be.

A form reads an answer into a plain value, or raises `Wrong` or `NotAttempted`; and tells whether a
plain value is as near to another as it must be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from . import values
from .drawings import Drawing, Panel, entries_for
from .figures import need_labels, need_lines, read, where_read
from .spread import FEW, shows_spread
from .wrong import STOPS, Misnamed, Tolerance, Wrong

#: How far a point may be from where it should be, in steps of the curve along x; and along y, of
#: its extent, where its values need not be nearer.
NEAR, DRAWN = 0.2, 1e-3


@dataclass(frozen=True)
class Form:
    """What all forms can do.

    Attributes
    ----------
    of : str
        What the answer should be, for messages: ``"a 1-D array of times in seconds"``.
    """

    of: str = ""
    #: What an answer does that is something else, in a sentence about it.
    verb: ClassVar[str] = "is"

    def read(self, name: str, value: Any) -> Any:
        """Return the answer in a plain form."""
        raise NotImplementedError

    def read_strictly(self, name: str, value: Any) -> Any:
        """The same where the form is all that is asked for: no type stands for another one."""
        return self.read(name, value)

    def fitted(self, found: Any, right: Any) -> tuple[Any, Any]:
        """A plain value and the right one, made comparable where another case asks for the form.

        So a wrong form costs that case alone, and not what the values are worth.
        """
        return found, right

    def same(self, found: Any, right: Any, exact: Tolerance) -> bool:
        """Whether a plain value is what it should be."""
        return exact.same(found, right)

    def alike(self, one: Any, other: Any, exact: Tolerance) -> bool:
        """Whether two values of the step are the same."""
        return np.shape(one) == np.shape(other) and self.same(one, other, exact)

    def usable(self, found: Any) -> bool:
        """Whether later answers may follow from a plain value: finite, not the same throughout."""
        return np.size(found) == 1 or values.usable(found)

    def of_each(self, name: str, found: Any, each: tuple, way: Any) -> Any:
        """What a plain value has for several values of a variable; `way` is what is right."""
        raise NotImplementedError

    def picked(self, value: Any, each: Any, way: Any) -> Any:
        """What a slip gives for several values of a variable, if it gives it for all there are."""
        return value

    def need_shape(self, name: str, found: Any, right: Any, exact: Tolerance) -> None:
        """Raise `Wrong` if a plain value has not the shape of the right one."""
        if np.shape(found) != np.shape(right):
            raise Wrong(
                name,
                "wrong_shape",
                f"`{name}` has the shape {np.shape(found)}. It should be {self.of}, with the "
                f"shape {np.shape(right)}.",
                value=found,
                tolerance=exact,
            )

    def judge(self, name: str, found: Any, right: Any, exact: Tolerance) -> None:
        """Raise `Wrong` if a plain value is not what it should be."""
        self.need_shape(name, found, right, exact)
        if not self.same(found, right, exact):
            raise Wrong(
                name,
                "wrong_value",
                f"`{name}` has the right form, but not the right value.",
                value=found,
                tolerance=exact,
            )


@dataclass(frozen=True)
class _Number(Form):
    whole: bool = False

    def read(self, name: str, value: Any) -> Any:
        return (values.integer if self.whole else values.number)(name, value)


@dataclass(frozen=True)
class _Array(Form):
    ndim: int = 1

    def read(self, name: str, value: Any) -> np.ndarray:
        return values.finite(name, values.array(name, value, self.ndim, self.of))


@dataclass(frozen=True)
class _Text(Form):
    def read(self, name: str, value: Any) -> str:
        return values.of_type(name, value, str, f"{self.of}.").strip()

    def same(self, found: str, right: str, exact: Tolerance) -> bool:
        return found.casefold() == str(right).strip().casefold()


@dataclass(frozen=True)
class _Series(Form):
    def read(self, name: str, value: Any) -> pd.Series:
        return values.of_type(name, value, pd.Series, f"{self.of}.")

    def same(self, found: pd.Series, right: pd.Series, exact: Tolerance) -> bool:
        return exact.same(found.reindex(right.index).to_numpy(), right.to_numpy())

    def judge(self, name: str, found: pd.Series, right: pd.Series, exact: Tolerance) -> None:
        if set(found.index) != set(right.index) or found.index.has_duplicates:
            sentence = f"The index of `{name}` is not what it should be. It should be {self.of}."
            raise Wrong(name, "wrong_shape", sentence, value=found.to_numpy(), tolerance=exact)
        if not self.same(found, right, exact):
            sentence = f"`{name}` has the right index, but not the right values."
            in_order = found.reindex(right.index).to_numpy()
            raise Wrong(name, "wrong_value", sentence, value=in_order, tolerance=exact)


@dataclass(frozen=True)
class _Callable(Form):
    """Any function: read, called, and judged by what it returns."""

    verb: ClassVar[str] = "returns"
    result: Form = Form()

    def read(self, name: str, value: Any) -> Callable:
        values.attempted(name, value)
        if not callable(value):
            kind = values.kind(value)
            sentence = f"`{name}` is {kind}. It should be {self.of}."
            raise Wrong(name, "wrong_type", sentence, mistake="not a function")
        return value

    def stopped(self, name: str, error: Exception, arguments: tuple) -> Wrong:
        """What to raise for an error in the student's function."""
        said = str(error) if isinstance(error, RuntimeError) else f"{type(error).__name__}: {error}"
        sentence = f"`{name}` stopped with an error when it was called: {said[:300]}"
        return Wrong(name, "wrong_value", sentence, mistake=STOPS)


@dataclass(frozen=True)
class _Function(_Callable):
    calls: Callable[..., list[tuple]] = list


@dataclass(frozen=True)
class FunctionOfStep(_Callable):
    """A function whose results are the values of a step; see `function`."""

    takes: tuple[str, ...] = ()
    each: Callable | None = None

    def usable_result(self, result: Any) -> Any:
        """Return a result in plain form, if answers may follow from it; or raise LookupError."""
        found = self.result.read("", result)
        if not self.result.usable(found):
            raise LookupError("nothing to build upon")
        return found


@dataclass(frozen=True)
class _Curves(Form):
    verb: ClassVar[str] = "shows"
    x: str = ""
    y: str = ""

    def read(self, name: str, value: Any) -> Drawing:
        drawing = read(name, value)
        with where_read(drawing):
            need_lines(drawing, f"Draw {self.of} with `ax.plot`.")
        return drawing

    def same(self, found: Drawing, right: Any, exact: Tolerance) -> bool:
        return not self._missing(found, right, exact)

    def alike(self, one: Any, other: Any, exact: Tolerance) -> bool:
        one, other = _curves(one), _curves(other)
        return one.keys() == other.keys() and all(
            np.shape(mine) == np.shape(theirs) and exact.same(mine, theirs)
            for name in one
            for mine, theirs in zip(one[name], other[name])
        )

    def judge(self, name: str, found: Drawing, right: Any, exact: Tolerance) -> None:
        if missing := self._missing(found, right, exact):
            which = f" of {' and '.join(missing)}" if any(missing) else ""
            sentence = f"`{name}` does not show {self.of}{which}. What is on its axes?"
            with where_read(found):
                raise Wrong(name, "wrong_value", sentence, value=found)
        need_labels(found, self.x, self.y)
        words = _words(found)
        if unnamed := [one for one in _curves(right) if not _said(one, words)]:
            raise Misnamed(
                name,
                "wrong_value",
                f"`{name}` does not say which line is {' and which is '.join(unnamed)}. Give each "
                "line a `label` and call `ax.legend()`, or give each panel a title.",
                mistake="no legend",
            )

    def _missing(self, found: Drawing, right: Any, exact: Tolerance) -> list[str]:
        """Names of the curves that no line shows; where lines are named, no line of that name."""
        lines = [
            (line, _named(found, panel, place))
            for panel in found.panels
            for place, line in enumerate(panel.lines)
        ]
        missing = []
        for label, (x, y) in _curves(right).items():
            others = [other for other in _curves(right) if other != label]
            own = [
                line
                for line, name in lines
                if _said(label, name) or not any(_said(other, name) for other in others)
            ]
            if not any(_shows(line, x, y, exact) for line in own):
                missing.append(label)
        return missing


def _named(drawing: Drawing, panel: Panel, place: int) -> str:
    """What a line is called by a legend, or else by the title of its panel."""
    entries = entries_for(*panel.styles[place], [*panel.legend, *drawing.legend])
    return entries[0].text if len(entries) == 1 else panel.title


def _said(name: str, text: str) -> bool:
    """Whether a text has a name in it, as a word or several; capitals do not count."""
    pattern = rf"(?<!\w){re.escape(name)}(?!\w)"
    return not name or bool(re.search(pattern, text, re.IGNORECASE))


def _shows(line: np.ndarray, x: Any, y: Any, exact: Tolerance) -> bool:
    """Whether a line has all points of a curve, or every nth from first to last."""
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    line = line[np.isfinite(line).all(axis=1)]
    if not 2 <= len(line) <= len(x):
        return False
    places = np.clip(np.searchsorted(x, line[:, 0]), 1, len(x) - 1)
    places -= line[:, 0] - x[places - 1] < x[places] - line[:, 0]
    every = np.diff(places)
    if every.min() < 1 or every.min() != every.max():
        return False
    if places[0] >= every[0] or places[-1] < len(x) - every[0]:
        return False
    step = np.diff(x).min()
    rounding = Tolerance(exact.rtol, max(exact.atol, DRAWN * float(np.ptp(y))))
    near = np.abs(line[:, 0] - x[places]).max() <= NEAR * step
    return bool(near and rounding.same(line[:, 1], y[places]))


@dataclass(frozen=True)
class _Spread(Form):
    verb: ClassVar[str] = "shows"
    x: str = ""

    def read(self, name: str, value: Any) -> Drawing:
        return read(name, value)

    def same(self, found: Drawing, right: Any, exact: Tolerance) -> bool:
        return any(shows_spread(panel, np.asarray(right, dtype=float)) for panel in found.panels)

    def alike(self, one: Any, other: Any, exact: Tolerance) -> bool:
        return np.shape(one) == np.shape(other) and exact.same(one, other)

    def judge(self, name: str, found: Drawing, right: Any, exact: Tolerance) -> None:
        if not self.same(found, right, exact):
            sentence = f"`{name}` does not show {self.of}: each value counted, or as a point."
            with where_read(found, FEW):
                raise Wrong(name, "wrong_value", sentence, value=found)
        need_labels(found, self.x, "how many")


def _curves(right: Any) -> Mapping[str, tuple]:
    return right if isinstance(right, Mapping) else {"": right}


def _words(drawing: Drawing) -> str:
    owners = [drawing, *drawing.panels]
    entries = [entry.text for owner in owners for entry in owner.legend]
    titles = [panel.title for panel in drawing.panels]
    return " ".join([*entries, *titles, *(text for owner in owners for text in owner.texts)])


def number(of: str = "a single number") -> Form:
    """A single finite number."""
    return _Number(of)


def integer(of: str = "a whole number") -> Form:
    """A plain integer, of Python or numpy."""
    return _Number(of, whole=True)


def array(ndim: int, of: str) -> Form:
    """Numbers along so many axes, in an array, a list or a Series."""
    return _Array(of, ndim)


def text(of: str = "a text") -> Form:
    """A text; capitals and spaces around it do not count."""
    return _Text(of)


def series(of: str) -> Form:
    """A pandas Series, in whatever order, with the index of the right one."""
    return _Series(of)


def function(
    result: Form,
    calls: Callable[..., list[tuple]] | None = None,
    *,
    takes: tuple[str, ...] = (),
    each: Callable | None = None,
    of: str = "a function",
) -> Form:
    """A function.

    Parameters
    ----------
    result : Form
        Of what it returns.
    calls : callable
        If the step's value is the right function: takes given variables of the notebook, by their
        names, and lists the arguments of each call that is compared.
    takes : tuple of str
        If the step's value is what the function returns: the steps and given variables that it is
        called with.
    each : callable, optional
        As of `asking.Asked`: with which values it is seen whether a student's is right.
    of : str
        What it should be, for messages.
    """
    if takes:
        return FunctionOfStep(of, result, tuple(takes), each)
    return _Function(of, result, calls)


def curves(of: str, x: str, y: str) -> Form:
    """A figure with lines.

    Parameters
    ----------
    of : str
        What the lines show: ``"the mean response"``.
    x, y : str
        What the axes should be named after.

    Notes
    -----
    The step's value is ``(x, y)``, or a dict of such by what each line must be called in a legend
    or a title; capitals do not count. A line must have all points of its curve, or every nth from
    the first to the last, at their x and with their y.
    """
    return _Curves(of, x, y)


def shown() -> Form:
    """A figure that a case judges by a function of the assignment's; see `asking.Asked.by`."""
    return Form()


def spread(of: str, x: str) -> Form:
    """A figure of how some values are spread, as a histogram or in another way.

    The step's value are the values, and `x` is what their axis should be named after.
    """
    return _Spread(of, x)
