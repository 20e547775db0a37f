"""What is said of an answer, and which answers are the same."""

import numpy as np
import pytest

from visual_coding_course.checking.summary import fingerprint, summary


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, None),
        (0.012345678, "0.0123457"),
        (501559087, "501559087"),
        ([501559087, 501704220], "2 numbers: 501559087, 501704220"),
        (1e300, "1e+300"),
        (float("nan"), "nan"),
        (np.arange(3), "3 numbers: 0, 1, 2"),
        (np.arange(9000), "9000 numbers: 0, 1, 2, 3, 4, 5, …"),
        (np.ones((3, 900)), "array (3, 900)"),
        ("AB", "'AB'"),
        (frozenset("BA"), "['A', 'B']"),
        ([7], "1 number: 7"),
        ("x" * 1000, "'" + "x" * 78 + "…"),
    ],
)
def test_summary(value, words):
    assert summary(value) == words


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (np.array([0.1, 0.2]), [0.1, 0.2], True),
        (np.array([0.1, 0.2], dtype="f4"), np.array([0.1, 0.2]), True),
        (np.array([0.1, 0.2]), np.array([0.1, 0.21]), False),
        (np.array([10.0, 20.0]), np.array([10.0, 21.0]), False),
        (np.array([0.1, 0.2]), np.array([1.0, 2.0]) * 0.2, False),
        (np.array([0.1, np.nan]), np.array([0.1, np.nan]), True),
        (np.array([38647, 39550]), np.array([38647, 39551]), False),
        (np.zeros(3), np.zeros(4), False),
        ("AB", "AC", False),
        ({1, 2}, {2, 1}, True),
    ],
)
def test_fingerprint(one, other, same):
    assert (fingerprint(one) == fingerprint(other)) == same


def test_no_answer_has_no_fingerprint():
    assert fingerprint(None) is None
