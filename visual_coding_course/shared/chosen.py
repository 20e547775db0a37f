"""Which of a pool of values a student gets: the same wherever it is asked."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

#: Beside a released notebook: for each parameter that is chosen by student, the pool.
POOLS = "parameters.json"


class CannotMake(RuntimeError):
    """What is right for a student's parameters cannot be made; says why."""


def choose(student: str, name: str, pool: Sequence[Any]) -> Any:
    """Choose a parameter's value for a student.

    Parameters
    ----------
    student : str
        The id; spaces around it, and capital letters, make no difference.
    name : str
        Of the parameter.
    pool : sequence
        Values as JSON has them; their order makes no difference.

    Returns
    -------
    object
        One of the pool. Of another pool it is the same, as long as that holds it and nothing new
        that comes before it: rendezvous hashing (Thaler and Ravishankar 1998).
    """
    own = unicodedata.normalize("NFKC", student).strip().casefold()

    def weight(value: Any) -> bytes:
        return sha256(json.dumps([own, name, value]).encode()).digest()

    return max(pool, key=weight)


def chosen(student: str, pools: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Choose all parameters of a student, by name."""
    return {name: choose(student, name, pool) for name, pool in pools.items()}


def read_pools(folder: Path) -> dict[str, list[Any]]:
    """Read the pools beside a notebook, by parameter; there are none without the file."""
    try:
        return json.loads((folder / POOLS).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
