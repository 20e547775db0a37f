"""Fetch a student's scores and comments from the gradebook into the graded notebook."""

from __future__ import annotations

import json
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from .handed import tell_handed_in
from .told import tell_grades

#: Where the row stands that `course grade` keeps of each student; nbgrader's tables have no such.
ROW = text("SELECT row FROM course_result WHERE assignment = :assignment AND student = :student")


class Grades(NbGraderPreprocessor):
    """Stands where nbgrader's step fetches scores and comments; finds also what was handed in."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Do as nbgrader's `GetGrades` does, and say also what a person does or did."""
        course = resources["nbgrader"]
        with Gradebook(course["db_url"]) as gradebook:
            tell_grades(nb, course, gradebook)
            about = handed_in_of(gradebook, course["assignment"], course["student"])
        tell_handed_in(nb, course, about)
        return nb, resources


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
