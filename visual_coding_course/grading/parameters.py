"""Parameters of each student: whose is which, and what is right for them."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import nbformat
from filelock import FileLock
from nbformat import NotebookNode

from ..assignment import Assignment
from ..assignment.parameters import (
    STUDENT,
    numbers_of,
    parameters_cell,
    take_typed,
    with_values,
)
from ..isolation import warm
from ..isolation.forked import Forked
from ..shared.chosen import POOLS, CannotMake, chosen, digest
from ..shared.files import write_whole
from .handed import Submission

#: Folder in ``autograder/NAME/``: the solution's values for others than the example's parameters.
MADE = "parameters"
EXPECTED = "expected.npz"
NO_NAME = r"[^\w-]+"  # for a file
SPARE_SECONDS = 60.0  # for beginning and copying
MOST_KNOWN = 4  # that a process keeps
OTHER = (
    "The id {} was typed into the notebook, for whom it would be {}. It was run for {}, which is "
    "yours: answers that are about another are wrong."
)
NONE = "No id was typed into the notebook. It was run for {}, which is yours."
NOBODYS = (
    "No id was typed into the notebook. It was run for {}, which is the assignment's own: type "
    "your id to have it run for yours."
)

_known: dict[tuple[str, str], Assignment] = {}
_numbers: dict[str, dict[str, Any]] = {}


def made_in(course: Path, name: str) -> Path:
    """The folder of what is right for other parameters than the example's."""
    return course / "autograder" / name / MADE


# Whose is which ----------------------------------------------------------------------------


def written_down(
    folder: Path, assignment: Assignment, submissions: list[Submission]
) -> list[Submission]:
    """Give students their parameters, and write down those of who has none yet.

    What is written down stays, whatever the pool is later.

    Parameters
    ----------
    folder : Path
        Of the results; the file in it, ``parameters.json``, has them by assignment and student.
    assignment : Assignment
        With its pools; without any, nothing is written.
    submissions : list of Submission
        What was handed in.

    Raises
    ------
    OSError
        If the file cannot be read or written.
    """
    if not assignment.pools:
        return submissions
    path = folder / POOLS
    known = read_written_down(folder)
    own = known.setdefault(assignment.name, {})
    named = [one.student for one in submissions]
    pools, listed = assignment.pools, assignment.listed
    new = {student: chosen(student, pools, listed) for student in named if student not in own}
    if new:
        own |= new
        write_whole(path, json.dumps(known, indent=1, sort_keys=True) + "\n")
    return [replace(one, parameters=tuple(own[one.student].items())) for one in submissions]


def read_written_down(folder: Path) -> dict[str, dict[str, Any]]:
    """Read what `written_down` keeps: parameters by assignment and student.

    Raises
    ------
    OSError
        If the file cannot be read.
    """
    path = folder / POOLS
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise OSError(
            f"{path} cannot be read ({error}). It says which parameters are whose: repair it, or "
            "put a backup there."
        ) from error


def of_notebook(
    assignment: Assignment, content: bytes, called: Sequence[str] = ()
) -> dict[str, Any]:
    """Choose parameters by the id that was typed: of a notebook of which nothing else is known.

    Parameters
    ----------
    assignment : Assignment
        With its pools; without any, nothing is chosen.
    content : bytes
        The notebook file.
    called : sequence of str, optional
        What the student is called where it was handed in: an id that is none of these does not
        count, and the first of these does.
    """
    from .reading import Unreadable, read_submission

    if not assignment.pools:
        return {}
    try:
        typed = take_typed(read_submission(content), assignment.notebook)
    except Unreadable:
        typed = None
    if known := [one for one in called if digest(one) in assignment.listed]:
        typed = known[0]
    elif called and (typed or "").strip().casefold() not in map(str.casefold, called):
        typed = called[0]
    return chosen(typed, assignment.pools, assignment.listed) if typed else {}


def about_typed(
    course: Path,
    assignment: Assignment,
    content: bytes,
    isolated: bool,
    called: Sequence[str] = (),
) -> Assignment:
    """Make an assignment that is about what was typed into a notebook; see `of_notebook`.

    Where nothing was, it is about the example's parameters, and says so.
    """
    own = of_notebook(assignment, content, called)
    if assignment.pools and not own:
        return replace(assignment, nobodys=True)
    return about(assignment, own, made_in(course, assignment.name), isolated)


# What is right -----------------------------------------------------------------------------


def about(
    assignment: Assignment, parameters: Mapping[str, Any], folder: Path, isolated: bool
) -> Assignment:
    """Make an assignment that is about other parameters.

    What is right is made when it is asked for the first time, by running the solution, and kept.

    Parameters
    ----------
    assignment : Assignment
        About the example's.
    parameters : mapping of str to object
        A student's; empty for the example's.
    folder : Path
        From `made_in`. Where there is no such course, nothing is kept on the disk.
    isolated : bool
        As in `submission.grade_submission`.

    Raises
    ------
    CannotMake
        If the solution fails, or does not get full marks.
    """
    parameters = {**assignment.parameters, **parameters}
    if parameters == assignment.parameters:
        return assignment
    key = assignment.fingerprint, json.dumps(parameters, sort_keys=True)
    if key not in _known:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        _known[key] = _about(assignment, parameters, folder, isolated)
    return _known[key]


def _about(
    assignment: Assignment, parameters: dict[str, Any], folder: Path, isolated: bool
) -> Assignment:
    bare = replace(
        assignment,
        parameters=parameters,
        released=_with_values(assignment.released, parameters),
        solution=_with_values(assignment.solution, parameters),
        expected=b"",
        carried={},
    )
    if not folder.parent.is_dir():
        return _made(bare, isolated)
    told = "-".join(f"{name}-{value}" for name, value in sorted(parameters.items()))
    name = f"{re.sub(NO_NAME, '_', told)[:80]}-{bare.fingerprint[:16]}"
    folder.mkdir(exist_ok=True)
    with FileLock(folder / f"{name}.lock"):
        path = folder / f"{name}.zip"
        if path.is_file():
            return _unpacked(bare, path.read_bytes())
        made = _made(bare, isolated)
        write_whole(path, _packed(made))
        return made


def _with_values(notebook: str, parameters: dict[str, Any]) -> str:
    return nbformat.writes(with_values(nbformat.reads(notebook, as_version=4), parameters))


def _made(bare: Assignment, isolated: bool) -> Assignment:
    """Run the solution, and see that it gets full marks for these parameters."""
    from ..assignment.solved import SOLUTION_SECONDS
    from .submission import failure_of_control

    trial = replace(bare, limits=replace(bare.limits, **SOLUTION_SECONDS))
    what = _in_words(bare.parameters)
    expected, carried = _run_apart(trial, isolated, what)
    made = replace(bare, expected=expected, carried=carried)
    if failure := failure_of_control(replace(made, limits=trial.limits), isolated=isolated):
        reasons = "; ".join(f"{name}: {why}" if name else why for name, why in failure.items())
        raise CannotMake(f"For {what}, the solution itself does not get full marks ({reasons}).")
    return made


def _run_apart(trial: Assignment, isolated: bool, what: str) -> tuple[bytes, dict[str, bytes]]:
    """Run the solution in a process of its own: what hears a kernel must not be forked later."""
    kernels = warm.connection(trial.needs) if isolated else None
    kept = [] if kernels is None else [kernels.fileno()]
    forked = Forked(_serve, trial, isolated, kept=kept, dies_with_thread=True)
    limits = trial.limits
    try:
        most = limits.wall_seconds(limits.submission_seconds) + SPARE_SECONDS
        if not forked.pipe.poll(most):
            raise CannotMake(f"For {what}, the solution took longer than {most:g} s.")
        kind, value = forked.pipe.recv()
    except (EOFError, OSError) as error:
        raise CannotMake(f"For {what}, the process that ran the solution ended.") from error
    finally:
        forked.end()
    if kind == "failed":
        raise CannotMake(f"For {what}: {value}")
    return value


def _serve(pipe: Connection, trial: Assignment, isolated: bool) -> None:
    from ..assignment.solved import solution_values

    try:
        solution = nbformat.reads(trial.solution, as_version=4)
        pipe.send(("made", solution_values(trial, solution, isolated)))
    except Exception as error:
        # What comes below the first line is code, for who builds.
        why, *_ = str(error).splitlines() or [type(error).__name__]
        pipe.send(("failed", why))


def _packed(made: Assignment) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(EXPECTED, made.expected)
        for question, content in made.carried.items():
            archive.writestr(f"carried/{question}.npz", content)
    return buffer.getvalue()


def _unpacked(bare: Assignment, content: bytes) -> Assignment:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        carried = {Path(name).stem: archive.read(name) for name in archive.namelist()[1:]}
        return replace(bare, expected=archive.read(EXPECTED), carried=carried)


def numbers(assignment: Assignment) -> dict[str, Any]:
    """Work out what written answers are about, once for each parameters; see `numbers_of`."""
    key = assignment.fingerprint
    if key not in _numbers:
        _numbers[key] = numbers_of(assignment)
    return _numbers[key]


def neighbours(rows: list[dict[str, Any]]) -> list[str]:
    """Say which answers are right for another's parameters, and whose these are.

    Parameters
    ----------
    rows : list of dict
        As in ``results.jsonl``.
    """
    told = []
    for row in rows:
        by_value: dict[tuple[str, Any], list[str]] = {}
        for question, other in row.get("fits", {}).items():
            for one in other.items():
                by_value.setdefault(one, []).append(question)
        for (name, value), questions in by_value.items():
            theirs = sorted(one["student"] for one in rows if one["parameters"].get(name) == value)
            whose = f"those of {', '.join(theirs)}" if theirs else "nobody's who handed in"
            told.append(
                f"{row['student']}: the wrong answers to {', '.join(questions)} fit {name} "
                f"{value}, {whose}. {name} of {row['student']} is {row['parameters'][name]}."
            )
    return told


# What was typed ----------------------------------------------------------------------------


def note_typed(notebook: NotebookNode, assignment: Assignment, typed: str | None) -> str | None:
    """Keep the id that was typed, and say where it is not the one that the run is about.

    Parameters
    ----------
    notebook : NotebookNode
        A submission with its locked cells restored; is changed.
    assignment : Assignment
        About the student's parameters.
    typed : str, optional
        From `assignment.parameters.take_typed`.

    Returns
    -------
    str or None
        A sentence for the student; None if all is as it should be, or nothing is the student's.
    """
    if not assignment.pools:
        return None
    name = parameters_cell(assignment.notebook).metadata.nbgrader.grade_id
    cell = next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == name)
    right = {name: assignment.parameters[name] for name in assignment.pools}
    if typed is None:
        return (NOBODYS if assignment.nobodys else NONE).format(_in_words(right))
    cell.source = f"{STUDENT} = {typed!r}\n{cell.source}"
    theirs = chosen(typed, assignment.pools, assignment.listed)
    if theirs == right:
        return None
    return OTHER.format(repr(typed[:80]), _in_words(theirs), _in_words(right))


def _in_words(parameters: Mapping[str, Any]) -> str:
    return ", ".join(f"`{name}` {value}" for name, value in parameters.items())
