"""Read what is on the axes of a figure: its data and its labels, never its pixels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..grading.figures import Entry, legend_entries, style_of
from . import values
from .names import first_letter, tell_apart
from .wrong import NotAttempted, Wrong

COLORBAR = "<colorbar>"


@dataclass
class Picture:
    """An image of one number per pixel, and where it lies on the axes.

    Attributes
    ----------
    pixels : numpy.ndarray, shape (rows, columns)
        Values; NaN where an image is masked.
    left, right, first, last : float
        Data coordinates of the outer edges: of the columns, and of the first and last row.
    """

    pixels: np.ndarray
    left: float
    right: float
    first: float
    last: float

    def lies_on(self, other: Picture) -> bool:
        """Whether each pixel covers the same pixel of another image."""
        edges = [(one.left, one.right, one.first, one.last) for one in (self, other)]
        return self.pixels.shape == other.pixels.shape and edges[0] == edges[1]

    def to_data(self, rows, columns) -> tuple[np.ndarray, np.ndarray]:
        """Return data coordinates x, y of pixel centres."""
        height, width = self.pixels.shape
        x = self.left + (np.asarray(columns) + 0.5) * (self.right - self.left) / width
        y = self.first + (np.asarray(rows) + 0.5) * (self.last - self.first) / height
        return x, y

    def to_pixels(self, x, y) -> tuple[np.ndarray, np.ndarray]:
        """Rows and columns, not rounded, of data coordinates."""
        height, width = self.pixels.shape
        columns = (np.asarray(x) - self.left) / (self.right - self.left) * width - 0.5
        rows = (np.asarray(y) - self.first) / (self.last - self.first) * height - 0.5
        return rows, columns


@dataclass
class Panel:
    """What one pair of axes shows, in data coordinates.

    `styles` has a line's color and style, `labels` the names of lines that a legend would show.
    """

    title: str
    xlabel: str
    ylabel: str
    legend: list[Entry] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    styles: list[tuple[str, str]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    lines: list[np.ndarray] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    shapes: list[np.ndarray] = field(default_factory=list)
    points: list[np.ndarray] = field(default_factory=list)
    bars: list[np.ndarray] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether nothing is drawn."""
        return not (self.lines or self.pictures or self.shapes or self.points or self.bars)

    @property
    def told(self) -> str | None:
        """The session that the panel is said to show, if it can be read."""
        entries = [entry.text for entry in self.legend]
        return first_letter([self.title, self.ylabel, *entries, *self.texts])


@dataclass
class Drawing:
    """The panels of a figure on which something is drawn, and what stands on the figure itself.

    `empty` counts the panels on which nothing is drawn.
    """

    name: str
    panels: list[Panel]
    xlabel: str
    ylabel: str
    title: str = ""
    legend: list[Entry] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    empty: int = 0

    @property
    def tells_apart(self) -> bool:
        """Whether titles, legends or texts say which is which. A label alone is not seen."""
        panels = self.panels
        return tell_apart(
            [
                [panel.title for panel in panels],
                [panel.ylabel for panel in panels],
                [entry.text for owner in [self, *panels] for entry in owner.legend],
                [text for owner in [self, *panels] for text in owner.texts],
                [self.title],
                [self.ylabel],
            ]
        )

    def axis_labels(self, axis: str) -> str:
        """All labels of the x or y axes, in one text: one may stand for several panels."""
        texts = [getattr(self, f"{axis}label")]
        texts += [getattr(panel, f"{axis}label") for panel in self.panels]
        return " ".join(text for text in texts if text).strip()


def read(name: str, figure: Any) -> Drawing:
    """Read a figure.

    Parameters
    ----------
    name : str
        The variable's name, for messages.
    figure : matplotlib.figure.Figure
        The answer.

    Raises
    ------
    NotAttempted
        If it is blank, or nothing is drawn on its axes.
    Wrong
        If it is not a figure, or one without any axes.
    """
    from matplotlib.figure import FigureBase

    values.attempted(name, figure)
    if not isinstance(figure, FigureBase):
        raise _no_figure(name, figure)
    if not figure.axes:
        raise Wrong(
            name,
            "wrong_shape",
            f"`{name}` is a figure without axes. `plt.gcf()` and `plt.figure()` make a new, empty "
            "one when the one you drew was shown already, or belongs to another cell.",
            mistake="an empty figure",
        )
    drawing = _read(name, figure)
    if not drawing.panels:
        raise NotAttempted(f"`{name}` is still empty: nothing is drawn on its axes.", name)
    return drawing


def _no_figure(name: str, value: Any) -> Wrong:
    """Say what was given for a figure."""
    parts = list(np.ravel(value)[:1]) if isinstance(value, np.ndarray) else value
    parts = parts if isinstance(parts, (list, tuple)) else [parts]
    kinds = [kind.__name__ for part in parts[:1] for kind in type(part).__mro__]
    found = values.kind(value)
    if "FigureBase" in kinds:
        mistake, found = "figure and axes together", f"{found}, in which the figure is the first"
    elif any(kind.startswith("Axes") and kind != "AxesImage" for kind in kinds):
        mistake = "axes in place of the figure"
    else:
        mistake = "not a figure"
    return Wrong(
        name,
        "wrong_type",
        f"`{name}` is {found}. It should be a matplotlib figure: `plt.gcf()` gives you the current "
        "one, `ax.figure` the one that `ax` belongs to.",
        mistake=mistake,
    )


def _read(name: str, figure: Any) -> Drawing:
    axes = [ax for ax in figure.axes if ax.get_label() != COLORBAR]
    panels = [panel for panel in map(_read_panel, axes) if not panel.empty]
    entries = [entry for legend in figure.legends for entry in legend_entries(legend)]
    common = {kind: _text(figure, f"_sup{kind}") for kind in ("xlabel", "ylabel", "title")}
    texts = [str(text.get_text()) for text in figure.texts]
    texts = [text for text in texts if text not in common.values()]
    empty = len(axes) - len(panels)
    return Drawing(name, panels, **common, legend=entries, texts=texts, empty=empty)


def _text(owner: Any, attribute: str) -> str:
    text = getattr(owner, attribute, None)
    return text.get_text() if text is not None else ""


def _read_panel(ax) -> Panel:
    title = " ".join(ax.get_title(loc) for loc in ("left", "center", "right")).strip()
    legend = ax.get_legend()
    panel = Panel(title, ax.get_xlabel(), ax.get_ylabel())
    panel.legend = legend_entries(legend) if legend else []
    panel.texts = [str(text.get_text()) for text in ax.texts]
    for line in ax.lines:
        if _keep(panel.lines, line.get_xdata(orig=False), line.get_ydata(orig=False)):
            panel.styles.append(style_of(line))
            panel.labels += [label for label in [str(line.get_label())] if label[:1] != "_"]
    for image in ax.images:
        panel.pictures += _read_image(image)
    for collection in ax.collections:
        _read_collection(collection, ax, panel)
    for patch in ax.patches:
        path = patch.get_path().transformed(patch.get_patch_transform())
        _keep(panel.bars, *path.vertices.T)
    return panel


def _keep(points: list, x, y) -> bool:
    try:
        xy = np.column_stack([np.asarray(x, dtype=float), np.asarray(y, dtype=float)])
    except (TypeError, ValueError):
        return False
    if len(xy):
        points.append(xy)
    return len(xy) > 0


def _read_image(image) -> list[Picture]:
    left, right, bottom, top = image.get_extent()
    first, last = (top, bottom) if image.origin == "upper" else (bottom, top)
    edges = (left, right, first, last)
    opacity = image.get_alpha()
    seen = _layers(opacity, edges) if np.ndim(opacity) == 2 else []
    return _layers(image.get_array(), edges) + seen


def _layers(array, edges: tuple) -> list[Picture]:
    """One picture for each color channel, and one of where a color image is not grey."""
    if array is None or np.size(array) == 0 or np.ndim(array) not in (2, 3):
        return []
    masked = np.ma.asarray(array)
    pixels = np.ma.filled(masked.astype(float), np.nan)
    if pixels.ndim == 2:
        return [Picture(pixels, *edges)]
    channels = [pixels[..., i] for i in range(pixels.shape[2])]
    colored = np.maximum.reduce(channels[:3]) - np.minimum.reduce(channels[:3]) > 1e-9
    return [Picture(channel, *edges) for channel in [*channels, colored.astype(float)]]


def _read_collection(collection, ax, panel: Panel) -> None:
    if hasattr(collection, "get_coordinates"):
        corners = np.asarray(collection.get_coordinates(), dtype=float)
        (left, first), (right, last) = corners[0, 0], corners[-1, -1]
        array = np.ma.asarray(collection.get_array())
        shape = (corners.shape[0] - 1, corners.shape[1] - 1)
        if array.size == shape[0] * shape[1]:
            panel.pictures += _layers(array.reshape(shape), (left, right, first, last))
        return
    if collection.get_offset_transform() == ax.transData:
        offsets = np.ma.filled(np.ma.asarray(collection.get_offsets(), dtype=float), np.nan)
        _keep(panel.points, *offsets.reshape(-1, 2).T)
        return
    transform = collection.get_transform()
    for path in collection.get_paths():
        vertices = path.vertices
        if len(vertices) and transform != ax.transData:
            vertices = (transform - ax.transData).transform(vertices)
        _keep(panel.shapes, *vertices.T)
