"""How long `grader.check` takes in a student's notebook, over the bank of answers.

    python benchmarks/checks.py          every answer of the bank, about 5 minutes
    python benchmarks/checks.py q5 q6    those to these questions

Each question's answers are checked one after the other in a fork of a process that has run the
solution, on the recordings as students have them: so the first are checked as in a fresh kernel.
What a student's own function takes, when a check calls it, is told apart.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import json
import os
import statistics
import sys
import time
from pathlib import Path

COURSE = Path(__file__).resolve().parents[1]
RESULTS = Path(__file__).parent / "results" / "checks.json"
#: Seconds that a check may take.
LIMITS = {"q9": 3.0}
LIMIT = 0.3


def main() -> None:
    """Measure, print a table, and keep the numbers when all questions were measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("questions", nargs="*", help="such as q5 (default: all)")
    asked = parser.parse_args().questions
    import matplotlib

    matplotlib.use("Agg")
    bank = load_bank()
    unknown = set(asked).difference(bank.questions)
    if unknown:
        parser.error(
            f"there is no {', '.join(sorted(unknown))}; there are {' '.join(bank.questions)}"
        )
    questions = asked or bank.questions
    solved = bank.solve()
    print("question  checks  median   95 %  longest  own functions  over the limit")
    measured = {}
    for question in questions:
        measured[question] = in_fork(bank, solved, question)
        show(question, measured[question])
    if len(questions) == len(bank.questions):
        RESULTS.write_text(json.dumps(summary(measured), indent=1) + "\n")


def load_bank():
    """The bank of answers, as the tests load it."""
    path = COURSE / "tests" / "bank.py"
    spec = importlib.util.spec_from_file_location("bank", path)
    sys.modules[spec.name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Bank(COURSE / "source" / "cross_session")


def check(bank, solved: dict, answer) -> dict:
    """Time the public cases on one answer, as a notebook's check runs them."""
    from visual_coding_course.checking.cases import run_cases
    from visual_coding_course.checking.modules import read_modules
    from visual_coding_course.checking.test_files import public_part, read_test_file

    [path] = (bank.source / "tests").glob(f"{answer.question}_*.py")
    variables, _ = bank.with_answer_and_error(solved, answer)
    own = [0.0]
    if callable(variables.get("movie_response")):
        variables["movie_response"] = timed(variables["movie_response"], own)
    gc.collect()  # what the answers before have left
    started = time.perf_counter()
    file = read_test_file(
        public_part(path.read_text(encoding="utf-8")), str(path), read_modules(path.parent.parent)
    )
    run_cases(file, variables)
    return {"answer": str(answer), "seconds": time.perf_counter() - started, "own": own[0]}


def timed(function, total: list[float]):
    """Add up what a function takes."""

    def movie_response(*arguments):
        started = time.perf_counter()
        try:
            return function(*arguments)
        finally:
            total[0] += time.perf_counter() - started

    return movie_response


def in_fork(bank, solved: dict, question: str) -> list[dict]:
    """Time all answers to a question, in a fork that ends with it."""
    ready, written = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ready)
        with os.fdopen(written, "w") as stream:
            answers = [one for one in bank.load_answers() if one.question == question]
            json.dump([check(bank, solved, one) for one in answers], stream)
        os._exit(0)
    os.close(written)
    with os.fdopen(ready) as stream:
        answer = json.load(stream)
    os.waitpid(child, 0)
    return answer


def over(question: str, rows: list[dict]) -> list[dict]:
    """Those that take longer than they may, without the student's own function."""
    limit = LIMITS.get(question, LIMIT)
    return [row for row in rows if row["seconds"] - row["own"] > limit]


def show(question: str, rows: list[dict]) -> None:
    """Print a question's line, and which answers take longest."""
    seconds = sorted(row["seconds"] - row["own"] for row in rows)
    print(
        f"{question:8} {len(rows):7} {statistics.median(seconds):7.3f} "
        f"{seconds[int(0.95 * (len(seconds) - 1))]:6.3f} {seconds[-1]:8.3f} "
        f"{max(row['own'] for row in rows):14.3f} {len(over(question, rows)):8}",
        flush=True,
    )
    for row in over(question, rows):
        print(f"           {row['seconds'] - row['own']:.3f} {row['answer']}", flush=True)


def summary(measured: dict[str, list[dict]]) -> dict:
    """What is kept of it."""
    return {
        question: {
            "checks": len(rows),
            "median": round(statistics.median(row["seconds"] - row["own"] for row in rows), 4),
            "longest": round(max(row["seconds"] - row["own"] for row in rows), 4),
            "over_the_limit": [row["answer"] for row in over(question, rows)],
        }
        for question, rows in measured.items()
    }


if __name__ == "__main__":
    main()
