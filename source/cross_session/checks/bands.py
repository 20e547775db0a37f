"""Whether the bands around mean responses are those of their own sessions."""

from __future__ import annotations

import numpy as np

from visual_coding_course.checking.drawings import Drawing
from visual_coding_course.checking.traced import bands_of
from visual_coding_course.checking.way import Way
from visual_coding_course.checking.wrong import Wrong

from .axes import Shown
from .truth import SESSIONS

#: Correlation from which on two courses in time are the same.
SAME = 0.999


def need_own_bands(drawing: Drawing, shown: list[Shown], route: Way) -> None:
    """Raise Wrong if a band has the middle, or the width, of another session's.

    Bands are not asked for, and may be as wide as one likes; one that is no session's is let be.
    """

    def spread(letter: str) -> np.ndarray:
        return route.response(letter).std(axis=0)

    for panel in drawing.panels:
        here = [one for one in shown if one.panel is panel]
        around: list[str] = []
        for x, low, high in bands_of(panel):
            if here and np.ptp(low + high) == 0 and _of_samples(here[0], x, high - low, spread):
                raise _of_none()
            for one in here:
                middle = _of_samples(one, x, (low + high) / 2, route.mean)
                if not middle:
                    continue
                width = _of_samples(one, x, high - low, spread)
                around.append(min(middle))
                if not {letter.letter for letter in here} & set(middle) or (
                    width and not set(width) & set(middle)
                ):
                    raise _of_another()
                break
        if len(around) > len(set(around)) and len(here) > 1 and len(set(around)) == 1:
            raise _of_another()


def _of_samples(one: Shown, x: np.ndarray, values: np.ndarray, of) -> list[str]:
    """List the sessions whose samples go as values do at places along x."""
    if np.ptp(values) == 0:
        return []
    found = []
    for letter in SESSIONS:
        right = np.asarray(of(letter), dtype=float)
        places = _places(one, x, len(right))
        if np.ptp(right[places]) and np.corrcoef(values, right[places])[0, 1] > SAME:
            found.append(letter)
    return found


def _places(one: Shown, x: np.ndarray, count: int) -> np.ndarray:
    """Return which samples lie at places along x."""
    times = one.found.times[0] + (x - one.found.xy[0, 0]) * one.found.period
    return np.clip(np.rint(times / one.step).astype(int), 0, count - 1)


def _of_none() -> Wrong:
    return Wrong(
        "fig_movie",
        "wrong_value",
        "A band of `fig_movie` lies around 0, not around a mean response. Where should it begin, "
        "and where end?",
        mistake="a band around zero",
    )


def _of_another() -> Wrong:
    return Wrong(
        "fig_movie",
        "wrong_value",
        "A band of `fig_movie` is another session's: it should lie around the mean of its own "
        "session, and be as wide as that session's standard error.",
        mistake="another session's band",
    )
