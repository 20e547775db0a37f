"""Let `nbgrader autograde`, and the formgrader's button, grade as `course grade` does."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbgrader.preprocessors import NbGraderPreprocessor

from ..assignment import load_assignment
from .submission import grade_submission


class RunAndCheck(NbGraderPreprocessor):
    """Run the notebook and check its answers; stands where nbgrader's Execute stood."""

    def preprocess(self, notebook, resources):
        """Grade the notebook against the assignment of the course folder nbgrader works in."""
        assignment = load_assignment(Path.cwd(), resources["nbgrader"]["assignment"])
        graded = grade_submission(assignment, nbformat.writes(notebook).encode())
        if graded.message:
            self.log.warning("%s: %s", resources["nbgrader"]["student"], graded.message)
        if graded.notebook is None:
            raise RuntimeError(graded.message)
        return nbformat.reads(graded.notebook, as_version=4), resources
