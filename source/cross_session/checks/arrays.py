"""How the answers that are recordings, images, traces and responses are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from visual_coding_course.checking import Tolerance, Wrong, values
from visual_coding_course.checking.forms import Form, FunctionOfStep
from visual_coding_course.checking.wrong import STOPS

from . import truth

SEVERAL = "all neurons, or all repeats"
#: Of a response with fewer frames than this share, nothing can be said.
NEARLY_ALL = 0.9


class Opened(Form):
    """The recording of a session, opened by AllenSDK; read as a `truth.Recording`."""

    def read(self, name: str, value: Any) -> truth.Recording:
        values.attempted(name, value)
        if truth.is_recording(value):
            return truth.recording(value)
        raise Wrong(
            name,
            "wrong_type",
            f"`{name}` is {values.kind(value)}. It should be the recording that "
            "`boc.get_ophys_experiment_data(...)` opens.",
            mistake=_unopened(value),
        )

    def usable(self, found: truth.Recording) -> bool:
        return True

    def judge(self, name: str, found: Any, right: Any, exact: Tolerance) -> None:
        if found.session_id != right.session_id:
            raise Wrong(name, "wrong_value", "", value=found.session_id)


def _unopened(value: Any) -> str:
    """Name what was given in the place of a recording."""
    names = {
        (str, Path): "a path in place of the recording",
        (int, np.integer): "an id in place of the recording",
        (list, tuple): "left as a list",
        (dict, pd.DataFrame): "the catalogue's entry in place of the recording",
    }
    for types, name in names.items():
        if isinstance(value, types):
            return name
    return "a function not called" if callable(value) else "not a recording"


@dataclass(frozen=True)
class Numbers(Form):
    """An array of numbers, with a sentence of its own on its shape.

    Attributes
    ----------
    ndim : int
        Axes that it must have.
    shape : callable
        Takes what was found and what is right; returns what is said of a wrong shape, and the
        name of the mistake, if it has one.
    finite : bool
        Whether NaN is never right.
    """

    ndim: int = 1
    shape: Callable[[np.ndarray, np.ndarray], tuple[str, str | None]] | None = None
    finite: bool = False

    def read(self, name: str, value: Any) -> np.ndarray:
        found = values.array(name, value, self.ndim, self.of, several=SEVERAL)
        return values.finite(name, found) if self.finite else found

    def need_shape(self, name: str, found: Any, right: Any, exact: Tolerance) -> None:
        if np.shape(found) != np.shape(right):
            said, mistake = self.shape(found, right)
            sentence = f"`{name}` has {said}"
            raise Wrong(name, "wrong_shape", sentence, value=found, tolerance=exact,
                        mistake=mistake)  # fmt: skip


def _pixels(found: np.ndarray, right: np.ndarray) -> tuple[str, None]:
    height, width = right.shape
    return (
        f"the shape {found.shape}. It should cover the whole image, {height} x {width} pixels.",
        None,
    )


def _count(found: np.ndarray) -> str:
    return f"{found.size} value{'s'[: found.size != 1]}"


def _frames(found: np.ndarray, right: np.ndarray) -> tuple[str, None]:
    return f"{_count(found)}. It should have one for each imaging frame of the whole session.", None


def _of_movie(found: np.ndarray, right: np.ndarray) -> tuple[str, None]:
    return f"{_count(found)}. It should be {MEAN}.", None


def _repeats(found: np.ndarray, right: np.ndarray) -> tuple[str, None]:
    entries = "entry" if found.size == 1 else "entries"
    return f"{found.size} {entries}. There should be one for each repeat of the movie.", None


def response_shape(found: np.ndarray, right: np.ndarray) -> tuple[str, str | None]:
    """Say what is wrong with the shape of a response."""
    mistake = None
    if found.shape[0] == right.shape[0]:
        mistake = "wrong number of frames"
    elif found.shape[1] == right.shape[1]:
        mistake = "wrong number of repeats"
    return (
        f"the shape {found.shape}. It should have one row for each of the 10 repeats and 900 "
        "columns, the imaging frames from the start of the repeat."
    ), mistake


MEAN = "a 1-D array of 900 values, one for each imaging frame"
IMAGE = Numbers("a 2-D array, rows x columns of pixels", 2, _pixels)
MOVIE = Numbers(MEAN, 1, _of_movie, finite=True)


class Mask(Numbers):
    """An image that is 0 outside the neuron; read as truth values."""

    def read(self, name: str, value: Any) -> np.ndarray:
        found = super().read(name, value)
        if np.isnan(found).any():
            raise Wrong(
                name,
                "wrong_value",
                f"`{name}` is NaN where it should be 0: outside the neuron.",
                mistake="NaN in place of 0",
            )
        return found != 0


MASK = Mask(IMAGE.of, 2, _pixels)


class Trace(Numbers):
    """One of the two arrays that `get_dff_traces` returns."""

    def read(self, name: str, value: Any) -> np.ndarray:
        if isinstance(value, tuple) and [type(part) for part in value] == [np.ndarray] * 2:
            raise Wrong(
                name,
                "wrong_type",
                f"`{name}` is a tuple of two arrays, the times and dF/F together.",
                mistake="both results together",
            )
        return super().read(name, value)

    def judge(self, name: str, found: Any, right: Any, exact: Tolerance) -> None:
        self.need_shape(name, found, right, exact)
        if not self.same(found, right, exact):
            values.finite(name, found)
        super().judge(name, found, right, exact)


TIMES = Trace("a 1-D array of times in seconds", 1, _frames)
TRACE = Trace("a 1-D array: one neuron, one value for each frame", 1, _frames)


class Starts(Numbers):
    """The frames at which repeats start; a table with one column counts as that column."""

    def read(self, name: str, value: Any) -> np.ndarray:
        if isinstance(value, pd.DataFrame) and value.shape[1] > 1:
            raise Wrong(
                name,
                "wrong_shape",
                f"`{name}` is a table of {len(value)} rows. Take its column `start`.",
                mistake="rows of the table",
            )
        return super().read(name, np.ravel(value) if isinstance(value, pd.DataFrame) else value)

    def read_strictly(self, name: str, value: Any) -> np.ndarray:
        found = self.read(name, value)
        if np.asarray(value).dtype.kind == "f":
            raise Wrong(
                name,
                "wrong_type",
                f"`{name}` holds numbers with a decimal point. It should be {self.of}: nothing "
                "else can index a trace.",
                mistake="a decimal number",
            )
        return found

    def need_shape(self, name: str, found: Any, right: Any, exact: Tolerance) -> None:
        super().need_shape(name, found, right, exact)
        values.finite(name, found)


STARTS = Starts("a 1-D array of 10 integers", 1, _repeats)


def _squeezed(value: Any) -> Any:
    """Return an array of three axes without one of length 1."""
    return value.squeeze() if isinstance(value, np.ndarray) and value.ndim == 3 else value


class Response(Numbers):
    """What `movie_response` returns: an array, as question 7 takes means of it."""

    def read(self, name: str, value: Any) -> np.ndarray:
        if isinstance(value, tuple) and len(value) == 2:
            kind = values.kind(value)
            raise Wrong(
                name, "wrong_type", f"`{name}` is {kind}.", mistake="more than the response"
            )
        return super().read(name, _squeezed(value))

    def read_strictly(self, name: str, value: Any) -> np.ndarray:
        found = self.read(name, value)
        if isinstance(value, np.ndarray):
            super().read(name, value)
        array = (np.ndarray, pd.DataFrame)
        values.of_type(name, value, array, f"{self.of}.", "a list in place of an array")
        return found

    def need_shape(self, name: str, found: Any, right: Any, exact: Tolerance) -> None:
        super().need_shape(name, found, right, exact)
        values.finite(name, found)

    def fitted(self, found: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The first frames that both have, repeats as rows."""
        found = _squeezed(found)
        if found.shape == right.shape[::-1]:
            return found.T, right
        count = min(found.shape[1], right.shape[1])
        if len(found) != len(right) or count < NEARLY_ALL * right.shape[1]:
            return found, right
        return found[:, :count], right[:, :count]

    def usable(self, found: np.ndarray) -> bool:
        return found.shape == (truth.REPEATS, truth.MOVIE_FRAMES) and values.usable(
            found.mean(axis=0)
        )


@dataclass(frozen=True)
class MovieResponse(FunctionOfStep):
    """The function of question 6."""

    def stopped(self, name: str, error: Exception, arguments: tuple) -> Wrong:
        """Say that a student's function stopped with an error, without the neuron's id."""
        neuron = str(arguments[1])
        reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        if isinstance(error, RuntimeError) and str(error):
            reason = str(error)
        lines = reason.strip().splitlines() or ["no message"]
        line = lines[-1] if lines[0].startswith("Traceback") else lines[0]
        # An id is named in a message when it was used as an index or a key.
        as_index = "IndexError" in line and neuron in line
        line = line.replace(neuron, "cell_specimen_id")
        return Wrong(
            name,
            "wrong_value",
            f"`{name}` stopped with an error when it was called with a recording and a "
            f"neuron of it: {line[:300]}",
            mistake="the cell specimen id as index" if as_index else STOPS,
        )
