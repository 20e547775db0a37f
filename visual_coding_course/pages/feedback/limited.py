"""Do what hostile text can make slow or large in a process that ends when it takes too much."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

#: For one thing: processor seconds, and wall-clock seconds where the machine has much else to do.
MOST_SECONDS, MOST_WAIT = 1.0, 20.0
#: Beyond what this process has.
MOST_MEGABYTES = 256
#: How many things may take too much: of those after them, none is done.
TRIES = 4


def limited(make: Callable[[Any], Any], things: Sequence[Any]) -> list[Any]:
    """Apply a function to each of some things, within limits of time and memory (Linux).

    Parameters
    ----------
    make : callable
        What it returns can be written as JSON.
    things : sequence
        What it takes.

    Returns
    -------
    list
        What it returned, in their order; None for what took too much, or raised an error.
    """
    made: list[Any] = []
    for _ in range(TRIES):
        if len(made) == len(things):
            break
        left = things[len(made) :]
        made += _forked(make, left) if sys.platform == "linux" else unlimited(make, left)
        if len(made) < len(things):
            made.append(None)
    return made + [None] * (len(things) - len(made))


def unlimited(make: Callable[[Any], Any], things: Sequence[Any]) -> list[Any]:
    """Do the same without limits: None for what raised an error."""
    return list(_each(make, things))


def _each(make, things):
    for thing in things:
        try:
            yield make(thing)
        except Exception:
            yield None


def _forked(make: Callable[[Any], Any], things: Sequence[Any]) -> list[Any]:
    """What a fork has made of the first things, until it ended."""
    made = []
    ours, theirs = Pipe(duplex=False)
    child = os.fork()
    if child == 0:
        # Nothing of the parent's is to be run at the end of this process.
        try:
            _work(theirs, make, things)
        finally:
            os._exit(0)
    theirs.close()
    with ours, contextlib.suppress(EOFError, OSError):
        while len(made) < len(things) and ours.poll(MOST_WAIT):
            made.append(json.loads(ours.recv_bytes()))
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return made


def _work(pipe: Connection, make: Callable[[Any], Any], things: Sequence[Any]) -> None:
    gc.disable()  # it would copy the parent's memory by looking at it
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted, and ends it
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGPROF})
    _limit_memory()
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    for made in _each(make, things):
        pipe.send_bytes(json.dumps(made).encode())
        signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)


def _limit_memory() -> None:
    import resource

    with open("/proc/self/statm") as file:
        pages = int(file.read().split()[5])
    most = pages * resource.getpagesize() + MOST_MEGABYTES * 1024**2
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if soft == resource.RLIM_INFINITY or most < soft:
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
