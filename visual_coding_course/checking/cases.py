"""Run the test cases of one question and say what came of them.

The cases stand in a plain otter test file. The same code runs them in the
student's notebook (public cases, live variables) and in the grader (all cases,
copies of the variables).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from .about import NOTHING, About, KnownError
from .calling import make_calls, remembering, stopped
from .errors import known_error
from .figures import reading_once
from .modules import place_of
from .results import CaseResult, QuestionResult, failed
from .summary import fingerprint, summary
from .test_files import case_takes
from .wrong import STOPS, Broken, CannotTell, NotAttempted, Wrong

if TYPE_CHECKING:
    from otter.test_files.abstract_test import TestCase
    from otter.test_files.exception_test import ExceptionTestFile

__all__ = ["CannotCheck", "remembering", "run_cases"]

CASE_BROKE = (
    "The check could not be carried out on this value ({error}): look at its type and shape."
)
MOST_TROUBLE = 500  # characters
#: Name of the mistake where there is None in an answer's place.
NO_RESULT = "nothing returned"
#: The same of a name that no cell gives, though none stopped with an error.
NO_NAME = "a name that does not exist"
#: The same of a figure on whose axes there is nothing.
NO_DRAWING = "nothing drawn"


class CannotCheck(BaseException):
    """The student's function cannot be called any more: its kernel is gone, or it hangs.

    Not an Exception, so that no check takes it for an error of the student's function.
    """


def run_cases(
    test_file: ExceptionTestFile,
    variables: Mapping[str, Any],
    trouble: str | None = None,
    about: About = NOTHING,
    *,
    calls_first: bool = False,
) -> QuestionResult:
    """Run all cases of a test file on the variables that they name.

    Parameters
    ----------
    test_file : ExceptionTestFile
        From `read_test_file`.
    variables : mapping
        Variables by name; a missing one reaches a case as ``None``. A function is
        called once for the same arguments, whichever cases ask for it.
    trouble : str, optional
        Passed on to the result.
    about : About, optional
        What the assignment declares about its answers.
    calls_first : bool
        Whether all calls that cases declare (`checks.calls`) are made before any is judged, and
        no others: so that a function cannot learn from them how it was judged.
    """
    variables = {name: remembering(value) for name, value in variables.items()}
    results: list[CaseResult] = []
    closed = []
    try:
        if calls_first:
            closed = make_calls(test_file.test_cases, variables)
        with reading_once():
            for case in test_file.test_cases:
                results.append(_run_case(test_file.name, case, variables, trouble, about))
    except CannotCheck as reason:
        trouble = trouble or str(reason)
        results += [failed(case) for case in test_file.test_cases[len(results) :]]
    except Exception as error:  # what the calls are could not be worked out
        results = [_broken(test_file.name, case, error) for case in test_file.test_cases]
    finally:
        for function in closed:
            function.closed = False
    results = [_of_a_kind(result, about) for result in _without_lone_names(results, about)]
    return QuestionResult(test_file.name, tuple(results), trouble)


def _without_lone_names(results: list[CaseResult], about: About) -> list[CaseResult]:
    """Take a mistake's name off a number that shows it alone, where other variants' are wrong, too.

    One slip is made in all of them alike, and a single number may be what it gives by chance.
    """
    alike: dict[str, dict[str, tuple[str, ...]]] = {}
    for result in results:
        if result.status == "failed" and result.answer:
            stem = about.variants.stem(result.answer)
            alike.setdefault(stem, {}).setdefault(result.answer, result.mistakes)

    def stands_alone(result: CaseResult) -> bool:
        of_each = list(alike[about.variants.stem(result.answer)].values())
        return len(of_each) > 1 and of_each.count(result.mistakes) == 1

    return [
        replace(result, mistakes=(), message=result.unnamed[0], direct=result.unnamed[1])
        if result.unnamed and stands_alone(result)
        else result
        for result in results
    ]


def _run_case(
    question: str,
    case: TestCase,
    variables: Mapping[str, Any],
    trouble: str | None,
    told: About,
) -> CaseResult:
    about = (case.name, float(case.points), bool(case.hidden))
    try:
        case.body.call_func(variables)
    except AssertionError as wrong:
        unread = _unread(case, variables)
        if unread:
            return _broken(question, case, Broken(unread))
        return _failed(
            about, case, wrong, variables, partial(known_error, more=told.errors), trouble
        )
    except CannotTell as unclear:
        return CaseResult(*about, "waiting", str(unclear), unclear.answer, "cannot_tell")
    except Exception as error:
        said = stopped(error)
        if said:
            return CaseResult(*about, "failed", said, state="wrong_value")
        return _broken(question, case, error)
    return CaseResult(*about, "passed", state="right")


def _failed(
    about: tuple[str, float, bool],
    case: TestCase,
    error: AssertionError,
    variables: Mapping[str, Any],
    known: Callable[[str | None], KnownError | None],
    trouble: str | None,
) -> CaseResult:
    if isinstance(error, NotAttempted):
        missing = error.answer is not None and error.answer not in variables
        state = "missing" if missing else "empty" if error.empty else "not_attempted"
        found = "None" if error.returned and not missing else None
        stopped = known(trouble) if missing else None
        names = (stopped.mistake,) if stopped else (NO_RESULT,) if found else ()
        if not trouble and (error.empty or missing):
            names = (NO_NAME,) if missing else (NO_DRAWING,)
        return CaseResult(
            *about, "not_attempted", str(error), error.answer, state, names, found=found
        )
    if isinstance(error, Wrong):
        said, names = str(error), error.mistakes
        stopped = known(said) if names == (STOPS,) else None
        if stopped:
            said, names = f"{said.rstrip('.')}. {stopped.hint}", (stopped.mistake,)
        value = (*_described(error.value), error.value)
        found = (error.answer, error.state, names, error.direct)
        return CaseResult(
            *about, "failed", said, *found, *value, error.about, unnamed=error.unnamed
        )
    message = str(error) or case.failure_message
    return CaseResult(*about, "failed", message, state="wrong_value")


def _of_a_kind(result: CaseResult, about: About) -> CaseResult:
    """Say what it has in common with the results of other variants' cases."""
    if result.status == "passed":
        return result
    variants = about.variants
    stem, said = variants.stem(result.answer or ""), variants.alike(result.message or "")
    return replace(result, stem=stem, said=said)


def _described(value: Any) -> tuple[str | None, str | None]:
    """A wrong answer in a few words, and its fingerprint; the result does not hang on them."""
    try:
        return summary(value), fingerprint(value)
    except Exception:
        return None, None


def _broken(question: str, case: TestCase, error: Exception) -> CaseResult:
    """Say of a case that it could not be carried out: the student in short, the instructor why."""
    cause = error.__cause__ if isinstance(error, Broken) and error.__cause__ else error
    why = f"{type(cause).__name__}: {cause}"
    message = str(error) if isinstance(error, Broken) else CASE_BROKE.format(error=why[:300])
    about = (case.name, float(case.points), bool(case.hidden))
    place = place_of(error)
    where = f" ({place[0]}, line {place[1]})" if place else ""
    trouble = f"{question} / {case.name}{where}: {why}"[:MOST_TROUBLE]
    return CaseResult(*about, "failed", message, state="broken", trouble=trouble)


def _unread(case: TestCase, variables: Mapping[str, Any]) -> str | None:
    """Say which value of a case could not be copied by a failure that may be the grader's."""
    for name in case_takes(case):
        reason = getattr(variables.get(name), "not_read", None)
        if isinstance(reason, str):
            return f"`{name}` could not be read ({reason})."
    return None
