"""What of a figure's artists can be seen: neither hidden nor transparent, and within the limits.

What lies under something opaque is found in `covered`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba_array

#: Less opacity than this shows nothing, more than the other lets nothing through.
FAINT, OPAQUE = 0.05, 0.95
#: So much of a line's points must be within the limits for it to count as a whole, and so much of
#: those at its visible x to be seen at all.
WHOLE, LEAST = 0.5, 0.1
#: So far beyond the limits, as a share of their range, is on them.
NEAR = 1e-6


def is_seen(artist: Any) -> bool:
    """Whether an artist is switched on, and has any color that shows."""
    alpha = artist.get_alpha()
    if not artist.get_visible() or (alpha is not None and np.max(alpha) < FAINT):
        return False
    if hasattr(artist, "get_xdata"):
        return has_stroke(artist) or _has_markers(artist)
    if hasattr(artist, "get_paths"):
        if is_mesh(artist):  # between corners of a single row nothing is painted
            return min(artist.get_coordinates().shape[:2]) > 1
        return bool(painted(artist, 1 + len(artist.get_paths())).any())
    if hasattr(artist, "get_facecolor"):
        return bool(painted(artist, 1).any())
    return True


def is_mesh(artist: Any) -> bool:
    """Whether a collection has a color for each pixel of a grid."""
    return hasattr(artist, "get_coordinates")


def has_stroke(line: Any) -> bool:
    """Whether a line joins its points."""
    drawn = str(line.get_linestyle()).strip() not in ("None", "")
    return drawn and line.get_linewidth() > 0 and _shows(line.get_color())


def _has_markers(line: Any) -> bool:
    if str(line.get_marker()).strip() in ("None", "") or not line.get_markersize() > 0:
        return False
    return _shows(line.get_markerfacecolor()) or _shows(line.get_markeredgecolor())


def _shows(color: Any) -> bool:
    return bool((to_rgba_array(color)[:, 3] >= FAINT).any())


def painted(artist: Any, count: int) -> np.ndarray:
    """Which of so many paths, or points, of a patch or collection have a face or edge that shows.

    Returns
    -------
    numpy.ndarray of bool, shape (count,)
    """
    faces, edges = _opacities(artist)
    widths = np.atleast_1d(np.asarray(artist.get_linewidth(), dtype=float))
    shown = (_turns(faces, count) >= FAINT) | (
        (_turns(edges, count) >= FAINT) & (_turns(widths, count) > 0)
    )
    if hasattr(artist, "get_sizes") and len(artist.get_sizes()):
        shown &= _turns(np.asarray(artist.get_sizes(), dtype=float), count) > 0
    return shown


def _opacities(artist: Any) -> tuple[np.ndarray, np.ndarray]:
    """Opacities of faces and of edges; those of mapped colors are worked out first."""
    if getattr(artist, "get_array", lambda: None)() is not None:
        artist.update_scalarmappable()
    faces, edges = (
        to_rgba_array(getattr(artist, f"get_{name}color")())[:, 3] for name in ("face", "edge")
    )
    return faces if getattr(artist, "get_fill", lambda: True)() else faces * 0, edges


def _turns(values: np.ndarray, count: int) -> np.ndarray:
    """Values that are taken in turns, one for each of so many."""
    if len(values) == count:
        return values
    return np.resize(values, count) if len(values) else np.zeros(count)


def is_opaque(artist: Any) -> bool:
    """Whether an artist that is seen fills an area and may hide what lies under it."""
    if hasattr(artist, "get_xdata"):
        return False
    if is_mesh(artist) or hasattr(artist, "get_extent"):
        return artist.get_alpha() is None or np.max(artist.get_alpha()) >= OPAQUE
    if not hasattr(artist, "get_facecolor"):
        return False
    faces, _ = _opacities(artist)
    return bool((faces >= OPAQUE).any())


def seen_pixels(image: Any) -> np.ma.MaskedArray | np.ndarray | None:
    """Return an image's or mesh's array, masked where nothing of it shows.

    Where its scale gives the same color to all of its values, they are all the same.
    """
    array = image.get_array()
    if array is None or np.size(array) == 0:
        return array
    if np.ndim(array) == 3:
        opacity = array[..., 3] if array.shape[2] == 4 else None
        largest = 255 if array.dtype == np.uint8 else 1
        hidden = None if opacity is None else np.asarray(opacity) < FAINT * largest
    else:
        array, hidden = _in_its_colors(image, array)
    alpha = image.get_alpha()
    if np.ndim(alpha) == 2:
        faint = (np.asarray(alpha) < FAINT).reshape(array.shape[:2])
        hidden = faint if hidden is None else hidden | faint
    if hidden is None or not hidden.any():
        return array
    hidden = hidden if array.ndim == hidden.ndim else np.repeat(hidden[..., None], 4, axis=2)
    return np.ma.array(array, mask=hidden | np.ma.getmaskarray(array))


def _in_its_colors(image: Any, array: np.ndarray) -> tuple[np.ndarray, np.ndarray | None]:
    """Return numbers as their scale tells them apart, and which of them it makes transparent."""
    cmap, (low, high) = image.get_cmap(), image.get_clim()
    colors = np.array([*cmap(np.arange(cmap.N)), cmap.get_under(), cmap.get_over()])
    hidden = None
    if colors[:, 3].min() < FAINT:
        hidden = image.to_rgba(array, bytes=True)[..., 3] < FAINT * 255
    smallest, largest = _ends(array)
    outside = None not in (low, high) and smallest < largest
    outside = outside and bool(smallest >= high or largest <= low)
    if outside or np.ptp(colors, axis=0).max() == 0:
        array = np.ma.array(np.zeros(np.shape(array)), mask=np.ma.getmask(array))
    return array, hidden


def _ends(array: np.ndarray) -> tuple[float, float]:
    """Return the smallest and the largest of the numbers that there are; twice 0 if none is."""
    numbers, hidden = np.ma.getdata(array), np.ma.getmask(array)
    if hidden.any():
        numbers = numbers[~hidden]
    if numbers.dtype.kind not in "biu":  # of whole numbers, all are finite
        numbers = numbers.astype(float, copy=False)
        numbers = numbers[np.isfinite(numbers)]
    return (numbers.min(), numbers.max()) if numbers.size else (0.0, 0.0)


def view_of(axes: Axes, artist: Any) -> np.ndarray:
    """Limits, in data coordinates, within which an artist is seen.

    Returns
    -------
    numpy.ndarray, shape (2, 2)
        Lowest x and y, highest x and y; infinite where it is not clipped.
    """
    if not artist.get_clip_on():
        return np.array([[-np.inf] * 2, [np.inf] * 2])
    view = np.sort(np.array([axes.get_xlim(), axes.get_ylim()], dtype=float).T, axis=0)
    clip = artist.get_clip_path()
    if clip is not None and clip.get_fully_transformed_path is not None:
        box = axes.transData.inverted().transform(
            clip.get_fully_transformed_path().get_extents().get_points()
        )
        box = np.sort(box, axis=0)
        view = np.array([np.maximum(view[0], box[0]), np.minimum(view[1], box[1])])
    margin = NEAR * np.ptp(view, axis=0)
    return view + [-margin, margin]


def meets(xy: np.ndarray, view: np.ndarray) -> bool:
    """Whether the box around points meets the limits."""
    finite = xy[np.isfinite(xy).all(axis=1)]
    return len(finite) > 0 and bool(
        (finite.min(axis=0) <= view[1]).all() and (finite.max(axis=0) >= view[0]).all()
    )


def meet_each(many: list[np.ndarray], view: np.ndarray) -> np.ndarray:
    """`meets` of many outlines at once."""
    lengths = np.array([len(xy) for xy in many], dtype=int)
    shown = np.zeros(len(many), dtype=bool)
    if not lengths.any():
        return shown
    points = np.concatenate(many)
    points = np.where(np.isfinite(points).all(axis=1, keepdims=True), points, np.nan)
    starts = (np.cumsum(lengths) - lengths)[lengths > 0]
    low, high = np.fmin.reduceat(points, starts), np.fmax.reduceat(points, starts)
    shown[lengths > 0] = ((low <= view[1]) & (high >= view[0])).all(axis=1)
    return shown


def points_within(xy: np.ndarray, view: np.ndarray) -> np.ndarray:
    """Return which points are within limits; those without a place are."""
    return ~((xy < view[0]) | (xy > view[1])).any(axis=1)


def line_within(xy: np.ndarray, view: np.ndarray, joined: bool) -> np.ndarray:
    """Return the points of a line that are seen, and those that it goes on to beyond the limits.

    A line of which half is within the limits is kept whole: what shape it has is seen.
    """
    if not np.isfinite(view).any() or not len(xy):
        return xy
    sides = zip(xy.T, *view, strict=True)
    if all(along.min() >= low and along.max() <= high for along, low, high in sides):
        return xy
    if not joined:
        return xy[points_within(xy, view)]
    below, above = xy < view[0], xy > view[1]
    across = ~((below[:-1] & below[1:]) | (above[:-1] & above[1:])).any(axis=1)
    across &= np.isfinite(xy[:-1]).all(axis=1) & np.isfinite(xy[1:]).all(axis=1)
    along = ~(below | above)[:, 0]
    beside = along.copy()
    beside[1:] |= along[:-1]
    beside[:-1] |= along[1:]
    seen = np.zeros(len(xy), dtype=bool)
    seen[:-1] |= across
    seen[1:] |= across
    if not seen.any() or seen.sum() < LEAST * np.count_nonzero(along):
        return xy[:0]
    return xy if along.mean() >= WHOLE else xy[beside | seen]
