"""Run a notebook's cells in a kernel of its own, within its limits.

This is the door between the grader and the student's code: cells go in,
outputs and copies of variables come out, and nothing else.
"""

from __future__ import annotations

import os
import secrets
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import nbformat
from nbclient.exceptions import DeadKernelError

from ..inside.confine import EXCHANGE
from ..inside.limits import Limits
from ..shared.needs import NOTHING, Needs
from .client import FLOOD, Client
from .ordinary import how_started
from .outputs import Outputs
from .sandbox import NoIsolation
from .warm import WarmProcessError
from .watch import Bound, Ordinary, Watch

LISTEN = (
    "from visual_coding_course.inside import listen as _inside\n"
    "_inside.listen(get_ipython().kernel, {kinds!r})\n"
    "del _inside"
)
LINGER_SECONDS = 1.0  # a warm process that is killed may be gone this long after its kernels
LEAST_SECONDS = 1.0  # a cell has this much, and not less because it is one of the last
MOST_NAME = 255
READ_ONLY = 0o444
NEVER = 10**6  # seconds: others end what takes too long


class TimedOut(Exception):
    """A cell, or the whole submission, took longer than it may.

    Parameters
    ----------
    message : str
        Says how long that is.
    by_grader : bool
        Whether the submission took the time, whatever else the machine did.
    """

    def __init__(self, message: str, by_grader: bool):
        super().__init__(message)
        self.by_grader = by_grader


class KernelGone(Exception):
    """The kernel is dead: it ended by itself, was killed by somebody, or by the grader.

    Parameters
    ----------
    message : str
        Says why.
    timed_out : bool
        Whether it was killed for the time it took.
    by_grader : bool
        Whether the grader killed it for what the submission used, and would again.
    """

    def __init__(self, message: str, timed_out: bool = False, by_grader: bool = False):
        super().__init__(message)
        self.timed_out, self.by_grader = timed_out, by_grader


class Spent(NamedTuple):
    """What a submission has used up of its limits.

    Attributes
    ----------
    processor, clock : float
        Seconds of processor time, and by the clock.
    shown : float
        Bytes of what it has displayed.
    """

    processor: float = 0.0
    clock: float = 0.0
    shown: float = 0.0


NOTHING_SPENT = Spent()


class StudentKernel:
    """A running kernel for one submission; a context manager.

    Parameters
    ----------
    notebook : NotebookNode
        The submission. Outputs are written into its cells.
    limits : Limits
        What it may use.
    files : mapping of str to bytes
        Files that stand beside the notebook while it runs, read-only, by relative path; of those
        that cannot stand beside one another, the last.
    isolated : bool
        Whether the kernel is an isolated warm one, or an ordinary one that can
        do what this process can.
    needs : Needs
        What the notebook needs besides plain data.
    spent : Spent
        What another kernel has used up of the same limits.
    """

    def __init__(
        self,
        notebook: nbformat.NotebookNode,
        limits: Limits,
        files: Mapping[str, bytes],
        isolated: bool = True,
        needs: Needs = NOTHING,
        spent: Spent = NOTHING_SPENT,
    ):
        self.limits, self.isolated, self._needs = limits, isolated, needs
        self._files = _placed(files)
        self._scratch = nbformat.v4.new_code_cell()
        self._cells = len(notebook.cells)
        stage = nbformat.v4.new_notebook(cells=[*notebook.cells, self._scratch])
        self._outside = TemporaryDirectory(prefix="grading-", ignore_cleanup_errors=True)
        self._client = Client(
            stage,
            limits=limits,
            outputs=Outputs(limits, spent.shown),
            isolated=isolated,
            needs=needs,
            connection_file=str(Path(self._outside.name, "kernel.json")),
            timeout=None,
            iopub_timeout=NEVER,
            allow_errors=True,
            startup_timeout=120,
            shutdown_kernel="immediate",
            record_timing=False,
        )
        self._client.log.setLevel("CRITICAL")
        self._taken, self._passed, _ = spent
        self.alive = False
        self.failure: Exception | None = None

    def __enter__(self) -> StudentKernel:
        folder = Path(self._outside.name, "submission")
        folder.mkdir()
        for name, content in self._files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            path.chmod(READ_ONLY)
        try:
            self._start(folder)
        except BaseException:
            self._client.close_connections()
            self._outside.cleanup()
            raise
        provisioner = self._client.km.provisioner
        if self.isolated:
            # As other processes of the grader see it, too.
            self._exchange = Path(f"/proc/{os.getpid()}/fd/{provisioner.fork.exchange}")
            self._exchange_inside = EXCHANGE
            kernel = provisioner.fork
        else:
            self._exchange = Path(self._outside.name)
            self._exchange_inside = self._outside.name
            kernel = Ordinary(provisioner.pid)
        self._watch = Watch(kernel, self.limits, self.isolated)
        most = FLOOD * self.limits.output_megabytes * 1024**2
        self._watch.flooding = lambda: self._client.kc.session.received > most
        self._watch.start()
        self.alive = True
        if not self.isolated:
            self._listen()
        return self

    def _listen(self) -> None:
        """Have an ordinary kernel hear what an isolated one hears from the start."""
        self._scratch.source = LISTEN.format(kinds=self._needs.kinds)
        try:
            # Not the student's code, and none of their time.
            self._client.outputs.begin(self._scratch)
            self._client.execute_cell(self._scratch, self._cells)
            for output in self._scratch.outputs:
                if output.output_type == "error":
                    raise WarmProcessError(f"The kernel cannot be used ({output.evalue}).")
        except BaseException:
            self.__exit__(None, None, None)
            raise

    def _start(self, folder: Path) -> None:
        how = {} if self.isolated else how_started(self._needs, self._outside.name)
        self._session = self._client.setup_kernel(cwd=str(folder), **how)
        try:
            self._session.__enter__()
        except (NoIsolation, WarmProcessError):
            raise
        except RuntimeError as error:
            # From jupyter_client: the kernel died, and none of the submission's code had run.
            raise WarmProcessError(f"The kernel did not start ({error}).") from error

    def __exit__(self, *exception) -> None:
        try:
            self._watch.stop()
            # What was open of a kernel that died may be closed already; what came of it, stands.
            with suppress(OSError):
                if self.isolated:
                    self._client.km.provisioner.fork.close()
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
        processor = self._bound("took more than {:g} s of processor time", self._taken)
        clock = self._bound(
            "ran longer than {:g} s", self._passed, self.limits.wall_factor, by_grader=False
        )
        watch, outputs = self._watch, self._client.outputs
        outputs.begin(cell)
        watch.begin(processor, clock)
        try:
            execute()
            if not self._client.heard_all:
                outputs.lose(self._client.greatest_megabytes)
        except DeadKernelError:
            self.alive = False
            raise self._gone() from None
        finally:
            # What the grader takes until the next cell is not the student's time.
            taken, passed = watch.end()
            self._taken, self._passed = self._taken + taken, self._passed + passed
            self._client.heard_all = True
            outputs.end()
        if watch.over is not None:
            raise TimedOut(f"{watch.over.words} and was stopped.", watch.over.by_grader)

    def _bound(
        self, words: str, taken: float, factor: float = 1.0, by_grader: bool = True
    ) -> Bound:
        """How long the next cell may take, and what is to be said of one that takes longer.

        Raises
        ------
        TimedOut
            If there is no time left.
        """
        cell, most = self.limits.cell_seconds * factor, self.limits.submission_seconds * factor
        if most - taken >= cell:
            return Bound(cell, f"A cell {words.format(cell)}", by_grader)
        whole = f"The notebook {words.format(most)}"
        if taken >= most:
            raise TimedOut(f"{whole}.", by_grader)
        return Bound(max(LEAST_SECONDS, most - taken), whole, by_grader)

    def _gone(self) -> KernelGone | WarmProcessError:
        """Say why the kernel is dead."""
        watch, over = self._watch, self._watch.over
        if watch.reason:
            by_grader = over is None or over.by_grader
            return KernelGone(watch.reason, timed_out=over is not None, by_grader=by_grader)
        if self.isolated and self._client.km.provisioner.warm.wait(LINGER_SECONDS):
            return WarmProcessError("The grader's warm process ended.")
        if over is not None:
            words = f"{over.words}, and the kernel died when it was interrupted."
            return KernelGone(words, timed_out=True, by_grader=over.by_grader)
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

    def call(self, name: str, given: list[bytes]) -> Path:
        """Call a student's function, once or several times.

        Parameters
        ----------
        name : str
            The variable that it is in.
        given : list of bytes
            For each call, an archive of its arguments.

        Returns
        -------
        Path
            With ``.0``, ``.1``, … behind it, archives of what comes of the calls: of the first at
            least, if all goes well, and perhaps not of the last.
        """
        returned = _unguessable()
        try:
            many = [b64encode(one).decode() for one in given]
            self._ask("call_all", name, many, self._inside(returned))
        except (KernelGone, TimedOut, WarmProcessError) as reason:
            self.failure = reason
            raise
        return self._exchange / returned

    def put_in(
        self,
        values: bytes,
        functions: Iterable[str],
        code: str,
        given: Iterable[str],
        asked: Iterable[str],
    ) -> Path:
        """Put right values in place of the student's.

        Parameters
        ----------
        values : bytes
            An archive of them.
        functions, code, given, asked
            As in `inside.putting.put_in`.

        Returns
        -------
        Path
            An archive, if all went well.
        """
        name = _unguessable()
        functions, given, asked = map(sorted, (functions, given, asked))
        encoded = b64encode(values).decode()
        self._ask("put_in", encoded, functions, code, given, asked, self._inside(name))
        return self._exchange / name

    @property
    def spent(self) -> Spent:
        """What it has used up of its limits, and what another had before."""
        return Spent(self._taken, self._passed, self._client.outputs.shown)

    def _ask(self, what: str, *given: Any) -> None:
        """Have the kernel do something between cells; what is displayed meanwhile is dropped."""
        ask = partial(self._client.ask, what, given, self._scratch, self._cells)
        self._within_limits(self._scratch, ask)

    def _inside(self, name: str) -> str:
        return f"{self._exchange_inside}/{name}"


def _unguessable() -> str:
    return f"{secrets.token_hex(8)}.copies"


def _placed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Leave out what cannot stand in one folder; the course's own files come last, and stay."""
    placed, folders = {}, set()
    for name in reversed(files):
        path = PurePosixPath(name)
        above = set(map(str, path.parents))
        plain = name and not path.is_absolute() and ".." not in path.parts and "\0" not in name
        short = all(len(part.encode("utf-8", "replace")) <= MOST_NAME for part in path.parts)
        if plain and short and str(path) not in folders and above.isdisjoint(placed):
            placed[str(path)] = files[name]
            folders |= above
    return placed
