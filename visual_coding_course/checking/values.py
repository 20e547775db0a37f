"""Read an answer of any kind, and say in a sentence what is wrong with its form.

Every function takes the answer's name and its value. It returns the value in
one plain form (an ``int``, a float array), or raises `Wrong`, whose message is
meant for the student; a blank raises `NotAttempted`.
"""

from __future__ import annotations

import operator
import warnings
from typing import Any

import numpy as np
import pandas as pd

from .wrong import EXACT, NotAttempted, Tolerance, Wrong

NUMBERS = (int, float, np.number, np.bool_)

#: Name of the mistake of having NaN, or infinity, for a number.
NO_NUMBER = "not a number"


def is_blank(value: Any) -> bool:
    """Whether a value is a blank of the scaffold: None, ``...``, or nothing but those."""
    if value is None or value is Ellipsis:
        return True
    if isinstance(value, (pd.DataFrame, pd.Series)):
        value = value.to_numpy()
    if isinstance(value, np.ndarray):
        if value.dtype != object or value.size == 0:
            return False
        return all(is_blank(item) for item in value.ravel()[:1000])
    if isinstance(value, (list, tuple)):
        return len(value) > 0 and all(is_blank(item) for item in value)
    return False


def attempted(name: str, value: Any) -> None:
    """Raise `NotAttempted` if the answer is missing or still blank."""
    if is_blank(value):
        raise NotAttempted(
            f"`{name}` has no value yet: it is still `...`, or its cell was not run or stopped "
            "with an error.",
            name,
            returned=value is None,
        )


def of_type(
    name: str, value: Any, types: type | tuple[type, ...], should: str, mistake: str | None = None
) -> Any:
    """Return the answer if it is of one of some types; `should` says what it should be."""
    attempted(name, value)
    if not isinstance(value, types):
        sentence = f"`{name}` is {kind(value)}. It should be {should}"
        raise Wrong(name, "wrong_type", sentence, mistake=mistake)
    return value


def kind(value: Any) -> str:
    """Say what a value is, with its article: ``"a list"``, ``"an array of shape (1, 3)"``."""
    if isinstance(value, np.ndarray) and value.ndim:
        return f"an array of shape {value.shape}"
    if isinstance(value, pd.DataFrame):
        return f"a DataFrame of {value.shape[0]} rows and {value.shape[1]} columns"
    words = {
        str: "a string", bool: "a truth value", np.bool_: "a truth value", list: "a list",
        tuple: "a tuple", dict: "a dictionary", set: "a set", frozenset: "a set",
        pd.Series: "a Series", pd.Index: "an Index",
    }  # fmt: skip
    for types, word in words.items():
        if isinstance(value, types):
            return word
    if isinstance(value, (float, np.floating)):
        if np.isfinite(value):
            return "a number with a decimal point"
        return "NaN, which stands for a missing value" if np.isnan(value) else "infinite"
    if isinstance(value, (int, np.integer)):
        return "an integer"
    if callable(value):
        return "a function (were its parentheses forgotten?)"
    name = type(value).__name__.replace("Drawing", "Figure")  # what was copied of one
    refused = getattr(value, "refused", None)
    why = f" of which no copy could be made ({refused})" if refused else ""
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}{why}"


def integer(name: str, value: Any) -> int:
    """Read a plain integer, of Python or numpy.

    Raises
    ------
    NotAttempted
        If it is blank.
    Wrong
        If it is anything else: a list of one, a float, a string, a truth value.
    """
    attempted(name, value)
    several = isinstance(value, (list, tuple, pd.Series, pd.Index, pd.DataFrame))
    if not several and not isinstance(value, (bool, np.bool_)):
        try:
            return operator.index(value)
        except (TypeError, ValueError):
            pass
    several = several or (isinstance(value, np.ndarray) and value.ndim > 0)
    hint, mistake = "", _misread(value)
    if mistake == NO_NUMBER:
        hint = " Such a value comes from an entry that is not there, or from a mean of nothing."
    if several and len(value) == 1:
        hint, mistake = " Take its only element out.", mistake or "left as a list"
    raise Wrong(
        name,
        "wrong_type",
        f"`{name}` is {kind(value)}. It should be a plain integer.{hint}",
        value=_floats(value),
        mistake=mistake,
        likely="several in place of one" if several and len(value) else None,
        count=len(value) if several else 1,
    )


def _misread(value: Any) -> str | None:
    """Name the mistake of giving a value of this type for an integer, if it has a name."""
    if isinstance(value, (float, np.floating)) and not np.isfinite(value):
        return NO_NUMBER
    names = {
        str: "text for a number", (bool, np.bool_): "a truth value",
        (float, np.floating): "a decimal number", pd.DataFrame: "rows of the table",
    }  # fmt: skip
    for types, name in names.items():
        if isinstance(value, types):
            return name
    return "a function not called" if callable(value) else None


def number(name: str, value: Any) -> float:
    """Read a single finite number.

    Raises
    ------
    NotAttempted
        If it is blank.
    Wrong
        If it is not a number, is an array of several, or is NaN or infinite.
    """
    attempted(name, value)
    values = _floats(value)
    if values is None or values.size != 1:
        state = "wrong_type" if values is None else "wrong_shape"
        sentence = f"`{name}` is {kind(value)}. It should be a single number."
        raise Wrong(name, state, sentence, value=values)
    result = float(values.ravel()[0])
    if not np.isfinite(result):
        raise Wrong(
            name,
            "wrong_value",
            f"`{name}` is {result}. Were there no frames to average, or were some not numbers?",
            value=result,
            mistake=NO_NUMBER,
        )
    return result


def _floats(value: Any) -> np.ndarray | None:
    """Return a float array of whatever holds numbers, or None."""
    if isinstance(value, (str, bytes, dict, set, frozenset)) or callable(value):
        return None
    try:
        if isinstance(value, (pd.DataFrame, pd.Series, pd.Index)):
            value = value.to_numpy()
        if isinstance(value, np.ma.MaskedArray):
            value = value.filled(0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            values = np.asarray(value)
        if values.dtype.kind == "O" and not all(isinstance(x, NUMBERS) for x in values.flat):
            return None
        return values.astype(float) if values.dtype.kind in "biufO" else None
    except MemoryError:
        raise
    except Exception:
        # Ragged lists, odd objects and numpy's own errors all mean: not an array of numbers.
        return None


def array(
    name: str,
    value: Any,
    ndim: int,
    of: str,
    tolerance: Tolerance = EXACT,
    several: str = "several",
) -> np.ndarray:
    """Read an array of numbers with so many dimensions.

    Parameters
    ----------
    name, value
        The answer.
    ndim : int
        Dimensions that it must have.
    of : str
        What it should be, for the message: ``"a 1-D array of times in seconds"``.
    tolerance : Tolerance, optional
        How near an answer of other dimensions is to what a mistake gives.
    several : str
        What an answer with a dimension too many may hold, for the message.

    Returns
    -------
    numpy.ndarray of float
        Lists, Series and arrays of any number type become float64.
    """
    attempted(name, value)
    if len({len(row) for row in _rows(value)}) > 1:
        raise Wrong(
            name,
            "wrong_shape",
            f"`{name}` is {kind(value)} whose parts have different lengths. It should be {of}.",
            mistake="parts of different lengths",
        )
    # Of the wrong form, a large one would take long to be converted.
    is_array = isinstance(value, np.ndarray) and value.dtype.kind in "biuf"
    values = value if is_array and value.ndim != ndim else _floats(value)
    if values is None:
        raise Wrong(
            name,
            "wrong_type",
            f"`{name}` is {kind(value)} and holds no plain numbers. It should be {of}.",
            mistake="a function not called" if callable(value) else None,
        )
    if values.ndim != ndim:
        hint = ""
        if values.ndim == ndim + 1 and values.shape[0] == 1:
            hint = " Take its first and only row."
        elif isinstance(value, pd.DataFrame):
            hint = " Take the one column that is asked for."
        elif 1 in values.shape:
            hint = " Leave out the axis of length 1."
        elif values.ndim == ndim + 1:
            hint = f" Does it hold {several}, where one thing is asked for?"
        found = kind(value) if values.ndim else "a single number"
        if not values.ndim and np.isnan(values):
            found = kind(np.nan)
        sentence = f"`{name}` is {found}. It should be {of}.{hint}"
        likely = "an axis of length 1" if values.ndim > ndim and 1 in values.shape else None
        raise Wrong(name, "wrong_shape", sentence, value=values, likely=likely, tolerance=tolerance)
    return values


def _rows(value) -> list:
    """Return the parts of a list, or of an array of lists or arrays, that have a length."""
    objects = isinstance(value, np.ndarray) and value.ndim and value.dtype.kind == "O"
    if not objects and not isinstance(value, (list, tuple)):
        return []
    return [row for row in value if isinstance(row, (list, tuple)) or _dimensions(row)]


def _dimensions(row) -> int:
    return row.ndim if isinstance(row, np.ndarray) else 0


def finite(name: str, values: np.ndarray) -> np.ndarray:
    """Return the array, unless it holds NaN or infinite values."""
    bad = np.count_nonzero(~np.isfinite(values))
    if bad:
        raise Wrong(
            name,
            "wrong_value",
            f"{bad} of the {values.size} values of `{name}` are NaN or infinite. "
            "Look for a division by zero or an index beyond the trace.",
            value=values,
            mistake=NO_NUMBER,
        )
    return values


def usable(value: Any) -> bool:
    """Whether an earlier answer can be built upon: numbers, finite, and not all the same."""
    values = _floats(value)
    return (
        values is not None
        and values.size > 1
        and bool(np.isfinite(values).all())
        and float(values.min()) != float(values.max())
    )


def floats(value: Any) -> np.ndarray:
    """Return a float array of an earlier answer; empty if it holds no plain numbers."""
    values = _floats(value)
    return np.empty(0) if values is None else values
