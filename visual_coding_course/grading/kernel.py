"""Run a notebook's cells in a kernel of its own, within its limits.

This is the door between the grader and the student's code: cells go in,
outputs and copies of variables come out, and nothing else.
"""

from __future__ import annotations

import os
import secrets
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from nbclient.exceptions import DeadKernelError

from ..kernels.confine import EXCHANGE
from ..kernels.limits import Limits
from ..kernels.sandbox import NoIsolation
from ..kernels.warm import WarmProcessError
from ..kernels.watch import Watch
from .ahead import ONE_THREAD
from .client import FLOOD, Client, merge_streams

LISTEN = (
    "from visual_coding_course.grading import inside as _inside\n"
    "_inside.listen(get_ipython().kernel)\n"
    "del _inside"
)
LATE_SECONDS = 2.0  # the watch ends a kernel this long after nbclient should have
LINGER_SECONDS = 1.0  # a warm process that is killed may be gone this long after its kernels


class TimedOut(Exception):
    """A cell, or the whole submission, took longer than it may."""

    by_grader = True


class KernelGone(Exception):
    """The kernel is dead: it crashed, or had to be killed because it ran too long."""

    def __init__(self, message: str, timed_out: bool = False):
        super().__init__(message)
        self.timed_out = timed_out
        self.by_grader = timed_out or "died" not in message


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
    isolated : bool
        Whether the kernel is an isolated warm one, or an ordinary one that can
        do what this process can.
    """

    def __init__(
        self,
        notebook: nbformat.NotebookNode,
        limits: Limits,
        files: dict[str, str],
        isolated: bool = True,
    ):
        self.limits, self.isolated = limits, isolated
        self._files = files
        self._scratch = nbformat.v4.new_code_cell()
        self._cells = len(notebook.cells)
        stage = nbformat.v4.new_notebook(cells=[*notebook.cells, self._scratch])
        self._outside = TemporaryDirectory(prefix="grading-", ignore_cleanup_errors=True)
        self._client = Client(
            stage,
            limits=limits,
            isolated=isolated,
            connection_file=str(Path(self._outside.name, "kernel.json")),
            timeout_func=lambda cell: self._allowed,
            allow_errors=True,
            startup_timeout=120,
            shutdown_kernel="immediate",
            record_timing=False,
        )
        self._client.log.setLevel("CRITICAL")
        self._allowed = limits.cell_seconds
        self._watch: Watch | None = None
        self.alive = False
        self.failure: Exception | None = None

    def __enter__(self) -> StudentKernel:
        folder = Path(self._outside.name, "submission")
        folder.mkdir()
        for name, text in self._files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
        try:
            self._start(folder)
        except BaseException:
            self._client.close_connections()
            self._outside.cleanup()
            raise
        if self.isolated:
            fork = self._client.km.provisioner.fork
            # As other processes of the grader see it, too.
            self._exchange = Path(f"/proc/{os.getpid()}/fd/{fork.exchange}")
            self._exchange_inside = EXCHANGE
            self._watch = Watch(fork, self.limits)
            self._watch.start()
        else:
            self._exchange = Path(self._outside.name)
            self._exchange_inside = self._outside.name
        self.alive = True
        self._deadline = time.monotonic() + self.limits.submission_seconds
        if not self.isolated:
            self._listen()
        return self

    def _listen(self) -> None:
        """Have an ordinary kernel hear what an isolated one hears from the start."""
        self._scratch.source = LISTEN
        try:
            self.run(self._scratch, self._cells)
            for output in self._scratch.outputs:
                if output.output_type == "error":
                    raise WarmProcessError(f"The kernel cannot be used ({output.evalue}).")
        except BaseException:
            self.__exit__(None, None, None)
            raise

    def _start(self, folder: Path) -> None:
        self._session = self._client.setup_kernel(cwd=str(folder), env=self._environment())
        try:
            self._session.__enter__()
        except (NoIsolation, WarmProcessError):
            raise
        except RuntimeError as error:
            # From jupyter_client: the kernel died, and none of the submission's code had run.
            raise WarmProcessError(f"The kernel did not start ({error}).") from error

    def _environment(self) -> dict[str, str]:
        """What an ordinary kernel needs; an isolated one gets none of it."""
        paths = [path for path in sys.path if path]
        environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": os.pathsep.join(paths)}
        environment.pop("NBGRADER_EXECUTION", None)
        return environment

    def __exit__(self, *exception) -> None:
        try:
            if self._watch is not None:
                self._watch.stop()
                self._watch.fork.close()
            self._session.__exit__(None, None, None)
        finally:
            self._client.close_connections()
            self._outside.cleanup()

    def run(self, cell: nbformat.NotebookNode, index: int) -> None:
        """Run one cell of the notebook; its outputs are written into it.

        Raises
        ------
        TimedOut
            If it had to be interrupted; the kernel is still alive.
        KernelGone
            If the kernel died, or had to be killed.
        WarmProcessError
            If the warm process died, and the kernel with it.
        """
        self._within_limits(cell, partial(self._client.execute_cell, cell, index))

    def _within_limits(self, cell: nbformat.NotebookNode, execute: Callable[[], Any]) -> None:
        if not self.alive:
            raise KernelGone("The kernel was no longer running.")
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimedOut(f"The notebook ran longer than {self.limits.submission_seconds:g} s.")
        self._allowed = max(1.0, min(self.limits.cell_seconds, left))
        self._client.interrupted = False
        if self._watch is not None:
            grace = self._allowed + self.limits.interrupt_grace_seconds
            self._watch.deadline = time.monotonic() + grace + LATE_SECONDS
            most = FLOOD * self.limits.output_megabytes * 1024**2
            self._watch.flooding = lambda: self._client.km.session.received > most
        try:
            execute()
        except DeadKernelError:
            self.alive = False
            raise self._gone() from None
        finally:
            if self._watch is not None:
                # What the grader takes until the next cell is not the student's time.
                self._watch.deadline = float("inf")
            cell.outputs = merge_streams(cell.outputs)
        if self._client.interrupted:
            raise TimedOut(f"A cell ran longer than {self._allowed:g} s and was stopped.")

    def _gone(self) -> KernelGone | WarmProcessError:
        """Say why the kernel is dead."""
        if self._watch is not None and self._watch.reason:
            return KernelGone(self._watch.reason, timed_out=self._watch.timed_out)
        if self._client.interrupted:
            return KernelGone(
                f"A cell ran longer than {self._allowed:g} s and did not stop "
                "when it was interrupted.",
                timed_out=True,
            )
        if self.isolated and self._client.km.provisioner.warm.wait(LINGER_SECONDS):
            return WarmProcessError("The grader's warm process ended.")
        return KernelGone("The kernel died.")

    def copy_out(self, names: Iterable[str]) -> Path:
        """Copy the student's variables out as data.

        Parameters
        ----------
        names : iterable of str
            Variables to copy; missing ones are left out.

        Returns
        -------
        Path
            An archive, as `copies.write_copies` makes it; to be had with `exchange.take`.
        """
        name = _unguessable()
        self._ask("copy_out", sorted(names), self._inside(name))
        return self._exchange / name

    def call(self, name: str, given: bytes) -> Path:
        """Call a student's function.

        Parameters
        ----------
        name : str
            The variable that it is in.
        given : bytes
            Archive of its arguments.

        Returns
        -------
        Path
            Archive of what comes of it.
        """
        returned = _unguessable()
        try:
            self._ask("call", name, b64encode(given).decode(), self._inside(returned))
        except (KernelGone, TimedOut, WarmProcessError) as reason:
            self.failure = reason
            raise
        return self._exchange / returned

    def _ask(self, what: str, *given: Any) -> None:
        """Have the kernel do something between cells; what is displayed meanwhile is dropped."""
        ask = partial(self._client.ask, what, given, self._scratch, self._cells)
        self._within_limits(self._scratch, ask)

    def _inside(self, name: str) -> str:
        return f"{self._exchange_inside}/{name}"


def _unguessable() -> str:
    return f"{secrets.token_hex(8)}.copies"
