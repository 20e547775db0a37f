"""Tell of files that others write when they have changed, and when they no longer do."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from ..grading.submissions import Submission

#: For which a file was left alone before it is taken. By when its entry changed, which whoever
#: writes a file cannot set, as they can when its content did.
REST_SECONDS = 2.0
FROM_EXCHANGE = ("timestamp.txt", "submission_secret.txt")


def signs(places: Iterable[Path]) -> dict[str, tuple[int, ...]]:
    """Tell what lies in folders; another answer means that something has changed.

    Parameters
    ----------
    places : iterable of Path
        Those that are not there have nothing in them.

    Returns
    -------
    dict of str to tuple of int
        What tells each file from what it is after any change, by path.
    """
    return {path: _sign(about) for place in places for path, about in _files_in(place)}


def _files_in(place: Path) -> Iterator[tuple[str, os.stat_result]]:
    if not place.is_dir():
        with suppress(OSError):
            yield str(place), place.lstat()
        return
    for folder, _, files in os.walk(place):
        for name in files:
            path = os.path.join(folder, name)
            try:
                yield path, os.lstat(path)
            except OSError:
                continue


def _sign(about: os.stat_result) -> tuple[int, ...]:
    return about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns


def about(submission: Submission) -> tuple:
    """Tell the files of a submission apart from what they are after any change."""
    found = [(str(submission.path), submission.timestamp, submission.refusal)]
    for path in _files_of(submission):
        try:
            found.append((path, *_sign(os.lstat(path))))
        except OSError:
            found.append((path,))
    return tuple(found)


def is_settled(submission: Submission) -> bool:
    """Whether nobody is writing the files of a submission any more."""
    now = time.time()
    for path in _files_of(submission):
        try:
            if now - os.lstat(path).st_ctime < REST_SECONDS:
                return False
        except OSError:
            continue
    return True


def _files_of(submission: Submission) -> list[str]:
    """What is on the disk of it: the notebook, or the archive that it is in, and files beside."""
    path = submission.path
    while submission.node is not None and not os.path.lexists(path) and path != path.parent:
        path = path.parent
    beside = [name for name in submission.beside.names if not dict(submission.beside.inside)]
    names = [*beside, *FROM_EXCHANGE]
    return [str(path), *(str(path.parent / name) for name in names)]
