"""Rules by which names of files and folders say whose a notebook is, and which attempt.

They stand in this table alone. To teach the course another system's names, add a line to `RULES`:
the first that fits counts.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from ..shared.markup import spelling

FILE, FOLDER = "file", "folder"


class Rule(NamedTuple):
    """How one system names what it lets an instructor download.

    Attributes
    ----------
    system : str
        As it is told.
    kind : str
        Whether the pattern is about the name of a file or of a folder.
    pattern : str
        Fits a whole name. Its groups: ``student``; ``number``, the system's own id of a student, if
        it has one; ``late``, a mark; ``time`` and ``order``, by which attempts are sorted;
        ``file``, how the student named it.
    """

    system: str
    kind: str
    pattern: str


RULES = (
    # submissions.zip: doejane_LATE_12345_678901_hw-1.ipynb; -1 is what Canvas adds to a second one.
    # With a time in place of the file's name it is an export of otter's, see `COPY`.
    Rule(
        "Canvas", FILE,
        r"(?P<student>anon_?\w+?)_(?:(?P<late>LATE)_)?(?P<order>\d+)_(?P<file>.+)",
    ),
    Rule(
        "Canvas", FILE,
        r"(?P<student>[^_]+)_(?:(?P<late>LATE)_)?(?P<number>\d+)_(?P<order>\d+)_(?!\d\dT\d\d_)(?P<file>.+)",
    ),
    # Cross Session_jdoe_attempt_2026-11-20-10-00-00_hw.ipynb
    Rule(
        "Blackboard", FILE,
        r"(?:.+_)?(?P<student>[^_]+)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|\.\w+)",
    ),
    # Jane Doe_123456_assignsubmission_file_/hw.ipynb, or one name where there are no folders; the
    # number is another one in each assignment. Participant_123456 where names are hidden.
    Rule("Moodle", FOLDER, r"(?P<student>Participant[ _]\d+)_assignsubmission_[a-z]+_?"),
    Rule("Moodle", FOLDER, r"(?P<student>.+)_(?P<number>\d+)_assignsubmission_[a-z]+_?"),
    Rule("Moodle", FILE, r"(?P<student>Participant[ _]\d+)_assignsubmission_[a-z]+_(?P<file>.+)"),
    Rule("Moodle", FILE, r"(?P<student>.+)_(?P<number>\d+)_assignsubmission_[a-z]+_(?P<file>.+)"),
    # assignment_1_export/submission_111/hw.ipynb, with names in submission_metadata.yml beside it.
    Rule("Gradescope", FOLDER, r"(?P<student>submission_(?P<order>\d+))"),
    # 12345-67890 - Jane Doe - Nov 20, 2026 1000 AM/hw.ipynb
    Rule("Brightspace", FOLDER, r"(?P<number>\d+)-\d+ ?- (?P<student>.+?) ?- (?P<time>.+\d{4}.+M)"),
    Rule(
        "Brightspace", FILE,
        r"(?P<number>\d+)-\d+ ?- (?P<student>.+?) ?- (?P<time>.+\d{4}.+?M) ?- (?P<file>.+)",
    ),
    # Doe, Jane(jdoe)/Submission attachment(s)/hw.ipynb
    Rule("Sakai", FOLDER, r"[^(),]+, ?[^(),]+\((?P<student>[^()\s]+)\)"),
)  # fmt: skip

#: Formats of a ``time``.
TIMES = ("%Y-%m-%d-%H-%M-%S", "%b %d, %Y %I%M %p", "%B %d, %Y %I%M %p", "%b %d, %Y %I-%M %p",
         "%d %B, %Y %I-%M %p", "%d %b, %Y %I-%M %p", "%B %d, %Y %I-%M %p")  # fmt: skip

#: A folder of students, or of what a group handed in together: its name is no student's.
GROUP = re.compile(
    r"(group|section|class|course|team|lab|tutorial|seminar|gruppe|kurs|groupe|grupo)s?"
    r"([ _-]*[a-z0-9]{1,3})?", re.I,
)  # fmt: skip
#: A folder that something else made around what was handed in: its name says nothing.
WRAPPING = re.compile(
    r"submitted( files)?|submissions?|submission attachment\(s\)|handed[ _-]?in|hand[ _-]?ins?|"
    r"(assignment_\d+_)?export|downloads?( \(\d+\))?|archive|bulk[ _-]?download|all|students?|"
    r"moodle|canvas|blackboard|gradescope|brightspace|sakai|abgaben?|einreichungen", re.I,
)  # fmt: skip
#: A folder that is one attempt of a student: Version 2, attempt_3.
ATTEMPT = re.compile(r"(?:attempt|version|versuch|try|v)[ _-]*(?P<order>\d{1,4})", re.I)
#: What is put behind a name to tell copies of a file apart: (2), -2, _v2, " - Copy", and by otter
#: the time of an export, _2026_03_01T09_30_00_123456.
COPY = re.compile(
    r"(?P<base>.+?)(?:[ _-]*\(\d{1,3}\)|-\d{1,3}|[ _-]+(?:v|version|attempt|try)[ _-]*\d{1,3}"
    r"|[ _-]+(?:copy|kopie|final)(?:[ _-]*\(?\d{1,3}\)?)?"
    r"|_\d{4}(?:_\d\d){2}T\d\d(?:_\d\d){2}(?:_\d{1,6})?)", re.I,
)  # fmt: skip
#: Folders that hold what was made of submissions, or what a machine keeps for itself.
NOT_HANDED_IN = re.compile(
    r"\..*|__MACOSX|__pycache__|autograded|feedback|report|release|solutions|autograder|source|"
    r"exchange|node_modules", re.I,
)  # fmt: skip
#: Files that were not handed in: a machine's own, nbgrader's and Gradescope's.
NOISE = re.compile(
    r"\..*|thumbs\.db|desktop\.ini|index\.html?|timestamp\.txt|submission_secret\.txt|submission_metadata\.yml|"
    r"grad(es|ebook).*|results.*\.jsonl", re.I,
)  # fmt: skip
#: A notebook's file, also as browsers, mail and Windows rename it: hw.IPYNB, hw.ipynb.txt.
NOTEBOOK = re.compile(r"(?P<stem>.*)\.ipynb(\.(txt|json|download|html?))?", re.I | re.S)
ZIP = re.compile(r"(?P<stem>.*)\.zip", re.I | re.S)
#: What students hand in instead of a notebook. Other files in a folder of a class are the
#: instructor's.
INSTEAD = re.compile(
    r"(?P<stem>.*)\.(pdf|html?|docx?|odt|rtf|pages|rar|7z|tar|tgz|tar\.gz|gz|zip|ipynb.*)",
    re.I | re.S,
)  # fmt: skip


@dataclass(frozen=True)
class Name:
    """What a name says.

    Attributes
    ----------
    student : str
        Who.
    system : str
        Whose rule it is.
    number : str, optional
        The system's id of the student.
    late : bool
        Whether it is marked as late.
    time : datetime, optional
        When it was handed in, by the system's clock.
    order : tuple of int
        The last attempt has the greatest.
    file : str, optional
        How the student named it.
    """

    student: str
    system: str
    number: str | None = None
    late: bool = False
    time: datetime | None = None
    order: tuple[int, ...] = ()
    file: str | None = None


def read_name(name: str, kind: str) -> Name | None:
    """Read a file's or a folder's name by the rules; None if no rule fits it."""
    name = unicodedata.normalize("NFC", name)
    if len(name) > 1000:
        return None
    for rule in RULES:
        found = re.fullmatch(rule.pattern, name) if rule.kind == kind else None
        if found is None:
            continue
        said = found.groupdict()
        time = _time(said["time"]) if said.get("time") else None
        order = int(said["order"][:30]) if said.get("order") else 0
        if time is not None:
            order = int(time.timestamp())
        return Name(
            said["student"].strip(), rule.system, said.get("number"), bool(said.get("late")),
            time, (order, _copy(notebook_stem(said.get("file") or ""))[1]), said.get("file"),
        )  # fmt: skip
    return None


def _time(text: str) -> datetime | None:
    for form in TIMES:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return None


def notebook_stem(name: str) -> str:
    """A file's name without what says that it is a notebook."""
    found = NOTEBOOK.fullmatch(name)
    return found["stem"] if found else name


def _copy(stem: str) -> tuple[str, int]:
    """Take the mark of a copy off a name; its number is 0 where there is none."""
    found = COPY.fullmatch(stem)
    if found is None:
        return stem, 0
    base = found["base"]
    return base, int(re.sub(r"\D", "", stem.removeprefix(base)) or 1)


def attempt_of(stem: str) -> tuple[str, int]:
    """Tell what a file is a copy of, and the how manyth: ``("hw", 2)`` of ``hw (2)``."""
    base, number = _copy(stem)
    return spelling(base), number


def is_like(name: str, assignment: str) -> bool:
    """Whether a name is the assignment's, in whatever spelling, or a copy's of it."""
    return spelling(assignment) in (spelling(name), attempt_of(name)[0])
