"""The report's page: one HTML file that needs nothing else; its only script is its tables'."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup

from ...shared.markup import plain, readable, with_code
from .. import feedback
from . import plots, tables
from .graded import Graded, Who
from .help import RULES
from .likeness import FEWEST_SHARED, SHARE, STRETCH, Alike
from .mistakes import mistakes
from .own import Numbers, numbers_of
from .statistics import FEWEST, Spread, questions
from .tables import Column, Table

#: Students who are named in one cell of a table, or one list.
NAMED = 60
#: Rows of a list that is not folded.
FEW_ROWS = 20
#: Beside the report's own, those of the feedback page: both have one look.
FOLDERS = [Path(__file__).parent / "templates", Path(feedback.__file__).parent / "templates"]


@dataclass(frozen=True)
class Section:
    """All that the report says of one assignment.

    Attributes
    ----------
    graded : Graded
        What it is about.
    title : str
        Name of the assignment as it is read.
    spread : Spread
        Of the scores, points.
    tables : dict of str to Table
        By their keys.
    plots : dict of str to Plot
        By what they show; only those that have something to show.
    own : Numbers, optional
        Of students with parameters of their own.
    """

    graded: Graded
    title: str
    spread: Spread
    tables: dict[str, Table]
    plots: dict[str, plots.Plot]
    own: Numbers | None = None


def section(graded: Graded, title: str | None = None, alike: Iterable[Alike] = ()) -> Section:
    """Work out what the report says of an assignment.

    Parameters
    ----------
    graded : Graded
        What was graded of it.
    title : str, optional
        What it is called; else it is made of its name.
    alike : iterable of Alike
        Who has code in common.
    """
    makers = (tables.not_graded_table, tables.by_hand_table, tables.unclear_table,
              tables.stopped_table, tables.questions_table, tables.mistakes_table,
              tables.unexplained_table, tables.shared_table, tables.roster_table,
              tables.help_table, tables.attempts_table, tables.wrong_table)  # fmt: skip
    made = {table.key: table for table in (make(graded) for make in makers)}
    made["like-code"] = tables.alike_table(graded, alike)
    scores = [submission.score for submission in graded.complete]
    title = title or readable(graded.name)
    drawn, own = _plots(graded, scores), numbers_of(graded)
    if own:
        drawn["own"] = plots.numbers_plot(own)
    return Section(graded, title, Spread.of(scores), made, drawn, own)


def _plots(graded: Graded, scores: list[float]) -> dict[str, plots.Plot]:
    seconds = [one.seconds for one in graded.submissions if one.seconds is not None]
    made = mistakes(graded)
    drawn = {}
    if scores:
        drawn["scores"] = plots.scores_plot(scores, graded.max_score)
    if graded.ran:
        drawn["questions"] = plots.questions_plot(questions(graded))
    if made:
        drawn["mistakes"] = plots.mistakes_plot(made)
    if seconds:
        drawn["times"] = plots.times_plot(seconds)
    return drawn


def report_page(sections: list[Section], overview: Table | None, when: datetime) -> str:
    """Make the page.

    Parameters
    ----------
    sections : list of Section
        One for each assignment.
    overview : Table, optional
        Compares them, where there are several.
    when : datetime
        The time that it states.

    Returns
    -------
    str
        HTML in which everything that comes from a submission is escaped, and whose policy lets
        nothing run but the script that sorts and searches its tables.
    """
    script = (FOLDERS[0] / "table.js").read_text(encoding="utf-8")
    digest = base64.b64encode(sha256(script.encode()).digest()).decode()
    return _template().render(
        sections=sections, overview=overview, script=Markup(script), digest=digest,
        when=when.strftime("%Y-%m-%d %H:%M"),
    )  # fmt: skip


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(FOLDERS), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals |= {
        "named": NAMED, "few": FEW_ROWS, "fewest": FEWEST, "rules": [rule.stated for rule in RULES],
        "stretch": STRETCH, "share": SHARE, "fewest_shared": FEWEST_SHARED,
    }  # fmt: skip
    environment.filters |= {
        "plain": plain,
        "cell": show, "data": data, "hint": _hint, "key": sort_key, "quote": quote,
        "number": lambda number: show(number, Column("", "points")),
    }  # fmt: skip
    return environment.get_template("report.html.j2")


def _hint(text: str) -> Markup:
    return Markup(with_code(plain(text)))


def show(cell, column: Column) -> str:
    """Show one number or text of a table; lists are the template's."""
    if cell is None:
        return "n/a" if column.kind in ("share", "correlation") else "–"
    formats = {
        "number": "{:,}", "points": "{:.4g}", "share": "{:.0%}", "correlation": "{:.2f}",
        "seconds": "{:.1f}",
    }  # fmt: skip
    if column.kind == "points" and abs(cell) >= 1000:
        return f"{cell:.0f}"
    shown = formats.get(column.kind, "{}").format(cell)
    return shown.replace("-", "−") if column.is_number else plain(shown)


def data(table: Table) -> Markup:
    """All rows of a long table as JSON: texts as they are shown, and where a student's page is."""
    rows = [list(map(_datum, row, table.columns)) for row in table.rows]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    # So that nothing in it ends the element that it stands in.
    return Markup(text.replace("<", "\\u003c"))


def _datum(cell, column: Column) -> str | list[str]:
    if isinstance(cell, Who):
        shown = plain(cell if column.kind == "id" else cell.called)
        return [shown, cell.href] if cell.href else shown
    return show("; ".join(cell) if column.kind == "list" else cell, column)


def sort_key(cell) -> str:
    """What the page's script sorts a cell by; nothing where there is no value."""
    if isinstance(cell, (list, tuple)):
        return ", ".join(cell[:FEW_ROWS])
    return "" if cell is None else str(cell)
