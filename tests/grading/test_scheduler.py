"""Grading on a Dask cluster that others started."""

import contextlib
import gc
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from distributed import Client
from distributed.security import Security

import visual_coding_course
from visual_coding_course.grading import cluster as clusters
from visual_coding_course.grading.cluster import NoScheduler
from visual_coding_course.grading.run import grade_class
from visual_coding_course.isolation.sandbox import NoIsolation

RIGHT = {"q1-answer": "x = 3", "q2-answer": "def double(n):\n    return n + n"}


@pytest.fixture
def course(tmp_path, build_course, answer):
    course = build_course(tmp_path / "course")
    for student, x in (("ada", 3), ("bob", 4), ("cy", 3)):
        path = course / "submitted" / student / "tiny" / "tiny.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(answer({**RIGHT, "q1-answer": f"x = {x}"}))
    return course


def ended(process):
    """End a process of Dask's, which may wait long for a scheduler that is gone."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(30)


@contextlib.contextmanager
def cluster(tmp_path, *workers, options=(), security=None, nannies=True):
    """A scheduler and workers, each with an environment, as processes; yields its address."""
    workers = workers or ({},)
    with contextlib.ExitStack() as stack:
        address = tmp_path / "scheduler.json"

        def start(environment, *arguments):
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments, "--no-dashboard", *options,
                 "--scheduler-file", str(address)],
                env={**os.environ, **environment}, stderr=subprocess.DEVNULL, cwd=tmp_path,
            )  # fmt: skip
            stack.callback(ended, process)

        start({}, "scheduler", "--host", "127.0.0.1", "--port", "0")
        for environment in workers:
            alone = [] if nannies else ["--no-nanny"]  # one process less, where none is to be lost
            where = ["--local-directory", str(tmp_path), *alone]
            start(environment, "worker", "--nthreads", "1", *where)
        from distributed import Client

        with Client(scheduler_file=str(address), timeout=60, security=security) as client:
            client.wait_for_workers(len(workers), timeout=60)
            where = client.scheduler.address
        yield where


def test_where_its_workers_cannot_isolate_grading_stops(course, tmp_path, no_bubblewrap):
    with (
        cluster(tmp_path, no_bubblewrap, nannies=False) as address,
        pytest.raises(NoIsolation, match="The worker tcp://127.0.0.1:.*not installed"),
    ):
        grade_class(course, "tiny", scheduler=address)


RIGHT_ROWS = {"ada": ("graded", 7), "bob": ("graded", 5), "cy": ("graded", 7)}


def scores(rows):
    return {row["student"]: (row["status"], row["score"]) for row in rows}


@pytest.fixture
def other_code(tmp_path):
    """The package with another comment in it, as a worker of last month has it."""
    folder = tmp_path / "other"
    shutil.copytree(Path(visual_coding_course.__file__).parent, folder / "visual_coding_course")
    with open(folder / "visual_coding_course" / "cases.py", "a") as file:
        file.write("# of last month\n")
    return {"PYTHONPATH": str(folder)}


@pytest.fixture
def no_package(tmp_path):
    """An environment in which the package is not installed."""
    folder = tmp_path / "none" / "visual_coding_course"
    folder.mkdir(parents=True)
    said = "No module named 'visual_coding_course'"
    (folder / "__init__.py").write_text(f"raise ModuleNotFoundError({said!r})\n")
    return {"PYTHONPATH": str(folder.parent)}


def test_a_worker_with_other_code_gets_no_work(course, tmp_path, other_code):
    told = []
    with cluster(tmp_path, {}, other_code) as address:
        rows = grade_class(course, "tiny", scheduler=address, tell=told.append)
    assert scores(rows) == RIGHT_ROWS
    [sentence] = told
    assert "The worker tcp://127.0.0.1:" in sentence and "visual-coding-course of code" in sentence


@pytest.mark.parametrize("kind", ["other_code", "no_package"])
def test_where_no_worker_has_this_version_grading_stops(course, tmp_path, kind, request):
    words = {"other_code": "Install the same there", "no_package": "does not have this package"}
    with (
        cluster(tmp_path, request.getfixturevalue(kind), nannies=False) as address,
        pytest.raises(NoScheduler, match=words[kind]),
    ):
        grade_class(course, "tiny", scheduler=address)
    assert (course / "results.jsonl").read_text() == ""


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense", "other://127.0.0.1:8786", ""])
def test_an_address_that_leads_nowhere_is_named(course, address, monkeypatch):
    monkeypatch.setattr(clusters, "PATIENCE", "2s")
    with pytest.raises(NoScheduler, match="cannot be reached"):
        grade_class(course, "tiny", scheduler=address or "tcp://")


def test_with_certificates_a_class_is_graded_over_tls(course, tmp_path, monkeypatch):
    made = Security.temporary()
    files = {"ca-file": made.tls_ca_file, "cert": made.tls_client_cert, "key": made.tls_client_key}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    paths = {name: str(tmp_path / name) for name in files}
    options = ["--tls-ca-file", paths["ca-file"], "--tls-cert", paths["cert"]]
    options += ["--tls-key", paths["key"], "--protocol", "tls"]
    own = Security(
        tls_ca_file=paths["ca-file"], tls_client_cert=paths["cert"], tls_client_key=paths["key"],
        require_encryption=True,
    )  # fmt: skip
    with cluster(tmp_path, options=options, security=own) as address:
        assert address.startswith("tls://")
        environment = {
            **os.environ,
            "DASK_DISTRIBUTED__COMM__TLS__CA_FILE": paths["ca-file"],
            "DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT": paths["cert"],
            "DASK_DISTRIBUTED__COMM__TLS__CLIENT__KEY": paths["key"],
        }
        command = [sys.executable, "-m", "visual_coding_course.cli", "grade", "tiny"]
        command += ["--scheduler", address]
        ran = subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True)
        strangers = subprocess.run(command, cwd=course, capture_output=True, text=True)
    rows = map(json.loads, (course / "results.jsonl").read_text().splitlines())
    assert (ran.returncode, scores(rows)) == (0, RIGHT_ROWS), ran.stderr
    assert "WARNING" not in ran.stderr
    assert strangers.returncode == 2 or "Nothing new" in strangers.stdout


def test_a_scheduler_that_is_lost_is_told_and_what_is_graded_is_kept(course, tmp_path):
    def lose(done, total, row):
        if done:
            for one in psutil.Process().children(recursive=True):
                if "scheduler" in one.cmdline():
                    one.kill()

    with (
        cluster(tmp_path, nannies=False) as address,
        pytest.raises(NoScheduler, match="does not answer any more.*goes on"),
    ):
        grade_class(course, "tiny", scheduler=address, progress=lose)
    kept = (course / "results.jsonl").read_text().splitlines()
    assert 1 <= len(kept) < 3
    assert scores(grade_class(course, "tiny", workers=1)) == RIGHT_ROWS


def test_nobody_else_can_speak_to_the_local_cluster(assignment):
    """Who connects without the certificate of this run is refused, and on this machine only."""
    with clusters.connected(1, 1, None, isolated=False) as client:
        address = client.scheduler.address
        assert address.startswith("tls://127.0.0.1:")
        listening = {
            one.laddr.ip for one in psutil.net_connections("tcp")
            if one.status == "LISTEN" and one.pid in family()
        }  # fmt: skip
        with pytest.raises((OSError, TypeError, ValueError)):
            Client(address.replace("tls", "tcp"), timeout="3s")
        with pytest.raises((OSError, TypeError, ValueError)):
            Client(address, security=Security.temporary(), timeout="3s")
    gc.collect()  # as `clusters` says of those that did not come to be
    assert listening == {"127.0.0.1"}


def family():
    """This process and all that it started."""
    return {os.getpid(), *(child.pid for child in psutil.Process().children(recursive=True))}


def test_a_worker_imports_nothing_of_the_gradebook():
    program = (
        "import sys, visual_coding_course.grading.batch, visual_coding_course.grading.imported; "
        "print({'nbgrader', 'sqlalchemy'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ran.stdout.strip() == "set()", ran.stderr
