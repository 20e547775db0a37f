"""Whether the bands around mean responses are those of their own sessions, and named truly."""

from __future__ import annotations

import re

import numpy as np

from visual_coding_course.checking.drawings import Drawing, Panel
from visual_coding_course.checking.traced import bands_of, edges_of
from visual_coding_course.checking.way import Way
from visual_coding_course.checking.wrong import Misnamed, Wrong

from .axes import Shown
from .truth import SESSIONS

#: Correlation from which on two courses in time are the same.
SAME = 0.999
#: How far, as a share, a band may be off what it is called: n or n - 1 makes 5 %.
OFF_WIDTH = 0.12

ERROR = r"(?:\bs\.?\s?e\.?\s?m\b|\bstandard errors?\b|\bstd\.? err|\bs\.e\.)"
DEVIATION = r"(?:\bs\.?\s?d\b|\bstd\b(?!\.? err)|\bstandard deviations?\b)"
#: Says that a band is an interval or a multiple, whose width may be reckoned in many ways.
INTERVAL = (
    r"\bci\b|confiden|interval|quantile|percentile|range|\b\d\d\s?%|twice|double|triple|\btimes\b|"
    r"\bvar|sqrt|√|root|\*\*|\^"
)
#: How many of them a text says that a band has: "± 2 s.e.m.", "1.96 x s.e.m.".
MULTIPLE = r"(?:(\d+(?:\.\d+)?)\s*[x×*·]?\s*)?"
#: How many standard errors of ten repeats make one of each.
UNITS = {ERROR: 1.0, DEVIATION: 10**0.5}


def need_own_bands(drawing: Drawing, shown: list[Shown], route: Way) -> None:
    """Raise Wrong if a band has the middle, or the width, of another session's.

    Bands are not asked for, and may be as wide as one likes; one that is no session's is let be.
    """
    for panel in drawing.panels:
        here = [one for one in shown if one.panel is panel]
        around: list[str] = []
        for x, low, high in bands_of(panel):
            if here and np.ptp(low + high) == 0 and _of_samples(here[0], x, high - low, route.sem):
                raise _of_none()
            for one in here:
                middle = _of_samples(one, x, (low + high) / 2, route.mean)
                if not middle:
                    continue
                width = _of_samples(one, x, high - low, route.sem)
                around.append(min(middle))
                if not {letter.letter for letter in here} & set(middle) or (
                    width and not set(width) & set(middle)
                ):
                    raise _of_another()
                break
        if len(around) > len(set(around)) and len(here) > 1 and len(set(around)) == 1:
            raise _of_another()
        if here and _fills_up_to_an_error(drawing, panel, here[0], route):
            raise _of_none()


def _fills_up_to_an_error(drawing: Drawing, panel: Panel, one: Shown, route: Way) -> bool:
    """Whether an area beside a mean goes from a level line to an error, and is not named as that.

    Who calls it s.e.m. may show how large it is; with ±, it is meant to lie around the mean.
    """
    said = _said(drawing, panel)
    if re.search(ERROR, said) and not re.search("±|\\+/?-", said):
        return False
    edges = [edges_of(shape) for shape in panel.shapes]
    return any(
        _of_samples(one, xy[:, 0], xy[:, 1], route.sem)
        and not _of_samples(one, xy[:, 0], xy[:, 1], route.mean)
        for [xy] in (some for some in edges if len(some) == 1)
    )


def need_true_bands(drawing: Drawing, shown: list[Shown], route: Way) -> None:
    """Raise Misnamed if what is written calls the bands of a session s.e.m. that are wider, or so.

    They may be as wide as the student's own values, and be intervals, or several for each session.
    """
    for panel in drawing.panels:
        named = _widths_named(_said(drawing, panel))
        widths: dict[str, list[float]] = {}
        for x, low, high in bands_of(panel):
            for one in (one for one in shown if named and one.panel is panel):
                right = np.asarray(route.sem(one.letter), dtype=float)
                middle = _of_samples(one, x, (low + high) / 2, route.mean)
                width = _of_samples(one, x, high - low, route.sem)
                if one.letter in middle and one.letter in width:
                    unit = 2 * abs(one.found.factor) * right[_places(one, x, len(right))]
                    widths.setdefault(one.letter, []).append(
                        float((high - low) @ unit / (unit @ unit))
                    )
        for found in widths.values():
            if not any(abs(width / name - 1) < OFF_WIDTH for width in found for name in named):
                raise Misnamed(
                    "fig_movie",
                    "wrong_value",
                    "A band of `fig_movie` is wider or narrower than what is written of it says. "
                    "What is added to the mean, and taken from it: once the standard error, or "
                    "something else?",
                    mistake="a band of another width than named",
                )


def _widths_named(said: str) -> list[float]:
    """List how many standard errors bands are said to be wide, on one side; none if it is open."""
    if re.search(INTERVAL, said):
        return []
    return [
        unit * float(times or 1)
        for words, unit in UNITS.items()
        for times in re.findall(f"{MULTIPLE}{words}", said)
    ]


def _said(drawing: Drawing, panel: Panel) -> str:
    """What is written on a panel, and on the whole figure."""
    owners = [panel, drawing]
    texts = [text for owner in owners for text in (owner.title, owner.xlabel, owner.ylabel)]
    texts += [entry.text for owner in owners for entry in owner.legend]
    texts += [text for owner in owners for text in owner.texts]
    return "\n".join(texts).lower()


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
