"""Studying alone: what there is, how far one is, and an edition that says what is true there."""

import json
import re
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

from visual_coding_course import Notebook, cli
from visual_coding_course.commands import learn

COURSE = Path(__file__).resolve().parents[2]
NAME = "cross_session"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Make a working copy of the course's assignment."""
    return learn.working_copy(COURSE, NAME, tmp_path_factory.mktemp("learn"))


def test_the_notebook_says_only_what_is_true_there(copy):
    notebook = nbformat.read(copy, as_version=4)
    said = "\n".join(cell.source for cell in notebook.cells)
    assert not re.search(r"hand(ed)? in|hidden|graded|read by a person", said)
    assert 'grader.solution("q3")' in said and 'grader.reset("q3")' in said
    released = nbformat.read(COURSE / "release" / NAME / f"{NAME}.ipynb", as_version=4)
    told = "\n".join(cell.source for cell in released.cells)
    assert "graded" in told and "grader.solution" not in told and "grader.reset" not in told


def test_each_question_says_what_to_read(copy):
    cells = nbformat.read(copy, as_version=4).cells
    read = [cell.source for cell in cells if "*To read:*" in cell.source]
    assert [text.partition(".")[0] for text in read[:2]] == ["## 1", "## 2"]
    assert len(read) == 9 and all("](https://" in text for text in read)


def test_a_second_call_keeps_the_work(copy):
    before = copy.read_text()
    copy.write_text(before.replace("experiments = ...", "experiments = 5"))
    learn.working_copy(COURSE, NAME, copy.parent)
    assert "experiments = 5" in copy.read_text()


def test_progress_and_solutions_are_those_of_the_assignment(copy, monkeypatch):
    monkeypatch.chdir(copy.parent)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    grader = Notebook()
    said = repr(grader.progress())
    assert "0 of 10 questions right" in said and "0 of 90 points" in said
    assert "What stays, what drifts, and why?" in said
    assert "write it into its cell" in repr(grader.solution("q10"))
    assert "<img" in grader.solution("q3")._repr_html_()
    assert "nothing was changed" in repr(grader.reset("q3"))


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course of two assignments, of which nothing is built."""
    for name in ("first", "second"):
        (tmp_path / "source" / name).mkdir(parents=True)
        (tmp_path / "source" / name / "assignment.toml").write_text(f'title = "The {name}"')
        nbformat.write(nbformat.v4.new_notebook(), tmp_path / "source" / name / f"{name}.ipynb")
    (tmp_path / "nbgrader_config.py").write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


TEST = """
OK_FORMAT = False
name = "q1"

from otter.test_files import test_case


@test_case(points=3)
def right(x):
    assert x
"""


def begin(course, name):
    folder = course / "learn" / name
    (folder / "tests").mkdir(parents=True)
    (folder / "tests" / "q1.py").write_text(TEST)
    nbformat.write(nbformat.v4.new_notebook(), folder / f"{name}.ipynb")
    (folder / ".progress.json").write_text('{"q1": {"status": "correct", "score": 3}}')


def test_without_a_name_it_lists_what_there_is(course):
    result = CliRunner().invoke(cli.main, ["learn"])
    assert result.exit_code == 0, result.output
    assert "first: The first\n  not begun" in result.output
    assert "Begin with one of them: ./course learn first" in result.output


def test_it_goes_on_where_one_was(course, monkeypatch):
    begin(course, "second")
    opened = []
    monkeypatch.setattr("visual_coding_course.cli.alone.built", lambda course, *names: None)
    monkeypatch.setattr(learn, "working_copy", lambda course, name, folder, _: folder / name)
    monkeypatch.setattr(learn, "open_in_jupyterlab", lambda *given: opened.append(given) or 0)
    result = CliRunner().invoke(cli.main, ["learn", "--no-browser"])
    assert result.exit_code == 0, result.output
    assert "second: The second\n  1 of 1 question right" in result.output
    assert opened == [(course / "learn" / "second" / "second", ["--no-browser"])]


def test_an_unknown_name_is_told(course):
    result = CliRunner().invoke(cli.main, ["learn", "third"])
    assert result.exit_code == 2 and "it holds first, second" in result.output


def test_jupyterlab_comes_without_the_menus_of_instructors(tmp_path, monkeypatch):
    program = tmp_path / "program"
    program.write_text('#!/bin/sh\nprintf %s "$JUPYTER_CONFIG_PATH" > where\n')
    program.chmod(0o755)
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/mine")
    monkeypatch.setattr(learn.sys, "executable", str(program))
    monkeypatch.setattr(learn.signal, "signal", lambda *arguments: None)
    assert learn.open_in_jupyterlab(tmp_path / "any.ipynb", []) == 0
    first, mine = (tmp_path / "where").read_text().split(":")
    told = json.loads((Path(first) / "labconfig" / "page_config.json").read_text())
    assert told["disabledExtensions"] == {"@jupyter/nbgrader": True} and mine == "/mine"
