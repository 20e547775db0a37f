"""Load the bank of answers of an assignment, and run its code and test files on them."""

from __future__ import annotations

import ast
import contextlib
import io
import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import nbformat
from otter.assign.solutions import replace_solutions
from otter.test_files.exception_test import ExceptionTestFile

from visual_coding_course.assignment.parameters import with_values
from visual_coding_course.checking.about import read_about
from visual_coding_course.checking.cases import run_cases
from visual_coding_course.checking.errors import error_sentence
from visual_coding_course.checking.modules import read_modules
from visual_coding_course.checking.results import QuestionResult
from visual_coding_course.checking.test_files import (
    load_test_file,
    question_key,
    question_of,
    read_tests,
)


@dataclass(frozen=True)
class Answer:
    """One answer of the bank.

    Attributes
    ----------
    question : str
        The question that it answers.
    name : str
        What it does, in a few words.
    code : str
        Takes the place of all answer cells of its question.
    right : bool
        Whether it must pass.
    mistakes : tuple of (set of str)
        The names of mistakes that fit each thing that is wrong with it.
    """

    question: str
    name: str
    code: str
    right: bool
    mistakes: tuple[frozenset[str], ...] = ()

    def __str__(self) -> str:
        return f"{self.question}-{'right' if self.right else 'wrong'}-{self.name}"


class Judged(NamedTuple):
    """What comes of an answer.

    Attributes
    ----------
    variables : dict of str to Any
        What the student then has.
    result : QuestionResult
        What all cases of its question say, hidden ones too, mistakes named.
    """

    variables: dict[str, Any]
    result: QuestionResult


@dataclass(frozen=True)
class Outcome:
    """What a case said: nothing if it passed."""

    case: str
    hidden: bool
    points: float
    error: Exception | None


class Bank:
    """The bank of an assignment: its notebook, its test files, and answers to them.

    Parameters
    ----------
    source : Path
        The assignment's folder.
    parameters : dict of str to object, optional
        What the notebook is about, in place of what its parameters cell says.
    """

    def __init__(self, source: Path, parameters: dict[str, Any] | None = None):
        self.source, self.answers = source, source / "answers"
        self.parameters = parameters or {}
        self.questions = sorted(map(question_of, read_tests(source / "tests")), key=question_key)
        self.about = read_about(read_modules(source))
        self.errors = self.about.errors
        self._files: dict[str, ExceptionTestFile] = {}

    @property
    def notebook(self) -> Path:
        """The source notebook's file."""
        return self.source / f"{self.source.name}.ipynb"

    def read_notebook(self) -> nbformat.NotebookNode:
        """Read the source notebook."""
        return with_values(nbformat.read(self.notebook, as_version=4), self.parameters)

    def setup_code(self) -> str:
        """The notebook's locked code cells but its checks: what it needs, and what it is about."""
        cells = [cell for cell in self.read_notebook().cells if cell.cell_type == "code"]
        tags = [cell.metadata.get("nbgrader", {}) for cell in cells]
        return "\n".join(
            cell.source
            for cell, own in zip(cells, tags, strict=True)
            if own.get("locked") and not own.get("grade")
        )

    def answer_cells(self, question: str) -> list[str]:
        """The answer cells of a question, with their solutions."""
        return [
            cell.source
            for cell in self.read_notebook().cells
            if re.fullmatch(rf"{question}-(\w+-)?answer", self.grade_id(cell))
        ]

    def load_answers(self) -> list[Answer]:
        """All answers of the bank, by question.

        Files ``answers/q*.py``, several for a question that has many, hold WRONG and RIGHT, and
        MISTAKES: what each wrong one does.
        """
        answers = []
        for path in sorted(self.answers.glob("q*.py")):
            scope: dict[str, Any] = {}
            exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), scope)
            for kind, right in (("WRONG", False), ("RIGHT", True)):
                for name, code in scope[kind].items():
                    mistakes = () if right else scope.get("MISTAKES", {}).get(name, {}).values()
                    fitting = tuple(map(frozenset, mistakes))
                    answers.append(Answer(path.stem.partition("_")[0], name, code, right, fitting))
        return answers

    def solve(self) -> dict[str, Any]:
        """Run the solution notebook's code in this process; return its variables."""
        scope: dict[str, Any] = {}
        cells = [self.setup_code()] + [
            cell for question in self.questions for cell in self.answer_cells(question)
        ]
        for cell in cells:
            error = self.run(cell, scope)
            if error is not None:
                raise error
        return scope

    def names_made(self, question: str) -> set[str]:
        """Names that a question's solution cells define."""
        return set().union(*map(self.names_stored, self.answer_cells(question)))

    def with_answer(self, solved: dict[str, Any], answer: Answer) -> dict[str, Any]:
        """Variables of a student who answered one question in his own way, the others as solved.

        Whatever the answer does not define is missing, also when it stops with an error. Functions
        of the solution keep the solution's own globals, as they were when it ran.
        """
        return self.with_answer_and_error(solved, answer)[0]

    def with_answer_and_error(
        self, solved: dict[str, Any], answer: Answer
    ) -> tuple[dict[str, Any], Exception | None]:
        """`with_answer`, and what the answer stopped with."""
        asked = self.asked_for(answer.question)
        scope = {name: value for name, value in solved.items() if name not in asked}
        return scope, self.run(answer.code, scope)

    def asked_for(self, question: str) -> set[str]:
        """Variables that a question asks for: made by its cells, and taken by its test file."""
        cases = self.test_file(question).test_cases
        return self.names_made(question) & {
            name for case in cases for name in case.body._get_func_params()
        }

    def test_file(self, question: str) -> ExceptionTestFile:
        """The whole test file of a question, with hidden cases."""
        if question not in self._files:
            self._files[question] = load_test_file(self.test_path(question))
        return self._files[question]

    def judge(self, answer: Answer, solved: dict[str, Any], expected: Any) -> Judged:
        """Run an answer, and its question's cases on what it leaves."""
        path = self.test_path(answer.question)
        variables, error = self.with_answer_and_error(solved, answer)
        trouble = error_sentence(type(error).__name__, str(error), self.errors) if error else None
        file = load_test_file(path)
        given = {**variables, "expected": expected}
        return Judged(
            variables, run_cases(file, given, trouble, read_about(read_modules(self.source)))
        )

    def handed_in(self, answer: Answer, solution: str) -> str:
        """The solution notebook with one question's cells as an answer has them."""
        notebook = nbformat.reads(solution, as_version=4)
        own = re.compile(rf"{answer.question}-(\w+-)?answer")
        cells = [cell for cell in notebook.cells if own.fullmatch(self.grade_id(cell))]
        for number, cell in enumerate(cells):
            cell.source = "" if number else answer.code
        return nbformat.writes(notebook)

    def test_path(self, question: str) -> Path:
        """Where a question's test file stands."""
        [path] = (self.source / "tests").glob(f"{question}_*.py")
        return path

    def check(self, question: str, variables: dict[str, Any], expected: Any) -> list[Outcome]:
        """Run all cases of a question."""
        outcomes = []
        for case in self.test_file(question).test_cases:
            error = None
            try:
                case.body.call_func({**variables, "expected": expected})
            except Exception as raised:
                error = raised
            outcomes.append(Outcome(case.name, bool(case.hidden), float(case.points), error))
        return outcomes

    @staticmethod
    def grade_id(cell) -> str:
        """A cell's nbgrader name, or an empty string."""
        return cell.metadata.get("nbgrader", {}).get("grade_id", "")

    @staticmethod
    def blank(source: str) -> str:
        """A cell as a student gets it."""
        return "\n".join(replace_solutions(source.split("\n"), "python"))

    @staticmethod
    def run(code: str, scope: dict[str, Any]) -> Exception | None:
        """Run code as a notebook cell would; return what it raised, and close its figures."""
        import matplotlib.pyplot as plt

        silence = contextlib.redirect_stdout(io.StringIO())
        try:
            with silence, warnings.catch_warnings():
                warnings.simplefilter("ignore")
                exec(compile(code, "<answer>", "exec"), scope)
        except Exception as error:
            return error
        finally:
            plt.close("all")
        return None

    @staticmethod
    def names_stored(source: str) -> set[str]:
        """Names that a cell defines."""
        names = set()
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.add(node.id)
            elif isinstance(node, ast.FunctionDef):
                names.add(node.name)
        return names

    @staticmethod
    def names_read(source: str) -> set[str]:
        """Names that a cell reads and does not define itself."""
        nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)]
        return {node.id for node in nodes if isinstance(node.ctx, ast.Load)} - Bank.names_stored(
            source
        )

    @staticmethod
    def as_expected(solved: dict[str, Any]) -> SimpleNamespace:
        """The solution's variables as hidden cases take them."""
        return SimpleNamespace(
            **{name: value for name, value in solved.items() if name.isidentifier()}
        )
