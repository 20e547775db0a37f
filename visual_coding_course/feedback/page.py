"""The page that a student gets back, from nbgrader's gradebook and the graded notebook."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from nbconvert import Exporter
from nbconvert.filters import strip_ansi
from nbformat import NotebookNode
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from traitlets import default
from traitlets.config import Config

from ..markup import with_code
from .clean import leave_plain, safe_markdown, safe_output
from .grades import Grades
from .sections import STATES, sections

TEMPLATES = Path(__file__).parent / "templates"
#: Text of more lines or characters than this gets a box of its own, which scrolls.
LONG_TEXT = (30, 3000)
#: Where a line asks IPython for something that Python does not know.
MAGIC = re.compile(r"^[ \t]*[%!?]|=[ \t]*[%!]|\?[ \t]*$", re.MULTILINE)

HIGHLIGHTED = HtmlFormatter(cssclass="highlight")


class FeedbackExporter(Exporter):
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
    details = {"notebook": assignment, "assignment": assignment, "student": student}
    notebook, resources = Grades().fetch(notebook, {"nbgrader": details}, gradebook)
    return render(notebook, resources["nbgrader"])


def render(notebook: NotebookNode, course: dict[str, Any]) -> str:
    """Make the page of a graded notebook.

    Parameters
    ----------
    notebook : NotebookNode
        With scores and comments in its metadata.
    course : dict
        ``assignment``, ``student``, ``score``, ``max_score``, ``late_penalty``, and ``waiting``,
        the points that are still to be given by hand.
    """
    about = notebook.metadata.get("course", {})
    leave_plain(notebook)
    return _template("graded.html.j2").render(
        course=course, message=about.get("message"), sections=sections(notebook)
    )


def plain_page(assignment: str, student: str, graded: Any) -> str:
    """Make the page of a submission that could not be run: what happened, and what to do.

    Parameters
    ----------
    assignment, student : str
        Names.
    graded : GradedSubmission
        Its status and message are shown.
    """
    course = {"assignment": assignment, "student": student, "late_penalty": 0,
              "score": graded.score, "max_score": graded.max_score}  # fmt: skip
    return _template("not_run.html.j2").render(course=course, message=graded.message)


@cache
def _template(name: str) -> Any:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals["states"] = STATES
    environment.filters.update(
        hint=_hint, points=_points, python=_python, outputs=_outputs, written=_written
    )
    return environment.get_template(name)


def _hint(text: str) -> Markup:
    return Markup(with_code(text))


def _points(number: float) -> str:
    return f"{round(float(number), 2):g}"


_lexer = cache(get_lexer_by_name)  # to make one takes as long as to go through a cell


def _python(cell: NotebookNode) -> Markup:
    source = cell.source
    if cell.metadata.get("plain"):
        return Markup("<pre>{}</pre>").format(source)
    # IPython's own lexer takes twice as long, and only its magics need it.
    lexer = _lexer("ipython3" if MAGIC.search(source) else "python3")
    return Markup(highlight(source or " ", lexer, HIGHLIGHTED))


def _written(cell: NotebookNode) -> Markup:
    if cell.metadata.get("plain"):
        return Markup("<pre>{}</pre>").format(cell.source)
    return Markup(safe_markdown(cell.source))


def _outputs(cell: NotebookNode) -> list[dict[str, Any]]:
    """What a cell shows: kind, content, and whether it is long."""
    shown = []
    for kind, content in filter(None, map(safe_output, cell.outputs)):
        if kind == "text/html":
            content = Markup(content)
        elif not kind.startswith("image/"):
            content = strip_ansi(content)
        lines, characters = LONG_TEXT
        long = content.count("\n") > lines or len(content) > characters
        shown.append({"kind": kind, "content": content, "long": long})
    return shown
