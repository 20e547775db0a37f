"""What came of a question's test cases: states, points, and the hints that follow from them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from otter.test_files.abstract_test import TestCase
    from otter.test_files.exception_test import ExceptionTestFile

#: Of cases.
KEEPS_POINTS = ("passed", "waiting")
#: What to say of answers that are not there, one sentence for all of them.
NO_VALUE = {
    "missing": "{answers} not exist: run the cells that should make {them}. If you did, a cell "
    "stopped with an error before that, or a name is spelled differently.",
    "not_attempted": "{answers} no value yet: still `...`, or nothing is in {them}.",
    "empty": "{answers} nothing drawn on {their} axes. Draw with methods of these, such as "
    "`ax.plot` and `ax.imshow`: `plt.plot` and the like draw on the axes that were made last, and "
    "`plt.figure()` makes another figure.",
}
#: What is said of figures that are empty since their cell stopped with an error.
STOPPED_EMPTY = "{answers} nothing drawn on {their} axes yet: mend the error first."
#: What is said of a question that the grader could not grade.
NOT_GRADED = (
    "This question could not be graded, and that is not your doing. It will be graded again."
)
#: What is said of points that come from right answers before a question.
CARRIED_RIGHT = (
    "Your code is right from here on: graded with the right {}. What its cells show is what they "
    "gave with your own."
)
CARRIED = "{} of these come from grading your code with the right {}; what is said below, too."
MOST_NAMES = 4
#: What is the matter where there is None in an answer's place.
NO_RETURN = (
    "A function gives back only what stands behind its `return`, not what it prints or works out."
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
        passed, failed, not_attempted, or waiting: for a person, and with its points until then.
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
    about : dict
        What the wrong answer is about, as its check says.
    stem, said : str, optional
        Name of the answer, and the first hint, without what differs between variants.
    unnamed : tuple of (str, str), optional
        Of a measured number whose mistake has a name, both hints without it.
    trouble : str, optional
        Of a broken case, what kept it from being carried out, for the instructor alone:
        ``"q3 / the masks (q3_masks.py, line 12): OSError: …"``.
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
    about: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    trouble: str | None = None
    stem: str | None = None
    said: str | None = None
    unnamed: tuple[str, str] | None = field(default=None, repr=False, compare=False)

    def as_row(self) -> dict[str, Any]:
        """Its entry in ``results.jsonl``, if its answer is wrong, or a person has to look at it."""
        return {
            "case": self.name,
            "hidden": self.hidden,
            "points": self.points,
            "answer": self.answer,
            "stem": self.stem,
            "said": self.said,
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
    not_graded : str, optional
        Why the grader could not grade it, for the instructor: it has no score then.
    carried_forward : float
        Points of its score that it would not have without right answers before it.
    carried_with : tuple of str
        The names that were right then.
    fits : tuple of (str, object)
        For the instructor: another value of a parameter that its wrong answers are right for.
    before : QuestionResult, optional
        Of one that got points from right answers before it, what it was without them.
    """

    name: str
    cases: tuple[CaseResult, ...]
    trouble: str | None = None
    not_graded: str | None = None
    carried_forward: float = 0.0
    carried_with: tuple[str, ...] = ()
    fits: tuple[tuple[str, Any], ...] = ()
    before: QuestionResult | None = field(default=None, repr=False)

    @property
    def score(self) -> float | None:
        """Points earned; None if it could not be graded."""
        if self.not_graded is not None:
            return None
        return round(sum(case.points for case in self.cases if case.status in KEEPS_POINTS), 6)

    @property
    def max_score(self) -> float:
        """Points that can be earned."""
        return round(sum(case.points for case in self.cases), 6)

    @property
    def status(self) -> str:
        """One of correct, waiting, partial, incorrect, not_attempted, error and not_graded."""
        if self.not_graded is not None:
            return "not_graded"
        missed = [case for case in self.cases if case.status not in KEEPS_POINTS]
        if not missed:
            return "waiting" if self.waiting else "correct"
        if self.score > 0:
            return "partial"
        if self.trouble:
            return "error"
        if all(case.status == "not_attempted" for case in missed):
            return "not_attempted"
        return "incorrect"

    @property
    def broken(self) -> tuple[str, ...]:
        """What kept cases from being carried out, for the instructor; empty if all were."""
        return tuple(case.trouble or case.name for case in self.cases if case.state == "broken")

    @property
    def waiting(self) -> list[str]:
        """What a person has to look at, and why, each sentence once; empty if all could be told."""
        if self.not_graded is not None:
            return []
        unclear = (case.message for case in self.cases if case.status == "waiting")
        return list(dict.fromkeys(unclear))

    @property
    def hints(self) -> list[str]:
        """What to look at next, each sentence once, the most basic first."""
        return self.hints_after({})

    @property
    def kinds(self) -> list[str]:
        """Kinds of mistakes in it: the same for the same mistake in another variant's answer."""
        return list(dict.fromkeys(_kind(case) for case in self.cases if case.status == "failed"))

    @property
    def tried(self) -> bool:
        """Whether an answer was tried: not where its cell stopped, or a name is only misspelt."""
        return any(case.status == "failed" and case.state not in NO_VALUE for case in self.cases)

    def hints_after(
        self, told: Mapping[str, int], line_of: Callable[[str], str] = lambda answer: ""
    ) -> list[str]:
        """Hints for a student who fails again: more direct ones, where there are such.

        Parameters
        ----------
        told : mapping of str to int
            How often each kind of mistake was told before.
        line_of : callable, optional
            Says, for the third time, which line of the student's code an answer comes from.
        """
        if self.not_graded is not None:
            return [NOT_GRADED]
        hints: dict[str, str | None] = {}
        if self.trouble and self.status not in ("correct", "waiting"):
            hints["trouble"] = self.trouble
        alike: dict[str, list[CaseResult]] = {}
        for case in self.cases:
            if case.state in NO_VALUE:
                if case.state != "missing" and not (self._attempted or case.found):
                    continue
                hints[case.state] = _no_value(case, self.cases, self.trouble)
            elif case.status == "failed":
                kind = _kind(case)
                hints.setdefault(kind, _hint(case, told.get(kind, 0), line_of))
                alike.setdefault(kind, []).append(case)
        return [_with_others(hint, alike.get(kind, [])) for kind, hint in hints.items() if hint]

    @property
    def carried_sentence(self) -> str:
        """Say which of its points come from right answers before it; empty if none do."""
        if not self.carried_forward or self.not_graded is not None:
            return ""
        right = self.status == "correct"
        return CARRIED_RIGHT.format(_with(self.carried_with)) if right else CARRIED.format(
            f"{self.carried_forward:g} point{'s'[: self.carried_forward != 1]}",
            _with(self.carried_with),
        )  # fmt: skip

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
            "carried_forward": 0.0 if self.score is None else self.carried_forward,
            "carried_with": list(self.carried_with),
            "status": self.status,
            "hints": self.hints,
            "wrong": self._rows(lambda case: case.status not in KEEPS_POINTS),
            "waiting": self._rows(lambda case: case.status == "waiting"),
        }

    def _rows(self, chosen: Callable[[CaseResult], bool]) -> list[dict[str, Any]]:
        return [case.as_row() for case in self.cases if chosen(case) and self.not_graded is None]


def _with(names: tuple[str, ...]) -> str:
    """Names, those that differ in their ending together: `mean_x`, `mean_y` as `mean_*`."""
    ending = re.compile(r"_[a-z]$")
    count = Counter(ending.sub("_*", name) for name in names)
    short = [ending.sub("_*", name) for name in names]
    short = [new if count[new] > 1 else name for name, new in zip(names, short, strict=True)]
    shown = [f"`{name}`" for name in dict.fromkeys(short)]
    more = len(shown) - MOST_NAMES
    return _listed([*shown[:MOST_NAMES], f"{more} more"] if more > 0 else shown)


def _kind(case: CaseResult) -> str:
    """Key that is the same for the same mistake in the same answer of several variants."""
    return "|".join([case.stem or "", case.state, *(case.mistakes or [case.said or ""])])


def _with_others(hint: str, cases: list[CaseResult]) -> str:
    """Add the other answers that show the same as the first, or what differs in them."""
    first = cases[0] if cases else None
    others = {case.answer: case for case in cases if case.answer != first.answer}
    said, same = [hint], []
    for answer, case in others.items():
        its_own = _first_sentence(case.message)
        if its_own == _first_sentence(first.message).replace(f"`{first.answer}", f"`{answer}"):
            same.append(f"`{answer}`")
        else:
            said.append(its_own)
    if same:
        said.append(f"The same goes for {_listed(same)}.")
    return " ".join(said)


def _first_sentence(text: str | None) -> str:
    return re.split(r"(?<=[.?!]) (?=[A-Z`])", text or "")[0]


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1])] * (len(names) > 1) + names[-1:])


def _hint(case: CaseResult, times: int, line_of: Callable[[str], str]) -> str | None:
    """What is said of a mistake that was told so many times before, each time more closely."""
    if times < 2:
        return case.direct if times and case.direct else case.message
    line = line_of(case.answer) if case.answer else ""
    found = f"Now it is {case.found}." if case.direct and case.found else ""
    return " ".join(filter(None, (case.direct or case.message, line, found)))


def _no_value(case: CaseResult, cases: tuple[CaseResult, ...], trouble: str | None) -> str | None:
    """Name all answers that are missing, or blank, in one sentence."""
    if case.answer is None:
        return case.message
    alike = [other for other in cases if other.state == case.state and other.answer]
    names = list(dict.fromkeys(f"`{other.answer}`" for other in alike))
    several = len(names) > 1
    if any(other.found for other in alike):
        return f"{_listed(names)} {'are' if several else 'is'} None. {NO_RETURN}"
    verb = ("does", "do")[several] if case.state == "missing" else ("has", "have")[several]
    said = STOPPED_EMPTY if case.state == "empty" and trouble else NO_VALUE[case.state]
    return said.format(
        answers=f"{_listed(names)} {verb}",
        them="them" if several else "it",
        their="their" if several else "its",
    )


def failed(case: TestCase) -> CaseResult:
    """Make the result of a case that was not run."""
    return CaseResult(case.name, float(case.points), bool(case.hidden), "failed")


def unchecked(test_file: ExceptionTestFile, trouble: str) -> QuestionResult:
    """Make the result of a question whose variables could not be had."""
    return QuestionResult(test_file.name, tuple(map(failed, test_file.test_cases)), trouble)
