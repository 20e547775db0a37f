"""What is recorded of results that are made up: no kernel runs here."""

import csv
import json
import os
import pickle
import shutil
import sqlite3
import subprocess
import sys
import zlib
from contextlib import closing
from dataclasses import replace

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.utils import compute_checksum

from visual_coding_course.assignment.settings import Attempts
from visual_coding_course.checking.results import CaseResult, QuestionResult
from visual_coding_course.grading import record as record_module
from visual_coding_course.grading.autograde import SaveGrades
from visual_coding_course.grading.handed import told_of
from visual_coding_course.grading.judging import check_outputs
from visual_coding_course.grading.ready import made_ready
from visual_coding_course.grading.record import CannotRecord, Record
from visual_coding_course.grading.submissions import Submission
from visual_coding_course.pages.feedback.outcome import outcome
from visual_coding_course.pages.report.write import write_report
from visual_coding_course.records.graded import GradedSubmission, not_graded, not_run
from visual_coding_course.records.tables import tables_of

OURS = "The recordings could not be read."
WRITTEN = {"grade_id": "why", "grade": True, "solution": True, "locked": False, "points": 5,
           "task": False, "schema_version": 3}  # fmt: skip


@pytest.fixture
def written(assignment):
    """The assignment with an answer that a person grades."""
    notebook = assignment.notebook
    cell = nbformat.v4.new_markdown_cell("Why?", metadata={"nbgrader": {**WRITTEN}}, id="why")
    cell.metadata.nbgrader["checksum"] = compute_checksum(cell)
    notebook.cells.append(cell)
    return replace(assignment, released=nbformat.writes(notebook))


@pytest.fixture
def result():
    """Make a result from the points of each question; None if it could not be graded."""

    def make(assignment, text="Because.", **points):
        given = {"q1": 3.0, "q2": 4.0} | points
        notebook, questions = assignment.notebook, []
        for name, most in (("q1", 3.0), ("q2", 4.0)):
            got = given[name] or 0.0
            cases = (
                CaseResult("got", got, False, "passed", state="right"),
                CaseResult("missed", most - got, False, "failed", "No.", state="wrong_value"),
            )
            ours = OURS if given[name] is None else None
            questions.append(QuestionResult(name, cases, not_graded=ours))
        by_name = {question.name: question for question in questions}
        for cell in notebook.cells:
            name = cell.metadata.nbgrader.grade_id
            if name in by_name:
                cell.outputs = check_outputs(by_name[name])
                cell.metadata["course"] = outcome(by_name[name], {})
            elif name == "why":
                cell.source = text
        reasons = (OURS,) if None in given.values() else ()
        return GradedSubmission(
            "graded", tuple(questions), 1.0, None, nbformat.writes(notebook), reasons=reasons
        )

    return make


@pytest.fixture
def submission(tmp_path):
    path = tmp_path / "ada.ipynb"
    path.write_text("{}")
    return Submission("ada", path)


def record(folder, assignment, submission, *results):
    """Record results one after the other, each in a run of its own; returns the last row."""
    for graded in results:
        with Record(folder, assignment) as recorded:
            row = recorded.add(submission, graded, submission.digest())
            recorded.finish()
    return row


def page_of(folder, student="ada"):
    return (folder / "feedback" / student / "tiny/tiny.html").read_text()


def grades(folder, student="ada"):
    """Automatic and manual score of each cell, and whether it is to be graded by hand."""
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        notebook = gradebook.find_submission_notebook("tiny", "tiny", student)
        return {
            one.name: (one.auto_score, one.manual_score, one.needs_manual_grade)
            for one in notebook.grades
        }


def comments(folder):
    """What nbgrader says by itself of each cell."""
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        notebook = gradebook.find_submission_notebook("tiny", "tiny", "ada")
        return {one.name: one.auto_comment for one in notebook.comments}


def by_hand(folder, **scores):
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        for cell, score in scores.items():
            grade = gradebook.find_grade(cell, "tiny", "tiny", "ada")
            grade.manual_score, grade.needs_manual_grade = score, False
        gradebook.find_comment("q1-answer", "tiny", "tiny", "ada").manual_comment = "Well done"
        gradebook.db.commit()


def line(folder):
    """The student's line in grades.csv."""
    with open(folder / "grades.csv", newline="") as file:
        [found] = csv.DictReader(file)
    return found


def is_open(folder, assignment, submission):
    """Whether the next run grades it."""
    with Record(folder, assignment) as recorded:
        return recorded.graded()["ada"].digest != submission.digest()


class TestNotGraded:
    """What the grader could not do has no score, and is graded by the next run."""

    def test_a_question(self, tmp_path, assignment, submission, result):
        row = record(tmp_path, assignment, submission, result(assignment, q1=None, q2=4.0))
        assert row["score"] is None and row["reasons"] == [OURS]
        assert row["questions"]["q1"]["score"] is None and row["questions"]["q2"]["score"] == 4
        assert json.loads((tmp_path / "results.jsonl").read_text()) == row
        found = line(tmp_path)
        assert (found["score"], found["q1"], found["q2"]) == ("", "", "4.0")
        assert (found["score_with_manual_grades"], found["needs_manual_grade"]) == ("", "True")
        assert grades(tmp_path) == {"q1": (None, None, True), "q2": (4, None, False)}
        assert (tmp_path / "feedback/ada/tiny/tiny.html").is_file()

        assert is_open(tmp_path, assignment, submission)
        record(tmp_path, assignment, submission, result(assignment, q1=2.0))
        assert not is_open(tmp_path, assignment, submission)
        assert grades(tmp_path) == {"q1": (2, None, False), "q2": (4, None, False)}
        assert line(tmp_path)["score_with_manual_grades"] == "6.0"

    def test_the_whole(self, tmp_path, written, submission, result):
        row = record(tmp_path, written, submission, not_graded(written, (OURS,)))
        assert (row["status"], row["score"]) == ("not_graded", None)
        found = line(tmp_path)
        assert (found["score"], found["q1"], found["score_with_manual_grades"]) == ("", "", "")
        assert set(grades(tmp_path).values()) == {(None, None, True)}
        page = (tmp_path / "feedback/ada/tiny/tiny.html").read_text()
        assert "not your doing" in page and OURS not in page

        assert is_open(tmp_path, written, submission)
        record(tmp_path, written, submission, result(written))
        assert not is_open(tmp_path, written, submission)
        assert grades(tmp_path)["q1"] == (3, None, False)
        # What a person has not graded yet is open, and no failure of the grader's.
        assert grades(tmp_path)["why"] == (None, None, True)
        assert line(tmp_path)["score_with_manual_grades"] == "7.0"

    def test_what_cannot_be_recorded(self, tmp_path, assignment, submission, result):
        broken = replace(result(assignment), notebook='{"cells": 1}')
        row = record(tmp_path, assignment, submission, broken)
        assert (row["status"], row["score"]) == ("not_graded", None)
        assert "could not be recorded" in row["reasons"][0]
        assert is_open(tmp_path, assignment, submission)

    def test_manual_grades_and_comments_stay(self, tmp_path, written, submission, result):
        record(tmp_path, written, submission, result(written))
        by_hand(tmp_path, q1=1.5, why=4.0)
        record(tmp_path, written, submission, not_graded(written, (OURS,)))
        found = grades(tmp_path)
        assert found["q1"] == (None, 1.5, True) and found["why"] == (None, 4.0, True)
        record(tmp_path, written, submission, result(written))
        assert grades(tmp_path)["q1"][:2] == (3, 1.5)
        assert "Well done" in (tmp_path / "feedback/ada/tiny/tiny.html").read_text()
        assert line(tmp_path)["score_with_manual_grades"] == "9.5"


class TestManualGrades:
    """What was graded by hand is looked at again where there is something to look at."""

    def waiting(self, folder):
        return sorted(cell for cell, (*_, waits) in grades(folder).items() if waits)

    def test_the_same_again(self, tmp_path, written, submission, result):
        record(tmp_path, written, submission, result(written))
        assert self.waiting(tmp_path) == ["why"]
        by_hand(tmp_path, q1=1.5, why=4.0)
        record(tmp_path, written, submission, result(written), result(written, q2=0.0))
        assert self.waiting(tmp_path) == []

    def test_another_score(self, tmp_path, written, submission, result):
        record(tmp_path, written, submission, result(written))
        by_hand(tmp_path, q1=1.5, why=4.0)
        record(tmp_path, written, submission, result(written, q1=1.0))
        assert self.waiting(tmp_path) == ["q1"]
        record(tmp_path, written, submission, result(written, q1=1.0))
        assert self.waiting(tmp_path) == ["q1"], "nobody has looked at it"

    def test_another_text(self, tmp_path, written, submission, result):
        record(tmp_path, written, submission, result(written))
        by_hand(tmp_path, q1=1.5, why=4.0)
        record(tmp_path, written, submission, result(written, text="Because of that."))
        assert self.waiting(tmp_path) == ["why"]

    def test_no_notebook_any_more(self, tmp_path, written, submission, result):
        record(tmp_path, written, submission, result(written))
        by_hand(tmp_path, q1=1.5, why=4.0)
        unreadable = not_run(written, "unreadable", "Not a notebook.")
        record(tmp_path, written, submission, unreadable)
        assert self.waiting(tmp_path) == ["q1", "why"]


class TestMadeAgain:
    """Missing files are made from the gradebook, as they were."""

    @pytest.fixture
    def folder(self, tmp_path, written, submission, result):
        folder = tmp_path / "out"
        record(folder, written, submission, result(written))
        other = Submission("bob", submission.path)
        record(folder, written, other, not_run(written, "unreadable", "Not a `notebook`."))
        return folder

    @staticmethod
    def files(folder):
        return {
            path.relative_to(folder): path.read_bytes()
            for part in ("feedback", "autograded")
            for path in (folder / part).rglob("*")
            if path.is_file()
        }

    @pytest.mark.parametrize(
        ("gone", "students"),
        [
            ("feedback", 2),
            ("autograded", 1),
            ("feedback/ada/tiny/tiny.html", 1),
            ("feedback/bob", 1),
            ("autograded/ada/tiny/tiny.ipynb", 1),
        ],
    )
    def test_what_is_missing(self, folder, written, gone, students):
        before = self.files(folder)
        assert len(before) == 3
        path = folder / gone
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        assert self.files(folder) != before
        with Record(folder, written) as recorded:
            assert recorded.make_again() == students
        assert self.files(folder) == before
        with Record(folder, written) as recorded:
            assert recorded.make_again() == 0

    def test_with_what_was_given_by_hand_since(self, folder, written):
        by_hand(folder, q1=1.5)
        shutil.rmtree(folder / "feedback")
        with Record(folder, written) as recorded:
            recorded.make_again()
        assert "Well done" in (folder / "feedback/ada/tiny/tiny.html").read_text()
        assert grades(folder)["q1"] == (3, 1.5, False)

    def test_notebooks_are_kept_small(self, folder):
        with closing(sqlite3.connect(folder / "gradebook.db")) as book:
            [[packed]] = book.execute("select notebook from course_result where student = 'ada'")
        text = (folder / "autograded/ada/tiny/tiny.ipynb").read_bytes()
        assert zlib.decompress(packed) == text and len(packed) < len(text) / 2


def test_no_formulas_and_no_control_characters_in_grades(tmp_path, assignment, submission):
    evil = "=HYPERLINK(1)\x1b[2J\nnext"
    record(tmp_path, assignment, submission, not_run(assignment, "unreadable", evil))
    text = (tmp_path / "grades.csv").read_bytes()
    assert not [byte for byte in text if byte < 32 and byte != 10]
    assert len(text.splitlines()) == 2
    assert line(tmp_path)["message"].startswith("'=HYPERLINK(1)\\x1b[2J")


#: Fills a small file system with results, and leaves a copy of what is there then.
FILL = """
import pickle, shutil, sys
from dataclasses import replace
from pathlib import Path
from visual_coding_course.grading.record import (CannotRecord, Record)
folder, (assignment, submission, graded) = Path(sys.argv[1]), pickle.load(sys.stdin.buffer)
recorded = []
try:
    with Record(folder, assignment) as record:
        for number in range(1000):
            student = f"s{number:03}"
            record.add(replace(submission, student=student), graded, "digest")
            recorded.append(student)
except CannotRecord as error:
    print(error, file=sys.stderr)
shutil.copytree(folder, sys.argv[2], dirs_exist_ok=True)
print(*recorded)
"""


@pytest.mark.skipif(not shutil.which("bwrap"), reason="a file system of its own")
@pytest.mark.parametrize("megabytes", [1, 1.3])
def test_a_disk_that_is_really_full(tmp_path, assignment, submission, result, megabytes):
    out = tmp_path / "out"
    command = [
        "bwrap", "--bind", "/", "/", "--dev", "/dev", "--size", str(int(megabytes * 2**20)),
        "--tmpfs", "/mnt", sys.executable, "-c", FILL, "/mnt", str(out),
    ]  # fmt: skip
    given = pickle.dumps((assignment, submission, result(assignment)))
    done = subprocess.run(command, input=given, capture_output=True, env=os.environ)
    said = done.stderr.decode()
    assert done.returncode == 0, said
    assert "Make room there, and run the same command again" in said
    assert "What is recorded there stays" in said and "Traceback" not in said
    recorded = done.stdout.decode().split()
    assert len(recorded) > 1
    with Record(out, assignment) as record:
        assert sorted(record.graded()) == recorded
        record.finish()
    for student in recorded:
        assert grades(out, student) == {"q1": (3, None, False), "q2": (4, None, False)}
        assert (out / f"feedback/{student}/tiny/tiny.html").read_text().endswith("</html>")
    with pytest.raises(CannotRecord), Record(tmp_path / "ada.ipynb", assignment):
        pass


class TestSeveral:
    """Results of one assignment are in the way of no other's."""

    @pytest.fixture
    def other(self, assignment):
        return replace(assignment, name="other")

    def rows(self, path):
        return [json.loads(line) for line in path.read_text().splitlines()]

    def test_what_is_graded_first_stays_when_another_is_graded(
        self, tmp_path, assignment, other, submission, result
    ):
        mine = record(tmp_path, assignment, submission, result(assignment))
        assert tables_of(tmp_path, "tiny")[0].name == "results.jsonl"
        table = (tmp_path / "grades.csv").read_bytes()
        others = record(tmp_path, other, submission, result(other, q1=1.0))
        names = {path.name for kind in ("*.jsonl", "*.csv") for path in tmp_path.glob(kind)}
        assert names == {
            "results-tiny.jsonl", "grades-tiny.csv", "results-other.jsonl", "grades-other.csv"
        }  # fmt: skip
        assert (tmp_path / "grades-tiny.csv").read_bytes() == table
        for name, row in (("tiny", mine), ("other", others)):
            results, csv_file = tables_of(tmp_path, name)
            assert results.name == f"results-{name}.jsonl" and csv_file.is_file()
            assert self.rows(results) == [row]
            assert (tmp_path / f"feedback/ada/{name}/{name}.html").is_file()
            assert (tmp_path / f"autograded/ada/{name}/{name}.ipynb").is_file()

        again = record(tmp_path, assignment, submission, result(assignment, q2=2.0))
        assert self.rows(tmp_path / "results-tiny.jsonl") == [again]
        assert self.rows(tmp_path / "results-other.jsonl") == [others]
        assert not (tmp_path / "results.jsonl").exists()

    def test_what_an_earlier_version_wrote_over_another_gets_its_name(
        self, tmp_path, assignment, other, submission, result
    ):
        mine = record(tmp_path, assignment, submission, result(assignment))
        others = record(tmp_path, other, submission, result(other))
        for kind in ("results-{}.jsonl", "grades-{}.csv"):
            (tmp_path / kind.format("tiny")).unlink()
            plain = tmp_path / kind.format("").replace("-", "")
            (tmp_path / kind.format("other")).rename(plain)
        with Record(tmp_path, assignment) as recorded:
            recorded.finish()
        assert self.rows(tmp_path / "results-tiny.jsonl") == [mine]
        assert self.rows(tmp_path / "results-other.jsonl") == [others]

    def test_the_report_is_about_all_of_them(self, tmp_path, assignment, other, submission, result):
        record(tmp_path, assignment, submission, result(assignment))
        record(tmp_path, other, submission, result(other, q1=1.0))
        page = write_report(tmp_path, [], tmp_path / "report", {"other": "Another exercise"})
        assert page.name == "overview.html" and "Another exercise" in page.read_text()
        with open(tmp_path / "report" / "overview.csv", newline="") as file:
            means = {row["assignment"]: float(row["mean"]) for row in csv.DictReader(file)}
        assert means == {"tiny": 1, "other": pytest.approx(5 / 7, abs=1e-3)}

    def test_a_gradebook_that_is_gone_is_missed(
        self, tmp_path, assignment, other, submission, result
    ):
        record(tmp_path, assignment, submission, result(assignment))
        record(tmp_path, other, submission, result(other))
        for name in ("feedback", "autograded"):
            shutil.rmtree(tmp_path / name)
        (tmp_path / "gradebook.db").unlink()
        with pytest.raises(CannotRecord, match=r"results-other\.jsonl|results-tiny\.jsonl"):
            record(tmp_path, assignment, submission, result(assignment))


def unclear(assignment, result, code="fig = 1", **points):
    """A result whose q1 a check cannot tell; the answer's cell has some code."""
    made = result(assignment, **points)
    told = CaseResult("figure", 3.0, False, "waiting", "Look.", "fig", "cannot_tell")
    q1 = QuestionResult("q1", (told,))
    notebook = nbformat.reads(made.notebook, as_version=4)
    for cell in notebook.cells:
        if cell.metadata.nbgrader.grade_id == "q1":
            cell.outputs, cell.metadata["course"] = check_outputs(q1), outcome(q1, {})
        elif cell.metadata.nbgrader.grade_id == "q1-answer":
            cell.source = code
    return replace(made, questions=(q1, *made.questions[1:]), notebook=nbformat.writes(notebook))


class TestWhatACheckCannotTell:
    def test_waits_for_a_person_and_counts_with_its_points(
        self, tmp_path, assignment, submission, result
    ):
        row = record(tmp_path, assignment, submission, unclear(assignment, result))
        assert row["questions"]["q1"]["status"] == "waiting" and row["score"] == 7
        assert grades(tmp_path)["q1"] == (3.0, None, True)
        found = line(tmp_path)
        assert (found["score"], found["q1"], found["needs_manual_grade"]) == ("7.0", "3.0", "True")
        assert found["score_with_manual_grades"] == "7.0"
        page = (tmp_path / "feedback" / "ada" / "tiny" / "tiny.html").read_text()
        assert "a person will look at it" in page and "a person will look at 1 question" in page
        assert "You keep its points until then." in page and "3 of 3 points" in page
        assert "more are to be graded by hand" not in page

    def test_what_a_person_gives_stays_for_the_same_submission(
        self, tmp_path, assignment, submission, result
    ):
        same = unclear(assignment, result)
        record(tmp_path, assignment, submission, same)
        by_hand(tmp_path, q1=1.0)
        record(tmp_path, assignment, submission, same, same)
        assert grades(tmp_path)["q1"] == (3.0, 1.0, False)
        assert line(tmp_path)["score_with_manual_grades"] == "5.0"
        page = (tmp_path / "feedback" / "ada" / "tiny" / "tiny.html").read_text()
        assert "given by hand" in page and "will look at" not in page

    def test_another_submission_is_looked_at_again(self, tmp_path, assignment, submission, result):
        record(tmp_path, assignment, submission, unclear(assignment, result))
        by_hand(tmp_path, q1=1.0)
        record(tmp_path, assignment, submission, unclear(assignment, result, code="fig = 2"))
        assert grades(tmp_path)["q1"] == (3.0, 1.0, True)

    def test_it_waits_no_longer_once_it_is_told(self, tmp_path, assignment, submission, result):
        record(tmp_path, assignment, submission, unclear(assignment, result))
        record(tmp_path, assignment, submission, result(assignment, q1=2.0))
        assert grades(tmp_path)["q1"] == (2.0, None, False)


@pytest.mark.parametrize(
    "points",
    [{}, {"q1": 1.5}, {"q1": 0.0, "q2": 0.0}, {"text": "Why?"}, {"q2": None}],
    ids=["right", "partly", "wrong", "unanswered", "not graded"],
)
def test_a_page_is_made_on_the_worker_as_it_would_be_here(
    tmp_path, written, result, submission, points, monkeypatch
):
    graded = result(written, **points)
    record(tmp_path / "here", written, submission, graded)

    ready = made_ready(written, graded, "ada", submission.about())
    monkeypatch.setattr(record_module, "feedback_page", None)  # it is not made here again
    record(tmp_path / "there", written, submission, replace(graded, notebook=None, ready=ready))

    here, there = (tmp_path / one for one in ("here", "there"))
    assert page_of(there) == page_of(here)
    for path in ("autograded/ada/tiny/tiny.ipynb", "results.jsonl", "grades.csv"):
        assert (there / path).read_text() == (here / path).read_text()
    assert grades(there) == grades(here)


@pytest.mark.parametrize("points", [{}, {"q1": 1.5}, {"q1": 0.0, "q2": 0.0}, {"text": "Why?"}])
def test_nbgrader_would_enter_the_same(tmp_path, written, submission, result, points):
    notebook = written.notebook
    task = {**WRITTEN, "grade_id": "draw", "grade": False, "solution": False, "task": True}
    cell = nbformat.v4.new_markdown_cell("Draw it.", metadata={"nbgrader": task}, id="draw")
    notebook.cells.append(cell)
    written = replace(written, released=nbformat.writes(notebook))

    record(tmp_path, written, submission, result(written, **points))
    entered, said = grades(tmp_path), comments(tmp_path)
    assert entered.keys() == {"q1", "q2", "why", "draw"}
    graded = nbformat.read(tmp_path / "autograded/ada/tiny/tiny.ipynb", as_version=4)
    names = {"notebook": "tiny", "assignment": "tiny", "student": "ada"}
    place = {**names, "db_url": f"sqlite:///{tmp_path}/gradebook.db"}
    SaveGrades().preprocess(graded, {"nbgrader": place})

    assert (entered, said) == (grades(tmp_path), comments(tmp_path))


@pytest.mark.filterwarnings("ignore:Object of type <Submitted")
def test_a_new_entry_is_as_nbgrader_makes_it(tmp_path, written, submission, result):
    def entry(gradebook, student):
        notebooks = gradebook.find_submission("tiny", student).notebooks
        return {
            one.name: (
                {(grade.name, grade.max_score) for grade in one.grades},
                {comment.name for comment in one.comments},
            )
            for one in notebooks
        }

    record(tmp_path, written, Submission("bob", submission.path), result(written))
    with Gradebook(f"sqlite:///{tmp_path}/gradebook.db") as gradebook:
        gradebook.remove_submission("tiny", "bob")
        gradebook.add_notebook("second", "tiny")
        gradebook.add_grade_cell("other", "second", "tiny", max_score=2, cell_type="code")
    record(tmp_path, written, submission, result(written))
    with Gradebook(f"sqlite:///{tmp_path}/gradebook.db") as gradebook:
        gradebook.add_submission("tiny", "bob")
        assert entry(gradebook, "ada") == entry(gradebook, "bob")
        assert entry(gradebook, "ada")["second"] == ({("other", 2)}, set())
        [grade] = gradebook.find_submission_notebook("second", "tiny", "ada").grades
        assert (grade.auto_score, grade.needs_manual_grade) == (None, True)


def test_a_page_that_tells_otherwise_than_the_gradebook_is_made_again(
    tmp_path, written, result, submission
):
    first, second = result(written), result(written, text="Another reason.")
    record(tmp_path, written, submission, first)
    with Gradebook(f"sqlite:///{tmp_path}/gradebook.db") as gradebook:
        gradebook.find_grade("why", "tiny", "tiny", "ada").manual_score = 4
        gradebook.find_comment("why", "tiny", "tiny", "ada").manual_comment = "Well put."
        gradebook.db.commit()

    ready = made_ready(written, second, "ada", submission.about())
    record(tmp_path, written, submission, replace(second, notebook=None, ready=ready))

    assert b"Well put." not in ready.page
    assert "Well put." in page_of(tmp_path) and "changed since it was graded" in page_of(tmp_path)
    assert "Another reason." in page_of(tmp_path)


def test_a_page_from_a_worker_does_not_tell_what_is_only_counted(
    tmp_path, written, result, submission
):
    counted = replace(written, attempts=Attempts(hidden_checks="counted"))
    graded = result(counted, q1=1.0)
    cases = tuple(replace(one, hidden=True) for one in graded.questions[0].cases)
    hidden = replace(graded.questions[0], cases=cases)
    notebook = nbformat.reads(graded.notebook, as_version=4)
    [cell] = [one for one in notebook.cells if one.metadata.nbgrader.grade_id == "q1"]
    cell.metadata["course"] = outcome(hidden, {})
    graded = replace(
        graded, questions=(hidden, *graded.questions[1:]), notebook=nbformat.writes(notebook)
    )
    # Whether the worker knew of it or not.
    for number, told in enumerate((told_of(submission, counted), submission.about())):
        ready = made_ready(counted, graded, "ada", told)
        ready = replace(graded, notebook=None, ready=ready)
        record(tmp_path / str(number), counted, submission, ready)
        assert "counted, and not shown" in page_of(tmp_path / str(number))
        assert "only run when graded)" not in page_of(tmp_path / str(number))
