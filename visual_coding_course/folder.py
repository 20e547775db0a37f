"""Find the course folder, and make the process ready for the tools it calls."""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path

# AllenSDK and otter import pkg_resources; nbgrader adds rows to sessions that autoflush.
KNOWN_WARNINGS = ("pkg_resources is deprecated", "Object of type <Submitted")


def prepare_process() -> None:
    """Let tools of this environment be found, and dependencies' known warnings be still.

    nbgrader starts ``alembic`` by its name. The settings pass on to workers and kernels.
    """
    for message in KNOWN_WARNINGS:
        warnings.filterwarnings("ignore", message=message)
    os.environ.setdefault("PYTHONWARNINGS", f"ignore:{KNOWN_WARNINGS[0]}")
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
