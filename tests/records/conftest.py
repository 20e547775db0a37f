"""A course folder with a small class of made-up results, and the command that is typed there."""

import contextlib
import csv
import shutil

import nbformat
import pytest
from click.testing import CliRunner

from visual_coding_course import cli
from visual_coding_course.grading.handed import Told
from visual_coding_course.grading.record import Record
from visual_coding_course.grading.submissions import Submission

from ..pages.report.conftest import empty_gradebook, graded, tiny

__all__ = ["empty_gradebook"]


@pytest.fixture
def course(tmp_path, empty_gradebook):
    """A course with one assignment, and nobody in its gradebook."""
    course = tmp_path / "course"
    (course / "source" / "tiny").mkdir(parents=True)
    (course / "nbgrader_config.py").write_text("")
    nbformat.write(tiny("tiny").notebook, course / "source" / "tiny" / "tiny.ipynb")
    shutil.copy(empty_gradebook, course)
    return course


@pytest.fixture
def typed(course):
    """Call `course` as typed in the folder: typed("students", "class.csv")."""

    def call(*arguments):
        with contextlib.chdir(course):
            return CliRunner().invoke(cli.main, [*map(str, arguments)], catch_exceptions=False)

    return call


@pytest.fixture
def grade(course):
    """Record a class: grade({"ada": Student(...)}, {"ada": ("Canvas", "12")})."""

    def record(students, numbers=(), name="tiny"):
        assignment = tiny(name)
        with Record(course, assignment) as recorded:
            for student, made in students.items():
                told = Told(*dict(numbers).get(student, (None, None)))
                submission = Submission(student, course / f"{student}.ipynb", told=told)
                recorded.add(submission, graded(assignment, made), "digest")
            recorded.finish()

    return record


def table(path):
    """The rows of a CSV file."""
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
