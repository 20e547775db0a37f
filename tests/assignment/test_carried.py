"""What is put right after a question: names, functions and imports, and nothing of a later one."""

import nbformat

from visual_coding_course.assignment.carried import own_of


def cell(source, grade_id, **tags):
    made = nbformat.v4.new_code_cell(source)
    made.metadata["nbgrader"] = {"grade_id": grade_id, **tags}
    return made


def notebook(*answers):
    cells = [cell("import numpy as np\nn = 3", "setup", locked=True)]
    for number, answer in enumerate(answers, 1):
        cells.append(cell(answer, f"q{number}-answer", solution=True))
        cells.append(cell("check()", f"q{number}", grade=True, locked=True))
    return nbformat.v4.new_notebook(cells=cells)


ASKED = {"q1": frozenset({"x"}), "q2": frozenset({"y"}), "q3": frozenset({"z"})}


def test_names_are_those_at_the_top():
    source = "x, (a, *b) = 1, (2, 3)\nfor i in [c for c in b]: d = i\ndef f(e):\n    g = e\n"
    assert own_of(notebook(source, "", ""), ASKED)["q1"].names == {"x", "a", "b", "i", "d", "f"}


def test_a_name_that_a_later_question_asks_for_is_left_out():
    own = own_of(notebook("x = 1\ny = 2", "y = 2", "z = 3"), ASKED)
    assert own["q1"].names == {"x"} and own["q2"].names == {"y"}


def test_given_names_are_known_as_such():
    own = own_of(notebook("x = n\nn = 4", "y = 1", "z = 1"), ASKED)
    assert own["q1"].names == {"x"} and own["q1"].given == {"np", "n"}


def test_code_has_imports_and_functions_and_no_value():
    first = "import math\nx = 7\ndef f(t):\n    return np.sum(t) + math.pi\nh = lambda t: f(t)"
    second = "%time y = 1\ndef reads():\n    return x\ndef reads_that():\n    return reads()"
    own = own_of(notebook(first, second, "z = 1"), ASKED)
    scope = {}
    exec(own["q2"].code, scope)
    assert scope["h"]([1, 2]) > 6
    assert own["q1"].functions == ("f", "h", "math")
    assert own["q2"].functions == () and not {"x", "n", "reads"} & scope.keys()
    assert own["q2"].unusable == {"reads": "x", "reads_that": "reads"}
