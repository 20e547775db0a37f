"""The source notebook is what nbgrader, otter and a student need it to be."""

import ast
import re
from pathlib import Path

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator

COURSE = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def notebook(bank):
    return bank.read_notebook()


@pytest.fixture(scope="module")
def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def roles(cell):
    nbgrader = cell.metadata.get("nbgrader", {})
    return tuple(bool(nbgrader.get(role)) for role in ("grade", "solution", "locked"))


def test_metadata_is_valid(notebook):
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    MetadataValidator().validate_nb(notebook)
    versions = {
        cell.metadata.nbgrader.schema_version
        for cell in notebook.cells
        if "nbgrader" in cell.metadata
    }
    assert versions == {3}


def test_outputs_are_cleared(code_cells):
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code_cells)


def test_cells_have_their_roles(bank, code_cells):
    for cell in code_cells:
        name = bank.grade_id(cell)
        if name in ("setup", "parameters"):
            assert roles(cell) == (False, False, True)
        elif re.fullmatch(r"q[1-9]", name):
            assert roles(cell) == (True, False, True)
            assert cell.source == f'grader.check("{name}")'
            assert cell.metadata.nbgrader.points == 0
        else:
            assert re.fullmatch(r"q[1-9]-([a-z]+-)?answer", name), name
            assert roles(cell) == (False, True, False)


def test_every_question_is_answered_then_checked(bank, code_cells):
    order = [bank.grade_id(cell) for cell in code_cells]
    assert order[:2] == ["setup", "parameters"]
    for question in bank.questions:
        place = order.index(question)
        assert order[place - 1].startswith(f"{question}-"), order
        assert all(not name.startswith(f"{question}-") for name in order[place:])


def test_the_written_question(bank, notebook):
    [cell] = [cell for cell in notebook.cells if bank.grade_id(cell) == "q10"]
    assert cell.cell_type == "markdown"
    assert roles(cell) == (True, True, False)
    assert cell.metadata.nbgrader.points == 10
    points = re.findall(r"^\| (\d+) \|", cell.source, re.MULTILINE)
    assert sum(map(int, points)) == 10


def test_points_sum_to_ninety(bank):
    points = {
        question: sum(case.points for case in bank.test_file(question).test_cases)
        for question in bank.questions
    }
    assert sum(points.values()) == 90
    assert list(points.values()) == [8, 8, 12, 8, 12, 14, 12, 8, 8]


def test_the_table_of_points_on_top_is_true(bank, notebook):
    stated = re.findall(r"^\| ([\d-]+) \| .* \| (\d+) \|$", notebook.cells[0].source, re.MULTILINE)
    assert stated[-1] == ("10", "10")
    for span, points in stated[:-1]:
        first, *last = span.split("-")
        questions = range(int(first), int((last or [first])[0]) + 1)
        cases = [case for n in questions for case in bank.test_file(f"q{n}").test_cases]
        assert sum(case.points for case in cases) == int(points), span


def test_some_points_of_every_question_are_public_and_some_hidden(bank):
    for question in bank.questions:
        hidden = {bool(case.hidden) for case in bank.test_file(question).test_cases}
        assert hidden == {True, False}, question


def test_blanks_are_valid_and_helpful(bank):
    for question in bank.questions:
        for source in bank.answer_cells(question):
            blank = bank.blank(source)
            ast.parse(blank)
            assert "..." in blank
            assert not re.search(r"SOLUTION|PROMPT", blank)
            assert len(blank.strip().split("\n")) >= 2, "a scaffold rather than an empty cell"


def test_blanks_name_every_variable(bank):
    for question in bank.questions:
        blank = "\n".join(bank.blank(source) for source in bank.answer_cells(question))
        for name in bank.asked_for(question):
            assert re.search(rf"\b{name}\b", blank), name


def test_nothing_outside_the_parameters_cell_names_a_neuron_or_session(bank, notebook, solved):
    own = [solved["cell_specimen_id"], solved["container_id"]]
    own += [solved[f"id_{letter}"] for letter in "abc"]
    texts = [cell.source for cell in notebook.cells if bank.grade_id(cell) != "parameters"]
    texts += [path.read_text() for path in (bank.source / "tests").glob("*.py")]
    for number in own:
        assert not any(str(number) in text for text in texts), number
    assert not any(re.search(r"\b\d{6,}\b", text) for text in texts)


def test_says_that_the_recordings_are_simulated_before_the_first_code(notebook):
    first = next(i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code")
    above = "\n".join(cell.source for cell in notebook.cells[:first])
    assert "simulated" in above
    assert 'open_cache(source="allen")' in above


def test_cases_take_only_variables_of_the_notebook(bank, solved):
    for question in bank.questions:
        for case in bank.test_file(question).test_cases:
            names = set(case.body._get_func_params())
            assert names - {"expected"} <= set(solved), names
            assert case.hidden or "expected" not in names


def test_public_test_files_hold_no_helper_of_hidden_cases(bank):
    for path in (bank.source / "tests").glob("q*.py"):
        body = ast.parse(path.read_text()).body
        functions = [node for node in body if isinstance(node, ast.FunctionDef)]
        assert all(function.decorator_list for function in functions)


@pytest.mark.parametrize("student", ["ada", "frida"])
def test_examples_are_of_the_notebook_as_it_is_handed_out(student):
    """Else `python examples/make.py` makes them again."""
    file = Path("cross_session", "cross_session.ipynb")
    released, own = (
        nbformat.read(COURSE / folder / file, as_version=4)
        for folder in ("release", f"examples/submitted/{student}")
    )
    given = [cell.source for cell in released.cells if not roles(cell)[1]]
    assert given == [cell.source for cell in own.cells if not roles(cell)[1]]
