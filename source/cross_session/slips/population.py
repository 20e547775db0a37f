"""Slips in question 9: the neurons of all sessions, their stability, and its figure."""

from itertools import combinations, permutations

import numpy as np
from right import (
    correlations,
    cosine,
    fig_stability,
    pairs,
    pearson,
    shared_ids,
    stabilities,
    stability,
)

from checks.forms import IN_ANY_FIGURE, OF_AXES, recognised
from checks.truth import SESSIONS, cut
from visual_coding_course.checking import looks, slip

ALL_THREE = "A neuron counts if its id is in A and in B and in C."
INTERSECT = "Take the ids that two sessions have in common, and of these the ones of the third."
THREE = "The stability of a neuron is the mean of r(A, B), r(A, C) and r(B, C)."
OFF_DIAGONAL = "Of a 3 x 3 table take the three numbers above the diagonal, and their mean."


def each_pair(correlations):
    """Yield the three correlations."""
    yield from np.moveaxis(pairs(correlations), -1, 0)


def two_pairs(correlations):
    """Yield the means of two of the three."""
    for x, y in combinations(each_pair(correlations), 2):
        yield (x + y) / 2


def one_twice(correlations):
    """Yield the means of three, of which two are of the same pair."""
    for x, y in permutations(each_pair(correlations), 2):
        yield (2 * x + y) / 3


def whole_tables(correlations):
    """Yield means and sums over the 3 x 3 tables, in which each session also meets itself."""
    r = pairs(correlations).mean(axis=-1)
    yield from ((6 * r + 3) / 9, 6 * r + 3, (3 * r + 3) / 6, (6 * r + 3) / 6)


def sums(correlations, shared_ids):
    """Yield sums of three or six correlations, and these divided by another number."""
    r = pairs(correlations).mean(axis=-1)
    yield from (3 * r, 6 * r, 3 * r / 2, 3 * r / 9, 6 * r / 9, 3 * r / 6, 3 * r / len(shared_ids))


def fishers_z(correlations):
    """Yield the mean of Fisher's z of the three correlations, as it is and turned back to r."""
    z = np.arctanh(pairs(correlations)).mean(axis=-1)
    yield from (z, np.tanh(z))


def other_order(stabilities, shared_ids, recording):
    """Yield the right numbers, in the order of a session's file, sorted, or one place off."""
    for one in recording:
        in_file = one.ids[np.isin(one.ids, shared_ids)]
        yield stabilities[np.searchsorted(shared_ids, in_file)]
    yield np.sort(stabilities)
    yield np.sort(stabilities)[::-1]
    yield from (np.roll(stabilities, places) for places in (1, -1))


def across_neurons(recording, starts, shared_ids):
    """Yield the stability of the mean over all neurons, for each."""
    three = [cut(one.mean_dff, frames).mean(axis=0) for one, frames in zip(recording, starts)]
    yield np.full(len(shared_ids), pairs(pearson(np.stack(three))).mean())


def responses(way):
    """Return the mean responses of all shared neurons in each session, (neurons, 900) each."""
    way.value(stabilities)  # raises LookupError where it would take too long
    ids = tuple(way.shared_ids.tolist())
    return [way.mean(letter, ids) for letter in SESSIONS]


def without_signs(way):
    """Yield the mean of the three without their signs, and the mean without its own."""
    yield np.abs(way.stabilities)
    ids = tuple(way.shared_ids.tolist())
    yield np.abs(pairs(way.value(correlations, each=ids))).mean(axis=-1)


def centred_across_neurons(way):
    """Yield the stability of what is left when the mean over the neurons is taken off."""
    three = [mean - mean.mean(axis=0) for mean in responses(way)]
    for each in (three, [mean / mean.std(axis=0) for mean in three]):
        for table in (cosine, pearson):
            yield pairs(table(np.stack(each, axis=-2))).mean(axis=-1)


def with_all_others(way):
    """Yield each neuron's mean correlation with all, within sessions, and with those of another."""
    three = responses(way)
    count = len(three[0])
    table = np.corrcoef(np.concatenate(three)).reshape(3, count, 3, count)
    within = [table[i, :, i].mean(axis=-1) for i in range(3)]
    between = [(table[i, :, j].mean(axis=-1), table[j, :, i].mean(axis=-1))
               for i, j in combinations(range(3), 2)]  # fmt: skip
    # Of each pair the first session, or the second; of a table of two sessions, all of it.
    yield from (*within, np.mean(within, axis=0))
    yield from ((2 * within[0] + within[1]) / 3, (within[1] + 2 * within[2]) / 3)
    yield from np.mean(between, axis=0)
    for place in (0, 1):
        rows = [within[pair[place]] + across[place]
                for pair, across in zip(combinations(range(3), 2), between)]  # fmt: skip
        yield np.mean(rows, axis=0) / 2


def of_two_sessions(way):
    """Yield the ids that two sessions share, those that any two share, and those of one."""
    ids = [way.recording(letter).ids for letter in SESSIONS]
    shared = [np.intersect1d(*two) for two in combinations(ids, 2)]
    yield from (*shared, np.unique(np.concatenate(shared)))
    yield from (np.union1d(*two) for two in combinations(shared, 2))
    yield from map(np.sort, ids)


def all_ids(way):
    """Yield the ids of any session, each once, or as often as it occurs, sorted."""
    together = np.concatenate([way.recording(letter).ids for letter in SESSIONS])
    yield np.unique(together)
    yield np.sort(together)


def indices(way):
    """Yield cell indices in place of ids."""
    for letter in SESSIONS:
        yield np.sort(way.index(letter, tuple(way.shared_ids.tolist())))
        yield np.arange(len(way.recording(letter).ids))


looks(
    shared_ids,
    "union for intersection",
    all_ids,
    "`shared_ids` holds every neuron that is in any of the three sessions.",
    ALL_THREE,
    INTERSECT,
)

looks(
    shared_ids,
    "neurons of two sessions",
    of_two_sessions,
    "`shared_ids` holds neurons that are missing in one of the three sessions, too.",
    ALL_THREE,
    INTERSECT,
)

looks(
    shared_ids,
    "cell index for specimen id",
    indices,
    "`shared_ids` holds cell indices, which count the neurons within one session.",
    "Which number names a neuron in all sessions?",
    "Compare what `get_cell_specimen_ids()` returns, ids of nine digits.",
)

slip(
    stability,
    "a single pair",
    each_pair,
    "the correlation of one pair of sessions.",
    THREE,
    "Work out the other two pairs in the same way, and take the mean of the three.",
)

slip(
    stability,
    "two pairs",
    two_pairs,
    "the mean of two pairs of sessions.",
    THREE,
    "Work out the missing pair in the same way, and take the mean of the three.",
)

slip(
    stability,
    "one pair twice",
    one_twice,
    "a mean in which one pair of sessions counts twice, and another is missing.",
    THREE,
    "Read the letters of the three pairs, one after the other: which of them stands there twice?",
)

slip(
    stability,
    "mean of the whole table",
    whole_tables,
    "what is taken from the whole 3 x 3 table, in which each session also meets itself.",
    "Which three numbers of the table compare different sessions?",
    OFF_DIAGONAL,
)

slip(
    stability,
    "sum for mean",
    sums,
    "a sum of correlations, or divided by the wrong number.",
    "Over how many pairs of sessions does the mean run?",
    "Divide the sum of the three correlations by 3.",
)

slip(
    stability,
    "median for mean",
    lambda correlations: np.median(pairs(correlations), axis=-1),
    "the median of the three pairs",
    THREE,
    "Take the mean, both over the repeats and over the three pairs.",
)

looks(
    stability,
    "numbers beside the wrong ids",
    other_order,
    "`response_stability` holds the right numbers, but not beside the right ids.",
    "Are the numbers in the same order as the index of the Series?",
    "Make the Series with the ids in the order in which you worked through them, and sort the "
    "whole Series if at all.",
)

looks(
    stability,
    "percent for fraction",
    lambda right: 100 * right,
    "`response_stability` is in percent.",
    "Between which two numbers does a correlation lie?",
    "Leave r as it is.",
)

looks(
    stability,
    "rounded",
    lambda right: (np.round(right, digits) for digits in (1, 0)),
    "`response_stability` is rounded.",
    "Rounding takes much of a correlation away. Is it rounded anywhere?",
    "Leave out `round`: only what is printed may be shortened.",
)

slip(
    stability,
    "minimum or maximum for mean",
    lambda correlations: (of(pairs(correlations), axis=-1) for of in (np.min, np.max)),
    "the least, or the greatest, of the three correlations.",
    THREE,
    "Take the mean of the three in place of their minimum or maximum.",
)

looks(
    stability,
    "absolute values",
    without_signs,
    "`response_stability` has lost signs of correlations, or its own.",
    "A negative one says that a response rises where the other falls. What takes the sign away?",
    "Leave r and its mean as they are, with their signs.",
)

slip(
    stability,
    "Fisher's z averaged",
    fishers_z,
    "a mean of Fisher's z, `np.arctanh(r)`.",
    THREE + " Is r transformed anywhere?",
    "Take the plain mean of the three correlations.",
)

looks(
    stability,
    "our neuron for all",
    lambda way: np.full(len(way.shared_ids), way.stability),
    "`response_stability` has our neuron's number for every neuron.",
    "What changes from one turn of the loop to the next?",
    "In each turn work with that turn's own id, not with `cell_specimen_id`.",
)

looks(
    stability,
    "centred across neurons",
    centred_across_neurons,
    "`response_stability` compares responses from which the mean over all neurons was taken off.",
    "Pearson's correlation takes off each neuron's own mean over time: along which axis is that?",
    "In an array neurons x frames, each neuron's own mean is `mean(axis=1, keepdims=True)`.",
)

looks(
    stability,
    "all neurons compared with each other",
    with_all_others,
    "`response_stability` compares each neuron with all others, too.",
    "`np.corrcoef` compares all rows with all rows. Which of its numbers are a neuron with itself "
    "on another day?",
    "Correlate row by row: row i of one session with row i of the other, and nothing else.",
)

looks(
    stability,
    "mean taken across neurons",
    across_neurons,
    "`response_stability` compares means over all neurons: it is the same for each of them.",
    "One number for each neuron is asked for: over what does the mean run?",
    "Average over the axis of the repeats only, and keep a row for each neuron.",
)

recognised(
    shared_ids,
    {
        "unsorted ids": "Sort them, with `np.sort` or `sorted`: a set has no order.",
        "doubled ids": "Keep each id once: `np.unique` does it, and sorts, too.",
        "a decimal number": "Take the ids as `get_cell_specimen_ids()` returns them; a table with "
        "missing values turns integers into such numbers, and `.astype(int)` turns them back.",
        "left as a set": "Sort it with `sorted`, and give the list to `np.array`.",
    },
)

recognised(
    stability,
    {
        "not a Series": "Wrap the numbers: `pd.Series` takes them and, as `index`, the ids in "
        "the same order.",
        "a table for a Series": 'Take the column out: `["name"]` with its name, or `.iloc[:, 0]`. '
        "Or make the Series at once, `pd.Series(numbers, index=shared_ids)`.",
        "doubled ids": "Go through `shared_ids`, in which each id stands once, and see that no "
        "result is added twice.",
        "neurons missing": "Compare the index with `shared_ids`: which ids are missing? There "
        "should be one number for each of them.",
        "neurons that are not in all sessions": "Work through `shared_ids` only, the neurons "
        "that are in A and in B and in C.",
        "not a number": "Find the neurons with `response_stability[response_stability.isna()]`"
        ", and look at their mean responses: are they constant, empty, or NaN?",
        "three columns, not their mean": (
            "`response_stability` still has the three correlations of each neuron.",
            "One number for each neuron is asked for.",
            "Take the mean of the three columns: `mean(axis=1)` leaves a Series.",
        ),
        "counted from 0, not named by id": (
            "`response_stability` is indexed 0, 1, 2, …",
            "How could one look up a neuron in it?",
            "Give `pd.Series` the ids as `index`, in the order of the numbers.",
        ),
        "cell index for specimen id": (
            "`response_stability` is indexed by cell indices, which count the neurons of one "
            "session.",
            "Which number names a neuron in all sessions?",
            "Give `pd.Series` the ids as `index`, `shared_ids`, in the order of the numbers.",
        ),
        "text for a number": (
            "`response_stability` is indexed by ids that are text, not numbers.",
            "One looks a neuron up by its id as it comes from the recording, an integer.",
            "Give `pd.Series` the ids as `index`, without `str(...)` and without quotes.",
        ),
        "our neuron only": (
            "`response_stability` has a value for our neuron only.",
            "Every neuron that was found in all three sessions should have one.",
            "Go through all of `shared_ids`, and collect one number for each.",
        ),
    },
)

recognised(
    fig_stability,
    IN_ANY_FIGURE
    | OF_AXES
    | {
        "ids in place of values": "The index of `response_stability` holds the ids, its "
        "values the stability: give the Series itself to `ax.hist`.",
        "too few bins": "Ask `ax.hist` for more bars, for instance with `bins=20`.",
        "an image in place of a histogram": "Call `ax.hist(response_stability, bins=20)` in place "
        "of `ax.imshow`.",
        "one neuron only": "Give the whole Series to `ax.hist`, not one entry of it; the line "
        "that marks our neuron comes on top.",
        "part of the neurons": "Give the whole Series to `ax.hist`, without a slice, a filter "
        "or a narrow `range`.",
        "more than the neurons": "Give `response_stability` to `ax.hist`, which has one value "
        "for each neuron, not an array with several.",
        "other values drawn": "Compare what you draw with `response_stability`: is it the "
        "same Series, and was it changed after the figure was made?",
        "the same value for all neurons": "Look at `response_stability.describe()`: least and "
        "greatest should differ. Is the same row taken for every neuron?",
        "number, share and density mixed up": "`ax.hist` counts neurons; with `density=True` it "
        "gives a density, and so does a smoothed curve. Name the axis after what you drew.",
        "another neuron marked": "Call `ax.axvline(response_stability[cell_specimen_id])`: a "
        "Series takes the id, not a place in the order.",
        "our neuron called otherwise": "Give each `label` to the line that it is about: ours "
        "stands at `response_stability[cell_specimen_id]`.",
        "our neuron not marked": "Call `ax.axvline(response_stability[cell_specimen_id])` after "
        "drawing the others, or draw our neuron in a color of its own.",
    },
)
