"""`grader.ready()`: the notebook run from the top, against what a student saw."""

import os
import time

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell

from visual_coding_course import Notebook
from visual_coding_course.inside.limits import Limits
from visual_coding_course.notebook.rehearsal import NO_END, rehearse
from visual_coding_course.notebook.saved import find_saved

from .made import notebook_of

WORDS = "It is the double of the first."


def write(folder, **answers):
    nbformat.write(notebook_of(**{"words": WORDS, **answers}), folder / "numbers.ipynb")


def ready(grader, **variables):
    """Call it as a notebook does, whose variables are these."""
    return eval("grader.ready()", {"grader": grader, **variables})


def test_what_is_right_from_the_top_can_be_handed_in(grader, folder):
    write(folder, more=["grader.ready()"])
    grader.check("q1", {"x": 3})
    grader.check("q2", {"x": 3, "y": 6})
    said = repr(ready(grader, x=3, y=6))
    assert said.startswith("✓ Run from the top, 2 of 2 checked questions are right: 5 of 5 points")
    assert "Nothing differs" in said and "q3: 7 words." in said
    assert "Hand in `numbers.ipynb`, as it was saved at" in said
    assert "It may be saved again, with what is shown here." in said


def test_what_works_only_because_of_a_deleted_cell_is_told(grader, folder):
    write(folder, second="y = factor * x")
    grader.check("q1", {"x": 3})
    grader.check("q2", {"x": 3, "y": 6})
    before = (folder / ".progress.json").read_bytes()
    shown = ready(grader, x=3, y=6, factor=2)
    said = repr(shown)
    assert said.startswith("✗ Run from the top, 1 of 2 checked questions are right")
    assert "`q2` is right here (4 points), and not right yet (0) when" in said
    assert "`y = factor * x` stops with an error: NameError" in said
    assert "Here `factor` still has a value, from a cell that was changed or deleted" in said
    assert "<code>factor</code>" in shown._repr_html_()
    assert (folder / ".progress.json").read_bytes() == before
    assert not (folder / ".attempts.json").exists()


def test_what_follows_from_an_error_is_not_told_as_one_of_its_own(grader, folder):
    write(folder, first="x = three", second="y = 2 * x", more=["three = 3"])
    said = repr(ready(grader, x=3, y=6, three=3))
    assert "`three` is made by a cell further down" in said
    assert "1 more cell stops for want of what these would have made." in said
    assert said.count("NameError") == 1 and "deleted" not in said


def test_what_grading_has_not_is_told(grader, folder, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "numbers.csv"
    elsewhere.write_text("3")
    (folder / "mine.csv").write_text("3")
    (folder / "helper.py").write_text("three = 3")
    first = f"from helper import three\nx = int(open({str(elsewhere)!r}).read())\nopen('mine.csv')"
    write(folder, first=first, second="%pip install nothing\ny = 2 * x; input()", words="")
    said = repr(ready(grader))
    assert f"`{elsewhere}` is a file on your computer" in said
    assert "Nothing is installed when the notebook is graded" in said
    assert "Nobody answers `input()`" in said
    assert "Nothing is written for q3, which a person reads, or it is not saved" in said
    assert "Hand in `numbers.ipynb`, with `mine.csv` and `helper.py`" in said
    assert "is right when the notebook is run from the top; here it was not checked yet." in said


def test_a_check_that_was_deleted_is_made_all_the_same(grader, folder):
    notebook = notebook_of(words=WORDS)
    notebook.cells = [cell for cell in notebook.cells if "check(" not in cell.source]
    nbformat.write(notebook, folder / "numbers.ipynb")
    grader.check("q2", {"x": 3, "y": 6})
    assert "2 of 2 checked questions are right" in repr(ready(grader))


def test_a_kernel_that_dies_is_told(grader, folder):
    write(folder, second="import os\nos._exit(1)")
    grader.check("q2", {"x": 3, "y": 6})
    said = repr(ready(grader))
    assert "`import os` stops everything: the kernel died while it ran" in said
    assert "`q2` is right here" in said


def test_a_cell_without_an_end_is_stopped(folder):
    write(folder, first="x = 3\nwhile True: pass")
    saved = find_saved(folder, ["q1", "q2"])
    ran = rehearse(saved, ["q1", "q2"], limits=Limits(cell_seconds=20, wall_factor=1))
    assert ran.checked["q1"]["status"] == ran.checked["q2"]["status"] == "correct"
    assert [one.name for one in ran.stopped] == [NO_END]


def test_what_is_not_saved_is_asked_for_first(folder):
    write(folder)
    yesterday = time.time() - 1e5
    os.utime(folder / "numbers.ipynb", (yesterday, yesterday))
    shell = InteractiveShell.instance()
    try:
        shell.user_ns["grader"] = Notebook()
        shell.run_cell("x = 3", cell_id="first")
        shell.run_cell("y = 2 * x", cell_id="second")
        said = repr(shell.run_cell("grader.ready()", cell_id="ready").result)
        assert "Save the notebook (Ctrl-S" in said
    finally:
        InteractiveShell.clear_instance()


@pytest.mark.parametrize("names", [[], ["copy.ipynb", "numbers.ipynb"]])
def test_a_notebook_that_cannot_be_told_is_asked_for(grader, folder, names):
    (folder / "numbers.ipynb").unlink()
    for name in names:
        nbformat.write(notebook_of(), folder / name)
    said = repr(ready(grader))
    assert "Which notebook this is cannot be told" in said
    assert all(f"`{name}`" in said for name in names)


def test_where_a_program_runs_the_notebook_it_does_nothing(grader, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    assert grader.ready() is None
