"""The slips that are made at the steps, by question."""

from slips import (
    errors,
    masks,
    means,
    movie_starts,
    population,
    recordings,
    responses,
    rows,
    sessions,
    similarity,
    spontaneous_means,
    times,
    traces,
)

__all__ = [
    "errors",
    "masks",
    "means",
    "movie_starts",
    "population",
    "recordings",
    "responses",
    "rows",
    "sessions",
    "similarity",
    "spontaneous_means",
    "times",
    "traces",
]
