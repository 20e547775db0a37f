"""Run the solution notebook for its values."""

from __future__ import annotations

import nbformat

from ..checking.test_files import case_variables
from .assignment import Assignment

#: What the solution may take, unless the settings say it.
SOLUTION_SECONDS = {"cell_seconds": 300.0, "submission_seconds": 1200.0}


class BuildError(RuntimeError):
    """The source cannot be built; says what is wrong in it."""


def solution_values(
    assignment: Assignment, source: nbformat.NotebookNode, isolated: bool = False
) -> tuple[bytes, dict[str, bytes]]:
    """Run the solution's cells, and copy out what they make.

    Returns
    -------
    (bytes, dict of str to bytes)
        The variables that the cases take; and by question, as they are at its check, those that
        its cells define and those that are given. After the last question, nothing is carried.
    """
    from ..inside.copies import keep_data
    from ..isolation.exchange import take
    from ..isolation.kernel import StudentKernel

    names = set().union(*(case_variables(file) for file in assignment.test_files.values()))
    carries, carried = assignment.own.keys() & {*assignment.questions[:-1]}, {}
    notebook = nbformat.reads(nbformat.writes(source), as_version=4)
    needs = assignment.needs
    with StudentKernel(notebook, assignment.limits, {}, isolated, needs) as kernel:
        for index, cell in enumerate(notebook.cells):
            tags = cell.metadata.get("nbgrader", {})
            name = tags.get("grade_id")
            if cell.cell_type == "code" and tags.get("grade") and name in carries:
                own = assignment.own[name]
                copied = take(kernel.copy_out(own.names | own.given))
                carried[name] = keep_data(copied, whole=True)
            if cell.cell_type != "code" or tags.get("grade"):
                continue
            kernel.run(cell, index)
            for output in cell.outputs:
                if output.output_type == "error":
                    raise BuildError(
                        f"The solution notebook fails in cell {index + 1} with "
                        f"{output.ename}: {output.evalue}\n{cell.source}"
                    )
        expected = keep_data(take(kernel.copy_out(names - {"expected", "env"})))
    return expected, carried
