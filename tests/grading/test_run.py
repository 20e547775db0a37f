"""Grading a class: rows, gradebook, pages; what is done is not done again."""

import csv
import json
import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from html.parser import HTMLParser

import nbformat
import pytest
from click.testing import CliRunner
from filelock import FileLock
from nbgrader.api import Gradebook
from nbgrader.preprocessors import AssignLatePenalties, SaveAutoGrades
from sqlalchemy import text

from visual_coding_course import cli
from visual_coding_course.checking.results import CaseResult, QuestionResult
from visual_coding_course.grading import run
from visual_coding_course.grading.record import CannotRecord, Record
from visual_coding_course.grading.run import AlreadyGrading, grade_class
from visual_coding_course.grading.submissions import Submission
from visual_coding_course.records.graded import GradedSubmission, not_graded, not_run
from visual_coding_course.shared.files import write_whole


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


PAGE = 4096  # bytes of SQLite's
RIGHT = {"q1-answer": "x = 3", "q2-answer": "def double(n):\n    return n + n"}


@pytest.fixture
def course(tmp_path, build_course):
    return build_course(tmp_path / "course")


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
        gradebook.find_grade("q2", "tiny", "tiny", "ada").extra_credit = 0.25
        gradebook.find_comment("q1-answer", "tiny", "tiny", "ada").manual_comment = "Well <b>done"
        gradebook.db.commit()
    grade_class(course, "tiny", workers=1)
    grade_class(course, "tiny", workers=1, regrade=True)
    # What is graded as before need not be looked at again.
    assert needs_manual_grade(course) == ["False"]
    with Gradebook(url) as gradebook:
        assert gradebook.find_grade("q1", "tiny", "tiny", "ada").score == 1.5
        assert gradebook.find_grade("q2", "tiny", "tiny", "ada").score == 4.25
    with open(course / "grades.csv", newline="") as file:
        assert [row["score_with_manual_grades"] for row in csv.DictReader(file)] == ["5.75"]
    page = (course / "feedback" / "ada" / "tiny" / "tiny.html").read_text()
    assert "Well &lt;b&gt;done" in page


def needs_manual_grade(course):
    with open(course / "grades.csv", newline="") as file:
        return [row["needs_manual_grade"] for row in csv.DictReader(file)]


@pytest.fixture
def graded_notebook(assignment):
    """A graded notebook, without a kernel: half the points of each check, one answer changed."""
    notebook = assignment.notebook
    notebook.cells[1].source = "x = 4"
    for cell in notebook.cells:
        if cell.metadata.nbgrader.grade:
            data = {"text/plain": repr(cell.metadata.nbgrader.points / 2)}
            cell.outputs = [nbformat.v4.new_output("execute_result", data)]
    return notebook


def test_a_new_gradebook_is_of_the_version_that_nbgrader_makes(tmp_path, assignment):
    with Record(tmp_path / "ours", assignment):
        pass
    (tmp_path / "nbgraders").mkdir()
    versions = []
    for folder in ("nbgraders", "ours"):
        with Gradebook(f"sqlite:///{tmp_path}/{folder}/gradebook.db") as gradebook:
            found = gradebook.db.execute(text("SELECT version_num FROM alembic_version"))
            versions.append(found.all())
    assert versions[0] == versions[1] and len(versions[0]) == 1


@pytest.mark.filterwarnings("ignore:Object of type <Submitted")
def test_grades_are_entered_as_nbgraders_own_steps_do(tmp_path, assignment, graded_notebook):
    late = "2026-01-02 10:00:00"
    questions = tuple(
        QuestionResult(name, (CaseResult("got", most / 2, False, "passed", state="right"),))
        for name, most in (("q1", 3), ("q2", 4))
    )
    graded = GradedSubmission("graded", questions, 1.0, None, nbformat.writes(graded_notebook))
    entries = []
    for steps in (0, 1):
        url = f"sqlite:///{tmp_path}/{steps}/gradebook.db"
        with Record(tmp_path / str(steps), assignment) as record:
            with Gradebook(url) as gradebook:
                gradebook.update_or_create_assignment("tiny", duedate="2026-01-01 10:00:00")
            if steps:
                with Gradebook(url) as gradebook:
                    gradebook.update_or_create_student("ada")
                    gradebook.update_or_create_submission("tiny", "ada", timestamp=late)
                details = {"notebook": "tiny", "assignment": "tiny", "student": "ada"}
                for step in (SaveAutoGrades, AssignLatePenalties):
                    step().preprocess(graded_notebook, {"nbgrader": {**details, "db_url": url}})
            else:
                submission = Submission("ada", tmp_path / "ada.ipynb", late)
                record.add(submission, graded, "digest")
        with Gradebook(url) as gradebook:
            entry = gradebook.find_submission_notebook("tiny", "tiny", "ada")
            about = entry.to_dict()
            grades = [grade.to_dict() for grade in entry.grades]
            comments = [comment.to_dict() for comment in entry.comments]
            late_seconds = gradebook.find_submission("tiny", "ada").total_seconds_late
        for one in (about, *grades, *comments):
            del one["id"]
        by_name = [sorted(many, key=lambda one: one["name"]) for many in (grades, comments)]
        entries.append((about, by_name, late_seconds))
    assert entries[0] == entries[1]
    assert entries[0][0]["score"] == 3.5 and entries[0][2] == 86400


@pytest.fixture
def played(monkeypatch):
    """Grade without kernels; says who was graded, run by run, and what was told."""
    graded, told = [], []

    def grade_many(assignment, submissions, **options):
        graded.append([submission.student for submission in submissions])
        for submission in submissions:
            yield submission, not_run(assignment, "unreadable", "Not a notebook.")

    monkeypatch.setattr(run, "grade_many", grade_many)
    monkeypatch.setattr(run, "prepare", lambda isolated, needs: None)

    def grade(course, **options):
        told.clear()
        rows = grade_class(course, "tiny", tell=told.append, **options)
        return rows, graded[-1], " ".join(told)

    return grade


def test_after_an_update_grades_stay_and_this_is_told(course, hand_in, played):
    hand_in("ada", b"no notebook")
    hand_in("bob", b"no notebook")
    assert played(course)[1:] == (["ada", "bob"], "")
    test = course / "source" / "tiny" / "tests" / "q1_number.py"
    test.write_text("# A comment.\n" + test.read_text().replace("look at the question", "look"))
    assert played(course)[1:] == ([], "")
    test.write_text(test.read_text().replace("points=1", "points=5"))
    rows, graded, told = played(course)
    assert graded == [] and [row["max_score"] for row in rows] == [7, 7]
    assert "2 of 2 were graded with another version (notebook, tests)" in told
    assert "--regrade" in told

    hand_in("bob", b"still none")
    rows, graded, told = played(course)
    assert graded == ["bob"] and "1 of 2 were graded with another version" in told
    assert {row["student"]: row["max_score"] for row in rows} == {"ada": 7, "bob": 11}
    rows, graded, told = played(course, regrade=True)
    assert graded == ["ada", "bob"] and told == ""
    assert [row["max_score"] for row in rows] == [11, 11]
    assert played(course)[1:] == ([], "")
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        assert gradebook.find_submission("tiny", "ada").max_score == 11


def test_missing_files_are_made_again_without_grading(course, hand_in, played):
    hand_in("ada", b"no notebook")
    played(course)
    before = files(course)
    shutil.rmtree(course / "feedback")
    rows, graded, told = played(course)
    assert graded == [] and "made again" in told
    assert files(course).keys() == before.keys()
    page = course / "feedback" / "ada" / "tiny" / "tiny.html"
    assert page.read_bytes() == before[page]
    assert played(course)[1:] == ([], "")


def test_what_could_not_be_graded_is_graded_by_the_next_run(course, hand_in, played, monkeypatch):
    for student in ("ada", "bob"):
        hand_in(student, b"no notebook")

    def fail(assignment, submissions, **options):
        results = [not_graded(assignment, ("No room.",)), not_run(assignment, "unreadable", "No.")]
        yield from zip(submissions, results)

    with monkeypatch.context() as broken:
        broken.setattr(run, "grade_many", fail)
        assert scores(grade_class(course, "tiny")) == {
            "ada": ("not_graded", None),
            "bob": ("unreadable", 0),
        }
    assert scores(results(course))["ada"] == ("not_graded", None)
    rows, graded, told = played(course)
    assert graded == ["ada"] and told == ""
    assert scores(rows) == {"ada": ("unreadable", 0), "bob": ("unreadable", 0)}


def test_a_gradebook_of_an_earlier_version_is_taken_on(course, hand_in, played):
    hand_in("ada", b"no notebook")
    hand_in("bob", b"no notebook")
    played(course)
    set_manual_score(course, "ada", 1.5)
    with closing(sqlite3.connect(course / "gradebook.db")) as book:
        for column in ("versions", "notebook"):
            book.execute(f"alter table course_result drop column {column}")
        book.commit()
    rows, graded, told = played(course)
    assert graded == ["ada", "bob"] and "2 results are from an earlier version" in told
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        grade = gradebook.find_grade("q1", "tiny", "tiny", "ada")
        assert (grade.manual_score, grade.needs_manual_grade) == (1.5, False)
    assert played(course)[1:] == ([], "")


def set_manual_score(course, student, score):
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        gradebook.find_grade("q1", "tiny", "tiny", student).manual_score = score
        gradebook.db.commit()


@pytest.mark.parametrize("left", ["results.jsonl", "feedback", "autograded"])
def test_a_gradebook_that_is_gone_is_told_before_anything_is_changed(course, hand_in, played, left):
    hand_in("ada", b"no notebook")
    played(course)
    write_whole(course / "autograded" / "ada" / "tiny" / "tiny.ipynb", "{}")
    for name in {"gradebook.db", "results.jsonl", "feedback", "autograded"} - {left}:
        path = course / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    before = files(course)
    with pytest.raises(CannotRecord, match="given by hand were in it alone.*--regrade"):
        played(course)
    assert files(course) == before
    rows, graded, told = played(course, regrade=True)
    assert graded == ["ada"]
    assert played(course)[1:] == ([], "")


def files(course):
    return {
        path: path.read_bytes()
        for path in course.rglob("*")
        if path.is_file() and path.name != run.LOCK
    }


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda path: path.write_bytes(b""), "gradebook.db is empty"),
        (lambda path: path.write_bytes(b"not a database" * 999), "damaged .*not a database"),
        (lambda path: os.truncate(path, 20000), "damaged .*malformed"),
        (lambda path: path.write_bytes(b"SQLite format 3\0" + bytes(5000)), "damaged|not a"),
        (lambda path: alter(path, "drop table grade"), "not a gradebook .*no grade"),
        (lambda path: alter(path, "alter table grade drop column extra_credit"), "extra_credit"),
        (lambda path: (path.unlink(), alter(path, "create table mine (a)")), "not a gradebook"),
        (lambda path: alter(path, "update alembic_version set version_num = 'f00'"), "db upgrade"),
        (lambda path: os.truncate(path, path.stat().st_size - 1), "damaged"),
        (lambda path: overwrite(path, 2 * PAGE, bytes(PAGE)), "damaged"),
        (lambda path: overwrite(path, 9 * PAGE, bytes(PAGE)), "damaged"),
    ],
    ids=["empty", "garbage", "cut short", "header alone", "lacks a table", "older", "others'",
         "another version", "a byte short", "a page of zeros", "another page"],
)  # fmt: skip
def test_a_gradebook_that_cannot_be_used_is_left_as_it_is(course, hand_in, played, damage, words):
    hand_in("ada", b"no notebook")
    played(course)
    damage(course / "gradebook.db")
    before = files(course)
    for options in ({}, {"regrade": True}):
        with pytest.raises(CannotRecord, match=words) as told:
            played(course, **options)
        assert "Grades and comments given by hand are in it alone" in str(told.value)
        assert "backup" in str(told.value)
    assert files(course) == before


def alter(path, statement):
    with closing(sqlite3.connect(path)) as book:
        book.execute(statement)
        book.commit()


def overwrite(path, place, content):
    with open(path, "r+b") as file:
        file.seek(place)
        file.write(content)


def test_damage_while_it_is_used_is_told_as_well(course, hand_in, played):
    hand_in("ada", b"no notebook")
    played(course)
    rest = os.path.getsize(course / "gradebook.db") - 2 * PAGE

    def damage(done, total, row):
        overwrite(course / "gradebook.db", 2 * PAGE, b"x" * rest)

    with pytest.raises(CannotRecord, match="malformed|damaged|corrupt"):
        played(course, regrade=True, progress=damage)


def test_cells_that_nbgrader_cannot_add_are_told(tmp_path, assignment):
    with Record(tmp_path, assignment) as record:
        result = not_run(assignment, "unreadable", "Not a notebook.")
        record.add(Submission("ada", tmp_path / "ada.ipynb"), result, "digest")
    notebook = assignment.notebook
    del notebook.cells[0]
    with pytest.raises(CannotRecord, match="another folder with --out"):
        Record(tmp_path, replace(assignment, released=nbformat.writes(notebook)))
    with Record(tmp_path, assignment) as record:
        assert set(record.graded()) == {"ada"}


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


def test_an_unreachable_scheduler_changes_nothing(course, hand_in, answer, monkeypatch):
    hand_in("ada", answer(RIGHT))
    grade_class(course, "tiny", workers=1)
    before = results(course)
    monkeypatch.setattr("visual_coding_course.grading.cluster.PATIENCE", "1s")
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
    hand_in("ada", answer({**RIGHT, "q1-answer": "while True: pass"}))
    rows = grade_class(course, "tiny", workers=1, timeout=1.5)
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

    def test_unreadable_input_is_a_row_like_others(self, invoke, hand_in):
        hand_in("cy", b"not a notebook")
        assert invoke("grade", "tiny", "--workers", "1").exit_code == 0

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
        assert result.exit_code == 0
        assert "not a Jupyter notebook" in result.output
        assert invoke("check", "nowhere.ipynb").exit_code == 2

    def test_help_names_every_command(self, invoke):
        output = invoke("--help").output
        for command in ("demo", "test", "build", "grade", "check", "learn"):
            assert f"  {command} " in output
        assert "..." not in output.partition("Commands:")[2], "each in a whole sentence"
