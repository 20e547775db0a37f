"""Make on a worker, of a graded notebook, what the coordinator records: it only looks, and writes.

The page is made as it will be where the gradebook knows nothing else of the student: no points or
comments by hand, no other grade before, no lateness. Whoever records it tells whether that is so.
"""

from __future__ import annotations

import json
import zlib
from typing import Any

import nbformat
from nbformat import NotebookNode

from ..assignment import Assignment
from ..pages.feedback.handed import tell_handed_in
from ..pages.feedback.render import render
from ..records.graded import GradedSubmission, Ready
from ..shared.written import grade_id

#: What a page tells of a cell that stands in no notebook: it is the gradebook's.
TOLD = ("score", "points", "comment", "waits", "by_hand", "again")
#: What the gradebook asks of what is told of a question.
ASKED = ("status", "waiting")
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
    cells = _without_outputs(notebook)
    if student is None:
        return Ready(packed, cells)
    course = _foretell(notebook, assignment, graded, student)
    tell_handed_in(notebook, course, about)
    told = what_is_told(notebook, course)
    return Ready(packed, cells, render(notebook, course), told)


def what_is_told(notebook: NotebookNode, course: dict[str, Any]) -> str:
    """Put in one text what a page tells that stands in no notebook."""
    cells = {
        name: {one: cell.metadata.nbgrader.get(one) for one in TOLD}
        for cell in notebook.cells
        if (name := grade_id(cell)) is not None
    }
    return json.dumps([cells, {key: value for key, value in course.items() if key != "notebook"}],
                      sort_keys=True)  # fmt: skip


def _without_outputs(notebook: NotebookNode) -> NotebookNode:
    """Keep of a graded notebook what the gradebook asks for: texts, tags, scores."""
    bare = []
    for cell in notebook.cells:
        tags = {"nbgrader": cell.metadata["nbgrader"]} if "nbgrader" in cell.metadata else {}
        if told := cell.metadata.get("course"):
            tags["course"] = {key: told[key] for key in ASKED if key in told}
        kept = {"cell_type": cell.cell_type, "source": cell.source, "metadata": tags}
        if cell.cell_type == "code":
            graded = tags.get("nbgrader", {}).get("grade")
            outputs = [_without_pictures(one) for one in cell.outputs] if graded else []
            kept |= {"outputs": outputs, "execution_count": None}
        bare.append(kept)
    about = {key: notebook[key] for key in ("nbformat", "nbformat_minor")}
    return nbformat.from_dict({"cells": bare, "metadata": {}, **about})


def _without_pictures(output: NotebookNode) -> NotebookNode:
    """Of what a check shows, the number that is its score, and whether it stopped."""
    if output.output_type == "display_data":
        return nbformat.from_dict({"output_type": "display_data", "data": {}, "metadata": {}})
    return output


def _foretell(
    notebook: NotebookNode, assignment: Assignment, graded: GradedSubmission, student: str
) -> dict[str, Any]:
    """Write into a notebook what `pages.feedback.grades.Grades` will find; say the same of all."""
    released = {grade_id(cell): cell.source for cell in assignment.as_released.cells}
    scores = {one.name: one.score for one in graded.questions}
    name = assignment.name
    course: dict[str, Any] = {"notebook": name, "assignment": name, "student": student}
    total, most = 0, 0
    for cell in notebook.cells:
        tags = cell.metadata.get("nbgrader", {})
        if tags.get("solution"):
            same = "checksum" in tags and cell.source == released.get(grade_id(cell))
            tags["comment"] = UNTOUCHED if same else None
        if not tags.get("grade"):
            continue
        told = cell.metadata.get("course", {})
        if tags.get("solution"):
            score, waits = 0, tags["comment"] is None
        else:
            score, waits = scores.get(grade_id(cell)), False
        ours = told.get("status") == "not_graded"
        tags["points"] = float(tags["points"])
        tags |= {"score": float(score or 0), "waits": waits, "by_hand": False, "again": False}
        missing = "waiting" if waits else "not_graded" if ours else ""
        if missing:
            course[missing] = course.get(missing, 0) + tags["points"]
        if told.get("waiting"):
            course["looked_at"] = course.get("looked_at", 0) + 1
        total, most = total + tags["score"], most + tags["points"]
    return course | {"score": total, "max_score": most, "late_penalty": 0}
