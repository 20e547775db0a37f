"""Find the course folder, and the programs of the environment that Python runs in."""

from __future__ import annotations

import os
import sys
from pathlib import Path


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
    package = Path(__file__).resolve().parent.parent
    for folder in (here, *here.parents, package):
        if (folder / "nbgrader_config.py").is_file() and (folder / "source").is_dir():
            return folder
    return here


def assignments(course: Path) -> list[str]:
    """Names of the course's assignments."""
    return sorted(
        path.parent.name
        for path in (course / "source").glob("*/*.ipynb")
        if path.stem == path.parent.name
    )
