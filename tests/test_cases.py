"""Running a question's cases, and what a student gets of its test file."""

import pytest

from visual_coding_course.cases import run_cases
from visual_coding_course.question_files import (
    case_variables,
    find_test_file,
    public_part,
    read_test_file,
)
from visual_coding_course.results import unchecked

SOURCE = '''"""The first question."""

OK_FORMAT = False
name = "q1"

from otter.test_files import test_case

from visual_coding_course.checks import NotAttempted


@test_case(points=1)
def positive(x):
    if x is None:
        raise NotAttempted("`x` is blank.")
    assert x > 0, "`x` is not above 0."


@test_case(points=2, hidden=True)
def right(x, expected):
    if x is None:
        raise NotAttempted("`x` is blank.")
    assert x == expected, "`x` is not right."


@test_case(points=1.5, hidden=True, name="even")
def even(x):
    assert x % 2 == 0, "`x` is odd."
'''


def result(**variables):
    return run_cases(read_test_file(SOURCE), variables)


@pytest.mark.parametrize(
    ("variables", "score", "status"),
    [
        ({"x": 4, "expected": 4}, 4.5, "correct"),
        ({"x": 3, "expected": 3}, 3, "partial"),
        ({"x": -3, "expected": 3}, 0, "incorrect"),
    ],
)
def test_score_and_status(variables, score, status):
    outcome = result(**variables)
    assert (outcome.score, outcome.max_score, outcome.status) == (score, 4.5, status)


def test_hints_come_once_and_in_order():
    outcome = result(x=-3, expected=3)
    assert outcome.hints == ["`x` is not above 0.", "`x` is not right.", "`x` is odd."]


def test_a_case_that_breaks_fails_with_a_sentence():
    outcome = result(x="text", expected="text")
    assert outcome.cases[0].status == "failed"
    assert "type and shape" in outcome.cases[0].message


def test_blank_is_not_attempted():
    source = public_part(SOURCE)
    outcome = run_cases(read_test_file(source), {})
    assert (outcome.status, outcome.hints) == ("not_attempted", [])


def test_what_could_not_be_checked_is_an_error():
    outcome = unchecked(read_test_file(SOURCE), "The kernel died.")
    assert (outcome.status, outcome.score, outcome.hints) == ("error", 0, ["The kernel died."])


def test_public_part_has_no_hidden_case():
    public = public_part(SOURCE)
    assert "right" not in public and "even" not in public and "expected" not in public
    assert "hidden_points = 3.5\n" in public
    cases = read_test_file(public).test_cases
    assert [(case.name, case.points) for case in cases] == [("q1 - 1", 1)]
    assert case_variables(read_test_file(public)) == {"x"}


def test_public_part_of_a_public_file_is_the_file():
    public = public_part(SOURCE)
    assert public_part(public) == public


def test_test_files_are_found_by_question(tmp_path):
    for name in ("q1_first.py", "q10_last.py", "q2.py"):
        (tmp_path / name).touch()
    assert find_test_file(tmp_path, "q1").name == "q1_first.py"
    assert find_test_file(tmp_path, "q10").name == "q10_last.py"
    assert find_test_file(tmp_path, "q2").name == "q2.py"
    with pytest.raises(FileNotFoundError, match="'q3'"):
        find_test_file(tmp_path, "q3")
