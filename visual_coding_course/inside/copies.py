"""Copy variables between processes as data: JSON and plain arrays, never pickle.

`write_copies` runs in the student's kernel, `read_copies` in the grader, and
the other way round for the arguments of a student's function. What is not data
(a recording, say, or a figure, or a function) travels as a description, and the reader
decides what it becomes.

An archive is a line that names the format, the length of the head, the head, and
then the arrays as they lie in memory. The head is JSON: a description of every
variable, and type, shape and place of every array.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, BinaryIO

import numpy as np

from .describe import MOST_BYTES, MOST_TEXT, CopyRefused, Writer
from .rebuild import Foreign, Reader, Uncopied, checked, find_uncopied, raw_array, uncopied

__all__ = [
    "MOST_BYTES",
    "CopyRefused",
    "Foreign",
    "Uncopied",
    "find_uncopied",
    "keep_data",
    "read_copies",
    "read_kept",
    "uncopied",
    "write_copies",
    "write_copies_to",
]

FORMAT = b"visual-coding-course copies 1\n"
PREFIX = len(FORMAT) + 8
ALIGNED = 64
#: What the places of all arrays may add to the text of the head.
MOST_PLACES = 4 * 1024**2
INDEX_ENTRY = "values"
NO_DATA = ("figure", "function", "other")


def write_copies(values: Mapping[str, Any]) -> bytes:
    """Copy values into an archive.

    Parameters
    ----------
    values : mapping of str to object
        Variables by name.

    Returns
    -------
    bytes
        The archive. A value that cannot be copied is described by its type
        and the reason.
    """
    buffer = io.BytesIO()
    write_copies_to(buffer, values)
    return buffer.getvalue()


def write_copies_to(file: BinaryIO, values: Mapping[str, Any]) -> None:
    """Copy values into an archive in a file that is open for writing; see `write_copies`."""
    writer = Writer()
    nodes = [f"{json.dumps(name)}: {writer.variable(value)}" for name, value in values.items()]
    places, place = {}, 0
    for key, array in writer.arrays.items():
        places[key] = [array.dtype.str, list(array.shape), place]
        place += -(-array.nbytes // ALIGNED) * ALIGNED
    head = f'{{"arrays": {json.dumps(places)}, "values": {{{", ".join(nodes)}}}}}'.encode()
    head += b" " * (-(PREFIX + len(head)) % ALIGNED)
    file.write(FORMAT + len(head).to_bytes(8, "little") + head)
    for array in writer.arrays.values():
        if array.nbytes:
            file.write(np.ascontiguousarray(array).reshape(-1).view(np.uint8))
            file.write(bytes(-array.nbytes % ALIGNED))


def read_copies(
    archive: bytes | bytearray,
    foreign: Foreign | None = None,
    names: Iterable[str] | None = None,
) -> dict[str, Any]:
    """Read an archive that `write_copies` made, trusting nothing in it.

    Parameters
    ----------
    archive : bytes or bytearray
        The archive. Arrays share the memory of a bytearray.
    foreign : Foreign, optional
        What objects, functions and figures become.
    names : iterable of str, optional
        The variables to read; all by default.

    Raises
    ------
    CopyRefused
        If it is not such an archive, or is too large.
    """
    return _read(_open, archive, foreign or Foreign(), names)


def read_kept(archive: bytes, foreign: Foreign | None = None) -> dict[str, Any]:
    """Read what `keep_data` made, or `write_copies`; a file of the course, never a student's.

    Parameters
    ----------
    archive : bytes
        The archive.
    foreign : Foreign, optional
        What objects become.

    Raises
    ------
    CopyRefused
        If it is no such archive.
    """
    kept = not archive.startswith(FORMAT)
    return _read(_open_kept if kept else _open, archive, foreign or Foreign(), None)


Arrays = Callable[[str], np.ndarray]


def _read(
    opened: Callable[[Any], tuple[Any, Arrays]],
    archive: bytes | bytearray,
    foreign: Foreign,
    names: Iterable[str] | None,
) -> dict[str, Any]:
    try:
        nodes, arrays = opened(archive)
        if not isinstance(nodes, dict):
            raise CopyRefused("The copied variables cannot be read: they have no names.")
    except CopyRefused:
        raise
    except Exception as error:
        raise CopyRefused(f"The copied variables cannot be read: {error}"[:300]) from error
    reader = Reader(arrays, foreign)
    wanted = nodes if names is None else [name for name in names if name in nodes]
    return {name: reader.variable(name, nodes[name]) for name in wanted}


def _open(archive: bytes | bytearray) -> tuple[Any, Arrays]:
    if not archive.startswith(FORMAT):
        raise CopyRefused("The copied variables cannot be read: they are of another format.")
    length = int.from_bytes(archive[len(FORMAT) : PREFIX], "little")
    if length > MOST_TEXT + MOST_PLACES or len(archive) > 2 * MOST_BYTES:
        raise CopyRefused("The copied variables are too large.")
    head = json.loads(archive[PREFIX : PREFIX + length])
    content = archive if isinstance(archive, bytearray) else bytearray(archive)
    body = memoryview(content)[PREFIX + length :]

    def array(key: str) -> np.ndarray:
        dtype, shape, place = head["arrays"][key]
        if type(place) is not int or place < 0:
            raise CopyRefused("an array at an unknown place")
        return raw_array(dtype, shape, body[place:])

    return head["values"], array


def _open_kept(archive: bytes) -> tuple[Any, Arrays]:
    arrays = np.load(io.BytesIO(archive), allow_pickle=False)
    return json.loads(arrays[INDEX_ENTRY].tobytes()), lambda key: checked(arrays[key])


def keep_data(archive: bytes, *, whole: bool = False) -> bytes:
    """Leave figures, functions and file paths out of an archive, and compress it.

    Parameters
    ----------
    archive : bytes
        From `write_copies`, in a process that is trusted.
    whole : bool
        Whether to leave out also what has such a thing among its items.

    Returns
    -------
    bytes
        A compressed ``.npz``, which `read_kept` reads.
    """
    nodes, arrays = _open(archive)
    nodes = {
        name: {**node, "data": _portable(node["data"])} if node["kind"] == "object" else node
        for name, node in nodes.items()
        if node["kind"] not in NO_DATA and not (whole and _holds(node))
    }
    index = np.frombuffer(json.dumps(nodes).encode(), dtype=np.uint8)
    kept = {key: arrays(key) for node in nodes.values() for key in _keys(node)}
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **{INDEX_ENTRY: index}, **kept)
    return buffer.getvalue()


def _holds(node: Any) -> bool:
    """Whether a node has in it, at any depth, what cannot be kept."""
    if isinstance(node, dict):
        return node.get("kind") in NO_DATA or any(map(_holds, node.values()))
    return isinstance(node, list) and any(map(_holds, node))


def _portable(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != "file"}


def _keys(node: Any) -> list[str]:
    """Keys of the arrays that a node names, at any depth."""
    if isinstance(node, list):
        return [key for item in node for key in _keys(item)]
    if not isinstance(node, dict):
        return []
    own = [node["key"]] if node.get("kind") == "array" else []
    return own + [key for item in node.values() for key in _keys(item)]
