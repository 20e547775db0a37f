"""Mistakes in question 8: the correlations between the sessions, and the most similar two."""

from itertools import combinations, permutations, product

import numpy as np
import pandas as pd

from checks.truth import SESSIONS, sem
from visual_coding_course.checking import Mistake

READ = (
    "pandas.DataFrame.corr",
    "https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.corr.html",
)

SECOND_HINTS = {
    "correlations": "Make a DataFrame of three columns named A, B and C, whose 900 rows are the "
    "three mean responses; `corr()` of it is the table.",
    "most_similar": "Compare the three numbers off the diagonal: r(A, B), r(A, C) and r(B, C). "
    "Give the two letters of the largest as a string.",
}

MEANS = "Put the three mean responses into the table, one column for each session."
SIZE = "Report r itself, as `corr()` returns it."


def means(right):
    """Return the three mean responses, (3, 900)."""
    return np.array([right.mean(letter) for letter in SESSIONS])


def responses(right):
    """Return the three responses, (3, 10, 900)."""
    return np.array([right.response(letter) for letter in SESSIONS])


def other_orders(right):
    """Yield the table with the names of the sessions exchanged."""
    for order in list(permutations(range(3)))[1:]:
        yield right.correlations[np.ix_(order, order)]


def squares(right):
    """Yield the squared table, also with the names of the sessions exchanged."""
    for order in permutations(range(3)):
        yield right.correlations[np.ix_(order, order)] ** 2


def same_session(right):
    """Yield the tables in which one session's response stands for another's, too."""
    for order in product(range(3), repeat=3):
        if len(set(order)) < 3:
            yield right.correlations[np.ix_(order, order)]


def of_ranks(right):
    """Yield Spearman's and Kendall's correlations."""
    table = pd.DataFrame(means(right).T)
    yield table.corr("spearman")
    yield table.corr("kendall")


def of_repeats(right):
    """Yield correlations of one repeat, of all repeats in a row, and the mean over repeats."""
    three = responses(right)
    each = [np.corrcoef(three[:, repeat]) for repeat in range(three.shape[1])]
    yield from each
    yield np.mean(each, axis=0)
    yield np.corrcoef(three.reshape(3, -1))
    crossed = np.corrcoef(three.reshape(-1, three.shape[2]))
    table = crossed.reshape(3, three.shape[1], 3, three.shape[1]).mean(axis=(1, 3))
    yield table
    np.fill_diagonal(table, 1)
    yield table


def of_one_repeat(right):
    """Yield correlations of one repeat of a session with the means of the others."""
    for place, response in enumerate(responses(right)):
        for repeat in response:
            three = means(right)
            three[place] = repeat
            yield np.corrcoef(three)


def of_traces(right):
    """Yield correlations of the whole traces, cut to the shortest, and to the shorter of two."""
    traces = [right.dff(letter) for letter in SESSIONS]
    shortest = min(map(len, traces))
    yield np.corrcoef([trace[:shortest] for trace in traces])
    yield np.corrcoef([trace[-shortest:] for trace in traces])
    pairwise = np.eye(3)
    for i, j in combinations(range(3), 2):
        length = min(len(traces[i]), len(traces[j]))
        r = np.corrcoef(traces[i][:length], traces[j][:length])[0, 1]
        pairwise[i, j] = pairwise[j, i] = r
    yield pairwise
    movies = [right.starts(letter)[0] + np.arange(9000) for letter in SESSIONS]
    yield np.corrcoef([trace[frames] for trace, frames in zip(traces, movies)])


def covariances(right):
    """Yield covariances, dividing by n - 1 and by n, and sums of products."""
    three = means(right)
    yield np.cov(three)
    yield np.cov(three, ddof=0)
    yield three @ three.T


def cosines(right):
    """Return the correlations that come without subtracting the mean."""
    three = means(right)
    sizes = np.sqrt((three**2).sum(axis=1))
    return three @ three.T / np.outer(sizes, sizes)


def halves(right):
    """Yield the table with one half, or the diagonal, left out."""
    for part in (np.triu, np.tril):
        for k in (0, 1, -1):
            yield part(right.correlations, k)
    yield right.correlations - np.eye(3)


def ordered_pairs(right):
    """Return the pairs of sessions, from the least to the most alike."""
    pairs = {two: right.correlations[two] for two in combinations(range(3), 2)}
    return ["".join("ABC"[i] for i in two) for two in sorted(pairs, key=pairs.get)]


MISTAKES = [
    Mistake(
        "correlations",
        "sessions with the wrong names",
        "`correlations` holds the right numbers, but not with the right names.",
        "Which column is which session?",
        "Make the table from a dictionary, so that each name stands beside its own response.",
        other_orders,
    ),
    Mistake(
        "correlations",
        "another session's array",
        "`correlations` compares a session with itself where two different ones are meant.",
        "Does each of the three columns hold the response of its own session?",
        "Look at the first rows of the table before `corr()`: are two of its columns equal?",
        same_session,
    ),
    Mistake(
        "correlations",
        "r squared",
        "`correlations` holds r squared.",
        "r squared is the share of explained variance; which of the two is asked for?",
        SIZE,
        squares,
    ),
    Mistake(
        "correlations",
        "covariances",
        "`correlations` holds covariances, or sums of products: the diagonal is not 1.",
        "Covariances grow with the size of the responses; what is divided by to get r?",
        "Take `corr()` in place of `cov()`.",
        covariances,
    ),
    Mistake(
        "correlations",
        "rank correlations",
        "`correlations` holds rank correlations.",
        "Pearson's correlation is asked for: which `method` does `corr` use?",
        "Leave `method` out: `corr()` is Pearson's as it comes.",
        of_ranks,
    ),
    Mistake(
        "correlations",
        "correlation of traces",
        "`correlations` compares the traces of dF/F, not the responses to the movie.",
        "What the mouse saw at the same frame of two sessions differs. What was the same?",
        MEANS,
        of_traces,
    ),
    Mistake(
        "correlations",
        "correlation of single repeats",
        "`correlations` compares repeats, not their means.",
        "Single repeats are noisy, and noise makes correlations small. What removes it?",
        "Take the mean over the repeats first, then correlate. " + MEANS,
        of_repeats,
    ),
    Mistake(
        "correlations",
        "a single repeat",
        "`correlations` compares a single repeat of one session with the means of the others.",
        "Are all three columns means over the ten repeats?",
        MEANS,
        of_one_repeat,
    ),
    Mistake(
        "correlations",
        "median for mean",
        "`correlations` compares the medians over the repeats.",
        "Which responses are asked for?",
        MEANS,
        lambda right: np.corrcoef(np.median(responses(right), axis=1)),
    ),
    Mistake(
        "correlations",
        "mean over the wrong axis",
        "`correlations` compares ten numbers of each session, the means over frames.",
        "What should be alike is the course of the response in time.",
        MEANS,
        lambda right: np.corrcoef(responses(right).mean(axis=2)),
    ),
    Mistake(
        "correlations",
        "errors in place of means",
        "`correlations` compares the standard errors.",
        "Which of your arrays are the responses?",
        MEANS,
        lambda right: np.corrcoef([sem(response) for response in responses(right)]),
    ),
    Mistake(
        "correlations",
        "mean not subtracted",
        "`correlations` holds cosines: the correlation without subtracting the mean.",
        "What does the formula of Pearson's correlation subtract first?",
        "Use `DataFrame.corr` or `np.corrcoef`, which subtract the mean.",
        cosines,
    ),
    Mistake(
        "correlations",
        "half of the table",
        "`correlations` has only a half of the table, or lacks the diagonal.",
        "A is as like B as B is like A, and each session is fully like itself.",
        "Keep the whole table, as `corr()` returns it.",
        halves,
    ),
    Mistake(
        "correlations",
        "distance for similarity",
        "`correlations` holds 1 - r: how unlike the sessions are.",
        "Should sessions that are alike have a large number or a small one?",
        SIZE,
        lambda right: 1 - right.correlations,
    ),
    Mistake(
        "correlations",
        "percent for fraction",
        "`correlations` is in percent.",
        "Between which two numbers does a correlation lie?",
        SIZE,
        lambda right: 100 * right.correlations,
    ),
    Mistake(
        "correlations",
        "rounded too much",
        "`correlations` is rounded so much that the pairs can hardly be told apart.",
        "How many decimals are needed to compare them?",
        "Leave out the rounding, or keep two decimals or more.",
        lambda right: (np.round(right.correlations, digits) for digits in (1, 0)),
    ),
    Mistake(
        "correlations",
        "not a number",
        direct="A column that is constant, or holds NaN, has no correlation. Look at the three "
        "mean responses: are they right in question 7?",
    ),
    Mistake(
        "correlations",
        "an array for a table",
        direct="Wrap it: `pd.DataFrame(…, index=…, columns=…)`, with the three letters in the "
        "order of the sessions for both.",
    ),
    Mistake(
        "correlations",
        "sessions not named",
        direct="Name the columns before you correlate (`pd.DataFrame` takes a dictionary): "
        "`corr()` uses the names for rows and columns.",
    ),
    Mistake(
        "correlations",
        "transposed array",
        "`correlations` has the shape (900, 900): it compares imaging frames, not sessions.",
        "`DataFrame.corr` compares columns: what are the columns of your table?",
        "Turn the table before `corr()`, with `.T`, so that each session is a column.",
    ),
    Mistake(
        "correlations",
        "a session left out",
        "`correlations` has two rows and columns: it compares two sessions.",
        "How many sessions were there?",
        MEANS + " `np.corrcoef` takes all three at once, too.",
    ),
    Mistake(
        "most_similar",
        "the least alike",
        "`most_similar` names the two sessions that are least alike.",
        "Does a large correlation mean alike, or unlike?",
        "Look for the largest number off the diagonal, not the smallest.",
        lambda right: ordered_pairs(right)[0],
    ),
    Mistake(
        "most_similar",
        "the wrong pair",
        "`most_similar` does not name the two sessions with the highest correlation.",
        "Of the three numbers off the diagonal, which is the largest?",
        "Read row and column of the largest number off the diagonal: they name the pair.",
        lambda right: ordered_pairs(right)[1],
    ),
    Mistake(
        "most_similar",
        "the diagonal",
        direct="Compare only the three numbers off the diagonal: r(A, B), r(A, C) and r(B, C).",
    ),
    Mistake(
        "most_similar",
        "numbers in place of the names",
        "`most_similar` holds numbers.",
        "Which two sessions do they belong to? Their letters are asked for.",
        "Write the two letters in quotes, one after the other.",
    ),
    Mistake(
        "most_similar",
        "all three sessions",
        "`most_similar` names all three sessions.",
        "Which two of them have the highest correlation?",
        "Write the two letters of the largest number off the diagonal.",
    ),
]
