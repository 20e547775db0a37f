"""What is typed by who writes an assignment: new, build."""

from __future__ import annotations

import sys

import click

from ..shared.folder import assignments, course_folder
from .common import fail, known


@click.command()
@click.argument("name")
@click.option("--recordings", is_flag=True, help="On two-photon recordings, read with AllenSDK.")
def new(name: str, recordings: bool) -> None:
    """Make a new assignment, with one question of each kind.

    It is in source/NAME, and builds, checks and grades as it is: change it
    into yours, a step at a time. docs/authoring.md goes through it.

    \b
    course new my_assignment
    course build my_assignment
    """
    from ..commands.new import CannotMake, make

    course = course_folder()
    try:
        written = make(course, name, recordings)
    except (CannotMake, OSError) as error:
        fail(error)
    for path in written:
        click.echo(f"  {path.relative_to(course)}")
    click.echo(f"Next: open source/{name}/{name}.ipynb, or `./course build {name}`.")


@click.command()
@click.argument("name", required=False)
@click.option("--check", is_flag=True, help="Change nothing; fail if something is stale.")
def build(name: str | None, check: bool) -> None:
    """Build release/, solutions/ and autograder/ from source/.

    Commands that need what is missing or stale build it by themselves. Git
    keeps of it what a person reads; --check tells whether that is what the
    source makes.

    \b
    course build            all assignments; about a minute
    course build --check    is something stale?
    """
    from ..assignment.build import BuildError, differing
    from ..assignment.build import build as build_assignment
    from ..commands.students import CannotEnrol, tell_class
    from ..grading.submission import grade_submission

    course = course_folder()
    # One whose notebook is missing, too: what there is of it tells that it is to be one.
    begun = [path.parent.name for path in (course / "source").glob("*/tests")]
    sentences = []
    for assignment in known(course, name, sorted({*begun, *assignments(course)})):
        try:
            if check:
                sentences += differing(course, assignment)
                continue
            click.echo(f"Building {assignment}")
            build_assignment(
                course, assignment, grade_submission, lambda text: click.echo(f"  {text}")
            )
            tell_class(course, assignment)
        except (BuildError, OSError, CannotEnrol) as error:
            fail(error, 1)
    for sentence in sentences:
        click.echo(sentence, err=True)
    if sentences:
        click.echo("Run `course build`, and commit what it makes.", err=True)
        sys.exit(1)
    if check:
        click.echo("release/ and solutions/ are what source/ makes.")
