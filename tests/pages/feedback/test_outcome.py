"""A question's result as data: hints with plots, cases, and nothing large."""

import json
import pickle

import numpy as np
import pytest

from visual_coding_course.checking import About, Variants
from visual_coding_course.checking.cases import run_cases
from visual_coding_course.checking.test_files import read_test_file
from visual_coding_course.pages.feedback.outcome import outcome, without_values

from ...cross_session import own

SOURCE = """
OK_FORMAT = False
name = "q1"

from otter.test_files import test_case
from visual_coding_course.checking import (NotAttempted, Wrong)


def check(name, value):
    if value is None:
        raise NotAttempted(f"`{name}` has no value yet.", name)
    if len(value) != 3:
        raise Wrong(name, "wrong_shape", f"`{name}` has {len(value)} entries.", value=value)
    if sum(value) != 6:
        raise Wrong(name, "wrong_value", f"`{name}` does not sum to 6.", value=value)


@test_case(points=1, name="the first")
def first(x_a):
    check("x_a", x_a)


@test_case(points=2, name="the second", hidden=True)
def second(x_b):
    check("x_b", x_b)


@test_case(points=3, name="the other")
def other(y):
    check("y", y)
"""
RIGHT = {"x_a": [1, 2, 3], "x_b": [1, 2, 3], "y": [1, 2, 3]}


ABOUT = About(Variants("session", "abc"))


def told(most_plots=6, show_right=False, **answers):
    result = run_cases(read_test_file(SOURCE), answers, about=ABOUT)
    return outcome(result, RIGHT, ABOUT, {} if show_right else None, most_plots)


def test_it_is_plain_data():
    data = told(x_a=[1, 2, 3], x_b=[9, 9, 9])
    assert json.loads(json.dumps(data)) == data
    assert (data["question"], data["status"], data["score"]) == ("q1", "partial", 1)
    first, second, other = data["cases"]
    assert (first["status"], first["state"], first["message"]) == ("passed", "right", None)
    assert second["hidden"] and second["points"] == 2 and second["answer"] == "x_b"
    assert "does not sum" in second["message"]
    assert (other["status"], other["state"]) == ("not_attempted", "missing")


def test_each_hint_has_the_plot_of_its_answer():
    data = told(x_a=[1, 2, 3], x_b=[9, 9, 9], y=[1, 2, 3, 4])
    assert [hint["plot"]["caption"] for hint in data["hints"]] == ["Your `x_b`", "Your `y`"]


def test_the_same_mistake_in_another_session_has_one_plot():
    data = told(x_a=[9, 9, 9], x_b=[8, 8, 8], y=[1, 2, 3])
    [hint] = data["hints"]
    assert "`x_b`" in hint["text"] and hint["plot"]["caption"] == "Your `x_a`"


@pytest.mark.parametrize("most_plots", [1, 0, -3])
def test_there_are_no_more_plots_than_may_be_but_one_in_any_case(most_plots):
    data = told(most_plots=most_plots, x_a=[9, 9, 9], x_b=[1, 2, 3], y=[1, 2, 3, 4])
    assert [hint["plot"] is not None for hint in data["hints"]] == [True, False]


def test_the_right_one_is_shown_only_when_said_so():
    answers = {"x_a": [9, 9, 9], "x_b": [1, 2, 3], "y": [1, 2, 3]}
    [hidden], [shown] = (told(show_right=show, **answers)["hints"] for show in (False, True))
    assert "right one" not in hidden["plot"]["alt"]
    assert "The right one: 3 numbers from 1 to 3" in shown["plot"]["alt"]


FIGURE = (
    SOURCE.split("@test_case")[0]
    + """
@test_case(points=1, name="the figure")
def figure(fig_stability):
    raise Wrong("fig_stability", "wrong_value", f"`fig_stability` {fig_stability}.")


@test_case(points=1, name="its axes")
def axes(fig_stability):
    raise Wrong("fig_stability", "wrong_shape", f"`fig_stability` {fig_stability}, too.")
"""
)


def test_the_right_figure_stands_once_and_only_when_said_so():
    result = run_cases(read_test_file(FIGURE), {"fig_stability": "is not right"})
    right = {"response_stability": [0.1, 0.2, 0.9]}
    shown = outcome(result, right, own.ABOUT, own.FIGURES)["hints"]
    assert "right `fig_stability`" in shown[0]["right"]["caption"]
    assert [hint["right"] is not None for hint in shown] == [True, False]
    assert not any(hint["right"] for hint in outcome(result, right)["hints"])
    assert not any(hint["plot"] for hint in shown)


def test_without_values_it_stays_small():
    answers = dict.fromkeys(["x_a", "x_b", "y"], np.arange(100_000))
    result = run_cases(read_test_file(SOURCE), answers)
    assert len(pickle.dumps(result)) > 500_000
    small = without_values(result)
    assert len(pickle.dumps(small)) < 10_000
    assert small.as_row() == result.as_row()


RESPONSE = """
OK_FORMAT = False
name = "q1"

from otter.test_files import test_case
from visual_coding_course.checking import Wrong


@test_case(points=1, name="it is right")
def response(movie_response, cell_specimen_id):
    value = movie_response(cell_specimen_id)
    about = {"letter": "b", "neuron": cell_specimen_id}
    raise Wrong("movie_response", "wrong_value", "No.", value=value, **about)
"""


@pytest.mark.parametrize(("neuron", "known"), [(7, True), (8, False)])
def test_what_a_function_should_return_is_shown_where_it_is_known(neuron, known):
    dff = np.arange(1000.0)
    right = {"cell_specimen_id": 7, "dff_b": dff, "movie_starts_b": np.arange(10)}
    answers = {"movie_response": lambda neuron: np.eye(10, 900), "cell_specimen_id": neuron}
    result = run_cases(read_test_file(RESPONSE), answers)
    [hint] = outcome(result, right, own.ABOUT, own.FIGURES)["hints"]
    beside = ", and the right one" if known else ""
    assert hint["plot"]["caption"] == f"Your `movie_response`{beside}"
    assert not known or "10 x 900 numbers from 0 to 908" in hint["plot"]["alt"]
