"""For whom else a wrong answer is right."""

import numpy as np
import pytest

from visual_coding_course.checking import step
from visual_coding_course.checking.forms import array, number
from visual_coding_course.checking.not_seen import unseen
from visual_coding_course.checking.others import fits
from visual_coding_course.checking.steps import Steps, slip

VALUES = np.array([[1.0, 2.0, 4.0], [5.0, 5.0, 5.0], [7.0, 9.0, 8.0], [4.0, 2.0, 1.0]])
POOL = [0, 1, 2, 3]


@step(each="n", answer="row", form=array(1, "numbers"))
def row(n):
    return VALUES[n]


@step(each="n", answer="mean", form=number())
def mean(row):
    return row.mean(axis=-1)


@step(answer="size", form=number())
def size(given):
    return given


slip(mean, "maximum for mean", lambda row: row.max(axis=-1), "the maximum")
slip(mean, "sum of all by the number", lambda row: row.sum(axis=-1) / 3, "the same")
STEPS = Steps({"row": row, "mean": mean, "size": size})


@pytest.mark.parametrize(
    ("answers", "value"),
    [
        ({"row": VALUES[2], "mean": 8.0}, 2),
        ({"row": VALUES[1], "mean": 8.0}, None),  # of two
        ({"row": VALUES[0], "mean": 5.0}, 1),  # the right one says nothing
        ({"row": VALUES[0], "mean": 7 / 3}, None),  # all is right
        ({"mean": 6.5}, None),
        ({"size": 4}, None),  # is the same for all
        ({"mean": "8", "other": 8.0}, None),
    ],
)
def test_whose_a_wrong_answer_is(answers, value):
    assert fits(STEPS, answers, {"n": 0, "given": 3}, "n", POOL) == value


def test_what_fits_several_fits_none():
    assert fits(STEPS, {"mean": 7 / 3}, {"n": 1, "given": 3}, "n", POOL) is None


def test_values_for_which_a_slip_does_not_show():
    way = STEPS.truth({"n": 0, "given": 3})
    assert unseen(way, "n", POOL) == {1}
    assert unseen(way, "n", [0, 2]) == set()
