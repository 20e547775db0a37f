"""Show the result of a question's check, in HTML and in plain text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape

from ..shared.markup import with_code, with_links
from .results import CaseResult, QuestionResult
from .wrong import A_PERSON

#: Sign, words, and a colour that reaches 3:1 on JupyterLab's light and dark background.
STATES = {
    "correct": ("✓", "passed", "#2e8b57"),
    "waiting": ("…", "nothing wrong found, but not all of it could be read", "#b07d00"),
    "partial": ("◐", "partly right", "#b07d00"),
    "incorrect": ("✗", "not right yet", "#d1383d"),
    "error": ("✗", "not right yet", "#d1383d"),
    "not_attempted": ("○", "not attempted", "#7a828a"),
    "not_graded": ("?", "not graded yet", "#7a828a"),
}

#: What is said of each case's answer.
ANSWERS = {
    "missing": "{answer} does not exist",
    "not_attempted": "{answer} has no value yet",
    "empty": "{answer} has nothing drawn on its axes",
    "wrong_type": "{answer} is not the kind of value that is asked for",
    "wrong_shape": "{answer} does not have the size that is asked for",
    "wrong_value": "{answer} is not the value that is asked for",
    "right": "right",
    "unchecked": "could not be checked",
    "broken": "could not be checked",
    "cannot_tell": "{who} will look at {answer}",
}
#: What is said of a question whose right values a student went on with, and its sign.
TAKEN = "{}; no points counted: it was gone on with the right values (grader.go_on)."
TAKEN_SIGN = "→"
#: What the grader could not do. The reasons are the instructor's to know: they may tell an answer.
NOT_GRADED = (
    "This could not be graded, and that is not your doing: something failed on the grader's side. "
    "It will be graded again."
)
BLANKS = "Replace the blanks (...) in the cells above, run them, and check again."


@dataclass(frozen=True)
class CheckDisplay:
    """A question's result, as Jupyter shows it below ``grader.check``.

    Attributes
    ----------
    result : QuestionResult
        What the cases found.
    hidden_points : float
        Points of the cases that only the grader has.
    told : mapping of str to int
        How often each kind of mistake was told before: after the first time, more directly.
    first : tuple of str
        What is said before all else.
    further : tuple of str
        Further help, for a student who has failed several times.
    line_of : callable
        Says which line of the student's code an answer comes from, with the third hint.
    standing : str
        How far the whole notebook is.
    alone : bool
        Whether nobody but the student looks at it.
    taken : bool
        Whether the student went on with its right values, so that its points do not count.
    """

    result: QuestionResult
    hidden_points: float = 0.0
    told: Mapping[str, int] = field(default_factory=dict)
    first: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    line_of: Callable[[str], str] = lambda answer: ""
    standing: str = ""
    alone: bool = False
    taken: bool = False

    @property
    def headline(self) -> str:
        """State and points of the question, in a sentence."""
        result = self.result
        if result.status == "not_graded":
            return f"{STATES[result.status][1]} (worth {result.max_score:g} points)."
        if self.taken:
            return TAKEN.format(STATES[result.status][1])
        points = f"{result.score:g} of {result.max_score:g} points"
        if result.status == "correct" and self.hidden_points:
            return (
                f"public checks passed ({points}); more are run when it is graded "
                f"(another {self.hidden_points:g} points)."
            )
        return f"{STATES[result.status][1]} ({points})."

    @property
    def advice(self) -> list[str]:
        """Hints to what was found, what to do about a blank, what a person will look at."""
        if self.result.status == "not_graded":
            return [NOT_GRADED]
        if self.result.status == "not_attempted" and not self.result.hints:
            return [*self.first, BLANKS]
        waiting = [text.replace(A_PERSON, self._who) for text in self.result.waiting]
        return [*self.first, *self.result.hints_after(self.told, self.line_of), *waiting]

    @property
    def _sign(self) -> tuple[str, str]:
        """Sign and colour."""
        if self.taken and self.result.status == "correct":
            return TAKEN_SIGN, STATES["not_attempted"][2]
        sign, _, colour = STATES[self.result.status]
        return sign, colour

    @property
    def _who(self) -> str:
        """Who looks at what a check cannot tell."""
        return "you alone" if self.alone else A_PERSON

    @property
    def passed(self) -> str:
        """Names of the cases that passed, where others did not."""
        if self.result.status == "not_graded":
            return ""
        names = [case.name for case in self.result.cases if case.status == "passed"]
        return "; ".join(names) if self.result.status != "correct" else ""

    def __repr__(self) -> str:
        sign, _ = self._sign
        lines = [f"{sign} {self.result.name}: {self.headline}"]
        carried = self.result.carried_sentence
        lines += [f"  {carried}"] if carried else []
        lines += [f"  - {hint}" for hint in (*self.advice, *self.further)]
        lines += [f"  Right so far: {self.passed}."] if self.passed else []
        lines += [f"  {self.standing}"] if self.standing else []
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        sign, colour = self._sign
        name = escape(self.result.name)
        carried = self.result.carried_sentence
        carried = f'<div style="margin:.3em 0">{with_code(carried)}</div>' if carried else ""
        hints = [with_code(hint) for hint in self.advice]
        hints += [with_links(hint) for hint in self.further]
        hints = "".join(f"<li>{hint}</li>" for hint in hints)
        hints = f'<ul style="margin:.3em 0 .3em 1.2em;padding:0">{hints}</ul>' if hints else ""
        passed = f'<div style="margin:.3em 0">Right so far: {escape(self.passed)}.</div>'
        cases = "".join(f"<li>{_case(case, self._who)}</li>" for case in self.result.cases)
        cases = (
            '<details style="margin-top:.2em"><summary style="cursor:pointer">What was checked'
            '</summary><ul style="margin:.3em 0 .3em 1.2em;padding:0;list-style:none">'
            f"{cases}</ul></details>"
        )
        standing = f'<div style="margin-top:.5em;font-size:.85em">{with_code(self.standing)}</div>'
        standing = standing if self.standing else ""
        return (
            f'<div role="status" aria-label="Check of {name}" style="border-left:4px solid '
            f"{colour};padding:.4em .8em;margin:.2em 0;max-width:52em;overflow-wrap:anywhere;"
            'font-family:system-ui,sans-serif;line-height:1.45">'
            f'<strong><span aria-hidden="true" style="color:{colour}">{sign}</span> {name}</strong>'
            f": {escape(self.headline)}{carried}{hints}{passed if self.passed else ''}"
            f"{cases if self.result.status != 'not_graded' else ''}{standing}</div>"
        )


def _case(case: CaseResult, who: str) -> str:
    """A case as HTML: its name and points, and what was found."""
    sign = {"passed": "✓", "waiting": "…"}.get(case.status, "✗")
    points = f"{case.points:g} point{'' if case.points == 1 else 's'}"
    answer = f"`{case.answer}`" if case.answer else "the answer"
    found = ANSWERS[case.state].format(answer=answer, who=who)
    found += f" ({case.found})" if case.found else ""
    named = f"; looks like: {', '.join(case.mistakes)}" if case.mistakes else ""
    return f"{sign} {escape(case.name)} ({points}): {with_code(found + named)}"
