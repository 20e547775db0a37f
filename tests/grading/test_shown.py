"""What a graded notebook carries for its feedback page, whatever a student's notebook had."""

from dataclasses import replace

import nbformat
import numpy as np
import pytest

from visual_coding_course.grading.submission import grade_submission
from visual_coding_course.inside.copies import write_copies

ARRAY = """
OK_FORMAT = False
name = "q1"

from otter.test_files import test_case
from visual_coding_course.checking import Wrong


@test_case(points=3, name="the array")
def is_right(x, expected):
    if list(x) != list(expected.x):
        raise Wrong("x", "wrong_value", "`x` is not right.", value=x)
"""


@pytest.fixture
def with_array(assignment):
    tests = {**assignment.tests, "q1_number.py": ARRAY}
    values = {"x": np.arange(3), "given": 21}
    return replace(assignment, tests=tests, expected=write_copies(values))


def shown(assignment, content):
    graded = grade_submission(assignment, content)
    notebook = nbformat.reads(graded.notebook, as_version=4)
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells}
    return graded, cells["q1"].metadata["course"]


def test_result_of_each_check_is_in_its_cell(with_array, answer):
    graded, course = shown(with_array, answer({"q1-answer": "x = [4, 5, 6]"}))
    assert (course["question"], course["status"], course["score"]) == ("q1", "incorrect", 0)
    assert [hint["text"] for hint in course["hints"]] == graded.questions[0].hints
    assert "3 numbers from 4 to 6" in course["hints"][0]["plot"]["alt"]
    assert graded.questions[0].cases[0].value is None


def test_students_metadata_is_written_over(with_array, answer):
    def forge(notebook):
        for cell in notebook.cells:
            cell.metadata["course"] = {"status": "correct", "hints": [], "cases": []}

    _, course = shown(with_array, answer({"q1-answer": "x = [4, 5, 6]"}, forge))
    assert course["status"] == "incorrect" and course["cases"]


def test_the_right_answer_is_drawn_only_when_the_assignment_says_so(with_array, answer):
    content = answer({"q1-answer": "x = [4, 5, 6]"})
    told = []
    for show in (False, True):
        _, course = shown(replace(with_array, show_right_answers=show), content)
        told.append(course["hints"][0]["plot"]["alt"])
    assert told == [
        "Your x: 3 numbers from 4 to 6.",
        "Your x: 3 numbers from 4 to 6. The right one: 3 numbers from 0 to 2.",
    ]
