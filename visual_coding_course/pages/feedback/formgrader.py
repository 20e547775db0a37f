"""Let the formgrader show submissions without running, loading or waiting for anything in them.

Beside an answer in words it shows what is to be compared with it: the model answer and the rubric,
which are the solution in the source notebook.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from jinja2 import pass_context
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode

from ...assignment.load import read_source
from ...shared.folder import course_folder, is_course
from ...shared.written import grade_id, is_written_answer
from .clean import markdown_html, safe_for_grader, with_pictures
from .pieces import PIECE, make

#: Characters that the pictures of one text may have.
MOST_PICTURES = 20_000_000
#: Where a cell's metadata has the model answer to it, as HTML.
MODEL = "course_model"
#: Two columns, or one below the other on a narrow page.
BESIDE = (
    '<div style="display: flex; flex-wrap: wrap; gap: 1.5em">'
    '<div style="flex: 1 1 24em; min-width: 0; overflow-wrap: anywhere">{}</div>'
    '<div class="model-answer" role="note" style="flex: 1 1 24em; min-width: 0;'
    ' border-left: 3px solid #999; padding-left: 1.5em">'
    "<p><em>For who grades; students do not see it:</em></p>{}</div></div>"
)


class MakeSafe(Preprocessor):
    """Makes HTML of all texts of a notebook, within limits, before nbconvert does it without.

    Of model answers, too.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Keep the HTML in the cells, for `markdown` and `code`."""
        make(nb, None, lambda cell: True, safe_for_grader)
        models = _model_answers(resources)
        for cell in nb.cells:
            # What stood there is not believed of any file.
            cell.metadata[MODEL] = models.get(grade_id(cell)) if is_written_answer(cell) else None
        return nb, resources


def _model_answers(resources: dict[str, Any]) -> dict[str | None, str]:
    """Make HTML of the answers in words of the source notebook, by grade id.

    None where there is no source, as for a gradebook that came from elsewhere.
    """
    course = Path(resources.get("metadata", {}).get("path") or "").absolute().parents[1].parent
    course = course if is_course(course) else course_folder()
    try:
        source = read_source(course, resources["assignment_id"])
    except (KeyError, OSError, ValueError):
        return {}
    answers = {}
    for cell in filter(is_written_answer, source.cells):
        html = safe_for_grader(markdown_html(cell.source))
        answers[grade_id(cell)] = with_pictures(html, cell.get("attachments", {}), MOST_PICTURES)
    return answers


@pass_context
def markdown(context: Any, source: str) -> str:
    """Stand where nbconvert's filter ``markdown2html`` stood."""
    cell = context.get("cell", {})
    html = _made(cell.get("metadata"), source)
    html = with_pictures(html, cell.get("attachments", {}), MOST_PICTURES)
    model = cell.get("metadata", {}).get(MODEL)
    return BESIDE.format(html, model) if model else html


def code(source: str, language: str | None = None, metadata: Any = None, **options: Any) -> str:
    """Stand where nbconvert's filter ``highlight_code`` stood."""
    return _made(metadata, source)


#: By the names that nbconvert's templates call them.
FILTERS = {"markdown2html": markdown, "highlight_code": code, "clean_html": safe_for_grader}


def _made(metadata: Any, source: str) -> str:
    html = (metadata or {}).get(PIECE)
    return html if isinstance(html, str) else f"<pre>{escape(source)}</pre>"
