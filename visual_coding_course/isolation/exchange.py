"""Take a file that a kernel wrote for the grader."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ..inside.copies import MOST_BYTES, CopyRefused

NO_FOLLOW, NO_WAIT = getattr(os, "O_NOFOLLOW", 0), getattr(os, "O_NONBLOCK", 0)
MOST_ARCHIVE = MOST_BYTES + 32 * 1024**2  # arrays, and what describes them


def take(path: Path) -> bytearray:
    """Read a file and remove it.

    Parameters
    ----------
    path : Path
        In a folder that a student's kernel can write to.

    Raises
    ------
    CopyRefused
        If it is no file, or is too large, or changes.
    """
    try:
        handle = os.open(path, os.O_RDONLY | NO_FOLLOW | NO_WAIT)
        with open(handle, "rb") as file:
            state = os.fstat(handle)
            if not stat.S_ISREG(state.st_mode):
                raise CopyRefused("The variables could not be copied out of the kernel.")
            if state.st_size > MOST_ARCHIVE:
                raise CopyRefused("The copied variables are too large.")
            content = bytearray(state.st_size)
            if file.readinto(content) != len(content):
                raise CopyRefused("The variables changed while they were copied.")
        path.unlink(missing_ok=True)
    except OSError:
        raise CopyRefused("The variables could not be copied out of the kernel.") from None
    return content
