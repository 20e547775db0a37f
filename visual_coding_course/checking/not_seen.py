"""For which values of a parameter a slip would not show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from .naming import silence
from .steps import Slip, Step
from .way import Made, Way


def unseen(way: Way, name: str, values: Sequence[Any]) -> set[Any]:
    """Tell for which values of a parameter some slip gives what is right, at its own step.

    Slips that do so for all values are not the parameter's, and those that take long are left out.

    Parameters
    ----------
    way : Way
        What is right.
    name : str
        The given variable that steps are worked out for each value of.
    values : sequence
        All are worked out in one call.

    Returns
    -------
    set
        Those of the values.
    """
    values, hidden = tuple(values), np.zeros(len(values), bool)
    with silence():
        for one in way.steps.steps.values():
            own = way.steps.slips(one) if one.each == name else []
            for made in (made for at, made in own if at is one and not made.slow):
                seen = _seen(way, one, made, values)
                if seen.any():
                    hidden |= ~seen
    return {value for value, is_hidden in zip(values, hidden, strict=True) if is_hidden}


def _seen(way: Way, one: Step, made: Slip, values: tuple) -> np.ndarray:
    """Whether a slip shows for each value, in any variant; so it does where it fails."""
    seen = np.zeros(len(values), bool)
    for letter in one.variants.letters or [None]:
        try:
            right = np.asarray(way.value(one, letter, values))
        except Exception:  # it is made for one value at a time
            return ~seen
        for wrong in _given_by(way, one, made, letter, values):
            seen |= _differs(wrong, right, one)
            if seen.all():
                return seen
    return seen


def _given_by(
    way: Way, one: Step, made: Slip, letter: str | None, values: tuple
) -> Iterator[np.ndarray]:
    def work_out(slipped: Way) -> np.ndarray:
        return np.asarray(slipped.value(one, letter, values))

    for other in one.variants.others(letter) if made.kind == "rewire" else [None]:
        for value in way.slipped(Made(one, made, other), work_out):
            # An error says that it is made for one value at a time, or cannot be made.
            yield np.empty(0) if isinstance(value, Exception) else value


def _differs(wrong: np.ndarray, right: np.ndarray, one: Step) -> np.ndarray:
    numbers = {wrong.dtype.kind, right.dtype.kind} <= set("biuf")
    if wrong.shape != right.shape or not numbers:
        return np.ones(len(right), bool)
    rtol, atol = one.exact.rtol, one.exact.atol
    near = np.isclose(wrong, right, rtol=rtol, atol=atol, equal_nan=True)
    return ~near.reshape(len(right), -1).all(axis=1)
