"""What steps come to: by the truth, by a student's own answers, or with a slip."""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from .steps import Slip, Step, Steps

#: What a step takes to know which variant it is for; a slip, too, from which other it takes.
LETTER, OTHER = "letter", "other"
#: What `looks` and `fit` take: what is right, the answer, and all steps by name.
RIGHT, VALUE, WAY = "right", "value", "way"
RESERVED = {LETTER, OTHER, RIGHT, VALUE, WAY}


class Made(NamedTuple):
    """A slip that is made in working out values.

    Attributes
    ----------
    at : Step
        At which step.
    slip : Slip
        Which.
    other : str, optional
        Of a rewire, the variant that is taken in place of the step's own.
    only : str, optional
        The one variant in which it is made; by default in all.
    nth : int
        Which of those that it yields.
    """

    at: Step
    slip: Slip
    other: str | None = None
    only: str | None = None
    nth: int = 0


class NoMore(LookupError):
    """A slip yields no more values."""


class Way:
    """Values of steps: what is right; or by a student's own answers; or with a slip.

    They are had by name, too: ``way.mean("a")`` of a step with variants, ``way.alike`` of another
    one or of a given variable.

    Parameters
    ----------
    steps : Steps
        The steps.
    given : dict
        The notebook's given variables.
    own : dict
        The student's answers that take the place of what is right, by variable.
    made : Made, optional
        The slip that is made.
    """

    def __init__(
        self,
        steps: Steps,
        given: dict[str, Any],
        own: Mapping[str, Any] | None = None,
        made: Made | None = None,
    ):
        self.steps, self.given, self.own, self._made = steps, given, own or {}, made
        self._known: dict[tuple, Any] = {}
        self._yielded: dict[tuple, tuple[bool, Any]] = {}
        self._base = self
        #: Whether a slip was met that yields several values.
        self.yields = False

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in {**self.steps.steps, **self.given}:
            raise AttributeError(name)
        one = self.steps.steps.get(name)
        if one is None:
            return self.given[name]
        if one.variants.letters:
            return lambda letter, each=None: self.value(one, letter, each)
        return self.value(one)

    def value(self, one: Step, letter: str | None = None, each: Any = None) -> Any:
        """Work out a step's value.

        Parameters
        ----------
        one : Step
            The step.
        letter : str, optional
            For which variant.
        each : optional
            For which value of the variable that it is worked out for each of, or for which
            several, as a tuple; by default the notebook's.
        """
        if isinstance(each, np.ndarray):
            each = tuple(each.tolist())
        if not one.each or each == self.given.get(one.each):
            each = None
        if one.over:
            if any(map(callable, self.own.values())):
                raise LookupError("to call a student's function for all takes too long")
            each = tuple(self.value(self.steps.steps[one.over]).tolist())
        key = one.name, letter, each
        if key not in self._known:
            self._known[key] = self._own_or_worked_out(one, letter, each)
        return self._known[key]

    def _own_or_worked_out(self, one: Step, letter: str | None, each: Any) -> Any:
        own = one.named(letter)
        if own in self.own:
            if one.called:
                return self._returned(one, letter, each)
            if each is None:
                return self.own[own]
        function, taken, other = one.function, None, letter
        made = self._made
        if made and made.at is one and made.only in (None, letter):
            if made.slip.kind == "rewire":
                taken, other = made.slip.taken, made.other
            else:
                return self._slipped(made, letter, each)
        return self.call(function, letter, each, taken, other)

    def call(
        self,
        function: Callable,
        letter: str | None = None,
        each: Any = None,
        taken: str | None = None,
        other: str | None = None,
        **named: Any,
    ) -> Any:
        """Call a function with the values of the steps that it names.

        Parameters
        ----------
        function : callable
            A step's, or a slip's.
        letter, each : optional
            As of `value`.
        taken, other : str, optional
            The step that is taken from another variant.
        **named
            Taken by these names.
        """
        named.setdefault(OTHER, other)
        named.setdefault(WAY, self._base)
        return function(
            **{
                name: named[name]
                if name in named
                else self._taken(name, other if name == taken else letter, each)
                for name in parameters(function)
            }
        )

    def _slipped(self, made: Made, letter: str | None, each: Any) -> Any:
        """What a slip gives, or one of what it yields; worked out once for all of them."""
        key = made.at.name, made.slip.name, letter, each
        if key not in self._yielded:
            value = self.call(made.slip.does, letter, each)
            several = inspect.isgenerator(value)
            self._yielded[key] = several, list(value) if several else value
        self.yields, value = self._yielded[key]
        if not self.yields:
            return value
        if made.nth >= len(value):
            raise NoMore
        return value[made.nth]

    def _returned(self, one: Step, letter: str | None, each: Any) -> Any:
        """What the student's function returns in place of a step."""
        many = each if isinstance(each, tuple) else (each,)
        results = [self.own[one.answer](*self.arguments(one, letter, which)) for which in many]
        found = [one.form.usable_result(result) for result in results]
        return np.stack(found) if isinstance(each, tuple) else found[0]

    def arguments(self, one: Step, letter: str | None, each: Any = None) -> tuple:
        """What the student's function is called with to get a step's value."""
        return tuple(self._taken(name, letter, each) for name in one.called)

    def _taken(self, name: str, letter: str | None, each: Any) -> Any:
        if name == LETTER:
            return letter
        one = self.steps.steps.get(name)
        if one is None:
            if each is None or name not in self.steps.each:
                return self.given[name]
            return np.array(each) if isinstance(each, tuple) else each
        if not one.variants.letters:
            return self.value(one, None, each)
        if letter:
            return self.value(one, letter, each)
        return [self.value(one, x, each) for x in one.variants.letters]

    def with_own(self, own: Mapping[str, Any], is_right: bool) -> Way:
        """The way from a student's own answers; if they are right, nothing is worked out again."""
        way = Way(self.steps, self.given, own)
        if is_right:
            way._known = dict(self._known)
        return way

    def slipped(self, made: Made, work_out: Callable[[Way], Any]) -> Iterator[Any]:
        """Yield what `work_out` gets of the ways with a slip, one after the other, or its error."""
        for nth in itertools.count():
            way = self.with_slip(made._replace(nth=nth))
            try:
                value = work_out(way)
            except NoMore:
                return
            except Exception as error:
                value = error
            yield value
            if isinstance(value, Exception) or not way.yields:
                return

    def with_slip(self, made: Made) -> Way:
        """The same with a slip. What does not depend on the step is not worked out again."""
        slipped = Way(self.steps, self.given, self.own, made)
        slipped._yielded, slipped._base = self._yielded, self
        slipped._known = {
            key: value
            for key, value in self._known.items()
            if key[0] != made.at.name and made.at not in self.steps.above(self.steps.steps[key[0]])
        }
        return slipped


@cache
def parameters(function: Callable) -> tuple[str, ...]:
    """Names of what a function takes."""
    return tuple(inspect.signature(function).parameters)
