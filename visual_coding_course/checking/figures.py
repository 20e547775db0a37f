"""Read what is on the axes of a figure: its data and its labels, never its pixels."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any

import numpy as np

from ..inside.figures import describe_figure
from . import values
from .drawings import Drawing, drawing_of
from .traced import FEWEST_POINTS
from .wrong import CannotTell, Misnamed, NotAttempted, Wrong

READS = (
    "It reads what `ax.plot`, `ax.scatter`, `ax.bar`, `ax.hist`, `ax.fill_between`, `ax.imshow`, "
    "`ax.contour` and the like draw on flat axes."
)

#: What was read of figures while `reading_once`, by their `id`.
_known: ContextVar[dict[int, Drawing] | None] = ContextVar("known", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Read each live figure once in the block, however many cases judge it; nothing changes it."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def _read_once(figure: Any) -> Drawing:
    """Return the drawing of a live figure, described anew unless that was done in the block."""
    known = _known.get()
    known = {} if known is None else known
    if id(figure) not in known:
        known[id(figure)] = drawing_of(describe_figure(figure))
    return known[id(figure)]


def read(name: str, figure: Any) -> Drawing:
    """Read a figure.

    Parameters
    ----------
    name : str
        The variable's name, for messages.
    figure : matplotlib.figure.Figure or Drawing
        The answer, or what was copied of it.

    Raises
    ------
    NotAttempted
        If it is blank, or nothing is drawn on its axes.
    Wrong
        If it is not a figure, or one without any axes, or on which nothing can be seen.
    CannotTell
        If there is something on the figure itself that is not understood, and nothing on its axes.
    """
    from matplotlib.figure import FigureBase

    values.attempted(name, figure)
    if isinstance(figure, FigureBase):
        figure = _read_once(figure)
    if not isinstance(figure, Drawing):
        raise _no_figure(name, figure)
    drawing = replace(figure, name=name)
    if not drawing.panels and drawing.unread:
        raise cannot_tell(drawing)
    if not drawing.panels and not drawing.empty:
        raise Wrong(
            name,
            "wrong_shape",
            f"`{name}` is a figure without axes. `plt.gcf()` and `plt.figure()` make a new, empty "
            "one when the one you drew was shown already, or belongs to another cell.",
            mistake="an empty figure",
        )
    if not drawing.panels and drawing.hidden:
        raise Wrong(
            name,
            "wrong_value",
            f"Nothing that is drawn in `{name}` can be seen. Is it covered, transparent, or "
            "outside of the limits of its axes?",
            mistake="an empty window",
        )
    if not drawing.panels:
        sentence = f"`{name}` is still empty: nothing is drawn on its axes."
        raise NotAttempted(sentence, name, empty=True)
    return drawing


@contextmanager
def reading(name: str, figure: Any) -> Iterator[Drawing]:
    """Read a figure and judge it in the block: `read`, and then `where_read`."""
    drawing = read(name, figure)
    with where_read(drawing):
        yield drawing


@contextmanager
def where_read(drawing: Drawing, fewest: int = FEWEST_POINTS) -> Iterator[None]:
    """Judge a figure in the block; leave it to a person where nothing of its data could be read.

    Parameters
    ----------
    drawing : Drawing
        The figure.
    fewest : int
        What has as many points, or is one of as many bars, is data rather than a mark in it.

    Raises
    ------
    CannotTell
        In the place of Wrong, if large artists are not understood and all others show no data.
        What was read and is wrong stays wrong, whatever else is drawn.
    """
    try:
        yield
    except Misnamed:
        raise
    except Wrong:
        if drawing.unread and not any(panel.has_read(fewest) for panel in drawing.panels):
            raise cannot_tell(drawing) from None
        raise


def cannot_tell(drawing: Drawing) -> CannotTell:
    """Leave a figure to a person: say what is read, and what is there instead."""
    found = " and ".join(f"`{name}`" for name in drawing.unread)
    return CannotTell(drawing.name, f"{READS} Here it found {found}.")


def need_lines(drawing: Drawing, how: str) -> None:
    """Raise Wrong if no panel has a line; the message says how to draw one."""
    if not any(panel.lines for panel in drawing.panels):
        sentence = f"`{drawing.name}` has no line{_that_is_seen(drawing)}. {how}"
        raise Wrong(drawing.name, "wrong_value", sentence, mistake="no line drawn")


def _that_is_seen(drawing: Drawing) -> str:
    return " that can be seen" if drawing.hidden else ""


def need_labels(drawing: Drawing, x: str, y: str) -> None:
    """Raise Misnamed unless both axes are named.

    Parameters
    ----------
    drawing : Drawing
        The figure.
    x, y : str
        What the axes should be named after, for the message.
    """
    for axis, what in (("x", x), ("y", y)):
        if not drawing.axis_labels(axis):
            raise Misnamed(
                drawing.name,
                "wrong_value",
                f"The {axis} axis of `{drawing.name}` has no label. Say what it shows: {what}.",
                mistake="missing labels",
            )


def _no_figure(name: str, value: Any) -> Wrong:
    """Say what was given for a figure."""
    parts = list(np.ravel(value)[:1]) if isinstance(value, np.ndarray) else value
    parts = parts if isinstance(parts, (list, tuple)) else [parts]
    kinds = [kind.__name__ for part in parts[:1] for kind in type(part).__mro__]
    found = values.kind(value)
    if {"FigureBase", "Drawing"} & set(kinds):
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
