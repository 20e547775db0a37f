"""What a figure shows that does not show how the stability values are spread."""

from __future__ import annotations

import numpy as np
import pandas as pd

from visual_coding_course.checking.drawings import Panel
from visual_coding_course.checking.spread import FEW, MOST, boxes_of, counted

#: Cell specimen ids are larger, anything that is measured is smaller.
LEAST_ID = 1e6


def what_is_shown(panels: list[Panel], numbers: pd.Series) -> tuple[str, str]:
    """Say what panels show that do not show how values are spread.

    Parameters
    ----------
    panels : list of Panel
        Those of the figure.
    numbers : pandas.Series
        The values, by cell specimen id.

    Returns
    -------
    mistake, sentence : str
        Name of the mistake, and what was found.
    """
    points = [one for panel in panels for one in [*panel.points, *panel.lines, *panel.strokes]]
    # The outline of a stepped histogram, or of an area.
    points += [one for p in panels for one in [*p.bars, *p.shapes] if len(one) > 2 * FEW]
    boxes = [one for panel in panels for one in boxes_of([*panel.bars, *panel.shapes])]
    drawn = np.concatenate([np.empty((0, 2)), *points, *boxes])
    if _are_ids(drawn, numbers.index):
        return "ids in place of values", "What is drawn are the cell specimen ids."
    if max(map(len, points), default=0) < FEW and len(boxes) < FEW:
        if counted(boxes) >= MOST * len(numbers):
            return "too few bins", "Its histogram has too few bars to show a spread."
        if any(picture.pixels.size >= FEW for panel in panels for picture in panel.pictures):
            return "an image in place of a histogram", "An image tells values by colour alone."
        return "one neuron only", "Only a few values or lines are drawn."
    count = counted(boxes)
    if FEW <= count < MOST * len(numbers) and len(boxes) >= FEW:
        return "part of the neurons", "Its bars count fewer values than there are neurons."
    if count > len(numbers) / MOST:
        return "more than the neurons", "Its bars count more values than there are neurons."
    return "other values drawn", "What is drawn are other values."


def _are_ids(drawn: np.ndarray, ids: pd.Index) -> bool:
    """Whether coordinates are as large as cell specimen ids, and lie among them."""
    if not len(ids) or ids.dtype.kind not in "iuf" or ids.min() < LEAST_ID:
        return False
    return any(
        len(along) > 0 and bool(np.median(along) >= ids.min() and np.median(along) <= ids.max())
        for along in drawn.T
    )
