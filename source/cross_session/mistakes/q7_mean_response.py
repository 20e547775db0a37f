"""Mistakes in question 7: the mean movie response, its standard error, and their figure."""

import numpy as np

from checks.forms import mistakes_of_figure
from checks.truth import SESSIONS, cut, sem
from visual_coding_course.checking import Mistake

READ = ("numpy.std", "https://numpy.org/doc/stable/reference/generated/numpy.std.html")

SECOND_HINTS = {
    "mean_response": "Call `movie_response` with `data_set_{small}` and `cell_specimen_id`: the "
    "rows of what it returns are the repeats. Take their mean with `axis=0`; it has 900 values.",
    "sem_response": "Take the standard deviation with `axis=0` of what `movie_response` returns "
    "for `data_set_{small}`, and divide it by `np.sqrt` of the number of repeats.",
}

WHICH = "Which recording was given to `movie_response`, and whose result is used here?"
GIVE = (
    "Call `movie_response` with `data_set_{small}`, keep the result under a name that says which "
    "session it is, and use that name here."
)
AXES = "In an array repeats x frames, which axis runs over the repeats?"
FIRST_AXIS = "Use `axis=0`: it goes down each column, over the ten repeats, and leaves 900 values."
PLAIN = "Leave dF/F as it is, a plain ratio, as `movie_response` returns it."


def incomplete(right, letter):
    """Yield the mean without the last or the first repeat, and of each half of them."""
    response = right.response(letter)
    for part in (response[:-1], response[1:], response[:5], response[5:], response[::2]):
        yield part.mean(axis=0)


def other_divisors(right, letter):
    """Yield the sum over the repeats, divided by something else than their number."""
    for divisor in (9, 11, 900, 3, np.sqrt(10)):
        yield right.response(letter).sum(axis=0) / divisor


def rescaled(right, letter):
    """Yield the mean response, shifted or scaled in the usual ways."""
    mean = right.mean(letter)
    yield mean - mean.mean()
    yield mean - mean[0]
    yield mean - mean.min()
    yield mean / mean.max()
    yield (mean - mean.mean()) / mean.std()
    yield (mean - mean.min()) / (mean.max() - mean.min())


def of_all_neurons(right, letter, value=None):
    """Yield the mean over repeats and neurons; only then read it, which may take time."""
    spread = np.std(right.mean(letter))
    if value is None or (np.shape(value) == (900,) and np.std(value) < spread / 2):
        recording = right.recording(letter)
        yield cut(recording.mean_dff, recording.movie_starts).mean(axis=0)


def errors(right, letter, factor=1.0):
    """Yield the standard error, dividing by n - 1 and by n, times a factor."""
    for ddof in (1, 0):
        yield sem(right.response(letter), ddof) * factor


def variances(right, letter):
    """Yield the variance over the repeats, and what follows from it when divided as an s.e.m."""
    for ddof in (1, 0):
        variance = right.response(letter).var(axis=0, ddof=ddof)
        yield from (variance, variance / 10, variance / np.sqrt(10))


def roots(right, letter):
    """Yield what comes of taking the root of the standard deviation, too."""
    for ddof in (1, 0):
        root = np.sqrt(right.response(letter).std(axis=0, ddof=ddof))
        yield from (root / np.sqrt(10), root / 10, root)


def errors_along_rows(right, letter):
    """Yield standard deviation and error of each repeat over its frames."""
    for ddof in (1, 0):
        deviation = right.response(letter).std(axis=1, ddof=ddof)
        yield from (deviation, deviation / np.sqrt(10), deviation / 30)


def single_errors(right, letter):
    """Yield what comes of all values at once, or of the mean response alone."""
    for values in (right.response(letter), right.mean(letter)):
        for ddof in (1, 0):
            for divisor in (10, 900, 9000, 1):
                yield values.std(ddof=ddof) / np.sqrt(divisor)


MISTAKES = [
    Mistake(
        "mean_response",
        "another session's array",
        "`{answer}` is the mean response in session {other}.",
        WHICH,
        GIVE,
        lambda right, other: right.mean(other),
    ),
    Mistake(
        "mean_response",
        "mean over the wrong axis",
        "`{answer}` has {size} values, one for each repeat: the mean over the frames.",
        "There should be one for each imaging frame. " + AXES,
        FIRST_AXIS,
        lambda right, letter: right.response(letter).mean(axis=1),
    ),
    Mistake(
        "mean_response",
        "one number for all",
        "`{answer}` is a single number: the mean over repeats and frames at once.",
        "There should be one value for each imaging frame. " + AXES,
        "Without `axis`, numpy averages everything. Tell it the axis of the repeats, 0.",
        lambda right, letter: right.response(letter).mean(),
    ),
    Mistake(
        "mean_response",
        "repeats not averaged",
        "`{answer}` still has all repeats, an array of shape {shape}.",
        "What they have in common is their mean: one value for each imaging frame.",
        FIRST_AXIS,
        lambda right, letter: right.response(letter),
    ),
    Mistake(
        "mean_response",
        "median for mean",
        "`{answer}` is the median over the repeats.",
        "Which of `np.mean` and `np.median` is asked for?",
        "Take `np.mean`, with the same axis.",
        lambda right, letter: np.median(right.response(letter), axis=0),
    ),
    Mistake(
        "mean_response",
        "maximum for mean",
        "`{answer}` is the largest or smallest value over the repeats.",
        "One noisy repeat decides it. Which value do all ten have a share in?",
        "Take `np.mean`, with the same axis.",
        lambda right, letter: (part(right.response(letter), axis=0) for part in (np.max, np.min)),
    ),
    Mistake(
        "mean_response",
        "sum for mean",
        "`{answer}` is the sum over the repeats.",
        "A mean stays as large as a single response: what is missing?",
        "Divide by the number of repeats, or take `np.mean` in place of `np.sum`.",
        lambda right, letter: right.response(letter).sum(axis=0),
    ),
    Mistake(
        "mean_response",
        "wrong divisor",
        "`{answer}` is the sum over the repeats, divided by another number than theirs.",
        "How many rows does the array that `movie_response` returns have?",
        "Divide by `len` of that array, or let `np.mean` do it.",
        other_divisors,
    ),
    Mistake(
        "mean_response",
        "a single repeat",
        "`{answer}` is one single repeat.",
        "One repeat is noisy: what do all ten have in common?",
        "Take the mean over all rows of the array, not one of the rows.",
        lambda right, letter: (row for row in right.response(letter)),
    ),
    Mistake(
        "mean_response",
        "repeats left out",
        "`{answer}` is the mean of some of the repeats only.",
        "Ten repeats were shown: does a slice or a loop end too early?",
        "Use the whole array that `movie_response` returns, without a slice, and `axis=0`.",
        incomplete,
    ),
    Mistake(
        "mean_response",
        "error in place of the mean",
        "`{answer}` is the standard error, or the standard deviation, not the mean.",
        "Are the two names exchanged?",
        "Take the mean over the repeats here, and keep the other for `sem_response_{small}`.",
        lambda right, letter: (
            x for factor in (1, np.sqrt(10)) for x in errors(right, letter, factor)
        ),
    ),
    Mistake(
        "mean_response",
        "percent for fraction",
        "`{answer}` is in percent.",
        "In which unit does the recording give dF/F?",
        PLAIN,
        lambda right, letter: 100 * right.mean(letter),
    ),
    Mistake(
        "mean_response",
        "changed afterwards",
        "`{answer}` has the right course, but was shifted or rescaled: its unit is not dF/F.",
        "What was done to it after the mean was taken, such as subtracting or dividing?",
        PLAIN,
        rescaled,
    ),
    Mistake(
        "mean_response",
        "mean taken across neurons",
        "`{answer}` is the mean over all neurons of the session.",
        "One neuron is asked for: which one does `movie_response` get?",
        "Give `cell_specimen_id` to `movie_response`, and average over the repeats only.",
        of_all_neurons,
        slow=True,
    ),
    Mistake(
        "mean_response",
        "not a number",
        direct="Look at the array that `movie_response` returns: where is it NaN? A slice that "
        "goes past the end of the trace, or a division by zero, makes such values.",
    ),
    Mistake(
        "sem_response",
        "another session's array",
        "`{answer}` is the standard error in session {other}.",
        WHICH,
        GIVE,
        lambda right, other: errors(right, other),
    ),
    Mistake(
        "sem_response",
        "standard deviation for standard error",
        "`{answer}` is the standard deviation.",
        "It tells how much single repeats differ; how well is their mean known?",
        "Divide it by the square root of the number of repeats.",
        lambda right, letter: errors(right, letter, np.sqrt(10)),
    ),
    Mistake(
        "sem_response",
        "divided by n",
        "`{answer}` is the standard deviation divided by the number of repeats, or by one less.",
        "Look at the definition in the question again: of the number itself?",
        "Divide by `np.sqrt` of the number of repeats.",
        lambda right, letter: (x for n in (10, 9) for x in errors(right, letter, np.sqrt(10) / n)),
    ),
    Mistake(
        "sem_response",
        "divided by the root of the frames",
        "`{answer}` is divided by the square root of the number of frames.",
        "What was repeated, and how many times?",
        "Take the number of rows of the array, not of its columns or of all its values.",
        lambda right, letter: (
            x for n in (900, 9000, 899) for x in errors(right, letter, np.sqrt(10 / n))
        ),
    ),
    Mistake(
        "sem_response",
        "ddof counted twice",
        "`{answer}` is the standard deviation with `ddof=1`, divided by the root of n - 1.",
        "Both use n - 1: where does it belong, and where n?",
        "Keep `ddof=1` in the standard deviation, and divide by the root of the full number of "
        "repeats.",
        lambda right, letter: sem(right.response(letter), 1) * np.sqrt(10 / 9),
    ),
    Mistake(
        "sem_response",
        "root of the deviation",
        "`{answer}` comes from the square root of the standard deviation.",
        "Of what does the definition in the question take the root?",
        "Put `np.sqrt` around the number of repeats alone.",
        roots,
    ),
    Mistake(
        "sem_response",
        "variance for standard deviation",
        "`{answer}` comes from the variance over the repeats.",
        "The variance is in dF/F squared. Which measure of spread is in dF/F?",
        "Take `std` in place of `var`, then divide by the root of the number of repeats.",
        variances,
    ),
    Mistake(
        "sem_response",
        "mean over the wrong axis",
        "`{answer}` has {size} values, one for each repeat: it runs over the frames.",
        "There should be one for each imaging frame. " + AXES,
        FIRST_AXIS,
        errors_along_rows,
    ),
    Mistake(
        "sem_response",
        "one number for all",
        "`{answer}` is a single number.",
        "The error differs from frame to frame, as the mean does. " + AXES,
        "Take `std` with the axis of the repeats, 0, of the array that `movie_response` returns.",
        single_errors,
    ),
    Mistake(
        "sem_response",
        "mean in place of the error",
        "`{answer}` is the mean response itself.",
        "Are the two names exchanged?",
        "Take the standard deviation over the repeats here, divided by the root of their number.",
        lambda right, letter: right.mean(letter),
    ),
    Mistake(
        "sem_response",
        "confidence interval",
        "`{answer}` is about twice the standard error, as for a confidence interval.",
        "The standard error itself is asked for.",
        "Leave out the factor, 1.96 or 2.",
        lambda right, letter: (
            x for factor in (1.96, 2, 2 * 1.96) for x in errors(right, letter, factor)
        ),
    ),
    Mistake(
        "sem_response",
        "percent for fraction",
        "`{answer}` is in percent.",
        "In which unit does the recording give dF/F?",
        PLAIN,
        lambda right, letter: errors(right, letter, 100),
    ),
    Mistake(
        "sem_response",
        "not a number",
        direct="Look at the array that `movie_response` returns: where is it NaN? A slice that "
        "goes past the end of the trace, or a division by zero, makes such values.",
    ),
]


# The figure. The check recognises most of its mistakes by itself; then its own sentence is the
# first hint. What a line shows, where it is wrong, is compared as any other answer.
def for_each_session(gives):
    """Make a function that yields what a mistake gives for each session."""
    return lambda right: (value for letter in SESSIONS for value in gives(right, letter))


DRAW_MEANS = "Draw `mean_response_a`, `mean_response_b` and `mean_response_c`, as they are."
SECOND_HINTS["fig_movie"] = DRAW_MEANS + " Each needs the time in the movie and a name."
MISTAKES += [
    *mistakes_of_figure(
        "fig_movie",
        {
            "all neurons drawn": DRAW_MEANS + " Other neurons may stay in, thin and in grey, if "
            "ours are drawn over them in colours."
        },
    ),
    Mistake(
        "fig_movie",
        "single repeats in place of the mean",
        "A line of `{answer}` is the response to a single repeat of the movie.",
        "One repeat is noisy: which of your arrays holds what the ten have in common?",
        DRAW_MEANS + " You may leave the single repeats in, behind them.",
        for_each_session(lambda right, letter: right.response(letter)),
    ),
    Mistake(
        "fig_movie",
        "median for mean",
        "A line of `{answer}` is the median over the repeats.",
        "Which of your arrays holds the mean?",
        DRAW_MEANS,
        for_each_session(lambda right, letter: [np.median(right.response(letter), axis=0)]),
    ),
    Mistake(
        "fig_movie",
        "mean over the wrong axis",
        "A line of `{answer}` has {size} points, one for each repeat.",
        "The response runs over the frames of the movie. " + AXES,
        DRAW_MEANS + " Each has 900 values.",
        for_each_session(lambda right, letter: [right.response(letter).mean(axis=1)]),
    ),
    Mistake(
        "fig_movie",
        "error in place of the mean",
        "A line of `{answer}` is the standard error of the mean, not the mean.",
        "Which of your arrays holds the mean response, and which its error?",
        "Give the mean to `ax.plot`, and the error to `ax.fill_between` or `ax.errorbar`.",
        for_each_session(errors),
    ),
]
