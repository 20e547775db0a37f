"""`grader.check` as a student meets it."""

from html.parser import HTMLParser
from zipfile import ZipFile

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell

from visual_coding_course import Notebook
from visual_coding_course.checking.test_files import public_part
from visual_coding_course.inside.copies import write_copies
from visual_coding_course.notebook.grader import EXPECTED_FILE, CheckFailed
from visual_coding_course.notebook.lines import line_of

SOURCE = """
OK_FORMAT = False
name = "q1"

from otter.test_files import test_case
from visual_coding_course.checking import NotAttempted


@test_case(points=1, name="x is <positive>")
def positive(x):
    if x is None or x is ...:
        raise NotAttempted("`x` is blank.")
    assert x > 0, "`x` is <b>not</b> above 0: look at `start`."


@test_case(points=2, hidden=True)
def right(x, expected):
    assert x == expected.x, "`x` is not right."
"""


@pytest.fixture
def grader(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "q1_first.py").write_text(public_part(SOURCE))
    return Notebook()


def test_passed_check_says_that_more_are_run_later(grader):
    shown = grader.check("q1", {"x": 3})
    for text in (repr(shown), shown._repr_html_()):
        assert "public checks passed" in text
        assert "more are run when it is graded" in text
        assert "all tests passed" not in text.lower()


def test_failed_check_shows_the_hint_as_text(grader):
    shown = grader.check("q1", {"x": -3})
    assert "not right yet (0 of 1 points)" in repr(shown)
    page = shown._repr_html_()
    assert "<code>start</code>" in page
    assert "&lt;b&gt;not&lt;/b&gt;" in page and "x is &lt;positive&gt;" in page
    HTMLParser().feed(page)


def test_blank_is_not_attempted(grader):
    text = repr(grader.check("q1", {"x": ...}))
    assert "not attempted" in text and "Replace the blanks" in text


def test_variables_of_the_notebook_are_taken_by_default(grader):
    x = 3  # noqa: F841
    shown = eval('grader.check("q1")', {"grader": grader, "x": 7})
    assert shown.result.status == "correct"


def test_self_study_runs_hidden_cases(grader, tmp_path):
    (tmp_path / "tests" / "q1_first.py").write_text(SOURCE)
    (tmp_path / EXPECTED_FILE).write_bytes(write_copies({"x": 3}))
    assert repr(grader.check("q1", {"x": 3})).endswith("passed (3 of 3 points).")
    assert "`x` is not right." in repr(grader.check("q1", {"x": 4}))


def test_unknown_question_says_what_there_is(grader, tmp_path):
    with pytest.raises(FileNotFoundError, match="It has those of q1"):
        grader.check("q7", {})
    (tmp_path / "tests" / "q1_first.py").unlink()
    with pytest.raises(FileNotFoundError, match="beside its tests folder"):
        grader.check("q1", {})


def test_check_all_shows_every_question(grader, capsys):
    grader.check_all({"x": 3})
    assert "q1: public checks passed" in capsys.readouterr().out


def test_nbgrader_validate_sees_failure_as_an_error(grader, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    with pytest.raises(CheckFailed, match="above 0"):
        grader.check("q1", {"x": -3})
    assert grader.check("q1", {"x": 3}) is None


STEPS = """
from visual_coding_course.checking import slip, step
from visual_coding_course.checking.forms import number


@step(
    answer="x", form=number(), wrong="`{answer}` is another number.", direct="Think of three."
)
def three():
    return 3.0


slip(
    three,
    "the sign",
    lambda: -3.0,
    "`{answer}` has the sign of its opposite.",
    "Which way does it point?",
    "Multiply `{answer}` by -1.",
)
"""
ABOUT = """
from visual_coding_course.checking import About

ABOUT = About(read={"q1": ("Signs", "https://example.org/signs")})
"""
CHECKING = """
OK_FORMAT = False
name = "q1"

import steps

from visual_coding_course.checking import expect

three = expect(steps, "x", points=1, name="x is three")
"""


@pytest.fixture
def teaching(grader, tmp_path):
    """A grader whose question knows a mistake."""
    (tmp_path / "tests" / "q1_first.py").write_text(CHECKING)
    (tmp_path / "steps.py").write_text(STEPS)
    (tmp_path / "about.py").write_text(ABOUT)
    return grader


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({}, "`x` does not exist"),
        ({"x": ...}, "Replace the blanks"),
        ({"x": [3, 4]}, "`x` is a list"),
        ({"x": -3}, "`x` has the sign of its opposite. Which way does it point?"),
        ({"x": 8}, "`x` is another number."),
        ({"x": 3}, "passed"),
    ],
)
def test_each_state_has_its_own_sentence(teaching, variables, said):
    assert said in repr(teaching.check("q1", variables))


def test_who_fails_again_gets_a_more_direct_hint(teaching):
    assert "Which way" in repr(teaching.check("q1", {"x": -3}))
    assert "Multiply `x` by -1." in repr(teaching.check("q1", {"x": -3}))
    assert "another number" in repr(teaching.check("q1", {"x": 8})), "another mistake starts anew"
    assert "Think of three." in repr(teaching.check("q1", {"x": 8}))
    teaching.check("q1", {"x": 3})
    assert "Which way" in repr(teaching.check("q1", {"x": -3})), "after a pass, from the beginning"


def test_attempts_outlive_the_kernel_and_a_broken_file(teaching, tmp_path):
    teaching.check("q1", {"x": -3})
    assert "Multiply" in repr(Notebook().check("q1", {"x": -3}))
    (tmp_path / ".attempts.json").write_text('{"q1": 5}')
    assert "Which way" in repr(Notebook().check("q1", {"x": -3}))


def test_a_blank_is_no_attempt(teaching):
    teaching.check("q1", {"x": ...})
    assert "Which way" in repr(teaching.check("q1", {"x": -3}))


@pytest.fixture
def run(teaching):
    """Run a cell in the student's kernel, beside a grader; returns what it gives as text."""
    shell = InteractiveShell.instance()
    shell.push({"grader": Notebook()})
    try:
        yield lambda code, cell="answer": repr(shell.run_cell(code, cell_id=cell).result)
    finally:
        InteractiveShell.clear_instance()


CHECK = 'grader.check("q1")'


def test_what_stopped_or_was_misspelt_is_no_attempt(run):
    run("x = -3 + undefined")
    assert "does not exist" in run(CHECK, "check")
    run("X = -3")
    run(CHECK, "check")
    run("x = -3")
    assert "Which way" in run(CHECK, "check")
    run("x = -3\nx = x + undefined")
    assert "Which way" not in run(CHECK, "check")
    run("x = -3")
    assert "Multiply `x` by -1. Now" not in run(CHECK, "check"), "it is told for the second time"


def test_a_third_hint_says_which_line(run):
    run("# three\nx = 1\nx = -3  # the `sign`\ny = x")
    said = [run(CHECK, "check") for _ in range(3)]
    assert len(set(said)) == 3, "no hint three times"
    line = "`x` is set in line 3 of its cell: `x = -3  # the 'sign'`."
    assert line in said[2] and line not in said[1]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("x = 5", "`x` is set in line 1 of its cell: `x = 5`."),
        ("%time\n(a, x) = 5, 6", "`x` is set in line 2 of its cell: `(a, x) = 5, 6`."),
        ("for i in range(3):\n    x = i", "`x` is set in line 2 of its cell: `x = i`."),
        ("if a:\n    if b:\n        x = 1", "`x` is set in line 3 of its cell: `x = 1`."),
        (
            "def x(n):\n    def inner():\n        return 2\n    return inner()\n\ny = x(1)",
            "What `x` gives back is worked out in line 4 of its cell: `return inner()`.",
        ),
        ("def x(n):\n    print(n)", ""),
        ("globals()['x'] = 3", ""),
        ("x = = 3", ""),
        (f"x = {'1' * 200}", f"`x` is set in line 1 of its cell: `x = {'1' * 86} …`."),
    ],
)
def test_the_line_that_sets_an_answer(code, said):
    assert line_of("x", ["y = x", code, "x = 'an earlier run'" if said else ""]) == said


def test_a_course_edition_has_no_solution(teaching):
    for _ in range(4):
        shown = repr(teaching.check("q1", {"x": -3}))
    assert "solution" not in shown and "example.org" not in shown
    with pytest.raises(FileNotFoundError, match="This edition has no solutions"):
        teaching.solution("q1")


def test_a_function_without_return_is_told(teaching):
    text = repr(teaching.check("q1", {"x": None}))
    assert "`x` is None" in text and "stands behind its `return`" in text
    assert "return" not in repr(teaching.check("q1", {"x": ...}))


def test_a_mistake_that_is_not_listed_has_the_second_hint_too(teaching):
    assert "Think" not in repr(teaching.check("q1", {"x": float("nan")}))
    again = repr(teaching.check("q1", {"x": float("nan")}))
    assert "`x` is nan." in again and "were some not numbers? Think of three." in again


def test_self_study_offers_reading_and_solution_after_the_third_failure(teaching, tmp_path):
    cell = nbformat.v4.new_code_cell("x = 3  # SOLUTION", metadata={"nbgrader": {"grade_id": "q1-answer"}})  # fmt: skip # noqa: E501
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "solution.ipynb")
    shown = [repr(teaching.check("q1", {"x": -3})) for _ in range(3)]
    assert ["example.org/signs" in text for text in shown] == [False, False, True]
    assert 'grader.solution("q1")' in shown[2]
    link = '<a href="https://example.org/signs">'
    assert link in teaching.check("q1", {"x": -3})._repr_html_()
    assert repr(teaching.solution("q1")) == "x = 3"
    assert "<pre" in teaching.solution("q1")._repr_html_()
    with pytest.raises(FileNotFoundError, match="q7"):
        teaching.solution("q7")


def test_what_passed_and_the_detail_are_shown(teaching):
    page = teaching.check("q1", {"x": -3})._repr_html_()
    assert page.index("Which way") < page.index("<details") < page.index("looks like: the sign")
    assert 'role="status"' in page and "x is three" in page


def test_an_error_in_the_cells_above_is_told(teaching):
    shell = InteractiveShell.instance()
    try:
        grader = Notebook()
        shell.run_cell("x = undefined", cell_id="one")
        assert "A cell of this question stopped with an error: NameError" in repr(
            grader.check("q1", {})
        )
        shell.run_cell("x = 3", cell_id="one")
        assert "NameError" not in repr(grader.check("q1", {}))
    finally:
        InteractiveShell.clear_instance()


def test_an_older_error_is_told_only_where_something_is_missing(teaching):
    shell = InteractiveShell.instance()
    try:
        shell.user_ns["grader"] = Notebook()

        def check(code):
            return repr(shell.run_cell(f"grader.check('q1', {code})", cell_id="check").result)

        shell.run_cell("x = undefined", cell_id="scratch")
        assert "NameError" in check("{'x': 8}")
        assert "NameError" in check("{'x': 8}"), "the last cell but for checks"
        shell.run_cell("x = 8", cell_id="answer")
        assert "NameError" not in check("{'x': 8}")
        assert "NameError" in check("{}")
    finally:
        InteractiveShell.clear_instance()


SECOND = """
OK_FORMAT = False
name = "q2"

from otter.test_files import test_case


@test_case(points=1)
def doubled(x, twice):
    assert twice in (2 * x, 6), "`twice` is not the double."


@test_case(points=1)
def tripled(thrice):
    assert thrice == 9, "`thrice` is not right."
"""
ALONE = """
OK_FORMAT = False
name = "q3"

from otter.test_files import test_case


@test_case(points=1)
def named(name):
    assert name == "Ada", "`name` is not right."
"""


def test_a_check_says_first_which_earlier_question_was_not_right(grader, tmp_path):
    (tmp_path / "tests" / "q2_second.py").write_text(SECOND)
    (tmp_path / "tests" / "q3.py").write_text(ALONE)
    answers = {"x": -3, "twice": -6, "thrice": 9, "name": "Ada"}
    assert "builds on" not in repr(grader.check("q2", answers))
    grader.check("q1", answers)
    lines = repr(grader.check("q2", answers)).splitlines()
    assert lines[1].strip(" -").startswith("This question builds on q1, which was not right")
    assert "builds on" in grader.check("q2", answers)._repr_html_()
    assert "builds on" not in repr(grader.check("q3", answers))
    grader.check("q1", answers | {"x": 3})
    assert "builds on" not in repr(grader.check("q2", answers))


def test_a_third_failure_is_told_something_else(teaching):
    said = [repr(teaching.check("q1", {"x": -3})).splitlines()[1] for _ in range(3)]
    assert len(set(said)) == 3, said


def test_export_needs_no_tex(teaching, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x = 3")])
    notebook.cells[0].metadata["nbgrader"] = {"grade_id": "q1-answer"}
    nbformat.write(notebook, tmp_path / "mine.ipynb")
    Notebook().export(export_path="mine.zip", display_link=False)
    with ZipFile(tmp_path / "mine.zip") as made:
        assert "mine.ipynb" in made.namelist()
    with pytest.raises(FileNotFoundError, match="save as PDF") as told:
        Notebook().to_pdf()
    assert len(told.value._render_traceback_()) == 1
