"""Which pixels points, lines and what lies between them take up."""

from __future__ import annotations

import numpy as np

#: So many lines, and points on each, are looked at; the ends of a line are the edges of pixels.
MOST_LINES, MOST_STEPS, END = 1000, 1000, 0.01


def pixels_at(rows, columns, shape: tuple) -> np.ndarray:
    """Return the pixels in which points lie."""
    area = np.zeros(shape, dtype=bool)
    inside = (rows > -0.5) & (rows < shape[0] - 0.5) & (columns > -0.5) & (columns < shape[1] - 0.5)
    # Not rounded to even numbers: what lies half a pixel off has its shape all the same.
    area[tuple(np.floor(at[inside] + 0.5).astype(int) for at in (rows, columns))] = True
    return area


def along(rows: np.ndarray, columns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return points on lines, given by both ends: lines side by side may fill an area."""
    ends = np.stack([rows, columns], axis=-1).reshape(-1, 2, 2)[:MOST_LINES]
    longest = np.abs(np.diff(ends, axis=1)).max(initial=0) if np.isfinite(ends).all() else 0
    steps = np.linspace(END, 1 - END, int(min(4 * longest, MOST_STEPS)) + 1)[:, None, None]
    return tuple((ends[:, 0] + steps * (ends[:, 1] - ends[:, 0])).reshape(-1, 2).T)


def inside(rows, columns, near: np.ndarray) -> np.ndarray:
    """Return the pixels whose centres lie within edges, given by both ends, if these come near."""
    area = np.zeros(near.shape, dtype=bool)
    if len(rows) < 6 or not (np.isfinite(rows).all() and np.isfinite(columns).all()):
        return area
    top, bottom = max(int(rows.min()), 0), min(int(rows.max()) + 2, near.shape[0])
    left, right = max(int(columns.min()), 0), min(int(columns.max()) + 2, near.shape[1])
    if bottom > top and right > left and near[top:bottom, left:right].any():
        crossed = _crossings(rows - top, columns - left, bottom - top, right - left)
        area[top:bottom, left:right] = np.cumsum(crossed, axis=1)[:, :-1] % 2
    return area


def _crossings(rows, columns, height: int, width: int) -> np.ndarray:
    """Count the edges of a polygon that cross each row, by the first pixel behind them.

    A pixel is inside if the number of edges before it in its row is odd, in whatever order the
    edges come. Testing each pixel against each edge would take seconds for many neurons.
    """
    rows, next_rows, columns, next_columns = rows[::2], rows[1::2], columns[::2], columns[1::2]
    first = np.ceil(np.clip(np.minimum(rows, next_rows), 0, height)).astype(int)
    last = np.ceil(np.clip(np.maximum(rows, next_rows), 0, height)).astype(int)
    edges = np.repeat(np.arange(len(rows)), last - first)
    crossed = np.arange(len(edges)) - np.repeat(np.cumsum(last - first) - last, last - first)
    slopes = (next_columns - columns)[edges] / (next_rows - rows)[edges]
    behind = np.ceil(columns[edges] + (crossed - rows[edges]) * slopes)
    counts = np.zeros((height, width + 1), dtype=int)
    np.add.at(counts, (crossed, np.clip(behind, 0, width).astype(int)), 1)
    return counts


def closed(outline: np.ndarray) -> np.ndarray:
    """From and to each corner of a closed outline, by turns: (2 * corners, 2)."""
    return np.stack([outline, np.roll(outline, -1, axis=0)], axis=1).reshape(-1, 2)


def joined(pieces: list[np.ndarray]) -> np.ndarray:
    """Both ends of all edges, each once, of lines that together may go around an area."""
    return np.concatenate(
        [np.stack([one[:-1], one[1:]], axis=1).reshape(-1, 2) for one in pieces if len(one)]
    )
