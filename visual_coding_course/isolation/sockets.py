"""How much of the system's memory a kernel's sockets may hold.

What waits in a socket belongs to no process, and a control group that would count it cannot be had
everywhere. Each holds what the system allows it (they cannot ask for more, see `seccomp`), and
their number is known: for each network namespace, so for each submission.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path

USUAL = 212_992  # bytes; Linux' default on all machines


def held_by_sockets(pid: int) -> int:
    """Bytes that the sockets around a process may hold at most, whoever has them open.

    Parameters
    ----------
    pid : int
        A process in the network namespace in question; 0 bytes if it is gone.
    """
    with suppress(OSError):
        first = Path(f"/proc/{pid}/net/sockstat").read_text().split("\n")[0]
        return int(first.split()[-1]) * _most_in_one()
    return 0


@cache
def _most_in_one() -> int:
    """Bytes of a socket: what was sent and not received, and one message more."""
    with suppress(OSError):
        return 2 * int(Path("/proc/sys/net/core/wmem_default").read_text())
    return 2 * USUAL
