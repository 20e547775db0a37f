"""What the ticks of an axis count, where they do not just say where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from .drawings import Ticks

CLOCK = re.compile(r"(\d+):(\d\d)(?::(\d\d(?:\.\d+)?))?")
NUMBER = re.compile(r"\s*([-+−]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)(.*)", re.IGNORECASE | re.DOTALL)
#: What mathtext puts around a number.
MATH = re.compile(r"\\math\w+|[{}$\\]")
#: A power of ten, and what it is multiplied by, once that is away.
POWER = re.compile(r"(?:(\d\.?\d*)\s*(?:times|×)\s*)?10\^([-+]?\d+)")
#: How far texts may be from a straight line, in shares of their extent, and in the last digit.
ASTRAY, DIGIT = 0.03, 1.01


@dataclass(frozen=True)
class Scale:
    """What the ticks say at x: ``factor * x + start``.

    `said` has the words at the numbers. `written` tells whether the ticks were written otherwise
    than where they stand, `clock` whether as hours, minutes and seconds, `broken` whether they
    begin anew along the axis.
    """

    factor: float = 1.0
    start: float = 0.0
    said: str = ""
    written: bool = False
    clock: bool = False
    broken: bool = False


def scales_of(ticks: Ticks) -> list[Scale]:
    """List what ticks may say.

    A clock of two numbers has hours and minutes, or minutes and seconds. Times of a clock are
    counted in seconds.
    """
    said = " ".join(ticks.texts)
    clocks = [CLOCK.search(text) for text in ticks.texts]
    if sum(clock is not None for clock in clocks) > 1:
        readings = [[_seconds(clock, unit) for clock in clocks] for unit in (60.0, 3600.0)]
        found = [_fitted(ticks.at, numbers, 1.0) for numbers in readings]
        return [Scale(*scale, said, True, True) for scale in found if scale] or [Scale()]
    plain = [
        POWER.sub(lambda power: f"{power[1] or 1}e{power[2]}", MATH.sub("", text))
        for text in ticks.texts
    ]
    numbers = [NUMBER.match(text) for text in plain]
    values = [float(number[1].replace("−", "-")) if number else np.nan for number in numbers]
    said = " ".join(number[2] if number else "" for number in numbers)
    digits = [len(number[1].partition(".")[2]) for number in numbers if number]
    found = _fitted(ticks.at, values, 10.0 ** -min(digits, default=0))
    if found:
        factor, start = found
        same = abs(factor - 1) < ASTRAY and abs(start) < 0.5
        return [Scale(1.0 if same else factor, 0.0 if same else start, said, not same)]
    kept = [value for value in values if np.isfinite(value)]
    again = len(kept) > 2 and len(set(kept)) < len(kept)
    return [Scale(said=said, broken=again)]


def _seconds(clock: re.Match | None, unit: float) -> float:
    if clock is None:
        return np.nan
    first, second, third = float(clock[1]), float(clock[2]), clock[3]
    if third is not None:
        return 3600 * first + 60 * second + float(third)
    return unit * first + unit / 60 * second


def _fitted(at: np.ndarray, numbers: list[float], digit: float) -> tuple[float, float] | None:
    """Return the slope and the start of the straight line on which numbers lie, if on one."""
    numbers = np.asarray(numbers)
    known = np.isfinite(numbers)
    x, y = at[known], numbers[known]
    if len(x) < 2 or np.ptp(x) == 0 or np.ptp(y) == 0:
        return None
    rising = np.diff(y[np.argsort(x, kind="stable")])
    if np.any(rising > 0) and np.any(rising < 0):
        return None
    factor, start = np.polyfit(x, y, 1)
    apart = np.abs(y - (factor * x + start)).max()
    return (float(factor), float(start)) if apart <= DIGIT * digit + ASTRAY * np.ptp(y) else None
