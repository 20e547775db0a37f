"""What is typed in a student's environment, which has no packages for building and grading."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from ..shared.files import short
from .common import COURSE, fail

FOR_INSTRUCTORS = (
    "`course {}` is for instructors; it needs the packages of the extra `instructor`, which a "
    "student's installation does not have. What there is here: course --help"
)
NO_NOTEBOOK = (
    "There is no notebook with its `tests` folder in {}. Go to the folder that you were given, or "
    "name it: course progress FOLDER"
)
FOLDER = click.argument("folder", type=COURSE, default=".")


class Student(click.Group):
    """A group that knows an instructor's commands, to say that they are."""

    def resolve_command(self, context: click.Context, args: list[str]):
        """Find the command; stop in a sentence at one of an instructor's."""
        from . import COMMANDS

        if args[0] not in self.commands and args[0] in {one.name for one in COMMANDS}:
            fail(FOR_INSTRUCTORS.format(args[0]))
        return super().resolve_command(context, args)


@click.group(cls=Student, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="visual-coding-course", prog_name="course")
def student() -> None:
    """A course's notebook, as students have it.

    \b
    To work on it:       jupyter lab, in the notebook's folder
    In the notebook:     grader.check("q1")   one question
                         grader.progress()    how far you are
                         grader.ready()       before you hand in
    """


@student.command()
@FOLDER
def progress(folder: Path) -> None:
    """Say how far the notebook in FOLDER is (default: here)."""
    from ..notebook.progress import points_of, progress_of

    points = points_of(folder / "tests") if (folder / "tests").is_dir() else {}
    if not points:
        fail(NO_NOTEBOOK.format(short(folder.resolve())))
    click.echo(repr(progress_of(folder, points)))


@student.command()
@FOLDER
def recordings(folder: Path) -> None:
    """Say which recordings there are, and where they lie.

    Those that the notebook in FOLDER (default: here) came with, or else the practice recordings.
    """
    if find_spec("allensdk") is None:
        click.echo("AllenSDK is not installed here: the notebook needs no recordings.")
        return
    from ..commands.sets import RecordingSet, excerpt_set, practice_set, sets_text
    from ..recordings import PracticeError, layout
    from ..recordings.named import expected_at

    if not (folder / layout.NAMED).is_file():
        click.echo(sets_text([practice_set()]))
        return
    try:
        at, address = expected_at(folder)
    except PracticeError as error:
        fail(error)
    name = "the notebook's recordings"
    if address and not at.exists():
        found = RecordingSet(name, (f"downloaded from {address} when they are opened",), at)
    else:
        found = excerpt_set(at, name)
    click.echo(sets_text([found]))
