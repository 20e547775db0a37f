"""A student's function is called with the same neurons, whatever it returns."""

import itertools

import numpy as np
import pytest

from visual_coding_course.checking.cases import remembering, run_cases

#: The questions whose cases take the function, in the order of their checks.
QUESTIONS = ("q6", "q7", "q9")
WRONG = {
    "zeros": lambda right: lambda data_set, neuron: np.zeros((10, 900)),
    "nothing": lambda right: lambda data_set, neuron: None,
    "an error": lambda right: lambda data_set, neuron: 1 / 0,
    "noise": lambda right: (
        lambda data_set, neuron: np.random.default_rng(neuron).normal(size=(10, 900))
    ),
    "one frame late": lambda right: lambda *asked: np.roll(right(*asked), 1, axis=1),
    "right in one session": lambda right: (
        lambda data_set, neuron: right(data_set, neuron) * is_last(data_set)
    ),
    "a list": lambda right: lambda *asked: right(*asked).tolist(),
    "all neurons": lambda right: lambda data_set, neuron: np.zeros((180, 10, 900)),
    "the second guess": lambda right: guessing(right),
}


def is_last(data_set):
    """Whether a recording is session C's, which has the fewest neurons."""
    return len(data_set.get_cell_specimen_ids()) < 170


def guessing(right):
    """Return a wrong guess first, and the right one if it is asked for the same again."""
    count = itertools.count()
    return lambda *asked: right(*asked) if next(count) % 2 else np.zeros((10, 900))


def calls_and_points(bank, solved, expected, function, changed=None):
    """Which calls the checks make, and the points of each question."""
    called = []

    def movie_response(data_set, cell_specimen_id):
        called.append((data_set.get_metadata()["ophys_experiment_id"], cell_specimen_id))
        return function(data_set, cell_specimen_id)

    # As in the grader, which keeps what was returned for the questions that come after.
    asked = remembering(movie_response)
    variables = {**solved, **(changed or {}), "movie_response": asked, "expected": expected}
    points = {}
    for question in QUESTIONS:
        result = run_cases(bank.test_file(question), variables, about=bank.about, calls_first=True)
        assert not result.broken
        points[question] = result.score
    return called, points


@pytest.fixture(scope="session")
def right_calls(bank, solved, expected):
    called, points = calls_and_points(bank, solved, expected, solved["movie_response"])
    full = {
        question: sum(case.points for case in bank.test_file(question).test_cases)
        for question in QUESTIONS
    }
    assert points == full
    return called


@pytest.mark.parametrize("kind", WRONG)
def test_the_same_calls_are_made_for_right_and_wrong_functions(
    bank, solved, expected, right_calls, kind
):
    function = WRONG[kind](solved["movie_response"])
    called, points = calls_and_points(bank, solved, expected, function)
    assert called == right_calls
    # A list has the right values; what is asked for is an array.
    assert (points["q6"] == 11) == (kind == "a list")
    assert len(set(called)) == len(called) == 12


@pytest.mark.parametrize("kind", ["right", "noise"])
def test_the_same_calls_are_made_whatever_else_is_wrong(bank, solved, expected, right_calls, kind):
    wrong = {name: solved[name] + 0.1 for name in ("mean_response_a", "sem_response_b")}
    wrong |= {"data_set_b": solved["data_set_a"], "movie_starts_c": solved["movie_starts_a"]}
    wrong["response_stability"] = solved["response_stability"] / 2
    function = WRONG.get(kind, lambda right: right)(solved["movie_response"])
    called, points = calls_and_points(bank, solved, expected, function, wrong)
    assert called == right_calls
    assert points["q9"] < 8
