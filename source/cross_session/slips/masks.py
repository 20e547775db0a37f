"""Mistakes in question 3: the maximum projection, the neuron's mask, and the figure of both."""

import numpy as np
from recorded import fig_masks, mask, projection
from scipy.ndimage import binary_dilation, binary_erosion

from checks.forms import IN_ANY_FIGURE, recognised
from visual_coding_course.checking import fit, looks

AS_IT_IS = "Keep the array that `get_max_projection()` of `data_set_{small}` returns as it is."

WHICH_IMAGE = "Which recording was it taken from?"

OWN_MASK = (
    "Give `get_roi_mask_array` of `data_set_{small}` our neuron's id in a list, and take the only "
    "mask of what it returns."
)

OWN_INDEX = "With an index, take `index_{small}` for `data_set_{small}`; or ask by id: " + OWN_MASK

ONE_ROW = "Add `[0]`, which takes the first and only entry along the first axis."

NO_TURN = "Leave out `.T`, `np.transpose`, `np.flip` and `np.rot90`: rows come first in both."


def turned(right):
    """Yield an image upside down, mirrored, and turned by a right angle, or two."""
    yield from (right[::-1], right[:, ::-1])
    yield from (np.rot90(right, turns) for turns in (1, 2, 3))


def rescaled(right):
    """Yield an image scaled to 0 to 1, to 0 to 255, and as a root or logarithm."""
    low, high = right.min(), right.max()
    shifted = (right - low, right - right.mean(), (right - low) / (high - low))
    scaled = (right / high, right / 255, 255 * right / high, right * high / 255)
    bent = (np.sqrt(right), np.log(right), np.log1p(right))
    for other in (*shifted, *scaled, *bent, np.minimum(right, np.percentile(right, 99))):
        # A few pixels tell whether anything was changed.
        if not np.allclose(other.flat[::97], right.flat[::97]):
            yield other


def of_another_neuron(recording, index, value):
    """Whether a mask is that of one of the other neurons."""
    other = recording.neuron_at(value.astype(bool))
    if other in (None, recording.ids[index]):
        return False
    return np.array_equal(value.astype(bool), recording.mask(other))


def mask_at(way, letter, index):
    """Return the mask that stands at an index of a recording."""
    recording = way.recording(letter)
    return recording.mask(recording.ids[index])


def index_of_another(way, letter, other):
    """Yield the mask where recording and cell index are of two sessions."""
    for recorded, indexed in ((letter, other), (other, letter)):
        if way.index(indexed) < len(way.recording(recorded).ids):
            yield mask_at(way, recorded, way.index(indexed))


def neighbours(way, letter):
    """Yield the masks of the neurons after and before ours, unless it is the first neuron's."""
    index = way.index(letter)
    yield from (mask_at(way, letter, other) for other in (index + 1, index - 1) if other > 0)


def everything(way, letter):
    """Yield what marks all pixels, and what marks all of the image that is not black."""
    image = way.recording(letter).projection
    yield from (np.ones_like(image), image > 0)


def reshaped(way, letter, value):
    """Yield the mask grown, shrunk, as its outline, and as the box around it, if it is so small."""
    mask = way.mask(letter)
    if np.shape(value) != mask.shape or np.count_nonzero(value) > 10 * np.count_nonzero(mask):
        return
    grown, shrunk = binary_dilation(mask), binary_erosion(mask)
    yield from (grown, shrunk, mask & ~shrunk, grown & ~mask)
    rows, columns = np.nonzero(mask)
    box = np.zeros_like(mask)
    box[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1] = True
    yield box


def marks_all(value, right, recording):
    """Whether a mask marks our neuron, and the first and the last one."""
    ends = (recording.mask(neuron) for neuron in recording.ids[[0, -1]])
    return all(value.astype(bool)[pixels].all() for pixels in (right, *ends))


def cut_out(value, right):
    """Whether a mask has all of the neuron's pixels, in a smaller image."""
    rows, columns = np.nonzero(right)
    box = right[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    found = np.asarray(value) != 0
    if found.size >= right.size:
        return False
    rows, columns = np.nonzero(found)
    inner = found[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    return np.array_equal(inner, box)


def of_all_neurons(way, letter):
    """Return what has the shape of all neurons' masks; reading them would take long."""
    recording = way.recording(letter)
    return np.broadcast_to(np.nan, (len(recording.ids), *recording.projection.shape))


looks(
    projection,
    "another session's array",
    lambda way, other: way.recording(other).projection,
    "`{answer}` is the maximum projection of session {other}.",
    WHICH_IMAGE,
    "Take it from `data_set_{small}`.",
)

for at in (projection, mask):
    looks(
        at,
        "transposed array",
        lambda right: right.T,
        "`{answer}` has its rows and columns exchanged.",
        "The array comes as rows x columns, "
        + ("the way it is drawn." if at is projection else "as the projection does."),
        NO_TURN,
    )
    looks(
        at,
        "turned or mirrored",
        turned,
        "`{answer}` is the "
        + ("right image" if at is projection else "neuron's mask")
        + ", turned or mirrored.",
        "Masks and projection fit each other as they come.",
        NO_TURN,
    )

looks(
    projection,
    "rescaled",
    rescaled,
    "`{answer}` is the right image, but its brightness was changed.",
    "To see more in the figure, change how it is drawn (`vmax`), not the array.",
    AS_IT_IS,
)

looks(
    projection,
    "cut to the mask",
    lambda way, letter: way.recording(letter).projection * way.mask(letter),
    "`{answer}` is the projection within the neuron's mask only.",
    "The whole image is asked for.",
    AS_IT_IS,
)

looks(
    projection,
    "the maximum taken once more",
    lambda right: (right.max(axis) for axis in (None, 0, 1)),
    "`{answer}` is the largest value of the projection, or that of each row or column.",
    "The projection itself is asked for, with a value for each pixel. What was done to it?",
    "The maximum over the film was taken already. " + AS_IT_IS,
)

fit(
    projection,
    "masks in place of the projection",
    lambda value: np.isin(value, (0, 1)).all(),
    "`{answer}` holds nothing but 0 and 1, as masks do, not the brightness of an image.",
    "Which method of the recording returns the maximum projection?",
    AS_IT_IS,
)

looks(
    mask,
    "another session's array",
    lambda way, other: way.mask(other),
    "`{answer}` is the neuron's mask in session {other}.",
    "Its outline is a little different each day: which recording was it taken from?",
    OWN_MASK,
)

looks(
    mask,
    "cell index of another session",
    index_of_another,
    "`{answer}` is the mask of another neuron: recording and cell index come from two "
    "sessions, {letter} and {other}.",
    "Which index goes with which recording?",
    OWN_INDEX,
)

looks(
    mask,
    "the first neuron",
    lambda way, letter: mask_at(way, letter, 0),
    "`{answer}` is the mask of the first neuron in the recording, not of ours.",
    "What `[0]` takes is the first mask of those that were asked for. Which were they?",
    OWN_MASK,
)

looks(
    mask,
    "off by one",
    neighbours,
    "`{answer}` is the mask of the neuron next to ours.",
    "The first neuron has the cell index 0. Was something added or taken away?",
    OWN_INDEX,
)

looks(
    mask,
    "an empty mask",
    lambda way, letter: np.zeros_like(way.mask(letter)),
    "`{answer}` is empty: it marks no pixel.",
    "Is it filled anywhere, or compared with a value that no pixel has?",
    OWN_MASK,
)

looks(
    mask,
    "inverted",
    lambda way, letter: ~way.mask(letter),
    "`{answer}` marks all pixels but those of the neuron.",
    "It should be 1, or True, where the neuron is.",
    "Leave the mask as it comes, or turn it around: `!= 0` in place of `== 0`.",
)

looks(
    mask,
    "an image in place of the mask",
    everything,
    "`{answer}` is an image, with a value in all pixels, not a mask.",
    "Which method of the recording returns masks?",
    OWN_MASK,
)

looks(
    mask,
    "changed afterwards",
    reshaped,
    "`{answer}` is the neuron's mask, made larger or smaller, or turned into an outline or a box.",
    "The mask itself is asked for; an outline is for the figure.",
    OWN_MASK,
)

looks(
    mask,
    "the mask summed",
    lambda right: (right.sum(axis) for axis in (None, 0, 1)),
    "`{answer}` counts the mask's pixels.",
    "The mask itself is asked for, with a value for each pixel of the image.",
    "Leave out the sum. " + OWN_MASK,
)

looks(
    mask,
    "places of the pixels",
    lambda right: (at for at in (np.argwhere(right), np.argwhere(right).T)),
    "`{answer}` lists the rows and columns of the mask's pixels.",
    "The mask itself is asked for: an image that is 0 outside the neuron.",
    "Leave out `np.argwhere` or `np.nonzero`. " + OWN_MASK,
)

looks(
    mask,
    "all neurons",
    of_all_neurons,
    "`{answer}` holds the masks of all neurons, of which ours is one.",
    "Which of them is ours: what picks it out?",
    OWN_INDEX,
)

fit(
    mask,
    "cut out of the image",
    cut_out,
    "`{answer}` has the shape {shape}: it is cut out around the neuron.",
    "The mask of the whole image is asked for, on which the neuron has its place, too.",
    OWN_MASK,
)

fit(
    mask,
    "all neurons",
    marks_all,
    "`{answer}` holds the masks of all neurons, of which ours is one.",
    "Which of them is ours: what picks it out?",
    OWN_INDEX,
)

fit(
    mask,
    "another neuron",
    of_another_neuron,
    "`{answer}` marks another place in the image: the mask of another neuron.",
    "How was the neuron chosen? An index is good in one session only.",
    OWN_INDEX,
)

recognised(
    fig_masks,
    IN_ANY_FIGURE
    | {
        "no image drawn": "Call `ax.imshow` on each panel, with the maximum projection of its "
        "session.",
        "one image of all sessions": "In the loop, draw the projection that it gives you, not a "
        "mean, a sum or a maximum over all three.",
        "images of one colour": "Leave out `vmin` and `vmax`, or give them the smallest and the "
        "largest brightness of the projection.",
        "projections covered": "Leave out the other pixels of the mask with "
        "`np.ma.masked_equal(mask, 0)`, or draw its outline with `ax.contour`.",
        "masks without projections": "Draw the projection first, with `ax.imshow`, and the "
        "mask after it on the same panel, as an outline or half transparent.",
        "transposed array": "Leave out `.T`, `np.transpose` and `np.rot90`: both arrays come "
        "as rows x columns, which is what `ax.imshow` and `ax.contour` take.",
        "no mask drawn": "After `ax.imshow`, call `ax.contour` on the same panel, with the "
        "session's mask and a level between 0 and 1.",
        "another session's mask": "Go through panels, projections and masks in one loop, `for "
        "ax, projection, mask in zip(...)`, and draw what the loop gives you.",
        "cut out of the image": "Draw the mask of the whole image, as `get_roi_mask_array` gives "
        "it, which has as many rows and columns as the projection.",
        "masks of all sessions": "On each panel, draw the mask of its own session only; or the "
        "others in another colour.",
        "all neurons drawn": "Draw `roi_mask_a`, `roi_mask_b` and `roi_mask_c`, one on each "
        "panel, not what `get_roi_mask_array()` returns for all neurons. Others may stay in, "
        "in grey, if ours is drawn over them in a colour.",
        "the image outlined": "Give the mask to `ax.contour`, such as `roi_mask_a` with "
        "`levels=[0.5]`, and the projection to `ax.imshow` alone.",
        "cell index of another session": "An index is good in one session only. Draw "
        "`roi_mask_a`, `roi_mask_b` and `roi_mask_c`, which you have found already.",
        "another neuron": "Draw `roi_mask_a`, `roi_mask_b` and `roi_mask_c`, one on each "
        "panel, rather than taking masks anew by a number.",
        "another unit of length": "`ax.imshow` counts pixels. Call the axes so, or give it an "
        "`extent` in micrometres.",
        "image and mask in different units": "Draw both in pixels, without `extent`; or give "
        "both the same one, in micrometres.",
        "an outline beside the neuron": "Cut the mask as the projection is cut, "
        "`mask[top:bottom, left:right]`; or draw both whole, and set `xlim` and `ylim`.",
        "turned or mirrored": "Leave out `np.flip`, `[::-1]`, `np.rot90` and `.T`; and give both "
        "`ax.imshow` the same `origin` and `extent`, or leave these out.",
        "zoomed past the neuron": "`np.nonzero(mask)` gives rows, which are y, and then columns, "
        "which are x. Set `xlim` around the columns and `ylim` around the rows, or leave out the "
        "limits.",
        "a shape in place of the mask": "Give the mask itself to `ax.contour`, which finds "
        "its outline; a circle or a rectangle is not needed.",
    },
)

recognised(
    projection,
    {
        "an axis of length 1": ONE_ROW,
        "a function not called": (
            "`{answer}` is the recording's method itself, not what it returns.",
            "A method is called with parentheses after its name.",
            "Add `()` at the end of the line.",
        ),
    },
)

recognised(
    mask,
    {
        "an axis of length 1": ONE_ROW,
        "a function not called": OWN_MASK,
        "NaN in place of 0": (
            "Keep the mask as `get_roi_mask_array` gives it. To leave pixels out of a figure, draw "
            "`np.ma.masked_equal(mask, 0)`, and keep the mask itself."
        ),
    },
)
