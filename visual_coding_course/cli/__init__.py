"""The `course` command: parses, calls, prints. A module for each kind of commands."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from types import SimpleNamespace
from typing import Any

import click

from ..inside import light  # noqa: F401  # before all else
from ..recordings.interrupts import heeded
from ..shared.folder import put_tools_on_path
from .alone import demo, learn, test
from .authors import build, new
from .classes import export, report, students
from .common import fail
from .grade import grade
from .one import check, gradescope, serve
from .recordings import recordings
from .student import student
from .watch import watch

COMMANDS = (
    demo, test, new, build, grade, watch, students, report, export, check, serve, recordings, learn,
    gradescope,
)  # fmt: skip


class Teaching(click.Group):
    """A group that lists its commands in the order of a course's life, and stops in a sentence."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Keep the order in which the commands stand below."""
        return list(self.commands)

    def invoke(self, context: click.Context) -> Any:
        """Run a command; Ctrl-C ends it as programs are ended by it, whatever it is at."""
        context.obj = SimpleNamespace(stopped="", heed=lambda: None)
        try:
            with heeded() as context.obj.heed:
                return super().invoke(context)
        except KeyboardInterrupt:
            click.echo(f"Stopped. {context.obj.stopped}".rstrip(), err=True)
            sys.exit(130)
        except ValueError as error:
            # Here and not above: `course --help` needs nothing that takes long to import.
            from ..assignment import SettingsError

            if not isinstance(error, SettingsError):
                raise
            fail(error)


@click.group(cls=Teaching, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="visual-coding-course", prog_name="course")
def teaching() -> None:
    """An autograded course on the Allen Brain Observatory (Visual Coding 2P).

    \b
    New here?       course demo
    A student?      open release/NAME/ in JupyterLab
    On your own?    course learn NAME
    An instructor?  course build, then course grade NAME
                    and course report NAME
    """
    put_tools_on_path()


for command in COMMANDS:
    teaching.add_command(command)

#: What is installed tells whose environment it is: building and grading need nbgrader.
main = teaching if find_spec("nbgrader") else student
