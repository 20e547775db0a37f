"""Watch a kernel from outside: interrupt a cell that takes too long, end what uses too much."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple, Protocol

from ..inside import confine
from ..inside.limits import Limits
from .processes import ProcessorTime, family, one_of_each, own, own_at_most
from .sockets import held_by_sockets

EVERY_SECONDS = 0.05  # for what the grader's own process holds, which may grow fast
PROCESSES = 4  # times that, for the kernel's processes, which takes longer
PAUSE = 10  # times what a look takes, at least, until the next
BRIEF_SECONDS = 0.05  # until memory that is too much is measured once more
#: What the grader's own process may come to hold beyond the outputs themselves.
HEARD_MEGABYTES = 200
HEARD_TIMES = 5


class Watched(Protocol):
    """A kernel: what it takes to look after it."""

    @property
    def pid(self) -> int:
        """The process that started all others; not above 0 when it is gone."""

    def signal(self, number: int) -> None:
        """Send it a signal."""

    def kill(self) -> None:
        """Kill it and all that it started."""


class Ordinary:
    """A kernel that is not isolated: a process with a group of its own.

    Parameters
    ----------
    pid : int
        Its process id, which is the group's.
    """

    def __init__(self, pid: int):
        self.pid = pid

    def signal(self, number: int) -> None:
        """Send a signal to it and what it started."""
        with suppress(OSError):
            os.killpg(self.pid, number)

    def kill(self) -> None:
        """Kill it and what it started."""
        self.signal(signal.SIGKILL)


class Bound(NamedTuple):
    """A limit on the time that a cell takes.

    Attributes
    ----------
    seconds : float
        How long it may take.
    words : str
        What is to be said of one that takes longer.
    by_grader : bool
        Whether the submission itself takes this time, whatever else the machine does.
    """

    seconds: float
    words: str
    by_grader: bool


class Watch(threading.Thread):
    """Looks after a kernel in a thread of its own.

    One that sends messages without a pause keeps an event loop too busy to look at the clock.

    Parameters
    ----------
    kernel : Watched
        The kernel.
    limits : Limits
        What it may use.
    isolated : bool
        Whether the limit on memory holds.

    Attributes
    ----------
    flooding : callable
        Says whether it has sent more than it may.
    over : Bound, optional
        The limit on time for which the running cell was interrupted.
    reason : str, optional
        Why the kernel was ended.
    """

    def __init__(self, kernel: Watched, limits: Limits, isolated: bool):
        super().__init__(daemon=True, name="watch")
        self.limits = limits
        self.flooding: Callable[[], bool] = lambda: False
        self.over: Bound | None = None
        self.reason: str | None = None
        self._kernel, self._isolated, self._pid = kernel, isolated, kernel.pid
        self._used, self._pids = ProcessorTime(), family(kernel.pid)
        self._running = False
        self._lock, self._done = threading.Lock(), threading.Event()
        self._most = limits.memory_megabytes * 1024**2
        self._inherited = own_at_most(kernel.pid)
        heard = HEARD_MEGABYTES + HEARD_TIMES * limits.output_megabytes
        self._most_heard = _memory_here() + heard * 1024**2

    def run(self) -> None:
        """Look every now and then, until `stop`."""
        pause, turn = EVERY_SECONDS, 0
        while not self._done.wait(pause) and self._pid > 0:
            before, turn = time.thread_time(), turn + 1
            with self._lock:
                self._look_at_what_it_sent()
                if turn % PROCESSES == 0:
                    self._look_at_processes()
            pause = max(EVERY_SECONDS, PAUSE * (time.thread_time() - before))

    def stop(self) -> None:
        """Watch no longer; the kernel may be closed after this."""
        self._done.set()
        self.join()

    def begin(self, processor: Bound, clock: Bound) -> None:
        """A cell begins, which may take so much processor time, and so long by the clock."""
        with self._lock:
            self._used.look(self._pids)
            self.over, self._bounds = None, (processor, clock)
            self._most_taken = (processor.seconds, clock.seconds)
            self._began = self._used.seconds, time.monotonic()
            self._running = True

    def end(self) -> tuple[float, float]:
        """The cell has ended; returns the processor time and the time by the clock it took."""
        with self._lock:
            self._running = False
            self._used.look(self._pids)
            return self._taken()

    def _taken(self) -> tuple[float, float]:
        return self._used.seconds - self._began[0], time.monotonic() - self._began[1]

    def _look_at_what_it_sent(self) -> None:
        if self.flooding():
            self._end(f"It printed far more than {self.limits.output_megabytes:g} MB.")
        elif _memory_here() > self._most_heard:
            self._end("It sent more than the grader can take in.")

    def _look_at_processes(self) -> None:
        self._pids = family(self._pid)
        self._used.look(self._pids)
        if self._isolated and self._holds_too_much():
            self._end(f"It used more than {self.limits.memory_megabytes} MB of memory.")
        elif self._running:
            self._look_at_time()

    def _look_at_time(self) -> None:
        """Interrupt a cell for its time; after its grace, end the kernel."""
        taken = self._taken()
        over = [both[0] > both[1] for both in zip(taken, self._most_taken, strict=True)]
        if not any(over):
            return
        if self.over is not None:
            self._end(f"{self.over.words} and did not stop when it was interrupted.")
            return
        self.over = self._bounds[over.index(True)]
        grace = self.limits.interrupt_grace_seconds
        self._most_taken = taken[0] + grace, taken[1] + self.limits.wall_seconds(grace)
        self._kernel.signal(signal.SIGINT)

    def _end(self, reason: str) -> None:
        self.reason = self.reason or reason
        self._kernel.kill()

    def _holds_too_much(self) -> bool:
        """Whether the kernel and its processes hold more memory for themselves than they may.

        A quick look first, which counts what they share with the warm process once for each; the
        exact one, which leaves it out, only if that is too much, and twice: what processes share
        may be counted twice if they are started while they are looked at.
        """
        waiting = held_by_sockets(self._pid)
        if waiting + sum(map(own_at_most, self._pids)) <= self._most or not self._holds_now():
            return False
        time.sleep(BRIEF_SECONDS)
        return self._holds_now()

    def _holds_now(self) -> bool:
        self._pids = family(self._pid)
        held = [own(pid) for pid in one_of_each(self._pids)]
        # The first process does nothing, and so holds its share of what came with the fork. That
        # share depends on how many other kernels there are just now; a submission's points do not.
        inherited = min(len(held) * own(self._pid), self._inherited)
        return held_by_sockets(self._pid) + sum(held) - inherited > self._most


def _memory_here() -> int:
    """Bytes of data that this process has; 0 where the system does not say."""
    with suppress(OSError):
        return confine.memory_now()[1]
    return 0
