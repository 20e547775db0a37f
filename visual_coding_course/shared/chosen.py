"""Which of a pool of values a student gets: the same wherever it is asked."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

#: Beside a released notebook: for each parameter that is chosen by student, the pool.
POOLS = "parameters.json"
#: Beside it, where there is a class list: what is whose, by `digest` of each id of theirs.
CLASS = "class.json"


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
    own = _same(student)

    def weight(value: Any) -> bytes:
        return sha256(json.dumps([own, name, value]).encode()).digest()

    return max(pool, key=weight)


def _same(student: str) -> str:
    return unicodedata.normalize("NFKC", student).strip().casefold()


def digest(student: str) -> str:
    """Stand for an id where others can read it."""
    return sha256(f"id\0{_same(student)}".encode()).hexdigest()[:20]


def chosen(
    student: str,
    pools: Mapping[str, Sequence[Any]],
    known: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
) -> dict[str, Any]:
    """Tell all parameters of a student, by name.

    Parameters
    ----------
    student : str
        Any id of theirs that `known` has; else what they are chosen by.
    pools : mapping of str to sequence
        By parameter.
    known : mapping of str to mapping, optional
        From `read_class`.
    """
    own = known.get(digest(student), {})
    return {
        name: own[name] if name in own else choose(student, name, pool)
        for name, pool in pools.items()
    }


def read_pools(folder: Path) -> dict[str, list[Any]]:
    """Read the pools beside a notebook, by parameter; there are none without the file."""
    return _read(folder / POOLS)


def read_class(folder: Path) -> dict[str, dict[str, Any]]:
    """Read what is whose, by `digest` of an id; nothing without the file."""
    return _read(folder / CLASS)


def _read(path: Path) -> dict[str, Any]:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
