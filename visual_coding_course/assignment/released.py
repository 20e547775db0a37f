"""The steps from source notebook to student notebook, as nbgrader preprocessors.

`nbgrader_config.py` names them, so that nbgrader's own commands and the
formgrader take the same steps as `course build`.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearOutput,
    ComputeChecksums,
    LockCells,
    NbGraderPreprocessor,
)
from nbgrader.utils import is_grade, is_solution
from otter.assign.solutions import replace_solutions

from ..checking.modules import read_modules
from ..checking.test_files import read_test_file, read_tests
from ..shared.written import WRITTEN_ANSWER_PROMPT
from .left_out import ALONE, without_cells
from .load import needs_of
from .parameters import for_students, with_values
from .settings import read_settings


class LeaveOut(NbGraderPreprocessor):
    """Leave out the cells that are not for the recordings that the settings name, or for alone."""

    def preprocess(self, notebook, resources):
        """Read the source's settings; a notebook without a source has all its cells."""
        if path := resources.get("metadata", {}).get("path"):
            source = Path(path)
            left_out = needs_of(source.parent.parent, source.name).left_out
            notebook = without_cells(notebook, left_out | {ALONE})
        return notebook, resources


class SetParameters(NbGraderPreprocessor):
    """Set the parameters as the settings say, or have the student's id asked for."""

    def preprocess(self, notebook, resources):
        """Read the source's settings; a notebook without a source stays as it is."""
        if path := resources.get("metadata", {}).get("path"):
            settings = read_settings(Path(path))
            notebook = with_values(notebook, settings.values)
            notebook = for_students(notebook, settings.by_student)
        return notebook, resources


class ReplaceSolutions(NbGraderPreprocessor):
    """Put otter-assign's blanks where the solutions stand."""

    def preprocess_cell(self, cell, resources, index):
        """Replace the marked lines of a code answer, and all of a written one."""
        if is_solution(cell):
            if cell.cell_type == "code":
                cell.source = "\n".join(replace_solutions(cell.source.split("\n"), "python"))
            else:
                cell.source = WRITTEN_ANSWER_PROMPT
        return cell, resources


class FillPoints(NbGraderPreprocessor):
    """Copy each question's points from its test file into its grade cell."""

    tests: dict[str, str] | None = None
    modules: dict[str, str] | None = None

    def preprocess(self, notebook, resources):
        """Read the points once, then visit the cells."""
        if self.tests is None:
            self.modules = read_modules(Path(resources["metadata"]["path"]))
        tests = (
            self.tests
            if self.tests is not None
            else read_tests(Path(resources["metadata"]["path"]) / "tests")
        )
        files = [read_test_file(text, name, self.modules) for name, text in tests.items()]
        self._points = {file.name: float(file.possible) for file in files}
        return super().preprocess(notebook, resources)

    def preprocess_cell(self, cell, resources, index):
        """Set the points of a check cell."""
        if is_grade(cell) and not is_solution(cell):
            question = cell.metadata.nbgrader.grade_id
            if question not in self._points:
                raise ValueError(f"Grade cell {question!r} has no test file in tests/.")
            cell.metadata.nbgrader["points"] = self._points[question]
        return cell, resources


class AddReleaseFiles(NbGraderPreprocessor):
    """Put beside the notebook what a student needs: public tests, package, requirements."""

    def preprocess(self, notebook, resources):
        """Hand the files to nbconvert's writer."""
        from .release import release_files

        source = Path(resources["metadata"]["path"])
        outputs = resources.setdefault("outputs", {})
        outputs.update(release_files(source.parent.parent, source.name))
        return notebook, resources


RELEASE_STEPS = [
    LeaveOut,
    SetParameters,
    FillPoints,
    LockCells,
    ReplaceSolutions,
    ClearOutput,
    CheckCellMetadata,
    ComputeChecksums,
]


def as_released(
    source: nbformat.NotebookNode, tests: dict[str, str], modules: dict[str, str] | None = None
) -> nbformat.NotebookNode:
    """Make the student's notebook from the source notebook.

    Parameters
    ----------
    source : NotebookNode
        Source notebook, without cells that are to be left out; it stays as it is.
    tests : dict of str to str
        Source of the test files, by file name.
    modules : dict of str to str, optional
        That of the assignment's own modules, which the test files import.
    """
    notebook = nbformat.reads(nbformat.writes(source), as_version=4)
    for step in RELEASE_STEPS:
        preprocessor = step()
        if step is FillPoints:
            preprocessor.tests, preprocessor.modules = tests, modules
        notebook, _ = preprocessor.preprocess(notebook, {"nbgrader": {}})
    return notebook
