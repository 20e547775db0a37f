"""Checks run where they can be stopped, on what each answer was when its question was checked."""

import os
import signal
from dataclasses import replace

import pytest

from visual_coding_course.grading import submission
from visual_coding_course.grading.submission import grade_submission

RIGHT = {"q1-answer": "x = 3", "q2-answer": "def double(n):\n    return n + n"}
ENDLESS = """
    if x == 13:
        while True:
            pass
"""
GREEDY = """
    if x == 13:
        bytearray(1 << 31)
"""
FIRST = '    assert isinstance(x, int), "`x` is not a whole number."\n'


def with_check(assignment, more, **limits):
    """Make the assignment's first check do more."""
    tests = dict(assignment.tests)
    tests["q1_number.py"] = tests["q1_number.py"].replace(FIRST, FIRST + more)
    assert tests != assignment.tests
    return replace(assignment, tests=tests, limits=replace(assignment.limits, **limits))


def by_question(result):
    return {question.name: question for question in result.questions}


def test_a_check_without_end_costs_its_own_question(assignment, answer):
    endless = with_check(assignment, ENDLESS, check_seconds=2)
    result = grade_submission(endless, answer({**RIGHT, "q1-answer": "x = 13"}))
    questions = by_question(result)
    assert result.status == "graded"
    assert (questions["q1"].score, questions["q2"].score) == (0, 4)
    assert "longer than 2 s" in questions["q1"].hints[0]
    assert grade_submission(endless, answer(RIGHT)).score == 7, "the next one is checked again"


def test_a_check_gets_no_more_memory_than_it_may(assignment, answer):
    greedy = with_check(assignment, GREEDY, check_megabytes=512)
    result = grade_submission(greedy, answer({**RIGHT, "q1-answer": "x = 13"}))
    questions = by_question(result)
    assert (questions["q1"].score, questions["q2"].score) == (0, 4)
    assert "MemoryError" in questions["q1"].hints[0]


def test_a_checker_that_is_killed_is_replaced(assignment, answer):
    assert grade_submission(assignment, answer(RIGHT)).score == 7
    for one in submission._idle_checkers:
        if one.alive:
            os.kill(one.pid, signal.SIGKILL)
    assert grade_submission(assignment, answer(RIGHT)).score == 7


@pytest.fixture
def building_on_the_first(assignment):
    """The assignment, its second question building upon the answer to the first."""
    tests = dict(assignment.tests)
    tests["q2_function.py"] = tests["q2_function.py"].replace(
        "def doubles(double, given):", "def doubles(double, given, x):\n    given = x or given"
    )
    tests["q3_again.py"] = tests["q2_function.py"].replace('name = "q2"', 'name = "q3"')
    return replace(assignment, tests=tests)


def test_an_answer_is_what_it_was_at_its_own_check(building_on_the_first, answer):
    later = "x = 'any' * 2\n\ndef double(n):\n    return 6 if n == 3 else n"
    result = grade_submission(building_on_the_first, answer({**RIGHT, "q2-answer": later}))
    assert result.score == 11


def test_a_function_has_returned_what_it_returned(building_on_the_first, answer):
    forgets = (
        "import numpy as np\ncalls = []\n\ndef double(n):\n    calls.append(n)\n"
        "    return np.array(2 * n if len(calls) == 1 else 0)"
    )
    questions = by_question(
        grade_submission(building_on_the_first, answer({**RIGHT, "q2-answer": forgets}))
    )
    assert (questions["q2"].score, questions["q3"].score) == (4, 4)
