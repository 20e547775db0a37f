"""What is right, step by step, from a neuron's responses to how stable they are.

What is about one neuron is worked out for several at once, too, as in `recorded`.
"""

from itertools import combinations

import numpy as np
from recorded import DFF, N

from checks import truth
from checks.arrays import MOVIE, MovieResponse, Response, response_shape
from checks.tables import EQUALLY_ALIKE, PAIRS, Correlations, Ids, Pair, Stability
from checks.truth import VARIANTS as S
from visual_coding_course.checking import Tolerance, also, step
from visual_coding_course.checking.forms import shown

#: Correlations, which are read and reported with two decimals.
CORRELATION = Tolerance(rtol=0, atol=6e-3)

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
    follows=("mean_response", "sem_response", *FOLLOWED),
)
def fig_movie(times, mean, sem):
    return times, mean, sem


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
    """Return the cosine between rows: (..., rows, values) to (..., rows, rows).

    It is NaN where a row holds nothing but zeros.
    """
    sizes = np.sqrt((values**2).sum(axis=-1))
    sizes = sizes[..., np.newaxis] * sizes[..., np.newaxis, :]
    products = values @ np.swapaxes(values, -1, -2)
    return np.divide(products, sizes, out=np.full_like(products, np.nan), where=sizes > 0)


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
