"""What one student handed in, and how it is read."""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from ..assignment import Assignment
from .beside import MOST_BYTES, Beside, shown_name
from .reading import MOST_SUBMISSION_BYTES, too_large
from .trees import CannotOpen, Node

#: What nbgrader's exchange adds to a submission: when it was handed in, and a secret of both.
FROM_EXCHANGE = ("timestamp.txt", "submission_secret.txt")
MOST_FROM_EXCHANGE = 10_000
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


class Told(NamedTuple):
    """What names told of a submission.

    Attributes
    ----------
    by : str or None
        Whose rule it was; None where it lay as nbgrader has it, or was named as its student.
    number : str or None
        That system's id of the student.
    late : bool
        Whether that system marked it as late.
    attempt, attempts : int
        Which it is of how many that were there.
    """

    by: str | None = None
    number: str | None = None
    late: bool = False
    attempt: int = 1
    attempts: int = 1


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
    told : Told
        What names told of it.
    node : Node, optional
        Of a notebook in an archive, where that is.
    status : str
        What its refusal is recorded as.
    parameters : tuple of (str, object)
        The student's own, by name; empty where all have the assignment's.
    open : bool
        Whether its student may hand in again: nothing is put in for what is wrong then.
    """

    student: str
    path: Path
    timestamp: str | None = None
    refusal: str | None = None
    note: str | None = None
    beside: Beside = Beside()
    told: Told = Told()
    node: Node | None = None
    status: str = "refused"
    parameters: tuple[tuple[str, Any], ...] = ()
    open: bool = False

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
        found, left, packed = {}, MOST_BYTES, dict(self.beside.inside)
        for name in self.beside.names:
            try:
                with (
                    _unpacked(packed[name], left)
                    if name in packed
                    else _opened(self.path.parent / name, left) as file
                ):
                    found[name] = file.read(left)
            except NotAccepted as reason:
                if reason.status == "not_graded":
                    raise
                continue  # it is gone, or is no file any more
            left -= len(found[name])
        return found

    def from_exchange(self) -> dict[str, bytes]:
        """Read what nbgrader's exchange put beside the notebook: a page finds its way by it.

        Returns
        -------
        dict of str to bytes
            By file name; empty if it was not handed in there.
        """
        found: dict[str, bytes] = {}
        if self.node is not None or self.timestamp is None:
            return found
        for name in FROM_EXCHANGE:
            try:
                with _opened(self.path.parent / name, MOST_FROM_EXCHANGE) as file:
                    found[name] = file.read()
            except NotAccepted:
                return {}
        return found

    def about(self) -> dict[str, Any]:
        """What is told of it beside its result: as in ``results.jsonl``."""
        file = shown_name(self.path.name) if self._is_there else None
        return {
            "file": file, "time": self.timestamp, "late": self.told.late,
            "attempt": self.told.attempt, "attempts": self.told.attempts, "by": self.told.by,
            "number": self.told.number, **({"open": True} if self.open else {}),
        }  # fmt: skip

    @property
    def _is_there(self) -> bool:
        if self.refusal is not None or self.node is not None:
            return self.node is not None
        return os.path.lexists(self.path)

    def digest(self) -> str:
        """Changes when anything that was handed in does, or what is known of it."""
        parts = [self.student, self.timestamp or "", self.note or ""]
        parts += ["late"] if self.told.late else []
        parts += [repr(self.parameters)] if self.parameters else []
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
            raise NotAccepted(self.status, self.refusal)
        if self.node is not None:
            with _unpacked(self.node, MOST_SUBMISSION_BYTES) as file:
                yield file
            return
        with _opened(self.path, MOST_SUBMISSION_BYTES) as file:
            yield file


@contextmanager
def _unpacked(node: Node, most: int) -> Iterator[BinaryIO]:
    """Open a file in an archive."""
    try:
        yield io.BytesIO(node.archive.read(node.info, most))
    except CannotOpen as error:
        status = "not_graded" if error.ours else "refused"
        message = f"{node.path.name} cannot be read: {error}. Hand in the .ipynb file itself."
        raise NotAccepted(status, message) from None


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


def told_of(submission: Submission, assignment: Assignment) -> dict[str, Any]:
    """Say what was handed in, and whether its page is to leave out what hidden cases found."""
    policy = assignment.attempts
    counted = policy is not None and policy.hidden_checks == "counted"
    return {**submission.about(), **({"counted": True} if counted else {})}
