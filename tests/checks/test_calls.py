"""A student's function is called once for the same arguments while a question is checked."""

import numpy as np
import pytest

from visual_coding_course.cases import run_cases
from visual_coding_course.question_files import read_test_file

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
