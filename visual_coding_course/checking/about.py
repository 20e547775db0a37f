"""What an assignment declares about its answers: in its module ``about``, as ``ABOUT``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import import_module
from typing import Any

from .modules import importable

MODULE, NAME, STEPS = "about.py", "ABOUT", "steps.py"


@dataclass(frozen=True)
class Variants:
    """What of several an answer may be about: the answer of session B, say, ends in ``_b``.

    Attributes
    ----------
    word : str
        What they are, as a noun: ``"session"``.
    letters : str
        How answers end, a letter for each: ``"abc"``. In texts they are capitals.
    """

    word: str = ""
    letters: str = ""

    def letter(self, answer: str) -> str | None:
        """Which of them an answer is about, by its name; None if it is not about one."""
        ends = answer[-2:]
        return ends[1] if ends[:1] == "_" and ends[1:] and ends[1] in self.letters else None

    def stem(self, answer: str) -> str:
        """Name of an answer without its ending."""
        return answer[:-2] if self.letter(answer) else answer

    def others(self, letter: str | None) -> str:
        """The letters of all others."""
        return self.letters.replace(letter, "") if letter and letter in self.letters else ""

    def alike(self, text: str) -> str:
        """A sentence without what differs between the same sentence about two of them."""
        return self._named.sub("", text) if self.letters else text

    @cached_property
    def _named(self) -> re.Pattern:
        letters = re.escape(self.letters)
        return re.compile(rf"(?<=_)[{letters}]\b|(?<={re.escape(self.word)} )[{letters.upper()}]\b")


@dataclass(frozen=True)
class KnownError:
    """An error that students meet, and what it comes from.

    Parameters
    ----------
    mistake : str
        Its name, as instructors see it.
    pattern : str
        Regular expression that finds it in ``"IndexError: index 5 is out of …"``.
    hint : str
        Where to look.
    """

    mistake: str
    pattern: str
    hint: str


@dataclass(frozen=True)
class About:
    """What is declared.

    Attributes
    ----------
    variants : Variants
        What of several answers are about.
    axes : mapping of str to (tuple of str, str)
        By answer, what its axes count, and what its numbers are, with the unit.
    in_order : frozenset of str
        Answers that are shown sorted.
    errors : tuple of KnownError
        Errors that are met in this assignment, before those that are met in any.
    read : mapping of str to (str, str)
        By question, title and address of a page to read, for who studies alone.
    right : callable, optional
        ``(answer, about, right) -> value``: what a function should have returned, from what a
        case is about and the right answers by name; None if it is not at hand.
    """

    variants: Variants = Variants()
    axes: Mapping[str, tuple[tuple[str, ...], str]] = field(default_factory=dict, hash=False)
    in_order: frozenset[str] = frozenset()
    errors: tuple[KnownError, ...] = ()
    read: Mapping[str, tuple[str, str]] = field(default_factory=dict, hash=False)
    right: Callable[[str, Mapping[str, Any], Mapping[str, Any]], Any] | None = None


NOTHING = About()


def read_about(modules: Mapping[str, str]) -> About:
    """Read what an assignment declares, from its modules by path, or what its steps say."""
    if MODULE not in modules and STEPS in modules:
        from .expecting import steps_of

        return steps_of(declared(modules, STEPS)).about
    return declared(modules, MODULE, NAME, NOTHING)


def declared(modules: Mapping[str, str], module: str, name: str = "", default: Any = None) -> Any:
    """Take what one of an assignment's modules defines under a name; or the module itself.

    Parameters
    ----------
    modules : mapping of str to str
        From `modules.read_modules`.
    module : str
        Path of the module in the assignment's folder.
    name : str
        What it has to define.
    default
        Taken if the assignment has no such module.
    """
    if module not in modules:
        return default
    return _declared(tuple(sorted(modules.items())), module, name)


@lru_cache(maxsize=32)
def _declared(modules: tuple[tuple[str, str], ...], module: str, name: str) -> Any:
    with importable(dict(modules)):
        imported = import_module(module.removesuffix(".py"))
        return getattr(imported, name) if name else imported
