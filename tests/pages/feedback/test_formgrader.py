"""What hostile submissions do in nbgrader's own pages, in a real browser: nothing.

Once as this package writes them, shown by a formgrader that is not configured; and once as they
came, shown by the formgrader as this course configures it.
"""

import re
import struct
import zlib
from base64 import b64encode
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from visual_coding_course.checking.results import CaseResult, QuestionResult
from visual_coding_course.grading.record import Record
from visual_coding_course.grading.submissions import Submission
from visual_coding_course.pages.feedback.pieces import prepare
from visual_coding_course.records.graded import GradedSubmission

from ..browser import chromium
from ..formgrader import TOKEN, jupyter
from ..report.conftest import POINTS, tiny

COURSE = Path(__file__).resolve().parents[3]
RUN = "window.pwned = (window.pwned || 0) + 1; document.title = 'pwned'"
HTML = [
    f"<script>{RUN}</script>",
    f'<img src=x onerror="{RUN}">',
    f"<img src=x onerror='{RUN}'//",
    f'<svg onload="{RUN}"><circle r=5 /></svg>',
    f'<iframe srcdoc="<script>parent.{RUN[:40]}</script>"></iframe>',
    f'<a id="trap" href="javascript:{RUN}">a link</a>',
    f'<details open ontoggle="{RUN}">d</details>',
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=x "
    f"onerror={RUN[:38]}>'>",
    f'<noscript><p title="</noscript><img src=x onerror={RUN[:38]}>"></noscript>',
    f"<style>@import 'x'; </style><form><button formaction='javascript:{RUN[:20]}'>b</form>",
    f'<!--><img src=x onerror="{RUN}">-->',
    f'<input autofocus onfocus="{RUN}">',
]
MARKDOWN = [
    *HTML,
    f'```mermaid\n<img src=x onerror="{RUN}">\n```',
    f"[a link](javascript:{RUN.replace(' ', '')})",
    "[a link][1]\n\n[1]: javascript:window.pwned=1",
    "[a link](&#106;avascript:window.pwned=1)",
    "[a link](java\tscript:window.pwned=1)",
    "<javascript:window.pwned=1>",
    "[a link](evil.html)",
    '![a picture](x"onerror="window.pwned=1)',
    "![a picture](http://127.0.0.1:9/tracker.png)",
    "![gone](attachment:gone.png)",
    f"`{HTML[0]}`",
]


def png(width, height):
    """A picture of one colour."""

    def chunk(kind, data):
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    rows = b"".join(b"\0" + b"\x40\x80\xc0" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b64encode(b"\x89PNG\r\n\x1a\n" + body).decode()


FIGURE, PASTED = png(90, 40), png(70, 30)


def hostile(notebook):
    """Fill a notebook with what its student, and the code in it, may have put there."""
    display = nbformat.v4.new_output
    answer = nbformat.v4.new_code_cell(f"x = 3  # {HTML[0]}")
    answer["execution_count"] = f"1{HTML[1]}"
    answer.metadata |= {"tags": [f'"{HTML[1]}'], "course": {"message": HTML[1]}}
    answer.outputs = [display("display_data", {"text/html": f"shown {html}"}) for html in HTML]
    for kind in ("application/javascript", "image/svg+xml", "text/markdown", "text/latex"):
        answer.outputs.append(display("display_data", {kind: HTML[0] if "html" in kind else RUN}))
    answer.outputs.append(display("display_data", {"image/svg+xml": HTML[3]}))
    answer.outputs.append(display("display_data", {"image/png": f'"><script>{RUN}</script>'}))
    answer.outputs.append(display("display_data", {"image/png": FIGURE}))
    answer.outputs[-1].metadata = {
        "image/png": {"width": f'3 onload="{RUN}"', "alt": f'"{HTML[1]}'},
        "filenames": {"image/png": "x"}
    }  # fmt: skip
    answer.outputs.append(display("stream", text=f"{HTML[0]}\x1b[31m{HTML[1]}"))
    answer.outputs.append(display("error", ename=HTML[0], evalue=HTML[1], traceback=HTML[:2]))
    answer.outputs.append(
        display("display_data", {"text/html": "<table><tr><td>42</td></tr></table>"})
    )
    widget = {"model_id": "a", "version_major": 2}
    answer.outputs.append(
        display("display_data", {"application/vnd.jupyter.widget-view+json": widget})
    )
    raw = nbformat.v4.new_raw_cell(HTML[0], metadata={"raw_mimetype": "text/html"})
    text = nbformat.v4.new_markdown_cell(HTML[0])
    notebook.cells[:0] = [answer, raw, text]
    notebook.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {}}}
    notebook.metadata["title"] = f"</title>{HTML[0]}"
    written = notebook.cells[-1]
    written["attachments"] = {"image.png": {"image/png": PASTED}}
    pieces = [f"Piece {number}: {text}" for number, text in enumerate(MARKDOWN)]
    written.source = "\n\n".join(
        ["**Because** of 3 < 4 and `a<b`. ![mine](attachment:image.png)", *pieces, "The end."]
    )
    return notebook


def written_course(folder, layer):
    """A course folder with a graded submission; `layer` is what makes it safe."""
    assignment = tiny("tiny")
    questions = [
        QuestionResult(name, (CaseResult("a case", points, False, "failed", "No."),))
        for name, points in POINTS.items()
    ]
    notebook = hostile(assignment.notebook)
    if layer == "file":
        prepare(notebook, assignment.notebook)
    graded = GradedSubmission("graded", tuple(questions), 1.0, None, nbformat.v4.writes(notebook))
    with Record(folder, assignment) as record:
        record.add(Submission("eve", folder / "eve.ipynb"), graded, "digest")
        record.finish()
    config = (COURSE / "nbgrader_config.py").read_text() if layer == "config" else ""
    (folder / "nbgrader_config.py").write_text(config)
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        return gradebook.find_submission_notebook("tiny", "tiny", "eve").id


@pytest.fixture(scope="module", params=["file", "config"])
def shown(request, tmp_path_factory):
    """The submission's page in the formgrader, and what was asked for on the way."""
    folder = tmp_path_factory.mktemp(request.param)
    submission = written_course(folder, request.param)
    with jupyter(folder) as address, chromium() as browser:
        page = browser.new_page(extra_http_headers={"Authorization": f"token {TOKEN}"})
        page.asked, page.failed = [], []
        page.route(lambda url: not url.startswith(address), lambda route: route.abort())
        page.on("request", lambda one: page.asked.append(one.url))
        page.on("dialog", lambda dialog: page.failed.append("dialog"))
        answer = page.goto(f"{address}/formgrader/submissions/{submission}/")
        page.wait_for_timeout(500)
        assert answer.status == 200, (folder / "server.log").read_text()[-3000:]
        yield page


def test_nothing_runs(shown):
    for link in shown.locator("#notebook-container a").all():
        link.evaluate("one => one.click()")
        shown.wait_for_timeout(20)
    assert shown.evaluate("window.pwned") is None and shown.failed == []
    assert shown.title() == "tiny"


def test_nothing_is_loaded(shown):
    own = re.compile(r"http://127.0.0.1:\d+/formgrader/(static|submissions/[^/]+/(\?|$)|api)|data:")
    foreign = [url for url in shown.asked if not own.match(url)]
    known = ("https://cdnjs.cloudflare.com/", "https://fonts.")
    assert [url for url in foreign if not url.startswith(known)] == []


def test_no_element_can_do_anything(shown):
    inside = shown.locator("#notebook-container").first
    for tag in ("script", "iframe", "svg", "object", "embed", "form", "style", "math", "noscript"):
        assert inside.locator(tag).count() == 0, tag
    attributes = inside.evaluate(
        "one => [...one.querySelectorAll('*')].flatMap(e => e.getAttributeNames())"
    )
    assert [name for name in attributes if name.startswith("on")] == []
    addresses = inside.evaluate(
        "one => [...one.querySelectorAll('[href],[src]')].map(e => e.href || e.src)"
    )
    assert all(re.match("https?://|data:image/png|#", one) for one in addresses), addresses


def test_everything_can_be_read_and_graded(shown):
    inside = shown.locator("#notebook-container").first
    text = inside.inner_text().replace("\u2060", "")
    for number in range(len(MARKDOWN)):
        assert f"Piece {number}:" in text
    for words in ("Because of 3 < 4 and a<b.", "The end.", "# <script>", "shown", "42"):
        assert words in text
    widths = inside.evaluate("one => [...one.querySelectorAll('img')].map(e => e.naturalWidth)")
    assert {70, 90} <= set(widths)
    assert shown.locator("input.score").count() == 3
    assert shown.locator("textarea.comment").count() == 1
