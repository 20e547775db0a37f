"""`course grade` gives every example the score that it should get, and the other graders agree."""

import csv
import io
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from nbgrader.api import Gradebook

from visual_coding_course.commands.demo import EXAMPLES, SCORES, expected_scores
from visual_coding_course.grading.container import grade_container
from visual_coding_course.grading.run import grade_class

from ..tools import COURSE, nbgrader_in, run_tool

NAME = "cross_session"
EXPECTED = expected_scores(COURSE / SCORES)
#: What nbgrader and otter grade, too: questions that get all points, some, and none (by a mistake,
#: or left blank), and notebooks whose cells were deleted, or are there twice.
COMPARED = ["ada", "camillo", "frida", "gustav", "jane", "karl"]
QUESTIONS = [f"q{number}" for number in range(1, 10)]
#: Grade with otter by its own API, one notebook after the other: each prints a line of scores.
OTTER = """
import json, os, sys
from otter.api import grade_submission
home, (archive, *notebooks) = os.getcwd(), sys.argv[1:]
for notebook in notebooks:
    results = grade_submission(notebook, archive, quiet=True)
    os.chdir(home)
    print(json.dumps({name: results.get_score(name) for name in results.results}))
"""


def scores_of(row):
    return {question: float(row[question]) for question in QUESTIONS}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Rows of `course grade` by student, and the folder with its results."""
    out = tmp_path_factory.mktemp("course-grade")
    # Many times what the others take, and how long the endless loop among them is run.
    rows = grade_class(COURSE, NAME, [COURSE / EXAMPLES], out=out, timeout=30)
    return {row["student"]: row for row in rows}, out


@pytest.mark.parametrize("student", EXPECTED)
def test_course_grade(graded, student):
    rows, _ = graded
    row, should = rows[student], EXPECTED[student]
    found = {question: row["questions"][question]["score"] for question in QUESTIONS}
    assert found == scores_of(should), json.dumps(row["questions"], indent=1)
    assert row["status"] == should["status"]
    assert row["score"] == float(should["score"])


def test_no_example_is_missing(graded):
    assert set(graded[0]) == set(EXPECTED)


def test_gradebook_has_the_scores(graded):
    with Gradebook(f"sqlite:///{graded[1]}/gradebook.db") as gradebook:
        found = {entry.student.id: entry.score for entry in gradebook.assignment_submissions(NAME)}
        waiting = gradebook.find_grade("q10", NAME, NAME, "ada").needs_manual_grade
    assert found == {student: float(row["score"]) for student, row in EXPECTED.items()}
    assert waiting


@pytest.fixture(scope="module")
def autograded(tmp_path_factory):
    """Scores by student, from nbgrader's own commands on a copy of the course folder."""
    course = tmp_path_factory.mktemp("nbgrader")
    for name in ("source", "autograder", "visual_coding_course"):
        shutil.copytree(COURSE / name, course / name)
    for name in ("nbgrader_config.py", "pyproject.toml", "requirements.lock", "LICENSE"):
        shutil.copy(COURSE / name, course / name)
    for student in COMPARED:
        shutil.copytree(COURSE / EXAMPLES / student, course / "submitted" / student)
    for command in ("generate_assignment", "autograde", "generate_feedback"):
        run_tool(course, "-m", "nbgrader", command, NAME)
    run_tool(course, "-m", "nbgrader", "export")
    with open(course / "gradebook.csv", newline="") as file:
        table = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        questions = {
            student: {
                question: gradebook.find_grade(question, NAME, NAME, student).auto_score
                for question in QUESTIONS
            }
            for student in COMPARED
        }
    return table, questions, course


@pytest.mark.parametrize("student", COMPARED)
def test_nbgrader_autograde(autograded, student):
    table, questions, _ = autograded
    assert questions[student] == scores_of(EXPECTED[student])
    assert table[student] == float(EXPECTED[student]["score"])


def test_nbgrader_feedback_is_the_courses_page(autograded):
    page = (autograded[2] / "feedback" / "camillo" / NAME / f"{NAME}.html").read_text()
    assert "Feedback for camillo" in page and "to be graded by hand" in page


ARCHIVE = COURSE / "autograder" / NAME / "autograder.zip"


def handed_in(student):
    return COURSE / EXAMPLES / student / NAME / f"{NAME}.ipynb"


@pytest.fixture(scope="module")
def otter_results(tmp_path_factory):
    """Scores by student: of the first by otter's command, of the others by its API."""
    folder = tmp_path_factory.mktemp("otter")
    first, *others = COMPARED
    shutil.copy(handed_in(first), folder)
    run_tool(folder, "-m", "otter", "run", "-a", str(ARCHIVE), f"{NAME}.ipynb")
    tests = json.loads((folder / "results.json").read_text())["tests"]
    scores = {first: {test["name"]: test["score"] for test in tests if test["name"] in QUESTIONS}}
    printed = run_tool(folder, "-c", OTTER, str(ARCHIVE), *map(str, map(handed_in, others)))
    lines = [json.loads(line) for line in printed.splitlines() if line.startswith("{")]
    return scores | dict(zip(others, lines, strict=True))


@pytest.mark.parametrize("student", COMPARED)
def test_otter_run(otter_results, student):
    assert otter_results[student] == scores_of(EXPECTED[student])


@pytest.fixture(scope="module")
def container(tmp_path_factory):
    """Gradescope's container, with the zip unpacked."""
    root = tmp_path_factory.mktemp("autograder")
    (root / "submission").mkdir()
    shutil.unpack_archive(ARCHIVE, root / "source")
    return root


@pytest.mark.parametrize("student", ["camillo", "ivan", "luigi", "maria"])
def test_gradescopes_container(container, student):
    shutil.copy(handed_in(student), container / "submission")
    _, results, _ = grade_container(container)
    found = dict.fromkeys(QUESTIONS, 0.0)
    for one in results["tests"]:
        if one["name"].split(":")[0] in found:
            found[one["name"].split(":")[0]] += one["score"]
    carried = sum(one["score"] for one in results["tests"] if "max_score" not in one)
    assert results["score"] == float(EXPECTED[student]["score"])
    assert sum(found.values()) + carried == results["score"]
    assert results["extra_data"]["status"] == EXPECTED[student]["status"]
    if not carried:
        assert found == scores_of(EXPECTED[student])


def test_nbgrader_validate_on_the_release(tmp_path):
    shutil.copytree(COURSE / "release" / NAME, tmp_path / NAME)
    solved = COURSE / EXAMPLES / "ada" / NAME / f"{NAME}.ipynb"
    blank = run_tool(tmp_path / NAME, "-m", "nbgrader", "validate", f"{NAME}.ipynb")
    assert "FAILED" in blank.upper() and "not attempted" in blank
    shutil.copy(solved, tmp_path / NAME)
    assert "Success" in run_tool(tmp_path / NAME, "-m", "nbgrader", "validate", f"{NAME}.ipynb")


def test_scores_table_tells_each_story():
    with open(COURSE / SCORES, newline="") as file:
        text = file.read()
    for row in csv.DictReader(io.StringIO(text)):
        assert row["story"]
        assert float(row["score"]) == sum(scores_of(row).values())


@pytest.fixture
def formgrader(autograded):
    """Address of a Jupyter server on the course folder, with nbgrader's formgrader."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [f"--ServerApp.port={port}", "--IdentityProvider.token=", "--allow-root"]
    command = [sys.executable, "-m", "jupyter", "server", "--no-browser", *options]
    environment = {**os.environ, "PYTHONPATH": str(COURSE)}
    with subprocess.Popen(
        command, cwd=autograded[2], env=environment, stderr=subprocess.DEVNULL
    ) as server:
        yield f"http://127.0.0.1:{port}/formgrader"
        server.terminate()


def fetch(address):
    for _ in range(60):
        try:
            with urlopen(address, timeout=30) as page:
                return page.read().decode()
        except HTTPError:
            raise
        except OSError:
            time.sleep(0.5)
    raise AssertionError(f"{address} does not answer")


def test_formgrader_opens_a_submission(autograded, formgrader):
    with Gradebook(f"sqlite:///{autograded[2]}/gradebook.db") as gradebook:
        submission = gradebook.find_submission_notebook(NAME, NAME, "camillo").id
    page = fetch(f"{formgrader}/submissions/{submission}/")
    assert "The same neuron on three days" in page and "Feedback for camillo" not in page


def test_feedback_is_the_courses_page_also_from_the_formgrader(autograded, monkeypatch):
    """The formgrader sets a template of its own for all of nbconvert's HTML."""
    course = autograded[2]
    formgraders = {"HTMLExporter": {"template_name": "formgrade"}}
    page = course / "feedback" / "camillo" / NAME / f"{NAME}.html"
    page.unlink()
    nbgrader = nbgrader_in(course, monkeypatch, **formgraders)
    outcome = nbgrader.generate_feedback(NAME, "camillo", force=True)
    assert outcome["success"], outcome
    assert "Feedback for camillo" in page.read_text()
