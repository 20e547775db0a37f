"""The slips that are made at the steps, by question."""

from slips import (
    errors,
    masks,
    means,
    population,
    recordings,
    responses,
    rows,
    sessions,
    similarity,
    stimuli,
    times,
    traces,
)

__all__ = [
    "errors",
    "masks",
    "means",
    "population",
    "recordings",
    "responses",
    "rows",
    "sessions",
    "similarity",
    "stimuli",
    "times",
    "traces",
]
