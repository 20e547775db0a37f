"""`course watch`: what is handed in comes back as a page, whatever happens meanwhile."""

import json
import logging
import os
import shutil
import time
from pathlib import Path

import pytest
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeFetchFeedback, ExchangeSubmit
from traitlets.config import Config

COURSE = Path(__file__).resolve().parents[2]
RIGHT = {"q1-answer": "x = 3", "q2-answer": "def double(n):\n    return n + n"}
WRONG = {"q1-answer": "x = 4"}
HINT = "look at the question again"

pwd = pytest.importorskip("pwd")  # there is none on Windows, as there is no exchange
ME = pwd.getpwuid(os.getuid()).pw_name  # whom nbgrader takes the student for


class Student:
    """A student's side of the exchange: nbgrader's own submit and fetch_feedback."""

    def __init__(self, home, exchange):
        self.home = home
        home.mkdir()
        self._config = Config()
        self._config.CourseDirectory.course_id = "visual_coding"
        self._config.Exchange.root = str(exchange)
        self._config.Exchange.cache = str(home / "cache")
        self._config.Exchange.assignment_dir = str(home)

    def _do(self, kind):
        folder = CourseDirectory(config=self._config, assignment_id="tiny")
        log = logging.Logger("student")
        kind(
            coursedir=folder, authenticator=Authenticator(config=self._config),
            config=self._config, log=log,
        ).start()  # fmt: skip

    def submit(self, content, name="tiny.ipynb"):
        (self.home / "tiny").mkdir(exist_ok=True)
        for old in (self.home / "tiny").glob("*.ipynb"):
            old.unlink()
        (self.home / "tiny" / name).write_bytes(content)
        self._do(ExchangeSubmit)

    def pages(self):
        """Fetch the pages; in the order in which their notebooks were handed in."""
        self._do(ExchangeFetchFeedback)
        found = sorted((self.home / "tiny" / "feedback").glob("*/*.html"))
        return [path.read_text() for path in found]


@pytest.fixture
def course(tmp_path, build_course):
    """A course with an exchange, out of which the tiny assignment was handed."""
    course, exchange = build_course(tmp_path / "course"), tmp_path / "exchange"
    for folder in ("inbound", "outbound/tiny", "feedback"):
        (exchange / "visual_coding" / folder).mkdir(parents=True)
    exchange.chmod(0o777)
    config = (COURSE / "nbgrader_config.py").read_text()
    (course / "nbgrader_config.py").write_text(f'{config}\nc.Exchange.root = "{exchange}"\n')
    return course


@pytest.fixture
def student(tmp_path, course):
    return Student(tmp_path / "home", tmp_path / "exchange")


@pytest.fixture
def watch(typed, course):
    """Call `course watch tiny --once`: watch(status=0, *options)."""

    def call(*options, status=0):
        done = typed(course, "watch", "tiny", "--once", "--workers", "1", *options)
        assert done.exit_code == status, done.output
        return done.output

    return call


def rows(course):
    lines = (course / "results.jsonl").read_text().splitlines()
    return {row["student"]: row for row in map(json.loads, lines)}


def test_what_is_handed_in_through_the_exchange_comes_back(course, student, watch, answer):
    assert "tiny" not in watch()  # nothing there is no trouble
    student.submit(answer(WRONG))
    said = watch()
    assert f"{ME}: 1 of 7 points" in said and "page given back" in said
    (page,) = student.pages()
    assert HINT in page

    student.submit(answer(RIGHT), "my homework.ipynb")
    assert f"{ME}: 7 of 7 points" in watch()
    pages = student.pages()
    assert [HINT in page for page in pages] == [True, False]
    assert ME not in watch()  # what was done is not done again


def test_a_page_that_was_not_given_back_is_by_the_next_call(
    course, student, watch, answer, tmp_path
):
    student.submit(answer(WRONG))
    watch()
    shutil.rmtree(tmp_path / "exchange" / "visual_coding" / "feedback")
    assert f"{ME}: page given back" in watch()
    assert len(student.pages()) == 1


def test_what_is_made_up_in_the_exchange_stops_nobody(course, student, watch, answer, tmp_path):
    inbound = tmp_path / "exchange" / "visual_coding" / "inbound"
    for name in ("ada+tiny+yesterday", "..+tiny+2026-01-01 10:00:00 UTC+x", "+tiny+", "ada+tiny"):
        (inbound / name).mkdir()
    (inbound / "file+tiny+2026-01-01 10:00:00 UTC").write_text("no folder")
    (inbound / "link+tiny+2026-01-01 10:00:00 UTC").symlink_to(course)
    # In another's name; with a link to what only the instructor may read; with no end.
    other = inbound / f"bob+tiny+2026-01-01 10:00:00 UTC+{'x' * 12}"
    other.mkdir()
    (other / "tiny.ipynb").write_bytes(answer(RIGHT))
    student.submit(answer({"q1-answer": "x = open('secret.txt').read()"}))
    (handed_in,) = inbound.glob(f"{ME}+tiny+*")
    secret = course / "secret"
    secret.write_text("the secret of the course")
    (handed_in / "secret.txt").symlink_to(secret)
    os.mkfifo(handed_in / "endless.txt")
    time.sleep(1.1)
    said = watch()
    assert not (course / "tiny").exists() and not (course / "submitted" / "bob").exists()
    assert "bob" in said and "belongs to" in said
    assert "endless.txt" in said and not rows(course)

    (handed_in / "endless.txt").unlink()
    assert f"{ME}: 0 of 7 points" in watch()
    (page,) = student.pages()
    assert "the secret of the course" not in page


def test_a_folder_is_graded_once_its_files_are_whole(course, watch, answer, tmp_path):
    folder = tmp_path / "handed in"
    folder.mkdir()
    (folder / "ada.ipynb").write_bytes(answer(RIGHT))
    (folder / "notes.pdf").write_bytes(b"")
    said = watch("--folder", folder)
    assert "ada: 7 of 7 points" in said and "notes: 0 of 7 points (unreadable)" in said
    (folder / "bob.ipynb").write_bytes(answer(WRONG))
    said = watch("--folder", folder)
    assert "bob: 1 of 7 points" in said and "ada" not in said
    assert HINT in (course / "feedback" / "bob" / "tiny" / "tiny.html").read_text()
