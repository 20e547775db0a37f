"""Mistakes in question 4: the neuron's dF/F, its times, and the figure of both."""

import numpy as np

from checks.forms import mistakes_of_figure
from checks.truth import SESSIONS
from visual_coding_course.checking import Mistake

READ = (
    "BrainObservatoryNwbDataSet.get_dff_traces, in AllenSDK's reference",
    "https://allensdk.readthedocs.io/en/latest/allensdk.core.brain_observatory_nwb_data_set.html",
)

SECOND_HINTS = {
    "timestamps": "Call `get_dff_traces` of `data_set_{small}`: it returns two arrays. Keep the "
    "first, the times, as it is.",
    "dff": "Call `get_dff_traces` of `data_set_{small}` with our neuron's id in a list, take the "
    "second of the two arrays that it returns, and of it the only row.",
}

WHICH = "Which recording was it taken from?"
FIRST = "Keep the first of the two arrays that `get_dff_traces` returns as it is, in seconds."
SECOND = (
    "Ask `data_set_{small}.get_dff_traces` for our neuron by its id, in a list, and take the only "
    "row of the second array."
)
OWN_INDEX = (
    "With an index, take `index_{small}` for `data_set_{small}`. Better, take none. " + SECOND
)
TAKE_APART = "Put two names, with a comma between them, on the left of the `=`."


def length_of(right, other):
    """Return what is as long as another session."""
    return np.full(right.recording(other).times.shape, np.nan)


def parts(right, letter, values):
    """Yield every nth value, all but the first or last, and those of movie and grey screen."""
    yield from (values[::step] for step in (2, 3, 5, 10, 30, 100))
    yield from (values[1:], values[:-1], np.diff(values))
    recording = right.recording(letter)
    starts = recording.movie_starts
    yield from (values[starts[0] : starts[-1] + length] for length in (900, 903))
    yield from (values[first:last] for first, last in recording.spontaneous_epochs)


def computed(right, letter):
    """Yield times made up from the number of frames and a frame rate."""
    times = right.recording(letter).times
    frames = np.arange(len(times))
    yield from (frames / rate for rate in (30, 30.1, 31, 1 / np.diff(times).mean()))
    yield from (times[0] + frames / rate for rate in (30, 30.1))
    yield np.linspace(0, times[-1], len(times))


def with_row(right, letter):
    """Yield dF/F as it comes, with one row, and that row."""
    trace = right.dff(letter)
    yield from (trace, trace[np.newaxis])


def in_other_units(times):
    """Yield times in minutes, hours, milliseconds and microseconds."""
    yield from (times * factor for factor in (1 / 60, 1 / 3600, 1e3, 1e6))


def trace_at(right, letter, index):
    """Return the dF/F that stands at an index of a recording."""
    recording = right.recording(letter)
    return recording.dff(recording.ids[index])


def index_of_another(right, letter, other):
    """Yield dF/F where recording and cell index are of two sessions."""
    for recorded, indexed in ((letter, other), (other, letter)):
        if right.index(indexed) < len(right.recording(recorded).ids):
            yield trace_at(right, recorded, right.index(indexed))


def neighbours(right, letter):
    """Yield dF/F of the neurons after and before ours, unless it is the first neuron's."""
    index = right.index(letter)
    yield from (trace_at(right, letter, other) for other in (index + 1, index - 1) if other > 0)


def fluorescence(right, letter, value):
    """Yield the neuron's fluorescence before dF/F was made of it, and that around it."""
    if np.shape(value) == right.recording(letter).times.shape:
        data_set = right.recording(letter).data_set
        for kind in ("corrected_fluorescence", "fluorescence", "demixed", "neuropil"):
            yield getattr(data_set, f"get_{kind}_traces")([right.cell_specimen_id])[1][0]


def of_all_neurons(right, letter):
    """Return what has the shape of all neurons' dF/F; reading it would take long."""
    recording = right.recording(letter)
    return np.broadcast_to(np.nan, (len(recording.ids), len(recording.times)))


def mean_of_neurons(right, letter, value):
    """Yield the mean over neurons; it is smooth, and only then worth the time."""
    ours = right.dff(letter)
    if np.shape(value) == ours.shape and np.diff(value).std() < np.diff(ours).std() / 2:
        yield right.recording(letter).mean_dff


MISTAKES = [
    Mistake(
        "timestamps",
        "as long as another session",
        "`{answer}` has as many values as session {other} has imaging frames.",
        WHICH,
        "Take the times from `data_set_{small}`.",
        length_of,
    ),
    Mistake(
        "timestamps",
        "another session's array",
        "`{answer}` are the times of session {other}.",
        WHICH,
        "Take the times from `data_set_{small}`.",
        lambda right, other: right.recording(other).times,
    ),
    Mistake(
        "timestamps",
        "dF/F in place of the times",
        "`{answer}` holds dF/F, not times.",
        "`get_dff_traces` returns two arrays: in which order?",
        "The times come first, then dF/F: exchange the two names on the left of the `=`.",
        with_row,
    ),
    Mistake(
        "timestamps",
        "frames in place of seconds",
        "`{answer}` counts the imaging frames.",
        "Times in seconds are asked for. Which method returns them?",
        FIRST,
        lambda right, letter: np.arange(len(right.recording(letter).times)),
    ),
    Mistake(
        "timestamps",
        "times from zero",
        "`{answer}` begins with 0: the first time was taken away from all.",
        "The times in the session are asked for; its first frame was not at 0 s.",
        FIRST,
        lambda right, letter: (times := right.recording(letter).times) - times[0],
    ),
    Mistake(
        "timestamps",
        "wrong unit of time",
        "`{answer}` is in minutes, hours or milliseconds.",
        "Which unit is asked for, and in which do they come?",
        FIRST,
        lambda right, letter: in_other_units(right.recording(letter).times),
    ),
    Mistake(
        "timestamps",
        "computed from a frame rate",
        "`{answer}` look like times computed from the number of frames and a rate.",
        "The microscope does not keep time so exactly: the recording has the time of each frame.",
        FIRST,
        computed,
    ),
    Mistake(
        "timestamps",
        "only a part of the session",
        "`{answer}` has {size} values, fewer than the session has imaging frames.",
        "Was it cut or thinned out? One value for each frame of the whole session is asked for.",
        FIRST,
        lambda right, letter: parts(right, letter, right.recording(letter).times),
    ),
    Mistake("timestamps", "both results together", direct=TAKE_APART),
    Mistake("timestamps", "parts of different lengths", direct=TAKE_APART),
    Mistake(
        "timestamps",
        "all neurons",
        "`{answer}` has a row for each neuron: it is dF/F, not the times.",
        "`get_dff_traces` returns two arrays: in which order?",
        FIRST,
        of_all_neurons,
    ),
    Mistake("timestamps", "a function not called", direct=FIRST),
    Mistake(
        "dff",
        "as long as another session",
        "`{answer}` has as many values as session {other} has imaging frames.",
        WHICH,
        "Take the trace from `data_set_{small}`.",
        length_of,
    ),
    Mistake(
        "dff",
        "another session's array",
        "`{answer}` is the neuron's dF/F in session {other}.",
        WHICH,
        SECOND,
        lambda right, other: right.dff(other),
    ),
    Mistake(
        "dff",
        "cell index of another session",
        "`{answer}` is the dF/F of another neuron: recording and cell index come from two "
        "sessions, {letter} and {other}.",
        "Which index goes with which recording?",
        OWN_INDEX,
        index_of_another,
    ),
    Mistake(
        "dff",
        "the first neuron",
        "`{answer}` is the dF/F of the first neuron in the recording, not of ours.",
        "What `[0]` takes is the first row of those that were asked for. Which were they?",
        SECOND,
        lambda right, letter: trace_at(right, letter, 0),
    ),
    Mistake(
        "dff",
        "off by one",
        "`{answer}` is the dF/F of the neuron next to ours.",
        "The first neuron has the cell index 0. Was something added or taken away?",
        OWN_INDEX,
        neighbours,
    ),
    Mistake(
        "dff",
        "the times in place of dF/F",
        "`{answer}` holds the times.",
        "`get_dff_traces` returns two arrays: in which order?",
        "The times come first, then dF/F: exchange the two names on the left of the `=`.",
        lambda right, letter: right.recording(letter).times,
    ),
    Mistake(
        "dff",
        "percent for fraction",
        "`{answer}` is our neuron's dF/F in percent.",
        "Leave dF/F as the recording gives it, a plain ratio.",
        "Leave out the factor 100; in a figure, a label can say percent.",
        lambda right, letter: 100 * right.dff(letter),
    ),
    Mistake(
        "dff",
        "another kind of trace",
        "`{answer}` is the neuron's fluorescence, or that around it, not its dF/F.",
        "Which of the recording's methods returns dF/F?",
        SECOND,
        fluorescence,
    ),
    Mistake(
        "dff",
        "mean taken across neurons",
        "`{answer}` is the mean of all neurons' dF/F.",
        "One neuron is asked for: a row of the array, not the mean of all rows.",
        OWN_INDEX,
        mean_of_neurons,
        slow=True,
    ),
    Mistake(
        "dff",
        "only a part of the session",
        "`{answer}` has {size} values, fewer than the session has imaging frames.",
        "Was it cut or thinned out? One value for each frame of the whole session is asked for.",
        SECOND,
        lambda right, letter: parts(right, letter, right.dff(letter)),
    ),
    Mistake(
        "dff",
        "a column in place of a row",
        "`{answer}` has {size} values, one for each neuron: dF/F of all in one imaging frame.",
        "One value for each frame is asked for. Are neurons the rows of the array, or its columns?",
        "In an array neurons x frames, one index takes a row, `[index_{small}]`; `[:, ...]` takes "
        "a column.",
        lambda right, letter: np.full(right.recording(letter).ids.shape, np.nan),
    ),
    Mistake(
        "dff",
        "all neurons",
        "`{answer}` holds the traces of all neurons, an array of shape {shape}.",
        "Which row is ours?",
        OWN_INDEX,
        of_all_neurons,
    ),
    Mistake(
        "dff",
        "transposed array",
        "`{answer}` holds the traces of all neurons, with rows and columns exchanged.",
        "One neuron is asked for. Is `.T` needed?",
        OWN_INDEX,
        lambda right, letter: of_all_neurons(right, letter).T,
    ),
    Mistake(
        "dff",
        "changed afterwards",
        "`{answer}` follows our neuron's dF/F, but its values were changed: smoothed, shifted, "
        "scaled or cut off.",
        "Leave dF/F as the recording gives it.",
        SECOND,
    ),
    Mistake(
        "dff",
        "moved in time",
        "`{answer}` is our neuron's dF/F, but moved by a number of frames.",
        "Is it rolled, cut and filled up, or put together from pieces?",
        SECOND,
    ),
    Mistake(
        "dff",
        "another neuron",
        "`{answer}` has the right length, but looks like the trace of another neuron.",
        "How was the neuron chosen? An index is good in one session only.",
        OWN_INDEX,
    ),
    Mistake("dff", "an axis of length 1", direct="Add `[0]`, which takes the first and only row."),
    Mistake("dff", "both results together", direct=TAKE_APART),
    Mistake("dff", "parts of different lengths", direct=TAKE_APART),
    Mistake("dff", "a function not called", direct=SECOND),
]


# The figure. The check recognises most of its mistakes by itself; then its own sentence is the
# first hint. What a line shows, where it is wrong, is compared as any other answer.
def as_lines(gives):
    """Make a function that yields what a mistake gives for each session, as a line may show it."""

    def lines(right, value):
        for letter in SESSIONS:
            for trace in gives(right, letter, value):
                yield from (trace[: len(value)], trace[:: -(-len(trace) // len(value))])

    return lines


def through_other_indices(right, letter, value):
    """Yield the traces that the cell index of one session leads to in another."""
    for other in SESSIONS.replace(letter, ""):
        if right.index(other) < len(right.recording(letter).ids):
            yield trace_at(right, letter, right.index(other))


def next_to_ours(right, letter, value):
    """Yield the traces of the first neuron, of the last, and of those next to ours."""
    for index in (0, -1):
        yield trace_at(right, letter, index)
    yield from neighbours(right, letter)


DRAW_TRACES = (
    "Draw `dff_a`, `dff_b` and `dff_c`, each on its own panel, rather than taking the traces anew."
)
SECOND_HINTS["fig_traces"] = (
    "On each panel, call `ax.plot` with the times and the trace of the same session, for all three "
    "sessions in turn."
)
MISTAKES += [
    *mistakes_of_figure(
        "fig_traces",
        {
            "all neurons drawn": "Give `ax.plot` one of `dff_a`, `dff_b` and `dff_c` on each "
            "panel, 1-D arrays. Other neurons may stay in, thin and in grey, if ours is drawn over "
            "them in a colour.",
            "everything in one panel": "In the loop, draw with the panel's own `ax.plot`: "
            "`plt.plot`, or the same `axes[...]` each time, puts all lines into one panel.",
        },
    ),
    Mistake(
        "fig_traces",
        "cell index of another session",
        "A line of `{answer}` is the dF/F of another neuron: the one that stands where ours does "
        "in another session.",
        "Which index goes with which recording?",
        DRAW_TRACES,
        as_lines(through_other_indices),
    ),
    Mistake(
        "fig_traces",
        "another neuron",
        "A line of `{answer}` is the dF/F of another neuron of the session.",
        "How does the code that draws choose the neuron?",
        DRAW_TRACES,
        as_lines(next_to_ours),
    ),
    Mistake(
        "fig_traces",
        "another kind of trace",
        "A line of `{answer}` is the neuron's fluorescence, or that around it, not its dF/F.",
        "Which of the recording's methods returns dF/F?",
        DRAW_TRACES,
        as_lines(fluorescence),
    ),
    Mistake(
        "fig_traces",
        "mean taken across neurons",
        "A line of `{answer}` is the mean of all neurons' dF/F.",
        "One neuron is asked for: which of your arrays holds its dF/F?",
        DRAW_TRACES,
        as_lines(mean_of_neurons),
    ),
]
