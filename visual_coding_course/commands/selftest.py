"""The project's own checks, as `course test` runs them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from ..recordings.layout import VARIABLE
from ..shared.folder import assignments

ROOMS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
#: No more than a process for each of two cores: some tests see what a busy machine loses. What the
#: tests of one group share is made once, and groups are begun in order: `tests/conftest.py` says
#: which there are.
SHARED_OUT = ["-q", "-n", "2", "--dist", "loadscope", "--no-loadscope-reorder"]
#: The packages of AllenSDK's next release, and the environment that they are installed in.
NEXT, NEXT_ENVIRONMENT, LOCK = "requirements-next.txt", ".venv-next", "requirements.lock"
#: What reads recordings and judges answers, and a class that all graders grade.
NEXT_RECORDINGS = ["tests/recordings"]
NEXT_TESTS = [
    "tests/assignments", "tests/checking", "tests/cross_session",
    "tests/notebook/test_notebook.py", "tests/grading/test_graders.py",
]  # fmt: skip
SAY_VERSIONS = (
    "from importlib.metadata import version as v; "
    "print(*(f'{n} {v(n)}' for n in ('allensdk', 'numpy', 'pandas', 'scipy', 'xarray')), sep=', ')"
)


def run_checks(course: Path, pytest_arguments: list[str], say) -> int:
    """Run linter, formatter, contracts between rooms, stale-build check and test suite, in turn.

    The first that fails is the last. What git does not keep of the built folders is built before
    the tests, where it is stale.

    Parameters
    ----------
    course : Path
        Course folder.
    pytest_arguments : list of str
        Passed to pytest. All tests, or the quick ones, are shared out among processes.
    say : callable
        Called with a line before each step.

    Returns
    -------
    int
        Exit status of the step that failed, or 0.
    """
    python = sys.executable
    steps = {
        "lint": [python, "-m", "ruff", "check", "."],
        "format": [python, "-m", "ruff", "format", "--check", "."],
        "rooms": [python, "-c", ROOMS],
        "built folders": [python, "-m", "visual_coding_course.cli", "build", "--check"],
        **_build(course),
        "tests": [python, "-m", "pytest", *_shared_out(pytest_arguments)],
    }
    return _in_turn(steps, course, say)


def run_next(course: Path, pytest_arguments: list[str], say) -> int:
    """Make an environment with the packages of AllenSDK's next release, and run tests in it.

    The environment is made anew each time, with the versions of the lock but for those that `NEXT`
    asks for and what follows from them. Tests of recordings make their own in it: one of their 60
    million values is rounded otherwise than with the lock's. Answers are judged on those that there
    are, which the built assignment is about.

    Parameters
    ----------
    course : Path
        Course folder.
    pytest_arguments : list of str
        Passed to pytest; if there are none, `NEXT_RECORDINGS` and `NEXT_TESTS` are run.
    say : callable
        Called with a line before each step.

    Returns
    -------
    int
        Exit status of the step that failed, or 0.
    """
    environment = course / NEXT_ENVIRONMENT
    python = str(environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    uv = [sys.executable, "-m", "uv"]
    with TemporaryDirectory() as folder:
        # uv keeps to the versions of a file that it writes anew, where it can.
        pins = shutil.copy(course / LOCK, folder)
        steps = {
            **_build(course),
            f"environment {NEXT_ENVIRONMENT}": [
                *uv, "venv", "-q", "--clear", "--python", sys.executable, str(environment),
            ],
            f"versions of {LOCK}, but for {NEXT}": [
                *uv, "pip", "compile", "-q", "--python", python, "--all-extras",
                "--overrides", NEXT, "pyproject.toml", "-o", pins,
            ],
            "packages (1.4 GB, of which uv keeps a copy)": [
                *uv, "pip", "install", "-q", "--no-deps", "--python", python,
                "-r", pins, "-e", ".",
            ],
            "installed": [python, "-c", SAY_VERSIONS],
        }  # fmt: skip
        status = _in_turn(steps, course, say)
    pytest = [python, "-m", "pytest"]
    if pytest_arguments or status:
        return status or _in_turn({"tests": [*pytest, *pytest_arguments]}, course, say)
    made = {"recordings": [*pytest, *SHARED_OUT, *NEXT_RECORDINGS]}
    judged = {"answers": [*pytest, *SHARED_OUT, *NEXT_TESTS]}
    own = {VARIABLE: str(environment / "recordings")}
    return _in_turn(made, course, say, own) or _in_turn(judged, course, say)


def _build(course: Path) -> dict[str, list[str]]:
    """The step that builds, where something is stale."""
    from ..assignment import outdated
    from ..assignment.build import lacks_wheel

    stale = any(outdated(course, name) or lacks_wheel(course, name) for name in assignments(course))
    return {"build": [sys.executable, "-m", "visual_coding_course.cli", "build"]} if stale else {}


def _in_turn(steps: Mapping[str, list[str]], course: Path, say, variables=None) -> int:
    """Run commands until one fails; return its status, or 0."""
    for title, command in steps.items():
        say(f"== {title}")
        environment = {**os.environ, **(variables or {})}
        status = subprocess.run(command, cwd=course, check=False, env=environment).returncode
        if status:
            return status
    return 0


def _shared_out(arguments: list[str]) -> list[str]:
    return arguments if {*arguments} - {"--quick"} else [*SHARED_OUT, *arguments]
