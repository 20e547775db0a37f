"""The page that a student gets back, from nbgrader's gradebook and the graded notebook."""

from __future__ import annotations

from typing import Any

from nbconvert import Exporter
from nbformat import NotebookNode
from traitlets import default
from traitlets.config import Config

from ...assignment.in_place import WholeOrFormer
from .handed import tell_handed_in
from .render import render
from .told import tell_grades


class FeedbackExporter(WholeOrFormer, Exporter):
    """The course's page, for nbgrader's ``generate_feedback`` and the formgrader's button."""

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @property
    def default_config(self) -> Config:
        """Settings of this class alone."""
        # Validate once, not after each of nbgrader's steps.
        settings = Config({"FeedbackExporter": {"optimistic_validation": True}})
        settings.merge(super().default_config)
        return settings

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[str, dict[str, Any]]:
        """Take nbgrader's steps, then make the page."""
        nb, resources = super().from_notebook_node(nb, resources, **options)
        return render(nb, resources["nbgrader"]), resources


def feedback_page(assignment: str, student: str, notebook: NotebookNode, gradebook: Any) -> str:
    """Make a student's feedback page.

    Parameters
    ----------
    assignment, student : str
        As the gradebook names them.
    notebook : NotebookNode
        The graded notebook; scores and comments are written into its metadata.
    gradebook : Gradebook
        nbgrader's, or what answers in its place: scores, manual grades, comments.

    Returns
    -------
    str
        One HTML page that needs nothing else, and carries no script.
    """
    course = {"notebook": assignment, "assignment": assignment, "student": student}
    tell_grades(notebook, course, gradebook)
    tell_handed_in(notebook, course, getattr(gradebook, "handed_in", None))
    return render(notebook, course)
