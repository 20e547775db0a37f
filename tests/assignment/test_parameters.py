"""The parameters cell: its values, what students are asked for there, and pools."""

from dataclasses import replace

import nbformat
import pytest

from visual_coding_course.assignment.assignment import Assignment
from visual_coding_course.assignment.parameters import (
    for_students,
    parameters_cell,
    pools_of,
    take_typed,
    values_in,
    with_values,
)
from visual_coding_course.inside.copies import write_copies
from visual_coding_course.notebook.grader import Notebook

EMPTY = nbformat.writes(nbformat.v4.new_notebook())
RULES = "def rule(way):\n    return [n for n in way.numbers if n > 2]\nPOOLS = {'n': rule}\n"


@pytest.fixture
def notebook():
    cell = nbformat.v4.new_code_cell("n = 3  # how many\nname = 'x'", id="parameters")
    cell.metadata = {
        "tags": ["parameters"], "nbgrader": {"grade_id": "parameters", "locked": True}
    }  # fmt: skip
    cells = [nbformat.v4.new_code_cell("n = 8"), nbformat.from_dict(cell)]
    return nbformat.v4.new_notebook(cells=cells)


def source_of(notebook):
    return parameters_cell(notebook).source


def test_values_are_set_in_the_parameters_cell_alone(notebook):
    made = with_values(notebook, {"n": 5})
    assert source_of(made) == "n = 5\nname = 'x'"
    assert made.cells[0].source == "n = 8"
    assert values_in(made, ["n", "name"]) == {"n": 5, "name": "x"}
    assert values_in(notebook, ["n"]) == {"n": 3}


def test_a_parameter_that_is_not_there_is_told(notebook):
    for do in (lambda: with_values(notebook, {"m": 5}), lambda: values_in(notebook, ["m"])):
        with pytest.raises(LookupError, match="sets `m`"):
            do()


def test_students_are_asked_for_their_id(notebook):
    asked = for_students(notebook, ["n"])
    assert source_of(asked).splitlines()[1:] == [
        'n = grader.parameter("n", student)', "name = 'x'"
    ]  # fmt: skip
    assert not parameters_cell(asked).metadata.nbgrader.locked
    assert for_students(notebook, []) == notebook


@pytest.mark.parametrize(
    ("typed", "expected"), [('"ada"', "ada"), ("'cy'  # me", "cy"), ("1234", "1234"), ("...", None)]
)
def test_what_was_typed_is_taken_out(notebook, typed, expected):
    handed_in = for_students(notebook, ["n"])
    cell = parameters_cell(handed_in)
    lines = cell.source.splitlines()
    cell.source = "\n".join([f"student = {typed}", *lines[1:], "n = 9"])
    cell.metadata.pop("tags")
    if expected == "cy":
        cell.metadata.pop("nbgrader")
    assert take_typed(handed_in, notebook) == (expected if expected != "..." else None)
    assert handed_in.cells[1].source.splitlines()[-1] == "n = 9"
    assert "grader.parameter" not in handed_in.cells[1].source


def assignment(rules):
    return Assignment(
        "tiny", EMPTY, {}, write_copies({"numbers": [1, 3, 2, 4]}), modules={"parameters.py": rules}
    )


def test_a_pool_comes_of_the_assignments_rule():
    assert pools_of(assignment(RULES), ["n"]) == {"n": [3, 4]}
    assert pools_of(assignment(RULES), []) == {}


@pytest.mark.parametrize(
    ("rules", "said"), [("POOLS = {}", "no rule"), (RULES.replace("2]", "9]"), "no value of `n`")]
)
def test_a_pool_that_cannot_be_made_is_told(rules, said):
    with pytest.raises(ValueError, match=said):
        pools_of(assignment(rules), ["n"])


def test_the_notebook_tells_a_student_which_is_theirs(tmp_path, capsys):
    (tmp_path / "tests").mkdir()
    grader = Notebook(tests_dir=str(tmp_path / "tests"))
    with pytest.raises(ValueError, match="Type your id"):
        grader.parameter("n", ...)
    with pytest.raises(FileNotFoundError, match="not beside it"):
        grader.parameter("n", "ada")
    (tmp_path / "parameters.json").write_text('{"n": [3, 4]}')
    assert grader.parameter("n", "ada") == grader.parameter("n", "Ada") in (3, 4)
    assert "n of ada: " in capsys.readouterr().out


def test_an_assignment_with_other_parameters_is_another():
    one = replace(assignment(RULES), parameters={"n": 3})
    assert one.fingerprint != replace(one, parameters={"n": 4}).fingerprint
    assert "pools" in replace(one, pools={"n": [3]}).versions
    assert "pools" not in one.versions
