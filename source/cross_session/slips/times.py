"""Mistakes in question 4: the times of the imaging frames."""

import numpy as np
from recorded import times

from checks.forms import recognised
from visual_coding_course.checking import looks

WHICH = "Which recording was it taken from?"

FIRST = "Keep the first of the two arrays that `get_dff_traces` returns as it is, in seconds."

TAKE_APART = "Put two names, with a comma between them, on the left of the `=`."


def length_of(way, other):
    """Return what is as long as another session."""
    return np.full(way.recording(other).times.shape, np.nan)


def computed(way, letter):
    """Yield times made up from the number of frames and a frame rate."""
    times = way.recording(letter).times
    frames = np.arange(len(times))
    yield from (frames / rate for rate in (30, 30.1, 31, 1 / np.diff(times).mean()))
    yield from (times[0] + frames / rate for rate in (30, 30.1))
    yield np.linspace(0, times[-1], len(times))


def of_all_neurons(way, letter):
    """Return what has the shape of all neurons' dF/F; reading it would take long."""
    recording = way.recording(letter)
    return np.broadcast_to(np.nan, (len(recording.ids), len(recording.times)))


def of_another(way, letter, other):
    """Yield another session's times, and these cut to this one's length."""
    count, theirs = len(way.recording(letter).times), way.recording(other).times
    yield theirs
    if len(theirs) > count:
        yield from (theirs[:count], theirs[-count:])


looks(
    times,
    "as long as another session",
    length_of,
    "`{answer}` has as many values as session {other} has imaging frames.",
    WHICH,
    "Take the times from `data_set_{small}`.",
)

looks(
    times,
    "another session's array",
    of_another,
    "`{answer}` are the times of session {other}.",
    WHICH,
    "Take the times from `data_set_{small}`.",
)

looks(
    times,
    "dF/F in place of the times",
    lambda dff: (one for one in (dff, dff[np.newaxis])),
    "`{answer}` holds dF/F, not times.",
    "`get_dff_traces` returns two arrays: in which order?",
    "The times come first, then dF/F: exchange the two names on the left of the `=`.",
)

looks(
    times,
    "frames in place of seconds",
    lambda way, letter: np.arange(len(way.recording(letter).times)),
    "`{answer}` counts the imaging frames.",
    "Times in seconds are asked for. Which method returns them?",
    FIRST,
)

looks(
    times,
    "times from zero",
    lambda way, letter: (times := way.recording(letter).times) - times[0],
    "`{answer}` begins with 0: the first time was taken away from all.",
    "The times in the session are asked for; its first frame was not at 0 s.",
    FIRST,
)

looks(
    times,
    "wrong unit of time",
    lambda right: (right * factor for factor in (1 / 60, 1 / 3600, 1e3, 1e6)),
    "`{answer}` is in minutes, hours or milliseconds.",
    "Which unit is asked for, and in which do they come?",
    FIRST,
)

looks(
    times,
    "computed from a frame rate",
    computed,
    "`{answer}` look like times computed from the number of frames and a rate.",
    "The microscope does not keep time so exactly: the recording has the time of each frame.",
    FIRST,
)

looks(
    times,
    "all neurons",
    of_all_neurons,
    "`{answer}` has a row for each neuron: it is dF/F, not the times.",
    "`get_dff_traces` returns two arrays: in which order?",
    FIRST,
)

recognised(
    times,
    {
        "both results together": TAKE_APART,
        "parts of different lengths": TAKE_APART,
        "a function not called": FIRST,
    },
)
