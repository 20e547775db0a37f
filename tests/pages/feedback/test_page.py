"""The page of a notebook: its order, its words, and that nothing in it runs."""

import time
from base64 import b64encode
from html.parser import HTMLParser
from types import SimpleNamespace

import nbformat
import pytest

from visual_coding_course.pages.feedback import render as page_module
from visual_coding_course.pages.feedback.clean import safe_html
from visual_coding_course.pages.feedback.page import feedback_page
from visual_coding_course.pages.feedback.pieces import prepare
from visual_coding_course.pages.feedback.render import plain_page

#: The beginning of a picture of 5 x 9 pixels.
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\5\0\0\0\x09"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def tagged(make, source, grade_id, **tags):
    cell = make(source)
    defaults = {"grade": False, "solution": False, "locked": False, "task": False}
    cell.metadata["nbgrader"] = {**defaults, "schema_version": 3, "grade_id": grade_id, **tags}
    return cell


def result(status="partial", **changes):
    case = {"name": "the first", "points": 1, "hidden": True, "status": "failed", "answer": "x",
            "state": "wrong_value", "mistakes": ["off by one"], "message": "`x` is 4.",
            "found": "4"}  # fmt: skip
    plot = {"png": "iVBORw0KGgo=", "alt": "Your x: 2 numbers", "caption": "Your `x`", "width": 9,
            "height": 9}  # fmt: skip
    return {"question": "q1", "status": status, "score": 1, "max_score": 2,
            "hints": [{"text": "`x` is 4. Look again.", "plot": plot}], "cases": [case],
            **changes}  # fmt: skip


#: Each takes minutes or hours where it is taken for what it looks like.
LONG = [
    "<style " * 400_000,
    "<" * 1_000_000,
    "&" * 1_000_000,
    "<table>" + "<tr><td>1</td></tr>" * 50_000,
]


@pytest.fixture
def notebook():
    code, markdown = nbformat.v4.new_code_cell, nbformat.v4.new_markdown_cell
    check = tagged(code, 'grader.check("q1")', "q1", grade=True, locked=True, points=2)
    check.metadata["course"] = result()
    cells = [
        tagged(code, "given = 1", "setup", locked=True),
        markdown("## 1. The first question\n\nIts text."),
        tagged(code, "x = 4  # mine", "q1-answer", solution=True),
        code("added = 5"),
        check,
        markdown("## 2. What do you think?"),
        tagged(markdown, "I **think**.", "q2", grade=True, solution=True, points=3),
    ]
    return nbformat.v4.new_notebook(cells=cells)


class Gradebook:
    """Answers as nbgrader's does."""

    late_submission_penalty = None

    def __init__(self, comments=None, by_hand=None):
        self.comments, by_hand = comments or {}, by_hand or {}
        self.grades = {"q1": self.grade(1, 2, by_hand.get("q1"), False)}
        self.grades["q2"] = self.grade(0, 3, by_hand.get("q2"), "q2" not in by_hand)
        self.score = sum(grade.score for grade in self.grades.values())
        self.max_score = 5

    def grade(self, auto, points, manual, waits):
        score = auto if manual is None else manual
        return SimpleNamespace(
            score=score, max_score=points, manual_score=manual, needs_manual_grade=waits
        )

    def find_grade(self, cell, *names):
        return self.grades[cell]

    def find_comment(self, cell, *names):
        return SimpleNamespace(comment=self.comments.get(cell))

    def find_submission_notebook(self, *names):
        return self


class Reader(HTMLParser):
    """Text of a page in its order, its tags, and attributes that could run or load something."""

    def __init__(self, page):
        super().__init__()
        self.text, self.tags, self.loaded, self.headings = "", [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        for name, value in attributes:
            loads = name in ("src", "srcset") and not value.startswith("data:image/png;base64,")
            if name.startswith("on") or loads or "javascript:" in (value or ""):
                self.loaded.append((tag, name, value))

    def handle_data(self, data):
        if self.cdata_elem != "style":
            self.text += " ".join(data.split()) + " "

    def assert_order(self, *words):
        """All stand there, each after the one before it."""
        place = 0
        for word in words:
            place = self.text.find(word, place)
            assert place >= 0, (word, self.text)
            place += len(word)


def read(notebook, **gradebook):
    return Reader(feedback_page("tiny", "ada", notebook, Gradebook(**gradebook)))


def test_order_of_the_page(notebook):
    read(notebook).assert_order(
        "Feedback for ada", "Tiny", "1 of 5 points", "so far; 3 more are to be graded by hand",
        "1. The first question", "partly right", "1 of 2", "to be graded by hand",
        "– of 3", "1. The first question", "partly right", "Look again.", "Your x", "# mine",
        "added", "What was checked", "the first (1 point; only run when graded)", "is 4.",
        "Found: 4", "2. What do you think?", "I think .",
    )  # fmt: skip


def test_prose_and_locked_cells_are_not_repeated(notebook):
    page = read(notebook)
    assert "Its text" not in page.text and "given" not in page.text
    assert "grader.check" not in page.text


def test_hints_stand_beside_their_plot(notebook):
    page = feedback_page("tiny", "ada", notebook, Gradebook())
    hint = page[page.index('<ul class="hints">') :]
    assert hint.index("Look again.") < hint.index('alt="Your x: 2 numbers"') < hint.index("</ul>")


@pytest.mark.parametrize(
    "status, words",
    [
        ("correct", "✓ right"),
        ("incorrect", "✗ not right"),
        ("error", "✗ stopped with an error"),
        ("not_attempted", "○ not attempted"),
    ],
)
def test_state_in_sign_and_words(notebook, status, words):
    notebook.cells[4].metadata["course"] = result(status, hints=[])
    assert words in read(notebook).text


def test_comments_and_manual_grades(notebook):
    comments = {"q1-answer": f"Good. {SCRIPT}", "q2": "Say more."}
    page = read(notebook, comments=comments, by_hand={"q1": 2, "q2": 2.5})
    page.assert_order("4.5 of 5 points", "2 of 2 points, given by hand", "Good.", "I think")
    page.assert_order("graded by hand", "2.5 of 3", "I think", "Say more.")
    assert "to be graded" not in page.text and "so far" not in page.text
    assert "script" not in page.tags and page.loaded == []


def test_penalty_for_handing_in_late(notebook):
    gradebook = Gradebook()
    gradebook.late_submission_penalty = 0.5
    page = Reader(feedback_page("tiny", "ada", notebook, gradebook))
    page.assert_order("0.5 of 5 points", "0.5 were taken off for handing in late")


def test_nothing_that_a_student_wrote_runs(notebook):
    answer, check, written = notebook.cells[2], notebook.cells[4], notebook.cells[6]
    answer.source = written.source = SCRIPT
    notebook.cells[1].source = f"## {SCRIPT}"
    for kind in ("text/html", "text/plain", "image/png", "image/svg+xml", "text/markdown"):
        output = nbformat.v4.new_output("display_data", {kind: f'"{SCRIPT}'})
        answer.outputs.append(output)
        check.outputs.append(output)
    answer.outputs.append(nbformat.v4.new_output("stream", text=SCRIPT))
    error = {"ename": SCRIPT, "evalue": SCRIPT, "traceback": [SCRIPT]}
    answer.outputs.append(nbformat.v4.new_output("error", **error))
    course = result()
    course["cases"][0] |= {"name": SCRIPT, "message": SCRIPT, "found": SCRIPT}
    course["hints"][0]["text"] = course["hints"][0]["plot"]["alt"] = f"{SCRIPT}`{SCRIPT}`"
    check.metadata["course"] = course
    notebook.metadata["course"] = {"message": SCRIPT}
    page = Reader(feedback_page(SCRIPT, f'"{SCRIPT}', notebook, Gradebook()))
    assert "script" not in page.tags and page.loaded == [] and "svg" not in page.tags
    assert page.text.count("alert(1)") > 8


def test_what_a_student_puts_into_metadata_is_not_shown(notebook):
    forged = result("correct", hints=[{"text": "All points!", "plot": None}])
    for cell in (notebook.cells[2], notebook.cells[3], notebook.cells[6]):
        cell.metadata["course"] = forged
    assert "All points!" not in read(notebook).text


def test_headings_of_students_do_not_break_the_order_of_headings(notebook):
    notebook.cells[6].source = "# Big\n\n##### Small"
    html = "<h1>Table</h1><table><tr><th></th><th>a</th></tr><tr><th>0</th><td>1</td></tr></table>"
    notebook.cells[2].outputs = [nbformat.v4.new_output("display_data", {"text/html": html})]
    page = read(notebook)
    assert page.tags.count("h1") == 1 and {"h4", "h5"}.isdisjoint(page.tags)
    assert page.tags.count("h2") == 3 and "Big" in page.text and "Table" in page.text


def test_cells_after_the_last_question_are_shown(notebook):
    notebook.cells.append(nbformat.v4.new_code_cell("print('more')"))
    read(notebook).assert_order("I think", "After the last question", "more")


def test_page_of_a_submission_that_was_not_run():
    graded = SimpleNamespace(
        status="unreadable", score=0, max_score=5, message=f"No notebook. {SCRIPT}"
    )
    page = Reader(plain_page("tiny", "ada", graded))
    page.assert_order("Feedback for ada", "0 of 5 points", "could not be graded", "No notebook.")
    assert "script" not in page.tags and page.loaded == []


def test_a_wrong_figure_stands_small_beside_its_hint(notebook):
    answer, check = notebook.cells[2], notebook.cells[4]
    answer.source = "fig_x = plt.figure()"
    pictures = [b64encode(PNG[:23] + bytes([width])).decode() for width in (7, 9)]
    answer.outputs = [
        nbformat.v4.new_output("display_data", {"image/png": png}) for png in pictures
    ]
    hints = [{"text": f"`fig_x` {what}.", "answer": "fig_x", "plot": None} for what in "ab"]
    hints[0]["right"] = {**result()["hints"][0]["plot"], "caption": "The right `fig_x`"}
    other = {"text": "`fig_y` is not right.", "answer": "fig_y", "plot": None}
    check.metadata["course"] = result(hints=[*hints, other])
    page = feedback_page("tiny", "ada", notebook, Gradebook())
    hint = page[page.index("<code>fig_x</code> a.") :].split("</li>")[0]
    assert 'aria-label="Your fig_x, small' in hint
    assert '<use href="#q1-fig_x"/>' in hint
    assert "The right <code>fig_x</code>" in hint.split("<use ")[1]
    assert page.count("<use ") == page.count('<image id="q1-fig_x"') == 1
    assert f"data:image/png;base64,{pictures[1]}" in page.split("<image", 1)[1][:300]
    assert [page.count(png) for png in pictures] == [1, 1]


@pytest.mark.parametrize("html", LONG)
def test_html_that_is_too_long_is_shown_as_text(notebook, html):
    data = {"text/html": html, "text/plain": "a table"}
    notebook.cells[3].outputs = [nbformat.v4.new_output("display_data", data)]
    page = feedback_page("tiny", "ada", notebook, Gradebook())
    assert "a table" in page and html[:1000] not in page


def test_many_pieces_are_too_long_together(notebook):
    data = {"text/html": "<b>bold</b>" * 4000, "text/plain": "plain"}
    notebook.cells[3].outputs = [nbformat.v4.new_output("display_data", data) for _ in range(50)]
    page = feedback_page("tiny", "ada", notebook, Gradebook())
    assert 0 < page.count("<b>bold</b>" * 4000) < 50 and "plain" in page


def test_text_and_code_that_are_too_long_are_not_made_up(notebook):
    notebook.cells[3].source = "a = 1\n" * 300_000
    notebook.cells[-1].source = "\n\n* <a>\n" * 100_000
    page = feedback_page("tiny", "ada", notebook, Gradebook())
    assert "a = 1\na = 1" in page and "* &lt;a&gt;" in page.replace("\u2060", "")


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("a<style>b</style>c<SCRIPT>d</script >e", "ace"),
        ("a<style>b</script>c", "a"),
        ("a<style" + "<style" * 5000, "a"),
        ("a<b>c</b><style>d</style><style>e", "a<b>c</b>"),
    ],
)
def test_what_is_no_text_is_left_out(html, left):
    assert safe_html(html) == left


def test_code_of_many_empty_lines_is_made_up_all_the_same(notebook):
    notebook.cells[3].source = "a = 1" + "\n" * 49_000 + "b = 2"
    page = feedback_page("tiny", "ada", notebook, Gradebook())
    assert '<span class="n">b</span>' in page


#: Each takes seconds to hours of whoever makes HTML of it without a limit.
SLOW = {
    "written": ["\\\\[", "\\\\(", "\\begin{a}", "> ", "`", "[", "*a", "=\n", "<div>", "  - a\n"],
    "code": ["    \n", "a.", "(", "%", "'", "f'{"],
    "html": ["<div>", "<b><p>", "<style ", "<!--", "<table><tr><td>"],
}


@pytest.mark.parametrize("place, piece", [(place, one) for place in SLOW for one in SLOW[place]])
def test_slow_text_costs_no_more_than_its_limit(notebook, place, piece):
    text = piece * (49_000 // len(piece))
    if place == "html":
        output = nbformat.v4.new_output("display_data", {"text/html": f"shown {text}"})
        notebook.cells[3].outputs = [output]
    else:
        notebook.cells[{"written": -1, "code": 3}[place]].source = f"shown {text}"
    started = time.process_time()
    page = feedback_page("tiny", "ada", notebook, Gradebook())
    assert time.process_time() - started < 2  # of this process: what its fork takes is limited
    assert "shown" in Reader(page).text and "# mine" in Reader(page).text


def test_a_slow_answer_does_not_make_the_others_plain(notebook):
    notebook.cells[-1].source = "\\\\[" * 12_000
    page = feedback_page("tiny", "ada", notebook, Gradebook())
    assert "<pre>\\\\[" in page and '<span class="n">added</span>' in page


def test_what_was_prepared_is_not_made_again(notebook, monkeypatch):
    prepare(notebook)
    monkeypatch.setattr("visual_coding_course.pages.feedback.render.prepare", None)
    page = feedback_page("tiny", "ada", notebook, Gradebook())
    assert '<span class="n">added</span>' in page and "<strong>think</strong>" in page


def test_prepared_pieces_are_cleaned_again(notebook):
    prepare(notebook)
    notebook.cells[3].metadata["course_html"] = SCRIPT + '<p class="comment">Well done</p>'
    page = Reader(feedback_page("tiny", "ada", notebook, Gradebook()))
    assert "script" not in page.tags and page.loaded == []


def test_pieces_of_the_students_making_are_not_believed(notebook):
    notebook.cells[3].metadata["course_html"] = "<b>forged</b>"
    prepare(notebook)
    assert "forged" not in feedback_page("tiny", "ada", notebook, Gradebook())


@pytest.mark.parametrize("shown", ["one output", "many outputs", "errors", "text", "pictures"])
def test_a_page_has_a_greatest_size(notebook, shown, monkeypatch):
    monkeypatch.setattr(page_module, "MOST_PAGE", 200_000)
    output, large = nbformat.v4.new_output, "<" * 120_000
    answer, png = notebook.cells[3], b64encode(PNG).decode()
    answer.outputs = [output("stream", text="small")] + {
        "one output": [output("stream", text=large)],
        "many outputs": [output("stream", text="<>" * 100) for _ in range(900)],
        "errors": [output("error", ename="E", evalue="", traceback=[large]) for _ in range(3)],
        "text": [],
        "pictures": [output("display_data", {"image/png": png + "A" * 90_000})] * 4,
    }[shown]
    if shown == "text":
        notebook.cells[-1].source = large
    page = feedback_page("tiny", "ada", notebook, Gradebook())
    assert len(page) < 300_000
    assert "small" in page and "the page would be too large" in page and "# mine" in page


def attached(notebook, text, **pictures):
    notebook.cells[-1].source = text
    notebook.cells[-1]["attachments"] = pictures
    return feedback_page("tiny", "ada", notebook, Gradebook())


@pytest.mark.parametrize(
    ("kind", "start"),
    [("image/png", PNG), ("image/jpeg", b"\xff\xd8\xff\xe0"), ("image/gif", b"GIF89a")],
)
def test_a_pasted_picture_is_shown(notebook, kind, start):
    content = b64encode(start + bytes(9)).decode()
    text = "As in ![my figure](attachment:image.png), so."
    page = attached(notebook, text, **{"image.png": {kind: content}})
    assert f'<img alt="my figure" src="data:{kind};base64,{content}">' in page
    assert page.count(content) == 1
    # Once more, from the notebook as it is kept.
    assert f"data:{kind};base64,{content}" in feedback_page("tiny", "ada", notebook, Gradebook())


def test_a_picture_in_html_is_shown(notebook):
    content = b64encode(PNG).decode()
    text = 'Here: <img src="attachment:a.png" width="300">'
    assert f"base64,{content}" in attached(notebook, text, **{"a.png": {"image/png": content}})


@pytest.mark.parametrize(
    "pictures",
    [
        {}, {"image.png": {}}, {"image.png": {"image/png": f'"><script>{SCRIPT}'}},
        {"image.png": {"image/svg+xml": "PHN2Zz4="}}, {"image.png": {"image/png": "PHN2Zz4="}},
        {"image.png": {"text/html": SCRIPT}}, {"other.png": {"image/png": b64encode(PNG).decode()}},
    ],
)  # fmt: skip
def test_what_is_no_picture_is_not_shown_but_said(notebook, pictures):
    page = Reader(attached(notebook, "So ![my figure](attachment:image.png).", **pictures))
    assert page.loaded == [] and "img" not in page.tags[page.tags.index("main") :][-9:]
    assert "my figure" in page.text and {"script", "svg"}.isdisjoint(page.tags)


def test_many_references_are_one_picture(notebook):
    content = b64encode(PNG + bytes(3_000_000)).decode()
    text = "![it](attachment:image.png)\n\n" * 100
    page = attached(notebook, text, **{"image.png": {"image/png": content}})
    assert page.count(content) == 1 and page.count("the same picture as before") == 99


def test_a_question_that_could_not_be_graded(notebook):
    notebook.cells[4].metadata["course"] = result("not_graded", score=None)
    page = read(notebook)
    page.assert_order("so far", "3 more are to be graded by hand", "2 more could not be graded yet")
    page.assert_order("? not graded yet", "– of 2", "not your doing", "# mine")
    assert "What was checked" not in page.text and "Look again" not in page.text
    notebook.cells[4].metadata["course"] = result("not_graded", score=None)
    page = read(notebook, by_hand={"q1": 2})
    assert "graded by hand" in page.text and "not your doing" not in page.text


def test_page_of_a_submission_that_could_not_be_graded():
    graded = SimpleNamespace(status="not_graded", score=None, max_score=5, message="OSError: disk")
    page = Reader(plain_page("tiny", "ada", graded))
    page.assert_order("– of 5 points", "could not be graded yet", "not your doing", "again")
    assert "OSError" not in page.text
    assert "Tiny" in page.text
    told = Reader(plain_page("tiny", "ada", graded, title="A <tiny> one"))
    assert told.text.count("A <tiny> one") == 2 and "Tiny" not in told.text


def test_the_title_is_the_assignments(notebook):
    notebook.metadata["course"] = {"title": "What a <neuron> does"}
    page = read(notebook)
    assert page.text.count("What a <neuron> does") == 2 and page.tags.count("h1") == 1
    assert "What a <neuron> does: feedback for ada" in page.text


def test_names_and_messages_are_shown_and_not_obeyed(notebook):
    notebook.metadata["course"] = {"message": "Cell 1, `\x1b[2J\u202e`: it stopped."}
    page = feedback_page("tiny", "a\u202eb\ud800", notebook, Gradebook())
    assert "a\\u202eb\\ud800" in page and "\\x1b[2J\\u202e" in page
    assert "\x1b" not in page and "\u202e" not in page
    page.encode()
