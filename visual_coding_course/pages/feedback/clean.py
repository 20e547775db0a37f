"""Make HTML of what students wrote, and keep of theirs what can run nothing and load nothing."""

from __future__ import annotations

import re
from functools import cache
from html import escape, unescape
from typing import Any
from urllib.parse import unquote

import nh3
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers.python import PythonLexer
from pygments.token import STANDARD_TYPES

#: From the best to show to the last resort.
SAFE_KINDS = ("image/png", "image/jpeg", "text/html", "text/plain")
#: Kinds of pictures, and how one begins in base64.
PICTURES = {"image/png": "iVBORw0KGgo", "image/jpeg": "/9j/", "image/gif": "R0lGOD"}
ATTACHED = "attachment:"
TAGS = {
    "a", "b", "blockquote", "br", "code", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "i", "img", "li", "ol", "p", "pre", "s", "span", "strong", "sub", "sup", "table", "tbody",
    "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"}, "img": {"src", "alt"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}
}  # fmt: skip
#: What nbgrader's own pages show besides, such as the result of a check.
MORE_TAGS = {"caption", "dd", "del", "details", "dl", "dt", "kbd", "summary", "tfoot"}
STYLES = {
    "background-color", "border", "border-collapse", "border-left", "color", "font-family",
    "font-size", "font-style", "font-weight", "line-height", "margin", "max-width", "padding",
    "text-align", "vertical-align",
}  # fmt: skip
#: What a page that is read aloud should not have: headings between the page's own, table headers
#: and links that say nothing. By what each is replaced.
PLAIN = {
    re.compile(r"<h[1-6]>"): '<p class="heading">',
    re.compile(r"</h[1-6]>"): "</p>",
    re.compile(r"<th((?: [^>]*)?)>\s*</th>"): r"<td\1></td>",
    re.compile(r'<a(?: href="[^"]*")?>\s*</a>'): "",
}
#: Of a picture in clean HTML, its attributes, in the order in which they were written.
PICTURE = re.compile(r'<img((?: (?:src|alt)="[^"]*")*)>')
#: Classes of coloured code, and of what `PLAIN` makes.
CLASSES = {
    "div": {"highlight"},
    "p": {"heading"},
    "span": {name for name in STANDARD_TYPES.values() if name},
}
#: Languages of code in a text whose lexer is known to take little time.
PYTHON = {"py", "python", "python3", "ipython", "ipython3"}

PYTHON_LEXER, HIGHLIGHTED = PythonLexer(), HtmlFormatter(cssclass="highlight")


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Leave out pictures that are not attached, and spans that are no numbers."""
    if name in ("colspan", "rowspan"):
        return value if value.isdecimal() and len(value) < 4 else None
    if name in ("src", "href"):
        return value if value.startswith(ATTACHED) == (name == "src") else None
    return value


@cache
def _cleaner(kind: str) -> nh3.Cleaner:
    attributes: dict[str, Any] = {**ATTRIBUTES}
    more: dict[str, Any] = {}
    if kind == "grader":
        attributes["*"] = {"style", "role", "aria-label", "aria-hidden"}
        more["filter_style_properties"] = STYLES
    return nh3.Cleaner(
        tags=TAGS | MORE_TAGS if kind == "grader" else TAGS,
        clean_content_tags={"script", "style"},
        attributes=attributes,
        attribute_filter=_attribute,
        allowed_classes=CLASSES,
        url_schemes={"http", "https", "mailto", ATTACHED[:-1]},
        url_relative="deny",
        link_rel=None,
        **more,
    )


def _clean(kind: str, html: str) -> str:
    # Half of a surrogate pair is a character to Python alone.
    return _cleaner(kind).clean(html.encode("utf-8", "replace").decode())


def safe_html(html: str) -> str:
    """Keep text, tables and lists of a piece of HTML, and nothing that runs or loads anything.

    What it returns stays as it is when it is given again.
    """
    cleaned = _clean("page", html)
    for pattern, replacement in PLAIN.items():
        cleaned = pattern.sub(replacement, cleaned)
    return cleaned


def safe_for_grader(html: str) -> str:
    """Do so for nbgrader's own pages, keeping colours and the like."""
    return _clean("grader", html)


class _Renderer(IPythonRenderer):
    """Leaves attached pictures to `with_pictures`, and no language's lexer to the student."""

    def __init__(self):
        super().__init__(escape=False, exclude_anchor_links=True)

    def block_code(self, code: str, info: str | None = None) -> str:
        if (info or "").strip().lower() in PYTHON:
            return python_html(code)
        return f"<pre><code>{escape(code)}</code></pre>\n"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        alt = escape(unescape(re.sub(r"<[^>]*>", "", text)))
        src = f' src="{escape(unescape(url))}"' if url.startswith(ATTACHED) else ""
        return f'<img{src} alt="{alt}">'


def markdown_html(text: str) -> str:
    """Make HTML of Markdown, not safe yet."""
    return MarkdownWithMath(renderer=_Renderer()).render(text)


def python_html(source: str) -> str:
    """Make HTML of Python code, with its colours as classes."""
    return highlight(source or " ", PYTHON_LEXER, HIGHLIGHTED)


def picture(attachments: Any, name: str) -> tuple[str, str] | None:
    """Find an attached picture: its kind and its base64; None if it is no picture, or not there."""
    bundle = attachments.get(name) if isinstance(attachments, dict) else None
    for kind, start in PICTURES.items():
        content = bundle.get(kind) if isinstance(bundle, dict) else None
        if isinstance(content, str):
            content = "".join(content.split())
            if content.startswith(start) and re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", content):
                return kind, content
    return None


def with_pictures(html: str, attachments: Any, most: int) -> str:
    """Put attached pictures into a piece of safe HTML.

    Parameters
    ----------
    html : str
        With pictures by the name of their attachment.
    attachments : mapping
        Those of the cell.
    most : int
        Characters that all pictures may have; a picture that is shown twice is there once.
    """
    shown = set()

    def put(found: re.Match) -> str:
        nonlocal most
        attributes = dict(re.findall(r'(src|alt)="([^"]*)"', found[1]))
        name = unescape(attributes.get("src", "").removeprefix(ATTACHED))
        alt = attributes.get("alt") or "Picture in the text"
        content = picture(attachments, name) or picture(attachments, unquote(name))
        if content is None:
            return f"<em>({alt}: this picture is not in the notebook)</em>"
        if name in shown:
            return f"<em>({alt}: the same picture as before)</em>"
        shown.add(name)
        most -= len(content[1])
        if most < 0:
            most += len(content[1])
            return f"<em>({alt}: this picture is too large to be shown here)</em>"
        return f'<img alt="{alt}" src="data:{content[0]};base64,{content[1]}">'

    return PICTURE.sub(put, html)


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
