"""A cell that asks its kernel to end costs what a cell with an error costs, each time the same."""

import json

import nbformat
import pytest

from visual_coding_course.grading.submission import grade_submission

DOUBLE = "def double(n):\n    return n + n"


ENDS = ("exit()", "quit", "get_ipython().ask_exit()", "sys.exit()")


@pytest.mark.parametrize(
    ("end", "isolated"), [*((end, True) for end in ENDS), ("exit()", False), ("quit", False)]
)
def test_what_comes_after_is_graded(assignment, answer, end, isolated):
    def edit(notebook):
        notebook.cells.insert(2, nbformat.v4.new_code_cell("import sys"))
        notebook.cells.insert(3, nbformat.v4.new_code_cell(end))

    # What would end the kernel a moment later has that moment.
    slow = f"import time; time.sleep(0.3)\n{DOUBLE}"
    submitted = answer({"q1-answer": "x = 3", "q2-answer": slow}, edit)
    for _ in range(3 if isolated else 1):
        result = grade_submission(assignment, submitted, isolated=isolated)
        assert (result.status, result.score) == ("graded", 7), result
        (error,) = errors(result)
        assert error["ename"] == "SystemExit"
        if end != "sys.exit()":
            where = f"exit() or quit() was called in the cell that begins `{end}`."
            assert error["evalue"] == where
        assert "To exit: use" not in result.notebook


def errors(result):
    cells = json.loads(result.notebook)["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return [output for output in outputs if output["output_type"] == "error"]


@pytest.mark.parametrize("end", ["exit()", "import sys; sys.exit()"])
def test_a_question_that_it_costs_points_says_so(assignment, answer, end):
    submitted = answer({"q1-answer": f"{end}\nx = 3", "q2-answer": DOUBLE})
    result = grade_submission(assignment, submitted)
    assert (result.status, result.score) == ("graded", 4)
    assert "SystemExit" in str(result.questions[0])


@pytest.mark.parametrize("end", ["exit()", "quit()", "get_ipython().ask_exit()"])
def test_in_a_function_that_the_grader_calls(assignment, answer, end):
    submitted = answer({"q1-answer": "x = 3", "q2-answer": f"def double(n):\n    {end}"})
    result = grade_submission(assignment, submitted)
    assert (result.status, result.score) == ("graded", 3)


def test_what_kills_the_kernel_is_a_death(assignment, answer):
    submitted = answer({"q1-answer": "import os; os._exit(0)", "q2-answer": DOUBLE})
    assert grade_submission(assignment, submitted).status == "crashed"
