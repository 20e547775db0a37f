"""Files that were handed in beside a notebook: which of them it may read when it runs."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

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
    inside : tuple of (str, Node)
        Of what is in an archive, where it is.
    """

    names: tuple[str, ...] = ()
    note: str | None = None
    trouble: str | None = None
    inside: tuple[tuple[str, Any], ...] = ()


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
    names = _small_enough(found, left_out)
    return Beside(names, _note(left_out), _trouble(trouble))


def look_in_archive(folder: Any) -> Beside:
    """Do as `look_beside`, in a folder of an archive.

    Parameters
    ----------
    folder : trees.Node
        The notebook's folder.
    """
    inside, left_out = {}, []
    for name, node in _walk_archive(folder):
        if len(inside) == MOST_SEEN:
            left_out.append("what comes after")
            break
        if node.kind == "file" and name.isprintable():
            inside[name] = node
        else:
            left_out.append(name)
    names = _small_enough([(one.info.file_size, name) for name, one in inside.items()], left_out)
    return Beside(names, _note(left_out), None, tuple((name, inside[name]) for name in names))


def _walk_archive(folder: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    for node in folder.children():
        name = node.path.name
        if _passed_over(name, not before):
            continue
        if node.kind == "folder" and node.info is None:
            yield from _walk_archive(node, f"{before}{name}/")
        else:
            yield before + name, node


def _passed_over(name: str, top: bool) -> bool:
    low = name.lower()
    if name.startswith(".") or name in ("__pycache__", "__MACOSX"):
        return True
    return (top and low in NOT_THEIRS) or low.endswith(NOT_NEEDED)


def _small_enough(found: list[tuple[int, str]], left_out: list[str]) -> tuple[str, ...]:
    """Names of the files that are within the limits; the others are added to what is left out."""
    names, size = [], 0
    for more, name in sorted(found):  # the small ones first, so that most have room
        size += more
        if size > MOST_BYTES or len(names) == MOST_FILES:
            left_out.append(name)
        else:
            names.append(name)
    return tuple(sorted(names))


def _walk(
    top: Path, folder: Path, trouble: list[OSError], depth: int = 0
) -> Iterator[tuple[str, os.stat_result]]:
    """Yield each file's relative path and state; a folder that is too deep as itself."""
    try:
        with os.scandir(folder) as entries:
            inside = sorted(entries, key=lambda entry: entry.name)
        for entry in inside:
            if _passed_over(entry.name, depth == 0):
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
