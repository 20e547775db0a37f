"""Let `nbgrader autograde`, and the formgrader's button, grade as `course grade` does."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool

from ..assignment import Assignment, load_assignment
from .restore import restore_cells
from .submission import grade_submission


class RestoreCells(NbGraderPreprocessor):
    """Put locked cells back as they were released, also where neighbours are missing, too.

    nbgrader's own ``add_missing_cells`` stops at a check whose answer was deleted with it.
    """

    def preprocess(self, notebook, resources):
        """Restore the cells from the assignment's source."""
        assignment = _assignment(resources)
        return restore_cells(notebook, assignment.notebook), resources


class RunAndCheck(NbGraderPreprocessor):
    """Run the notebook and check its answers; stands where nbgrader's Execute stood."""

    isolated = Bool(
        True,
        help="Whether student code is isolated by bubblewrap, or can do what you can.",
    ).tag(config=True)

    def preprocess(self, notebook, resources):
        """Grade the notebook against the assignment of the course folder nbgrader works in."""
        assignment = _assignment(resources)
        graded = grade_submission(
            assignment, nbformat.writes(notebook).encode(), isolated=self.isolated
        )
        if not self.isolated:
            self.log.warning("No isolation: student code runs as you.")
        if graded.message:
            self.log.warning("%s: %s", resources["nbgrader"]["student"], graded.message)
        if graded.notebook is None:
            raise RuntimeError(graded.message)
        return nbformat.reads(graded.notebook, as_version=4), resources


def _assignment(resources) -> Assignment:
    """The assignment; the notebook lies in STEP/STUDENT/NAME of the course folder."""
    course = Path(resources["metadata"]["path"]).resolve().parents[2]
    return load_assignment(course, resources["nbgrader"]["assignment"])
