"""Find what a class handed in."""

from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import file_digest, sha256
from pathlib import Path
from typing import BinaryIO

from .beside import MOST_BYTES, Beside, look_beside, shown_name
from .reading import MOST_SUBMISSION_BYTES, too_large

SUBMITTED = "submitted"
TIMESTAMP = "timestamp.txt"
# nbgrader's gradebook has room for 128 characters.
LONGEST_ID = 128
LINK = "{} is a link to another place, which is not followed. Hand in the notebook file itself."


class NotAccepted(ValueError):
    """A submission that is not graded; says why, to the student.

    Attributes
    ----------
    status : str
        unreadable or refused, which is the submission's, or not_graded, which is the grader's.
    """

    def __init__(self, status: str, message: str):
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Submission:
    """What one student handed in: a notebook file, and files beside it.

    Attributes
    ----------
    student : str
        Student id: a folder name of nbgrader's layout, or the file's stem.
    path : Path
        The notebook; may be missing or unreadable, which is then its result.
    timestamp : str, optional
        When it was handed in, as nbgrader's ``timestamp.txt`` says.
    refusal : str, optional
        Why it is not graded, whatever is in it.
    note : str, optional
        What is to be known of it when it is graded.
    beside : Beside
        The files beside the notebook.
    """

    student: str
    path: Path
    timestamp: str | None = None
    refusal: str | None = None
    note: str | None = None
    beside: Beside = Beside()

    @property
    def shown_path(self) -> str:
        """The path as text that can be written, whatever bytes it has."""
        return os.fsencode(self.path).decode("utf-8", "backslashreplace")

    def read(self) -> bytes:
        """Read the notebook.

        Raises
        ------
        NotAccepted
            If it cannot or may not be read.
        """
        with self._open() as file:
            return file.read()

    def files(self) -> dict[str, bytes]:
        """Read the files beside the notebook.

        Returns
        -------
        dict of str to bytes
            By their path relative to the notebook, with forward slashes.

        Raises
        ------
        NotAccepted
            If the grader cannot read one that it should.
        """
        if self.beside.trouble:
            raise NotAccepted("not_graded", self.beside.trouble)
        found, left = {}, MOST_BYTES
        for name in self.beside.names:
            try:
                with _opened(self.path.parent / name, left) as file:
                    found[name] = file.read(left)
            except NotAccepted as reason:
                if reason.status == "not_graded":
                    raise
                continue  # it is gone, or is no file any more
            left -= len(found[name])
        return found

    def digest(self) -> str:
        """Changes when anything that was handed in does, or what is known of it."""
        parts = [self.student, self.timestamp or "", self.note or ""]
        try:
            with self._open() as file:
                parts.append(file_digest(file, "sha256").hexdigest())
            for name, content in self.files().items():
                parts += [name, sha256(content).hexdigest()]
        except NotAccepted as reason:
            parts.append(str(reason))
        return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()

    @contextmanager
    def _open(self) -> Iterator[BinaryIO]:
        if self.refusal:
            raise NotAccepted("refused", self.refusal)
        with _opened(self.path, MOST_SUBMISSION_BYTES) as file:
            yield file


@contextmanager
def _opened(path: Path, most: int) -> Iterator[BinaryIO]:
    """Open a file that was handed in; it may have changed since it was found."""
    name = shown_name(path.name)
    try:
        # Not through a link that was put there since, and not waiting for a pipe's other end.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
        try:
            about = os.fstat(handle)
            if not stat.S_ISREG(about.st_mode):
                raise NotAccepted("refused", f"{name} is not a file. Hand in the .ipynb file.")
            if about.st_size > most:
                raise NotAccepted("refused", too_large(about.st_size, most))
            with os.fdopen(handle, "rb", closefd=False) as file:
                yield file
        finally:
            os.close(handle)
    except (FileNotFoundError, NotADirectoryError):
        raise NotAccepted("unreadable", f"No notebook named {name} was handed in.") from None
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise NotAccepted("refused", LINK.format(name)) from None
        message = f"The grader cannot read the file {name} ({error.strerror})."
        raise NotAccepted("not_graded", message) from None


def find_submissions(course: Path, name: str, paths: Iterable[Path] = ()) -> list[Submission]:
    """Find the submissions of an assignment.

    Links below the places that are named are not followed: a student could have put them there,
    to another's work or to any file of the machine.

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
    return _with_own_names(_each_once(found))


def submission_of(course: Path, student: str, name: str) -> Submission:
    """What one student handed in of an assignment, in nbgrader's layout.

    Parameters
    ----------
    course, name
        As in `find_submissions`.
    student : str
        Folder name below ``submitted/``.
    """
    return _from_folder(course / SUBMITTED, course / SUBMITTED / student / name, name)


def _each_once(found: list[Submission]) -> list[Submission]:
    """Leave out what was found before by another of the paths."""
    places: dict[str, Submission] = {}
    for item in found:
        places.setdefault(os.path.abspath(item.path), item)
    return list(places.values())


def _look_in(path: Path, name: str) -> list[Submission]:
    notebook = path.suffix == ".ipynb"
    if notebook and (path.is_symlink() if _can_see(path) else True):
        return [_from_file(path)]
    if not _can_see(path):
        raise PermissionError(f"The grader cannot open {path}. Let it read that folder.")
    if path.is_file():
        nbgraders = path.stem == name == path.parent.name
        if nbgraders:
            student = path.absolute().parent.parent.name
            return [_in_folder(student, path.parent, path)]
        return [_from_file(path)]
    if not path.is_dir():
        if path.name == SUBMITTED:
            return []
        raise FileNotFoundError(f"There is no file or folder {path}.")
    inside = _names_in(path)
    if inside is None:
        raise PermissionError(f"The grader cannot open the folder {path}. Let it read that folder.")
    own = [path / name] if name in inside else []
    folders = own + [path / one / name for one in inside if _is_there(path / one / name)]
    found = [_from_folder(path, folder, name) for folder in folders]
    if path.name != name:
        for one in inside:
            if one != name and os.path.lexists(path / one / f"{name}.ipynb"):
                found.append(_from_folder(path, path / one, name, one))
    # macOS puts a file ._NAME beside each NAME in an archive.
    found += [_from_file(path / one) for one in inside if _is_notebook(one)]
    if not found and path.name != SUBMITTED:
        raise FileNotFoundError(
            f"There are no submissions of {name} in {path}: no STUDENT/{name}/{name}.ipynb, "
            f"no STUDENT/{name}.ipynb, and no STUDENT.ipynb."
        )
    return found


def _names_in(folder: Path) -> list[str] | None:
    """Names of what is in a folder, in their order; None if it cannot be opened."""
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return None


def _is_notebook(name: str) -> bool:
    return name.endswith(".ipynb") and not name.startswith("._")


def _can_see(path: Path) -> bool:
    """Whether the grader may know if something is there."""
    try:
        os.lstat(path)
    except PermissionError:
        return False
    except (OSError, ValueError):
        return True
    return True


def _is_there(path: Path) -> bool:
    """Whether something is there; where the grader may not look, there is."""
    return os.path.lexists(path) or not _can_see(path)


def _from_file(path: Path) -> Submission:
    return Submission(_made_id(path.stem), path, refusal=_link_below(path.parent, path))


def _from_folder(root: Path, folder: Path, name: str, student: str | None = None) -> Submission:
    student = student or folder.absolute().parent.name
    notebook = folder / f"{name}.ipynb"
    refusal = _link_below(root, notebook)
    if refusal is None and not os.path.lexists(notebook):
        others = [folder / one for one in _names_in(folder) or [] if _is_notebook(one)]
        notebook = others[0] if len(others) == 1 else notebook
        refusal = _link_below(root, notebook)
    if refusal:
        return _with_id(Submission(student, notebook, refusal=refusal))
    return _in_folder(student, folder, notebook)


def _in_folder(student: str, folder: Path, notebook: Path) -> Submission:
    """A notebook that has a folder of its own, with what stands beside it."""
    beside = look_beside(folder)
    timestamp = _timestamp(folder / TIMESTAMP)
    return _with_id(Submission(student, notebook, timestamp, note=beside.note, beside=beside))


def _link_below(root: Path, path: Path) -> str | None:
    """A sentence about the first link on the way from a folder to a path, if there is one."""
    steps = path.relative_to(root).parts
    for count in range(1, len(steps) + 1):
        step = root.joinpath(*steps[:count])
        if os.path.islink(step):
            return LINK.format(shown_name(step.name))
    return None


def _timestamp(path: Path) -> str | None:
    """What the file says, if it is a time; nbgrader takes a submission without one as in time."""
    # Here and not above: it takes half a second, which workers, who import this file, need not.
    from nbgrader.utils import parse_utc

    try:
        if path.is_symlink():
            return None
        text = path.read_text(encoding="utf-8").strip()
        parse_utc(text)
    except (OSError, ValueError, OverflowError):
        return None
    return text


def is_student_id(name: str) -> bool:
    """Whether a name can be a folder and a key in a gradebook, and nothing but that."""
    return (
        0 < len(name) <= LONGEST_ID
        and len(os.fsencode(name)) <= 255
        and name.isprintable()
        and not set(name) & set("/\\")
        and name.strip(". ") != ""
    )


def _made_id(stem: str) -> str:
    """Make a student id from a file's name."""
    name = unicodedata.normalize("NFC", stem)
    name = re.sub(r"[^\w.@-]+", "_", name).strip("._@-") or "student"
    while not is_student_id(name):
        name = name[:-1]
    return name


def _with_id(item: Submission) -> Submission:
    """Refuse a folder whose name cannot be a student id; its row has an id made from it."""
    if is_student_id(item.student):
        return item
    return replace(
        item,
        student=_made_id(item.student),
        refusal=f"The folder {shown_name(item.student)[:200]!r} cannot be a student id: that is at "
        f"most {LONGEST_ID} printable characters, and no path. Rename the folder, and hand in "
        "again.",
    )


def _with_own_names(found: list[Submission]) -> list[Submission]:
    """Tell apart students of one name: ``cy``, ``cy-2``, …, none of them another's own.

    Names that differ in upper and lower case only are one folder on some machines.
    """
    named: dict[str, Submission] = {}
    own = {item.student.casefold() for item in found}
    counts: dict[str, int] = {}
    for item in found:
        first = item.student.casefold()
        student, count = item.student, counts.get(first, 1)
        while student.casefold() in named or (count > 1 and student.casefold() in own):
            count += 1
            end = f"-{count}"
            student = item.student[: LONGEST_ID - len(end)] + end
        counts[first] = count
        if student != item.student:
            other = named[first].student
            note = (
                f"Recorded as {student}, because another submission is named {other}: "
                "hand in one notebook, under a name of your own."
            )
            note = f"{note} {item.note}" if item.note else note
            item = replace(item, student=student, note=note)
        named[student.casefold()] = item
    return list(named.values())
