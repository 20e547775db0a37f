"""Name the slip that a wrong answer shows, and say which slips can be told at all."""

from __future__ import annotations

import inspect
import itertools
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from .asking import Question
from .speaking import speak, speak_by_name, speak_of_line
from .steps import Slip, Step, Steps
from .way import LETTER, OTHER, WAY, Made, Way, parameters
from .wrong import Tolerance, Wrong

#: A name is given only where a chance hit is less likely than this.
CHANCE = 0.01
#: Of so many values of a variable, what a slip gives is worked out at most.
MOST_EACH = 5
#: An answer as near as this to what a slip gives is that: the rest is rounding.
NO_DISTANCE = 1e-9
#: Of answers with more numbers, which take long to compare, the shape tells enough.
MOST_COMPARED = 2_000_000


class Candidate(NamedTuple):
    """What a slip gives in an answer.

    Attributes
    ----------
    at : Step
        Where the slip is made.
    slip : Slip
        The slip.
    value
        What it gives, in plain form; or the error that it stops with.
    other : str, optional
        The variant that is taken in place of the answer's own.
    also : bool
        Whether the answer is another variant's besides.
    """

    at: Step
    slip: Slip
    value: Any
    other: str | None = None
    also: bool = False


def candidates(
    steps: Steps, one: Step, way: Way, question: Question, found: Any = None, kinds: str = "all"
) -> Iterator[Candidate]:
    """Yield what each slip gives in a step's answer, or the error that it stops with.

    Parameters
    ----------
    steps : Steps
        The assignment's.
    one : Step
        Whose answer.
    way : Way
        What is right.
    question : Question
        Which value of it.
    found : optional
        The answer, for forms that depend on it.
    kinds : str
        ``"quick"``: without those that take long; ``"slow"``: those alone.
    """
    for at, made in steps.slips(one):
        if kinds in ("all", "slow" if made.slow else "quick"):
            yield from _given_by(steps, one, way, question, at, made)
    if kinds != "slow":
        for made in one.slips:
            if made.kind == "looks":
                takes_other = OTHER in parameters(made.does) and question.letter
                for other in one.variants.others(question.letter) if takes_other else [None]:
                    for value in _looks(made, way, one, question, found, other):
                        yield Candidate(one, made, value, other)


def _given_by(
    steps: Steps, one: Step, way: Way, question: Question, at: Step, made: Slip
) -> Iterator[Candidate]:
    if any(name in way.own for name in steps.names(at)) and at is not one:
        return  # what the student has there takes its place
    for other, only in _scopes(at, made, question.letter):
        for value in way.slipped(Made(at, made, other, only), lambda on: question.right(on, one)):
            yield Candidate(at, made, value, other)


def _scopes(at: Step, made: Slip, letter: str | None) -> Iterable[tuple[str | None, str | None]]:
    """From which other variant a slip takes, and in which one it is made; in all, if in no one."""
    letters = at.variants.letters
    if made.kind != "rewire" or not letters:
        return [(None, None)]
    if letter:
        return [(other, None) for other in at.variants.others(letter)]
    one = [(other, only) for only in letters for other in at.variants.others(only)]
    return [*one, *((other, None) for other in letters)]


def _looks(
    made: Slip, way: Way, one: Step, question: Question, found: Any, other: str | None
) -> list:
    try:
        given = {"right": question.right(way, one), "value": found}
        names = parameters(made.does)
        if len(names) == 1 and names[0] not in {*way.steps.steps, *way.given, WAY, LETTER, OTHER}:
            given = {names[0]: given["right"]}
        value = way.call(made.does, question.letter, question.each, other=other, **given)
        many = list(value) if inspect.isgenerator(value) else [value]
        return [one.form.picked(each, question.each, way) for each in many]
    except Exception as error:
        return [error]


@contextmanager
def silence() -> Iterator[None]:
    """Let no warnings of numpy's out."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def name_slip(wrong: Wrong, steps: Steps, one: Step, ways: list[Way]) -> None:
    """Put the hints of the slip that an answer shows into what was raised.

    Parameters
    ----------
    wrong : Wrong
        Changed: its text, `mistakes` and `direct`.
    steps : Steps
        The assignment's.
    one : Step
        Whose answer it is.
    ways : list of Way
        By the student's own answers, if there are any; and what is right, last.
    """
    question, value = _of_few(wrong.question, wrong.value)
    if question.letter:
        wrong.about = {"letter": question.letter} | wrong.about
    if wrong.mistakes:
        return speak_by_name(wrong, one)
    with silence():
        hit = _best(wrong, value, steps, one, ways, question)
        if not hit and not (wrong.likely and wrong.state == "wrong_shape"):
            right = _or_error(question.right, ways[-1], one)
            hit = _fits(plain(value), right, one, ways[-1], question) if value is not None else None
    if hit:
        if is_measured(value):
            speak_by_name(wrong, one)
            wrong.unnamed = str(wrong), wrong.direct
        return speak(wrong, one, hit.at, hit.slip, hit.other, hit.also)
    wrong.mistakes = (wrong.likely,) if wrong.likely else ()
    return speak_by_name(wrong, one)


def _of_few(question: Question, value: Any) -> tuple[Question, Any]:
    """The same for a few of very many: what a slip gives is worked out for each."""
    many = question.each
    if not isinstance(many, tuple) or len(many) <= MOST_EACH or np.shape(value) != (len(many),):
        return question, value
    few = np.linspace(0, len(many) - 1, MOST_EACH).astype(int)
    return question._replace(each=tuple(many[i] for i in few)), np.asarray(value)[few]


def _best(
    wrong: Wrong, answer: Any, steps: Steps, one: Step, ways: list[Way], question: Question
) -> Candidate | None:
    """Find the slip that gives the answer."""
    if answer is None:
        return None
    exact = one.recognised or one.exact
    large = np.size(answer) > MOST_COMPARED
    found = np.broadcast_to(np.nan, np.shape(answer)) if large else plain(answer)
    same_shape = None
    for way, also, kinds in _rounds(wrong, ways):
        hits, tried = [], []
        right = _or_error(question.right, way, one)
        for candidate in _of_round(steps, one, way, question, also, kinds, answer):
            value = plain(candidate.value)
            if isinstance(value, Exception):
                continue
            tried.append(value)
            rewired = candidate.slip.kind == "rewire"
            away = _distance_of(one, answer, found, candidate.value, value, exact, rewired)
            if away is None or _same_step(one, candidate.value, right, exact):
                pass
            elif not also or not _is_right_there(candidate, one, way, question, exact):
                hits.append((away, candidate))
            shaped = isinstance(found, np.ndarray) and np.shape(value) == found.shape
            if shaped and found.ndim and same_shape is None and not also and candidate.at is one:
                same_shape = candidate
        if hits and not _likely_by_chance(tried, right, exact):
            return _nearest(hits, steps, one)
    return same_shape if wrong.state == "wrong_shape" else None


def _distance_of(
    one: Step,
    answer: Any,
    found: Any,
    given: Any,
    value: Any,
    exact: Tolerance,
    rewired: bool,
) -> float | None:
    """How far an answer is from what a slip gives; a figure shows it, or does not."""
    if not hasattr(answer, "panels"):
        return distance(found, value, exact)
    with suppress(Exception):
        # A line that is there once is no sign of two variants that are drawn alike.
        return 0.0 if not rewired and one.form.same(answer, given, exact) else None
    return None


def _same_step(one: Step, value: Any, right: Any, exact: Tolerance) -> bool:
    """Whether two values of a step are the same."""
    if isinstance(value, dict):
        with suppress(Exception):
            return one.form.alike(value, right, exact)
    return alike(plain(value), plain(right), exact)


def _is_right_there(
    candidate: Candidate, one: Step, way: Way, question: Question, exact: Tolerance
) -> bool:
    """Whether what a slip gives in another variant is what is right there: none was made."""
    there = question._replace(letter=candidate.other)
    return _same_step(one, candidate.value, _or_error(there.right, way, one), exact)


def _nearest(hits: list[tuple[float, Candidate]], steps: Steps, one: Step) -> Candidate:
    """Choose among what is as near as the nearest: first what is nearest in the chain of steps.

    What is done there is true whatever it came from. Of several slips at one earlier step, which
    cannot be told apart, only the step is named; of slips on two ways, nothing is.
    """
    least = min(away for away, _ in hits) + NO_DISTANCE
    near = [candidate for away, candidate in hits if away <= least]
    near = [candidate for candidate in near if candidate.slip.kind != "rewire"] or near
    above = {earlier.name for candidate in near for earlier in steps.above(candidate.at)}
    near = [candidate for candidate in near if candidate.at.name not in above]
    first = near[0]
    names = {other.slip.name for other in near if other.at is first.at}
    several = len({other.at.name for other in near}) > 1
    if first.slip.kind != "rewire" and (several or (len(names) > 1 and first.at is not one)):
        first = first._replace(at=one) if several else first
        return first._replace(slip=replace(first.slip, name="", what=""))
    return first


def _rounds(wrong: Wrong, ways: list[Way]) -> Iterator[tuple[Way, bool, str]]:
    """Ways, whether of another variant, and of which kinds; the likelier and faster ones first."""
    for way in ways:
        yield from ((way, False, "quick"), (way, True, "quick"))
    if wrong.state != "wrong_shape":
        yield ways[-1], False, "slow"


def _of_round(
    steps: Steps, one: Step, way: Way, question: Question, also: bool, kinds: str, found: Any
) -> Iterator[Candidate]:
    if not also:
        yield from candidates(steps, one, way, question, found, kinds)
    elif question.letter:
        for other in one.variants.others(question.letter):
            elsewhere = question._replace(letter=other)
            for candidate in candidates(steps, one, way, elsewhere, found, kinds):
                if candidate.slip.kind != "rewire" and not candidate.other:
                    yield candidate._replace(other=other, also=True)


def _or_error(do: Callable, *given: Any) -> Any:
    try:
        return do(*given)
    except Exception as error:
        return error


def _fits(value: Any, right: Any, one: Step, way: Way, question: Question) -> Candidate | None:
    """Find a mistake that is told from the answer and what is right."""
    for made in one.slips:
        if made.kind == "fit" and made.does is not None:
            with suppress(Exception):
                if way.call(made.does, question.letter, question.each, value=value, right=right):
                    return Candidate(one, made, None)
    return None


def plain(value: Any) -> Any:
    """Return numbers as a float array, a Series or table by its numbers; other values as is."""
    if hasattr(value, "to_numpy"):
        value = value.to_numpy()
    if isinstance(value, (str, Exception)):
        return value
    try:
        return np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        return value


def distance(value: Any, candidate: Any, exact: Tolerance) -> float | None:
    """How far an answer is from what a slip gives; None if it is not the same."""
    if not isinstance(value, np.ndarray) or not isinstance(candidate, np.ndarray):
        return 0.0 if type(value) is type(candidate) and _equal(value, candidate) else None
    if value.size > MOST_COMPARED or not exact.same(value, candidate):
        return None
    if not value.size:
        return 0.0
    return float(np.nanmax(np.abs(np.nan_to_num(value) - np.nan_to_num(candidate))))


def alike(one: Any, other: Any, exact: Tolerance) -> bool:
    """Whether two plain values are the same."""
    return distance(one, other, exact) is not None


def _equal(value: Any, candidate: Any) -> bool:
    if isinstance(value, dict):
        return value.keys() == candidate.keys() and all(
            alike(plain(mine), plain(theirs), Tolerance(1e-9, 1e-12))
            for key in value
            for mine, theirs in zip(value[key], candidate[key])
        )
    if isinstance(value, str):
        return value.strip().casefold() == candidate.strip().casefold()
    return isinstance(value, (frozenset, set)) and value == candidate


def _likely_by_chance(tried: list[Any], right: Any, exact: Tolerance) -> bool:
    """Whether a single number may well be as near to what some slip gives by chance."""
    numbers = [float(value) for value in [*tried, right] if np.ndim(value) == 0 and _real(value)]
    if np.ndim(right) or not _real(right) or float(right).is_integer():
        return False
    width = 2 * (exact.atol + exact.rtol * abs(float(right)))
    low, high = np.percentile(numbers, [5, 95])
    return bool(high <= low or len(numbers) * width / (high - low) >= CHANCE)


def is_measured(value: Any) -> bool:
    """Whether a value is a single number, and neither counted nor an id."""
    return np.ndim(value) == 0 and _real(value) and not float(value).is_integer()


def _real(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        value = value[()] if value.ndim == 0 else None
    return isinstance(value, (int, float, np.number)) and bool(np.isfinite(value))


def name_figure(wrong: Wrong, steps: Steps, one: Step, truth: Way) -> None:
    """Put hints into what was raised of a figure, as `name_slip` does.

    If the mistake is not known by name, what was drawn is compared with what slips give in the
    answer whose step ``wrong.about["of"]`` names.
    """
    with suppress(Exception):
        if not wrong.mistakes and wrong.value is not None and "of" in wrong.about:
            with silence():
                found = _drawn(wrong, steps, steps.steps[wrong.about["of"]], truth)
            if found:
                of, letter, hit = found
                wrong.about["letter"] = letter
                return speak_of_line(wrong, one, of, hit.at, hit.slip, hit.other)
        if not wrong.mistakes and wrong.likely:
            wrong.mistakes = (wrong.likely,)
        speak_by_name(wrong, one)
    return None


def _drawn(wrong: Wrong, steps: Steps, of: Step, truth: Way) -> tuple | None:
    value = plain(wrong.value)

    def is_drawn(values: Any) -> bool:
        return any(alike(value, line, wrong.tolerance) for line in _as_drawn(values, len(value)))

    asked = [Question(letter) for letter in of.variants.letters]
    if any(is_drawn(plain(question.right(truth, of))) for question in asked):
        return None
    for kinds, question in itertools.product(("quick", "slow"), asked):
        for candidate in candidates(steps, of, truth, question, kinds=kinds):
            if is_drawn(plain(candidate.value)):
                return of, question.letter, candidate
    for question in asked:
        for right in _as_drawn(plain(question.right(truth, of)), len(value)):
            if hit := _fits(value, right, of, truth, question):
                return of, question.letter, hit
    return None


def _as_drawn(values: Any, length: int) -> list[np.ndarray]:
    """What a line of so many points may show of an array: its beginning, or every nth."""
    if not isinstance(values, np.ndarray) or values.ndim != 1 or len(values) < length:
        return []
    return [values[:length], values[:: -(-len(values) // length)]]
