"""Let the formgrader show submissions without running, loading or waiting for anything in them."""

from __future__ import annotations

from html import escape
from typing import Any

from jinja2 import pass_context
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode

from .clean import safe_for_grader, with_pictures
from .pieces import PIECE, make

#: Characters that the pictures of one text may have.
MOST_PICTURES = 20_000_000


class MakeSafe(Preprocessor):
    """Makes HTML of all texts of a notebook, within limits, before nbconvert does it without."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Keep the HTML in the cells, for `markdown` and `code`."""
        make(nb, None, lambda cell: True, safe_for_grader)
        return nb, resources


@pass_context
def markdown(context: Any, source: str) -> str:
    """Stand where nbconvert's filter ``markdown2html`` stood."""
    cell = context.get("cell", {})
    html = _made(cell.get("metadata"), source)
    return with_pictures(html, cell.get("attachments", {}), MOST_PICTURES)


def code(source: str, language: str | None = None, metadata: Any = None, **options: Any) -> str:
    """Stand where nbconvert's filter ``highlight_code`` stood."""
    return _made(metadata, source)


#: By the names that nbconvert's templates call them.
FILTERS = {"markdown2html": markdown, "highlight_code": code, "clean_html": safe_for_grader}


def _made(metadata: Any, source: str) -> str:
    html = (metadata or {}).get(PIECE)
    return html if isinstance(html, str) else f"<pre>{escape(source)}</pre>"
