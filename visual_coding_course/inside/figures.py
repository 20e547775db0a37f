"""Take a matplotlib figure apart into data. Nothing is drawn.

Only what a check may look at is kept: panels with their labels, lines, images,
meshes, collections and patches in data coordinates. `checks.drawings` reads it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgba_array
from matplotlib.figure import FigureBase
from matplotlib.transforms import IdentityTransform

#: Of each kind on a panel. The reader has bounds of its own.
MOST_ARTISTS = 2000
MOST_PANELS = 50
#: What an artist's look is told by, and so many characters of it.
LOOKS = ("color", "facecolor", "edgecolor", "linewidth", "linestyle", "alpha", "visible")
MOST_LOOK = 200


def describe_figure(figure: FigureBase) -> dict[str, Any]:
    """Describe a figure with plain dicts, lists, strings and arrays.

    Parameters
    ----------
    figure : matplotlib.figure.FigureBase
        Any figure; artists of kinds unknown here are left out.

    Returns
    -------
    dict
        What `checks.drawings.drawing_of` takes.
    """
    common = {name: getattr(figure, f"_{name}") for name in ("supxlabel", "supylabel", "suptitle")}
    others = [text for text in figure.texts if not any(text is one for one in common.values())]
    return {
        **{name: str(text.get_text()) if text else "" for name, text in common.items()},
        "texts": [str(text.get_text()) for text in others[:MOST_ARTISTS]],
        "legends": [_describe_legend(legend) for legend in figure.legends[:MOST_PANELS]],
        "axes": [_describe_axes(axes) for axes in figure.axes[:MOST_PANELS]],
    }


def _describe_axes(axes: Axes) -> dict[str, Any]:
    # Before anything is read in data coordinates: until it is asked for, a limit may be an old one.
    axes.get_xlim(), axes.get_ylim()
    titles = [axes.get_title(place) for place in ("left", "center", "right")]
    collections = axes.collections[:MOST_ARTISTS]
    meshes = [one for one in collections if hasattr(one, "get_coordinates")]
    others = [one for one in collections if not hasattr(one, "get_coordinates")]
    placed = [one for one in others if one.get_offset_transform() == axes.transData]
    outlines = [one for one in others if one not in placed]
    patches = axes.patches[:MOST_ARTISTS]
    shapes = [shape for collection in outlines for shape in _shapes(collection, axes)]
    return {
        "title": " ".join(titles).strip(),
        **{name: str(getattr(axes, f"get_{name}")()) for name in ("xlabel", "ylabel", "label")},
        "texts": [str(text.get_text()) for text in axes.texts[:MOST_ARTISTS]],
        "legend": _describe_legend(axes.get_legend()),
        "lines": [_describe_line(line, axes) for line in axes.lines[:MOST_ARTISTS]],
        "images": [_describe_image(image) for image in axes.images[:MOST_ARTISTS]],
        "meshes": [_describe_mesh(mesh) for mesh in meshes],
        "points": [_points(collection) for collection in placed],
        "shapes": [shape for shape, _ in shapes],
        "bars": [_bar(patch, axes) for patch in patches],
        "looks": {
            "points": [_look(collection) for collection in placed],
            "shapes": [look for _, look in shapes],
            "bars": [_look(patch) for patch in patches],
        },
    }


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


def _describe_line(line: Any, axes: Axes) -> dict[str, Any]:
    xy = _to_data(axes, line.get_transform(), line.get_xydata())
    return {"xy": xy, "label": str(line.get_label()), **_style(line), "look": _look(line)}


def _describe_image(image: Any) -> dict[str, Any]:
    alpha = image.get_alpha()
    return {
        "array": image.get_array(),
        "extent": [float(edge) for edge in image.get_extent()],
        "origin": str(image.origin),
        "alpha": alpha if alpha is None or np.ndim(alpha) else float(alpha),
        "look": _look(image),
    }


def _describe_mesh(mesh: Any) -> dict[str, Any]:
    corners = np.asarray(mesh.get_coordinates(), dtype=float)
    return {"coordinates": corners, "array": mesh.get_array(), "look": _look(mesh)}


def _points(collection: Any) -> np.ndarray:
    offsets = np.ma.asarray(collection.get_offsets(), dtype=float)
    return np.ma.filled(offsets, np.nan).reshape(-1, 2)


def _shapes(collection: Any, axes: Axes) -> list[tuple[np.ndarray, str]]:
    """Outlines of a collection, each with its look."""
    paths, transform = collection.get_paths()[:MOST_ARTISTS], collection.get_transform()
    looks = _looks(collection, len(paths))
    vertices = [_to_data(axes, transform, path.vertices) for path in paths]
    return list(zip(vertices, looks, strict=True))


def _bar(patch: Any, axes: Axes) -> np.ndarray:
    path = patch.get_path().transformed(patch.get_patch_transform())
    return _to_data(axes, patch.get_data_transform(), path.vertices)
