"""What a worker does for the coordinator."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from ..assignment.assignment import Assignment
from ..assignment.versions import package_digest
from ..isolation.sandbox import NoIsolation, find_bubblewrap
from ..records.graded import GradedSubmission, not_graded
from ..shared.chosen import CannotMake

#: What a worker evaluates. By name: the scheduler, and a worker of a cluster that others started,
#: may have another version of this package, or none.
CALL = "__import__('importlib').import_module({module!r}).{function}(*given)"
#: What a grade can depend on besides this package.
PACKAGES = ("ipykernel", "ipython", "matplotlib", "numpy", "otter-grader", "pandas", "scipy")
PACKAGE = "visual-coding-course"

_known: dict[str, Assignment] = {}


class NotBegun(LookupError):
    """A worker does not know the assignment: it was started since."""


class OtherVersion(RuntimeError):
    """A worker would grade otherwise; says what differs."""


def about(packages: Iterable[str]) -> dict[str, str]:
    """Tell what grades depend on here: this package's code, and the versions of others."""
    return {
        PACKAGE: f"of code {package_digest()[:12]}",
        **{name: _version(name) for name in sorted({*PACKAGES, *packages})},
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def call(function: str, *given: Any) -> tuple[Any, ...]:
    """Make of one of the functions below what a Dask client can submit."""
    return eval, CALL.format(module=__name__, function=function), {"given": given}


def begin(pickled: bytes, isolated: bool, theirs: dict[str, str] | None) -> dict[str, str]:
    """Get to know an assignment, and grade its control.

    Parameters
    ----------
    pickled : bytes
        The assignment.
    isolated : bool
        As in `grade_submission`.
    theirs : dict of str to str, optional
        The coordinator's `about`, where this worker may have other versions.

    Returns
    -------
    dict of str to str
        As `submission.failure_of_control`: empty if this worker can grade.

    Raises
    ------
    OtherVersion
        If it would grade otherwise.
    NoIsolation
        If student code is to be isolated, and cannot be here.
    """
    # Here and not above: the coordinator, which imports this, needs none of it.
    from .submission import failure_of_control

    if theirs is not None:
        _compare(about(theirs.keys() - {PACKAGE}), theirs)
    if isolated:
        find_bubblewrap()
    assignment = pickle.loads(pickled)
    failure = failure_of_control(assignment, isolated=isolated, apart=False)
    _known.clear()
    _known[assignment.fingerprint] = assignment
    return failure


def _compare(ours: dict[str, str], theirs: dict[str, str]) -> None:
    differing = [
        f"{name} {ours.get(name, 'missing')} instead of {theirs.get(name, 'none')}"
        for name in sorted({*ours, *theirs})
        if ours.get(name) != theirs.get(name)
    ]
    if differing:
        raise OtherVersion(
            f"it has other versions than this machine ({', '.join(differing)}), and would grade "
            "otherwise. Install the same there, and start it anew"
        )


def grade(
    fingerprint: str,
    content: bytes,
    files: dict[str, bytes],
    isolated: bool,
    parameters: tuple[tuple[str, Any], ...] = (),
    made: str = "",
    open_: bool = False,
    student: str | None = None,
    told: dict[str, Any] | None = None,
) -> tuple[GradedSubmission, dict[str, str]]:
    """Grade a submission; where that leaves doubts, the control as well.

    Where its student may hand in again, nothing is put in for what is wrong: what came of that,
    and how long it took, could tell what is right. With parameters, both are graded for these.
    Where what is right for them cannot be made, the submission is not graded.

    Returns
    -------
    (GradedSubmission, dict of str to str)
        With its doubts, or ready to be recorded; and what went wrong with the control.

    Raises
    ------
    NotBegun
        If this worker does not know the assignment.
    """
    from . import parameters as parameters_of
    from .ready import made_ready
    from .submission import failure_of_control, grade_once

    assignment = _assignment(fingerprint)
    if open_:
        assignment = replace(assignment, carry_forward=False)
    if parameters:
        try:
            assignment = parameters_of.about(assignment, dict(parameters), Path(made), isolated)
        except CannotMake as error:
            return not_graded(assignment, (str(error)[:500],)), {}
        except Exception as error:
            return not_graded(assignment, (f"{type(error).__name__}: {error}"[:500],)), {}
    graded = grade_once(assignment, content, files=files, isolated=isolated)
    failure = failure_of_control(assignment, isolated=isolated) if graded.doubts else {}
    if parameters:
        graded = replace(graded, numbers=parameters_of.numbers(assignment))
    if not graded.doubts:
        ready = made_ready(assignment, graded, student, told)
        graded = replace(graded, notebook=None, ready=ready)
    return graded, failure


def _assignment(fingerprint: str) -> Assignment:
    try:
        return _known[fingerprint]
    except KeyError:
        raise NotBegun(fingerprint) from None


def why_not(error: Exception) -> str | None:
    """Say why a worker cannot be used at all; None where it may yet be."""
    if isinstance(error, ImportError):
        return f"it does not have this package ({error}): install the same version there"
    if isinstance(error, NoIsolation | OtherVersion):
        return str(error)
    return None
