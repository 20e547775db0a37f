"""Which artists of a figure `figures.describe_figure` does not read, though they may show data.

It reads lines, images, meshes, collections and patches, which is nearly all that is ever drawn. Of
the rest, what is written on a figure or points at something in it (legends, boxes with text, the
frame around an inset) shows no data. What is left counts if it is large: together it paints in half
of the strips of its panel one way, and in a quarter of them the other way. A curve, an image or a
histogram does; a logo, a ruler or an arrow does not.

Such artists alone are drawn, to see where they paint: nothing else tells that of any class.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import FigureBase
from matplotlib.legend import Legend
from matplotlib.offsetbox import AnnotationBbox, OffsetBox, OffsetImage
from matplotlib.quiver import QuiverKey

STRIPS = 16
HALF, QUARTER = STRIPS // 2, STRIPS // 4
DECORATIONS = (Legend, OffsetBox, QuiverKey)
INSET_FRAMES = "matplotlib.inset"  # a module that older versions do not have
COLORBAR = "<colorbar>"
#: So many numbers in a table, and points of a line that lies on the figure itself, are data.
FEWEST = 30
#: Artists of a panel that are looked at, and pixels that are drawn for it.
MOST_ARTISTS, MOST_PIXELS = 2000, 4_000_000


def unread_on(axes: Axes) -> list[str]:
    """Name the classes of what may show data on a panel, and is not read; empty if not large."""
    if axes.name == "3d":
        # As it is seen from one side, it covers its panel, and no artist has two coordinates.
        return _names(_of_three_dimensions(axes))
    tables = [table for table in axes.tables if len(table.get_celld()) >= FEWEST]
    insets = [one for one in axes.child_axes if one.has_data() and one.get_label() != COLORBAR]
    return _large([*filter(_may_be_data, axes.artists), *tables, *insets], axes)


def unread_beside(figure: FigureBase) -> list[str]:
    """Name the classes of what may show data on a figure itself rather than on its panels."""
    lines = [line for line in figure.lines if len(line.get_xydata()) >= FEWEST]
    return _large([*figure.images, *filter(_may_be_data, figure.artists), *lines], figure)


def _of_three_dimensions(axes: Axes) -> list[Any]:
    return [*axes.lines, *axes.collections, *axes.patches, *axes.images, *axes.artists]


def _may_be_data(artist: Any) -> bool:
    if isinstance(artist, AnnotationBbox):
        return isinstance(artist.offsetbox, OffsetImage)
    return not isinstance(artist, DECORATIONS) and type(artist).__module__ != INSET_FRAMES


def _large(artists: list[Any], owner: Axes | FigureBase) -> list[str]:
    """Name the classes of artists that paint a large part of what they are on."""
    artists = [artist for artist in artists if artist.get_visible()][:MOST_ARTISTS]
    if not artists:
        return []
    rows, columns = _painted_strips(artists, owner)
    large = min(rows, columns) >= QUARTER and max(rows, columns) >= HALF
    return _names(artists) if large else []


def _painted_strips(artists: list[Any], owner: Axes | FigureBase) -> tuple[int, int]:
    """In how many strips of what they are on artists paint, of its height and of its width."""
    figure = owner.get_figure(root=True)
    width, height = (int(size) for size in figure.bbox.size)
    if not 0 < width * height <= MOST_PIXELS:
        return 0, 0
    renderer = RendererAgg(width, height, figure.dpi)
    for artist in artists:
        try:
            artist.draw(renderer)
        except Exception:
            # What cannot be drawn shows nothing.
            continue
    painted = np.asarray(renderer.buffer_rgba())[::-1, :, 3] > 0
    left, bottom, right, top = (max(0, round(edge)) for edge in owner.bbox.extents)
    painted = painted[bottom:top, left:right]
    return _strips(painted.any(axis=1)), _strips(painted.any(axis=0))


def _strips(painted: np.ndarray) -> int:
    return sum(bool(strip.any()) for strip in np.array_split(painted, STRIPS))


def _names(artists: list[Any]) -> list[str]:
    return sorted({_name(type(artist)) for artist in artists})


def _name(kind: type) -> str:
    return "inset_axes" if kind is Axes else type.__dict__["__name__"].__get__(kind)
