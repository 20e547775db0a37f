"""A notebook of three questions: two that are checked, and one in words."""

import nbformat

from visual_coding_course.shared.written import WRITTEN_ANSWER_PROMPT

FIRST = """
OK_FORMAT = False
name = "q1"

from otter.test_files import test_case


@test_case(points=1, name="x is positive")
def positive(x):
    assert x > 0, "`x` is not above 0."


@test_case(points=2, hidden=True)
def right(x, expected):
    assert x == expected.x, "`x` is not right."
"""
SECOND = """
OK_FORMAT = False
name = "q2"

from otter.test_files import test_case
from visual_coding_course.checking import NotAttempted


@test_case(points=3)
def doubled(x, y):
    if y is None or y is ...:
        raise NotAttempted("`y` is blank.")
    assert y == 2 * x, "`y` is not the double."


@test_case(points=1)
def whole(y):
    if y is None or y is ...:
        raise NotAttempted("`y` is blank.")
    assert isinstance(y, int), "`y` is no whole number."
"""


def tags(name, grade=False, solution=False, points=0):
    """Make nbgrader's metadata of a cell."""
    told = {"grade_id": name, "grade": grade, "solution": solution, "points": points}
    return {"nbgrader": {**told, "locked": not solution, "schema_version": 3, "task": False}}


def notebook_of(first="x = 3", second="y = 6", words=WRITTEN_ANSWER_PROMPT, more=()):
    """Make a notebook with these answers; `more` are code cells at its end."""
    v4 = nbformat.v4
    cells = [
        v4.new_code_cell(
            "from visual_coding_course import Notebook\ngrader = Notebook()",
            metadata=tags("setup"),
        ),
        v4.new_markdown_cell("# Numbers\n\n## 1. A number"),
        v4.new_code_cell(first, id="first", metadata=tags("q1-answer", solution=True)),
        v4.new_code_cell('grader.check("q1")', metadata=tags("q1", grade=True)),
        v4.new_markdown_cell("## 2. Its double <b>"),
        v4.new_code_cell(second, id="second", metadata=tags("q2-answer", solution=True)),
        v4.new_code_cell('grader.check("q2")', metadata=tags("q2", grade=True)),
        v4.new_markdown_cell("## 3. In words"),
        v4.new_markdown_cell(words, id="words", metadata=tags("q3", True, True, 5)),
        *map(v4.new_code_cell, more),
    ]
    return v4.new_notebook(cells=cells)
