"""All shared neurons at once: their rows, mean responses, and correlations between sessions."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import combinations

import numpy as np

from .routes import Route
from .truth import SESSIONS, Recording


@lru_cache(maxsize=8)
def mean_responses(recording: Recording) -> np.ndarray:
    """Return the mean movie response of each neuron of a recording, (neurons, 900)."""
    return recording.responses.mean(axis=1)


def own_rows(right: Route, letter: str) -> np.ndarray:
    """Return the cell index of each shared neuron in a session, (shared,)."""
    ids = right.recording(letter).ids
    order = np.argsort(ids)
    return order[np.searchsorted(ids, right.shared_ids, sorter=order)]


def row_correlations(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the Pearson correlation of each row of one array with the same row of another."""
    x, y = (array - array.mean(axis=1, keepdims=True) for array in (x, y))
    return (x * y).sum(axis=1) / np.sqrt((x**2).sum(axis=1) * (y**2).sum(axis=1))


def pair_correlations(
    right: Route,
    rows: Callable[[Route, str], np.ndarray] = own_rows,
    of: Callable[[Recording], np.ndarray] = mean_responses,
) -> np.ndarray:
    """Return r(A, B), r(A, C) and r(B, C) of each shared neuron, (3, shared).

    Parameters
    ----------
    right : Route
        Names the recordings.
    rows : callable
        Takes the route and a session's letter, and returns the rows that are compared.
    of : callable
        Takes a recording, and returns what is compared: (neurons, values).
    """
    three = [of(right.recording(letter))[rows(right, letter)] for letter in SESSIONS]
    return np.array([row_correlations(x, y) for x, y in combinations(three, 2)])
