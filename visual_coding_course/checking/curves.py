"""Find a curve among those of a panel, whatever its unit of time and however thinned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .traced import FEWEST_POINTS

#: Correlation with the right trace from which on a line is taken to show it. Averaging every
#: few frames leaves more than this; another one, or a shift in time, leaves much less.
SHOWS_TRACE = 0.85

#: The same where what is wrong, such as a median for a mean, comes nearer.
SHOWS_MEAN = 0.995

#: From this correlation on, the values are no averages.
UNCHANGED = 0.9999
#: A value as near as this, in shares of all, is that value, as it is or in percent.
NEAR_VALUE = 1e-6
FACTORS = (1.0, 100.0)
#: So many pairs of samples, as large as the largest and the smallest of a curve, are looked at,
#: where values are rounded as files have them; of those at its distance, so many are compared.
MOST_PAIRS, MOST_TRIED = 100_000, 100

#: How far a point may be from its time: a frame rate of 30 in place of 30.1 Hz is no error in what
#: is shown, nor is the other edge of a step.
OFF_RATE, OFF_SAMPLES = 0.01, 2.5


@dataclass(frozen=True, eq=False)
class Samples:
    """What a curve should show.

    Attributes
    ----------
    values, times : numpy.ndarray, shape (samples,)
        Samples, and when they were taken.
    """

    values: np.ndarray
    times: np.ndarray

    @cached_property
    def step(self) -> float:
        """The mean time from one to the next."""
        return float(self.times[-1] - self.times[0]) / (len(self.times) - 1)

    @cached_property
    def range(self) -> float:
        """From the smallest to the largest."""
        return float(np.ptp(self.values))

    def near(self, value: float) -> np.ndarray:
        """Which of them are as good as a value, in their order."""
        # A few looks through all of them take less time than to sort them.
        far = NEAR_VALUE * self.range
        return np.flatnonzero((self.values >= value - far) & (self.values < value + far))


@dataclass(frozen=True)
class Found:
    """Samples that a curve has, and where it has them.

    Attributes
    ----------
    xy : numpy.ndarray, shape (points, 2)
        The curve.
    times : numpy.ndarray, shape (points,)
        The times of its samples.
    period : float
        How much time goes by with one of x; NaN if that changes on the way.
    factor, lift : float
        What the samples were multiplied by, and what was added.
    exact : bool
        Whether that is all that was done to them: they are no averages.
    """

    xy: np.ndarray
    times: np.ndarray
    period: float
    factor: float
    lift: float
    exact: bool = True

    def time_at(self, x: float) -> float:
        """Return the time at a place along x."""
        return float(self.times[0] + (x - self.xy[0, 0]) * self.period)

    def within(self, limits: tuple[float, ...]) -> np.ndarray:
        """Tell which of its points are within the limits of axes."""
        low, high = _corners(limits)
        (x, y), (left, lower), (right, upper) = self.xy.T, low, high
        return (x >= left) & (x <= right) & (y >= lower) & (y <= upper)

    def risen(self, limits: tuple[float, ...]) -> float:
        """Tell which share of its rise, from the median to the top, is within the limits."""
        (left, _), (right, upper) = _corners(limits)
        y = self.xy[(self.xy[:, 0] >= left) & (self.xy[:, 0] <= right), 1]
        if not y.size:
            return 0.0
        median = np.median(y)
        rise = y.max() - median
        return float((upper - median) / rise) if rise else 1.0


def _corners(limits: tuple[float, ...]) -> np.ndarray:
    """Return the lower left and the upper right corner of axes."""
    return np.sort(np.reshape(limits, (2, 2)), axis=1).T


def find_samples(
    xy: np.ndarray,
    right: Samples,
    periods: Iterable[float] = (),
    exact: bool = False,
) -> Found | None:
    """Find the samples that a curve has: all, a part, or every nth.

    Parameters
    ----------
    xy : numpy.ndarray, shape (points, 2)
        A curve, in the order of x.
    right : Samples
        Those that it should show, times a factor and lifted.
    periods : iterable of float
        How much time may go by with one of x. Only with these are samples found by their times
        that have no value of their own: averages of a few.
    exact : bool
        Whether the curve must be nearly the same rather than recognizable.
    """
    x, y = np.ascontiguousarray(xy.T)
    if len(y) < FEWEST_POINTS or np.ptp(y) == 0 or right.range == 0:
        return None
    for places in _places_by_value(y, right):
        if _alike(y, right.values[places], exact):
            return _found(xy, right, places)
    for period in periods:
        for shift in (0.0, float(right.times[0])):
            places = _places_by_time(x * period + shift, right)
            if places is not None and _alike(y, right.values[places], exact):
                return _found(xy, right, places)
    return None


def _places_by_value(y: np.ndarray, right: Samples) -> Iterator[np.ndarray]:
    """Yield which samples as many values may be, by how many they are and how large."""
    count = len(right.values)
    every = -(-count // len(y))
    whole = np.arange(0, count, every)
    if len(whole) == len(y):
        yield whole
    high, low = int(np.argmax(y)), int(np.argmin(y))
    for factor in FACTORS:
        highs, lows = right.near(y[high] / factor), right.near(y[low] / factor)
        if len(highs) * len(lows) > MOST_PAIRS:
            continue
        every, rest = np.divmod(lows - highs[:, np.newaxis], low - high)
        start, end = (highs[:, np.newaxis] + (at - high) * every for at in (0, len(y) - 1))
        fit = (every >= 1) & (rest == 0) & (start >= 0) & (end < count)
        for first, step in zip(start[fit][:MOST_TRIED], every[fit][:MOST_TRIED]):
            places = first + np.arange(len(y)) * step
            # Among many, some piece is like a short one by chance.
            off = np.abs(y / factor - right.values[places]).max()
            if fit.size <= MOST_TRIED or off <= NEAR_VALUE * right.range:
                yield places


def _places_by_time(x: np.ndarray, right: Samples) -> np.ndarray | None:
    """Return the sample nearest to each time; None if they lie elsewhere."""
    times, far = right.times, OFF_SAMPLES * right.step
    if x[0] < times[0] - far or x[-1] > times[-1] + far:
        return None
    places = np.rint(np.interp(x, times, np.arange(len(times), dtype=float))).astype(int)
    different = np.count_nonzero(np.bincount(places))
    if np.abs(times[places] - x).max() > far or different < FEWEST_POINTS:
        return None
    return places


def _found(xy: np.ndarray, right: Samples, places: np.ndarray) -> Found:
    y, samples, own = xy[:, 1], right.values[places], right.times[places]
    # The right samples against the drawn ones: averages have the same mean, and less variation.
    factor = np.var(y) / np.cov(y, samples, ddof=0)[0, 1]
    exact = bool(np.corrcoef(y, samples)[0, 1] > UNCHANGED)
    period, off = _period(xy[:, 0], own, right.step)
    lift = y.mean() - factor * samples.mean()
    return Found(xy, own, np.nan if off else period, float(factor), float(lift), exact)


def _period(x: np.ndarray, times: np.ndarray, step: float) -> tuple[float, bool]:
    """Return how much time goes by with one of x, and whether points lie off that."""
    if x[-1] <= x[0]:
        return np.nan, True
    period = (times[-1] - times[0]) / (x[-1] - x[0])
    apart = np.abs((x - x[0]) * period - (times - times[0])).max()
    return float(period), bool(apart > max(OFF_RATE * (times[-1] - times[0]), OFF_SAMPLES * step))


def _alike(drawn: np.ndarray, right: np.ndarray, exact: bool) -> bool:
    if np.ptp(right) == 0:
        return False
    return np.corrcoef(drawn, right)[0, 1] > (SHOWS_MEAN if exact else SHOWS_TRACE)
