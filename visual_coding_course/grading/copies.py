"""Copy variables between processes as data: JSON and .npy in one archive, never pickle.

`write_copies` runs in the student's kernel, `read_copies` in the grader, and
the other way round for the arguments of a student's function. What is not data
(a recording, a figure, a function) travels as a description, and the reader
decides what it becomes.
"""

from __future__ import annotations

import io
import json
import math
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from .figures import describe_figure, rebuild_figure

MOST_BYTES = 512 * 1024**2
MOST_ITEMS = 200_000
MOST_DEPTH = 8
INDEX_ENTRY = "values"
SIMPLE_KINDS = "biufcSUMm"
FEW_ITEMS = 64


class CopyRefused(ValueError):
    """An archive, or a value in it, that cannot be copied."""


class Uncopied:
    """Stands for a value that is not data; its class bears the name of the value's type."""

    def __init__(self, reason: str):
        self.reason = reason

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.reason}>"


def uncopied(type_name: str, reason: str = "not data, so it was not copied") -> Uncopied:
    """Make a stand-in whose type has the given name."""
    return type(str(type_name)[:80] or "object", (Uncopied,), {})(reason)


# Writing ------------------------------------------------------------------------------


@dataclass
class _Writer:
    arrays: dict[str, np.ndarray] = field(default_factory=dict)
    items: int = 0
    size: int = 0

    def array(self, values: np.ndarray) -> dict[str, Any]:
        values = np.ascontiguousarray(np.asarray(values)).reshape(np.shape(values))
        self.size += values.nbytes
        if self.size > MOST_BYTES:
            raise CopyRefused(f"larger than {MOST_BYTES // 1024**2} MB")
        key = f"array{len(self.arrays)}"
        self.arrays[key] = values
        return {"kind": "array", "key": key}

    def node(self, value: Any, depth: int = 0) -> dict[str, Any]:
        self.items += 1
        if depth > MOST_DEPTH:
            raise CopyRefused("nested too deeply")
        if self.items > MOST_ITEMS:
            raise CopyRefused(f"more than {MOST_ITEMS} items")
        for kinds, describe in _DESCRIBERS:
            if isinstance(value, kinds):
                return describe(self, value, depth + 1)
        return _describe_foreign(self, value, depth + 1)


def _number(value: Any) -> dict[str, Any]:
    if isinstance(value, float) and not math.isfinite(value):
        return {"kind": "float", "value": repr(float(value))}
    return {"kind": "plain", "value": value}


def _describe_array(writer: _Writer, value: np.ndarray, depth: int) -> dict[str, Any]:
    if isinstance(value, np.ma.MaskedArray):
        return {
            "kind": "masked",
            "data": _describe_array(writer, np.asarray(value.data), depth),
            "mask": writer.array(np.ma.getmaskarray(value)),
        }
    value = np.asarray(value)
    if value.dtype.kind in SIMPLE_KINDS:
        return writer.array(value)
    if value.dtype.kind == "O":
        items = [writer.node(item, depth) for item in value.ravel()]
        return {"kind": "objects", "shape": list(value.shape), "items": items}
    return {"kind": "other", "type": "ndarray", "why": f"an array of {value.dtype}"}


def _describe_frame(writer: _Writer, value: pd.DataFrame, depth: int) -> dict[str, Any]:
    return {
        "kind": "frame",
        "columns": writer.node(value.columns, depth),
        "index": writer.node(value.index, depth),
        "data": [_column(writer, value.iloc[:, i], depth) for i in range(value.shape[1])],
    }


def _column(writer: _Writer, values: pd.Series | pd.Index, depth: int) -> dict[str, Any]:
    return _describe_array(writer, values.to_numpy(), depth)


def _describe_mapping(writer: _Writer, value: Mapping, depth: int) -> dict[str, Any]:
    pairs = [[writer.node(k, depth), writer.node(v, depth)] for k, v in value.items()]
    return {"kind": "dict", "pairs": pairs}


def _describe_index(writer: _Writer, value: pd.Index, depth: int) -> dict[str, Any]:
    if isinstance(value, pd.MultiIndex):
        return {"kind": "multi_index", "items": [writer.node(item, depth) for item in value]}
    return {
        "kind": "index",
        "values": _column(writer, value, depth),
        "name": writer.node(value.name, depth),
    }


def _describe_scalar(value: Any) -> dict[str, Any]:
    scalar = np.asarray(value)
    if scalar.dtype.kind not in SIMPLE_KINDS:
        return {"kind": "other", "type": type(value).__name__, "why": "not a number or a text"}
    return {"kind": "scalar", "dtype": scalar.dtype.str, "bytes": scalar.tobytes().hex()}


def _sequence(kind: str) -> Callable:
    def describe(writer: _Writer, value: Any, depth: int) -> dict[str, Any]:
        packed = _packed(value) if len(value) > FEW_ITEMS else None
        if packed is not None:
            native = not isinstance(next(iter(value)), np.generic)
            return {"kind": "packed", "as": kind, "of": writer.array(packed), "native": native}
        return {"kind": kind, "items": [writer.node(item, depth) for item in value]}

    return describe


_DESCRIBERS: list[tuple[type | tuple[type, ...], Callable]] = [
    (type(None), lambda writer, value, depth: {"kind": "plain", "value": None}),
    (type(...), lambda writer, value, depth: {"kind": "blank"}),
    (bool, lambda writer, value, depth: {"kind": "plain", "value": value is True}),
    (np.generic, lambda writer, value, depth: _describe_scalar(value)),
    (int, lambda writer, value, depth: {"kind": "int", "value": str(int(value))}),
    (float, lambda writer, value, depth: _number(float(value))),
    (complex, lambda writer, value, depth: _describe_scalar(value)),
    (str, lambda writer, value, depth: {"kind": "plain", "value": str(value)}),
    (np.ndarray, _describe_array),
    (pd.DataFrame, _describe_frame),
    (pd.Series, lambda writer, value, depth: {
        "kind": "series",
        "index": writer.node(value.index, depth),
        "data": _column(writer, value, depth),
        "name": writer.node(value.name, depth)}),
    (pd.Index, _describe_index),
    (pd.Timestamp, lambda writer, value, depth: _describe_scalar(value.to_datetime64())),
    (Mapping, _describe_mapping),
    (list, _sequence("list")),
    (tuple, _sequence("tuple")),
    ((set, frozenset), _sequence("set")),
    (range, _sequence("list")),
]  # fmt: skip


def _packed(value: Any) -> np.ndarray | None:
    """A long sequence of numbers of one type as an array: a trace may come as a list."""
    types = {type(item) for item in value}
    if len(types) != 1 or not issubclass(types.pop(), (bool, int, float, np.number, np.bool_)):
        return None
    array = np.asarray(list(value))
    return array if array.dtype.kind in "biuf" and array.ndim == 1 else None


def _describe_foreign(writer: _Writer, value: Any, depth: int) -> dict[str, Any]:
    """Describe what libraries make: by class name, so that none is imported for it."""
    names = {base.__name__ for base in type(value).__mro__}
    if "BrainObservatoryNwbDataSet" in names:
        session = int(value.get_metadata()["ophys_experiment_id"])
        return {"kind": "recording", "session": session, "file": str(value.nwb_file)}
    if "BrainObservatoryCache" in names:
        return {"kind": "cache"}
    if "Figure" in names:
        return {"kind": "figure", "of": writer.node(describe_figure(value), 0)}
    if hasattr(value, "__array__") or isinstance(value, memoryview):
        return _describe_array(writer, np.asarray(value), depth)
    if callable(value):
        return {"kind": "function"}
    return {"kind": "other", "type": type(value).__name__, "why": "not data"}


def write_copies(values: Mapping[str, Any]) -> bytes:
    """Copy values into an archive.

    Parameters
    ----------
    values : mapping of str to object
        Variables by name.

    Returns
    -------
    bytes
        An uncompressed ``.npz``. A value that cannot be copied is described
        by its type and the reason.
    """
    writer, nodes = _Writer(), {}
    for name, value in values.items():
        arrays, size = dict(writer.arrays), writer.size
        writer.items = 0
        try:
            nodes[name] = writer.node(value)
        except Exception as error:
            writer.arrays, writer.size = arrays, size
            nodes[name] = {"kind": "other", "type": type(value).__name__, "why": str(error)}
    text = np.frombuffer(json.dumps(nodes).encode(), dtype=np.uint8)
    buffer = io.BytesIO()
    np.savez(buffer, **{INDEX_ENTRY: text}, **writer.arrays)
    return buffer.getvalue()


# Reading ------------------------------------------------------------------------------


@dataclass
class Foreign:
    """What becomes of values that are not data, on the reader's side.

    Attributes
    ----------
    recording : callable
        ``(session, file) -> object`` for a recording.
    cache : callable
        ``() -> object`` for a BrainObservatoryCache.
    function : callable
        ``(name) -> object`` for a function bound to a variable of that name.
    """

    recording: Callable[[int, str], Any] = lambda session, file: uncopied("recording")
    cache: Callable[[], Any] = lambda: uncopied("BrainObservatoryCache")
    function: Callable[[str], Any] = lambda name: uncopied("function")


def read_copies(archive: bytes, foreign: Foreign | None = None) -> dict[str, Any]:
    """Read an archive that `write_copies` made, trusting nothing in it.

    Parameters
    ----------
    archive : bytes
        The archive.
    foreign : Foreign, optional
        What recordings, caches and functions become.

    Raises
    ------
    CopyRefused
        If it is not such an archive, or is larger than `MOST_BYTES` when unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > 2 * MOST_BYTES:
                raise CopyRefused("The copied variables are too large.")
        with np.load(io.BytesIO(archive), allow_pickle=False) as arrays:
            nodes = json.loads(arrays[INDEX_ENTRY].tobytes())
            reader = _Reader({key: arrays[key] for key in arrays.files}, foreign or Foreign())
        return {str(name): reader.value(str(name), node) for name, node in nodes.items()}
    except CopyRefused:
        raise
    except Exception as error:
        raise CopyRefused(f"The copied variables cannot be read: {error}") from error


@dataclass
class _Reader:
    arrays: dict[str, np.ndarray]
    foreign: Foreign

    def value(self, name: str, node: dict[str, Any]) -> Any:
        try:
            return self.node(node, name)
        except Exception as error:
            return uncopied(str(node.get("type", node.get("kind", "object"))), str(error))

    def node(self, node: dict[str, Any], name: str = "") -> Any:
        kind = node["kind"]
        if kind == "plain":
            return node["value"]
        if kind == "int":
            return int(node["value"])
        if kind == "float":
            return float(node["value"])
        if kind == "blank":
            return ...
        if kind == "array":
            return self.arrays[node["key"]]
        if kind == "scalar":
            dtype = np.dtype(str(node["dtype"]))
            if dtype.kind not in SIMPLE_KINDS:
                raise CopyRefused(f"a scalar of {dtype}")
            return np.frombuffer(bytes.fromhex(node["bytes"]), dtype)[0]
        if kind == "packed":
            array = self.node(node["of"])
            return _SEQUENCES[node["as"]](array.tolist() if node["native"] else array)
        if kind in _SEQUENCES:
            return _SEQUENCES[kind]([self.node(item) for item in node["items"]])
        if kind in _CONTAINERS:
            return _CONTAINERS[kind](self, node)
        return self._foreign(kind, node, name)

    def _foreign(self, kind: str, node: dict[str, Any], name: str) -> Any:
        if kind == "recording":
            return self.foreign.recording(int(node["session"]), str(node["file"]))
        if kind == "cache":
            return self.foreign.cache()
        if kind == "function":
            return self.foreign.function(name)
        if kind == "figure":
            return rebuild_figure(self.node(node["of"]))
        return uncopied(str(node.get("type", kind)), str(node.get("why", "not data")))


def _read_objects(reader: _Reader, node: dict[str, Any]) -> np.ndarray:
    values = np.empty(len(node["items"]), dtype=object)
    for i, item in enumerate(node["items"]):
        values[i] = reader.node(item)
    return values.reshape([int(length) for length in node["shape"]])


def _read_frame(reader: _Reader, node: dict[str, Any]) -> pd.DataFrame:
    columns = [reader.node(column) for column in node["data"]]
    index = reader.node(node["index"])
    frame = pd.DataFrame(dict(enumerate(columns)), index=index)
    frame.columns = reader.node(node["columns"])
    return frame


_SEQUENCES = {"list": list, "tuple": tuple, "set": set}
_CONTAINERS: dict[str, Callable[[_Reader, dict], Any]] = {
    "dict": lambda reader, node: {
        reader.node(key): reader.node(value) for key, value in node["pairs"]
    },
    "masked": lambda reader, node: np.ma.MaskedArray(
        reader.node(node["data"]), mask=reader.node(node["mask"])
    ),
    "objects": _read_objects,
    "frame": _read_frame,
    "series": lambda reader, node: pd.Series(
        reader.node(node["data"]), index=reader.node(node["index"]), name=reader.node(node["name"])
    ),
    "index": lambda reader, node: pd.Index(
        reader.node(node["values"]), name=reader.node(node["name"])
    ),
    "multi_index": lambda reader, node: pd.MultiIndex.from_tuples(
        [reader.node(item) for item in node["items"]]
    ),
}


def keep_data(archive: bytes) -> bytes:
    """Leave figures, functions and file paths out of an archive, and compress it.

    Parameters
    ----------
    archive : bytes
        From `write_copies`, in a process that is trusted.
    """
    with np.load(io.BytesIO(archive), allow_pickle=False) as packed:
        arrays = {key: packed[key] for key in packed.files}
    nodes = json.loads(arrays.pop(INDEX_ENTRY).tobytes())
    nodes = {
        name: {**node, "file": ""} if node["kind"] == "recording" else node
        for name, node in nodes.items()
        if node["kind"] not in ("figure", "function", "other")
    }
    text = json.dumps(nodes)
    kept = {key: values for key, values in arrays.items() if f'"key": "{key}"' in text}
    buffer = io.BytesIO()
    index = np.frombuffer(text.encode(), dtype=np.uint8)
    np.savez_compressed(buffer, **{INDEX_ENTRY: index}, **kept)
    return buffer.getvalue()
