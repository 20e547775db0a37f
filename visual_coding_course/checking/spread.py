"""Whether a panel shows how some values are spread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .drawings import Panel
from .traced import edges_of, tip_of, tips

#: Share of the values that must be drawn as points: a few may lie outside of a zoomed view.
MOST = 0.9

#: So many coordinates for each value, at most, can be those of the values.
MANY = 10

#: How wide a density may be smoothed, in units of Scott's rule, and how far a curve may be off:
#: 0.25 of its own variation is a correlation of 0.97. Most humps that are not the density's are
#: farther off, but the density of few values that are not much other ones is not.
BANDWIDTHS = (0.2, 2.0)
OFF_DENSITY = 0.25
#: At so many places of a curve, it is compared.
PLACES = 400

#: How far a bar may be off, and all bars together, as shares of all values: some of those may be
#: left out, or lie on the edge of two bins.
OFF_SHARE, OFF_SHARES = 0.05, 0.2

#: An outline of more corners is no histogram's, and each corner costs time.
MOST_CORNERS = 10_000

#: How far dots may be off the levels on which they stand on each other, in steps.
OFF_LEVEL = 0.01

#: So few points or bars show no spread.
FEW = 5


@dataclass(frozen=True)
class Spread:
    """How a panel shows the values: along which axis, and as what along the other one.

    `measure` is number, share, percent or density, where it can be told; `cumulative` whether it
    adds up; `counted` whether the other axis measures anything but places; `off` how far bars
    are off the shares of the values, or a smooth curve off their density, as a share of its own
    variation: what shows other values that are spread much alike is farther off.
    """

    axis: int
    measure: str = ""
    cumulative: bool = False
    counted: bool = True
    off: float = 0.0


def shows_spread(panel: Panel, numbers: np.ndarray) -> Spread | None:
    """Tell how a panel shows the values: as points, histogram or density; None if not at all."""
    areas = [edge for shape in panel.shapes for edge in edges_of(shape)]
    lines = [*panel.lines, *areas]
    for axis in (0, 1):
        for bars in _rows(panel, lines, axis):
            if found := _as_bars(bars, numbers, axis):
                return found
    for axis in (0, 1):
        if found := _as_points_of(panel, numbers, axis):
            return found
        if _as_box(panel, numbers, axis):
            return Spread(axis, counted=False)
    for axis in (0, 1):
        for outline in [*lines, *panel.bars, *panel.shapes]:
            if found := _as_density(outline, numbers, axis):
                return found
    return None


def _rows(panel: Panel, lines: list[np.ndarray], axis: int) -> list[list[np.ndarray]]:
    """List what may be the bars of one histogram."""
    outlines = [*panel.bars, *panel.shapes, *lines]
    stepped = [_steps(outline, axis) for outline in outlines]
    polygons = [bars for line in lines for bars in _under_polygon(line, axis)]
    stacks = stacks_of(panel, axis)
    boxes = [*_rows_of_bars(panel.bars, axis), *_rows_of_bars(panel.shapes, axis)]
    return [panel.bars, *boxes, *stepped, *polygons, stacks]


def _as_points_of(panel: Panel, numbers: np.ndarray, axis: int) -> Spread | None:
    """Tell whether points, or the ends of bars or lines, are the values."""
    for points in [*panel.points, *panel.lines, _dots_of(panel)]:
        if _as_points(points[:, axis], numbers):
            return _places(points, numbers, axis)
    ends = [strokes.reshape(-1, 2, 2) for strokes in panel.strokes]
    side = [one[:, 0] for one in ends if np.all(one[:, 0, axis] == one[:, 1, axis])]
    far = [points for one in panel.strokes if len(points := tips(one, axis))]
    if any(_as_points(points[:, axis], numbers) for points in [*side, *far]):
        return Spread(axis, counted=False)
    if _as_points(np.array([tip_of(bar, axis) for bar in panel.bars]), numbers):
        return Spread(axis, counted=False)
    return None


def _dots_of(panel: Panel) -> np.ndarray:
    """Return all points of a panel together, with lines that are one point each."""
    single = [line for line in panel.lines if len(line) == 1]
    return np.concatenate([np.empty((0, 2)), *panel.points, *single])


def stacks_of(panel: Panel, axis: int) -> list[np.ndarray]:
    """Return dots that stand on each other, one for each value of a bin, as bars as high."""
    dots = _dots_of(panel)
    dots = dots[np.isfinite(dots).all(axis=1)]
    if len(dots) > MOST_CORNERS:
        return []
    places, of, counts = np.unique(dots[:, axis].round(9), return_inverse=True, return_counts=True)
    if len(places) < 3 or counts.max() < 2:
        return []
    height = dots[np.lexsort([dots[:, 1 - axis], of]), 1 - axis]
    level = np.arange(len(dots)) - np.repeat(np.cumsum(counts) - counts, counts)
    step, base = np.polyfit(level, height, 1)
    if not step > 0 or np.abs(height - step * level - base).max() > OFF_LEVEL * step:
        return []
    half = np.diff(places).min() / 2
    both = zip(places, counts, strict=True)
    return [_box(axis, place - half, place + half, count) for place, count in both]


def _places(points: np.ndarray, numbers: np.ndarray, axis: int) -> Spread:
    """Tell what stands beside the values: shares or numbers that rise, or places only."""
    along, other = points[:, axis], points[:, 1 - axis]
    order = np.argsort(along, kind="stable")
    steps = np.diff(other[order])
    shares = np.nanmin(other) >= -1e-9 and 0.9 < np.nanmax(other) <= 1 + 1e-9
    if shares and np.ptp(other) > 0.8 and (np.all(steps >= -1e-9) or np.all(steps <= 1e-9)):
        return Spread(axis, "share", cumulative=True)
    return Spread(axis, counted=False)


def counted(boxes: list[np.ndarray]) -> float:
    """How many values bars count, if they stand on 0 and count: the sum of their heights."""
    counts = [
        sum(np.ptp(box[:, axis]) for box in boxes if np.ptp(box[:, 1 - axis]) > 0)
        for axis in (0, 1)
    ]
    whole = [count for count in counts if abs(count - round(count)) < 1e-6]
    return max(whole, default=0.0)


def _as_points(coordinates: np.ndarray, numbers: np.ndarray) -> bool:
    """Whether nearly every value is among the coordinates."""
    coordinates = np.sort(coordinates[np.isfinite(coordinates)])
    # Among very many coordinates, each value is near some.
    if not MOST * len(numbers) <= len(coordinates) <= MANY * len(numbers):
        return False
    places = np.clip(np.searchsorted(coordinates, numbers), 1, len(coordinates) - 1)
    nearest = np.minimum(
        np.abs(coordinates[places] - numbers), np.abs(coordinates[places - 1] - numbers)
    )
    return bool(np.mean(nearest < 1e-6 * max(1, np.ptp(numbers))) >= MOST)


def _as_bars(bars: list[np.ndarray], numbers: np.ndarray, axis: int) -> Spread | None:
    """Tell whether bars count the values, or give their share or density."""
    boxes = boxes_of(bars)
    if len(boxes) < 3:
        return None
    low = np.array([box[:, axis].min() for box in boxes])
    high = np.array([box[:, axis].max() for box in boxes])
    size = np.array([np.ptp(box[:, 1 - axis]) for box in boxes])
    order = np.argsort(low)
    low, high, size = low[order], high[order], size[order]
    if size.sum() <= 0 or np.any(high <= low) or np.any(low[1:] < high[:-1] - 1e-9):
        return None
    # Bars may be narrower than their bins, so a bin ends halfway to the next bar.
    between = (high[:-1] + low[1:]) / 2
    gap = between[0] - high[0]
    counts, _ = np.histogram(numbers, [low[0] - gap - 1e-9, *between, high[-1] + gap + 1e-9])
    shares, expected = size / size.sum(), counts / max(counts.sum(), 1)
    summed = np.cumsum(counts) / max(counts.sum(), 1)
    off = np.abs(shares - expected).sum()
    matches = np.abs(shares - expected).max() < OFF_SHARE and off < OFF_SHARES
    total, cumulative = size.sum(), False
    for sums in (summed, 1 - summed + expected):
        away = np.abs(size / size.max() - sums).max()
        if not matches and away < OFF_SHARE:
            matches, off, total, cumulative = True, away, size.max(), True
    # Whole numbers are counts, and those tell of how many values: a part of them may be alike.
    if np.all(np.abs(size - np.rint(size)) < 1e-6):
        matches = matches and MOST * len(numbers) <= total <= len(numbers) / MOST
    if not matches or counts.sum() < MOST * len(numbers):
        return None
    edges = np.array([low[0] - gap, *between, high[-1] + gap])
    measure = _measure(size, total, np.diff(edges), len(numbers))
    return Spread(axis, measure, cumulative, off=float(off))


def _measure(size: np.ndarray, total: float, widths: np.ndarray, count: int) -> str:
    """Tell what bars of such sizes give: number, density, share or percent."""
    if np.all(np.abs(size - np.rint(size)) < 1e-6) and abs(total - count) < 0.1 * count:
        return "number"
    for measure, whole in (("density", size @ widths), ("share", total), ("percent", total / 100)):
        if abs(whole - 1) < 0.1:
            return measure
    return ""


def _steps(outline: np.ndarray, axis: int) -> list[np.ndarray]:
    """Return the bars under a stepped outline."""
    bars: list[np.ndarray] = []
    if len(outline) > MOST_CORNERS:
        return bars
    base = min(0.0, outline[:, 1 - axis].min())
    for start, end in zip(outline[:-1], outline[1:], strict=True):
        level = start[1 - axis]
        if level == end[1 - axis] and level > base and start[axis] < end[axis]:
            bars.append(_box(axis, start[axis], end[axis], level, base))
    return bars


def _box(axis: int, low: float, high: float, level: float, base: float = 0.0) -> np.ndarray:
    """Return the corners of a bar, (4, 2), from low to high along an axis."""
    corners = np.empty((4, 2))
    corners[:, axis] = low, high, high, low
    corners[:, 1 - axis] = base, base, level, level
    return corners


def boxes_of(bars: list[np.ndarray]) -> list[np.ndarray]:
    """Return the bars that are boxes."""
    return [bar for bar in bars if 4 <= len(bar) <= 6]


def _rows_of_bars(bars: list[np.ndarray], axis: int) -> list[list[np.ndarray]]:
    """Take bars apart into rows that do not overlap, as one histogram draws them.

    A second histogram, or a span that marks one value, makes a row of its own; if it lies
    beside the bars, its base or width tells it apart.
    """
    rows, alike = [], {}
    for box in boxes_of(bars):
        low, high = box[:, axis].min(), box[:, axis].max()
        if not rows or low < rows[-1][-1][:, axis].max() - 1e-9:
            rows.append([])
        rows[-1].append(box)
        alike.setdefault(f"{len(rows)} {high - low:.6g}", []).append(box)
    return [*rows, *alike.values()]


def _under_polygon(line: np.ndarray, axis: int) -> list[list[np.ndarray]]:
    """Return the bars whose counts a line has: at the centres of bins, or at either edge."""
    along, height = line[:, axis], line[:, 1 - axis]
    if not 4 <= len(line) <= MOST_CORNERS or not np.isfinite(line).all():
        return []
    if np.any(np.diff(along) <= 0) or height.min() < 0:
        return []
    between = (along[:-1] + along[1:]) / 2
    last, first = 2 * along[-1] - along[-2], 2 * along[0] - along[1]
    ends = 2 * along[0] - between[0], 2 * along[-1] - between[-1]
    edges = ([ends[0], *between, ends[1]], [*along, last], [first, *along])
    return [_boxes(of, height, axis) for of in edges]


def _boxes(edges: list[float], height: np.ndarray, axis: int) -> list[np.ndarray]:
    """Return bars of some heights between edges; those at the ends may be of no height."""
    kept = np.flatnonzero(height > 0)
    within = range(kept[0], kept[-1] + 1) if len(kept) else ()
    return [_box(axis, edges[i], edges[i + 1], height[i]) for i in within]


def _as_box(panel: Panel, numbers: np.ndarray, axis: int) -> bool:
    """Whether a box goes from quartile to quartile, with the median in it."""
    first, median, third = np.quantile(numbers, [0.25, 0.5, 0.75])
    near = 1e-5 * max(1, np.ptp(numbers))

    def at(outline: np.ndarray, low: float, high: float) -> bool:
        ends = outline[:, axis].min(), outline[:, axis].max()
        return bool(np.abs(np.subtract(ends, (low, high))).max() < near)

    boxes = [box for box in [*panel.bars, *panel.lines] if 4 <= len(box) <= 12]
    return any(at(box, first, third) for box in boxes) and any(
        at(line, median, median) for line in panel.lines
    )


def _as_density(outline: np.ndarray, numbers: np.ndarray, axis: int) -> Spread | None:
    """Tell whether a smooth curve, or half of a violin, goes as the values' density does."""
    from scipy.integrate import trapezoid

    along, height = outline[:, axis], outline[:, 1 - axis]
    middle = (height.min() + height.max()) / 2
    ends = sorted([int(np.argmin(along)), int(np.argmax(along))])
    along, height = along[ends[0] : ends[1] + 1], height[ends[0] : ends[1] + 1]
    if len(along) < 20 or np.ptp(height) == 0 or not _covers(along, numbers):
        return None
    some = np.linspace(0, len(along) - 1, min(len(along), PLACES)).astype(int)
    off = _off_density(along[some], height[some], numbers)
    if off < OFF_DENSITY:
        area = abs(trapezoid(height, along))
        return Spread(axis, "density" if abs(area - 1) < 0.15 else "", off=off)
    if len(outline) >= 1.9 * len(along):
        off = _off_density(along[some], np.abs(height - middle)[some], numbers)
        return Spread(axis, off=off) if off < OFF_DENSITY else None
    return None


def _off_density(along: np.ndarray, height: np.ndarray, numbers: np.ndarray) -> float:
    """How far a curve is off the density of values, times a number, as smooth as fits it best."""
    from scipy.optimize import minimize_scalar
    from scipy.stats import gaussian_kde

    if np.ptp(height) == 0:
        return np.inf
    scott, size = gaussian_kde(numbers).factor, np.linalg.norm(height - height.mean())

    def off(width: float) -> float:
        density = gaussian_kde(numbers, scott * np.exp(width))(along)
        scale = max(height @ density, 0.0) / max(density @ density, 1e-300)
        return float(np.linalg.norm(height - scale * density) / size)

    found = minimize_scalar(off, bounds=np.log(BANDWIDTHS), method="bounded")
    return float(found.fun)


def _covers(along: np.ndarray, numbers: np.ndarray) -> bool:
    low, high = np.quantile(numbers, [0.05, 0.95])
    return bool(along.min() <= low and along.max() >= high and np.ptp(along) < 4 * np.ptp(numbers))
