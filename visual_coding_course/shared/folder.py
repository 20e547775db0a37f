"""Find the course folder, and the programs of the environment that Python runs in."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

GRADE_ID = re.compile(rb'"grade_id"\s*:\s*"([^"\\]{1,200})"')


def put_tools_on_path() -> None:
    """Let programs of this environment be found: nbgrader starts ``alembic`` by its name."""
    tools = str(Path(sys.executable).parent)
    path = os.environ.get("PATH", "")
    if tools not in path.split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([tools, path])


def course_folder() -> Path:
    """Find the course that a command is about.

    Returns
    -------
    Path
        The folder that the command was called in, or the nearest one above,
        that holds ``nbgrader_config.py`` and ``source/``; else the one that
        this package stands in.
    """
    here = Path.cwd()
    package = Path(__file__).resolve().parents[2]
    for folder in (here, *here.parents, package):
        if is_course(folder):
            return folder
    return here


def is_course(folder: Path) -> bool:
    """Whether a folder is a course's."""
    return (folder / "nbgrader_config.py").is_file() and (folder / "source").is_dir()


def assignments(course: Path) -> list[str]:
    """Names of the course's assignments."""
    return sorted(
        path.parent.name
        for path in (course / "source").glob("*/*.ipynb")
        if path.stem == path.parent.name
    )


def assignments_like(course: Path, content: bytes) -> list[str]:
    """Names of the assignments whose cells a notebook has: of those that share most, all.

    Parameters
    ----------
    course : Path
        Course folder.
    content : bytes
        The notebook file; whatever is in it, it is only searched for the cells' grade ids.
    """
    ids = set(GRADE_ID.findall(content))
    shared = {}
    for name in assignments(course):
        source = course / "source" / name / f"{name}.ipynb"
        shared[name] = len(ids.intersection(GRADE_ID.findall(source.read_bytes())))
    most = max(shared.values(), default=0)
    return [name for name, count in shared.items() if most and count == most]
