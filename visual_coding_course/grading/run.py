"""Grade a class: find the submissions, grade what is new, record it all."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from ..assignment import load_assignment, needs_of
from ..assignment.settings import Attempts
from ..isolation.ahead import prepare
from ..isolation.sandbox import check_hidden
from ..records.attempts import attempt_of, closed_since
from ..records.database import Unusable
from ..records.kept import of_earlier_package
from ..records.roster import read_roster
from ..records.tables import tables_of
from ..shared.files import alone
from .batch import grade_many
from .parameters import made_in, neighbours, written_down
from .record import GRADEBOOK, Record
from .submissions import Handed, Submission, look_through

LOCK = ".grading.lock"
ANOTHER = (
    "Another `course grade` is at work in {}. Wait until it ends, or give this one another folder "
    "with --out."
)
TOO_MANY = (
    "{} has handed in again, after all attempts that are graded ({}): the last of these counts. "
    "`--student` grades this one all the same."
)


class AlreadyGrading(RuntimeError):
    """Another `course grade` is at work in the same folder."""


class Coming(NamedTuple):
    """How submissions are graded that come as they are handed in.

    Attributes
    ----------
    gather : callable
        Called first, and about every second while submissions are graded, with the students whose
        are: fetches what was handed in by others, and says whether anything may be new.
    ready : callable
        Chooses of the submissions that were found those that may be graded now; also given the
        students whose submissions are being graded, and those who can hand in no more, so that
        theirs are to be graded for good.
    grade : callable
        Given the assignment, gives what `batch.kept_workers` does.
    """

    gather: Callable[[Collection[str]], bool]
    ready: Callable[[list[Submission], Collection[str], Collection[str]], list[Submission]]
    grade: Callable


def grade_class(
    course: Path,
    name: str,
    paths: Iterable[Path] = (),
    *,
    out: Path | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    timeout: float | None = None,
    isolated: bool = True,
    regrade: bool = False,
    students: Collection[str] = (),
    progress: Callable[[int, int, dict[str, Any] | None], None] = lambda done, total, row: None,
    tell: Callable[[str], None] = lambda sentence: None,
    found: Callable[[Handed], None] = lambda handed: None,
    coming: Coming | None = None,
) -> list[dict[str, Any]]:
    """Grade all submissions of an assignment that have not been graded as they are.

    What was graded with another version of the assignment, or by another version of judging, is
    left as it is, and told.

    Parameters
    ----------
    course : Path
        Course folder.
    name : str
        Assignment name.
    paths : iterable of Path
        Where the submissions are; nbgrader's ``submitted/`` by default.
    out : Path, optional
        Where the results go; the course folder by default.
    workers, scheduler, isolated
        As in `grade_many`.
    timeout : float, optional
        Seconds of processor time that one submission may take, instead of the assignment's.
    regrade : bool
        Grade again what was graded before.
    students : collection of str
        Grade these students' submissions alone, and again if they were graded before.
    progress : callable
        Called with (done, total, row) as each result ends; first with row None.
    tell : callable
        Told what the instructor should know, a sentence at a time.
    found : callable
        Called with what was found, and whose it was taken for.
    coming : Coming, optional
        Where submissions come as they are handed in: how that goes.

    Returns
    -------
    list of dict
        A row for each submission, as in ``results.jsonl``.

    Raises
    ------
    FileNotFoundError
        If the assignment, the submissions, or those of the students named are not there.
    AlreadyGrading
        If another run holds the folder.
    CannotRecord
        If the results cannot be written, because the disk is full, say.
    NoIsolation
        If student code cannot be isolated here, or would see submissions or results.
    """
    paths = list(paths)
    if not scheduler:
        needs = needs_of(course, name)
        prepare(isolated, needs)
        if isolated:
            check_hidden(needs, course, out or course, *paths)
    assignment = load_assignment(course, name)
    if coming and assignment.attempts is None:
        assignment = replace(assignment, attempts=Attempts())
    if timeout:
        limits = replace(assignment.limits, submission_seconds=timeout)
        limits = replace(limits, cell_seconds=min(limits.cell_seconds, timeout))
        assignment = replace(assignment, limits=limits)
    out = Path(out or course)
    handed = None if coming else look_through(course, name, paths)
    with alone(out / LOCK, AlreadyGrading(ANOTHER.format(out))):
        if coming:
            coming.gather(())
            handed = _look_where_there_is(course, name, paths)
        with Record(out, assignment, regrade, course) as record:

            def look(handed: Handed, busy: Collection[str] = ()) -> list[Submission]:
                rows = (one.row for one in record.graded().values())
                handed = handed.enrolled(record.roster()).named(rows)
                if coming:
                    again = closed_since(record.graded(), record.due())
                    chosen = coming.ready(handed.submissions, busy, again)
                    handed = handed._replace(submissions=chosen)
                submissions = _of(handed.submissions, students)
                submissions = written_down(out, assignment, submissions)
                found(handed._replace(submissions=submissions))
                return submissions

            def more(busy: Collection[str]) -> list[Submission]:
                if not coming.gather(busy):
                    return []
                return look(_look_where_there_is(course, name, paths), busy)

            return _grade_new(
                record, look(handed), regrade, students, progress, tell,
                coming.grade(record.assignment) if coming else partial(
                    grade_many, record.assignment, workers=workers, scheduler=scheduler,
                    isolated=isolated, tell=tell, made=made_in(course, name),
                ),
                more if coming else None,
            )  # fmt: skip


def _look_where_there_is(course: Path, name: str, paths: Iterable[Path]) -> Handed:
    """Look through places in which there may be nothing yet."""
    submissions, passed = [], []
    for path in paths:
        with suppress(FileNotFoundError):
            handed = look_through(course, name, [path])
            submissions += handed.submissions
            passed += handed.passed
    return Handed(submissions, passed)


def look_at_class(
    course: Path, name: str, paths: Iterable[Path] = (), out: Path | None = None
) -> Handed:
    """Say what `grade_class` would grade, and whose it would take it for; changes nothing.

    Parameters
    ----------
    course, name, paths, out
        As in `grade_class`.

    Raises
    ------
    FileNotFoundError
        If nothing was handed in.
    """
    handed = look_through(course, name, paths)
    rows = []
    with suppress(Unusable):
        handed = handed.enrolled(read_roster(Path(out or course) / GRADEBOOK))
    with suppress(OSError, ValueError):
        text = tables_of(Path(out or course), name)[0].read_text(encoding="utf-8")
        rows = [json.loads(line) for line in text.splitlines()]
    return handed.named(row for row in rows if row.get("assignment") == name)


def _of(submissions: list[Submission], students: Collection[str]) -> list[Submission]:
    """Those of some students; of all, if none is named."""
    missing = sorted(set(students).difference(one.student for one in submissions))
    if missing:
        raise FileNotFoundError(
            f"There is no submission of {', '.join(missing)}. There are those of "
            f"{', '.join(sorted(one.student for one in submissions))}."
        )
    return [one for one in submissions if not students or one.student in students]


def _grade_new(
    record: Record,
    submissions: list[Submission],
    regrade: bool,
    students: Collection[str],
    progress: Callable,
    tell: Callable[[str], None],
    grade: Callable,
    more: Callable[[Collection[str]], list[Submission]] | None,
) -> list[dict[str, Any]]:
    if made := record.make_again():
        tell(f"The missing files of {made} students were made again from the gradebook.")
    recorded = record.graded()
    if earlier := of_earlier_package(recorded.values()):
        tell(
            f"{earlier} results are from an earlier version of this package, which did not keep "
            "what they depend on. Those whose submissions are here are graded again, once; what "
            "was given by hand stays."
        )
    done, waiting, older = [], {}, []

    def new_among(submissions: list[Submission]) -> list[Submission]:
        new, due = {}, record.due()
        for submission in submissions:
            known, told = recorded.get(submission.student), submission.told
            attempt = attempt_of(
                record.assignment.attempts, submission.student, submission.digest(), known, due,
                told.attempt,
            )  # fmt: skip
            if attempt.too_many and not students:
                tell(TOO_MANY.format(submission.student, record.assignment.attempts.graded))
                done.append(known.row)
                continue
            if regrade or students or not attempt.known:
                attempts = max(attempt.number, told.attempts)
                told = told._replace(attempt=attempt.number, attempts=attempts)
                new[replace(submission, told=told, open=attempt.open)] = attempt.digest
                continue
            done.append(known.row)
            record.keep_from_exchange(submission)
            if differs := record.differing(known.versions):
                older.append(differs)
        waiting.update(new)
        return list(new)

    def come_since() -> list[Submission]:
        recorded.update(record.graded())
        return new_among(more({one.student for one in waiting}))

    new = new_among(submissions)
    if older:
        what = ", ".join(sorted(set().union(*older)))
        tell(
            f"{len(older)} of {len(submissions)} were graded with another version ({what}), and "
            "keep their grades. `--regrade` grades them again."
        )
    progress(len(done), len(done) + len(new), None)
    try:
        for submission, graded in grade(new, **({"more": come_since} if more else {})):
            done.append(record.add(submission, graded, waiting.pop(submission)))
            progress(len(done), len(done) + len(waiting), done[-1])
        if changed := record.take_off_again():
            tell(
                f"What is taken off for handing in late was worked out anew for {changed} students."
            )
    finally:
        record.finish()
    for sentence in neighbours(done):
        tell(sentence)
    return done
