"""Whether grading grows with its workers, and what a lost worker or scheduler costs.

    python benchmarks/cluster.py                     2, 4 and 8 workers, some ten minutes
    python benchmarks/cluster.py --workers 2 4 --submissions 8 --seconds 4   a quick look

A scheduler and workers are started as README says, with certificates, on this machine. A stand-in
notebook waits most of its time, so that the cores here are not the limit: submissions a minute have
to grow with the workers. Then a worker is killed in the middle of a run, and a scheduler: each
submission has to have its row, and its points, in the end.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import psutil
from distributed import Client
from distributed.security import Security

from visual_coding_course.shared.files import write_whole

COURSE = Path(__file__).resolve().parents[1]
NAME, POINTS = "waits", 8  # of what `course new` makes
WORKING = ("nbgrader_config.py", "pyproject.toml", "requirements.lock", "LICENSE")
PATIENCE = 120


def main() -> None:
    """Measure the throughput of some numbers of workers; then take workers away."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--workers", type=int, nargs="*", default=[2, 4, 8])
    parser.add_argument("--submissions", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=15.0, help="that a notebook waits")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cluster-") as folder:
        work = Path(folder)
        course = make_course(work, options.submissions, options.seconds)
        certificates = Certificates(work)
        print("workers  seconds  a minute  at best")
        for count in options.workers:
            with cluster(work, certificates, count) as (address, _):
                began = time.monotonic()
                finish(course, grade(course, certificates, address, f"out{count}"))
                seconds = time.monotonic() - began
            check(course / f"out{count}", options.submissions)
            rate, most = 60 * options.submissions / seconds, 60 * count / options.seconds
            print(f"{count:7}  {seconds:7.1f}  {rate:8.1f}  {most:7.1f}", flush=True)
        for what in ("worker", "scheduler"):
            print(lose(what, course, work, certificates, options), flush=True)


class Certificates:
    """Certificates of one authority, as files; for whoever takes part."""

    def __init__(self, folder: Path):
        made = Security.temporary()
        files = {"ca": made.tls_ca_file, "cert": made.tls_client_cert, "key": made.tls_client_key}
        paths = {name: folder / f"{name}.pem" for name in files}
        for name, text in files.items():
            paths[name].write_text(text)
        self.options = [
            "--tls-ca-file", str(paths["ca"]), "--tls-cert", str(paths["cert"]),
            "--tls-key", str(paths["key"]), "--protocol", "tls",
        ]  # fmt: skip
        self.security = Security(
            tls_ca_file=str(paths["ca"]), tls_client_cert=str(paths["cert"]),
            tls_client_key=str(paths["key"]), require_encryption=True,
        )  # fmt: skip
        place = "DASK_DISTRIBUTED__COMM__TLS"
        self.environment = {f"{place}__CA_FILE": str(paths["ca"])} | {
            f"{place}__CLIENT__{name.upper()}": str(paths[name]) for name in ("cert", "key")
        }


def make_course(work: Path, submissions: int, seconds: float) -> Path:
    """A course with what `course new` makes, answered rightly by everybody, after a while."""
    course = work / "course"
    (course / "source").mkdir(parents=True)
    for name in WORKING:
        shutil.copy(COURSE / name, course)
    left = shutil.ignore_patterns("__pycache__")
    shutil.copytree(COURSE / "visual_coding_course", course / "visual_coding_course", ignore=left)
    for command in ("new", "build"):
        subprocess.run(
            [*course_command(), command, NAME], cwd=course, check=True, stdout=subprocess.DEVNULL
        )
    notebook = nbformat.read(course / "solutions" / NAME / f"{NAME}.ipynb", as_version=4)
    waits = nbformat.v4.new_code_cell(f"import time\n\ntime.sleep({seconds})")
    notebook.cells.insert(2, waits)
    text = nbformat.writes(notebook)
    for number in range(submissions):
        write_whole(course / "handed_in" / f"student{number:03d}.ipynb", text)
    return course


def course_command() -> list[str]:
    """The command line of this package."""
    return [sys.executable, "-m", "visual_coding_course.cli"]


@contextlib.contextmanager
def cluster(
    work: Path, certificates: Certificates, count: int
) -> Iterator[tuple[str, list[subprocess.Popen]]]:
    """A scheduler and its workers; yields its address, and the processes, the scheduler first."""
    place = work / f"scheduler-{time.monotonic_ns()}.json"
    processes = []

    def start(*arguments: str) -> None:
        command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
        command += [*certificates.options, "--scheduler-file", str(place)]
        processes.append(
            subprocess.Popen(
                command, cwd=work, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        )

    try:
        start("scheduler", "--host", "127.0.0.1", "--port", "0")
        for _ in range(count):
            start("worker", "--nthreads", "1", "--local-directory", str(work))
        while not place.exists():
            time.sleep(0.1)
        with Client(
            scheduler_file=str(place), timeout=PATIENCE, security=certificates.security
        ) as client:
            client.wait_for_workers(count, timeout=PATIENCE)
            address = client.scheduler.address
        yield address, processes
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            process.wait(PATIENCE)


def grade(course: Path, certificates: Certificates, address: str, out: str) -> subprocess.Popen:
    """Start `course grade` on a scheduler."""
    return subprocess.Popen(
        [*course_command(), "grade", NAME, "handed_in", "--out", out, "--scheduler", address],
        cwd=course, env={**os.environ, **certificates.environment},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def finish(course: Path, process: subprocess.Popen) -> None:
    """Wait until it has ended; raises an error with what it said if it has not gone well."""
    _, said = process.communicate()
    if process.returncode:
        raise RuntimeError(f"course grade ended with {process.returncode}: {said[-1000:]}")


def check(out: Path, submissions: int) -> None:
    """Raise an error unless every submission has its points."""
    rows = [json.loads(line) for line in (out / "results.jsonl").read_text().splitlines()]
    full = [row for row in rows if row["score"] == POINTS]
    if not len(full) == len({row["student"] for row in rows}) == len(rows) == submissions:
        raise RuntimeError(f"{len(full)} of {submissions} have their points, in {len(rows)} rows.")


def lose(what: str, course: Path, work: Path, certificates: Certificates, options) -> str:
    """Kill a worker, or the scheduler, in the middle of a run; returns what came of it."""
    count, out = max(options.workers), course / f"out-{what}"
    with cluster(work, certificates, count) as (address, processes):
        running = grade(course, certificates, address, out.name)
        while recorded(out) < options.submissions // 4:
            if running.poll() is not None:
                finish(course, running)
                raise RuntimeError("The run ended before anything could be taken from it.")
            time.sleep(0.2)
        before = recorded(out)
        kill(processes[0 if what == "scheduler" else 1])
        if what == "worker":
            finish(course, running)
            check(out, options.submissions)
            return f"a worker killed after {before}: {options.submissions} graded by the same run"
        _, said = running.communicate()
        kept, status = recorded(out), running.returncode
    with cluster(work, certificates, count) as (address, _):
        finish(course, grade(course, certificates, address, out.name))
    check(out, options.submissions)
    last = said.strip().splitlines()[-1] if said.strip() else ""
    return (
        f"the scheduler killed after {before}: exit status {status}, {kept} kept, the next run "
        f"graded the rest; it said: {last}"
    )


def recorded(out: Path) -> int:
    """How many results there are."""
    path = out / "results.jsonl"
    return len(path.read_text().splitlines()) if path.is_file() else 0


def kill(process: subprocess.Popen) -> None:
    """Kill a process and those that it started, without a word."""
    family = [*psutil.Process(process.pid).children(recursive=True), psutil.Process(process.pid)]
    for one in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.send_signal(signal.SIGKILL)


if __name__ == "__main__":
    main()
