"""Find what a class handed in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from nbgrader.utils import parse_utc

SUBMITTED = "submitted"
TIMESTAMP = "timestamp.txt"


@dataclass(frozen=True)
class Submission:
    """One student's notebook file.

    Attributes
    ----------
    student : str
        Student id: a folder name of nbgrader's layout, or the file's stem.
    path : Path
        The notebook; may be missing or unreadable, which is then its result.
    timestamp : str, optional
        When it was handed in, as nbgrader's ``timestamp.txt`` says.
    """

    student: str
    path: Path
    timestamp: str | None = None


def find_submissions(course: Path, name: str, paths: Iterable[Path] = ()) -> list[Submission]:
    """Find the submissions of an assignment.

    Parameters
    ----------
    course : Path
        Course folder, with nbgrader's ``submitted/STUDENT/NAME/NAME.ipynb``.
    name : str
        Assignment name.
    paths : iterable of Path
        Where to look instead: folders of ``STUDENT.ipynb``, folders in
        nbgrader's layout, or single notebooks.

    Raises
    ------
    FileNotFoundError
        If a path is not there, or nothing was handed in.
    """
    paths = [Path(path) for path in paths]
    found = [item for path in paths or [course / SUBMITTED] for item in _look_in(path, name)]
    if not found:
        places = ", ".join(str(path) for path in paths) or f"{course / SUBMITTED}/*/{name}"
        raise FileNotFoundError(
            f"No submissions of {name} in {places}. Expected submitted/STUDENT/{name}/{name}.ipynb,"
            " a folder of STUDENT.ipynb files, or notebook files."
        )
    return _with_own_names(found)


def _look_in(path: Path, name: str) -> list[Submission]:
    if path.is_file():
        nbgraders = path.stem == name == path.parent.name
        return [Submission(_student_id(path.parent.parent.name if nbgraders else path.stem), path)]
    if not path.is_dir():
        if path.name == SUBMITTED:
            return []
        raise FileNotFoundError(f"There is no file or folder {path}.")
    folders = [path / name, *sorted(path.glob(f"*/{name}"))]
    folders = [folder for folder in folders if folder.is_dir()]
    found = [_from_folder(folder, name) for folder in folders]
    direct = [file.parent for file in sorted(path.glob(f"*/{name}.ipynb")) if path.name != name]
    found += [_from_folder(folder, name, folder.name) for folder in direct if folder.name != name]
    found += [Submission(_student_id(file.stem), file) for file in sorted(path.glob("*.ipynb"))]
    if not found and path.name != SUBMITTED:
        raise FileNotFoundError(
            f"There are no submissions of {name} in {path}: no STUDENT/{name}/{name}.ipynb, "
            f"no STUDENT/{name}.ipynb, and no STUDENT.ipynb."
        )
    return found


def _from_folder(folder: Path, name: str, student: str | None = None) -> Submission:
    notebook = folder / f"{name}.ipynb"
    others = sorted(folder.glob("*.ipynb"))
    if not notebook.is_file() and len(others) == 1:
        notebook = others[0]
    return Submission(student or folder.parent.name, notebook, _timestamp(folder / TIMESTAMP))


def _timestamp(path: Path) -> str | None:
    """What the file says, if it is a time; nbgrader takes a submission without one as in time."""
    try:
        text = path.read_text(encoding="utf-8").strip()
        parse_utc(text)
    except (OSError, ValueError, OverflowError):
        return None
    return text


def _student_id(stem: str) -> str:
    """Make a name that is safe as a folder and in a gradebook."""
    return re.sub(r"[^\w.@-]+", "_", stem).strip("._") or "student"


def _with_own_names(found: list[Submission]) -> list[Submission]:
    """Tell apart students of one name: ``cy``, ``cy-2``, …, none of them another's own."""
    named: dict[str, Submission] = {}
    own = {item.student for item in found}
    for item in found:
        student, count = item.student, 1
        while student in named or (count > 1 and student in own):
            count += 1
            student = f"{item.student}-{count}"
        named[student] = Submission(student, item.path, item.timestamp)
    return list(named.values())
