"""Run the test cases of one question and say what came of them.

The cases stand in a plain otter test file. The same code runs them in the
student's notebook (public cases, live variables) and in the grader (all cases,
copies of the variables).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any

import numpy as np
from otter.test_files.exception_test import ExceptionTestFile

from .checks.mistakes import NONE, Mistakes, stem, using
from .checks.wrong import NotAttempted, Wrong
from .errors import known_error
from .summary import fingerprint, summary

CASE_BROKE = "The check could not read this value ({error}). Look at its type and shape."

#: A larger result of a student's function is not kept, bytes.
MOST_REMEMBERED = 1024**2


class CannotCheck(BaseException):
    """The student's function cannot be called any more: its kernel is gone, or it hangs.

    Not an Exception, so that no check takes it for an error of the student's function.
    """


#: What to say of answers that are not there, one sentence for all of them.
NO_VALUE = {
    "missing": "{answers} not exist: run the cells that should make {them}. If you did, a cell "
    "stopped with an error before that, or a name is spelled differently.",
    "not_attempted": "{answers} no value yet: still `...`, or nothing is in {them}.",
}
#: What may be the matter besides, where there is None in an answer's place.
NO_RETURN = (
    "If all blanks are filled in: a function gives back only what stands behind its `return`, not "
    "what it prints or works out."
)


@dataclass(frozen=True)
class CaseResult:
    """What one test case found.

    Attributes
    ----------
    name : str
        What the case checks.
    points : float
        What it is worth.
    hidden : bool
        Whether only the grader has it.
    status : str
        passed, failed or not_attempted.
    message : str, optional
        The first hint.
    answer : str, optional
        The variable that is not right.
    state : str
        One of `checks.wrong.STATES`; of what could not be checked, ``"unchecked"``.
    mistakes : tuple of str
        Names of the mistakes that the answer shows; empty if none is recognised.
    direct : str
        A second, more direct hint; empty if there is none.
    found : str, optional
        The wrong answer in a few words; ``"None"`` where a function may have returned nothing.
    fingerprint : str, optional
        The same for wrong answers of the same value.
    value : optional
        The wrong answer in plain form.
    """

    name: str
    points: float
    hidden: bool
    status: str
    message: str | None = None
    answer: str | None = None
    state: str = "unchecked"
    mistakes: tuple[str, ...] = ()
    direct: str = ""
    found: str | None = None
    fingerprint: str | None = None
    value: Any = field(default=None, repr=False, compare=False)

    def as_row(self) -> dict[str, Any]:
        """The wrong answer's entry in ``results.jsonl``."""
        return {
            "case": self.name,
            "hidden": self.hidden,
            "points": self.points,
            "answer": self.answer,
            "state": self.state,
            "mistakes": list(self.mistakes),
            "message": self.message,
            "value": self.found,
            "fingerprint": self.fingerprint,
        }


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
        return self.hints_after({})

    @property
    def kinds(self) -> list[str]:
        """Kinds of mistakes in it: the same for the same mistake in another session's answer."""
        return list(dict.fromkeys(_kind(case) for case in self.cases if case.status == "failed"))

    def hints_after(self, told: Mapping[str, int]) -> list[str]:
        """Hints for a student who fails again: more direct ones, where there are such.

        Parameters
        ----------
        told : mapping of str to int
            How often each kind of mistake was told before.
        """
        hints: dict[str, str | None] = {}
        if self.trouble and self.status != "correct":
            hints["trouble"] = self.trouble
        alike: dict[str, list[str | None]] = {}
        for case in self.cases:
            if case.state in NO_VALUE and (case.state == "missing" or self._attempted):
                hints[case.state] = _no_value(case, self.cases)
            elif case.status == "failed":
                kind = _kind(case)
                direct = case.direct if told.get(kind) else None
                hints.setdefault(kind, direct or case.message)
                alike.setdefault(kind, []).append(case.answer)
        return [_with_others(hint, alike.get(kind, [])) for kind, hint in hints.items() if hint]

    @property
    def has_values(self) -> bool:
        """Whether there is an answer, right or wrong, wherever one is asked for."""
        return all(case.state not in NO_VALUE for case in self.cases)

    @property
    def _attempted(self) -> bool:
        return self.status != "not_attempted"

    def as_row(self) -> dict[str, Any]:
        """The question's entry in ``results.jsonl``."""
        return {
            "score": self.score,
            "max_score": self.max_score,
            "status": self.status,
            "hints": self.hints,
            "wrong": [case.as_row() for case in self.cases if case.status != "passed"],
        }


def _kind(case: CaseResult) -> str:
    """Key that is the same for the same mistake in the same answer of several sessions."""
    said = re.sub(r"(?<=_)[abc]\b|(?<=session )[ABC]\b", "", case.message or "")
    return "|".join([stem(case.answer or ""), case.state, *(case.mistakes or [said])])


def _with_others(hint: str, answers: list[str | None]) -> str:
    """Add the other answers that show the same as the first."""
    others = [f"`{answer}`" for answer in dict.fromkeys(answers) if answer != answers[0]]
    return f"{hint} The same goes for {_listed(others)}." if others else hint


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1])] * (len(names) > 1) + names[-1:])


def _no_value(case: CaseResult, cases: tuple[CaseResult, ...]) -> str | None:
    """Name all answers that are missing, or blank, in one sentence."""
    if case.answer is None:
        return case.message
    alike = [other for other in cases if other.state == case.state and other.answer]
    names = list(dict.fromkeys(f"`{other.answer}`" for other in alike))
    several = len(names) > 1
    verb = {"missing": ("does", "do"), "not_attempted": ("has", "have")}[case.state][several]
    sentence = NO_VALUE[case.state].format(
        answers=f"{_listed(names)} {verb}", them="them" if several else "it"
    )
    return f"{sentence} {NO_RETURN}" if any(other.found for other in alike) else sentence


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
        results += [_failed(case) for case in test_file.test_cases[len(results) :]]
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


def _failed(case) -> CaseResult:
    return CaseResult(case.name, float(case.points), bool(case.hidden), "failed")


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
        return CaseResult(*about, "failed", str(wrong), *found, *value)
    except AssertionError as wrong:
        message = str(wrong) or case.failure_message
        return CaseResult(*about, "failed", message, state="wrong_value")
    except Exception as error:
        message = CASE_BROKE.format(error=f"{type(error).__name__}: {error}"[:300])
        return CaseResult(*about, "failed", message, state="wrong_type")
    return CaseResult(*about, "passed", state="right")


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
    """Read the files of an assignment's ``tests`` or ``mistakes`` folder, by file name."""
    paths = sorted(folder.glob("q*.py"), key=lambda path: question_key(path.stem.split("_")[0]))
    return {path.name: path.read_text(encoding="utf-8") for path in paths}
