"""What is not true of the files that an assignment is about is not handed out."""

import nbformat

from visual_coding_course.assignment.left_out import without_cells, without_parts

README = """\
Start.
<!-- only: practice -->
They are made.
<!-- end -->
<!-- only: recorded -->
They are
real.
<!-- end -->
End.
"""


def test_cells_with_a_tag():
    cells = [nbformat.v4.new_markdown_cell(text) for text in ("one", "two", "three")]
    cells[0].metadata["tags"] = ["simulated"]
    cells[1].metadata["tags"] = ["recorded", "mine"]
    notebook = nbformat.v4.new_notebook(cells=cells)
    assert [c.source for c in without_cells(notebook, {"simulated"}).cells] == ["two", "three"]
    assert [c.source for c in without_cells(notebook, {"recorded"}).cells] == ["one", "three"]
    assert len(without_cells(notebook, ()).cells) == len(notebook.cells) == 3


def test_parts_of_a_readme():
    assert without_parts(README, {"recorded"}) == "Start.\nThey are made.\nEnd.\n"
    assert without_parts(README, {"practice"}) == "Start.\nThey are\nreal.\nEnd.\n"
    assert without_parts(README, {"practice", "recorded"}) == "Start.\nEnd.\n"
    assert without_parts("<!-- a comment -->\n", {"practice"}) == "<!-- a comment -->\n"
