"""Find what lies under something opaque in a figure, and cannot be seen.

Boxes tell what may be covered. Only that, and what lies over it, is drawn, each by itself and
small: where it leaves a trace, and whether anything above it is opaque there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import FigureBase

from .seen import FAINT, OPAQUE, is_mesh, is_opaque, is_seen, seen_pixels

#: An artist of which less is uncovered cannot be seen.
UNCOVERED = 0.25
#: So many artists are looked at, and so many drawn, each in a picture of so many pixels at most.
MOST_LAYERS = 600
MOST_DRAWN = 30
MOST_PIXELS = 250_000


def covered_artists(figure: FigureBase) -> set[int]:
    """Find the artists on the axes of a figure that are covered.

    Parameters
    ----------
    figure : matplotlib.figure.FigureBase
        Its axes know where they lie.

    Returns
    -------
    set of int
        Their `id`.
    """
    layers = list(_layers(figure))[:MOST_LAYERS]
    covers = [i for i, (artist, _) in enumerate(layers) if i and is_opaque(artist)]
    if not covers:
        return set()
    boxes = np.array([_box(artist, axes) for artist, axes in layers])
    over: dict[int, list[int]] = {}
    shares = np.zeros(len(layers))
    for cover in covers:
        share = _shares(boxes[:cover], boxes[cover])
        shares[:cover] += share
        for i in np.nonzero(share > 0)[0]:
            over.setdefault(int(i), []).append(cover)
    # Of axes it makes no difference whether they are seen, but of what is drawn on them.
    grounds = {i for i, (artist, axes) in enumerate(layers) if artist is axes.patch}
    suspects = [i for i in over if shares[i] > 1 - UNCOVERED and i not in grounds]
    return _under(figure, layers, {i: over[i] for i in suspects}) if suspects else set()


def _layers(figure: FigureBase) -> Iterator[tuple[Any, Axes]]:
    """Yield what is drawn on axes, from below, and the axes themselves where they are opaque."""
    for axes in sorted(figure.axes, key=lambda one: one.zorder):
        yield from _layers_of(axes)
    # What lies on the figure itself is drawn over all axes.
    for artist in [*figure.patches, *figure.images]:
        if figure.axes and is_seen(artist):
            yield artist, figure.axes[0]


def _layers_of(axes: Axes) -> Iterator[tuple[Any, Axes]]:
    if not axes.get_visible():
        return
    if axes.axison and axes.get_frame_on() and is_seen(axes.patch):
        yield axes.patch, axes
    kinds = (axes.images, axes.collections, axes.patches, axes.lines)
    known = {id(artist) for kind in kinds for artist in kind}
    # A second axis is a child, too, and neither axes nor anything that is drawn on them.
    known.update(id(one) for one in axes.child_axes if isinstance(one, Axes))
    within = [one for one in axes.get_children() if id(one) in known]
    for artist in sorted(within, key=lambda one: one.zorder):
        if isinstance(artist, Axes):
            yield from _layers_of(artist)
        elif is_seen(artist):
            yield artist, axes


def _box(artist: Any, axes: Axes) -> np.ndarray:
    """Where an artist lies, in pixels of the figure: left, bottom, right, top."""
    try:
        box = _extent(artist)
    except Exception:
        # One that cannot say lies anywhere on its axes.
        box = axes.bbox.extents
    box = np.nan_to_num(box) + [-0.5, -0.5, 0.5, 0.5]
    if artist.get_clip_on() and artist is not axes.patch:
        low, high = axes.bbox.min - 0.5, axes.bbox.max + 0.5
        box = np.concatenate([np.clip(box[:2], low, high), np.clip(box[2:], low, high)])
    return box


def _extent(artist: Any) -> np.ndarray:
    if is_mesh(artist):
        # Its paths are as many as its pixels, and are not made for this.
        corners = artist.get_transform().transform(artist.get_coordinates().reshape(-1, 2))
        return np.concatenate([corners.min(axis=0), corners.max(axis=0)])
    if not hasattr(artist, "get_paths"):
        return artist.get_window_extent().extents
    if len(artist.get_offsets()) > 1:
        points = artist.get_offset_transform().transform(np.ma.filled(artist.get_offsets(), np.nan))
    else:
        vertices = np.concatenate([path.vertices for path in artist.get_paths()])
        points = artist.get_transform().transform(vertices)
    return np.concatenate([np.nanmin(points, axis=0), np.nanmax(points, axis=0)])


def _shares(boxes: np.ndarray, cover: np.ndarray) -> np.ndarray:
    """Return which share of each box lies in another."""
    sides = np.minimum(boxes[:, 2:], cover[2:]) - np.maximum(boxes[:, :2], cover[:2])
    # Bars that stand side by side have an edge in common, of which nothing comes.
    sides = np.where(sides <= 1, 0, sides)
    whole = np.maximum(boxes[:, 2:] - boxes[:, :2], 1e-9).prod(axis=1)
    return np.clip(sides, 0, None).prod(axis=1) / whole


def _under(figure: FigureBase, layers: list, over: dict[int, list[int]]) -> set[int]:
    root = figure.get_figure(root=True)
    before = root.dpi
    inches = np.prod(root.get_size_inches())
    try:
        root._set_dpi(min(before, np.sqrt(MOST_PIXELS / inches)), forward=False)
        traces = _Traces(root, [artist for artist, _ in layers])
        return {id(layers[i][0]) for i in over if traces.is_under(i, over[i])}
    finally:
        root._set_dpi(before, forward=False)


class _Traces:
    """Opacities of artists, each drawn by itself."""

    def __init__(self, figure: Any, artists: list[Any]):
        width, height = np.maximum(np.ceil(figure.get_size_inches() * figure.dpi), 1).astype(int)
        self.renderer = RendererAgg(width, height, figure.dpi)
        self.artists = artists
        self.known: dict[int, np.ndarray | None] = {}

    def is_under(self, number: int, covers: list[int]) -> bool:
        """Whether too little of an artist is left uncovered."""
        trace = self.of(number)
        if trace is None:
            return False
        uncovered = trace >= FAINT * 255
        whole = np.count_nonzero(uncovered)
        for cover in covers:
            above = self.of(cover)
            if above is not None:
                uncovered &= above < OPAQUE * 255
        return bool(np.count_nonzero(uncovered) < UNCOVERED * whole)

    def of(self, number: int) -> np.ndarray | None:
        """Opacity of one artist in each pixel, 0 to 255; None if it is not drawn."""
        if number not in self.known and len(self.known) < MOST_DRAWN:
            self.known[number] = self._draw(self.artists[number])
        return self.known.get(number)

    def _draw(self, artist: Any) -> np.ndarray | None:
        self.renderer.clear()
        try:
            if is_mesh(artist):
                return self._of_mesh(artist)
            artist.draw(self.renderer)
        except Exception:
            # What cannot be drawn covers nothing, and stopped the student's own drawing before.
            return None
        return np.array(self.renderer.buffer_rgba())[..., 3]

    def _of_mesh(self, mesh: Any) -> np.ndarray:
        """Opacity of a mesh, found pixel by pixel: to draw each of its cells takes long."""
        trace = np.zeros((int(self.renderer.height), int(self.renderer.width)), dtype=np.uint8)
        corners = np.asarray(mesh.get_coordinates(), dtype=float)
        across = mesh.get_transform().transform(corners[0])[:, 0]
        along = mesh.get_transform().transform(corners[:, 0])[:, 1]
        cells = np.ma.getmaskarray(np.ma.asarray(seen_pixels(mesh)))
        cells = cells.reshape(len(along) - 1, len(across) - 1)
        (columns, in_x), (rows, in_y) = (
            _cells(edges, length)
            for edges, length in zip((across, along), trace.shape[::-1], strict=True)
        )
        opacity = 1 if mesh.get_alpha() is None else np.max(mesh.get_alpha())
        inside = ~cells[np.ix_(rows, columns)] & np.outer(in_y, in_x)
        low, high = mesh.axes.bbox.min, mesh.axes.bbox.max
        y, x = (np.arange(length) + 0.5 for length in trace.shape)
        inside &= np.outer((y > low[1]) & (y < high[1]), (x > low[0]) & (x < high[0]))
        trace[inside] = round(255 * float(opacity))
        return trace[::-1]


def _cells(edges: np.ndarray, length: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the cell in which each of so many pixels lies along an axis, and whether it does."""
    places = np.arange(length) + 0.5
    if edges[-1] < edges[0]:
        cells, inside = _cells(edges[::-1], length)
        return len(edges) - 2 - cells, inside
    cells = np.searchsorted(edges, places) - 1
    return np.clip(cells, 0, len(edges) - 2), (cells >= 0) & (cells < len(edges) - 1)
