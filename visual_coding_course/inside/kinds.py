"""Kinds of objects that are not data, and how they are told of: what an assignment needs says.

A recording is described by its file, say, and whoever reads the description opens its own.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple


class Kind(NamedTuple):
    """One kind of objects.

    Attributes
    ----------
    name : str
        What descriptions call it.
    module, type_name : str
        Where its class stands. It is not imported for this.
    describe : callable
        Takes the object, and returns what tells it from others: a dict of texts and whole numbers.
        A path goes under ``file``: it is left out of what is kept for other machines.
    open : callable, optional
        Takes that dict, and returns the object, where a student's function is called with it.
    """

    name: str
    module: str
    type_name: str
    describe: Callable[[Any], dict[str, Any]]
    open: Callable[[dict[str, Any]], Any] | None = None


_known: dict[str, Kind] = {}
#: The classes themselves, kept as they are first seen: as soon as a kind is known where its class
#: is there already, as in a warm kernel, and so before any code of a student's has run.
_classes: dict[str, type] = {}


def know(module: str) -> None:
    """Know the kinds that a module has in ``KINDS``."""
    for kind in import_module(module).KINDS:
        _known[kind.name] = kind
        _class(kind)


def _class(kind: Kind) -> type | None:
    """The class of a kind, without importing it; None if nobody has."""
    if kind.name not in _classes:
        found = getattr(sys.modules.get(kind.module), kind.type_name, None)
        if isinstance(found, type):
            _classes[kind.name] = found
    return _classes.get(kind.name)


def kind_of(value: Any) -> Kind | None:
    """Find the kind of a value; a class of the same name as a kind's is another one."""
    bases = type.mro(type(value))
    for kind in _known.values():
        known = _class(kind)
        if known is not None and any(base is known for base in bases):
            return kind
    return None


def opened(name: str, data: dict[str, Any]) -> Any:
    """Open what was described, in a student's kernel.

    Raises
    ------
    LookupError
        If there is no such kind, or it cannot be opened.
    """
    kind = _known.get(name)
    if kind is None or kind.open is None:
        raise LookupError(f"{name} cannot be opened here")
    return kind.open(data)
