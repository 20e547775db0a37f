"""A local service that keeps a warm grader, so that `course check` answers at once.

It listens on a socket in a folder of this user's alone. A question is an
assignment's name, a notebook and the files beside it, as bytes; the answer is JSON. This module
imports nothing large: who asks, waits for it.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import tempfile
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path

STALE = b"stale"


class AlreadyServing(RuntimeError):
    """Another `course serve` is at work for the same course."""


def address(course: Path) -> str:
    """The socket of a course's service.

    Raises
    ------
    PermissionError
        If the folder for it belongs to somebody else, or is open to others.
    """
    user = os.getuid() if hasattr(os, "getuid") else os.getlogin()
    folder = Path(tempfile.gettempdir(), f"visual-coding-course-{user}")
    folder.mkdir(mode=0o700, exist_ok=True)
    state = folder.lstat()
    if hasattr(os, "getuid") and (
        not stat.S_ISDIR(state.st_mode) or state.st_uid != user or state.st_mode & 0o077
    ):
        raise PermissionError(f"{folder} is not this user's alone; remove it.")
    name = hashlib.sha256(str(Path(course).resolve()).encode()).hexdigest()[:16]
    return str(folder / f"{name}.socket")


def ask(
    course: Path, name: str, content: bytes, files: Mapping[str, bytes] | None = None
) -> dict | None:
    """Have a notebook graded by the course's service.

    Parameters
    ----------
    course : Path
        Course folder.
    name : str
        Assignment name.
    content : bytes
        The notebook file.
    files : mapping of str to bytes, optional
        What stands beside it, by relative path.

    Returns
    -------
    dict, optional
        ``text``, the feedback, ``status``, and whether it was ``isolated``; None
        where no service runs, or an outdated one, which then ends.
    """
    try:
        with Client(address(course), "AF_UNIX") as connection:
            files = files or {}
            request = {"assignment": name, "files": list(files)}
            connection.send_bytes(json.dumps(request).encode())
            for one in (content, *files.values()):
                connection.send_bytes(one)
            answer = connection.recv_bytes()
    except (OSError, EOFError, ValueError):
        return None
    return None if answer == STALE else json.loads(answer)


def serve(
    course: Path, workers: int, isolated: bool, ready: Callable[[str], None] = lambda where: None
) -> None:
    """Answer `ask` until interrupted, or until the course's code has changed.

    Parameters
    ----------
    course : Path
        Course folder.
    workers : int
        Notebooks that are graded at a time.
    isolated : bool
        As in `grade_submission`.
    ready : callable
        Called with the socket's path when the grader is warm.

    Raises
    ------
    AlreadyServing
        If another service answers there.
    """
    from ..assignment.versions import package_digest_now

    where = address(course)
    with suppress(OSError), Client(where, "AF_UNIX"):
        raise AlreadyServing(f"Another `course serve` is at work for {course}.")
    Path(where).unlink(missing_ok=True)
    version = package_digest_now()
    _warm_up(course, isolated)
    slots, outdated = threading.Semaphore(workers), threading.Event()
    with Listener(where, "AF_UNIX") as listener:
        ready(where)
        while not outdated.is_set():
            connection = listener.accept()
            arguments = (connection, course, isolated, version, slots, outdated)
            threading.Thread(target=_answer, args=arguments, daemon=True).start()


def _answer(
    connection: Connection,
    course: Path,
    isolated: bool,
    version: str,
    slots: threading.Semaphore,
    outdated: threading.Event,
) -> None:
    from ..assignment import SettingsError, load_assignment
    from ..assignment.versions import package_digest_now
    from ..grading.parameters import about_typed
    from ..grading.submission import grade_submission
    from ..shared.chosen import CannotMake
    from .progress import feedback_text

    # Who gets no answer grades by itself, and says why that cannot be done.
    with connection, suppress(OSError, EOFError, SettingsError, CannotMake):
        request = json.loads(connection.recv_bytes())
        content = connection.recv_bytes()
        files = {name: connection.recv_bytes() for name in request["files"]}
        if package_digest_now() != version:
            outdated.set()
            connection.send_bytes(STALE)
            # `serve` waits for a connection; this is one.
            with suppress(OSError), Client(address(course), "AF_UNIX"):
                return
        with slots:
            assignment = load_assignment(course, request["assignment"])
            assignment = about_typed(course, assignment, content, isolated)
            graded = grade_submission(assignment, content, files=files, isolated=isolated)
        answer = {"text": feedback_text(graded), "status": graded.status, "isolated": isolated}
        connection.send_bytes(json.dumps(answer).encode())


def _warm_up(course: Path, isolated: bool) -> None:
    """Import, read and cache all that grading needs, by grading each assignment's solution."""
    from ..assignment import SettingsError, load_assignment
    from ..grading.submission import grade_submission

    for path in sorted((course / "source").glob("*/*.ipynb")):
        with suppress(FileNotFoundError, SettingsError):
            assignment = load_assignment(course, path.stem)
            solution = course / "solutions" / path.stem / path.name
            grade_submission(assignment, solution.read_bytes(), isolated=isolated)
