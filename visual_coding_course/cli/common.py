"""What the commands have in common: options, and how they stop."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..shared.folder import assignments

COURSE = click.Path(path_type=Path)
NO_ISOLATION = click.option(
    "--no-isolation", is_flag=True,
    help="Run student code as yourself, able to read and write what you can (and slower).",
)  # fmt: skip
UNSAFE = (
    "course: WARNING: no isolation. Student code runs as you: it can read the answers, other "
    "submissions and your files, and change them."
)


def known(course: Path, name: str | None, names: list[str]) -> list[str]:
    """The assignment that was named, or all there are."""
    if not names or (name and name not in names):
        listed = ", ".join(names) or "no assignment"
        fail(f"There is no assignment {name or ''!r} in {course / 'source'}; it holds {listed}.")
    return [name] if name else names


def built(course: Path, *names: str) -> None:
    """Build what is missing or stale of these assignments, and say so."""
    from ..assignment import outdated

    for name in set(names).intersection(assignments(course)):
        if outdated(course, name):
            from ..assignment.build import BuildError, bring_up_to_date
            from ..commands.students import CannotEnrol, tell_class
            from ..grading.submission import grade_submission

            try:
                bring_up_to_date(
                    course, name, grade_submission, lambda text: click.echo(text, err=True)
                )
                tell_class(course, name)
            except (BuildError, OSError, CannotEnrol) as error:
                fail(error)


def warn(no_isolation: bool) -> None:
    """Say on standard error what student code can do where nothing isolates it."""
    if no_isolation:
        click.echo(UNSAFE, err=True)


def fail(error: Exception | str, status: int = 2) -> None:
    """Say on standard error what stands in the way, and stop."""
    click.echo(f"course: {error}", err=True)
    sys.exit(status)
