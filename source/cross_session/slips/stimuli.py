"""Mistakes in question 5: where the movie starts, the mean over spontaneous epochs."""

import numpy as np
from recorded import SPONTANEOUS, spontaneous, starts

from checks import epochs, repeats
from checks.forms import recognised
from visual_coding_course.checking import fit, looks, slip

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

slip(
    starts,
    "every movie frame",
    lambda way, letter: repeats.movie(way, letter).start,
    "`{answer}` has {size} entries: one for each movie frame.",
    ONE_EACH,
    FIRST_FRAME,
)

looks(
    starts,
    "another session's array",
    lambda way, other: way.recording(other).movie_starts,
    "`{answer}` are the starts in session {other}.",
    "The movie began at other imaging frames each day: which recording is the table from?",
    CALL,
)

slip(
    starts,
    "frame 1 for frame 0",
    lambda way, letter: (table := repeats.movie(way, letter)).start[table.frame == 1],
    "`{answer}` are one frame late: there the movie's second frame was shown.",
    "The movie's frames are counted from 0. Was 1 added, or the wrong one chosen?",
    FIRST_FRAME,
)

slip(
    starts,
    "end for start",
    repeats.ends,
    "`{answer}` are the frames at which something of the movie ends, not where it starts.",
    "Which column of the table is taken, and of which rows?",
    FIRST_FRAME,
)

slip(
    starts,
    "one repeat only",
    repeats.one_repeat,
    "`{answer}` are frames of a single repeat: rows chosen by `repeat` alone.",
    ONE_EACH,
    FIRST_FRAME,
)

slip(
    starts,
    "the first start only",
    repeats.first_only,
    "`{answer}` holds a single start.",
    "The movie was shown ten times. Where does each repeat begin?",
    FIRST_FRAME,
)

slip(
    starts,
    "begin and end of the movie",
    repeats.begin_and_end,
    "`{answer}` has {size} entries, such as the movie's first and last frame.",
    ONE_EACH,
    FIRST_FRAME,
)

slip(
    starts,
    "another column",
    repeats.columns,
    "`{answer}` counts repeats, movie frames or rows of the table.",
    "Imaging frames are asked for. In which column do they stand?",
    FIRST_FRAME,
)

looks(
    starts,
    "the table of another movie",
    repeats.other_movies,
    "`{answer}` come from the table of another movie.",
    "All sessions share only one: see `list_stimuli()`.",
    "Read the table of `natural_movie_one`.",
)

looks(
    starts,
    "the table of another stimulus",
    repeats.other_stimuli,
    "`{answer}` come from the table of another stimulus.",
    "The movie is asked for that all sessions share: see `list_stimuli()`.",
    "Read the table of `natural_movie_one`.",
)

slip(
    starts,
    "frames counted in seconds",
    repeats.in_seconds,
    "`{answer}` are times in seconds.",
    "The stimulus table counts imaging frames, and these are asked for.",
    AS_FRAMES,
)

slip(
    starts,
    "repeats taken as equally long",
    repeats.equal_steps,
    "`{answer}` are equally far apart, by a fixed number of frames.",
    "Repeats are not exactly equally long: the table says where each of them begins.",
    FIRST_FRAME,
)

slip(
    starts,
    "off by one",
    repeats.neighbours,
    "`{answer}` are near the starts, but off by one frame or a few.",
    "Python counts frames from 0, and so does the table. Was something added or taken away?",
    AS_FRAMES,
)

looks(
    starts,
    "dF/F at the starts",
    lambda way, letter: way.dff(letter)[way.starts(letter)],
    "`{answer}` holds dF/F in the frames at which the repeats start.",
    "The numbers of these frames are asked for, not what the trace is there.",
    AS_FRAMES,
)

slip(
    starts,
    "a repeat too few",
    repeats.too_few,
    "`{answer}` has {size} entries, but the movie was shown ten times.",
    "Which repeat is left out, and why? Differences between starts are one fewer, too.",
    FIRST_FRAME,
)

fit(
    starts,
    "unsorted",
    lambda value, right: np.array_equal(np.sort(value), right),
    "`{answer}` has the right frames, but not in order of time.",
    "In which order does the table list the repeats?",
    "Leave the rows in the table's order, or sort with `np.sort`.",
)

# First of all: a median may be 0, too, and of 0 nobody can tell where it is from.
looks(
    spontaneous,
    "zero in place of the mean",
    lambda right: 0.0,
    "`{answer}` is 0, which no mean of so many values is.",
    "Is it rounded, is a value returned that was never changed, or an error passed over?",
    ALL_EPOCHS,
)

looks(
    spontaneous,
    "another session's mean",
    lambda way, other: epochs.of_frames(np.mean)(way, other),
    "`{answer}` is the mean in session {other}.",
    "Which recording and which trace was it computed from?",
    OWN_ARGUMENTS,
)

looks(
    spontaneous,
    "one epoch only",
    epochs.single_epochs,
    "`{answer}` is the mean over one spontaneous epoch, but session {letter} has more.",
    "How many rows has the table of spontaneous activity?",
    ALL_EPOCHS,
)

looks(
    spontaneous,
    "gaps included",
    lambda way, letter: (trace.mean() for trace in epochs.spans(way, letter)),
    "`{answer}` is the mean from the first epoch's start to the last one's end, with all that "
    "was shown between them.",
    "How can the frames of several epochs be put together, without those between?",
    ALL_EPOCHS,
)

looks(
    spontaneous,
    "the whole session",
    lambda way, letter: way.dff(letter).mean(),
    "`{answer}` is the mean over the whole session.",
    WHICH_FRAMES,
    ALL_EPOCHS,
)

looks(
    spontaneous,
    "sessions mixed",
    epochs.of_two_sessions,
    "`{answer}` mixes two sessions, {letter} and {other}: the epochs of one, the trace of the "
    "other.",
    "Does the function use its two arguments, and are they of the same session?",
    OWN_ARGUMENTS,
)

looks(
    spontaneous,
    "median for mean",
    epochs.medians,
    "`{answer}` is the median.",
    "Which of `np.mean` and `np.median` is asked for?",
    "Take `np.mean` of the same frames.",
)

looks(
    spontaneous,
    "sum for mean",
    epochs.sums,
    "`{answer}` is the sum over the frames, or over the epochs.",
    "A mean is as large as a typical value: what is missing?",
    "Take `np.mean` of all frames in place of the sum.",
)

looks(
    spontaneous,
    "standard deviation for mean",
    epochs.of_frames(np.std, np.var, epochs.error),
    "`{answer}` tells how much dF/F varies: a standard deviation, or the error of the mean.",
    "The mean itself is asked for.",
    "Take `np.mean` of the same frames.",
)

looks(
    spontaneous,
    "maximum for mean",
    epochs.of_frames(np.max, np.min),
    "`{answer}` is the largest or smallest dF/F of these frames.",
    "The mean is asked for.",
    "Take `np.mean` of the same frames.",
)

looks(
    spontaneous,
    "mean of absolute values",
    epochs.of_frames(
        lambda trace: np.abs(trace).mean(), lambda trace: np.clip(trace, 0, None).mean()
    ),
    "`{answer}` is the mean without the signs, or without the negative values.",
    "dF/F may be below 0: that is a part of it.",
    "Average the values as they are.",
)

looks(
    spontaneous,
    "percent for fraction",
    epochs.of_frames(lambda trace: 100 * trace.mean()),
    "`{answer}` is in percent.",
    "Leave dF/F as the recording gives it, a plain ratio.",
    "Leave out the factor 100.",
)

looks(
    spontaneous,
    "another stimulus",
    epochs.during_movie,
    "`{answer}` is the mean during the movie.",
    "Spontaneous activity is what is seen when the screen is grey. " + WHICH_FRAMES,
    ALL_EPOCHS,
)

looks(
    spontaneous,
    "all but the spontaneous epochs",
    epochs.elsewhere,
    "`{answer}` is the mean over all frames that are not in a spontaneous epoch.",
    WHICH_FRAMES,
    ALL_EPOCHS,
)

looks(
    spontaneous,
    "all but the movie",
    epochs.outside_movie,
    "`{answer}` is the mean over all frames outside of natural movie one, other stimuli too.",
    WHICH_FRAMES,
    ALL_EPOCHS,
)

looks(
    spontaneous,
    "end taken for a length",
    epochs.with_ends_as_lengths,
    "`{answer}` is the mean over pieces that are too long: `end` is the number of a frame, not "
    "how many there are.",
    "In `dff[i:j]`, what is `j`?",
    ALL_EPOCHS,
)

looks(
    spontaneous,
    "changed afterwards",
    epochs.of_changed,
    "`{answer}` is the mean of a trace that was changed: centred, z-scored or scaled.",
    "dF/F is relative to a baseline already. What is done to it beside averaging?",
    "Average the values of `dff` as they come.",
)

looks(
    spontaneous,
    "first and last frames only",
    epochs.at_the_ends,
    "`{answer}` is the mean over the frames `start` and `end` alone.",
    "What about the frames between them?",
    ALL_EPOCHS,
)

looks(
    spontaneous,
    "cell index of another session",
    epochs.of_another_neuron,
    "`{answer}` is the mean of another neuron: the one that stands where ours does in session "
    "{other}.",
    "Which trace was it computed from?",
    OWN_ARGUMENTS,
)

looks(
    spontaneous,
    "rounded",
    lambda way, letter: epochs.rounded(way, letter, SPONTANEOUS),
    "`{answer}` is rounded.",
    "The number is small, and rounding takes much of it away. Is it rounded anywhere?",
    "Leave out `round`: only what is printed may be shortened.",
)

slip(
    spontaneous,
    "mean taken across neurons",
    lambda recording: epochs.over(recording.mean_dff, recording),
    "`{answer}` is the mean of all neurons.",
    "Our neuron's is asked for. Which trace does the function use?",
    OWN_ARGUMENTS,
    slow=True,
)

slip(
    spontaneous,
    "another kind of trace",
    epochs.of_fluorescence,
    "`{answer}` is the mean of the neuron's fluorescence, or of that around it, not of dF/F.",
    "Which trace does the function use?",
    OWN_ARGUMENTS,
    slow=True,
)

slip(
    spontaneous,
    "gaps between stimuli included",
    epochs.without_stimuli,
    "`{answer}` is the mean over all frames without another stimulus, also the short gaps "
    "between stimuli.",
    "Only the epochs in the table of `spontaneous` count.",
    ALL_EPOCHS,
    slow=True,
)

looks(
    spontaneous,
    "frames not averaged",
    epochs.frames,
    "`{answer}` has {size} values, one for each spontaneous frame.",
    "One number is asked for: their mean.",
    "Take the mean of all these values.",
)

looks(
    spontaneous,
    "a mean for each epoch",
    epochs.each_epoch,
    "`{answer}` has {size} values: one for each epoch.",
    "One mean over the frames of all epochs is asked for.",
    ALL_EPOCHS,
)

looks(
    spontaneous,
    "all neurons",
    lambda way, letter: np.full(way.recording(letter).ids.shape, np.nan),
    "`{answer}` has {size} values: one for each neuron of the recording.",
    "Our neuron's is asked for. Which trace does the function get?",
    OWN_ARGUMENTS,
)

recognised(
    starts,
    {
        "rows of the table": "Take the column `start` of these rows.",
        "not a number": AS_FRAMES,
        "an axis of length 1": "Take the only row, with `[0]`, or `.ravel()`.",
        "a function not called": CALL,
    },
)

recognised(
    spontaneous,
    {
        "mean of the epochs' means": (
            "`{answer}` is the mean of the epochs' means, so that a short epoch counts as much as "
            "a long one.",
            "Over how many frames does each epoch go?",
            ALL_EPOCHS,
        ),
        "not a number": (
            "`{answer}` is not a number: there were no frames to average, or some are not numbers.",
            "Are `start` and `end` used as frames? They are no seconds, and index the trace "
            "directly.",
            ALL_EPOCHS,
        ),
    },
)
