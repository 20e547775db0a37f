"""Watch a forked kernel from outside, and end it when it uses more than it may."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from .limits import Limits
from .sockets import held_by_sockets
from .warm import Fork

EVERY_SECONDS = 0.25


class Watch(threading.Thread):
    """Ends a kernel at its deadline, or when its processes together take too much memory.

    A thread of its own: a kernel that sends messages without a pause keeps
    an event loop too busy to look at the clock.

    Parameters
    ----------
    fork : Fork
        The kernel.
    limits : Limits
        What it may use.

    Attributes
    ----------
    deadline : float
        When to end it, by `time.monotonic`.
    flooding : callable
        Says whether it has sent more than it may.
    reason : str, optional
        Why it was ended.
    timed_out : bool
        Whether that was for the time it took.
    """

    def __init__(self, fork: Fork, limits: Limits):
        super().__init__(daemon=True, name="watch")
        self.fork, self.limits = fork, limits
        self.deadline = float("inf")
        self.flooding: Callable[[], bool] = lambda: False
        self.reason: str | None = None
        self.timed_out = False
        self._done = threading.Event()
        self._most = limits.memory_megabytes * 1024**2
        self._pid = fork.pid

    def run(self) -> None:
        """Look every now and then, until `stop`."""
        while not self._done.wait(EVERY_SECONDS) and self._pid > 0:
            if time.monotonic() > self.deadline:
                self.timed_out = True
                self._end("It ran too long and did not stop when it was interrupted.")
            elif self.flooding():
                self._end(f"It printed far more than {self.limits.output_megabytes:g} MB.")
            elif self._memory() > self._most:
                self._end(f"It used more than {self.limits.memory_megabytes} MB of memory.")

    def stop(self) -> None:
        """Watch no longer; the kernel may be closed after this."""
        self._done.set()
        self.join()

    def _end(self, reason: str) -> None:
        self.reason = self.reason or reason
        self.fork.kill()

    def _memory(self) -> int:
        """Bytes that the kernel and its processes hold for themselves.

        A quick look first, which counts what they share with the warm process
        once for each; the exact one (proc(5), smaps_rollup) only if that is too much.
        """
        processes = list(_descendants(self._pid))
        waiting = held_by_sockets(self._pid)
        if waiting + sum(map(_own_at_most, processes)) <= self._most:
            return 0
        return waiting + sum(map(_own, processes))


def _descendants(pid: int) -> Iterator[int]:
    waiting = [pid]
    while waiting:
        process = waiting.pop()
        yield process
        with suppress(OSError):
            children = Path(f"/proc/{process}/task/{process}/children").read_text()
            waiting += map(int, children.split())


def _own_at_most(pid: int) -> int:
    """Memory of a process that is in no file: resident, whoever else shares it."""
    return _kilobytes(f"/proc/{pid}/status", "RssAnon:", "RssShmem:")


def _own(pid: int) -> int:
    """The same, a page that several processes share being divided among them."""
    return _kilobytes(f"/proc/{pid}/smaps_rollup", "Pss_Anon:", "Pss_Shmem:")


def _kilobytes(file: str, *entries: str) -> int:
    with suppress(OSError):
        lines = (line.split() for line in Path(file).read_text().splitlines())
        return 1024 * sum(int(line[1]) for line in lines if line and line[0] in entries)
    return 0
