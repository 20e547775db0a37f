"""What is typed by who looks around, or studies alone: demo, test, learn."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..shared.files import short
from ..shared.folder import assignments, course_folder
from .common import COURSE, built, fail, known


@click.command()
@click.option("--out", type=COURSE, default=None, help="Where to put it (default: demo/).")
def demo(out: Path | None) -> None:
    """See the whole course at work on a small class.

    Makes the practice recordings, builds the student's notebook, grades the
    example class, and leaves a gradebook and feedback pages in demo/. About
    three minutes; the first time five, since it builds the course, too.
    """
    from ..commands.demo import demo_assignment, run_demo

    built(course_folder(), demo_assignment(course_folder()))
    sys.exit(run_demo(course_folder(), out or course_folder() / "demo", click.echo))


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("pytest_arguments", nargs=-1, type=click.UNPROCESSED)
@click.option("--next", "coming", is_flag=True, help="With AllenSDK's next release's packages.")
def test(pytest_arguments: tuple[str, ...], coming: bool) -> None:
    """Run the project's own checks: lint, stale builds, test suite.

    \b
    course test                  everything
    course test --quick          what takes under two minutes
    course test --next           recordings, checks and graders with the packages
                                 that AllenSDK's next release asks for, in an
                                 environment of its own
    course test -k masks -x      other arguments go to pytest
    """
    from ..commands.selftest import run_checks, run_next

    run = run_next if coming else run_checks
    sys.exit(run(course_folder(), list(pytest_arguments), click.echo))


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("name", required=False)
@click.argument("jupyter_arguments", nargs=-1, type=click.UNPROCESSED)
@click.option("--folder", type=COURSE, help="Where your copy stands (default: learn/NAME).")
@click.option("--student", default="", help="Begin with the parameters that this student has.")
def learn(
    name: str | None, jupyter_arguments: tuple[str, ...], folder: Path | None, student: str
) -> None:
    """Study on your own in JupyterLab, every check and hint on.

    Your work is kept: a second call opens the same copy. Without NAME: what
    there is, how far you are, and on with what you used last. Further
    arguments go to JupyterLab: `course learn NAME --no-browser`.
    """
    from ..commands.learn import FOLDER, open_in_jupyterlab, studies, studies_text, working_copy
    from ..shared.chosen import CannotMake

    course = course_folder()
    if name is not None and name.startswith("-"):
        name, jupyter_arguments = None, (name, *jupyter_arguments)
    if name is None:
        found = studies(course)
        click.echo(studies_text(found))
        name = next((one.name for one in found if one.progress), None)
        if name is None:
            known(course, None, [one.name for one in found])
            click.echo(f"Begin with one of them: ./course learn {found[0].name}")
            return
    known(course, name, assignments(course))
    built(course, name)
    try:
        copy = working_copy(course, name, folder or course / FOLDER / name, student)
    except (FileNotFoundError, CannotMake) as error:
        fail(error)
    click.echo(f"Your copy: {short(copy)}")
    sys.exit(open_in_jupyterlab(copy, list(jupyter_arguments)))
