"""The edition for self-study: cells given back, model answers."""

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from matplotlib import pyplot

from visual_coding_course import Notebook
from visual_coding_course.checking.display import CheckDisplay
from visual_coding_course.checking.results import CaseResult, QuestionResult
from visual_coding_course.checking.wrong import CannotTell
from visual_coding_course.notebook.reset import HANDED_OUT_FILE
from visual_coding_course.notebook.solution import SOLUTION_FILE

from .made import notebook_of

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg=="  # noqa: E501


@pytest.fixture
def alone(grader, folder):
    """A folder for self-study, whose notebook was worked in."""
    solution = notebook_of("x = 3  # SOLUTION", "y = 2 * x", "**Model answer**\n\n| points |")
    solution.cells[5].outputs = [nbformat.v4.new_output("display_data", {"image/png": DOT + "\n"})]
    nbformat.write(solution, folder / SOLUTION_FILE)
    nbformat.write(notebook_of("x = ...", "y = ..."), folder / HANDED_OUT_FILE)
    nbformat.write(notebook_of("x = 4", "y = 8"), folder / "numbers.ipynb")
    return folder


def sources(path):
    return [cell.source for cell in nbformat.read(path, as_version=4).cells]


def test_a_questions_cells_are_given_back_and_the_old_ones_kept(alone):
    grader = Notebook()
    grader.check("q2", {"x": 4, "y": 8})
    said = repr(grader.reset("q2"))
    assert "yours are in `set_aside/q2-1.ipynb`" in said and "Reload Notebook from Disk" in said
    assert sources(alone / "numbers.ipynb") == [cell.source for cell in notebook_of("x = 4", "y = ...").cells]  # fmt: skip # noqa: E501
    assert sources(alone / "set_aside" / "q2-1.ipynb") == ["y = 8"]
    assert "0 of 3 questions right, 0 begun" in repr(grader.progress())
    assert "nothing was changed" in repr(grader.reset("q2"))
    nbformat.write(notebook_of("x = 4", "y = 9"), alone / "numbers.ipynb")
    grader.reset("q2")
    assert sources(alone / "set_aside" / "q2-2.ipynb") == ["y = 9"]


def test_deleted_cells_come_back_in_their_place(alone):
    notebook = notebook_of("x = 4", "y = 8")
    notebook.cells = [cell for cell in notebook.cells if "y" not in cell.source]
    notebook.cells = [cell for cell in notebook.cells if "q2" not in cell.source]
    nbformat.write(notebook, alone / "numbers.ipynb")
    Notebook().reset("q2")
    there = sources(alone / "numbers.ipynb")
    assert there[there.index('grader.check("q1")') + 1 :][:2] == ["y = ...", 'grader.check("q2")']


def test_what_is_not_saved_is_not_lost(alone):
    shell = InteractiveShell.instance()
    try:
        shell.user_ns["grader"] = Notebook()
        before = sources(alone / "numbers.ipynb")
        shell.run_cell("y = 10", cell_id="second")
        said = repr(shell.run_cell('grader.reset("q2")', cell_id="own").result)
        assert "Save the notebook" in said and sources(alone / "numbers.ipynb") == before
    finally:
        InteractiveShell.clear_instance()


def test_an_unknown_question_and_a_courses_edition_are_told(alone):
    with pytest.raises(LookupError, match="no question 'q7'"):
        Notebook().reset("q7")
    (alone / HANDED_OUT_FILE).unlink()
    with pytest.raises(FileNotFoundError, match="the zip file that you were given"):
        Notebook().reset("q2")


def test_a_solution_shows_what_it_draws(alone):
    shown = Notebook().solution("q2")
    assert repr(shown) == "y = 2 * x"
    assert f'src="data:image/png;base64,{DOT}"' in shown._repr_html_()
    assert "<img" not in Notebook().solution("q1")._repr_html_()


def test_a_model_answer_is_shown_when_one_was_written(alone):
    assert "Model answer" not in repr(Notebook().solution("q3"))
    assert "write it into its cell" in repr(Notebook().solution("q3"))
    nbformat.write(notebook_of(words="It is doubled."), alone / "numbers.ipynb")
    shown = Notebook().solution("q3")
    assert shown._repr_markdown_() == repr(shown) == "**Model answer**\n\n| points |"


def test_before_handing_in_nothing_is_said_of_it(alone):
    nbformat.write(notebook_of("x = 3; input()", "y = 6"), alone / "numbers.ipynb")
    said = repr(Notebook().ready())
    assert "2 of 2 checked questions are right" in said
    for word in ("hand", "grad", "person"):
        assert word not in said.lower()


def test_nobody_else_looks_at_what_a_check_cannot_tell():
    told = str(CannotTell("fig", ""))
    case = CaseResult("drawn", 1.0, False, "waiting", told, "fig", "cannot_tell")
    result = QuestionResult("q1", (case,))
    for text in (CheckDisplay(result, alone=True)._repr_html_(), repr(CheckDisplay(result, alone=True))):  # fmt: skip # noqa: E501
        assert "a person" not in text and "you alone will look at" in text
    assert "a person will look at" in repr(CheckDisplay(result))


def test_what_a_solution_needs_on_the_way_is_not_listed(alone):
    solution = notebook_of("x = 3", "twice = lambda n: 2 * n\ny = twice(x)")
    nbformat.write(solution, alone / SOLUTION_FILE)
    said = repr(Notebook().go_on("q2"))
    assert "right values now: `y`, and what else its solution sets." in said


def test_who_is_stuck_goes_on_with_the_right_values(alone):
    shell = InteractiveShell.instance()
    try:
        shell.push({"grader": Notebook()})

        def run(code):
            return repr(shell.run_cell(code, cell_id=code).result)

        run("import math\nx = 4\ny = math.pi")
        run('grader.check("q1")\ngrader.check("q2")')
        said = run('grader.go_on("q2")')
        assert "right values now: `y`" in said and "do not count as yours" in said
        assert run("(x, y)") == "(4, 6)", "only its own names, from what is right before it"
        said = run('grader.check("q2", {"x": 3, "y": y})')
        assert "→ q2: passed; no points counted" in said and "grader.go_on" in said
        assert "of 4 points" not in said
        standing = run("grader.progress()")
        assert "1 of 3 questions right" in standing, "q1 has its points"
        assert "1 gone on with the right values: 1 of 5 points" in standing
        assert "Nothing is left" not in standing, "an answer in words is"
    finally:
        InteractiveShell.clear_instance()
    grader = Notebook()
    assert "✗ q2: not right yet; no points" in repr(grader.check("q2", {"x": 4, "y": "8"}))
    grader.reset("q2")
    assert "gone on" not in repr(grader.progress())
    assert "q2: passed (4 of 4 points)" in repr(grader.check("q2", {"x": 4, "y": 8}))


def test_a_courses_edition_gives_no_right_values(alone):
    with pytest.raises(FileNotFoundError, match="no code for 'q3'"):
        Notebook().go_on("q3")
    (alone / SOLUTION_FILE).unlink()
    with pytest.raises(FileNotFoundError, match="This edition has no solutions"):
        Notebook().go_on("q2")


def test_what_the_solution_draws_and_prints_is_not_shown(alone, capsys):
    drawn = "import matplotlib.pyplot as plt\nprint('printed')\ny = plt.figure()"
    nbformat.write(notebook_of("x = 3", drawn), alone / SOLUTION_FILE)
    mine = pyplot.figure()
    variables = {"grader": Notebook()}
    exec('grader.go_on("q2")', variables)
    assert isinstance(variables["y"], pyplot.Figure) and "printed" not in capsys.readouterr().out
    assert pyplot.get_fignums() == [mine.number]
    pyplot.close(mine)


def test_alone_nobody_else_reads_what_was_written(alone, grader):
    shown = grader.progress()
    for text in (repr(shown), shown._repr_html_()):
        assert "compare it with the model answer" in text and "read by a person" not in text
