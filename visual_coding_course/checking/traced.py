"""The curves that a panel draws: as lines, points, steps, areas, bars, or as many short lines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .drawings import Panel

#: So many points make a curve.
FEWEST_POINTS = 30
#: This share of an outline goes level or upright where it steps.
STEPPED = 0.9


@dataclass(frozen=True, eq=False)
class Curve:
    """One curve of a panel.

    Attributes
    ----------
    xy : numpy.ndarray, shape (points, 2)
        Its points, in the order of x.
    look, color, style : str
        As of what draws it; the style is empty if that is no line.
    """

    xy: np.ndarray
    look: str
    color: str
    style: str = ""


def curves_of(panel: Panel) -> list[Curve]:
    """List the curves of a panel that have enough points."""
    found = [
        Curve(in_order(xy), look, *style)
        for xy, look, style in zip(panel.lines, panel.looks["lines"], panel.styles, strict=True)
    ]
    for kind, read in (("points", _as_it_is), ("strokes", _joined), ("bars", _outlined)):
        things = zip(getattr(panel, kind), panel.looks[kind], panel.colors[kind], strict=True)
        found += [Curve(in_order(xy), *of) for thing, *of in things for xy in read(thing)]
    found += _tops(panel)
    found += [Curve(xy, *of) for *of, xy in _edges_of_areas(panel)]
    return [curve for curve in found if len(curve.xy) >= FEWEST_POINTS]


def in_order(xy: np.ndarray) -> np.ndarray:
    """Return the points that can be drawn, in the order of x."""
    finite = np.isfinite(xy).all(axis=1)
    xy = xy if finite.all() else xy[finite]
    rising = np.all(np.diff(xy[:, 0]) >= 0)
    return xy if rising else xy[np.argsort(xy[:, 0], kind="stable")]


def bands_of(panel: Panel) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """List the areas between two curves, and error bars, as x and the lower and upper y."""
    found = []
    for shape in panel.shapes:
        edges = _edges(shape)
        if edges is not None and not any(np.ptp(edge[:, 1]) == 0 for edge in edges):
            found.append((edges[0][:, 0], edges[0][:, 1], edges[1][:, 1]))
    for strokes in panel.strokes:
        ends = strokes.reshape(-1, 2, 2)
        upright = np.all(ends[:, 0, 0] == ends[:, 1, 0])
        if upright and np.ptp(ends[:, 0, 1]) > 0 and np.ptp(ends[:, 1, 1]) > 0:
            found.append((ends[:, 0, 0], ends[:, 0, 1], ends[:, 1, 1]))
    return [(x, np.minimum(a, b), np.maximum(a, b)) for x, a, b in found if len(x) >= 10]


def tip_of(bar: np.ndarray, axis: int) -> float:
    """Return where a bar ends that begins at 0."""
    low, high = bar[:, axis].min(), bar[:, axis].max()
    return low if abs(low) > abs(high) else high


def tips(strokes: np.ndarray, axis: int) -> np.ndarray:
    """Return the far ends of lines along an axis that begin on one level, (lines, 2)."""
    ends = strokes.reshape(-1, 2, 2)
    if not np.all(ends[:, 0, 1 - axis] == ends[:, 1, 1 - axis]):
        return np.empty((0, 2))
    for near, far in ((0, 1), (1, 0)):
        if np.ptp(ends[:, near, axis]) == 0:
            return ends[:, far]
    return np.empty((0, 2))


def edges_of(shape: np.ndarray) -> list[np.ndarray]:
    """Return the edges of an area between two curves that are no level line."""
    return [edge for edge in _edges(shape) or () if np.ptp(edge[:, 1]) > 0]


def unstepped(xy: np.ndarray) -> np.ndarray:
    """Return the levels of a line that goes in steps, each where it begins; or the line."""
    if len(xy) < 3:
        return xy
    step = np.diff(xy, axis=0)
    level = (step[:, 1] == 0) & (step[:, 0] > 0)
    upright = step[:, 0] == 0
    if np.mean(level | upright) < STEPPED:
        return xy
    return xy[:-1][level]


def _as_it_is(xy: np.ndarray) -> list[np.ndarray]:
    return [xy]


def _joined(strokes: np.ndarray) -> list[np.ndarray]:
    """Join lines that go on from each other; take the tips of lines that stand side by side."""
    ends = strokes.reshape(-1, 2, 2)
    if len(ends) < FEWEST_POINTS:
        return []
    if np.mean(np.all(ends[1:, 0] == ends[:-1, 1], axis=1)) > STEPPED:
        return [np.concatenate([ends[:, 0], ends[-1:, 1]])]
    upright = tips(strokes, 1)
    return [upright] if len(upright) else []


def _outlined(bar: np.ndarray) -> list[np.ndarray]:
    """Return the upper edge of an outline of many corners that stands on a level."""
    if len(bar) < FEWEST_POINTS:
        return []
    finite = bar[np.isfinite(bar).all(axis=1)]
    ends = sorted([int(np.argmin(finite[:, 0])), int(np.argmax(finite[:, 0]))])
    return [unstepped(finite[ends[0] : ends[1] + 1])]


def _tops(panel: Panel) -> list[Curve]:
    """Return the tips of bars of one color, as a curve."""
    found = {}
    for bar, color in zip(panel.bars, panel.colors["bars"], strict=True):
        if 4 <= len(bar) <= 6:
            middle = (bar[:, 0].min() + bar[:, 0].max()) / 2
            found.setdefault(color, []).append((middle, tip_of(bar, 1)))
    return [Curve(in_order(np.array(xy)), "", color) for color, xy in found.items()]


def _edges(shape: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """Return both edges of an area between two curves, as `fill_between` draws it."""
    count, rest = divmod(len(shape) - 3, 2)
    if rest or count < 2:
        return None
    one, other = shape[1 : 1 + count], shape[2 + count : 2 + 2 * count][::-1]
    return (one, other) if np.array_equal(one[:, 0], other[:, 0]) else None


def _edges_of_areas(panel: Panel) -> list[tuple[str, str, np.ndarray]]:
    """Return the edges of areas that are no level line, those of pieces of one area together."""
    pieces: dict[tuple, list[np.ndarray]] = {}
    for shape, *of in zip(panel.shapes, panel.looks["shapes"], panel.colors["shapes"], strict=True):
        edges = _edges(shape) or [in_order(shape)]
        if len(edges) == 2 and all(np.ptp(edge[:, 1]) > 0 for edge in edges):
            continue  # a band
        for place, edge in enumerate(edges):
            together = len(shape) < 2 * FEWEST_POINTS or (*of, place) in pieces
            key = (*of, place) if together or np.ptp(edge[:, 1]) else None
            if key:
                pieces.setdefault(key, []).append(edge)
    found = []
    for (*of, _), edges in pieces.items():
        apart = all(a[-1, 0] <= b[0, 0] for a, b in zip(edges[:-1], edges[1:]))
        for edge in [np.concatenate(edges)] if apart else edges:
            if np.ptp(edge[:, 1]) > 0:
                found.append((*of, unstepped(edge)))
    return found
