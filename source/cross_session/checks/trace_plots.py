"""Judge the figure of the traces: the neuron's dF/F against time, a panel for each session."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from visual_coding_course.checking.curves import UNCHANGED, Samples
from visual_coding_course.checking.drawings import Drawing
from visual_coding_course.checking.figures import reading
from visual_coding_course.checking.standing_out import curves_standing_out
from visual_coding_course.checking.traced import FEWEST_POINTS, Curve
from visual_coding_course.checking.way import Way
from visual_coding_course.checking.ways import by_any_route
from visual_coding_course.checking.wrong import Misnamed, Wrong

from .axes import Shown, best_of, need_names, need_own_times
from .forms import among_many, missing_sessions, need_order, need_panels, repeated
from .names import told
from .plots import (
    MOST_LINES,
    Places,
    all_shown,
    counted,
    find_curves,
    need_curves,
    need_seen,
    need_times,
    rights_once,
    turned,
    wrong_curves,
)
from .truth import SESSIONS, fluorescence


def traces_shown(figure: Any, ways: list, names: bool = True) -> None:
    """Check that three panels show dF/F of the neuron against time, one for each session.

    Parameters
    ----------
    figure, ways
        The answer, and the routes by which it may be right.
    names : bool
        Whether what is written must be true, too.
    """
    with reading("fig_traces", figure) as drawing:
        _judge_traces(drawing, ways, names)


def _judge_traces(drawing: Drawing, ways: list, names: bool) -> None:
    panels = need_panels(drawing, "the neuron's dF/F against time")
    drawn = need_curves(drawing, "Draw each trace with `ax.plot(time, dff)`.")
    seen = curves_standing_out(drawn)
    short = [sum(len(line) < FEWEST_POINTS for line in panel.lines) for panel in panels]
    if max(few + len(curves) for few, curves in zip(short, seen)) > MOST_LINES:
        raise among_many("fig_traces", "lines")

    def judge(route: Way) -> None:
        shown = find_curves(drawing, "seen", seen, route, _rights_of_traces)
        by_panel = [set().union(*(shown.get((i, j), ()) for j in range(len(curves))))
                    for i, curves in enumerate(seen)]  # fmt: skip
        if len(set().union(*by_panel)) < len(SESSIONS):
            rest = [[c for c in all_ if c not in some] for all_, some in zip(drawn, seen)]
            if any(map(len, rest)) and _hidden_trace(drawing, rest, route):
                raise among_many("fig_traces", "lines")
            raise _missing_traces(drawing, seen, by_panel, route)
        if not _each_its_own(_told_apart(seen, shown)):
            raise Wrong(
                "fig_traces",
                "wrong_value",
                "`fig_traces` shows several sessions in one panel. Draw each in a panel of its "
                "own.",
                mistake="everything in one panel",
            )
        need_times("fig_traces", shown)
        times = {x: route.recording(x).times for x in SESSIONS}
        need_own_times("fig_traces", all_shown(shown), times)
        need_seen("fig_traces", shown)
        if names:
            for panel, letters in zip(panels, by_panel, strict=True):
                need_order("fig_traces", told(panel), letters)
            _need_dff(all_shown(shown), route)
            need_names(drawing, all_shown(shown))

    by_any_route(ways, judge)


def _rights_of_traces(route: Way) -> dict[str, tuple]:
    """Return by session the samples, their times, and when the movie and the recording begin."""
    rights = {}
    for letter in SESSIONS:
        times = route.recording(letter).times
        starts = route.recording(letter).movie_starts
        movie = float(times[min(starts[0], len(times) - 1)])
        rights[letter] = Samples(route.dff(letter), times), movie, float(times[0])
    return rights


def _need_dff(shown: list[Shown], route: Way) -> None:
    """Raise Misnamed if a curve is the neuron's fluorescence, from which dF/F was made."""
    for one in (one for one in best_of(shown) if not one.found.exact):
        recording = route.recording(one.letter)
        places = np.searchsorted(recording.times, one.found.times)
        neuron = int(recording.ids[route.index(one.letter)])
        for trace in fluorescence(recording, neuron):
            if np.corrcoef(trace[places], one.found.xy[:, 1])[0, 1] > UNCHANGED:
                raise Misnamed(
                    "fig_traces",
                    "wrong_value",
                    "A line of `fig_traces` is the neuron's fluorescence, or that around it, not "
                    "its dF/F.",
                    mistake="another kind of trace",
                )


def _hidden_trace(drawing: Drawing, rest: list[list[Curve]], route: Way) -> bool:
    """Whether the neuron's trace is among curves that all look the same."""
    if any(len(curves) > MOST_LINES for curves in rest):
        return True
    return bool(find_curves(drawing, "hidden", rest, route, _rights_of_traces))


def _missing_traces(
    drawing: Drawing, drawn: list[list[Curve]], by_panel: list[set[str]], route: Way
) -> Wrong:
    """Say which trace is not there, and what is there in its place."""
    found = set().union(*by_panel)
    rights = rights_once(drawing, route, _rights_of_traces)
    known = (
        repeated("fig_traces", by_panel, "dF/F in")
        or turned(drawing, rights)
        or counted(drawing, rights)
    )
    if known:
        return known
    sentence = (
        f"No panel of `fig_traces` shows our neuron's dF/F in {missing_sessions(found)} against "
        "its time. Which neuron, and which times, are on the axes?"
    )
    others = [c.xy for curves, letters in zip(drawn, by_panel) if not letters for c in curves]
    return wrong_curves("fig_traces", sentence, others, "dff")


def _told_apart(curves: list[list[Curve]], shown: Places) -> list[set[str]]:
    """For each panel, its sessions, without those whose curves look as another session's there."""
    found = []
    for i, some in enumerate(curves):
        here = [(curve.look, set(shown.get((i, j), ()))) for j, curve in enumerate(some)]
        found.append({
            letter
            for look, letters in here
            for letter in letters
            if all(letter in others for same, others in here if same == look and others)
        })  # fmt: skip
    return found


def _each_its_own(shown: list[set[str]]) -> bool:
    """Whether three different panels can be found for the three sessions."""
    return any(
        all(letter in letters for letter, letters in zip(SESSIONS, three, strict=True))
        for three in itertools.permutations([letters for letters in shown if letters], 3)
    )
