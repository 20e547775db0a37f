"""`grade_submission`: from the bytes of a notebook to a result, whatever is in them."""

import json

import nbformat
import pytest

from visual_coding_course.grading.submission import grade_submission

RIGHT = {"q1-answer": "x = 3", "q2-answer": "def double(n):\n    return n + n"}


def grade(assignment, content):
    result = grade_submission(assignment, content)
    return result, {question.name: question for question in result.questions}


def cell_of(notebook, grade_id):
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id:
            return cell
    raise AssertionError(grade_id)


def test_right_answers_get_all_points(assignment, answer):
    result, questions = grade(assignment, answer(RIGHT))
    assert (result.status, result.score, result.max_score) == ("graded", 7, 7)
    assert {question.status for question in questions.values()} == {"correct"}


def test_untouched_notebook_is_not_attempted(assignment, answer):
    result, questions = grade(assignment, answer())
    assert result.score == 0
    assert questions["q1"].status == "not_attempted"
    assert questions["q1"].hints == []


def test_partial_credit_and_hint(assignment, answer):
    _, questions = grade(assignment, answer({**RIGHT, "q1-answer": "x = 4"}))
    assert (questions["q1"].score, questions["q1"].status) == (1, "partial")
    assert questions["q1"].hints == ["`x` is not right: look at the question again."]
    assert questions["q2"].status == "correct"


def test_an_error_in_a_cell_costs_its_own_question(assignment, answer):
    _, questions = grade(assignment, answer({**RIGHT, "q1-answer": "x = 1 / 0"}))
    assert questions["q1"].status == "error"
    assert "ZeroDivisionError" in questions["q1"].hints[0]
    assert questions["q2"].status == "correct"


def test_an_error_in_the_students_function_is_told(assignment, answer):
    broken = "def double(n):\n    return n + undefined"
    _, questions = grade(assignment, answer({**RIGHT, "q2-answer": broken}))
    assert questions["q2"].score == 0
    assert "undefined" in questions["q2"].hints[0]


def test_variables_count_as_they_are_at_the_check(assignment, answer):
    changed = {**RIGHT, "q2-answer": "x = 99\n\ndef double(n):\n    return 2 * n"}
    result, _ = grade(assignment, answer(changed))
    assert result.score == 7


def test_endless_loop_is_stopped_and_the_rest_is_checked(assignment, answer):
    result, questions = grade(assignment, answer({**RIGHT, "q1-answer": "while True: pass"}))
    assert result.status == "timed_out"
    assert "more than 3 s of processor time" in result.message
    assert questions["q1"].score == 0
    assert questions["q2"].status == "correct"


def test_a_loop_that_catches_the_interrupt_is_killed(assignment, answer):
    stubborn = "while True:\n    try:\n        while True: pass\n    except KeyboardInterrupt: pass"
    result, questions = grade(assignment, answer({**RIGHT, "q2-answer": stubborn}))
    assert result.status == "timed_out"
    assert questions["q1"].status == "correct"
    assert questions["q2"].status == "error"


def test_a_dead_kernel_keeps_what_was_checked_before(assignment, answer):
    deadly = "import os\nos._exit(1)"
    result, questions = grade(assignment, answer({**RIGHT, "q2-answer": deadly}))
    assert result.status == "crashed"
    assert questions["q1"].status == "correct"
    assert questions["q2"].status == "error"
    assert result.notebook is not None


def test_locked_cells_are_restored(assignment, answer):
    def cheat(notebook):
        cell_of(notebook, "setup").source = "given = 0"
        cell_of(notebook, "q1").source = "pass"

    changed = {**RIGHT, "q2-answer": "def double(n):\n    return 0"}
    _, questions = grade(assignment, answer(changed, cheat))
    assert questions["q2"].score == 0
    assert questions["q1"].status == "correct"


def test_given_values_are_the_graders_own(assignment, answer):
    changed = {**RIGHT, "q2-answer": "given = 0\n\ndef double(n):\n    return 0"}
    _, questions = grade(assignment, answer(changed))
    assert questions["q2"].score == 0


def test_deleted_check_cells_are_put_back(assignment, answer):
    def delete(notebook):
        notebook.cells = [notebook.cells[1], notebook.cells[3]]

    result, _ = grade(assignment, answer(RIGHT, delete))
    assert result.score == 7


def test_of_duplicated_cells_the_last_counts(assignment, answer):
    def duplicate(notebook):
        first = nbformat.from_dict(cell_of(notebook, "q1-answer"))
        first.source = "x = 'no'"
        notebook.cells[1:1] = [first, nbformat.from_dict(cell_of(notebook, "q1"))]

    result, _ = grade(assignment, answer(RIGHT, duplicate))
    assert result.score == 7


def test_added_cells_are_run(assignment, answer):
    def add(notebook):
        notebook.cells.insert(1, nbformat.v4.new_code_cell("three = 3"))

    result, _ = grade(assignment, answer({**RIGHT, "q1-answer": "x = three"}, add))
    assert result.score == 7


def test_the_kernel_holds_nothing_secret(assignment, answer):
    spy = (
        "import glob\nx = 3 if not any(\n"
        "    'expected' in open(path).read() for path in glob.glob('**/*.py', recursive=True)\n"
        ") else 0\nassert 'expected' not in globals()"
    )
    result, questions = grade(assignment, answer({**RIGHT, "q1-answer": spy}))
    assert questions["q1"].status == "correct"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "a PDF"),
        (b"\xff\xfe\x00", "JSON"),
        (b"[1, 2]", "no cells"),
        (b"{}", "no cells"),
        (b'{"cells": []', "end is missing"),
        (b'{"cells": 5, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}', "damaged"),
        (b'{"cells": [], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}', "no cells"),
    ],
)
def test_what_is_not_a_notebook_gets_a_sentence(assignment, content, word):
    result, questions = grade(assignment, content)
    assert (result.status, result.score) == ("unreadable", 0)
    assert word in result.message
    assert set(questions) == {"q1", "q2"}


def test_another_language_gets_a_sentence(assignment, answer):
    def to_r(notebook):
        notebook.metadata["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}

    result, _ = grade(assignment, answer(RIGHT, to_r))
    assert result.status == "unreadable"
    assert "Python 3" in result.message


def test_odd_metadata_does_no_harm(assignment, answer):
    data = json.loads(answer(RIGHT))
    data["cells"][1]["metadata"]["nbgrader"]["grade_id"] = ["a", "list"]
    data["cells"][3]["metadata"]["nbgrader"] = "text"
    data["cells"][1]["metadata"] |= {"tags": 5, "collapsed": "no"}
    data["cells"][1]["id"] = 'a b/../"'
    data["cells"][0]["id"] = data["cells"][2]["id"]
    del data["nbformat"]
    data["metadata"]["kernelspec"] = {"name": "python3", "language": "Python3"}
    result, _ = grade(assignment, json.dumps(data).encode())
    assert result.score == 7


@pytest.mark.parametrize("cells", ["text", [None], [5, 6]])
def test_cells_that_are_none_get_a_sentence(assignment, answer, cells):
    data = json.loads(answer(RIGHT)) | {"cells": cells}
    result, _ = grade(assignment, json.dumps(data).encode())
    assert result.status == "unreadable" and "cells" in result.message
    assert "attribute" not in result.message and "Error" not in result.message


@pytest.mark.parametrize(
    "odd",
    [
        "from IPython.display import display\ndisplay({'text/html': 5}, raw=True)",
        "print('\\ud83d')",
        "from IPython.display import display\ndisplay({'image/png': ['x']}, raw=True)",
    ],
)
def test_odd_outputs_cost_nothing_else(assignment, answer, odd):
    result, questions = grade(assignment, answer({**RIGHT, "q1-answer": f"x = 3\n{odd}"}))
    assert questions["q2"].status == "correct"
    assert questions["q1"].status == "correct"
    result.notebook.encode()


def test_half_an_emoji_in_a_text_does_no_harm(assignment, answer):
    data = json.loads(answer(RIGHT))
    data["cells"].append({"cell_type": "markdown", "id": "x1", "metadata": {}, "source": "\ud83d"})
    result, _ = grade(assignment, json.dumps(data).encode())
    assert result.score == 7
    result.notebook.encode()


def test_an_answer_in_a_cell_of_another_type_keeps_its_text(assignment, answer):
    def to_markdown(notebook):
        for i, cell in enumerate(notebook.cells):
            if cell.metadata.get("nbgrader", {}).get("grade_id") == "q1-answer":
                notebook.cells[i] = nbformat.v4.new_markdown_cell(cell.source)
                notebook.cells[i].metadata["nbgrader"] = cell.metadata["nbgrader"]

    result, _ = grade(assignment, answer(RIGHT, to_markdown))
    assert result.score == 7


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ("import os; os._exit(1)", "crashed", "could not be called: The kernel died"),
        ("while True: pass", "timed_out", "could not be called"),
        ("import sys; sys.exit(3)", "graded", "SystemExit"),
    ],
)
def test_a_function_that_ends_or_hangs_in_its_check(assignment, answer, body, status, words):
    code = f"def double(n):\n    {body}"
    result, questions = grade(assignment, answer({**RIGHT, "q2-answer": code}))
    assert result.status == status
    assert questions["q1"].status == "correct"
    assert questions["q2"].score == 0
    assert words in questions["q2"].hints[0]


def test_row_is_as_documented(assignment, answer):
    row = grade_submission(assignment, answer(RIGHT)).as_row("ada", "tiny", "ada.ipynb")
    assert json.loads(json.dumps(row)) == row
    assert set(row) == {
        "schema", "student", "assignment", "notebook", "parameters", "status", "score",
        "max_score", "seconds", "message", "reasons", "questions",
    }  # fmt: skip
    assert row["questions"]["q1"] == {
        "score": 3, "max_score": 3, "status": "correct", "hints": [], "wrong": [],
        "carried_forward": 0, "carried_with": [], "waiting": [],
    }  # fmt: skip


def test_a_kernel_that_dies_while_its_variables_are_copied_is_told(assignment, answer):
    dying = (
        "import os, visual_coding_course.inside.listen as inside\n"
        "inside.copy_out = lambda *arguments: os._exit(1)\n"
        "x = 3"
    )
    result, questions = grade(assignment, answer({**RIGHT, "q1-answer": dying}))
    assert (result.status, result.score) == ("crashed", 0)
    assert "check of q1" in result.message
