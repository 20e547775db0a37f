"""How exact numbers must be."""

import numpy as np

from .own import recorded, right


def test_tolerances_tell_neighbours_apart():
    assert recorded.DFF.same(np.float32(1.2345), 1.2345)
    assert not recorded.DFF.same(1.2345, 1.2355)
    assert right.CORRELATION.same(0.69, 0.6877)
    assert not right.CORRELATION.same(0.70, 0.6877)
    assert not recorded.DFF.same([1, 2], [1, 2, 3])
    assert recorded.SPONTANEOUS.same(np.float32(0.0123), 0.0123)
    assert not recorded.SPONTANEOUS.same(0.0123, 0.0124)
    assert not recorded.SECONDS.same(12.033, 12.0)


def test_a_slip_is_told_more_exactly_than_an_answer_is_judged():
    assert recorded.SPONTANEOUS.same(0.01230, 0.01231)
    assert not recorded.RECOGNISED.same(0.01230, 0.01231)
