"""Have nbgrader put a folder in place when it is whole, or leave the former one as it was.

Its converters (``generate_assignment``, ``autograde``, ``generate_feedback``) remove a folder
before they make another in its place, and after an error nothing is left. Nothing can be configured
about that; but the exporter can, and each converter makes its own before it removes anything.
`nbgrader_config.py` names these exporters, so that nbgrader's own commands, the formgrader's
buttons and `course build` change nothing when they fail.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from nbconvert.exporters import NotebookExporter
from sqlalchemy.exc import SQLAlchemyError

from ..inside.changed import replaced
from ..shared.files import put_in_place

#: By the name of a converter, what nbgrader's ``CourseDirectory`` calls the folder that it fills.
FILLED = {
    "GenerateAssignment": "release_directory",
    "Autograde": "autograded_directory",
    "GenerateFeedback": "feedback_directory",
}


class WholeOrFormer:
    """Mixed into an exporter: has the converter that made it work on a copy of each folder."""

    def __init__(self, *arguments: Any, **settings: Any):
        super().__init__(*arguments, **settings)
        if filled := FILLED.get(type(self.parent).__name__):
            self.parent.convert_notebooks = partial(_convert_each, self.parent, filled)


class WholeNotebooks(WholeOrFormer, NotebookExporter):
    """Notebooks, as nbgrader makes them by itself."""


def _convert_each(converter: Any, filled: str) -> None:
    """Do what the converter does, for one folder after the other."""
    from nbgrader.converters import NbGraderException

    every, failed = converter.assignments, None
    for source in sorted(every):
        try:
            with (
                replaced(converter, "assignments", {source: every[source]}),
                _copy_of(converter, filled, source),
                _entered_or_not(converter, filled),
            ):
                type(converter).convert_notebooks(converter)
        except NbGraderException as error:
            # Where it is not about this folder, such as the gradebook, nbgrader stops, too.
            if error.__context__:
                raise
            failed = error
        except OSError as error:
            converter.log.error("What is made of %s stays as it was: %s", source, error)
            failed = NbGraderException(str(error))
    if failed:
        raise failed


@contextmanager
def _copy_of(converter: Any, filled: str, source: str) -> Iterator[None]:
    """Let the converter fill a copy of the folder, which takes its place after the block."""
    coursedir, (above, assignment) = converter.coursedir, os.path.split(source)
    student = os.path.basename(above)  # "." of a release
    place = coursedir.format_path(getattr(coursedir, filled), student, assignment)
    _look_at(Path(place).parent)
    top = Path(os.path.normpath(coursedir.format_path(getattr(coursedir, filled), ".", ".")))
    with TemporaryDirectory(prefix=f".{top.name}-", dir=top.parent) as scratch:
        copy = Path(scratch, student, assignment)
        if os.path.isdir(place):
            shutil.copytree(place, copy, symlinks=True)
        converter.log.info("%s is made in %s, and put in place when it is whole", place, scratch)
        with replaced(coursedir, filled, os.path.relpath(scratch, coursedir.root)):
            yield
        if copy.is_dir():
            put_in_place(copy, Path(place))
    if coursedir.groupshared:
        converter.set_permissions(assignment, student)


@contextmanager
def _entered_or_not(converter: Any, filled: str) -> Iterator[None]:
    """Take an assignment out of the gradebook that is entered there, and then not released.

    nbgrader enters a new one before it looks at its notebooks.
    """
    from nbgrader.api import Gradebook, InvalidEntry

    new, init = [], converter.init_assignment
    place = converter.coursedir.db_url, converter.coursedir.course_id

    def see_whether_new(assignment: str, student: str) -> None:
        with Gradebook(*place) as gradebook:
            if assignment not in {one.name for one in gradebook.assignments}:
                new.append(assignment)
        init(assignment, student)

    if filled != FILLED["GenerateAssignment"]:
        yield
        return
    with replaced(converter, "init_assignment", see_whether_new):
        try:
            yield
        except BaseException:
            with suppress(InvalidEntry, SQLAlchemyError), Gradebook(*place) as gradebook:
                for assignment in new:
                    gradebook.remove_assignment(assignment)
            raise


def _look_at(folder: Path) -> None:
    """See that a folder can be written to, or be made, before anything is entered anywhere."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    if not (there.is_dir() and os.access(there, os.W_OK)):
        raise PermissionError(f"{there} is no folder that you can write to.")
