"""Slips in question 8: the correlations between the sessions, and the most similar two."""

from itertools import combinations, permutations

import numpy as np
from right import correlations, cosine, most_similar, ordered_pairs, pearson
from scipy.stats import rankdata

from checks.forms import recognised
from visual_coding_course.checking import looks, slip

MEANS = "Put the three mean responses into the table, one column for each session."
SIZE = "Report r itself, as `corr()` returns it."


def other_orders(right):
    """Yield the table with the names of the sessions exchanged."""
    for order in list(permutations(range(3)))[1:]:
        yield right[np.ix_(order, order)]


def stacked(three):
    """Put three sessions beside each other: (..., 3, values)."""
    return np.stack(three, axis=-2)


def of_ranks(mean):
    """Yield Spearman's correlations, and of one neuron, Kendall's."""
    yield pearson(rankdata(stacked(mean), axis=-1))
    if mean[0].ndim == 1:
        import pandas as pd

        yield pd.DataFrame(stacked(mean).T).corr("kendall").to_numpy()


def squares(mean):
    """Yield the squared table, also with the names of the sessions exchanged."""
    r = pearson(stacked(mean))
    for order in permutations(range(3)):
        yield r[..., order, :][..., order] ** 2


def of_repeats(response):
    """Yield correlations of one repeat, their mean, of all in a row, and of all with all."""
    each = [
        pearson(stacked([one[..., repeat, :] for one in response]))
        for repeat in range(response[0].shape[-2])
    ]
    yield from each
    yield np.mean(each, axis=0)
    yield pearson(stacked([one.reshape(*one.shape[:-2], -1) for one in response]))
    rows = [one - one.mean(axis=-1, keepdims=True) for one in response]
    rows = [one / np.sqrt((one**2).sum(axis=-1, keepdims=True)) for one in rows]
    together = stacked([one.mean(axis=-2) for one in rows])
    table = together @ np.swapaxes(together, -1, -2)
    yield table
    off = ~np.eye(3, dtype=bool)
    yield np.where(off, table, 1)


def of_one_repeat(mean, response):
    """Yield correlations of one repeat of a session with the means of the others."""
    for place, one in enumerate(response):
        for repeat in range(one.shape[-2]):
            three = [*mean]
            three[place] = one[..., repeat, :]
            yield pearson(stacked(three))


def of_traces(dff, starts):
    """Yield correlations of the whole traces, cut to the shortest, and of the movie's."""
    shortest = min(trace.shape[-1] for trace in dff)
    yield pearson(stacked([trace[..., :shortest] for trace in dff]))
    yield pearson(stacked([trace[..., -shortest:] for trace in dff]))
    pairwise = np.ones((*dff[0].shape[:-1], 3, 3))
    for i, j in combinations(range(3), 2):
        length = min(dff[i].shape[-1], dff[j].shape[-1])
        r = pearson(stacked([dff[i][..., :length], dff[j][..., :length]]))[..., 0, 1]
        pairwise[..., i, j] = pairwise[..., j, i] = r
    yield pairwise
    movies = [trace[..., one[0] : one[0] + 9000] for trace, one in zip(dff, starts)]
    yield pearson(stacked(movies))


def covariances(mean):
    """Yield covariances, dividing by n - 1 and by n, and sums of products."""
    three = stacked(mean)
    centred = three - three.mean(axis=-1, keepdims=True)
    products = centred @ np.swapaxes(centred, -1, -2)
    frames = three.shape[-1]
    yield from (products / (frames - 1), products / frames)
    yield three @ np.swapaxes(three, -1, -2)


def halves(right):
    """Yield the table with one half, or the diagonal, left out."""
    for part in (np.triu, np.tril):
        for k in (0, 1, -1):
            yield part(right, k)
    yield right - np.eye(3)


def at_the_best_lag(mean):
    """Yield the greatest correlation when one response is moved against the other."""
    for most in (15, 30, 60):
        table = np.ones((*mean[0].shape[:-1], 3, 3))
        for i, j in combinations(range(3), 2):
            lags = [_moved(mean[i], mean[j], lag) for lag in range(-most, most + 1)]
            table[..., i, j] = table[..., j, i] = np.max(lags, axis=0)
        yield table


def _moved(x, y, lag):
    x, y = (
        (x[..., lag:], y[..., : y.shape[-1] - lag]) if lag >= 0 else (x[..., :lag], y[..., -lag:])
    )
    return pearson(stacked([x, y]))[..., 0, 1]


def of_halves(mean):
    """Yield the correlations of the first and of the second half of the movie."""
    half = mean[0].shape[-1] // 2
    yield pearson(stacked([one[..., :half] for one in mean]))
    yield pearson(stacked([one[..., half:] for one in mean]))


def differences(mean):
    """Yield how much the responses differ, on average or in all, and what falls with that."""
    three = stacked(mean)
    away = three[..., :, np.newaxis, :] - three[..., np.newaxis, :, :]
    for far in (np.abs(away).mean(axis=-1), np.sqrt((away**2).mean(axis=-1)),
                np.sqrt((away**2).sum(axis=-1)), (away**2).mean(axis=-1)):  # fmt: skip
        yield from (far, 1 - far, 1 / (1 + far), -far)


looks(
    correlations,
    "sessions with the wrong names",
    other_orders,
    "`correlations` holds the right numbers, but not with the right names.",
    "Which column is which session?",
    "Make the table from a dictionary, so that each name stands beside its own response.",
)

slip(
    correlations,
    "r squared",
    squares,
    "r squared",
    "r squared is the share of explained variance; which of the two is asked for?",
    SIZE,
)

slip(
    correlations,
    "correlated twice",
    lambda mean: pearson(pearson(stacked(mean))),
    "correlations of the correlations",
    "How often is `corr` called on the way from the mean responses?",
    "Call it once, on the table of the mean responses.",
)

slip(
    correlations,
    "differences for correlations",
    differences,
    "what is reckoned from the differences between the responses: it depends on their size",
    "Pearson's correlation compares shapes. What does `corr` do in place of subtracting?",
    MEANS + " `corr()` of it is the answer.",
)

slip(
    correlations,
    "covariances",
    covariances,
    "covariances, or sums of products: the diagonal is not 1",
    "Covariances grow with the size of the responses; what is divided by to get r?",
    "Take `corr()` in place of `cov()`.",
)

slip(
    correlations,
    "rank correlations",
    of_ranks,
    "rank correlations",
    "Pearson's correlation is asked for: which `method` does `corr` use?",
    "Leave `method` out: `corr()` is Pearson's as it comes.",
)

slip(
    correlations,
    "correlation of traces",
    of_traces,
    "the traces of dF/F, not the responses to the movie",
    "What the mouse saw at the same frame of two sessions differs. What was the same?",
    MEANS,
)

slip(
    correlations,
    "correlation of single repeats",
    of_repeats,
    "a comparison of single repeats, not of their means",
    "Single repeats are noisy, and noise makes correlations small. What removes it?",
    "Take the mean over the repeats first, then correlate. " + MEANS,
)

slip(
    correlations,
    "a single repeat",
    of_one_repeat,
    "a comparison of a single repeat of one session with the means of the others",
    "Are all three columns means over the ten repeats?",
    MEANS,
)

slip(
    correlations,
    "mean not subtracted",
    lambda mean: cosine(stacked(mean)),
    "cosines: the correlation without subtracting the mean",
    "What does the formula of Pearson's correlation subtract first?",
    "Use `DataFrame.corr` or `np.corrcoef`, which subtract the mean.",
)

looks(
    correlations,
    "half of the table",
    halves,
    "`correlations` has only a half of the table, or lacks the diagonal.",
    "A is as like B as B is like A, and each session is fully like itself.",
    "Keep the whole table, as `corr()` returns it.",
)

looks(
    correlations,
    "distance for similarity",
    lambda right: 1 - right,
    "`correlations` holds 1 - r: how unlike the sessions are.",
    "Should sessions that are alike have a large number or a small one?",
    SIZE,
)

looks(
    correlations,
    "percent for fraction",
    lambda right: 100 * right,
    "`correlations` is in percent.",
    "Between which two numbers does a correlation lie?",
    SIZE,
)

looks(
    correlations,
    "rounded too much",
    lambda right: (np.round(right, digits) for digits in (1, 0)),
    "`correlations` is rounded so much that the pairs can hardly be told apart.",
    "How many decimals are needed to compare them?",
    "Leave out the rounding, or keep two decimals or more.",
)

looks(
    most_similar,
    "the least alike",
    lambda correlations: ordered_pairs(correlations)[0],
    "`most_similar` does not name the two sessions with the highest correlation.",
    "Does a large correlation mean alike, or unlike?",
    "Look for the largest number off the diagonal, not the smallest.",
)

looks(
    most_similar,
    "the wrong pair",
    lambda correlations: ordered_pairs(correlations)[1],
    "`most_similar` does not name the two sessions with the highest correlation.",
    "Of the three numbers off the diagonal, which is the largest?",
    "Read row and column of the largest number off the diagonal: they name the pair.",
)

slip(
    correlations,
    "at the best lag",
    at_the_best_lag,
    "the correlation at the lag where it is greatest",
    "The movie starts at the same frame in each session. Is one response moved against the other?",
    "Correlate the mean responses as they are, frame by frame.",
)

slip(
    correlations,
    "half of the movie",
    of_halves,
    "a comparison of one half of the movie",
    "How many of the 900 frames are compared?",
    MEANS,
)

recognised(
    correlations,
    {
        "not a number": (
            "A column that is constant, or holds NaN, has no correlation. Look at the three "
            "mean responses: are they right in question 7?"
        ),
        "an array for a table": (
            "Wrap it: `pd.DataFrame(…, index=…, columns=…)`, with the three letters in the "
            "order of the sessions for both."
        ),
        "sessions not named": (
            "Name the columns before you correlate (`pd.DataFrame` takes a dictionary): "
            "`corr()` uses the names for rows and columns."
        ),
        "transposed array": (
            "`correlations` has the shape (900, 900): it compares imaging frames, not sessions.",
            "`DataFrame.corr` compares columns: what are the columns of your table?",
            "Turn the table before `corr()`, with `.T`, so that each session is a column.",
        ),
        "a session left out": (
            "`correlations` has two rows and columns: it compares two sessions.",
            "How many sessions were there?",
            MEANS + " `np.corrcoef` takes all three at once, too.",
        ),
    },
)

recognised(
    most_similar,
    {
        "the diagonal": "Compare only the three numbers off the diagonal: r(A, B), r(A, C) and "
        "r(B, C).",
        "numbers in place of the names": (
            "`most_similar` holds numbers.",
            "Which two sessions do they belong to? Their letters are asked for.",
            "Write the two letters in quotes, one after the other.",
        ),
        "all three sessions": (
            "`most_similar` names all three sessions.",
            "Which two of them have the highest correlation?",
            "Write the two letters of the largest number off the diagonal.",
        ),
        "two letters apart": "Write both letters in one pair of quotes, or put them together with "
        "`''.join(...)`.",
    },
)
