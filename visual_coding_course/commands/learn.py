"""Self-study: a working copy of an assignment, with all checks, and how far it is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat

from .. import LOCKS
from ..assignment import load_assignment, read_settings
from ..assignment.assignment import read_source
from ..assignment.left_out import COURSE
from ..assignment.release import recordings_named
from ..notebook.grader import EXPECTED_FILE
from ..notebook.progress import Progress, points_of, progress_of
from ..notebook.reset import HANDED_OUT_FILE
from ..notebook.solution import SOLUTION_FILE
from ..shared.files import write_whole
from ..shared.folder import assignments

#: Settings of a JupyterLab without nbgrader's menus, which are for instructors.
SETTINGS = Path(__file__).parent / "on_ones_own"
FOLDER = "learn"


@dataclass(frozen=True)
class Study:
    """An assignment that can be studied alone.

    Attributes
    ----------
    name, title : str
        The assignment's.
    progress : Progress, optional
        How far one is; None if it was not begun.
    when : float
        When something was last done, in seconds since 1970.
    """

    name: str
    title: str
    progress: Progress | None = None
    when: float = 0.0


def studies(course: Path) -> list[Study]:
    """List what there is to study, and how far one is.

    Parameters
    ----------
    course : Path
        Course folder.

    Returns
    -------
    list of Study
        What was used last comes first.
    """
    found = []
    for name in assignments(course):
        folder, title = course / FOLDER / name, read_settings(course / "source" / name).title
        notebook = folder / f"{name}.ipynb"
        if notebook.is_file():
            progress = progress_of(folder, points_of(folder / "tests"))
            found.append(Study(name, title, progress, notebook.stat().st_mtime))
        else:
            found.append(Study(name, title))
    return sorted(found, key=lambda one: -one.when)


def studies_text(found: list[Study]) -> str:
    """Say it as text, a paragraph for each."""
    return "\n".join(
        f"{one.name}: {one.title}\n  {one.progress.line if one.progress else 'not begun'}"
        for one in found
    )


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
    # Here and not above: importing nbgrader takes seconds.
    from ..assignment.released import as_released

    assignment = load_assignment(course, name)
    source = read_source(course, name, COURSE)
    handed_out = nbformat.writes(as_released(source, assignment.tests, assignment.modules))
    notebook = folder / f"{name}.ipynb"
    if not notebook.exists():
        write_whole(notebook, handed_out)
    write_whole(folder / HANDED_OUT_FILE, handed_out)
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
    more = os.environ.get("JUPYTER_CONFIG_PATH")
    settings = os.pathsep.join(filter(None, (str(SETTINGS), more)))
    # Here, since HDF5 may be loaded before this package is; kernels have it from JupyterLab.
    environment = {**os.environ, LOCKS: "FALSE", "JUPYTER_CONFIG_PATH": settings}
    with subprocess.Popen(command, cwd=notebook.parent, env=environment) as server:
        # Ctrl-C reaches JupyterLab, which asks whether it is meant.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        return server.wait()
