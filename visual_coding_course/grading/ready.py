"""Make on a worker, of a graded notebook, what the coordinator records: it only looks, and writes.

The page is made as it will be where the gradebook knows nothing else of the student: no points or
comments by hand, no lateness. Whoever records it sees whether that is so.
"""

from __future__ import annotations

import zlib
from typing import Any

import nbformat
from nbformat import NotebookNode

from ..assignment import Assignment
from ..pages.feedback.handed import tell_handed_in
from ..pages.feedback.render import render
from ..pages.feedback.told import tell_grades
from ..records.entry import Comment, Entry, Found, Grade
from ..records.graded import GradedSubmission, Ready
from ..shared.written import grade_id

#: nbgrader's own words, of a cell that is as it was released.
UNTOUCHED = "No response."


def made_ready(
    assignment: Assignment,
    graded: GradedSubmission,
    student: str | None = None,
    about: dict[str, Any] | None = None,
) -> Ready | None:
    """Pack what came of a submission, and make its page.

    Parameters
    ----------
    assignment : Assignment
        What it was graded against.
    graded : GradedSubmission
        Without doubts.
    student : str, optional
        Id; without one, no page is made.
    about : dict, optional
        From `handed.told_of`.

    Returns
    -------
    Ready or None
        None where there is no notebook.
    """
    if graded.notebook is None:
        return None
    # As `nbformat.writes` made it: no need to validate it again.
    notebook = nbformat.v4.reads(graded.notebook)
    # Most of it is pictures, which the usual level makes no smaller, in three times the time.
    packed = zlib.compress(graded.notebook.encode("utf-8", "replace"), 1)
    found, comments = _found(notebook, assignment, graded)
    if student is None:
        return Ready(packed, found, comments)
    tags = {grade_id(cell): cell.metadata.nbgrader for cell in notebook.cells if grade_id(cell)}
    grades = {name: Grade(float(tags[name]["points"])) for name in found}
    entry = Entry(student, grades, {name: Comment() for name in comments}, about or {})
    entry.save(found, comments)
    course = {"notebook": assignment.name, "assignment": assignment.name, "student": student}
    tell_grades(notebook, course, entry)
    tell_handed_in(notebook, course, entry.handed_in)
    page = render(notebook, course).encode("utf-8", "replace")
    return Ready(packed, found, comments, entry, page)


def _found(
    notebook: NotebookNode, assignment: Assignment, graded: GradedSubmission
) -> tuple[dict[str, Found], dict[str, str | None]]:
    """Points and comments of the cells, as nbgrader's `SaveAutoGrades` would enter them.

    Importing that would take a worker long.
    """
    released = {grade_id(cell): cell.source for cell in assignment.as_released.cells}
    scores = {one.name: one.score for one in graded.questions}
    found, comments = {}, {}
    for cell in notebook.cells:
        tags, name = cell.metadata.get("nbgrader", {}), grade_id(cell)
        same = "checksum" in tags and cell.source == released.get(name)
        if tags.get("solution") or tags.get("task"):
            comments[name] = UNTOUCHED if same and tags.get("solution") else None
        if tags.get("solution") and tags.get("grade"):
            found[name] = Found(0.0 if same else None)
        elif tags.get("task") or (tags.get("grade") and name not in scores):
            found[name] = Found(None)
        elif tags.get("grade"):
            score, unclear = scores[name], bool(cell.metadata.get("course", {}).get("waiting"))
            found[name] = Found(None if score is None else float(score), unclear, score is None)
    return found, comments
