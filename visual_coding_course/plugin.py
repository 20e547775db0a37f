"""The otter plugin of the autograder: locked cells restored, expected values at the checks."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import nbformat
from otter.plugins import AbstractOtterPlugin

RELEASED = "released.json"
EXPECTED = "expected.npz"
GIVE = "from visual_coding_course.plugin import load_expected\nexpected = load_expected()"
TAKE = "del expected, load_expected"


def load_expected(archive: str | Path = EXPECTED) -> SimpleNamespace:
    """Load the solution's values in the notebook that otter runs.

    Parameters
    ----------
    archive : path-like
        As `course build` wrote it.
    """
    from . import open_cache
    from .grading.copies import Foreign, read_copies

    cache = open_cache()
    own = Foreign(lambda session, file: cache.get_ophys_experiment_data(session), lambda: cache)
    return SimpleNamespace(**read_copies(Path(archive).read_bytes(), own))


class CoursePlugin(AbstractOtterPlugin):
    """Prepare a submission for otter as `course grade` does."""

    def before_execution(self, submission):
        """Restore the locked cells, and put expected values around each check cell."""
        from .grading.restore import restore_cells

        released = nbformat.read(Path(self.submission_path).parent / RELEASED, as_version=4)
        notebook = restore_cells(submission, released)
        cells = []
        for cell in notebook.cells:
            tags = cell.metadata.get("nbgrader", {})
            checks = cell.cell_type == "code" and tags.get("grade") and not tags.get("solution")
            give, take = nbformat.v4.new_code_cell(GIVE), nbformat.v4.new_code_cell(TAKE)
            cells += [give, cell, take] if checks else [cell]
        notebook.cells = cells
        return notebook
