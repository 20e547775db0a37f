"""Take a matplotlib figure apart into data, and put it together again.

Only what a check may look at travels: panels with their labels, lines, images,
meshes, collections and patches in data coordinates. Nothing is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection, QuadMesh
from matplotlib.colors import to_hex, to_rgba_array
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path
from matplotlib.transforms import IdentityTransform

FIGURE_TEXTS = ("suptitle", "supxlabel", "supylabel")
AXES_TEXTS = ("title", "xlabel", "ylabel", "label")
MOST_PANELS = 50
#: Of each kind on a panel; and of all together in a figure that is rebuilt.
MOST_ARTISTS = 2000
MOST_REBUILT = 6000
MOST_LEGENDS = 20
MOST_ENTRIES = 200
#: Of one text, and of all on a figure: checks search them with regular expressions.
MOST_LETTERS = 500
MOST_TEXTS = 50_000
MOST_INCHES = 100.0


@dataclass(frozen=True)
class Entry:
    """One line of a legend: its text, and the color and line style that it explains."""

    text: str
    color: str
    style: str


def legend_entries(legend: Any) -> list[Entry]:
    """Read a matplotlib legend."""
    texts = [str(text.get_text()) for text in legend.get_texts()]
    handles = [*legend.legend_handles, *[None] * len(texts)]
    return [Entry(text, *style_of(handle)) for text, handle in zip(texts, handles, strict=False)]


def style_of(artist: Any) -> tuple[str, str]:
    """Color and line style of an artist, as text; the style is empty if it is no line."""
    try:
        if hasattr(artist, "get_xdata"):
            return to_hex(artist.get_color()), str(artist.get_linestyle())
        return to_hex(_visible_color(artist)), ""
    except Exception:
        # An artist of another kind explains nothing that can be found again.
        return "", ""


def _visible_color(artist: Any) -> Any:
    """The color of a patch or collection: of its face, or of its edge if it has none."""
    faces = to_rgba_array(artist.get_facecolor())
    edges = to_rgba_array(artist.get_edgecolor())
    return faces[0] if len(faces) and faces[0, 3] > 0 else edges[0]


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
    description["axes"] = [_describe_axes(axes) for axes in figure.axes[:MOST_PANELS]]
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
    entries = legend_entries(legend)[:MOST_ENTRIES]
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
        raises ValueError, TypeError or KeyError, and runs no code; of what is
        too much or too long, the rest is left out.

    Returns
    -------
    matplotlib.figure.Figure
        A figure outside pyplot's list, with the same panels and data.
    """
    # Nothing that looks like a formula in a student's text is one for the grader to set.
    with matplotlib.rc_context({"text.parse_math": False, "text.usetex": False}):
        return _Rebuilder().figure(description)


def _numbers(values: Any, count: int) -> list[float]:
    if len(values) != count:
        raise ValueError(f"{len(values)} numbers where {count} were expected")
    return [float(value) for value in values]


def _points(values: Any) -> np.ndarray:
    return np.asarray(values, dtype=float).reshape(-1, 2)


@dataclass
class _Rebuilder:
    """Makes one figure, of so many artists and letters at most."""

    artists: int = MOST_REBUILT
    letters: int = MOST_TEXTS

    def text(self, value: Any, what: str = "text") -> str:
        if not isinstance(value, str):
            raise ValueError(f"not a {what}")
        text = value[: min(MOST_LETTERS, self.letters)]
        self.letters -= len(text)
        return text

    def some(self, values: Any, most: int = MOST_ARTISTS) -> list:
        if not isinstance(values, list):
            raise TypeError("no list")
        taken = values[: min(most, self.artists)]
        self.artists -= len(taken)
        return taken

    def figure(self, description: dict[str, Any]) -> Figure:
        figure = Figure([min(inch, MOST_INCHES) for inch in _numbers(description["size"], 2)])
        for name in FIGURE_TEXTS:
            if description[name]:
                getattr(figure, name)(self.text(description[name]))
        for text in self.some(description["texts"]):
            figure.text(0, 0, self.text(text))
        for legend in self.some(description["legends"], MOST_LEGENDS):
            self.legend(figure, legend)
        for panel in self.some(description["axes"], MOST_PANELS):
            self.panel(figure, panel)
        return figure

    def panel(self, figure: Figure, panel: dict[str, Any]) -> None:
        position, label = _numbers(panel["position"], 4), self.text(panel["label"])
        axes = figure.add_axes(position, label=label)
        for line in self.some(panel["lines"]):
            # As any artist: `add_line` would look through its points for limits, which are given.
            axes.add_artist(self.line(line))
        for image in self.some(panel["images"]):
            axes.add_image(_image(axes, image))
        for collection in self.some(panel["collections"]):
            axes.add_collection(self.collection(collection, axes), autolim=False)
        for patch in self.some(panel["patches"]):
            path = Path(_points(patch["vertices"]))
            axes.add_patch(PathPatch(path, label=self.text(patch["label"])))
        texts = {name: self.text(panel[name]) for name in ("title", "xlabel", "ylabel")}
        axes.set(**texts, xlim=_numbers(panel["xlim"], 2), ylim=_numbers(panel["ylim"], 2))
        for text in self.some(panel["texts"]):
            axes.text(0, 0, self.text(text))
        self.legend(axes, panel["legend"])

    def line(self, line: dict[str, Any]) -> Line2D:
        xy, color = _points(line["xy"]), self.text(line["color"], "color") or "black"
        style = {"linestyle": self.text(line["linestyle"]), "color": color}
        return Line2D(xy[:, 0], xy[:, 1], label=self.text(line["label"]), **style)

    def legend(self, owner: Axes | Figure, entries: list[dict[str, str]]) -> None:
        entries = self.some(entries, MOST_ENTRIES)
        if entries:
            handles = [_handle(self.text(e["color"]), self.text(e["style"])) for e in entries]
            owner.legend(handles, [self.text(entry["text"]) for entry in entries], loc=1)

    def collection(self, collection: dict[str, Any], axes: Axes):
        if collection["kind"] == "mesh":
            corners = np.asarray(collection["coordinates"], dtype=float)
            return QuadMesh(corners, array=collection["array"])
        paths = [Path(_points(vertices)) for vertices in self.some(collection["paths"])]
        rebuilt = PathCollection(paths, label=self.text(collection["label"]))
        if collection["offsets"] is not None:
            rebuilt.set_offset_transform(axes.transData)
            rebuilt.set_offsets(_points(collection["offsets"]))
        return rebuilt


def _handle(color: str, style: str) -> Line2D | Patch:
    """A line in a legend, or a patch if what it stands for has no line style."""
    if style:
        return Line2D([], [], color=color, linestyle=style)
    return Patch(color=color or "none")


def _image(axes: Axes, image: dict[str, Any]) -> AxesImage:
    origin, alpha = str(image["origin"]), image["alpha"]
    artist = AxesImage(axes, extent=_numbers(image["extent"], 4), origin=origin)
    artist.set_data(image["array"])
    artist.set_alpha(alpha)
    return artist
