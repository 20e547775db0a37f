"""One pass over a submission: read it, run its cells, check each question at its check."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from nbformat import NotebookNode

from ..assignment import Assignment
from ..checking.display import CheckDisplay
from ..checking.errors import error_sentence
from ..checking.results import QuestionResult, unchecked
from ..isolation.kernel import KernelGone, StudentKernel, TimedOut
from ..isolation.warm import WarmProcessError
from ..pages.feedback.outcome import outcome
from ..pages.feedback.pieces import prepare
from ..records.graded import GradedSubmission, not_run
from .reading import Unreadable, read_submission
from .restore import restore_cells

#: An error that a recording that cannot be read may end in, whatever the student wrote.
FILE_TROUBLE = re.compile(
    r"(?i)^(os|io|blockingio|permission|filenotfound|interrupted|timeout)error\b"
    r"|unable to (synchronously )?(open|lock|read)|can't (synchronously )?read|no space left"
)
WHOLE = ""  # the doubt that is about no single question


class Checked(NamedTuple):
    """What came of a check.

    Attributes
    ----------
    result : QuestionResult
        Points and hints.
    told : dict
        What the feedback page says of it, from `outcome`.
    forgotten : bool
        Whether what was copied for the questions before is gone, and has to be copied again.
    doubt : str, optional
        Why it may be the grader that failed.
    """

    result: QuestionResult
    told: dict[str, Any]
    forgotten: bool = False
    doubt: str | None = None


#: Checks a question, given its name, the copies of its variables, what troubled its cells, and how
#: to call the student's functions.
Check = Callable[[str, Path, str | None, Callable[[str, list[bytes]], Path]], Checked]


def run_submission(
    assignment: Assignment,
    content: bytes,
    files: Mapping[str, bytes],
    isolated: bool,
    given: frozenset[str],
    check: Check,
    at: Callable[[str], None] = lambda where: None,
) -> GradedSubmission:
    """Run a submitted notebook and have its answers checked.

    Parameters
    ----------
    assignment, content, files, isolated
        As in `submission.grade_submission`.
    given : frozenset of str
        Variables that cases take from the assignment rather than from the submission.
    check : callable
        See `Check`.
    at : callable
        Told what is about to be done, for who has to say where it ended.

    Raises
    ------
    WarmProcessError
        If the isolated kernels are not there, or go.
    """
    started = time.monotonic()
    at("Reading the notebook")
    try:
        submission = read_submission(content)
    except Unreadable as reason:
        return not_run(assignment, "unreadable", str(reason), time.monotonic() - started)
    notebook = restore_cells(submission, assignment.notebook)
    run = _Run(assignment, notebook, given, check, at)
    run.all_cells(files, isolated)
    return run.result(time.monotonic() - started)


class _Run:
    """One pass over a notebook's cells."""

    def __init__(
        self,
        assignment: Assignment,
        notebook: NotebookNode,
        given: frozenset[str],
        check: Check,
        at: Callable[[str], None],
    ):
        self.assignment, self.notebook, self.given = assignment, notebook, given
        self.check, self.at = check, at
        self.blank = {
            cell.metadata.nbgrader.grade_id: cell.source
            for cell in assignment.notebook.cells
            if cell.metadata.get("nbgrader", {}).get("solution")
        }
        self.results: dict[str, QuestionResult] = {}
        self.copied: set[str] = set()
        self.status, self.message, self.gone = "graded", None, None
        self.error: str | None = None
        self.doubts: dict[str, str] = {}

    def all_cells(self, files: Mapping[str, bytes], isolated: bool) -> None:
        """Run the cells in order; check what has no check cell of its own at the end."""
        tests = {f"tests/{name}": text for name, text in self.assignment.public_tests.items()}
        beside = {**files, **{name: text.encode() for name, text in tests.items()}}
        limits, needs = self.assignment.limits, self.assignment.needs
        with StudentKernel(self.notebook, limits, beside, isolated, needs) as kernel:
            for index, cell in enumerate(self.notebook.cells):
                if cell.cell_type != "code":
                    continue
                question = self._question_of(cell)
                if question:
                    self._check(kernel, question, cell)
                    self.error = None
                else:
                    self._run(kernel, cell, index)
            for question in self.assignment.questions:
                if question not in self.results:
                    self._check(kernel, question)
        self.at("Putting the results together")

    def _question_of(self, cell: NotebookNode) -> str | None:
        tags = cell.metadata.get("nbgrader", {})
        name = tags.get("grade_id")
        return name if tags.get("grade") and name in self.assignment.questions else None

    def _run(self, kernel: StudentKernel, cell: NotebookNode, index: int) -> None:
        where = f"Cell {index + 1}, which begins `{_first_line(cell)}`"
        self.at(where)
        try:
            kernel.run(cell, index)
        except WarmProcessError:
            raise
        except (TimedOut, KernelGone) as reason:
            if self.gone is None:
                self._ended(reason, f"{where}: ", cell)
        except Exception as error:
            message = f"What cell {index + 1} displays could not be read: {error}"[:300]
            cell.outputs = []
            self._stopped("graded", message, cell)
        blank = self.blank.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
        for output in cell.outputs:
            if output.output_type != "error":
                continue
            if cell.source != blank and self.error is None:
                self.error = error_sentence(
                    output.ename, output.evalue, self.assignment.about.errors
                )
            if FILE_TROUBLE.search(what := f"{output.ename}: {output.evalue}"[:300]):
                self.doubts.setdefault(WHOLE, f"{where}: {what}")

    def _ended(self, reason: Exception, where: str, cell: NotebookNode | None = None) -> None:
        """Note that a cell or a function ran too long, or took the kernel with it."""
        crashed = isinstance(reason, KernelGone) and not reason.timed_out
        if isinstance(reason, KernelGone):
            self.gone = f"{where}{reason} What comes after could not be checked."
        if not reason.by_grader:
            self.doubts.setdefault(WHOLE, f"{where}{reason}")
        self._stopped("crashed" if crashed else "timed_out", f"{where}{reason}", cell)

    def _stopped(self, status: str, message: str, cell: NotebookNode | None) -> None:
        if self.status == "graded":
            self.status, self.message = status, message
        self.error = self.error or message
        if cell is not None and not any(output.output_type == "error" for output in cell.outputs):
            cell.outputs.append(
                nbformat.v4.new_output("error", ename=status, evalue=message, traceback=[message])
            )

    def _check(self, kernel: StudentKernel, name: str, cell: NotebookNode | None = None) -> None:
        self.at(f"The check of {name}")
        trouble = self.error if cell is not None else None
        try:
            wanted = self.assignment.variables[name].difference(self.given, {"env"}, self.copied)
            copies = kernel.copy_out(wanted)
            checked = self.check(name, copies, trouble, kernel.call)
            own = self.assignment.own_variables[name]
            self.copied = set() if checked.forgotten else self.copied | own
            if isinstance(kernel.failure, WarmProcessError):
                raise kernel.failure
            if kernel.failure is not None and self.gone is None:
                self._ended(kernel.failure, f"In the check of {name}: ")
                kernel.failure = None
        except WarmProcessError:
            raise
        except (TimedOut, KernelGone) as reason:
            if self.gone is None:
                self._ended(reason, f"In the check of {name}: ")
            checked = not_checked(self.assignment, name, trouble or self.gone or str(reason))
        if checked.doubt is not None:
            self.doubts.setdefault(name, checked.doubt)
        self.results[name] = checked.result
        if cell is not None:
            cell.outputs = check_outputs(checked.result)
            cell.metadata["course"] = checked.told

    def result(self, seconds: float) -> GradedSubmission:
        """Collect what was found, in the order of the questions."""
        questions = tuple(self.results[name] for name in self.assignment.questions)
        self.notebook.metadata["course"] = {"status": self.status, "message": self.message}
        prepare(self.notebook, self.assignment.notebook)
        return GradedSubmission(
            self.status, questions, seconds, self.message, _text(self.notebook), self.doubts
        )


def not_checked(
    assignment: Assignment, question: str, trouble: str, doubt: str | None = None
) -> Checked:
    """Make the result of a question whose answers could not be looked at."""
    result = unchecked(assignment.test_files[question], trouble)
    return Checked(result, outcome(result, {}), doubt=doubt)


def _first_line(cell: NotebookNode) -> str:
    return cell.source.strip().split("\n")[0][:60]


def _text(notebook: NotebookNode) -> str:
    """The notebook as JSON that can be written: half of a surrogate pair cannot."""
    return nbformat.v4.writes(notebook).encode("utf-8", "replace").decode()


def check_outputs(result: QuestionResult) -> list[NotebookNode]:
    """Show the result, and give nbgrader the score: the number that a grade cell returns."""
    shown = CheckDisplay(result)
    seen = {"text/html": shown._repr_html_(), "text/plain": repr(shown)}
    outputs = [{"output_type": "display_data", "data": seen, "metadata": {}}]
    if result.score is not None:
        score = {"text/plain": repr(float(result.score))}
        outputs.append(
            {"output_type": "execute_result", "data": score, "metadata": {},
             "execution_count": None}
        )  # fmt: skip
    # As `new_output` makes them, which goes through the format's whole schema each time.
    return [nbformat.from_dict(output) for output in outputs]
