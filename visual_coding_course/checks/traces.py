"""Questions 3 to 5: projection, mask, trace, movie starts, spontaneous mean."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from . import truth, values
from .routes import Route, by_any_route

IMAGE = "a 2-D array, rows x columns of pixels"


def _others(letter: str) -> str:
    return truth.SESSIONS.replace(letter, "")


def projection(letter: str, value: Any, ways: list) -> None:
    """Check a session's maximum projection."""
    name = f"max_projection_{letter}"
    found = values.array(name, value, 2, IMAGE)

    def judge(route: Route) -> None:
        right = route.recording(letter).projection
        _same_pixels(name, found, right)
        if values.DFF.same(found, right):
            return
        for other in _others(letter):
            if values.DFF.same(found, route.recording(other).projection):
                raise AssertionError(f"`{name}` is the projection of session {other.upper()}.")
        raise AssertionError(
            f"`{name}` has the right shape, but not the pixels of this session's maximum "
            f"projection. Take it from `data_set_{letter}` as it is, neither scaled nor turned."
        )

    by_any_route(ways, judge)


def _same_pixels(name: str, found: np.ndarray, right: np.ndarray) -> None:
    if found.shape != right.shape:
        raise AssertionError(
            f"`{name}` has the shape {found.shape}. It should cover the whole image, "
            f"{right.shape[0]} x {right.shape[1]} pixels."
        )


def mask(letter: str, value: Any, ways: list) -> None:
    """Check the neuron's ROI mask in one session."""
    name = f"roi_mask_{letter}"
    found = values.array(name, value, 2, IMAGE)

    def judge(route: Route) -> None:
        right = route.mask(letter)
        _same_pixels(name, found, right)
        marked = np.nan_to_num(found) != 0
        if np.array_equal(marked, right):
            return
        if not marked.any():
            raise AssertionError(f"`{name}` is empty: it marks no pixel.")
        if np.array_equal(marked, right.T):
            raise AssertionError(f"`{name}` has rows and columns exchanged.")
        for other in _others(letter):
            if np.array_equal(marked, route.mask(other)):
                raise AssertionError(
                    f"`{name}` is the neuron's mask in session {other.upper()}. Its outline is a "
                    f"little different each day: take it from `data_set_{letter}`."
                )
        if not (marked & right).any():
            raise AssertionError(
                f"`{name}` marks another place in the image: the mask of another neuron. Was the "
                "index of another session used?"
            )
        if (marked | ~right).all():
            raise AssertionError(
                f"`{name}` marks more than our neuron. Take its own mask, not those of all neurons."
            )
        raise AssertionError(f"`{name}` marks other pixels than the neuron's mask does.")

    by_any_route(ways, judge)


def times(letter: str, value: Any, ways: list) -> None:
    """Check the times of a session's imaging frames."""
    name = f"timestamps_{letter}"
    found = values.array(name, value, 1, "a 1-D array of times in seconds")

    def judge(route: Route) -> None:
        right = route.recording(letter).times
        _as_long(name, found, right, letter, route)
        if not np.allclose(found, right, rtol=0, atol=1e-3):
            raise AssertionError(
                f"`{name}` are not the times of this session's imaging frames in seconds, as "
                "`get_dff_traces` returns them."
            )

    by_any_route(ways, judge)


def _as_long(name: str, found: np.ndarray, right: np.ndarray, letter: str, route: Route) -> None:
    if found.shape == right.shape:
        return
    for other in _others(letter):
        if found.shape == route.recording(other).times.shape:
            raise AssertionError(f"`{name}` has as many values as session {other.upper()} has.")
    raise AssertionError(
        f"`{name}` has {found.size} values. It should have one for each imaging frame of the "
        "whole session."
    )


def dff(letter: str, value: Any, ways: list) -> None:
    """Check the neuron's dF/F in one session."""
    name = f"dff_{letter}"
    found = values.array(name, value, 1, "a 1-D array: one neuron, one value for each frame")

    def judge(route: Route) -> None:
        right = route.dff(letter)
        if found.shape == route.recording(letter).ids.shape:
            raise AssertionError(
                f"`{name}` has one value for each neuron. It should have one for each imaging "
                "frame: take a row of the array, not a column."
            )
        _as_long(name, found, right, letter, route)
        if values.DFF.same(found, right):
            return
        if values.DFF.same(found, route.recording(letter).times):
            raise AssertionError(
                f"`{name}` holds the times. `get_dff_traces` returns the times first, then dF/F."
            )
        if values.DFF.same(found, 100 * right):
            raise AssertionError(f"`{name}` is in percent. Leave dF/F as it is, a plain ratio.")
        raise AssertionError(
            f"`{name}` has the right length, but is not our neuron's dF/F in session "
            f"{letter.upper()}. Is it another neuron's, through another session's index, or "
            "another kind of trace?"
        )

    by_any_route(ways, judge)


def movie_starts(letter: str, value: Any, ways: list) -> None:
    """Check the imaging frames at which the repeats of the movie start."""
    name = f"movie_starts_{letter}"
    if isinstance(value, pd.DataFrame) and value.shape[1] > 1:
        raise AssertionError(f"`{name}` is a table of {len(value)} rows. Take its column `start`.")
    found = values.array(name, np.ravel(value) if isinstance(value, pd.DataFrame) else value, 1,
                         "a 1-D array of 10 integers")  # fmt: skip
    _ten(name, found)

    def judge(route: Route) -> None:
        recording = route.recording(letter)
        right = recording.movie_starts
        if np.array_equal(found, right):
            return
        if np.array_equal(np.sort(found), right):
            raise AssertionError(f"`{name}` has the right frames, but not in order of time.")
        if len(recording.times) > right[-1] and np.allclose(found, recording.times[right], atol=1):
            raise AssertionError(
                f"`{name}` are times in seconds. The stimulus table counts imaging frames: "
                "take its numbers as they are."
            )
        for other in _others(letter):
            if np.array_equal(found, route.recording(other).movie_starts):
                raise AssertionError(f"`{name}` belongs to session {other.upper()}.")
        if np.abs(found - right).max() <= 4:
            raise AssertionError(
                f"`{name}` is off by a frame or a few. A repeat starts with the `start` of the "
                "movie's first frame, which has the number 0."
            )
        raise AssertionError(
            f"`{name}` has 10 numbers, but not the frames where natural movie one starts. Look "
            f"into `data_set_{letter}.get_stimulus_table(...)`: which stimulus, which column?"
        )

    by_any_route(ways, judge)


def _ten(name: str, found: np.ndarray) -> None:
    explained = {
        truth.REPEATS * truth.MOVIE_FRAMES: "one for each movie frame of each repeat",
        truth.MOVIE_FRAMES: "one for each frame of the movie",
        1: "for one repeat only",
    }
    if found.size != truth.REPEATS:
        of_what = explained.get(found.size)
        raise AssertionError(
            f"`{name}` has {found.size} {'entry' if found.size == 1 else 'entries'}"
            f"{f': {of_what}' if of_what else ''}. There should be one for each repeat of the "
            "movie: keep the rows in which the movie's first frame was shown."
        )
    values.finite(name, found)


def spontaneous_mean(letter: str, value: Any, ways: list) -> None:
    """Check the mean dF/F over all spontaneous epochs."""
    name = f"spontaneous_mean_{letter}"
    found = values.number(name, value)

    def judge(route: Route) -> None:
        trace, epochs = route.dff(letter), route.recording(letter).spontaneous_epochs
        if _is_mean_of(found, trace, epochs):
            return
        if len(epochs) > 1 and any(_is_mean_of(found, trace, epoch[None]) for epoch in epochs):
            raise AssertionError(
                f"`{name}` is the mean over one spontaneous epoch, but this session has "
                f"{len(epochs)}. Take the frames of all of them."
            )
        if values.SPONTANEOUS.same(found, trace.mean()):
            raise AssertionError(
                f"`{name}` is the mean over the whole session. Take only the frames between "
                "`start` and `end` of the spontaneous epochs."
            )
        for other in _others(letter):
            if values.SPONTANEOUS.same(found, route.spontaneous(other)):
                raise AssertionError(f"`{name}` belongs to session {other.upper()}.")
        raise AssertionError(
            f"`{name}` is not the mean of `dff_{letter}` over the frames of the spontaneous "
            "epochs. Do `start` and `end` come from this session's table, and are they used as "
            "frames, not as seconds?"
        )

    by_any_route(ways, judge)


def _is_mean_of(found: float, trace: np.ndarray, epochs: np.ndarray) -> bool:
    """Whether a number is a trace's mean over epochs, however the last frame is counted."""
    return any(
        values.SPONTANEOUS.same(found, truth.spontaneous_mean(trace, epochs, with_end))
        for with_end in (True, False)
    )
