"""Slips in question 7: the mean movie response, and its figure."""

import numpy as np
from right import fig_movie, mean, sem

from checks.forms import IN_ANY_FIGURE, OF_CURVES, recognised
from checks.truth import cut
from visual_coding_course.checking import fit, rewire, slip

WHICH = "Which recording was given to `movie_response`, and whose result is used here?"
GIVE = (
    "Call `movie_response` with `data_set_{small}`, keep the result under a name that says which "
    "session it is, and use that name here."
)
AXES = "In an array repeats x frames, which axis runs over the repeats?"
FIRST_AXIS = "Use `axis=0`: it goes down each column, over the ten repeats, and leaves 900 values."
PLAIN = "Leave dF/F as it is, a plain ratio, as `movie_response` returns it."
NOT_A_NUMBER = {
    "not a number": "Look at the array that `movie_response` returns: where is it NaN? A slice "
    "that goes past the end of the trace, or a division by zero, makes such values."
}

for at in (mean, sem):
    rewire(
        at,
        "response",
        f"the {'mean response' if at is mean else 'standard error'} in session {{other}}",
        WHICH,
        GIVE,
        name="another session's array",
    )
slip(
    mean,
    "mean over the wrong axis",
    lambda response: response.mean(axis=-1),
    "a mean over the frames, with one value for each repeat",
    "There should be one for each imaging frame. " + AXES,
    FIRST_AXIS,
)
slip(
    mean,
    "one number for all",
    lambda response: response.mean(axis=(-1, -2)),
    "a single number: the mean over repeats and frames at once",
    "There should be one value for each imaging frame. " + AXES,
    "Without `axis`, numpy averages everything. Tell it the axis of the repeats, 0.",
)
slip(
    mean,
    "repeats not averaged",
    lambda response: response,
    "all repeats still, an array of shape {shape}",
    "What they have in common is their mean: one value for each imaging frame.",
    FIRST_AXIS,
)
slip(
    mean,
    "median for mean",
    lambda response: np.median(response, axis=-2),
    "the median over the repeats",
    "Which of `np.mean` and `np.median` is asked for?",
    "Take `np.mean`, with the same axis.",
)


slip(
    mean,
    "maximum for mean",
    lambda response: (of(response, axis=-2) for of in (np.max, np.min)),
    "the largest or smallest value over the repeats",
    "One noisy repeat decides it. Which value do all ten have a share in?",
    "Take `np.mean`, with the same axis.",
)
slip(
    mean,
    "sum for mean",
    lambda response: response.sum(axis=-2),
    "the sum over the repeats",
    "A mean stays as large as a single response: what is missing?",
    "Divide by the number of repeats, or take `np.mean` in place of `np.sum`.",
)


slip(
    mean,
    "wrong divisor",
    lambda response: (response.sum(axis=-2) / n for n in (9, 11, 900, 3, np.sqrt(10))),
    "the sum over the repeats, divided by another number than theirs",
    "How many rows does the array that `movie_response` returns have?",
    "Divide by `len` of that array, or let `np.mean` do it.",
)


slip(
    mean,
    "a single repeat",
    lambda response: (repeat for repeat in np.moveaxis(response, -2, 0)),
    "one single repeat",
    "One repeat is noisy: what do all ten have in common?",
    "Take the mean over all rows of the array, not one of the rows.",
)


def incomplete(response):
    """Yield the mean without the last or the first repeat, of each half, and of every other."""
    for part in (slice(0, -1), slice(1, None), slice(0, 5), slice(5, None), slice(0, None, 2)):
        yield response[..., part, :].mean(axis=-2)
    yield response[..., 1::2, :].mean(axis=-2)


slip(
    mean,
    "repeats left out",
    incomplete,
    "the mean of some of the repeats only",
    "Ten repeats were shown: does a slice or a loop end too early?",
    "Use the whole array that `movie_response` returns, without a slice, and `axis=0`.",
)


def of_some(value, response):
    """Whether a mean is that of some repeats, whichever these are."""
    weights = np.linalg.lstsq(response.T, value, rcond=None)[0]
    used = weights > 0.01
    return np.allclose(weights[used], 1 / used.sum()) and np.allclose(response[used].mean(0), value)


fit(
    mean,
    "repeats left out",
    of_some,
    "`{answer}` is the mean of some of the repeats only.",
    "Ten repeats were shown: which of them does the mean take in?",
    "Use the whole array that `movie_response` returns, without a slice, and `axis=0`.",
)


def errors(response, factor=1.0):
    """Yield the standard error, dividing by n - 1 and by n, times a factor."""
    repeats = response.shape[-2]
    for ddof in (1, 0):
        yield response.std(axis=-2, ddof=ddof) / np.sqrt(repeats) * factor


def scaled(*factors):
    """Make a function that yields the standard error, times each of some factors."""

    def errors_times(response):
        for factor in factors:
            yield from errors(response, factor)

    return errors_times


slip(
    mean,
    "error in place of the mean",
    scaled(1, np.sqrt(10)),
    "the standard error, or the standard deviation, not the mean",
    "Are the two names exchanged?",
    "Take the mean over the repeats here, and keep the other for `sem_response_{small}`.",
)


def trimmed(response):
    """Yield the mean without the extremes, and without what lies far out."""
    inner = np.sort(response, axis=-2)
    yield inner[..., 1:-1, :].mean(axis=-2)
    away = np.abs(response - response.mean(axis=-2, keepdims=True))
    for limit in (2, 3):
        kept = away <= limit * response.std(axis=-2, keepdims=True)
        yield np.where(kept, response, np.nan).mean(axis=-2, where=kept)


slip(
    mean,
    "outliers dropped",
    trimmed,
    "a mean without the largest and smallest values",
    "All ten repeats count. Is something left out, clipped or trimmed?",
    "Use the whole array that `movie_response` returns, and `axis=0`.",
)
for at, in_percent in (
    (mean, lambda response: 100 * response.mean(axis=-2)),
    (sem, scaled(100)),
):
    slip(
        at,
        "percent for fraction",
        in_percent,
        "given in percent",
        "In which unit does the recording give dF/F?",
        PLAIN,
    )


def rescaled(response):
    """Yield the mean response, shifted or scaled in the usual ways."""
    mean = response.mean(axis=-2)
    low, high = (f(mean, axis=-1, keepdims=True) for f in (np.min, np.max))
    centred = mean - mean.mean(axis=-1, keepdims=True)
    yield from (centred, mean - mean[..., :1], mean - low, mean / high, (mean - low) / (high - low))
    yield centred / mean.std(axis=-1, keepdims=True)
    yield mean - response[..., :30].mean(axis=(-1, -2), keepdims=True)[..., 0]
    yield mean - np.median(response, axis=(-1, -2), keepdims=True)[..., 0]
    yield mean - np.median(mean, axis=-1, keepdims=True)
    yield np.clip(mean, 0, None)
    yield np.abs(mean)


slip(
    mean,
    "changed afterwards",
    rescaled,
    "the right course, shifted or rescaled: its unit is not dF/F",
    "What was done to it after the mean was taken, such as subtracting or dividing?",
    PLAIN,
)


def running_sums(response):
    """Yield the sum of the mean response up to each frame, and the mean up to it."""
    sums = response.mean(axis=-2).cumsum(axis=-1)
    yield from (sums, sums / np.arange(1, sums.shape[-1] + 1))


slip(
    mean,
    "summed up over time",
    running_sums,
    "the sum, or the mean, of all frames up to each",
    "What did the neuron do in one frame alone? Is `cumsum` used anywhere?",
    "Average over the repeats alone, `axis=0`, and leave the frames as they are.",
)


def smoothed(response):
    """Yield the mean response, with each frame averaged with those around it."""
    from scipy.ndimage import gaussian_filter1d, uniform_filter1d

    mean = response.mean(axis=-2)
    for frames in (3, 5, 7, 9, 10, 15, 20, 30):
        yield uniform_filter1d(mean, frames, axis=-1)
        window = np.ones(frames) / frames
        yield np.apply_along_axis(np.convolve, -1, mean, window, "same")
    for sigma in (1, 2, 3, 5):
        yield gaussian_filter1d(mean, sigma, axis=-1)


slip(
    mean,
    "smoothed",
    smoothed,
    "a smoothed response",
    "Is each frame averaged with those around it?",
    "Average over the repeats alone, `axis=0`, and leave the frames as they are.",
)


slip(
    mean,
    "the sessions averaged",
    lambda way: np.mean([way.response(x).mean(axis=-2) for x in "abc"], axis=0),
    "a mean over the three sessions as well",
    "Each session has a response of its own. What is put together before the mean is taken?",
    GIVE,
)


slip(
    mean,
    "mean taken across neurons",
    lambda recording, starts: cut(recording.mean_dff, starts).mean(axis=0),
    "the mean over all neurons of the session",
    "One neuron is asked for: which one does `movie_response` get?",
    "Give `cell_specimen_id` to `movie_response`, and average over the repeats only.",
    slow=True,
)
recognised(mean, NOT_A_NUMBER)

# The figure. What a line shows, where it is wrong, is compared with what slips give in the mean.
DRAW_MEANS = "Draw `mean_response_a`, `mean_response_b` and `mean_response_c`, as they are."
recognised(
    fig_movie,
    IN_ANY_FIGURE
    | OF_CURVES
    | {
        "all neurons drawn": DRAW_MEANS + " Other neurons may stay in, thin and in grey, if "
        "ours are drawn over them in colours.",
        "a session without a name": "Give each of the three `ax.plot` a `label` that names its "
        "session, and call `ax.legend()` after the last of them.",
        "lines that look the same": "Leave out `color`, so that each line gets a colour of its "
        "own; or give each session another one.",
        "time in the session": "Draw all three against one array of times that begins at 0, such "
        "as `np.arange(900) / 30.1`, or against imaging frames.",
        "another session's band": "In the loop, take mean and standard error of the same session: "
        "`ax.fill_between(x, mean - sem, mean + sem)`.",
        "a band of another width than named": "For ± s.e.m., the band reaches from `mean - sem` to "
        "`mean + sem`, with `sem_response_*` of its own session. Or write what you drew.",
        "a band around zero": "The band of a session lies around its mean: "
        "`ax.fill_between(x, mean - sem, mean + sem)`.",
    },
)
