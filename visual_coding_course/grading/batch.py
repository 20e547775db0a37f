"""Grade many submissions at once, on Dask.

Each worker grades the control, the solution, before it gets work, and again when something failed
there that may not be the submission's doing. Every submission is given to one worker by name; what
a worker had that is lost is given to another.
"""

from __future__ import annotations

import pickle
import queue
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..assignment import Assignment
from ..isolation.sandbox import NoIsolation
from ..records.graded import GradedSubmission, not_graded, not_run
from . import worker
from .cluster import NoScheduler, connected
from .handed import NotAccepted, Submission, told_of

AHEAD = 2  # submissions for each thread of a worker that are there before it is free
LOOK_SECONDS = 1.0  # between two looks at which workers there are
REPLACED_SECONDS = 120.0  # when there is a worker again at the latest, where all have gone
MOST_LOSSES = 5  # of workers that had a submission, until it is left for the next run
FETCHED_SECONDS = 30.0  # when the result of a submission that is done is here at the latest
MOST_WORKERS = 1_000_000  # no fewer are started for what is not there yet
MOST_CONTROLS = 3  # that fail, until a worker is given up
PAUSE_SECONDS = 5.0  # until the next of them


@dataclass(eq=False)
class _Task:
    """A submission that is to be graded."""

    submission: Submission
    content: bytes
    files: dict[str, bytes]
    losses: int = 0
    tries: list[GradedSubmission] = field(default_factory=list)  # what came of it, in doubt
    doubted_by: str | None = None  # the worker where it was tried last


@dataclass(eq=False)
class _Worker:
    """A worker, and what it is at."""

    address: str
    threads: int
    begun: Any = None  # the future of its control; None when it is to get one
    not_before: float = 0.0
    fit: bool = False
    failures: int = 0
    running: dict[Any, _Task] = field(default_factory=dict)

    def room(self, ahead: int) -> int:
        return ahead * self.threads - len(self.running) if self.fit else 0


def grade_many(
    assignment: Assignment,
    submissions: list[Submission],
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    isolated: bool = True,
    tell: Callable[[str], None] = lambda sentence: None,
    made: Path = Path(),
) -> Iterator[tuple[Submission, GradedSubmission]]:
    """Grade submissions in parallel, and yield each result as it ends.

    Parameters
    ----------
    assignment : Assignment
        What to grade against.
    submissions : list of Submission
        What was handed in.
    workers : int, optional
        Processes of the local cluster; as many as there are cores by default.
    scheduler : str, optional
        Address of a running Dask scheduler to use instead, such as
        ``tls://10.0.0.1:8786``. Its workers need this package, the recordings
        and bubblewrap.
    isolated : bool
        As in `grade_submission`.
    tell : callable
        Told, in a sentence for the instructor, of a worker that cannot grade.
    made : Path
        From `parameters.made_in`, where students have parameters of their own.

    Raises
    ------
    NoIsolation
        If student code is to be isolated, and cannot be on this machine, or on
        any of the workers.
    NoScheduler
        If the scheduler cannot be reached, or none of its workers has this
        version of the package.

    Yields
    ------
    (Submission, GradedSubmission)
        In the order in which they end.
    """
    if not submissions:
        return
    options = {"scheduler": scheduler, "isolated": isolated, "tell": tell, "made": made}
    with kept_workers(assignment, workers, most=len(submissions), **options) as grade:
        yield from grade(submissions)


@contextmanager
def kept_workers(
    assignment: Assignment,
    workers: int | None = None,
    *,
    scheduler: str | None = None,
    isolated: bool = True,
    tell: Callable[[str], None] = lambda sentence: None,
    made: Path = Path(),
    most: int = MOST_WORKERS,
    begun: bool = False,
) -> Iterator[Callable[..., Iterator[tuple[Submission, GradedSubmission]]]]:
    """Keep workers that know an assignment, for submissions that come one by one.

    Parameters
    ----------
    assignment, workers, scheduler, isolated, tell, made
        As in `grade_many`.
    most : int
        No more workers are started than this.
    begun : bool
        Whether to wait until they have graded the control.

    Yields
    ------
    callable
        Called with submissions, does what `grade_many` does. A second argument, ``more``, is called
        about every second while they are graded, and gives others that have come since.
    """
    with connected(most, workers, scheduler, isolated, assignment.needs) as client:
        grading = _Grading(assignment, client, scheduler, isolated, tell, made)
        if begun:
            grading.begin()
        yield grading.results


class _Grading:
    """Which worker has what, and what is still to be done."""

    def __init__(
        self,
        assignment: Assignment,
        client: Any,
        scheduler: str | None,
        isolated: bool,
        tell: Callable[[str], None],
        made: Path,
    ):
        self.made = made.absolute()
        self.assignment, self.client, self.isolated, self.tell = assignment, client, isolated, tell
        # A cluster of this machine's has this process' own version.
        self.local, self.version = (
            scheduler is None,
            worker.about(assignment.needs.packages) if scheduler else None,
        )
        self.new, self.again = deque(), deque()
        self.workers: dict[str, _Worker] = {}
        self.refused: dict[str, Exception | None] = {}  # workers that are given up, and by what
        self.reasons: list[str] = []  # sentences about them
        self.ended: queue.Queue = queue.Queue()
        self.alone_since = time.monotonic()

    def results(
        self,
        submissions: list[Submission],
        more: Callable[[], list[Submission]] = list,
    ) -> Iterator[tuple[Submission, GradedSubmission]]:
        """Yield what comes of each submission, and of those that come meanwhile."""
        self.new.extend(submissions)
        self.alone_since = time.monotonic()
        try:
            yield from self._results(more)
        finally:
            self._forget()

    def begin(self) -> None:
        """Have the workers that there are grade the control, as far as they can."""
        self._look()
        while not all(here.fit for here in self.workers.values()):
            with suppress(queue.Empty):
                address, future = self.ended.get(timeout=LOOK_SECONDS)
                if (here := self.workers.get(address)) and future is here.begun:
                    self._begun(here, future)
            self._look()

    def _forget(self) -> None:
        """Leave what was not waited for."""
        self.new.clear()
        self.again.clear()
        for here in self.workers.values():
            for future in here.running:
                future.cancel()
            here.running.clear()

    def _results(
        self, more: Callable[[], list[Submission]]
    ) -> Iterator[tuple[Submission, GradedSubmission]]:
        looked = float("-inf")
        while self.new or self.again or self._running():
            if time.monotonic() - looked > LOOK_SECONDS:
                self._look()
                self.new.extend(more())
                looked = time.monotonic()
            if self._nobody_left():
                yield from self._left_over()
                return
            yield from self._hand_out()
            try:
                address, future = self.ended.get(timeout=LOOK_SECONDS)
            except queue.Empty:
                continue
            here = self.workers.get(address)
            if here is None or future.cancelled():
                continue  # it was lost, and what it had is with another
            if future is here.begun:
                self._begun(here, future)
            elif future in here.running:
                yield from self._graded(here, here.running.pop(future), future)

    def _running(self) -> int:
        return sum(len(here.running) for here in self.workers.values())

    # Workers -----------------------------------------------------------------------------

    def _look(self) -> None:
        """See which workers there are; have new ones grade the control."""
        try:
            threads = self.client.nthreads()
        except (OSError, RuntimeError) as error:
            raise NoScheduler(
                f"The Dask scheduler does not answer any more ({error}). What is graded is "
                "recorded; start it again, and run the same command: it goes on."
            ) from error
        for address in self.workers.keys() - threads.keys():
            self._lost(self.workers.pop(address))
        for address in threads.keys() - self.workers.keys() - self.refused.keys():
            self.workers[address] = _Worker(address, max(1, threads[address]))
        now = time.monotonic()
        for here in self.workers.values():
            if here.begun is None and now >= here.not_before:
                given = (pickle.dumps(self.assignment), self.isolated)
                here.begun = self._submit(here, "begin", *given, self.version)
        if self.workers:
            self.alone_since = now

    def _submit(self, here: _Worker, function: str, *given: Any) -> Any:
        future = self.client.submit(
            *worker.call(function, *given), workers=[here.address], pure=False
        )
        future.add_done_callback(lambda done: self.ended.put((here.address, future)))
        return future

    def _begun(self, here: _Worker, future: Any) -> None:
        """Take in whether a worker's control got full marks."""
        try:
            failure = future.result(timeout=FETCHED_SECONDS)
        except Exception as error:
            if why := worker.why_not(error):
                self._give_up(here, why, error)
                return
            failure = {"": f"{type(error).__name__}: {error}"[:300]}
        if failure:
            self._unfit(here, failure)
        else:
            here.fit, here.failures = True, 0

    def _unfit(self, here: _Worker, failure: dict[str, str]) -> None:
        """Give a worker whose control failed no more work; try it again a little later."""
        here.fit, here.begun = False, None
        here.failures += 1
        here.not_before = time.monotonic() + PAUSE_SECONDS
        if here.failures >= MOST_CONTROLS:
            reasons = "; ".join(f"{name}: {why}" if name else why for name, why in failure.items())
            self._give_up(here, f"it could not grade the solution itself ({reasons})")

    def _give_up(self, here: _Worker, why: str, error: Exception | None = None) -> None:
        where = "A worker" if self.local else f"The worker {here.address}"
        sentence = f"{where} gets no work: {why.rstrip('.')}."
        if sentence not in self.reasons:
            self.reasons.append(sentence)
            self.tell(sentence)
        self.refused[here.address] = error
        self._lost(self.workers.pop(here.address))

    def _lost(self, here: _Worker) -> None:
        """Have what a worker had done by another."""
        for future, task in here.running.items():
            future.cancel()
            task.losses += 1
            self.again.appendleft(task)
        here.running.clear()

    def _nobody_left(self) -> bool:
        if self.workers:
            return False
        return bool(self.refused) or time.monotonic() - self.alone_since > REPLACED_SECONDS

    def _left_over(self) -> Iterator[tuple[Submission, GradedSubmission]]:
        """Say that what is left could not be graded: no worker is."""
        errors = [error for error in self.refused.values() if error is not None]
        if self.refused and len(errors) == len(self.refused):
            kind = NoIsolation if isinstance(errors[0], NoIsolation) else NoScheduler
            raise kind(" ".join(self.reasons)) from errors[0]
        reasons = self.reasons or ["All workers stopped, and no new one came."]
        for task in self.again:
            yield task.submission, self._not_graded(*reasons)
        for submission in self.new:
            yield submission, self._not_graded(*reasons)

    def _not_graded(self, *reasons: str) -> GradedSubmission:
        return not_graded(self.assignment, reasons)

    # Submissions -------------------------------------------------------------------------

    def _hand_out(self) -> Iterator[tuple[Submission, GradedSubmission]]:
        """Give work to who has room; yields what needs none."""
        fit = [here for here in self.workers.values() if here.fit]
        for here in sorted(fit, key=lambda here: len(here.running)):
            # The last ones go to whoever is free first, and not behind another.
            ahead = AHEAD if len(self.new) > len(self.workers) else 1
            while here.room(ahead) > 0 and (task := self._next_for(here, len(fit))):
                if isinstance(task, tuple):
                    yield task
                    continue
                arguments = (self.assignment.fingerprint, task.content, task.files, self.isolated)
                one = task.submission
                told = told_of(one, self.assignment)
                own = (one.parameters, str(self.made), one.open, one.student, told)
                here.running[self._submit(here, "grade", *arguments, *own)] = task

    def _next_for(self, here: _Worker, fit: int) -> _Task | tuple | None:
        for task in self.again:
            if task.doubted_by != here.address or fit == 1:
                self.again.remove(task)
                if task.losses >= MOST_LOSSES:
                    reason = f"{task.losses} workers stopped that had it."
                    return task.submission, self._not_graded(reason)
                return task
        if not self.new:
            return None
        submission = self.new.popleft()
        try:
            return _Task(submission, submission.read(), submission.files())
        except NotAccepted as reason:
            if reason.status == "not_graded":
                return submission, self._not_graded(str(reason))
            return submission, not_run(self.assignment, reason.status, str(reason))

    def _graded(
        self, here: _Worker, task: _Task, future: Any
    ) -> Iterator[tuple[Submission, GradedSubmission]]:
        """Take in what a worker says of a submission."""
        try:
            graded, failure = future.result(timeout=FETCHED_SECONDS)
        except worker.NotBegun:
            # It was started anew, under the same address.
            here.fit, here.begun = False, None
            self.again.appendleft(task)
            return
        except Exception as error:  # it is gone with the worker, before it could be fetched
            future.cancel()
            task.losses += 1
            if task.losses >= MOST_LOSSES:
                yield task.submission, self._not_graded(f"{type(error).__name__}: {error}"[:300])
            else:
                self.again.append(task)
            return
        if failure:
            self._unfit(here, failure)
        if not graded.doubts:
            yield task.submission, graded
            return
        from .control import settle, tried_enough  # which the coordinator seldom needs

        task.tries.append(graded)
        if not tried_enough(task.tries) and any(other.fit for other in self.workers.values()):
            task.doubted_by = here.address
            self.again.append(task)
        else:
            yield task.submission, settle(self.assignment, task.tries, failure)
