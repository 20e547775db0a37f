"""Reading answers of any kind."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from visual_coding_course.checking import values


@pytest.mark.parametrize("value", [7, np.int16(7), np.uint8(7), np.array(7)])
def test_integers_of_any_kind_are_read(value):
    assert values.integer("n", value) == 7


@pytest.mark.parametrize("value", [[7], (7,), np.array([7]), pd.Series([7])])
def test_a_list_of_one_is_named_with_the_way_out(value):
    with pytest.raises(AssertionError, match="Take its only element out"):
        values.integer("n", value)


@pytest.mark.parametrize("value", [True, np.True_, 7.0, "7", [7, 8], {7}, 1j])
def test_what_is_no_integer_is_refused(value):
    with pytest.raises(AssertionError, match="should be a plain integer"):
        values.integer("n", value)


@pytest.mark.parametrize("value", [np.nan, np.float32("nan")])
def test_nan_is_called_so_and_not_a_decimal_number(value):
    with pytest.raises(values.Wrong, match="is NaN, .* mean of nothing") as raised:
        values.integer("n", value)
    assert raised.value.mistakes == (values.NO_NUMBER,)
    with pytest.raises(values.Wrong, match="is NaN"):
        values.array("v", value, 1, "a list")


@pytest.mark.parametrize(
    "value", [0.5, np.float32(0.5), [0.5], np.array([[0.5]]), pd.Series([0.5])]
)
def test_single_numbers_are_read(value):
    assert values.number("x", value) == 0.5


@pytest.mark.parametrize("value", [np.nan, -np.inf, "0.5", [1, 2], None])
def test_what_is_no_single_finite_number_is_refused(value):
    with pytest.raises(AssertionError):
        values.number("x", value)


@pytest.mark.parametrize(
    "value",
    [[1, 2], (1, 2), np.array([1, 2], "int8"), pd.Series([1, 2], index=[9, 9]), pd.Index([1, 2])],
)
def test_one_dimension_in_any_form(value):
    np.testing.assert_array_equal(values.array("v", value, 1, "a list"), [1.0, 2.0])


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (np.zeros((1, 5)), "first and only row"),
        (np.zeros((5, 1)), "axis of length 1"),
        (np.zeros((5, 5)), "hold several, where"),
        ([[1, 2], [3]], "different lengths"),
        (["a"], "no plain numbers"),
        (3.0, "single number"),
        (pd.DataFrame({"a": [1, 2], "b": [1, 2]}), "one column"),
    ],
)
def test_each_wrong_form_has_its_own_sentence(value, said):
    with pytest.raises(AssertionError, match=said):
        values.array("v", value, 1, "a 1-D array")


def test_number_strings_in_a_table_are_not_numbers():
    with pytest.raises(AssertionError, match="no plain numbers"):
        values.array("v", pd.Series(["1", "2"]), 1, "a 1-D array")


@pytest.mark.parametrize("value", [None, ..., [...], (None,), np.array([None]), pd.Series([...])])
def test_blanks(value):
    assert values.is_blank(value)


@pytest.mark.parametrize("value", [0, "", [], [0, ...], np.zeros(3), np.array([None, 1]), np.nan])
def test_not_blanks(value):
    assert not values.is_blank(value)


@pytest.mark.parametrize(
    "value", [None, "ab", [1, 1, 1], [1, np.nan], [[1], [2, 3]], 5, [np.inf, 1]]
)
def test_nothing_is_built_on_an_unusable_answer(value):
    assert not values.usable(value)


def test_importing_the_checks_does_not_import_allensdk():
    code = "import sys, visual_coding_course.checking; assert 'allensdk' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
