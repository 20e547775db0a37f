"""What fails in nbgrader's commands leaves the folders as they were."""

import shutil

import nbformat
import pytest
from nbgrader.api import Gradebook

from visual_coding_course.records.gradebook import Book

from ..tools import COURSE, nbgrader_in

#: What a release's wheel and requirements are made from.
NEEDED = ("visual_coding_course", "pyproject.toml", "requirements.lock", "README.md", "LICENSE")
RIGHT = {"q1-answer": "x = 3", "q2-answer": "def double(n):\n    return n + n"}


@pytest.fixture
def course(tmp_path, build_course):
    """A course folder with an earlier release, in which somebody left a file."""
    folder = build_course(tmp_path / "course")
    shutil.copy(COURSE / "nbgrader_config.py", folder)
    for name in NEEDED:
        (folder / name).symlink_to(COURSE / name)
    for name in ("tiny.ipynb", "tests/q1_number.py", "notes.txt"):
        path = folder / "release" / "tiny" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("an earlier release")
    return folder


@pytest.fixture
def nbgrader(course, monkeypatch):
    return nbgrader_in(course, monkeypatch)


def files(folder):
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*")) if path.is_file()
    }  # fmt: skip


def hand_in(course, student, content):
    folder = course / "submitted" / student / "tiny"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tiny.ipynb").write_bytes(content)


def score(course, student):
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        return gradebook.find_submission("tiny", student).score


def entered(course):
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        return {one.name: [each.name for each in one.notebooks] for one in gradebook.assignments}


def a_check_without_cases(course):
    (course / "source/tiny/tests/q2_function.py").unlink()


def a_file_that_cannot_be_copied(course):
    (course / "source/tiny/data.csv").symlink_to("nowhere.csv")


def a_gradebook_that_is_none(course):
    (course / "gradebook.db").write_text("What is this?")


def a_wheel_that_cannot_be_built(course):
    (course / "pyproject.toml").unlink()


def a_release_folder_that_is_none(course):
    (course / "release").rename(course / "kept")
    (course / "release").write_text("a file")


@pytest.mark.parametrize(
    ("broken", "words"),
    [(a_check_without_cases, "no test file"), (a_file_that_cannot_be_copied, "data.csv"),
     (a_gradebook_that_is_none, "database"), (a_wheel_that_cannot_be_built, "pyproject"),
     (a_release_folder_that_is_none, "is no folder")],
    ids=lambda one: getattr(one, "__name__", ""),
)  # fmt: skip
def test_a_release_that_fails_changes_nothing(course, nbgrader, caplog, broken, words):
    broken(course)
    before, there = files(course), {*course.iterdir(), course / "gradebook.db"}
    done = nbgrader.generate_assignment("tiny", force=True)
    assert not done["success"] and words in caplog.text
    after = files(course)
    if "gradebook.db" in after.keys() - before.keys():
        assert entered(course) == {} and after.pop("gradebook.db")
    assert after == before and {*course.iterdir()} <= there


def test_an_assignment_that_was_entered_before_a_release_that_fails_stays(course, nbgrader):
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        gradebook.add_assignment("tiny", duedate="2030-01-01")
    a_check_without_cases(course)
    assert not nbgrader.generate_assignment("tiny")["success"]
    assert entered(course) == {"tiny": []}


def test_a_release_takes_the_place_of_the_one_before(course, nbgrader):
    assert nbgrader.generate_assignment("tiny", force=False)["success"]
    assert (course / "release/tiny/notes.txt").read_text() == "an earlier release"
    assert nbgrader.generate_assignment("tiny", force=True)["success"]
    made = files(course / "release/tiny")
    assert {"tiny.ipynb", "tests/q1_number.py", "requirements.txt"} < {*made}
    assert "notes.txt" not in made
    assert "hidden=True" not in (course / "release/tiny/tests/q1_number.py").read_text()
    assert not [path for path in course.iterdir() if path.name.startswith(".release")]


def test_grading_and_feedback_that_fail_leave_what_was_graded(course, nbgrader, answer, assignment):
    Book(course / "gradebook.db", assignment).__exit__()
    hand_in(course, "ada", answer(RIGHT))
    hand_in(course, "bob", answer({"q1-answer": "x = 4"}))
    for student in ("ada", "bob"):
        assert nbgrader.autograde("tiny", student)["success"]
    assert nbgrader.generate_feedback("tiny")["success"]
    graded, pages = files(course / "autograded/ada"), files(course / "feedback")
    assert {*pages} == {f"{student}/tiny/tiny.html" for student in ("ada", "bob")}

    hand_in(course, "ada", b"{}")
    done = nbgrader.autograde("tiny", "ada")
    assert not done["success"] and files(course / "autograded/ada") == graded
    assert score(course, "ada") == 7

    page = course / "autograded/ada/tiny/tiny.ipynb"
    page.chmod(0o644)
    page.write_text(nbformat.writes(nbformat.v4.new_notebook())[:-9])
    done = nbgrader.generate_feedback("tiny")
    now = files(course / "feedback")
    assert not done["success"] and now["ada/tiny/tiny.html"] == pages["ada/tiny/tiny.html"]
    assert now["bob/tiny/tiny.html"] != pages["bob/tiny/tiny.html"]
