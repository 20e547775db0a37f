"""Take values apart into JSON nodes and plain arrays; what is not data is only named.

Runs where the student's code runs, so a value's own methods are not asked what it
is: a subclass of int, list or DataFrame is taken for what it is built on.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import FigureBase

from .figures import describe_figure
from .kinds import kind_of

#: Of all arrays of one archive; an element counts as 8 bytes at least, since checks compute
#: with float64.
MOST_BYTES = 512 * 1024**2
#: Of the description of all values of one archive.
MOST_TEXT = 12 * 1024**2
#: Of one variable: values in lists, tables and the like, one by one.
MOST_ITEMS = 200_000
#: Of all long lists of numbers in one archive; each takes some 40 bytes as a Python object.
MOST_NUMBERS = 8_000_000
MOST_COLUMNS = 5_000
MOST_CHARACTERS = 1_000_000
MOST_DEPTH = 8
SIMPLE_KINDS = "biufcSUMm"
FEW_ITEMS = 64
NOT_DATA = "not data"


class CopyRefused(ValueError):
    """An archive, or a value in it, that cannot be copied."""


def cost(array: np.ndarray) -> int:
    """What an array counts towards `MOST_BYTES`."""
    return max(array.nbytes, 8 * array.size)


@dataclass
class Writer:
    """Collects the arrays of an archive while values are described."""

    arrays: dict[str, np.ndarray] = field(default_factory=dict)
    items: int = 0
    size: int = 0
    numbers: int = 0
    text: int = 0
    figures: dict[int, tuple[Any, dict[str, Any], int]] = field(default_factory=dict)

    def variable(self, value: Any) -> str:
        """Describe one variable in JSON; one that cannot be copied by its type and the reason."""
        before = dict(self.arrays), self.size, self.numbers, dict(self.figures)
        self.items = 0
        try:
            text = json.dumps(self.node(value))
            if self.text + len(text) > MOST_TEXT:
                raise CopyRefused("too long")
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            self.arrays, self.size, self.numbers, self.figures = before
            text = json.dumps(_other(value, _reason(error)))
        self.text += len(text)
        return text

    def array(self, values: np.ndarray) -> dict[str, Any]:
        """Describe an array of numbers, texts or times."""
        if self.size + cost(values) > MOST_BYTES:
            others = "" if cost(values) > MOST_BYTES else "with others "
            raise CopyRefused(f"{others}larger than {MOST_BYTES // 1024**2} MB")
        self.size += cost(values)
        key = f"array{len(self.arrays)}"
        self.arrays[key] = values
        return {"kind": "array", "key": key}

    def figure(self, figure: FigureBase) -> dict[str, Any]:
        """Describe a figure; what is the same figure again is not looked at again."""
        known = self.figures.get(id(figure))
        if known is None:
            before = self.items
            node = self.node(describe_figure(figure), 0)
            # It is kept, so that no other one can have its number.
            self.figures[id(figure)] = figure, node, self.items - before
        else:
            _, node, items = known
            self.items += items
            if self.items > MOST_ITEMS:
                raise CopyRefused(f"more than {MOST_ITEMS} items")
        return {"kind": "figure", "of": node}

    def node(self, value: Any, depth: int = 0) -> dict[str, Any]:
        """Describe any value."""
        self.items += 1
        if depth > MOST_DEPTH:
            raise CopyRefused("nested too deeply")
        if self.items > MOST_ITEMS:
            raise CopyRefused(f"more than {MOST_ITEMS} items")
        for kinds, describe in _DESCRIBERS:
            # Not isinstance, which believes what an object says of itself.
            if issubclass(type(value), kinds):
                return describe(self, value, depth + 1)
        return _describe_foreign(self, value, depth + 1)

    def nodes(self, values: list, depth: int) -> list[dict[str, Any]]:
        """Describe many values."""
        if self.items + len(values) > MOST_ITEMS:
            raise CopyRefused(f"more than {MOST_ITEMS} items")
        return [self.node(value, depth) for value in values]


def type_name(value: Any) -> str:
    """A type's name, also where its metaclass has another answer."""
    return type.__dict__["__name__"].__get__(type(value))


def _other(value: Any, why: str) -> dict[str, Any]:
    return {"kind": "other", "type": type_name(value), "why": why}


def _reason(error: BaseException) -> str:
    if type(error) is CopyRefused:
        return str(error)
    try:
        return f"{type_name(error)}: {error}"[:200]
    except BaseException:
        return type_name(error)


def _describe_float(writer: Writer, value: float, depth: int) -> dict[str, Any]:
    value = float.__float__(value)
    if not math.isfinite(value):
        return {"kind": "float", "value": repr(value)}
    return {"kind": "plain", "value": value}


def _describe_text(writer: Writer, value: str, depth: int) -> dict[str, Any]:
    value = str.__str__(value)
    if len(value) > MOST_CHARACTERS:
        raise CopyRefused(f"a text of {len(value)} characters")
    return {"kind": "plain", "value": value}


def _describe_array(writer: Writer, value: np.ndarray, depth: int) -> dict[str, Any]:
    plain = np.ndarray.view(value, np.ndarray)
    if issubclass(type(value), np.ma.MaskedArray):
        return {
            "kind": "masked",
            "data": _describe_array(writer, plain, depth),
            "mask": writer.array(np.ndarray.view(np.ma.getmaskarray(value), np.ndarray)),
        }
    if plain.dtype.kind in SIMPLE_KINDS:
        return writer.array(plain)
    if plain.dtype.kind == "O":
        if plain.size > MOST_ITEMS:
            raise CopyRefused(f"more than {MOST_ITEMS} items")
        items = writer.nodes(plain.reshape(-1).tolist(), depth)
        return {"kind": "objects", "shape": list(plain.shape), "items": items}
    return _other(value, f"an array of {plain.dtype}"[:200])


def _describe_frame(writer: Writer, value: pd.DataFrame, depth: int) -> dict[str, Any]:
    if type(value) is not pd.DataFrame:
        value = pd.DataFrame(object.__getattribute__(value, "_mgr"))
    node = {
        "kind": "frame",
        "columns": writer.node(value.columns, depth),
        "index": writer.node(value.index, depth),
    }
    kinds = set(value.dtypes)
    if len(kinds) == 1 and kinds.pop().kind in SIMPLE_KINDS:
        return {**node, "block": _describe_array(writer, value.to_numpy(), depth)}
    if value.shape[1] > MOST_COLUMNS:
        raise CopyRefused(f"more than {MOST_COLUMNS} columns")
    columns = [value.iloc[:, i].to_numpy() for i in range(value.shape[1])]
    return {**node, "data": [_describe_array(writer, column, depth) for column in columns]}


def _describe_series(writer: Writer, value: pd.Series, depth: int) -> dict[str, Any]:
    if type(value) is not pd.Series:
        name = object.__getattribute__(value, "_name")
        value = pd.Series(object.__getattribute__(value, "_mgr"), name=name)
    return {
        "kind": "series",
        "index": writer.node(value.index, depth),
        "data": _describe_array(writer, value.to_numpy(), depth),
        "name": writer.node(value.name, depth),
    }


def _describe_index(writer: Writer, value: pd.Index, depth: int) -> dict[str, Any]:
    if type(value).__module__.partition(".")[0] != "pandas":
        raise CopyRefused(NOT_DATA)
    if isinstance(value, pd.MultiIndex):
        if len(value) > MOST_ITEMS:
            raise CopyRefused(f"more than {MOST_ITEMS} items")
        return {"kind": "multi_index", "items": writer.nodes(list(value), depth)}
    return {
        "kind": "index",
        "values": _describe_array(writer, value.to_numpy(), depth),
        "name": writer.node(value.name, depth),
    }


def _describe_scalar(writer: Writer, value: Any, depth: int) -> dict[str, Any]:
    scalar = np.generic.__array__(value)
    if scalar.dtype.kind not in SIMPLE_KINDS:
        raise CopyRefused("not a number or a text")
    if scalar.nbytes > MOST_CHARACTERS:
        raise CopyRefused(f"a text of {scalar.nbytes} bytes")
    return {"kind": "scalar", "dtype": scalar.dtype.str, "bytes": scalar.tobytes().hex()}


def _describe_mapping(writer: Writer, value: dict, depth: int) -> dict[str, Any]:
    if dict.__len__(value) > MOST_ITEMS:
        raise CopyRefused(f"more than {MOST_ITEMS} items")
    pairs = [[writer.node(k, depth), writer.node(v, depth)] for k, v in dict.items(value)]
    return {"kind": "dict", "pairs": pairs}


def _sequence(base: type, kind: str) -> Callable:
    def describe(writer: Writer, value: Any, depth: int) -> dict[str, Any]:
        if base.__len__(value) > MOST_NUMBERS:
            raise CopyRefused(f"more than {MOST_NUMBERS} numbers")
        items = list(base.__iter__(value))
        packed = _packed(items) if len(items) > FEW_ITEMS else None
        if packed is None:
            return {"kind": kind, "items": writer.nodes(items, depth)}
        writer.numbers += len(items)
        if writer.numbers > MOST_NUMBERS:
            raise CopyRefused(f"more than {MOST_NUMBERS} numbers in lists")
        native = type(items[0]) in (bool, int, float)
        return {"kind": "packed", "as": kind, "of": writer.array(packed), "native": native}

    return describe


#: Types of which a long list is an array, and the kinds of that array. By identity: the
#: metaclass of a student's type may call it equal to any.
_NUMBERS = {id(bool): "b", id(int): "i", id(float): "f"} | {
    id(np.dtype(code).type): np.dtype(code).kind for code in "?bhilqBHILQefd"
}


def _packed(items: list) -> np.ndarray | None:
    """A long sequence of numbers of one type as an array: a trace may come as a list."""
    first = type(items[0])
    kind = _NUMBERS.get(id(first))
    if kind is None or any(type(item) is not first for item in items):
        return None
    array = np.asarray(items)
    return array if array.dtype.kind == kind and array.ndim == 1 else None


_DESCRIBERS: list[tuple[type | tuple[type, ...], Callable]] = [
    (type(None), lambda writer, value, depth: {"kind": "plain", "value": None}),
    (type(...), lambda writer, value, depth: {"kind": "blank"}),
    (bool, lambda writer, value, depth: {"kind": "plain", "value": value is True}),
    (np.generic, _describe_scalar),
    (int, lambda writer, value, depth: {"kind": "int", "value": int.__repr__(value)}),
    (float, _describe_float),
    (complex, lambda writer, value, depth: _describe_scalar(
        writer, np.complex128(complex.__complex__(value)), depth)),
    (str, _describe_text),
    (np.ndarray, _describe_array),
    (pd.DataFrame, _describe_frame),
    (pd.Series, _describe_series),
    (pd.Index, _describe_index),
    (pd.Timestamp, lambda writer, value, depth: _describe_scalar(
        writer, pd.Timestamp.to_datetime64(value), depth)),
    (dict, _describe_mapping),
    (list, _sequence(list, "list")),
    (tuple, _sequence(tuple, "tuple")),
    (set, _sequence(set, "set")),
    (frozenset, _sequence(frozenset, "set")),
    (range, _sequence(range, "list")),
    (FigureBase, lambda writer, value, depth: writer.figure(value)),
]  # fmt: skip


def _describe_foreign(writer: Writer, value: Any, depth: int) -> dict[str, Any]:
    """Describe what libraries make; none is imported for it."""
    kind = kind_of(value)
    if kind is not None:
        return {"kind": "object", "of": kind.name, "data": kind.describe(value)}
    if issubclass(type(value), Mapping) and len(value) <= MOST_ITEMS:
        return _describe_mapping(writer, dict(value), depth)
    if hasattr(type(value), "__array__") or isinstance(value, memoryview):
        return _describe_array(writer, np.asarray(value), depth)
    if callable(value):
        return {"kind": "function"}
    return _other(value, NOT_DATA)
