"""Run a notebook's cells in a kernel of its own, within time limits.

This is the door between the grader and the student's code: cells go in,
outputs and copies of variables come out, and nothing else.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from traitlets import Float, Unicode

from ..assignment import Limits
from ..cases import CannotCheck
from .copies import MOST_BYTES, CopyRefused, Foreign, read_copies, uncopied, write_copies
from .inside import ERROR_ENTRY, RESULT_ENTRY

INSIDE = "from visual_coding_course.grading import inside as _inside; _inside.{call}; del _inside"
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


# Sockets in a private folder rather than on ports that others on the machine could connect to.
TRANSPORT = "ipc" if os.name == "posix" else "tcp"


class TimedOut(Exception):
    """A cell, or the whole submission, took longer than it may."""


class KernelGone(Exception):
    """The kernel is dead: it crashed, or had to be killed because it ran too long."""

    def __init__(self, message: str, timed_out: bool = False):
        super().__init__(message)
        self.timed_out = timed_out


class _Client(NotebookClient):
    """nbclient that interrupts a cell once, and kills the kernel when that does not help."""

    grace = Float(5.0)
    connection_file = Unicode()
    interrupted = False

    def create_kernel_manager(self):
        self.km = AsyncKernelManager(
            kernel_name="python3", transport=TRANSPORT, connection_file=self.connection_file
        )
        return self.km

    async def _async_handle_timeout(self, timeout, cell=None):
        self.interrupted = True
        await self.km.interrupt_kernel()
        deadline = time.monotonic() + self.grace
        while (left := deadline - time.monotonic()) > 0:
            try:
                reply = await self.kc.shell_channel.get_msg(timeout=left)
            except Exception:
                break
            if reply["msg_type"] == "execute_reply":
                return reply
        await self.km.shutdown_kernel(now=True)
        raise DeadKernelError("The kernel did not stop when it was interrupted.")


class StudentKernel:
    """A running kernel for one submission; a context manager.

    Parameters
    ----------
    notebook : NotebookNode
        The submission. Outputs are written into its cells.
    limits : Limits
        Time limits.
    files : dict of str to str
        Text files that stand beside the notebook while it runs, by relative path.
    """

    def __init__(self, notebook: nbformat.NotebookNode, limits: Limits, files: dict[str, str]):
        self.limits = limits
        self._files = files
        self._exchange = TemporaryDirectory(prefix="copies-", ignore_cleanup_errors=True)
        self._scratch = nbformat.v4.new_code_cell()
        self._cells = len(notebook.cells)
        stage = nbformat.v4.new_notebook(cells=[*notebook.cells, self._scratch])
        self._client = _Client(
            stage,
            connection_file=str(Path(self._exchange.name, "kernel.json")),
            timeout_func=lambda cell: self._allowed,
            allow_errors=True,
            grace=limits.interrupt_grace_seconds,
            startup_timeout=120,
            shutdown_kernel="immediate",
            record_timing=False,
            coalesce_streams=True,
        )
        self._client.log.setLevel("CRITICAL")
        self._allowed = limits.cell_seconds
        self.alive = False
        self.failure: Exception | None = None

    def __enter__(self) -> StudentKernel:
        self._folder = TemporaryDirectory(prefix="submission-", ignore_cleanup_errors=True)
        for name, text in self._files.items():
            path = Path(self._folder.name, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        paths = [path for path in sys.path if path]
        environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": os.pathsep.join(paths)}
        environment.pop("NBGRADER_EXECUTION", None)
        self._session = self._client.setup_kernel(cwd=self._folder.name, env=environment)
        self._session.__enter__()
        self.alive = True
        self._deadline = time.monotonic() + self.limits.submission_seconds
        return self

    def __exit__(self, *exception) -> None:
        try:
            self._session.__exit__(None, None, None)
        finally:
            self._folder.cleanup()
            self._exchange.cleanup()

    def run(self, cell: nbformat.NotebookNode, index: int) -> None:
        """Run one cell of the notebook; its outputs are written into it.

        Raises
        ------
        TimedOut
            If it had to be interrupted; the kernel is still alive.
        KernelGone
            If the kernel died, or had to be killed.
        """
        self._execute(cell, index, self.limits.cell_seconds)

    def _execute(self, cell: nbformat.NotebookNode, index: int, seconds: float) -> None:
        if not self.alive:
            raise KernelGone("The kernel was no longer running.")
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimedOut(f"The notebook ran longer than {self.limits.submission_seconds:g} s.")
        self._allowed = max(1.0, min(seconds, left))
        self._client.interrupted = False
        try:
            self._client.execute_cell(cell, index)
        except DeadKernelError:
            self.alive = False
            if self._client.interrupted:
                raise KernelGone(
                    f"A cell ran longer than {self._allowed:g} s and did not stop "
                    "when it was interrupted.",
                    timed_out=True,
                ) from None
            raise KernelGone("The kernel died.") from None
        if self._client.interrupted:
            raise TimedOut(f"A cell ran longer than {self._allowed:g} s and was stopped.")

    def copy_out(self, names: Iterable[str], foreign: Foreign) -> dict[str, Any]:
        """Copy the student's variables out as data.

        Parameters
        ----------
        names : iterable of str
            Variables to copy; missing ones are left out of the result.
        foreign : Foreign
            What recordings and functions become. Its ``function`` is set here:
            a call goes back to this kernel.
        """
        here = Foreign(foreign.recording, foreign.cache, self._student_function)
        return read_copies(self.archive(names), here)

    def archive(self, names: Iterable[str]) -> bytes:
        """Copy the student's variables into an archive, as `copies.write_copies` makes it."""
        archive = Path(self._exchange.name, "variables.npz")
        self._ask(f"copy_out({sorted(names)!r}, {str(archive)!r})")
        return self._take(archive)

    def _student_function(self, name: str):
        def student_function(*args: Any, **kwargs: Any) -> Any:
            arguments = Path(self._exchange.name, "arguments.npz")
            arguments.write_bytes(write_copies({"args": args, "kwargs": kwargs}))
            archive = Path(self._exchange.name, "result.npz")
            try:
                self._ask(f"call({name!r}, {str(arguments)!r}, {str(archive)!r})")
            except (KernelGone, TimedOut) as reason:
                self.failure = reason
                raise CannotCheck(f"`{name}` could not be called: {reason}") from reason
            copied = read_copies(self._take(archive))
            if ERROR_ENTRY in copied:
                raise RuntimeError(str(copied[ERROR_ENTRY]))
            return copied.get(RESULT_ENTRY)

        if not name:
            return uncopied("function")
        student_function.__name__ = student_function.__qualname__ = name
        return student_function

    def _ask(self, call: str) -> None:
        self._scratch.source = INSIDE.format(call=call)
        self._execute(self._scratch, self._cells, self.limits.cell_seconds)

    @staticmethod
    def _take(archive: Path) -> bytes:
        try:
            if archive.stat().st_size > 2 * MOST_BYTES:
                raise CopyRefused("The copied variables are too large.")
            return archive.read_bytes()
        except FileNotFoundError:
            raise CopyRefused("The variables could not be copied out of the kernel.") from None
        finally:
            archive.unlink(missing_ok=True)
