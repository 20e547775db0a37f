"""Self-study: a working copy of an assignment, with all checks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from .. import LOCKS
from ..assignment import load_assignment
from ..assignment.release import recordings_named
from ..notebook.grader import EXPECTED_FILE
from ..notebook.solution import SOLUTION_FILE
from ..shared.files import write_whole


def working_copy(course: Path, name: str, folder: Path) -> Path:
    """Make, or bring up to date, a copy to work in; a notebook that is there stays as it is.

    Parameters
    ----------
    course : Path
        Course folder.
    name : str
        Assignment name.
    folder : Path
        Where the copy stands.

    Returns
    -------
    Path
        The notebook.
    """
    assignment = load_assignment(course, name)
    notebook = folder / f"{name}.ipynb"
    if not notebook.exists():
        write_whole(notebook, assignment.released)
    for file, source in assignment.tests.items():
        write_whole(folder / "tests" / file, source)
    for file, source in assignment.modules.items():
        write_whole(folder / file, source)
    solution = course / "solutions" / name / f"{name}.ipynb"
    write_whole(folder / SOLUTION_FILE, solution.read_bytes())
    write_whole(folder / EXPECTED_FILE, assignment.expected)
    if named := recordings_named(course, name, at=assignment.recordings):
        write_whole(folder / assignment.needs.named, named)
    return notebook


def open_in_jupyterlab(notebook: Path, arguments: list[str]) -> int:
    """Open a notebook in JupyterLab, and wait until it is closed.

    Returns
    -------
    int
        JupyterLab's exit status.
    """
    command = [sys.executable, "-m", "jupyterlab", *arguments, notebook.name]
    # Here, since HDF5 may be loaded before this package is; kernels have it from JupyterLab.
    environment = {**os.environ, LOCKS: "FALSE"}
    with subprocess.Popen(command, cwd=notebook.parent, env=environment) as server:
        # Ctrl-C reaches JupyterLab, which asks whether it is meant.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        return server.wait()
