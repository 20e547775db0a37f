"""What is written around the axes of a figure, and where: ticks, texts, labels in its margins."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.text import Annotation, Text
from matplotlib.ticker import NullFormatter, ScalarFormatter

#: So many ticks of an axis, and characters of each, are looked at.
MOST_TICKS = 200
MOST_LETTERS = 60
#: So much of the figure's width and height is its margin.
MARGIN = 0.2
#: So many texts of a panel are looked for beside it; a label stands at the middle of an axis.
MOST_BESIDE, MIDDLE = 20, 0.25
#: Said of an axis whose ticks say where they are, or are not there.
NO_TICKS = {"at": np.empty(0), "texts": []}


def describe_ticks(axis: Axis) -> dict[str, Any]:
    """Describe what the ticks within an axis's limits say: none if they say where they are."""
    formatter = axis.get_major_formatter()
    if type(formatter) in (ScalarFormatter, NullFormatter):
        return NO_TICKS
    try:
        low, high = sorted(axis.get_view_interval())
        at = np.asarray(axis.get_majorticklocs(), dtype=float)[:MOST_TICKS]
        texts = [str(text)[:MOST_LETTERS] for text in formatter.format_ticks(at)]
        kept = [(x, text) for x, text in zip(at, texts, strict=True) if low <= x <= high and text]
    except Exception:
        # A formatter may be the student's own function.
        kept = []
    return {"at": np.array([x for x, _ in kept]), "texts": [text for _, text in kept]}


def text_places(axes: Axes, texts: list[Text]) -> np.ndarray:
    """Where texts stand, or what their arrows point at, in data coordinates; NaN if in others."""
    places = [_place(text, axes) for text in texts]
    return np.array(places, dtype=float).reshape(-1, 2)


def _place(text: Text, axes: Axes) -> tuple[float, float]:
    try:
        if isinstance(text, Annotation):
            x, y = text.xy if text.xycoords == "data" else (np.nan, np.nan)
            return float(axes.convert_xunits(x)), float(axes.convert_yunits(y))
        across, along = text.get_transform().contains_branch_seperately(axes.transData)
        x, y = text.get_unitless_position()
        return (float(x) if across else np.nan), (float(y) if along else np.nan)
    except (TypeError, ValueError):
        return np.nan, np.nan


def labels_in_margins(texts: list[Text]) -> dict[str, str]:
    """Labels that texts of a figure are: upright below its middle, or turned at its left."""
    found: dict[str, list[str]] = {"x": [], "y": []}
    for text in texts:
        x, y = (float(part) for part in text.get_position())
        turned = 45 < float(text.get_rotation()) % 180 < 135
        if turned and not MARGIN < x < 1 - MARGIN:
            found["y"].append(str(text.get_text()))
        elif not turned and y < MARGIN and MARGIN < x < 1 - MARGIN:
            found["x"].append(str(text.get_text()))
    return {axis: " ".join(parts) for axis, parts in found.items()}


def labels_beside(axes: Axes, texts: list[Text]) -> dict[str, str]:
    """Labels that texts of a panel are: upright below the middle of it, or turned beside it."""
    found = {"xlabel": "", "ylabel": ""}
    for text in texts[:MOST_BESIDE]:
        try:
            box = text.get_window_extent().transformed(axes.transAxes.inverted())
        except Exception:
            # What cannot be drawn, as mathtext with an error in it, is no label.
            continue
        x, y = (box.min + box.max) / 2
        turned = 45 < float(text.get_rotation()) % 180 < 135
        if turned and not 0 < x < 1 and MIDDLE < y < 1 - MIDDLE:
            found["ylabel"] = str(text.get_text())
        elif not turned and box.y1 <= 0 and MIDDLE < x < 1 - MIDDLE:
            found["xlabel"] = str(text.get_text())
    return found
