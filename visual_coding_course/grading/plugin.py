"""The otter plugin of the autograder zip: otter grades with it as `course check` does.

So `otter run` gives the score that `course grade` gives, and student code does not run in otter's
kernel, with the checks.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
from otter.plugins import AbstractOtterPlugin
from otter.test_files import GradingResults, TestCaseResult

from ..checking.results import KEEPS_POINTS
from ..records.graded import GradedSubmission

FAILED = "This could not be graded, and that is not the submission's doing: {}"
PASSED = "Passed."


class CoursePlugin(AbstractOtterPlugin):
    """Has the course in the zip grade the notebook, and otter tell the result."""

    graded: GradedSubmission

    def before_execution(self, submission):
        """Grade the notebook; otter gets an empty one to run.

        Raises
        ------
        RuntimeError
            If it could not be graded, or not in full: otter then writes no score.
        """
        from .container import SOURCE, grade_content, open_container
        from .submissions import submission_in

        path = Path(self.submission_path)
        root = path.parents[1]
        here = open_container(root)
        item = submission_in(here.course, path.parent, "student", here.assignment.name)
        # What otter itself puts beside the notebook was not handed in.
        otters = root / SOURCE / "files"
        files = {
            name: content
            for name, content in item.files().items()
            if name != "__init__.py" and not (otters / name).exists()
        }
        self.graded = grade_content(here, path.read_bytes(), files)
        if self.graded.score is None:
            reasons = self.graded.reasons or [one.not_graded for one in self.graded.questions]
            raise RuntimeError(FAILED.format(" ".join(filter(None, reasons))))
        return nbformat.v4.new_notebook(metadata=submission.metadata)

    def after_grading(self, results: GradingResults) -> None:
        """Put what came of each case in the place of what otter found in the empty notebook."""
        for question in self.graded.questions:
            file = results.results[question.name]
            file.test_case_results = [
                TestCaseResult(
                    one, case.message or question.trouble or PASSED, case.status in KEEPS_POINTS
                )
                for one, case in zip(file.test_cases, question.cases, strict=True)
            ]
        results.set_output(self.graded.message)
