"""An isolated kernel to run code in."""

import nbformat
import pytest

from visual_coding_course.inside.limits import Limits
from visual_coding_course.isolation.kernel import StudentKernel
from visual_coding_course.recordings.needs import NEEDS


@pytest.fixture
def run():
    """Run cells in an isolated kernel; returns what they printed, errors included."""

    def run(*sources, limits=None, files=None):
        cells = [nbformat.v4.new_code_cell(source) for source in sources]
        notebook = nbformat.v4.new_notebook(cells=cells)
        limits = limits or Limits(cell_seconds=20, interrupt_grace_seconds=2)
        contents = {name: text.encode() for name, text in (files or {}).items()}
        with StudentKernel(notebook, limits, contents, needs=NEEDS) as kernel:
            for index, cell in enumerate(cells):
                kernel.run(cell, index)
        return [_text(cell) for cell in cells]

    return run


def _text(cell):
    parts = []
    for output in cell.outputs:
        if output.output_type == "error":
            parts.append(f"{output.ename}: {output.evalue}")
        else:
            parts.append(output.get("text") or output.get("data", {}).get("text/plain", ""))
    return "\n".join(parts).strip()
