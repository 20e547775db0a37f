"""How exact numbers must be."""

import warnings

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


def test_what_does_not_vary_has_no_correlation_and_nothing_is_complained_of():
    rows = np.random.default_rng(1).normal(size=(2, 3, 9)).astype(np.float32)
    rows[1, 0] = 2
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = right.pearson(rows)
    assert found.dtype == np.float32 and np.allclose(found[0], np.corrcoef(rows[0]), atol=1e-6)
    assert np.isnan(found[1, 0]).all() and np.isnan(found[1, :, 0]).all()
    assert np.allclose(found[1, 1:, 1:], np.corrcoef(rows[1, 1:]), atol=1e-6)
