"""Judge the figures of curves: the traces, and the mean movie response."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np

from visual_coding_course.checking import Tolerance
from visual_coding_course.checking.curves import Samples, find_samples
from visual_coding_course.checking.drawings import Drawing
from visual_coding_course.checking.figures import need_lines, reading
from visual_coding_course.checking.spread import shows_spread
from visual_coding_course.checking.standing_out import curves_standing_out
from visual_coding_course.checking.traced import FEWEST_POINTS, Curve, curves_of
from visual_coding_course.checking.way import Way
from visual_coding_course.checking.ways import by_any_route
from visual_coding_course.checking.wrong import Misnamed, Wrong

from .axes import OFF_START, SECONDS, Shown, best_of, need_names
from .bands import need_own_bands, need_true_bands
from .forms import among_many, missing_sessions, need_order, need_panels, repeated
from .names import session_of_line, tells_apart, told
from .truth import SESSIONS

#: How near values must be that are drawn.
DFF = Tolerance(rtol=1e-4, atol=1e-5)
#: So many curves in one panel are not those of one neuron.
MOST_LINES = 40
#: A piece of fewer seconds shows nothing of what a neuron did.
SHORTEST = 5.0
#: Of how far a curve rises above its median, so much must be within the limits along y.
LEAST_RISE = 0.2

#: By panel and curve, what it shows of which sessions.
Places = dict[tuple[int, int], dict[str, Shown]]


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
    drawn = _need_curves(drawing, "Draw each trace with `ax.plot(time, dff)`.")
    seen = curves_standing_out(drawn)
    short = [sum(len(line) < FEWEST_POINTS for line in panel.lines) for panel in panels]
    if max(few + len(curves) for few, curves in zip(short, seen)) > MOST_LINES:
        raise among_many("fig_traces", "lines")

    def judge(route: Way) -> None:
        shown = _find(drawing, "seen", seen, route, _rights_of_traces)
        by_panel = [set().union(*(shown.get((i, j), ()) for j in range(len(curves))))
                    for i, curves in enumerate(seen)]  # fmt: skip
        if len(set().union(*by_panel)) < len(SESSIONS):
            rest = [[c for c in all_ if c not in some] for all_, some in zip(drawn, seen)]
            if any(map(len, rest)) and _hidden_trace(drawing, rest, route):
                raise among_many("fig_traces", "lines")
            raise _missing_traces(drawing, seen, by_panel, route)
        if not _each_its_own(by_panel):
            raise Wrong(
                "fig_traces",
                "wrong_value",
                "`fig_traces` shows several sessions in one panel. Draw each in a panel of its "
                "own.",
                mistake="everything in one panel",
            )
        _need_times("fig_traces", shown)
        _need_seen("fig_traces", shown)
        if names:
            for panel, letters in zip(panels, by_panel, strict=True):
                need_order("fig_traces", told(panel), letters)
            need_names(drawing, _all(shown))

    by_any_route(ways, judge)


def _need_curves(drawing: Drawing, how: str) -> list[list[Curve]]:
    """Return the curves of each panel; raise Wrong if there are none."""
    drawn = drawing.once("curves", lambda: list(map(curves_of, drawing.panels)))
    if not any(drawn):
        need_lines(drawing, how)
    return drawn


def _rights_of_traces(route: Way) -> dict[str, tuple]:
    """Return by session the samples, their times, and when the movie and the recording begin."""
    rights = {}
    for letter in SESSIONS:
        times = route.recording(letter).times
        starts = route.recording(letter).movie_starts
        movie = float(times[min(starts[0], len(times) - 1)])
        rights[letter] = Samples(route.dff(letter), times), movie, float(times[0])
    return rights


def _find(drawing: Drawing, which: str, curves: list[list[Curve]], route: Way,
          rights_of: Callable[[Way], dict[str, tuple]], exact: bool = False) -> Places:  # fmt: skip
    """Find which sessions' samples curves show, by panel and curve; looked for once."""
    rights = _rights(drawing, route, rights_of)
    shown = drawing.once((which, route), lambda: _found_on(drawing, curves, rights, exact))
    return {place: dict(letters) for place, letters in shown.items()}


def _rights(drawing: Drawing, route: Way, rights_of: Callable[[Way], dict[str, tuple]]
            ) -> dict[str, tuple]:  # fmt: skip
    """Return what curves should show; the order of its samples is found once for all of them."""
    return drawing.once((rights_of, route), lambda: rights_of(route))


def _found_on(drawing: Drawing, curves: list[list[Curve]], rights: dict[str, tuple],
              exact: bool) -> Places:  # fmt: skip
    shown: Places = {}
    for by_time in (False, True):
        for i, j in ((i, j) for i, some in enumerate(curves) for j in range(len(some))):
            for letter, (right, movie, first) in rights.items():
                periods = (*SECONDS.values(), right.step) if by_time else ()
                found = find_samples(curves[i][j].xy, right, periods, exact)
                if found:
                    one = Shown(drawing.panels[i], letter, found, right.step, movie, first)
                    shown.setdefault((i, j), {})[letter] = one
        if {letter for letters in shown.values() for letter in letters} == set(rights):
            break
    return shown


def _all(shown: Places) -> list[Shown]:
    return [one for letters in shown.values() for one in letters.values()]


def _need_times(name: str, shown: Places) -> None:
    """Raise Wrong unless each session has a curve whose points lie at their times."""
    for letters in list(shown.values()):
        for letter in [x for x, one in letters.items() if not one.clocks()]:
            if not any(
                x == letter and one.clocks() for o in shown.values() for x, one in o.items()
            ):
                raise Wrong(
                    name,
                    "wrong_value",
                    f"`{name}` has a line that is right, but not against its time. Its points "
                    "should lie at the times of that session's imaging frames, or be counted in "
                    "frames.",
                    mistake="wrong times",
                )
            del letters[letter]


def _need_seen(name: str, shown: Places) -> None:
    """Raise Wrong unless enough of each session's curve is within the limits of its axes."""
    longest, risen = dict.fromkeys(SESSIONS, -1.0), dict.fromkeys(SESSIONS, 0.0)
    for one in _all(shown):
        within = one.found.within(one.panel.limits)
        risen[one.letter] = max(risen[one.letter], one.found.risen(one.panel.limits))
        if np.count_nonzero(within) >= min(FEWEST_POINTS, len(within)):
            seconds = float(np.ptp(one.found.times[within]))
            longest[one.letter] = max(longest[one.letter], seconds)
        else:
            longest[one.letter] = max(longest[one.letter], -0.5 + bool(within.any()))
    if min(longest.values()) < 0:
        sentence = f"The limits of the axes of `{name}` leave out what is drawn: nothing is seen."
        raise Wrong(name, "wrong_value", sentence, mistake="an empty window")
    if min(longest.values()) < SHORTEST:
        sentence = (
            f"`{name}` shows so short a piece of time that nothing of the neuron's activity can be "
            "seen. Draw more of it."
        )
        raise Wrong(name, "wrong_value", sentence, mistake="too short a piece")
    if min(risen.values()) < LEAST_RISE:
        sentence = (
            f"The y axis of `{name}` ends far below the largest values, so that the responses are "
            "cut off. Up to where does it have to go?"
        )
        raise Wrong(name, "wrong_value", sentence, mistake="responses cut off")


def _hidden_trace(drawing: Drawing, rest: list[list[Curve]], route: Way) -> bool:
    """Whether the neuron's trace is among curves that all look the same."""
    if any(len(curves) > MOST_LINES for curves in rest):
        return True
    return bool(_find(drawing, "hidden", rest, route, _rights_of_traces))


def _missing_traces(
    drawing: Drawing, drawn: list[list[Curve]], by_panel: list[set[str]], route: Way
) -> Wrong:
    """Say which trace is not there, and what is there in its place."""
    found = set().union(*by_panel)
    rights = _rights(drawing, route, _rights_of_traces)
    known = (
        repeated("fig_traces", by_panel, "dF/F in")
        or _turned(drawing, rights)
        or _counted(drawing, rights)
    )
    if known:
        return known
    sentence = (
        f"No panel of `fig_traces` shows our neuron's dF/F in {missing_sessions(found)} against "
        "its time. Which neuron, and which times, are on the axes?"
    )
    others = [c.xy for curves, letters in zip(drawn, by_panel) if not letters for c in curves]
    return _wrong_curves("fig_traces", sentence, others, "dff")


def _turned(drawing: Drawing, rights: dict[str, tuple], exact: bool = False) -> Wrong | None:
    """Say that a line has values and times exchanged, or runs backwards, if one does."""
    lines = [line for panel in drawing.panels for line in panel.lines][:MOST_LINES]
    for line in filter(len, lines):
        backwards = np.column_stack([line[:, 0], line[::-1, 1]])
        for xy, mistake, said in (
            (line[:, ::-1], "drawn along the wrong axes", "has its values along x, and time along "
             "y. Which of the two comes first when a line is drawn?"),
            (backwards, "drawn backwards in time", "has a line that runs backwards: its last value "
             "stands at the first time. Where is the order turned?"),
        ):  # fmt: skip
            # A line is drawn in the order of time, also where it stands upright.
            if np.all(np.diff(xy[:, 0]) >= 0) and any(
                find_samples(xy, right, (), exact) for right, *_ in rights.values()
            ):
                sentence = f"`{drawing.name}` {said}"
                return Wrong(drawing.name, "wrong_value", sentence, mistake=mistake)
    return None


def _counted(drawing: Drawing, rights: dict[str, tuple]) -> Wrong | None:
    """Say that bars count how often there are which values, if those of a panel do."""
    panels = [one for one in drawing.panels if one.bars and not any(map(len, one.lines))]
    if any(
        (found := shows_spread(panel, right.values)) and found.counted
        for panel in panels
        for right, *_ in rights.values()
    ):
        sentence = (
            f"`{drawing.name}` counts how often there is which dF/F, in bars. When it was so high "
            "is not seen: what runs along x?"
        )
        return Wrong(drawing.name, "wrong_value", sentence, mistake="a histogram of the values")
    return None


def _wrong_curves(name: str, sentence: str, others: list[np.ndarray], of: str) -> Wrong:
    """Say what is wrong with curves, of which the longest may be what a slip in a step gives."""
    longest = max(others, key=len)[:, 1] if others else None
    return Wrong(name, "wrong_value", sentence, value=longest, tolerance=DFF, of=of)


def _each_its_own(shown: list[set[str]]) -> bool:
    """Whether three different panels can be found for the three sessions."""
    return any(
        all(letter in letters for letter, letters in zip(SESSIONS, three, strict=True))
        for three in itertools.permutations([letters for letters in shown if letters], 3)
    )


def movie_shown(figure: Any, ways: list, names: bool = True) -> None:
    """Check that the mean movie response of each session is drawn against time, and named.

    Parameters
    ----------
    figure, ways
        The answer, and the routes by which it may be right.
    names : bool
        Whether what is written must be there and true, too.
    """
    with reading("fig_movie", figure) as drawing:
        _judge_means(drawing, ways, names)


def _judge_means(drawing: Drawing, ways: list, names: bool) -> None:
    drawn = _need_curves(drawing, "Draw each session's mean response with `ax.plot`.")
    seen = curves_standing_out(drawn)
    hidden = [[c for c in curves if c not in some] for curves, some in zip(drawn, seen)]

    def judge(route: Way) -> None:
        shown = _find(drawing, "seen", seen, route, _rights_of_means, exact=True)
        found = set().union(*shown.values()) if shown else set()
        # A line for each, also where two sessions have the same values.
        if min(len(found), len(shown)) < len(SESSIONS):
            if any(hidden) and _find(
                drawing, "hidden", hidden, route, _rights_of_means, exact=True
            ):
                raise among_many("fig_movie", "curves")
            raise _missing_means(drawing, seen, hidden, shown, route)
        _need_times("fig_movie", shown)
        _need_movie_time(shown)
        _need_seen("fig_movie", shown)
        need_own_bands(drawing, _all(shown), route)
        if names:
            need_names(drawing, _all(shown))
            need_true_bands(drawing, best_of(_all(shown)), route)
            _need_names(drawing, seen, shown)

    by_any_route(ways, judge)


def _rights_of_means(route: Way) -> dict[str, tuple]:
    """Return by session the samples, and their times from the start of the movie."""
    rights = {}
    for letter in SESSIONS:
        right = route.mean(letter)
        times = route.recording(letter).times[: right.size]
        rights[letter] = Samples(right, times - times[0]), 0.0, -1e9
    return rights


def _need_movie_time(shown: Places) -> None:
    """Raise Wrong if the time is that in the session, in which the sessions' movies lie apart."""
    for one in _all(shown):
        starts = [one.start(scale) for _, scale in one.clocks()]
        piece = one.found.times[0] > OFF_START
        if min(map(abs, starts)) > OFF_START and not (
            piece and min(abs(start - one.found.times[0]) for start in starts) < OFF_START
        ):
            raise Wrong(
                "fig_movie",
                "wrong_value",
                "The lines of `fig_movie` do not lie at the time in the movie, which is 0 where a "
                "repeat starts. Is it the time in the session, or was something added to it?",
                mistake="time in the session",
            )


def _missing_means(drawing: Drawing, seen: list[list[Curve]], hidden: list[list[Curve]],
                   shown: Places, route: Way) -> Wrong:  # fmt: skip
    """Say which mean response is not there, and what is there in its place."""
    found = set().union(*shown.values()) if shown else set()
    by_line = list(map(set, shown.values()))
    rights = _rights(drawing, route, _rights_of_means)
    known = (
        repeated("fig_movie", by_line, "the mean response in")
        or _turned(drawing, rights, exact=True)
        or _counted(drawing, rights)
    )
    if known:
        return known
    others = [c.xy for i, curves in enumerate(seen) for j, c in enumerate(curves)
              if (i, j) not in shown] or [c.xy for curves in hidden for c in curves]  # fmt: skip
    others += [line for panel in drawing.panels for line in panel.lines
               if len(line) < FEWEST_POINTS]  # fmt: skip
    sentence = f"`fig_movie` does not show the mean response in {missing_sessions(found)}."
    if not found:
        sentence = (
            "No line of `fig_movie` is the mean response of a session against the time in the "
            "movie, which starts at 0. Is it the mean over the repeats that is drawn?"
        )
    elif not others:
        return Wrong("fig_movie", "wrong_value", sentence, mistake="a session left out")
    return _wrong_curves("fig_movie", sentence, others, "mean")


def _need_names(drawing: Drawing, curves: list[list[Curve]], shown: Places) -> None:
    """Raise Misnamed unless the sessions are named, and by their right names."""
    for (i, j), letters in shown.items():
        panel, curve = drawing.panels[i], curves[i][j]
        told_here = session_of_line(curve.color, curve.style, panel.legend + drawing.legend)
        in_panel = set().union(*(shown[key] for key in shown if key[0] == i))
        need_order("fig_movie", told_here or told(panel), set(letters) if told_here else in_panel)
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
