"""Students with parameters of their own: what is right for each, side by side."""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import isfinite

from .graded import Graded


@dataclass(frozen=True)
class Numbers:
    """What the assignment says of the parameters that the class was graded for.

    Attributes
    ----------
    parameters : str
        Names of what students have of their own, as text.
    students : int
        How many were graded.
    found : int
        For how many parameters somebody's answers were all right.
    values : dict of str to list of (float, bool)
        By name, a number for each parameters, and whether somebody's answers were all right there.
    """

    parameters: str
    students: int
    found: int
    values: dict[str, list[tuple[float, bool]]]

    @property
    def different(self) -> int:
        """How many different parameters there are."""
        return max(map(len, self.values.values()))


def numbers_of(graded: Graded) -> Numbers | None:
    """Gather the numbers of all parameters; None where students have none of their own."""
    rows = [one for one in graded.complete if one.row.get("numbers")]
    told: dict[str, dict[str, float]] = {}
    right: set[str] = set()
    for one in rows:
        key = json.dumps(one.row["parameters"], sort_keys=True)
        told[key] = {
            name: number for name, number in one.row["numbers"].items() if _is_number(number)
        }
        if not one.wrong():
            right.add(key)
    values: dict[str, list[tuple[float, bool]]] = {}
    for key, numbers in told.items():
        for name, number in numbers.items():
            values.setdefault(name, []).append((number, key in right))
    if not values:
        return None
    names = ", ".join(sorted({name for one in rows for name in one.row["parameters"]}))
    return Numbers(names, len(rows), len(right), values)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
