"""What is typed to grade single notebooks: check, serve; and what Gradescope calls."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..shared.folder import assignments, assignments_like, course_folder
from .common import COURSE, NO_ISOLATION, built, fail, known, warn


@click.command()
@click.argument("notebook", type=COURSE)
@click.option("--assignment", "name", help="Which one (default: as its name, or its cells, say).")
@NO_ISOLATION
def check(notebook: Path, name: str | None, no_isolation: bool) -> None:
    """Grade one notebook with all checks, and print its feedback.

    Hidden ones are among them. Takes about ten seconds, most of them for
    imports; while `course serve` runs, no longer than the notebook itself.

    \b
    course check submitted/ada/NAME/NAME.ipynb

    Exit status: 0 when it has its feedback, whatever its score; 1 when the
    grader could not grade it; 2 when there is nothing to grade.
    """
    from ..commands.service import ask

    course = course_folder()
    try:
        content = notebook.read_bytes()
    except OSError as error:
        fail(f"{notebook} cannot be read: {error.strerror}.")
    name = (
        known(course, name, assignments(course))[0]
        if name
        else _assignment_of(course, notebook, content)
    )
    warn(no_isolation)
    handed_in = content, _files_beside(course, name, notebook)
    built(course, name)
    answer = None if no_isolation else ask(course, name, *handed_in)
    answer = answer or _check_here(course, name, *handed_in, not no_isolation)
    warn(not (no_isolation or answer["isolated"]))
    click.echo(answer["text"])
    sys.exit(1 if answer["status"] == "not_graded" else 0)


def _assignment_of(course: Path, notebook: Path, content: bytes) -> str:
    """Tell by its name, or by its cells, which assignment a notebook is of; fail otherwise."""
    names = known(course, None, assignments(course))
    if notebook.stem in names:
        return notebook.stem
    found = assignments_like(course, content)
    if len(found) != 1:
        fail(
            f"{notebook} may be of {' or '.join(found or names)}: neither its name nor its cells "
            "say. Name one with --assignment."
        )
    return found[0]


def _files_beside(course: Path, name: str, notebook: Path) -> dict[str, bytes]:
    """Read what `course grade` would have the notebook find beside it."""
    from ..grading.submissions import NotAccepted, find_submissions

    found = find_submissions(course, name, [notebook])
    try:
        return found[0].files() if len(found) == 1 and found[0].path == notebook else {}
    except NotAccepted:
        return {}


def _check_here(
    course: Path, name: str, content: bytes, files: dict[str, bytes], isolated: bool
) -> dict:
    """Grade one notebook in this process; the isolated one and this import side by side."""
    from ..assignment import needs_of
    from ..isolation import sandbox, warm
    from ..shared.chosen import CannotMake

    try:
        if isolated:
            sandbox.find_bubblewrap()
            warm.start(needs_of(course, name))
        from ..assignment import load_assignment
        from ..commands.progress import feedback_text
        from ..grading.parameters import about_typed
        from ..grading.submission import grade_submission

        assignment = about_typed(course, load_assignment(course, name), content, isolated)
        graded = grade_submission(assignment, content, files=files, isolated=isolated)
    except (FileNotFoundError, sandbox.NoIsolation, CannotMake) as error:
        fail(error)
    return {"text": feedback_text(graded), "status": graded.status, "isolated": isolated}


@click.command()
@click.option("--workers", type=click.IntRange(1), help="Notebooks at a time (default: the cores).")
@NO_ISOLATION
def serve(workers: int | None, no_isolation: bool) -> None:
    """Keep a grader warm, so that `course check` answers at once.

    A service for this user on this machine, until Ctrl-C. It ends by itself
    when the course's code has changed.
    """
    import os

    from ..commands.service import AlreadyServing
    from ..commands.service import serve as answer
    from ..isolation.sandbox import NoIsolation, find_bubblewrap

    warn(no_isolation)
    built(course_folder(), *assignments(course_folder()))
    click.echo("Starting (about 15 s) ...")
    try:
        if not no_isolation:
            find_bubblewrap()
        answer(
            course_folder(), workers or os.cpu_count() or 1, not no_isolation,
            lambda _: click.echo("Ready. `course check` now answers at once; Ctrl-C ends."),
        )  # fmt: skip
    except (OSError, AlreadyServing, NoIsolation) as error:
        fail(error)
    except KeyboardInterrupt:
        click.echo("Ended.")
        sys.exit(0)
    click.echo("The course has changed since this started; start it again.")


@click.command(hidden=True)
@click.argument("root", type=COURSE, default="/autograder")
@click.option("--set-up", "setting_up", is_flag=True, help="Make what all submissions need.")
def gradescope(root: Path, setting_up: bool) -> None:
    """Grade what Gradescope put into ROOT: what the autograder zip's run_autograder calls.

    Writes results/results.json there. Where the grader failed, it writes
    none, says why, and has the exit status 1.
    """
    import json

    from ..commands.progress import feedback_text
    from ..grading.container import RESULTS, grade_container, set_up
    from ..shared.files import write_whole

    if setting_up:
        for question, why in set_up(root, click.echo).items():
            fail(f"the solution does not get full marks here: {question} {why}", 1)
        click.echo("The solution gets full marks here.")
        return
    graded, results, why_not_isolated = grade_container(root)
    if why_not_isolated:
        click.echo(f"Student code was not isolated. {why_not_isolated}")
    for reason in graded.reasons:
        click.echo(f"Not graded: {reason}")
    if results is None:
        sys.exit(1)
    click.echo(feedback_text(graded))
    write_whole(root / RESULTS, json.dumps(results, indent=1))
