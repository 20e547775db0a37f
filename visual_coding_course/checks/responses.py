"""Questions 6 and 7: the movie response, its mean and standard error."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from . import truth, values
from .routes import RESPONSE_SHAPE, Route, by_any_route, call

MEAN = "a 1-D array of 900 values, one for each imaging frame"


def response_shape(movie_response: Any, ways: list, letter: str = "b") -> None:
    """Check that the student's function returns numbers, 10 repeats x 900 frames."""

    def judge(route: Route) -> None:
        result = call(movie_response, route.recording(letter), route.cell_specimen_id)
        _response_form(result)

    by_any_route(ways, judge)


def _response_form(result: Any) -> np.ndarray:
    name = "movie_response(...)"
    found = values.array(name, result, 2, "an array (10, 900), repeats x imaging frames")
    if found.shape == RESPONSE_SHAPE[::-1]:
        raise AssertionError(
            f"`{name}` has the shape {found.shape}: rows and columns are exchanged. It should be "
            "repeats x imaging frames."
        )
    if found.shape != RESPONSE_SHAPE:
        raise AssertionError(
            f"`{name}` has the shape {found.shape}. It should have one row for each of the 10 "
            "repeats and 900 columns, the imaging frames from the start of the repeat."
        )
    return values.finite(name, found)


def response_values(movie_response: Any, ways: list, letters: str = truth.SESSIONS) -> None:
    """Check the function on our neuron in each of some sessions."""

    def judge(route: Route) -> None:
        for letter in letters:
            recording, neuron = route.recording(letter), route.cell_specimen_id
            found = _response_form(call(movie_response, recording, neuron))
            _compare_response(found, route, letter, neuron)

    by_any_route(ways, judge)


def other_neurons(
    movie_response: Any, ways: list, places: Iterable[float], letters: str = truth.SESSIONS
) -> None:
    """Check the function on neurons that stand at some places of each recording.

    Parameters
    ----------
    places : iterable of float
        From 0, the first neuron of a recording, to 1, the last.
    """

    def judge(route: Route) -> None:
        for letter in letters:
            recording = route.recording(letter)
            for neuron in neurons_at(recording.ids, places, route.cell_specimen_id):
                found = _response_form(call(movie_response, recording, neuron))
                own = recording.response(route.cell_specimen_id)
                if values.DFF.same(found, own):
                    raise AssertionError(
                        "`movie_response` returns our neuron's response also when it is called "
                        "with another neuron. Use its argument `cell_specimen_id`."
                    )
                _compare_response(found, route, letter, neuron)

    by_any_route(ways, judge)


def neurons_at(ids: np.ndarray, places: Iterable[float], but_not: int) -> list[int]:
    """Neurons at relative places of a list of ids, none of them the one named."""
    rest = [int(neuron) for neuron in ids if neuron != but_not]
    return [rest[round(place * (len(rest) - 1))] for place in places]


def _compare_response(found: np.ndarray, route: Route, letter: str, neuron: int) -> None:
    right = route.response(letter, neuron)
    if values.DFF.same(found, right):
        return
    where = f"in session {letter.upper()}"
    recording = route.recording(letter)
    if neuron == route.cell_specimen_id:
        for other in truth.SESSIONS.replace(letter, ""):
            if values.DFF.same(found, route.response(other)):
                raise AssertionError(
                    f"`movie_response` returns session {other.upper()}'s response when it is "
                    f"called with the recording of session {letter.upper()}. Use its argument "
                    "`data_set`."
                )
    starts = route.starts(letter)
    for shift in (-3, -2, -1, 1, 2, 3):
        if starts[-1] + shift + truth.MOVIE_FRAMES > len(recording.times):
            continue
        if values.DFF.same(found, recording.response(neuron, starts + shift)):
            raise AssertionError(
                f"`movie_response` is off by {abs(shift)} imaging frame{'s'[: abs(shift) > 1]} "
                f"{where}. The first column should be the frame where the repeat starts."
            )
    if values.DFF.same(found[0], right[0]):
        raise AssertionError(
            f"`movie_response` has the first repeat right {where}, but not the others. Each repeat "
            "starts at its own frame of the stimulus table."
        )
    raise AssertionError(
        f"`movie_response` has the right shape, but not the neuron's dF/F {where}. Does it take "
        "everything from its two arguments: this recording's trace and this recording's stimulus "
        "table?"
    )


def mean_response(letter: str, value: Any, ways: list) -> None:
    """Check the mean over the repeats in one session."""
    name = f"mean_response_{letter}"
    found = _frames(name, value)

    def judge(route: Route) -> None:
        responses = route.response(letter)
        right = responses.mean(axis=0)
        if found.shape != right.shape:
            _wrong_length(name, found)
        if values.DFF.same(found, right):
            return
        if values.DFF.same(found, np.median(responses, axis=0)):
            raise AssertionError(f"`{name}` is the median over the repeats. Take the mean.")
        if values.DFF.same(found, responses.sum(axis=0)):
            raise AssertionError(f"`{name}` is the sum over the repeats. Take the mean.")
        if any(values.DFF.same(found, row) for row in responses):
            raise AssertionError(f"`{name}` is a single repeat. Take the mean of all ten.")
        for other in truth.SESSIONS.replace(letter, ""):
            if values.DFF.same(found, route.mean(other)):
                raise AssertionError(f"`{name}` is the mean response in session {other.upper()}.")
        raise AssertionError(
            f"`{name}` has the right length, but is not the mean over the repeats of "
            f"`movie_response` in session {letter.upper()}."
        )

    by_any_route(ways, judge)


def _frames(name: str, value: Any) -> np.ndarray:
    found = values.array(name, value, 1, MEAN)
    if found.size == truth.REPEATS:
        raise AssertionError(
            f"`{name}` has 10 values, one for each repeat. It should have one for each imaging "
            "frame: `axis=0` runs over the repeats."
        )
    return values.finite(name, found)


def _wrong_length(name: str, found: np.ndarray) -> None:
    raise AssertionError(f"`{name}` has {found.size} values. It should be {MEAN}.")


def sem_response(letter: str, value: Any, ways: list) -> None:
    """Check the standard error of the mean in one session (n or n - 1 are both right)."""
    name = f"sem_response_{letter}"
    found = _frames(name, value)

    def judge(route: Route) -> None:
        responses = route.response(letter)
        if found.shape != responses.shape[1:]:
            _wrong_length(name, found)
        root = np.sqrt(len(responses))
        for ddof in (0, 1):
            right = truth.sem(responses, ddof)
            if values.DFF.same(found, right):
                return
            if values.DFF.same(found, right * root):
                raise AssertionError(
                    f"`{name}` is the standard deviation. Divide it by the square root of the "
                    "number of repeats."
                )
            if values.DFF.same(found, right / root):
                raise AssertionError(
                    f"`{name}` is divided by the number of repeats. Divide by its square root."
                )
            if values.DFF.same(found, right * root / np.sqrt(responses.shape[1])):
                raise AssertionError(
                    f"`{name}` is divided by the root of the number of frames. Divide by that of "
                    "the number of repeats."
                )
        for other in truth.SESSIONS.replace(letter, ""):
            if any(values.DFF.same(found, truth.sem(route.response(other), n)) for n in (0, 1)):
                raise AssertionError(f"`{name}` is the s.e.m. of session {other.upper()}.")
        raise AssertionError(
            f"`{name}` has the right length, but is not the standard deviation over the repeats "
            "divided by the square root of their number."
        )

    by_any_route(ways, judge)
