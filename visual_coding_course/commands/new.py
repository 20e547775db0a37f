"""Make the folder of a new assignment, which builds, checks and grades at once."""

from __future__ import annotations

import re
from pathlib import Path

from ..shared.files import write_whole
from ..shared.markup import readable

TEMPLATES = Path(__file__).parent / "templates"
PLACEHOLDER, TITLE = "NAME", "TITLE"


class CannotMake(ValueError):
    """The folder cannot be made; says why."""


def make(course: Path, name: str, recordings: bool = False) -> list[Path]:
    """Write the source of a new assignment: one question of each kind, with its solution.

    Parameters
    ----------
    course : Path
        Course folder; the assignment goes into ``source/NAME`` there.
    name : str
        Letters, digits and ``_``, beginning with a letter: it becomes the name of files.
    recordings : bool
        Whether the assignment is about two-photon recordings, or about numbers alone.

    Returns
    -------
    list of Path
        The files that were written.

    Raises
    ------
    CannotMake
        If the name cannot be one, or the folder is there already.
    """
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name):
        raise CannotMake(
            f"{name!r} cannot be an assignment's name: it may have letters, digits and `_`, and "
            "begins with a letter."
        )
    folder = course / "source" / name
    if folder.exists():
        raise CannotMake(f"{folder} is there already. Choose another name, or remove it.")
    template = TEMPLATES / ("recordings" if recordings else "plain")
    written = []
    for path in sorted(path for path in template.rglob("*") if path.is_file()):
        if path.suffix == ".pyc":
            continue
        target = folder / str(path.relative_to(template)).replace(PLACEHOLDER, name)
        text = path.read_text(encoding="utf-8").replace(TITLE, readable(name))
        write_whole(target, text.replace(PLACEHOLDER, name))
        written.append(target)
    return written
