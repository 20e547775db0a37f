"""A term of thirty students, from Canvas's class list to the grades that Canvas takes."""

import csv
import json
import logging
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeFetchAssignment
from nbgrader.utils import compute_checksum
from traitlets.config import Config

COURSE = Path(__file__).resolve().parents[2]
#: What a release's wheel and requirements are made from.
NEEDED = ("visual_coding_course", "pyproject.toml", "requirements.lock", "README.md", "LICENSE")
CONFIG = """
c.Exchange.root = "{}"
c.ExchangeCollect.check_owner = False  # here, all students have one account
c.AssignLatePenalties.plugin_class = "term_policy.ADay"
"""
POLICY = """
from nbgrader.plugins import BasePlugin


class ADay(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return min(score, 2 * total_seconds_late / 86400)
"""
DUE = "2026-11-20 12:00:00 UTC"
IN_TIME, SECOND, LATE = (
    "2026-11-19 10:00:00.000000 UTC", "2026-11-20 11:00:00.000000 UTC",
    "2026-11-21 12:00:00.000000 UTC",
)  # fmt: skip
X, DOUBLE = {"q1-answer": "x = 3"}, {"q2-answer": "def double(n):\n    return n + n"}
WHY = {"why": "Because it says so."}
#: By the student's number, modulo 6: what they hand in, one attempt after the other. The fifth
#: hand in nothing, the sixth what the first version of a check takes for wrong.
TERM = {
    0: [(IN_TIME, {**X, **DOUBLE, **WHY})],
    1: [(IN_TIME, {**X}), (SECOND, {**X, **DOUBLE, **WHY})],
    2: [(IN_TIME, {**DOUBLE}), (SECOND, {"q1-answer": "x = 5"}), (LATE, {**X, **DOUBLE, **WHY})],
    3: [(IN_TIME, {**WHY}), (LATE, {**X, **WHY})],
    4: [],
    5: [(SECOND, {"q1-answer": "x = 7", **DOUBLE, **WHY})],
}
EXTENDED = "s03"  # by two days
MOST_BY_HAND, BY_HAND = 5, 4.0
BEFORE, REPAIRED = "assert x == expected.x,", "assert x in (expected.x, 7),"


def student(number):
    return f"s{number:02}"


@pytest.fixture
def source_notebook(source_notebook):
    """With an answer that a person grades."""
    tags = {"grade_id": "why", "grade": True, "solution": True, "locked": False,
            "points": MOST_BY_HAND, "task": False, "schema_version": 3}  # fmt: skip
    cell = nbformat.v4.new_markdown_cell("Why?", metadata={"nbgrader": tags}, id="why")
    cell.metadata.nbgrader["checksum"] = compute_checksum(cell)
    source_notebook.cells.append(cell)
    return source_notebook


@pytest.fixture
def course(tmp_path, build_course):
    course, exchange = build_course(tmp_path / "course"), tmp_path / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    config = (COURSE / "nbgrader_config.py").read_text()
    (course / "nbgrader_config.py").write_text(config + CONFIG.format(exchange))
    (course / "term_policy.py").write_text(POLICY)
    for name in NEEDED:
        (course / name).symlink_to(COURSE / name)
    return course


def exchanged(home, exchange, kind):
    """Take a student's step through the exchange."""
    config = Config()
    config.CourseDirectory.course_id = "visual_coding"
    config.Exchange.root, config.Exchange.cache = str(exchange), str(home / "cache")
    config.Exchange.assignment_dir = str(home)
    folder = CourseDirectory(config=config, assignment_id="tiny")
    options = {"coursedir": folder, "authenticator": Authenticator(config=config)}
    kind(**options, config=config, log=logging.Logger("student")).start()


def submit(inbound, who, time, content):
    """Put an attempt into the exchange as nbgrader's submit lays it there."""
    folder = inbound / f"{who}+tiny+{time}+{'0' * 16}"
    folder.mkdir()
    (folder / "tiny.ipynb").write_bytes(content)
    (folder / "timestamp.txt").write_text(time)
    (folder / "submission_secret.txt").write_text(f"{who} {time}")


def nbgrader(course, *words):
    ran = subprocess.run(
        [sys.executable, "-m", "nbgrader", *words], cwd=course, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr


def rows(course):
    lines = (course / "results.jsonl").read_text().splitlines()
    return {row["student"]: row for row in map(json.loads, lines)}


def automatic(answers, repaired=False):
    """Points of the checks, worked out by hand."""
    x = answers.get("q1-answer")
    right = {"x = 3"} | ({"x = 7"} if repaired else set())
    return (0 if x is None else 3 if x in right else 1) + (4 if "q2-answer" in answers else 0)


def test_every_number_is_followed_through(course, typed, answer, tmp_path, monkeypatch):
    def call(*words, status=0):
        done = typed(course, *words)
        assert done.exit_code == status, done.output
        return done.output

    # Enrolled from Canvas, released through the exchange.
    lines = [f'"Last{n:02}, First",{4700 + n},,{student(n)},One' for n in range(30)]
    canvas = "\n".join(["Student,ID,SIS User ID,SIS Login ID,Section", *lines])
    (course / "canvas.csv").write_text(canvas)
    assert "30 new" in call("students", "canvas.csv")
    nbgrader(course, "generate_assignment", "tiny", "--force")
    nbgrader(course, "release_assignment", "tiny")
    exchange, home = tmp_path / "exchange", tmp_path / "home"
    home.mkdir()
    exchanged(home, exchange, ExchangeFetchAssignment)
    assert {"tiny.ipynb", "tests"} <= {path.name for path in (home / "tiny").iterdir()}
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        gradebook.update_or_create_assignment("tiny", duedate=DUE)

    # Three times they hand in, and three times everything new is graded and given back.
    inbound = exchange / "visual_coding" / "inbound"
    # A submission is taken once it has been left alone for so long.
    monkeypatch.setattr("visual_coding_course.commands.exchange.REST_SECONDS", 0.0)
    last = {}
    for attempt in range(3):
        new = {}
        for number in range(30):
            attempts = TERM[number % 6]
            if attempt < len(attempts):
                time, answers = attempts[attempt]
                submit(inbound, student(number), time, answer(answers))
                new[student(number)] = time, answers
        said = call("watch", "tiny", "--once", "--workers", 2)
        assert said.count("page given back") == len(new)
        last |= new
        recorded = rows(course)
        assert {one: recorded[one]["score"] for one in last} == {
            one: automatic(answers) for one, (_, answers) in last.items()
        }
    assert recorded.keys() - last.keys() == {student(n) for n in range(4, 30, 6)}
    assert {recorded[one]["status"] for one in recorded.keys() - last.keys()} == {"missing"}

    # An extension, and answers in words graded by hand.
    waiting = {one for one, (_, answers) in last.items() if "why" in answers}
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        gradebook.grant_extension("tiny", EXTENDED, hours=48)
        for one in waiting:
            grade = gradebook.find_grade("why", "tiny", "tiny", one)
            assert grade.needs_manual_grade, one
            grade.manual_score, grade.needs_manual_grade = BY_HAND, False
        gradebook.db.commit()

    # A check that was wrong is repaired. Grades stay, and say so, until they are asked for.
    check = course / "source/tiny/tests/q1_number.py"
    check.write_text(check.read_text().replace(BEFORE, REPAIRED))
    said = call("grade", "tiny", "--workers", 2)
    assert f"{len(last)} of {len(last)} were graded with another version (tests)" in said
    assert {one: rows(course)[one]["score"] for one in last} == {
        one: automatic(answers) for one, (_, answers) in last.items()
    }
    call("grade", "tiny", "--workers", 2, "--regrade")

    def late(one, time):
        return 2.0 if time == LATE and one != EXTENDED else 0.0

    final = {
        one: automatic(answers, repaired=True) + BY_HAND * (one in waiting) - late(one, time)
        for one, (time, answers) in last.items()
    }
    with open(course / "grades.csv", newline="") as file:
        table = {row["student"]: row for row in csv.DictReader(file)}
    assert {one: float(table[one]["final_score"]) for one in last} == final
    assert {one: float(table[one]["late_penalty"]) for one in last} == {
        one: late(one, time) for one, (time, _) in last.items()
    }

    # Whoever handed in finds the last page of theirs in the exchange; the newest points on it.
    call("watch", "tiny", "--once", "--workers", 1)
    for one in last:
        page = (course / "feedback" / one / "tiny" / "tiny.html").read_text()
        assert f"<strong>{final[one]:g}</strong> of 12 points" in page, one
    given_back = list((exchange / "visual_coding" / "feedback").glob("*.html"))
    attempts = sum(len(TERM[n % 6]) for n in range(30))
    assert len(given_back) == attempts

    # And Canvas gets what is final: all who handed in, since nothing waits any more.
    call("export", "tiny", "--to", "canvas")
    with open(course / "export" / "tiny-canvas.csv", newline="") as file:
        head, possible, *lines = csv.reader(file)
    assert possible[5:] == ["12"]
    assert {line[1]: float(line[5]) for line in lines} == {
        str(4700 + number): final[student(number)]
        for number in range(30)
        if student(number) in final
    }
