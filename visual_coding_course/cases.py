"""Run the test cases of one question and say what came of them.

The cases stand in a plain otter test file. The same code runs them in the
student's notebook (public cases, live variables) and in the grader (all cases,
copies of the variables).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any

import numpy as np

from .checks.mistakes import NONE, Mistakes, using
from .checks.wrong import NotAttempted, Wrong
from .errors import known_error
from .results import CaseResult, QuestionResult, failed
from .summary import fingerprint, summary

if TYPE_CHECKING:
    from otter.test_files.exception_test import ExceptionTestFile

CASE_BROKE = "The check could not read this value ({error}). Look at its type and shape."

#: A larger result of a student's function is not kept, bytes.
MOST_REMEMBERED = 1024**2


class CannotCheck(BaseException):
    """The student's function cannot be called any more: its kernel is gone, or it hangs.

    Not an Exception, so that no check takes it for an error of the student's function.
    """


def run_cases(
    test_file: ExceptionTestFile,
    variables: Mapping[str, Any],
    trouble: str | None = None,
    mistakes: Mistakes = NONE,
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
    mistakes : Mistakes, optional
        Those to recognise in wrong answers.
    """
    variables = {name: remembering(value) for name, value in variables.items()}
    results = []
    try:
        with using(mistakes):
            for case in test_file.test_cases:
                results.append(_run_case(case, variables, trouble))
    except CannotCheck as reason:
        trouble = trouble or str(reason)
        results += [failed(case) for case in test_file.test_cases[len(results) :]]
    return QuestionResult(test_file.name, tuple(results), trouble)


def remembering(value: Any) -> Any:
    """Return a function that knows what it returned before; any other value as it is.

    In the grader, a call goes to the student's kernel and back. Arrays only are kept, as
    copies: the function may fill the same array again.
    """
    if not callable(value) or isinstance(value, type):
        return value
    known: dict[tuple, np.ndarray] = {}

    @wraps(value)
    def known_or_called(*arguments: Any, **named: Any) -> Any:
        key = (arguments, tuple(named.items()))
        try:
            if key in known:
                return known[key].copy()
        except TypeError:  # not hashable
            return value(*arguments, **named)
        result = value(*arguments, **named)
        if type(result) is np.ndarray and result.nbytes <= MOST_REMEMBERED:
            known[key] = result.copy()
        return result

    return known_or_called


def _run_case(case, variables: Mapping[str, Any], trouble: str | None) -> CaseResult:
    about = (case.name, float(case.points), bool(case.hidden))
    try:
        case.body.call_func(variables)
    except NotAttempted as blank:
        missing = blank.answer is not None and blank.answer not in variables
        state = "missing" if missing else "not_attempted"
        stopped = known_error(trouble) if missing else None
        names = (stopped.mistake,) if stopped else ()
        found = "None" if blank.returned and not missing else None
        return CaseResult(
            *about, "not_attempted", str(blank), blank.answer, state, names, found=found
        )
    except Wrong as wrong:
        found = (wrong.answer, wrong.state, wrong.mistakes, wrong.direct)
        value = (summary(wrong.value), fingerprint(wrong.value), wrong.value)
        return CaseResult(*about, "failed", str(wrong), *found, *value, wrong.about)
    except AssertionError as wrong:
        message = str(wrong) or case.failure_message
        return CaseResult(*about, "failed", message, state="wrong_value")
    except Exception as error:
        message = CASE_BROKE.format(error=f"{type(error).__name__}: {error}"[:300])
        return CaseResult(*about, "failed", message, state="wrong_type")
    return CaseResult(*about, "passed", state="right")
