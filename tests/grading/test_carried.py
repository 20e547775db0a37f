"""Right answers put in for lost questions: what that gives, and what must not come out of it.

An attack's first answer is wrong, and its later cells see the right one, in a run of which nothing
is shown. So unlike those in ``attacks``, it is seen from outside what it reached.
"""

import json
import secrets
from dataclasses import replace

import nbformat
import pytest

from visual_coding_course.assignment.assignment import Assignment, Limits
from visual_coding_course.assignment.released import as_released
from visual_coding_course.grading.submission import grade_submission
from visual_coding_course.inside.copies import keep_data, write_copies

from .conftest import solved_notebook

FIRST, SECOND = (secrets.randbelow(9 * 10**11) + 10**11 for _ in range(2))
THIRD = SECOND + 3
SETUP = "import numpy as np\nimport matplotlib.pyplot as plt\n\ngiven = 21"
SOLUTIONS = {
    "q1": f"def first():\n    return {FIRST}\n\nx = first()\nxs = np.arange(5)",
    "q2": f"y = x - {FIRST} + {SECOND}\ntotal = int(sum(xs))",
    "q3": "z = y + 3\ndouble = lambda n: n + n",
}
CASE = """
OK_FORMAT = False
name = "{question}"

from otter.test_files import test_case
from visual_coding_course.checking import Wrong
{cases}
"""
ONE = """

@test_case(points={points}, hidden=True)
def right_{answer}({answer}, expected):
    if not hasattr({answer}, "__index__") or int({answer}) != expected.{answer}:
        shape = getattr({answer}, "shape", None)
        text = f"`{answer}` is {{{answer}!r}}, of shape {{shape}}."
        raise Wrong("{answer}", "wrong_value", text, value={answer})
"""
FUNCTION = """

@test_case(points=1, hidden=True)
def doubles(double):
    assert double(4) == 8, f"`double` returns {double(4)}."
"""
TESTS = {
    "q1_x.py": CASE.format(question="q1", cases=ONE.format(answer="x", points=2)),
    "q2_y.py": CASE.format(
        question="q2", cases=ONE.format(answer="y", points=2) + ONE.format(answer="total", points=1)
    ),
    "q3_z.py": CASE.format(
        question="q3", cases=ONE.format(answer="z", points=2) + FUNCTION
    ),
}  # fmt: skip
RIGHT = {
    "q1-answer": "x = 0\nxs = [0]",
    "q2-answer": SOLUTIONS["q2"].replace("int(sum(xs))", "10"),
    "q3-answer": "z = y + 3\ndef double(n):\n    return 2 * n",
}


@pytest.fixture(scope="module")
def assignment():
    source = solved_notebook(SETUP, SOLUTIONS)
    first = {"x": FIRST, "xs": [0, 1, 2, 3, 4], "given": 21}
    second = {"y": SECOND, "total": 10, "given": 21}
    return Assignment(
        name="carried",
        released=nbformat.writes(as_released(source, TESTS)),
        tests=TESTS,
        expected=write_copies({**first, **second, "z": THIRD}),
        limits=Limits(cell_seconds=5),
        solution=nbformat.writes(source),
        carried={
            name: keep_data(write_copies(values), whole=True)
            for name, values in {"q1": first, "q2": second}.items()
        },
    )


def submission(assignment, answers, edit=None):
    notebook = assignment.notebook
    for cell in notebook.cells:
        cell.source = answers.get(cell.metadata.nbgrader.grade_id, cell.source)
    if edit:
        edit(notebook)
    return nbformat.writes(notebook).encode()


def graded(assignment, answers, edit=None):
    result = grade_submission(assignment, submission(assignment, answers, edit))
    return result, {one.name: one for one in result.questions}


def test_later_questions_keep_their_points_and_say_why(assignment):
    result, questions = graded(assignment, RIGHT)
    assert {name: one.score for name, one in questions.items()} == {"q1": 0, "q2": 3, "q3": 3}
    row = result.as_row("ada", "carried", "ada.ipynb")["questions"]
    assert [row[name]["carried_forward"] for name in row] == [0, 2, 2]
    assert "graded with the right `x`" in questions["q2"].carried_sentence
    assert "graded with the right `x`" in result.notebook


def test_a_setting_turns_it_off(assignment):
    without = replace(assignment, carry_forward=False)
    _, questions = graded(without, RIGHT)
    assert {name: one.score for name, one in questions.items()} == {"q1": 0, "q2": 1, "q3": 1}
    assert without.versions["judging"] != assignment.versions["judging"]


def test_each_question_that_lost_points_is_put_right_for_those_after_it(assignment):
    answers = {**RIGHT, "q2-answer": "y = None\ntotal = None"}
    _, questions = graded(assignment, answers)
    assert {name: one.score for name, one in questions.items()} == {"q1": 0, "q2": 0, "q3": 3}
    assert questions["q3"].carried_with == ("y",)


def test_what_an_answer_overwrites_of_earlier_ones_is_put_right_after_it(assignment):
    answers = {
        "q1-answer": SOLUTIONS["q1"],
        "q2-answer": "for x in 'abc':\n    y = total = None",
        "q3-answer": "z = y + 3 + 0 * x\ndouble = lambda n: 2 * n",
    }
    _, questions = graded(assignment, answers)
    assert {name: one.score for name, one in questions.items()} == {"q1": 2, "q2": 0, "q3": 3}
    assert questions["q3"].carried_with == ("x", "y")


def test_old_objects_are_replaced_where_they_are_held_and_types_stay(assignment):
    answers = {
        "q1-answer": "import pandas as pd\nx = 0\nxs = pd.Series([9, 9], name='mine')\n"
        "also, held, named = xs, [xs, 1], {'xs': xs}",
        "q2-answer": "assert all(type(one) is pd.Series and one.name == 'mine' and len(one) == 5\n"
        "    for one in (xs, also, held[0], named['xs']))\n"
        f"y = x - {FIRST} + {SECOND}\ntotal = int(held[0].sum())",
        "q3-answer": RIGHT["q3-answer"],
    }
    _, questions = graded(assignment, answers)
    assert questions["q2"].score == 3


def test_it_is_put_in_where_a_check_was_deleted(assignment):
    def delete(notebook):
        notebook.cells = [c for c in notebook.cells if c.metadata.nbgrader.grade_id != "q1"]

    assert graded(assignment, RIGHT, delete)[1]["q2"].score == 3


HELD = """
import gc, sys
def look(wanted):
    seen, waiting = set(), [dict(globals())] + gc.get_objects() + list(sys.modules.values())
    for one in waiting:
        items = list(one.values()) if type(one) is dict else []
        items = list(one) if type(one) in (list, tuple) else items
        for item in items:
            if type(item) is int and wanted(item):
                return item
    return 0
"""
OWN = "10**11 <= n < 10**12 and n != x"
SHOWING = {
    "an error": "raise RuntimeError(repr(x))",
    "a file error": "raise OSError(repr(x))",
    "output": "print(x)\nprint(hex(x))",
    "a picture": "fig = plt.figure()\nplt.title(str(x))\nplt.show()",
    "a value": "y = total = x",
    "a text": "y = total = str(x)",
    "a shape": "y = total = np.zeros((x // 10**6, 0))",
    "a type": "y = total = type(f'T{x}', (), {})()",
    "a warning": "import warnings\nwarnings.warn(str(x))",
    "a name": "globals()[f'n{x}'] = y = x\ndel y",
    "a death": "import os\nprint(x, flush=True)\nx and os._exit(1)",
    "the function's globals": "y = total = first.__globals__",
    "a forged result": "from IPython.display import display\n"
    "display({'text/plain': str(x)}, raw=True)",
}  # fmt: skip


@pytest.mark.parametrize("story", SHOWING)
@pytest.mark.parametrize("place", ["q2-answer", "q3-answer"])
def test_a_right_answer_is_not_shown(assignment, story, place):
    answers = {**RIGHT, place: SHOWING[story]}
    result, questions = graded(assignment, answers)
    everything = json.dumps(result.as_row("eve", "carried", "eve.ipynb")) + result.notebook
    for value in (FIRST, SECOND, THIRD):
        # Where a student's own code holds it, as the solution's does here, it stands in the source.
        text = everything.replace(json.dumps(answers["q2-answer"])[1:-1], "")
        for cell in json.loads(result.notebook)["cells"]:
            assert str(value) not in json.dumps(cell.get("outputs", []))
            assert hex(value) not in json.dumps(cell.get("outputs", []))
        assert hex(value) not in text
        assert str(value // 10**6) not in json.dumps(result.as_row("eve", "carried", "eve.ipynb"))
    assert questions["q1"].score == 0


def test_a_function_cannot_tell_what_it_sees(assignment):
    told = "z = 0\ndef double(n):\n    raise RuntimeError(f'{x} {y}')"
    result, _ = graded(assignment, {**RIGHT, "q3-answer": told})
    row = json.dumps(result.as_row("eve", "carried", "eve.ipynb"))
    assert not any(str(value) in row for value in (FIRST, SECOND))


def test_a_kernel_never_holds_the_answer_to_its_own_question_or_a_later_one(assignment):
    answers = {
        "q1-answer": f"{HELD}\nx = look(lambda n: 10**11 <= n < 10**12)\nxs = 1",
        "q2-answer": f"y = look(lambda n: {OWN})\ntotal = 0",
        "q3-answer": f"z = look(lambda n: {OWN} and n != y)\ndouble = 1",
    }
    result, questions = graded(assignment, answers)
    assert [one.score for one in questions.values()] == [0, 0, 0], result


def test_functions_live_without_values(assignment):
    answers = {
        **RIGHT,
        "q2-answer": "held = first.__globals__\n"
        "values = [v for k, v in held.items() if k[:2] != '__' and not callable(v)\n"
        "          and type(v) is not type(np)]\n"
        f"y = {SECOND} if held is not globals() and not values else 0\ntotal = 10",
    }
    assert graded(assignment, answers)[1]["q2"].score == 3


def test_a_question_is_not_judged_with_its_own_name_put_in(assignment):
    def moved(notebook):
        """The check of question 1 comes after that of question 2, in one order and the other."""
        q1 = next(c for c in notebook.cells if c.metadata.nbgrader.grade_id == "q1")
        notebook.cells.remove(q1)
        notebook.cells.insert(4, q1)

    result, questions = graded(assignment, RIGHT, moved)
    assert questions["q1"].score == 0

    def answered_late(notebook):
        answer = next(c for c in notebook.cells if c.metadata.nbgrader.grade_id == "q1-answer")
        notebook.cells.remove(answer)
        notebook.cells.append(answer)

    answers = {**RIGHT, "q1-answer": "x = globals().get('x', 0)\nxs = 1"}
    result, questions = graded(assignment, answers, answered_late)
    assert questions["q1"].score == 0


def test_the_time_it_takes_is_not_told(assignment):
    waits = "import time\nx and time.sleep(4)\n"
    answers = {**RIGHT, "q2-answer": waits + RIGHT["q2-answer"]}
    result, questions = graded(assignment, answers)
    assert questions["q2"].score == 3
    quick = graded(assignment, RIGHT)[0]
    assert result.seconds < quick.seconds + 3


def test_what_it_writes_is_gone_in_a_second_attempt(assignment):
    places = "for place in ('left', '/tmp/left', '/dev/shm/left'):\n    try:\n        "
    leaves = f"{places}x and open(place, 'w').write(str(x))\n    except OSError: pass\n"
    graded(assignment, {**RIGHT, "q2-answer": leaves + RIGHT["q2-answer"]})
    finds = f"x = 0\n{places}x = int(open(place).read())\n    except OSError: pass\nxs = 1"
    assert graded(assignment, {**RIGHT, "q1-answer": finds})[1]["q1"].score == 0


def test_it_keeps_within_what_is_left_of_the_limits(assignment):
    busy = "import time\nend = time.process_time() + {}\nwhile time.process_time() < end: pass\n"
    short = replace(assignment, limits=Limits(cell_seconds=5, submission_seconds=5))
    answers = {**RIGHT, "q1-answer": busy.format(3) + RIGHT["q1-answer"]}
    result, questions = graded(short, answers)
    assert (result.status, questions["q2"].score) == ("graded", 1)


def test_a_function_is_called_by_what_it_was_at_its_own_check(assignment):
    """Bound to something else by a later cell, before a later check asks for it."""
    answers = {**RIGHT, "q3-answer": "z = y + 3\ndef double(n):\n    return 2 * n"}

    def rebinds(notebook):
        notebook.cells.append(nbformat.v4.new_code_cell("double = None"))

    assert graded(assignment, answers, rebinds)[1]["q3"].score == 3
