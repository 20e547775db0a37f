"""A class of 20 in which each student has a neuron of their own: built, answered, graded, reported.

    python benchmarks/neurons.py              on the practice recordings, about 2 minutes on 2 cores
    python benchmarks/neurons.py --excerpt    on an excerpt of them, with 40 of the neurons

The real exercise, with ``choose = "for_each_student"``, is built in a copy of the course, and
handed in by students who answer it in four ways. All is done by commands, as an instructor types
them. Says what came otherwise than it should, and fails then. Students are such that they share a
few neurons, since what is right for one takes a while to make.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import nbformat

from visual_coding_course.assignment.parameters import parameters_cell
from visual_coding_course.notebook.solution import without_markers
from visual_coding_course.shared.chosen import choose, read_pools
from visual_coding_course.shared.folder import put_tools_on_path

COURSE = Path(__file__).resolve().parents[1]
NAME, NEURON = "cross_session", "cell_specimen_id"
CONTAINER, NEURONS = 511510736, 40  # of the excerpt
FILES = ("nbgrader_config.py", "pyproject.toml", "requirements.lock", "LICENSE")
#: How many students answer in which way.
CLASS = {"right": 12, "another's id": 2, "a slip": 3, "another's values": 3}
#: In place of what stands in the solution's cell: the question that it costs.
SLIP = {"q7": ("q7-mean-answer", "response_b.mean(axis=0)", "np.median(response_b, axis=0)")}
#: The values that a neighbour has, where one's own are asked for.
TAKEN = {
    "q2": ("q2-answer", "get_cell_specimen_indices([cell_specimen_id])",
           "get_cell_specimen_indices([{other}])"),
    "q8": ("q8-answer", "correlations = pd.DataFrame(means).corr()",
           "sets = [data_set_a, data_set_b, data_set_c]\n"
           "means = {{s: movie_response(d, {other}).mean(axis=0) for s, d in zip('ABC', sets)}}\n"
           "correlations = pd.DataFrame(means).corr()"),
}  # fmt: skip


def main() -> None:
    """Do it all, and print what each part took and what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--excerpt", action="store_true", help="on an excerpt of the recordings")
    parser.add_argument("--neurons", type=int, default=4, help="that they share (default: 4)")
    parser.add_argument("--in", dest="folder", type=Path, help="a folder that is kept")
    options = parser.parse_args()
    put_tools_on_path()
    with tempfile.TemporaryDirectory(prefix="neurons-") as folder:
        course = copy_of_course(options.folder or Path(folder) / "course")
        if options.excerpt:
            make_excerpt(course)
        timed(course, "build", NAME)
        pool = read_pools(course / "release" / NAME)[NEURON]
        students = the_class(pool, options.neurons)
        hand_in(course, students)
        said = timed(course, "grade", NAME, "submitted", "--out", "results")
        timed(course, "report", NAME, "--results", "results", "--out", "report")
        wrong = [*amiss(course, students, said)]
    neurons = len({one["neuron"] for one in students.values()})
    print(f"{len(students)} students, {neurons} neurons of a pool of {len(pool)}")
    print("\n".join(wrong) or "all as it should be")
    sys.exit(bool(wrong))


def copy_of_course(folder: Path) -> Path:
    """Copy what a build needs, and let the student's id choose the neuron."""
    for name in ("visual_coding_course", f"source/{NAME}"):
        ignore = shutil.ignore_patterns("__pycache__", "answers")
        shutil.copytree(COURSE / name, folder / name, ignore=ignore)
    for name in FILES:
        shutil.copy(COURSE / name, folder / name)
    settings = folder / "source" / NAME / "assignment.toml"
    head, table, _ = settings.read_text(encoding="utf-8").partition(f"[parameters.{NEURON}]")
    settings.write_text(f'{head}{table}\nchoose = "for_each_student"\n', encoding="utf-8")
    return folder


def make_excerpt(course: Path) -> None:
    """Have the exercise be about an excerpt of the practice recordings."""
    timed(
        course, "recordings", "excerpt", "--source", "practice", "--container", CONTAINER,
        "--neurons", NEURONS, "--neuron", 517472450, "--for", NAME, "--out", "recordings/v1",
    )  # fmt: skip
    settings = course / "source" / NAME / "assignment.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f'recordings = "recordings/v1"\n{text}', encoding="utf-8")


def timed(course: Path, *command: object) -> str:
    """Call `course`, print how long it took, and return what it said."""
    started = time.monotonic()
    done = subprocess.run(
        ["course", *map(str, command)], cwd=course, text=True, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"course {command[0]} failed:\n{done.stdout}")
    print(f"course {command[0]}: {time.monotonic() - started:.0f} s", flush=True)
    return done.stdout


def the_class(pool: list[int], neurons: int) -> dict[str, dict]:
    """Students who share so many neurons: how each answers, and whose neighbour each is."""
    ways = [way for way, many in CLASS.items() for _ in range(many)]
    own = sharing(pool, neurons, len(ways))
    students = {
        student: {"neuron": neuron, "way": way} for (student, neuron), way in zip(own.items(), ways)
    }
    for one in students.values():
        one["whose"], one["other"] = next(
            (student, neuron) for student, neuron in own.items() if neuron != one["neuron"]
        )
    return students


def sharing(pool: list[int], neurons: int, many: int) -> dict[str, int]:
    """So many students who share so many neurons: the neuron of each."""
    own: dict[str, int] = {}
    for number in count(1):
        student = f"student{number:05d}"
        neuron = choose(student, NEURON, pool)
        if len(own) == many:
            return own
        if neuron in own.values() or len({*own.values()}) < neurons:
            own[student] = neuron


def hand_in(course: Path, students: dict[str, dict]) -> None:
    """Write each student's notebook: the released one, answered."""
    solution = nbformat.read(course / "solutions" / NAME / f"{NAME}.ipynb", as_version=4)
    answers = {
        cell.metadata.nbgrader.grade_id: without_markers(cell.source)
        for cell in solution.cells
        if cell.metadata.get("nbgrader", {}).get("solution") and cell.cell_type == "code"
    }
    for student, one in students.items():
        notebook = nbformat.read(course / "release" / NAME / f"{NAME}.ipynb", as_version=4)
        own = dict(answers)
        for cell, before, after in changes(one["way"]).values():
            if before not in own[cell]:
                sys.exit(f"The solution's {cell} has no {before!r} any more.")
            own[cell] = own[cell].replace(before, after.format(other=one["other"]))
        parameters = parameters_cell(notebook)
        for cell in notebook.cells:
            if cell is not parameters:
                grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
                cell.source = own.get(grade_id, cell.source)
        typed = one["whose"] if one["way"] == "another's id" else student
        _, *rest = parameters.source.splitlines()
        parameters.source = "\n".join([f"student = {typed!r}", *rest])
        path = course / "submitted" / f"{student}.ipynb"
        path.parent.mkdir(exist_ok=True)
        nbformat.write(notebook, path)


def changes(way: str) -> dict[str, tuple[str, str, str]]:
    """What students who answer so change in the solution, by the question that it costs."""
    return {"a slip": SLIP, "another's values": TAKEN}.get(way, {})


def amiss(course: Path, students: dict[str, dict], said: str) -> Iterator[str]:
    """Say what came otherwise than it should, a sentence each."""
    out = course / "results"
    lines = (out / "results.jsonl").read_text(encoding="utf-8").splitlines()
    rows = {row["student"]: row for row in map(json.loads, lines)}
    if rows.keys() != students.keys():
        yield f"There are results of {', '.join(rows)}."
        return
    with open(out / f"numbers-{NAME}.csv", encoding="utf-8", newline="") as file:
        numbers = {line["student"]: line for line in csv.DictReader(file)}
    report = (course / "report" / f"{NAME}.html").read_text(encoding="utf-8")
    for student, one in students.items():
        row, way = rows[student], one["way"]
        who = f"{student} ({way})"
        lost = {
            name for name, got in row["questions"].items()
            if got["status"] not in ("correct", "waiting")
        }  # fmt: skip
        if row["status"] != "graded" or lost != changes(way).keys():
            yield f"{who}: {row['status']}, and lost points in {sorted(lost)}: {row['message']}."
        if row["parameters"] != {NEURON: one["neuron"]}:
            yield f"{who}: was graded for {row['parameters']}, not {one['neuron']}."
        fits = dict.fromkeys(lost, {NEURON: one["other"]}) if way == "another's values" else {}
        if row["fits"] != fits:
            yield f"{who}: fits {row['fits']}, not {fits}."
        if (f"{student}: the wrong answers" in said) != bool(fits):
            yield f"{who}: `course grade` told of a neighbour's values wrongly."
        if numbers[student][NEURON] != str(one["neuron"]):
            yield f"{who}: the table of numbers has {numbers[student]}."
        page = (out / "feedback" / student / NAME / f"{NAME}.html").read_text(encoding="utf-8")
        if ("which is yours" in page) != (way == "another's id"):
            yield f"{who}: the page told of the id that was typed wrongly."
        if student not in report:
            yield f"{who}: is not in the class report."


if __name__ == "__main__":
    main()
