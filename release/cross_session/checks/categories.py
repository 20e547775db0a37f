"""Counts of values by category, whose ticks say which values they are: bars at 0, 1, 2, ..."""

from __future__ import annotations

import re

import numpy as np

from visual_coding_course.checking.drawings import Panel
from visual_coding_course.checking.spread import Spread, boxes_of

NUMBER = re.compile(r"[-−]?\d*\.?\d+(?:e[-+]?\d+)?")
#: This share of the values must be counted.
MOST = 0.9


def by_category(panel: Panel, numbers: np.ndarray) -> Spread | None:
    """Tell whether bars at numbered places count the values that their ticks name."""
    for axis in (0, 1):
        bins = _bins(panel, axis)
        bars = [bar for bar in boxes_of(panel.bars) if np.ptp(bar[:, axis]) <= 1 + 1e-9]
        if len(bins) < 3 or len(bars) < 3:
            continue
        sizes = np.zeros(len(bins))
        for bar in bars:
            place = round(float(bar[:, axis].min() + bar[:, axis].max()) / 2)
            if place in bins:
                sizes[list(bins).index(place)] += np.ptp(bar[:, 1 - axis])
        counts = np.array([np.count_nonzero((numbers > low) & (numbers <= high))
                           for low, high in bins.values()])  # fmt: skip
        if counts.sum() < MOST * len(numbers) or sizes.sum() <= 0:
            continue
        apart = np.abs(sizes / sizes.sum() - counts / counts.sum())
        if apart.max() < 0.05 and apart.sum() < 0.2:
            whole = abs(sizes.sum() - counts.sum()) < 0.1 * counts.sum()
            share = abs(sizes.sum() - 1) < 0.1
            return Spread(axis, "number" if whole else "share" if share else "")
    return None


def place_among_categories(panel: Panel, value: float, axis: int) -> float | None:
    """Return where the category of a value stands; None if the axis has no categories."""
    bins = _bins(panel, axis)
    inside = [place for place, (low, high) in bins.items() if low < value <= high]
    return float(inside[0]) if len(bins) > 2 and inside else None


def _bins(panel: Panel, axis: int) -> dict[int, tuple[float, float]]:
    """Return the values that each place stands for, as its tick says: an interval, or about one."""
    ticks = panel.ticks["xy"[axis]]
    whole = len(ticks.at) > 2 and np.allclose(ticks.at, np.rint(ticks.at))
    if not whole or not np.allclose(np.diff(ticks.at), 1):
        return {}
    found: dict[int, tuple[float, float]] = {}
    singles = {}
    for place, text in zip(np.rint(ticks.at).astype(int).tolist(), ticks.texts, strict=True):
        parts = [float(part.replace("−", "-")) for part in _numbers_in(text)]
        if len(parts) == 2 and parts[0] < parts[1]:
            found[place] = (parts[0], parts[1])
        elif len(parts) == 1:
            singles[place] = parts[0]
    if len(singles) > len(found):
        # Rounded values are a multiple of what they were rounded to apart.
        half = float(np.diff(np.sort(list(singles.values()))).min()) / 2
        return {place: (value - half, value + half) for place, value in singles.items()}
    return found


def _numbers_in(text: str) -> list[str]:
    # Between two numbers, a line is no minus sign: "0.1-0.2".
    return NUMBER.findall(re.sub(r"(?<=\d)\s*[-–−]\s*(?=\d)", " ", text))
