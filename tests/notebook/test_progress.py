"""`grader.progress()`, and the line under each check."""

import nbformat

from visual_coding_course import Notebook
from visual_coding_course.notebook.solution import SOLUTION_FILE

from .made import FIRST, notebook_of


def test_before_the_first_check_everything_is_open(grader):
    said = repr(grader.progress())
    assert "0 of 3 questions right, 0 begun, 3 open: 0 of 5 points" in said
    assert "7 more when it is graded" in said
    assert "Still to do: q1, q2, q3." in said


def test_each_check_says_how_far_the_notebook_is(grader):
    grader.check("q1", {"x": 3})
    for shown in (grader.check("q2", {"x": 3, "y": 7}), grader.progress()):
        for text in (repr(shown), shown._repr_html_()):
            assert "1 of 3 questions right, 1 begun, 1 open: 2 of 5 points" in text
            assert "Still to do: q2, q3." in text
    grader.check("q2", {"x": 3, "y": 6})
    said = repr(grader.progress())
    assert "2 of 3 questions right, 0 begun, 1 open" in said and "Still to do: q3." in said


def test_an_answer_in_words_counts_as_it_was_saved(grader, folder):
    said = repr(grader.progress())
    assert "not written, or not saved yet (5, read by a person)  In words" in said
    nbformat.write(notebook_of(words="It is doubled."), folder / "numbers.ipynb")
    assert "written (5, read by a person)  In words" in repr(grader.progress())
    grader.check("q1", {"x": 3})
    grader.check("q2", {"x": 3, "y": 6})
    said = repr(grader.progress())
    assert "2 of 3 questions right, 1 written, 0 begun, 0 open" in said
    assert "Nothing is left to do. Before you hand in" in said


def test_progress_outlives_the_kernel_and_a_broken_file(grader, folder):
    grader.check("q1", {"x": 3})
    assert "1 of 3 questions right" in repr(Notebook().progress())
    (folder / ".progress.json").write_text('{"q1": {"status": "splendid", "score": 1}}')
    assert "0 of 3 questions right" in repr(Notebook().progress())


def test_self_study_has_nothing_that_is_graded_later(grader, folder):
    nbformat.write(notebook_of(), folder / SOLUTION_FILE)
    (folder / "tests" / "q1_first.py").write_text(FIRST)
    said = repr(Notebook().progress())
    assert "0 of 7 points" in said and "graded" not in said and "In words" in said


def test_a_notebook_that_cannot_be_told_only_costs_its_titles(grader, folder):
    nbformat.write(notebook_of(), folder / "copy.ipynb")
    said = repr(grader.progress())
    assert "0 of 2 questions right" in said and "In words" not in said


def test_the_editor_says_which_notebook_it_is(grader, folder, monkeypatch):
    nbformat.write(notebook_of(words="It is doubled."), folder / "copy.ipynb")
    monkeypatch.setenv("JPY_SESSION_NAME", str(folder / "copy.ipynb"))
    assert "✎ q3" in repr(grader.progress())
