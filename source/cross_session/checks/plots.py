"""Judge the figures of curves: the traces, the mean movie response; and of the stability."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from visual_coding_course.checking import values
from visual_coding_course.checking.curves import find_curve, has_shape, is_trace
from visual_coding_course.checking.drawings import Drawing, Panel
from visual_coding_course.checking.figures import need_labels, need_lines, read
from visual_coding_course.checking.mistakes import diagnosed
from visual_coding_course.checking.spread import shows_spread
from visual_coding_course.checking.standing_out import curves_standing_out
from visual_coding_course.checking.ways import by_any_route
from visual_coding_course.checking.wrong import Misnamed, NotAttempted, Wrong

from .exact import DFF
from .forms import (
    among_many,
    missing_sessions,
    need_order,
    need_panels,
    need_time,
    repeated,
)
from .names import session_of_line, tells_apart, told
from .routes import Route
from .similarity import stability_series
from .truth import SESSIONS
from .unlike import what_is_shown

#: So many lines in one panel are not those of one neuron.
MOST_LINES = 40


@diagnosed
def traces_shown(figure: Any, ways: list) -> None:
    """Check that three panels show dF/F of the neuron against time, one for each session."""
    drawing = read("fig_traces", figure)
    panels = need_panels(drawing, "the neuron's dF/F against time")
    need_lines(drawing, "Draw each trace with `ax.plot(time, dff)`.")
    seen = list(map(_with_lines, panels, curves_standing_out(panels)))
    if max(len(panel.lines) for panel in seen) > MOST_LINES:
        raise among_many("fig_traces", "lines")

    def judge(route: Route) -> None:
        shown, units = _traces_by_panel(seen, route)
        if len(set().union(*shown)) < len(SESSIONS):
            if _hidden_trace(panels, seen, route):
                raise among_many("fig_traces", "lines")
            raise _missing_traces(seen, shown, route)
        if not _each_its_own(shown):
            raise Wrong(
                "fig_traces",
                "wrong_value",
                "`fig_traces` shows several sessions in one panel. Draw each in a panel of its "
                "own.",
                mistake="everything in one panel",
            )
        for panel, letters in zip(panels, shown, strict=True):
            need_order("fig_traces", told(panel), letters)
        need_time(drawing, units)

    by_any_route(ways, judge)


def _with_lines(panel: Panel, lines: list[int]) -> Panel:
    """Return a panel with some of its lines only."""
    return replace(panel, lines=[panel.lines[i] for i in lines])


def _hidden_trace(panels: list[Panel], seen: list[Panel], route: Route) -> bool:
    """Whether a panel has the neuron's trace among lines that all look the same."""
    rights = [route.dff(letter) for letter in SESSIONS]
    return any(
        len(panel.lines) > MOST_LINES
        or any(is_trace(line, right, DFF) for line in panel.lines for right in rights)
        for panel, of_which in zip(panels, seen, strict=True)
        if len(of_which.lines) < len(panel.lines)
    )


def _traces_by_panel(panels: list[Panel], route: Route) -> tuple[list[set[str]], set[str]]:
    """By panel, the sessions whose trace it shows, and the units of time."""
    traces = {letter: route.dff(letter) for letter in SESSIONS}
    clocks = {letter: _clocks(route.recording(letter).times) for letter in SESSIONS}
    shown, units = [], set()
    for panel in panels:
        lines = {letter: [] for letter in SESSIONS}
        for line in panel.lines:
            # To search a whole trace for another session's takes long, and it is not in there.
            own = [letter for letter in SESSIONS if is_trace(line, traces[letter], DFF)]
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


def _missing_traces(panels: list[Panel], shown: list[set[str]], route: Route) -> Wrong:
    """Say which trace is not there, and what is there in its place."""
    found = set().union(*shown)
    twice = repeated("fig_traces", shown, "dF/F in")
    if twice:
        return twice
    sentence = (
        f"No panel of `fig_traces` shows our neuron's dF/F in {missing_sessions(found)} against "
        "its time. Which neuron, and which times, are on the axes?"
    )
    others = [
        line
        for panel, letters in zip(panels, shown, strict=True)
        for line in panel.lines
        if not letters
    ]
    return _wrong_curves("fig_traces", sentence, others, [route.dff(x) for x in SESSIONS])


def _wrong_curves(
    name: str, sentence: str, others: list[np.ndarray], rights: list[np.ndarray]
) -> Wrong:
    """Say what is wrong with lines, of which the longest may be what a mistake gives.

    Parameters
    ----------
    name, sentence : str
        Name of the figure; what is missing.
    others : list of numpy.ndarray, shape (points, 2)
        The lines that are no right ones.
    rights : list of numpy.ndarray
        The samples that they should have.
    """
    if any(has_shape(line, right) for line in others for right in rights):
        return Wrong(
            name,
            "wrong_value",
            f"`{name}` has a line that is right, but not against its time. Its points should lie "
            "at the times of that session's imaging frames, or be counted in frames.",
            mistake="wrong times",
        )
    longest = max(others, key=len)[:, 1] if others else None
    return Wrong(name, "wrong_value", sentence, value=longest, tolerance=DFF)


def _each_its_own(shown: list[set[str]]) -> bool:
    """Whether three different panels can be found for the three sessions."""
    return any(
        all(letter in letters for letter, letters in zip(SESSIONS, three, strict=True))
        for three in itertools.permutations([letters for letters in shown if letters], 3)
    )


def _clocks(times: np.ndarray) -> dict[str, np.ndarray]:
    """Return the times of the samples in each unit that an x axis may have."""
    times = np.asarray(times, dtype=float)
    return {
        "seconds": times,
        "minutes": times / 60,
        "hours": times / 3600,
        "milliseconds": times * 1000,
        "frames": np.arange(len(times), dtype=float),
    }


@diagnosed
def movie_shown(figure: Any, ways: list) -> None:
    """Check that the mean movie response of each session is drawn against time, and named."""
    drawing = read("fig_movie", figure)
    need_lines(drawing, "Draw each session's mean response with `ax.plot`.")

    seen = curves_standing_out(drawing.panels)
    hidden = [sorted(set(range(len(p.lines))).difference(i)) for p, i in zip(drawing.panels, seen)]

    def judge(route: Route) -> None:
        shown, units = _means_shown(drawing, seen, route)
        # A line for each, also where two sessions have the same values.
        if min(len(set().union(*shown.values())), len(shown)) < len(SESSIONS):
            if any(hidden) and _means_shown(drawing, hidden, route)[0]:
                raise among_many("fig_movie", "curves")
            raise _missing_means(drawing, shown, route)
        need_time(drawing, units)
        _need_names(drawing, shown)

    by_any_route(ways, judge)


def _means_shown(drawing: Drawing, lines: list[list[int]], route: Route) -> tuple[dict, set[str]]:
    """By panel and line, the sessions whose mean response it is, and the units of time.

    Only some lines of each panel are looked at.
    """
    shown, units = {}, set()
    for letter in SESSIONS:
        right = route.mean(letter)
        times = route.recording(letter).times[: right.size]
        clocks = _clocks(times - times[0])
        for i, panel in enumerate(drawing.panels):
            for j in lines[i]:
                unit = find_curve([panel.lines[j]], right, clocks, exact=True)
                if unit:
                    shown.setdefault((i, j), set()).add(letter)
                    units.add(unit)
    return shown, units


def _missing_means(drawing: Drawing, shown: dict, route: Route) -> Wrong:
    """Say which mean response is not there, and what is there in its place."""
    found = set().union(*shown.values())
    twice = repeated("fig_movie", list(shown.values()), "the mean response in")
    if twice:
        return twice
    others = [
        line
        for i, panel in enumerate(drawing.panels)
        for j, line in enumerate(panel.lines)
        if (i, j) not in shown
    ]
    sentence = f"`fig_movie` does not show the mean response in {missing_sessions(found)}."
    if not found:
        sentence = (
            "No line of `fig_movie` is the mean response of a session against the time in the "
            "movie, which starts at 0. Is it the mean over the repeats that is drawn?"
        )
    elif not others:
        return Wrong("fig_movie", "wrong_value", sentence, mistake="a session left out")
    return _wrong_curves("fig_movie", sentence, others, [route.mean(x) for x in SESSIONS])


def _need_names(drawing: Drawing, shown: dict[tuple[int, int], set[str]]) -> None:
    """Raise Misnamed unless the sessions are named, and by their right names."""
    for (i, j), letters in shown.items():
        panel = drawing.panels[i]
        told_here = session_of_line(*panel.styles[j], panel.legend + drawing.legend)
        in_panel = set().union(*(shown[key] for key in shown if key[0] == i))
        need_order("fig_movie", told_here or told(panel), letters if told_here else in_panel)
    if not tells_apart(drawing):
        raise _no_names(drawing)


def _no_names(drawing: Drawing) -> Wrong:
    """Say why nobody can tell which line is which session."""
    hint = "Give each line a `label` and call `ax.legend()`, or give each panel a title."
    entries = [entry for owner in [drawing, *drawing.panels] for entry in owner.legend]
    titles = [panel.title for panel in drawing.panels if panel.title]
    labels = [label for panel in drawing.panels for label in panel.labels]
    if len(entries) > 1 or len(titles) > 1:
        mistake, why = "the same name for all", "its names are all the same. "
    elif len(labels) > 1 and not entries:
        mistake, why = "no legend", "its lines have labels, but no legend shows them. "
    elif len(drawing.panels) > 1:
        mistake, why = "panels without titles", "its panels have no titles. "
    else:
        mistake, why = "no legend", "it has no legend that names them. "
    return Misnamed(
        "fig_movie",
        "wrong_value",
        f"`fig_movie` does not say which line is which session: {why}{hint}",
        mistake=mistake,
    )


@diagnosed
def stability_shown(figure: Any, stability: Any) -> None:
    """Check that a figure shows how the student's own stability values are spread."""
    drawing = read("fig_stability", figure)
    if values.is_blank(stability):
        raise NotAttempted(
            "`fig_stability` can be checked when `response_stability` is there: finish it first.",
            "response_stability",
        )
    numbers = stability_series(stability)
    if not len(numbers) or (np.ptp(numbers) == 0 and not np.allclose(numbers, 1)):
        raise _no_spread(numbers)
    # With the same recording as A, B and C, each neuron is fully stable: points, or a single bar.
    if not any(shows_spread(panel, numbers.to_numpy()) for panel in drawing.panels):
        mistake, found = what_is_shown(drawing.panels, numbers)
        sentence = (
            "`fig_stability` does not show the values of `response_stability`: neither as a "
            f"histogram that counts every neuron, nor as one point for each neuron. {found}"
        )
        raise Wrong("fig_stability", "wrong_value", sentence.strip(), mistake=mistake)
    need_labels(drawing, "stability, or what is counted", "stability, or what is counted")


def _no_spread(numbers: pd.Series) -> Wrong:
    """Say why the values cannot be seen to be spread, however they are drawn."""
    few = len(numbers) < 2
    has = "does not have a value for each neuron" if few else "has the same value for all neurons"
    return Wrong(
        "fig_stability",
        "wrong_shape" if few else "wrong_value",
        f"`fig_stability` cannot be checked: `response_stability` {has}.",
        mistake="one neuron only" if few else "the same value for all neurons",
    )
