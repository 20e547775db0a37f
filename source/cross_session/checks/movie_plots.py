"""Judge the figure of the mean movie response: a curve for each session, and its error."""

from __future__ import annotations

import itertools
from typing import Any

from visual_coding_course.checking.curves import Samples
from visual_coding_course.checking.drawings import Drawing, Panel, entries_for
from visual_coding_course.checking.figures import reading
from visual_coding_course.checking.standing_out import curves_standing_out
from visual_coding_course.checking.traced import FEWEST_POINTS, Curve
from visual_coding_course.checking.way import Way
from visual_coding_course.checking.ways import by_any_route
from visual_coding_course.checking.wrong import Misnamed, Wrong

from .axes import OFF_START, best_of, need_names
from .bands import need_own_bands, need_true_bands
from .forms import among_many, missing_sessions, need_order, repeated
from .names import letters_in, session_of_line, tells_apart, told
from .plots import (
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
from .truth import SESSIONS


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
    drawn = need_curves(drawing, "Draw each session's mean response with `ax.plot`.")
    seen = curves_standing_out(drawn)
    hidden = [[c for c in curves if c not in some] for curves, some in zip(drawn, seen)]

    def judge(route: Way) -> None:
        shown = find_curves(drawing, "seen", seen, route, _rights_of_means, exact=True)
        found = set().union(*shown.values()) if shown else set()
        # A line for each, also where two sessions have the same values.
        if min(len(found), len(shown)) < len(SESSIONS):
            if any(hidden) and find_curves(
                drawing, "hidden", hidden, route, _rights_of_means, exact=True
            ):
                raise among_many("fig_movie", "curves")
            raise _missing_means(drawing, seen, hidden, shown, route)
        need_times("fig_movie", shown)
        _need_movie_time(shown)
        need_seen("fig_movie", shown)
        need_own_bands(drawing, all_shown(shown), route)
        if names:
            need_names(drawing, all_shown(shown))
            need_true_bands(drawing, best_of(all_shown(shown)), route)
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
    for one in all_shown(shown):
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
    rights = rights_once(drawing, route, _rights_of_means)
    known = (
        repeated("fig_movie", by_line, "the mean response in")
        or turned(drawing, rights, exact=True)
        or counted(drawing, rights)
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
    return wrong_curves("fig_movie", sentence, others, "mean")


def _need_names(drawing: Drawing, curves: list[list[Curve]], shown: Places) -> None:
    """Raise Misnamed unless the sessions are named, and by their right names."""
    for (i, j), letters in shown.items():
        panel, curve = drawing.panels[i], curves[i][j]
        told_here = session_of_line(curve.color, curve.style, panel.legend + drawing.legend)
        in_panel = set().union(*(shown[key] for key in shown if key[0] == i))
        need_order("fig_movie", told_here or told(panel), set(letters) if told_here else in_panel)
    if not tells_apart(drawing):
        raise _no_names(drawing)
    for panel in drawing.panels:
        _need_own_entries(drawing, panel, curves, shown)


def _need_own_entries(
    drawing: Drawing, panel: Panel, curves: list[list[Curve]], shown: Places
) -> None:
    """Raise Misnamed where a legend should tell the sessions of a panel apart, and does not."""
    here: dict[str, list[Curve]] = {}
    for i, j in shown:
        if drawing.panels[i] is panel and len(shown[i, j]) == 1:
            here.setdefault(*shown[i, j], []).append(curves[i][j])
    legend, texts = panel.legend + drawing.legend, panel.texts + drawing.texts
    if len(here) < 2 or not legend or texts:
        return
    entries = {
        letter: {
            one.text for curve in some for one in entries_for(curve.color, curve.style, legend)
        }
        for letter, some in here.items()
    }
    # What another panel names may stand here for comparison.
    owners = [drawing, *drawing.panels]
    said = [text for one in owners for text in (one.title, one.ylabel, *one.texts)]
    said += [entry.text for one in owners for entry in one.legend]
    known = {letter for text in said for letter in letters_in(text)}
    without = {letter for letter in here if not entries[letter]}
    if len(without) < len(here) and known and without - known:
        raise Misnamed(
            "fig_movie",
            "wrong_value",
            "The legend of `fig_movie` leaves out a session: a line has no entry of its own.",
            mistake="a session without a name",
        )
    looks = {letter: {curve.look for curve in some} for letter, some in here.items()}
    for one, other in itertools.combinations(here, 2):
        if looks[one] == looks[other] and len(entries[one] & entries[other]) > 1:
            raise Misnamed(
                "fig_movie",
                "wrong_value",
                "`fig_movie` draws several sessions in one colour and style, so that its legend "
                "does not tell which line is which.",
                mistake="lines that look the same",
            )


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
