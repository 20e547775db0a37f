"""Build release, solutions and autograder of an assignment from its source."""

from __future__ import annotations

import csv
import io
import json
import os
import zipfile
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import nbformat
from filelock import FileLock

from ..checking.about import STEPS, declared
from ..checking.modules import read_modules
from ..checking.test_files import read_tests
from ..shared.chosen import POOLS
from ..shared.files import put_in_place, write_whole
from .assignment import Assignment
from .autograder import build_autograder
from .lint import broken_checks, lint
from .load import (
    load_assignment,
    needs_of,
    outdated,
    parameters_of,
    read_source,
    recordings_of,
    source_digest,
)
from .parameters import RULES, pools_of
from .release import content_digest
from .released import as_released
from .settings import read_settings
from .solved import SOLUTION_SECONDS, BuildError, solution_values
from .versions import keep_versions

if TYPE_CHECKING:
    from ..checking.slip_table import Row

BUILT = ("release", "solutions", "autograder")
LOCK = ".build.lock"
KEPT = ("*.ipynb", "README.md", "tests/*.py")  # of a release, in git; `.gitignore` says the same
#: In ``autograder/NAME/``: which slips can be told in which answers.
SLIPS, MOST_NAMED = "slips.csv", 4  # of slips that look like others, in what is said
MADE_FROM = "made_from"  # in the solution notebook's metadata, the digest of its source


def build(course: Path, name: str, grade: Callable, say=lambda text: None) -> None:
    """Build an assignment's three folders, and put them in place when all is well.

    Parameters
    ----------
    course : Path
        Course folder.
    name : str
        Assignment name.
    grade : callable
        Grades the solution as a submission: `grading.submission.grade_submission`.
    say : callable
        Called with a line before each step.

    Raises
    ------
    BuildError
        If something is wrong in the source, the solution notebook fails, or it does not get full
        marks.
    """
    if sentences := lint(course, name):
        raise BuildError("\n".join(sentences))
    damaged = needs_of(course, name).damaged
    if damaged and (bad := damaged()):
        raise BuildError(" ".join([*bad, "Copy the recordings again, or make them again."]))
    with TemporaryDirectory(dir=course, prefix=".build-") as folder:
        stage = Path(folder)
        say("release: the student's notebook, public tests, package")
        build_release(course, name, stage / "release")
        say("solutions: running the solution notebook")
        assignment = build_solution(course, name, grade, stage / "solutions" / name)
        for question, own in assignment.own.items():
            for function, value in own.unusable.items():
                say(f"  {question}: `{function}` is not carried forward, since it reads `{value}`")
        pools = _pools_of(assignment, read_settings(course / "source" / name).by_student, say)
        rows = slips_of(assignment)
        if rows:
            made = {row[:2] for row in rows}
            alike = sorted(made - {row[:2] for row in rows if row.seen == "unique"})
            say(f"slips: {len(made) - len(alike)} of {len(made)} can be told from all others")
            if alike:
                named = ", ".join(map(" / ".join, alike[:MOST_NAMED]))
                more = f" and {len(alike) - MOST_NAMED} more" if len(alike) > MOST_NAMED else ""
                say(f"  not {named}{more}: see autograder/{name}/{SLIPS}")
        say("autograder: the zip for Gradescope and otter, with all checks and expected values")
        build_autograder(course, assignment, stage, pools)
        if pools:
            _freeze(pools, stage / "release", name)
        if rows:
            write_whole(stage / "autograder" / name / SLIPS, _as_csv(rows))
        for kind in BUILT:
            put_in_place(stage / kind / name, course / kind / name)
        os.replace(stage / "release" / f"{name}.zip", course / "release" / f"{name}.zip")
    keep_versions(load_assignment(course, name))


def _pools_of(assignment: Assignment, names: Collection[str], say: Callable) -> dict[str, list]:
    """Work out from what students' parameters are chosen, and print it."""
    try:
        pools = pools_of(assignment, names)
    except Exception as error:
        kind = "" if isinstance(error, ValueError) else f"{type(error).__name__}: "
        raise BuildError(f"source/{assignment.name}/{RULES}: {kind}{error}") from error
    for one, pool in pools.items():
        say(f"pool of {one}, {len(pool)} values: {', '.join(map(str, pool))}")
    return pools


def _freeze(pools: dict[str, list], release: Path, name: str) -> None:
    """Keep the pools beside the released notebook."""
    write_whole(release / name / POOLS, json.dumps(pools) + "\n")
    write_whole(release / f"{name}.zip", zip_folder(release / name))


def build_release(course: Path, name: str, release: Path) -> Path:
    """Make the student's folder with nbgrader's generate_assignment, and a zip beside it.

    Returns
    -------
    Path
        The folder.
    """
    from nbgrader.apps.api import NbGraderAPI
    from traitlets.config import PyFileConfigLoader

    release.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
        config.CourseDirectory.root = str(course)
        config.CourseDirectory.release_directory = os.path.relpath(release, course)
        config.CourseDirectory.db_url = f"sqlite:///{scratch}/gradebook.db"
        outcome = NbGraderAPI(config=config).generate_assignment(name, force=True, create=True)
    if not outcome["success"]:
        raise BuildError(f"nbgrader generate_assignment failed:\n{outcome.get('log', outcome)}")
    write_whole(release / f"{name}.zip", zip_folder(release / name))
    return release / name


def zip_folder(folder: Path) -> bytes:
    """Zip a folder, below its own name; the same files give the same entries.

    All are dated 1980, as `ZipInfo` has it by default: the day of a build makes no other zip.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}")
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    return buffer.getvalue()


def build_solution(course: Path, name: str, grade: Callable, target: Path) -> Assignment:
    """Run the solution notebook, keep it with its plots, and take its values.

    Returns
    -------
    Assignment
        With the solution's values as `expected`.
    """
    source = read_source(course, name)
    settings = read_settings(course / "source" / name)
    tests = read_tests(course / "source" / name / "tests")
    modules = read_modules(course / "source" / name)
    released = nbformat.writes(as_released(source, tests, modules))
    on_trial = Assignment(
        name, released, tests, b"", settings.limits_or(**SOLUTION_SECONDS),
        settings.show_right_answers, solution=nbformat.writes(source), modules=modules,
        carry_forward=settings.carry_forward, recordings=recordings_of(course, name),
        parameters=parameters_of(source, settings), title=settings.title,
    )  # fmt: skip
    expected, carried = solution_values(on_trial, source)
    on_trial = replace(on_trial, expected=expected, carried=carried)
    _look_at_steps(on_trial)
    # Without a control, which is the same.
    trial = replace(on_trial, solution="")
    graded = grade(trial, nbformat.writes(source).encode(), isolated=False)
    if broken := broken_checks(graded.questions):
        raise BuildError("\n".join(broken))
    if graded.score is None:
        raise BuildError(f"The solution could not be graded. {' '.join(graded.reasons)}")
    unclear = [f"{q.name}: {' '.join(q.waiting)}" for q in graded.questions if q.waiting]
    if unclear:
        raise BuildError(f"A check cannot tell of the solution itself. {' '.join(unclear)}")
    if graded.score != graded.max_score:
        hints = [f"{q.name}: {' '.join(q.hints)}" for q in graded.questions if q.hints]
        raise BuildError(
            f"The solution gets {graded.score:g} of {graded.max_score:g} points. "
            + " ".join([graded.message or "", *hints])
        )
    notebook = nbformat.reads(graded.notebook, as_version=4)
    notebook.metadata[MADE_FROM] = source_digest(course, name)
    write_whole(target / f"{name}.ipynb", nbformat.writes(notebook))
    return replace(on_trial, limits=settings.limits_or())


def _look_at_steps(assignment: Assignment) -> None:
    """See that steps and slips take nothing that is not there.

    Raises
    ------
    BuildError
        If one does; the case would say of the solution that it is wrong.
    """
    from ..checking.expecting import steps_of
    from ..inside.copies import read_kept

    if STEPS in assignment.modules:
        steps = steps_of(declared(assignment.modules, STEPS))
        if unknown := steps.unknown(read_kept(assignment.expected)):
            raise BuildError("\n".join(f"source/{assignment.name}/{STEPS}: {x}" for x in unknown))


def slips_of(assignment: Assignment) -> list[Row]:
    """Work out which slips can be told in which answers, with the solution's parameters.

    Returns
    -------
    list of Row
        Empty if the assignment declares no steps.

    Raises
    ------
    BuildError
        If a slip shows in no answer, or the steps cannot be worked out.
    """
    from ..checking.expecting import steps_of
    from ..checking.slip_table import dead, table
    from ..inside.copies import Foreign, read_kept

    if STEPS not in assignment.modules:
        return []
    module = declared(assignment.modules, STEPS)
    given = read_kept(assignment.expected, Foreign(**assignment.needs.foreign))
    try:
        steps = steps_of(module)
        rows = table(steps, given)
    except Exception as error:
        raise BuildError(
            f"The steps in {STEPS} cannot be worked out ({type(error).__name__}: {error})."
        ) from error
    # In recordings that somebody chose for a class, some may well give what is right.
    if not assignment.recordings and (useless := dead(steps, rows)):
        raise BuildError(" ".join(useless))
    return rows


def _as_csv(rows: list[Row]) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerows([("step", "slip", "answer", "seen"), *rows])
    return buffer.getvalue()


# What is built, and what is kept of it ---------------------------------------------------


def bring_up_to_date(course: Path, name: str, grade: Callable, say=lambda text: None) -> None:
    """Build an assignment if grading needs it; another process that does so is waited for.

    Parameters
    ----------
    course, name, grade, say
        As in `build`.

    Raises
    ------
    BuildError
        As `build` does.
    """
    if outdated(course, name) is None:
        return
    with FileLock(course / LOCK):
        if why := outdated(course, name):
            say(f"{why} Building it, which takes about a minute:")
            build(course, name, grade, lambda text: say(f"  {text}"))


def differing(course: Path, name: str) -> list[str]:
    """Say which of the built files that are kept in git are not what the source makes.

    Returns
    -------
    list of str
        A sentence for each file; empty when all is well.

    Raises
    ------
    BuildError
        If something is wrong in the source.
    """
    if sentences := lint(course, name):
        raise BuildError("\n".join(sentences))
    with TemporaryDirectory() as scratch:
        made = build_release(course, name, Path(scratch) / "release")
        now = {**_kept(made), f"solutions/{name}/{name}.ipynb": source_digest(course, name)}
    there = _kept(course / "release" / name)
    solution = course / "solutions" / name / f"{name}.ipynb"
    if solution.is_file():
        notebook = json.loads(solution.read_text(encoding="utf-8"))
        there[f"solutions/{name}/{name}.ipynb"] = notebook["metadata"].get(MADE_FROM)
    return [
        f"{path} is not what the source makes."
        for path in sorted(now.keys() | there.keys())
        if now.get(path) != there.get(path)
    ]


def _kept(release: Path) -> dict[str, bytes]:
    """Files of a release that a person reads, by path in the course."""
    return {
        f"release/{release.name}/{path.relative_to(release).as_posix()}": path.read_bytes()
        for pattern in KEPT
        for path in release.glob(pattern)
    }


def lacks_wheel(course: Path, name: str) -> bool:
    """Whether the release does not bring this package as it is now."""
    wheels = (course / "release" / name).glob(f"*+{content_digest(course)}-*.whl")
    return not any(wheels)
