"""Take a matplotlib figure apart into data: what can be seen of it.

Only what a check may look at is kept: panels with their labels, lines, images,
meshes, collections and patches in data coordinates. `checks.drawings` reads it.
What is hidden, transparent, covered, or outside of the limits is counted, and left out.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex, to_rgba_array
from matplotlib.figure import FigureBase
from matplotlib.transforms import IdentityTransform

from .covered import covered_artists
from .seen import (
    has_stroke,
    is_mesh,
    is_seen,
    line_within,
    meet_each,
    meets,
    painted,
    points_within,
    seen_pixels,
    view_of,
)
from .ticks import NO_TICKS, describe_ticks, labels_beside, labels_in_margins, text_places
from .unread import unread_beside, unread_on

#: Of each kind on a panel. The reader has bounds of its own.
MOST_ARTISTS = 2000
MOST_PANELS = 50
#: What an artist's look is told by, and so many characters of it.
LOOKS = ("color", "facecolor", "edgecolor", "linewidth", "linestyle", "alpha", "visible")
LOOKS += ("marker", "markersize", "markerfacecolor", "sizes")
MOST_LOOK = 200
#: So many short lines of one collection.
MOST_STROKES = 200_000
KINDS = ("lines", "images", "meshes", "points", "shapes", "bars", "strokes")
#: Of which looks and colors are told, and of which, for their parts, numbers that stand for looks.
LOOKED_AT, TINTED = ("points", "shapes", "bars", "strokes"), ("points", "strokes")
#: The limits of axes of which limits say little, as of polar ones.
EVERYWHERE = np.array([[-np.inf] * 2, [np.inf] * 2])


def describe_figure(figure: FigureBase) -> dict[str, Any]:
    """Describe a figure with plain dicts, lists, strings and arrays.

    Parameters
    ----------
    figure : matplotlib.figure.FigureBase
        Any figure; of artists of kinds unknown here, the large ones are named.

    Returns
    -------
    dict
        What `checks.drawings.drawing_of` takes.
    """
    common, others = _written_on(figure)
    parts = [figure, *_parts_of(figure)]
    for axes in figure.axes[:MOST_PANELS]:
        _settle(axes)
    covered = covered_artists(figure)
    return {
        **{f"sup{name}": text for name, text in common.items()},
        "texts": [_text(text) for part in parts for text in _written_on(part)[1]],
        "margins": labels_in_margins(others),
        "legends": [
            _describe_legend(legend) for part in parts for legend in part.legends[:MOST_PANELS]
        ],
        "axes": [_describe_axes(axes, covered) for axes in figure.axes[:MOST_PANELS]],
        "unread": unread_beside(figure),
    }


def _parts_of(figure: FigureBase) -> list[FigureBase]:
    """Subfigures of a figure, and those of these."""
    return [one for part in figure.subfigs[:MOST_PANELS] for one in (part, *_parts_of(part))]


def _written_on(part: FigureBase) -> tuple[dict[str, str], list[Any]]:
    """What stands on a figure, or on a part of one, for all of its panels; and its other texts."""
    names = {name: getattr(part, f"_sup{name}") for name in ("xlabel", "ylabel", "title")}
    others = [text for text in part.texts if not any(text is one for one in names.values())]
    return {name: _text(text) if text else "" for name, text in names.items()}, _seen_texts(others)


def _settle(axes: Axes) -> None:
    """Have axes take the limits, and the place, that they are drawn with."""
    axes.get_xlim(), axes.get_ylim()
    if axes.name == "rectilinear":
        locator = axes.get_axes_locator()
        with contextlib.suppress(Exception):
            axes.apply_aspect(locator(axes, None) if locator else None)
    for inset in _insets(axes):
        _settle(inset)


def _insets(axes: Axes) -> list[Axes]:
    """Axes that lie on others; a second axis of these is none."""
    return [one for one in axes.child_axes if isinstance(one, Axes)][:MOST_PANELS]


def _describe_axes(axes: Axes, covered: set[int], inset: bool = False) -> dict[str, Any]:
    titles = [axes.get_title(place) for place in ("left", "center", "right")]
    on_figure = axes.get_visible() and _is_on_figure(axes)
    named = axes.get_visible() and axes.axison
    texts = _seen_texts(axes.texts)
    insets = [] if inset else _insets(axes)
    of_part = _written_on(axes.figure)[0] if axes.figure is not axes.get_figure(root=True) else {}
    labels = {
        f"{axis.axis_name}label": _text(axis.label) if named else ""
        for axis in (axes.xaxis, axes.yaxis)
    }
    beside = {} if all(labels.values()) else labels_beside(axes, texts)
    return {
        "title": " ".join(titles).strip() or of_part.get("title", ""),
        **{x: own or of_part.get(x) or beside.get(x, "") for x, own in labels.items()},
        "label": str(axes.get_label()),
        "texts": [_text(text) for text in texts],
        "text_places": text_places(axes, texts),
        "ticks": {
            axis.axis_name: describe_ticks(axis) if named else NO_TICKS
            for axis in (axes.xaxis, axes.yaxis)
        },
        "legend": _describe_legend(axes.get_legend()),
        "place": [float(edge) for edge in axes.bbox.extents],
        "limits": [*map(float, axes.get_xlim()), *map(float, axes.get_ylim())],
        "linear": axes.name == "rectilinear"
        and (axes.get_xscale(), axes.get_yscale()) == ("linear", "linear"),
        **_describe_artists(axes, on_figure, covered),
        "unread": unread_on(axes) if on_figure and not inset else [],
        "insets": [_describe_axes(one, covered, inset=True) for one in insets],
    }


def _describe_artists(axes: Axes, on_figure: bool, covered: set[int]) -> dict[str, Any]:
    """Describe what is seen on axes, by kind; `hidden` counts what is not."""
    kinds = (axes.lines, axes.images, axes.collections, axes.patches)
    # On a panel of three dimensions no coordinates are those of the paper.
    kinds = kinds if axes.name != "3d" else ()
    found: dict[str, Any] = {kind: [] for kind in KINDS}
    looks, colors = ({kind: [] for kind in LOOKED_AT} for _ in range(2))
    tints: dict[str, list[np.ndarray]] = {kind: [] for kind in TINTED}
    hidden = 0
    for artist in (artist for kind in kinds for artist in kind[:MOST_ARTISTS]):
        seen = on_figure and is_seen(artist) and id(artist) not in covered
        described = list(_described(artist, axes)) if seen else []
        hidden += not described
        color = _style(artist)["color"] if described else ""
        for kind, one, look, of_parts in described:
            found[kind].append(one)
            if kind in LOOKED_AT:
                looks[kind].append(look)
                colors[kind].append(color)
            if kind in TINTED:
                tints[kind].append(of_parts)
    return {**found, "looks": looks, "colors": colors, "tints": tints, "hidden": hidden}


def _is_on_figure(axes: Axes) -> bool:
    """Whether half of the axes, at least, lies on the figure."""
    whole, box = axes.get_figure(root=True).bbox, axes.bbox
    sides = np.minimum(box.max, whole.max) - np.maximum(box.min, whole.min)
    return bool((sides > 0).all() and sides.prod() >= 0.5 * box.size.prod())


def _described(artist: Any, axes: Axes) -> Iterator[tuple[str, Any, str, Any]]:
    """Yield of what is within the limits of an artist its kind, its description and its looks.

    These are its own, and numbers for those of its parts.
    """
    view = view_of(axes, artist) if axes.name == "rectilinear" else EVERYWHERE
    if hasattr(artist, "get_xdata"):
        line = _describe_line(artist, axes, view)
        if len(line["xy"]):
            yield "lines", line, "", None
    elif hasattr(artist, "get_extent") and hasattr(artist, "origin"):
        image = _describe_image(artist, axes, view)
        if meets(np.reshape(image["extent"], (2, 2)).T, view):
            yield "images", image, "", None
    elif is_mesh(artist):
        mesh = _describe_mesh(artist, view)
        if meets(mesh["coordinates"].reshape(-1, 2), view):
            yield "meshes", mesh, "", None
    elif hasattr(artist, "get_paths"):
        if _are_shapes(artist, axes):
            shapes = _shapes(artist, axes)
            met = meet_each([shape for shape, _ in shapes], view)
            for (shape, look), shown in zip(shapes, met, strict=True):
                if shown:
                    yield "shapes", shape, look, None
            if _is_strokes(artist):
                ends = _strokes(artist, axes)
                shown = painted(artist, len(ends)) & _meet(ends, view)
                if shown.any():
                    tints = _tints(artist.get_colors(), artist.get_linewidths(), shown)
                    yield "strokes", ends[shown], _look(artist), tints
        else:
            points = _points(artist, axes)
            shown = points_within(points, view) & painted(artist, len(points))
            if shown.any():
                tints = _tints(artist.get_facecolors(), _sizes(artist), shown)
                yield "points", points[shown], _look(artist), tints
    else:
        bar = _bar(artist, axes)
        if meets(bar, view):
            yield "bars", bar, _look(artist), None


def _text(text: Any) -> str:
    """What a text says, if it can be seen."""
    return str(text.get_text()) if text.get_visible() and text.get_alpha() != 0 else ""


def _seen_texts(texts: Any) -> list[Any]:
    return [text for text in texts[:MOST_ARTISTS] if _text(text)]


def _describe_legend(legend: Any) -> list[dict[str, str]]:
    if legend is None:
        return []
    texts = [str(text.get_text()) for text in legend.get_texts()][:MOST_ARTISTS]
    handles = [*legend.legend_handles, *[None] * len(texts)]
    return [{"text": text, **_style(handle)} for text, handle in zip(texts, handles, strict=False)]


def _style(artist: Any) -> dict[str, str]:
    """Color and line style of an artist; the style is empty if it is no line."""
    try:
        if hasattr(artist, "get_xdata"):
            return {"color": to_hex(artist.get_color()), "style": str(artist.get_linestyle())}
        return {"color": to_hex(_visible_color(artist)), "style": ""}
    except Exception:
        # An artist of another kind explains nothing that can be found again.
        return {"color": "", "style": ""}


def _look(artist: Any) -> str:
    """What an artist looks like: the same for two that only their place tells apart."""
    return _looks(artist, 1)[0]


def _looks(artist: Any, count: int) -> list[str]:
    """What the paths of a collection look like, which takes its colors and widths in turns."""
    try:
        said = [
            _in_turns(getattr(artist, f"get_{name}")(), "color" in name)
            for name in LOOKS
            if hasattr(artist, f"get_{name}")
        ]
        if hasattr(artist, "get_cmap"):
            said.append([f"{artist.get_cmap().name} {artist.get_clim()}"])
        return ["|".join(one[i % len(one)] for one in said)[:MOST_LOOK] for i in range(count)]
    except Exception:
        # An artist of another kind looks like all others of such kinds.
        return [""] * count


def _in_turns(value: Any, color: bool) -> list[str]:
    if color and isinstance(value, np.ndarray) and len(value) > MOST_ARTISTS:
        return ["one for each pixel"]
    if color:
        value = np.round(to_rgba_array(value), 2).tolist()
    if isinstance(value, np.ndarray) and (value.ndim > 1 or value.size > MOST_ARTISTS):
        return ["one for each pixel"]
    several = isinstance(value, (list, np.ndarray))
    return [str(one) for one in value] or ["none"] if several else [str(value)]


def _visible_color(artist: Any) -> Any:
    """The color of a patch or collection: of its face, or of its edge if it has none."""
    faces = to_rgba_array(artist.get_facecolor())
    edges = to_rgba_array(artist.get_edgecolor())
    return faces[0] if len(faces) and faces[0, 3] > 0 else edges[0]


def _to_data(axes: Axes, transform: Any, points: Any) -> np.ndarray:
    """Points in data coordinates; those that an offset line or span has in others, too."""
    points = np.asarray(points, dtype=float).reshape(-1, 2)
    if transform == axes.transData or isinstance(transform, IdentityTransform):
        return points
    return (transform - axes.transData).transform(points)


def _describe_line(line: Any, axes: Axes, view: np.ndarray) -> dict[str, Any]:
    xy = _to_data(axes, line.get_transform(), line.get_xydata())
    xy = line_within(xy, view, joined=has_stroke(line))
    how = {**_style(line), "steps": str(line.get_drawstyle())}
    return {"xy": xy, "label": str(line.get_label()), **how, "look": _look(line)}


def _describe_image(image: Any, axes: Axes, view: np.ndarray) -> dict[str, Any]:
    alpha = image.get_alpha()
    corners = np.reshape(image.get_extent(), (2, 2)).T
    return {
        "array": seen_pixels(image),
        "extent": _to_data(axes, image.get_transform(), corners).T.ravel().tolist(),
        "origin": str(image.origin),
        "alpha": alpha if alpha is None or np.ndim(alpha) else float(alpha),
        "view": view,
        "look": _look(image),
    }


def _describe_mesh(mesh: Any, view: np.ndarray) -> dict[str, Any]:
    corners, array = np.asarray(mesh.get_coordinates(), dtype=float), seen_pixels(mesh)
    if np.size(array) == corners[..., 0].size > 1:
        # Shaded from one to the next, the numbers belong to the corners.
        corners = _around(_around(corners, 0), 1)
    return {"coordinates": corners, "array": array, "view": view, "look": _look(mesh)}


def _around(centres: np.ndarray, axis: int) -> np.ndarray:
    """Places halfway between others along an axis, and as far beyond the first and the last."""
    first, second, before, last = (np.take(centres, [i], axis) for i in (0, 1, -2, -1))
    padded = np.concatenate([2 * first - second, centres, 2 * last - before], axis)
    count = padded.shape[axis]
    one, next_one = (np.take(padded, range(i, count - 1 + i), axis) for i in (0, 1))
    return (one + next_one) / 2


def _are_shapes(collection: Any, axes: Axes) -> bool:
    """Whether a collection's paths say where it is, rather than points that have marks on them."""
    if isinstance(collection.get_offset_transform(), IdentityTransform):
        return True
    return collection.get_transform().contains_branch(axes.transData)


def _points(collection: Any, axes: Axes) -> np.ndarray:
    offsets = np.ma.filled(np.ma.asarray(collection.get_offsets(), dtype=float), np.nan)
    return _to_data(axes, collection.get_offset_transform(), offsets)


def _shapes(collection: Any, axes: Axes) -> list[tuple[np.ndarray, str]]:
    """Outlines of a collection that are seen, each with its look."""
    paths, transform = collection.get_paths()[:MOST_ARTISTS], collection.get_transform()
    looks, shown = _looks(collection, len(paths)), painted(collection, len(paths))
    vertices = [_to_data(axes, transform, path.vertices) for path in paths]
    moved = _moved(collection, axes, len(paths))
    vertices = [xy + by for xy, by in zip(vertices, moved, strict=True)]
    return [one for one, seen in zip(zip(vertices, looks, strict=True), shown, strict=True) if seen]


def _moved(collection: Any, axes: Axes, count: int) -> np.ndarray:
    """How far offsets move the paths of a collection, in data coordinates."""
    offsets = np.ma.filled(np.ma.asarray(collection.get_offsets(), dtype=float), np.nan)
    if not offsets.any():
        return np.zeros((count, 2))
    pixels = collection.get_offset_transform().transform(offsets.reshape(-1, 2))
    start, back = axes.transData.transform((0, 0)), axes.transData.inverted()
    return np.resize(back.transform(pixels + start), (count, 2))


def _is_strokes(collection: Any) -> bool:
    """Whether a collection is of lines from one point to another."""
    if not isinstance(collection, LineCollection):
        return False
    paths = collection.get_paths()
    return 1 <= len(paths) <= MOST_STROKES and all(len(path.vertices) == 2 for path in paths)


def _strokes(collection: Any, axes: Axes) -> np.ndarray:
    """Both ends of each line of a collection, (lines, 2, 2)."""
    ends = np.concatenate([path.vertices for path in collection.get_paths()])
    return _to_data(axes, collection.get_transform(), ends).reshape(-1, 2, 2)


def _meet(ends: np.ndarray, view: np.ndarray) -> np.ndarray:
    """Return of which lines the box around both ends meets the limits."""
    return ((ends.min(axis=1) <= view[1]) & (ends.max(axis=1) >= view[0])).all(axis=1)


def _sizes(collection: Any) -> Any:
    return collection.get_sizes() if hasattr(collection, "get_sizes") else [1.0]


def _tints(colors: Any, sizes: Any, shown: np.ndarray) -> np.ndarray:
    """Number the looks of the parts of a collection that are shown; none if they are all alike.

    It takes colors and sizes in turns.
    """
    colors, sizes = np.round(to_rgba_array(colors), 2), np.ravel(sizes)
    if max(len(colors), len(sizes)) < 2 or not len(colors) or not len(sizes):
        return np.empty(0)
    turns = np.flatnonzero(shown)
    looks = np.column_stack([colors[turns % len(colors)], sizes[turns % len(sizes)]])
    return np.unique(looks, axis=0, return_inverse=True)[1].ravel().astype(float)


def _bar(patch: Any, axes: Axes) -> np.ndarray:
    path = patch.get_path().transformed(patch.get_patch_transform())
    return _to_data(axes, patch.get_data_transform(), path.vertices)
