"""Read what came out of a kernel, and judge it, in a process of its own that can be ended.

A check that takes too long costs its question the points and nothing else. The process keeps what
it has read of the recordings for the submissions that come after.

An answer is copied when its own question is checked, and later questions build upon that copy. So
nobody can put another value there afterwards, and have what follows from it counted as right.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from dataclasses import replace
from itertools import takewhile
from multiprocessing.connection import Connection
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ..assignment import Assignment
from ..checking.about import STEPS, declared
from ..checking.cases import CannotCheck, remembering, run_cases
from ..checking.drawings import drawing_of
from ..checking.expecting import steps_of
from ..checking.named import points_alone
from ..checking.others import fits
from ..checking.results import QuestionResult, unchecked
from ..checking.wrong import Broken
from ..inside import kinds
from ..inside.copies import CopyRefused, Foreign, read_copies, read_kept, uncopied, write_copies
from ..inside.listen import ERROR_ENTRY, RESULT_ENTRY, UNUSABLE_ENTRY
from ..isolation.exchange import take
from ..isolation.forked import OUT_OF_TIME, Forked, Killed, limit_memory, limit_time
from ..pages.feedback.outcome import MOST_PLOTS, outcome, without_values
from .restore import given_names

MOST_KEPT = 64 * 1024**2  # bytes of an answer, for later questions to build upon
NOT_CALLED = "`{name}` could not be called: what it should be called with was not there."
MOST_ERROR = 300  # characters of what a student's function raises
IDLE_SECONDS = 30.0  # without processor time, until a check is waited for no longer
TOO_MUCH = (
    "Its check took longer than {limits.check_seconds:g} s, or more than "
    "{limits.check_megabytes} MB, and was stopped. Is there far more in an answer than was asked "
    "for?"
)


class CheckerGone(RuntimeError):
    """The process ended, by no fault of the submission's that is known."""


class TooMuch(RuntimeError):
    """A check took more time than it may."""


class Checker:
    """A process that checks the answers of one submission after the other.

    Its process is started when it is asked for the first time, and when the one before has ended.
    """

    def __init__(self):
        self._forked: Forked | None = None
        self.assignment: Assignment | None = None

    @property
    def alive(self) -> bool:
        """Whether the process is there that had the answers until now."""
        return self._forked is not None

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._forked.pid

    def begin(self, assignment: Assignment) -> frozenset[str]:
        """Begin with a submission.

        Returns
        -------
        frozenset of str
            The variables that cases take from the assignment rather than from the submission.
        """
        self.assignment = assignment
        return self._begin()

    def _begin(self) -> frozenset[str]:
        assignment = self.assignment
        if self._forked is not None:
            # The one that is there may be gone, or know another assignment.
            with contextlib.suppress(LookupError, CheckerGone, Killed):
                return self._ask("begin", assignment.fingerprint)
        if self._forked is not None:
            return self._ask("begin", assignment.fingerprint, assignment)
        assignment.make()  # here, where what follows it has it, too, and need not make it again
        self._forked = Forked(_serve, assignment)
        return self._ask("begin", assignment.fingerprint)

    def check(
        self,
        question: str,
        copies: Path,
        trouble: str | None,
        call: Callable[[str, list[bytes]], Path],
        bare: bool = False,
    ) -> tuple[QuestionResult, dict[str, Any]]:
        """Check one question.

        Parameters
        ----------
        question : str
            Its name.
        copies : Path
            Archive of the variables that are not copied yet.
        trouble : str, optional
            As in `cases.run_cases`.
        call : callable
            Calls the student's function of a name, as `StudentKernel.call` does, or raises why it
            cannot be called.
        bare : bool
            Whether only points by case, and slips by their names, are to come of it.

        Returns
        -------
        (QuestionResult, dict)
            Without the answers' values; and what the feedback page shows of it.

        Raises
        ------
        CheckerGone
            If the process ended.
        Killed
            If somebody killed it.
        """
        if self._forked is None:
            self._begin()
        try:
            return self._ask("check", question, copies, trouble, bare, call=call)
        except TooMuch as reason:
            result = unchecked(self.assignment.test_files[question], str(reason))
            return result, outcome(result, {})

    def again(self) -> None:
        """Begin with the same submission again: nothing of what it answered is known any more."""
        self._begin()

    def right_of(self, question: str, only: set[str] | None = None) -> tuple[bytes, frozenset[str]]:
        """Take a question's right answers for the student's, for the questions after it.

        Parameters
        ----------
        question : str
            Its name.
        only : set of str, optional
            Names of its, where nothing else is to be taken.

        Returns
        -------
        (bytes, frozenset of str)
            An archive of them, which a kernel can read; and their names, with functions'.
        """
        if self._forked is None:
            self._begin()
        return self._ask("right_of", question, only)

    def _ask(self, *request: Any, call: Callable[[str, list[bytes]], Path] | None = None) -> Any:
        limits, pipe = self.assignment.limits, self._forked.pipe
        try:
            pipe.send(request)
            while True:
                while call and not pipe.poll(IDLE_SECONDS):
                    # The machine may have much else to do; of processor time, there is a limit.
                    if not self._forked.works():
                        self.end()
                        raise CheckerGone("A check did not end, and took no processor time.")
                kind, answer = pipe.recv()
                if kind != "call":
                    break
                pipe.send(_called(call, *answer))
        except (EOFError, OSError) as error:
            forked, self._forked = self._forked, None
            if forked.ended("The grader's checking process") == OUT_OF_TIME:
                raise TooMuch(TOO_MUCH.format(limits=limits)) from None
            raise CheckerGone("The grader's checking process ended.") from error
        if kind == "worn":
            self.end()
        if kind == "raised":
            raise answer
        return answer

    def end(self) -> int | None:
        """End the process, if there is one; the next check gets another. Returns its exit code."""
        forked, self._forked = self._forked, None
        return None if forked is None else forked.end()


def _called(
    call: Callable[[str, list[bytes]], Path], name: str, given: list[bytes]
) -> tuple[str, Any]:
    try:
        return "returned", call(name, given)
    except Exception as reason:
        return "cannot", f"`{name}` could not be called: {reason}"


# In the process --------------------------------------------------------------------------


def _serve(pipe: Connection, assignment: Assignment) -> None:
    limits = assignment.limits
    crowded = limit_memory(limits.check_megabytes)
    state = _State(pipe, assignment)
    while True:
        try:
            what, *rest = pipe.recv()
        except (EOFError, OSError):
            return
        limit_time(limits.check_seconds if what == "check" else None)
        try:
            answer = getattr(state, what)(*rest)
            # What did not fit once may have left too little for what comes next.
            pipe.send(("worn" if crowded() else "done", answer))
        except (LookupError, CopyRefused) as error:
            pipe.send(("raised", type(error)(*error.args)))
        except Exception as error:  # of a kind that may not survive the journey
            pipe.send(("raised", RuntimeError(f"{type(error).__name__}: {error}"[:300])))


class _State:
    """What is known of the submission that is being checked."""

    def __init__(self, pipe: Connection, assignment: Assignment):
        self.pipe, self.assignment = pipe, assignment
        self.right: dict[str, Any] | None = None

    def begin(self, fingerprint: str, assignment: Assignment | None = None) -> frozenset[str]:
        if assignment is not None:
            self.assignment, self.right = assignment, None
        if fingerprint != self.assignment.fingerprint:
            raise LookupError(fingerprint)
        if self.right is None:
            self._know(self.assignment)
        self.fixed = {name: self.right[name] for name in self.right.keys() & self.given}
        self.fixed["expected"] = SimpleNamespace(**self.right)
        self.answers: dict[str, Any] = {}
        self.plots_left = MOST_PLOTS
        return frozenset(self.fixed)

    def _know(self, assignment: Assignment) -> None:
        if assignment.needs.kinds:
            kinds.know(assignment.needs.kinds)
        self.given = given_names(assignment.as_released)
        self.right = read_kept(assignment.expected, Foreign(**assignment.needs.foreign))

    def check(
        self, question: str, copies: Path, trouble: str | None, bare: bool
    ) -> tuple[QuestionResult, dict[str, Any]]:
        file = self.assignment.test_files[question]
        needs = self.assignment.needs
        foreign = Foreign(**needs.foreign, function=self._function, figure=drawing_of)
        copied = read_copies(take(copies), foreign)
        # A function keeps what it returned, for the questions that come after as well.
        copied = {name: remembering(value) for name, value in copied.items()}
        known = {**self.answers, **copied}
        taken = {name: known[name] for name in self.assignment.variables[question] & known.keys()}
        values = {**taken, **self.fixed}
        result = run_cases(file, values, trouble, self.assignment.about, calls_first=True)
        own = self.assignment.own_variables[question] & copied.keys()
        self.answers |= {name: copied[name] for name in own if _size(copied[name]) <= MOST_KEPT}
        if not bare and self.assignment.pools and result.score != result.max_score:
            mine = {name: copied[name] for name in own}
            result = replace(result, fits=self._fits(mine))
        if bare:
            return points_alone(result, self.assignment.about, self.assignment.modules), {}
        drawn = self.assignment.right_figures
        told = outcome(result, self.right, self.assignment.about, drawn, self.plots_left)
        self.plots_left -= sum(hint["plot"] is not None for hint in told["hints"])
        return without_values(result), told

    def _fits(self, answers: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
        """Other parameters that wrong answers are right for; found by steps, if it has any."""
        assignment = self.assignment
        if STEPS not in assignment.modules:
            return ()
        steps = steps_of(declared(assignment.modules, STEPS))
        given = {name: value for name, value in self.fixed.items() if name != "expected"}
        found = (
            (name, fits(steps, answers, given, name, pool))
            for name, pool in assignment.pools.items()
        )
        return tuple(one for one in found if one[1] is not None)

    def right_of(self, question: str, only: set[str] | None) -> tuple[bytes, frozenset[str]]:
        own, foreign = self.assignment.own[question], Foreign(**self.assignment.needs.foreign)
        taken = own.names | own.given if only is None else only
        kept = self.assignment.carried.get(question) if taken - {*own.functions} else None
        right = {} if kept is None else read_kept(kept, foreign)
        right = {name: value for name, value in right.items() if name in taken}
        for name in own.names & right.keys():
            self.answers[name] = right[name]
        functions = taken.intersection(own.functions)
        for name in functions:
            self.answers[name] = remembering(self._function(name))
        names = own.names.intersection({*right, *functions})
        return write_copies(right), names

    def _function(self, name: str) -> Any:
        if not name:
            return uncopied("function")

        made: dict[bytes, Path] = {}

        def student_function(*args: Any, **kwargs: Any) -> Any:
            given = write_copies({"args": args, "kwargs": kwargs})
            if given not in made:
                made.update(self._call(name, [given]))
            copied = read_copies(take(made.pop(given)))
            if UNUSABLE_ENTRY in copied:
                raise Broken(NOT_CALLED.format(name=name)) from OSError(
                    str(copied[UNUSABLE_ENTRY])[:MOST_ERROR]
                )
            if ERROR_ENTRY in copied:
                raise RuntimeError(str(copied[ERROR_ENTRY])[:MOST_ERROR])
            return copied.get(RESULT_ENTRY)

        def call_all(many: list[tuple]) -> None:
            waiting = [write_copies({"args": args, "kwargs": {}}) for args in many]
            while waiting:
                done = self._call(name, waiting)
                made.update(done)
                waiting = waiting[len(done) :]

        student_function.__name__ = student_function.__qualname__ = name
        student_function.call_all = call_all
        return student_function

    def _call(self, name: str, given: list[bytes]) -> dict[bytes, Path]:
        """Have the student's function called; returns where results are, of the first or more."""
        self.pipe.send(("call", (name, given)))
        what, answer = self.pipe.recv()
        if what == "cannot":
            raise CannotCheck(answer)
        paths = [answer.with_name(f"{answer.name}.{number}") for number in range(len(given))]
        there = list(takewhile(os.path.lexists, paths)) or paths[:1]
        return dict(zip(given, there))


def _size(value: Any) -> int:
    return int(getattr(value, "nbytes", 0))
