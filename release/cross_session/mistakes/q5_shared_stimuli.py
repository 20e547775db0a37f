"""Mistakes in question 5: where the movie starts, the mean over spontaneous epochs."""

import numpy as np

from checks import epochs, repeats, truth
from checks.exact import SPONTANEOUS
from visual_coding_course.checking import Mistake

READ = (
    "Stimulus tables, in AllenSDK's notebook on the Brain Observatory",
    "https://allensdk.readthedocs.io/en/latest/_static/examples/nb/brain_observatory_stimuli.html",
)

SECOND_HINTS = {
    "movie_starts": "Read the table of `natural_movie_one` from `data_set_{small}`, keep the ten "
    "rows whose `frame` is 0, and take their column `start`.",
    "spontaneous_mean": "Go through the rows of `get_stimulus_table('spontaneous')`, cut "
    "`dff[start:end]` out for each, join the pieces, and take the mean of all their frames.",
}

FIRST_FRAME = "Keep the rows of the table in which `frame` is 0, then take the column `start`."
ONE_EACH = "There should be one for each repeat. Which column tells where a repeat begins?"
AS_FRAMES = "Take the column `start` as it is: it counts imaging frames, as an index needs them."
CALL = "Call your function with `data_set_{small}`, and see that it uses its argument."
ALL_EPOCHS = (
    "Cut `dff[start:end]` out of the trace for each row of the table, join the pieces with "
    "`np.concatenate`, and take one mean of it all."
)
WHICH_FRAMES = "Between which frames is the mean to be taken? See the table of `spontaneous`."
OWN_ARGUMENTS = "Call your function with `data_set_{small}` and `dff_{small}`."


def with_gaps(right, letter):
    """Yield the mean from the first epoch's start to the last one's end, where there are more."""
    for trace in epochs.spans(right, letter):
        yield trace.mean()


def of_two_sessions(right, letter, other):
    """Yield means over one session's epochs in another one's trace."""
    yield from epochs.over(right.dff(letter), right.recording(other))
    yield from epochs.over(right.dff(other), right.recording(letter))


def of_another_neuron(right, letter, other):
    """Yield the mean of the neuron that has our cell index of another session."""
    recording = right.recording(letter)
    yield from epochs.over(recording.dff(recording.ids[right.index(other)]), recording)


def across_neurons(right, letter):
    """Yield the mean over all neurons."""
    recording = right.recording(letter)
    yield from epochs.over(recording.mean_dff, recording)


def of_fluorescence(right, letter):
    """Yield the means of what comes before dF/F."""
    recording = right.recording(letter)
    for trace in truth.fluorescence(recording, right.cell_specimen_id):
        yield from epochs.over(trace, recording)


def during_movie(right, letter):
    """Yield the mean over all frames of the movie, with and without what is between repeats."""
    trace, starts, table = right.dff(letter), right.starts(letter), repeats.movie(right, letter)
    yield from (trace[table.start.min() : last].mean() for last in (table.end.max(), starts[-1]))
    yield from (trace[table.start].mean(), right.response(letter).mean(), trace[starts].mean())


def rounded(right, letter):
    """Yield the mean, rounded to two to four decimals."""
    means = list(epochs.of_frames(np.mean)(right, letter))
    for mean in means:
        for digits in (4, 3, 2):
            short = np.round(mean, digits)
            if not any(SPONTANEOUS.same(short, each) for each in means):
                yield short


def cut_off(trace):
    """Return the mean where what is below 0 counts as 0."""
    return np.clip(trace, 0, None).mean()


MISTAKES = [
    Mistake(
        "movie_starts",
        "every movie frame",
        "`{answer}` has {size} entries: one for each movie frame.",
        ONE_EACH,
        FIRST_FRAME,
        lambda right, letter: repeats.movie(right, letter).start,
    ),
    Mistake(
        "movie_starts",
        "another session's array",
        "`{answer}` are the starts in session {other}.",
        "The movie began at other imaging frames each day: which recording is the table from?",
        CALL,
        lambda right, other: right.recording(other).movie_starts,
    ),
    Mistake(
        "movie_starts",
        "frame 1 for frame 0",
        "`{answer}` are one frame late: there the movie's second frame was shown.",
        "The movie's frames are counted from 0. Was 1 added, or the wrong one chosen?",
        FIRST_FRAME,
        lambda right, letter: (table := repeats.movie(right, letter)).start[table.frame == 1],
    ),
    Mistake(
        "movie_starts",
        "end for start",
        "`{answer}` are the frames at which something of the movie ends, not where it starts.",
        "Which column of the table is taken, and of which rows?",
        FIRST_FRAME,
        repeats.ends,
    ),
    Mistake(
        "movie_starts",
        "one repeat only",
        "`{answer}` are frames of a single repeat: rows chosen by `repeat` alone.",
        ONE_EACH,
        FIRST_FRAME,
        repeats.one_repeat,
    ),
    Mistake(
        "movie_starts",
        "the first start only",
        "`{answer}` holds a single start.",
        "The movie was shown ten times. Where does each repeat begin?",
        FIRST_FRAME,
        repeats.first_only,
    ),
    Mistake(
        "movie_starts",
        "begin and end of the movie",
        "`{answer}` has {size} entries, such as the movie's first and last frame.",
        ONE_EACH,
        FIRST_FRAME,
        repeats.begin_and_end,
    ),
    Mistake(
        "movie_starts",
        "another column",
        "`{answer}` counts repeats, movie frames or rows of the table.",
        "Imaging frames are asked for. In which column do they stand?",
        FIRST_FRAME,
        repeats.columns,
    ),
    Mistake(
        "movie_starts",
        "the table of another movie",
        "`{answer}` come from the table of another movie.",
        "All sessions share only one: see `list_stimuli()`.",
        "Read the table of `natural_movie_one`.",
        repeats.other_movies,
    ),
    Mistake(
        "movie_starts",
        "the table of another stimulus",
        "`{answer}` come from the table of another stimulus.",
        "The movie is asked for that all sessions share: see `list_stimuli()`.",
        "Read the table of `natural_movie_one`.",
        repeats.other_stimuli,
    ),
    Mistake(
        "movie_starts",
        "frames counted in seconds",
        "`{answer}` are times in seconds.",
        "The stimulus table counts imaging frames, and these are asked for.",
        AS_FRAMES,
        repeats.in_seconds,
    ),
    Mistake(
        "movie_starts",
        "repeats taken as equally long",
        "`{answer}` are equally far apart, by a fixed number of frames.",
        "Repeats are not exactly equally long: the table says where each of them begins.",
        FIRST_FRAME,
        repeats.equal_steps,
    ),
    Mistake(
        "movie_starts",
        "off by one",
        "`{answer}` are near the starts, but off by one frame or a few.",
        "Python counts frames from 0, and so does the table. Was something added or taken away?",
        AS_FRAMES,
        repeats.neighbours,
    ),
    Mistake(
        "movie_starts",
        "dF/F at the starts",
        "`{answer}` holds dF/F in the frames at which the repeats start.",
        "The numbers of these frames are asked for, not what the trace is there.",
        AS_FRAMES,
        lambda right, letter: right.dff(letter)[right.starts(letter)],
    ),
    Mistake(
        "movie_starts",
        "a repeat too few",
        "`{answer}` has {size} entries, but the movie was shown ten times.",
        "Which repeat is left out, and why? Differences between starts are one fewer, too.",
        FIRST_FRAME,
        repeats.too_few,
    ),
    Mistake(
        "movie_starts",
        "unsorted",
        "`{answer}` has the right frames, but not in order of time.",
        "In which order does the table list the repeats?",
        "Leave the rows in the table's order, or sort with `np.sort`.",
    ),
    Mistake(
        "movie_starts",
        "rows of the table",
        direct="Take the column `start` of these rows.",
    ),
    Mistake("movie_starts", "not a number", direct=AS_FRAMES),
    Mistake(
        "movie_starts",
        "an axis of length 1",
        direct="Take the only row, with `[0]`, or `.ravel()`.",
    ),
    Mistake("movie_starts", "a function not called", direct=CALL),
    Mistake(
        "spontaneous_mean",
        "another session's mean",
        "`{answer}` is the mean in session {other}.",
        "Which recording and which trace was it computed from?",
        OWN_ARGUMENTS,
        lambda right, other: epochs.of_frames(np.mean)(right, other),
    ),
    Mistake(
        "spontaneous_mean",
        "one epoch only",
        "`{answer}` is the mean over one spontaneous epoch, but session {letter} has more.",
        "How many rows has the table of spontaneous activity?",
        ALL_EPOCHS,
        epochs.single_epochs,
    ),
    Mistake(
        "spontaneous_mean",
        "gaps included",
        "`{answer}` is the mean from the first epoch's start to the last one's end, with all that "
        "was shown between them.",
        "How can the frames of several epochs be put together, without those between?",
        ALL_EPOCHS,
        with_gaps,
    ),
    Mistake(
        "spontaneous_mean",
        "the whole session",
        "`{answer}` is the mean over the whole session.",
        WHICH_FRAMES,
        ALL_EPOCHS,
        lambda right, letter: right.dff(letter).mean(),
    ),
    Mistake(
        "spontaneous_mean",
        "sessions mixed",
        "`{answer}` mixes two sessions, {letter} and {other}: the epochs of one, the trace of the "
        "other.",
        "Does the function use its two arguments, and are they of the same session?",
        OWN_ARGUMENTS,
        of_two_sessions,
    ),
    Mistake(
        "spontaneous_mean",
        "median for mean",
        "`{answer}` is the median.",
        "Which of `np.mean` and `np.median` is asked for?",
        "Take `np.mean` of the same frames.",
        epochs.medians,
        coarse=True,
    ),
    Mistake(
        "spontaneous_mean",
        "sum for mean",
        "`{answer}` is the sum over the frames, or over the epochs.",
        "A mean is as large as a typical value: what is missing?",
        "Take `np.mean` of all frames in place of the sum.",
        epochs.sums,
    ),
    Mistake(
        "spontaneous_mean",
        "standard deviation for mean",
        "`{answer}` tells how much dF/F varies: a standard deviation, or the error of the mean.",
        "The mean itself is asked for.",
        "Take `np.mean` of the same frames.",
        epochs.of_frames(np.std, np.var, epochs.error),
    ),
    Mistake(
        "spontaneous_mean",
        "maximum for mean",
        "`{answer}` is the largest or smallest dF/F of these frames.",
        "The mean is asked for.",
        "Take `np.mean` of the same frames.",
        epochs.of_frames(np.max, np.min),
    ),
    Mistake(
        "spontaneous_mean",
        "mean of absolute values",
        "`{answer}` is the mean without the signs, or without the negative values.",
        "dF/F may be below 0: that is a part of it.",
        "Average the values as they are.",
        epochs.of_frames(lambda trace: np.abs(trace).mean(), cut_off),
    ),
    Mistake(
        "spontaneous_mean",
        "percent for fraction",
        "`{answer}` is in percent.",
        "Leave dF/F as the recording gives it, a plain ratio.",
        "Leave out the factor 100.",
        epochs.of_frames(lambda trace: 100 * trace.mean()),
    ),
    Mistake(
        "spontaneous_mean",
        "another stimulus",
        "`{answer}` is the mean during the movie.",
        "Spontaneous activity is what is seen when the screen is grey. " + WHICH_FRAMES,
        ALL_EPOCHS,
        during_movie,
    ),
    Mistake(
        "spontaneous_mean",
        "all but the spontaneous epochs",
        "`{answer}` is the mean over all frames that are not in a spontaneous epoch.",
        WHICH_FRAMES,
        ALL_EPOCHS,
        epochs.elsewhere,
    ),
    Mistake(
        "spontaneous_mean",
        "first and last frames only",
        "`{answer}` is the mean over the frames `start` and `end` alone.",
        "What about the frames between them?",
        ALL_EPOCHS,
        epochs.at_the_ends,
        coarse=True,
    ),
    Mistake(
        "spontaneous_mean",
        "cell index of another session",
        "`{answer}` is the mean of another neuron: the one that stands where ours does in session "
        "{other}.",
        "Which trace was it computed from?",
        OWN_ARGUMENTS,
        of_another_neuron,
    ),
    Mistake(
        "spontaneous_mean",
        "rounded",
        "`{answer}` is rounded.",
        "The number is small, and rounding takes much of it away. Is it rounded anywhere?",
        "Leave out `round`: only what is printed may be shortened.",
        rounded,
    ),
    # Of the slow ones the quickest and likeliest, so first: the others are not tried after a match.
    Mistake(
        "spontaneous_mean",
        "mean taken across neurons",
        "`{answer}` is the mean of all neurons.",
        "Our neuron's is asked for. Which trace does the function use?",
        OWN_ARGUMENTS,
        across_neurons,
        slow=True,
    ),
    Mistake(
        "spontaneous_mean",
        "another kind of trace",
        "`{answer}` is the mean of the neuron's fluorescence, or of that around it, not of dF/F.",
        "Which trace does the function use?",
        OWN_ARGUMENTS,
        of_fluorescence,
        slow=True,
    ),
    Mistake(
        "spontaneous_mean",
        "gaps between stimuli included",
        "`{answer}` is the mean over all frames without another stimulus, also the short gaps "
        "between stimuli.",
        "Only the epochs in the table of `spontaneous` count.",
        ALL_EPOCHS,
        epochs.without_stimuli,
        slow=True,
    ),
    Mistake(
        "spontaneous_mean",
        "frames not averaged",
        "`{answer}` has {size} values, one for each spontaneous frame.",
        "One number is asked for: their mean.",
        "Take the mean of all these values.",
        epochs.frames,
    ),
    Mistake(
        "spontaneous_mean",
        "a mean for each epoch",
        "`{answer}` has {size} values: one for each epoch.",
        "One mean over the frames of all epochs is asked for.",
        ALL_EPOCHS,
        epochs.each_epoch,
    ),
    Mistake(
        "spontaneous_mean",
        "all neurons",
        "`{answer}` has {size} values: one for each neuron of the recording.",
        "Our neuron's is asked for. Which trace does the function get?",
        OWN_ARGUMENTS,
        lambda right, letter: np.full(right.recording(letter).ids.shape, np.nan),
    ),
    Mistake(
        "spontaneous_mean",
        "not a number",
        "`{answer}` is not a number: there were no frames to average, or some are not numbers.",
        "Are `start` and `end` used as frames? They are no seconds, and index the trace directly.",
        ALL_EPOCHS,
    ),
]
