"""`grader.check` as a student meets it."""

from html.parser import HTMLParser

import pytest

from visual_coding_course import Notebook
from visual_coding_course.cases import public_part
from visual_coding_course.grading.copies import write_copies
from visual_coding_course.notebook import EXPECTED_FILE, CheckFailed

SOURCE = """
OK_FORMAT = False
name = "q1"

from otter.test_files import test_case
from visual_coding_course.checks import NotAttempted


@test_case(points=1, name="x is <positive>")
def positive(x):
    if x is None or x is ...:
        raise NotAttempted("`x` is blank.")
    assert x > 0, "`x` is <b>not</b> above 0: look at `start`."


@test_case(points=2, hidden=True)
def right(x, expected):
    assert x == expected.x, "`x` is not right."
"""


@pytest.fixture
def grader(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "q1_first.py").write_text(public_part(SOURCE))
    return Notebook()


def test_passed_check_says_that_more_are_run_later(grader):
    shown = grader.check("q1", {"x": 3})
    for text in (repr(shown), shown._repr_html_()):
        assert "public checks passed" in text
        assert "more are run when it is graded" in text
        assert "all tests passed" not in text.lower()


def test_failed_check_shows_the_hint_as_text(grader):
    shown = grader.check("q1", {"x": -3})
    assert "not right yet (0 of 1 points)" in repr(shown)
    page = shown._repr_html_()
    assert "<code>start</code>" in page
    assert "&lt;b&gt;not&lt;/b&gt;" in page and "x is &lt;positive&gt;" in page
    HTMLParser().feed(page)


def test_blank_is_not_attempted(grader):
    text = repr(grader.check("q1", {"x": ...}))
    assert "not attempted" in text and "Replace the blanks" in text


def test_variables_of_the_notebook_are_taken_by_default(grader):
    x = 3  # noqa: F841
    shown = eval('grader.check("q1")', {"grader": grader, "x": 7})
    assert shown.result.status == "correct"


def test_self_study_runs_hidden_cases(grader, tmp_path):
    (tmp_path / "tests" / "q1_first.py").write_text(SOURCE)
    (tmp_path / EXPECTED_FILE).write_bytes(write_copies({"x": 3}))
    assert repr(grader.check("q1", {"x": 3})).endswith("passed (3 of 3 points).")
    assert "`x` is not right." in repr(grader.check("q1", {"x": 4}))


def test_unknown_question_says_what_there_is(grader, tmp_path):
    with pytest.raises(FileNotFoundError, match="It has those of q1"):
        grader.check("q7", {})
    (tmp_path / "tests" / "q1_first.py").unlink()
    with pytest.raises(FileNotFoundError, match="beside its tests folder"):
        grader.check("q1", {})


def test_check_all_shows_every_question(grader, capsys):
    grader.check_all({"x": 3})
    assert "q1: public checks passed" in capsys.readouterr().out


def test_nbgrader_validate_sees_failure_as_an_error(grader, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    with pytest.raises(CheckFailed, match="above 0"):
        grader.check("q1", {"x": -3})
    assert grader.check("q1", {"x": 3}) is None
