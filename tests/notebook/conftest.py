"""A notebook of three questions, as a student has it."""

import nbformat
import pytest

from visual_coding_course import Notebook
from visual_coding_course.checking.test_files import public_part

from .made import FIRST, SECOND, notebook_of


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of a course's edition, which is the working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "q1_first.py").write_text(public_part(FIRST))
    (tmp_path / "tests" / "q2.py").write_text(SECOND)
    nbformat.write(notebook_of(), tmp_path / "numbers.ipynb")
    return tmp_path


@pytest.fixture
def grader(folder):
    return Notebook()
