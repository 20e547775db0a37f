"""Show the result of a question's check, in HTML and in plain text."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from .cases import QuestionResult

STATES = {
    "correct": ("✓", "passed"),
    "partial": ("◐", "partly right"),
    "incorrect": ("✗", "not right yet"),
    "error": ("✗", "not right yet"),
    "not_attempted": ("○", "not attempted"),
}
COLOURS = {"correct": "#1a7f37", "partial": "#9a6700", "not_attempted": "#6e7781"}
WRONG_COLOUR = "#cf222e"


@dataclass(frozen=True)
class CheckDisplay:
    """A question's result, as Jupyter shows it below ``grader.check``.

    Attributes
    ----------
    result : QuestionResult
        What the cases found.
    hidden_points : float
        Points of the cases that only the grader has.
    """

    result: QuestionResult
    hidden_points: float = 0.0

    @property
    def headline(self) -> str:
        """State and points of the question, in a sentence."""
        result = self.result
        points = f"{result.score:g} of {result.max_score:g} points"
        if result.status == "correct" and self.hidden_points:
            return (
                f"public checks passed ({points}); more are run when it is graded "
                f"(another {self.hidden_points:g} points)."
            )
        if result.status == "correct":
            return f"passed ({points})."
        return f"{STATES[result.status][1]} ({points})."

    @property
    def advice(self) -> list[str]:
        """Hints, or what to do about a blank."""
        if self.result.status == "not_attempted":
            return ["Replace the blanks (...) in the cells above, run them, and check again."]
        return self.result.hints

    def __repr__(self) -> str:
        sign = STATES[self.result.status][0]
        lines = [f"{sign} {self.result.name}: {self.headline}"]
        lines += [f"  - {hint}" for hint in self.advice]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        result = self.result
        colour = COLOURS.get(result.status, WRONG_COLOUR)
        hints = "".join(f"<li>{_code(hint)}</li>" for hint in self.advice)
        cases = "".join(
            f"<li>{'✓' if case.status == 'passed' else '✗'} {escape(case.name)} "
            f"({case.points:g} point{'' if case.points == 1 else 's'})</li>"
            for case in result.cases
        )
        return (
            f'<div role="status" style="border-left:4px solid {colour};padding:.4em .8em;'
            'margin:.2em 0;font-family:system-ui,sans-serif;line-height:1.45">'
            f'<strong style="color:{colour}">{STATES[result.status][0]} {escape(result.name)}'
            f"</strong> {escape(self.headline)}"
            + (f'<ul style="margin:.3em 0 .3em 1.2em;padding:0">{hints}</ul>' if hints else "")
            + '<details style="margin-top:.2em"><summary style="cursor:pointer">'
            "What was checked</summary>"
            f'<ul style="margin:.3em 0 .3em 1.2em;padding:0;list-style:none">{cases}</ul>'
            "</details></div>"
        )


def _code(hint: str) -> str:
    """Escape a hint, and set what stands between backticks as code."""
    parts = escape(hint).split("`")
    return "".join(
        f"<code>{part}</code>" if i % 2 and i < len(parts) - 1 else ("`" if i % 2 else "") + part
        for i, part in enumerate(parts)
    )
