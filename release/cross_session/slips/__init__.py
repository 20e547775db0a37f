"""The slips that are made at the steps, by question."""

from slips import (
    masks,
    means,
    population,
    recordings,
    responses,
    sessions,
    similarity,
    stimuli,
    traces,
)

__all__ = [
    "masks",
    "means",
    "population",
    "recordings",
    "responses",
    "sessions",
    "similarity",
    "stimuli",
    "traces",
]
