"""What the grader asks of the student's kernel: runs in there, holds nothing secret."""

from __future__ import annotations

import os
import sys
import time
import warnings
from base64 import b64decode
from functools import partial
from pathlib import Path
from typing import Any

from IPython import get_ipython

from . import kinds, notebook, putting
from .copies import Foreign, find_uncopied, read_copies, write_copies
from .leftovers import go_on

REQUEST, REPLY = "grader_request", "grader_reply"  # messages on the shell channel
CHECKS = "visual_coding_course.notebook"
ERROR_ENTRY = "error"
RESULT_ENTRY = "result"
UNUSABLE_ENTRY = "unusable_arguments"  # by no fault of the student's function
#: When several calls are asked for at once, the next is left to another request after so much.
TOGETHER_SECONDS, TOGETHER_BYTES = 1.0, 64 * 1024**2
#: What is called, by name: what had that name when it was copied out, at its own check.
_called: dict[str, Any] = {}


def listen(kernel: Any, kinds_in: str | None = None) -> None:
    """Have a kernel do, between cells, what the grader asks for: copy variables out, or call.

    A message of its own takes a fraction of the time that a cell takes to run. What asks the
    kernel to end ends the cell that it stands in.
    """
    if kinds_in:
        kinds.know(kinds_in)
    # Nothing else stands there in a sandbox. Where there is none, too, the grader checks, and the
    # notebook does not miss its tests, which are not beside it.
    sys.modules[CHECKS] = notebook
    kernel.shell_handlers[REQUEST] = partial(_serve, kernel)
    kernel.shell.ask_exit = partial(_end_cell, kernel)
    go_on(kernel)
    # What IPython would say of it is advice on how to end a program.
    warnings.filterwarnings("ignore", message="To exit: use")


def _end_cell(kernel: Any) -> None:
    """Take exit() and quit() for what sys.exit() is.

    IPython's own would end the kernel a tenth of a second later, which may be some cells later.
    """
    source = kernel.get_parent("shell").get("content", {}).get("code", "").strip()
    begins = source.split("\n")[0][:60]
    where = f" in the cell that begins `{begins}`" if begins else ""
    raise SystemExit(f"exit() or quit() was called{where}.")


def _serve(kernel: Any, stream: Any, sender: Any, message: dict[str, Any]) -> None:
    """Do what a message asks for, and reply in any case: what is missing says what went wrong."""
    asked = message["content"]
    try:
        does = {"copy_out": copy_out, "call_all": call_all, "put_in": put_in}
        does[asked["what"]](*asked["given"])
    except BaseException as error:
        kernel.log.debug("%s: %r", asked["what"], error)
    finally:
        kernel.session.send(stream, REPLY, {}, message, ident=sender)


def copy_out(names: list[str], archive: str) -> None:
    """Copy the student's variables of these names into an archive; missing ones are left out."""
    variables = get_ipython().user_ns
    found = {name: variables[name] for name in names if name in variables}
    _called.update({name: value for name, value in found.items() if callable(value)})
    Path(archive).write_bytes(write_copies(found))


def put_in(
    values: str, functions: list[str], code: str, given: list[str], asked: list[str], archive: str
) -> None:
    """Put in right values, an archive in base 64; see `putting.put_in`. Says so in an archive."""
    variables = get_ipython().user_ns
    right = read_copies(b64decode(values), Foreign(object=kinds.opened))
    putting.put_in(variables, right, functions, code, given, asked)
    _called.update({name: variables[name] for name in functions if name in variables})
    Path(archive).write_bytes(write_copies({RESULT_ENTRY: True}))


def call_all(name: str, many: list[str], archive: str) -> None:
    """Call the student's function several times; what comes of each call is copied out by itself.

    Not for long, nor of much: who misses some of the results asks again for those.
    """
    end, left = time.monotonic() + TOGETHER_SECONDS, TOGETHER_BYTES
    for number, arguments in enumerate(many):
        path = f"{archive}.{number}"
        call(name, arguments, path)
        left -= os.path.getsize(path)
        if left < 0 or time.monotonic() > end:
            break


def call(name: str, arguments: str, archive: str) -> None:
    """Call the student's function on copied arguments, in base 64; copy out what comes of it."""
    copied = read_copies(b64decode(arguments), Foreign(object=kinds.opened))
    unusable = find_uncopied([copied["args"], copied["kwargs"]])
    try:
        if unusable is None:
            taken = copied["args"], copied["kwargs"]
            result = {RESULT_ENTRY: _called[name](*taken[0], **taken[1])}
        else:
            result = {UNUSABLE_ENTRY: repr(unusable)}
    except (Exception, SystemExit) as error:
        result = {ERROR_ENTRY: f"{type(error).__name__}: {error}"}
    Path(archive).write_bytes(write_copies(result))
    # As after a cell: figures that the function left open are not the next cell's.
    get_ipython().events.trigger("post_execute")
