"""Handing in late costs what the course's configuration says, in `course grade` as in nbgrader."""

import csv
import re
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from traitlets.config import PyFileConfigLoader

from visual_coding_course.grading.record import CannotRecord
from visual_coding_course.grading.run import grade_class

COURSE = Path(__file__).resolve().parents[2]
RIGHT = {"q1-answer": "x = 3", "q2-answer": "def double(n):\n    return n + n"}
POLICY = """
from nbgrader.plugins import BasePlugin


class ADay(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return {} * total_seconds_late / 86400
"""
DUE, LATE = "2026-11-20 12:00:00 UTC", "2026-11-22 00:00:00 UTC"  # a day and a half


@pytest.fixture
def course(tmp_path, build_course, answer):
    course = build_course(tmp_path / "course")
    for student, time in (("ada", LATE), ("bob", "2026-11-20 11:00:00 UTC"), ("cy", None)):
        folder = course / "submitted" / student / "tiny"
        folder.mkdir(parents=True)
        (folder / "tiny.ipynb").write_bytes(answer(RIGHT))
        if time:
            (folder / "timestamp.txt").write_text(time)
    grade_class(course, "tiny", workers=2)
    return course


def configure(course, points, name):
    """Take off so many points a day, by a module of its own: Python keeps what it imported."""
    (course / f"{name}.py").write_text(POLICY.format(points))
    (course / "nbgrader_config.py").write_text(
        f'c = get_config()\nc.AssignLatePenalties.plugin_class = "{name}.ADay"\n'
    )


def due(course, date, **extensions):
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        gradebook.update_or_create_assignment("tiny", duedate=date)
        for student, hours in extensions.items():
            gradebook.grant_extension("tiny", student, hours=hours)


def again(course):
    """Grade what is new, which is nothing; the table's columns on handing in late."""
    graded = []
    grade_class(course, "tiny", progress=lambda done, total, row: graded.append(row))
    assert graded == [None]
    with open(course / "grades.csv", newline="") as file:
        return {
            row["student"]: (row["late"], row["seconds_late"], row["late_penalty"],
                             row["final_score"])
            for row in csv.DictReader(file)
        }  # fmt: skip


NOT_LATE = ("False", "0", "0.0", "7.0")


def test_the_penalty_follows_the_due_date_the_extension_and_the_policy(course):
    assert set(again(course).values()) == {NOT_LATE}
    due(course, DUE)
    assert again(course)["ada"] == ("True", "129600", "0.0", "7.0")
    configure(course, 2, "late_two")
    table = again(course)
    assert table == {"ada": ("True", "129600", "3.0", "4.0"), "bob": NOT_LATE, "cy": NOT_LATE}
    page = course / "feedback" / "ada" / "tiny" / "tiny.html"
    assert "3 were taken off for handing in late" in page.read_text()
    when = f"Handed in: tiny.ipynb, on {LATE}, 1 day 12 hours late."
    assert when in page.read_text()
    due(course, DUE, ada=24)
    assert again(course)["ada"] == ("True", "43200", "1.0", "6.0")
    configure(course, 100, "late_all")
    assert again(course)["ada"] == ("True", "43200", "7.0", "0.0")
    due(course, "2030-01-01 00:00:00 UTC")
    assert again(course)["ada"] == NOT_LATE
    assert "taken off" not in page.read_text() and not re.search(r"\blate\b", page.read_text())


def test_nbgraders_own_policy_and_a_due_date_that_is_taken_back(course):
    due(course, DUE, bob=1)
    (course / "nbgrader_config.py").write_text(
        'c = get_config()\nc.LateSubmissionPlugin.penalty_method = "zero"\n'
    )
    assert again(course)["ada"] == ("True", "129600", "7.0", "0.0")
    due(course, None)
    assert again(course)["ada"] == NOT_LATE


def test_what_a_person_gives_is_counted_before_points_are_taken_off(course):
    due(course, DUE)
    configure(course, 100, "late_every")
    again(course)
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        gradebook.find_grade("q1", "tiny", "tiny", "ada").extra_credit = 2
        gradebook.db.commit()
    assert again(course)["ada"] == ("True", "129600", "9.0", "0.0")


@pytest.mark.parametrize(
    ("config", "words"),
    [("c = get_config()\nc.AssignLatePenalties.plugin_class = 'nowhere.Policy'", "nowhere"),
     ("c = get_config()\nraise SystemExit(1)", "nbgrader_config.py fails"),
     ("import broken_config_of_ours", "broken_config_of_ours")],
)  # fmt: skip
def test_a_policy_that_fails_is_told_and_changes_nothing(course, config, words):
    due(course, DUE)
    (course / "nbgrader_config.py").write_text(config)
    before = (course / "feedback/ada/tiny/tiny.html").read_bytes()
    with pytest.raises(CannotRecord, match=words):
        grade_class(course, "tiny")
    assert (course / "feedback/ada/tiny/tiny.html").read_bytes() == before
    (course / "nbgrader_config.py").write_text("")
    assert again(course)["ada"] == ("True", "129600", "0.0", "7.0")


def test_a_submission_without_a_time_is_not_late_as_an_earlier_one_was(course, answer):
    due(course, DUE)
    configure(course, 2, "late_once")
    assert again(course)["ada"][0] == "True"
    (course / "submitted/ada/tiny/timestamp.txt").unlink()
    grade_class(course, "tiny", workers=1)
    assert again(course)["ada"] == NOT_LATE


def test_autograde_takes_off_the_same(course, monkeypatch):
    monkeypatch.chdir(course)
    monkeypatch.syspath_prepend(course)
    situations = [
        (DUE, {"ada": 24}, 2, {"ada": 1, "bob": 0, "cy": 0}),
        ("2026-11-20 06:00:00 UTC", {"ada": 0, "bob": 3}, 4, {"ada": 7, "bob": 1 / 3, "cy": 0}),
        ("2030-01-01 00:00:00 UTC", {}, 4, {"ada": 0, "bob": 0, "cy": 0}),
    ]
    for number, (date, extensions, points, expected) in enumerate(situations):
        configure(course, points, f"late_same_{number}")
        policy = (course / "nbgrader_config.py").read_text()
        ours = (COURSE / "nbgrader_config.py").read_text()
        (course / "nbgrader_config.py").write_text(ours + policy)
        due(course, date, **extensions)
        table = {name: float(row[2]) for name, row in again(course).items()}
        assert table == pytest.approx(expected)
        config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
        config.CourseDirectory.root = str(course)
        for student in expected:
            assert NbGraderAPI(config=config).autograde("tiny", student, force=True)["success"]
        with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
            entered = gradebook.assignment_submissions("tiny")
            taken = {one.student.id: one.notebooks[0].late_submission_penalty for one in entered}
        assert {name: one or 0 for name, one in taken.items()} == pytest.approx(expected)
