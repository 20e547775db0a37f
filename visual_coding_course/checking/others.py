"""Whose parameters a wrong answer is right for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from .naming import alike, plain, silence
from .steps import Step, Steps
from .way import Way


def fits(
    steps: Steps,
    answers: Mapping[str, Any],
    given: Mapping[str, Any],
    name: str,
    pool: Sequence[Any],
) -> Any | None:
    """Tell for which other value of a parameter a question's wrong answers are right.

    Answers that do not depend on it, texts, functions and figures say nothing: they are the same
    for many, or cannot be compared.

    Parameters
    ----------
    steps : Steps
        The assignment's.
    answers : mapping of str to object
        The student's, by variable.
    given : mapping of str to object
        The notebook's given variables, with the student's own value.
    name : str
        Of the parameter.
    pool : sequence
        Its values.

    Returns
    -------
    object or None
        One of the pool; None if the wrong answers fit none, or several.
    """
    with silence():
        own = Way(steps, dict(given))
        wrong = [
            (one, letter, value)
            for one, letter, value in _readable(steps, answers, name)
            if not _is_right(own, one, letter, value)
        ]
        if not wrong:
            return None
        found = []
        for other in pool:
            way = Way(steps, {**given, name: other})
            if other != given[name] and all(_is_right(way, *each) for each in wrong):
                found.append(other)
    return found[0] if len(found) == 1 else None


def _readable(
    steps: Steps, answers: Mapping[str, Any], name: str
) -> Iterator[tuple[Step, str | None, Any]]:
    """The answers that depend on a parameter, and can be compared."""
    for answer, value in answers.items():
        with suppress(Exception):  # no step's answer, or in a form that cannot be read
            one, letter = steps.find(answer)
            read = plain(one.form.read(answer, value))
            if name in steps.given(one) and not one.called and hasattr(read, "dtype"):
                yield one, letter, read


def _is_right(way: Way, one: Step, letter: str | None, value: Any) -> bool:
    try:
        return alike(value, plain(way.value(one, letter)), one.exact)
    except Exception:  # it cannot be worked out for this value
        return False
