"""How exact numbers must be."""

import numpy as np

from .own import exact


def test_tolerances_tell_neighbours_apart():
    assert exact.DFF.same(np.float32(1.2345), 1.2345)
    assert not exact.DFF.same(1.2345, 1.2355)
    assert exact.CORRELATION.same(0.69, 0.6877)
    assert not exact.CORRELATION.same(0.70, 0.6877)
    assert not exact.DFF.same([1, 2], [1, 2, 3])
