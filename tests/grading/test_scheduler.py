"""Grading on a Dask cluster that others started."""

import contextlib
import os
import subprocess
import sys

import pytest

from visual_coding_course.grading.run import grade_class
from visual_coding_course.kernels.sandbox import NoIsolation

RIGHT = {"q1-answer": "x = 3", "q2-answer": "def double(n):\n    return n + n"}


@pytest.fixture
def course(tmp_path, build_course, answer):
    course = build_course(tmp_path / "course")
    for student, x in (("ada", 3), ("bob", 4), ("cy", 3)):
        path = course / "submitted" / student / "tiny" / "tiny.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(answer({**RIGHT, "q1-answer": f"x = {x}"}))
    return course


@contextlib.contextmanager
def cluster(tmp_path, **environment):
    """A scheduler and a worker, as processes of their own; yields the scheduler's address."""
    with contextlib.ExitStack() as stack:
        address = tmp_path / "scheduler.json"
        for arguments in (
            ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"],
            ["worker", "--nthreads", "1", "--no-dashboard", "--local-directory", str(tmp_path)],
        ):
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments, "--scheduler-file", str(address)],
                env={**os.environ, **environment}, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            stack.callback(process.wait, 30)
            stack.callback(process.terminate)
        from distributed import Client

        with Client(scheduler_file=str(address), timeout=60) as client:
            client.wait_for_workers(1, timeout=60)
            where = client.scheduler.address
        yield where


def test_a_class_is_graded_there(course, tmp_path):
    with cluster(tmp_path) as address:
        rows = grade_class(course, "tiny", scheduler=address)
    assert {row["student"]: (row["status"], row["score"]) for row in rows} == {
        "ada": ("graded", 7), "bob": ("graded", 5), "cy": ("graded", 7)
    }  # fmt: skip


def test_where_its_workers_cannot_isolate_grading_stops(course, tmp_path):
    with (
        cluster(tmp_path, PATH=str(tmp_path)) as address,
        pytest.raises(NoIsolation, match="not installed"),
    ):
        grade_class(course, "tiny", scheduler=address)


def test_a_worker_imports_nothing_of_the_gradebook():
    program = (
        "import sys, visual_coding_course.grading.batch, visual_coding_course.grading.imported; "
        "print({'nbgrader', 'sqlalchemy'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ran.stdout.strip() == "set()", ran.stderr
