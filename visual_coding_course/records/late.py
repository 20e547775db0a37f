"""Points taken off for handing in late: by the policy that nbgrader itself would go by."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from jupyter_core.paths import jupyter_config_path
from nbgrader.api import Assignment, SubmittedAssignment, SubmittedNotebook
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import Connection, select
from traitlets.config import Config, ConfigFileNotFound, PyFileConfigLoader

CONFIG = "nbgrader_config.py"


class NoPolicy(OSError):
    """The late policy cannot be used; says why."""


class Late(NamedTuple):
    """How many seconds late a student was, and the points taken off for it."""

    seconds: float
    penalty: float


class Policy:
    """The late policy of a course: ``AssignLatePenalties`` in its ``nbgrader_config.py``.

    Parameters
    ----------
    course : Path, optional
        Course folder; without one, nbgrader's own policy, which takes nothing off.
    """

    def __init__(self, course: Path | None = None):
        self._course = course

    def penalty(self, student: str, score: float, seconds: float) -> float | None:
        """Tell what is taken off.

        Parameters
        ----------
        student : str
            Id.
        score : float
            Points that were earned: no more than these is taken off.
        seconds : float
            How late it was handed in, extension included.

        Returns
        -------
        float or None
            None if nothing is.

        Raises
        ------
        NoPolicy
            If the configuration, or the policy in it, fails.
        """
        if seconds <= 0:
            return None
        try:
            penalty = self._plugin.late_submission_penalty(student, score, seconds)
            return None if penalty is None else min(max(0.0, float(penalty)), score)
        except NoPolicy:
            raise
        except Exception as error:
            raise NoPolicy(f"the late policy fails for {student}: {_told(error)}") from error

    @cached_property
    def _plugin(self) -> Any:
        """What nbgrader's step makes of the configuration; only made once somebody is late."""
        with self._importable():
            try:
                step = AssignLatePenalties(config=configuration(self._course))
                step.init_plugin()
            except (Exception, SystemExit) as error:
                raise NoPolicy(f"the late policy of {CONFIG} fails: {_told(error)}") from error
        return step.plugin_inst

    @contextmanager
    def _importable(self) -> Iterator[None]:
        """Let a policy be imported that stands beside the configuration, as nbgrader does."""
        folder = str(self._course or "")
        sys.path.insert(0, folder)
        try:
            yield
        finally:
            sys.path.remove(folder)


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:300]


def configuration(course: Path | None) -> Config:
    """Read what nbgrader reads: the user's and the system's settings, then the course's.

    Parameters
    ----------
    course : Path, optional
        Course folder; without one there are no settings.
    """
    settings = Config()
    places = [*reversed(jupyter_config_path()), os.fspath(course)] if course else []
    for place in places:
        try:
            settings.merge(PyFileConfigLoader(CONFIG, path=place).load_config())
        except ConfigFileNotFound:
            continue
    return settings


def seconds_late(
    handed_in: datetime | None, due: datetime | None, extension: timedelta | None
) -> float:
    """Tell how late a submission is; nbgrader's own stops at an extension of no due date."""
    if handed_in is None or due is None:
        return 0.0
    return max(0.0, (handed_in - due - (extension or timedelta())).total_seconds())


def lateness(connection: Connection, assignment_id: str) -> dict[str, Late]:
    """Tell of every student of an assignment who is late, or has points taken off."""
    query = (
        select(
            SubmittedAssignment.student_id,
            SubmittedAssignment.timestamp,
            SubmittedAssignment.extension,
            Assignment.duedate,
            SubmittedNotebook.late_submission_penalty,
        )
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .where(Assignment.id == assignment_id)
    )
    found = {}
    for student, handed_in, extension, due, penalty in connection.execute(query):
        seconds = seconds_late(handed_in, due, extension)
        if seconds or penalty:
            found[student] = Late(seconds, penalty or 0.0)
    return found
