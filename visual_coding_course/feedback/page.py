"""The page that a student gets back, from nbgrader's gradebook and the graded notebook."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import bleach
import nbformat
from jinja2 import Environment, FileSystemLoader
from nbconvert import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML, markdown2html
from nbconvert.preprocessors import Preprocessor
from nbgrader.preprocessors import GetGrades
from nbgrader.utils import is_grade, is_solution
from traitlets.config import Config

TEMPLATES = Path(__file__).parent / "templates"
SAFE_KINDS = ("image/png", "image/jpeg", "text/html", "text/plain")


SAFE_TAGS = [
    "a", "b", "blockquote", "br", "code", "div", "em", "h1", "h2", "h3", "h4", "hr", "i", "li",
    "ol", "p", "pre", "s", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead",
    "tr", "u", "ul",
]  # fmt: skip
STYLE_ELEMENT = re.compile(r"<(style|script)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)


def safe_html(html: str) -> str:
    """Keep text, tables and lists of a piece of HTML, and nothing that runs or loads anything."""
    cleaned = bleach.clean(
        STYLE_ELEMENT.sub("", html),
        tags=SAFE_TAGS,
        attributes={"a": ["href"], "td": ["colspan", "rowspan"], "th": ["colspan", "rowspan"]},
        protocols=["http", "https", "mailto"],
        strip=True,
    )
    return cleaned


class Grades(GetGrades):
    """nbgrader's step that fetches scores and comments; says also what waits for a person."""

    def fetch(self, nb, resources, gradebook):
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
        return nb, resources

    def _get_score(self, cell, resources):
        super()._get_score(cell, resources)
        grade = self.gradebook.find_grade(
            cell.metadata.nbgrader["grade_id"],
            self.notebook_id,
            self.assignment_id,
            self.student_id,
        )
        waits = grade.needs_manual_grade and grade.manual_score is None
        cell.metadata.nbgrader["waits"] = waits
        if waits:
            resources["nbgrader"]["waiting"] = resources["nbgrader"].get("waiting", 0) + (
                grade.max_score
            )


class KeepSafeOutputs(Preprocessor):
    """Keep of a student's outputs what can carry no script; the checks' own stay as they are."""

    enabled = True

    def preprocess_cell(self, cell, resources, index):
        """Drop kinds of output that run code, and clean HTML."""
        if cell.cell_type != "code":
            if is_grade(cell):
                cell.metadata["html"] = safe_html(markdown2html(cell.source))
            return cell, resources
        if is_grade(cell) and not is_solution(cell):
            cell.outputs = [out for out in cell.outputs if out.output_type == "display_data"]
            return cell, resources
        for output in cell.outputs:
            if "data" in output:
                output.data = nbformat.from_dict(
                    {kind: output.data[kind] for kind in SAFE_KINDS if kind in output.data}
                )
                if "text/html" in output.data:
                    output.data["text/html"] = safe_html(output.data["text/html"])
        return cell, resources


class FeedbackExporter(HTMLExporter):
    """nbconvert's exporter with the course's page, whatever template others are set to.

    nbgrader's formgrader sets ``HTMLExporter.template_name`` for its own pages.
    """

    @property
    def default_config(self) -> Config:
        """Settings of this class alone, which win over those of `HTMLExporter`."""
        config = Config()
        config.FeedbackExporter.template_name = "course_feedback"
        config.FeedbackExporter.extra_template_basedirs = [str(TEMPLATES)]
        # Validate once, not after each of nbconvert's steps.
        config.FeedbackExporter.optimistic_validation = True
        config.merge(super().default_config)
        return config

    def from_notebook_node(self, nb, resources=None, **options):
        """Make the page, without parsing it again.

        `HTMLExporter` does, to give texts to images; the template's images have theirs.
        """
        self.register_filter("highlight_code", Highlight2HTML("ipython3", parent=self))
        resources = self._init_resources(resources)
        return TemplateExporter.from_notebook_node(self, nb, resources, **options)


@cache
def _exporter() -> FeedbackExporter:
    """One for all pages: making it, and reading its template, takes longer than a page."""
    return FeedbackExporter()


def feedback_page(
    assignment: str, student: str, notebook: nbformat.NotebookNode, gradebook: Any
) -> str:
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
    details = {"notebook": assignment, "assignment": assignment, "student": student}
    resources = {"nbgrader": details}
    notebook, resources = Grades().fetch(notebook, resources, gradebook)
    notebook, resources = KeepSafeOutputs().preprocess(notebook, resources)
    page, _ = _exporter().from_notebook_node(notebook, resources=resources)
    return page


@cache
def _plain_template():
    loader = FileSystemLoader(TEMPLATES / "course_feedback")
    return Environment(loader=loader, autoescape=True).get_template("not_run.html.j2")


def plain_page(assignment: str, student: str, graded) -> str:
    """Make the page of a submission that could not be run: what happened, and what to do.

    Parameters
    ----------
    assignment, student : str
        Names.
    graded : GradedSubmission
        Its status and message are shown.
    """
    return _plain_template().render(assignment=assignment, student=student, graded=graded)
