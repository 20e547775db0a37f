"""Where one value among many is marked: by a line, a point, an arrow, or by another color."""

from __future__ import annotations

from collections import Counter

import numpy as np

from visual_coding_course.checking.drawings import Panel
from visual_coding_course.checking.standing_out import MOST_ALIKE, MOST_STANDING_OUT

#: So few points, or lines, of one kind are marks.
FEW = 5


def marks_on(panel: Panel, axis: int, widest: float) -> list[tuple[float, float]]:
    """List what is marked along an axis: from where to where.

    Parameters
    ----------
    panel : Panel
        Shows all values.
    axis : int
        Along which they lie.
    widest : float
        A span, or a bar beside the others, that is wider marks none.
    """
    found = [*_of_lines(panel, axis), *_of_colors(panel, axis)]
    found += [(x, x) for x in panel.text_places[:, axis] if np.isfinite(x)]
    for points in _rare(panel, "points"):
        found += [(x, x) for x in points[:, axis] if np.isfinite(x)]
    return [(low, high) for low, high in found if high - low <= widest]


def things_on(panel: Panel) -> list[np.ndarray]:
    """List what may stand for one value each: points, short lines and bars, by their corners."""
    points = [one for some in [*panel.points, *panel.lines] for one in some[:, None]]
    strokes = [one for some in panel.strokes for one in some.reshape(-1, 2, 2)]
    return [*points, *strokes, *panel.bars]


def _rare(panel: Panel, kind: str, few: int = FEW) -> list[np.ndarray]:
    """List what has few points, and a look of its own: not each of the dots that are the values."""
    both = list(zip(getattr(panel, kind), panel.looks[kind], strict=True))
    alike: Counter[str] = Counter()
    for points, look in both:
        alike[look] += len(points) if kind == "points" else 1
    found = [one for one in both if len(one[0]) <= few and alike[one[1]] <= MOST_ALIKE]
    # In as many looks as there are dots, none is marked.
    several = len({look for _, look in found}) > MOST_STANDING_OUT
    return [] if several else [points for points, _ in found]


def _of_lines(panel: Panel, axis: int) -> list[tuple[float, float]]:
    found = []
    level = [line for line in panel.lines if len(line) > FEW and np.ptp(line[:, axis]) == 0]
    for line in [*_rare(panel, "lines"), *level]:
        found += [(x, x) for x in np.unique(line[np.isfinite(line).all(axis=1), axis])]
    return found + [(x, x) for ends in _rare(panel, "strokes", 2 * FEW) for x in ends[:, axis]]


def _of_colors(panel: Panel, axis: int) -> list[tuple[float, float]]:
    """List bars, points and lines of a look that few of their kind have."""
    both = zip(
        [*panel.bars, *panel.shapes], [*panel.looks["bars"], *panel.looks["shapes"]], strict=True
    )
    both = [(bar, look) for bar, look in both if 4 <= len(bar) <= 6 and np.ptp(bar, axis=0).all()]
    bars, looks = zip(*both) if both else ((), ())
    counts = Counter(looks)
    found = []
    if len(counts) > 1:
        found += [
            (float(bar[:, axis].min()), float(bar[:, axis].max()))
            for bar, look in zip(bars, looks, strict=True)
            if counts[look] <= FEW or counts[look] < len(bars) / 2
        ]
    for kind in ("points", "strokes"):
        for things, tints in zip(getattr(panel, kind), panel.tints[kind], strict=True):
            places = things if kind == "points" else things.reshape(-1, 2, 2)[:, 1]
            if len(tints) == len(places) and len(set(tints)) > 1:
                rare = Counter(tints.tolist())
                found += [(x, x) for x, tint in zip(places[:, axis], tints) if rare[tint] <= FEW]
    return found
