"""What a projection is marked with in place of the neuron's mask of its session."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import partial

import numpy as np

from visual_coding_course.checking.drawings import Panel
from visual_coding_course.checking.way import Way
from visual_coding_course.checking.wrong import Wrong

from . import outlines
from .followed import follows_masks
from .outlines import Shown
from .truth import SESSIONS, Recording

NAME = "fig_masks"
#: Overlap with another neuron's mask from which on it is that one which is shown.
LIKE_ANOTHER = 0.7
#: Overlap of an area all over the image with all masks from which on these are marked.
LIKE_ALL = 0.6
#: So much of a mark within the mask, or of the mask within it, is where the neuron is.
MOST_OF_IT = 0.9
#: One large shape fills so much of the rectangle around it.
ONE_SHAPE = 0.6


def wrong(sentence: str, mistake: str | None = None) -> Wrong:
    """Say what is wrong with the figure."""
    return Wrong(NAME, "wrong_value", sentence, mistake=mistake)


def other_mark(
    where: str, panel: Panel, shown: Shown, areas: list[np.ndarray], letter: str, route: Way
) -> Wrong:
    """Say what a panel marks that shows the mask of no session."""
    mask = route.mask(letter)
    size = np.count_nonzero(mask)
    if not areas:
        return wrong(
            f"{where} shows no mask where the neuron is. Draw its mask on top: an outline, or a "
            "second image in which the other pixels are left out.",
            "no mask drawn",
        )
    if outlines.best_likeness(areas, mask.T) >= outlines.SHOWS_MASK:
        return wrong(
            f"{where} shows the neuron's mask with rows and columns exchanged. Draw the mask as "
            "it comes; `ax.contour` and `ax.imshow` both take the rows first.",
            "transposed array",
        )
    large = [area for area in areas if (area & mask).any() and area.sum() > 5 * size]
    # A box, or a disk, is one shape; many neurons leave most of the image around them free.
    scattered = [area for area in large if outlines.fullness(area) < ONE_SHAPE]
    if scattered:
        all_masks = route.recording(letter).all_masks()
        are_neurons = follows_masks(panel, shown, all_masks) or any(
            outlines.overlap(area, all_masks) > LIKE_ALL for area in scattered
        )
        return wrong(
            f"{where} marks much more than our neuron. Draw only its own mask"
            f"{', not those of all neurons' * are_neurons}.",
            "all neurons drawn" if are_neurons else None,
        )
    masks = [route.mask(each) for each in SESSIONS]
    if outlines.best_likeness(areas, np.any(masks, axis=0)) >= outlines.SHOWS_MASK:
        return wrong(
            f"{where} marks the neuron's masks of all sessions together, as one.",
            "masks of all sessions",
        )
    if any(_is_there(area, mask) for area in areas):
        return wrong(
            f"{where} marks the right place, but not with the outline of the neuron's mask. Draw "
            "the mask itself, not a point or a shape in its place.",
            "a shape in place of the mask",
        )
    if any(_is_there(area, _cut_out(mask)) for area in areas):
        return wrong(
            f"{where} shows the mask cut out around the neuron, in the corner of the image. How "
            "can it be where the neuron is?",
            "cut out of the image",
        )
    turned = (turn[::flip] for flip in (1, -1) for turn in map(partial(np.rot90, mask), range(4)))
    if any(outlines.best_likeness(areas, one) >= outlines.SHOWS_MASK for one in turned):
        return wrong(
            f"{where} shows the neuron's mask turned or mirrored. Image and mask fit each other as "
            "they come: `origin`, `extent` and direction of the axes must be the same for both.",
            "turned or mirrored",
        )
    if _shows_another_neuron(areas, route.recording(letter)):
        through_index = any(
            outlines.best_likeness(areas, other) >= outlines.SHOWS_MASK
            for other in _through_other_indices(route)
        )
        return wrong(
            f"{where} shows the mask of another neuron. Which index goes with which recording?",
            "cell index of another session" if through_index else "another neuron",
        )
    if any(_is_there(area, mask.T) for area in areas):
        return wrong(
            f"{where} marks the place where the neuron would be, were rows and columns exchanged. "
            "Which of the two is x, and which y?",
            "transposed array",
        )
    return wrong(
        f"{where} marks another place or shape than the neuron's mask in that session. Draw the "
        "mask as it is, at the place where it is."
    )


def _cut_out(mask: np.ndarray) -> np.ndarray:
    """Return a mask as it is drawn where only the rectangle around it was kept."""
    rows, columns = np.nonzero(mask)
    area = np.zeros_like(mask)
    area[rows - rows.min(), columns - columns.min()] = True
    return area


def _is_there(area: np.ndarray, mask: np.ndarray) -> bool:
    """Whether an area lies where a mask does: within it, around it, or much of both is shared."""
    shared, sizes = np.count_nonzero(area & mask), sorted(map(np.count_nonzero, (area, mask)))
    return shared > MOST_OF_IT * sizes[0] or outlines.overlap(area, mask) > 0.4


def _shows_another_neuron(areas: list[np.ndarray], recording: Recording) -> bool:
    neurons = [(area, recording.neuron_at(area)) for area in areas]
    return any(
        neuron is not None and outlines.likeness(area, recording.mask(neuron)) >= LIKE_ANOTHER
        for area, neuron in neurons
    )


def _through_other_indices(route: Way) -> Iterator[np.ndarray]:
    """Yield the masks that the cell index of one session leads to in another."""
    for letter, other in itertools.permutations(SESSIONS, 2):
        recording = route.recording(letter)
        if route.index(other) < len(recording.ids):
            yield recording.mask(recording.ids[route.index(other)])
