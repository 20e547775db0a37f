"""Tell a result as Gradescope's ``results.json`` has it: a test for each case.

The format stands in Gradescope's "Autograder Specifications": points, `visibility` and
`output_format` are of each test, and the score at the top counts in the place of their sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from html import escape
from typing import Any, NamedTuple

import nbformat

from ..checking.display import ANSWERS, BLANKS
from ..checking.results import KEEPS_POINTS, CaseResult, QuestionResult
from ..notebook.attempts import counted
from ..pages.feedback.sections import Picture, sections
from ..shared.markup import plain, with_code
from .graded import GradedSubmission

#: Where the counts of failed checks stand in ``extra_data``, for the next submission's hints.
COUNTS = "attempts"
#: Of what a second run gave: points that could tell what is right, while there are attempts left.
AFTERWARDS = "after_due_date"
CARRIED = "Code that is right after a mistake before it"
NOTHING_CARRIED = "No more points came from running your code with right answers before it."
LATE = "Points taken off for handing in late"


class Around(NamedTuple):
    """What is known of a submission besides its result.

    Attributes
    ----------
    student : str
        Id; empty if nobody said.
    notes : tuple of str
        Sentences to the student.
    late : str
        How late it was handed in; empty if it was not.
    penalty : float
        Points taken off for that.
    counts : dict
        From the submission before; see `notebook.attempts`.
    hidden : str
        Visibility of hidden cases.
    """

    student: str = ""
    notes: tuple[str, ...] = ()
    late: str = ""
    penalty: float = 0.0
    counts: Mapping[str, dict] = {}
    hidden: str = "hidden"


def results(graded: GradedSubmission, carry_forward: bool, around: Around) -> dict[str, Any]:
    """Make the content of ``results.json``.

    Parameters
    ----------
    graded : GradedSubmission
        What came of the submission; with a score.
    carry_forward : bool
        Whether there may have been a second run with right answers put in. Its points count, but
        are shown after the due date only.
    around : Around
        What else is known.

    Returns
    -------
    dict
    """
    counts, tests, public = dict(around.counts), [], []
    drawn = _pictures(graded)
    for number, question in enumerate(graded.questions, 1):
        own = question.before or question
        told = {}
        if graded.notebook is not None:  # what was not run told nothing of its answers
            told, counts = _told_before(own, counts)
        for place, case in enumerate(own.cases, 1):
            tests.append(_test(own, case, f"{number}.{place}", told, drawn, around.hidden))
            if not case.hidden:
                public.append(case)
    if carry_forward:
        tests.append(_carried(graded))
    if around.penalty:
        tests.append(
            {"name": LATE, "score": -around.penalty, "status": "failed",
             "output": around.late, "output_format": "text", "visibility": around.hidden}
        )  # fmt: skip
    return {
        "score": round(graded.score - around.penalty, 6),
        "execution_time": round(graded.seconds, 2),
        "output": "".join(f"<p>{one}</p>" for one in _said(graded, public, around)),
        "output_format": "html",
        "stdout_visibility": "hidden",
        "extra_data": {"student": around.student, "status": graded.status, COUNTS: counts},
        "tests": tests,
    }


def _told_before(
    result: QuestionResult, counts: dict[str, dict]
) -> tuple[dict[str, int], dict[str, dict]]:
    """How often each kind of mistake was told, and the counts with this time; see `counted`.

    Hidden cases are not counted: they told nothing.
    """
    shown = replace(result, cases=tuple(case for case in result.cases if not case.hidden))
    after, _, told = counted(counts, shown)
    return told, after


def _said(graded: GradedSubmission, public: list[CaseResult], around: Around) -> Iterable[str]:
    """What is to be said of the whole, as HTML."""
    if graded.message:
        yield with_code(plain(graded.message))
    points = sum(case.points for case in public if case.status in KEEPS_POINTS)
    yield (
        f"{points:g} of {sum(case.points for case in public):g} points in the checks that you can "
        "see."
    )
    if around.late:
        yield escape(around.late)
    for note in around.notes:
        yield with_code(plain(note))


def _test(
    question: QuestionResult,
    case: CaseResult,
    number: str,
    told: Mapping[str, int],
    drawn: Mapping[tuple[str, str], str],
    hidden: str,
) -> dict[str, Any]:
    """Tell a case."""
    passed = case.status in KEEPS_POINTS
    said = [with_code(plain(text)) for text in _hints(question, case, told)]
    shown = "" if passed else drawn.get((question.name, case.message or ""), "")
    return {
        "name": plain(f"{question.name}: {case.name}"),
        "number": number,
        "score": case.points if passed else 0.0,
        "max_score": case.points,
        "status": "passed" if passed else "failed",
        "output": "".join(f"<p>{text}</p>" for text in said) + shown,
        "output_format": "html",
        "visibility": hidden if case.hidden else "visible",
    }


def _hints(question: QuestionResult, case: CaseResult, told: Mapping[str, int]) -> list[str]:
    """What the notebook would say, if this were the question's only case."""
    if case.status == "passed":
        return ["Passed."]
    if case.status == "waiting":
        return [case.message or "A person will look at this."]
    alone = replace(question, cases=(case,))
    if hints := alone.hints_after({} if case.hidden else told):
        return hints
    answer = f"`{case.answer}`" if case.answer else "The answer"
    said = f"{ANSWERS.get(case.state, '{answer}').format(answer=answer, who='')}."
    return [said, BLANKS] if case.state in ("not_attempted", "empty") else [said]


def _carried(graded: GradedSubmission) -> dict[str, Any]:
    """Tell what the second run gave; always there, so that its absence tells nothing."""
    gained = [one for one in graded.questions if one.carried_forward]
    said = [f"{one.name}: {one.carried_sentence}" for one in gained] or [NOTHING_CARRIED]
    return {
        "name": CARRIED,
        "score": round(sum(one.carried_forward for one in gained), 6),
        "status": "passed",
        "output": "".join(f"<p>{with_code(plain(text))}</p>" for text in said),
        "output_format": "html",
        "visibility": AFTERWARDS,
    }


def _pictures(graded: GradedSubmission) -> dict[tuple[str, str], str]:
    """Pictures of wrong answers, as HTML, by question and the hint that each is about."""
    if graded.notebook is None:
        return {}
    found = {}
    for section in sections(nbformat.reads(graded.notebook, as_version=4)):
        hints = section.result.get("hints", [])
        for case in section.result.get("cases", []):
            told = (n for n, hint in enumerate(hints)
                    if case["message"] and hint["text"].startswith(case["message"]))  # fmt: skip
            for number in told:
                html = _picture(hints[number].get("plot"), section.figures.get(number))
                if html:
                    found.setdefault((section.name, case["message"]), html)
    return found


def _picture(plot: Mapping[str, Any] | None, figure: Picture | None) -> str:
    """HTML of what was drawn of an answer, or of the student's own figure."""
    if plot:
        caption = f"<p>{with_code(plot['caption'])}</p>"
        return _image(plot["png"], plot["alt"], plot["width"]) + caption
    return _image(figure.png, "Your figure.", figure.width) if figure else ""


def _image(png: str, alt: str, width: int) -> str:
    # What a picture shows is said in words, too: whether it is shown is for Gradescope to say.
    return (
        f'<p><img alt="{escape(alt)}" width="{width}" style="max-width:100%" '
        f'src="data:image/png;base64,{escape(png)}"></p>'
    )
