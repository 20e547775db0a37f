"""Questions 8 and 9: how alike the sessions are, for one neuron and for all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from . import values
from .responses import neurons_at
from .routes import ExpectedRoute, Route, by_any_route

#: Two pairs of sessions whose correlations differ by less than this are equally alike.
EQUALLY_ALIKE = 1e-6


def correlation_table(correlations: Any) -> pd.DataFrame:
    """Check the form of the table of correlations; return it in the order A, B, C."""
    values.attempted("correlations", correlations)
    if not isinstance(correlations, pd.DataFrame):
        raise AssertionError(
            f"`correlations` is {values.kind(correlations)}. It should be a DataFrame, whose "
            "index and columns are named A, B and C."
        )
    if correlations.shape != (3, 3):
        raise AssertionError(
            f"`correlations` has the shape {correlations.shape}. It should be 3 x 3, sessions x "
            "sessions. `DataFrame.corr` compares columns: is there one column for each session?"
        )
    rows, columns = _labels(correlations.index), _labels(correlations.columns)
    if sorted(rows) != list("ABC") or sorted(columns) != list("ABC"):
        raise AssertionError(
            "The index and the columns of `correlations` should both be named A, B and C. "
            "They name the sessions, so that a number can be looked up."
        )
    table = pd.DataFrame(correlations.to_numpy(), index=rows, columns=columns)
    table = table.loc[list("ABC"), list("ABC")]
    return pd.DataFrame(
        values.finite("correlations", values.array("correlations", table, 2, "a table of numbers")),
        index=list("ABC"),
        columns=list("ABC"),
    )


def _labels(index: pd.Index) -> list[str]:
    return [str(label).strip() for label in index]


def correlation_values(correlations: Any, ways: list) -> None:
    """Check the correlations between the sessions."""
    found = correlation_table(correlations).to_numpy()

    def judge(route: Route) -> None:
        right = route.correlations
        if values.CORRELATION.same(found, right):
            return
        if values.CORRELATION.same(found, right**2):
            raise AssertionError("`correlations` holds r squared. Give r, the correlation itself.")
        if not np.allclose(found, found.T, atol=1e-6):
            raise AssertionError(
                "`correlations` is not symmetric, but A is as like B as B is like A."
            )
        if not np.allclose(np.diag(found), 1, atol=1e-3):
            raise AssertionError(
                "The diagonal of `correlations` is not 1, but each session is fully like itself. "
                "Are these correlations, or covariances, differences or p values?"
            )
        off = ~np.eye(3, dtype=bool)
        if values.CORRELATION.same(np.sort(found[off]), np.sort(right[off])):
            raise AssertionError(
                "`correlations` holds the right numbers, but not with the right names. Which "
                "column is which session?"
            )
        raise AssertionError(
            "`correlations` are not the Pearson correlations of the three mean responses. Do you "
            "compare the means over the repeats, and of the right sessions?"
        )

    by_any_route(ways, judge)


def most_similar(value: Any, ways: list) -> None:
    """Check which two sessions are most alike."""
    values.attempted("most_similar", value)
    pair = _pair(value)

    def judge(route: Route) -> None:
        # Pairs that are equally alike are all right.
        table = pd.DataFrame(route.correlations, index=list("ABC"), columns=list("ABC"))
        pairs = [{"A", "B"}, {"A", "C"}, {"B", "C"}]
        alike = [table.loc[min(two), max(two)] for two in pairs]
        best = [two for two, r in zip(pairs, alike, strict=True) if r >= max(alike) - EQUALLY_ALIKE]
        if pair not in best:
            raise AssertionError(
                "`most_similar` does not name the two sessions with the highest correlation. "
                "Leave the diagonal of the table aside."
            )

    by_any_route(ways, judge)


def _pair(value: Any) -> set[str]:
    form = 'It should be a string of two letters, such as "AB".'
    if (
        isinstance(value, (list, tuple, set, frozenset, np.ndarray, pd.Index))
        and _length(value) == 2
    ):
        value = " ".join(str(item) for item in value)
    if not isinstance(value, str):
        raise AssertionError(f"`most_similar` is {values.kind(value)}. {form}")
    letters = re.sub(r"SESSIONS?|AND|[^A-Z]", "", value.upper())
    if len(letters) != 2 or set(letters) - set("ABC"):
        raise AssertionError(f"`most_similar` does not name two of the sessions A, B and C. {form}")
    if len(set(letters)) == 1:
        raise AssertionError(
            "`most_similar` names one session twice. Of course it is like itself: compare two "
            "different ones."
        )
    return set(letters)


def _length(value) -> int:
    return value.size if isinstance(value, np.ndarray) else len(value)


def shared_ids(value: Any, ways: list) -> None:
    """Check the ids of the neurons found in all three sessions."""
    found = values.array("shared_ids", value, 1, "a sorted 1-D array of cell specimen ids")

    def judge(route: Route) -> None:
        right = route.shared_ids
        if np.array_equal(found, right):
            return
        if np.array_equal(np.sort(found), right):
            raise AssertionError("`shared_ids` holds the right neurons, but is not sorted.")
        if np.array_equal(np.unique(found), right):
            raise AssertionError("`shared_ids` lists some neurons more than once.")
        if set(found) > set(right):
            raise AssertionError(
                "`shared_ids` holds neurons that are missing in one of the three sessions, too. "
                "Take only those that are in A and in B and in C."
            )
        if set(found) < set(right):
            raise AssertionError("`shared_ids` lacks some neurons that are in all three sessions.")
        raise AssertionError(
            "`shared_ids` are not the cell specimen ids that the three recordings have in common. "
            "Compare ids, not cell indices."
        )

    by_any_route(ways, judge)


def stability_series(value: Any) -> pd.Series:
    """Check the form of the stability of all neurons; return it as float by id."""
    values.attempted("response_stability", value)
    if isinstance(value, pd.DataFrame) and value.shape[1] == 1:
        value = value.iloc[:, 0]
    if not isinstance(value, pd.Series):
        raise AssertionError(
            f"`response_stability` is {values.kind(value)}. It should be a Series with the cell "
            "specimen ids as its index: `pd.Series(numbers, index=shared_ids)`."
        )
    found = values.array("response_stability", value, 1, "a Series of numbers")
    if not value.index.is_unique:
        raise AssertionError("`response_stability` has more than one value for some neurons.")
    missing = int(np.count_nonzero(~np.isfinite(found)))
    if missing:
        raise AssertionError(f"`response_stability` is NaN or infinite for {missing} neurons.")
    return pd.Series(found, index=value.index)


def stability_values(value: Any, ways: list, places: Iterable[float]) -> None:
    """Check the stability of our neuron and of some others.

    Parameters
    ----------
    places : iterable of float
        Where the others stand among all shared neurons, from 0 to 1.
    """
    found = stability_series(value)
    places = list(places)

    def judge(route: Route) -> None:
        others = neurons_at(route.shared_ids, places, route.cell_specimen_id)
        _compare_stabilities(found, route, [route.cell_specimen_id, *others])

    by_any_route(ways, judge)


def stability_of_all(value: Any, ways: list) -> None:
    """Check the stability of all neurons: each against the solution, if that is at hand."""
    found = stability_series(value)

    def judge(route: Route) -> None:
        neurons = route.shared_ids.tolist()
        if set(found.index) != set(neurons):
            raise AssertionError(
                "The index of `response_stability` should be the cell specimen ids of the neurons "
                "that are in all three sessions, each once, and no others."
            )
        if not isinstance(route, ExpectedRoute):
            neurons = neurons_at(route.shared_ids, [0, 0.3, 0.6, 0.9], route.cell_specimen_id)
        _compare_stabilities(found, route, neurons)

    by_any_route(ways, judge)


def _compare_stabilities(found: pd.Series, route: Route, neurons: list[int]) -> None:
    if route.cell_specimen_id not in found.index:
        raise AssertionError(
            "`response_stability` has no entry for our neuron. Is its index the cell specimen id, "
            "or just 0, 1, 2, …?"
        )
    for neuron in neurons:
        if neuron not in found.index:
            raise AssertionError(
                "`response_stability` lacks some of the neurons that are in all three sessions."
            )
        _compare_stability(found[neuron], route, neuron)


def _compare_stability(found: float, route: Route, neuron: int) -> None:
    right = route.stability(neuron)
    if values.CORRELATION.same(found, right):
        return
    ours = "our neuron" if neuron == route.cell_specimen_id else "some neurons"
    if values.CORRELATION.same(found, (6 * right + 3) / 9):
        raise AssertionError(
            f"`response_stability` of {ours} is the mean of the whole 3 x 3 table, in which each "
            "session also meets itself. Take the three pairs of different sessions."
        )
    if values.CORRELATION.same(found, 3 * right):
        raise AssertionError(
            f"`response_stability` of {ours} is the sum of three correlations. Take the mean."
        )
    raise AssertionError(
        f"`response_stability` is not right for {ours}. It should be the mean of r(A, B), r(A, C) "
        "and r(B, C) of its mean movie responses. Do ids and rows go together in each session?"
    )
