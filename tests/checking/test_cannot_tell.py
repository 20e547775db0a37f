"""What a check cannot tell keeps its points, is said, and is nobody's mistake."""

import pytest

from visual_coding_course.checking.about import NOTHING
from visual_coding_course.checking.cases import run_cases
from visual_coding_course.checking.display import CheckDisplay
from visual_coding_course.checking.named import points_alone
from visual_coding_course.checking.test_files import keeping_points, read_test_file
from visual_coding_course.notebook.attempts import count

SOURCE = """
OK_FORMAT = False
name = "q1"

from otter.test_files import test_case

from visual_coding_course.checking import CannotTell, Wrong


@test_case(points=2, name="the figure")
def figure(fig):
    if fig == "odd":
        raise CannotTell("fig", "It reads lines.")
    if fig == "wrong":
        raise Wrong("fig", "wrong_value", "`fig` has no line.")


@test_case(points=3, name="the number")
def number(x):
    if x != 4:
        raise Wrong("x", "wrong_value", "`x` is not 4.")
"""
SAID = "This check cannot tell what `fig` shows; a person will look at it. It reads lines."


@pytest.fixture
def check():
    file = read_test_file(SOURCE)
    return lambda **variables: run_cases(file, variables)


def test_a_question_in_which_nothing_else_is_wrong_waits_with_all_points(check):
    result = check(fig="odd", x=4)
    assert (result.status, result.score, result.hints) == ("waiting", 5, [])
    assert result.waiting == [SAID]
    row = result.as_row()
    assert (row["status"], row["score"], row["wrong"], row["hints"]) == ("waiting", 5, [], [])
    [entry] = row["waiting"]
    assert (entry["case"], entry["points"], entry["answer"]) == ("the figure", 2, "fig")
    assert (entry["state"], entry["message"]) == ("cannot_tell", SAID)


def test_what_is_wrong_besides_is_wrong_and_the_figure_still_waits(check):
    result = check(fig="odd", x=5)
    assert (result.status, result.score, result.waiting) == ("partial", 2, [SAID])
    assert result.hints == ["`x` is not 4."]
    assert [entry["answer"] for entry in result.as_row()["wrong"]] == ["x"]


def test_a_right_and_a_wrong_figure_do_not_wait(check):
    assert check(fig="right", x=4).status == "correct"
    wrong = check(fig="wrong", x=4)
    assert (wrong.status, wrong.score, wrong.waiting) == ("partial", 3, [])
    assert check(fig="right", x=4).as_row()["waiting"] == wrong.as_row()["waiting"] == []


def test_the_notebook_says_it_in_a_sentence(check):
    shown = CheckDisplay(check(fig="odd", x=4))
    html = shown._repr_html_()
    for text in (repr(shown).replace("`", ""), html):
        assert "5 of 5 points" in text and "a person will look at it" in text
        assert "not right" not in text
    assert "Right so far: the number" in repr(shown)
    assert "… the figure (2 points): a person will look at <code>fig</code>" in html


def test_it_counts_as_no_failed_attempt(check, tmp_path):
    assert count(tmp_path, check(fig="odd", x=4)) == (0, {})
    assert count(tmp_path, check(fig="wrong", x=4))[0] == 1
    assert count(tmp_path, check(fig="odd", x=4))[0] == 1


@pytest.mark.parametrize(("fig", "passed"), [("odd", True), ("right", True), ("wrong", False)])
def test_otter_gives_the_same_points(fig, passed):
    file = read_test_file(SOURCE)
    with keeping_points():
        file.run({"fig": fig, "x": 5})
    assert [case.passed for case in file.test_case_results] == [passed, False]
    if fig == "odd":
        file.run({"fig": fig, "x": 5})
        assert not file.test_case_results[0].passed


def test_with_right_answers_before_it_it_waits_too_and_says_nothing_of_what_is_there(check):
    alone = points_alone(check(fig="odd", x=4), NOTHING, {})
    assert (alone.status, alone.score) == ("waiting", 5)
    assert alone.waiting == [SAID.removesuffix(" It reads lines.")]
