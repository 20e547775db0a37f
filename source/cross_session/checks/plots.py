"""Find what the curves of a figure show, and whether at their times and in sight."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from visual_coding_course.checking import Tolerance
from visual_coding_course.checking.curves import find_samples
from visual_coding_course.checking.drawings import Drawing
from visual_coding_course.checking.figures import need_lines
from visual_coding_course.checking.spread import shows_spread
from visual_coding_course.checking.traced import FEWEST_POINTS, Curve, curves_of
from visual_coding_course.checking.way import Way
from visual_coding_course.checking.wrong import Wrong

from .axes import SECONDS, Shown
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


def need_curves(drawing: Drawing, how: str) -> list[list[Curve]]:
    """Return the curves of each panel; raise Wrong if there are none."""
    drawn = drawing.once("curves", lambda: list(map(curves_of, drawing.panels)))
    if not any(drawn):
        need_lines(drawing, how)
    return drawn


def find_curves(drawing: Drawing, which: str, curves: list[list[Curve]], route: Way,
          rights_of: Callable[[Way], dict[str, tuple]], exact: bool = False) -> Places:  # fmt: skip
    """Find which sessions' samples curves show, by panel and curve; looked for once."""
    rights = rights_once(drawing, route, rights_of)
    shown = drawing.once((which, route), lambda: _found_on(drawing, curves, rights, exact))
    return {place: dict(letters) for place, letters in shown.items()}


def rights_once(drawing: Drawing, route: Way, rights_of: Callable[[Way], dict[str, tuple]]
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


def all_shown(shown: Places) -> list[Shown]:
    return [one for letters in shown.values() for one in letters.values()]


def need_times(name: str, shown: Places) -> None:
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


def need_seen(name: str, shown: Places) -> None:
    """Raise Wrong unless enough of each session's curve is within the limits of its axes."""
    longest, risen = dict.fromkeys(SESSIONS, -1.0), dict.fromkeys(SESSIONS, 0.0)
    for one in all_shown(shown):
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


def turned(drawing: Drawing, rights: dict[str, tuple], exact: bool = False) -> Wrong | None:
    """Say that a line has values and times exchanged, or runs backwards, if one does."""
    lines = [line for panel in drawing.panels for line in panel.lines][:MOST_LINES]
    for line in filter(len, lines):
        forth = line if line[0, 0] <= line[-1, 0] else line[::-1]
        backwards = np.column_stack([forth[:, 0], forth[::-1, 1]])
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


def counted(drawing: Drawing, rights: dict[str, tuple]) -> Wrong | None:
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


def wrong_curves(name: str, sentence: str, others: list[np.ndarray], of: str) -> Wrong:
    """Say what is wrong with curves, of which the longest may be what a slip in a step gives."""
    longest = max(others, key=len)[:, 1] if others else None
    return Wrong(name, "wrong_value", sentence, value=longest, tolerance=DFF, of=of)
