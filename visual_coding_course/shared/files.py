"""Write files whole or not at all, and leave no temporary folders behind."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

PARTIAL = ".partial"
YOUNG_SECONDS = 30  # folders that were changed since are left


@contextlib.contextmanager
def alone(lock: Path, otherwise: Exception) -> Iterator[None]:
    """Hold a lock, which goes with the process, however that ends.

    Parameters
    ----------
    lock : Path
        File; its folder is made if it is not there.
    otherwise : Exception
        Raised if another process holds it.
    """
    from filelock import FileLock, Timeout

    lock.parent.mkdir(parents=True, exist_ok=True)
    held = FileLock(lock)
    try:
        held.acquire(timeout=0)
    except Timeout:
        raise otherwise from None
    try:
        yield
    finally:
        held.release()


def write_whole(path: str | Path, content: str | bytes) -> None:
    """Write a file so that a reader, a crash or a power cut never leaves half of it.

    When this returns, the file is on the disk. The temporary file has one name, so that what
    a crash leaves of it is gone with the next call; two processes must not write one file.

    Parameters
    ----------
    path : path-like
        Folders above it are made.
    content : str or bytes
        Text is written as UTF-8; what has no place in it (half of a surrogate pair) as "?".
    """
    path = Path(path)
    make_folder(path.parent)
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        # A link that stands in the temporary file's place is not followed.
        temporary.unlink(missing_ok=True)
        with open(temporary, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Have a large file written by others beside its place, which it takes when it is whole.

    Parameters
    ----------
    target : Path
        Folders above it are made.

    Yields
    ------
    Path
        Where to write; its name ends in `PARTIAL`, and it is gone after an error.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f"{target.name}.{os.getpid()}{PARTIAL}")
    try:
        yield partial
        with open(partial, "rb+") as file:
            os.fsync(file.fileno())
        os.replace(partial, target)
    except BaseException:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise


def put_in_place(made: Path, target: Path) -> None:
    """Let a folder take the place of another, or of none.

    Parameters
    ----------
    made : Path
        On the same disk. What stood in its new place is then beside it, as ``NAME.old``.
    target : Path
        Folders above it are made.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        os.replace(made, target)
        return
    former = made.with_name(f"{made.name}.old")
    os.replace(target, former)
    try:
        os.replace(made, target)
    except OSError:
        os.replace(former, target)
        raise


def short(path: str | Path) -> str:
    """Name a path as shortly as can be: from the working directory, or from the home folder.

    Parameters
    ----------
    path : path-like

    Returns
    -------
    str
        Such as ``"tests"`` or ``"~/course/q.ipynb"``; the whole path where it is in neither.
    """
    path = Path(path).absolute()
    if path.is_relative_to(Path.cwd()) and path != Path.cwd():
        return str(path.relative_to(Path.cwd()))
    home = Path.home()
    return str(Path("~") / path.relative_to(home)) if path.is_relative_to(home) else str(path)


def make_folder(path: Path) -> None:
    """Make a folder and those above it, so that they are there after a power cut."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(exist_ok=True)
        sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Wait until a folder's entries are on the disk; Windows sees to that by itself."""
    if os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class HeldFolder(tempfile.TemporaryDirectory):
    """A temporary folder that is cleared by the next program, if this one is killed.

    Parameters
    ----------
    prefix : str
        Its name begins so, and no other program's; as for `clear_left_behind`.
    """

    def __init__(self, prefix: str):
        super().__init__(prefix=prefix, ignore_cleanup_errors=True)
        self._handle = _lock(self.name)

    def cleanup(self) -> None:
        """Remove it."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
        super().cleanup()


def clear_left_behind(prefix: str) -> None:
    """Remove the temporary folders of this user's programs that were killed.

    Parameters
    ----------
    prefix : str
        Of `HeldFolder`. Those that a program still holds stay.
    """
    if fcntl is None:
        return
    for path in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        handle = None
        with contextlib.suppress(OSError):
            about = path.lstat()
            # One that is just being made is not held yet.
            if about.st_uid == os.getuid() and time.time() - about.st_mtime > YOUNG_SECONDS:
                handle = _lock(path)
        if handle is not None:
            shutil.rmtree(path, ignore_errors=True)
            os.close(handle)


def _lock(folder: str | Path) -> int | None:
    """Lock a folder until its handle is closed, or this process and its forks end.

    Returns
    -------
    int or None
        The handle; None where another has it, or folders cannot be locked.
    """
    if fcntl is None:
        return None
    handle = None
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        if handle is not None:
            os.close(handle)
        return None
    return handle
