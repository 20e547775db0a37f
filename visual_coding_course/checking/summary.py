"""Say in a few words what an answer is, and tell whether two answers are the same."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import numpy as np

#: Numbers that are shown of an array.
SHOWN = 6

#: Arrays that differ by less than this part of their largest value are the same answer.
DIGITS = 4

#: Of an array of more numbers, a few rows tell enough.
MOST_DIGESTED = 2_000_000


def summary(value: Any) -> str | None:
    """Describe an answer in plain form.

    Parameters
    ----------
    value : optional
        Number, array, text, or set.

    Returns
    -------
    str or None
        ``"0.0123"``, ``"10 numbers: 12, 915, …"``, ``"array (3, 900)"``; None for no value.
    """
    if value is None:
        return None
    if isinstance(value, np.ndarray) and value.ndim > 1:
        return f"array {value.shape}"
    numbers = _numbers(value)
    if numbers is None:
        text = repr(sorted(value, key=str) if isinstance(value, (set, frozenset)) else value)
        return text if len(text) <= 80 else f"{text[:79]}…"
    if numbers.ndim == 0:
        return _in_short(numbers)
    if numbers.ndim > 1:
        return f"array {numbers.shape}"
    shown = ", ".join(map(_in_short, numbers[:SHOWN]))
    more = ", …" if numbers.size > SHOWN else ""
    return f"{numbers.size} number{'s'[: numbers.size != 1]}: {shown}{more}"


def _in_short(number: float) -> str:
    """Write a number in a few digits; a whole one, such as an id, in all of them."""
    whole = abs(number) < 2**53 and number == np.rint(number)
    return f"{number:.0f}" if whole else f"{number:.6g}"


def fingerprint(value: Any) -> str | None:
    """Digest of an answer: the same for answers that differ by rounding only; None for none."""
    if value is None:
        return None
    shape = np.shape(value) if isinstance(value, np.ndarray) else None
    if shape and np.size(value) > MOST_DIGESTED:
        value = value[:: -(-len(value) // SHOWN)]
    numbers = _numbers(value)
    if numbers is None:
        return _digest(repr(sorted(map(str, value)) if isinstance(value, (set, list)) else value))
    finite = numbers[np.isfinite(numbers)]
    largest = float(np.abs(finite).max()) if finite.size else 0.0
    whole = finite.size and np.array_equal(finite, np.round(finite))
    # Ids and frames are compared exactly, measured values by their leading digits.
    rounded = numbers if whole else np.round(numbers / (largest or 1), DIGITS) + 0.0
    size = "" if whole else f"{largest:.{DIGITS - 1}e}"
    return _digest(
        f"{shape or numbers.shape}{size}".encode() + np.ascontiguousarray(rounded).tobytes()
    )


def _digest(content: str | bytes) -> str:
    return sha256(content.encode() if isinstance(content, str) else content).hexdigest()[:16]


def _numbers(value: Any) -> np.ndarray | None:
    if isinstance(value, (str, bytes, dict, set, frozenset)):
        return None
    try:
        return np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        return None
