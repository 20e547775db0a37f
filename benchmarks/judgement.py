"""How an assignment's bank of answers is graded: what is judged wrongly, and what mistakes cost.

    python benchmarks/judgement.py            every answer of the bank, about 10 minutes on 2 cores
    python benchmarks/judgement.py q5 q6      those to these questions
    python benchmarks/judgement.py --hints    with what is said of each wrong one
    python benchmarks/judgement.py --course FOLDER --every 10
                                              every tenth, in a course that neurons.py --in FOLDER
                                              made: on other recordings, for five neurons

Each answer is handed in as a notebook of its own, in which all else is the solution, and the class
is graded by `course grade`, isolated, with hidden cases and the second run. An answer to q8 that
names the pair of sessions in so many words is about the usual neuron: for others, it is wrong.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

from neurons import NEURON, sharing

from checks import COURSE, load_bank
from visual_coding_course.shared.chosen import read_pools
from visual_coding_course.shared.folder import put_tools_on_path

NAME, NEURONS = "cross_session", 5


def main() -> None:
    """Grade the bank, and print what came of it by question."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("questions", nargs="*", help="such as q5 (default: all)")
    parser.add_argument("--hints", action="store_true", help="print those of wrong answers")
    parser.add_argument("--course", type=Path, default=COURSE, help="a built one (default: this)")
    parser.add_argument("--every", type=int, default=1, help="leave out all but every so many")
    options = parser.parse_args()
    bank = load_bank()
    answers = [
        answer
        for answer in bank.load_answers()
        if not options.questions or answer.question in options.questions
    ][:: options.every]
    with tempfile.TemporaryDirectory(prefix="judgement-") as folder:
        rows = grade(bank, answers, Path(folder), options.course.resolve())
    show(answers, rows, bank.questions, options.hints)


def grade(bank, answers: list, folder: Path, course: Path) -> list[dict]:
    """Hand in all answers, and return the row of results of each."""
    put_tools_on_path()
    solution = (course / "solutions" / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8")
    pool = read_pools(course / "release" / NAME).get(NEURON)
    students = [f"answer{number:04d}" for number in range(len(answers))]
    if pool:
        students = [*sharing(pool, NEURONS, len(answers))]
    handed_in = folder / "submitted"
    handed_in.mkdir()
    for student, answer in zip(students, answers):
        path = handed_in / f"{student}.ipynb"
        path.write_text(bank.handed_in(answer, solution), encoding="utf-8")
    command = ["course", "grade", NAME, str(handed_in), "--out", str(folder / "out")]
    subprocess.run(command, cwd=course, check=True)
    lines = (folder / "out" / "results.jsonl").read_text(encoding="utf-8").splitlines()
    rows = {row["student"]: row for row in map(json.loads, lines)}
    return [rows[student] for student in students]


def lost(question: dict) -> float:
    """Points that a question lost."""
    return question["max_score"] - (question["score"] or 0.0)


def show(answers: list, rows: list[dict], questions: list[str], hints: bool) -> None:
    """Print what is judged wrongly, what was lost elsewhere, and the sums by question."""
    counts: Counter = Counter()
    points = 0.0
    for answer, row in zip(answers, rows, strict=True):
        judged = {name: row["questions"][name] for name in questions}
        own = judged[answer.question]
        elsewhere = {
            name: lost(one) for name, one in judged.items() if name != answer.question and lost(one)
        }
        wrongly = bool(lost(own)) if answer.right else not lost(own)
        counts[answer.question, answer.right, "all"] += 1
        counts[answer.question, answer.right, "wrongly"] += wrongly
        counts[answer.question, answer.right, "elsewhere"] += bool(elsewhere)
        points += sum(elsewhere.values())
        if wrongly or elsewhere or row["status"] != "graded":
            print(f"{answer}: {row['status']}, {own['status']}, lost elsewhere: {elsewhere or 0}")
        if (hints and not answer.right) or (answer.right and wrongly):
            print(f"{answer}:", *own["hints"], sep="\n    ")
    print("question  right  rejected  wrong  accepted  losing points elsewhere")
    for name in sorted({answer.question for answer in answers}):
        right, rejected = (counts[name, True, key] for key in ("all", "wrongly"))
        wrong, accepted = (counts[name, False, key] for key in ("all", "wrongly"))
        away = counts[name, False, "elsewhere"] + counts[name, True, "elsewhere"]
        print(f"{name:8}{right:7}{rejected:10}{wrong:7}{accepted:10}{away:25}")
    print(f"{points:g} points lost in other questions")


if __name__ == "__main__":
    main()
