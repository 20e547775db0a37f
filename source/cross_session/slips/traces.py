"""Mistakes in question 4: the neuron's dF/F, and the figure of it against its times."""

import numpy as np
from recorded import dff, fig_traces, times
from scipy.ndimage import uniform_filter1d

from checks import truth
from checks.forms import IN_ANY_FIGURE, OF_CURVES, recognised
from slips.times import FIRST, TAKE_APART, WHICH, length_of, of_all_neurons
from visual_coding_course.checking import fit, looks, rewire, slip

SECOND = (
    "Ask `data_set_{small}.get_dff_traces` for our neuron by its id, in a list, and take the only "
    "row of the second array."
)

OWN_INDEX = (
    "With an index, take `index_{small}` for `data_set_{small}`. Better, take none. " + SECOND
)


def parts(right, recording):
    """Yield every nth value, all but the first or last, and those of movie and grey screen."""
    yield from (right[::step] for step in (2, 3, 5, 10, 30, 100))
    yield from (right[1:], right[:-1])
    starts = recording.movie_starts
    yield from (right[starts[0] : starts[-1] + length] for length in (900, 903))
    yield from (right[first:last] for first, last in recording.spontaneous_epochs)


def next_to_ours(recording, index):
    """Yield dF/F of the neurons after and before ours, unless it is the first neuron's."""
    for other in (index + 1, index - 1):
        if np.all(other > 0):
            yield recording.dff(recording.ids[other])


def by_place(recording, shared_ids, cell_specimen_id):
    """Yield dF/F at a neuron's place among shared ones: of the whole file, or of these in it."""
    place = np.searchsorted(shared_ids, cell_specimen_id)
    in_file = recording.ids[np.isin(recording.ids, shared_ids)]
    yield recording.dff(recording.ids[place])
    yield recording.dff(in_file[place])


def fluorescence(recording, index):
    """Yield the neuron's fluorescence before dF/F was made of it, and that around it."""
    neurons = recording.ids[index].tolist()
    one = np.ndim(index) == 0
    yield from (truth.fluorescence if one else truth.fluorescence_of)(recording, neurons)


#: Correlation with the right trace from which on one is taken to be it, changed; and of both when
#: each frame is averaged with so many around it, so that noise and a smoothing are gone.
ALIKE, ALIKE_SMOOTH, SMOOTH = 0.7, 0.9, 100


def is_changed(value, right):
    """Whether a trace goes up and down as the right one does, if only in steps of seconds.

    One that is turned over goes down where the right one goes up.
    """
    smooth = [uniform_filter1d(np.asarray(one, dtype=float), SMOOTH) for one in (value, right)]
    return abs(np.corrcoef(value, right)[0, 1]) > ALIKE or (
        np.corrcoef(*smooth)[0, 1] > ALIKE_SMOOTH and not is_moved(value, right)
    )


def is_moved(value, right):
    """Whether a trace is the right one, rolled."""
    return len(value) == len(right) and best_shifted(value, right) > ALIKE


def best_shifted(found, right):
    """Return the largest correlation of two traces when one is rolled by any number of frames."""
    from scipy.fft import irfft, next_fast_len, rfft

    x, y = ((trace - trace.mean()) / trace.std() for trace in (found, right))
    count = len(x)
    # A session's length has large factors, with which a transform takes five times as long.
    padded = next_fast_len(2 * count, real=True)
    products = irfft(rfft(x, padded) * rfft(y, padded).conj(), padded)
    rolled = products[:count]
    rolled[1:] += products[padded - count + 1 :]
    return float(rolled.max()) / count


def is_part(value, right):
    """Whether a shorter array is a piece of the right one."""
    if value.ndim != 1 or not 1 < value.size < right.size:
        return False
    first = np.abs(right[: right.size - value.size + 1] - value[0])
    places = np.flatnonzero(first == first.min())
    return any(np.allclose(right[place : place + value.size], value) for place in places)


looks(
    dff,
    "as long as another session",
    length_of,
    "`{answer}` has as many values as session {other} has imaging frames.",
    WHICH,
    "Take the trace from `data_set_{small}`.",
)

looks(
    dff,
    "another session's array",
    lambda way, other: way.dff(other),
    "`{answer}` is the neuron's dF/F in session {other}.",
    WHICH,
    SECOND,
)

rewire(
    dff,
    "index",
    "`{answer}` is the dF/F of another neuron: recording and cell index come from two sessions, "
    "{letter} and {other}.",
    "Which index goes with which recording?",
    OWN_INDEX,
    name="cell index of another session",
)

rewire(
    dff,
    "recording",
    "`{answer}` is the dF/F of another neuron: recording and cell index come from two sessions, "
    "{letter} and {other}.",
    "Which index goes with which recording?",
    OWN_INDEX,
    name="cell index of another session",
)

slip(
    dff,
    "the first neuron",
    lambda recording: recording.dff(recording.ids[0]),
    "`{answer}` is the dF/F of the first neuron in the recording, not of ours.",
    "What `[0]` takes is the first row of those that were asked for. Which were they?",
    SECOND,
)

slip(
    dff,
    "the last neuron",
    lambda recording: recording.dff(recording.ids[-1]),
    "`{answer}` is the dF/F of the last neuron in the recording, not of ours.",
    "What `[-1]` takes is the last row of those that were asked for. Which were they?",
    SECOND,
)

slip(
    dff,
    "off by one",
    next_to_ours,
    "`{answer}` is the dF/F of the neuron next to ours.",
    "The first neuron has the cell index 0. Was something added or taken away?",
    OWN_INDEX,
)

slip(
    dff,
    "rows of other neurons",
    by_place,
    "rows that belong to other neurons: those at the same place in each recording.",
    "Is row i the same neuron in every session?",
    "Ask each recording for its own rows, with `get_cell_specimen_indices`.",
)

looks(
    dff,
    "the times in place of dF/F",
    lambda way, letter: way.recording(letter).times,
    "`{answer}` holds the times.",
    "`get_dff_traces` returns two arrays: in which order?",
    "The times come first, then dF/F: exchange the two names on the left of the `=`.",
)

slip(
    dff,
    "percent for fraction",
    lambda recording, index: 100 * recording.dff(recording.ids[index]),
    "`{answer}` is our neuron's dF/F in percent.",
    "Leave dF/F as the recording gives it, a plain ratio.",
    "Leave out the factor 100; in a figure, a label can say percent.",
)

slip(
    dff,
    "another kind of trace",
    fluorescence,
    "`{answer}` is the neuron's fluorescence, or that around it, not its dF/F.",
    "Which of the recording's methods returns dF/F?",
    SECOND,
)

slip(
    dff,
    "mean taken across neurons",
    lambda recording: recording.mean_dff,
    "`{answer}` is the mean of all neurons' dF/F.",
    "One neuron is asked for: a row of the array, not the mean of all rows.",
    OWN_INDEX,
    slow=True,
)

for at in (times, dff):
    for kind, which in ((looks, parts), (fit, is_part)):
        kind(
            at,
            "only a part of the session",
            which,
            "`{answer}` has {size} values, fewer than the session has imaging frames.",
            "Was it cut or thinned out? One value for each frame of the whole session is asked "
            "for.",
            FIRST if at is times else SECOND,
        )

for at in (times, dff):
    looks(
        at,
        "differences from frame to frame",
        lambda right: (np.diff(right, **first) for first in ({}, {"prepend": right[0]})),
        "`{answer}` holds how far each value is from the one before it.",
        "The values themselves are asked for.",
        "Leave out `np.diff`. " + (FIRST if at is times else SECOND),
    )

looks(
    dff,
    "a single frame",
    lambda right: (one for frame in (0, -1) for one in (right[[frame]], right[frame])),
    "`{answer}` is dF/F in the first or last imaging frame alone.",
    "One value for each frame is asked for. Which axis of the array holds the frames?",
    "In an array neurons x frames, `[0]` takes the first row, and `[:, 0]` the first frame.",
)

looks(
    dff,
    "a column in place of a row",
    lambda way, letter: np.full(way.recording(letter).ids.shape, np.nan),
    "`{answer}` has {size} values, one for each neuron: dF/F of all in one imaging frame.",
    "One value for each frame is asked for. Are neurons the rows of the array, or its columns?",
    "In an array neurons x frames, one index takes a row, `[index_{small}]`; `[:, ...]` takes "
    "a column.",
)

looks(
    dff,
    "all neurons",
    of_all_neurons,
    "`{answer}` holds the traces of all neurons, an array of shape {shape}.",
    "Which row is ours?",
    OWN_INDEX,
)

looks(
    dff,
    "transposed array",
    lambda way, letter: of_all_neurons(way, letter).T,
    "`{answer}` holds the traces of all neurons, with rows and columns exchanged.",
    "One neuron is asked for. Is `.T` needed?",
    OWN_INDEX,
)

fit(
    dff,
    "changed afterwards",
    is_changed,
    "`{answer}` follows our neuron's dF/F, but its values were changed: smoothed, shifted, "
    "scaled or cut off.",
    "Leave dF/F as the recording gives it.",
    SECOND,
)

fit(
    dff,
    "in the opposite order",
    lambda value, right: np.allclose(value[::-1], right, equal_nan=True),
    "`{answer}` is our neuron's dF/F, from the last frame to the first.",
    "Where is the order turned?",
    SECOND,
)

fit(
    dff,
    "moved in time",
    is_moved,
    "`{answer}` is our neuron's dF/F, but moved by a number of frames.",
    "Is it rolled, cut and filled up, or put together from pieces?",
    SECOND,
)


def is_noisy_alike(value, right):
    """Whether a trace has noise as the right one has, from frame to frame."""
    steps = [np.diff(one) for one in (value, right)]
    follow = [np.corrcoef(one[:-1], one[1:])[0, 1] for one in steps]
    return 1 / 3 < steps[0].std() / steps[1].std() < 3 and abs(follow[0] - follow[1]) < 0.4


fit(
    dff,
    "another neuron",
    is_noisy_alike,
    "`{answer}` has the right length, but looks like the trace of another neuron.",
    "How was the neuron chosen? An index is good in one session only.",
    OWN_INDEX,
)

recognised(
    fig_traces,
    IN_ANY_FIGURE
    | OF_CURVES
    | {
        "all neurons drawn": "Give `ax.plot` one of `dff_a`, `dff_b` and `dff_c` on each "
        "panel, 1-D arrays. Other neurons may stay in, thin and in grey, if ours is drawn over "
        "them in a colour.",
        "everything in one panel": "In the loop, draw with the panel's own `ax.plot`: "
        "`plt.plot`, or the same `axes[...]` each time, puts all lines into one panel.",
        "another kind of trace": "`get_dff_traces` returns dF/F, which you have already: draw "
        "`dff_a`, `dff_b` and `dff_c`.",
        "times of another session": "Go through panels, times and traces in one loop, "
        "`for ax, time, trace in zip(axes, times, traces)`, and draw what the loop gives you.",
    },
)

recognised(
    dff,
    {
        "an axis of length 1": "Add `[0]`, which takes the first and only row.",
        "both results together": TAKE_APART,
        "parts of different lengths": TAKE_APART,
        "a function not called": SECOND,
    },
)
