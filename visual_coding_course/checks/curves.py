"""Find a curve among the lines of a panel, whatever its unit of time and however thinned."""

from __future__ import annotations

import numpy as np

#: Correlation with the right trace from which on a line is taken to show it. Averaging every
#: few frames leaves more than this; another neuron, session or time shift leaves much less.
SHOWS_TRACE = 0.85

#: The same for a mean response, where the median, a single repeat or another session come nearer.
SHOWS_MEAN = 0.995

#: So many points make a curve.
FEWEST_POINTS = 30


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
    for unit, times in clocks.items():
        for line in lines:
            if _shows(line, right, times, exact):
                return unit
    return None


def _shows(line: np.ndarray, right: np.ndarray, times: np.ndarray, exact: bool) -> bool:
    line = line[np.isfinite(line).all(axis=1)]
    if len(line) < FEWEST_POINTS:
        return False
    x, y = line.T
    if len(y) == len(right):
        # A frame rate of 30 in place of 30.1 Hz is no error in what is shown.
        apart = np.abs((x - x[0]) - (times - times[0])).max()
        return apart < 0.01 * (times[-1] - times[0]) and _alike(y, right, exact)
    return any(_part_shows(x + shift, y, right, times, exact) for shift in (0.0, times[0]))


def _part_shows(x, y, right: np.ndarray, times: np.ndarray, exact: bool) -> bool:
    """Whether a line of fewer points has the right sample at each of its times."""
    places = np.clip(np.searchsorted(times, x), 1, len(times) - 1)
    places = places - (x - times[places - 1] < times[places] - x)
    step = (times[-1] - times[0]) / (len(times) - 1)
    if np.abs(times[places] - x).max() > 2.5 * step or len(set(places)) < FEWEST_POINTS:
        return False
    return _alike(y, right[places], exact)


def _alike(drawn: np.ndarray, right: np.ndarray, exact: bool) -> bool:
    if np.ptp(drawn) == 0 or np.ptp(right) == 0:
        return False
    return np.corrcoef(drawn, right)[0, 1] > (SHOWS_MEAN if exact else SHOWS_TRACE)
