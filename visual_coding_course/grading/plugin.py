"""The otter plugin of the autograder: locked cells restored, expected values at the checks."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import nbformat
from otter.plugins import AbstractOtterPlugin

from ..assignment.assignment import EXPECTED, RELEASED, read_needs
from ..checking.modules import read_modules

GIVE = """\
import visual_coding_course.grading.plugin as _plugin
_kept = _plugin.give(globals(), {names!r})"""
TAKE = "_plugin.take(globals(), _kept)"


def load_expected(archive: str | Path = EXPECTED) -> SimpleNamespace:
    """Load the solution's values in the notebook that otter runs.

    Parameters
    ----------
    archive : path-like
        As `course build` wrote it.
    """
    from ..inside.copies import Foreign, read_kept

    modules = read_modules(Path())
    needs = read_needs(modules)
    if needs.named and Path(needs.named).is_file():
        needs = read_needs(modules, Path().absolute())
    own = Foreign(**needs.foreign)
    return SimpleNamespace(**read_kept(Path(archive).read_bytes(), own))


def give(variables: dict, names: list[str]) -> dict:
    """Put `expected` and the given names' own values into a notebook's variables.

    Returns
    -------
    dict
        What they were before, for `take`.
    """
    expected = load_expected()
    values = {name: getattr(expected, name) for name in names if hasattr(expected, name)}
    values["expected"] = expected
    before = {name: variables[name] for name in values if name in variables}
    variables.update(values)
    return {"before": before, "names": list(values)}


def take(variables: dict, kept: dict) -> None:
    """Put the variables back as they were before `give`."""
    for name in kept["names"]:
        variables.pop(name, None)
    variables.update(kept["before"])


class CoursePlugin(AbstractOtterPlugin):
    """Prepare a submission for otter as `course grade` does."""

    def before_execution(self, submission):
        """Restore the locked cells, and put expected values around each check cell."""
        from .restore import given_names, restore_cells

        released = nbformat.read(Path(self.submission_path).parent / RELEASED, as_version=4)
        notebook = restore_cells(submission, released)
        names = sorted(given_names(released))
        cells = []
        for cell in notebook.cells:
            tags = cell.metadata.get("nbgrader", {})
            checks = cell.cell_type == "code" and tags.get("grade") and not tags.get("solution")
            give, take = map(nbformat.v4.new_code_cell, (GIVE.format(names=names), TAKE))
            cells += [give, cell, take] if checks else [cell]
        notebook.cells = cells
        return notebook
