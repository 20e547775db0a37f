"""Keep of what a student's notebook shows that which can carry no script and load nothing."""

from __future__ import annotations

import re

import bleach
from nbconvert.filters import markdown2html
from nbformat import NotebookNode

#: From the best to show to the last resort.
SAFE_KINDS = ("image/png", "image/jpeg", "text/html", "text/plain")
SAFE_TAGS = [
    "a", "b", "blockquote", "br", "code", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "i", "li", "ol", "p", "pre", "s", "span", "strong", "sub", "sup", "table", "tbody", "td", "th",
    "thead", "tr", "u", "ul",
]  # fmt: skip
UNSEEN = re.compile(r"<(style|script)\b", re.IGNORECASE)
UNSEEN_ENDS = {name: re.compile(rf"</{name}[^>]*>", re.IGNORECASE) for name in ("style", "script")}
#: So many characters are made HTML of for one page, and for one piece of it: it takes up to a
#: second for 50 000 of the worst. What is longer is shown as plain text.
MOST_MADE, MOST_PIECE = 300_000, 50_000
#: What a page that is read aloud should not have: headings between the page's own, table headers
#: and links that say nothing. By what each is replaced.
PLAIN = {
    re.compile(r"<h[1-6]>"): '<p class="heading">',
    re.compile(r"</h[1-6]>"): "</p>",
    re.compile(r"<th((?: [^>]*)?)>\s*</th>"): r"<td\1></td>",
    re.compile(r'<a(?: href="[^"]*")?>\s*</a>'): "",
}


def leave_plain(notebook: NotebookNode) -> None:
    """Mark in a notebook what is too long to make HTML of, so that it is shown as plain text."""
    left = MOST_MADE
    for cell in notebook.cells:
        left -= len(cell.source)
        cell.metadata["plain"] = left < 0 or len(cell.source) > MOST_PIECE
        for data in (output.get("data", {}) for output in cell.get("outputs", [])):
            html = data.get("text/html", "")
            left -= len(html)
            if html and (left < 0 or len(html) > MOST_PIECE):
                data.setdefault("text/plain", data.pop("text/html"))


def _without_unseen(html: str) -> str:
    """Leave out the elements whose content is not text; one that does not end goes to the end."""
    kept, place = [], 0
    while opening := UNSEEN.search(html, place):
        kept.append(html[place : opening.start()])
        end = UNSEEN_ENDS[opening[1].lower()].search(html, opening.end())
        if end is None:
            return "".join(kept)
        place = end.end()
    return "".join([*kept, html[place:]])


def safe_html(html: str) -> str:
    """Keep text, tables and lists of a piece of HTML, and nothing that runs or loads anything."""
    cleaned = bleach.clean(
        _without_unseen(html),
        tags=SAFE_TAGS,
        attributes={"a": ["href"], "td": ["colspan", "rowspan"], "th": ["colspan", "rowspan"]},
        protocols=["http", "https", "mailto"],
        strip=True,
    )
    for pattern, replacement in PLAIN.items():
        cleaned = pattern.sub(replacement, cleaned)
    return cleaned


def safe_markdown(text: str) -> str:
    """Make HTML of a written answer."""
    return safe_html(markdown2html(text))


def safe_output(output: NotebookNode) -> tuple[str, str] | None:
    """Choose what is shown of one output of a cell.

    Parameters
    ----------
    output : NotebookNode
        As the notebook holds it.

    Returns
    -------
    (str, str) or None
        Its kind, one of `SAFE_KINDS`, ``"stream"`` or ``"error"``, and its content: HTML that is
        safe, base64, or plain text that is still to be escaped. None if nothing can be shown.
    """
    if output.output_type == "stream":
        return "stream", output.text
    if output.output_type == "error":
        return "error", "\n".join(output.traceback)
    for kind in SAFE_KINDS:
        if kind in output.get("data", {}):
            content = output.data[kind]
            if kind == "text/html":
                content = safe_html(content)
            return kind, "".join(content.split()) if kind.startswith("image/") else content
    return None
