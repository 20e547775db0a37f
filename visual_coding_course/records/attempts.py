"""Which attempt of a student's it is, and whether there may be another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from nbgrader.api import Assignment, SubmittedAssignment
from sqlalchemy import Connection, select

from ..assignment.settings import Attempts

#: What stands at the end of the digest of what was graded while there might be another attempt: so
#: it is another one when there can be none, and the submission is graded for good.
OPEN = "open"


class Due(NamedTuple):
    """By when something was to be handed in: for all, and extensions by student."""

    date: datetime | None
    extensions: dict[str, timedelta]

    def is_past(self, student: str) -> bool:
        """Whether it is too late for a student now."""
        if self.date is None:
            return False
        # As nbgrader keeps it: in UTC, without saying so.
        now = datetime.now(UTC).replace(tzinfo=None)
        return now > self.date + self.extensions.get(student, timedelta())


def due_dates(connection: Connection, assignment_id: str) -> Due:
    """Read by when an assignment was to be handed in."""
    date = connection.scalar(select(Assignment.duedate).where(Assignment.id == assignment_id))
    found = connection.execute(
        select(SubmittedAssignment.student_id, SubmittedAssignment.extension).where(
            SubmittedAssignment.assignment_id == assignment_id,
            SubmittedAssignment.extension.is_not(None),
        )
    )
    return Due(date, {student: extension for student, extension in found})


class Attempt(NamedTuple):
    """Which attempt a submission is.

    Attributes
    ----------
    number : int
        From 1.
    open : bool
        Whether its student may hand in again.
    digest : str
        Of the submission, and of whether there may be another.
    known : bool
        Whether it is what was graded last, as it is.
    too_many : bool
        Whether it comes after the last that is graded.
    """

    number: int
    open: bool
    digest: str
    known: bool
    too_many: bool


def attempt_of(
    policy: Attempts | None, student: str, digest: str, before: Any, due: Due, told: int = 1
) -> Attempt:
    """Tell which attempt a submission is.

    Parameters
    ----------
    policy : Attempts or None
        The assignment's.
    student : str
        Id.
    digest : str
        Of the submission.
    before : kept.Known or None
        What was graded of the student last.
    due : Due
        By when it was to be handed in.
    told : int
        Which it is by the names of the files.
    """
    graded = before.digest if before else ""
    same = not graded or digest.startswith(graded.removesuffix(OPEN))
    number = max(told, 1)
    if policy is not None:
        earlier = ((before.row.get("handed_in") or {}).get("attempt") or 1) if before else 0
        # What could not be graded, by no fault of the student's, was none.
        number = max(number, earlier + (not same))
    last = policy is None or number >= policy.most or due.is_past(student)
    whole = digest if last else digest[: -len(OPEN)] + OPEN
    too_many = policy is not None and number > policy.most and not same
    return Attempt(number, not last, whole, graded == whole, too_many)


def closed_since(results: dict[str, Any], due: Due) -> set[str]:
    """Tell who can hand in no more since what they had handed in was graded.

    Parameters
    ----------
    results : dict of str to kept.Known
        By student.
    due : Due
        By when it was to be handed in.
    """
    return {
        student for student, known in results.items()
        if known.digest.endswith(OPEN) and due.is_past(student)
    }  # fmt: skip
