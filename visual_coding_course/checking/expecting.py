"""Cases that are derived from an assignment's steps, and how an answer is judged by them."""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from types import ModuleType
from typing import Any

from .asking import AS_IT_IS, Asked, Question, each_of, given_to, makes_function, questions
from .calling import calls
from .forms import Form
from .naming import name_figure, name_slip
from .own import Own, same
from .steps import Step, Steps
from .way import Way
from .ways import by_any_route
from .wrong import Broken, NotAttempted, Wrong

NOT_WORKED_OUT = (
    "This could not be checked, by no fault of your answer: tell your instructor, and go on."
)
#: Name of what is right but for the answers before it.
FOLLOWS = "follows from an earlier answer"


@lru_cache(maxsize=8)
def steps_of(module: ModuleType) -> Steps:
    """The steps that a module defines; made once."""
    return Steps(module)


def expect(
    module: ModuleType,
    *answers: str,
    points: float,
    name: str | None = None,
    hidden: bool = False,
    **asked: Any,
) -> Any:
    """Make a case that expects answers to be what the steps make.

    Parameters
    ----------
    module : module
        The assignment's module ``steps``.
    *answers : str
        The student's variables, with their variants' endings.
    points : float
        What the case is worth.
    name : str, optional
        What it checks, in a few words; the answer by default.
    hidden : bool
        Whether only graders have it; it compares with the solution notebook's own values.
    **asked
        As of `Asked`.

    Returns
    -------
    otter.test_files.test_case
        To be given a name in a test file.

    Raises
    ------
    LookupError
        If no step has one of the answers.
    """
    from otter.test_files import test_case

    steps, what = steps_of(module), Asked(**asked)
    found = [steps.find(answer) for answer in answers]
    names = {answer: steps.earlier(*one) for answer, one in zip(answers, found)}
    given = {answer: given_to(steps, one, what) for answer, (one, _) in zip(answers, found)}

    def case(**taken: Any) -> None:
        for answer in answers:
            variables = {name: taken[name] for name in given[answer]}
            own = {name: taken[name] for name in names[answer]}
            judge_answer(steps, answer, taken[answer], variables, own, taken.get("expected"), what)

    takes = [*answers, *itertools.chain(*names.values(), *given.values()), *["expected"] * hidden]
    kind = inspect.Parameter.KEYWORD_ONLY
    case.__signature__ = inspect.Signature(
        [inspect.Parameter(one, kind) for one in dict.fromkeys(takes)]
    )
    case.__name__ = f"expect_{'_and_'.join(answers)}"
    if listed := _listed(steps, [one for one, _ in found], what):
        case = calls(**listed)(case)
    title = name or f"`{answers[0]}`"
    return test_case(name=title, points=points, hidden=hidden)(case)


def _listed(steps: Steps, judged: list[Step], asked: Asked) -> dict[str, Callable]:
    """By the student's function, what lists the calls of it that judging answers may make."""
    listed = {}
    for one in [*judged, *(other for each in judged for other in steps.above(each))]:
        if makes_function(one) and one in judged:
            listed[one.answer] = one.form.calls
        elif one.called and one.answer not in listed:
            given = sorted({name for each in judged for name in given_to(steps, each, asked)})
            listed[one.answer] = _calls_of(steps, one, given, asked, one in judged)
    return listed


def _calls_of(
    steps: Steps, one: Step, given: list[str], asked: Asked, is_judged: bool
) -> Callable[..., list[tuple]]:
    def list_calls(**taken: Any) -> list[tuple]:
        truth = steps.truth(taken)
        each = asked.own_each or asked.each or (None if is_judged else one.form.each)
        many = each_of(truth, Asked(each=each))
        letters = asked.letters if is_judged and asked.letters else one.variants.letters
        return [truth.arguments(one, letter, each) for letter in letters for each in many]

    kind = inspect.Parameter.KEYWORD_ONLY
    list_calls.__signature__ = inspect.Signature([inspect.Parameter(x, kind) for x in given])
    return list_calls


def judge_answer(
    steps: Steps,
    answer: str,
    value: Any,
    given: Mapping[str, Any],
    own: Mapping[str, Any],
    expected: Any = None,
    asked: Asked = AS_IT_IS,
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
    asked : Asked, optional
        What is asked of it.

    Raises
    ------
    Wrong, NotAttempted
        If it is not right, neither by the truth nor by the student's own earlier answers.
    """
    one, letter = steps.find(answer)
    truth = steps.truth(given)
    others = Own(steps, truth, one, own)
    _need_given(steps, one, truth)
    if answer in asked.by:
        try:
            asked.by[answer](value, [lambda: truth, others])
        except Wrong as wrong:
            wrong.question = wrong.question or Question(letter)
            if _follows(wrong, others, lambda way: asked.by[answer](value, [lambda: way, []])):
                pass
            elif type(one.form) is Form:
                name_figure(wrong, steps, one, truth)
            else:
                name_slip(wrong, steps, one, [truth])
            raise wrong from None
        return
    try:
        found = one.form.read(answer, value)
    except Wrong as wrong:
        wrong.question = Question(letter)
        with suppress(Exception):
            name_slip(wrong, steps, one, [truth])
        raise wrong from None
    first = truth if expected is None else steps.solved(given, expected)

    def judge(way: Way) -> None:
        fewer = asked if way is first or not asked.own_each else asked._replace(each=asked.own_each)
        for question in questions(steps, one, letter, given, fewer):
            _judge_one(one, answer, found, question, way, expected if way is first else None, asked)

    try:
        by_any_route([lambda: first, others], judge)
    except NotAttempted:
        raise
    except Wrong as wrong:
        with suppress(Exception):
            # An error in what slips give is no fault of the answer's.
            _explain(wrong, steps, one, truth, others, judge)
        raise wrong from None


def _need_given(steps: Steps, one: Step, truth: Way) -> None:
    """Let a step say that the given variables that it takes are not what they were.

    Raises
    ------
    AssertionError
        Whatever the step raises, with its sentence.
    """
    for first in [one, *steps.above(one)]:
        if not first.variants.letters and not any(name in steps.steps for name in first.takes):
            try:
                truth.value(first)
            except AssertionError:
                raise
            except Exception:
                continue


def _explain(
    wrong: Wrong, steps: Steps, one: Step, truth: Way, others: Own, judge: Callable[[Way], None]
) -> None:
    """Say of a wrong answer that it follows from others, or which slip it shows."""
    if _follows(wrong, others, judge):
        return
    # What the student's own answers exclude is not blamed, where something else gives the answer.
    name_slip(wrong, steps, one, [*([others.readable] if others.readable.own else []), truth])


def _follows(wrong: Wrong, others: Own, judge: Callable[[Way], None]) -> bool:
    """Whether a wrong answer follows from others that are not right, and then say so."""
    if wrong.mistakes:
        return False
    try:
        *rest, last = others.all_that_is_not_right.own
        judge(others.all_that_is_not_right)
    except Exception:
        return False
    names = f"`{last}`" if not rest else f"{', '.join(f'`{x}`' for x in rest)} and `{last}`"
    verb = "are" if rest else "is"
    wrong.mistakes = (FOLLOWS,)
    wrong.args = (
        f"`{wrong.answer}` follows from your {names}, which {verb} not right yet: mend that first.",
    )
    return True


def _judge_one(
    one: Step,
    answer: str,
    found: Any,
    question: Question,
    way: Way,
    expected: Any,
    asked: Asked,
) -> None:
    """Judge what an answer has for one question; raises `Wrong`."""
    form = one.form
    try:
        if question.arguments is not None:
            form, arguments = form.result, question.arguments
            if one.called:
                arguments = way.arguments(one, question.letter, question.each)
            found = _returned(one, answer, found, arguments, asked.form_only)
        elif question.each is not None:
            found = form.of_each(answer, found, question.each, way)
        if asked.form_only:
            form.need_shape(_shown(one, answer), found, _right(way, one, question), one.exact)
            return
        others = question.others(way, one)
        if expected is not None and answer in way.own:
            right = way.own[answer]
            if question.each is not None:
                right = form.of_each(answer, right, question.each, way)
            if others:  # the solution may have one of these
                others.append(way.call(one.function, question.letter, question.each))
        else:
            right = _right(way, one, question)
        _compare(one, form, answer, found, [right, *others])
    except Wrong as wrong:
        wrong.question, wrong.answer = question, answer
        raise


def _shown(one: Step, answer: str) -> str:
    """How an answer is called in sentences: a function by what it returns."""
    return f"{answer}(...)" if hasattr(one.form, "result") else answer


def _compare(one: Step, form: Any, answer: str, found: Any, rights: list) -> None:
    first, *others = (form.fitted(found, right) for right in rights)
    if any(same(form, *other, one.exact) for other in others):
        return
    form.judge(_shown(one, answer), *first, one.exact)


def _right(way: Way, one: Step, question: Question) -> Any:
    """What is right; that it cannot be worked out is no fault of the answer's.

    Raises
    ------
    Broken
        If a step fails on the way of the truth.
    LookupError
        If a student's own answers lead to nothing.
    """
    try:
        return question.right(way, one)
    except (Broken, OSError, MemoryError, AssertionError):
        raise
    except Exception as error:
        if way.own:
            raise
        raise Broken(NOT_WORKED_OUT) from error


def _returned(one: Step, answer: str, function: Callable, arguments: tuple, strictly: bool) -> Any:
    try:
        result = function(*arguments)
    except Broken:
        raise
    except Exception as error:
        raise one.form.stopped(answer, error, arguments) from None
    try:
        form = one.form.result
        return (form.read_strictly if strictly else form.read)(f"{answer}(...)", result)
    except NotAttempted as blank:
        # As of a blank that nobody filled in, so of a function without `return`; both are told.
        raise NotAttempted(str(blank), answer, returned=result is None) from None
