"""What a case asks of an answer: for which variants, for which values, which calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from .steps import Step, Steps
from .way import Way, parameters


class Asked(NamedTuple):
    """What a case asks of an answer.

    Attributes
    ----------
    letters : str
        Of a function, for which variants; by default all.
    each : callable, optional
        Lists the values of the variable that steps are worked out for each of, for which the
        answer is judged, from steps and given variables by name; by default the notebook's.
    own_each : callable, optional
        The same where it is judged by the student's own earlier answers, if it is for fewer.
    form_only : bool
        Whether its form is all that is asked.
    by : mapping of str to callable
        Of a figure, by its name, what judges it: takes the figure, and ways as
        `ways.by_any_route` does.
    """

    letters: str = ""
    each: Callable | None = None
    own_each: Callable | None = None
    form_only: bool = False
    by: Mapping[str, Callable] = MappingProxyType({})


#: The answer, as the notebook has it.
AS_IT_IS = Asked()


class Question(NamedTuple):
    """One value that an answer is asked for.

    Attributes
    ----------
    letter : str, optional
        The variant.
    each : optional
        As of `steps.Way.value`.
    arguments : tuple, optional
        Of a function: what it is called with.
    """

    letter: str | None = None
    each: Any = None
    arguments: tuple | None = None

    def right(self, way: Way, one: Step) -> Any:
        """What a way has for it."""
        value = way.value(one, self.letter, self.each)
        return value if self.arguments is None or one.called else value(*self.arguments)

    def others(self, way: Way, one: Step) -> list:
        """What is right, too."""
        if self.arguments is not None and not one.called:
            return []
        return [way.call(does, self.letter, self.each) for does in one.also]


def questions(
    steps: Steps, one: Step, letter: str | None, given: Mapping[str, Any], asked: Asked
) -> Iterator[Question]:
    """Yield the values that an answer is asked for."""
    if asked.form_only and not one.called:
        return
    if makes_function(one):
        listed = one.form.calls
        for arguments in listed(**{name: given[name] for name in parameters(listed)}):
            yield Question(arguments=arguments)
        return
    truth = steps.truth(given)
    many = each_of(truth, asked)
    if one.called:
        for which in asked.letters or one.variants.letters:
            for each in many:
                yield Question(which, each, truth.arguments(one, which, each))
    else:
        yield Question(letter, tuple(many) if asked.each else None)


def given_to(steps: Steps, one: Step, asked: Asked = AS_IT_IS) -> list[str]:
    """The notebook's given variables that judging a step's answer takes."""
    names = {*steps.given(one), *(parameters(one.form.calls) if makes_function(one) else ())}
    for name in (*one.called, *(parameters(asked.each) if asked.each else ())):
        names |= {*steps.given(steps.steps[name])} if name in steps.steps else {name}
    return sorted(names)


def makes_function(one: Step) -> bool:
    """Whether the step's value is a function, with calls that are declared with its form."""
    return hasattr(one.form, "calls") and not one.called


def each_of(truth: Way, asked: Asked) -> list:
    """The values that steps are worked out for, for each of which an answer is judged."""
    return list(truth.call(asked.each)) if asked.each else [None]
