"""Close off system calls that no notebook needs: seccomp(2), with a filter as in bpf(4).

Namespaces made inside of namespaces, memory that belongs to no process and no mount, what is
divided among all users of the machine, locks that others wait for, and the kernel's seldom used
corners are what is left of a process without privileges.

libseccomp writes such filters, too, but is a library of the system's: pyseccomp only calls it, and
where it is missing there would be no filter.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

from .confine import system_call

# Numbers on x86_64 and on aarch64, from the kernel's syscall tables.
CLOSED = {
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438), "unshare": (272, 97), "setns": (308, 268),
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430),
    "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
    "mount_setattr": (442, 442), "open_by_handle_at": (304, 265), "swapon": (167, 224),
    "quotactl": (179, 60), "keyctl": (250, 219), "add_key": (248, 217),
    "request_key": (249, 218), "memfd_create": (319, 279), "memfd_secret": (447, 447),
    "shmget": (29, 194), "msgget": (68, 186), "semget": (64, 190), "mq_open": (240, 180),
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106),
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "syslog": (103, 116),
    "acct": (163, 89), "swapoff": (168, 225), "reboot": (169, 142), "quotactl_fd": (443, 443),
    "personality": (135, 92),
    # Of asynchronous requests the machine has a fixed number, of watches each user.
    "io_setup": (206, 0), "io_submit": (209, 2), "fanotify_init": (300, 262),
    "inotify_init": (253, 26), "inotify_init1": (294, 26), "inotify_add_watch": (254, 27),
    # Who comes first at the disk, and to have all that waits for it written at once.
    "ioprio_set": (251, 30), "sync": (162, 81), "syncfs": (306, 267),
    # A pipe would hold whole huge pages that no process maps any more.
    "vmsplice": (278, 75),
    # A session is what the scheduler shares time among: one for each submission.
    "setsid": (112, 157),
}  # fmt: skip
CLONE, CLONE3, IOCTL = (56, 220), (435, 435), (16, 29)
FLOCK, FCNTL = (73, 32), (72, 25)
NEWER = 457  # the first that this list does not know, with the same number everywhere
# F_SETLEASE and F_NOTIFY, which others' opening of a file waits for or tells; F_SETPIPE_SZ, of
# which each user has a share; F_SETOWN, F_SETSIG and F_SETOWN_EX, to have signals sent.
ON_FILES = (1024, 1026, 1031, 8, 10, 15)
NEW_NAMESPACES = 0x7E020080  # every CLONE_NEW… flag of clone(2)
# TIOCSTI and TIOCLINUX, to type into a terminal; TIOCSETD, to make it something else.
ON_TERMINALS = (0x5412, 0x541C, 0x5423)
SOCKET, SOCKETPAIR, SETSOCKOPT = (41, 198), (53, 199), (54, 208)
# AF_UNIX, AF_INET, AF_INET6, AF_NETLINK; others, such as that to a virtual machine's host, are
# not divided by network namespaces.
FAMILIES = (1, 2, 10, 16)
# SO_SNDBUF, SO_RCVBUF and their FORCE forms: memory that is counted nowhere.
BUFFERS = (7, 8, 32, 33)
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
# Offsets in struct seccomp_data; of an argument, the lower half.
NUMBER, MACHINE, ARGUMENTS = 0, 4, (16, 24, 32)
ALLOW, ERROR, KILL = 0x7FFF0000, 0x00050000, 0x80000000


def is_known_machine() -> bool:
    """Whether the system calls of this machine's processor are known."""
    return platform.machine() in MACHINES


def close_system_calls() -> None:
    """Have this process and its children get EPERM from every call in `CLOSED`.

    Needs no privileges, but "no new privileges" set. Does nothing on machines
    other than x86_64 and aarch64.
    """
    if not is_known_machine():
        return
    instructions = _filter(*MACHINES[platform.machine()])
    code = b"".join(struct.pack("=HBBI", *instruction) for instruction in instructions)
    buffer = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("=HxxxxxxQ", len(instructions), ctypes.addressof(buffer))
    header = ctypes.create_string_buffer(program, len(program))
    system_call("prctl", PR_SET_SECCOMP, SECCOMP_MODE_FILTER, header)


def _filter(column: int, machine: int) -> list[tuple[int, int, int, int]]:
    """Instructions as (code, steps if true, steps if false, operand)."""
    refuse, missing, nothing = ERROR | errno.EPERM, ERROR | errno.ENOSYS, ERROR
    program = [(LOAD, 0, 0, MACHINE), (EQUAL, 1, 0, machine), (RETURN, 0, 0, KILL)]
    # On x86_64 also the same calls by other numbers (x32).
    program += [(LOAD, 0, 0, NUMBER), (AT_LEAST, 0, 1, NEWER), (RETURN, 0, 0, missing)]
    for numbers in CLOSED.values():
        program += [(EQUAL, 0, 1, numbers[column]), (RETURN, 0, 0, refuse)]
    # The C library then uses clone, whose flags can be looked at.
    program += [(EQUAL, 0, 1, CLONE3[column]), (RETURN, 0, 0, missing)]
    program += _if_call(CLONE[column], 0, [(ANY_BIT, 0, 1, NEW_NAMESPACES), (RETURN, 0, 0, refuse)])
    # A lock says that it was taken, and is not: a notebook shares its own files with nobody, and
    # the others are not its own to lock.
    program += [(EQUAL, 0, 1, FLOCK[column]), (RETURN, 0, 0, nothing)]
    program += _if_call(FCNTL[column], 1, _one_of(ON_FILES, refuse, ALLOW))
    program += _if_call(IOCTL[column], 1, _one_of(ON_TERMINALS, refuse, ALLOW))
    for call in (SOCKET, SOCKETPAIR):
        program += _if_call(call[column], 0, _one_of(FAMILIES, ALLOW, refuse))
    program += _if_call(SETSOCKOPT[column], 2, _one_of(BUFFERS, refuse, ALLOW))
    return [*program, (RETURN, 0, 0, ALLOW)]


def _if_call(number: int, argument: int, then: list[tuple]) -> list[tuple]:
    """Look at one argument of one call; what `then` does not decide is allowed."""
    then = [(LOAD, 0, 0, ARGUMENTS[argument]), *then, (RETURN, 0, 0, ALLOW)]
    return [(EQUAL, 0, len(then), number), *then]


def _one_of(values: tuple[int, ...], found: int, otherwise: int) -> list[tuple]:
    """Return one thing for these values, another for all others."""
    matches = [(EQUAL, len(values) - place, 0, value) for place, value in enumerate(values)]
    return [*matches, (RETURN, 0, 0, otherwise), (RETURN, 0, 0, found)]
