"""From which neurons each student gets one, where assignment.toml says so."""

import numpy as np
from right import PAIRS, N, correlations, pairs, stability

from visual_coding_course.checking import unseen

#: dF/F that the mean response rises above its median, in each session: well above the noise of a
#: mean of ten repeats, some 0.03, so that there is something to see in the figure.
RESPONSE = 0.2
#: Mean correlation between sessions, of a neuron that answers the movie.
STABLE = 0.3
#: How far the best pair of sessions is ahead of the next: five times what a correlation may be off.
AHEAD = 0.03
#: How far its stability is from the median and the mean of all, which figures mark, too.
APART = 0.02
#: Pixels of the image around its mask: who cuts out a window around the neuron need not think of
#: the image's edge, where a slice that begins below 0 is empty.
AROUND = 25
#: Share of its mask that may be as bright as the image can be: where red is drawn into such a pixel
#: of a colour image, it stays as it is, and the mask is not seen whole.
SATURATED = 0.05


def neurons(way):
    """Choose from the neurons that were found in all sessions those that are fit."""
    ids = way.shared_ids
    means = np.stack([way.mean(letter, ids) for letter in "abc"])
    rises = (means.max(axis=-1) - np.median(means, axis=-1)).min(axis=0)
    r = np.sort(pairs(way.value(correlations, None, ids)), axis=-1)
    stable = r.mean(axis=-1)
    fit = (rises > RESPONSE) & (stable > STABLE) & (r[:, 2] - r[:, 1] > AHEAD)
    fit &= np.abs(stable - [[np.median(stable)], [stable.mean()]]).min(axis=0) > APART
    fit_ids = [int(neuron) for neuron in ids[fit] if is_well_seen(way, int(neuron))]
    return set(fit_ids) - unseen(way, N, fit_ids)


def is_well_seen(way, neuron):
    """Tell whether a neuron's masks are far from the edges of the image, and not on white."""
    images = [way.recording(letter).projection for letter in "abc"]
    masks = [np.asarray(way.mask(letter, neuron), dtype=bool) for letter in "abc"]
    return all(
        mask.sum() == mask[AROUND:-AROUND, AROUND:-AROUND].sum()
        and np.mean(image[mask] == image.max()) < SATURATED
        for image, mask in zip(images, masks)
    )


def numbers(way):
    """What the written answer of question 10 is about: a neuron's own numbers."""
    r = pairs(way.value(correlations))
    return {
        **{f"r({first}, {second})": round(float(x), 3) for (first, second), x in zip(PAIRS, r)},
        "most similar": way.most_similar,
        "response stability": round(float(way.value(stability)), 3),
    }


POOLS, NUMBERS = {N: neurons}, numbers
