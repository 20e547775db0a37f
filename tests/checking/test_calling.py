"""A student's function is called once for the same arguments while a question is checked."""

import numpy as np
import pytest

from visual_coding_course.checking.cases import run_cases
from visual_coding_course.checking.test_files import public_part, read_test_file

SOURCE = """
OK_FORMAT = False
name = "q1"

from otter.test_files import test_case


@test_case(points=1)
def once(double):
    assert double(3)[0] == 6


@test_case(points=1)
def another(double):
    assert double(4)[0] == 8


@test_case(points=1)
def again(double):
    assert double(3)[0] == 6
    double(3)[0] = 7


@test_case(points=1)
def still(double):
    assert double(3)[0] == 6
"""


def check(returned):
    """The result of the cases above, and the arguments with which the function was called."""
    called = []

    def double(number):
        called.append(number)
        return returned(number)

    return run_cases(read_test_file(SOURCE), {"double": double}), called


def test_a_function_is_called_once_for_the_same_arguments():
    result, called = check(lambda number: np.array([2.0 * number]))
    assert (result.score, called) == (4, [3, 4])


def test_an_array_that_the_function_fills_again_is_kept_as_it_was():
    buffer = np.zeros(1)

    def fill(number):
        buffer[:] = 2 * number
        return buffer

    result, called = check(fill)
    assert (result.score, called) == (4, [3, 4])


@pytest.mark.parametrize(
    "returned", [lambda number: [2 * number], lambda number: np.full(10**6, 2.0 * number)]
)
def test_what_is_no_array_or_a_large_one_is_not_kept(returned):
    result, called = check(returned)
    assert (result.score, called) == (4, [3, 4, 3, 3, 3])


def test_a_function_that_stops_is_called_again():
    result, called = check(lambda number: 1 / 0)
    assert (result.score, called) == (0, [3, 4, 3, 3])


def test_arguments_that_cannot_be_remembered_reach_the_function():
    source = SOURCE.replace("(3)", "([3])").replace("(4)", "(number=[4])")

    def double(number):
        return np.array(number) * 2

    assert run_cases(read_test_file(source), {"double": double}).score == 4


def test_the_next_check_asks_anew():
    results = [np.array([6.0]), np.array([8.0])]
    file = read_test_file(SOURCE)
    assert run_cases(file, {"double": lambda number: results[number - 3]}).score == 4
    assert run_cases(file, {"double": lambda number: results[0]}).score == 3


DECLARED = """
OK_FORMAT = False
name = "q1"

from otter.test_files import test_case
from visual_coding_course.checking import calls


@test_case(points=1)
@calls(double=lambda given: [(given,)])
def ours(double, given):
    assert double(given) == 2 * given


@test_case(points=1, hidden=True)
@calls(double=lambda given: [([number, given],) for number in (4, 5)])
def others(double, given):
    for number in (4, 5):
        assert double([number, given]) == 2 * number
    assert double(given) == 2 * given


@test_case(points=1, hidden=True)
@calls(double=lambda: [(7,)])
def last(double):
    assert double(7) == 14
"""
ALL_CALLS = [3, [4, 3], [5, 3], 7]
#: What a function may return, and the points for it.
FUNCTIONS = {
    "right": (lambda number: 2 * (number[0] if isinstance(number, list) else number), 3),
    "wrong": (lambda number: 0, 0),
    "right at first": (lambda number: 6 if number == 3 else 0, 1),
    "none": (lambda number: None, 0),
    "stops": (lambda number: 1 / 0, 0),
}


def check_declared(function, source=DECLARED):
    """The result when all calls are made first, and the arguments of the calls."""
    called = []

    def double(number):
        called.append(number)
        return function(number)

    variables = {"double": double, "given": 3}
    return run_cases(read_test_file(source), variables, calls_first=True), called


@pytest.mark.parametrize("kind", FUNCTIONS)
def test_the_same_calls_are_made_whatever_comes_of_them(kind):
    function, points = FUNCTIONS[kind]
    result, called = check_declared(function)
    assert (result.score, called) == (points, ALL_CALLS)
    assert not result.broken


def test_a_function_that_stops_is_said_to():
    result, _ = check_declared(FUNCTIONS["stops"][0])
    stops = "`double` stopped with an error when it was called: ZeroDivisionError: division by zero"
    assert [(case.state, case.message) for case in result.cases] == [("wrong_value", stops)] * 3


def test_a_function_that_guesses_until_it_is_asked_no_more_gains_nothing():
    guesses, tried = [5, 6, 7, 8], []

    def guess(number):
        # Asked again with the same, it would know that the guess before was wrong.
        tried.append(number)
        return guesses[tried.count(number) - 1] if number == 3 else 0

    result, called = check_declared(guess)
    assert (result.score, called) == (0, ALL_CALLS)


def test_what_a_case_does_with_a_result_does_not_change_it():
    source = DECLARED.replace("== 2 * given\n", "== [6]\n    double(given).append(1)\n", 1)
    source = source.replace("== 2 * given\n", "== [6]\n").replace("== 2 * number", "== [0]")
    result, _ = check_declared(lambda number: [6] if number == 3 else [0], source)
    assert [case.status for case in result.cases] == ["passed", "passed", "failed"]


def test_what_the_function_changes_later_stays_as_it_was():
    kept = []

    def returns_the_same_list(number):
        kept.append(0)
        return kept

    source = DECLARED.replace("== 2 * given\n", "== [0]\n", 1)
    result, _ = check_declared(returns_the_same_list, source)
    assert result.cases[0].status == "passed"


def test_a_call_that_no_case_declares_is_not_made():
    source = DECLARED.replace("    assert double(7) == 14", "    assert double(8) == 16")
    result, called = check_declared(FUNCTIONS["right"][0], source)
    assert called == ALL_CALLS
    assert [case.state for case in result.cases] == ["right", "right", "broken"]
    assert "does not declare" in result.broken[0]


def test_calls_that_cannot_be_worked_out_are_no_wrong_answers():
    source = DECLARED.replace("lambda: [(7,)]", "lambda: open('/nowhere/at/all')")
    result, called = check_declared(FUNCTIONS["right"][0], source)
    assert {case.state for case in result.cases} == {"broken"}
    assert "FileNotFoundError" in result.broken[0]


def test_results_without_bound_are_not_kept():
    result, called = check_declared(lambda number: np.zeros(2 * 10**7))
    assert called == ALL_CALLS
    assert result.score == 0


def test_numbers_of_different_types_are_different_calls():
    source = DECLARED.replace("lambda: [(7,)]", "lambda: [(1,), (True,), (1.0,)]")
    _, called = check_declared(FUNCTIONS["wrong"][0], source)
    assert [type(number) for number in called[3:]] == [int, bool, float]


def test_a_students_file_declares_its_own_calls_only():
    _, called = check_declared(FUNCTIONS["right"][0], public_part(DECLARED))
    assert called == [3]


def test_in_a_notebook_calls_are_made_as_cases_come_to_them():
    called = []
    run_cases(read_test_file(DECLARED), {"double": lambda n: called.append(n) or 0, "given": 3})
    assert called == [3, [4, 3], 7]
