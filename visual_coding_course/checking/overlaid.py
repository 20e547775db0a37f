"""Panels that lie on one another, such as twins of axes, as the one that they look like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from .drawings import Panel, Picture

#: Edges that are so near each other, as a share of the panel's size, are the same.
NEAR = 0.01
KINDS = ("lines", "shapes", "points", "bars", "strokes")
OF_KINDS = ("looks", "colors", "tints")


def as_seen(panels: list[Panel]) -> list[Panel]:
    """Return panels with what is drawn on others at the same place, where it lies on them.

    Parameters
    ----------
    panels : list of Panel
        Those of a figure, from below.

    Returns
    -------
    list of Panel
        One for each place.
    """
    found: list[Panel] = []
    for panel in panels:
        under = next((i for i, one in enumerate(found) if _same_place(one, panel)), None)
        if under is None:
            found.append(panel)
        else:
            found[under] = _together(found[under], panel)
    return found


def _same_place(one: Panel, other: Panel) -> bool:
    if not (one.linear and other.linear):
        return False
    edges = np.array([one.place, other.place])
    size = max(np.ptp(edges[0, ::2]), np.ptp(edges[0, 1::2]), 1e-9)
    return bool(np.abs(edges[0] - edges[1]).max() < NEAR * size)


def _together(under: Panel, over: Panel) -> Panel:
    x = _mapping(over.limits[:2], under.limits[:2])
    y = _mapping(over.limits[2:], under.limits[2:])
    of_kinds = {
        name: {kind: [*getattr(under, name)[kind], *getattr(over, name)[kind]] for kind in KINDS}
        for name in OF_KINDS
    }
    pictures = [_moved(picture, x, y) for picture in over.pictures]
    return replace(
        under,
        title=under.title or over.title,
        legend=[*under.legend, *over.legend],
        texts=[*under.texts, *over.texts],
        text_places=np.concatenate([under.text_places, *_all_moved([over.text_places], x, y)]),
        styles=[*under.styles, *over.styles],
        steps=[*under.steps, *over.steps],
        labels=[*under.labels, *over.labels],
        pictures=[*under.pictures, *pictures],
        insets=[*under.insets, *over.insets],
        unread=[*under.unread, *over.unread],
        hidden=under.hidden + over.hidden,
        **of_kinds,
        **{kind: [*getattr(under, kind), *_all_moved(getattr(over, kind), x, y)] for kind in KINDS},
    )


def _mapping(limits: tuple[float, ...], to: tuple[float, ...]) -> Callable:
    """Return what takes numbers on one axis to those at the same place on another."""
    scale = (to[1] - to[0]) / ((limits[1] - limits[0]) or 1.0)
    return lambda numbers: to[0] + (numbers - limits[0]) * scale


def _all_moved(points: list[np.ndarray], x: Callable, y: Callable) -> list[np.ndarray]:
    return [np.column_stack([x(xy[:, 0]), y(xy[:, 1])]) for xy in points]


def _moved(picture: Picture, x: Callable, y: Callable) -> Picture:
    left, low, right, high = picture.view
    (left, right), (low, high) = sorted([x(left), x(right)]), sorted([y(low), y(high)])
    return replace(
        picture,
        left=x(picture.left),
        right=x(picture.right),
        first=y(picture.first),
        last=y(picture.last),
        view=(left, low, right, high),
    )
