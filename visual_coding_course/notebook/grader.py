"""The ``grader`` of a notebook: otter's, with feedback that a student can act on."""

from __future__ import annotations

import inspect
import os
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from shutil import which
from types import SimpleNamespace
from typing import Any

import otter
from IPython.display import display

from ..checking.about import About, read_about
from ..checking.cases import run_cases
from ..checking.display import CheckDisplay
from ..checking.errors import CellErrors
from ..checking.modules import importable, read_modules
from ..checking.results import QuestionResult
from ..checking.test_files import (
    find_test_file,
    hidden_points,
    keeping_points,
    load_test_file,
    question_key,
    read_tests,
)
from ..inside.sentences import in_sentences
from .attempts import count
from .beside import all_there, find_tests, other_version
from .going_on import gone_on, right_values
from .lines import line_of
from .parameter import own_parameter
from .progress import (
    Progress,
    forget,
    is_taken,
    keep,
    points_of,
    progress_of,
    recall,
    take,
    taken_by,
)
from .ready import CellsRun, Ready, compare, not_found, not_saved
from .rehearsal import note_check, rehearse, unattended
from .reset import read_handed_out, reset
from .saved import find_saved
from .solution import SOLUTION_FILE, ModelAnswer, Solution, read_solution
from .telling import Said, telling

EXPECTED_FILE = "expected.npz"

#: What is said after an error of a cell whose values are there from before.
BEFORE = "What is said here is about the values from before."
#: States of what need not be mended.
RIGHT = ("correct", "waiting")
#: What is said where an earlier question is not right.
EARLIER = "This question builds on {}, which was not right when it was last checked: mend it first."
WRITE_FIRST = (
    "The model answer to `{}` is shown when you have written your own: write it into its cell, "
    "save the notebook, and run this again."
)
NO_TEX = (
    "A PDF is made with TeX (xelatex) and pandoc, which are not both installed here. Your browser "
    "makes one, too: File > Print, and there, save as PDF."
)
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

    Raises
    ------
    FileNotFoundError
        If what came with the notebook is not beside it.
    """

    @in_sentences(OSError)
    def __init__(self, nb_path: str | None = None, tests_dir: str = "./tests", **options):
        if not type(self)._grading_mode:
            tests_dir = str(find_tests(tests_dir))
        super().__init__(nb_path, tests_dir, **options)
        self._states: dict[str, str] = {}
        self._cells = CellsRun()
        with all_there(self._folder):
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
        with in_sentences(FileNotFoundError):
            path = find_test_file(self._tests_dir, question)
        modules = read_modules(self._folder)
        if type(self)._grading_mode:
            with importable(modules), keeping_points():
                return super().check(path.stem, variables)
        source = path.read_text(encoding="utf-8")
        with all_there(self._folder):
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
        failed, told = count(self._folder, result, trouble is not None and self._errors.fresh)
        keep(self._folder, result)
        further = self._further(file.name, about) if failed >= TIMES_BEFORE_MORE else ()
        standing = self.progress().line if len(self._taken) > 1 else ""
        cells = self._cells.newest_first
        return CheckDisplay(
            result, hidden_points(source), told, first, further,
            lambda answer: line_of(answer, cells), standing, self._alone,
            is_taken(self._folder, file.name),
        )  # fmt: skip

    def progress(self) -> Progress:
        """Say how far the notebook is: as each question was last checked, in any kernel.

        Returns
        -------
        Progress
            Questions right, begun and open, points so far, and what is still to do.
        """
        return progress_of(self._folder, self._points)

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

    @cached_property
    def _points(self) -> dict[str, tuple[float, float]]:
        """By question, the points that its cases here can give, and those of hidden ones."""
        with all_there(self._folder):
            return points_of(Path(self._tests_dir))

    @cached_property
    def _taken(self) -> dict[str, tuple[set[str], set[str]]]:
        """By question, the names that its cases take, and those that none before it takes."""
        with all_there(self._folder):
            return taken_by(Path(self._tests_dir))

    @in_sentences(OSError, LookupError, ValueError)
    def parameter(self, name: str, student: str) -> Any:
        """Tell which value of a parameter a student has, where each has one of their own.

        Parameters
        ----------
        name : str
            Of the parameter.
        student : str
            The student's id in the course.

        Raises
        ------
        ValueError
            If no id was typed.
        FileNotFoundError
            If the file that comes with the notebook is not beside it.
        """
        return own_parameter(self._folder, name, student)

    @in_sentences(OSError, LookupError)
    def solution(self, question: str) -> Solution | ModelAnswer | Said:
        """Show how a question can be solved; in the edition for self-study only.

        Parameters
        ----------
        question : str
            Question name, such as ``"q3"``.

        Returns
        -------
        Solution, ModelAnswer or Said
            Code, and what it draws. Of an answer in words a model answer and what its parts are
            worth, once one was written and saved.

        Raises
        ------
        FileNotFoundError
            In a course's edition, which has no solutions; or for an unknown question.
        """
        found = read_solution(self._folder / SOLUTION_FILE, question)
        if isinstance(found, ModelAnswer):
            saved = find_saved(self._folder, self._taken)
            written = {one.question for one in saved.written if one.words} if saved else ()
            if question not in written:
                return Said(WRITE_FIRST.format(question))
        return found

    def go_on(self, question: str) -> Said:
        """Go on with a question's right values; in the edition for self-study only.

        The names that its solution sets get their right values in the notebook. Its points are not
        yours then, until `reset` gives its cells back.

        Parameters
        ----------
        question : str
            Question name, such as ``"q3"``.

        Returns
        -------
        Said
            Which names have right values now.

        Raises
        ------
        FileNotFoundError
            In a course's edition, which has no solutions; or for a question without code.
        """
        variables = inspect.currentframe().f_back.f_globals
        with in_sentences(FileNotFoundError):
            values = right_values(self._folder / SOLUTION_FILE, question, variables)
        variables.update(values)
        take(self._folder, question)
        self._states.pop(question, None)
        _, asked = self._taken.get(question, ((), ()))
        return Said(gone_on(question, values, asked))

    @in_sentences(OSError, LookupError)
    def reset(self, question: str) -> Said | Ready:
        """Give a question's cells back as they were handed out; in the edition for self-study only.

        Parameters
        ----------
        question : str
            Question name, such as ``"q3"``.

        Returns
        -------
        Said or Ready
            Where the student's own cells are kept, and what to do to see the others; or what to do
            first.

        Raises
        ------
        FileNotFoundError
            In a course's edition.
        LookupError
            For an unknown question.
        """
        handed_out = read_handed_out(self._folder)
        saved = find_saved(self._folder, self._taken)
        if saved is None:
            return not_found(self._folder)
        if self._cells.unsaved(saved):
            return not_saved(saved)
        said = reset(saved, handed_out, question)
        forget(self._folder, question)
        return Said(said)

    def export(
        self,
        nb_path: str | None = None,
        export_path: str | None = None,
        pdf: bool | None = None,
        **options,
    ) -> None:
        """Put the saved notebook into a zip file, as otter does.

        Parameters
        ----------
        nb_path : str, optional
            The notebook; found by itself, as far as can be told.
        export_path : str, optional
            The zip file.
        pdf : bool, optional
            Whether a PDF is to be in it: if not said, where TeX is installed, which makes it.
        **options
            Otter's others.
        """
        saved = None if nb_path else find_saved(self._folder, self._taken)
        nb_path = os.path.relpath(saved.path) if saved else nb_path
        super().export(nb_path, export_path, has_tex() if pdf is None else pdf, **options)

    @in_sentences(FileNotFoundError)
    def to_pdf(self, nb_path: str | None = None, **options) -> None:
        """Make a PDF of the saved notebook, as otter does, where TeX is installed.

        Raises
        ------
        FileNotFoundError
            Where it is not; says what to do instead.
        """
        if not has_tex():
            raise FileNotFoundError(NO_TEX)
        super().to_pdf(nb_path, **options)

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

    def _log_event(self, *arguments, **named) -> None:
        """Log as otter does; a folder that cannot be written to costs the log alone."""
        with suppress(OSError):
            super()._log_event(*arguments, **named)

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
        solved = f'To see how it can be solved, run `grader.solution("{question}")`; to go on with '
        return (*read, f'{solved}the right values, `grader.go_on("{question}")`.')


def has_tex() -> bool:
    """Whether there is what otter makes a PDF with."""
    return bool(which("xelatex") and which("pandoc"))


def _show_to_nbgrader(shown: CheckDisplay) -> None:
    """Say it in nbgrader's way: a cell that raises has failed, one without a value has passed."""
    result: QuestionResult = shown.result
    if result.status not in ("correct", "waiting"):
        raise CheckFailed(repr(shown))
    display(shown)
