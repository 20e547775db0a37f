"""Mistakes in question 5: the mean over the spontaneous epochs."""

import numpy as np
from recorded import SPONTANEOUS, spontaneous

from checks import epochs
from checks.forms import recognised
from visual_coding_course.checking import looks, slip

ALL_EPOCHS = (
    "Cut `dff[start:end]` out of the trace for each row of the table, join the pieces with "
    "`np.concatenate`, and take one mean of it all."
)

WHICH_FRAMES = "Between which frames is the mean to be taken? See the table of `spontaneous`."

OWN_ARGUMENTS = "Call your function with `data_set_{small}` and `dff_{small}`."

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
