"""Which marks on a projection can be told from those of all other neurons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from visual_coding_course.checking.drawings import Panel
from visual_coding_course.checking.standing_out import hidden_looks

from . import outlines
from .outlines import Shown

#: At so many other places, what is as large as a neuron may be a scale bar, arrows and such.
MOST_ELSEWHERE = 4
KINDS = ("points", "lines", "shapes", "bars")
#: How many times as high, or as wide, as the neuron's mask a mark may be that is taken for one of
#: another neuron.
LIKE_A_NEURON = 4
#: Marks whose middle is nearer, in pixels, are at the same place, as the levels of a contour.
NEAR = 4


def marks_standing_out(panel: Panel, shown: Shown, mask: np.ndarray) -> Panel:
    """Return a panel without the marks that look as most of those at other places do.

    Parameters
    ----------
    panel : Panel
        What is on the axes.
    shown : Shown
        The projection's image on it.
    mask : numpy.ndarray of bool
        The neuron's mask, in the projection's pixels.

    Returns
    -------
    Panel
        With all of its marks where there are few others.
    """
    elsewhere = marks_elsewhere(panel, shown, mask)
    if len({place for _, place in elsewhere}) <= MOST_ELSEWHERE:
        return panel
    return _without(panel, shown, hidden_looks((look for look, _ in elsewhere), MOST_ELSEWHERE))


def marks_elsewhere(
    panel: Panel, shown: Shown, mask: np.ndarray
) -> set[tuple[str, tuple[int, ...]]]:
    """Return look and place of what is as large as a neuron and not where its mask is."""
    rows, columns = (np.nonzero(mask.any(axis=axis))[0] for axis in (1, 0))
    size = np.array([np.ptp(rows) + 1, np.ptp(columns) + 1])
    low, high = (np.array([end(rows), end(columns)]) for end in (np.min, np.max))
    elsewhere = set()
    for look, first, last in _marks(panel, shown):
        middle, extent = (first + last) / 2, last - first
        alike = np.all((extent <= LIKE_A_NEURON * size) & (extent >= size / LIKE_A_NEURON))
        if alike and np.any((middle < low) | (middle > high)):
            elsewhere.add((look, tuple(np.rint(middle / NEAR).astype(int).tolist())))
    return elsewhere


def hidden_among(
    panel: Panel,
    shown: Shown,
    projection: np.ndarray,
    mask: np.ndarray,
    others: list[np.ndarray],
) -> bool:
    """Tell whether other masks are marked by the look that a mask is marked by.

    Parameters
    ----------
    panel : Panel
        Marks the mask, and maybe others.
    shown : Shown
        The projection's image on it.
    projection : numpy.ndarray
        The projection's own pixels.
    mask : numpy.ndarray of bool
        The one that is asked for.
    others : list of numpy.ndarray of bool
        Other masks; one that is much like it need not be told from it.
    """
    others = [one for one in others if outlines.likeness(one, mask) < outlines.SHOWS_MASK]
    near = np.any([mask, *others], axis=0)
    with_it, with_others = set(), set()
    for look in _looks(panel, shown):
        alike = _without(panel, shown, lambda one, look=look: one != look)
        # What is painted into the image itself has no look.
        alike.pictures = [picture for picture in alike.pictures if picture is not shown.of]
        for area in outlines.marked_areas(alike, shown, projection, near):
            its, *theirs = (outlines.likeness(area, one) for one in (mask, *others))
            best = max([its, *theirs])
            if best >= outlines.SHOWS_MASK:
                (with_it if its == best else with_others).add(look)
    return bool(with_it) and with_it <= with_others


def _looks(panel: Panel, shown: Shown) -> set[str]:
    looks = {look for kind in KINDS for look in panel.looks[kind]}
    return looks | {one.look for one in panel.pictures if one is not shown.of}


def _marks(panel: Panel, shown: Shown) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """Yield look, and first and last row and column, of what is drawn on a projection."""
    for kind in KINDS:
        for look, xy in zip(panel.looks[kind], getattr(panel, kind), strict=True):
            places = np.array(shown.on_projection(*xy[np.isfinite(xy).all(axis=1)].T))
            if places.size:
                yield look, places.min(axis=1), places.max(axis=1)
    for picture in panel.pictures:
        marked = np.isfinite(picture.pixels) & (picture.pixels != 0)
        if picture is not shown.of and marked.any() and not marked.all():
            found = np.nonzero(marked)
            x, y = picture.to_data(*(np.array([axis.min(), axis.max()]) for axis in found))
            rows, columns = np.sort(shown.on_projection(x, y), axis=1)
            yield picture.look, *np.stack([rows, columns], axis=1)


def _without(panel: Panel, shown: Shown, is_hidden: Callable[[str], bool]) -> Panel:
    kept = {
        kind: [i for i, look in enumerate(panel.looks[kind]) if not is_hidden(look)]
        for kind in KINDS
    }
    return replace(
        panel,
        pictures=[one for one in panel.pictures if one is shown.of or not is_hidden(one.look)],
        looks={kind: [panel.looks[kind][i] for i in kept[kind]] for kind in KINDS},
        **{kind: [getattr(panel, kind)[i] for i in kept[kind]] for kind in KINDS},
    )
