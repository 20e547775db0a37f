"""Questions 3 to 5: projection, mask, trace, movie starts, spontaneous mean."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from visual_coding_course.checking import values
from visual_coding_course.checking.mistakes import diagnosed
from visual_coding_course.checking.ways import by_any_route
from visual_coding_course.checking.wrong import Tolerance, Wrong

from . import exact, truth
from .routes import Route
from .truth import Recording

IMAGE = "a 2-D array, rows x columns of pixels"
ONE_NEURON = "a 1-D array: one neuron, one value for each frame"

#: Times of imaging frames, 0.033 s apart; reading them as float32 moves them by 0.0002 s.
TIMES = Tolerance(rtol=0, atol=1e-3)

#: For recognising a wrong spontaneous mean: the means of different mistakes are near each other.
RECOGNISED = Tolerance(rtol=1e-5, atol=3e-7)


@diagnosed
def projection(letter: str, value: Any, ways: list) -> None:
    """Check a session's maximum projection."""
    name = f"max_projection_{letter}"
    found = exact.array(name, value, 2, IMAGE, exact.DFF)

    def judge(route: Route) -> None:
        right = route.recording(letter).projection
        _same_pixels(name, found, right)
        if not exact.DFF.same(found, right):
            raise Wrong(
                name,
                "wrong_value",
                f"`{name}` has the right shape, but not the pixels of this session's maximum "
                f"projection. Take it from `data_set_{letter}` as it is.",
                value=found,
                likely="masks in place of the projection" if _is_mask(found) else None,
                tolerance=exact.DFF,
            )

    by_any_route(ways, judge)


def _same_pixels(name: str, found: np.ndarray, right: np.ndarray) -> None:
    if found.shape != right.shape:
        raise Wrong(
            name,
            "wrong_shape",
            f"`{name}` has the shape {found.shape}. It should cover the whole image, "
            f"{right.shape[0]} x {right.shape[1]} pixels.",
            value=found,
        )


def _is_mask(image: np.ndarray) -> bool:
    return bool(np.isin(image, (0, 1)).all())


@diagnosed
def mask(letter: str, value: Any, ways: list) -> None:
    """Check the neuron's ROI mask in one session."""
    name = f"roi_mask_{letter}"
    found = exact.array(name, value, 2, IMAGE)

    def judge(route: Route) -> None:
        right = route.mask(letter)
        _same_pixels(name, found, right)
        marked = np.nan_to_num(found) != 0
        if not np.array_equal(marked, right):
            raise Wrong(
                name,
                "wrong_value",
                f"`{name}` marks other pixels than the neuron's mask does. Take the mask of "
                f"`data_set_{letter}` as it is.",
                value=marked,
                likely=_likely_mask(marked, right, route.recording(letter)),
            )

    by_any_route(ways, judge)


def _likely_mask(marked: np.ndarray, right: np.ndarray, recording: Recording) -> str | None:
    """Tell all neurons, and another one, from a mask of ours that is not as it was."""
    if not (marked & right).any():
        return "another neuron" if marked.any() else None
    ends = (recording.mask(neuron) for neuron in recording.ids[[0, -1]])
    return "all neurons" if all(marked[pixels].all() for pixels in (right, *ends)) else None


@diagnosed
def times(letter: str, value: Any, ways: list) -> None:
    """Check the times of a session's imaging frames."""
    name = f"timestamps_{letter}"
    _one_result(name, value)
    found = exact.array(name, value, 1, "a 1-D array of times in seconds", TIMES)

    def judge(route: Route) -> None:
        right = route.recording(letter).times
        _as_long(name, found, right, TIMES)
        if not TIMES.same(found, right):
            raise Wrong(
                name,
                "wrong_value",
                f"`{name}` are not the times of this session's imaging frames in seconds, as "
                "`get_dff_traces` returns them.",
                value=found,
                tolerance=TIMES,
            )

    by_any_route(ways, judge)


def _one_result(name: str, value: Any) -> None:
    """Tell what `get_dff_traces` returns, two arrays, from one of them."""
    if isinstance(value, tuple) and [type(part) for part in value] == [np.ndarray] * 2:
        raise Wrong(
            name,
            "wrong_type",
            f"`{name}` is a tuple of two arrays, the times and dF/F together.",
            mistake="both results together",
        )


def _as_long(name: str, found: np.ndarray, right: np.ndarray, tolerance: Tolerance) -> None:
    if found.shape != right.shape:
        raise Wrong(
            name,
            "wrong_shape",
            f"`{name}` has {found.size} value{'s'[: found.size != 1]}. It should have one for each "
            "imaging frame of the whole session.",
            value=found,
            tolerance=tolerance,
        )


@diagnosed
def dff(letter: str, value: Any, ways: list) -> None:
    """Check the neuron's dF/F in one session."""
    name = f"dff_{letter}"
    _one_result(name, value)
    found = exact.array(name, value, 1, ONE_NEURON, exact.DFF)

    def judge(route: Route) -> None:
        right = route.dff(letter)
        _as_long(name, found, right, exact.DFF)
        if not exact.DFF.same(found, right):
            values.finite(name, found)
            raise Wrong(
                name,
                "wrong_value",
                f"`{name}` has the right length, but is not our neuron's dF/F in session "
                f"{letter.upper()}.",
                value=found,
                likely=_likely_trace(found, right),
                tolerance=exact.DFF,
            )

    by_any_route(ways, judge)


def _likely_trace(found: np.ndarray, right: np.ndarray) -> str | None:
    """Tell our neuron's trace, made into something else, from another neuron's."""
    if np.corrcoef(found, right)[0, 1] > 0.7:
        return "changed afterwards"
    if _best_shifted(found, right) > 0.7:
        return "moved in time"
    noise, of_ours = (np.diff(trace).std() for trace in (found, right))
    return "another neuron" if of_ours / 3 < noise < 3 * of_ours else None


def _best_shifted(found: np.ndarray, right: np.ndarray) -> float:
    """Return the largest correlation of two traces when one is rolled by any number of frames."""
    from scipy.fft import irfft, next_fast_len, rfft

    x, y = ((trace - trace.mean()) / trace.std() for trace in (found, right))
    count = len(x)
    # A session's length has large factors, with which a transform takes five times as long.
    padded = next_fast_len(2 * count, real=True)
    products = irfft(rfft(x, padded) * rfft(y, padded).conj(), padded)
    rolled = products[:count]
    rolled[1:] += products[padded - count + 1 :]
    return float(rolled.max()) / count


@diagnosed
def movie_starts(letter: str, value: Any, ways: list) -> None:
    """Check the imaging frames at which the repeats of the movie start."""
    name = f"movie_starts_{letter}"
    if isinstance(value, pd.DataFrame) and value.shape[1] > 1:
        raise Wrong(
            name,
            "wrong_shape",
            f"`{name}` is a table of {len(value)} rows. Take its column `start`.",
            mistake="rows of the table",
        )
    found = exact.array(name, np.ravel(value) if isinstance(value, pd.DataFrame) else value, 1,
                         "a 1-D array of 10 integers")  # fmt: skip
    if found.size != truth.REPEATS:
        raise Wrong(
            name,
            "wrong_shape",
            f"`{name}` has {found.size} {'entry' if found.size == 1 else 'entries'}. There should "
            "be one for each repeat of the movie.",
            value=found,
        )
    values.finite(name, found)

    def judge(route: Route) -> None:
        right = route.recording(letter).movie_starts
        if not np.array_equal(found, right):
            raise Wrong(
                name,
                "wrong_value",
                f"`{name}` has 10 numbers, but not the frames where natural movie one starts. Look "
                f"into `data_set_{letter}.get_stimulus_table(...)`: which stimulus, which column?",
                value=found,
                mistake="unsorted" if np.array_equal(np.sort(found), right) else None,
            )

    by_any_route(ways, judge)


@diagnosed
def spontaneous_mean(letter: str, value: Any, ways: list) -> None:
    """Check the mean dF/F over all spontaneous epochs."""
    name = f"spontaneous_mean_{letter}"
    found = values.number(name, value)

    def judge(route: Route) -> None:
        trace, epochs = route.dff(letter), route.recording(letter).spontaneous_epochs
        if f"dff_{letter}" in route.own and not _varies(trace, epochs):
            raise LookupError("nothing to build upon")
        if not _is_mean_of(found, trace, epochs):
            raise Wrong(
                name,
                "wrong_value",
                f"`{name}` is not the mean of `dff_{letter}` over the frames of the spontaneous "
                "epochs. Do `start` and `end` come from this session's table, and are they used as "
                "frames, not as seconds?",
                value=found,
                tolerance=RECOGNISED,
            )

    by_any_route(ways, judge)


def _varies(trace: np.ndarray, epochs: np.ndarray) -> bool:
    """Whether a trace is not the same throughout the epochs: zeros have a mean without any code."""
    return values.usable(np.concatenate([trace[first : last + 1] for first, last in epochs]))


def _is_mean_of(found: float, trace: np.ndarray, epochs: np.ndarray) -> bool:
    """Whether a number is a trace's mean over epochs, however the last frame is counted."""
    return any(
        exact.SPONTANEOUS.same(found, truth.spontaneous_mean(trace, epochs, with_end))
        for with_end in (True, False)
    )
