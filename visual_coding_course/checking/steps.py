"""The steps that answers are made in, and the slips that are made at each.

An assignment declares them once, in its module ``steps``. What is right, what follows from a
student's own earlier answers, and what a slip would give in each answer after it are worked out
from that.

A step is a function of other steps, which it takes by their names, and of variables that the
notebook is given, which it takes by theirs. One that has variants is worked out for each of them,
from the same variant of what it takes; one that has none takes all variants of another, as a list.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import ModuleType
from typing import Any

from .about import About, Variants
from .way import LETTER, OTHER, RESERVED, Way, parameters
from .wrong import EXACT, Tolerance

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
        Takes steps and given variables by their names. By `kind`: ``"slip"``: what the step does
        instead; ``"fit"``: whether ``value`` is so, beside what is ``right``; ``"looks"``: what
        is ``right`` in another form. A generator yields several. ``"rewire"`` has none: it is
        what the step gives with another variant's `taken`; and so a ``"fit"`` that the answer's
        form recognises by itself, and raises by name.
    what : str
        What an answer comes from, as a noun phrase: ``"the median in place of the mean"``; it may
        hold ``{answer}``, its variant as ``{letter}`` (B) and ``{small}`` (b), ``{other}`` (C),
        the answer's ``{size}`` and ``{shape}``, and what the form says beside. One that begins
        with ``{answer}`` is a whole sentence, said of the step's own answer.
    where : str
        Where to look, without giving the answer away.
    direct : str
        For a student who fails again, in place of `where`: what to do.
    kind : str
        ``"slip"``, ``"rewire"``, ``"fit"`` or ``"looks"``.
    taken : str
        Of a rewire: the step that is taken from elsewhere.
    slow : bool
        Whether it takes long: looked for last.
    """

    name: str
    does: Callable | None
    what: str
    where: str = ""
    direct: str = ""
    kind: str = "slip"
    taken: str = ""
    slow: bool = False


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
    each : str
        The given variable that it is worked out for each value of, if it is asked for others than
        the notebook's.
    over : str
        The step whose values it is worked out for, all together.
    follows : tuple of str, optional
        The student's variables, without a variant's ending, that the answer may follow from; by
        default all that it depends on.
    wrong : str
        What is said of a wrong answer, if no slip is named. As `Slip.what`, a whole sentence.
    direct : str
        What is said in place of that when it is wrong again.
    recognised : Tolerance, optional
        How near an answer is to what a slip gives; by default `exact`.
    also : list of callable
        Other ways that are right, too.
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
    each: str = ""
    over: str = ""
    follows: tuple[str, ...] | None = None
    wrong: str = ""
    direct: str = ""
    recognised: Tolerance | None = None
    also: list[Callable] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Work it out, of what it is given: for slips that do nearly the same."""
        return self.function(*arguments, **named)

    @property
    def takes(self) -> tuple[str, ...]:
        """Names of what it takes."""
        return parameters(self.function)

    def named(self, letter: str | None) -> str | None:
        """The student's variable for a variant; a function is one for all."""
        one_for_all = not (self.answer and letter) or self.called
        return self.answer if one_for_all else f"{self.answer}_{letter}"

    @property
    def called(self) -> tuple[str, ...]:
        """What the student's function is called with to get the step's value."""
        return getattr(self.form, "takes", ())


def step(
    variants: Variants = Step.variants,
    *,
    answer: str | None = None,
    form: Any = None,
    exact: Tolerance = EXACT,
    axes: tuple[str, ...] = (),
    **more: Any,
) -> Callable[[Callable], Step]:
    """Declare a step; a decorator of the function that works it out. See `Step`."""
    if answer is not None and form is None:
        raise TypeError(f"The step of the answer {answer!r} needs `form=`, how it is read.")

    def declare(function: Callable) -> Step:
        return Step(function.__name__, function, variants, answer, form, exact, tuple(axes), **more)

    return declare


def also(at: Step, does: Callable | None = None) -> Any:
    """Declare what a step may do as well: both are right. Without `does`, a decorator of it."""
    if does is None:
        return lambda decorated: also(at, decorated)
    at.also.append(does)
    return does


def slip(
    at: Step,
    name: str,
    does: Callable,
    what: str,
    where: str = "",
    direct: str = "",
    slow: bool = False,
) -> None:
    """Declare what is done in place of a step. See `Slip`."""
    _add(at, Slip(name, does, what, where, direct, slow=slow))


def rewire(
    at: Step, taken: str, what: str, where: str = "", direct: str = "", name: str = ""
) -> None:
    """Say in words of one's own that a step takes another variant's; each has a sentence anyway."""
    known = [one for one in _rewired(at) if one.taken == taken]
    if not known:
        raise ValueError(f"The step {at.name} takes no {taken!r} that has variants of its own.")
    named = name or known[0].name
    _add(at, replace(known[0], name=named, what=what, where=where, direct=direct))


def fit(
    at: Step, name: str, fits: Callable | None, what: str, where: str = "", direct: str = ""
) -> None:
    """Declare a mistake that is told from the answer and what is right: ``(value, right)``.

    Without `fits`, one that the answer's form raises by its name.
    """
    _add(at, Slip(name, fits, what, where, direct, kind="fit"))


def looks(at: Step, name: str, of: Callable, what: str, where: str = "", direct: str = "") -> None:
    """Declare a form that the right answer may be given in by mistake."""
    _add(at, Slip(name, of, what, where, direct, kind="looks"))


def _add(at: Step, made: Slip) -> None:
    if (made.name, made.kind, made.taken) in {(one.name, one.kind, one.taken) for one in at.slips}:
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
        self._solution: tuple[Any, dict[str, Any]] | None = None
        self._above = {one.name: self._all_above(one) for one in self.steps.values()}

    def find(self, answer: str) -> tuple[Step, str | None]:
        """Find the step of a student's variable, and the variant.

        Raises
        ------
        LookupError
            If there is none.
        """
        for one in self.steps.values():
            for letter in [None] if one.called else one.variants.letters or [None]:
                if one.named(letter) == answer:
                    return one, letter
        known = sorted(name for one in self.steps.values() for name in self.names(one))
        raise LookupError(f"No step has the answer {answer!r}. There are: {', '.join(known)}.")

    def names(self, one: Step) -> list[str]:
        """The student's variables of a step."""
        names = [one.named(x) for x in one.variants.letters or [None]] if one.answer else []
        return list(dict.fromkeys(names))

    def above(self, one: Step) -> list[Step]:
        """All steps that a step depends on, the nearest first."""
        return self._above[one.name]

    def _all_above(self, one: Step, below: tuple[str, ...] = ()) -> list[Step]:
        if one.name in below:
            raise ValueError(f"The steps go in a circle: {' <- '.join((*below, one.name))}.")
        found = [self.steps[name] for name in one.takes if name in self.steps]
        for other in [*found]:
            found += self._all_above(other, (*below, one.name))
        return list(dict.fromkeys(found))

    def given(self, one: Step) -> list[str]:
        """The notebook's given variables that a step depends on."""
        taken = {name for other in [one, *self.above(one)] for name in other.takes}
        return sorted(taken - self.steps.keys() - {LETTER, OTHER})

    def earlier(self, one: Step, letter: str | None) -> list[str]:
        """The student's variables that a step may build upon."""
        names = []
        for other in self.above(one):
            if not other.answer or (one.follows is not None and other.answer not in one.follows):
                continue
            one_only = letter and other.variants.letters
            names += [other.named(letter)] if one_only else self.names(other)
        return names

    def slips(self, one: Step) -> list[tuple[Step, Slip]]:
        """The slips that may show in a step's answer: its own first, those that take long last."""
        found = []
        for other in [one, *self.above(one)]:
            own = [made for made in other.slips if made.kind in ("slip", "rewire")]
            told = {made.taken for made in own}
            more = [] if self._is_taken_whole(one, other) else _rewired(other)
            own += [x for x in more if x.taken not in told and self._has_variants(x.taken)]
            found += [(other, made) for made in own]
        return sorted(found, key=lambda item: item[1].slow)

    def _is_taken_whole(self, one: Step, other: Step) -> bool:
        """Whether to take from another variant in a step is to take all of it from there after it.

        So it is where it takes nothing else that differs between variants.
        """
        several = sum(self._has_variants(name) or name == LETTER for name in other.takes) > 1
        users = [step for step in [one, *self.above(one)] if other.name in step.takes]
        alone = len(users) == 1 and bool(users[0].variants.letters)
        return other is not one and not several and alone

    def _has_variants(self, name: str) -> bool:
        return name in self.steps and bool(self.steps[name].variants.letters)

    def unknown(self, variables: Collection[str]) -> list[str]:
        """Say of steps and slips what they take that there is not, in a sentence each.

        Parameters
        ----------
        variables : collection of str
            Those that the notebook has.
        """
        known = {*self.steps, *variables, *RESERVED}
        functions: list[tuple[str, Callable]] = []
        for one in self.steps.values():
            functions += [(f"The step `{one.name}`", one.function)]
            functions += [
                (f"The slip {x.name!r} at the step `{one.name}`", x.does)
                for x in one.slips
                if x.does
            ]
        return [
            f"{who} takes `{name}`: there is no such step, and no such variable in the notebook."
            for who, function in functions
            for name in parameters(function)
            if name not in known
        ]

    def truth(self, given: Mapping[str, Any]) -> Way:
        """What is right for given variables; worked out once for the same ones."""
        key = tuple((name, _key(value)) for name, value in sorted(given.items()))
        if key not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = Way(self, dict(given))
        return self._kept[key]

    def solved(self, given: Mapping[str, Any], expected: Any) -> Way:
        """The way from the solution notebook's own values, as far as it has plain ones.

        They are read once for the same ones.
        """
        if self._solution is None or self._solution[0] is not expected:
            self._solution = expected, dict(self._plain(expected))
        return Way(self, dict(given), self._solution[1])

    def _plain(self, expected: Any) -> Iterator[tuple[str, Any]]:
        for one in self.steps.values():
            for name in [] if one.called else self.names(one):
                value = getattr(expected, name, None)
                if value is not None and not callable(value):
                    with suppress(Exception):
                        yield name, one.form.read(name, value)

    @cached_property
    def each(self) -> frozenset[str]:
        """Given variables that steps are worked out for each value of."""
        return frozenset(one.each for one in self.steps.values() if one.each)

    @cached_property
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
