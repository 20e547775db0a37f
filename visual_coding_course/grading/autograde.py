"""Let `nbgrader autograde`, and the formgrader's button, grade as `course grade` does."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import MissingEntry
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades, SaveCells
from traitlets import Bool

from ..assignment import Assignment, load_assignment, outdated
from ..assignment.load import read_source
from ..assignment.released import as_released
from ..checking.modules import read_modules
from ..checking.test_files import read_tests
from ..records.database import open_gradebook, url_of
from .reading import read_submission
from .restore import restore_cells
from .submission import grade_submission
from .submissions import Submission, submission_of

GRADEBOOK = "gradebook.db"


def enter_assignment(assignment: str, **_: Any) -> None:
    """Enter an assignment into the gradebook, for nbgrader's ``pre_convert_hook``.

    Where nobody has called ``generate_assignment``, ``autograde`` would stop.

    Parameters
    ----------
    assignment : str
        Its name; nbgrader has made the course folder the working directory.
    """
    course = Path.cwd()
    with open_gradebook(course / GRADEBOOK) as gradebook:
        try:
            gradebook.find_notebook(assignment, assignment)
            return
        except MissingEntry:
            gradebook.update_or_create_assignment(assignment)
    source = course / "source" / assignment
    tests, modules = read_tests(source / "tests"), read_modules(source)
    about = {"notebook": assignment, "assignment": assignment, "db_url": url_of(course / GRADEBOOK)}
    notebook = as_released(read_source(course, assignment), tests, modules)
    SaveCells().preprocess(notebook, {"nbgrader": about})


class RestoreCells(NbGraderPreprocessor):
    """Read what was handed in, and put locked cells back as they were released.

    As `course grade` does it: links are not followed, which nbgrader would do, to another
    student's notebook, say; and nbgrader's own ``add_missing_cells`` stops at a check whose answer
    was deleted with it.
    """

    def preprocess(self, notebook, resources):
        """Restore the cells from the assignment's source.

        Raises
        ------
        ValueError
            If the submission cannot or may not be read; nbgrader then reports
            it, and enters no points.
        """
        assignment, submission = _graded(resources, self.log.warning)
        coursedir = self.parent.parent.coursedir  # the exporter's, the converter's
        place = (coursedir.autograded_directory, submission.student, assignment.name)
        _remove_linked(submission.path.parent, Path(coursedir.format_path(*place)))
        notebook = read_submission(submission.read())
        return restore_cells(notebook, assignment.notebook), resources


class RunAndCheck(NbGraderPreprocessor):
    """Run the notebook and check its answers; stands where nbgrader's Execute stood."""

    isolated = Bool(
        True,
        help="Whether student code is isolated by bubblewrap, or can do what you can.",
    ).tag(config=True)

    def preprocess(self, notebook, resources):
        """Grade what was handed in, with the files beside it, against the course's assignment.

        Raises
        ------
        ValueError
            As `RestoreCells`.
        RuntimeError
            If it could not be run.
        """
        assignment, submission = _graded(resources, self.log.warning)
        graded = grade_submission(
            assignment, submission.read(), files=submission.files(), isolated=self.isolated
        )
        if not self.isolated:
            self.log.warning("No isolation: student code runs as you.")
        for message in filter(None, (graded.message, submission.note)):
            self.log.warning("%s: %s", submission.student, message)
        if graded.notebook is None:
            raise RuntimeError(graded.message)
        return nbformat.reads(graded.notebook, as_version=4), resources


class SaveGrades(SaveAutoGrades):
    """nbgrader's step that enters scores; has a person look at what a check cannot tell."""

    def _add_score(self, cell, resources):
        super()._add_score(cell, resources)
        if cell.metadata.get("course", {}).get("waiting"):
            name = cell.metadata.nbgrader["grade_id"]
            where = (name, self.notebook_id, self.assignment_id, self.student_id)
            self.gradebook.find_grade(*where).needs_manual_grade = True
            self.gradebook.db.commit()


def _graded(resources, say: Callable[[str], None]) -> tuple[Assignment, Submission]:
    """What is graded, and against what; nbgrader's notebook lies in STEP/STUDENT/NAME."""
    about = resources["nbgrader"]
    course = _course(resources)
    if outdated(course, about["assignment"]):
        from ..assignment.build import bring_up_to_date

        bring_up_to_date(course, about["assignment"], grade_submission, say)
    assignment = load_assignment(course, about["assignment"])
    return assignment, submission_of(course, about["student"], about["assignment"])


def _course(resources) -> Path:
    # Not resolved, for a student's folder may be a link to another place.
    return Path(os.path.abspath(resources["metadata"]["path"])).parents[2]


def _remove_linked(handed_in: Path, copied: Path) -> None:
    """Remove nbgrader's copies of what links lead to; it makes them before any of its steps."""
    for folder, _, names in os.walk(handed_in):
        for path in (Path(folder, name) for name in names):
            if path.is_symlink():
                (copied / path.relative_to(handed_in)).unlink(missing_ok=True)
