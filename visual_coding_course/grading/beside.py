"""Files that were handed in beside a notebook: which of them it may read when it runs."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

MOST_FILES = 200
MOST_BYTES = 20 * 1024**2
MOST_SEEN, MOST_DEPTH = 10_000, 10
#: nbgrader's own, and what would stand where the grader puts its files.
NOT_THEIRS = ("timestamp.txt", "submission_secret.txt", "tests", "visual_coding_course",
              "visual_coding_course.py")  # fmt: skip
NOT_NEEDED = (".ipynb", ".pyc")


class Beside(NamedTuple):
    """What stands beside a notebook.

    Attributes
    ----------
    names : tuple of str
        Paths, relative to the notebook's folder, of what it may read.
    note : str or None
        Which others are left out, and why; to the student.
    trouble : str or None
        What the grader could not look at.
    """

    names: tuple[str, ...] = ()
    note: str | None = None
    trouble: str | None = None


def look_beside(folder: Path) -> Beside:
    """Look which files stand in a notebook's folder and below; opens none of them.

    Links are not followed. Hidden files, other notebooks and what Python
    compiled are passed over.
    """
    found: list[tuple[int, str]] = []
    left_out: list[str] = []
    trouble: list[OSError] = []
    for number, (name, about) in enumerate(_walk(folder, folder, trouble)):
        if number == MOST_SEEN:
            left_out.append("what comes after")
            break
        if not stat.S_ISREG(about.st_mode) or not (name.isprintable() and _is_text(name)):
            left_out.append(name)
        else:
            found.append((about.st_size, name))
    names, size = [], 0
    for more, name in sorted(found):  # the small ones first, so that most have room
        size += more
        if size > MOST_BYTES or len(names) == MOST_FILES:
            left_out.append(name)
        else:
            names.append(name)
    return Beside(tuple(sorted(names)), _note(left_out), _trouble(trouble))


def _walk(
    top: Path, folder: Path, trouble: list[OSError], depth: int = 0
) -> Iterator[tuple[str, os.stat_result]]:
    """Yield each file's relative path and state; a folder that is too deep as itself."""
    try:
        with os.scandir(folder) as entries:
            inside = sorted(entries, key=lambda entry: entry.name)
        for entry in inside:
            if entry.name.startswith(".") or entry.name == "__pycache__":
                continue
            if depth == 0 and entry.name.lower() in NOT_THEIRS:
                continue
            if entry.name.lower().endswith(NOT_NEEDED):
                continue
            path, about = Path(entry.path), entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(about.st_mode) and depth < MOST_DEPTH:
                yield from _walk(top, path, trouble, depth + 1)
            else:
                yield path.relative_to(top).as_posix(), about
    except FileNotFoundError:
        return
    except OSError as error:
        trouble.append(error)


def shown_name(name: str) -> str:
    """A file's name as text that can be written and shown, whatever bytes it has."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    signs = (sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)
    return "".join(signs)


def _is_text(name: str) -> bool:
    try:
        return bool(name.encode())
    except UnicodeEncodeError:
        return False


def _note(left_out: list[str]) -> str | None:
    if not left_out:
        return None
    shown = [shown_name(name)[:100] for name in left_out[:5]]
    more = f" and {len(left_out) - 5} more" if len(left_out) > 5 else ""
    return (
        f"Left out of what was handed in beside the notebook: {', '.join(shown)}{more}. The "
        f"notebook can read {MOST_FILES} files, of {MOST_BYTES // 1024**2} MB in all, and no links."
    )


def _trouble(errors: list[OSError]) -> str | None:
    if not errors:
        return None
    name = shown_name(Path(errors[0].filename).name)
    return f"The grader cannot open the folder {name} beside the notebook ({errors[0].strerror})."
