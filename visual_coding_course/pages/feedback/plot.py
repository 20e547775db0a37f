"""Draw a student's answer small, to stand beside the hint about it."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Callable, Mapping
from functools import cache
from threading import Lock
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ...checking.about import NOTHING, About
from ...checking.values import floats

#: Inches, and dots per inch: as it is drawn, and as the page shows it, sharp on a phone, too.
SIZE, DOTS, SHOWN_DOTS = (3.6, 2.1), 150, 96
#: A longer line is drawn as its envelope in so many steps; a larger image is thinned out to this.
STEPS, PIXELS = 500, 260
#: Fewer numbers than this are drawn as points, and those of a table written into it.
FEW = 30
#: Beyond this, matplotlib's arithmetic overflows.
LARGEST = 1e30
#: Pixels that are shown around what an image of zeros and ones marks.
MARGIN = 15
COLOURS = {"yours": "#0550ae", "right": "#b35900"}

_drawing = Lock()


def plot(
    answer: str,
    value: Any,
    right: Any = None,
    about: About = NOTHING,
    show_right: bool = False,
) -> dict | None:
    """Draw an answer.

    Parameters
    ----------
    answer : str
        Name of the student's variable.
    value : optional
        What it holds; anything.
    right : optional
        The right answer: its shape tells what the axes of the student's count.
    about : About
        What the assignment declares about its answers.
    show_right : bool
        Whether the right answer is drawn, too.

    Returns
    -------
    dict or None
        ``png`` (base64), ``alt`` (what is seen, in words), ``caption``, ``width`` and ``height``
        (pixels of the page). None if it is no array, or was read from a figure.
    """
    if is_figure(answer):
        # The student's own stands in the page already.
        return None
    try:
        stem = about.variants.stem(answer)
        in_order = stem in about.in_order
        yours, right = _array(value, in_order), _array(right, in_order)
        if yours is None:
            return None
        shown = {"yours": yours}
        if show_right and right is not None and right.ndim == yours.ndim:
            shown["right"] = right
        axes = about.axes.get(stem, ((), ""))
        labels = _labels(axes, yours, None if in_order else right)
        png = picture(lambda figure: _draw(figure, shown, labels))
        alt = f"Your {answer}: {_words(yours)}."
        if "right" in shown:
            alt += f" The right one: {_words(right)}."
        beside = ", and the right one" if "right" in shown else ""
        caption = f"Your `{answer}`{beside}"
        return as_shown(png, alt, caption)
    except Exception:
        # A plot is a help beside the hint: without one, the hint stands.
        return None


def right_figure(
    answer: str, right: Mapping[str, Any], figures: Mapping[str, tuple[Callable, str]]
) -> dict | None:
    """Draw what a figure should show, from the solution's arrays.

    Parameters
    ----------
    answer : str
        Name of the figure.
    right : mapping
        The right answers, by name.
    figures : mapping
        By figure, what draws the right one on an empty figure, and what it shows, in words.

    Returns
    -------
    dict or None
        As of `plot`; None of what is no figure, or if an array that it shows is not there.
    """
    if answer not in figures:
        return None
    draw, shows = figures[answer]
    try:
        png = picture(lambda figure: draw(figure, right))
    except Exception:
        # As without the student's own: the hint stands without it.
        return None
    return as_shown(png, f"The right {answer}: {shows}.", f"The right `{answer}`: {shows}")


def is_figure(answer: str) -> bool:
    """Whether an answer is a figure, by its name."""
    return answer.startswith("fig_")


def as_shown(png: str, alt: str, caption: str) -> dict:
    """Return a picture as the page takes it; see `plot`."""
    width, height = (round(inches * SHOWN_DOTS) for inches in SIZE)
    return {"png": png, "alt": alt, "caption": caption, "width": width, "height": height}


def _array(value: Any, in_order: bool) -> np.ndarray | None:
    """Return the numbers along one or two axes; None if there are no such."""
    array = floats(value).squeeze()
    if array.ndim not in (1, 2) or array.size < 2:
        return None
    return np.sort(array) if in_order and array.ndim == 1 else array


def _labels(
    known: tuple[tuple, str], yours: np.ndarray, right: np.ndarray | None
) -> tuple[tuple, str]:
    """What the axes count, as far as it is known of an array of this shape, and the unit."""
    axes, unit = known
    unlike = right is not None and right.shape != yours.shape
    if len(axes) != yours.ndim or unlike:
        axes = ("row", "column") if yours.ndim == 2 else ("entry",)
    return axes, unit


def _words(values: np.ndarray) -> str:
    """Say how many numbers there are, their range, and where an image is not 0."""
    finite = values if np.isfinite(values).all() else values[np.isfinite(values)]
    words = f"{' x '.join(map(str, values.shape))} numbers"
    if not finite.size:
        return f"{words}, none of them finite"
    low, high = finite.min(), finite.max()
    words += f", all {low:.4g}" if low == high else f" from {low:.4g} to {high:.4g}"
    if finite.size < values.size:
        words += f", {values.size - finite.size} of them NaN or infinite"
    if _marks(values) and high > low:
        rows, columns = np.nonzero(values)
        words += f"; {rows.size} are not 0, in rows {rows.min()} to {rows.max()}"
        words += f" and columns {columns.min()} to {columns.max()}"
    return words


def _marks(values: np.ndarray) -> bool:
    """Whether it is a large image of zeros and ones."""
    if values.ndim != 2 or min(values.shape) < 2 * FEW:
        return False
    return all(((row == 0) | (row == 1)).all() for row in values)


@cache
def _canvas() -> FigureCanvasAgg:
    """One for all plots: making a figure takes longer than clearing it."""
    return FigureCanvasAgg(Figure(figsize=SIZE, dpi=DOTS))


def picture(draw: Callable[[Figure], None]) -> str:
    """Draw on the one small figure.

    Parameters
    ----------
    draw : callable
        Takes the figure, which is empty, and draws on it.

    Returns
    -------
    str
        A PNG in base64.
    """
    with _drawing:
        canvas = _canvas()
        for panel in canvas.figure.axes:
            # `Figure.clear` would make each of them again first.
            panel.remove()
        with np.errstate(all="ignore"):
            draw(canvas.figure)
            canvas.draw()
        return _png(canvas)


def _draw(figure: Figure, shown: dict[str, np.ndarray], labels: tuple[tuple, str]) -> None:
    (_lines if shown["yours"].ndim == 1 else _images)(figure, shown, *labels)
    if not np.isfinite(shown["yours"]).any():
        figure.axes[0].set_title("no number that can be drawn", fontsize=8)


def _drawable(values: np.ndarray) -> np.ndarray:
    return np.clip(np.where(np.isfinite(values), values, np.nan), -LARGEST, LARGEST)


def _png(canvas: FigureCanvasAgg) -> str:
    """Return the picture in few colours, which takes a third of the bytes."""
    from PIL import Image

    buffer = io.BytesIO()
    picture = Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3])
    picture.quantize(64, method=Image.Quantize.FASTOCTREE).save(buffer, "png")
    return b64encode(buffer.getvalue()).decode()


def _lines(figure: Figure, shown: dict[str, np.ndarray], axes: tuple, unit: str) -> None:
    panel = figure.add_axes((0.2, 0.24, 0.76, 0.62 if len(shown) > 1 else 0.7))
    for name in reversed(shown):
        x, y = envelope(shown[name])
        few = shown[name].size <= FEW
        ring = {"ms": 7, "mfc": "none"} if name == "right" else {"ms": 3.5}
        style = {"marker": "o", "ls": "", **ring} if few else {"lw": 0.8}
        words = "your answer" if name == "yours" else "right"
        panel.plot(x, _drawable(y), color=COLOURS[name], label=words, **style)
    if len(shown) > 1:
        panel.legend(
            loc="lower right", bbox_to_anchor=(1, 1), ncol=2, fontsize=8, frameon=False,
            borderaxespad=0,
        )  # fmt: skip
    panel.spines[["top", "right"]].set_visible(False)
    name_axes(panel, axes[0], unit)
    panel.xaxis.get_major_locator().set_params(integer=True)


def envelope(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return a line that looks the same, of few points: lowest and highest value in each step."""
    if values.size <= 2 * STEPS:
        return np.arange(values.size), values
    starts = np.linspace(0, values.size, STEPS, endpoint=False).astype(int)
    ends = np.fmin.reduceat(values, starts), np.fmax.reduceat(values, starts)
    return np.repeat(starts, 2), np.stack(ends, axis=1).ravel()


def _images(figure: Figure, shown: dict[str, np.ndarray], axes: tuple, unit: str) -> None:
    window = window_around(list(shown.values()))
    width = 0.82 / len(shown)
    for place, (name, values) in enumerate(shown.items()):
        panel = figure.add_axes((0.17 + place * width, 0.24, width - 0.04, 0.62))
        _image(panel, values, window)
        pair = f"{'your answer' if name == 'yours' else 'right'} ({unit})"
        panel.set_title(pair if len(shown) > 1 else _colours(values, unit), fontsize=7.5)
        name_axes(panel, axes[1], "" if place else axes[0])
        panel.tick_params(labelleft=not place)
        for axis in (panel.xaxis, panel.yaxis):
            axis.get_major_locator().set_params(integer=True)


def _colours(values: np.ndarray, unit: str) -> str:
    """Say what the colours mean, in the place of a bar of them."""
    if _marks(values) or values.size <= FEW or not np.isfinite(values).all():
        return unit
    low_and_high = f"{values.min():.3g} (dark) to {values.max():.3g} (bright)"
    return f"{unit}: {low_and_high}" if unit else low_and_high


def _image(panel, values: np.ndarray, window: tuple) -> None:
    rows, columns = values.shape
    edges = (-0.5, columns - 0.5, rows - 0.5, -0.5)
    thin = tuple(slice(None, None, -(-length // PIXELS)) for length in values.shape)
    panel.imshow(
        _drawable(values[thin]), extent=edges, aspect="auto" if rows * 3 < columns else "equal",
        interpolation="nearest", cmap="viridis",
    )  # fmt: skip
    if window:
        panel.set(xlim=window[1], ylim=window[0][::-1])
    if values.size <= FEW:
        for (row, column), number in np.ndenumerate(values):
            panel.text(
                column, row, f"{number:.2g}", ha="center", va="center", fontsize=7.5,
                bbox={"facecolor": "white", "alpha": 0.8, "lw": 0, "pad": 1},
            )  # fmt: skip


def window_around(images: list[np.ndarray]) -> tuple:
    """Rows and columns around what masks mark; nothing for other images."""
    if not all(map(_marks, images)) or not any(image.any() for image in images):
        return ()
    places = np.concatenate([np.argwhere(image) for image in images])
    low, high = places.min(axis=0), places.max(axis=0)
    around = (high - low).max() / 2 + MARGIN
    ends = np.max([image.shape for image in images], axis=0) - 0.5
    centre = (low + high) / 2
    return tuple(zip(np.maximum(centre - around, -0.5), np.minimum(centre + around, ends)))


def name_axes(panel, x: str, y: str) -> None:
    """Write small labels, and few ticks."""
    panel.set_xlabel(x, fontsize=8)
    panel.set_ylabel(y, fontsize=8)
    panel.tick_params(labelsize=7.5)
    panel.locator_params(nbins=4)
    for axis in (panel.xaxis, panel.yaxis):
        axis.get_offset_text().set_fontsize(7.5)
