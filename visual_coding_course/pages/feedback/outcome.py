"""Keep a question's result as data, in the metadata of its check cell, for the feedback page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ...checking.about import NOTHING, About
from ...checking.results import CaseResult, QuestionResult
from .plot import plot, right_figure

#: Plots of the student's answers in one submission's page, beside the first one of each question.
MOST_PLOTS = 6
KEPT = ("name", "points", "hidden", "status", "answer", "state", "message", "found")


def outcome(
    result: QuestionResult,
    right: Mapping[str, Any],
    about: About = NOTHING,
    figures: Mapping[str, tuple[Callable, str]] | None = None,
    most_plots: int = MOST_PLOTS,
) -> dict[str, Any]:
    """Tell a result as JSON data.

    Parameters
    ----------
    result : QuestionResult
        With the wrong answers' values.
    right : mapping
        The right answers, by name.
    about : About
        What the assignment declares about them.
    figures : mapping, optional
        By figure, what draws the right one, and what it shows, in words. If given, plots show what
        is right beside the student's.
    most_plots : int
        How many plots of the student's answers there may be; one in any case, so that a question
        does not go without one for what was wrong in those before it.

    Returns
    -------
    dict
        ``question``, ``status``, ``score``, ``max_score``; ``carried``, what is to be said of
        points that come from right answers before it; ``hints``, each with its ``text``, the
        ``answer`` that it is about, a ``plot`` of that (see `plot.plot`), or None, and of a figure
        the ``right`` one, or None; ``public``, the texts of those that public cases alone would
        give; ``waiting``, what a person has to look at, in sentences;
        ``cases``, each with what `CaseResult` says of it but the value.
    """
    hints, compared = [], set()
    most_plots, show = max(most_plots, 1), figures is not None
    for text in result.hints:
        case, drawn, right_one = _told_by(text, result.cases), None, None
        if case is not None and case.value is not None and most_plots > 0:
            drawn = plot(case.answer, case.value, _right_value(case, right, about), about, show)
            most_plots -= drawn is not None
        if show and case is not None and case.answer not in compared:
            compared.add(case.answer)
            if case.status == "failed":
                right_one = right_figure(case.answer, right, figures)
        hints.append(
            {"text": text, "answer": case and case.answer, "plot": drawn, "right": right_one}
        )
    cases = [
        {**{key: getattr(case, key) for key in KEPT}, "mistakes": list(case.mistakes)}
        for case in result.cases
    ]
    about = {key: getattr(result, key) for key in ("status", "score", "max_score")}
    about |= {"carried": result.carried_sentence, "waiting": result.waiting}
    about["public"] = _public(result).hints
    return {"question": result.name, **about, "hints": hints, "cases": cases}


def _public(result: QuestionResult) -> QuestionResult:
    return replace(result, cases=tuple(case for case in result.cases if not case.hidden))


def _told_by(hint: str, cases: tuple[CaseResult, ...]) -> CaseResult | None:
    """Find the case whose message a hint is, or begins with; rather one with a value to draw."""
    told = [case for case in cases if case.answer and hint.startswith(case.message or "\0")]
    return next((case for case in told if case.value is not None), told[0] if told else None)


def _right_value(case: CaseResult, right: Mapping[str, Any], about: About) -> Any:
    """The right answer; of a function, what it should have returned, if it is at hand."""
    if about.right is not None and case.about:
        return about.right(case.answer, case.about, right)
    return right.get(case.answer)


def without_values(result: QuestionResult) -> QuestionResult:
    """Leave the students' values behind, which may be large."""
    cases = (replace(case, value=None, about={}) for case in result.cases)
    return replace(result, cases=tuple(cases))
