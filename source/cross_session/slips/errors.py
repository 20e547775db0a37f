"""Slips in question 7: the standard error of the mean response."""

import numpy as np
from right import sem

from checks.forms import recognised
from slips.means import AXES, FIRST_AXIS, NOT_A_NUMBER, scaled
from visual_coding_course.checking import slip

slip(
    sem,
    "standard deviation for standard error",
    scaled(np.sqrt(10)),
    "the standard deviation",
    "It tells how much single repeats differ; how well is their mean known?",
    "Divide it by the square root of the number of repeats.",
)
slip(
    sem,
    "divided by n",
    scaled(np.sqrt(10) / 10, np.sqrt(10) / 9),
    "the standard deviation divided by the number of repeats, or by one less",
    "Look at the definition in the question again: of the number itself?",
    "Divide by `np.sqrt` of the number of repeats.",
)
slip(
    sem,
    "divided by the root of the frames",
    scaled(*(np.sqrt(10 / n) for n in (900, 9000, 899))),
    "a standard deviation divided by the square root of the number of frames",
    "What was repeated, and how many times?",
    "Take the number of rows of the array, not of its columns or of all its values.",
)
slip(
    sem,
    "ddof counted twice",
    lambda response: response.std(axis=-2, ddof=1) / np.sqrt(response.shape[-2] - 1),
    "the standard deviation with `ddof=1`, divided by the root of n - 1",
    "Both use n - 1: where does it belong, and where n?",
    "Keep `ddof=1` in the standard deviation, and divide by the root of the full number of "
    "repeats.",
)


def as_errors(measure):
    """Take another measure of spread for the standard deviation: as it is, and divided."""

    def made(response):
        repeats = response.shape[-2]
        for ddof in (1, 0):
            value = measure(response, ddof)
            yield from (value, value / np.sqrt(repeats), value / repeats)

    return made


slip(
    sem,
    "root of the deviation",
    as_errors(lambda response, ddof: np.sqrt(response.std(axis=-2, ddof=ddof))),
    "what comes of the square root of the standard deviation",
    "Of what does the definition in the question take the root?",
    "Put `np.sqrt` around the number of repeats alone.",
)
slip(
    sem,
    "variance for standard deviation",
    as_errors(lambda response, ddof: response.var(axis=-2, ddof=ddof)),
    "what comes of the variance over the repeats",
    "The variance is in dF/F squared. Which measure of spread is in dF/F?",
    "Take `std` in place of `var`, then divide by the root of the number of repeats.",
)


def poisson(response):
    """Yield the root of the mean, as for counts, with and without the root of the repeats."""
    root = np.sqrt(np.abs(response.mean(axis=-2)))
    yield from (root, root / np.sqrt(response.shape[-2]))
    root = np.sqrt(np.clip(response.mean(axis=-2), 0, None))
    yield from (root, root / np.sqrt(response.shape[-2]))


slip(
    sem,
    "root of the mean",
    poisson,
    "the square root of the mean, as for counted events",
    "dF/F counts nothing. How much do the ten repeats differ?",
    "Take `std` over the repeats, then divide by the root of their number.",
)


def errors_along_rows(response):
    """Yield standard deviation and error of each repeat over its frames."""
    for ddof in (1, 0):
        deviation = response.std(axis=-1, ddof=ddof)
        yield from (deviation, deviation / np.sqrt(10), deviation / 30)


slip(
    sem,
    "mean over the wrong axis",
    errors_along_rows,
    "an error of {size} values, one for each repeat: it runs over the frames",
    "There should be one for each imaging frame. " + AXES,
    FIRST_AXIS,
)


def single_errors(response):
    """Yield what comes of all values at once, or of the mean response alone."""
    for values in (response, response.mean(axis=-2)):
        for ddof in (1, 0):
            for divisor in (10, 900, 9000, 1):
                error = values.std(ddof=ddof) / np.sqrt(divisor)
                yield from (error, np.full(response.shape[-1], error))


slip(
    sem,
    "one number for all",
    single_errors,
    "a single number for all frames",
    "The error differs from frame to frame, as the mean does. " + AXES,
    "Take `std` with the axis of the repeats, 0, of the array that `movie_response` returns.",
)
slip(
    sem,
    "mean in place of the error",
    lambda response: response.mean(axis=-2),
    "the mean response itself",
    "Are the two names exchanged?",
    "Take the standard deviation over the repeats here, divided by the root of their number.",
)


def edges(response):
    """Yield the upper and lower edge of the band around the mean, of errors and of deviations."""
    mean = response.mean(axis=-2)
    for width in scaled(1, np.sqrt(10))(response):
        yield from (mean + width, mean - width)


slip(
    sem,
    "edge of the band",
    edges,
    "an edge of the band: the mean is added, or the error taken from it",
    "The standard error is the distance from the mean to that edge.",
    "Leave the mean out here; it is added where the band is drawn.",
)
slip(
    sem,
    "confidence interval",
    scaled(1.96, 2, 2 * 1.96),
    "about twice the standard error, as for a confidence interval",
    "The standard error itself is asked for.",
    "Leave out the factor, 1.96 or 2.",
)
recognised(sem, NOT_A_NUMBER)
