"""Make the pieces of a page that take time, once, and keep them in the notebook.

They are made where a submission is graded. Whoever puts the page together finds them there, and
cleans them again: that they are safe is not believed of any file.
"""

from __future__ import annotations

from collections.abc import Callable

from nbformat import NotebookNode

from ...shared.written import is_written_answer
from .clean import markdown_html, python_html, safe_for_grader, safe_html, with_pictures
from .limited import limited, unlimited
from .safe import strip

#: Where a cell's metadata has its text as HTML; None of what is to be shown as plain text.
PIECE = "course_html"
#: So many characters are made HTML of for one page, and for one piece of it. What is longer is
#: shown as plain text.
MOST_MADE, MOST_PIECE = 300_000, 50_000
#: Of so many characters of cells, the worst takes two seconds; to fork for them takes longer than
#: most do. HTML of outputs is cleaned at once, whatever it is.
LITTLE = 20_000


def prepare(notebook: NotebookNode, released: NotebookNode | None = None) -> None:
    """Make a graded notebook safe to show, and ready for its feedback page.

    Parameters
    ----------
    notebook : NotebookNode
        With outputs, and with what the checks found in the metadata of their cells; is changed.
    released : NotebookNode, optional
        As in `strip`.
    """
    make(notebook, released, is_shown, safe_html)


def make(
    notebook: NotebookNode,
    released: NotebookNode | None,
    chosen: Callable[[NotebookNode], bool],
    clean: Callable[[str], str],
) -> None:
    """Strip a notebook, clean its outputs, and make HTML of the texts of chosen cells."""
    outputs = strip(notebook, released)
    cells = [cell for cell in notebook.cells if chosen(cell)]
    things = [(cell.cell_type, cell.source) for cell in cells]
    things += [("output", data["text/html"]) for data in outputs]
    left, short = MOST_MADE, []
    for number, (_, text) in enumerate(things):
        left -= len(text)
        if left >= 0 and len(text) <= MOST_PIECE:
            short.append(number)
    little = sum(len(things[number][1]) for number in short if number < len(cells)) <= LITTLE
    apply = unlimited if little else limited
    made = apply(lambda number: _html(*things[number], clean), short)
    html = dict(zip(short, made))
    for number, cell in enumerate(cells):
        cell.metadata[PIECE] = html.get(number)
    for number, data in enumerate(outputs, len(cells)):
        before, after = data.pop("text/html"), html.get(number)
        if after is None:
            data.setdefault("text/plain", before)
        else:
            data["text/html"] = after


def _html(kind: str, text: str, clean: Callable[[str], str]) -> str:
    if kind == "output":
        return with_pictures(safe_for_grader(text), {}, 0)
    return clean(python_html(text) if kind == "code" else markdown_html(text))


def is_prepared(notebook: NotebookNode) -> bool:
    """Whether `prepare` has been there."""
    return all(PIECE in cell.metadata for cell in notebook.cells if is_shown(cell))


def is_shown(cell: NotebookNode) -> bool:
    """Whether the page shows what stands in a cell: code of the student's, or a written answer."""
    if cell.cell_type == "code":
        locked = cell.metadata.get("nbgrader", {}).get("locked")
        return bool(cell.source.strip()) and not locked
    return is_written_answer(cell)


def piece(cell: NotebookNode) -> str | None:
    """HTML of a cell's text, safe to show; None if it is to be shown as plain text."""
    html = cell.metadata.get(PIECE)
    return safe_html(html) if isinstance(html, str) else None
