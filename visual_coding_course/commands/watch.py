"""Grade what is handed in, as it comes, and give the pages back.

It keeps no state of its own: what is graded stands in the gradebook, what was collected in
``submitted/``, what was given back in the exchange. So it goes on wherever it ended, however it
did.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..assignment import Assignment, SettingsError, outdated, read_settings
from ..assignment.settings import Attempts
from ..assignment.versions import package_digest_now
from ..grading.batch import kept_workers
from ..grading.parameters import made_in
from ..grading.record import CannotRecord
from ..grading.run import AlreadyGrading, Coming, grade_class
from ..grading.submissions import SUBMITTED, Handed, Submission
from ..isolation.sandbox import NoIsolation
from ..shared import files
from ..shared.files import short
from ..shared.markup import plain
from . import settled
from .exchange import Attempt, Exchange
from .status import Status

LOCK = ".watching-{}.lock"
ANOTHER = (
    "A `course watch {}` is running in {} already. One is enough: look at its terminal or its "
    "service, and end it there if it is not wanted."
)
LOOK_SECONDS = 0.5  # between two looks at what was handed in
LOOK_SHARE = 20  # looking takes no more than one part in so many of the time
QUIET_SECONDS = 120.0  # after which all is looked through, also if nothing came: a due date passes
RETRY_SECONDS = (2.0, 60.0)  # after which what was not possible is tried again: at first, at most
TOO_MANY = (
    "This is not graded: the first {} attempts are, and you have handed in as many. The last of "
    "them counts."
)
STILL_SECONDS = 30.0  # that `once` waits for files that are being written


class AlreadyWatching(RuntimeError):
    """Another `course watch` is at work for the same assignment in the same folder."""


class CodeChanged(RuntimeError):
    """What runs is not what is there any more."""


class NotBuilt(RuntimeError):
    """The assignment has to be built first."""


@dataclass
class Watching:
    """What a watch is at.

    Attributes
    ----------
    course : Path
        Course folder.
    name : str
        Of the assignment.
    folders : list of Path
        Where things are handed in besides ``submitted/``, which the exchange is collected into.
    out : Path
        Where results go.
    exchange : Exchange or None
        Where nbgrader's students hand in.
    status : Status
        What says what was done.
    """

    course: Path
    name: str
    folders: list[Path]
    out: Path
    exchange: Exchange | None
    status: Status
    #: By student: what was looked at, as `settled.about` tells it. It need not be read again.
    seen: dict[str, tuple] = field(default_factory=dict)
    #: Folders of ``submitted/`` that were collected whole, so that nobody writes there.
    whole: set[Path] = field(default_factory=set)
    #: Students whose page is to be given back, and was not yet.
    to_release: set[str] = field(default_factory=set)
    signs: Any = None
    more: bool = False  # something is there that cannot be taken yet
    failed: bool = False  # something was not possible, by no fault of the students'
    unfit: bool = False  # and it may be the workers'

    @property
    def places(self) -> list[Path]:
        """Where submissions are looked for."""
        return [self.course / SUBMITTED, *self.folders]

    def changed(self) -> bool:
        """Whether there is anything to look at."""
        return self.more or self._signs() != self.signs

    def _signs(self) -> tuple[dict, frozenset]:
        there = self.exchange is not None and self.exchange.is_there
        return settled.signs(self.places), self.exchange.signs() if there else frozenset()

    def forget(self) -> None:
        """Look at everything anew: what was begun may not have been ended."""
        self.seen.clear()
        self.signs = None

    # What `grade_class` asks -----------------------------------------------------------------

    def gather(self, busy: Collection[str]) -> bool:
        """Collect what is new in the exchange; say whether anything may be, there or elsewhere."""
        now, begin = self._signs(), self.signs is None
        if now == self.signs and not self.more:
            return False
        self.signs, self.more = now, False
        policy = read_settings(self.course / "source" / self.name).attempts or Attempts()
        if begin and policy.one_by_one:  # what was collected before is graded first
            self.more = True
        elif self.exchange is not None and self.exchange.is_there:
            found, self.more = self.exchange.attempts()
            for student, attempts in sorted(found.items()):
                self._collect(student, attempts, policy, busy)
        return True

    def _collect(
        self, student: str, attempts: list[Attempt], policy: Attempts, busy: Collection[str]
    ) -> None:
        before = self.exchange.collected(student)
        new = [one for one in attempts if before is None or one.time > before]
        left = max(0, min(len(new), policy.most - (len(attempts) - len(new))))
        for one in new[left:]:
            self._refuse(one, policy)
        new = new[:left]
        if not new:
            return
        if student in busy:  # what is graded is given back by what lies beside it
            self.more = True
            return
        self.more |= policy.one_by_one and len(new) > 1
        if not self.exchange.collect(new[0] if policy.one_by_one else new[-1]):
            self.failed = True
        else:
            folder = self.course / SUBMITTED / student / self.name
            self.whole.add(folder)
            # What was done here is no news.
            there, _ = self.signs
            for path in [one for one in there if Path(one).is_relative_to(folder)]:
                del there[path]
            there.update(settled.signs([folder]))

    def _refuse(self, attempt: Attempt, policy: Attempts) -> None:
        """Say that an attempt is not graded, to its student, too."""
        try:
            if self.exchange.refuse(attempt, TOO_MANY.format(policy.graded)):
                self.status.say(f"{plain(attempt.student)}: handed in again, after {policy.graded} "
                         "attempts; not graded")  # fmt: skip
        except OSError as error:
            self.failed = True
            self.status.tell(f"{plain(attempt.student)} could not be told so: {error}")

    def ready(
        self, submissions: list[Submission], busy: Collection[str], again: Collection[str]
    ) -> list[Submission]:
        """Choose what has changed since it was looked at, and is not being written or graded."""
        chosen = []
        for one in submissions:
            about = settled.about(one)
            if self.seen.get(one.student) == about and one.student not in again:
                continue
            if one.student in busy:
                self.more = True
            elif one.path.parent in self.whole or settled.is_settled(one):
                self.seen[one.student] = about
                chosen.append(one)
            else:
                self.more = True
        return chosen

    def found(self, handed: Handed) -> None:
        """Tell what is no submission."""
        for one in handed.passed:
            self.status.tell(f"{plain(short(one.path))} is not graded: {plain(one.reason)}.")

    def graded(self, done: int, total: int, row: dict[str, Any] | None) -> None:
        """Say what came of a submission, and give its page back."""
        self.status.counted(row is not None, total - done)
        self.status.look()
        if row is None:
            return
        student = row["student"]
        if row["score"] is None:
            self.failed = self.unfit = True
            self.seen.pop(student, None)
        self.to_release.add(student)
        released = self.release(student)
        self.status.say(_line(row, released))

    def release(self, student: str) -> bool:
        """Give a page back; what is not possible is told, and tried again."""
        try:
            released = self.exchange is not None and self.exchange.release(student)
        except OSError as error:
            self.status.tell(f"The page of {plain(student)} could not be given back: {error}")
            self.failed = True
            return False
        self.to_release.discard(student)
        return released


def _line(row: dict[str, Any], released: bool) -> str:
    """Say what came of a submission."""
    if row["score"] is None:
        points = "could not be graded, and will be again"
    else:
        points = f"{row['score']:g} of {row['max_score']:g} points"
    status = "" if row["status"] in ("graded", "not_graded") else f" ({row['status']})"
    back = ", page given back" if released else ""
    return f"{plain(row['student'])}: {points}{status}, {row['seconds']:.1f} s{back}"


def alone(out: Path, name: str) -> AbstractContextManager[None]:
    """See that nobody else watches; the lock goes with the process, however that ends.

    Raises
    ------
    AlreadyWatching
        If somebody does.
    """
    return files.alone(out / LOCK.format(name), AlreadyWatching(ANOTHER.format(name, out)))


class Workers:
    """Warm workers that are kept from one round to the next; a context manager.

    Parameters
    ----------
    course, name
        As in `Watching`.
    ahead : bool
        Whether to start them before there is anything to grade.
    options
        As `batch.kept_workers` takes them.
    """

    def __init__(self, course: Path, name: str, ahead: bool = True, **options: Any):
        self.course, self.name, self.ahead, self.options = course, name, ahead, options
        self._stack, self._made_for, self._grade = ExitStack(), None, None

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *exception) -> None:
        self.end()

    def end(self) -> None:
        """End them; the next submissions get others."""
        stack, self._stack, self._made_for = self._stack, ExitStack(), None
        stack.close()

    def about(self, assignment: Assignment) -> Callable:
        """Give what grades submissions of this assignment, on workers that know it."""

        def grade(submissions: list[Submission], more: Callable) -> Iterator:
            if not (submissions or self.ahead):
                return iter(())
            if self._made_for != assignment.fingerprint:
                self.end()
                made = made_in(self.course, self.name)
                kept = kept_workers(assignment, made=made, begun=self.ahead, **self.options)
                self._grade = self._stack.enter_context(kept)
                self._made_for = assignment.fingerprint
            return self._grade(submissions, more)

        return grade


def watch(
    watching: Watching,
    workers: Workers,
    *,
    once: bool = False,
    heed: Callable[[], None] = lambda: None,
    **options: Any,
) -> None:
    """Grade what is handed in, until interrupted.

    Parameters
    ----------
    watching : Watching
        What is watched.
    workers : Workers
        Who grades.
    once : bool
        Whether to end when what is there now is graded. What goes wrong is raised then; else it is
        told, and tried again.
    heed : callable
        Called at each look; raises KeyboardInterrupt if somebody has asked for the end.
    options
        ``scheduler`` and ``isolated``, as `grade_class` takes them.
    """
    if watching.exchange is not None:
        watching.to_release.update(watching.exchange.students_with_page())
    given_up, due, wait = time.monotonic() + STILL_SECONDS, 0.0, 0.0
    version, in_trouble = package_digest_now(), False
    while True:
        heed()
        watching.status.look()
        began = time.monotonic()
        changed = watching.changed()
        looked = time.monotonic() - began
        if began >= due or (changed and not in_trouble):
            if package_digest_now() != version:
                raise CodeChanged("The course's code has changed since this began: start it again.")
            try:
                _round(watching, workers, options)
                watching.status.trouble("")
                later, in_trouble = watching.failed, False
                if watching.unfit:
                    workers.end()
            except Exception as error:
                if once:
                    raise
                watching.forget()
                watching.status.trouble(f"{_sentence(error)} This is tried again until it works.")
                later = in_trouble = True
                if not isinstance(error, AlreadyGrading | CannotRecord):
                    workers.end()
            wait = min(2 * wait or RETRY_SECONDS[0], RETRY_SECONDS[1]) if later else 0.0
            due = time.monotonic() + (wait or QUIET_SECONDS)
        if once and not (watching.more and time.monotonic() < given_up):
            return
        time.sleep(max(LOOK_SECONDS, LOOK_SHARE * looked))


def _round(watching: Watching, workers: Workers, options: dict[str, Any]) -> None:
    """Grade what is new, and give back what was not yet."""
    if why := outdated(watching.course, watching.name):
        raise NotBuilt(f"{why} Call `course build {watching.name}`.")
    watching.failed = watching.unfit = False
    coming = Coming(watching.gather, watching.ready, workers.about)
    grade_class(
        watching.course, watching.name, watching.places, out=watching.out,
        progress=watching.graded, tell=watching.status.tell, found=watching.found, coming=coming,
        **options,
    )  # fmt: skip
    for student in sorted(watching.to_release):
        if watching.release(student):
            watching.status.say(f"{plain(student)}: page given back")


def _sentence(error: Exception) -> str:
    known = isinstance(error, OSError | AlreadyGrading | NotBuilt | NoIsolation | SettingsError)
    text = str(error) if known else f"{type(error).__name__}: {error}"
    return f"{' '.join(text.split()).rstrip('.')}."
