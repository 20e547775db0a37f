"""What is right, step by step: from the catalogue to how stable each neuron's response is.

What is about one neuron is worked out for several at once, too, where ids come as an array: then
they run along the first axis.
"""

from itertools import combinations

import numpy as np

from checks import truth
from checks.arrays import (
    IMAGE,
    MASK,
    MOVIE,
    STARTS,
    TIMES,
    TRACE,
    MovieResponse,
    Opened,
    Response,
    response_shape,
)
from checks.tables import EQUALLY_ALIKE, PAIRS, Correlations, Experiments, Ids, Pair, Stability
from checks.truth import VARIANTS as S
from visual_coding_course.checking import Tolerance, also, step
from visual_coding_course.checking.forms import integer, number, shown

#: The neuron, and what is worked out for each.
N = "cell_specimen_id"
#: dF/F copied from the file or averaged over repeats. Computing with float32 instead of
#: float64 moves a mean by less than 1e-6; noise is about 0.1, so nothing wrong is so near.
DFF = Tolerance(rtol=1e-4, atol=1e-5)
#: Times of imaging frames, 0.033 s apart; reading them as float32 moves them by 0.0002 s.
SECONDS = Tolerance(rtol=0, atol=1e-3)
#: Mean dF/F of some 10 000 spontaneous frames. It is small, some 0.01, and differs by 0.001 or
#: so between sessions or epochs; computing it with float32 moves it by less than 1e-6. Only for
#: an own trace of larger numbers, such as fluorescence, does the relative part matter.
SPONTANEOUS = Tolerance(rtol=1e-5, atol=2e-5)
#: For recognising a wrong one: the means of different slips are near each other.
RECOGNISED = Tolerance(rtol=1e-5, atol=3e-7)
#: Correlations, which are read and reported with two decimals.
CORRELATION = Tolerance(rtol=0, atol=6e-3)

PIXELS = ("row (pixel)", "column (pixel)")
ANOTHER = 0.5


def neurons_at(*places):
    """Say for which neurons an answer is judged: ours, and some of those in all sessions.

    Parameters
    ----------
    *places : float
        Where the others stand among these, from 0 to 1.
    """

    def neurons(shared_ids, cell_specimen_id):
        rest = [int(neuron) for neuron in shared_ids if neuron != cell_specimen_id]
        return [int(cell_specimen_id), *(rest[round(at * (len(rest) - 1))] for at in places)]

    return neurons


def others_at(*places):
    """The same without ours."""
    return lambda shared_ids, cell_specimen_id: neurons_at(*places)(shared_ids, cell_specimen_id)[
        1:
    ]


def everyone(shared_ids):
    """All neurons that are in all sessions."""
    return shared_ids.tolist()


# Questions 1 and 2 ------------------------------------------------------------------------


@step()
def sessions(boc, cell_specimen_id):
    if not hasattr(boc, "get_ophys_experiments") or not isinstance(
        cell_specimen_id, (int, np.integer)
    ):
        raise AssertionError(
            "`boc` or `cell_specimen_id` is not what the notebook's first cells made it. "
            "Run the first two cells again, and do not change these two."
        )
    return truth.neuron_sessions(boc, int(cell_specimen_id))


@step(
    answer="experiments",
    direct="Put what `boc.get_ophys_experiments(cell_specimen_ids=[...])` returns for our "
    "neuron into `pd.DataFrame(...)`, and change nothing in the table.",
    form=Experiments(),
)
def experiments(sessions):
    return np.sort([session["id"] for session in sessions.values()]).astype(float)


@step(
    S,
    answer="id",
    direct="Keep the row of `experiments` whose `session_type` is `three_session_{letter}`, and "
    "take its one entry in the column `id`.",
    form=integer(),
    wrong="`{answer}` is not the id of a session in which the neuron was recorded. It stands in "
    "the column `id` of `experiments`.",
)
def session_id(sessions, letter):
    return int(sessions[letter]["id"])


@step(
    answer="container_id",
    direct="Take the column `experiment_container_id` of `experiments`, and of it one "
    "entry, such as `.iloc[0]`: they are all the same.",
    form=integer(),
    wrong="`container_id` is not the neuron's container. It is the same for all its sessions: see "
    "the column `experiment_container_id` of `experiments`.",
)
def container(sessions):
    return int(sessions["a"]["experiment_container_id"])


@step(
    S,
    answer="data_set",
    direct="Call `boc.get_ophys_experiment_data` with `id_{small}`, a plain integer, and "
    "keep what it returns.",
    form=Opened(),
    wrong="`{answer}` is the recording of a session of another container.",
)
def recording(boc, session_id):
    return truth.session_recording(boc, session_id)


@step(S)
def opened(recording):
    return recording.data_set


@step(
    S,
    answer="index",
    direct="Call `data_set_{small}.get_cell_specimen_indices` with a list that holds our "
    "neuron's id, and take the only entry of what it returns.",
    form=integer(),
    each=N,
    follows=("data_set", "id"),
    wrong="`{answer}` is not an index in session {letter}. Ask `data_set_{small}` where it has the "
    "cell specimen id.",
)
def index(recording, cell_specimen_id):
    if np.ndim(cell_specimen_id):
        order = np.argsort(recording.ids)
        return order[np.searchsorted(recording.ids, cell_specimen_id, sorter=order)]
    return recording.index(cell_specimen_id)


# Questions 3 and 4 ------------------------------------------------------------------------


@step(
    S,
    answer="max_projection",
    direct="Call `get_max_projection()` of `data_set_{small}`, and keep the array that "
    "it returns as it is.",
    form=IMAGE,
    exact=DFF,
    axes=PIXELS,
    unit="brightness (arbitrary units)",
    follows=("data_set",),
    wrong="`{answer}` has the right shape, but not the pixels of this session's maximum "
    "projection. Take it from `data_set_{small}` as it is.",
)
def projection(recording):
    return recording.projection


@step(
    S,
    answer="roi_mask",
    direct="Call `get_roi_mask_array` of `data_set_{small}` with a list that holds our "
    "neuron's id, and take the first and only mask of what it returns.",
    form=MASK,
    axes=PIXELS,
    unit="in the mask",
    each=N,
    follows=("data_set", "index"),
    wrong="`{answer}` marks other pixels than the neuron's mask does. Take the mask of "
    "`data_set_{small}` as it is.",
)
def mask(recording, index):
    return recording.mask(recording.ids[index])


@step(
    answer="fig_masks",
    direct="On each panel, draw the projection with `ax.imshow`, then the mask with `ax.contour`, "
    "both from the arrays of that panel's session.",
    form=shown(),
    follows=("data_set", "index"),
)
def fig_masks(projection, mask):
    return projection, mask


@step(
    S,
    answer="timestamps",
    direct="Call `get_dff_traces` of `data_set_{small}`: it returns two arrays. Keep the "
    "first, the times, as it is.",
    form=TIMES,
    exact=SECONDS,
    axes=("imaging frame",),
    unit="time (s)",
    follows=("data_set",),
    wrong="`{answer}` are not the times of this session's imaging frames in seconds, as "
    "`get_dff_traces` returns them.",
)
def times(recording):
    return recording.times


@step(
    S,
    answer="dff",
    direct="Call `get_dff_traces` of `data_set_{small}` with our neuron's id in a list, take the "
    "second of the two arrays that it returns, and of it the only row.",
    form=TRACE,
    exact=DFF,
    axes=("imaging frame",),
    unit="dF/F",
    each=N,
    follows=("data_set", "index"),
    wrong="`{answer}` has the right length, but is not our neuron's dF/F in session {letter}.",
)
def dff(recording, index):
    return recording.dff(recording.ids[index])


@step(
    answer="fig_traces",
    direct="On each panel, call `ax.plot` with the times and the trace of the same session, for "
    "all three sessions in turn.",
    form=shown(),
    follows=("data_set", "index", "times", "dff"),
)
def fig_traces(times, dff):
    return times, dff


# Question 5 -------------------------------------------------------------------------------


@step(
    S,
    answer="movie_starts",
    direct="Read the table of `natural_movie_one` from `data_set_{small}`, keep the ten "
    "rows whose `frame` is 0, and take their column `start`.",
    form=STARTS,
    axes=("repeat",),
    unit="imaging frame",
    follows=("data_set",),
    wrong="`{answer}` has 10 numbers, but not the frames where natural movie one starts. Look into "
    "`data_set_{small}.get_stimulus_table(...)`: which stimulus, which column?",
)
def starts(recording):
    return recording.movie_starts


@step(
    S,
    answer="spontaneous_mean",
    direct="Go through the rows of `get_stimulus_table('spontaneous')`, cut "
    "`dff[start:end]` out for each, join the pieces, and take the mean of all their frames.",
    form=number(),
    exact=SPONTANEOUS,
    recognised=RECOGNISED,
    each=N,
    follows=("data_set", "index", "dff"),
    wrong="`{answer}` is not the mean of `dff_{small}` over the frames of the spontaneous epochs. "
    "Do `start` and `end` come from this session's table, and are they used as frames, not as "
    "seconds?",
)
def spontaneous(dff, recording):
    return _rest(dff, recording, with_end=True)


# However the last frame is counted.
also(spontaneous, lambda dff, recording: _rest(dff, recording, with_end=False))


def _rest(dff, recording, with_end):
    epochs = recording.spontaneous_epochs
    if np.ptp(dff[epochs[0, 0] : epochs[-1, 1]]) == 0:
        raise LookupError("nothing to build upon: zeros have a mean without any code")
    return truth.spontaneous_mean(dff, epochs, with_end)


# Questions 6 and 7 ------------------------------------------------------------------------


@step(
    S,
    answer="movie_response",
    direct="Three steps, each from the two arguments alone: this neuron's trace, as a "
    "1-D array; where the repeats start in this recording (`starts_of_movie`); then a piece of "
    "900 frames from each start, stacked as rows.",
    form=MovieResponse(
        "a function: `def movie_response(data_set, cell_specimen_id): ...`",
        Response("an array (10, 900), repeats x imaging frames", 2, response_shape),
        takes=("opened", N),
        each=neurons_at(ANOTHER),
    ),
    exact=DFF,
    axes=("repeat", "imaging frame from its start"),
    unit="dF/F",
    each=N,
    follows=("movie_starts",),
    wrong="`movie_response` has the right shape, but not the neuron's dF/F in session {letter}, "
    "frame by frame from where each repeat starts. Compare one of its rows with the trace there: "
    "which frames, which recording, which neuron is it?",
)
def response(dff, starts):
    return truth.cut(dff, starts)


FOLLOWED = ("data_set", "movie_starts", "movie_response")


@step(
    S,
    answer="mean_response",
    direct="Call `movie_response` with `data_set_{small}` and `cell_specimen_id`: the "
    "rows of what it returns are the repeats. Take their mean with `axis=0`; it has 900 values.",
    form=MOVIE,
    exact=DFF,
    axes=("imaging frame from the movie's start",),
    unit="mean dF/F",
    each=N,
    follows=FOLLOWED,
    wrong="`{answer}` has the right length, but is not the mean over the repeats of "
    "`movie_response` in session {letter}.",
)
def mean(response):
    return response.mean(axis=-2)


@step(
    S,
    answer="sem_response",
    direct="Take the standard deviation with `axis=0` of what `movie_response` returns "
    "for `data_set_{small}`, and divide it by `np.sqrt` of the number of repeats.",
    form=MOVIE,
    exact=DFF,
    axes=("imaging frame from the movie's start",),
    unit="s.e.m. of dF/F",
    each=N,
    follows=FOLLOWED,
    wrong="`{answer}` has the right length, but is not the standard deviation over the repeats "
    "divided by the square root of their number.",
)
def sem(response):
    return _error(response, ddof=1)


also(sem, lambda response: _error(response, ddof=0))


def _error(response, ddof):
    error = response.std(axis=-2, ddof=ddof) / np.sqrt(response.shape[-2])
    if not error.any():
        raise LookupError("nothing to build upon: repeats that are all the same")
    return error


@step(
    answer="fig_movie",
    direct="Draw `mean_response_a`, `mean_response_b` and `mean_response_c`, as they are. Each "
    "needs the time in the movie and a name.",
    form=shown(),
    follows=("mean_response", *FOLLOWED),
)
def fig_movie(times, mean):
    return times, mean


# Questions 8 and 9 ------------------------------------------------------------------------


@step(
    answer="correlations",
    direct="Make a DataFrame of three columns named A, B and C, whose 900 rows are the "
    "three mean responses; `corr()` of it is the table.",
    form=Correlations(),
    exact=CORRELATION,
    axes=("session", "session"),
    unit="correlation",
    each=N,
    follows=("mean_response",),
)
def correlations(mean):
    return pearson(np.stack(mean, axis=-2))


def pearson(values):
    """Correlate rows with rows: (..., rows, values) to (..., rows, rows)."""
    values = values - values.mean(axis=-1, keepdims=True)
    return cosine(values)


def cosine(values):
    """Return the cosine between rows: (..., rows, values) to (..., rows, rows)."""
    sizes = np.sqrt((values**2).sum(axis=-1))
    return (
        values @ np.swapaxes(values, -1, -2) / (sizes[..., np.newaxis] * sizes[..., np.newaxis, :])
    )


@step(
    answer="most_similar",
    direct="Compare the three numbers off the diagonal: r(A, B), r(A, C) and r(B, C). "
    "Give the two letters of the largest as a string.",
    form=Pair(),
    follows=("correlations", "mean_response"),
    wrong="`most_similar` does not name the two sessions with the highest correlation. Leave the "
    "diagonal of the table aside.",
)
def most_similar(correlations):
    return ordered_pairs(correlations)[-1]


# Pairs that are equally alike are both right.
@also(most_similar)
def as_similar(correlations):
    r = pairs(correlations)
    *_, second, first = np.argsort(r)
    return PAIRS[second if r[first] - r[second] < EQUALLY_ALIKE else first]


def pairs(correlations):
    """Return the three correlations off the diagonal, (..., 3)."""
    return np.stack([correlations[..., i, j] for i, j in combinations(range(3), 2)], axis=-1)


def ordered_pairs(correlations):
    """Return the pairs of sessions, from the least to the most alike."""
    return [PAIRS[place] for place in np.argsort(pairs(correlations))]


@step(
    answer="shared_ids",
    direct="Read `get_cell_specimen_ids()` of the three recordings. `np.intersect1d` takes "
    "two of them; give its result and the third to it again.",
    form=Ids(),
    axes=("place in the array",),
    unit="cell specimen id",
    follows=("data_set",),
)
def shared_ids(recording):
    return np.array(sorted(set.intersection(*(set(one.ids.tolist()) for one in recording))))


@step(
    answer="response_stability",
    direct="In each session, take the mean over the repeats of all traces, then the rows "
    "`get_cell_specimen_indices(shared_ids)`: row i is the same neuron everywhere. Correlate row "
    "by row, for three pairs, and take the mean.",
    form=Stability(),
    exact=CORRELATION,
    axes=("neurons, sorted by it",),
    unit="mean correlation",
    each=N,
    follows=FOLLOWED,
    wrong="`response_stability` is not right for our neuron, or for some others. It should be the "
    "mean of r(A, B), r(A, C) and r(B, C) of their mean movie responses. Do ids and rows go "
    "together in each session?",
)
def stability(correlations):
    return pairs(correlations).mean(axis=-1)


@step(over="shared_ids")
def stabilities(stability):
    return stability


@step(
    answer="fig_stability",
    direct="Give `response_stability` as it is to `ax.hist`, or plot its sorted values as points, "
    "and name both axes.",
    form=shown(),
    follows=("response_stability",),
)
def fig_stability(stability):
    return stability
