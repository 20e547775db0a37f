"""What is wrong in an assignment's source is said in sentences, before anything is built."""

import json
import shutil
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

from visual_coding_course.assignment import load_assignment
from visual_coding_course.cli import main
from visual_coding_course.grading.submission import grade_submission

COURSE = Path(__file__).resolve().parents[2]
NUMBER = """\
from otter.test_files import test_case

import rules

OK_FORMAT = False
name = "q1"


@test_case(points=1)
def is_a_number(x):
    assert rules.is_whole(x), "`x` is not a whole number."


@test_case(points=2, hidden=True)
def is_right(x, expected):
    assert x == expected.x, "`x` is not right."
"""
DOUBLE = """\
from otter.test_files import test_case

OK_FORMAT = False
name="q2"


@test_case(points=4, hidden=True)
def doubles(double, given):
    assert double(given) == 2 * given, "`double` does not double."
"""
RULES = "def is_whole(x):\n    return isinstance(x, int)\n"


def code(source, grade_id, **tags):
    cell = nbformat.v4.new_code_cell(source)
    defaults = {"grade": False, "solution": False, "locked": False, "task": False}
    cell.metadata["nbgrader"] = {**defaults, "schema_version": 3, "grade_id": grade_id, **tags}
    return cell


def check(question):
    return code(f'grader.check("{question}")', question, grade=True, locked=True, points=0)


def notebook(*more):
    cells = [
        code("given = 21", "setup", locked=True),
        code("x = 3  # SOLUTION", "q1-answer", solution=True),
        check("q1"),
        code(
            "def double(n):\n    # BEGIN SOLUTION\n    return 2 * n\n    # END SOLUTION",
            "q2-answer",
            solution=True,
        ),
        check("q2"),
        *more,
    ]
    made = nbformat.v4.new_notebook(cells=cells)
    made.metadata["kernelspec"] = {
        "name": "python3", "display_name": "Python 3", "language": "python"
    }  # fmt: skip
    return nbformat.writes(made)


SOURCE = {
    "README.md": "Open tiny.ipynb.\n",
    "tiny.ipynb": notebook(),
    "tests/q1_number.py": NUMBER,
    "tests/q2_double.py": DOUBLE,
    "rules.py": RULES,
}


def replaced(file, old, new):
    assert old in SOURCE[file]
    return {file: SOURCE[file].replace(old, new)}


#: What an author does wrong: changed files (None: deleted), and parts of the sentences.
ERRORS = {
    "a grade cell without a test file": (
        {"tiny.ipynb": notebook(check("q3"))},
        ["source/tiny/tiny.ipynb, cell 6: the grade cell `q3`", "write its cases into", "/q3.py"],
    ),
    "a grade cell that no test file can belong to": (
        {"tiny.ipynb": notebook(check("exercise"))}, ["cell 6", "the grade id q1, q2"],
    ),
    "a test file without a grade cell": (
        {"tests/q3_more.py": NUMBER.replace('"q1"', '"q3"')},
        ["source/tiny/tests/q3_more.py", "no grade cell `q3`", 'grader.check("q3")'],
    ),
    "two test files for a question": (
        {"tests/q1_again.py": NUMBER},
        ["q1_again.py and source/tiny/tests/q1_number.py", "one file"],
    ),
    "a syntax error in a test file": (
        replaced("tests/q1_number.py", "def is_right(x, expected):", "def is_right(x, expected)"),
        ["source/tiny/tests/q1_number.py, line 15 is no Python", "expected ':'"],
    ),
    "an error at the import of a test file": (
        replaced("tests/q1_number.py", "OK_FORMAT = False", "OK_FORMAT = FALSE"),
        ["source/tiny/tests/q1_number.py, line 5 stops with NameError: name 'FALSE'"],
    ),
    "an error that ends with a full stop": (
        {"rules.py": RULES + "\nraise LookupError('Not there.')\n"},
        ["source/tiny/rules.py, line 4 stops with LookupError: Not there, when the file is"],
    ),
    "a module that is not there": (
        replaced("tests/q1_number.py", "import rules", "import ruels"),
        ["source/tiny/tests/q1_number.py, line 3 stops with ModuleNotFoundError", "'ruels'"],
    ),
    "a test file without a name": (
        replaced("tests/q1_number.py", 'name = "q1"\n', ""),
        ["source/tiny/tests/q1_number.py has no `name`", 'write `name = "q1"`'],
    ),
    "a test file with another question's name": (
        replaced("tests/q1_number.py", 'name = "q1"', 'name = "q2"'),
        ["source/tiny/tests/q1_number.py, line 6", "the name 'q2'", 'write `name = "q1"`'],
    ),
    "a syntax error in a module": (
        {"rules.py": RULES.replace("(x):", "(x:")}, ["source/tiny/rules.py, line 1 is no Python"]
    ),
    "an error at the import of a module": (
        {"rules.py": RULES + "\n1 / 0\n"},
        ["source/tiny/rules.py, line 4 stops with ZeroDivisionError: division by zero"],
    ),
    "a module that lacks what it is read for": (
        {"about.py": "ABOVE = 3\n"}, ["source/tiny/about.py does not define `ABOUT`"]
    ),
    "a syntax error in a module in a folder": (
        {"slips/__init__.py": "", "slips/counting.py": "slip(\n"},
        ["source/tiny/slips/counting.py, line 1 is no Python"],
    ),
    "an error at the import of a module in a folder": (
        {"slips/__init__.py": "", "slips/counting.py": "\nslip(3)\n"},
        ["source/tiny/slips/counting.py, line 2 stops with NameError: name 'slip'"],
    ),
    "a hidden case without points": (
        replaced("tests/q2_double.py", "points=4, ", ""),
        ["source/tiny/tests/q2_double.py, line 8: the hidden case `doubles` has no points"],
    ),
    "points that are not written out": (
        replaced("tests/q2_double.py", "points=4", "points=2 * 2"),
        ["source/tiny/tests/q2_double.py, line 8", "written out"],
    ),
    "a hidden case that nobody can tell": (
        replaced("tests/q2_double.py", "points=4, hidden=True", '"doubles", 4, True'),
        ["source/tiny/tests/q2_double.py: that the case 'doubles' is", "students would get it"],
    ),
    "two cases of a name": (
        {"tests/q1_number.py": NUMBER.replace("(points=", '(name="x", points=')},
        ["source/tiny/tests/q1_number.py has 2 cases of the name 'x'"],
    ),
    "two cases of a function": (
        replaced("tests/q1_number.py", "def is_right(", "def is_a_number("),
        ["source/tiny/tests/q1_number.py, line 15", "line 10 already", "never be run"],
    ),
    "two cells of a grade id": (
        {"tiny.ipynb": notebook(code("y = 3", "setup", locked=True))},
        ["source/tiny/tiny.ipynb: cells 1, 6 all have the grade id `setup`"],
    ),
    "no README": ({"README.md": None}, ["source/tiny/README.md is missing"]),
    "no notebook": ({"tiny.ipynb": None}, ["source/tiny/tiny.ipynb is missing", "name"]),
    "a notebook that is none": ({"tiny.ipynb": "{"}, ["source/tiny/tiny.ipynb is no notebook"]),
    "an error in the settings": (
        {"assignment.toml": "titel = 3"}, ["source/tiny/assignment.toml: `titel` is no setting"]
    ),
}  # fmt: skip


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course with an assignment that needs no recordings; returns what changes its files."""
    folder = tmp_path / "source" / "tiny"
    for name in ("nbgrader_config.py", "pyproject.toml", "requirements.lock", "LICENSE"):
        shutil.copy(COURSE / name, tmp_path / name)
    (tmp_path / "visual_coding_course").symlink_to(COURSE / "visual_coding_course")
    monkeypatch.chdir(tmp_path)

    def change(files):
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink() if text is None else path.write_text(text)
        return tmp_path

    change(SOURCE)
    return change


def build(*options):
    said = CliRunner().invoke(main, ["build", "tiny", *options])
    assert said.exception is None or isinstance(said.exception, SystemExit), said.exception
    assert "Traceback" not in said.output
    return said


@pytest.mark.parametrize("what", ERRORS)
def test_an_error_is_said_in_a_sentence(course, what):
    files, parts = ERRORS[what]
    course(files)
    said = build()
    assert said.exit_code == 1
    building, _, sentences = said.output.partition("course: ")
    assert building.strip() == "Building tiny"  # and nothing was done
    assert not [part for part in parts if part not in sentences], sentences
    if not {"two", "settings"} & {*what.split()}:
        assert sentences.count("\n") == 1, sentences


def test_all_of_them_are_said_at_once(course):
    course({"README.md": None, "rules.py": "x = \n", "tests/q3_more.py": NUMBER})
    said = build("--check").output
    assert len(said.partition("course: ")[2].splitlines()) == 4
    assert [file in said for file in ("README.md", "rules.py, line 1", "no grade cell `q3`")]


def test_grading_says_it_too(course):
    course({"needs.py": "NEEDS = Needs(\n"})
    said = CliRunner().invoke(main, ["grade", "tiny"])
    assert said.exit_code == 2 and "Traceback" not in said.output
    assert "course: source/tiny/needs.py, line 1 is no Python" in said.output


def test_a_check_that_breaks_on_the_solution_is_named(course):
    course(replaced("tests/q1_number.py", "x == expected.x", "x.shape == expected.x.shape"))
    said = build()
    assert said.exit_code == 1
    assert "q1 / q1 - 2 (q1_number.py, line 16): AttributeError" in said.output
    assert "is_a_number" not in said.output


def test_where_nothing_is_wrong_it_is_built(course):
    folder = course({})
    said = build()
    assert said.exit_code == 0, said.output
    assert json.loads((folder / "release" / "tiny" / "tiny.ipynb").read_text())
    public = (folder / "release" / "tiny" / "tests" / "q2_double.py").read_text()
    assert 'name="q2"\nhidden_points = 4\n' in public and "doubles" not in public
    assert "allensdk" not in (folder / "release" / "tiny" / "requirements.txt").read_text()
    assignment = load_assignment(folder, "tiny")
    solution = (folder / "solutions" / "tiny" / "tiny.ipynb").read_bytes()
    assert grade_submission(assignment, solution, isolated=False).score == 7
