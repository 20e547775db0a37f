"""Take what is handed in from nbgrader's exchange, and give pages back, one student at a time.

nbgrader's own classes do it, those that `nbgrader_config.py` names. What students put there is
theirs to make up: a folder of a name that means nothing, a link to somebody else's work, half of a
submission. nbgrader's `collect` stops at the first, follows the second, and takes the third.
"""

from __future__ import annotations

import glob
import logging
import os
import shutil
import stat
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError, ExchangeFactory
from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import notebook_hash, parse_utc

from ..assignment import read_settings
from ..assignment.exchange import SECRET, TIMESTAMP
from ..grading.submissions import SUBMITTED, is_student_id
from ..inside.changed import replaced
from ..pages.feedback.render import plain_page
from ..records.late import CONFIG, configuration
from ..shared.files import write_whole
from ..shared.markup import plain

REST_SECONDS = 1.0  # for which a whole submission was left alone before it is taken
LONG_REST_SECONDS = 60.0  # and one that an older nbgrader made, without a secret
MOST_PAGES = 20  # that say why one attempt is not graded
NOT_OWN = (
    "{}, in the exchange, belongs to {}, and not to {}: it is not taken. If all students have one "
    "account on this machine, set `c.ExchangeCollect.check_owner = False` in nbgrader_config.py."
)


class Attempt(NamedTuple):
    """What a student handed in through the exchange.

    Attributes
    ----------
    student : str
        Who says to have.
    time : datetime
        When, as the folder's name says.
    folder : Path
        Where it lies.
    """

    student: str
    time: datetime
    folder: Path


class Exchange:
    """The exchange of a course, for one assignment.

    Parameters
    ----------
    course : Path
        Course folder, whose configuration says where the exchange is.
    name : str
        Of the assignment.
    out : Path
        Where results go, pages among them.
    tell : callable
        Told, in sentences, what could not be taken or given back.
    """

    def __init__(
        self,
        course: Path,
        name: str,
        out: Path,
        tell: Callable[[str], None] = lambda sentence: None,
    ):
        try:
            config = configuration(course)
        except (Exception, SystemExit) as error:
            raise OSError(f"{CONFIG} fails: {type(error).__name__}: {error}"[:300]) from error
        config.CourseDirectory.root = str(course.absolute())
        config.CourseDirectory.submitted_directory = SUBMITTED
        config.CourseDirectory.feedback_directory = str(out.absolute() / "feedback")
        self.name, self.tell = name, tell
        self.folder = CourseDirectory(config=config, assignment_id=name)
        self._classes = ExchangeFactory(config=config)
        self._log = logging.Logger("course.exchange")
        self._log.addHandler(_Told(tell))
        self._options = {
            "coursedir": self.folder, "authenticator": Authenticator(config=config),
            "config": config, "log": self._log,
        }  # fmt: skip
        self._collect = _collecting(self._classes.collect)(**self._options)
        root = Path(self._collect.root, self.folder.course_id)
        self.inbound, self.feedback = root / "inbound", root / "feedback"

    @property
    def is_there(self) -> bool:
        """Whether something can be handed in through it."""
        return bool(self.folder.course_id) and self.inbound.is_dir()

    def signs(self) -> frozenset[tuple]:
        """Tell what lies there; another answer means that something was handed in."""
        pattern = f"+{self.name}+"
        found = set()
        try:
            with os.scandir(self.inbound) as entries:
                for entry in entries:
                    if pattern in entry.name:
                        found.add((entry.name, entry.stat(follow_symlinks=False).st_ctime_ns))
        except OSError as error:
            self.tell(f"The exchange cannot be looked into: {error}.")
        return frozenset(found)

    def attempts(self) -> tuple[dict[str, list[Attempt]], bool]:
        """Find what was handed in.

        Returns
        -------
        (dict of str to list of Attempt, bool)
            By student, in the order of time; and whether something is still being copied there.
        """
        found, copied = defaultdict(list), False
        for path in self.inbound.iterdir():
            parts = path.name.rsplit("+", 3)
            if len(parts) < 3 or parts[1] != self.name:
                parts = path.name.rsplit("+", 2)
            if len(parts) < 3 or parts[1] != self.name:
                continue
            attempt = self._read(path, *parts[:3:2])
            if attempt is None:
                continue
            if _is_whole(path):
                found[attempt.student].append(attempt)
            else:
                copied = True
        return {one: sorted(all_, key=lambda it: it.time) for one, all_ in found.items()}, copied

    def _read(self, path: Path, student: str, time: str) -> Attempt | None:
        where = plain(path.name)
        if path.is_symlink() or not path.is_dir():
            self.tell(f"{where}, in the exchange, is no folder: it is not taken.")
            return None
        try:
            when = parse_utc(time)
        except (ValueError, OverflowError):
            when = None
        if when is None or not is_student_id(student):
            self.tell(f"{where}, in the exchange, does not say who handed it in when.")
            return None
        if self._collect.check_owner and (owner := _owner(path)) != student:
            self.tell(NOT_OWN.format(where, owner, plain(student)))
            return None
        return Attempt(student, when, path)

    def collected(self, student: str) -> datetime | None:
        """When what was collected of a student was handed in; None if nothing was."""
        try:
            return parse_utc((self._submitted(student) / TIMESTAMP).read_text("utf-8").strip())
        except (OSError, ValueError, OverflowError):
            return None

    def _submitted(self, student: str) -> Path:
        path = self.folder.format_path(self.folder.submitted_directory, student, self.name)
        return Path(path)

    def collect(self, attempt: Attempt) -> bool:
        """Copy an attempt to where nbgrader keeps what was handed in, in place of an earlier one.

        Returns
        -------
        bool
            Whether it is there now; else it was told why not.
        """
        try:
            self._collect.attempt = attempt
            self._collect.start()
            return True
        except (ExchangeError, OSError, RuntimeError) as error:
            self.tell(f"What {plain(attempt.student)} handed in cannot be collected: {error}")
            return False

    def release(self, student: str) -> bool:
        """Give a student's page back, if they handed in through the exchange and it is not there.

        Returns
        -------
        bool
            Whether it was given back now.

        Raises
        ------
        OSError
            If that is not possible.
        """
        page = self.page(student)
        made = self._place(page.with_name(SECRET), self.name)
        if made is None or not page.is_file() or _is_copy(page, made):
            return False
        with replaced(self.folder, "student_id", glob.escape(student)):
            try:
                self._classes.release_feedback(**self._options).start()
            except ExchangeError as error:
                raise OSError(f"The exchange does not take pages: {error}") from error
        return True

    def refuse(self, attempt: Attempt, why: str) -> bool:
        """Give back, in place of a page, why an attempt is not graded.

        Parameters
        ----------
        attempt : Attempt
        why : str
            A sentence to the student.

        Returns
        -------
        bool
            Whether it was not there before.

        Raises
        ------
        OSError
            If that is not possible.
        """
        refused = SimpleNamespace(status="refused", score=None, max_score=None, message=why)
        title = read_settings(Path(self.folder.root, "source", self.name)).title
        page, new = plain_page(self.name, attempt.student, refused, title=title), False
        for notebook in islice(attempt.folder.glob("*.ipynb"), MOST_PAGES):
            made = self._place(attempt.folder / SECRET, notebook.stem)
            if made is not None and not made.exists():
                write_whole(made, page)
                new = True
        return new

    def page(self, student: str) -> Path:
        """Where a student's page is made."""
        folder = self.folder.format_path(self.folder.feedback_directory, student, self.name)
        return Path(folder, f"{self.name}.html")

    def students_with_page(self) -> list[str]:
        """Ids of the students that have a page."""
        return [one.parent.parent.name for one in self.page("*").parents[2].glob(
            f"*/{glob.escape(self.name)}/{glob.escape(self.name)}.html")]  # fmt: skip

    def _place(self, secret: Path, notebook: str) -> Path | None:
        """Where the page of a notebook is found by whoever knows the submission's secret."""
        try:
            here = secret.is_file() and not secret.is_symlink()
            known = secret.read_text("utf-8") if here else ""
        except (OSError, UnicodeDecodeError):
            known = ""
        if not known:
            return None
        return self.feedback / f"{notebook_hash(secret=known, notebook_id=notebook)}.html"


def _collecting(configured: type) -> type:
    """Make of the class that collects one that takes a single attempt, whole or not at all."""

    class Collect(configured if issubclass(configured, ExchangeCollect) else ExchangeCollect):
        attempt: Attempt

        def init_src(self):
            """Take the one attempt."""
            student, when, folder = self.attempt
            self.inbound_path, self.update = str(folder.parent), True
            self.src_records = [
                {"username": student, "filename": folder.name, "timestamp": when}
            ]  # fmt: skip

        def do_copy(self, src, dest, log=None):
            """Copy, following no link; what a student may not copy is not theirs to show."""
            with tempfile.TemporaryDirectory(prefix=".collecting-", dir=self.coursedir.root) as at:
                whole = os.path.join(at, "whole")
                with replaced(shutil, "copytree", partial(_copy, shutil.copytree)):
                    super().do_copy(src, whole, log)
                for folder, _, _ in os.walk(whole):
                    os.chmod(folder, os.stat(folder).st_mode | 0o700)
                _set_time(Path(whole, TIMESTAMP), self.attempt.time)
                os.replace(whole, dest)

    return Collect


def _copy(copytree: Callable, src: str, dest: str, ignore: Callable) -> None:
    """Copy files, folders and links as such; what has no end or no content is left out."""

    def left_out(folder: str, names: list[str]) -> set[str]:
        kinds = {name: os.lstat(os.path.join(folder, name)).st_mode for name in names}
        others = {
            name for name, mode in kinds.items()
            if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISLNK(mode))
        }  # fmt: skip
        return others.union(ignore(folder, names))

    with replaced(shutil, "copytree", copytree):  # by which it copies folders in it
        copytree(src, dest, symlinks=True, ignore=left_out)


def _set_time(path: Path, time: datetime) -> None:
    """See that a submission tells the time of its name: by that, one is told from another."""
    try:
        told = None if path.is_symlink() else parse_utc(path.read_text("utf-8").strip())
    except (OSError, ValueError, OverflowError):
        told = None
    if told != time:
        path.unlink(missing_ok=True)
        path.write_text(f"{time:%Y-%m-%d %H:%M:%S.%f} UTC", encoding="utf-8")


def _is_whole(folder: Path) -> bool:
    """Whether a submission is no longer being copied: `submit` writes the secret last."""
    try:
        about = (folder / SECRET).lstat()
        rest = REST_SECONDS if about.st_size else LONG_REST_SECONDS
    except OSError:
        rest = LONG_REST_SECONDS
    try:
        return time.time() - folder.lstat().st_ctime >= rest
    except OSError:
        return False


def _is_copy(page: Path, made: Path) -> bool:
    """Whether a page was given back since it was made."""
    try:
        one, other = page.stat(), made.stat()
    except OSError:
        return False
    return one.st_size == other.st_size and one.st_mtime <= other.st_mtime


def _owner(path: Path) -> str:
    import pwd  # there is none on Windows, as there is no exchange

    try:
        return pwd.getpwuid(path.lstat().st_uid).pw_name
    except (KeyError, OSError):
        return "nobody that this machine knows"


class _Told(logging.Handler):
    """Passes on what nbgrader warns of."""

    def __init__(self, tell: Callable[[str], None]):
        super().__init__(logging.WARNING)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        self._tell(f"nbgrader: {' '.join(record.getMessage().split())}")
