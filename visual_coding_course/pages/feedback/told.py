"""Write a student's scores and comments, as a gradebook has them, into the graded notebook."""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode


def tell_grades(notebook: NotebookNode, course: dict[str, Any], gradebook: Any) -> None:
    """Put scores and comments where nbgrader's `GetGrades` does; say also what a person does.

    Parameters
    ----------
    notebook : NotebookNode
        Graded; they are written into the metadata of its cells.
    course : dict
        With the names of ``notebook``, ``assignment`` and ``student``; gets what the page tells of
        the whole, see `render.render`.
    gradebook : Gradebook
        nbgrader's, or what answers in its place.
    """
    names = [course[key] for key in ("notebook", "assignment", "student")]
    for cell in notebook.cells:
        tags = cell.metadata.get("nbgrader", {})
        if tags.get("solution") or tags.get("task"):
            tags["comment"] = gradebook.find_comment(tags["grade_id"], *names).comment
        if tags.get("grade") or tags.get("task"):
            _tell_grade(cell, course, gradebook.find_grade(tags["grade_id"], *names))
    entered = gradebook.find_submission_notebook(*names)
    penalty = entered.late_submission_penalty or 0
    course |= {
        "score": entered.score - penalty,
        "max_score": entered.max_score,
        "late_penalty": penalty,
    }


def _tell_grade(cell: NotebookNode, course: dict[str, Any], grade: Any) -> None:
    told = cell.metadata.get("course", {})
    by_hand, ours = grade.manual_score is not None, told.get("status") == "not_graded"
    # What a check cannot tell keeps its points until somebody has looked.
    waits = grade.needs_manual_grade and not (by_hand or ours or told.get("waiting"))
    # What a person graded has changed since.
    again = by_hand and grade.needs_manual_grade
    cell.metadata.nbgrader |= {
        "score": grade.score, "points": grade.max_score,
        "waits": waits, "by_hand": by_hand, "again": again,
    }  # fmt: skip
    if again:
        course["again"] = course.get("again", 0) + 1
    missing = "waiting" if waits else "not_graded" if ours and not by_hand else ""
    if missing:
        course[missing] = course.get(missing, 0) + grade.max_score
    if told.get("waiting") and not by_hand:
        course["looked_at"] = course.get("looked_at", 0) + 1
