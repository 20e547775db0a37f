"""Grade one submission: a pure function from bytes to a result."""

from __future__ import annotations

import time

import nbformat
from nbformat import NotebookNode

from ..assignment import Assignment
from ..display import CheckDisplay
from ..errors import error_sentence
from ..feedback.outcome import outcome
from ..kernels.sandbox import NoIsolation
from ..kernels.warm import WarmProcessError
from ..results import QuestionResult, unchecked
from .checker import Checker, CheckerGone, checker
from .graded import GradedSubmission, not_graded
from .kernel import KernelGone, StudentKernel, TimedOut
from .restore import Unreadable, read_submission, restore_cells

TRIES = 2


def grade_submission(
    assignment: Assignment, content: bytes, *, isolated: bool = True
) -> GradedSubmission:
    """Run a submitted notebook and check its answers.

    Touches no database and no shared folder, and raises for nothing that a
    submission holds or does. If the warm process that its kernel is a fork of
    goes, or the one that checks it, it is tried once more.

    Parameters
    ----------
    assignment : Assignment
        What to grade against.
    content : bytes
        The notebook file as it was handed in.
    isolated : bool
        Whether its code runs where it can read and change nothing else; without
        it, it can do what the grader can.

    Raises
    ------
    NoIsolation
        If it is to be isolated, and cannot be on this machine.
    """
    started = time.monotonic()
    try:
        submission = read_submission(content)
    except Unreadable as reason:
        return not_graded(assignment, "unreadable", str(reason), time.monotonic() - started)
    for _ in range(TRIES):
        try:
            notebook = restore_cells(submission, assignment.notebook)
            with checker() as mine:
                run = _Run(assignment, notebook, isolated, mine)
                run.all_cells()
            return run.result(time.monotonic() - started)
        except NoIsolation:
            raise
        except (WarmProcessError, CheckerGone) as error:  # as far as is known, not its own fault
            message = str(error)
        except Exception as error:
            message = f"The notebook could not be run ({type(error).__name__}: {error})."
            break
    return not_graded(assignment, "crashed", message[:500], time.monotonic() - started)


class _Run:
    """One pass over a notebook's cells, checking each question where its check cell stands."""

    def __init__(
        self, assignment: Assignment, notebook: NotebookNode, isolated: bool, checker: Checker
    ):
        self.assignment, self.notebook, self.isolated = assignment, notebook, isolated
        self.checker, self.given = checker, checker.begin(assignment)
        released = assignment.notebook
        self.blank = {
            cell.metadata.nbgrader.grade_id: cell.source
            for cell in released.cells
            if cell.metadata.get("nbgrader", {}).get("solution")
        }
        self.results: dict[str, QuestionResult] = {}
        self.status, self.message, self.gone = "graded", None, None
        self.error: str | None = None

    def all_cells(self) -> None:
        """Run the cells in order; check what has no check cell of its own at the end."""
        files = {f"tests/{name}": source for name, source in self.assignment.public_tests.items()}
        with StudentKernel(self.notebook, self.assignment.limits, files, self.isolated) as kernel:
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

    def _question_of(self, cell: NotebookNode) -> str | None:
        tags = cell.metadata.get("nbgrader", {})
        name = tags.get("grade_id")
        return name if tags.get("grade") and name in self.assignment.questions else None

    def _run(self, kernel: StudentKernel, cell: NotebookNode, index: int) -> None:
        try:
            kernel.run(cell, index)
        except WarmProcessError:
            raise
        except (TimedOut, KernelGone) as reason:
            if self.gone is None:
                self._ended(reason, f"Cell {index + 1}, which begins `{_first_line(cell)}`: ", cell)
        except Exception as error:
            message = f"What cell {index + 1} displays could not be read: {error}"[:300]
            cell.outputs = []
            self._stopped("graded", message, cell)
        blank = self.blank.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
        for output in cell.outputs:
            if output.output_type == "error" and cell.source != blank and self.error is None:
                self.error = error_sentence(output.ename, output.evalue)

    def _ended(self, reason: Exception, where: str, cell: NotebookNode | None = None) -> None:
        """Note that a cell or a function ran too long, or took the kernel with it."""
        crashed = isinstance(reason, KernelGone) and not reason.timed_out
        if isinstance(reason, KernelGone):
            self.gone = f"{where}{reason} What comes after could not be checked."
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
        file = self.assignment.test_files[name]
        trouble = self.error if cell is not None else None
        try:
            copies = kernel.copy_out(self._names(name))
            result, told = self.checker.check(name, copies, trouble, kernel.call)
            if isinstance(kernel.failure, WarmProcessError):
                raise kernel.failure
            if kernel.failure is not None and self.gone is None:
                self._ended(kernel.failure, f"In the check of {name}: ")
                kernel.failure = None
        except (WarmProcessError, CheckerGone):
            raise
        except Exception as reason:
            if isinstance(reason, TimedOut | KernelGone) and self.gone is None:
                self._ended(reason, f"In the check of {name}: ")
            result = unchecked(file, trouble or self.gone or str(reason))
            told = outcome(result, {})
        self.results[name] = result
        if cell is not None:
            cell.outputs = _check_outputs(result)
            cell.metadata["course"] = told

    def _names(self, question: str) -> frozenset[str]:
        """Variables to copy for a question: not those that were copied for an earlier one."""
        copied = (self.assignment.own_variables[one] for one in self.results)
        return self.assignment.variables[question].difference(self.given, {"env"}, *copied)

    def result(self, seconds: float) -> GradedSubmission:
        """Collect what was found, in the order of the questions."""
        questions = tuple(self.results[name] for name in self.assignment.questions)
        self.notebook.metadata["course"] = {"status": self.status, "message": self.message}
        return GradedSubmission(self.status, questions, seconds, self.message, _text(self.notebook))


def _first_line(cell: NotebookNode) -> str:
    return cell.source.strip().split("\n")[0][:60]


def _text(notebook: NotebookNode) -> str:
    """The notebook as JSON that can be written: half of a surrogate pair cannot."""
    return nbformat.v4.writes(notebook).encode("utf-8", "replace").decode()


def _check_outputs(result: QuestionResult) -> list[NotebookNode]:
    """Show the result, and give nbgrader the score: the number that a grade cell returns."""
    shown = CheckDisplay(result)
    seen = {"text/html": shown._repr_html_(), "text/plain": repr(shown)}
    score = {"text/plain": repr(float(result.score))}
    outputs = [
        {"output_type": "display_data", "data": seen, "metadata": {}},
        {"output_type": "execute_result", "data": score, "metadata": {}, "execution_count": None},
    ]
    # As `new_output` makes them, which goes through the format's whole schema each time.
    return [nbformat.from_dict(output) for output in outputs]
