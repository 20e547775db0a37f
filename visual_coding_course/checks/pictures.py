"""Judge the figures: the masks, the traces, the movie response, the stability."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from . import outlines, values
from .curves import find_curve
from .figures import Drawing, Panel, read
from .routes import Route, by_any_route
from .truth import SESSIONS

LETTERS = SESSIONS.upper()


def _three_panels(drawing: Drawing, of: str) -> list[Panel]:
    if len(drawing.panels) < 3:
        found = len(drawing.panels)
        raise AssertionError(
            f"`{drawing.name}` has {found} panel{'s'[: found > 1]} with something on it. It "
            f"should have three, one for each session, each with {of}."
        )
    return drawing.panels


def _missing(found: list[str | None]) -> str:
    """Name the sessions that no panel shows: ``"sessions B and C"``."""
    missing = [letter.upper() for letter in SESSIONS if letter not in found]
    return f"session{'s'[: len(missing) > 1]} {' and '.join(missing)}"


def projections_shown(figure: Any, ways: list) -> None:
    """Check that three panels show the maximum projections of the three sessions."""
    drawing = read("fig_masks", figure)
    panels = _three_panels(drawing, "its maximum projection")

    def judge(route: Route) -> None:
        _projections_by_panel(panels, route)

    by_any_route(ways, judge)


def _projections_by_panel(panels: list[Panel], route: Route) -> dict[str, tuple]:
    """For each session, the panel that shows its projection, and where."""
    projections = {letter: route.recording(letter).projection for letter in SESSIONS}
    if not any(panel.pictures for panel in panels):
        raise AssertionError(
            "No panel of `fig_masks` shows an image. Draw each maximum projection with `ax.imshow`."
        )
    found = {}
    for panel in panels:
        shown = outlines.find_projection(panel, projections)
        if shown is not None:
            found.setdefault(shown.session, (panel, shown))
    same = _sessions_that_are_the_same(route)
    for letter in SESSIONS:
        for twin in same[letter]:
            if letter not in found and twin in found:
                found[letter] = found[twin]
    if not found:
        raise AssertionError(
            "No panel of `fig_masks` shows a maximum projection. A mask alone does not say "
            "whether there is a neuron under it."
        )
    if len(found) < 3:
        raise AssertionError(
            f"No panel of `fig_masks` shows the maximum projection of {_missing(list(found))}."
        )
    return found


def _sessions_that_are_the_same(route: Route) -> dict[str, list[str]]:
    """By letter, the other letters that stand for the same recording on this route."""
    ids = {letter: route.recording(letter).session_id for letter in SESSIONS}
    return {a: [b for b in SESSIONS if b != a and ids[b] == ids[a]] for a in SESSIONS}


def masks_shown(figure: Any, ways: list) -> None:
    """Check that on each projection lies the neuron's mask of that session."""
    drawing = read("fig_masks", figure)
    panels = _three_panels(drawing, "its maximum projection and the neuron's mask")

    def judge(route: Route) -> None:
        masks = {letter: route.mask(letter) for letter in SESSIONS}
        near = np.any(list(masks.values()), axis=0)
        for letter, (panel, shown) in sorted(_projections_by_panel(panels, route).items()):
            projection = route.recording(shown.session).projection
            areas = list(outlines.marked_areas(panel, shown, projection, near))
            _judge_areas(letter, areas, masks)

    by_any_route(ways, judge)


def _judge_areas(letter: str, areas: list[np.ndarray], masks: dict[str, np.ndarray]) -> None:
    panel = f"The panel of `fig_masks` with session {letter.upper()}'s projection"
    if not areas:
        raise AssertionError(
            f"{panel} shows no mask where the neuron is. Draw its mask on top: an outline, or a "
            "second image in which the other pixels are left out."
        )
    scores = {x: max(outlines.overlap(area, masks[x]) for area in areas) for x in masks}
    best = max(scores, key=scores.get)
    if scores[letter] >= outlines.SHOWS_MASK and scores[letter] >= scores[best]:
        return
    if scores[best] >= outlines.SHOWS_MASK:
        raise AssertionError(
            f"{panel} shows the neuron's mask of session {best.upper()}. Each projection needs "
            "its own session's mask."
        )
    if any((area & masks[letter]).any() and area.sum() > 5 * masks[letter].sum() for area in areas):
        raise AssertionError(
            f"{panel} marks much more than our neuron. Draw only its own mask, not those of all "
            "neurons."
        )
    raise AssertionError(
        f"{panel} marks another place or shape than the neuron's mask in that session. Is it the "
        "mask of another neuron, or are rows and columns exchanged?"
    )


def traces_shown(figure: Any, ways: list) -> None:
    """Check that three panels show dF/F of the neuron against time, one for each session."""
    drawing = read("fig_traces", figure)
    panels = _three_panels(drawing, "the neuron's dF/F against time")
    if not any(panel.lines for panel in panels):
        raise AssertionError("`fig_traces` has no line. Draw each trace with `ax.plot(time, dff)`.")
    if max(len(panel.lines) for panel in panels) > 40:
        raise AssertionError(
            "A panel of `fig_traces` has very many lines. Draw the trace of our neuron only; "
            "an array with several rows or columns gives a line for each column."
        )

    def judge(route: Route) -> None:
        found, units = [], set()
        for letter in SESSIONS:
            recording = route.recording(letter)
            clocks = _clocks(recording.times)
            unit = _unit_in_panels(panels, route.dff(letter), clocks)
            if unit:
                found.append(letter)
                units.add(unit)
        if not found:
            raise AssertionError(
                "No panel of `fig_traces` shows our neuron's dF/F against the times of its "
                "session. Which neuron, and which times, are on the axes?"
            )
        if len(found) < 3:
            raise AssertionError(
                f"No panel of `fig_traces` shows our neuron's dF/F in {_missing(found)} against "
                "its time."
            )
        _need_time(drawing, units)

    by_any_route(ways, judge)


def _unit_in_panels(panels: list[Panel], right: np.ndarray, clocks: dict) -> str | None:
    for panel in panels:
        unit = find_curve(panel.lines, right, clocks)
        if unit:
            return unit
    return None


def _clocks(times: np.ndarray) -> dict[str, np.ndarray]:
    """Return the times of the samples in each unit that an x axis may have."""
    times = np.asarray(times, dtype=float)
    return {
        "seconds": times,
        "minutes": times / 60,
        "milliseconds": times * 1000,
        "frames": np.arange(len(times), dtype=float),
    }


#: How each unit may be written in a label.
UNITS = {
    "seconds": r"\b(s|sec|secs|seconds?)\b|\bs\)|\[s\]",
    "minutes": r"\b(m|min|mins|minutes?)\b",
    "milliseconds": r"\b(ms|msec|milliseconds?)\b",
    "frames": r"frame|sample|index|bin",
}


def _need_time(drawing: Drawing, units: set[str]) -> None:
    drawing.need_labels("time, with its unit", "dF/F")
    label = drawing.axis_labels("x").lower()
    for unit in units:
        if not re.search(UNITS[unit], label):
            raise AssertionError(
                f"The x axis of `{drawing.name}` is in {unit.replace('frames', 'imaging frames')}, "
                "but its label does not say so."
            )


def movie_shown(figure: Any, ways: list) -> None:
    """Check that the mean movie response of each session is drawn against time, and named."""
    drawing = read("fig_movie", figure)
    lines = [line for panel in drawing.panels for line in panel.lines]
    if not lines:
        raise AssertionError(
            "`fig_movie` has no line. Draw each session's mean response with `ax.plot`."
        )

    def judge(route: Route) -> None:
        found, units = [], set()
        for letter in SESSIONS:
            right = route.mean(letter)
            times = route.recording(letter).times[: right.size]
            unit = find_curve(lines, right, _clocks(times - times[0]), exact=True)
            if unit:
                found.append(letter)
                units.add(unit)
        if not found:
            raise AssertionError(
                "No line of `fig_movie` is the mean response of a session against the time in the "
                "movie, which starts at 0. Is it the mean over the repeats that is drawn?"
            )
        if len(found) < 3:
            raise AssertionError(
                f"`fig_movie` does not show the mean response in {_missing(found)}."
            )
        _need_time(drawing, units)
        _need_names(drawing)

    by_any_route(ways, judge)


def _need_names(drawing: Drawing) -> None:
    told = [panel for panel in drawing.panels if panel.title or panel.names or panel.ylabel]
    if len(drawing.panels) == 1 and not any(panel.names for panel in told):
        raise AssertionError(
            "`fig_movie` does not say which line is which session. Give each line a `label` and "
            "call `ax.legend()`."
        )


def stability_shown(figure: Any, stability: Any) -> None:
    """Check that a figure shows how the student's own stability values are spread."""
    from .similarity import stability_series
    from .spread import shows_spread

    drawing = read("fig_stability", figure)
    if values.is_blank(stability):
        raise AssertionError(
            "`fig_stability` can be checked when `response_stability` is there: finish it first."
        )
    numbers = stability_series(stability).to_numpy()
    if not values.usable(numbers):
        raise AssertionError(
            "`fig_stability` cannot be checked: `response_stability` has the same value for all "
            "neurons."
        )
    if not any(shows_spread(panel, numbers) for panel in drawing.panels):
        raise AssertionError(
            "`fig_stability` does not show the values of `response_stability`: neither as a "
            "histogram that counts every neuron, nor as one point for each neuron."
        )
    drawing.need_labels("stability, or what is counted", "stability, or what is counted")
