"""Whether the bands around mean responses are those of their own sessions."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from visual_coding_course.checking.drawings import Drawing
from visual_coding_course.checking.traced import bands_of
from visual_coding_course.checking.way import Way
from visual_coding_course.checking.wrong import Misnamed, Wrong

from .axes import Shown
from .truth import SESSIONS

#: Correlation from which on two courses in time are the same.
SAME = 0.999
#: How many standard errors a band is wide to each side if it is the standard deviation over ten
#: repeats, with n or n - 1.
STD = (2.9, 3.4)
SAYS_ERROR = re.compile(r"\bs\.?\s?e\.?\s?m\b|standard errors?|std\.? err", re.IGNORECASE)
SAYS_OTHER = re.compile(
    r"\bs\.?\s?d\b|\bstd\b(?!\.? err)|deviation|\d\s*[x×*·]?\s*(s\.?\s?e|standard)|√|sqrt|root|σ|%",
    re.IGNORECASE,
)


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


def need_band_names(drawing: Drawing, shown: list[Shown], route: Way) -> None:
    """Raise Misnamed if bands are called standard errors, and are the standard deviations."""
    owners = [drawing, *drawing.panels]
    texts = [entry.text for owner in owners for entry in owner.legend]
    texts += [text for owner in owners for text in (owner.title, owner.ylabel, *owner.texts)]
    said = " ".join(texts)
    if not SAYS_ERROR.search(said) or SAYS_OTHER.search(said):
        return
    if any(STD[0] < width < STD[1] for width in _in_errors(shown, route)):
        raise Misnamed(
            "fig_movie",
            "wrong_value",
            "A band of `fig_movie` is called standard error, and is as wide as the standard "
            "deviation. Which of the two is drawn?",
            mistake="standard deviation for error",
        )


def _in_errors(shown: list[Shown], route: Way) -> Iterator[float]:
    """Yield the width of each band around its session's mean, in standard errors to each side."""
    for one in shown:
        for x, low, high in bands_of(one.panel):
            if one.letter in _of_samples(one, x, (low + high) / 2, route.mean):
                error = np.asarray(route.sem(one.letter))[
                    _places(one, x, len(route.sem(one.letter)))
                ]
                yield float(np.median((high - low) / 2 / abs(one.found.factor) / error))


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
