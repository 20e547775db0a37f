"""Judge the figures: the masks, the traces, the movie response, the stability."""

from __future__ import annotations

import itertools
import re
from typing import Any

import numpy as np

from . import outlines, values
from .curves import find_curve, is_trace
from .figures import Drawing, Panel, read
from .names import session_of_line
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
        found = _projections_by_panel(panels, route)
        same = _sessions_that_are_the_same(route)
        for shown in [shown for panels_of_one in found.values() for shown in panels_of_one]:
            _need_right_name("fig_masks", shown[0], {shown[1].session, *same[shown[1].session]})

    by_any_route(ways, judge)


def _projections_by_panel(panels: list[Panel], route: Route) -> dict[str, list]:
    """For each session, the panels that show its projection, and where on them."""
    projections = {letter: route.recording(letter).projection for letter in SESSIONS}
    if not any(panel.pictures for panel in panels):
        raise AssertionError(
            "No panel of `fig_masks` shows an image. Draw each maximum projection with `ax.imshow`."
        )
    found = {}
    for panel in panels:
        shown = outlines.find_projection(panel, projections)
        if shown is not None:
            found.setdefault(shown.session, []).append((panel, shown))
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
        for letter, found in sorted(_projections_by_panel(panels, route).items()):
            wrong = []
            for panel, shown in found:
                projection = route.recording(shown.session).projection
                areas = list(outlines.marked_areas(panel, shown, projection, near))
                wrong.append((bool(areas), _wrong_areas(letter, areas, masks)))
            if all(error for _, error in wrong):
                # A panel that marks something says more than one that marks nothing.
                raise AssertionError(max(wrong, key=lambda one: one[0])[1])

    by_any_route(ways, judge)


def _wrong_areas(letter: str, areas: list[np.ndarray], masks: dict[str, np.ndarray]) -> str:
    """Say what is wrong with what a panel marks; nothing if it is the session's mask."""
    panel = f"The panel of `fig_masks` with session {letter.upper()}'s projection"
    if not areas:
        return (
            f"{panel} shows no mask where the neuron is. Draw its mask on top: an outline, or a "
            "second image in which the other pixels are left out."
        )
    scores = {x: max(outlines.likeness(area, masks[x]) for area in areas) for x in masks}
    best = max(scores, key=scores.get)
    if scores[letter] >= outlines.SHOWS_MASK and scores[letter] >= scores[best]:
        return ""
    if scores[best] >= outlines.SHOWS_MASK:
        return (
            f"{panel} shows the neuron's mask of session {best.upper()}. Each projection needs "
            "its own session's mask."
        )
    if any((area & masks[letter]).any() and area.sum() > 5 * masks[letter].sum() for area in areas):
        return (
            f"{panel} marks much more than our neuron. Draw only its own mask, not those of all "
            "neurons."
        )
    return (
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
        shown, units = _traces_by_panel(panels, route)
        found = set().union(*shown)
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
        if not _each_its_own(shown):
            raise AssertionError(
                "`fig_traces` shows several sessions in one panel. Draw each in a panel of its own."
            )
        for panel, letters in zip(panels, shown, strict=True):
            _need_right_name("fig_traces", panel, letters)
        _need_time(drawing, units)

    by_any_route(ways, judge)


def _traces_by_panel(panels: list[Panel], route: Route) -> tuple[list[set[str]], set[str]]:
    """By panel, the sessions whose trace it shows, and the units of time."""
    traces = {letter: route.dff(letter) for letter in SESSIONS}
    clocks = {letter: _clocks(route.recording(letter).times) for letter in SESSIONS}
    shown, units = [], set()
    for panel in panels:
        lines = {letter: [] for letter in SESSIONS}
        for line in panel.lines:
            # To search a whole trace for another session's takes long, and it is not in there.
            own = [letter for letter in SESSIONS if is_trace(line, traces[letter])]
            for letter in own or SESSIONS:
                lines[letter].append(line)
        found = {
            letter: find_curve(lines[letter], traces[letter], clocks[letter])
            for letter in SESSIONS
            if lines[letter]
        }
        shown.append({letter for letter, unit in found.items() if unit})
        units |= {unit for unit in found.values() if unit}
    return shown, units


def _each_its_own(shown: list[set[str]]) -> bool:
    """Whether three different panels can be found for the three sessions."""
    return any(
        all(letter in letters for letter, letters in zip(SESSIONS, three, strict=True))
        for three in itertools.permutations([letters for letters in shown if letters], 3)
    )


def _need_right_name(name: str, panel: Panel, shown: set[str], told: str | None = None) -> None:
    """Raise AssertionError if what is shown is said to be another session."""
    told = told or panel.told
    if told and shown and told not in shown:
        raise AssertionError(
            f"`{name}` calls session {told.upper()} what is another session. Do the names and the "
            "data come in the same order?"
        )


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
    if not any(panel.lines for panel in drawing.panels):
        raise AssertionError(
            "`fig_movie` has no line. Draw each session's mean response with `ax.plot`."
        )

    def judge(route: Route) -> None:
        shown, units = _means_shown(drawing, route)
        found = set().union(*shown.values())
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
        _need_names(drawing, shown)

    by_any_route(ways, judge)


def _means_shown(drawing: Drawing, route: Route) -> tuple[dict, set[str]]:
    """By panel and line, the sessions whose mean response it is, and the units of time."""
    shown, units = {}, set()
    for letter in SESSIONS:
        right = route.mean(letter)
        times = route.recording(letter).times[: right.size]
        clocks = _clocks(times - times[0])
        for i, panel in enumerate(drawing.panels):
            for j, line in enumerate(panel.lines):
                unit = find_curve([line], right, clocks, exact=True)
                if unit:
                    shown.setdefault((i, j), set()).add(letter)
                    units.add(unit)
    return shown, units


def _need_names(drawing: Drawing, shown: dict[tuple[int, int], set[str]]) -> None:
    """Raise AssertionError unless the sessions are named, and by their right names."""
    for (i, j), letters in shown.items():
        panel = drawing.panels[i]
        told = session_of_line(*panel.styles[j], panel.legend + drawing.legend)
        if told:
            _need_right_name("fig_movie", panel, letters, told)
        else:
            in_panel = set().union(*(shown[key] for key in shown if key[0] == i))
            _need_right_name("fig_movie", panel, in_panel)
    if not drawing.tells_apart:
        raise AssertionError(
            "`fig_movie` does not say which line is which session. Give each line a `label` and "
            "call `ax.legend()`, or give each panel a title."
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
    if np.ptp(numbers) == 0 and not np.allclose(numbers, 1):
        raise AssertionError(
            "`fig_stability` cannot be checked: `response_stability` has the same value for all "
            "neurons."
        )
    # With the same recording as A, B and C, each neuron is fully stable, and nothing is spread.
    if not np.allclose(numbers, 1, rtol=0, atol=1e-5) and not any(
        shows_spread(panel, numbers) for panel in drawing.panels
    ):
        raise AssertionError(
            "`fig_stability` does not show the values of `response_stability`: neither as a "
            "histogram that counts every neuron, nor as one point for each neuron."
        )
    drawing.need_labels("stability, or what is counted", "stability, or what is counted")
