"""How fast a class is graded: `course grade`, nbgrader and otter on the same submissions.

    python benchmarks/grading.py                       all of it, about an hour on 2 cores
    python benchmarks/grading.py --peers 4 --sizes 10  a quick look
    python benchmarks/grading.py --table               the README's table again, from the results

Every submission is the solution of the full assignment, under another student's name. The floor is
the processor time of the solution's own cells in a process that has imported everything, divided
by the cores: what grading would take if nothing but the students' code cost anything. The class is
graded several times, with the floor before and after; the medians count.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import nbformat
import psutil
from floor import measure_floor

from visual_coding_course.shared.files import write_whole
from visual_coding_course.shared.folder import put_tools_on_path

COURSE = Path(__file__).resolve().parents[1]
NAME = "cross_session"
COURSE_COMMAND = (sys.executable, "-m", "visual_coding_course.cli")
RESULTS = Path(__file__).parent / "results" / "grading.json"
README = COURSE / "README.md"
START, END = "<!-- benchmark: grading -->", "<!-- end of benchmark -->"
FIRST_LOOK_SECONDS = 4
WATCHING = 100  # times as long as it takes to add up the memory, until it is added up again
PACKAGES = ("allensdk", "dask", "ipykernel", "nbclient", "nbgrader", "otter-grader")


def main() -> None:
    """Measure, write the results, and the README's table from them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--submissions", type=int, default=40, help="for the comparison")
    parser.add_argument("--rounds", type=int, default=5, help="of `course grade`; medians count")
    parser.add_argument("--peers", type=int, help="of these, for nbgrader and otter (default: all)")
    parser.add_argument("--sizes", type=int, nargs="*", default=[10, 100, 400])
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--table", action="store_true", help="only make the README's table")
    options = parser.parse_args()
    if not options.table:
        for results in measure(options):
            write_whole(options.out, json.dumps(results, indent=1) + "\n")
    results = json.loads(options.out.read_text())
    print(table(results))
    if options.out == RESULTS:
        write_whole(README, with_table(README.read_text(), results))


def measure(options: argparse.Namespace) -> Iterator[dict]:
    """Run everything, one after the other; yields the results each time that there are more."""
    put_tools_on_path()
    cores = options.workers
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        work = Path(folder)
        say("course build: what is stale would be built in the first round")
        run([*COURSE_COMMAND, "build", NAME], COURSE)
        rounds = list(measure_rounds(work, options.submissions, cores, options.rounds))
        floor = statistics.median(one["floor"] for one in rounds)
        ours = {
            key: statistics.median(one[key] for one in rounds)
            for key in ("seconds", "peak_megabytes")
        }
        peers = options.peers or options.submissions
        say(f"nbgrader autograde as it comes, {peers} submissions")
        nbgrader = nbgrader_autograde(work, peers)
        say(f"otter run, {peers} submissions")
        otter = otter_run(work, peers)
        results = {
            "machine": machine(),
            "submissions": options.submissions,
            "workers": cores,
            "floor": {"processor_seconds": floor, "seconds_per_submission": floor / cores},
            "course_grade": {"submissions": options.submissions, **ours},
            "rounds": rounds,
            "nbgrader": {"submissions": peers, **nbgrader},
            "otter": {"submissions": peers, **otter},
            "growth": [],
        }
        each = ours["seconds"] / options.submissions
        results["times_the_floor"] = statistics.median(one["times_the_floor"] for one in rounds)
        results["times_nbgraders_throughput"] = nbgrader["seconds"] / peers / each
        results["times_otters_throughput"] = otter["seconds"] / peers / each
        yield results
        for size in options.sizes:
            say(f"course grade, {size} submissions")
            grown = {"submissions": size, **course_grade(work, size, cores)}
            results["growth"].append(grown)
            yield results


def measure_rounds(work: Path, count: int, cores: int, rounds: int) -> Iterator[dict]:
    """Grade the class several times, with the floor measured before and after each.

    What else a machine is at changes within minutes, and both with it.
    """
    say("floor: the solution's own cells, warm")
    before = measure_floor()["total"]
    for number in range(rounds):
        say(f"course grade, {count} submissions, {cores} workers; floor {before:.2f} s")
        graded = course_grade(work / f"round{number}", count, cores)
        after = measure_floor()["total"]
        floor = (before + after) / 2
        times = graded["seconds"] / count / (floor / cores)
        say(f"  {graded['seconds']:.1f} s, {times:.2f} times the floor")
        yield {"floor": floor, "times_the_floor": times, **graded}
        before = after


def say(text: str) -> None:
    """Show what is going on."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def machine() -> dict:
    """What this was measured on."""
    model = platform.processor()
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":")[1].strip()
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "memory_gigabytes": round(psutil.virtual_memory().total / 1e9),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "bubblewrap": _said("bwrap", "--version").split()[-1],
        "packages": {package: version(package) for package in PACKAGES},
        "date": time.strftime("%Y-%m-%d"),
    }


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


# Submissions --------------------------------------------------------------------------


def submission(number: int) -> str:
    """The solution's cells in the released notebook, as the JSON of one student's submission."""
    solution = nbformat.read(COURSE / "solutions" / NAME / f"{NAME}.ipynb", as_version=4)
    for cell in solution.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    solution.cells.append(nbformat.v4.new_markdown_cell(f"Handed in by student {number}."))
    return nbformat.writes(solution)


def handed_in(work: Path, count: int) -> Path:
    """A folder of STUDENT.ipynb."""
    folder = work / f"handed_in_{count}"
    for number in range(count):
        write_whole(folder / f"student{number:04d}.ipynb", submission(number))
    return folder


# The three graders --------------------------------------------------------------------


def course_grade(work: Path, count: int, workers: int) -> dict:
    """`course grade`, from nothing warm to everything recorded."""
    out = work / f"graded_{count}"
    command = [*COURSE_COMMAND, "grade", NAME]
    command += [str(handed_in(work, count)), "--out", str(out), "--workers", str(workers)]
    timed = run(command, COURSE)
    rows = [json.loads(line) for line in (out / "results.jsonl").read_text().splitlines()]
    full = [row for row in rows if row["score"] == row["max_score"]]
    if len(full) != count:
        raise RuntimeError(f"{count - len(full)} of {count} submissions did not get full marks.")
    return timed


def nbgrader_autograde(work: Path, count: int) -> dict:
    """`nbgrader autograde` with its own preprocessors, in a course folder with its own settings."""
    course = work / "nbgrader"
    source = course / "source" / NAME
    shutil.copytree(COURSE / "source" / NAME, source)
    (course / "nbgrader_config.py").write_text(
        'c = get_config()\nc.CourseDirectory.course_id = "benchmark"\n'
        "c.ExecutePreprocessor.timeout = 300\nc.Execute.timeout = 300\n"
    )
    nbgrader = [sys.executable, "-m", "nbgrader"]
    for number in range(count):
        folder = course / "submitted" / f"student{number:04d}" / NAME
        write_whole(folder / f"{NAME}.ipynb", submission(number))
        shutil.copytree(source / "tests", folder / "tests")
    run([*nbgrader, "generate_assignment", NAME, "--create"], course)
    return run([*nbgrader, "autograde", NAME], course)


def otter_run(work: Path, count: int) -> dict:
    """`otter run` on each, with the zip that Gradescope gets."""
    archive = COURSE / "autograder" / NAME / "autograder.zip"
    total: dict = {}
    for number in range(count):
        folder = work / "otter" / f"student{number:04d}"
        write_whole(folder / f"{NAME}.ipynb", submission(number))
        command = [sys.executable, "-m", "otter", "run", f"{NAME}.ipynb", "-a", str(archive)]
        timed = run([*command, "-o", str(folder)], folder)
        if not (folder / "results.json").is_file():
            raise RuntimeError("otter run left no results.")
        total = {key: total.get(key, 0) + value for key, value in timed.items()}
    total["peak_megabytes"] = total["peak_megabytes"] / count
    return total


def run(command: list[str], folder: Path) -> dict:
    """Run a command; how long it took, and the most memory that it and its processes held."""
    started = time.monotonic()
    log = tempfile.TemporaryFile()  # noqa: SIM115
    process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    peak, done = [0.0], threading.Event()
    watching = threading.Thread(target=_watch, args=(process.pid, peak, done))
    watching.start()
    status = process.wait()
    done.set()
    watching.join()
    if status:
        log.seek(0)
        raise RuntimeError(f"{command}: exit status {status}\n{log.read().decode()[-3000:]}")
    return {"seconds": time.monotonic() - started, "peak_megabytes": peak[0]}


def _watch(pid: int, peak: list[float], done: threading.Event) -> None:
    """Take the sum of all processes' proportional shares, seldom enough to cost next to nothing."""
    pause = FIRST_LOOK_SECONDS
    while not done.wait(pause):
        started = time.thread_time()
        total = 0
        try:
            processes = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        except psutil.NoSuchProcess:
            return
        for process in processes:
            try:
                total += process.memory_full_info().pss
            except psutil.Error:
                continue
        peak[0] = max(peak[0], total / 1e6)
        pause = WATCHING * (time.thread_time() - started)


# The table ----------------------------------------------------------------------------


def table(results: dict) -> str:
    """The README's table, from the results."""
    cores = results["workers"]
    lines = [
        "| | submissions | seconds each | a minute | against `course grade` |",
        "|---|---:|---:|---:|---|",
    ]
    ours = results["course_grade"]["seconds"] / results["course_grade"]["submissions"]
    for title, key in (
        ("`course grade`, isolated", "course_grade"),
        ("`nbgrader autograde`, as it comes", "nbgrader"),
        ("`otter run` on each", "otter"),
    ):
        count, seconds = results[key]["submissions"], results[key]["seconds"]
        each = seconds / count
        against = "" if key == "course_grade" else f"{each / ours:.1f} times slower"
        lines.append(f"| {title} | {count} | {each:.2f} | {60 / each:.0f} | {against} |")
    floor = results["floor"]["seconds_per_submission"]
    lines.append(
        f"| floor: the solution's own cells, {results['floor']['processor_seconds']:.2f} s on "
        f"{cores} cores | | {floor:.2f} | {60 / floor:.0f} | "
        f"{results['times_the_floor']:.2f} times faster |"
    )
    grown = "; ".join(
        f"{row['submissions']}: {row['seconds'] / row['submissions']:.2f} s each, "
        f"{row['peak_megabytes'] / 1000:.1f} GB "
        f"({row['peak_megabytes'] / 1000 / cores:.1f} a worker)"
        for row in results["growth"]
    )
    about = results["machine"]
    note = (
        f"Measured on {about['date']} with `python benchmarks/grading.py`: {about['cores']} cores "
        f"({about['processor']}), {about['memory_gigabytes']} GB, {cores} workers, from nothing "
        f"warm to everything recorded; medians of {len(results['rounds'])} rounds. "
        f"Larger classes, with the memory of the whole run: {grown}."
    )
    return "\n".join([*lines, "", note])


def with_table(text: str, results: dict) -> str:
    """The README with its table made anew."""
    marked = re.compile(f"{re.escape(START)}.*?{re.escape(END)}", re.DOTALL)
    return marked.sub(lambda _: f"{START}\n{table(results)}\n{END}", text)


if __name__ == "__main__":
    main()
