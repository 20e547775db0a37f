"""Run a notebook once more, with right answers put in for those that lost points.

So a mistake costs its own question, and not those that build on it. Each question is judged at its
check, before anything of its own is put in. If it lost points, all names that its cells define get
their right values after it, and so do earlier answers that they overwrite; if it did not, the
functions that it is right without, and that later code may call. Nothing comes of this run but
points by case, and names of slips: whatever else it shows, or the time it takes, could tell what is
right.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

import nbformat
from nbformat import NotebookNode

from ..assignment import Assignment
from ..assignment.carried import is_code
from ..assignment.statements import names_set, statements
from ..checking.results import QuestionResult
from ..inside.copies import CopyRefused
from ..isolation.exchange import take
from ..isolation.kernel import KernelGone, Spent, StudentKernel, TimedOut
from ..isolation.warm import WarmProcessError
from ..pages.feedback.outcome import outcome
from ..records.graded import GradedSubmission
from .judging import FILE_TROUBLE, WHOLE, Judge, beside, check_outputs, question_of

#: What may have been the grader's failure; no more is said of it.
DOUBT = "The second run, with right answers put in, could not be carried out."


def can_gain(
    assignment: Assignment,
    notebook: NotebookNode,
    graded: GradedSubmission,
    judged: Collection[str],
) -> bool:
    """Whether a second run may give points.

    Something can be put in for a question that lost points, and one after it did, too, in which
    the student has written anything; or one did that calls a function which is nowhere defined.

    Parameters
    ----------
    assignment : Assignment
        What it was graded against.
    notebook : NotebookNode
        The submission, as it was run.
    graded : GradedSubmission
        What came of that.
    judged : collection of str
        The questions whose checks were reached.
    """
    full = all(question.score == question.max_score for question in graded.questions)
    if full or not assignment.carry_forward:
        return False
    cells, undefined = _cells_of(assignment, notebook), _undefined(assignment, notebook)
    wrong_before, missing_before = False, set()
    for question in graded.questions:
        lost = question.score != question.max_score
        own = cells[question.name]
        if lost and own and (wrong_before or missing_before & _names_read(own)):
            return True
        if question.name in judged:
            wrong_before |= lost and _is_carried(assignment, question.name)
            missing_before |= undefined.get(question.name, set())
    return False


def _is_carried(assignment: Assignment, question: str) -> bool:
    own = assignment.own.get(question)
    return own is not None and bool(question in assignment.carried or own.functions)


def _undefined(assignment: Assignment, notebook: NotebookNode) -> dict[str, set[str]]:
    """Functions of each question that a submission reads and does not define."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    found = [one for cell in cells for one in statements(cell.source) or []]
    defined = {name for one in found for name in names_set(one.nodes)}
    wanted = _names_read(cells) - defined
    return {name: wanted.intersection(own.functions) for name, own in assignment.own.items()}


def _overwritten(assignment: Assignment, notebook: NotebookNode) -> dict[str, dict[str, set[str]]]:
    """Earlier answers that each question's cells give another value, by the question they are to.

    Not those that they define anew, as a function: it may be called as theirs.
    """
    cells, found = _cells_of(assignment, notebook), {}
    for number, name in enumerate(assignment.questions):
        parts = [one.nodes for cell in cells[name] for one in statements(cell.source) or []]
        set_here = names_set(node for nodes in parts for node in nodes if not is_code(node))
        found[name] = {
            earlier: both
            for earlier in assignment.questions[:number]
            if (both := set_here & assignment.own_variables[earlier]) and earlier in assignment.own
        }
    return found


def _names_read(cells: Collection[NotebookNode]) -> set[str]:
    """Names that code reads."""
    return {
        node.id
        for cell in cells
        for one in statements(cell.source) or []
        for part in one.nodes
        for node in ast.walk(part)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def _cells_of(assignment: Assignment, notebook: NotebookNode) -> dict[str, list[NotebookNode]]:
    """Code cells before each question's check that are not as they were released."""
    released = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in assignment.as_released.cells
        if "nbgrader" in cell.metadata
    }
    found: dict[str, list[NotebookNode]] = {}
    cells: list[NotebookNode] = []
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        if name := question_of(cell, assignment.questions):
            found[name], cells = cells, []
        elif cell.source.strip() and cell.source != released.get(
            cell.metadata.get("nbgrader", {}).get("grade_id")
        ):
            cells.append(cell)
    left = [name for name in assignment.questions if name not in found]
    return found | dict.fromkeys(left, cells)


class Again:
    """The second run.

    Parameters
    ----------
    assignment, files, isolated, given
        As in `running.run_submission`.
    notebook : NotebookNode
        The submission, as it was run.
    first : GradedSubmission
        What came of that.
    judge : Judge
        Checks questions, and gives right answers.

    Attributes
    ----------
    results : dict of str to QuestionResult
        What came of each question that was judged.
    put : dict of str to frozenset of str
        The names that were put in after each question.
    doubts : dict of str to str
        As in `GradedSubmission`.
    """

    def __init__(
        self,
        assignment: Assignment,
        notebook: NotebookNode,
        first: GradedSubmission,
        given: frozenset[str],
        judge: Judge,
    ):
        self.assignment, self.given, self.judge = assignment, given, judge
        self.notebook = copy.deepcopy(notebook)
        for cell in self.notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = []
        self.hoped = {one.name for one in first.questions if one.score != one.max_score}
        self.asked = frozenset().union(*(own.names for own in assignment.own.values()))
        self.undefined = _undefined(assignment, notebook)
        self.overwritten = _overwritten(assignment, notebook)
        self.results: dict[str, QuestionResult] = {}
        self.put: dict[str, frozenset[str]] = {}
        self.doubts: dict[str, str] = {}
        self.copied: set[str] = set()

    def run(self, files: Mapping[str, bytes], isolated: bool, spent: Spent) -> None:
        """Run the cells, until no question is left that could gain."""
        limits, needs = self.assignment.limits, self.assignment.needs
        around = beside(self.assignment, files)
        self.judge.again()
        with StudentKernel(self.notebook, limits, around, isolated, needs, spent) as kernel:
            for index, cell in enumerate(self.notebook.cells):
                if not (self.hoped - self.results.keys() and kernel.alive):
                    return
                if cell.cell_type != "code":
                    continue
                if name := question_of(cell, self.assignment.questions):
                    self._within(self._check, kernel, name)
                else:
                    self._within(self._run, kernel, cell, index)
            for name in self.assignment.questions:
                if name not in self.results and kernel.alive:
                    self._within(self._check, kernel, name)

    def _within(self, do: Callable[..., None], kernel: StudentKernel, *arguments) -> None:
        """Do something in the kernel; what ends it, or takes too long, costs no more than that."""
        try:
            do(kernel, *arguments)
        except WarmProcessError:
            raise
        except (TimedOut, KernelGone) as reason:
            self._doubt(reason)

    def _doubt(self, reason: Exception) -> None:
        if isinstance(reason, WarmProcessError):
            raise reason
        if not getattr(reason, "by_grader", False):
            self.doubts.setdefault(WHOLE, DOUBT)

    def _run(self, kernel: StudentKernel, cell: NotebookNode, index: int) -> None:
        try:
            kernel.run(cell, index)
        except (WarmProcessError, TimedOut, KernelGone):
            raise
        except Exception:  # what it displays cannot be read, and is not looked at
            cell.outputs = []
        for output in cell.outputs:
            if output.output_type == "error" and FILE_TROUBLE.search(
                f"{output.ename}: {output.evalue}"[:300]
            ):
                self.doubts.setdefault(WHOLE, DOUBT)
        cell.outputs = []

    def _check(self, kernel: StudentKernel, name: str) -> None:
        own = self.assignment.variables[name]
        known = self.copied.union(*self.put.values())
        copies = kernel.copy_out(own.difference(self.given, {"env"}, known))
        checked = self.judge.check(name, copies, None, kernel.call, bare=True)
        self.copied = (
            set() if checked.forgotten else self.copied | self.assignment.own_variables[name]
        )
        if checked.doubt is not None:
            self.doubts.setdefault(name, DOUBT)
        self.results[name] = checked.result
        if kernel.failure is not None:
            reason, kernel.failure = kernel.failure, None
            self._doubt(reason)
        self._put_in(kernel)

    def _put_in(self, kernel: StudentKernel) -> None:
        """Put in what was lost, in the order of the questions.

        Never before all up to it are judged: so nothing of its own, or of a later one, is there
        when a question is judged.
        """
        for name in self.assignment.questions:
            if name not in self.results or not self.hoped - self.results.keys():
                return
            if name in self.put or not _is_carried(self.assignment, name):
                continue
            result, self.put[name] = self.results[name], frozenset()
            if result.score != result.max_score:
                self._put(kernel, name, None, after=name)
                for earlier, names in self.overwritten[name].items():
                    self._put(kernel, earlier, names, after=name)
            elif self.undefined[name]:
                self._put(kernel, name, self.undefined[name], after=name)

    def _put(self, kernel: StudentKernel, name: str, only: set[str] | None, after: str) -> None:
        """Put in what a question asks for, or some of it."""
        own = self.assignment.own[name]
        right, names = self.judge.right_of(name, only)
        self.put[after] |= names
        functions = [one for one in own.functions if only is None or one in only]
        done = kernel.put_in(right, functions, own.code, own.given, self.asked)
        try:
            take(done)
        except CopyRefused:
            self.doubts.setdefault(WHOLE, DOUBT)


def better(
    assignment: Assignment, notebook: NotebookNode, first: GradedSubmission, again: Again
) -> GradedSubmission:
    """Take for each question the better of two runs.

    Parameters
    ----------
    assignment : Assignment
        What it was graded against.
    notebook : NotebookNode
        The submission, as it was run.
    first : GradedSubmission
        What came of the first run; of anything but points, the first alone is told.
    again : Again
        The second run.
    """
    cells = _cells_of(assignment, notebook)
    gained: dict[str, QuestionResult] = {}
    for question in first.questions:
        second = again.results.get(question.name)
        if second is None or second.score <= question.score:
            continue
        names = _taken(assignment, question.name, cells, again.put)
        points = round(second.score - question.score, 6)
        gained[question.name] = replace(
            second, carried_forward=points, carried_with=names, before=question
        )
    doubts = {**again.doubts, **first.doubts}
    if not gained:
        return replace(first, doubts=doubts)
    shown = nbformat.reads(first.notebook, as_version=4)
    for cell in shown.cells:
        name = question_of(cell, gained)
        if name and cell.cell_type == "code":
            cell.outputs = check_outputs(gained[name])
            cell.metadata["course"] = outcome(gained[name], {})
    questions = tuple(gained.get(one.name, one) for one in first.questions)
    text = nbformat.v4.writes(shown).encode("utf-8", "replace").decode()
    return replace(first, questions=questions, notebook=text, doubts=doubts)


def _taken(
    assignment: Assignment,
    question: str,
    cells: Mapping[str, list[NotebookNode]],
    put: Mapping[str, frozenset[str]],
) -> tuple[str, ...]:
    """Which of the names that were put in a question's code reads; all that were, if none."""
    before = assignment.questions[: assignment.questions.index(question)]
    names = [name for one in before for name in sorted(put.get(one, ()))]
    read = _names_read(cells.get(question, []))
    asked = set().union(*(assignment.own_variables[one] for one in before))
    found = [name for name in names if name in read] or [name for name in names if name in asked]
    return tuple(dict.fromkeys(found or names))
