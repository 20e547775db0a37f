"""A term through a real exchange, where the instructor and each student has an account."""

import json
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from ..accounts import accounts

COURSE = Path(__file__).resolve().parents[2]
#: What a release's wheel and requirements are made from.
NEEDED = ("visual_coding_course", "pyproject.toml", "requirements.lock", "README.md", "LICENSE")
GRADER = "from visual_coding_course import Notebook\ngrader = Notebook()\n"
RIGHT = {"q1-answer": "x = 3", "q2-answer": "def double(n):\n    return n + n"}
WRONG = {**RIGHT, "q1-answer": "x = 4"}
ISOLATED = "from visual_coding_course.isolation.sandbox import find_bubblewrap; find_bubblewrap()"


def write(path, answers):
    """Fill in answers, as a student does."""
    notebook = json.loads(path.read_text())
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = answers.get(name, cell["source"])
    path.write_text(json.dumps(notebook))


@pytest.fixture
def term(build_course):
    """Accounts of an instructor and two students, and the instructor's folder."""
    with accounts("t", "ada", "bob") as (teacher, ada, bob, folder):
        if teacher.run("-c", ISOLATED, fails=True).returncode:
            pytest.skip("bubblewrap does not work for other accounts than root")
        (folder / "exchange").mkdir()
        (folder / "exchange").chmod(0o1777)
        place = f'c.Exchange.root = "{folder}/exchange"\n'
        course = build_course(teacher.home / "course")
        (course / "source/tiny/needs.py").unlink()  # no account has recordings
        source = course / "source/tiny/tiny.ipynb"
        source.write_text(
            source.read_text().replace("given = 21", repr(GRADER)[1:-1] + "given = 21")
        )
        config = (COURSE / "nbgrader_config.py").read_text()
        (course / "nbgrader_config.py").write_text(f"{config}\n{place}")
        for name in NEEDED:
            (course / name).symlink_to(COURSE / name)
        teacher.owns(course)
        for student in (ada, bob):
            path = student.home / "nbgrader_config.py"
            path.write_text(
                f'c = get_config()\nc.CourseDirectory.course_id = "visual_coding"\n{place}'
            )
        yield teacher, ada, bob, course


def submit(student, answers):
    write(student.home / "tiny/tiny.ipynb", answers)
    student.run("-m", "nbgrader", "submit", "tiny")


def pages(student):
    student.run("-m", "nbgrader", "fetch_feedback", "tiny")
    found = (student.home / "tiny/feedback").glob("*/*.html")
    return [path.read_text() for path in sorted(found)]


def scores(course):
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        return [one.score for one in gradebook.assignment_submissions("tiny")]


def test_from_the_release_to_the_feedback_between_accounts(term):
    teacher, ada, bob, course = term

    def nbgrader(*words):
        return teacher.run("-m", "nbgrader", *words, cwd=course).stderr

    nbgrader("generate_assignment", "tiny", "--force")
    nbgrader("release_assignment", "tiny")
    for student in (ada, bob):
        student.run("-m", "nbgrader", "fetch_assignment", "tiny")
    fetched = ada.home / "tiny"
    assert "hidden=True" not in (fetched / "tests/q1_number.py").read_text()
    notebook = ("-m", "nbgrader", "validate", "tiny.ipynb")
    assert "not attempted" in ada.run(*notebook, cwd=fetched).stdout
    write(fetched / "tiny.ipynb", RIGHT)
    assert "Success" in ada.run(*notebook, cwd=fetched).stdout

    submit(ada, RIGHT)
    submit(bob, WRONG)
    look = "import os; os.listdir('{}')"
    inbound = course.parent.parent / "exchange/visual_coding/inbound"
    for closed in (inbound, course, ada.home):
        assert "Permission denied" in bob.run("-c", look.format(closed), fails=True).stderr
    nbgrader("collect", "tiny")
    teacher.run("-m", "visual_coding_course.cli", "grade", "tiny", "--workers", "1", cwd=course)
    assert sorted(scores(course)) == [5, 7]
    nbgrader("release_feedback", "tiny")
    (page,) = pages(ada)
    assert f"Feedback for {ada.name}" in page and "look at the question again" not in page
    (page,) = pages(bob)
    assert f"Feedback for {bob.name}" in page and "look at the question again" in page

    # A second attempt, by nbgrader's own commands.
    submit(bob, RIGHT)
    nbgrader("collect", "tiny", "--update")
    for command in ("autograde", "generate_feedback"):
        nbgrader(command, "tiny", "--force")
    assert scores(course) == [7, 7]
    nbgrader("release_feedback", "tiny")
    shown = ["look at the question again" in page for page in pages(bob)]
    assert sorted(shown) == [False, True]
    assert len(pages(ada)) == 1
