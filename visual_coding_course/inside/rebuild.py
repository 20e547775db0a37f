"""Put values together from JSON nodes and plain arrays, trusting nothing in them.

What comes of it is bounded in size, depth and time, is of plain types exactly, and
runs no code. See `describe` for the other way.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
import pandas as pd

from .describe import (
    MOST_BYTES,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_DEPTH,
    MOST_ITEMS,
    MOST_NUMBERS,
    NOT_DATA,
    CopyRefused,
    cost,
)

#: A figure's own lists lie below those that the figure lies in.
MOST_LEVELS = 3 * MOST_DEPTH
#: What is dear to make (a figure, an own type, a call back to the kernel) counts as many items.
DEAR = MOST_ITEMS // 100
MOST_DIGITS = 4000
#: What stops reading by no fault of the archive's, as far as is known.
OURS = (OSError, MemoryError)
LONG_INTEGER = 20
MOST_DIMENSIONS = 16
MOST_FACTS = 20
DTYPE = re.compile(r"[<>|=]?[biufcSUmM]\d{1,9}(\[\d{0,9}[a-zA-Z]{1,2}\])?")


class Uncopied:
    """Stands for a value that is not data; its class bears the name of the value's type.

    Attributes
    ----------
    reason : str
        Why it was not copied.
    not_read : str, optional
        The reason, if it may be a failure of who reads it: a file, or memory, that is not there.
    """

    def __init__(self, reason: str, not_read: str | None = None):
        self.reason, self.not_read = reason, not_read

    @property
    def refused(self) -> str | None:
        """Why data was not copied; None if it was not data."""
        return None if self.reason == NOT_DATA else self.reason

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.reason}>"


def uncopied(type_name: str, reason: str = NOT_DATA, *, not_read: bool = False) -> Uncopied:
    """Make a stand-in whose type has the given name, if that is one."""
    name = str(type_name)[:80]
    reason = str(reason)[:300].encode("utf-8", "replace").decode()
    kind = type(name if name.isidentifier() else "object", (Uncopied,), {})
    return kind(reason, reason if not_read else None)


def find_uncopied(value: Any) -> Uncopied | None:
    """Find a stand-in in lists, tuples and dicts of values that were read."""
    if isinstance(value, Uncopied):
        return value
    items = value.values() if isinstance(value, dict) else value
    if not isinstance(value, (dict, list, tuple)):
        return None
    return next((found for found in map(find_uncopied, items) if found is not None), None)


@dataclass
class Foreign:
    """What becomes of values that are not data, on the reader's side.

    Attributes
    ----------
    object : callable
        ``(kind, data) -> object`` for an object of a kind that the assignment knows.
    function : callable
        ``(name) -> object`` for a function bound to a variable of that name.
    figure : callable
        ``(description) -> object`` for a figure; what `figures.describe_figure` made, or anything.
    """

    object: Callable[[str, dict[str, Any]], Any] = lambda kind, data: uncopied(kind)
    function: Callable[[str], Any] = lambda name: uncopied("function")
    figure: Callable[[dict], Any] = lambda description: uncopied("Figure")


def raw_array(dtype: Any, shape: Any, content: memoryview) -> np.ndarray:
    """Make an array of its type, its shape and the bytes that begin with it; copies nothing.

    Raises
    ------
    CopyRefused
        If it is not of numbers, texts or times, or does not fit into the bytes.
    """
    if not (isinstance(dtype, str) and DTYPE.fullmatch(dtype)):
        raise CopyRefused("an array of an unknown type")
    if not isinstance(shape, list) or len(shape) > MOST_DIMENSIONS:
        raise CopyRefused("an array of an unknown shape")
    for length in shape:
        if type(length) is not int or length < 0:
            raise CopyRefused("an array of an unknown shape")
    kind = np.dtype(dtype)
    # An axis of length 0 must not hide another of 10 billion, over which a check might sum.
    if kind.itemsize * prod(length or 1 for length in shape) > MOST_BYTES or not kind.itemsize:
        raise CopyRefused("an array of an unknown shape")
    count = prod(shape)
    values = np.frombuffer(content, kind, count) if count else np.empty(0, kind)
    return checked(values.reshape(shape))


def checked(values: np.ndarray) -> np.ndarray:
    """Return the array, unless its bytes are none that numpy itself would have written."""
    kind, content = values.dtype.kind, values.reshape(-1)
    if kind == "b" and content.size and content.view(np.uint8).max() > 1:
        raise CopyRefused("truth values other than 0 and 1")
    if kind == "U" and content.size:
        points = content.view(np.dtype(np.uint32).newbyteorder(values.dtype.byteorder))
        if points.max() > 0x10FFFF or ((points >= 0xD800) & (points <= 0xDFFF)).any():
            raise CopyRefused("a text with characters that there are not")
    return values


@dataclass
class Reader:
    """Makes values of nodes; `arrays` gives an array by its key."""

    arrays: Callable[[str], np.ndarray]
    foreign: Foreign
    items: int = 0
    size: int = 0
    numbers: int = 0
    levels: int = 0

    def variable(self, name: str, node: Any) -> Any:
        """Make one variable's value, or a stand-in that knows why there is none."""
        self.items = self.levels = 0
        try:
            return self.node(node, name)
        except Exception as error:
            node = node if isinstance(node, dict) else {}
            reason = str(error) if isinstance(error, CopyRefused) else f"damaged: {error}"
            ours = isinstance(error, OURS)
            reason = f"{type(error).__name__}: {error}" if ours else reason
            return uncopied(str(node.get("type", node.get("kind"))), reason, not_read=ours)

    def spend(self, items: int) -> None:
        """Count items, and refuse what has too many."""
        self.items += items
        if self.items > MOST_ITEMS:
            raise CopyRefused(f"more than {MOST_ITEMS} items")

    def node(self, node: Any, name: str = "") -> Any:
        """Make any value."""
        self.spend(1)
        self.levels += 1
        if self.levels > MOST_LEVELS:
            raise CopyRefused("nested too deeply")
        kind = node["kind"]
        value = _KINDS[kind](self, node) if kind in _KINDS else self._foreign(kind, node, name)
        self.levels -= 1
        return value

    def nodes(self, nodes: Any) -> list:
        """Make the values of a list."""
        if not isinstance(nodes, list):
            raise CopyRefused("no list")
        return [self.node(node) for node in nodes]

    def _foreign(self, kind: Any, node: dict[str, Any], name: str) -> Any:
        self.spend(DEAR)
        if kind == "object":
            return self.foreign.object(str(node["of"]), _facts(node["data"]))
        if kind == "function":
            return self.foreign.function(name)
        if kind == "figure":
            return self.foreign.figure(self.node(node["of"]))
        return uncopied(str(node.get("type")), str(node.get("why", NOT_DATA)))


def _facts(data: Any) -> dict[str, Any]:
    """What tells an object from others: a few texts and whole numbers."""
    if not isinstance(data, dict) or len(data) > MOST_FACTS:
        raise CopyRefused("no description of an object")
    if any(type(fact) not in (str, int) for fact in data.values()):
        raise CopyRefused("no description of an object")
    return data


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise CopyRefused("no whole number")
    return value


def _read_plain(reader: Reader, node: dict) -> Any:
    value = node["value"]
    if type(value) is str:
        if len(value) > MOST_CHARACTERS:
            raise CopyRefused(f"a text of {len(value)} characters")
        return value.encode("utf-8", "replace").decode()
    if type(value) is int:
        return _read_int(reader, {"value": str(value)})
    if value is None or type(value) in (bool, float):
        return value
    raise CopyRefused("no plain value")


def _read_int(reader: Reader, node: dict) -> int:
    text = node["value"]
    if type(text) is not str or len(text) > MOST_DIGITS:
        raise CopyRefused("a number of too many digits")
    # Many long ones can be chosen to have the same hash, which makes a set of them slow.
    reader.spend(len(text) if len(text) > LONG_INTEGER else 0)
    return int(text)


def _read_float(reader: Reader, node: dict) -> float:
    if node["value"] not in ("nan", "inf", "-inf"):
        raise CopyRefused("no number")
    return float(node["value"])


def _read_array(reader: Reader, node: dict) -> np.ndarray:
    array = reader.arrays(node["key"])
    reader.size += cost(array)
    if reader.size > MOST_BYTES:
        raise CopyRefused(f"larger than {MOST_BYTES // 1024**2} MB")
    return array


def _read_scalar(reader: Reader, node: dict) -> np.generic:
    content = bytes.fromhex(node["bytes"])
    array = raw_array(node["dtype"], [1], memoryview(content))
    if array.nbytes != len(content):
        raise CopyRefused("a scalar of another length")
    return array[0]


def _ndarray(reader: Reader, node: Any, *dimensions: int) -> np.ndarray:
    array = reader.node(node)
    if type(array) is not np.ndarray or (dimensions and array.ndim not in dimensions):
        raise CopyRefused("no array, or one of another shape")
    return array


def _read_packed(reader: Reader, node: dict) -> Any:
    array = _ndarray(reader, node["of"], 1)
    reader.numbers += array.size
    if array.dtype.kind not in "biuf" or reader.numbers > MOST_NUMBERS:
        raise CopyRefused("a list of too many numbers, or of others")
    items = array.tolist() if node["native"] is True else list(array)
    return _SEQUENCES[node["as"]](items)


def _set(items: list) -> set:
    _hashed(items)
    return set(items)


def _hashed(items: list) -> None:
    """Refuse items chosen so that many have the same hash: their set would take hours."""
    if len(items) > 1000 and len({hash(item) for item in items}) < len(items) / 4:
        raise CopyRefused("many items of the same hash")


_SEQUENCES = {"list": list, "tuple": tuple, "set": _set}


def _read_dict(reader: Reader, node: dict) -> dict:
    if not isinstance(node["pairs"], list):
        raise CopyRefused("no pairs")
    pairs = [(reader.node(key), reader.node(value)) for key, value in node["pairs"]]
    _hashed([key for key, _ in pairs])
    return dict(pairs)


def _read_masked(reader: Reader, node: dict) -> np.ma.MaskedArray:
    data, mask = _ndarray(reader, node["data"]), _ndarray(reader, node["mask"])
    if mask.shape != data.shape or mask.dtype != bool:
        raise CopyRefused("a mask of another shape")
    return np.ma.MaskedArray(data, mask=mask)


def _read_objects(reader: Reader, node: dict) -> np.ndarray:
    items, shape = reader.nodes(node["items"]), [_whole(length) for length in node["shape"]]
    if len(shape) > MOST_DIMENSIONS or any(not 0 <= length <= MOST_ITEMS for length in shape):
        raise CopyRefused("an array of an unknown shape")
    values = np.empty(len(items), dtype=object)
    for i, item in enumerate(items):
        values[i] = item
    return values.reshape(shape)


def _index(reader: Reader, node: Any) -> pd.Index:
    index = reader.node(node)
    if not isinstance(index, pd.Index):
        raise CopyRefused("no index")
    return index


def _read_frame(reader: Reader, node: dict) -> pd.DataFrame:
    names, index = _index(reader, node["columns"]), _index(reader, node["index"])
    if "block" in node:
        frame = pd.DataFrame(_ndarray(reader, node["block"], 2), index=index)
    else:
        if len(node["data"]) > MOST_COLUMNS:
            raise CopyRefused(f"more than {MOST_COLUMNS} columns")
        columns = [_ndarray(reader, column, 1) for column in node["data"]]
        frame = pd.DataFrame(dict(enumerate(columns)), index=index)
    frame.columns = names
    return frame


def _read_series(reader: Reader, node: dict) -> pd.Series:
    data, index = _ndarray(reader, node["data"], 1), _index(reader, node["index"])
    return pd.Series(data, index=index, name=reader.node(node["name"]))


def _read_index(reader: Reader, node: dict) -> pd.Index:
    return pd.Index(_ndarray(reader, node["values"], 1), name=reader.node(node["name"]))


def _read_multi_index(reader: Reader, node: dict) -> pd.MultiIndex:
    rows = reader.nodes(node["items"])
    if any(type(row) is not tuple for row in rows) or len({len(row) for row in rows}) != 1:
        raise CopyRefused("rows of different lengths")
    return pd.MultiIndex.from_tuples(rows)


_KINDS: dict[str, Callable[[Reader, dict], Any]] = {
    "plain": _read_plain,
    "int": _read_int,
    "float": _read_float,
    "blank": lambda reader, node: ...,
    "array": _read_array,
    "scalar": _read_scalar,
    "packed": _read_packed,
    "list": lambda reader, node: reader.nodes(node["items"]),
    "tuple": lambda reader, node: tuple(reader.nodes(node["items"])),
    "set": lambda reader, node: _set(reader.nodes(node["items"])),
    "dict": _read_dict,
    "masked": _read_masked,
    "objects": _read_objects,
    "frame": _read_frame,
    "series": _read_series,
    "index": _read_index,
    "multi_index": _read_multi_index,
}
