"""Grading a class: rows, gradebook, pages; what is done is not done again."""

import csv
import json
from html.parser import HTMLParser

import nbformat
import pytest
from click.testing import CliRunner
from filelock import FileLock
from nbgrader.api import Gradebook

from visual_coding_course import cli
from visual_coding_course.grading import run
from visual_coding_course.grading.run import AlreadyGrading, grade_class


class Tags(HTMLParser):
    """The tags of a page with their attributes, as a browser sees them."""

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, attributes))

    @classmethod
    def of(cls, page):
        parser = cls()
        parser.found = []
        parser.feed(page)
        return parser.found


RIGHT = {"q1-answer": "x = 3", "q2-answer": "def double(n):\n    return n + n"}


@pytest.fixture
def course(tmp_path, assignment, source_notebook):
    """A course folder with the tiny assignment, as if it had been built."""
    folder = tmp_path / "course"
    source = folder / "source" / "tiny"
    (source / "tests").mkdir(parents=True)
    nbformat.write(source_notebook, source / "tiny.ipynb")
    for name, text in assignment.tests.items():
        (source / "tests" / name).write_text(text)
    files = folder / "autograder" / "tiny" / "files"
    files.mkdir(parents=True)
    (files / "expected.npz").write_bytes(assignment.expected)
    (folder / "nbgrader_config.py").write_text("")
    return folder


@pytest.fixture
def hand_in(course):
    def write(student, content):
        path = course / "submitted" / student / "tiny" / "tiny.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    return write


def scores(rows):
    return {row["student"]: (row["status"], row["score"]) for row in rows}


def results(course):
    return [json.loads(line) for line in (course / "results.jsonl").read_text().splitlines()]


def test_every_submission_gets_a_row_everywhere(course, hand_in, answer):
    hand_in("ada", answer(RIGHT))
    hand_in("bob", answer({**RIGHT, "q1-answer": "x = 4"}))
    hand_in("cy", b"not a notebook")
    (course / "submitted" / "dan" / "tiny").mkdir(parents=True)
    rows = grade_class(course, "tiny", workers=2)

    expected = {
        "ada": ("graded", 7),
        "bob": ("graded", 5),
        "cy": ("unreadable", 0),
        "dan": ("unreadable", 0),
    }
    assert scores(rows) == expected
    assert scores(results(course)) == expected
    with open(course / "grades.csv", newline="") as file:
        table = {row["student"]: row for row in csv.DictReader(file)}
    assert table["bob"]["score"] == "5.0" and table["bob"]["q1"] == "1.0"
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        entered = {s.student.id: s.score for s in gradebook.assignment_submissions("tiny")}
    assert entered == {"ada": 7, "bob": 5, "cy": 0, "dan": 0}
    for student in expected:
        page = (course / "feedback" / student / "tiny" / "tiny.html").read_text()
        assert student in page
    assert "look at the question again" in (course / "feedback/bob/tiny/tiny.html").read_text()
    assert (course / "autograded" / "ada" / "tiny" / "tiny.ipynb").is_file()


def test_only_what_is_new_or_changed_is_graded(course, hand_in, answer, monkeypatch):
    hand_in("ada", answer(RIGHT))
    hand_in("bob", answer())
    grade_class(course, "tiny", workers=1)
    graded = []
    real = run.grade_many

    def spy(assignment, submissions, **options):
        graded.append([submission.student for submission in submissions])
        return real(assignment, submissions, **options)

    monkeypatch.setattr(run, "grade_many", spy)
    hand_in("bob", answer(RIGHT))
    hand_in("cy", b"{}")
    rows = grade_class(course, "tiny", workers=1)
    assert graded == [["bob", "cy"]]
    assert scores(rows) == {"ada": ("graded", 7), "bob": ("graded", 7), "cy": ("unreadable", 0)}
    grade_class(course, "tiny", workers=1)
    assert graded[-1] == []
    grade_class(course, "tiny", workers=1, regrade=True)
    assert graded[-1] == ["ada", "bob", "cy"]


def test_grading_one_student_keeps_the_others(course, hand_in, answer):
    for student in ("ada", "bob"):
        hand_in(student, answer(RIGHT))
    grade_class(course, "tiny", workers=1)
    rows = grade_class(course, "tiny", [course / "submitted" / "bob"], workers=1, regrade=True)
    assert set(scores(rows)) == {"bob"}
    assert set(scores(results(course))) == {"ada", "bob"}
    assert len((course / "grades.csv").read_text().splitlines()) == 3


def test_after_an_interruption_the_rest_is_graded(course, hand_in, answer):
    for student in ("ada", "bob", "cy"):
        hand_in(student, answer(RIGHT))
    seen = []

    def stop_after_one(done, total, row):
        if row is not None:
            seen.append(row["student"])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grade_class(course, "tiny", workers=1, progress=stop_after_one)
    assert [row["student"] for row in results(course)] == seen
    done_before = []
    rows = grade_class(
        course, "tiny", workers=1, progress=lambda done, total, row: done_before.append(done)
    )
    assert done_before[0] == 1
    assert set(scores(rows).values()) == {("graded", 7)}
    assert len(results(course)) == 3


def test_manual_grades_and_comments_survive_a_regrade(course, hand_in, answer):
    hand_in("ada", answer(RIGHT))
    grade_class(course, "tiny", workers=1)
    url = f"sqlite:///{course}/gradebook.db"
    with Gradebook(url) as gradebook:
        gradebook.find_grade("q1", "tiny", "tiny", "ada").manual_score = 1.5
        gradebook.find_comment("q1-answer", "tiny", "tiny", "ada").manual_comment = "Well <b>done"
        gradebook.db.commit()
    grade_class(course, "tiny", workers=1, regrade=True)
    with Gradebook(url) as gradebook:
        assert gradebook.find_grade("q1", "tiny", "tiny", "ada").score == 1.5
    with open(course / "grades.csv", newline="") as file:
        assert [row["score_with_manual_grades"] for row in csv.DictReader(file)] == ["5.5"]
    page = (course / "feedback" / "ada" / "tiny" / "tiny.html").read_text()
    assert "Well &lt;b&gt;done" in page


def test_an_interrupted_regrade_keeps_earlier_grades(course, hand_in, answer):
    for student in ("ada", "bob"):
        hand_in(student, answer(RIGHT))
    grade_class(course, "tiny", workers=1)

    def stop(done, total, row):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grade_class(course, "tiny", workers=1, regrade=True, progress=stop)
    assert scores(results(course)) == {"ada": ("graded", 7), "bob": ("graded", 7)}
    assert len((course / "grades.csv").read_text().splitlines()) == 3


def test_a_lost_gradebook_is_filled_again(course, hand_in, answer):
    hand_in("ada", answer(RIGHT))
    grade_class(course, "tiny", workers=1)
    (course / "gradebook.db").unlink()
    grade_class(course, "tiny", workers=1)
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        assert gradebook.find_submission("tiny", "ada").score == 7


def test_an_unreachable_scheduler_changes_nothing(course, hand_in, answer, monkeypatch):
    hand_in("ada", answer(RIGHT))
    grade_class(course, "tiny", workers=1)
    before = results(course)
    monkeypatch.setattr("visual_coding_course.grading.batch.PATIENCE", "1s")
    with pytest.raises(OSError):
        grade_class(course, "tiny", scheduler="tcp://127.0.0.1:1", regrade=True)
    assert results(course) == before


def test_a_folder_of_files_and_another_place_for_results(course, tmp_path, answer):
    handed_in = tmp_path / "handed in"
    handed_in.mkdir()
    (handed_in / "Müller, A (1).ipynb").write_bytes(answer(RIGHT))
    out = tmp_path / "out"
    rows = grade_class(course, "tiny", [handed_in], out=out, workers=1)
    assert scores(rows) == {"Müller_A_1": ("graded", 7)}
    assert (out / "grades.csv").is_file()
    assert not (course / "grades.csv").exists()


def test_time_limit_can_be_given(course, hand_in, answer):
    hand_in("ada", answer({**RIGHT, "q1-answer": "import time\ntime.sleep(5)"}))
    rows = grade_class(course, "tiny", workers=1, timeout=2)
    assert rows[0]["status"] == "timed_out"


def test_a_second_run_in_the_same_folder_stops(course, hand_in, answer):
    hand_in("ada", answer(RIGHT))
    with FileLock(course / run.LOCK), pytest.raises(AlreadyGrading, match="--out"):
        grade_class(course, "tiny")


def test_what_a_student_prints_is_shown_as_text(course, hand_in, answer):
    script = "<script>alert(1)</script>"
    shown = (
        "from IPython.display import HTML, Javascript, display\nx = 3\n"
        f"print('{script}')\ndisplay(HTML('<table><tr><td>7</td></tr></table>{script}"
        "<img src=x onerror=alert(2)>'))\ndisplay(Javascript('alert(3)'))\n"
        f"raise ValueError('{script}')"
    )
    hand_in("eve", answer({**RIGHT, "q1-answer": shown}))
    grade_class(course, "tiny", workers=1)
    page = (course / "feedback" / "eve" / "tiny" / "tiny.html").read_text()
    assert "<td>7</td>" in page
    tags = Tags.of(page)
    assert "script" not in {name for name, _ in tags}
    assert not [key for _, attributes in tags for key, _ in attributes if key.startswith("on")]


class TestCommand:
    """The command line."""

    @pytest.fixture
    def invoke(self, course, monkeypatch):
        monkeypatch.chdir(course)
        return lambda *arguments: CliRunner().invoke(cli.main, list(arguments))

    def test_grade_prints_a_table(self, invoke, hand_in, answer):
        hand_in("ada", answer(RIGHT))
        result = invoke("grade", "tiny", "--workers", "1")
        assert result.exit_code == 0
        assert "ada" in result.output and "7/7" in result.output

    def test_unreadable_input_is_exit_status_one(self, invoke, hand_in):
        hand_in("cy", b"not a notebook")
        assert invoke("grade", "tiny", "--workers", "1").exit_code == 1

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["grade", "missing"], "It holds: tiny"),
            (["grade", "tiny"], "No submissions"),
            (["grade", "tiny", "nowhere"], "no file or folder"),
            (["grade"], "Missing argument"),
            (["grade", "tiny", "--workers", "0"], "--workers"),
        ],
    )
    def test_wrong_use_is_exit_status_two(self, invoke, arguments, words):
        result = invoke(*arguments)
        assert result.exit_code == 2
        assert words in result.output

    def test_check_prints_feedback(self, invoke, hand_in, answer):
        path = hand_in("bob", answer({**RIGHT, "q1-answer": "x = 4"}))
        result = invoke("check", str(path))
        assert result.exit_code == 0
        assert "5 of 7 points" in result.output
        assert "look at the question again" in result.output

    def test_check_of_what_is_not_a_notebook(self, invoke, hand_in):
        result = invoke("check", str(hand_in("cy", b"x")))
        assert result.exit_code == 1
        assert "not a Jupyter notebook" in result.output
        assert invoke("check", "nowhere.ipynb").exit_code == 1

    def test_help_names_every_command(self, invoke):
        output = invoke("--help").output
        for command in ("demo", "test", "build", "grade", "check", "learn"):
            assert f"  {command} " in output
