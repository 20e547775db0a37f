"""Put a process into namespaces of its own and take all its privileges: Linux only.

Runs in a fork of the warm process, inside bubblewrap. Python 3.11 has no names for these system
calls, so they are made through the C library; see unshare(2), mount(2), capabilities(7),
user_namespaces(7) and prctl(2).
"""

from __future__ import annotations

import ctypes
import os
import resource

from .limits import Limits

NOBODY = 65534
HOME = "/home/student"
SOCKETS = "/run/kernel"  # the kernel's sockets; closed to writing once they are there
EXCHANGE = "/run/exchange"  # where copies of variables are put
SCRATCH = "/run/scratch"
SHARED_MEMORY = "/dev/shm"
TERMINALS = "/dev/pts"
WRITABLE = (HOME, "/tmp", SHARED_MEMORY, EXCHANGE, SOCKETS)
EXCHANGE_MEGABYTES = 600
MOST_FILES = 20_000
MOST_TERMINALS = 16  # of the few thousand that the machine has
MOST_SIGNALS = 128  # that wait, and timers
RESERVED_MEGABYTES = 2048

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT = 1, 2, 4, 8, 32
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
MNT_DETACH = 2
CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS = 0x20000, 0x2000000, 0x4000000
CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 1 << 27, 1 << 28, 1 << 29, 1 << 30
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 4, 24, 38
PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 47, 4
CAPABILITIES_VERSION, LAST_CAPABILITY = 0x20080522, 40

_libc = ctypes.CDLL(None, use_errno=True)


def system_call(name: str, *arguments) -> None:
    """Make a system call; an error is an OSError."""
    prepared = [
        ctypes.c_char_p(value.encode()) if isinstance(value, str)
        else value if isinstance(value, ctypes.Array) or value is None
        else ctypes.c_ulong(value)
        for value in arguments
    ]  # fmt: skip
    if getattr(_libc, name)(*prepared):
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


def become_nobody() -> None:
    """Stop being root, if this process is."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        # The system gives /proc/self to root when a process changes its user.
        system_call("prctl", PR_SET_DUMPABLE, 1, 0, 0, 0)


def die_with_parent() -> None:
    """Have the system kill this process when the one that forked it is gone."""
    system_call("prctl", PR_SET_PDEATHSIG, 9, 0, 0, 0)


def enter_namespaces() -> None:
    """Give this process users, terminals, mounts and a network of its own, its next child PIDs."""
    user, group = os.getuid(), os.getgid()
    # Terminals can be mounted only by who is root in there.
    _unshare(CLONE_NEWUSER | CLONE_NEWNS, (0, user), (0, group))
    settings = f"newinstance,ptmxmode=0666,mode=0600,max={MOST_TERMINALS}"
    system_call("mount", "devpts", TERMINALS, "devpts", MS_NOSUID | MS_NOEXEC, settings)
    _unshare(
        CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC
        | CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWCGROUP,
        (user, 0), (group, 0),
    )  # fmt: skip


def _unshare(namespaces: int, user: tuple[int, int], group: tuple[int, int]) -> None:
    """Enter new namespaces, with one user and one group, by their numbers inside and outside."""
    system_call("unshare", namespaces)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", "{} {} 1".format(*user)),
        ("gid_map", "{} {} 1".format(*group)),
    ):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def mount_own_folders(limits: Limits, covered: list[str]) -> None:
    """Mount empty folders, bounded in size, wherever this submission may write.

    Parameters
    ----------
    limits : Limits
        What it may use.
    covered : list of str
        Folders below those that are to be seen all the same, as they are.
    """
    system_call("mount", None, "/", None, MS_REC | MS_PRIVATE, None)
    _mount_memory(SCRATCH, limits.disk_megabytes)
    for folder in (HOME, "/tmp", SHARED_MEMORY):
        own = f"{SCRATCH}/{folder.replace('/', '-')}"
        os.mkdir(own, 0o700)
        for shown in covered:
            if shown.startswith(f"{folder}/"):
                place = own + shown.removeprefix(folder)
                os.makedirs(place)
                system_call("mount", shown, place, None, MS_BIND | MS_REC, None)
        system_call("mount", own, folder, None, MS_BIND | MS_REC, None)
    system_call("umount2", SCRATCH, MNT_DETACH)
    _mount_memory(EXCHANGE, EXCHANGE_MEGABYTES)
    _mount_memory(SOCKETS, 1)
    # Nothing of the processes around it, not even their names.
    _mount_memory("/proc", 1)
    close_to_writing("/proc")


def _mount_memory(folder: str, megabytes: int) -> None:
    settings = f"size={megabytes}m,nr_inodes={MOST_FILES},mode=0700"
    system_call("mount", "tmpfs", folder, "tmpfs", MS_NOSUID | MS_NODEV, settings)


def hide() -> None:
    """Keep this process from being looked into by others of its user."""
    system_call("prctl", PR_SET_DUMPABLE, 0, 0, 0, 0)


def close_to_writing(folder: str) -> None:
    """Mount a folder read-only."""
    system_call(
        "mount", None, folder, None, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV, None
    )


def drop_privileges() -> None:
    """Give up every capability, for good."""
    for number in range(LAST_CAPABILITY + 1):
        system_call("prctl", PR_CAPBSET_DROP, number, 0, 0, 0)
    system_call("prctl", PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    system_call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(CAPABILITIES_VERSION, 0)
    system_call("capset", header, (ctypes.c_uint32 * 6)())


def memory_now() -> tuple[int, int]:
    """Bytes of address space, and of data, that this process has (see proc(5), statm)."""
    with open("/proc/self/statm") as file:
        pages = file.read().split()
    return int(pages[0]) * resource.getpagesize(), int(pages[5]) * resource.getpagesize()


def set_limits(limits: Limits, before: tuple[int, int]) -> None:
    """Bound this process and those that it starts.

    Parameters
    ----------
    limits : Limits
        What it may use.
    before : (int, int)
        From `memory_now`: what the imported libraries take.
    """
    megabyte = 1024**2
    memory = limits.memory_megabytes * megabyte
    bounds = {
        # Address space that is reserved and not used, such as threads' heaps, is no memory.
        resource.RLIMIT_AS: before[0] + memory + RESERVED_MEGABYTES * megabyte,
        resource.RLIMIT_DATA: before[1] + memory,
        resource.RLIMIT_NPROC: limits.processes,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_FSIZE: EXCHANGE_MEGABYTES * megabyte,
        resource.RLIMIT_CORE: 0,
        # What the grader's own user may have is shared among all.
        resource.RLIMIT_RTPRIO: 0,
        resource.RLIMIT_NICE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_SIGPENDING: MOST_SIGNALS,
    }
    for kind, bound in bounds.items():
        resource.setrlimit(kind, (bound, bound))
