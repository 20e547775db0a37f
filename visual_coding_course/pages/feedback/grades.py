"""Fetch a student's scores and comments from the gradebook into the graded notebook."""

from __future__ import annotations

import json
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import GetGrades
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from .handed import tell_handed_in

#: Where the row stands that `course grade` keeps of each student; nbgrader's tables have no such.
ROW = text("SELECT row FROM course_result WHERE assignment = :assignment AND student = :student")


class Grades(GetGrades):
    """nbgrader's step that fetches scores and comments; says also what a person does or did."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Do as nbgrader's step does, and find what was handed in."""
        nb, resources = super().preprocess(nb, resources)
        with Gradebook(self.db_url) as gradebook:
            told = handed_in_of(gradebook, self.assignment_id, self.student_id)
        tell_handed_in(nb, resources["nbgrader"], told)
        return nb, resources

    def fetch(
        self, nb: NotebookNode, resources: dict[str, Any], gradebook: Any
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Do as `preprocess` does, from a gradebook that is open already."""
        self.gradebook = gradebook
        names = (resources["nbgrader"][key] for key in ("notebook", "assignment", "student"))
        self.notebook_id, self.assignment_id, self.student_id = names
        for index, cell in enumerate(nb.cells):
            self.preprocess_cell(cell, resources, index)
        entered = gradebook.find_submission_notebook(
            self.notebook_id, self.assignment_id, self.student_id
        )
        penalty = entered.late_submission_penalty or 0
        resources["nbgrader"]["score"] = entered.score - penalty
        resources["nbgrader"]["max_score"] = entered.max_score
        resources["nbgrader"]["late_penalty"] = penalty
        tell_handed_in(nb, resources["nbgrader"], getattr(gradebook, "handed_in", None))
        return nb, resources

    def _get_score(self, cell, resources):
        super()._get_score(cell, resources)
        grade = self.gradebook.find_grade(
            cell.metadata.nbgrader["grade_id"],
            self.notebook_id,
            self.assignment_id,
            self.student_id,
        )
        told = cell.metadata.get("course", {})
        ours = told.get("status") == "not_graded"
        open_ = grade.needs_manual_grade and grade.manual_score is None and not ours
        # What a check cannot tell keeps its points until somebody has looked.
        waits = open_ and not told.get("waiting")
        cell.metadata.nbgrader["waits"] = waits
        by_hand = grade.manual_score is not None
        cell.metadata.nbgrader["by_hand"] = by_hand
        # What a person graded has changed since.
        cell.metadata.nbgrader["again"] = again = bool(by_hand and grade.needs_manual_grade)
        if again:
            resources["nbgrader"]["again"] = resources["nbgrader"].get("again", 0) + 1
        missing = (
            "waiting" if waits else "not_graded" if ours and grade.manual_score is None else ""
        )
        if missing:
            course = resources["nbgrader"]
            course[missing] = course.get(missing, 0) + grade.max_score
        if told.get("waiting") and grade.manual_score is None:
            resources["nbgrader"]["looked_at"] = resources["nbgrader"].get("looked_at", 0) + 1


def handed_in_of(gradebook: Any, assignment: str, student: str) -> dict[str, Any] | None:
    """Find what is told of a submission beside its result.

    Parameters
    ----------
    gradebook : Gradebook
        nbgrader's, open.
    assignment, student : str
        Names.

    Returns
    -------
    dict or None
        ``handed_in`` of the line in ``results.jsonl``, with ``seconds_late``; None if it was not
        graded by `course grade`.
    """
    try:
        found = gradebook.db.execute(ROW, {"assignment": assignment, "student": student}).scalar()
        about = json.loads(found or "{}").get("handed_in")
        if not isinstance(about, dict):
            return None
        entered = gradebook.find_submission(assignment, student)
        late = 0 if entered.assignment.duedate is None else entered.total_seconds_late
        return {**about, "seconds_late": late}
    except (SQLAlchemyError, ValueError):
        return None
