"""What a process and all that it started use, read from /proc (Linux; see proc(5)).

Elsewhere nothing is there to be read, and nothing counts.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
KCMP = {"x86_64": 312, "aarch64": 272}  # system call numbers
KCMP_VM = 1
AGAIN = 5  # looks at processes that come and go while they are looked at


def family(pid: int) -> set[int]:
    """Find a process and all that it started, by any number of steps.

    A child belongs to the thread that started it. When its parent goes, it goes over to another
    thread, or to the first process of its namespace, and may have been missed: then they are
    looked for again.
    """
    found: set[int] = set()
    for _ in range(AGAIN):
        steady, waiting, seen = True, [pid], set()
        while waiting:
            process = waiting.pop()
            if process in seen:
                continue
            seen.add(process)
            for task in _tasks(process):
                try:
                    with open(f"{task}/children") as file:
                        waiting += map(int, file.read().split())
                except OSError:
                    steady = False
        found |= seen
        if steady:
            break
    return found


def _tasks(pid: int) -> Iterator[str]:
    """Folders of a process's threads."""
    with suppress(OSError):
        for task in os.listdir(f"/proc/{pid}/task"):
            yield f"/proc/{pid}/task/{task}"


def own_at_most(pid: int) -> int:
    """Bytes of a process that are in no file: resident, whoever else shares them."""
    return _of_any_task(pid, "status", "RssAnon:", "RssShmem:") or 0


def own(pid: int) -> int:
    """The same, a page that several processes share being divided among them."""
    shared = _of_any_task(pid, "smaps_rollup", "Pss_Anon:", "Pss_Shmem:")
    # A process can keep others of its user from looking into it.
    return own_at_most(pid) if shared is None else shared


def one_of_each(pids: Iterable[int]) -> list[int]:
    """Leave out processes that have all their memory in common with another one.

    One that is to become another program has, until then, that of the one that started it. Those
    whose first thread has gone cannot be compared: of all of them, it has the same, none.

    The oldest come first. A copy that becomes another program gives its share of each page back to
    the process that it is a copy of, and who looked at the copy before would count that twice.
    """
    kept, compared = [], []
    for pid in sorted(pids, key=_started):
        if _kilobytes(f"/proc/{pid}/status", ("RssAnon:",)) is None:
            kept.append(pid)
        elif not any(_same_memory(pid, other) for other in compared):
            compared.append(pid)
    return kept + compared


def _started(pid: int) -> int:
    """When a process started, in ticks of the clock; 0 if it is gone."""
    with suppress(OSError, ValueError, IndexError), open(f"/proc/{pid}/stat") as file:
        return int(file.read().rpartition(")")[2].split()[19])
    return 0


def _same_memory(pid: int, other: int) -> bool:
    """Whether two processes have their memory in common (kcmp(2)); False if it cannot be told."""
    if sys.platform != "linux" or (machine := os.uname().machine) not in KCMP:
        return False
    return ctypes.CDLL(None).syscall(KCMP[machine], pid, other, KCMP_VM, 0, 0) == 0


def _of_any_task(pid: int, name: str, *entries: str) -> int | None:
    """Add up entries of a process's file; of a thread's, if its first thread has gone."""
    total = _kilobytes(f"/proc/{pid}/{name}", entries)
    if total is None:
        read = (_kilobytes(f"{task}/{name}", entries) for task in _tasks(pid))
        total = next((one for one in read if one is not None), None)
    return total


def _kilobytes(file: str, entries: tuple[str, ...]) -> int | None:
    """Add up entries of a file; None if it has none of them."""
    with suppress(OSError):
        lines = (line.split() for line in Path(file).read_text().splitlines())
        values = [int(line[1]) for line in lines if line and line[0] in entries]
        return 1024 * sum(values) if values else None
    return None


class ProcessorTime:
    """Processor time of processes that come and go.

    Attributes
    ----------
    seconds : float
        What they have taken together, as far as it was seen.
    """

    def __init__(self) -> None:
        self.seconds = 0.0
        self._last: dict[tuple[int, int], int] = {}
        self._gone = 0

    def look(self, pids: Iterable[int]) -> None:
        """Read the times of the processes that there are.

        A process that was waited for is in its parent's time, and one that nobody waited for in
        what was last seen of it; to add both would count some twice.
        """
        now, waited_for = {}, 0
        for pid in pids:
            with suppress(OSError, ValueError, IndexError):
                with open(f"/proc/{pid}/stat") as file:
                    fields = file.read().rpartition(")")[2].split()
                now[pid, int(fields[19])] = int(fields[11]) + int(fields[12])
                waited_for += int(fields[13]) + int(fields[14])
        self._gone += sum(ticks for key, ticks in self._last.items() if key not in now)
        self._last = now
        total = sum(now.values()) + max(waited_for, self._gone)
        self.seconds = max(self.seconds, total / TICKS)
