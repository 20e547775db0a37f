"""Grade a class: find the submissions, grade what is new, record it all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from ..assignment import load_assignment
from .ahead import prepare
from .batch import grade_many
from .record import Record
from .submissions import Submission, find_submissions

LOCK = ".grading.lock"


class AlreadyGrading(RuntimeError):
    """Another `course grade` is at work in the same folder."""


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
    progress: Callable[[int, int, dict[str, Any] | None], None] = lambda done, total, row: None,
) -> list[dict[str, Any]]:
    """Grade all submissions of an assignment that have not been graded as they are.

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
        Seconds that one submission may take, instead of the assignment's.
    regrade : bool
        Grade again what was graded before.
    progress : callable
        Called with (done, total, row) as each result ends; first with row None.

    Returns
    -------
    list of dict
        A row for each submission, as in ``results.jsonl``.

    Raises
    ------
    FileNotFoundError
        If the assignment or the submissions are not there.
    AlreadyGrading
        If another run holds the folder.
    CannotRecord
        If the results cannot be written, because the disk is full, say.
    """
    if not scheduler:
        prepare(isolated)
    assignment = load_assignment(course, name)
    if timeout:
        limits = replace(assignment.limits, submission_seconds=timeout)
        limits = replace(limits, cell_seconds=min(limits.cell_seconds, timeout))
        assignment = replace(assignment, limits=limits)
    submissions = find_submissions(course, name, paths)
    out = Path(out or course)
    with _alone(out), Record(out, assignment) as record:
        return _grade_new(
            record, submissions, regrade, progress,
            workers=workers, scheduler=scheduler, isolated=isolated,
        )  # fmt: skip


def _grade_new(
    record: Record,
    submissions: list[Submission],
    regrade: bool,
    progress: Callable,
    **options: Any,
) -> list[dict[str, Any]]:
    before = {} if regrade else record.graded()
    done, waiting = [], {}
    for submission in submissions:
        digest, row = before.get(submission.student, (None, None))
        now = record.digest(submission)
        if digest == now:
            done.append(row)
        else:
            waiting[submission] = now
    progress(len(done), len(submissions), None)
    try:
        for submission, graded in grade_many(record.assignment, list(waiting), **options):
            done.append(record.add(submission, graded, waiting[submission]))
            progress(len(done), len(submissions), done[-1])
    finally:
        record.finish()
    return done


@contextmanager
def _alone(folder: Path):
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise AlreadyGrading(
            f"Another `course grade` is at work in {folder}. Wait until it ends, or give this "
            "one another folder with --out."
        ) from None
    try:
        yield
    finally:
        lock.release()
