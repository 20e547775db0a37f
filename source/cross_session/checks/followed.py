"""What long outlines on a projection follow: its own brightness, or the masks of all neurons."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from visual_coding_course.checking.drawings import Panel

from .outlines import Shown

#: Outlines of fewer points may follow something by chance.
FEWEST_POINTS = 100
#: Along an outline of an image itself, it is equally bright, as a share of how much it varies.
EQUALLY_BRIGHT = 0.02
#: So many points of an outline of masks lie at the edge of one.
AT_EDGES = 0.85


def follows_brightness(panel: Panel, shown: Shown, projection: np.ndarray) -> bool:
    """Whether a line on a panel goes where the projection has one brightness.

    Parameters
    ----------
    panel : Panel
        What is on the axes.
    shown : Shown
        The projection's image on it.
    projection : numpy.ndarray
        The projection's own pixels.
    """
    from scipy.ndimage import map_coordinates

    varies = np.ptp(np.percentile(projection, [5, 95]))
    for places in _outlines(panel, shown):
        along = map_coordinates(projection, places, order=1, mode="nearest")
        if np.ptp(np.percentile(along, [5, 95])) < EQUALLY_BRIGHT * varies:
            return True
    return False


def follows_masks(panel: Panel, shown: Shown, masks: np.ndarray) -> bool:
    """Whether a line on a panel goes along the edges of masks, bool, as large as the projection."""
    from scipy.ndimage import binary_dilation, binary_erosion

    edges = binary_dilation(masks) & ~binary_erosion(masks)
    limits = np.array(masks.shape)[:, np.newaxis] - 1
    for places in _outlines(panel, shown):
        rows, columns = np.clip(np.rint(places).astype(int), 0, limits)
        if edges[rows, columns].mean() > AT_EDGES:
            return True
    return False


def _outlines(panel: Panel, shown: Shown) -> Iterator[np.ndarray]:
    """Yield the rows and columns, not rounded, of the points of long outlines."""
    for outline in [*panel.lines, *panel.shapes]:
        points = outline[np.isfinite(outline).all(axis=1)]
        if len(points) >= FEWEST_POINTS:
            yield np.array(shown.on_projection(*points.T))
