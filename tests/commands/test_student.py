"""`course` where an instructor's packages are missing: what students can do with it."""

import json
import os
import subprocess
import sys

import nbformat
import pytest
from click.testing import CliRunner

from visual_coding_course.cli import COMMANDS
from visual_coding_course.cli.student import student
from visual_coding_course.notebook.progress import FILE
from visual_coding_course.recordings import layout

from ..notebook.made import FIRST, notebook_of

#: Has none of what only instructors install be found, and runs `course`.
AS_STUDENT = (
    "import sys; sys.modules.update(dict.fromkeys(['nbgrader', 'dask', 'distributed', 'nh3']));"
    "from visual_coding_course.cli import main; main(prog_name='course')"
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A student's: a notebook beside its tests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "q1_first.py").write_text(FIRST)
    nbformat.write(notebook_of(), tmp_path / "numbers.ipynb")
    return tmp_path


def says(*arguments, status=0):
    told = CliRunner().invoke(student, [*arguments], prog_name="course")
    assert told.exit_code == status, told.output
    return told.output


def test_without_the_instructors_packages_it_is_a_students(folder):
    (folder / FILE).write_text(json.dumps({"q1": {"status": "correct", "score": 3}}))
    run = subprocess.run(
        [sys.executable, "-c", AS_STUDENT, "progress"],
        capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )  # fmt: skip
    assert "1 of 2 questions right" in run.stdout and "✓ q1" in run.stdout
    assert not run.stderr


def test_its_help_names_what_a_student_can_do():
    said = says("--help")
    assert all(word in said for word in ('grader.check("q1")', "progress", "recordings"))
    assert "..." not in said.partition("Commands:")[2]
    assert "instructor" not in said


def test_a_command_for_instructors_says_that_it_is():
    for name in {one.name for one in COMMANDS} - set(student.commands):
        assert f"`course {name}` is for instructors" in says(name, "x", status=2)
    assert "No such command 'nonsense'" in says("nonsense", status=2)


def test_where_no_notebook_is_it_says_where_to_go(folder):
    (folder / "elsewhere").mkdir()
    said = says("progress", "elsewhere", status=2)
    assert said.startswith("course: There is no notebook") and "in elsewhere." in said
    assert "0 of 2 questions right" in says("progress", ".")


def test_recordings_are_told_and_none_is_fetched(folder, monkeypatch):
    monkeypatch.setenv(layout.VARIABLE, str(folder / "cache"))
    assert "made when they are opened" in says("recordings")
    named = folder / layout.NAMED
    named.write_text(json.dumps({"at": "https://x.invalid/e.zip", "version": "excerpt abc"}))
    assert "downloaded from https://x.invalid/e.zip when they are opened" in says("recordings")
    named.write_text(json.dumps({"at": "v1", "version": "excerpt abc"}))
    assert "no excerpt is there\n    v1" in says("recordings")
    named.write_text("{")
    assert "does not say where the recordings are" in says("recordings", status=2)
    assert not (folder / "cache").exists()
