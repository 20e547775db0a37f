"""Make the page that a student gets back, of a graded notebook and what is told beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from nbconvert.filters import strip_ansi
from nbformat import NotebookNode

from ...checking.display import NOT_GRADED
from ...shared.markup import plain, readable, with_code
from .clean import safe_output, with_pictures
from .handed import handed_in_text
from .pieces import is_prepared, piece, prepare
from .sections import CASE_STATES, STATES, Section, sections

TEMPLATES = Path(__file__).parent / "templates"
#: Text of more lines or characters than this gets a box of its own, which scrolls.
LONG_TEXT = (30, 3000)
#: Characters of a page; the largest things that students show are left out until it has no more.
MOST_PAGE = 20_000_000
#: What stands around each of them.
AROUND = 400
TOO_LARGE = Markup("<p class='muted'>Left out here: the page would be too large.</p>")


def render(notebook: NotebookNode, course: dict[str, Any]) -> str:
    """Make the page of a graded notebook.

    Parameters
    ----------
    notebook : NotebookNode
        With scores and comments in its metadata. Where it was not prepared (see
        `pieces.prepare`), it is now.
    course : dict
        ``assignment``, ``student``, ``score``, ``max_score``, ``late_penalty``, what was
        ``handed_in``, in words, and the points that are still to be given by hand, ``waiting``, or
        by the grader, ``not_graded``.
    """
    if not is_prepared(notebook):
        prepare(notebook)
    about = notebook.metadata.get("course", {})
    found = sections(notebook)
    shown = _all_shown(found)
    return _template("graded.html.j2").render(
        course=course, message=about.get("message"), sections=found,
        recordings=about.get("recordings"),
        title=about.get("title") or readable(course["assignment"]),
        shown_of=lambda cell: shown[id(cell)],
    )  # fmt: skip


def plain_page(
    assignment: str,
    student: str,
    graded: Any,
    handed_in: dict[str, Any] | None = None,
    max_score: float | None = None,
    title: str = "",
) -> str:
    """Make the page of a submission that could not be run: what happened, and what to do.

    Parameters
    ----------
    assignment, student : str
        Names.
    graded : GradedSubmission
        Its message is shown; of what could not be graded by the grader's fault, that it is.
    handed_in : dict, optional
        As `handed_in_text` takes it.
    max_score : float, optional
        Of all questions, those that are graded by hand too; else, of those that are checked.
    title : str, optional
        Of the assignment; otherwise its name, made readable.
    """
    ours = graded.status == "not_graded"
    course = {"assignment": assignment, "student": student, "late_penalty": 0,
              "score": None if ours else graded.score, "max_score": max_score or graded.max_score,
              "handed_in": handed_in_text(handed_in)}  # fmt: skip
    return _template("not_run.html.j2").render(
        course=course,
        message=None if ours else graded.message,
        ours=ours,
        title=title or readable(assignment),
    )


@cache
def _template(name: str) -> Any:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals |= {"states": STATES, "case_states": CASE_STATES, "not_graded": NOT_GRADED}
    environment.filters.update(hint=_hint, points=_points, plain=plain)
    return environment.get_template(name)


def _hint(text: str) -> Markup:
    return Markup(with_code(plain(text)))


def _points(number: float) -> str:
    return f"{round(float(number), 2):g}"


@dataclass
class Shown:
    """What the page shows of a cell.

    Attributes
    ----------
    text : Markup
        Code, or a written answer.
    outputs : list of dict
        ``kind``, ``content``, and whether it is ``long``.
    left_out : int
        How many outputs the page has no room for.
    """

    text: Markup
    outputs: list[dict[str, Any]]
    left_out: int = 0


def _all_shown(found: list[Section]) -> dict[int, Shown]:
    """Say what is shown of all cells, by the cell's `id`, so that it fits into one page."""
    cells = [cell for section in found for cell in section.cells]
    cells += [section.graded for section in found if section.written]
    left, shown = MOST_PAGE, {}
    for cell in cells:
        shown[id(cell)] = Shown(_text(cell, left), _outputs(cell))
        left -= len(shown[id(cell)].text)
    _leave_out(list(shown.values()))
    return shown


def _leave_out(shown: list[Shown]) -> None:
    """Leave out the largest until the page is small enough."""
    weighed = [(_weight(one.text), number, None) for number, one in enumerate(shown)]
    weighed += [
        (_weight(output["content"]), number, output)
        for number, one in enumerate(shown)
        for output in one.outputs
    ]
    total = sum(weight for weight, *_ in weighed)
    for weight, number, output in sorted(weighed, key=lambda one: -one[0]):
        if total <= MOST_PAGE:
            return
        total -= weight
        if output is None:
            shown[number].text = TOO_LARGE
            total += _weight(TOO_LARGE)
        else:
            shown[number].left_out += 1
            output["kind"] = None


def _weight(content: str) -> int:
    more = 0 if isinstance(content, Markup) else 4 * sum(map(content.count, "&<>\"'"))
    return len(content) + more + AROUND


def _text(cell: NotebookNode, most: int) -> Markup:
    html = piece(cell)
    if html is None:
        return Markup(f"<pre>{escape(cell.source)}</pre>")
    return Markup(with_pictures(html, cell.get("attachments", {}), most))


def _outputs(cell: NotebookNode) -> list[dict[str, Any]]:
    """What a cell shows: kind, content, and whether it is long."""
    shown = []
    for kind, content in filter(None, map(safe_output, cell.get("outputs", []))):
        if kind == "text/html":
            content = Markup(with_pictures(content, {}, 0))
        elif not kind.startswith("image/"):
            content = strip_ansi(content)
        lines, characters = LONG_TEXT
        long = content.count("\n") > lines or len(content) > characters
        shown.append({"kind": kind, "content": content, "long": long})
    return shown
