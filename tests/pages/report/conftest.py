"""Small classes with made-up results, entered through the real record."""

from dataclasses import dataclass, field
from shutil import copy

import nbformat
import pytest
from click.testing import CliRunner
from nbgrader.api import Gradebook

from visual_coding_course import cli
from visual_coding_course.assignment import Assignment
from visual_coding_course.assignment.released import as_released
from visual_coding_course.checking import Variants
from visual_coding_course.checking.results import CaseResult, QuestionResult, unchecked
from visual_coding_course.checking.summary import fingerprint, summary
from visual_coding_course.grading.record import Record
from visual_coding_course.grading.submissions import Submission, Told
from visual_coding_course.pages.feedback.outcome import outcome
from visual_coding_course.records.graded import GradedSubmission

POINTS = {"q1": 4, "q2": 6}
CHECK = """
OK_FORMAT = False
name = "{name}"

from otter.test_files import test_case


@test_case(points={points})
def case(x):
    pass
"""


def tiny(name):
    """An assignment of two questions, and a third that is graded by hand."""
    cells = []
    for question in POINTS:
        tags = {"grade_id": question, "grade": True, "solution": False, "points": 0}
        cells.append((nbformat.v4.new_code_cell(f"grader.check({question!r})"), tags))
    written = {"grade_id": "q3", "grade": True, "solution": True, "points": 10}
    cells.append((nbformat.v4.new_markdown_cell("Because."), written))
    for cell, tags in cells:
        always = {"schema_version": 3, "locked": not tags["solution"], "task": False}
        cell.metadata["nbgrader"] = {**always, **tags}
    notebook = nbformat.v4.new_notebook(cells=[cell for cell, _ in cells])
    notebook.metadata["kernelspec"] = {
        "name": "python3", "display_name": "Python 3", "language": "python"
    }  # fmt: skip
    tests = {f"{q}.py": CHECK.format(name=q, points=points) for q, points in POINTS.items()}
    return Assignment(name, nbformat.writes(as_released(notebook, tests)), tests, b"")


SESSIONS = Variants("session", "abc")


def wrong(points, answer, mistakes=(), message=None, value=None, state="wrong_value"):
    """A case that failed."""
    status = "not_attempted" if state in ("missing", "not_attempted", "empty") else "failed"
    message = message or f"`{answer}` is not right."
    about = (answer, state, mistakes)
    return CaseResult(
        "case", points, False, status, message, *about,
        found=summary(value), fingerprint=fingerprint(value),
        stem=SESSIONS.stem(answer or ""), said=SESSIONS.alike(message),
    )  # fmt: skip


def unclear(points, answer, message):
    """A case in which the check could not tell."""
    return CaseResult("case", points, False, "waiting", message, answer, "cannot_tell")


@dataclass
class Student:
    """What one student's submission came to: points by question, and what was wrong."""

    q1: float = 4
    q2: float = 6
    wrong: dict = field(default_factory=dict)
    status: str = "graded"
    message: str | None = None
    seconds: float = 1.0
    written: str = "Because of drift."
    code: str = ""
    attempts: int = 1


@pytest.fixture(scope="session")
def empty_gradebook(tmp_path_factory):
    """Made once: nbgrader starts a program to make one."""
    path = tmp_path_factory.mktemp("empty") / "gradebook.db"
    Gradebook(f"sqlite:///{path}").close()
    return path


def record_class(folder, empty, students, name):
    """Enter a class into the gradebook of a folder, by student."""
    assignment = tiny(name)
    folder.mkdir(exist_ok=True)
    if not (folder / empty.name).exists():
        copy(empty, folder)
    with Record(folder, assignment) as record:
        for student, made in students.items():
            told = Told(attempt=made.attempts, attempts=made.attempts)
            submission = Submission(student, folder / f"{student}.ipynb", told=told)
            record.add(submission, graded(assignment, made), "digest")
        record.finish()
    return folder


@pytest.fixture
def grade(tmp_path, empty_gradebook):
    """Record a class: grade({"ada": Student(...)}, name=...); returns the folder."""

    def record(students, name="tiny", folder=tmp_path / "results"):
        return record_class(folder, empty_gradebook, students, name)

    return record


def graded(assignment, student):
    if student.status in ("unreadable", "refused"):
        files = assignment.test_files.values()
        questions = tuple(unchecked(file, student.message) for file in files)
        return GradedSubmission(student.status, questions, student.seconds, student.message)
    if student.status == "crashed":
        files = assignment.test_files.values()
        questions = tuple(unchecked(file, student.message) for file in files)
    else:
        questions = tuple(question(name, student) for name in POINTS)
    notebook = assignment.notebook
    for cell, result in zip(notebook.cells, questions):
        score = {"text/plain": repr(result.score)}
        cell.outputs = [nbformat.v4.new_output("execute_result", score, execution_count=1)]
        cell.metadata["course"] = outcome(result, {})
    notebook.cells[-1].source = student.written
    notebook.cells.insert(0, nbformat.v4.new_code_cell(student.code))
    text = nbformat.writes(notebook)
    return GradedSubmission(student.status, questions, student.seconds, student.message, text)


def question(name, student):
    earned = getattr(student, name)
    cases = [CaseResult("earned", earned, False, "passed", state="right")] if earned else []
    found = list(student.wrong.get(name, ()))
    lost = POINTS[name] - earned - sum(case.points for case in found if case.status == "waiting")
    if lost and not found:
        found = [wrong(lost, f"answer_of_{name}")]
    return QuestionResult(name, (*cases, *found))


def run_report(names, results, out):
    """Call the command; returns what click's runner says of it."""
    where = ["--results", str(results), "--out", str(out)]
    return CliRunner().invoke(cli.main, ["report", *names, *where])


@pytest.fixture
def report(tmp_path):
    """Call `course report` on what `grade` has recorded."""
    return lambda *names: run_report(names, tmp_path / "results", tmp_path / "report")
