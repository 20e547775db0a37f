"""The ways on which an answer follows from a student's own earlier answers."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from typing import Any

import numpy as np

from .asking import Asked, each_of
from .steps import Step, Steps
from .way import Way
from .ways import not_read
from .wrong import Wrong

#: Of more kinds of a student's own answers, not every selection is tried to follow from.
MOST_TOGETHER = 4
#: Two arrays with a larger correlation are one, scaled or shifted.
GO_TOGETHER = 1 - 1e-6
#: What is the same but for this is the same.
ROUNDING = 1e-12


def same(form: Any, found: Any, right: Any, exact: Any) -> bool:
    """Whether a form judges a plain value to be what is right."""
    with suppress(Wrong):
        form.judge("", found, right, exact)
        return True
    return False


class Own:
    """The ways from a student's own answers: each kind alone, then together.

    Only from such as can be built upon: of the right form, finite, not the same throughout, and
    from variant to variant another. What comes of zeros, or of one array for all, comes without
    any code.

    Parameters
    ----------
    steps : Steps
        The assignment's.
    truth : Way
        What is right.
    one : Step
        What is judged.
    own : mapping
        The student's answers, by variable.
    """

    def __init__(self, steps: Steps, truth: Way, one: Step, own: Mapping[str, Any]):
        self._steps, self._truth, self._one, self.answers = steps, truth, one, own

    @cached_property
    def readable(self) -> Way:
        """The way from all that can be read, right or wrong; without functions that are right."""
        own = {name: found for name, found, right in self._read if not (right and callable(found))}
        return self._truth.with_own(own, all(is_right for *_, is_right in self._read))

    @cached_property
    def all_that_is_not_right(self) -> Way:
        """The way from all that can be read and is not right, whether built upon or not."""
        own = {name: found for name, found, is_right in self._read if not is_right}
        return Way(self._steps, self._truth.given, own)

    @cached_property
    def _read(self) -> list[tuple[str, Any, bool]]:
        """Name and plain value of what can be read, and whether it is right."""
        read = []
        for name, value in self.answers.items():
            try:
                one, letter = self._steps.find(name)
                found = one.form.read(name, value)
                read.append((name, found, self._is_right(one, letter, found)))
            except Exception as error:
                # What cannot be read, or stops when it is called, leads nowhere.
                if not_read(error):
                    raise
        return read

    def _is_right(self, one: Step, letter: str | None, found: Any) -> bool:
        if not one.called:
            right = self._truth.value(one, letter)
            return same(one.form, found, right, one.exact)
        many = each_of(self._truth, Asked(each=one.form.each))
        for which, each in itertools.product(one.variants.letters, many):
            result = found(*self._truth.arguments(one, which, each))
            result = one.form.result.read("", result)
            right = self._truth.value(one, which, each)
            if not same(one.form.result, result, right, one.exact):
                return False
        return True

    def __iter__(self) -> Iterator[Way]:
        kinds: dict[str, dict[str, Any]] = {}
        for name, found in self.all_that_is_not_right.own.items():
            one, letter = self._steps.find(name)
            if one.called or self._can_be_built_upon(one, letter, found):
                kinds.setdefault(one.name, {})[name] = found
        counts = range(1, len(kinds) + 1) if len(kinds) <= MOST_TOGETHER else [1, len(kinds)]
        for count in counts:
            for some in itertools.combinations(kinds.values(), count):
                own = {name: found for kind in some for name, found in kind.items()}
                way = Way(self._steps, self._truth.given, own)
                if self._has_variety(way):
                    yield way

    def _can_be_built_upon(self, one: Step, letter: str | None, found: Any) -> bool:
        right = self._truth.value(one, letter)
        return np.shape(found) == np.shape(right) and one.form.usable(found)

    def _has_variety(self, way: Way) -> bool:
        """Whether what comes of it varies, and from one to the next of what is compared."""
        try:
            if any(
                _is_constant(way.value(self._one, x)) for x in self._one.variants.letters or [None]
            ):
                return False
            for step in self._compared(self._one):
                values = [way.value(step, letter) for letter in step.variants.letters]
                if any(_go_together(*two) for two in itertools.combinations(values, 2)):
                    return False
        except Exception as error:
            if not_read(error):
                raise
            return False
        return True

    def _compared(self, one: Step) -> Iterator[Step]:
        """Steps with variants that a step without them is worked out of."""
        if one.variants.letters:
            return
        for step in filter(None, map(self._steps.steps.get, one.takes)):
            if step.variants.letters and step.form is not None:
                yield step
            yield from self._compared(step)


def _is_constant(value: Any) -> bool:
    if not isinstance(value, np.ndarray) or value.size < 2:
        return False
    return bool(np.allclose(value, value.flat[0], rtol=ROUNDING, atol=ROUNDING))


def _go_together(first: Any, second: Any) -> bool:
    """Whether two arrays are the same, but for where they begin and how large they are."""
    if not isinstance(first, np.ndarray):
        return False
    if np.shape(first) != np.shape(second) or first.size < 3:
        return np.array_equal(first, second)
    return bool(abs(np.corrcoef(first.ravel(), second.ravel())[0, 1]) > GO_TOGETHER)
