"""The first cell says in a sentence what is missing, and checks go on wherever a notebook goes."""

import errno
import shutil
import sys
from pathlib import Path

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from otter.check.logs import LogEntry

from visual_coding_course import Notebook
from visual_coding_course.commands.new import TEMPLATES

COURSE = Path(__file__).resolve().parents[2]
SOURCES = [*sorted(TEMPLATES.glob("*/NAME.ipynb")), *sorted(COURSE.glob("source/*/*.ipynb"))]
SET_UP = "from visual_coding_course import Notebook\ngrader = Notebook()"


@pytest.fixture
def shown(capsys):
    """Run code as a cell; return what is shown of it."""
    shell = InteractiveShell.instance()
    shell.colors = "nocolor"

    def run(code):
        capsys.readouterr()
        shell.run_cell(code)
        told = capsys.readouterr()
        return told.out + told.err

    yield run
    InteractiveShell.clear_instance()


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.parent.name)
def test_without_the_package_the_first_cell_says_how_to_get_it(source, shown, monkeypatch):
    cells = nbformat.read(source, as_version=4).cells
    [first] = [c.source for c in cells if c.metadata.get("nbgrader", {}).get("grade_id") == "setup"]
    monkeypatch.setitem(sys.modules, "visual_coding_course", None)
    said = shown(first)
    assert said.startswith("This kernel lacks what the notebook needs: README.md")
    assert "Python 3.11" in said and "Colab" in said and len(said.splitlines()) == 1


def test_without_its_tests_the_first_cell_says_so(folder, shown):
    (folder / "tests").rename(folder / "elsewhere")
    said = shown(SET_UP)
    assert said.startswith("FileNotFoundError: The folder `tests`, which came with this notebook")
    assert len(said.splitlines()) == 1


def test_a_kernel_that_began_elsewhere_goes_to_its_notebook(folder, shown, tmp_path_factory, monkeypatch):  # fmt: skip # noqa: E501
    monkeypatch.chdir(tmp_path_factory.mktemp("workspace"))
    monkeypatch.setenv("JPY_SESSION_NAME", str(folder / "numbers.ipynb"))
    assert "works in the notebook's own now" in shown(SET_UP)
    assert Path.cwd() == folder
    assert "`x` is not above 0" in shown("x = -1\nprint(grader.check('q1'))")


def test_a_notebook_that_goes_elsewhere_is_checked_all_the_same(grader, tmp_path_factory, monkeypatch):  # fmt: skip # noqa: E501
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    said = repr(grader.check("q1", {"x": 3}))
    assert "public checks passed" in said and "1 of 3 questions right" in said
    assert "1 of 3 questions right" in repr(grader.progress())
    assert not [*Path().iterdir()], "nothing is left there"


IMPORTS = "import steps\nfrom checks.forms import anything\n"


@pytest.mark.parametrize(("missing", "told"), [
    ("steps.py", "`steps`"), ("checks", "`checks`"), ("checks/forms.py", "`checks/forms`"),
])  # fmt: skip
def test_what_is_missing_beside_a_notebook_is_named(folder, shown, missing, told):
    test = folder / "tests" / "q1_first.py"
    test.write_text(IMPORTS + test.read_text())
    (folder / "steps.py").write_text("")
    (folder / "checks").mkdir()
    (folder / "checks" / "__init__.py").write_text("")
    (folder / "checks" / "forms.py").write_text("anything = 1")
    shown(f"{SET_UP}\nx = 3")
    assert "public checks passed" in shown("print(grader.check('q1'))")
    (folder / missing).rename(folder / "away")
    said = shown("print(grader.check('q1'))")
    assert said.startswith(f"FileNotFoundError: {told}, which came with this notebook")
    assert len(said.splitlines()) == 1


def test_what_is_not_built_in_a_course_is_built_there(folder, shown, tmp_path_factory, monkeypatch):
    course = tmp_path_factory.mktemp("course")
    (course / "source" / "numbers").mkdir(parents=True)
    shutil.copytree(folder, course / "release" / "numbers")
    monkeypatch.chdir(course / "release" / "numbers")
    test = Path("tests", "q1_first.py")
    test.write_text("import steps\n" + test.read_text())
    shown(f"{SET_UP}\nx = 3")
    assert "`./course build`" in shown("print(grader.check('q1'))")


def test_a_package_that_a_check_cannot_import_is_no_missing_file(folder, shown):
    test = folder / "tests" / "q1_first.py"
    test.write_text("from json import nothing_there\n" + test.read_text())
    shown(f"{SET_UP}\nx = 3")
    assert "cannot import name 'nothing_there' from 'json'" in shown("print(grader.check('q1'))")


def test_a_full_disk_costs_no_check(folder, monkeypatch):
    def full(*arguments, **named):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(LogEntry, "flush_to_file", full)
    monkeypatch.setattr("visual_coding_course.notebook.attempts.write_whole", full)
    monkeypatch.setattr("visual_coding_course.notebook.progress.write_whole", full)
    grader = Notebook()
    assert "`x` is not above 0" in repr(grader.check("q1", {"x": -3}))
