"""The steps that answers are made in, and the slips that are made at each.

An assignment declares them once, in its module ``steps``. What is right, what follows from a
student's own earlier answers, and what a slip would give in each answer after it are worked out
from that.

A step is a function of other steps, which it takes by their names, and of variables that the
notebook is given, which it takes by theirs. One that has variants is worked out for each of them,
from the same variant of what it takes; one that has none takes all variants of another, as a list.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Any

from .about import About, Variants
from .wrong import EXACT, Tolerance

#: The variants of what is one for all.
NONE = Variants()
#: What a step takes to know which variant it is for.
LETTER = "letter"
#: Of so many sets of given variables what is right is kept.
MOST_KEPT = 2


@dataclass(frozen=True)
class Slip:
    """One mistake that students make at a step.

    Attributes
    ----------
    name : str
        What instructors call it, in a few words; unique for the step.
    does : callable, optional
        By `kind`: ``"slip"``: what the step does instead, of the same and other steps; ``"fit"``:
        whether ``(value, right)`` are so; ``"looks"``: what the right value looks like.
        ``"rewire"`` has none: it is what the step gives with another variant's `taken`.
    what : str
        What an answer comes from, as a noun phrase: ``"the median in place of the mean"``.
    where : str
        Where to look, without giving the answer away.
    direct : str
        For a student who fails again, in place of `where`: what to do.
    kind : str
        ``"slip"``, ``"rewire"``, ``"fit"`` or ``"looks"``.
    taken : str
        Of a rewire: the step that is taken from elsewhere.
    """

    name: str
    does: Callable | None
    what: str
    where: str = ""
    direct: str = ""
    kind: str = "slip"
    taken: str = ""


@dataclass(eq=False)
class Step:
    """One step; made by `step`.

    Attributes
    ----------
    name : str
        That of its function.
    function : callable
        Works it out.
    variants : Variants
        For what of several it is worked out; without letters, it is one for all.
    answer : str, optional
        The student's variable that has it, without a variant's ending.
    form : Form, optional
        How the answer is read; see `forms`.
    exact : Tolerance
        How near it must come.
    axes, unit
        As in `about.About.axes`.
    slips : list of Slip
        Those that are made at it.
    """

    name: str
    function: Callable
    variants: Variants = Variants()
    answer: str | None = None
    form: Any = None
    exact: Tolerance = EXACT
    axes: tuple[str, ...] = ()
    unit: str = ""
    slips: list[Slip] = field(default_factory=list)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Work it out, of what it is given: for slips that do nearly the same."""
        return self.function(*arguments, **named)

    @property
    def takes(self) -> tuple[str, ...]:
        """Names of what it takes."""
        return tuple(inspect.signature(self.function).parameters)

    def named(self, letter: str | None) -> str | None:
        """The student's variable for a variant."""
        return f"{self.answer}_{letter}" if self.answer and letter else self.answer


def step(
    variants: Variants = NONE,
    *,
    answer: str | None = None,
    form: Any = None,
    exact: Tolerance = EXACT,
    axes: tuple[str, ...] = (),
    unit: str = "",
) -> Callable[[Callable], Step]:
    """Declare a step; a decorator of the function that works it out. See `Step`."""
    if answer is not None and form is None:
        raise TypeError(f"The step of the answer {answer!r} needs `form=`, how it is read.")

    def declare(function: Callable) -> Step:
        name = function.__name__
        return Step(name, function, variants, answer, form, exact, tuple(axes), unit)

    return declare


def slip(at: Step, name: str, does: Callable, what: str, where: str = "", direct: str = "") -> None:
    """Declare what is done in place of a step. See `Slip`."""
    _add(at, Slip(name, does, what, where, direct))


def rewire(at: Step, taken: str, what: str, where: str = "", direct: str = "") -> None:
    """Say in words of one's own that a step takes another variant's; each has a sentence anyway."""
    known = [one for one in _rewired(at) if one.taken == taken]
    if not known:
        raise ValueError(f"The step {at.name} takes no {taken!r} that has variants of its own.")
    _add(at, replace(known[0], what=what, where=where, direct=direct))


def fit(at: Step, name: str, fits: Callable, what: str, where: str = "", direct: str = "") -> None:
    """Declare a mistake that is told from the answer and what is right: ``(value, right)``."""
    _add(at, Slip(name, fits, what, where, direct, kind="fit"))


def looks(at: Step, name: str, of: Callable, what: str, where: str = "", direct: str = "") -> None:
    """Declare a form that the right answer may be given in by mistake."""
    _add(at, Slip(name, of, what, where, direct, kind="looks"))


def _add(at: Step, made: Slip) -> None:
    if any(one.name == made.name for one in at.slips):
        raise ValueError(f"The step {at.name} has two slips named {made.name!r}.")
    at.slips.append(made)


def _rewired(at: Step) -> list[Slip]:
    """The slips of taking from another variant, whatever is taken."""
    word = at.variants.word or "variant"
    return [
        Slip(
            f"another {word}'s {taken}",
            None,
            f"the {taken.replace('_', ' ')} of another {word}",
            f"Which {word} is each of its parts from?",
            f"Take everything from the same {word}.",
            kind="rewire",
            taken=taken,
        )
        for taken in at.takes
        if at.variants.letters and taken != LETTER
    ]


class Steps:
    """The steps of an assignment.

    Parameters
    ----------
    module : module or mapping
        Whatever defines them.

    Raises
    ------
    ValueError
        If two have the same name or answer, or they go in a circle.
    """

    def __init__(self, module: ModuleType | Mapping[str, Any]):
        found = module if isinstance(module, Mapping) else vars(module)
        self.steps = {one.name: one for one in found.values() if isinstance(one, Step)}
        answers = [one.answer for one in self.steps.values() if one.answer]
        if twice := {answer for answer in answers if answers.count(answer) > 1}:
            raise ValueError(f"Two steps have the answer {min(twice)!r}.")
        self._kept: dict[tuple, Way] = {}
        for one in self.steps.values():
            self.above(one)

    def find(self, answer: str) -> tuple[Step, str | None]:
        """Find the step of a student's variable, and the variant.

        Raises
        ------
        LookupError
            If there is none.
        """
        for one in self.steps.values():
            for letter in one.variants.letters or [None]:
                if one.named(letter) == answer:
                    return one, letter
        known = sorted(name for one in self.steps.values() for name in self.names(one))
        raise LookupError(f"No step has the answer {answer!r}. There are: {', '.join(known)}.")

    def names(self, one: Step) -> list[str]:
        """The student's variables of a step."""
        return [one.named(x) for x in one.variants.letters or [None]] if one.answer else []

    def above(self, one: Step, below: tuple[str, ...] = ()) -> list[Step]:
        """All steps that a step depends on, the nearest first."""
        if one.name in below:
            raise ValueError(f"The steps go in a circle: {' <- '.join((*below, one.name))}.")
        found: dict[str, Step] = {}
        for name in one.takes:
            if name in self.steps:
                for other in [
                    self.steps[name],
                    *self.above(self.steps[name], (*below, one.name)),
                ]:
                    found.setdefault(other.name, other)
        return list(found.values())

    def given(self, one: Step) -> list[str]:
        """The notebook's given variables that a step depends on."""
        taken = {name for other in [one, *self.above(one)] for name in other.takes}
        return sorted(taken - self.steps.keys() - {LETTER})

    def earlier(self, one: Step, letter: str | None) -> list[str]:
        """The student's variables that a step may build upon."""
        names = []
        for other in self.above(one):
            own = [other.named(letter)] if letter and other.variants.letters else self.names(other)
            names += [name for name in own if name]
        return names

    def slips(self, one: Step) -> Iterator[tuple[Step, Slip]]:
        """Yield the slips that may show in a step's answer, its own first."""
        for other in [one, *self.above(one)]:
            own = [made for made in other.slips if made.kind in ("slip", "rewire")]
            told = {made.name for made in own}
            own += [
                made
                for made in _rewired(other)
                if made.name not in told and self._has_variants(made.taken)
            ]
            yield from ((other, made) for made in own)

    def _has_variants(self, name: str) -> bool:
        return name in self.steps and bool(self.steps[name].variants.letters)

    def unknown(self, variables: Collection[str]) -> list[str]:
        """Say of steps and slips what they take that there is not, in a sentence each.

        Parameters
        ----------
        variables : collection of str
            Those that the notebook has.
        """
        known = {*self.steps, *variables, LETTER}
        found = []
        for one in self.steps.values():
            for who, function in [
                (f"The step `{one.name}`", one.function),
                *(
                    (f"The slip {made.name!r} at the step `{one.name}`", made.does)
                    for made in one.slips
                    if made.kind == "slip"
                ),
            ]:
                found += [
                    f"{who} takes `{name}`: there is no such step, and no such variable in the "
                    "notebook."
                    for name in inspect.signature(function).parameters
                    if name not in known
                ]
        return found

    def truth(self, given: Mapping[str, Any]) -> Way:
        """What is right for given variables; worked out once for the same ones."""
        key = tuple((name, _key(value)) for name, value in sorted(given.items()))
        if key not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = Way(self, dict(given))
        return self._kept[key]

    @property
    def about(self) -> About:
        """What follows from the steps for pages: variants, and what axes count."""
        variants = [one.variants for one in self.steps.values() if one.variants.letters]
        axes = {one.answer: (one.axes, one.unit) for one in self.steps.values() if one.answer}
        return About(variants[0] if variants else Variants(), axes)


def _key(value: Any) -> Any:
    try:
        hash(value)
    except TypeError:
        return id(value)
    return value


class Way:
    """Values of steps: what is right; or by a student's own answers; or with a slip.

    Parameters
    ----------
    steps : Steps
        The steps.
    given : dict
        The notebook's given variables.
    own : dict
        The student's answers that take the place of what is right, by variable.
    slip : (Step, Slip, str), optional
        The slip that is made, at which step, and of a rewire, the other variant.
    """

    def __init__(
        self,
        steps: Steps,
        given: dict[str, Any],
        own: Mapping[str, Any] | None = None,
        slip: tuple[Step, Slip, str | None] | None = None,
    ):
        self.steps, self.given, self.own, self._slip = steps, given, own or {}, slip
        self._known: dict[tuple[str, str | None], Any] = {}

    def value(self, one: Step, letter: str | None = None) -> Any:
        """Work out a step's value, for a variant."""
        key = one.name, letter
        if key not in self._known:
            own = one.named(letter)
            self._known[key] = self.own[own] if own in self.own else self._worked_out(one, letter)
        return self._known[key]

    def _worked_out(self, one: Step, letter: str | None) -> Any:
        function, taken, other = one.function, None, letter
        if self._slip and self._slip[0] is one:
            made = self._slip[1]
            if made.kind == "rewire":
                taken, other = made.taken, self._slip[2]
            else:
                function = made.does
        names = inspect.signature(function).parameters
        return function(
            **{name: self._taken(name, other if name == taken else letter) for name in names}
        )

    def _taken(self, name: str, letter: str | None) -> Any:
        if name == LETTER:
            return letter
        if name not in self.steps.steps:
            return self.given[name]
        one = self.steps.steps[name]
        if not one.variants.letters:
            return self.value(one)
        if letter:
            return self.value(one, letter)
        return [self.value(one, each) for each in one.variants.letters]

    def with_slip(self, at: Step, made: Slip, other: str | None = None) -> Way:
        """The same with a slip. What does not depend on the step is not worked out again."""
        slipped = Way(self.steps, self.given, self.own, (at, made, other))
        slipped._known = {
            (name, letter): value
            for (name, letter), value in self._known.items()
            if name != at.name and at not in self.steps.above(self.steps.steps[name])
        }
        return slipped
