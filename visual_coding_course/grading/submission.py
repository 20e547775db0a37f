"""Grade one submission: a pure function from what was handed in to a result.

It is run in a process of its own, which has limits. Where what went wrong may be the grader's
doing, it is tried again, and the control says whose it was: the solution, graded as a
submission in the same place.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ..assignment import Assignment
from ..isolation import warm
from ..isolation.forked import FORKS, OUT_OF_TIME, Forked, Killed, limit_memory, limit_time, pooled
from ..isolation.sandbox import NoIsolation
from ..records.graded import GradedSubmission, not_graded, not_run
from .again import DOUBT
from .checker import Checker, CheckerGone
from .control import settle, tried_enough
from .judging import WHOLE, Checked, not_checked
from .running import run_submission

#: Of the process that reads a submission, hears its kernel, and makes its page: memory beyond what
#: it has, and processor time of its own.
MOST_MEGABYTES = 1024
MOST_SECONDS = 60.0
SPARE_SECONDS = 120.0  # until it is waited for no longer, beyond all that its parts may take


def grade_submission(
    assignment: Assignment,
    content: bytes,
    *,
    files: Mapping[str, bytes] | None = None,
    isolated: bool = True,
) -> GradedSubmission:
    """Run a submitted notebook and check its answers.

    Touches no database and no shared folder, and raises for nothing that a
    submission holds or does.

    Parameters
    ----------
    assignment : Assignment
        What to grade against.
    content : bytes
        The notebook file as it was handed in.
    files : mapping of str to bytes, optional
        What was handed in beside it, by relative path.
    isolated : bool
        Whether its code runs where it can read and change nothing else; without
        it, it can do what the grader can.

    Returns
    -------
    GradedSubmission
        Without doubts: what the grader could not do has the status ``not_graded``.

    Raises
    ------
    NoIsolation
        If it is to be isolated, and cannot be on this machine.
    """
    tries: list[GradedSubmission] = []
    while not tried_enough(tries):
        tries.append(grade_once(assignment, content, files=files, isolated=isolated))
    if not tries[-1].doubts:
        return tries[-1]
    return settle(assignment, tries, failure_of_control(assignment, isolated=isolated))


def failure_of_control(
    assignment: Assignment, *, isolated: bool = True, apart: bool = True
) -> dict[str, str]:
    """Grade the solution, which gets full marks wherever grading works.

    Parameters
    ----------
    assignment, isolated, apart
        As in `grade_once`.

    Returns
    -------
    dict of str to str
        What went wrong, by question; under `WHOLE`, what was about none. Empty if all is well.
    """
    if not assignment.solution:
        return {}
    solution = assignment.solution.encode()
    graded = grade_once(assignment, solution, isolated=isolated, apart=apart)
    failures = dict(graded.doubts)
    if graded.status != "graded":
        failures.setdefault(WHOLE, graded.message or graded.status)
    for question in graded.questions:
        if question.score != question.max_score:
            hints = " ".join(question.hints) or "It lost points."
            failures.setdefault(question.name, hints)
    return failures


def grade_once(
    assignment: Assignment,
    content: bytes,
    *,
    files: Mapping[str, bytes] | None = None,
    isolated: bool = True,
    apart: bool = True,
) -> GradedSubmission:
    """Grade a submission; the result has the doubts whether it is the grader that failed.

    Parameters
    ----------
    assignment, content, files, isolated
        As in `grade_submission`.
    apart : bool
        Whether in a process of its own, as what a student handed in must be. What is imported and
        kept when it is not, those processes have from the start.

    Raises
    ------
    NoIsolation
        As `grade_submission`.
    """
    started = time.monotonic()
    try:
        with pooled(_idle_checkers, Checker) as mine:
            given = mine.begin(assignment)
            what = (assignment, content, files or {}, isolated, given, _Judge(mine))
            if not (FORKS and apart):
                return run_submission(*what)
            with pooled(_idle_runners, Runner) as runner:
                return runner.run(*what)
    except NoIsolation:
        raise
    except (Killed, _Ours, OSError) as error:
        doubtful = not_graded(assignment, (str(error),), time.monotonic() - started)
        return replace(doubtful, doubts={WHOLE: str(error)})
    except Exception as error:
        reason = str(error) if isinstance(error, _TELLING) else f"{type(error).__name__}: {error}"
    message = f"The notebook could not be run: {reason}"[:500]
    return not_run(
        assignment, "crashed", message, time.monotonic() - started, doubts={WHOLE: reason}
    )


class _Ended(RuntimeError):
    """The process of a submission was ended, or ended by itself; says where."""


class _Ours(RuntimeError):
    """The machine failed the process of a submission, as nothing that it holds can make it."""


_TELLING = (CheckerGone, _Ended, warm.WarmProcessError)  # whose words need no name before them


class _Judge:
    """Make of a checker what `run_submission` asks."""

    def __init__(self, checker: Checker):
        self.checker, self.again, self.right_of = checker, checker.again, checker.right_of

    def check(
        self, question: str, copies: Path, trouble: str | None, call: Callable, bare: bool = False
    ) -> Checked:
        try:
            result, told = self.checker.check(question, copies, trouble, call, bare)
        except (CheckerGone, Killed):
            raise
        except Exception as reason:
            trouble, assignment = trouble or str(reason), self.checker.assignment
            return not_checked(assignment, question, trouble, str(reason))
        doubt = next(iter(getattr(result, "broken", ())), None)
        return Checked(result, told, forgotten=not self.checker.alive, doubt=doubt)


class Runner:
    """A process that runs one submission after the other."""

    def __init__(self):
        self._forked: Forked | None = None
        self._made_for: tuple = ()

    def run(
        self,
        assignment: Assignment,
        content: bytes,
        files: Mapping[str, bytes],
        isolated: bool,
        given: frozenset[str],
        judge: _Judge,
    ) -> GradedSubmission:
        """Do what `run_submission` does, in a process that is ended when it takes too much.

        What came of the first run counts, whatever ends the process in a second one.
        """
        self._begin(assignment, isolated)
        pipe, limits, where = self._forked.pipe, assignment.limits, "Beginning"
        most = limits.wall_seconds(limits.submission_seconds) + MOST_SECONDS + SPARE_SECONDS
        deadline = time.monotonic() + most
        first = None
        try:
            pipe.send((content, files, isolated, given))
            while True:
                if not pipe.poll(max(0.0, deadline - time.monotonic())):
                    raise _Ended(f"{where} took longer than it may.")
                what, value = pipe.recv()
                if what == "at":
                    where = value
                elif what == "check":
                    started = time.monotonic()
                    question, copies, trouble, bare = value
                    pipe.send(judge.check(question, copies, trouble, _caller(pipe), bare))
                    deadline += time.monotonic() - started  # which has a limit of its own
                elif what in ("again", "right_of"):
                    pipe.send(getattr(judge, what)(*value))
                elif what == "first":
                    first = value
                elif what == "raised":
                    raise value
                elif what == "ours":
                    raise _Ours(f"{where} was not possible: {value}")
                elif what == "failed":
                    raise _Ended(f"{where} was not possible: {value}")
                else:
                    if what == "worn":
                        self.end()
                    return value
        except (_Ended, _Ours):
            if first is None:
                raise
            self.end()
            return replace(first, doubts={WHOLE: DOUBT, **first.doubts})
        except (EOFError, OSError):
            forked, self._forked = self._forked, None
            spent = forked.ended(f"{where} stopped: the process that did it") == OUT_OF_TIME
            if first is not None:
                return replace(first, doubts={WHOLE: DOUBT, **first.doubts})
            why = f"took more than {MOST_SECONDS:g} s of the grader's own time"
            raise _Ended(f"{where} {why if spent else 'ended the process that did it'}.") from None

    def _begin(self, assignment: Assignment, isolated: bool) -> None:
        """Have a process that knows the assignment, and is connected to the isolated kernels."""
        kernels = warm.connection(assignment.needs) if isolated else None
        made_for = (assignment.fingerprint, kernels)
        if self._forked is not None and (made_for != self._made_for or not self._forked.alive):
            self.end()
        if self._forked is None:
            kept = [] if kernels is None else [kernels.fileno()]
            self._forked = Forked(_serve, assignment, kept=kept, dies_with_thread=True)
            self._made_for = made_for

    @property
    def alive(self) -> bool:
        """Whether it has a process."""
        return self._forked is not None

    @property
    def pid(self) -> int:
        """Id of its process."""
        return self._forked.pid

    def end(self) -> int | None:
        """End the process, if there is one; the next submission gets another."""
        forked, self._forked = self._forked, None
        return None if forked is None else forked.end()


_idle_checkers: deque[Checker] = deque()
_idle_runners: deque[Runner] = deque()


def _caller(pipe: Connection) -> Callable[[str, list[bytes]], Path]:
    """Make of a pipe to the process what calls the student's functions in it."""

    def call(name: str, given: list[bytes]) -> Path:
        pipe.send(("call", name, given))
        what, answer = pipe.recv()
        if what == "cannot":
            raise RuntimeError(answer)
        return answer

    return call


# In the process --------------------------------------------------------------------------


def _serve(pipe: Connection, assignment: Assignment) -> None:
    crowded = limit_memory(MOST_MEGABYTES)

    judge = _Distant(pipe)

    def at(where: str) -> None:
        pipe.send(("at", where))

    def keep(first: GradedSubmission) -> None:
        pipe.send(("first", first))
        limit_time(MOST_SECONDS)

    while True:
        try:
            given = pipe.recv()
            limit_time(MOST_SECONDS)
            graded = run_submission(assignment, *given, judge, at, keep)
            # What did not fit once may have left too little for what comes next.
            pipe.send(("worn" if crowded() else "graded", graded))
        except (EOFError, BrokenPipeError, ConnectionError):
            return
        except warm.WarmProcessError as error:
            pipe.send(("raised", error))
        except Exception as error:
            whose = "ours" if isinstance(error, OSError) else "failed"
            pipe.send((whose, f"{type(error).__name__}: {error}"[:300]))


class _Distant:
    """Ask the judge, who is at the other end of a pipe."""

    def __init__(self, pipe: Connection):
        self._pipe = pipe

    def check(
        self, question: str, copies: Path, trouble: str | None, call: Callable, bare: bool = False
    ) -> Checked:
        self._pipe.send(("check", (question, copies, trouble, bare)))
        while not isinstance(answer := self._pipe.recv(), Checked):
            self._pipe.send(_called(call, *answer[1:]))
        return answer

    def again(self) -> None:
        self._pipe.send(("again", ()))
        self._pipe.recv()

    def right_of(self, question: str, only: set[str] | None = None) -> tuple[bytes, frozenset[str]]:
        self._pipe.send(("right_of", (question, only)))
        return self._pipe.recv()


def _called(
    call: Callable[[str, list[bytes]], Path], name: str, given: list[bytes]
) -> tuple[str, Any]:
    try:
        return "returned", call(name, given)
    except Exception as reason:
        return "cannot", str(reason)
