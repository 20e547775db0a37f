"""Run the test cases of one question and say what came of them.

The cases stand in a plain otter test file. The same code runs them in the
student's notebook (public cases, live variables) and in the grader (all cases,
copies of the variables).
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from types import FunctionType
from typing import Any

import numpy as np
from otter.test_files.exception_test import ExceptionTestFile

from .checks import NotAttempted

CASE_BROKE = "The check could not read this value ({error}). Look at its type and shape."

#: A larger result of a student's function is not kept, bytes.
MOST_REMEMBERED = 1024**2


class CannotCheck(BaseException):
    """The student's function cannot be called any more: its kernel is gone, or it hangs.

    Not an Exception, so that no check takes it for an error of the student's function.
    """


@dataclass(frozen=True)
class CaseResult:
    """What one test case found: ``status`` is passed, failed or not_attempted."""

    name: str
    points: float
    hidden: bool
    status: str
    message: str | None = None


@dataclass(frozen=True)
class QuestionResult:
    """The cases of one question, and the score that follows from them.

    Attributes
    ----------
    name : str
        Question name, such as ``"q3"``.
    cases : tuple of CaseResult
        In the order of the test file.
    trouble : str, optional
        What kept the question from being checked as it should: an error in
        its cells, or a kernel that had died.
    """

    name: str
    cases: tuple[CaseResult, ...]
    trouble: str | None = None

    @property
    def score(self) -> float:
        """Points earned."""
        return round(sum(case.points for case in self.cases if case.status == "passed"), 6)

    @property
    def max_score(self) -> float:
        """Points that can be earned."""
        return round(sum(case.points for case in self.cases), 6)

    @property
    def status(self) -> str:
        """One of correct, partial, incorrect, not_attempted and error."""
        missed = [case for case in self.cases if case.status != "passed"]
        if not missed:
            return "correct"
        if self.score > 0:
            return "partial"
        if self.trouble:
            return "error"
        if all(case.status == "not_attempted" for case in missed):
            return "not_attempted"
        return "incorrect"

    @property
    def hints(self) -> list[str]:
        """What to look at next, each sentence once, the most basic first."""
        messages = [self.trouble] if self.trouble and self.status != "correct" else []
        if self.status == "not_attempted":
            return messages
        messages += [case.message for case in self.cases if case.status != "passed"]
        return list(dict.fromkeys(message for message in messages if message))

    def as_row(self) -> dict[str, Any]:
        """The question's entry in ``results.jsonl``."""
        return {
            "score": self.score,
            "max_score": self.max_score,
            "status": self.status,
            "hints": self.hints,
        }


def read_test_file(source: str, path: str = "<string>") -> ExceptionTestFile:
    """Compile an otter test file.

    Parameters
    ----------
    source : str
        Text of the file: otter's exception format (``OK_FORMAT = False``).
    path : str
        Name shown in tracebacks.
    """
    return ExceptionTestFile.from_string(source, path)


def run_cases(
    test_file: ExceptionTestFile, variables: Mapping[str, Any], trouble: str | None = None
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
    """
    variables = {name: _remembering(value) for name, value in variables.items()}
    results = []
    try:
        for case in test_file.test_cases:
            results.append(_run_case(case, variables))
    except CannotCheck as reason:
        trouble = trouble or str(reason)
        results += [_failed(case) for case in test_file.test_cases[len(results) :]]
    return QuestionResult(test_file.name, tuple(results), trouble)


def _remembering(value: Any) -> Any:
    """Return a function that knows what it returned before; any other value as it is.

    In the grader, a call goes to the student's kernel and back. Arrays only are kept, as
    copies: the function may fill the same array again.
    """
    if not isinstance(value, FunctionType):
        return value
    known: dict[tuple, np.ndarray] = {}

    @wraps(value)
    def remembering(*arguments: Any, **named: Any) -> Any:
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

    return remembering


def _failed(case) -> CaseResult:
    return CaseResult(case.name, float(case.points), bool(case.hidden), "failed")


def _run_case(case, variables: Mapping[str, Any]) -> CaseResult:
    status, message = "passed", None
    try:
        case.body.call_func(variables)
    except NotAttempted as blank:
        status, message = "not_attempted", str(blank)
    except AssertionError as wrong:
        status, message = "failed", str(wrong) or case.failure_message
    except Exception as error:
        status = "failed"
        message = CASE_BROKE.format(error=f"{type(error).__name__}: {error}"[:300])
    return CaseResult(case.name, float(case.points), bool(case.hidden), status, message)


def unchecked(test_file: ExceptionTestFile, trouble: str) -> QuestionResult:
    """Make the result of a question whose variables could not be had."""
    return QuestionResult(test_file.name, tuple(map(_failed, test_file.test_cases)), trouble)


def case_variables(test_file: ExceptionTestFile) -> set[str]:
    """Names of the variables that the cases of a test file take."""
    return {name for case in test_file.test_cases for name in case.body._get_func_params()}


def public_part(source: str) -> str:
    """Take the hidden cases out of a test file, and say how many points they carried.

    Parameters
    ----------
    source : str
        Text of the whole test file.

    Returns
    -------
    str
        The file without its hidden cases; where there were some, with a line
        ``hidden_points = …`` after the one that names the question.
    """
    lines = source.splitlines(keepends=True)
    body = ast.parse(source).body
    hidden = [statement for statement in body if _is_hidden_case(statement)]
    for case in reversed(hidden):
        start = case.decorator_list[0].lineno - 1
        while start and not lines[start - 1].strip():
            start -= 1
        del lines[start : case.end_lineno]
    if hidden:
        points = sum(case.points for case in read_test_file(source).test_cases if case.hidden)
        [named] = [i for i, line in enumerate(lines) if line.startswith("name =")]
        lines.insert(named + 1, f"hidden_points = {points:g}\n")
    return "".join(lines)


def _is_hidden_case(statement: ast.stmt) -> bool:
    return any(
        keyword.arg == "hidden" and ast.literal_eval(keyword.value)
        for decorator in getattr(statement, "decorator_list", [])
        if isinstance(decorator, ast.Call)
        for keyword in decorator.keywords
    )


def find_test_file(folder: str | Path, question: str) -> Path:
    """Find the test file of a question: ``q3.py`` or ``q3_<anything>.py``.

    Raises
    ------
    FileNotFoundError
        If the folder holds none.
    """
    folder = Path(folder)
    for path in sorted(folder.glob(f"{question}.py")) + sorted(folder.glob(f"{question}_*.py")):
        return path
    known = [path.stem.split("_")[0] for path in sorted(folder.glob("q*.py"))]
    raise FileNotFoundError(
        f"There is no test file for {question!r} in {folder.resolve()}. "
        + (
            f"It has those of {', '.join(known)}."
            if known
            else "Keep the notebook beside its tests folder, as it was handed out."
        )
    )


def question_key(name: str) -> tuple[int, str]:
    """Sort key that puts q2 before q10."""
    digits = "".join(character for character in name if character.isdigit())
    return int(digits or 0), name


def read_tests(folder: Path) -> dict[str, str]:
    """Read the test files of an assignment's ``tests`` folder, by file name."""
    paths = sorted(folder.glob("q*.py"), key=lambda path: question_key(path.stem.split("_")[0]))
    return {path.name: path.read_text(encoding="utf-8") for path in paths}
