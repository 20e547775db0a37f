"""Decide whose a failure was: the submission's, or the grader's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import nbformat

from ..assignment import Assignment
from ..feedback.outcome import outcome
from .graded import GradedSubmission, not_graded
from .running import WHOLE, check_outputs


def settle(
    assignment: Assignment, graded: GradedSubmission, failure: Mapping[str, str]
) -> GradedSubmission:
    """Say what counts of a submission that was tried twice, the control having been graded too.

    Parameters
    ----------
    assignment : Assignment
        What it was graded against.
    graded : GradedSubmission
        With the doubts that the second try had.
    failure : mapping of str to str
        What went wrong with the control, by question; empty if it got full marks.

    Returns
    -------
    GradedSubmission
        Without doubts. If the control is well, the failure is the submission's, and counts.
        Otherwise what is in doubt has no score: the whole, or the questions that are.
    """
    if not failure:
        return replace(graded, doubts={})
    reasons = [f"{_about(name)}{reason}" for name, reason in graded.doubts.items()]
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


def _about(question: str) -> str:
    return f"{question}: " if question else ""


def _first(doubts: Mapping[str, str], failure: Mapping[str, str], question: str) -> str:
    return doubts.get(question) or failure[question]
