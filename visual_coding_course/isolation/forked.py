"""Processes of the grader's own that can be ended: forked, with limits on memory and time.

What a student hands in, and what comes out of their kernel, is data; and data, too, can be made so
that to look at it takes hours, or all memory. So it is looked at beside the process that grades,
and what takes too much ends such a process, and costs nobody else anything.
"""

from __future__ import annotations

import contextlib
import contextvars
import multiprocessing
import os
import signal
import stat
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

from .processes import ProcessorTime

if sys.platform == "linux":
    from ..inside import confine

# A fork has all that this process has imported. macOS' own libraries do not survive one.
METHOD = "fork" if sys.platform == "linux" else "spawn"
FORKS = METHOD == "fork"
OUT_OF_TIME = -int(getattr(signal, "SIGXCPU", 24))  # exit code after too much processor time
KILLED = -9  # exit code of one that somebody killed
GOING_SECONDS = 5.0  # a process whose pipe is closed is gone by then


class Killed(RuntimeError):
    """A process of the grader's was killed by somebody else: for want of memory, or by hand.

    What a submission holds cannot do that, so it is never the submission's failure.
    """


class Forked:
    """A process that serves this one through a pipe.

    Parameters
    ----------
    serve : callable
        Called there with a pipe to this process and the arguments.
    *arguments
        Passed on; the process has what this one has of them.
    kept : iterable of int
        Open sockets that it keeps. It closes all others that it inherits, so that who is at their
        other end sees this process go.
    dies_with_thread : bool
        Whether it is killed when the thread that starts it ends, by whatever: else it goes on
        until it looks at its pipe.

    Attributes
    ----------
    pipe : Connection
        To the process.
    """

    def __init__(
        self,
        serve: Callable,
        *arguments: Any,
        kept: Iterable[int] = (),
        dies_with_thread: bool = False,
    ):
        context = multiprocessing.get_context(METHOD)
        self.pipe, theirs = context.Pipe()
        parent = os.getpid() if dies_with_thread else None
        self._process = context.Process(
            target=_begin, args=(serve, theirs, {*kept}, parent, arguments), daemon=True
        )
        # Dask starts its workers as daemons, which multiprocessing lets have no children.
        settings = multiprocessing.current_process()._config
        before, settings["daemon"] = settings.get("daemon"), False
        try:
            self._process.start()
        finally:
            settings["daemon"] = before
        theirs.close()
        self._used = ProcessorTime()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it is there."""
        return self._process.is_alive()

    def works(self) -> bool:
        """Whether it has taken processor time since this was asked last; says so where unknown."""
        before = self._used.seconds
        self._used.look({self.pid})
        return sys.platform != "linux" or self._used.seconds > before

    def ended(self, what: str) -> int:
        """End one that has closed its pipe; returns its exit code, as `end` does.

        Raises
        ------
        Killed
            If somebody else killed it; says so of `what`.
        """
        self._process.join(GOING_SECONDS)
        killed = self._process.exitcode == KILLED  # before it is killed here, if it stays
        code = self.end()
        if killed:
            raise Killed(f"{what} was killed.")
        return code

    def end(self) -> int:
        """Kill it if it is there; returns its exit code, as `multiprocessing.Process` has it."""
        self._process.kill()
        self._process.join()
        self.pipe.close()
        return self._process.exitcode


def _begin(
    serve: Callable, pipe: Connection, kept: set[int], parent: int | None, arguments: tuple
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started it is interrupted, and ends it
    if FORKS:
        _close_sockets({pipe.fileno(), *kept})
    if FORKS and parent is not None:
        confine.die_with_parent()
        if os.getppid() != parent:  # gone already
            os._exit(1)
    # jupyter_core keeps an event loop for each context, and another for each thread's name: those
    # of the process that forked have no threads here.
    threading.current_thread().name = f"process {os.getpid()}"
    contextvars.Context().run(serve, pipe, *arguments)


def _close_sockets(kept: set[int]) -> None:
    # Their numbers stay taken: what has one here, forgotten or not, may close it some time, and
    # must not find a file of this process's own there.
    nothing = os.open(os.devnull, os.O_RDWR)
    with contextlib.suppress(OSError):
        for number in map(int, os.listdir("/proc/self/fd")):
            with contextlib.suppress(OSError):
                if number not in kept and stat.S_ISSOCK(os.fstat(number).st_mode):
                    os.dup2(nothing, number, inheritable=False)
    os.close(nothing)


@contextmanager
def pooled(idle: deque, make: Callable[[], Any]) -> Iterator[Any]:
    """Have one of those that are idle, or another; it is idle again afterwards.

    One that is left by an exception is ended: it may be in the middle of something, which the next
    one must not get.
    """
    try:
        mine = idle.pop()
    except IndexError:
        mine = make()
    try:
        yield mine
    except BaseException:
        mine.end()
        raise
    idle.append(mine)


def limit_memory(megabytes: int) -> Callable[[], bool]:
    """Bound what this process may take beyond what it has (Linux); says when half is gone."""
    if sys.platform != "linux":
        return lambda: False
    import resource

    before, more = confine.memory_now()[1], megabytes * 1024**2
    resource.setrlimit(resource.RLIMIT_DATA, (before + more, resource.RLIM_INFINITY))
    return lambda: confine.memory_now()[1] > before + more / 2


def limit_time(seconds: float | None) -> None:
    """End this process after so much more processor time; None takes the limit off."""
    with contextlib.suppress(ImportError, OSError):
        import resource

        most = resource.RLIM_INFINITY
        if seconds is not None:
            most = int(time.process_time() + seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))
