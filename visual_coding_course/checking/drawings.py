"""What a figure shows, as data: its panels, and what is drawn and written on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

COLORBAR = "<colorbar>"
MOST_PANELS = 50
#: Of each kind on a panel; and of all together in a figure.
MOST_ARTISTS = 2000
MOST_TOGETHER = 6000
MOST_LEGENDS = 20
MOST_CLASSES, MOST_CLASS = 5, 40
MOST_INSETS = 5
MOST_ENTRIES = 200
MOST_TICKS = 200
#: Of one text, and of all on a figure: checks search them with regular expressions.
MOST_LETTERS = 500
MOST_TEXTS = 50_000


@dataclass(frozen=True)
class Entry:
    """One line of a legend: its text, and the color and line style that it explains."""

    text: str
    color: str
    style: str


def entries_for(color: str, style: str, entries: list[Entry]) -> list[Entry]:
    """List the entries of a legend that may explain a line.

    One without a style is that of a patch, which may stand for lines of its color.
    """
    return [one for one in entries if one.color == color and one.style in ("", style)]


@dataclass
class Picture:
    """An image of one number per pixel, and where it lies on the axes.

    Attributes
    ----------
    pixels : numpy.ndarray, shape (rows, columns)
        Values; NaN where an image is masked.
    left, right, first, last : float
        Data coordinates of the outer edges: of the columns, and of the first and last row.
    look : str
        The same for images in the same colors.
    view : tuple of float
        Lowest x, lowest y, highest x, highest y of what is within the limits of the axes.
    """

    pixels: np.ndarray
    left: float
    right: float
    first: float
    last: float
    look: str = ""
    view: tuple[float, float, float, float] = (-np.inf, -np.inf, np.inf, np.inf)

    @property
    def window(self) -> tuple[slice, slice]:
        """Which rows and columns are seen: those whose centres are within the limits."""
        height, width = self.pixels.shape
        x, y = self.to_data(np.arange(height), np.arange(width))
        left, low, right, high = self.view
        return _span((y >= low) & (y <= high)), _span((x >= left) & (x <= right))

    def turned(self, rows: bool, columns: bool) -> Picture:
        """Return the same picture with its rows, or columns, in the opposite order."""
        pixels = self.pixels[:: -1 if rows else 1, :: -1 if columns else 1]
        first, last = (self.last, self.first) if rows else (self.first, self.last)
        left, right = (self.right, self.left) if columns else (self.left, self.right)
        return replace(self, pixels=pixels, left=left, right=right, first=first, last=last)

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


def _span(seen: np.ndarray) -> slice:
    """From the first to the last that is seen."""
    [found] = np.nonzero(seen)
    return slice(int(found[0]), int(found[-1]) + 1) if len(found) else slice(0, 0)


@dataclass(frozen=True)
class Ticks:
    """What ticks say, and where they stand; empty if they say just that."""

    at: np.ndarray
    texts: tuple[str, ...] = ()


NO_TICKS = Ticks(np.empty(0))


@dataclass
class Panel:
    """What is seen on one pair of axes, in data coordinates.

    `styles` has a line's color and style, `steps` its way of stepping, `labels` the names of lines
    that a legend would show; `looks`, for each kind, what cannot be told apart but by its place,
    `colors` its color, and `tints` the looks of its parts, numbered; `text_places` where the texts
    stand. `hidden` counts what is drawn and cannot be seen: it is covered, transparent, or outside
    of the limits. `unread` has the classes of large artists that are not understood, and may show
    data. `insets` are panels that lie on this one.

    `place` has the left, bottom, right and top edge of the axes on the figure, `limits` what is at
    these: left and right x, bottom and top y; `linear`, whether numbers go evenly from one to the
    other.
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
    strokes: list[np.ndarray] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    looks: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    colors: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    tints: dict[str, list[np.ndarray]] = field(default_factory=lambda: defaultdict(list))
    text_places: np.ndarray = field(default_factory=lambda: np.empty((0, 2)))
    ticks: dict[str, Ticks] = field(default_factory=lambda: defaultdict(lambda: NO_TICKS))
    unread: list[str] = field(default_factory=list)
    hidden: int = 0
    place: tuple[float, ...] = (0, 0, 1, 1)
    limits: tuple[float, ...] = (-np.inf, np.inf, -np.inf, np.inf)
    linear: bool = False
    insets: list[Panel] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether nothing is drawn."""
        drawn = self.lines or self.pictures or self.shapes or self.points or self.bars
        return not (drawn or self.unread)

    def has_read(self, fewest: int) -> bool:
        """Whether data could be read: an image, or something of so many points, or as many bars."""
        drawn = [*self.lines, *self.shapes, *self.points, *self.strokes]
        return bool(self.pictures) or max(map(len, [self.bars, *drawn])) >= fewest


@dataclass(eq=False)
class Drawing:
    """The panels of a figure on which something is seen, and what stands on the figure itself.

    `empty` counts the panels on which nothing is seen, `unseen` those of them on which something is
    drawn, `hidden` what is drawn on any and cannot be seen; `name` is the variable's, for messages;
    `beside` has what `Panel.unread` has, of what is on no panel; `found`, what `once` has made.
    """

    panels: list[Panel]
    xlabel: str
    ylabel: str
    title: str = ""
    legend: list[Entry] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    empty: int = 0
    unseen: int = 0
    hidden: int = 0
    name: str = ""
    beside: list[str] = field(default_factory=list)
    found: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, key: Any, make: Callable[[], Any]) -> Any:
        """What was made for a key before, or else now: several cases look for the same."""
        if key not in self.found:
            self.found[key] = make()
        return self.found[key]

    @property
    def unread(self) -> list[str]:
        """Classes of large artists that are not understood, on the panels or beside them."""
        return sorted({*self.beside, *(name for panel in self.panels for name in panel.unread)})

    def axis_labels(self, axis: str) -> str:
        """All labels of the x or y axes, in one text: one may stand for several panels."""
        texts = [getattr(self, f"{axis}label")]
        texts += [getattr(panel, f"{axis}label") for panel in self.panels]
        return " ".join(text for text in texts if text).strip()


def drawing_of(description: dict[str, Any]) -> Drawing:
    """Make a drawing from what `inside.figures.describe_figure` returned.

    Parameters
    ----------
    description : dict
        May come from a hostile process: whatever is not of the right form
        raises ValueError, TypeError, LookupError or AttributeError; of what is
        too much or too long, the rest is left out.
    """
    return _Reading().drawing(description)


@dataclass
class _Reading:
    """Reads one figure's description: so many artists and letters at most."""

    artists: int = MOST_TOGETHER
    letters: int = MOST_TEXTS

    def drawing(self, description: dict[str, Any]) -> Drawing:
        names, margins = ("xlabel", "ylabel", "title"), description["margins"]
        common = {name: self.text(description[f"sup{name}"]) for name in names}
        for axis in "xy":
            common[f"{axis}label"] = common[f"{axis}label"] or self.text(margins[axis])
        texts = [self.text(text) for text in self.some(description["texts"])]
        legends = [self.legend(one) for one in self.some(description["legends"], MOST_LEGENDS)]
        entries = [entry for legend in legends for entry in legend]
        axes = self.some(description["axes"], MOST_PANELS)
        axes = [one for one in axes if self.text(one["label"]) != COLORBAR]
        # What is written on all panels first: the labels of very many lines would leave it no room.
        panels = [self.written(one) for one in axes]
        for panel, one in zip(panels, axes, strict=True):
            self.draw(panel, one)
            for inset in self.some(one["insets"], MOST_INSETS):
                panel.insets.append(self.written(inset))
                self.draw(panel.insets[-1], inset)
        filled = [panel for panel in panels if not panel.empty]
        empty = [panel for panel in panels if panel.empty]
        return Drawing(
            filled,
            **common,
            legend=entries,
            texts=texts,
            empty=len(empty),
            unseen=sum(panel.hidden > 0 for panel in empty),
            hidden=sum(panel.hidden for panel in panels),
            beside=self.classes(description["unread"]),
        )

    def text(self, value: Any) -> str:
        if not isinstance(value, str):
            raise TypeError("no text")
        text = value[: min(MOST_LETTERS, self.letters)]
        self.letters -= len(text)
        return text

    def some(self, values: Any, most: int = MOST_ARTISTS) -> list:
        if not isinstance(values, list):
            raise TypeError("no list")
        taken = values[: min(most, self.artists)]
        self.artists -= len(taken)
        return taken

    def classes(self, names: Any) -> list[str]:
        return [self.text(name)[:MOST_CLASS] for name in self.some(names, MOST_CLASSES)]

    def legend(self, entries: Any) -> list[Entry]:
        kinds = ("text", "color", "style")
        some = self.some(entries, MOST_ENTRIES)
        return [Entry(*(self.text(entry[kind]) for kind in kinds)) for entry in some]

    def written(self, axes: dict[str, Any]) -> Panel:
        panel = Panel(*(self.text(axes[name]) for name in ("title", "xlabel", "ylabel")))
        panel.legend = self.legend(axes["legend"])
        panel.texts = [self.text(text) for text in self.some(axes["texts"])]
        panel.text_places = _numbers(axes["text_places"], 2)[: len(panel.texts)]
        panel.ticks = {axis: self.ticks(axes["ticks"][axis]) for axis in "xy"}
        panel.unread = self.classes(axes["unread"])
        panel.hidden = min(max(int(axes["hidden"]), 0), MOST_TOGETHER)
        panel.place, panel.limits = _four(axes["place"]), _four(axes["limits"])
        panel.linear = axes["linear"] is True
        return panel

    def ticks(self, ticks: dict[str, Any]) -> Ticks:
        texts = [self.text(text) for text in self.some(ticks["texts"], MOST_TICKS)]
        at = _numbers(ticks["at"], 1).ravel()[: len(texts)]
        if len(at) != len(texts):
            raise ValueError("ticks without a place")
        return Ticks(at, tuple(texts))

    def draw(self, panel: Panel, axes: dict[str, Any]) -> None:
        for line in self.some(axes["lines"]):
            label, *style = (self.text(line[part]) for part in ("label", "color", "style"))
            if _keep(panel.lines, line["xy"]):
                panel.styles.append(tuple(style))
                panel.steps.append(self.text(line["steps"]))
                panel.looks["lines"].append(_look(line["look"]))
                panel.labels += [label] if label[:1] != "_" else []
        for image in self.some(axes["images"]):
            panel.pictures += _pictures(image)
        for mesh in self.some(axes["meshes"]):
            panel.pictures += _meshed(mesh)
        for kind in ("strokes", "points", "bars", "shapes"):
            some = self.some(axes[kind])
            looks, colors = axes["looks"][kind], axes["colors"][kind]
            tints = axes["tints"].get(kind, [np.empty(0)] * len(looks))
            if not len(looks) == len(colors) == len(tints) == len(axes[kind]):
                raise ValueError("looks of other things than are drawn")
            for points, look, color, tint in zip(some, looks, colors, tints, strict=False):
                if _keep(getattr(panel, kind), points):
                    panel.looks[kind].append(_look(look))
                    panel.colors[kind].append(_look(color))
                    panel.tints[kind].append(_numbers(tint, 1).ravel())


def _look(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value[:MOST_LETTERS]


def _four(values: Any) -> tuple[float, ...]:
    left, bottom, right, top = (float(value) for value in np.ravel(values)[:5])
    return left, bottom, right, top


def _numbers(values: Any, width: int) -> np.ndarray:
    return np.asarray(values, dtype=float).reshape(-1, width)


def _keep(kept: list[np.ndarray], points: Any) -> bool:
    xy = np.asarray(points, dtype=float).reshape(-1, 2)
    if len(xy):
        kept.append(xy)
    return len(xy) > 0


def _pictures(image: dict[str, Any]) -> list[Picture]:
    left, right, bottom, top = (float(edge) for edge in image["extent"])
    first, last = (top, bottom) if image["origin"] == "upper" else (bottom, top)
    edges, opacity = (left, right, first, last), image["alpha"]
    edges += (_look(image["look"]), _four(image["view"]))
    seen = _layers(opacity, edges) if np.ndim(opacity) == 2 else []
    return _layers(image["array"], edges) + seen


def _layers(array: Any, edges: tuple) -> list[Picture]:
    """One picture for each color channel, and one of where a color image is not grey."""
    if array is None or np.size(array) == 0 or np.ndim(array) not in (2, 3):
        return []
    masked = np.ma.asarray(array)
    pixels = np.ma.filled(masked.astype(float), np.nan)
    if pixels.ndim == 2:
        return [Picture(pixels, *edges)]
    if pixels.shape[2] not in (1, 3, 4):
        raise ValueError("no channels of a color image")
    channels = [pixels[..., i] for i in range(pixels.shape[2])]
    apart = np.maximum.reduce(channels[:3]) - np.minimum.reduce(channels[:3])
    colored = np.where(np.isnan(apart), np.nan, apart > 1e-9)
    return [Picture(channel, *edges) for channel in [*channels, colored]]


def _meshed(mesh: dict[str, Any]) -> list[Picture]:
    corners = np.asarray(mesh["coordinates"], dtype=float)
    if corners.ndim != 3 or corners.shape[2] != 2:
        raise ValueError("no corners")
    (left, first), (right, last) = corners[0, 0], corners[-1, -1]
    array = np.ma.asarray(mesh["array"])
    shape = (corners.shape[0] - 1, corners.shape[1] - 1)
    if array.size != shape[0] * shape[1]:
        return []
    edges = (left, right, first, last, _look(mesh["look"]), _four(mesh["view"]))
    return _layers(array.reshape(shape), edges)
