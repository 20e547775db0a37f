"""A process that dies at one certain moment: what that costs, and whom."""

import errno
import gc
import os
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import replace

import psutil
import pytest
import zmq
from distributed import Future

from visual_coding_course.grading import batch, cluster, running
from visual_coding_course.grading.batch import grade_many
from visual_coding_course.grading.submission import grade_submission
from visual_coding_course.grading.submissions import Submission
from visual_coding_course.inside.limits import Limits
from visual_coding_course.isolation import kernel, warm
from visual_coding_course.recordings.needs import NEEDS

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals")

RIGHT = {"q1-answer": "x = 3", "q2-answer": "def double(n):\n    return n + n"}
TESTS = os.getpid()
PARTS = ("bubblewrap", "first", "server", "keeper", "init", "kernel")


def parts():
    """The warm process of the assignment, and its only kernel, each the parent of the next."""
    outermost = psutil.Process(warm._own[NEEDS, NEEDS.folders]._process.pid)
    return dict(zip(PARTS, [outermost, *outermost.children(recursive=True)], strict=True))


def kill(part):
    """Kill one of `parts`, and wait until the kernel is gone; returns them all."""
    found = parts()
    found[part].kill()
    psutil.wait_procs([found["kernel"]], timeout=10)
    assert not found["kernel"].is_running()
    return found


@pytest.fixture
def disturbed(assignment, monkeypatch, tmp_path):
    """Make something happen so many times, each time that the student's function is called.

    In a process of the submission's own: a file tells how often it has happened.
    """

    def make(action, times=1):
        call, happened = kernel.StudentKernel.call, tmp_path / "happened"
        happened.write_text("")

        def disturbed_call(*arguments):
            if len(happened.read_text()) < times:
                with open(happened, "a") as file:
                    file.write(".")
                action()
            return call(*arguments)

        monkeypatch.setattr(kernel.StudentKernel, "call", disturbed_call)
        return assignment

    return make


@pytest.mark.parametrize("part", ["first", "server"])
def test_a_warm_process_that_dies_in_a_call_of_a_function_costs_nothing(disturbed, answer, part):
    result = grade_submission(disturbed(lambda: kill(part)), answer(RIGHT))
    assert (result.status, result.score) == ("graded", 7), result


@pytest.mark.parametrize("part", ["keeper", "init", "kernel"])
def test_a_kernel_that_is_killed_in_a_call_of_a_function_costs_nothing(disturbed, answer, part):
    result = grade_submission(disturbed(lambda: kill(part)), answer(RIGHT))
    assert (result.status, result.score) == ("graded", 7), result


def test_what_happens_twice_and_not_to_the_control_is_the_submissions(disturbed, answer):
    result = grade_submission(disturbed(lambda: kill("kernel"), times=2), answer(RIGHT))
    assert (result.status, result.score) == ("crashed", 3), result
    assert "check of q2" in result.message


@pytest.fixture
def killed_at(assignment, monkeypatch, tmp_path):
    """Have the kernel killed before the n-th cell that is run, another in each try."""

    def make(*cells):
        run, tries, cells_run = kernel.StudentKernel.run, tmp_path / "tries", []
        tries.write_text("")

        def disturbed_run(self, cell, index):
            # A try has a kernel of its own.
            if self not in cells_run:
                cells_run.clear()
                tries.write_text(tries.read_text() + ".")
            cells_run.append(self)
            number = len(tries.read_text())
            if number <= len(cells) and len(cells_run) == cells[number - 1]:
                kill("kernel")
            run(self, cell, index)

        monkeypatch.setattr(kernel.StudentKernel, "run", disturbed_run)
        return assignment

    return make


def test_a_kernel_that_is_killed_in_two_places_is_tried_once_more(killed_at, answer):
    result = grade_submission(killed_at(1, 2), answer(RIGHT))
    assert (result.status, result.score) == ("graded", 7), result


def test_a_kernel_that_is_killed_in_three_places_is_not_the_submissions(killed_at, answer):
    result = grade_submission(killed_at(1, 2, 3), answer(RIGHT))
    assert (result.status, result.score) == ("not_graded", None)
    assert len(result.reasons) == 3


def test_a_kernel_that_dies_twice_in_one_place_is_the_submissions(killed_at, answer):
    result = grade_submission(killed_at(2, 1, 2), answer(RIGHT))
    assert (result.status, result.score) == ("crashed", 0), result


@pytest.mark.parametrize("part", ["checker", "runner"])
def test_a_process_of_the_graders_that_is_killed_twice_is_not_the_submissions(
    disturbed, answer, part
):
    def kill_it():
        # Functions are called from the process of the submission; the checker waits beside it.
        tests, me = psutil.Process(TESTS), psutil.Process()
        forks = [fork for fork in tests.children() if fork.cmdline() == tests.cmdline()]
        for process in [me] if part == "runner" else [fork for fork in forks if fork != me]:
            process.kill()

    result = grade_submission(disturbed(kill_it, times=2), answer(RIGHT))
    assert (result.status, result.score) == ("not_graded", None)
    assert "killed" in " ".join(result.reasons)


@pytest.mark.parametrize(("times", "graded"), [(1, ("graded", 7)), (2, ("not_graded", None))])
def test_a_full_disk_is_not_the_submissions(
    assignment, answer, monkeypatch, tmp_path, times, graded
):
    read, met = running.read_submission, tmp_path / "met"
    met.write_text("")

    def refuse(content):
        if len(met.read_text()) == times:  # the control does not meet it
            return read(content)
        met.write_text(met.read_text() + ".")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(running, "read_submission", refuse)
    result = grade_submission(assignment, answer(RIGHT))
    assert (result.status, result.score) == graded, result
    assert times == 1 or "No space left" in " ".join(result.reasons)


def test_what_happens_to_the_control_too_is_not_the_submissions(disturbed, answer):
    result = grade_submission(disturbed(lambda: kill("kernel"), times=3), answer(RIGHT))
    assert (result.status, result.score) == ("not_graded", None)
    assert "The kernel died" in " ".join(result.reasons)


def test_a_warm_process_that_is_gone_later_than_its_kernel_costs_nothing(
    disturbed, answer, monkeypatch
):
    monkeypatch.setattr(kernel, "LINGER_SECONDS", 30)

    def kill_one_after_the_other():
        # nbclient looks every second whether the kernel is there.
        threading.Timer(1.5, kill("init")["server"].kill).start()

    result = grade_submission(disturbed(kill_one_after_the_other), answer(RIGHT))
    assert (result.status, result.score) == ("graded", 7), result


def test_a_kernel_that_dies_before_it_is_used_costs_nothing(
    assignment, answer, monkeypatch, tmp_path
):
    real, killed = warm.Connection.fork, tmp_path / "killed"

    def fork(*arguments):
        forked = real(*arguments)
        if not killed.exists():
            forked.kill()
            assert forked.wait(10)
            killed.touch()
        return forked

    monkeypatch.setattr(warm.Connection, "fork", fork)
    with all_contexts_are_ended():
        result = grade_submission(assignment, answer(RIGHT))
    assert killed.exists()
    assert (result.status, result.score) == ("graded", 7), result


def test_a_kernel_that_cannot_be_had_leaves_no_connection(assignment, answer, monkeypatch):
    def fork(*arguments):
        raise warm.WarmProcessError("gone")

    monkeypatch.setattr(warm.Connection, "fork", fork)
    with all_contexts_are_ended():
        assert grade_submission(assignment, answer(RIGHT)).status == "not_graded"


@contextmanager
def all_contexts_are_ended():
    """See that no sockets are left to the garbage collector, which may wait for them for ever."""
    gc.collect()
    gc.disable()
    try:
        before = open_contexts()
        yield
        assert open_contexts() == before
    finally:
        gc.enable()


def open_contexts():
    return sum(isinstance(one, zmq.Context) and not one.closed for one in gc.get_objects())


def test_no_threads_are_left_of_a_kernels_connections(assignment, answer):
    gc.disable()
    try:
        grade_submission(assignment, answer(RIGHT))
        before = psutil.Process().num_threads()
        grade_submission(assignment, answer(RIGHT))
        assert psutil.Process().num_threads() == before
    finally:
        gc.enable()


def test_a_warm_process_is_started_anew_at_once():
    forked = warm.connection(NEEDS).fork("key", Limits(), {}, {})
    first = warm.connection(NEEDS)
    parts()["server"].kill()
    assert first.wait(10)
    forked.close()
    warm.connection(NEEDS).fork("key", Limits(), {}, {}).close()


@pytest.fixture
def class_(tmp_path, monkeypatch):
    """Submissions that take no time to grade; what is lost is soon waited for no longer."""
    monkeypatch.setattr(batch, "FETCHED_SECONDS", 5.0)
    path = tmp_path / "no.ipynb"
    path.write_bytes(b"no notebook")
    return [Submission(f"s{number}", path) for number in range(4)]


def assert_all_graded(results):
    assert {submission.student for submission, _ in results} == {"s0", "s1", "s2", "s3"}
    assert {result.status for _, result in results} == {"unreadable"}, results


@pytest.mark.parametrize("deaths", [1, 2], ids=["one worker", "both workers"])
def test_results_that_die_with_their_worker_are_made_again(assignment, class_, deaths):
    graded = grade_many(assignment, class_, workers=2, isolated=False)
    results = [next(graded)]
    time.sleep(2)  # the others are done, and wait to be fetched
    for worker in workers()[:deaths]:
        worker.kill()
    assert_all_graded([*results, *graded])


def test_a_result_that_never_comes_is_made_again(assignment, class_, monkeypatch):
    real, late = Future.result, []

    def result(future, timeout):
        found = real(future, timeout)
        if isinstance(found, tuple) and not late:  # of a submission, not of the control
            late.append(future)
            raise TimeoutError
        return found

    monkeypatch.setattr(Future, "result", result)
    assert_all_graded(list(grade_many(assignment, class_, workers=1, isolated=False)))
    assert len(late) == 1
    assert late[0].cancelled()


def test_a_worker_that_is_slow_to_come_back_is_replaced(assignment, class_, monkeypatch):
    # After this time Dask waits for it no longer, and starts no other one.
    monkeypatch.setitem(cluster.SETTINGS, "distributed.deploy.lost-worker-timeout", "10ms")
    graded = grade_many(assignment, class_, workers=1, isolated=False)
    results = [next(graded)]
    workers()[0].kill()
    assert_all_graded([*results, *graded])


class Deadly(str):
    """Text that kills the first process, other than this one, that receives it."""

    def __new__(cls, text, marker):
        deadly = super().__new__(cls, text)
        deadly.marker = str(marker)
        return deadly

    def __reduce__(self):
        return eval, (
            f"{str(self)!r} if __import__('os').path.exists({self.marker!r})"
            f" or __import__('os').getpid() == {os.getpid()}"
            f" else (open({self.marker!r}, 'w').close(), __import__('os')._exit(1))",
        )


def test_a_worker_that_dies_as_it_gets_the_assignment_is_replaced(assignment, class_, tmp_path):
    deadly = replace(assignment, name=Deadly("tiny", tmp_path / "died"))
    assert_all_graded(list(grade_many(deadly, class_, workers=1, isolated=False)))
    assert (tmp_path / "died").exists()


def workers():
    """Dask's workers of this process: what its fork server has forked."""
    found = []
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if "forkserver" in " ".join(child.parent().cmdline()):
                found.append(child)
    return found
