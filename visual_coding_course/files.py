"""Write files whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


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


@contextmanager
def own_temporary_folder(prefix: str) -> Iterator[Path]:
    """Have a folder for as long as the block runs."""
    with TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as folder:
        yield Path(folder)
