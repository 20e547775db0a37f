"""Questions 8 and 9: how alike the sessions are, for one neuron and for all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from visual_coding_course.checking import values
from visual_coding_course.checking.mistakes import diagnosed
from visual_coding_course.checking.ways import by_any_route
from visual_coding_course.checking.wrong import Wrong

from . import exact, truth
from .earlier import EQUALLY_ALIKE, neurons_at
from .routes import ExpectedRoute, Route

PAIRS = ("AB", "AC", "BC")


@diagnosed
def correlation_table(correlations: Any) -> None:
    """Check the form of the table of correlations."""
    _read_table(correlations)


def _read_table(correlations: Any) -> np.ndarray:
    """Return the table of correlations in the order A, B, C: float (3, 3)."""
    values.attempted("correlations", correlations)
    _table_form(correlations)
    table = pd.DataFrame(
        correlations.to_numpy(), _labels(correlations.index), _labels(correlations.columns)
    )
    if any(sorted(labels) != list("ABC") for labels in (table.index, table.columns)):
        raise Wrong(
            "correlations",
            "wrong_value",
            "The index and the columns of `correlations` should both be named A, B and C. "
            "They name the sessions, so that a number can be looked up.",
            value=values.floats(table),
            mistake="sessions not named",
        )
    table = table.loc[list("ABC"), list("ABC")]
    found = exact.array("correlations", table, 2, "a table of numbers")
    return values.finite("correlations", found)


def _table_form(correlations: Any) -> None:
    if not isinstance(correlations, pd.DataFrame):
        numbers = values.floats(correlations)
        mistake = "an array for a table" if numbers.shape == (3, 3) else None
        if numbers.size and np.isnan(numbers).all():
            mistake = values.NO_NUMBER
        raise Wrong(
            "correlations",
            "wrong_type",
            f"`correlations` is {values.kind(correlations)}. It should be a DataFrame, whose "
            "index and columns are named A, B and C.",
            mistake=mistake,
        )
    if correlations.shape != (3, 3):
        frames, repeats = truth.MOVIE_FRAMES, truth.REPEATS
        mistakes = {
            (frames, frames): "transposed array",
            (2, 2): "a session left out",
            (repeats, repeats): "correlation of single repeats",
            (3 * repeats, 3 * repeats): "correlation of single repeats",
        }
        raise Wrong(
            "correlations",
            "wrong_shape",
            f"`correlations` has the shape {correlations.shape}. It should be 3 x 3, sessions x "
            "sessions. `DataFrame.corr` compares columns: is there one column for each session?",
            value=values.floats(correlations),
            mistake=mistakes.get(correlations.shape),
        )


def _labels(index: pd.Index) -> list[str]:
    return [str(label).strip() for label in index]


@diagnosed
def correlation_values(correlations: Any, ways: list) -> None:
    """Check the correlations between the sessions."""
    found = _read_table(correlations)

    def judge(route: Route) -> None:
        if not exact.CORRELATION.same(found, route.correlations):
            raise Wrong(
                "correlations",
                "wrong_value",
                _what_is_odd(found),
                value=found,
                tolerance=exact.CORRELATION,
            )

    by_any_route(ways, judge)


def _what_is_odd(found: np.ndarray) -> str:
    if not np.allclose(found, found.T, atol=1e-6):
        return "`correlations` is not symmetric, but A is as like B as B is like A."
    if not np.allclose(np.diag(found), 1, atol=1e-3):
        return (
            "The diagonal of `correlations` is not 1, but each session is fully like itself. "
            "Are these correlations, or differences or p values?"
        )
    return (
        "`correlations` are not the Pearson correlations of the three mean responses. Do you "
        "compare the means over the repeats, and of the right sessions?"
    )


@diagnosed
def most_similar(value: Any, ways: list) -> None:
    """Check which two sessions are most alike."""
    values.attempted("most_similar", value)
    pair = _pair(value)

    def judge(route: Route) -> None:
        # Pairs that are equally alike are all right.
        alike = route.correlations[np.triu_indices(3, k=1)]
        best = [two for two, r in zip(PAIRS, alike) if r >= alike.max() - EQUALLY_ALIKE]
        if pair not in best:
            raise Wrong(
                "most_similar",
                "wrong_value",
                "`most_similar` does not name the two sessions with the highest correlation. "
                "Leave the diagonal of the table aside.",
                value=pair,
            )

    by_any_route(ways, judge)


def _pair(value: Any) -> str:
    """Read the letters of two sessions, in the order of the alphabet."""
    form = 'It should be a string of two letters, such as "AB".'
    if (
        isinstance(value, (list, tuple, set, frozenset, np.ndarray, pd.Index))
        and _length(value) == 2
    ):
        value = " ".join(str(item) for item in value)
    if not isinstance(value, str):
        number = isinstance(value, values.NUMBERS)
        raise Wrong(
            "most_similar",
            "wrong_type",
            f"`most_similar` is {values.kind(value)}. {form}",
            value=value if number else None,
            mistake="numbers in place of the names" if number else None,
        )
    letters = re.sub(r"SESSIONS?|AND|[^A-Z]", "", value.upper())
    if len(letters) != 2 or set(letters) - set("ABC"):
        mistake = "all three sessions" if set(letters) == set("ABC") else None
        if not letters and re.search(r"\d", value):
            mistake = "numbers in place of the names"
        raise Wrong(
            "most_similar",
            "wrong_value",
            f"`most_similar` does not name two of the sessions A, B and C. {form}",
            value=value,
            mistake=mistake,
        )
    if len(set(letters)) == 1:
        raise Wrong(
            "most_similar",
            "wrong_value",
            "`most_similar` names one session twice. Of course it is like itself: compare two "
            "different ones.",
            value=letters,
            mistake="the diagonal",
        )
    return "".join(sorted(letters))


def _length(value) -> int:
    return value.size if isinstance(value, np.ndarray) else len(value)


@diagnosed
def shared_ids(value: Any, ways: list) -> None:
    """Check the ids of the neurons found in all three sessions."""
    if isinstance(value, (set, frozenset)):
        raise Wrong(
            "shared_ids",
            "wrong_type",
            "`shared_ids` is a set, which has no order. It should be a sorted 1-D array.",
            mistake="left as a set",
        )
    found = exact.array("shared_ids", value, 1, "a sorted 1-D array of cell specimen ids")

    def judge(route: Route) -> None:
        if not np.array_equal(found, route.shared_ids):
            sentence, mistake = _what_ids(found, route.shared_ids)
            raise Wrong(
                "shared_ids", "wrong_value", sentence, value=np.sort(found), mistake=mistake
            )

    by_any_route(ways, judge)


def _what_ids(found: np.ndarray, right: np.ndarray) -> tuple[str, str | None]:
    """Return what to say of wrong ids, and the mistake if it lies in their order or number."""
    if np.array_equal(np.sort(found), right):
        return "`shared_ids` holds the right neurons, but is not sorted.", "unsorted ids"
    if np.array_equal(np.unique(found), right):
        return "`shared_ids` lists some neurons more than once.", "doubled ids"
    if set(found) > set(right):
        return (
            "`shared_ids` holds neurons that are missing in one of the three sessions, too. "
            "Take only those that are in A and in B and in C."
        ), None
    if set(found) < set(right):
        return "`shared_ids` lacks some neurons that are in all three sessions.", None
    return (
        "`shared_ids` are not the cell specimen ids that the three recordings have in common. "
        "Compare ids, not cell indices."
    ), None


def stability_series(value: Any) -> pd.Series:
    """Check the form of the stability of all neurons; return it as float by id."""
    values.attempted("response_stability", value)
    if isinstance(value, pd.DataFrame) and value.shape[1] == 1:
        value = value.iloc[:, 0]
    if not isinstance(value, pd.Series):
        table = isinstance(value, pd.DataFrame) and value.shape[1] == len(PAIRS)
        raise Wrong(
            "response_stability",
            "wrong_shape" if table else "wrong_type",
            f"`response_stability` is {values.kind(value)}. It should be a Series with the cell "
            "specimen ids as its index: `pd.Series(numbers, index=shared_ids)`.",
            mistake="three columns, not their mean" if table else "not a Series",
        )
    found = exact.array("response_stability", value, 1, "a Series of numbers")
    if not value.index.is_unique:
        raise Wrong(
            "response_stability",
            "wrong_value",
            "`response_stability` has more than one value for some neurons.",
            mistake="doubled ids",
        )
    missing = int(np.count_nonzero(~np.isfinite(found)))
    if missing:
        raise Wrong(
            "response_stability",
            "wrong_value",
            f"`response_stability` is NaN or infinite for {missing} neuron{'s'[: missing != 1]}.",
            value=found,
            mistake="not a number",
        )
    return pd.Series(found, index=value.index)


@diagnosed
def stability_values(value: Any, ways: list, places: Iterable[float]) -> None:
    """Check the stability of our neuron and of some others.

    Parameters
    ----------
    places : iterable of float
        Where the others stand among all shared neurons, from 0 to 1.
    """
    found = stability_series(value)

    def judge(route: Route) -> None:
        # On every route the same: a student's function was called with these.
        _compare_stabilities(found, route, neurons_at(ways[0](), places))

    by_any_route(ways, judge)


@diagnosed
def stability_of_all(value: Any, ways: list, places: Iterable[float]) -> None:
    """Check the stability of all neurons, each against the solution.

    Parameters
    ----------
    places : iterable of float
        As for `stability_values`: which neurons are compared with the student's own answers.
    """
    found = stability_series(value)

    def judge(route: Route) -> None:
        neurons = route.shared_ids.tolist()
        _compare_index(found, route, neurons)
        if set(found.index) != set(neurons):
            raise Wrong(
                "response_stability",
                "wrong_shape",
                "The index of `response_stability` should be the cell specimen ids of the neurons "
                "that are in all three sessions, each once, and no others.",
                mistake="neurons that are not in all sessions",
            )
        if not isinstance(route, ExpectedRoute):
            neurons = neurons_at(ways[0](), places)
        _compare_stabilities(found, route, neurons)

    by_any_route(ways, judge)


def _compare_index(found: pd.Series, route: Route, neurons: list[int]) -> None:
    if route.cell_specimen_id not in found.index:
        raise Wrong(
            "response_stability",
            "wrong_shape",
            "`response_stability` has no entry for our neuron. Is its index the cell specimen id, "
            "or just 0, 1, 2, …?",
            mistake=_wrong_index(found, route),
        )
    if not set(neurons) <= set(found.index):
        raise Wrong(
            "response_stability",
            "wrong_shape",
            "`response_stability` lacks some of the neurons that are in all three sessions.",
            mistake="our neuron only" if len(found) == 1 else "neurons missing",
        )


def _wrong_index(found: pd.Series, route: Route) -> str | None:
    """Name what stands in the index in place of ids."""
    if list(found.index) == list(range(len(found))):
        return "counted from 0, not named by id"
    if str(route.cell_specimen_id) in map(str, found.index):
        return "text for a number"
    numbers = values.floats(found.index)
    neurons = max(len(route.recording(letter).ids) for letter in truth.SESSIONS)
    within = numbers.size and numbers.min() >= 0 and numbers.max() < neurons
    return "cell index for specimen id" if within else None


def _compare_stabilities(found: pd.Series, route: Route, neurons: list[int]) -> None:
    _compare_index(found, route, neurons)
    for neuron in neurons:
        if exact.CORRELATION.same(found[neuron], route.stability(neuron)):
            continue
        ours = "our neuron" if neuron == route.cell_specimen_id else "some neurons"
        raise Wrong(
            "response_stability",
            "wrong_value",
            f"`response_stability` is not right for {ours}. It should be the mean of r(A, B), "
            "r(A, C) and r(B, C) of its mean movie responses. Do ids and rows go together in each "
            "session?",
            value=found.reindex(route.shared_ids).to_numpy(),
            tolerance=exact.CORRELATION,
        )
