"""Self-study: a working copy of an assignment, with all checks, and how far it is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from .. import LOCKS
from ..assignment import Assignment, load_assignment, read_settings
from ..assignment.left_out import COURSE
from ..assignment.load import read_source
from ..assignment.parameters import values_in, with_values
from ..assignment.release import recordings_named
from ..checking.about import read_about
from ..grading.parameters import about, made_in
from ..notebook.grader import EXPECTED_FILE
from ..notebook.progress import Progress, points_of, progress_of
from ..notebook.reset import HANDED_OUT_FILE
from ..notebook.solution import SOLUTION_FILE
from ..shared.chosen import CannotMake, chosen
from ..shared.files import write_whole
from ..shared.folder import assignments
from ..shared.written import grade_id

#: Settings of a JupyterLab without nbgrader's menus, which are for instructors.
SETTINGS = Path(__file__).parent / "on_ones_own"
FOLDER = "learn"
SOLVED = "solution_of"  # in a solution's metadata, what it was made from
TO_READ = "*To read:* [{}]({})"


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


def working_copy(course: Path, name: str, folder: Path, student: str = "") -> Path:
    """Make, or bring up to date, a copy to work in; a notebook that is there stays as it is.

    Parameters
    ----------
    course : Path
        Course folder.
    name : str
        Assignment name.
    folder : Path
        Where the copy stands.
    student : str, optional
        Whose parameters a new copy has, where each student has their own.

    Returns
    -------
    Path
        The notebook.

    Raises
    ------
    CannotMake
        If the copy that is there has other parameters than the student, or what is right for the
        student's cannot be made.
    """
    # Here and not above: importing nbgrader takes seconds.
    from ..assignment.released import as_released

    notebook = folder / f"{name}.ipynb"
    example = load_assignment(course, name)
    own = _parameters(example, notebook, student)
    # The code that runs is the course's own.
    assignment = about(example, own, made_in(course, name), isolated=False)
    source = with_values(read_source(course, name, COURSE), own)
    released = as_released(source, assignment.tests, assignment.modules)
    handed_out = nbformat.writes(with_reading(released, read_about(assignment.modules).read))
    if not notebook.exists():
        write_whole(notebook, handed_out)
    write_whole(folder / HANDED_OUT_FILE, handed_out)
    for file, source in assignment.tests.items():
        write_whole(folder / "tests" / file, source)
    for file, source in assignment.modules.items():
        write_whole(folder / file, source)
    solution = folder / SOLUTION_FILE
    if assignment is example:
        built = course / "solutions" / name / f"{name}.ipynb"
        write_whole(solution, built.read_bytes())
    elif not _is_solution_of(solution, assignment):
        write_whole(solution, _solved(assignment))
    write_whole(folder / EXPECTED_FILE, assignment.expected)
    if named := recordings_named(course, name, at=assignment.recordings):
        write_whole(folder / assignment.needs.named, named)
    return notebook


def _parameters(assignment: Assignment, notebook: Path, student: str) -> dict[str, Any]:
    """Parameters of the copy that is there, or of the student that a new one is for."""
    pools = assignment.pools
    theirs = chosen(student, pools) if student else {}
    if not (pools and notebook.is_file()):
        return theirs
    try:
        found = values_in(nbformat.read(notebook, as_version=4), pools)
    except (LookupError, ValueError):
        return theirs
    if theirs not in ({}, found):
        told = ", ".join(f"`{one}` {value}" for one, value in found.items())
        raise CannotMake(
            f"The copy that is there, {notebook}, is about {told}, which is not {student}'s. Name "
            "another place for a new one, with --folder."
        )
    return found if all(value in pools[one] for one, value in found.items()) else theirs


def _solved(assignment: Assignment) -> str:
    """Run the solution for the learner's parameters, with its plots."""
    from ..grading.submission import grade_once

    graded = grade_once(assignment, assignment.solution.encode(), isolated=False)
    if graded.notebook is None:
        raise CannotMake(f"The solution could not be run. {graded.message}")
    solved = nbformat.reads(graded.notebook, as_version=4)
    solved.metadata[SOLVED] = assignment.fingerprint
    return nbformat.writes(solved)


def _is_solution_of(path: Path, assignment: Assignment) -> bool:
    try:
        made = nbformat.read(path, as_version=4)
    except (OSError, ValueError):
        return False
    return made.metadata.get(SOLVED) == assignment.fingerprint


def with_reading(
    notebook: nbformat.NotebookNode, read: Mapping[str, tuple[str, str]]
) -> nbformat.NotebookNode:
    """Add to each question's text what to read on it.

    Parameters
    ----------
    notebook : NotebookNode
        As it is handed out; it is changed.
    read : mapping of str to (str, str)
        By question, title and address of a page.
    """
    text, told = None, set()
    for cell in notebook.cells:
        name = grade_id(cell)
        question = (name or "").partition("-")[0]
        if cell.cell_type == "markdown" and not name:
            text = cell
        elif text and question in read and question not in told:
            told.add(question)
            text.source += f"\n\n{TO_READ.format(*read[question])}"
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
