"""Put right values in place of a student's: runs in their kernel, in a run of its own.

What comes here is about questions that were judged already in this run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd

from .kinds import kind_of
from .rebuild import Uncopied

MODULE = "solution"
#: Of these there may be one object for many uses, which says nothing of where it comes from.
SHARED = (type(None), type(...), bool, str, bytes)
SMALL = range(-5, 257)  # whole numbers of which Python has one object each


def put_in(
    variables: dict[str, Any],
    right: Mapping[str, Any],
    functions: Iterable[str],
    code: str,
    given: Iterable[str],
    asked: Iterable[str],
) -> None:
    """Give variables their right values.

    Parameters
    ----------
    variables : dict
        The notebook's.
    right : mapping
        Right values by name.
    functions : iterable of str
        Names that `code` defines, to be put in as well.
    code : str
        Imports and functions; they live in a module of their own, without any values.
    given : iterable of str
        Names in `right` that the notebook itself gives.
    asked : iterable of str
        All names that have right values of their own, in this question or another one.
    """
    module = ModuleType(MODULE)
    exec(compile(code, f"<{MODULE}>", "exec"), module.__dict__)
    given, new = set(given), {}
    for name, value in right.items():
        if isinstance(value, Uncopied):
            continue
        theirs = variables.get(name)
        if name in given and (kind := kind_of(value)) and kind_of(theirs) is kind:
            continue  # opened with other settings, perhaps, and still what was given
        new[name] = as_theirs(value, theirs)
    new |= {name: getattr(module, name) for name in functions if hasattr(module, name)}
    old = {name: variables[name] for name in new if name in variables}
    variables.update(new)
    _rebind(variables, old, new, {*asked, *given, *new})


def _rebind(
    variables: dict[str, Any], old: dict[str, Any], new: dict[str, Any], asked: set[str]
) -> None:
    """Put new objects also where other names, or lists, tuples and dicts, hold the old ones.

    Not of an object that other answers are, too: which of them was meant cannot be told.
    """
    others = [id(variables[name]) for name in asked - new.keys() if name in variables]
    ids = [id(value) for value in old.values()]
    moved = {
        id(value): new[name]
        for name, value in old.items()
        if ids.count(id(value)) == 1 and id(value) not in others and _is_somebodys(value)
    }
    for name, value in list(variables.items()):
        if name in asked or name.startswith("_"):
            continue
        if id(value) in moved:
            variables[name] = moved[id(value)]
        elif type(value) is list:
            value[:] = [moved.get(id(item), item) for item in value]
        elif type(value) is dict:
            value.update({k: moved[id(item)] for k, item in value.items() if id(item) in moved})
        elif type(value) is tuple and any(id(item) in moved for item in value):
            variables[name] = tuple(moved.get(id(item), item) for item in value)


def _is_somebodys(value: Any) -> bool:
    if type(value) is int:
        return value not in SMALL
    return type(value) not in SHARED and not (type(value) is tuple and not value)


def as_theirs(right: Any, theirs: Any) -> Any:
    """Return a right value in the container that a student has chosen, if that loses nothing.

    Of an array, a list, a tuple or an index, any of these can be made, and a Series or a table;
    of these two, nothing else, since their labels would be lost.
    """
    kind = type(theirs)
    plain = (np.ndarray, list, tuple)
    if kind is type(right) or not (type(right) in plain or isinstance(right, pd.Index)):
        return right
    try:
        array = np.asarray(right)
        made = _CONTAINERS[pd.Index if issubclass(kind, pd.Index) else kind](array, theirs)
        again = np.asarray(made)
        same = array.shape == again.shape and array.dtype.kind == again.dtype.kind
        return made if same and np.array_equal(array, again, array.dtype.kind in "fc") else right
    except Exception:
        return right


def _listed(array: np.ndarray, theirs: Any) -> list:
    """Numbers as Python's own, and rows as lists, unless the student has numpy's."""
    native = not theirs or isinstance(theirs[0], (bool, int, float, list, str))
    return array.tolist() if native else list(array)


def _series(array: np.ndarray, theirs: pd.Series) -> pd.Series:
    index = theirs.index if len(theirs) == len(array) else None
    return pd.Series(array, index=index, name=theirs.name)


def _table(array: np.ndarray, theirs: pd.DataFrame) -> pd.DataFrame:
    alike = theirs.shape == array.shape
    return pd.DataFrame(array, *((theirs.index, theirs.columns) if alike else ()))


_CONTAINERS = {
    np.ndarray: lambda array, theirs: array,
    list: _listed,
    tuple: lambda array, theirs: tuple(_listed(array, theirs)),
    pd.Series: _series,
    pd.DataFrame: _table,
    pd.Index: lambda array, theirs: pd.Index(array),
}
