"""Take a matplotlib figure apart into data, and put it together again.

Only what a check may look at travels: panels with their labels, lines, images,
meshes, collections and patches in data coordinates. Nothing is drawn.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection, QuadMesh
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path
from matplotlib.transforms import IdentityTransform

from ..checks.names import legend_entries, style_of

FIGURE_TEXTS = ("suptitle", "supxlabel", "supylabel")
AXES_TEXTS = ("title", "xlabel", "ylabel", "label")
MOST_ARTISTS = 2000
MOST_LEGENDS = 20


def describe_figure(figure: Figure) -> dict[str, Any]:
    """Describe a figure with plain dicts, lists, strings and arrays.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Any figure; artists of kinds unknown here are left out.

    Returns
    -------
    dict
        What `rebuild_figure` takes.
    """
    description: dict[str, Any] = {name: _text(figure, f"_{name}") for name in FIGURE_TEXTS}
    description["size"] = [float(length) for length in figure.get_size_inches()]
    own = [getattr(figure, f"_{name}", None) for name in FIGURE_TEXTS]
    others = [text for text in figure.texts if not any(text is one for one in own)]
    description["texts"] = [str(text.get_text()) for text in others[:MOST_ARTISTS]]
    description["legends"] = [_describe_legend(legend) for legend in figure.legends[:MOST_LEGENDS]]
    description["axes"] = [_describe_axes(axes) for axes in figure.axes]
    return description


def _text(owner: Any, attribute: str) -> str:
    text = getattr(owner, attribute, None)
    return str(text.get_text()) if text is not None else ""


def _describe_axes(axes: Axes) -> dict[str, Any]:
    legend = axes.get_legend()
    return {
        **{name: str(getattr(axes, f"get_{name}")()) for name in AXES_TEXTS},
        "position": [float(edge) for edge in axes.get_position().bounds],
        "xlim": [float(edge) for edge in axes.get_xlim()],
        "ylim": [float(edge) for edge in axes.get_ylim()],
        "texts": [str(text.get_text()) for text in axes.texts[:MOST_ARTISTS]],
        "legend": _describe_legend(legend) if legend else [],
        "lines": [_describe_line(line, axes) for line in axes.lines[:MOST_ARTISTS]],
        "images": [_describe_image(image) for image in axes.images[:MOST_ARTISTS]],
        "collections": [
            _describe_collection(collection, axes) for collection in axes.collections[:MOST_ARTISTS]
        ],
        "patches": [_describe_patch(patch, axes) for patch in axes.patches[:MOST_ARTISTS]],
    }


def _describe_legend(legend) -> list[dict[str, str]]:
    entries = legend_entries(legend)[:MOST_ARTISTS]
    return [{"text": e.text, "color": e.color, "style": e.style} for e in entries]


def _to_data(axes: Axes, transform, points: np.ndarray) -> np.ndarray:
    """Points in data coordinates; those that an offset line or span has in others, too."""
    points = np.asarray(points, dtype=float).reshape(-1, 2)
    if transform == axes.transData or isinstance(transform, IdentityTransform):
        return points
    return (transform - axes.transData).transform(points)


def _describe_line(line, axes: Axes) -> dict[str, Any]:
    xy = _to_data(axes, line.get_transform(), line.get_xydata())
    color, linestyle = style_of(line)
    return {"xy": xy, "label": str(line.get_label()), "linestyle": linestyle, "color": color}


def _describe_image(image) -> dict[str, Any]:
    return {
        "array": image.get_array(),
        "extent": [float(edge) for edge in image.get_extent()],
        "origin": str(image.origin),
        "alpha": _alpha(image.get_alpha()),
    }


def _alpha(alpha):
    return alpha if alpha is None or np.ndim(alpha) else float(alpha)


def _describe_collection(collection, axes: Axes) -> dict[str, Any]:
    if isinstance(collection, QuadMesh):
        return {
            "kind": "mesh",
            "coordinates": np.asarray(collection.get_coordinates(), dtype=float),
            "array": collection.get_array(),
        }
    offsets = np.ma.filled(np.ma.asarray(collection.get_offsets(), dtype=float), np.nan)
    placed = collection.get_offset_transform() == axes.transData
    paths = [
        path.vertices if placed else _to_data(axes, collection.get_transform(), path.vertices)
        for path in collection.get_paths()[:MOST_ARTISTS]
    ]
    return {
        "kind": "paths",
        "paths": [np.asarray(vertices, dtype=float) for vertices in paths],
        "offsets": offsets.reshape(-1, 2) if placed else None,
        "label": str(collection.get_label()),
    }


def _describe_patch(patch, axes: Axes) -> dict[str, Any]:
    path = patch.get_path().transformed(patch.get_patch_transform())
    vertices = _to_data(axes, patch.get_data_transform(), path.vertices)
    return {"vertices": vertices, "label": str(patch.get_label())}


def rebuild_figure(description: dict[str, Any]) -> Figure:
    """Make a figure from what `describe_figure` returned.

    Parameters
    ----------
    description : dict
        May come from a hostile process: whatever is not of the right form
        raises ValueError, TypeError or KeyError, and runs no code.

    Returns
    -------
    matplotlib.figure.Figure
        A figure outside pyplot's list, with the same panels and data.
    """
    figure = Figure(figsize=[float(length) for length in description["size"]])
    for name in FIGURE_TEXTS:
        if description[name]:
            getattr(figure, name)(str(description[name]))
    for text in description["texts"]:
        figure.text(0, 0, str(text))
    for legend in description["legends"]:
        _rebuild_legend(figure, legend)
    for panel in description["axes"]:
        _rebuild_axes(figure, panel)
    return figure


def _rebuild_axes(figure: Figure, panel: dict[str, Any]) -> None:
    axes = figure.add_axes([float(edge) for edge in panel["position"]], label=str(panel["label"]))
    for line in panel["lines"]:
        xy = np.asarray(line["xy"], dtype=float).reshape(-1, 2)
        style = {"linestyle": str(line["linestyle"]), "color": str(line["color"]) or "black"}
        axes.plot(xy[:, 0], xy[:, 1], label=str(line["label"]), **style)
    for image in panel["images"]:
        _rebuild_image(axes, image)
    for collection in panel["collections"]:
        axes.add_collection(_rebuild_collection(collection, axes), autolim=False)
    for patch in panel["patches"]:
        axes.add_patch(PathPatch(Path(np.asarray(patch["vertices"])), label=str(patch["label"])))
    axes.set(
        title=str(panel["title"]), xlabel=str(panel["xlabel"]), ylabel=str(panel["ylabel"]),
        xlim=panel["xlim"], ylim=panel["ylim"],
    )  # fmt: skip
    for text in panel["texts"]:
        axes.text(0, 0, str(text))
    _rebuild_legend(axes, panel["legend"])


def _rebuild_legend(owner: Axes | Figure, entries: list[dict[str, str]]) -> None:
    if entries:
        handles = [_rebuild_handle(str(e["color"]), str(e["style"])) for e in entries]
        owner.legend(handles, [str(entry["text"]) for entry in entries])


def _rebuild_handle(color: str, style: str) -> Line2D | Patch:
    """A line in a legend, or a patch if what it stands for has no line style."""
    if style:
        return Line2D([], [], color=color, linestyle=style)
    return Patch(color=color or "none")


def _rebuild_image(axes: Axes, image: dict[str, Any]) -> None:
    artist = AxesImage(axes, extent=image["extent"], origin=str(image["origin"]))
    artist.set_data(image["array"])
    artist.set_alpha(image["alpha"])
    axes.add_image(artist)


def _rebuild_collection(collection: dict[str, Any], axes: Axes):
    if collection["kind"] == "mesh":
        return QuadMesh(np.asarray(collection["coordinates"]), array=collection["array"])
    paths = [Path(np.asarray(vertices).reshape(-1, 2)) for vertices in collection["paths"]]
    rebuilt = PathCollection(paths, label=str(collection["label"]))
    if collection["offsets"] is not None:
        rebuilt.set_offset_transform(axes.transData)
        rebuilt.set_offsets(np.asarray(collection["offsets"]))
    return rebuilt
