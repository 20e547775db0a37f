"""Mistakes in question 9: the neurons of all sessions, their stability, and its figure."""

from itertools import combinations

import numpy as np
from scipy.stats import rankdata

from checks.forms import mistakes_of_figure
from checks.population import mean_responses, own_rows
from checks.population import pair_correlations as pairs
from checks.truth import SESSIONS, stability
from visual_coding_course.checking import Mistake

READ = (
    "numpy.intersect1d",
    "https://numpy.org/doc/stable/reference/generated/numpy.intersect1d.html",
)

SECOND_HINTS = {
    "shared_ids": "Read `get_cell_specimen_ids()` of the three recordings. `np.intersect1d` takes "
    "two of them; give its result and the third to it again.",
    "response_stability": "For each session take the mean over the repeats of all traces, then "
    "the rows `get_cell_specimen_indices(shared_ids)` of that session: now row i is the same "
    "neuron everywhere. Correlate row by row, for the three pairs, and take the mean.",
}

ALL_THREE = "A neuron counts if its id is in A and in B and in C."
INTERSECT = "Take the ids that two sessions have in common, and of these the ones of the third."
THREE = "The stability of a neuron is the mean of r(A, B), r(A, C) and r(B, C)."
OWN_ROWS = (
    "Ask each recording for its own rows, with `get_cell_specimen_indices(shared_ids)`, and keep "
    "`shared_ids` as the index of the Series."
)
MEAN_FIRST = "Take the mean of the ten repeats first: one course of 900 values for each neuron."
OFF_DIAGONAL = "Of a 3 x 3 table take the three numbers above the diagonal, and their mean."


def whole_tables(right):
    """Yield means and sums over the 3 x 3 tables, in which each session also meets itself."""
    r = pairs(right).mean(axis=0)
    yield from ((6 * r + 3) / 9, 6 * r + 3, (3 * r + 3) / 6, (6 * r + 3) / 6)


def sums(right):
    """Yield sums of three or six correlations, and these divided by another number."""
    r = pairs(right).mean(axis=0)
    yield from (3 * r, 6 * r, 3 * r / 2, 3 * r / 9, 6 * r / 9, 3 * r / 6, 3 * r / len(r))


def with_itself(right):
    """Yield the mean when one session stands in place of another."""
    for r in pairs(right):
        yield (1 + 2 * r) / 3
    yield np.ones(len(right.shared_ids))


def parts(three):
    """Yield the mean of three correlations, of two of them, and each alone."""
    yield three.mean(axis=0)
    yield from ((x + y) / 2 for x, y in combinations(three, 2))
    yield from three


def rows_of_one_session(right):
    """Yield the stability when one session's rows are used in all."""
    fewest = min(len(right.recording(letter).ids) for letter in SESSIONS)
    for letter in SESSIONS:
        rows = np.minimum(own_rows(right, letter), fewest - 1)
        yield from parts(pairs(right, rows=lambda right, letter, rows=rows: rows))


def other_rows(right):
    """Yield the stability when rows are counted, in the file's order, or places of sorted ids."""
    shared = right.shared_ids

    def in_file(right, letter):
        return np.flatnonzero(np.isin(right.recording(letter).ids, shared))

    def among_sorted(right, letter):
        return np.searchsorted(np.sort(right.recording(letter).ids), shared)

    for rows in (lambda right, letter: np.arange(len(shared)), in_file, among_sorted):
        yield from parts(pairs(right, rows=rows))


def other_order(right):
    """Yield the right numbers, in the order of a session's file, or sorted."""
    numbers = pairs(right).mean(axis=0)
    for letter in SESSIONS:
        yield numbers[np.argsort(own_rows(right, letter))]
    yield np.sort(numbers)
    yield np.sort(numbers)[::-1]


def of_repeats(right):
    """Yield the stability of single repeats, their mean, and that of all repeats in a row."""
    each = [
        pairs(right, of=lambda recording, i=i: recording.responses[:, i]).mean(axis=0)
        for i in range(10)
    ]
    yield from (*each, np.mean(each, axis=0))
    in_a_row = pairs(right, of=lambda recording: recording.responses.reshape(-1, 9000))
    yield in_a_row.mean(axis=0)


def medians(right):
    """Yield the median of the three correlations, and the stability of the median responses."""
    yield np.median(pairs(right), axis=0)
    yield pairs(right, of=lambda recording: np.median(recording.responses, axis=1)).mean(axis=0)


def extremes(right):
    """Yield the least and the greatest of the three correlations."""
    three = pairs(right)
    yield from (three.min(axis=0), three.max(axis=0))


def fishers_z(right):
    """Yield the mean of Fisher's z of the three correlations, as it is and turned back to r."""
    z = np.arctanh(pairs(right)).mean(axis=0)
    yield from (z, np.tanh(z))


def of_ranks(right):
    """Yield the mean of Spearman's correlations, and each of them."""
    yield from parts(pairs(right, of=lambda recording: rankdata(mean_responses(recording), axis=1)))


def percent(right):
    """Yield the stability in percent, also that of two sessions."""
    yield from (100 * r for r in parts(pairs(right)))


def across_neurons(right):
    """Yield the stability of the mean over all neurons, and over the shared ones, for each."""
    means = [mean_responses(right.recording(letter)) for letter in SESSIONS]
    shared = [mean[own_rows(right, letter)] for mean, letter in zip(means, SESSIONS)]
    for three in (means, shared):
        r = stability([mean.mean(axis=0) for mean in three])
        yield np.full(len(right.shared_ids), r)


def of_traces(right, value=None):
    """Yield the stability of whole traces; stops at the first neuron that the answer has not so.

    Reading all traces takes time.
    """
    found = []
    for place, neuron in enumerate(right.shared_ids):
        traces = [right.recording(letter).dff(neuron) for letter in SESSIONS]
        shortest = min(map(len, traces))
        found.append(stability([trace[:shortest] for trace in traces]))
        if value is not None and abs(found[-1] - value[place]) > 0.01:
            return
    yield np.array(found)


def of_two_sessions(right):
    """Yield the ids that two sessions share, those that any two share, and those of one."""
    ids = [right.recording(letter).ids for letter in SESSIONS]
    shared = [np.intersect1d(*two) for two in combinations(ids, 2)]
    yield from (*shared, np.unique(np.concatenate(shared)))
    yield from map(np.sort, ids)


def all_ids(right):
    """Yield the ids of any session, each once, or as often as it occurs, sorted."""
    together = np.concatenate([right.recording(letter).ids for letter in SESSIONS])
    yield np.unique(together)
    yield np.sort(together)


def indices(right):
    """Yield cell indices in place of ids."""
    for letter in SESSIONS:
        yield np.sort(own_rows(right, letter))
        yield np.arange(len(right.recording(letter).ids))


def recognised(answer, direct):
    """List mistakes that the check recognises by itself, with the hint when it fails again."""
    return [Mistake(answer, name, direct=hint) for name, hint in direct.items()]


MISTAKES = [
    Mistake(
        "shared_ids",
        "union for intersection",
        "`shared_ids` holds every neuron that is in any of the three sessions.",
        ALL_THREE,
        INTERSECT,
        all_ids,
    ),
    Mistake(
        "shared_ids",
        "neurons of two sessions",
        "`shared_ids` holds neurons that are missing in one of the three sessions, too.",
        ALL_THREE,
        INTERSECT,
        of_two_sessions,
    ),
    Mistake(
        "shared_ids",
        "cell index for specimen id",
        "`shared_ids` holds cell indices, which count the neurons within one session.",
        "Which number names a neuron in all sessions?",
        "Compare what `get_cell_specimen_ids()` returns, ids of nine digits.",
        indices,
    ),
    Mistake(
        "response_stability",
        "a single pair",
        "`response_stability` is the correlation of one pair of sessions.",
        THREE,
        "Work out the other two pairs in the same way, and take the mean of the three.",
        lambda right: (r for r in pairs(right)),
    ),
    Mistake(
        "response_stability",
        "two pairs",
        "`response_stability` is the mean of two pairs of sessions.",
        THREE,
        "Work out the missing pair in the same way, and take the mean of the three.",
        lambda right: ((x + y) / 2 for x, y in combinations(pairs(right), 2)),
    ),
    Mistake(
        "response_stability",
        "mean of the whole table",
        "`response_stability` is taken from the whole 3 x 3 table, in which each session also "
        "meets itself.",
        "Which three numbers of the table compare different sessions?",
        OFF_DIAGONAL,
        whole_tables,
    ),
    Mistake(
        "response_stability",
        "sum for mean",
        "`response_stability` is a sum of correlations, or divided by the wrong number.",
        "Over how many pairs of sessions does the mean run?",
        "Divide the sum of the three correlations by 3.",
        sums,
    ),
    Mistake(
        "response_stability",
        "another session's array",
        "`response_stability` compares a session with itself, where two different ones are meant.",
        "Is each session's own recording read, and are there three different results?",
        "Give three names to the three sessions' means, and look at a row of each: they differ.",
        with_itself,
    ),
    Mistake(
        "response_stability",
        "median for mean",
        "`response_stability` comes from a median: over the pairs, or over the repeats.",
        THREE,
        "Take the mean, both over the repeats and over the three pairs.",
        medians,
    ),
    Mistake(
        "response_stability",
        "cell index of another session",
        "`response_stability` compares different neurons: the rows are right in one session only.",
        "The cell index of a neuron differs between sessions. Where do the rows come from?",
        OWN_ROWS,
        rows_of_one_session,
    ),
    Mistake(
        "response_stability",
        "rows of other neurons",
        "`response_stability` compares different neurons: rows with the same number.",
        "The same neuron stands in another row of each recording. How are its rows found?",
        OWN_ROWS,
        other_rows,
    ),
    Mistake(
        "response_stability",
        "numbers beside the wrong ids",
        "`response_stability` holds the right numbers, but not beside the right ids.",
        "Are the numbers in the same order as the index of the Series?",
        "Make the Series with the ids in the order in which you worked through them, and sort the "
        "whole Series if at all.",
        other_order,
    ),
    Mistake(
        "response_stability",
        "correlation of single repeats",
        "`response_stability` compares single repeats, not their means.",
        "Single repeats are noisy. What do all ten have in common?",
        MEAN_FIRST,
        of_repeats,
    ),
    Mistake(
        "response_stability",
        "mean over the wrong axis",
        "`response_stability` compares ten numbers of each session, the means over frames.",
        "What should be alike is the course of the response in time: which axis are the repeats?",
        MEAN_FIRST,
        lambda right: pairs(right, of=lambda recording: recording.responses.mean(axis=2)).mean(
            axis=0
        ),
    ),
    Mistake(
        "response_stability",
        "percent for fraction",
        "`response_stability` is in percent.",
        "Between which two numbers does a correlation lie?",
        "Leave r as it is.",
        percent,
    ),
    Mistake(
        "response_stability",
        "minimum or maximum for mean",
        "`response_stability` is the least, or the greatest, of the three correlations.",
        THREE,
        "Take the mean of the three in place of their minimum or maximum.",
        extremes,
    ),
    Mistake(
        "response_stability",
        "Fisher's z averaged",
        "`response_stability` is a mean of Fisher's z, `np.arctanh(r)`.",
        THREE + " Is r transformed anywhere?",
        "Take the plain mean of the three correlations.",
        fishers_z,
    ),
    Mistake(
        "response_stability",
        "rank correlations",
        "`response_stability` comes from rank correlations.",
        "Pearson's correlation is asked for: which function or `method` is used?",
        "Use `np.corrcoef`, or `corr()` without `method`.",
        of_ranks,
    ),
    Mistake(
        "response_stability",
        "our neuron for all",
        "`response_stability` has our neuron's number for every neuron.",
        "What changes from one turn of the loop to the next?",
        "In each turn work with that turn's own id, not with `cell_specimen_id`.",
        lambda right: np.full(len(right.shared_ids), right.stability(right.cell_specimen_id)),
    ),
    Mistake(
        "response_stability",
        "mean taken across neurons",
        "`response_stability` compares means over all neurons: it is the same for each of them.",
        "One number for each neuron is asked for: over what does the mean run?",
        "Average over the axis of the repeats only, and keep a row for each neuron.",
        across_neurons,
    ),
    Mistake(
        "response_stability",
        "correlation of traces",
        "`response_stability` compares the whole traces, not the responses to the movie.",
        "What the mouse saw at the same frame of two sessions differs. What was the same?",
        "Cut the repeats of the movie out of the traces, as in question 6. " + MEAN_FIRST,
        of_traces,
        slow=True,
    ),
    Mistake(
        "response_stability",
        "three columns, not their mean",
        "`response_stability` still has the three correlations of each neuron.",
        "One number for each neuron is asked for.",
        "Take the mean of the three columns: `mean(axis=1)` leaves a Series.",
    ),
    Mistake(
        "response_stability",
        "counted from 0, not named by id",
        "`response_stability` is indexed 0, 1, 2, …",
        "How could one look up a neuron in it?",
        "Give `pd.Series` the ids as `index`, in the order of the numbers.",
    ),
    Mistake(
        "response_stability",
        "cell index for specimen id",
        "`response_stability` is indexed by cell indices, which count the neurons of one session.",
        "Which number names a neuron in all sessions?",
        "Give `pd.Series` the ids as `index`, `shared_ids`, in the order of the numbers.",
    ),
    Mistake(
        "response_stability",
        "text for a number",
        "`response_stability` is indexed by ids that are text, not numbers.",
        "One looks a neuron up by its id as it comes from the recording, an integer.",
        "Give `pd.Series` the ids as `index`, without `str(...)` and without quotes.",
    ),
    Mistake(
        "response_stability",
        "our neuron only",
        "`response_stability` has a value for our neuron only.",
        "Every neuron that was found in all three sessions should have one.",
        "Go through all of `shared_ids`, and collect one number for each.",
    ),
    *recognised(
        "shared_ids",
        {
            "unsorted ids": "Sort them, with `np.sort` or `sorted`: a set has no order.",
            "doubled ids": "Keep each id once: `np.unique` does it, and sorts, too.",
            "left as a set": "Sort it with `sorted`, and give the list to `np.array`.",
        },
    ),
    *recognised(
        "response_stability",
        {
            "not a Series": "Wrap the numbers: `pd.Series` takes them and, as `index`, the ids in "
            "the same order.",
            "doubled ids": "Go through `shared_ids`, in which each id stands once, and see that no "
            "result is added twice.",
            "neurons missing": "Compare the index with `shared_ids`: which ids are missing? There "
            "should be one number for each of them.",
            "neurons that are not in all sessions": "Work through `shared_ids` only, the neurons "
            "that are in A and in B and in C.",
            "not a number": "Find the neurons with `response_stability[response_stability.isna()]`"
            ", and look at their mean responses: are they constant, empty, or NaN?",
        },
    ),
]

# The figure. The check recognises its mistakes by itself, and its own sentence is the first hint.
SECOND_HINTS["fig_stability"] = (
    "Give `response_stability` as it is to `ax.hist`, or plot its sorted values as points, and "
    "name both axes."
)
MISTAKES += [
    *mistakes_of_figure(
        "fig_stability",
        {
            "ids in place of values": "The index of `response_stability` holds the ids, its "
            "values the stability: give the Series itself to `ax.hist`.",
            "too few bins": "Ask `ax.hist` for more bars, for instance with `bins=20`.",
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
        },
    ),
]
