"""Questions 6 and 7: the movie response, its mean and standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from visual_coding_course.checking import values
from visual_coding_course.checking.mistakes import diagnosed
from visual_coding_course.checking.ways import by_any_route
from visual_coding_course.checking.wrong import Wrong

from . import exact, truth
from .earlier import call, need_repeats, neurons_at
from .routes import RESPONSE_SHAPE, Route

MEAN = "a 1-D array of 900 values, one for each imaging frame"
RESPONSE = "an array (10, 900), repeats x imaging frames"

#: Correlation with the right repeats from which on they are taken to be these, changed.
FOLLOWS = 0.5

#: They are compared with frames up to half as many earlier or later: that is another mistake.
MOST_LATE = 6


@diagnosed
def response_shape(movie_response: Any, ways: list, letter: str = "b") -> None:
    """Check that the student's function returns numbers, 10 repeats x 900 frames."""

    def judge(route: Route) -> None:
        _response(movie_response, route.recording(letter), route.cell_specimen_id, letter)

    by_any_route(ways, judge)


def _response(
    movie_response: Callable, recording: truth.Recording, neuron: int, letter: str
) -> np.ndarray:
    """Call the function, and check the form of what it returns: (10, 900)."""
    result = call(movie_response, recording, neuron)
    try:
        found = exact.array("movie_response(...)", result, 2, RESPONSE, exact.DFF)
        _response_form(found)
        return values.finite("movie_response(...)", found)
    except Wrong as wrong:
        # The sentences are about what it returned; the answer is the function.
        wrong.answer = "movie_response"
        wrong.about |= {"letter": letter, "neuron": neuron}
        if len(recording.ids) in np.shape(wrong.value):
            wrong.mistakes = ("all neurons",)
        elif isinstance(result, tuple) and len(result) == 2:
            wrong.mistakes = ("more than the response",)
        raise


def _response_form(found: np.ndarray) -> None:
    repeats, frames = found.shape
    if found.shape == RESPONSE_SHAPE:
        return
    mistake = None
    if repeats == truth.REPEATS:
        mistake = "wrong number of frames"
    elif frames == truth.MOVIE_FRAMES:
        mistake = "wrong number of repeats"
    raise Wrong(
        "movie_response",
        "wrong_shape",
        f"`movie_response(...)` has the shape {found.shape}. It should have one row for each of "
        "the 10 repeats and 900 columns, the imaging frames from the start of the repeat.",
        value=found,
        mistake=mistake,
    )


@diagnosed
def response_values(movie_response: Any, ways: list, letters: str = truth.SESSIONS) -> None:
    """Check the function on our neuron in each of some sessions."""

    def judge(route: Route) -> None:
        for letter in letters:
            _compare_response(movie_response, route, letter, route.cell_specimen_id)

    by_any_route(ways, judge)


@diagnosed
def other_neurons(
    movie_response: Any, ways: list, places: Iterable[float], letters: str = truth.SESSIONS
) -> None:
    """Check the function on neurons at some places among those that are in all sessions.

    Parameters
    ----------
    places : iterable of float
        From 0, the first of them, to 1, the last.
    """
    _, *others = neurons_at(ways[0](), places)

    def judge(route: Route) -> None:
        for letter in letters:
            for neuron in others:
                _compare_response(movie_response, route, letter, neuron)

    by_any_route(ways, judge)


def with_neurons(*places: float, letters: str = truth.SESSIONS) -> Callable:
    """Say which neurons a student's function is called with, for `checks.calls`: ours first.

    Parameters
    ----------
    *places : float
        Where others stand among the neurons that are in all sessions, from 0 to 1.
    letters : str
        The sessions.

    Returns
    -------
    callable
        Takes `boc` and `cell_specimen_id`; returns the arguments, recording and neuron.
    """

    def listed(boc, cell_specimen_id) -> list[tuple]:
        right = Route(boc, cell_specimen_id)
        neurons = neurons_at(right, places)
        return [
            (right.recording(letter).data_set, neuron) for letter in letters for neuron in neurons
        ]

    return listed


def _compare_response(movie_response: Callable, route: Route, letter: str, neuron: int) -> None:
    found = _response(movie_response, route.recording(letter), neuron, letter)
    right = route.response(letter, neuron)
    if not exact.DFF.same(found, right):
        raise Wrong(
            "movie_response",
            "wrong_value",
            "`movie_response` has the right shape, but not the neuron's dF/F in session "
            f"{letter.upper()}, frame by frame from where each repeat starts. Compare one of its "
            "rows with the trace there: which frames, which recording, which neuron is it?",
            value=found,
            likely="changed afterwards" if _follows(found, right) else None,
            tolerance=exact.DFF,
            letter=letter,
            neuron=neuron,
        )


def _follows(found: np.ndarray, right: np.ndarray) -> bool:
    """Whether repeats go up and down as they should, and when they should."""

    def alike(late: int) -> float:
        frames = right.shape[1] - MOST_LATE
        pairs = zip(found[:, late:][:, :frames], right[:, MOST_LATE // 2 :][:, :frames])
        return float(np.median([np.corrcoef(*pair)[0, 1] for pair in pairs]))

    by_lateness = [alike(late) for late in range(MOST_LATE + 1)]
    return int(np.argmax(by_lateness)) == MOST_LATE // 2 and max(by_lateness) > FOLLOWS


@diagnosed
def mean_response(letter: str, value: Any, ways: list) -> None:
    """Check the mean over the repeats in one session."""
    name = f"mean_response_{letter}"
    found = values.finite(name, exact.array(name, value, 1, MEAN, exact.DFF))

    def judge(route: Route) -> None:
        responses = route.response(letter)
        _one_for_each_frame(name, found, responses)
        if not exact.DFF.same(found, responses.mean(axis=0)):
            raise Wrong(
                name,
                "wrong_value",
                f"`{name}` has the right length, but is not the mean over the repeats of "
                f"`movie_response` in session {letter.upper()}.",
                value=found,
                tolerance=exact.DFF,
            )

    by_any_route(ways, judge)


@diagnosed
def sem_response(letter: str, value: Any, ways: list) -> None:
    """Check the standard error of the mean in one session (n or n - 1 are both right)."""
    name = f"sem_response_{letter}"
    found = values.finite(name, exact.array(name, value, 1, MEAN, exact.DFF))

    def judge(route: Route) -> None:
        responses = route.response(letter)
        if route.own:
            right = Route(route.boc, route.cell_specimen_id)
            need_repeats(responses, [right.response(letter) for letter in truth.SESSIONS])
        _one_for_each_frame(name, found, responses)
        if not any(exact.DFF.same(found, truth.sem(responses, ddof)) for ddof in (0, 1)):
            raise Wrong(
                name,
                "wrong_value",
                f"`{name}` has the right length, but is not the standard deviation over the "
                "repeats divided by the square root of their number.",
                value=found,
                tolerance=exact.DFF,
            )

    by_any_route(ways, judge)


def _one_for_each_frame(name: str, found: np.ndarray, responses: np.ndarray) -> None:
    if found.shape != responses.shape[1:]:
        raise Wrong(
            name,
            "wrong_shape",
            f"`{name}` has {found.size} value{'s'[: found.size != 1]}. It should be {MEAN}.",
            value=found,
            tolerance=exact.DFF,
        )
