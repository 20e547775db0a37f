"""Record results: gradebook, graded notebooks, feedback pages, `results.jsonl`, `grades.csv`.

What is graded stands in one place, nbgrader's gradebook (see `gradebook.Book`), and a submission
gets there in one transaction. Its files are written before, whole and on the disk. So a process
that ends anywhere leaves a submission recorded, or to be graded again, and nothing between; what
was recorded of it earlier stays until then.
`results.jsonl` and `grades.csv` are made from the gradebook: whatever a crash does to them, the
next run writes them again. They are about one assignment. Where a folder gets results of a second
one, each has files of its own from then on, `results-NAME.jsonl` and `grades-NAME.csv`, and those
of the first are renamed so. Gradebook, graded notebooks and pages have room for many anyway.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
from sqlalchemy.exc import SQLAlchemyError

from ..assignment import Assignment
from ..pages.feedback.page import feedback_page
from ..pages.feedback.render import plain_page
from ..records import kept, tables
from ..records.attempts import Due
from ..records.database import Unusable
from ..records.entry import Entry, Found
from ..records.gradebook import Book, CellsChanged
from ..records.graded import GradedSubmission, Ready, missing, not_graded
from ..records.late import Policy
from ..records.roster import Roster, read_roster
from ..shared.files import make_folder, write_whole
from .handed import told_of
from .ready import made_ready
from .submissions import Submission, is_student_id

GRADEBOOK = "gradebook.db"
#: What may be left of a gradebook's class when it is gone.
LEFT = ("results*.jsonl", "feedback/*/*", "autograded/*/*")
FULL = "disk is full", "No space left", "Disk quota exceeded"
GO_ON = " Make room there, and run the same command again: it goes on."


class CannotRecord(OSError):
    """The place for the results cannot be written to; what is recorded there stays."""


class Record:
    """Where the results of one assignment go; a context manager.

    Parameters
    ----------
    folder : Path
        Course folder, or any other: gets `results.jsonl`, `grades.csv` (see `tables_of`),
        `gradebook.db`, `autograded/` and `feedback/`.
    assignment : Assignment
        What was graded.
    course : Path, optional
        Whose configuration says what is taken off for handing in late.
    anew : bool
        Make a new gradebook, even where one must have been: there is graded work.

    Raises
    ------
    CannotRecord
        Also from its methods, if the disk is full, or the gradebook damaged.
    """

    def __init__(
        self, folder: Path, assignment: Assignment, anew: bool = False, course: Path | None = None
    ):
        self.folder, self.assignment = Path(folder), assignment
        with self._told():
            if not anew:
                self._look_for_gradebook()
            make_folder(self.folder)
            self._book = Book(self.folder / GRADEBOOK, assignment, Policy(course))
            others = self._book.others()
            if others:
                self._set_apart(others)
                self._results, self._grades = tables.own_tables(self.folder, assignment.name)
            else:
                self._results, self._grades = tables.tables_of(self.folder, assignment.name)
            self._write_results(self._rows())
            self._lines = open(self._results, "a", encoding="utf-8")  # noqa: SIM115

    def _set_apart(self, others: list[str]) -> None:
        """Give the files that are about one assignment, while there was no other, its name."""
        shared = self.folder / tables.RESULTS, self.folder / tables.GRADES
        owner = tables.named_in(shared[0]) or (others[0] if len(others) == 1 else None)
        if owner is None:
            return
        for path, own in zip(shared, tables.own_tables(self.folder, owner)):
            with suppress(FileNotFoundError):
                os.replace(path, own)

    def _look_for_gradebook(self) -> None:
        if (self.folder / GRADEBOOK).exists():
            return
        found = (path for part in LEFT for path in self.folder.glob(part))
        left = next((path for path in found if path.stat().st_size), None)
        if left is not None:
            raise CannotRecord(
                f"There is graded work in {self.folder} ({left.relative_to(self.folder)}), but "
                f"no {GRADEBOOK}: it was moved or deleted. Grades and comments given by hand were "
                "in it alone. Put it back, or a backup of it; or grade everyone anew, without "
                "them, with `--regrade`. Nothing is changed."
            )

    def __enter__(self) -> Record:
        return self

    def __exit__(self, *exception) -> None:
        with suppress(OSError):  # of a line that did not fit: the next run writes them all
            self._lines.close()
        self._book.__exit__(*exception)

    def graded(self) -> dict[str, kept.Known]:
        """What was recorded, by student."""
        with self._told():
            return self._book.results()

    def roster(self) -> Roster:
        """Who is in the class."""
        with self._told():
            return read_roster(self.folder / GRADEBOOK)

    def due(self) -> Due:
        """By when it was to be handed in."""
        with self._told():
            return self._book.due()

    def differing(self, versions: dict[str, str] | None) -> list[str]:
        """Names of what has another version now than in these; see `Assignment.versions`."""
        return kept.differing(versions, self.assignment.versions)

    def add(self, submission: Submission, graded: GradedSubmission, digest: str) -> dict[str, Any]:
        """Record one result.

        Parameters
        ----------
        submission, graded
            What was handed in, and what came of it.
        digest : str
            From before it was graded: a file that changes meanwhile is graded again.

        Returns
        -------
        dict
            Its line in `results.jsonl`.

        Raises
        ------
        ValueError
            If the student id could lead anywhere but to a folder of that name.
        """
        if not is_student_id(submission.student):
            raise ValueError(f"{submission.student!r} cannot be a student id")
        with self._told():
            try:
                return self._add(submission, graded, digest)
            except (OSError, SQLAlchemyError):
                raise
            except Exception as error:
                reason = f"The result could not be recorded: {type(error).__name__}: {error}"[:300]
                graded = not_graded(self.assignment, (reason,), graded.seconds)
                return self._add(submission, graded, digest)

    def _add(self, submission: Submission, graded: GradedSubmission, digest: str) -> dict[str, Any]:
        row = graded.as_row(submission.student, self.assignment.name, submission.shown_path)
        row["parameters"] = {**self.assignment.parameters, **dict(submission.parameters)}
        if self.assignment.pools:
            row["numbers"] = graded.numbers
            row["fits"] = {one.name: dict(one.fits) for one in graded.questions if one.fits}
        row["message"] = row["message"] or submission.note
        row["handed_in"] = told_of(submission, self.assignment)
        row = _writable(row)
        if graded.score is None:
            digest = ""  # so that the next run grades it
        # Its files are replaced first: should this end before its grades are, they do not match.
        self._book.reopen(submission.student)
        ready, line = graded.ready or made_ready(self.assignment, graded), json.dumps(row)
        result = digest, self.assignment.versions, line, ready and ready.packed
        with self._book.entry(submission, *result) as entry:
            entry.about = row["handed_in"]
            self._fill(entry, graded, ready)
        self.keep_from_exchange(submission)
        self._lines.write(line + "\n")
        self._lines.flush()
        return row

    def keep_from_exchange(self, submission: Submission) -> None:
        """Put beside what was graded what `nbgrader release_feedback` needs there.

        Parameters
        ----------
        submission : Submission
            With results.
        """
        page, autograded = self._page(submission.student), self._autograded(submission.student)
        with self._told():
            for name, content in submission.from_exchange().items():
                for path in (page.with_name(name), autograded.with_name(name)):
                    if path.parent.is_dir() and not (
                        path.is_file() and path.read_bytes() == content
                    ):
                        write_whole(path, content)

    def _fill(self, entry: Entry, graded: GradedSubmission, ready: Ready | None) -> None:
        name, student = self.assignment.name, entry.student
        if ready is None:
            ours = graded.status == "not_graded"
            nothing = Found(None if ours else 0.0, ours=ours)
            entry.save(dict.fromkeys(entry.grades, nothing))
            title = self.assignment.title
            page = plain_page(name, student, graded, entry.handed_in, entry.max_score, title)
            # What was graded before is not what this page is about.
            self._autograded(student).unlink(missing_ok=True)
        else:
            notebook = ready.notebook
            entry.save(ready.found, ready.comments, notebook)
            # What a worker made, if the gradebook has what it took for granted.
            page = ready.page if entry == ready.entry else self._made_page(entry, notebook)
            write_whole(self._autograded(student), notebook)
        write_whole(self._page(student), page)

    def _made_page(self, entry: Entry, notebook: bytes) -> str:
        name = self.assignment.name
        return feedback_page(name, entry.student, nbformat.v4.reads(notebook), entry)

    def _autograded(self, student: str) -> Path:
        name = self.assignment.name
        return self.folder / "autograded" / student / name / f"{name}.ipynb"

    def _page(self, student: str) -> Path:
        name = self.assignment.name
        return self.folder / "feedback" / student / name / f"{name}.html"

    def make_again(self) -> int:
        """Make graded notebooks and feedback pages that are missing, from the gradebook.

        Returns
        -------
        int
            How many students had one missing.
        """
        made = 0
        with self._told():
            for student, known in self.graded().items():
                page, autograded = self._page(student), self._autograded(student)
                wanted = {page} | ({autograded} if known.ran else set())
                missing = {path for path in wanted if not path.is_file()}
                # Of a result from before notebooks were kept, there is nothing to make them of.
                if missing and known.versions is not None and is_student_id(student):
                    self._make_again(student, known, missing)
                    made += 1
        return made

    def _make_again(self, student: str, known: kept.Known, missing: set[Path]) -> None:
        name, notebook = self.assignment.name, self._book.notebook(student)
        if self._autograded(student) in missing:
            write_whole(self._autograded(student), notebook)
        if self._page(student) not in missing:
            return
        with self._book.look(student) as entry:
            entry.about = known.row.get("handed_in") or {}
            if notebook is None:
                row = SimpleNamespace(**known.row)
                title = self.assignment.title
                page = plain_page(name, student, row, entry.handed_in, entry.max_score, title)
            else:
                page = self._made_page(entry, notebook)
        write_whole(self._page(student), page)

    def take_off_again(self) -> int:
        """Work out late penalties anew, and make the pages again of whose they change.

        Returns
        -------
        int
            How many students these are.
        """
        with self._told():
            changed = self._book.take_off_again()
            recorded = self.graded()
            for student in changed:
                known = recorded.get(student)
                if known is not None and known.versions is not None and is_student_id(student):
                    self._make_again(student, known, {self._page(student)})
        return len(changed)

    def finish(self) -> None:
        """Sort the lines of `results.jsonl`, and write `grades.csv` from them.

        Who is in the class, and has handed in nothing, has a line with the status ``missing``.
        Its columns from ``score_with_manual_grades`` on are the gradebook's: that, whether
        something still waits to be graded by hand, whether and how many seconds late it was, the
        points that were taken off for it, and the score without them. Names, email address and
        LMS id come last.
        """
        with self._told():
            roster, totals, late = self.roster(), self._book.totals(), self._book.late()
            rows = self._rows()
            there = {row["student"] for row in rows}
            for student in self._book.empty_entries() - there:
                totals.pop(student, None)
            there |= totals.keys()
            rows += [missing(self.assignment, one) for one in roster.people if one not in there]
            rows.sort(key=lambda row: row["student"])
            self._write_results(rows)
            write_whole(
                self._grades,
                tables.grades_of(rows, self.assignment.questions, roster, totals, late),
            )
            if any(row.get("numbers") for row in rows):
                name = tables.NUMBERS.format(self.assignment.name)
                write_whole(self.folder / name, tables.numbers_of(rows))

    def _rows(self) -> list[dict[str, Any]]:
        return sorted((one.row for one in self.graded().values()), key=lambda row: row["student"])

    def _write_results(self, rows: list[dict[str, Any]]) -> None:
        write_whole(self._results, "".join(json.dumps(row) + "\n" for row in rows))

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say of what keeps results from being recorded what it means, and what to do."""
        try:
            yield
        except CannotRecord:
            raise
        except (OSError, SQLAlchemyError, sqlite3.Error, CellsChanged, Unusable) as error:
            reason = str(getattr(error, "orig", None) or error)
            raise CannotRecord(
                f"Results cannot be recorded in {self.folder}: {reason}. What is recorded there "
                f"stays.{GO_ON if any(words in reason for words in FULL) else ''}"
            ) from error


def _writable(row: dict[str, Any]) -> dict[str, Any]:
    """Replace what JSON can hold and a file cannot: half of a surrogate pair."""
    return json.loads(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace"))
