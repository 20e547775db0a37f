"""`course watch`: what is handed in comes back as a page, whatever happens meanwhile."""

import errno
import json
import logging
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest
from nbgrader.api import Gradebook
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeFetchFeedback, ExchangeSubmit
from traitlets.config import Config

from visual_coding_course.grading import record
from visual_coding_course.inside.copies import write_copies
from visual_coding_course.records import database

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
        checks = self.home / "tiny" / "checks"  # as a release may have them
        checks.mkdir(parents=True, exist_ok=True)
        (checks / "axes.py").write_text("")
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
    assert (course / "submitted" / ME / "tiny" / "checks" / "axes.py").is_file()
    (page,) = student.pages()
    assert HINT in page

    student.submit(answer(RIGHT), "my homework.ipynb")
    assert f"{ME}: 7 of 7 points" in watch()
    pages = student.pages()
    assert [HINT in page for page in pages] == [True, False]
    assert ME not in watch()  # what was done is not done again


def test_a_page_that_was_not_given_back_is_by_the_next_call(student, watch, answer, tmp_path):
    student.submit(answer(WRONG))
    watch("--out", tmp_path / "results")
    shutil.rmtree(tmp_path / "exchange" / "visual_coding" / "feedback")
    assert f"{ME}: page given back" in watch("--out", tmp_path / "results")
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
    assert f"{ME}: 0 of 7 points" in said and rows(course).keys() == {ME}
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


class Running:
    """`course watch tiny` in a process of its own, and the lines that it says."""

    def __init__(self, course, *options, begun_by=None):
        self._process = subprocess.Popen(
            [sys.executable, "-m", "visual_coding_course.cli", "watch", "tiny", "--workers", "1",
             *map(str, options)],
            cwd=course, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            preexec_fn=begun_by,
        )  # fmt: skip
        self.said = ""

    def until(self, words):
        """Wait until it has said something; what it said until then and since the last call."""
        said = ""
        for line in self._process.stdout:
            said += line
            if words in line:
                self.said += said
                return said
        raise AssertionError(f"It ended, and did not say {words!r}:\n{self.said}{said}")

    def end(self, how=signal.SIGTERM):
        self._process.send_signal(how)
        rest = self._process.stdout.read()
        return self._process.wait(timeout=60), rest


@pytest.fixture
def running(course):
    """Start `course watch`; what is not ended by the test is, after it."""
    begun = []

    def start(*options, **named):
        begun.append(Running(course, *options, **named))
        return begun[-1]

    yield start
    for one in begun:
        if one._process.poll() is None:
            one._process.kill()
            one._process.wait()
        one._process.stdout.close()


def test_watch_goes_on_until_it_is_ended(course, student, running, typed, answer, tmp_path):
    folder = tmp_path / "handed in"
    folder.mkdir()
    student.submit(answer(WRONG))
    watching = running("--folder", folder, "--workers", "2")
    watching.until(f"{ME}: 1 of 7 points")
    done = typed(course, "watch", "tiny", "--once")
    assert done.exit_code == 2 and "is running" in done.output
    # One that takes long keeps nobody waiting who hands in after it, and is not counted twice.
    (folder / "slow.ipynb").write_bytes(answer({"q1-answer": "import time; time.sleep(9); x = 4"}))
    time.sleep(4)
    student.submit(answer(RIGHT))
    said = watching.until("slow: 1 of 7 points")
    assert f"{ME}: 7 of 7 points" in said and said.count("\n") == 2
    assert [HINT in page for page in student.pages()] == [True, False]
    page = course / "watch" / "tiny.html"
    assert f"{ME}: 1 of 7 points" in page.read_text() and "This has ended" not in page.read_text()
    status, rest = watching.end()
    assert status == 0 and "Ended" in rest and rest.count("\n") == 1
    assert "slow: 1 of 7 points" in page.read_text() and "This has ended" in page.read_text()


def test_what_a_shell_began_in_the_background_is_ended_too(running, answer, tmp_path):
    folder = tmp_path / "handed in"
    folder.mkdir()
    (folder / "ada.ipynb").write_bytes(answer(RIGHT))
    # As `sh -c 'course watch … &'` does.
    watching = running(
        "--folder", folder, begun_by=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN)
    )
    watching.until("ada: 7 of 7 points")
    assert watching.end()[0] == 0


#: A first pause in which SIGTERM comes while an object is taken apart, where Python forgets it.
FORGOTTEN = """
import os, signal, time
from visual_coding_course.cli import main

class Dying:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)

def sleep(seconds, sleep=time.sleep):
    if signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        time.sleep = sleep
        Dying()
    sleep(seconds)

time.sleep = sleep
main()
"""


@pytest.mark.parametrize("ctrl_c", [signal.default_int_handler, signal.SIG_IGN])
def test_an_end_that_python_forgets_is_heeded(course, ctrl_c):
    done = subprocess.run(
        [sys.executable, "-c", FORGOTTEN, "watch", "tiny", "--workers", "1"],
        cwd=course, capture_output=True, text=True, timeout=100,
        preexec_fn=lambda: signal.signal(signal.SIGINT, ctrl_c),
    )  # fmt: skip
    assert done.returncode == 0 and "Ended" in done.stdout
    assert "KeyboardInterrupt" not in done.stderr


def test_what_was_begun_when_it_was_killed_is_not_lost(course, running, watch, answer, tmp_path):
    folder = tmp_path / "handed in"
    folder.mkdir()
    (folder / "ada.ipynb").write_bytes(answer(RIGHT))
    watching = running("--folder", folder)
    watching.until("ada")
    (folder / "bob.ipynb").write_bytes(answer({"q1-answer": "import time; time.sleep(5); x = 4"}))
    time.sleep(4)
    watching.end(signal.SIGKILL)
    said = watch("--folder", folder)  # the lock did not stay
    assert "bob: 1 of 7 points" in said and "ada" not in said


def test_a_file_is_taken_when_it_is_whole(running, course, answer, tmp_path):
    folder = tmp_path / "handed in"
    folder.mkdir()
    watching = running("--folder", folder)
    content, path = answer(RIGHT), folder / "ada.ipynb"
    step = len(content) // 8

    def write():
        with open(path, "wb", buffering=0) as file:
            for start in range(0, len(content), step):
                file.write(content[start : start + step])
                os.utime(path, (1, 1))  # a program that keeps the file's time
                time.sleep(0.5)

    writer = threading.Thread(target=write)
    writer.start()
    said = watching.until("ada:")
    writer.join()
    assert "ada: 7 of 7 points" in said
    status, rest = watching.end(signal.SIGINT)
    assert status == 0 and "ada" not in rest and "Ended" in rest


@pytest.fixture
def locked(course):
    """A gradebook that another program holds; call it to have that end."""
    other = sqlite3.connect(course / "gradebook.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    return other.close


@pytest.fixture
def full(monkeypatch):
    """A disk that is full where results go; call it to make room."""

    def no_room(path, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    patched = monkeypatch.context()
    patched.__enter__().setattr(record, "write_whole", no_room)
    return lambda: patched.__exit__(None, None, None)


@pytest.mark.parametrize("trouble, word", [("locked", "is locked"), ("full", "No space left")])
def test_what_is_in_the_way_is_told_and_waited_for(
    course, watch, typed, answer, tmp_path, monkeypatch, request, trouble, word
):
    monkeypatch.setattr(database, "PATIENCE", 0.1)
    folder = tmp_path / "handed in"
    folder.mkdir()
    (folder / "ada.ipynb").write_bytes(answer(RIGHT))
    watch("--folder", folder)
    (folder / "bob.ipynb").write_bytes(answer(WRONG))
    end, said = request.getfixturevalue(trouble), []

    def hear(line, **options):
        said.append(line)
        if word in line:
            end()
        if "bob: 1 of 7" in line:
            raise KeyboardInterrupt

    monkeypatch.setattr(click, "echo", hear)
    done = typed(course, "watch", "tiny", "--workers", "1", "--folder", folder)
    assert done.exit_code == 0
    (told,) = [line for line in said if word in line]
    assert "tried again" in told and not any("ada" in line for line in said)
    assert said[-1].endswith("the same command goes on from here.")


def settings(course, attempts):
    """Set what is done with attempts; `x` is put in where a question before was wrong."""
    text = f'title = "A small one"\n[attempts]\n{attempts}\n'
    (course / "source" / "tiny" / "assignment.toml").write_text(text)
    carried = course / "autograder" / "tiny" / "carried"
    carried.mkdir()
    (carried / "q1.npz").write_bytes(write_copies({"x": 3}))


def probe(value):
    """An answer whose points would tell what `x` should be."""
    return f"def double(n):\n    return 2 * n if x == {value} else 0"


def test_each_attempt_has_its_page(course, student, watch, answer):
    settings(course, 'graded = "all"')
    for answers in (WRONG, {}, RIGHT):
        student.submit(answer(answers))
    said = watch()
    assert [line.split(f"{ME}: ")[1][:11] for line in said.splitlines()] == [
        "1 of 7 poin", "0 of 7 poin", "7 of 7 poin"
    ]  # fmt: skip
    pages = student.pages()
    assert [f"Attempt {n} of {n}" in page for n, page in enumerate(pages, 1)] == [False, True, True]
    assert "7</strong> of 7" in pages[2] and len(pages) == 3


def test_a_second_attempt_learns_nothing_of_what_was_put_in(course, student, watch, answer):
    settings(course, "graded = 3")
    wrong = {"q1-answer": "x = 4"}
    for value in (3, 5):
        student.submit(answer({**wrong, "q2-answer": probe(value)}))
        assert f"{ME}: 1 of 7 points" in watch()
        assert rows(course)[ME]["questions"]["q2"]["carried_forward"] == 0
    first, second = (re.sub("Handed in: .*", "", page) for page in student.pages())
    assert first.replace(">3<", ">5<") == second and "with the right" not in second
    # After the last one there is nothing to gain.
    student.submit(answer({**wrong, "q2-answer": probe(3)}))
    assert f"{ME}: 5 of 7 points" in watch()
    student.submit(answer(RIGHT))
    assert "after 3 attempts; not graded" in watch()
    third, fourth = student.pages()[2:]
    assert "graded with the right" in third and "the first 3 attempts are" in fourth
    assert "<h1>A small one</h1>" in third and "<h1>A small one</h1>" in fourth
    assert "<title>A small one: ended" in (course / "watch" / "tiny.html").read_text()
    assert rows(course)[ME]["score"] == 5 and ME not in watch()


def test_after_the_due_date_all_points_are_counted(course, student, watch, answer):
    settings(course, 'graded = "last"')
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        gradebook.add_assignment("tiny", duedate=datetime.now(UTC) + timedelta(days=1))
    student.submit(answer({"q1-answer": "x = 4", "q2-answer": probe(3)}))
    assert f"{ME}: 1 of 7 points" in watch()
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        gradebook.find_assignment("tiny").duedate = datetime(2020, 1, 1)
        gradebook.add_student("eve")
        gradebook.db.commit()
    assert f"{ME}: 5 of 7 points" in watch()
    (page,) = student.pages()
    assert "graded with the right" in page and "Attempt" not in page


def test_what_hidden_checks_found_is_counted_and_not_shown(course, student, watch, answer):
    settings(course, 'hidden_checks = "counted"')
    student.submit(answer({"q1-answer": "x = 4", "q2-answer": "double = 1"}))
    assert f"{ME}: 1 of 7 points" in watch()
    (page,) = student.pages()
    assert HINT not in page and "is right" not in page and "1 more check is only run" in page
    assert "1</strong> of 7" in page and "counted, and not shown" in page
    # nbgrader's own command makes the same page.
    page = course / "feedback" / ME / "tiny" / "tiny.html"
    before = page.read_text()
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_feedback", "tiny", "--force"], cwd=course,
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert page.read_text() == before
