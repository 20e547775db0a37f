"""Record results: gradebook, graded notebooks, feedback pages, `results.jsonl`, `grades.csv`.

What is graded stands in one place, nbgrader's gradebook (see `gradebook.Book`), and a submission
gets there in one transaction. Its files are written before, whole and on the disk. So a process
that ends anywhere leaves a submission recorded, or to be graded again, and nothing between; what
was recorded of it earlier stays until then.
`results.jsonl` and `grades.csv` are made from the gradebook, and are never read here: whatever a
crash does to them, the next run writes them again.
"""

from __future__ import annotations

import csv
import io
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import nbformat
from sqlalchemy.exc import DBAPIError

from ..assignment import Assignment
from ..feedback.page import feedback_page, plain_page
from ..files import make_folder, write_whole
from .gradebook import Book, CellsChanged, Entry
from .graded import GradedSubmission, not_graded
from .submissions import Submission, is_student_id

RESULTS = "results.jsonl"
GRADES = "grades.csv"
GRADEBOOK = "gradebook.db"


class CannotRecord(OSError):
    """The place for the results cannot be written to; what is recorded there stays."""


class Record:
    """Where the results of one assignment go; a context manager.

    Parameters
    ----------
    folder : Path
        Course folder, or any other: gets `results.jsonl`, `grades.csv`,
        `gradebook.db`, `autograded/` and `feedback/`.
    assignment : Assignment
        What was graded.

    Raises
    ------
    CannotRecord
        Also from its methods, if the disk is full, or the gradebook damaged.
    """

    def __init__(self, folder: Path, assignment: Assignment):
        self.folder, self.assignment = Path(folder), assignment
        make_folder(self.folder)
        try:
            self._book = Book(self.folder / GRADEBOOK, assignment)
        except (DBAPIError, CellsChanged) as error:
            raise self._cannot(error) from error
        self._write_results()
        self._lines = open(self.folder / RESULTS, "a", encoding="utf-8")  # noqa: SIM115

    def __enter__(self) -> Record:
        return self

    def __exit__(self, *exception) -> None:
        self._lines.close()
        self._book.__exit__(*exception)

    def graded(self) -> dict[str, tuple[str, dict[str, Any]]]:
        """Digest and row of what was recorded, by student."""
        return self._book.results()

    def digest(self, submission: Submission) -> str:
        """Changes when the submission or the assignment does."""
        both = self.assignment.fingerprint + submission.digest()
        return sha256(both.encode()).hexdigest()

    def add(self, submission: Submission, graded: GradedSubmission, digest: str) -> dict[str, Any]:
        """Record one result.

        Parameters
        ----------
        submission, graded
            What was handed in, and what came of it.
        digest : str
            From `digest`, before it was graded: a file that changes meanwhile is graded again.

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
        try:
            return self._add(submission, graded, digest)
        except (OSError, DBAPIError) as error:
            raise self._cannot(error) from error
        except Exception as error:
            reason = f"The result could not be recorded ({type(error).__name__}: {error})."[:300]
            graded = not_graded(self.assignment, (reason,), graded.seconds)
            return self._add(submission, graded, digest)

    def _add(self, submission: Submission, graded: GradedSubmission, digest: str) -> dict[str, Any]:
        row = graded.as_row(submission.student, self.assignment.name, submission.shown_path)
        row["message"] = row["message"] or submission.note
        row = _writable(row)
        # Its files are replaced first: should this end before its grades are, they do not match.
        self._book.reopen(submission.student)
        with self._book.entry(submission) as entry:
            self._fill(entry, submission.student, graded)
            entry.keep(digest, row)
        self._lines.write(json.dumps(row) + "\n")
        self._lines.flush()
        return row

    def _fill(self, entry: Entry, student: str, graded: GradedSubmission) -> None:
        name = self.assignment.name
        autograded = self.folder / "autograded" / student / name / f"{name}.ipynb"
        if graded.notebook is None:
            entry.save(None)
            page = plain_page(name, student, graded)
            # What was graded before is not what this page is about.
            autograded.unlink(missing_ok=True)
        else:
            # As `nbformat.writes` made it: no need to validate it again.
            notebook = nbformat.v4.reads(graded.notebook)
            entry.save(notebook)
            page = feedback_page(name, student, notebook, entry)
            write_whole(autograded, graded.notebook)
        write_whole(self.folder / "feedback" / student / name / f"{name}.html", page)

    def finish(self) -> None:
        """Sort the lines of `results.jsonl`, and write `grades.csv` from them.

        The last two columns are the gradebook's: the score with manual grades,
        and whether something still waits to be graded by hand.
        """
        rows = self._write_results()
        totals = self._book.totals()
        questions = self.assignment.questions
        table = io.StringIO()
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(
            ["student", "status", "score", "max_score", *questions, "message",
             "score_with_manual_grades", "needs_manual_grade"]
        )  # fmt: skip
        for row in rows:
            scores = [row["questions"].get(question, {}).get("score", "") for question in questions]
            writer.writerow(
                [row["student"], row["status"], row["score"], row["max_score"], *scores,
                 row["message"] or "", *totals.get(row["student"], ["", ""])]
            )  # fmt: skip
        write_whole(self.folder / GRADES, table.getvalue())

    def _write_results(self) -> list[dict[str, Any]]:
        rows = sorted((row for _, row in self.graded().values()), key=lambda row: row["student"])
        write_whole(self.folder / RESULTS, "".join(json.dumps(row) + "\n" for row in rows))
        return rows

    def _cannot(self, error: Exception) -> CannotRecord:
        reason = getattr(error, "orig", None) or error
        return CannotRecord(
            f"Results cannot be recorded in {self.folder}: {reason}. What is recorded there stays."
        )


def _writable(row: dict[str, Any]) -> dict[str, Any]:
    """Replace what JSON can hold and a file cannot: half of a surrogate pair."""
    return json.loads(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace"))
