"""Processes that are killed, and files that are cut short: nothing is lost, or graded twice."""

import csv
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import closing, suppress

import nbformat
import psutil
import pytest
import sqlalchemy
from filelock import FileLock
from nbgrader.api import Gradebook

from visual_coding_course.assignment.versions import package_digest
from visual_coding_course.grading import run
from visual_coding_course.grading.record import CannotRecord, Record
from visual_coding_course.grading.run import grade_class
from visual_coding_course.grading.submissions import NotAccepted, Submission
from visual_coding_course.records.graded import GradedSubmission, not_run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals")

RIGHT = {"q1-answer": "x = 3", "q2-answer": "def double(n):\n    return n + n"}
CLASS = 20
#: Chance in the kills below: with the same seed and round, the same ones at the same counts.
SEED = int(os.environ.get("KILLS_SEED") or random.SystemRandom().randrange(10**6))
ROUNDS = range(int(os.environ.get("KILLS_ROUNDS") or 1))
WAIT = 600


def hand_in(course, student, content):
    path = course / "submitted" / student / "tiny" / "tiny.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def recorded(course):
    """Rows that the gradebook holds, by student, read by nobody's code but SQLite's.

    Not read-only: where a writer was killed, SQLite first takes back what it had begun.
    """
    try:
        with closing(sqlite3.connect(f"file:{course}/gradebook.db?mode=rw", uri=True)) as book:
            found = book.execute("select student, row from course_result").fetchall()
    except sqlite3.OperationalError:
        return {}
    return {student: json.loads(row) for student, row in found}


def page_of(course, student):
    return course / "feedback" / student / "tiny" / "tiny.html"


def entered(course):
    """What the gradebook holds of each student: scores by cell, and comments."""
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        return {
            one.student.id: (
                sorted(
                    (grade.name, grade.auto_score, grade.manual_score, grade.needs_manual_grade)
                    for grade in one.notebooks[0].grades
                ),
                sorted((comment.name, comment.comment) for comment in one.notebooks[0].comments),
            )
            for one in gradebook.assignment_submissions("tiny")
        }


def lines(course):
    return [json.loads(line) for line in (course / "results.jsonl").read_text().splitlines()]


def end_state(course):
    """All that grading leaves, but for how long it took, and where."""
    with open(course / "grades.csv", newline="") as file:
        table = list(csv.DictReader(file))
    rows = [{**row, "seconds": None, "notebook": None} for row in lines(course)]
    files = {
        str(path.relative_to(course)): path.read_text()
        for part in ("feedback", "autograded")
        for path in (course / part).rglob("*")
        if path.is_file()
    }
    return {"rows": rows, "table": table, "gradebook": entered(course), "files": files}


def assert_whole(course):
    """Nothing is half there: not a file, not a gradebook's entry."""
    for path in course.rglob("feedback/**/*.html"):
        assert path.read_text().rstrip().endswith("</html>"), path
    for path in course.rglob("autograded/**/*.ipynb"):
        nbformat.read(path, as_version=4)
    rows = recorded(course)
    if rows:
        entries = entered(course)
        assert set(entries) == set(rows)
        for student, (grades, _) in entries.items():
            scores = [auto for _, auto, *_ in grades]
            whole = None if None in scores else sum(scores)
            assert whole == rows[student]["score"]
            assert page_of(course, student).is_file()


class TestEveryStep:
    """A grader that is killed at each of its steps in turn; the kernels' part is played."""

    @pytest.fixture
    def course(self, tmp_path, build_course):
        package_digest()  # read once, before the forks: the code may be edited during a test
        return build_course(tmp_path / "course")

    @pytest.fixture
    def played(self, monkeypatch, assignment, tmp_path):
        """Grade without kernels, counting how often each student's notebook is graded."""
        counter = tmp_path / "graded.txt"

        def grade_many(assignment, submissions, **options):
            for submission in submissions:
                with open(counter, "a") as file:
                    file.write(f"{submission.student}\n")
                try:
                    yield submission, play(assignment, submission.read().decode())
                except NotAccepted as reason:
                    yield submission, not_run(assignment, reason.status, str(reason))

        def play(assignment, content):
            if not content.startswith("{"):
                return not_run(assignment, "unreadable", "Not a notebook.")
            notebook = nbformat.reads(content, as_version=4)
            for cell in notebook.cells:
                if cell.metadata.get("nbgrader", {}).get("grade"):
                    data = {"text/plain": "0.0"}
                    cell.outputs = [nbformat.v4.new_output("execute_result", data)]
            questions = not_run(assignment, "graded", "").questions
            return GradedSubmission("graded", questions, 1.0, None, nbformat.writes(notebook))

        monkeypatch.setattr(run, "grade_many", grade_many)
        monkeypatch.setattr(run, "prepare", lambda isolated, needs: None)
        return lambda: Counter(counter.read_text().split()) if counter.exists() else Counter()

    @staticmethod
    def killed_at(course, step, **options):
        """Grade in a process that kills itself at its n-th step; whether it did."""
        child = os.fork()
        if child == 0:
            taken = 0

            def take_step(*arguments):
                nonlocal taken
                taken += 1
                if taken == step:
                    os.kill(os.getpid(), signal.SIGKILL)

            def before(function):
                return lambda *args, **more: (take_step(), function(*args, **more))[1]

            def start(done, total, row):
                if row is None:
                    os.fsync, os.replace = before(os.fsync), before(os.replace)
                    sqlalchemy.event.listen(sqlalchemy.Engine, "commit", take_step)
                else:
                    take_step()

            try:
                grade_class(course, "tiny", progress=start, **options)
            except BaseException:
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
        return os.WIFSIGNALED(status)

    def test_killed_at_each_step_in_turn(self, course, build_course, played, answer, tmp_path):
        contents = {"s00": answer(RIGHT)}
        hand_in(course, "s00", contents["s00"])
        grade_class(course, "tiny")
        for step in range(1, 100):
            student = f"s{step:02}"
            contents[student] = b"no notebook" if step % 3 == 0 else answer(RIGHT)
            hand_in(course, student, contents[student])
            before, graded_before = recorded(course), played()
            killed = self.killed_at(course, step)
            assert_whole(course)
            again = set((played() - graded_before).keys())
            assert not again & set(before), "what was recorded was graded again"
            assert recorded(course).items() >= before.items()
            if not killed:
                break
        assert not killed and step > 15, "fewer steps than one submission takes"
        graded = played()
        assert set(graded) == set(contents)
        other = build_course(tmp_path / "undisturbed")
        for student, content in contents.items():
            hand_in(other, student, content)
        grade_class(other, "tiny")
        assert end_state(course) == end_state(other)

    def test_killed_regrading_keeps_earlier_grades(self, course, played, answer):
        for student in ("ada", "bob"):
            hand_in(course, student, answer(RIGHT))
        grade_class(course, "tiny")
        before = end_state(course)
        for step in (1, 4, 7, 9, 12):
            assert self.killed_at(course, step, regrade=True)
            assert_whole(course)
            assert set(recorded(course)) == {"ada", "bob"}
        grade_class(course, "tiny")
        assert end_state(course) == before

    @pytest.mark.parametrize("tail", ['{"student": "bob", "sta', "\n\n", '{"a": 1}', "\0" * 100])
    def test_lines_cut_short_are_whole_again(self, course, played, answer, tail):
        hand_in(course, "ada", answer(RIGHT))
        grade_class(course, "tiny")
        before = lines(course)
        with open(course / "results.jsonl", "a") as file:
            file.write(tail)
        hand_in(course, "bob", b"no notebook")
        grade_class(course, "tiny")
        assert [row["student"] for row in lines(course)] == ["ada", "bob"]
        assert lines(course)[:1] == before
        assert played() == {"ada": 1, "bob": 1}

    def test_a_line_that_was_never_written_is_made_up_for(self, course, played, answer):
        hand_in(course, "ada", answer(RIGHT))
        grade_class(course, "tiny")
        before = lines(course)
        (course / "results.jsonl").unlink()
        (course / "grades.csv").unlink()
        grade_class(course, "tiny")
        assert lines(course) == before and (course / "grades.csv").is_file()
        assert played() == {"ada": 1}

    def test_a_gradebook_killed_while_it_was_made(self, course, played, answer):
        hand_in(course, "ada", answer(RIGHT))
        (course / ".gradebook.db.tmp").write_bytes(b"SQLite format 3\0 and not much more")
        grade_class(course, "tiny")
        assert set(entered(course)) == {"ada"}
        assert not (course / ".gradebook.db.tmp").exists()

    def test_a_disk_that_is_full_ends_the_run_and_costs_nobody(
        self, course, played, answer, monkeypatch
    ):
        for student in ("ada", "bob"):
            hand_in(course, student, answer(RIGHT))
        real = os.fsync

        def full(handle):
            if "bob" in os.readlink(f"/proc/self/fd/{handle}"):
                raise OSError(28, "No space left on device")
            real(handle)

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(CannotRecord, match="No space left"):
            grade_class(course, "tiny")
        monkeypatch.undo()
        assert_whole(course)
        assert set(recorded(course)) == {"ada"}

    def test_a_damaged_gradebook_is_told(self, course, played, answer):
        hand_in(course, "ada", answer(RIGHT))
        (course / "gradebook.db").write_bytes(b"not a database" * 1000)
        with pytest.raises(CannotRecord, match="not a database"):
            grade_class(course, "tiny")

    def test_another_program_that_writes_the_gradebook_is_waited_for(self, course, assignment):
        writes, ended = threading.Event(), []

        def write():
            with closing(sqlite3.connect(course / "gradebook.db")) as other:
                other.execute("begin immediate")
                writes.set()
                time.sleep(1)
                ended.append(True)
                other.rollback()

        with Record(course, assignment) as record:
            thread = threading.Thread(target=write)
            thread.start()
            writes.wait()
            result = not_run(assignment, "unreadable", "Not a notebook.")
            record.add(Submission("ada", course / "ada.ipynb"), result, "digest")
            assert ended
            thread.join()
        assert set(recorded(course)) == {"ada"}


class Grader:
    """`course grade` as a process of its own, over a class of many."""

    def __init__(self, course):
        self.course = course
        self.process = None

    def start(self):
        command = [sys.executable, "-m", "visual_coding_course.cli", "grade", "tiny"]
        self.process = psutil.Popen(
            [*command, "--workers", "2"],
            cwd=self.course,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            # Where the tests themselves ignore Ctrl-C, their children would, too.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        return self

    def wait(self):
        """Wait for the end; returns exit status and what was printed."""
        printed, _ = self.process.communicate(timeout=WAIT)
        return self.process.returncode, printed

    def wait_for_rows(self, count):
        """Wait until so many are recorded; whether the process still runs then."""
        deadline = time.monotonic() + WAIT
        while len(recorded(self.course)) < count and self.process.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        return self.process.poll() is None

    def kill(self):
        """Kill the coordinator alone, and wait until what it started has noticed."""
        started = self.descendants()
        with suppress(psutil.NoSuchProcess):
            self.process.kill()
        self.wait()
        _, alive = psutil.wait_procs(started, timeout=30)
        return alive

    def descendants(self, command=""):
        """Processes that it has started, and those that these have, by what is in their command."""
        found = []
        with suppress(psutil.NoSuchProcess):
            found = self.process.children(recursive=True)
        return [process for process in found if command in command_of(process)]


def command_of(process):
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def class_of(build_course, answer, folder):
    course = build_course(folder)
    kinds = [
        answer(RIGHT),
        answer({**RIGHT, "q1-answer": "x = 4"}),
        answer({**RIGHT, "q2-answer": "def double(n):\n    return undefined"}),
        answer(),
        b"no notebook",
    ]
    for number in range(CLASS):
        hand_in(course, f"s{number:02}", kinds[number % len(kinds)])
    return course


class TestProcesses:
    """Processes of a class of 20 that are really killed, at moments left to chance."""

    undisturbed = None

    @pytest.fixture
    def course(self, tmp_path, build_course, answer):
        return class_of(build_course, answer, tmp_path / "course")

    @pytest.fixture
    def finish(self, typed):
        """Grade what is left, in this process; returns exit status and what was printed."""

        def finish(course):
            done = typed(course, "grade", "tiny", "--workers", "2")
            return done.exit_code, done.output

        return finish

    @pytest.fixture
    def end(self, tmp_path_factory, build_course, answer, finish):
        """The end state of a run that nothing disturbs."""
        if TestProcesses.undisturbed is None:
            course = class_of(build_course, answer, tmp_path_factory.mktemp("class") / "course")
            status, printed = finish(course)
            assert status == 0, printed
            TestProcesses.undisturbed = end_state(course)
            scores = Counter(
                (row["status"], row["score"]) for row in TestProcesses.undisturbed["rows"]
            )
            each = CLASS // 5
            assert scores == {
                ("graded", 7): each,
                ("graded", 5): each,
                ("graded", 3): each,
                ("graded", 0): each,
                ("unreadable", 0): each,
            }
        return TestProcesses.undisturbed

    @pytest.fixture(params=ROUNDS, ids="round {}".format)
    def chance(self, request):
        print(f"KILLS_SEED={SEED}, round {request.param}")
        return random.Random(f"{SEED} {request.param}")

    @staticmethod
    def kept(course, before):
        """Assert that what was recorded then has not been graded, or recorded, again."""
        after = recorded(course)
        for student, (row, page) in before.items():
            assert after[student] == row
            assert page_of(course, student).stat().st_mtime_ns == page

    @staticmethod
    def snapshot(course):
        return {
            student: (row, page_of(course, student).stat().st_mtime_ns)
            for student, row in recorded(course).items()
        }

    def test_the_coordinator_is_killed_again_and_again(self, course, end, chance, finish):
        grader, survivors = Grader(course), []
        for _ in range(4):
            before = self.snapshot(course)
            if grader.start().wait_for_rows(len(before) + chance.randint(0, 6)):
                time.sleep(chance.uniform(0, 1))
            survivors += grader.kill()
            assert_whole(course)
            self.kept(course, before)
        before = self.snapshot(course)
        status, printed = finish(course)
        assert status == 0, printed
        self.kept(course, before)
        assert end_state(course) == end
        assert not survivors

    def test_workers_are_killed(self, course, end, chance, finish):
        grader = Grader(course).start()
        assert self.kill_some(grader, chance, 3, "multiprocessing")
        self.assert_it_cost_nobody(grader, end, finish)

    def test_any_process_is_killed(self, course, end, chance, finish):
        grader = Grader(course).start()
        assert self.kill_some(grader, chance, 4)
        self.assert_it_cost_nobody(grader, end, finish)

    @staticmethod
    def kill_some(grader, chance, times, command=""):
        """Kill processes of a grader at moments left to chance; how many it hit."""
        kills = 0
        for count in sorted(chance.sample(range(3, CLASS - 3), times)):
            if not grader.wait_for_rows(count):
                break
            time.sleep(chance.uniform(0, 0.5))
            try:
                chance.choice(grader.descendants(command)).kill()
                kills += 1
            except (psutil.NoSuchProcess, IndexError):
                pass
        return kills

    @staticmethod
    def assert_it_cost_nobody(grader, end, finish):
        """What was lost with a process was done again, at the latest by the next run."""
        status, printed = grader.wait()
        assert_whole(grader.course)
        rows = end_state(grader.course)["rows"]
        assert [row["student"] for row in rows] == [row["student"] for row in end["rows"]]
        expected = {row["student"]: row for row in end["rows"]}
        other = [row for row in rows if row != expected[row["student"]]]
        told = [(row["student"], row["status"], row["message"]) for row in other]
        assert {row["status"] for row in other} <= {"not_graded"}, told
        assert status == bool(other), printed
        if other:
            status, printed = finish(grader.course)
            assert status == 0, printed
        assert end_state(grader.course) == end

    def test_ctrl_c(self, course, end, chance, finish):
        grader = Grader(course).start()
        assert grader.wait_for_rows(chance.randint(1, CLASS // 2))
        time.sleep(chance.uniform(0, 0.5))
        os.killpg(grader.process.pid, signal.SIGINT)
        status, printed = grader.wait()
        assert status == 130, printed
        assert "the same command goes on" in printed
        assert len(lines(course)) == len(recorded(course)) > 0
        before = self.snapshot(course)
        status, printed = finish(course)
        assert status == 0, printed
        self.kept(course, before)
        assert end_state(course) == end

    def test_a_second_run_stops_and_a_third_goes_on(self, course, end, finish):
        first = Grader(course).start()
        assert first.wait_for_rows(1)
        os.kill(first.process.pid, signal.SIGSTOP)  # so that it is not done before the second looks
        status, printed = finish(course)
        assert status == 2
        assert "Another `course grade` is at work" in printed
        first.kill()
        with FileLock(course / run.LOCK, timeout=1):
            before = self.snapshot(course)
        status, printed = finish(course)
        assert status == 0, printed
        self.kept(course, before)
        assert end_state(course) == end
