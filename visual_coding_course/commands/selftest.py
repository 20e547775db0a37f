"""The project's own checks, as `course test` runs them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from ..shared.folder import assignments

ROOMS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
#: No more than a process for each of two cores: some tests see what a busy machine loses. What the
#: tests of one group share is made once, and groups are begun in order: `tests/conftest.py` says
#: which there are.
SHARED_OUT = ["-q", "-n", "2", "--dist", "loadscope", "--no-loadscope-reorder"]


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
    from ..assignment import outdated
    from ..assignment.build import lacks_wheel

    steps = {
        "lint": ["-m", "ruff", "check", "."],
        "format": ["-m", "ruff", "format", "--check", "."],
        "rooms": ["-c", ROOMS],
        "built folders": ["-m", "visual_coding_course.cli", "build", "--check"],
        "build": ["-m", "visual_coding_course.cli", "build"],
        "tests": ["-m", "pytest", *_shared_out(pytest_arguments)],
    }
    if not any(outdated(course, name) or lacks_wheel(course, name) for name in assignments(course)):
        del steps["build"]
    for title, arguments in steps.items():
        say(f"== {title}")
        status = subprocess.run([sys.executable, *arguments], cwd=course, check=False).returncode
        if status:
            return status
    return 0


def _shared_out(arguments: list[str]) -> list[str]:
    return arguments if {*arguments} - {"--quick"} else [*SHARED_OUT, *arguments]
