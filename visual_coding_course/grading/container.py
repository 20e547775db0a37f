"""Grade what lies in the container of an autograder zip, as `course check` does.

Gradescope lays it out in ``/autograder``, and so does otter in a folder of its own: ``source``
holds the zip, ``submission`` what was handed in.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from ..assignment import Assignment, load_assignment, read_settings
from ..assignment.autograder import COURSE
from ..inside.confine import NOBODY
from ..isolation import ordinary, sandbox, warm
from ..notebook.attempts import readable_counts
from ..records.graded import GradedSubmission, not_graded, not_run
from ..records.gradescope import COUNTS, Around, results
from ..records.late import Policy
from ..shared.folder import assignments
from .gradescope import Handed, read_container
from .parameters import about, about_typed, made_in
from .submissions import NotAccepted, Submission, submission_in

METADATA, SUBMISSION, SOURCE = "submission_metadata.json", "submission", "source"
RESULTS = Path("results", "results.json")
AS_ANOTHER = "Student code runs as another user, who cannot read what is root's."
AS_GRADER = (
    "Student code runs as the grader: it can read the checks and the solution, and write results."
)
FOR_ROOT = 0o700


class Container(NamedTuple):
    """An assignment in its container.

    Attributes
    ----------
    course : Path
        The course folder in it.
    assignment : Assignment
        The only one. What is right is drawn beside no answer: there may be attempts left.
    isolated : bool
        Whether student code can be isolated.
    why_not : str
        Why it cannot; empty if it can.
    """

    course: Path
    assignment: Assignment
    isolated: bool
    why_not: str


def open_container(root: Path) -> Container:
    """Load what is graded in a container, and find out how.

    Where student code cannot be isolated, and this is root, it will run as another user.

    Raises
    ------
    OSError, ValueError
        If it holds no course that can be used.
    """
    course = root / SOURCE / COURSE
    names = assignments(course)
    if len(names) != 1:
        raise FileNotFoundError(f"{course} is no course with one assignment.")
    assignment = replace(load_assignment(course, names[0]), show_right_answers=False)
    try:
        sandbox.find_bubblewrap()
    except sandbox.NoIsolation as error:
        if os.geteuid() == 0 and ordinary.can_start_as(NOBODY):
            os.environ[ordinary.VARIABLE] = str(NOBODY)
            return Container(course, assignment, False, f"{error} {AS_ANOTHER}")
        return Container(course, assignment, False, f"{error} {AS_GRADER}")
    warm.start(assignment.needs)
    return Container(course, assignment, True, "")


def grade_here(here: Container, item: Submission, called: Sequence[str] = ()) -> GradedSubmission:
    """Grade a submission as `course check` does.

    Parameters
    ----------
    here : Container
    item : Submission
        What was handed in.
    called : sequence of str
        What the student is called; see `parameters.of_notebook`.
    """
    try:
        content, files = item.read(), item.files()
    except NotAccepted as reason:
        if reason.status == "not_graded":
            return not_graded(here.assignment, (str(reason),))
        return not_run(here.assignment, reason.status, str(reason))
    return grade_content(here, content, files, called)


def grade_content(
    here: Container, content: bytes, files: dict[str, bytes], called: Sequence[str] = ()
) -> GradedSubmission:
    """Grade a notebook file, with the files beside it; see `grade_here`."""
    # Here and not above: what is isolated is started first, and starts while this is imported.
    from .submission import grade_submission

    assignment = about_typed(here.course, here.assignment, content, here.isolated, called)
    return grade_submission(assignment, content, files=files, isolated=here.isolated)


def grade_container(root: Path) -> tuple[GradedSubmission, dict[str, Any] | None, str]:
    """Grade what was handed in.

    Parameters
    ----------
    root : Path
        The container's folder.

    Returns
    -------
    (GradedSubmission, dict or None, str)
        What came of it; the content of ``results.json``, None if the grader failed in any part;
        and why student code was not isolated, empty if it was.

    Raises
    ------
    OSError, ValueError, RuntimeError
        If nothing could be graded.
    """
    handed = read_container(root / METADATA)
    here = open_container(root)
    if here.why_not and ordinary.student_user() is not None:
        close_to_others(root)
    name = here.assignment.name
    item = submission_in(here.course, root / SUBMISSION, handed.student or "student", name)
    graded = grade_here(here, item, handed.called)
    if graded.score is None:
        return graded, None, here.why_not
    around = _around(here, item, handed, graded.score)
    return graded, results(graded, here.assignment.carry_forward, around), here.why_not


def close_to_others(root: Path) -> None:
    """Let nobody but root read the course, what Gradescope says, and results."""
    for path in (root / SOURCE, root / METADATA, root / SUBMISSION, root / RESULTS.parent):
        if path.exists():
            path.chmod(FOR_ROOT)


def _around(here: Container, item: Submission, handed: Handed, score: float) -> Around:
    late = handed.seconds_late
    penalty = Policy(here.course).penalty(handed.student, score, late) or 0.0
    notes = [item.note, here.assignment.needs.note]
    if item.refusal is None and item.path.stem != here.assignment.name:
        notes.insert(0, f"This is about `{item.path.name}`, which you handed in.")
    return Around(
        handed.student,
        tuple(filter(None, notes)),
        f"Handed in {_long(late)} after the due date." if late else "",
        penalty,
        readable_counts(handed.extra.get(COUNTS)),
        read_settings(here.course / "source" / here.assignment.name).hidden_on_gradescope,
    )


def _long(seconds: float) -> str:
    """Say how long, in the largest units."""
    minutes = max(1, round(seconds / 60))
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [f"{days} d" if days else "", f"{hours} h" if hours else "",
             f"{minutes} min" if minutes and not days else ""]  # fmt: skip
    return " ".join(filter(None, parts))


def set_up(root: Path, say: Callable[[str], None]) -> dict[str, str]:
    """Make what all submissions need, and grade the solution as one.

    Parameters
    ----------
    root : Path
        The container's folder.
    say : callable
        Called with a line before each step.

    Returns
    -------
    dict of str to str
        What went wrong, by question; empty if the solution gets full marks.
    """
    from itertools import product

    from .submission import failure_of_control

    here = open_container(root)
    say(f"Student code is not isolated here. {here.why_not}" if here.why_not else
        "Student code is isolated here.")  # fmt: skip
    pools = here.assignment.pools
    for values in product(*pools.values()) if pools else ():
        own = dict(zip(pools, values, strict=True))
        say(f"What is right for {own}")
        about(here.assignment, own, made_in(here.course, here.assignment.name), here.isolated)
    say("Grading the solution")
    return failure_of_control(here.assignment, isolated=here.isolated)
