"""Whether a panel shows how some values are spread."""

from __future__ import annotations

import numpy as np

from .figures import Panel

#: Share of the values that must be drawn as points: a few may lie outside of a zoomed view.
MOST = 0.9


def shows_spread(panel: Panel, numbers: np.ndarray) -> bool:
    """Whether a panel shows the values as points, a histogram or a density."""
    drawn = [*panel.points, *panel.lines]
    if any(_as_points(points[:, axis], numbers) for points in drawn for axis in (0, 1)):
        return True
    outlines = [*panel.bars, *panel.shapes, *panel.lines]
    for axis in (0, 1):
        if _as_points(_tips(panel.bars, axis), numbers):
            return True
        stepped = [_steps(outline, axis) for outline in outlines]
        if any(_as_bars(bars, numbers, axis) for bars in [panel.bars, *stepped]):
            return True
        if any(_as_density(outline, numbers, axis) for outline in outlines):
            return True
    return False


def _tips(bars: list[np.ndarray], axis: int) -> np.ndarray:
    """Return where bars end that begin at 0, one bar for each value."""
    ends = [(bar[:, axis].min(), bar[:, axis].max()) for bar in bars]
    return np.array([low if abs(low) > abs(high) else high for low, high in ends])


def _as_points(coordinates: np.ndarray, numbers: np.ndarray) -> bool:
    """Whether nearly every value is among the coordinates."""
    coordinates = np.sort(coordinates[np.isfinite(coordinates)])
    if len(coordinates) < MOST * len(numbers):
        return False
    places = np.clip(np.searchsorted(coordinates, numbers), 1, len(coordinates) - 1)
    nearest = np.minimum(
        np.abs(coordinates[places] - numbers), np.abs(coordinates[places - 1] - numbers)
    )
    return bool(np.mean(nearest < 1e-6 * max(1, np.ptp(numbers))) >= MOST)


def _as_bars(bars: list[np.ndarray], numbers: np.ndarray, axis: int) -> bool:
    """Whether bars count the values, or give their share or density."""
    boxes = [bar for bar in bars if 4 <= len(bar) <= 6]
    if len(boxes) < 3:
        return False
    low = np.array([box[:, axis].min() for box in boxes])
    high = np.array([box[:, axis].max() for box in boxes])
    size = np.array([np.ptp(box[:, 1 - axis]) for box in boxes])
    order = np.argsort(low)
    low, high, size = low[order], high[order], size[order]
    if size.sum() <= 0 or np.any(high <= low) or np.any(low[1:] < high[:-1] - 1e-9):
        return False
    # Bars may be narrower than their bins, so a bin ends halfway to the next bar.
    between = (high[:-1] + low[1:]) / 2
    gap = between[0] - high[0]
    counts, _ = np.histogram(numbers, [low[0] - gap - 1e-9, *between, high[-1] + gap + 1e-9])
    shares, expected = size / size.sum(), counts / max(counts.sum(), 1)
    summed = np.cumsum(counts) / max(counts.sum(), 1)
    matches = np.abs(shares - expected).max() < 0.06
    matches |= np.abs(size / size.max() - summed).max() < 0.06
    return bool(matches and counts.sum() >= MOST * len(numbers))


def _steps(outline: np.ndarray, axis: int) -> list[np.ndarray]:
    """Return the bars under a stepped outline."""
    base = outline[:, 1 - axis].min()
    bars = []
    for start, end in zip(outline[:-1], outline[1:], strict=True):
        level = start[1 - axis]
        if level == end[1 - axis] and level > base and start[axis] < end[axis]:
            corners = np.empty((4, 2))
            corners[:, axis] = start[axis], end[axis], end[axis], start[axis]
            corners[:, 1 - axis] = base, base, level, level
            bars.append(corners)
    return bars


def _as_density(outline: np.ndarray, numbers: np.ndarray, axis: int) -> bool:
    """Whether a smooth curve goes as the values' density does."""
    from scipy.stats import gaussian_kde

    along, height = outline[:, axis], outline[:, 1 - axis]
    ends = sorted([int(np.argmin(along)), int(np.argmax(along))])
    along, height = along[ends[0] : ends[1] + 1], height[ends[0] : ends[1] + 1]
    if len(along) < 20 or np.ptp(height) == 0 or not _covers(along, numbers):
        return False
    density = gaussian_kde(numbers)(along)
    return bool(np.ptp(density) > 0 and abs(np.corrcoef(density, height)[0, 1]) > 0.8)


def _covers(along: np.ndarray, numbers: np.ndarray) -> bool:
    low, high = np.quantile(numbers, [0.05, 0.95])
    return bool(along.min() <= low and along.max() >= high and np.ptp(along) < 4 * np.ptp(numbers))
