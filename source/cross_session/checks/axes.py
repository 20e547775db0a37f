"""Whether what is written at the axes of curves is true: quantities, units, where time begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from visual_coding_course.checking.curves import Found
from visual_coding_course.checking.drawings import Drawing, Panel
from visual_coding_course.checking.figures import need_labels
from visual_coding_course.checking.ticks import Scale, scales_of
from visual_coding_course.checking.wrong import Misnamed, Wrong

#: How each unit of time may be written in a label.
UNITS = {
    "seconds": r"\b(s|sec|secs|seconds?)\b|\bs\)|\[s\]|:ss?\b",
    "minutes": r"\b(m|min|mins|minutes?)\b",
    "hours": r"\b(h|hrs?|hours?)\b",
    "milliseconds": r"\b(ms|msecs?|milliseconds?)\b",
    "frames": r"frame|sample|index|bin",
}
SECONDS = {"seconds": 1.0, "minutes": 60.0, "hours": 3600.0, "milliseconds": 1e-3}
CLOCK = rf"{UNITS['seconds']}|{UNITS['minutes']}|{UNITS['hours']}|time|clock|h:|min:|mm:"
#: How far a unit may be off: a frame rate of 30 in place of 30.1 Hz; ticks that are rounded.
OFF_UNIT, OFF_WRITTEN = 0.03, 0.12
#: How far, in seconds, the beginning may be from where a label says that it is.
OFF_START = 1.5
#: How near, in seconds, a curve begins to the time of its first frame in another session; and how
#: far apart two beginnings are, at least, of which one is not taken for the other.
AT_TIME, APART = 0.02, 0.5

DFF = r"df\s*/?\s*f|[dδ∆Δ]\s*f\b|\\?delta\s*f|\bdff\b|df/f|f\s*/\s*f"
FLUORESCENCE = rf"{DFF}|fluor|calcium|\bca\b|ca2|gcamp|brightness|response|activity|signal"
FIRING = r"spik|firing|\bfir|\brate\b|hz\b|\d?/s\b|action potential|\bm?v\b|volt|membrane"
OTHER = r"correl|stabil|density|probab|number of|\bcounts?\b|speed|velocity|pixel|\bcm\b"
TIME = r"\btime\b|second|minute|\bhours?\b|frame|\(s\)|\[s\]|\(min\)"
PERCENT = r"(?<!\d)(?<!\d\s)%|per\s?cent|[x×*·]\s?100\b|\b100\s?[x×*·]"
#: Says that dF/F was changed.
CHANGED = (
    r"normali[sz]|standardi|z.?scor|\bz\b|scale|divided|relative to|max|peak|a\.\s?u|\barb|shift|"
    r"offset|lift|stack|vertical|moved|σ|\bs\.?d\.? units|[+−-]\s*(\d|offset|const)|lies at|above"
)
MOVIE = r"\bmovie|\bclip\b|\bfilm\b|stimul|repeat"
SESSION = r"session|recording|experiment|imaging (start|beg)"
BEGIN = r"start|beg[ia]n|onset|since|from|after|relative|\bin\b|into"


@dataclass(frozen=True, eq=False)
class Shown:
    """A session's curve on a panel.

    `step` is the time between two samples; `movie` and `first`, when the movie and the recording
    begin.
    """

    panel: Panel
    letter: str
    found: Found
    step: float
    movie: float
    first: float = 0.0

    def clocks(self) -> list[tuple[str, Scale]]:
        """List the units in which the ticks may count, with what they say."""
        listed = []
        for scale in scales_of(self.panel.ticks["x"]):
            period = self.found.period / scale.factor
            near = OFF_WRITTEN if scale.written else OFF_UNIT
            for unit, seconds in {**SECONDS, "frames": self.step}.items():
                if abs(period / seconds - 1) < near:
                    listed.append((unit, scale))
        return listed

    def start(self, scale: Scale) -> float:
        """Return the time at which the ticks say 0."""
        return self.found.time_at(-scale.start / scale.factor)


def label_of(drawing: Drawing, panel: Panel, axis: str) -> str:
    """Return the label of a panel's axis, or else what stands at those of the others."""
    own = getattr(panel, f"{axis}label")
    words = f"{own or drawing.axis_labels(axis)}"
    return re.sub(r"\\(mathrm|text|rm|it|frac)\b|[{}$]", " ", words).lower().strip()


def need_names(drawing: Drawing, shown: list[Shown]) -> None:
    """Raise Misnamed unless both axes are named, and by what they show."""
    need_labels(drawing, "time, with its unit", "dF/F")
    for one in best_of(shown):
        x, y = (label_of(drawing, one.panel, axis) for axis in "xy")
        _need_quantities(drawing.name, x, y)
        _need_values(drawing.name, y, one)
    for one in shown:
        _need_unit(drawing.name, label_of(drawing, one.panel, "x"), one)


def need_own_times(name: str, shown: list[Shown], times: dict[str, np.ndarray]) -> None:
    """Raise Wrong if a curve lies at the times that its frames have in another session.

    Time may be counted from anywhere, but not from where another recording began.

    Parameters
    ----------
    name : str
        Name of the figure.
    shown : list of Shown
        The curves.
    times : dict of str to numpy.ndarray
        By session, the times of its frames in seconds.
    """
    for one in shown:
        own, begins = times[one.letter], one.found.xy[0, 0] * one.found.period
        frame = int(np.argmin(np.abs(own - one.found.times[0])))
        for letter in sorted(times.keys() - {one.letter}):
            other = times[letter]
            is_apart = min(abs(other[0]), abs(other[0] - own[0])) > APART
            if is_apart and frame < len(other) and abs(begins - other[frame]) < AT_TIME:
                raise Wrong(
                    name,
                    "wrong_value",
                    f"`{name}` draws session {one.letter.upper()}'s trace against the times of "
                    f"session {letter.upper()}, whose recording began earlier or later.",
                    mistake="times of another session",
                )


def best_of(shown: list[Shown]) -> list[Shown]:
    """Return of each session on each panel the curve that is most like its samples.

    An edge of a band around them is no other curve.
    """

    def changed(one: Shown) -> float:
        return abs(one.found.lift) + min(abs(one.found.factor / unit - 1) for unit in (1, 100))

    together: dict[tuple, list[Shown]] = {}
    for one in shown:
        together.setdefault((id(one.panel), one.letter), []).append(one)
    return [min(some, key=changed) for some in together.values()]


def _need_quantities(name: str, x: str, y: str) -> None:
    dff, timed, fires = re.search(DFF, x), re.search(TIME, y), re.search(FIRING, y)
    exchanged = (dff and not re.search(TIME, x)) or (timed and not re.search(FLUORESCENCE, y))
    if exchanged and not fires:
        sentence = (
            f"The labels of `{name}` do not fit its axes: time runs along x, and dF/F along y. "
            "Are the two exchanged?"
        )
        raise Misnamed(name, "wrong_value", sentence, mistake="names of the axes exchanged")
    other = fires or (re.search(OTHER, y) and not re.search(FLUORESCENCE, y))
    if other and not re.search(DFF, y):
        sentence = (
            f"The y axis of `{name}` shows dF/F, a change of fluorescence. Its label names "
            "something else."
        )
        raise Misnamed(name, "wrong_value", sentence, mistake="another quantity named")


def _need_values(name: str, label: str, one: Shown) -> None:
    """Raise Misnamed if values are in percent and the label does not say so, and the like."""
    [scale, *_] = scales_of(one.panel.ticks["y"])
    if scale.broken or re.search(CHANGED, label):
        return
    factor = one.found.factor * scale.factor
    lift = one.found.lift * scale.factor + scale.start
    percent = bool(re.search(PERCENT, f"{label} {scale.said}"))
    off = 0.12 if scale.written else 0.1
    if any(abs(factor / other - 1) < off for other in (1.0, 100.0)) and (percent != (factor > 10)):
        has, but = ("fractions", "says percent") if percent else ("in percent", "does not say so")
        sentence = f"The values on the y axis of `{name}` are {has}, but its label {but}."
        raise Misnamed(name, "wrong_value", sentence, mistake="percent and fraction mixed up")
    unit = 100.0 if percent else 1.0
    spread = float(np.ptp(one.found.xy[:, 1])) * scale.factor
    near = 0.03 if one.found.exact else 0.1
    if abs(factor / unit - 1) > max(near, off * scale.written) or abs(lift) > 0.05 * abs(spread):
        sentence = (
            f"`{name}` shows dF/F that was divided, multiplied or shifted, and the label of its y "
            "axis does not say so. Draw the values as they are."
        )
        raise Misnamed(name, "wrong_value", sentence, mistake="changed values called dF/F")


def _need_unit(name: str, label: str, one: Shown) -> None:
    clocks = one.clocks()
    said = [
        (unit, scale)
        for unit, scale in clocks
        if re.search(CLOCK if scale.clock else UNITS[unit], f"{label} {scale.said.lower()}")
    ]
    if not said:
        unit = clocks[0][0] if clocks else "other units"
        raise Misnamed(
            name,
            "wrong_value",
            f"The x axis of `{name}` is in {unit.replace('frames', 'imaging frames')}, "
            "but its label does not say so.",
            mistake="wrong unit of time",
        )
    if not any(_begins(label, one, one.start(scale)) for _, scale in said):
        sentence = (
            f"The label of the x axis of `{name}` says from when time is counted, but it is 0 at "
            "another time."
        )
        raise Misnamed(name, "wrong_value", sentence, mistake="another beginning of time")


def _begins(label: str, one: Shown, start: float) -> bool:
    """Whether time is 0 where the label says, if it does."""
    if not re.search(BEGIN, label):
        return True
    if re.search(MOVIE, label):
        return abs(start - one.movie) < OFF_START
    if re.search(SESSION, label):
        return min(abs(start), abs(start - one.first)) < OFF_START
    return True
