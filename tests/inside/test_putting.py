"""A right value is put in as what the student has, where that loses nothing."""

import numpy as np
import pandas as pd
import pytest

from visual_coding_course.inside.putting import as_theirs, put_in

ARRAY = np.array([3, 1, 2])
LABELLED = pd.Series([1.0, 2.0], index=["a", "b"])


@pytest.mark.parametrize("theirs", [[0], (0, 1), np.zeros(2), pd.Series([0]), pd.Index([5, 6])])
def test_the_container_stays(theirs):
    made = as_theirs(ARRAY, theirs)
    assert isinstance(made, pd.Index) or type(made) is type(theirs)
    assert list(made) == [3, 1, 2]


def test_a_series_keeps_its_name_and_its_index_where_that_fits():
    made = as_theirs(ARRAY, pd.Series([0, 0, 0], index=[0, 900, 1800], name="start"))
    assert made.index.tolist() == [0, 900, 1800] and made.name == "start"


@pytest.mark.parametrize(
    ("right", "theirs"),
    [(LABELLED, [1.0]), (LABELLED, np.zeros(2)), (7, [7]), (7, 7.0), (ARRAY, None), (ARRAY, {1})],
)
def test_what_would_lose_something_is_put_in_as_it_is(right, theirs):
    assert as_theirs(right, theirs) is right


def test_what_another_answer_is_too_is_not_replaced_elsewhere():
    times = np.zeros(3)
    variables = {"starts": times, "times": times, "kept": [times], "alias": times}
    put_in(variables, {"starts": ARRAY}, (), "", (), ("starts", "times"))
    assert variables["starts"] is ARRAY
    assert variables["times"] is variables["alias"] is variables["kept"][0] is times


def test_what_many_objects_are_is_not_replaced_elsewhere():
    variables = {"x": None, "other": None, "small": 5, "y": 5}
    put_in(variables, {"x": 1, "y": 2}, (), "", (), ("x", "y"))
    assert variables == {"x": 1, "other": None, "small": 5, "y": 2}
