"""Cases that are derived from an assignment's steps, and the names of slips in wrong answers."""

from __future__ import annotations

import inspect
import itertools
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

from .calling import calls
from .forms import _Function
from .steps import Slip, Step, Steps, Way
from .ways import by_any_route
from .wrong import Broken, NotAttempted, Tolerance, Wrong

#: Of more of a student's own answers, not every selection is tried to follow from.
MOST_TOGETHER = 3
NOT_WORKED_OUT = (
    "This could not be checked, by no fault of your answer: tell your instructor, and go on."
)
#: A name is given only where a chance hit is less likely than this.
CHANCE = 0.01


@lru_cache(maxsize=8)
def steps_of(module: ModuleType) -> Steps:
    """The steps that a module defines; made once."""
    return Steps(module)


def expect(
    module: ModuleType, answer: str, *, points: float, name: str | None = None, hidden: bool = False
) -> Any:
    """Make a case that expects an answer to be what the steps make.

    Parameters
    ----------
    module : module
        The assignment's module ``steps``.
    answer : str
        The student's variable, with its variant's ending.
    points : float
        What the case is worth.
    name : str, optional
        What it checks, in a few words; the answer by default.
    hidden : bool
        Whether only graders have it; it compares with the solution notebook's own value.

    Returns
    -------
    otter.test_files.test_case
        To be given a name in a test file.

    Raises
    ------
    LookupError
        If no step has the answer.
    """
    from otter.test_files import test_case

    steps = steps_of(module)
    one, letter = steps.find(answer)
    earlier, given = steps.earlier(one, letter), given_to(steps, one)

    def case(**taken: Any) -> None:
        variables = {name: taken[name] for name in given}
        own = {name: taken[name] for name in earlier}
        judge_answer(steps, answer, taken[answer], variables, own, taken.get("expected"))

    names = [answer, *earlier, *given, *["expected"] * hidden]
    kind = inspect.Parameter.KEYWORD_ONLY
    case.__signature__ = inspect.Signature([inspect.Parameter(one, kind) for one in names])
    case.__name__ = f"expect_{answer}"
    if isinstance(one.form, _Function):
        case = calls(**{answer: one.form.calls})(case)
    return test_case(name=name or f"`{answer}`", points=points, hidden=hidden)(case)


def given_to(steps: Steps, one: Step) -> list[str]:
    """The notebook's given variables that judging a step's answer takes."""
    own = inspect.signature(one.form.calls).parameters if isinstance(one.form, _Function) else ()
    return sorted({*steps.given(one), *own})


def judge_answer(
    steps: Steps,
    answer: str,
    value: Any,
    given: Mapping[str, Any],
    own: Mapping[str, Any],
    expected: Any = None,
) -> None:
    """Judge an answer, and name the slip in a wrong one.

    Parameters
    ----------
    steps : Steps
        The assignment's.
    answer : str
        The student's variable.
    value
        What it holds.
    given : mapping
        The notebook's given variables.
    own : mapping
        The student's answers that it may build upon.
    expected : object, optional
        The solution notebook's variables as attributes.

    Raises
    ------
    Wrong, NotAttempted
        If it is not right, neither by the truth nor by the student's own earlier answers.
    """
    one, letter = steps.find(answer)
    found = one.form.read(answer, value)
    truth = steps.truth(given)
    ways = [lambda: truth, _Own(steps, given, own)]

    def judge(way: Way) -> None:
        right = _right(way, one, letter) if way is truth else way.value(one, letter)
        if way is truth and hasattr(expected, answer):
            right = one.form.read(answer, getattr(expected, answer))
        _compare(one, answer, found, right, given)

    try:
        by_any_route(ways, judge)
    except NotAttempted:
        raise
    except Wrong as wrong:
        with suppress(Exception):
            # An error in what slips give is no fault of the answer's.
            _name(wrong, steps, one, letter, found, ways, given)
        raise wrong from None


def _right(way: Way, one: Step, letter: str | None) -> Any:
    """What is right; that it cannot be worked out is no fault of the answer's.

    Raises
    ------
    Broken
        If a step fails.
    """
    try:
        return way.value(one, letter)
    except (Broken, OSError, MemoryError):
        raise
    except Exception as error:
        raise Broken(NOT_WORKED_OUT) from error


def _compare(one: Step, answer: str, found: Any, right: Any, given: Mapping[str, Any]) -> None:
    if not isinstance(one.form, _Function):
        one.form.judge(answer, found, right, one.exact)
        return
    for arguments in _calls(one, given):
        try:
            returned = _returned(one, answer, found, arguments)
            one.form.result.judge(f"{answer}(...)", returned, right(*arguments), one.exact)
        except Wrong as wrong:
            # The sentences are about what it returned; the answer is the function.
            wrong.answer = answer
            raise


def _calls(one: Step, given: Mapping[str, Any]) -> Iterable[tuple]:
    listed = one.form.calls
    return listed(**{name: given[name] for name in inspect.signature(listed).parameters})


def _returned(one: Step, answer: str, function: Callable, arguments: tuple) -> Any:
    try:
        result = function(*arguments)
    except Broken:
        raise
    except Exception as error:
        said = str(error) if isinstance(error, RuntimeError) else f"{type(error).__name__}: {error}"
        raise Wrong(
            answer,
            "wrong_value",
            f"`{answer}` stopped with an error when it was called: {said[:300]}",
            mistake="stops with an error",
        ) from None
    try:
        return one.form.result.read(f"{answer}(...)", result)
    except NotAttempted as blank:
        # As of a blank that nobody filled in, so of a function without `return`; both are told.
        raise NotAttempted(str(blank), answer, returned=result is None) from None


class _Own:
    """The ways from a student's own answers: each alone, then together."""

    def __init__(self, steps: Steps, given: Mapping[str, Any], own: Mapping[str, Any]):
        self._steps, self._given, self._all = steps, dict(given), own

    def _readable(self) -> dict[str, Any]:
        read = {}
        for name, value in self._all.items():
            with suppress(Wrong, NotAttempted, LookupError, TypeError, ValueError):
                one, _ = self._steps.find(name)
                read[name] = one.form.read(name, value)
        return read

    def all_of_them(self) -> Way:
        """The way from all that the student has, right or wrong."""
        return Way(self._steps, self._given, self._readable())

    def __iter__(self) -> Iterator[Way]:
        usable = {}
        for name, found in self._readable().items():
            with suppress(Wrong, NotAttempted, LookupError, TypeError, ValueError):
                one, letter = self._steps.find(name)
                right = self._steps.truth(self._given).value(one, letter)
                if not _alike(one, found, right, self._given):
                    usable[name] = found
        counts = range(1, len(usable) + 1) if len(usable) <= MOST_TOGETHER else [1, len(usable)]
        for count in counts:
            for some in itertools.combinations(usable, count):
                yield Way(self._steps, self._given, {name: usable[name] for name in some})


def _alike(
    one: Step, found: Any, other: Any, given: Mapping[str, Any], answered: bool = True
) -> bool:
    """Whether a plain answer is the same as a step's value; or one such value as another.

    Functions are the same that return the same.
    """
    if not isinstance(one.form, _Function):
        if not answered:
            return one.form.alike(found, other, one.exact)
        return one.form.same(found, other, one.exact)
    form = one.form.result
    for arguments in _calls(one, given):
        first, second = (form.read("", function(*arguments)) for function in (found, other))
        if not form.alike(first, second, one.exact):
            return False
    return True


# Slips -----------------------------------------------------------------------------------


class Candidate(NamedTuple):
    """What a slip gives in an answer.

    Attributes
    ----------
    at : Step
        Where the slip is made.
    made : Slip
        The slip.
    value
        The answer that it gives, in plain form; or the error that it stops with.
    """

    at: Step
    made: Slip
    value: Any


def candidates(steps: Steps, one: Step, letter: str | None, way: Way) -> Iterator[Candidate]:
    """Yield what each slip gives in a step's answer, or the error that it stops with."""
    right = way.value(one, letter)
    for at, made in steps.slips(one):
        others = at.variants.others(letter or "") if made.kind == "rewire" else [None]
        for other in others:
            slipped = way.with_slip(at, made, other)
            yield Candidate(at, made, _tried(slipped.value, one, letter))
    for made in one.slips:
        if made.kind == "looks":
            yield Candidate(one, made, _tried(made.does, right))


def _tried(do: Callable, *given: Any) -> Any:
    try:
        return do(*given)
    except Exception as error:
        return error


def _name(
    wrong: Wrong,
    steps: Steps,
    one: Step,
    letter: str | None,
    found: Any,
    ways: list,
    given: Mapping[str, Any],
) -> None:
    """Put the hint of the slip that an answer shows into what was raised."""
    if wrong.mistakes:
        return
    first, others = ways
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        for way in itertools.chain([others.all_of_them()], [first()], others):
            if _named_by(wrong, steps, one, letter, found, way, given):
                return


def _named_by(
    wrong: Wrong,
    steps: Steps,
    one: Step,
    letter: str | None,
    found: Any,
    way: Way,
    given: Mapping[str, Any],
) -> bool:
    """Look for the slip by one way; whether that has been decided."""
    right = way.value(one, letter)
    tried = [
        each
        for each in candidates(steps, one, letter, way)
        if not isinstance(each.value, Exception)
    ]
    hits = [
        (at, made)
        for at, made, value in tried
        if _shown(one, found, value, given, answered=True) and not _shown(one, right, value, given)
    ]
    if hits and _likely_by_chance([value for _, _, value in tried], right, one.exact):
        return True
    hits += [
        (one, made) for made in one.slips if made.kind == "fit" and _holds(made.does, found, right)
    ]
    if hits:
        _speak(wrong, one, hits)
    return bool(hits)


def _shown(
    one: Step, found: Any, value: Any, given: Mapping[str, Any], answered: bool = False
) -> bool:
    with suppress(Exception):
        return _alike(one, found, value, given, answered)
    return False


def _holds(fits: Callable, value: Any, right: Any) -> bool:
    with suppress(Exception):
        return bool(fits(value, right))
    return False


def _likely_by_chance(tried: list[Any], right: Any, exact: Tolerance) -> bool:
    """Whether a single number may well be as near to what some slip gives by chance."""
    numbers = [float(value) for value in [*tried, right] if np.ndim(value) == 0 and _real(value)]
    if np.ndim(right) or not _real(right) or float(right).is_integer():
        return False
    width = 2 * (exact.atol + exact.rtol * abs(float(right)))
    extent = max(numbers) - min(numbers)
    return extent <= 0 or len(tried) * width / extent >= CHANCE


def _real(value: Any) -> bool:
    return isinstance(value, (int, float, np.number)) and bool(np.isfinite(value))


def _speak(wrong: Wrong, one: Step, hits: list[tuple[Step, Slip]]) -> None:
    """Name the slip; or, if several give the same at one step, that step; or nothing."""
    at, made = hits[0]
    names = {(step.name, slip.name) for step, slip in hits}
    if len(names) == 1:
        verb = "comes from"
        if at is one and made.kind != "rewire":
            verb = one.form.verb
        looks = f"`{wrong.answer}` {verb} {made.what}."
        wrong.mistakes = (made.name,)
        wrong.args = (f"{looks} {made.where}".strip(),)
        wrong.direct = f"{looks} {made.direct}".strip() if made.direct else ""
    elif len({step.name for step, _ in hits}) == 1 and at is not one:
        words = at.name.replace("_", " ")
        wrong.args = (f"{wrong} Look again at how its {words} is worked out.",)


class Row(NamedTuple):
    """One line of the table of slips.

    Attributes
    ----------
    step, slip : str
        Where it is made, and its name.
    answer : str
        The answer that it is looked for in.
    seen : str
        ``"unique"``; ``"invisible"`` where it gives what is right; ``"same as …"`` with the steps
        and names of those that give the same; ``"fails: …"`` with its error.
    """

    step: str
    slip: str
    answer: str
    seen: str


def table(steps: Steps, given: Mapping[str, Any]) -> list[Row]:
    """Work out which slips can be told in which answers.

    Parameters
    ----------
    steps : Steps
        The assignment's.
    given : mapping
        The notebook's given variables.

    Returns
    -------
    list of Row
        A line for each slip and answer, in the order of the steps.
    """
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return [row for one in steps.steps.values() for row in _rows(steps, one, given)]


def _rows(steps: Steps, one: Step, given: Mapping[str, Any]) -> Iterator[Row]:
    way = steps.truth(given)
    for answer in steps.names(one):
        _, letter = steps.find(answer)
        right = way.value(one, letter)
        made_by: dict[tuple[str, str], list[Any]] = {}
        for at, made, value in candidates(steps, one, letter, way):
            made_by.setdefault((at.name, made.name), []).append(value)
        for key, values in made_by.items():
            errors = [value for value in values if isinstance(value, Exception)]
            visible = [
                value
                for value in values
                if not isinstance(value, Exception) and not _shown(one, right, value, given)
            ]
            same = sorted(
                " / ".join(other)
                for other, theirs in made_by.items()
                if other != key
                and any(_shown(one, mine, value, given) for mine in visible for value in theirs)
            )
            seen = f"same as {', '.join(same)}" if same else "unique"
            if not visible:
                seen = f"fails: {type(errors[0]).__name__}: {errors[0]}" if errors else "invisible"
            yield Row(*key, answer, seen)


def dead(steps: Steps, rows: list[Row]) -> list[str]:
    """Say which slips show in no answer, in a sentence each: they can never be named."""
    told: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        told.setdefault((row.step, row.slip), []).append(row.seen)
    sentences = []
    for one in steps.steps.values():
        for made in one.slips:
            seen = told.get((one.name, made.name), [])
            if made.kind == "fit" or any(not _unseen(each) for each in seen):
                continue
            why = next((each for each in seen if each != "invisible"), "it gives what is right")
            sentences.append(
                f"The slip {made.name!r} at the step `{one.name}` shows in no answer: "
                f"{why if seen else 'no answer depends on that step'}."
            )
    return sentences


def _unseen(seen: str) -> bool:
    return seen == "invisible" or seen.startswith("fails: ")
