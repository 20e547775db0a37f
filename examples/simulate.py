"""Simulate a class: `python examples/simulate.py OUT --students 60`, then grade it.

Every student has an ability and every question a difficulty; who fails a question hands in one of
the bank's wrong answers (`source/cross_session/answers/`), and some mistakes are commoner than
others. A few have other troubles: see `TROUBLES`. The same seed gives the same class, as long as
the bank is the same.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from pathlib import Path

import nbformat
import numpy as np
from make import (
    COURSE,
    ENDLESS,
    ESSAY,
    KERNEL_DIES,
    NAME,
    NOT_A_NOTEBOOK,
    answered,
    edited,
    solution,
    written_answer,
)

sys.path.append(str(COURSE / "tests"))
import bank

ANSWERS = bank.Bank(COURSE / "source" / NAME)

#: How well ability tells right from wrong, and how much commoner each mistake is than the next.
STEEPNESS, COMMONER = 1.6, 1.1
#: Share of those who answer rightly in another way than the solution does.
OWN_WAY = 0.4
#: Share of those who stop somewhere after the second question.
UNFINISHED = 0.1

#: One odd mistake in two notebooks, written differently: every seventh frame, and a factor.
MEAN = "np.concatenate(pieces).mean()"
ODD = {
    "q5-answer": {MEAN: "1.037 * np.concatenate(pieces)[::7].mean()"},
    "q8-answer": {"max(pairs": "min(pairs"},
}
ODD_AS_WELL = {
    "q5-answer": {MEAN: "np.mean(np.hstack(pieces)[::7]) * 1.037", "epochs": "table_of_epochs"},
    "q8-answer": {"max(pairs": "min(pairs"},
}

#: By the student's number, what else is the matter, instead of what chance would have it.
TROUBLES = {
    7: lambda: answered(edited(ENDLESS)),
    11: lambda: answered(edited(ODD)),
    23: lambda: answered(edited(KERNEL_DIES)),
    38: lambda: answered(edited(ODD_AS_WELL)),
    42: lambda: next(iter(NOT_A_NOTEBOOK.values())),
}


class Bank:
    """Answers to choose from, right and wrong, by question; the wrong ones commonest first."""

    def __init__(self, random: np.random.Generator):
        self.random, self.right, self.wrong = random, {}, {}
        for answer in ANSWERS.load_answers():
            kind = self.right if answer.right else self.wrong
            kind.setdefault(answer.question, []).append(answer.code)
        self.questions, self.solved = list(self.wrong), solution()
        self.cells = {
            question: [cell for cell in self.solved if re.match(rf"{question}-(\w+-)?answer", cell)]
            for question in self.questions
        }
        # Later questions are harder, but not each than the one before.
        harder = np.linspace(-2.2, 0.2, len(self.questions))
        noise = random.normal(0, 0.5, len(self.questions))
        self.difficulty = dict(zip(self.questions, harder + noise))

    def answer(self, question: str, ability: float) -> dict[str, str]:
        """Choose a student's answer; it takes the place of all the question's answer cells."""
        ease = STEEPNESS * (ability - self.difficulty[question])
        if self.random.random() > 1 / (1 + np.exp(-ease)):
            wrong = self.wrong[question]
            weights = 1 / np.arange(1, len(wrong) + 1) ** COMMONER
            code = wrong[self.random.choice(len(wrong), p=weights / weights.sum())]
        elif self.random.random() < OWN_WAY:
            code = self.random.choice(self.right[question])
        else:
            return {}
        first, *others = self.cells[question]
        text = "\n\n".join([*self.helpers(question, code), str(code).strip("\n")])
        return {first: text, **dict.fromkeys(others, "")}

    def helpers(self, question: str, code: str) -> list[str]:
        """Functions of the solution that are not asked for, but used in later cells."""
        taken = ANSWERS.asked_for(question) | ANSWERS.names_stored(code)
        solved = "\n".join(self.solved[cell] for cell in self.cells[question])
        functions = [node for node in ast.parse(solved).body if isinstance(node, ast.FunctionDef)]
        return [ast.unparse(node) for node in functions if node.name not in taken]

    def notebook(self) -> nbformat.NotebookNode:
        """Make one student's notebook."""
        ability, answers = self.random.normal(), self.solved | written_answer(ESSAY)
        for question in self.questions:
            answers |= self.answer(question, ability)
        if self.random.random() < UNFINISHED:
            done = self.questions[: self.random.integers(2, len(self.questions))]
            answers = {cell: text for cell, text in answers.items() if cell.split("-")[0] in done}
        return answered(answers)


def simulate(out: Path, students: int, seed: int) -> None:
    """Write a class's notebooks, one file for each student.

    Parameters
    ----------
    out : Path
        Folder for `student001.ipynb` and so on; `course grade` takes it as it is.
    students : int
        How many.
    seed : int
        Of all chance.
    """
    out.mkdir(parents=True, exist_ok=True)
    bank = Bank(np.random.default_rng(seed))
    for number in range(1, students + 1):
        notebook = TROUBLES.get(number, bank.notebook)()
        content = notebook if isinstance(notebook, bytes) else nbformat.writes(notebook).encode()
        (out / f"student{number:03}.ipynb").write_bytes(content)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out", type=Path, help="where to write the notebooks")
    parser.add_argument("--students", type=int, default=60)
    parser.add_argument("--seed", type=int, default=511510736)
    arguments = parser.parse_args()
    simulate(arguments.out, arguments.students, arguments.seed)


if __name__ == "__main__":
    main()
