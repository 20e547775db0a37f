"""Record results: `results.jsonl`, `grades.csv`, nbgrader's gradebook, graded notebooks."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import warnings
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook
from nbgrader.preprocessors import AssignLatePenalties, SaveAutoGrades, SaveCells
from nbgrader.utils import parse_utc

from ..assignment import Assignment
from ..feedback.page import feedback_page, plain_page
from ..files import write_whole
from .submission import GradedSubmission, not_graded
from .submissions import Submission

RESULTS = "results.jsonl"
GRADES = "grades.csv"
GRADEBOOK = "gradebook.db"


class Record:
    """Where the results of one assignment go.

    Parameters
    ----------
    folder : Path
        Course folder, or any other: gets `results.jsonl`, `grades.csv`,
        `gradebook.db`, `autograded/` and `feedback/`.
    assignment : Assignment
        What was graded.
    """

    def __init__(self, folder: Path, assignment: Assignment):
        self.folder, self.assignment = Path(folder), assignment
        self.folder.mkdir(parents=True, exist_ok=True)
        self.db_url = f"sqlite:///{(self.folder / GRADEBOOK).resolve()}"
        register(self.db_url, assignment)

    def rows(self) -> dict[str, dict[str, Any]]:
        """Rows of earlier runs by student; a line cut short by a crash is left out."""
        path = self.folder / RESULTS
        if not path.is_file():
            return {}
        rows = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                row = json.loads(line)
            except ValueError:
                continue
            if isinstance(row, dict) and {"digest", "student", "questions"} <= row.keys():
                rows[row["student"]] = row
        return rows

    def entered(self) -> set[str]:
        """Students with an entry in the gradebook."""
        with Gradebook(self.db_url) as gradebook:
            submissions = gradebook.assignment_submissions(self.assignment.name)
            return {submission.student.id for submission in submissions}

    def digest(self, submission: Submission) -> str:
        """Changes when the submission or the assignment does."""
        content = submission.path.read_bytes() if submission.path.is_file() else b""
        parts = (self.assignment.fingerprint, submission.student, submission.timestamp or "")
        return hashlib.sha256("\0".join(parts).encode() + b"\0" + content).hexdigest()

    def add(self, submission: Submission, graded: GradedSubmission, digest: str) -> dict[str, Any]:
        """Record one result; its line in `results.jsonl` is written last.

        Parameters
        ----------
        submission, graded
            What was handed in, and what came of it.
        digest : str
            From `digest`, before it was graded: a file that changes meanwhile is graded again.

        Returns
        -------
        dict
            The line.
        """
        try:
            self._write(submission, graded)
        except Exception as error:
            message = f"The result could not be recorded ({type(error).__name__}: {error})."[:300]
            graded = not_graded(self.assignment, "crashed", message, graded.seconds)
            self._write(submission, graded)
        row = graded.as_row(submission.student, str(submission.path))
        row["digest"] = digest
        with open(self.folder / RESULTS, "a", encoding="utf-8") as results:
            results.write(json.dumps(row) + "\n")
        return row

    def _write(self, submission: Submission, graded: GradedSubmission) -> None:
        name, student = self.assignment.name, submission.student
        save_grades(self.db_url, self.assignment, submission, graded)
        stem = Path(student, name, name)
        page = self.folder / "feedback" / stem.with_suffix(".html")
        if graded.notebook is None:
            write_whole(page, plain_page(name, student, graded))
        else:
            write_whole(self.folder / "autograded" / stem.with_suffix(".ipynb"), graded.notebook)
            write_whole(page, feedback_page(name, student, graded.notebook, self.db_url))

    def finish(self) -> None:
        """Keep one line for each student in `results.jsonl`, and write `grades.csv` from them.

        The last two columns are the gradebook's: the score with manual grades,
        and whether something still waits to be graded by hand.
        """
        rows = sorted(self.rows().values(), key=lambda row: row["student"])
        write_whole(self.folder / RESULTS, "".join(json.dumps(row) + "\n" for row in rows))
        with Gradebook(self.db_url) as gradebook:
            totals = {
                entry.student.id: [entry.score, entry.needs_manual_grade]
                for entry in gradebook.assignment_submissions(self.assignment.name)
            }
        questions = list(self.assignment.test_files)
        table = io.StringIO()
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(
            ["student", "status", "score", "max_score", *questions, "message",
             "score_with_manual_grades", "needs_manual_grade"]
        )  # fmt: skip
        for row in rows:
            scores = [row["questions"][question]["score"] for question in questions]
            writer.writerow(
                [row["student"], row["status"], row["score"], row["max_score"], *scores,
                 row["message"] or "", *totals.get(row["student"], ["", ""])]
            )  # fmt: skip
        write_whole(self.folder / GRADES, table.getvalue())


def _resources(db_url: str, assignment: str, student: str = "") -> dict[str, Any]:
    details = {"notebook": assignment, "assignment": assignment, "student": student}
    return {"nbgrader": {**details, "db_url": db_url}}


def register(db_url: str, assignment: Assignment) -> None:
    """Enter the assignment with its cells and points, as `nbgrader generate_assignment` does."""
    with Gradebook(db_url) as gradebook:
        gradebook.update_or_create_assignment(assignment.name)
    SaveCells().preprocess(assignment.notebook, _resources(db_url, assignment.name))


def save_grades(
    db_url: str, assignment: Assignment, submission: Submission, graded: GradedSubmission
) -> None:
    """Enter one submission's scores; manual grades and comments stay.

    nbgrader's own preprocessors do it, as in `nbgrader autograde`.
    """
    with warnings.catch_warnings():
        # nbgrader adds rows to a session that autoflushes.
        warnings.filterwarnings("ignore", message="Object of type <Submitted")
        _save_grades(db_url, assignment, submission, graded)


def _save_grades(
    db_url: str, assignment: Assignment, submission: Submission, graded: GradedSubmission
) -> None:
    details = {"timestamp": parse_utc(submission.timestamp)} if submission.timestamp else {}
    with Gradebook(db_url) as gradebook:
        gradebook.update_or_create_student(submission.student)
        gradebook.update_or_create_submission(assignment.name, submission.student, **details)
        if graded.notebook is None:
            entered = gradebook.find_submission_notebook(
                assignment.name, assignment.name, submission.student
            )
            for grade in entered.grades:
                grade.auto_score, grade.needs_manual_grade = 0, False
            gradebook.db.commit()
            return
    notebook = nbformat.reads(graded.notebook, as_version=4)
    resources = _resources(db_url, assignment.name, submission.student)
    for step in (SaveAutoGrades, AssignLatePenalties):
        step().preprocess(notebook, resources)
