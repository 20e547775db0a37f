"""The ``grader`` of a notebook: otter's, with feedback that a student can act on."""

from __future__ import annotations

import ast
import inspect
import os
from dataclasses import replace
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import otter
from IPython.display import display

from ..checking.about import About, read_about
from ..checking.cases import run_cases
from ..checking.display import CheckDisplay
from ..checking.errors import CellErrors
from ..checking.modules import importable, read_modules
from ..checking.results import QuestionResult
from ..checking.test_files import (
    case_takes,
    find_test_file,
    keeping_points,
    load_test_file,
    question_key,
    read_tests,
)
from .attempts import count
from .progress import WRITTEN, Progress, Standing, keep, recall
from .ready import CellsRun, Ready, compare, not_found, not_saved
from .rehearsal import note_check, rehearse, unattended
from .saved import find_saved
from .solution import SOLUTION_FILE, Solution, read_solution
from .telling import telling

EXPECTED_FILE = "expected.npz"
#: There in a course's own folder, and not where a wheel was installed.
COURSE_SETTINGS = Path(__file__).resolve().parents[2] / "nbgrader_config.py"

#: What is said after an error of a cell whose values are there from before.
BEFORE = "What is said here is about the values from before."
#: States of what need not be mended.
RIGHT = ("correct", "waiting")
#: What is said where an earlier question is not right.
EARLIER = "This question builds on {}, which was not right when it was last checked: mend it first."
#: Failed checks of a question after which self-study offers what to read, and the solution.
TIMES_BEFORE_MORE = 3


class CheckFailed(AssertionError):
    """A check that did not pass, where nbgrader runs the notebook to validate it."""


class Notebook(otter.Notebook):
    """Check answers in a notebook, question by question.

    An ``otter.Notebook``, so otter-grader and Gradescope run the same notebook.

    Parameters
    ----------
    nb_path : str, optional
        Path of the notebook; found by itself when it is the only one in its folder.
    tests_dir : str
        Folder of the test files.
    """

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self._states: dict[str, str] = {}
        self._cells = CellsRun()
        self._errors = CellErrors(read_about(read_modules(self._folder)).errors)
        if sentence := other_version(self._folder):
            print(sentence)

    def check(self, question: str, global_env: dict | None = None):
        """Check one question on the variables as they are now.

        Parameters
        ----------
        question : str
            Question name, such as ``"q3"``.
        global_env : dict, optional
            Variables to check instead of the notebook's own.

        Returns
        -------
        CheckDisplay
            State, points and hints, as Jupyter shows them.

        Raises
        ------
        FileNotFoundError
            If there is no test file for the question.
        """
        variables = inspect.currentframe().f_back.f_globals if global_env is None else global_env
        path = find_test_file(self._tests_dir, question)
        modules = read_modules(self._folder)
        if type(self)._grading_mode:
            with importable(modules), keeping_points():
                return super().check(path.stem, variables)
        source = path.read_text(encoding="utf-8")
        file, about = load_test_file(path), read_about(modules)
        trouble = self._errors.before(file.name)
        result = run_cases(file, self._with_expected(variables), trouble, about)
        first = self._earlier(file.name)
        self._states[file.name] = result.status
        if result.has_values and trouble:
            # It may have been any cell's, and nothing is missing because of it.
            result = replace(result, trouble=None)
            first += (f"{trouble} {BEFORE}",) if self._errors.fresh else ()
        if note_check(result):
            return CheckDisplay(result, hidden_points(source), {}, first)
        if os.environ.get("NBGRADER_EXECUTION"):
            return _show_to_nbgrader(CheckDisplay(result, hidden_points(source)))
        failed, told = count(self._folder, result)
        keep(self._folder, result)
        further = self._further(file.name, about) if failed >= TIMES_BEFORE_MORE else ()
        standing = self.progress().line if len(self._taken) > 1 else ""
        return CheckDisplay(result, hidden_points(source), told, first, further, standing)

    def progress(self) -> Progress:
        """Say how far the notebook is: as each question was last checked, in any kernel.

        Returns
        -------
        Progress
            Questions right, begun and open, points so far, and what is still to do.
        """
        saved, checked = find_saved(self._folder, self._taken), recall(self._folder)
        titles = saved.titles if saved else {}
        standings = [
            Standing(name, titles.get(name, ""), *checked.get(name, (None, 0.0)), *points)
            for name, points in self._points.items()
        ]
        standings += [
            Standing(one.question, titles.get(one.question, ""), WRITTEN if one.words else None,
                     0.0, 0.0, one.points, in_words=True)
            for one in (saved.written if saved else ())
        ]  # fmt: skip
        standings.sort(key=lambda one: question_key(one.question))
        return Progress(tuple(standings), self._alone)

    def _earlier(self, question: str) -> tuple[str, ...]:
        """Say which questions that this one builds on were not right when last checked."""
        wrong = [
            name
            for name, state in self._states.items()
            if state not in RIGHT and question_key(name) < question_key(question)
        ]
        upstream = [name for name in wrong if self._taken[name][1] & self._taken[question][0]]
        first = min(upstream, key=question_key, default=None)
        return () if first is None else (EARLIER.format(first),)

    def ready(self) -> Ready | None:
        """Run the saved notebook from the top, as grading will, and say what differs.

        Takes about as long as running all cells. What the student's kernel holds stays as it is.

        Returns
        -------
        Ready or None
            Which questions are right here and not from the top, which cells stop and why, what
            grading passes over, whether the answers in words are there, and which file to hand
            in; None where this is called by a notebook that is being run so.
        """
        if unattended() or type(self)._grading_mode:
            return None
        saved = find_saved(self._folder, self._taken)
        if saved is None:
            return not_found(self._folder)
        if self._cells.unsaved(saved):
            return not_saved(saved)
        with telling("Running the notebook from the top") as tell:
            ran = rehearse(saved, self._taken, tell)
        variables = inspect.currentframe().f_back.f_globals
        return compare(saved, ran, recall(self._folder), self._taken, variables, self._alone)

    @cached_property
    def _points(self) -> dict[str, tuple[float, float]]:
        """By question, the points that its cases here can give, and those of hidden ones."""
        found = {}
        for name, source in read_tests(Path(self._tests_dir)).items():
            file = load_test_file(Path(self._tests_dir) / name)
            found[file.name] = float(file.possible), hidden_points(source)
        return found

    @cached_property
    def _taken(self) -> dict[str, tuple[set[str], set[str]]]:
        """By question, the names that its cases take, and those that none before it takes."""
        found: dict[str, tuple[set[str], set[str]]] = {}
        known: set[str] = set()
        folder = Path(self._tests_dir)
        for name in read_tests(folder):
            file = load_test_file(folder / name)
            names = {name for case in file.test_cases for name in case_takes(case)}
            found[file.name] = names, names - known
            known |= names
        return found

    def solution(self, question: str) -> Solution:
        """Show how a question can be solved; in the edition for self-study only.

        Parameters
        ----------
        question : str
            Question name, such as ``"q3"``.

        Raises
        ------
        FileNotFoundError
            In a course's edition, which has no solutions; or for an unknown question.
        """
        return read_solution(self._folder / SOLUTION_FILE, question)

    def check_all(self, global_env: dict | None = None) -> None:
        """Check all questions, one below the other.

        Parameters
        ----------
        global_env : dict, optional
            Variables to check instead of the notebook's own.
        """
        variables = inspect.currentframe().f_back.f_globals if global_env is None else global_env
        for name in read_tests(Path(self._tests_dir)):
            display(self.check(name.removesuffix(".py").split("_")[0], variables))

    @property
    def _folder(self) -> Path:
        return Path(self._tests_dir).parent

    @property
    def _alone(self) -> bool:
        """Whether this is the edition for self-study, which has solutions."""
        return (self._folder / SOLUTION_FILE).is_file()

    def _with_expected(self, variables: dict) -> dict:
        """Add the solution's values where they are at hand: in self-study, never in a course."""
        archive = self._folder / EXPECTED_FILE
        if not archive.is_file():
            return variables
        from ..inside.copies import read_kept

        return {**variables, "expected": SimpleNamespace(**read_kept(archive.read_bytes()))}

    def _further(self, question: str, about: About) -> tuple[str, ...]:
        """What to read, and that there is a solution, where this is the edition with solutions."""
        if not self._alone:
            return ()
        read = (f"To read: {', '.join(about.read[question])}",) if question in about.read else ()
        return (*read, f'To see how it can be solved, run `grader.solution("{question}")`.')


def other_version(folder: Path) -> str | None:
    """Say that the installed checks are not those that a release brings, and what to do.

    Parameters
    ----------
    folder : Path
        The notebook's, where the release's wheel lies.

    Returns
    -------
    str, optional
        None where they are, and in a course's own folder, which is installed as it stands.
    """
    released = [path.name.split("-")[1] for path in folder.glob("visual_coding_course-*.whl")]
    installed = version("visual-coding-course")
    if not released or installed in released or COURSE_SETTINGS.is_file():
        return None
    return (
        f"This notebook comes with version {released[0]} of its checks; installed is {installed}. "
        "To install it, run `%pip install -r requirements.txt` in a cell, and restart the kernel."
    )


def hidden_points(source: str) -> float:
    """Points of the hidden cases that `course build` took out of a public test file."""
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Assign) and statement.targets[0].id == "hidden_points":
            return float(ast.literal_eval(statement.value))
    return 0.0


def _show_to_nbgrader(shown: CheckDisplay) -> None:
    """Say it in nbgrader's way: a cell that raises has failed, one without a value has passed."""
    result: QuestionResult = shown.result
    if result.status not in ("correct", "waiting"):
        raise CheckFailed(repr(shown))
    display(shown)
