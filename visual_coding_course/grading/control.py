"""Decide whose a failure was: the submission's, or the grader's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import nbformat

from ..assignment import Assignment
from ..pages.feedback.outcome import outcome
from ..records.graded import GradedSubmission, not_graded
from .judging import WHOLE, check_outputs

MOST_TRIES = 3


def tried_enough(tries: Sequence[GradedSubmission]) -> bool:
    """Whether a submission need not be tried again.

    Once is enough where nothing is in doubt, otherwise twice; but what ends a submission is its own
    only if it does so twice in the same place. Something else that kills processes, as a machine
    that is out of memory does, hits one here and one there.

    Parameters
    ----------
    tries : sequence of GradedSubmission
        What came of each try, with its doubts.
    """
    if not tries:
        return False
    if not tries[-1].doubts or len(tries) >= MOST_TRIES:
        return True
    return len(tries) > 1 and _its_own(tries)


def _its_own(tries: Sequence[GradedSubmission]) -> bool:
    *earlier, last = tries
    return last.status == "graded" or any(last.message == one.message for one in earlier)


def settle(
    assignment: Assignment, tries: Sequence[GradedSubmission], failure: Mapping[str, str]
) -> GradedSubmission:
    """Say what counts of a submission that was tried enough, the control having been graded too.

    Parameters
    ----------
    assignment : Assignment
        What it was graded against.
    tries : sequence of GradedSubmission
        What came of each try, with its doubts.
    failure : mapping of str to str
        What went wrong with the control, by question; empty if it got full marks.

    Returns
    -------
    GradedSubmission
        Without doubts. If the control is well, the failure is the submission's, and counts, unless
        it was another one each time. Otherwise what is in doubt has no score: the whole, or the
        questions that are.
    """
    graded = tries[-1]
    if not failure and not _its_own(tries):
        return not_graded(assignment, tuple(_reasons(tries)), graded.seconds)
    if not failure:
        return replace(graded, doubts={})
    reasons = _reasons([graded])
    reasons += [f"The control, too: {_about(name)}{reason}" for name, reason in failure.items()]
    if WHOLE in graded.doubts or WHOLE in failure:
        return not_graded(assignment, tuple(reasons), graded.seconds)
    ours = {
        question.name
        for question in graded.questions
        if question.name in {*graded.doubts, *failure} and question.score != question.max_score
    }
    questions = tuple(
        replace(question, not_graded=_first(graded.doubts, failure, question.name))
        if question.name in ours
        else question
        for question in graded.questions
    )
    notebook = nbformat.reads(graded.notebook, as_version=4)
    by_name = {question.name: question for question in questions}
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in ours and cell.cell_type == "code":
            cell.outputs = check_outputs(by_name[name])
            cell.metadata["course"] = outcome(by_name[name], {})
    return replace(
        graded, doubts={}, questions=questions, notebook=nbformat.writes(notebook),
        reasons=tuple(reasons),
    )  # fmt: skip


def _reasons(tries: Sequence[GradedSubmission]) -> list[str]:
    return [f"{_about(name)}{reason}" for one in tries for name, reason in one.doubts.items()]


def _about(question: str) -> str:
    return f"{question}: " if question else ""


def _first(doubts: Mapping[str, str], failure: Mapping[str, str], question: str) -> str:
    return doubts.get(question) or failure[question]
