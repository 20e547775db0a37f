"""How a kernel is started that nothing isolates: as the grader, or as another user.

As another user, student code reads what all may, and no more: for the containers of autograders,
in which the grader is root, and what it keeps is for root alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from ..shared.needs import Needs
from .ahead import ONE_THREAD

#: Environment variable with the id of the user.
VARIABLE = "VISUAL_CODING_COURSE_STUDENT"
#: Where only the grader may write.
GRADERS = (VARIABLE, "MPLCONFIGDIR", "IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "XDG_RUNTIME_DIR")


def student_user() -> int | None:
    """Tell whom student code runs as, if not as the grader; only root can have it so."""
    named = os.environ.get(VARIABLE)
    return int(named) if named and hasattr(os, "geteuid") and os.geteuid() == 0 else None


def can_start_as(user: int) -> bool:
    """Whether another user can start this Python, and import what a kernel needs."""
    trial = [sys.executable, "-c", "import ipykernel, visual_coding_course"]
    paths = os.pathsep.join(filter(None, sys.path))
    try:
        done = subprocess.run(
            trial, env={**os.environ, "PYTHONPATH": paths, "HOME": "/"}, cwd="/",
            stdin=subprocess.DEVNULL, capture_output=True, user=user, group=user, extra_groups=[],
        )  # fmt: skip
    except (OSError, ValueError):
        return False
    return not done.returncode


def give(path: str | Path) -> None:
    """Let a file or folder, and what is in it, be that user's."""
    user = student_user()
    if user is not None:
        for one in (Path(path), *Path(path).rglob("*")):
            os.chown(one, user, user, follow_symlinks=False)


def how_started(needs: Needs, home: str) -> dict[str, Any]:
    """Make what `subprocess.Popen` takes to start an ordinary kernel.

    Parameters
    ----------
    needs : Needs
        What the notebook needs besides plain data.
    home : str
        Folder of the kernel, which is given to the user that it runs as.
    """
    paths = [path for path in sys.path if path]
    environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": os.pathsep.join(paths)}
    environment.pop("NBGRADER_EXECUTION", None)
    # The same that isolated kernels open, and the checks.
    environment |= needs.environment
    user = student_user()
    if user is None:
        return {"env": environment}
    give(home)
    environment = {name: value for name, value in environment.items() if name not in GRADERS}
    environment |= {"HOME": home, "USER": "student", "LOGNAME": "student"}
    return {"env": environment, "user": user, "group": user, "extra_groups": []}
