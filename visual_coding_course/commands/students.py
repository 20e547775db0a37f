"""Enter a class list into the gradebook, and show the class."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from ..assignment.autograder import replace_built
from ..assignment.build import zip_folder
from ..grading.parameters import read_written_down
from ..grading.record import GRADEBOOK, LEFT
from ..grading.students import is_student_id, made_id
from ..records.class_list import read_class_list
from ..records.database import Unusable
from ..records.roster import NoClassList, Roster, enrol, read_roster
from ..shared.chosen import CLASS, POOLS, chosen, digest, read_class, read_pools
from ..shared.files import make_folder, write_whole
from ..shared.folder import assignments
from ..shared.markup import plain
from .progress import MOST_NAMES, table


class CannotEnrol(ValueError):
    """A class list cannot be entered; says why."""


def enrol_class(file: Path, folder: Path) -> str:
    """Enter a class list into a folder's gradebook.

    Parameters
    ----------
    file : Path
        The list.
    folder : Path
        Where results go.

    Returns
    -------
    str
        What became of it.

    Raises
    ------
    CannotEnrol
        If it is no class list, or the gradebook cannot be used.
    OSError
        If the file cannot be read.
    """
    gradebook = folder / GRADEBOOK
    if not gradebook.exists() and any(path for part in LEFT for path in folder.glob(part)):
        raise CannotEnrol(
            f"There is graded work in {folder}, but no {GRADEBOOK}: it was moved or deleted. Put "
            "it back first. Nothing is changed."
        )
    try:
        listed = read_class_list(file)
        make_folder(folder)
        done = enrol(gradebook, listed.people, _id)
    except (NoClassList, Unusable) as error:
        raise CannotEnrol(str(error)) from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        reason = getattr(error, "orig", None) or error
        raise CannotEnrol(f"{gradebook} cannot be written to: {reason}.") from error
    lines = [
        f"{len(done.new) + len(done.known)} students, read as a list of {listed.system}: "
        f"{len(done.new)} new, {len(done.known)} in the gradebook before."
    ]
    lines += listed.passed
    if done.unlisted:
        lines.append(f"In the gradebook, but not on this list: {named(done.unlisted)}")
    for name in assignments(folder):
        if tell_class(folder, name):
            lines.append(
                f"{name}: each student's parameters are now found by any of these ids. What was "
                "handed out before does not know them: release it again."
            )
    return "\n".join(lines)


def tell_class(course: Path, name: str) -> bool:
    """Let a notebook know what the class list's students are called, and what is whose.

    Whichever of their ids a student types, it is the same student's. The ids stand there as
    digests.

    Parameters
    ----------
    course : Path
        With the class in its gradebook.
    name : str
        Assignment name. Nothing is done where it has not been built, or has no parameters that
        are chosen for each student.

    Returns
    -------
    bool
        Whether something has changed.

    Raises
    ------
    OSError
        If a file cannot be read or written.
    CannotEnrol
        If the gradebook cannot be read.
    """
    built, release = course / "autograder" / name, course / "release" / name
    if not (built / POOLS).is_file() or not release.is_dir():
        return False
    pools, told = read_pools(built), read_class(built)
    own = read_written_down(course).get(name, {})
    whose = {
        digest(called): {**chosen(student, pools, told), **own.get(student, {})}
        for student, ids in _roster(course).ids().items()
        for called in ids
    }
    if whose == told == read_class(release):
        return False
    text = json.dumps(whose, sort_keys=True) + "\n"
    write_whole(release / CLASS, text)
    replace_built(built, CLASS, text)
    write_whole(release.with_suffix(".zip"), zip_folder(release))
    return True


def _id(text: str) -> str:
    return text if is_student_id(text) else made_id(text)


def named(names: list[str]) -> str:
    """Name students in a sentence, the first of them if they are many."""
    more = f", and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return ", ".join(map(plain, names[:MOST_NAMES])) + more


def _roster(folder: Path) -> Roster:
    try:
        return read_roster(folder / GRADEBOOK)
    except Unusable as error:
        raise CannotEnrol(str(error)) from error


def class_text(folder: Path) -> str:
    """Show who is in the class of a folder's gradebook.

    Raises
    ------
    CannotEnrol
        If that cannot be read.
    """
    people = _roster(folder).people.values()
    if not people:
        return f"There is nobody in the gradebook of {folder} yet: name a class list."
    lines = [
        [one.student, one.sortable_name, one.email, one.lms_user_id, one.section] for one in people
    ]
    cells = [[plain(cell) for cell in line] for line in lines]
    return table(["student", "name", "email", "LMS id", "section"], cells)
