"""Find a curve among the lines of a panel, whatever its unit of time and however thinned."""

from __future__ import annotations

import numpy as np

from .standing_out import FEWEST_POINTS
from .wrong import Tolerance

#: Correlation with the right trace from which on a line is taken to show it. Averaging every
#: few frames leaves more than this; another one, or a shift in time, leaves much less.
SHOWS_TRACE = 0.85

#: The same where what is wrong, such as a median for a mean, comes nearer.
SHOWS_MEAN = 0.995


def find_curve(
    lines: list[np.ndarray], right: np.ndarray, clocks: dict[str, np.ndarray], exact: bool = False
) -> str | None:
    """Find a curve, and the unit of time it is drawn in.

    Parameters
    ----------
    lines : list of numpy.ndarray, shape (points, 2)
        x and y of the lines.
    right : numpy.ndarray
        The samples that one of them should show: all, a part, or every nth; as they are or
        in percent.
    clocks : dict of str to numpy.ndarray
        The times of the samples, by unit.
    exact : bool
        Whether the curve must be nearly the same rather than recognizable.

    Returns
    -------
    str or None
        The unit; None if no line shows the samples in any.
    """
    drawn = [line for line in map(_drawn, lines) if line.shape[1] >= FEWEST_POINTS]
    for unit, times in clocks.items():
        for x, y in drawn:
            if _shows(x, y, right, times, exact):
                return unit
    return None


def is_trace(line: np.ndarray, right: np.ndarray, tolerance: Tolerance) -> bool:
    """Whether a line has the samples of a trace, all of them or every nth, at whatever times."""
    drawn = _drawn(line)[1]
    thinned = _thinned(right, len(drawn))
    return len(drawn) == len(thinned) and tolerance.same(drawn, thinned)


def has_shape(line: np.ndarray, right: np.ndarray) -> bool:
    """Whether a line goes as all samples do, or every nth, whatever the times of its points."""
    drawn = _drawn(line)[1]
    thinned = _thinned(right, len(drawn))
    return len(drawn) == len(thinned) >= FEWEST_POINTS and _alike(drawn, thinned, exact=True)


def _thinned(right: np.ndarray, count: int) -> np.ndarray:
    """Return every nth sample, with the n that leaves about so many."""
    return right[:: -(-len(right) // max(count, 1))]


def _drawn(line: np.ndarray) -> np.ndarray:
    """Return x and y of the points of a line that can be drawn, (2, points)."""
    xy = np.ascontiguousarray(line.T)
    finite = np.isfinite(xy).all(axis=0)
    return xy if finite.all() else xy[:, finite]


def _shows(x, y, right: np.ndarray, times: np.ndarray, exact: bool) -> bool:
    if len(y) == len(right):
        # A frame rate of 30 in place of 30.1 Hz is no error in what is shown.
        apart = np.abs((x - x[0]) - (times - times[0])).max()
        return apart < 0.01 * (times[-1] - times[0]) and _alike(y, right, exact)
    shifts = {0.0, float(times[0])}
    return any(_part_shows(x + shift, y, right, times, exact) for shift in sorted(shifts))


def _part_shows(x, y, right: np.ndarray, times: np.ndarray, exact: bool) -> bool:
    """Whether a line of fewer points has the right sample at each of its times."""
    far = 2.5 * (times[-1] - times[0]) / (len(times) - 1)
    if x.min() < times[0] - far or x.max() > times[-1] + far:
        return False
    # In the order of time, `interp` finds each place from the one before.
    places = np.rint(np.interp(x, times, np.arange(len(times), dtype=float))).astype(int)
    different = np.count_nonzero(np.bincount(places))
    if np.abs(times[places] - x).max() > far or different < FEWEST_POINTS:
        return False
    return _alike(y, right[places], exact)


def _alike(drawn: np.ndarray, right: np.ndarray, exact: bool) -> bool:
    if np.ptp(drawn) == 0 or np.ptp(right) == 0:
        return False
    return np.corrcoef(drawn, right)[0, 1] > (SHOWS_MEAN if exact else SHOWS_TRACE)
