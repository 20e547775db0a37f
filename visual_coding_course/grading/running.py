"""One pass over a submission: read it, run its cells, check each question at its check."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping

import nbformat
from nbformat import NotebookNode

from ..assignment import Assignment
from ..assignment.marks import another
from ..assignment.parameters import take_typed
from ..checking.errors import error_sentence
from ..checking.results import QuestionResult
from ..inside.leftovers import NOTE
from ..isolation.kernel import KernelGone, StudentKernel, TimedOut
from ..isolation.warm import WarmProcessError
from ..pages.feedback.pieces import prepare
from ..records.graded import GradedSubmission, not_run
from .again import Again, better, can_gain
from .judging import (
    FILE_TROUBLE,
    WHOLE,
    Judge,
    beside,
    check_outputs,
    not_checked,
    question_of,
)
from .parameters import note_typed
from .reading import Unreadable, read_submission
from .restore import restore_cells

#: Beside a cell, and characters of one.
MOST_NOTES, MOST_NOTE = 4, 300


def run_submission(
    assignment: Assignment,
    content: bytes,
    files: Mapping[str, bytes],
    isolated: bool,
    given: frozenset[str],
    judge: Judge,
    at: Callable[[str], None] = lambda where: None,
    keep: Callable[[GradedSubmission], None] = lambda graded: None,
) -> GradedSubmission:
    """Run a submitted notebook and have its answers checked; once more, if that may give points.

    Parameters
    ----------
    assignment, content, files, isolated
        As in `submission.grade_submission`.
    given : frozenset of str
        Variables that cases take from the assignment rather than from the submission.
    judge : Judge
        Judges the answers.
    at : callable
        Told what is about to be done, for who has to say where it ended.
    keep : callable
        Given what came of the first run, before there is a second.

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
    typed = take_typed(submission, assignment.as_released) if assignment.pools else None
    notebook = restore_cells(submission, assignment.as_released)
    note = note_typed(notebook, assignment, typed)
    run = _Run(assignment, notebook, given, judge, at)
    run.foreign = another(submission, assignment.as_released, assignment.name, assignment.others)
    run.note = note
    run.all_cells(files, isolated)
    # Of a second run, not even the time that it takes is told.
    first = run.result(time.monotonic() - started)
    if not can_gain(assignment, notebook, first, run.judged):
        return first
    keep(first)
    at("The second run")
    again = Again(assignment, notebook, first, given, judge)
    again.run(files, isolated, run.spent)
    return better(assignment, notebook, first, again)


class _Run:
    """One pass over a notebook's cells."""

    def __init__(
        self,
        assignment: Assignment,
        notebook: NotebookNode,
        given: frozenset[str],
        judge: Judge,
        at: Callable[[str], None],
    ):
        self.assignment, self.notebook, self.given = assignment, notebook, given
        self.judge, self.at = judge, at
        self.blank = {
            cell.metadata.nbgrader.grade_id: cell.source
            for cell in assignment.as_released.cells
            if cell.metadata.get("nbgrader", {}).get("solution")
        }
        self.results: dict[str, QuestionResult] = {}
        self.judged: set[str] = set()
        self.copied: set[str] = set()
        self.status, self.message, self.gone = "graded", None, None
        self.error: str | None = None
        self.foreign: str | None = None  # what is said of another assignment's notebook
        self.note: str | None = None  # what is said of an id that was typed
        self.doubts: dict[str, str] = {}

    def all_cells(self, files: Mapping[str, bytes], isolated: bool) -> None:
        """Run the cells in order; check what has no check cell of its own at the end."""
        limits, needs = self.assignment.limits, self.assignment.needs
        around = beside(self.assignment, files)
        with StudentKernel(self.notebook, limits, around, isolated, needs) as kernel:
            for index, cell in enumerate(self.notebook.cells):
                if cell.cell_type != "code":
                    continue
                question = question_of(cell, self.assignment.questions)
                if question:
                    self._check(kernel, question, cell)
                    self.error = None
                else:
                    self._run(kernel, cell, index)
            for question in self.assignment.questions:
                if question not in self.results:
                    self._check(kernel, question)
            self.spent = kernel.spent
        self.at("Putting the results together")

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
        take_notes(cell)
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
            checked = self.judge.check(name, copies, trouble, kernel.call)
            own = self.assignment.own_variables[name]
            self.copied = set() if checked.forgotten else self.copied | own
            if isinstance(kernel.failure, WarmProcessError):
                raise kernel.failure
            if kernel.failure is not None and self.gone is None:
                self._ended(kernel.failure, f"In the check of {name}: ")
                kernel.failure = None
            if self.gone is None:  # else a second run would end here, too
                self.judged.add(name)
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
        if not sum(question.score or 0 for question in questions):
            self.message = self.foreign or self.message
        self.message = " ".join(filter(None, [self.message, self.note])) or None
        self.notebook.metadata["course"] = {
            "status": self.status,
            "message": self.message,
            "recordings": self.assignment.needs.note,
            "title": self.assignment.title,
        }
        prepare(self.notebook, self.assignment.as_released)
        return GradedSubmission(
            self.status, questions, seconds, self.message, _text(self.notebook), self.doubts
        )


def take_notes(cell: NotebookNode) -> None:
    """Put the notes that a cell's kernel left among its outputs beside the cell."""
    left = [output for output in cell.outputs if NOTE in output.get("data", {})]
    if not left:
        return
    cell.outputs = [output for output in cell.outputs if NOTE not in output.get("data", {})]
    before = cell.metadata.get("course", {}).get("note")
    notes = [str(output["data"][NOTE])[:MOST_NOTE] for output in left[:MOST_NOTES]]
    cell.metadata["course"] = {"note": " ".join(filter(None, [before, *notes]))}


def _first_line(cell: NotebookNode) -> str:
    return cell.source.strip().split("\n")[0][:60]


def _text(notebook: NotebookNode) -> str:
    """The notebook as JSON that can be written: half of a surrogate pair cannot."""
    # Nobody reads it as text, and to indent it, as nbformat does, takes ten times as long.
    text = json.dumps(notebook, ensure_ascii=False, sort_keys=True)
    return text.encode("utf-8", "replace").decode()
