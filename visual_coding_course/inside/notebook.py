"""What stands for `visual_coding_course.notebook` where a notebook is graded.

The grader checks the answers itself, on copies of the variables, after the notebook's cells; the
checks are not in the student's kernel.
"""

from __future__ import annotations

from typing import Any

import otter
from IPython import get_ipython

LATER = "This is checked by the grader when the notebook has run."


class Notebook(otter.Notebook):
    """The ``grader`` of a notebook that is being graded: it leaves the checking to the grader."""

    def check(self, question: str, global_env: dict | None = None) -> str:
        """Say that the grader checks this question."""
        return LATER

    def parameter(self, name: str, student: str) -> Any:
        """Return the value that the grader's own cell gave the parameter."""
        return get_ipython().user_ns[name]

    def check_all(self, global_env: dict | None = None) -> str:
        """Say that the grader checks all questions."""
        return LATER

    def progress(self) -> str:
        """Say that the grader checks all questions."""
        return LATER

    def ready(self) -> str:
        """Say that the grader runs the notebook."""
        return LATER

    def solution(self, question: str) -> str:
        """Say that the grader checks the questions."""
        return LATER

    def reset(self, question: str) -> str:
        """Say that the grader checks the questions."""
        return LATER
