"""What a cell displays, as far as the limits allow, and in a form that the notebook format knows.

Nothing in here is believed: messages are made by student code, and may hold anything.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Any

import nbformat
from nbformat import NotebookNode

from ..inside.limits import Limits

#: Bytes that an item of a message counts for, beside its text: in memory it takes far more.
ITEM_BYTES = 100
MOST_DEPTH = 100
MOST_COUNT = 2**31
#: Of an error that is too long to be shown.
MOST_ERROR = 300
TURNS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
NO_TURNS = bytes(set(range(256)).difference(TURNS))
JSON_TYPE = re.compile(r"application/(.*\+)?json")
DISPLAYS = ("display_data", "execute_result", "update_display_data")
SHOWN = ("stream", "error", *DISPLAYS)


def weigh(text: bytes, most: float = float("inf")) -> float:
    """Say what a piece of JSON comes to, without reading it.

    Parameters
    ----------
    text : bytes
        JSON, or what claims to be.
    most : float
        What is of interest: more need not be told apart.

    Returns
    -------
    float
        Bytes of the text, and `ITEM_BYTES` for each item in it; infinite if it is too deep.
    """
    if len(text) > most:
        return len(text)
    text, length = text.replace(b"\\\\", b"").replace(b'\\"', b""), len(text)
    strings = text.count(b'"') // 2
    if length + ITEM_BYTES * strings > most:
        return length + ITEM_BYTES * strings
    outside = b"".join(text.split(b'"')[::2])
    depths = accumulate(map(TURNS.__getitem__, outside.translate(None, NO_TURNS)))
    items = strings + sum(map(outside.count, (b",", b"[", b"{")))
    return float("inf") if max(depths, default=0) > MOST_DEPTH else length + ITEM_BYTES * items


class Outputs:
    """The outputs of a submission's cells.

    Parameters
    ----------
    limits : Limits
        What they may come to.
    shown : float
        What was displayed of that before, bytes.

    Attributes
    ----------
    shown : float
        What was displayed until now.
    left_out : int
        How many outputs of the cell were left out because the notebook has shown too much.
    """

    def __init__(self, limits: Limits, shown: float = 0.0):
        self.limits = limits
        self._most = limits.output_megabytes * 1024**2
        self.shown = shown
        self._named: dict[str, list[NotebookNode]] = {}
        self.begin(nbformat.v4.new_code_cell())

    def begin(self, cell: NotebookNode) -> None:
        """Have a cell take the outputs that come."""
        self._cell = cell
        cell.outputs = []
        self.left_out = 0
        self._told: set[str] = set()
        self._clear_next = self._kept_error = False

    def end(self) -> None:
        """Put what was printed in pieces together."""
        for output in self._cell.outputs:
            if output["output_type"] == "stream":
                output["text"] = _as_on_a_terminal("".join(output["text"]))

    def take(self, kind: str, content: dict[str, Any], weight: float) -> None:
        """Take an output, or leave it out and say so.

        Parameters
        ----------
        kind : str
            The message's type, of `SHOWN`.
        content : dict
            The message's content.
        weight : float
            From `weigh`.
        """
        transient = content.get("transient")
        name = transient.get("display_id") if isinstance(transient, dict) else None
        name = name if isinstance(name, str) and kind in DISPLAYS else None
        same = self._named.get(name, []) if name is not None else []
        self.shown += weight * max(1, len(same) + (kind != "update_display_data"))
        if self.shown > self._most:
            if kind == "error":
                self._keep_error(content)
            self.left_out += 1
            most = f"the notebook printed and displayed more than {self.limits.output_megabytes:g}"
            self._say(f"What comes after is left out: {most} MB.\n")
            return
        output = _output(kind, content)
        for other in same:
            other["data"], other["metadata"] = output["data"], output["metadata"]
        if kind == "update_display_data":
            return
        if self._clear_next:
            self.clear()
        last = self._cell.outputs[-1] if self._cell.outputs else {}
        if kind == "stream" and last.get("name") == output["name"]:
            last["text"] += output["text"]
        elif len(self._cell.outputs) >= self.limits.cell_outputs:
            if kind == "error":
                self._keep_error(content)
            most = f"the cell has more than {self.limits.cell_outputs} outputs"
            self._say(f"What comes after is left out: {most}.\n")
        else:
            self._cell.outputs.append(output)
            if name is not None:
                self._named.setdefault(name, []).append(output)

    def clear(self, wait: bool = False) -> None:
        """Remove the outputs of the cell, or do it when the next comes."""
        self._clear_next = wait
        if not wait:
            self._cell.outputs = []

    def lose(self, megabytes: float) -> None:
        """Say that something did not arrive."""
        self._say(
            "Some of what this cell displayed did not arrive: a single output can have at most "
            f"{megabytes:g} MB.\n"
        )

    def _say(self, text: str) -> None:
        if text not in self._told:
            self._told.add(text)
            self._cell.outputs.append(_output("stream", {"name": "stderr", "text": text}))

    def _keep_error(self, content: dict[str, Any]) -> None:
        """Keep an error's first words all the same, for it is why the cell ended."""
        if not self._kept_error:
            self._kept_error = True
            name, words = (str(content.get(key))[:MOST_ERROR] for key in ("ename", "evalue"))
            short = {"ename": name, "evalue": words, "traceback": [f"{name}: {words}"]}
            self._cell.outputs.append(_output("error", short))


def _output(kind: str, content: dict[str, Any]) -> NotebookNode:
    """Make an output as the notebook format has it of whatever a message holds."""
    if kind == "stream":
        name = "stderr" if content.get("name") == "stderr" else "stdout"
        output = {"name": name, "text": [_text(content.get("text"))]}
    elif kind == "error":
        trace = content.get("traceback")
        output = {key: _text(content.get(key)) for key in ("ename", "evalue")}
        output["traceback"] = list(map(_text, trace if isinstance(trace, list) else []))
    else:
        data, metadata = content.get("data"), content.get("metadata")
        data = data if isinstance(data, dict) else {}
        output = {
            "data": {mime: data[mime] for mime in data if _fits(mime, data[mime])},
            "metadata": metadata if isinstance(metadata, dict) else {},
        }
    if kind == "execute_result":
        output["execution_count"] = count(content.get("execution_count"))
    # Not as `new_output` makes them, which goes through the format's whole schema each time, nor
    # `from_dict`, after which each item takes a kilobyte.
    return NotebookNode(output_type=kind, **{key: _node(value) for key, value in output.items()})


def _node(value: Any) -> Any:
    return NotebookNode(value) if isinstance(value, dict) else value


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _fits(mime: str, value: Any) -> bool:
    lines = value if isinstance(value, list) else [value]
    return bool(JSON_TYPE.fullmatch(mime)) or all(isinstance(line, str) for line in lines)


def count(value: Any) -> int | None:
    """A cell's number, or what claims to be one."""
    return value if type(value) is int and 0 <= value < MOST_COUNT else None


def _as_on_a_terminal(text: str) -> str:
    """Keep of a line only what a terminal would leave on it.

    nbclient's own `coalesce_streams` takes time with the square of a line's length.
    """
    if "\r" not in text:
        return text
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in lines)
