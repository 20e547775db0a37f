"""How a question is judged, whichever run it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import nbformat
from nbformat import NotebookNode

from ..assignment import Assignment
from ..checking.display import CheckDisplay
from ..checking.results import QuestionResult, unchecked
from ..pages.feedback.outcome import outcome

#: An error that a recording that cannot be read may end in, whatever the student wrote.
FILE_TROUBLE = re.compile(
    r"(?i)^(os|io|blockingio|permission|filenotfound|interrupted|timeout)error\b"
    r"|unable to (synchronously )?(open|lock|read)|can't (synchronously )?read|no space left"
)
WHOLE = ""  # the doubt that is about no single question


class Checked(NamedTuple):
    """What came of a check.

    Attributes
    ----------
    result : QuestionResult
        Points and hints.
    told : dict
        What the feedback page says of it, from `outcome`.
    forgotten : bool
        Whether what was copied for the questions before is gone, and has to be copied again.
    doubt : str, optional
        Why it may be the grader that failed.
    """

    result: QuestionResult
    told: dict[str, Any]
    forgotten: bool = False
    doubt: str | None = None


class Judge(Protocol):
    """Who judges a submission's answers, in another process."""

    def check(
        self,
        question: str,
        copies: Path,
        trouble: str | None,
        call: Callable[[str, list[bytes]], Path],
        bare: bool = False,
    ) -> Checked:
        """Check a question.

        Given are its name, the copies of its variables, what troubled its cells, how to call the
        student's functions, and whether only points and names of slips may come of it.
        """

    def again(self) -> None:
        """Forget what the submission answered: it is run once more."""

    def right_of(self, question: str, only: set[str] | None = None) -> tuple[bytes, frozenset[str]]:
        """Take a question's right answers for the student's: an archive of them, and all names.

        Of all that the question defines, or of some names only.
        """


def question_of(cell: NotebookNode, questions: Container[str]) -> str | None:
    """The question that a cell is the check of; None if it is of none."""
    tags = cell.metadata.get("nbgrader", {})
    name = tags.get("grade_id")
    return name if tags.get("grade") and name in questions else None


def beside(assignment: Assignment, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that stand beside a notebook: what was handed in, and the public tests."""
    tests = {f"tests/{name}": text for name, text in assignment.public_tests.items()}
    return {**files, **{name: text.encode() for name, text in tests.items()}}


def not_checked(
    assignment: Assignment, question: str, trouble: str, doubt: str | None = None
) -> Checked:
    """Make the result of a question whose answers could not be looked at."""
    result = unchecked(assignment.test_files[question], trouble)
    return Checked(result, outcome(result, {}), doubt=doubt)


def check_outputs(result: QuestionResult) -> list[NotebookNode]:
    """Show the result, and give nbgrader the score: the number that a grade cell returns."""
    shown = CheckDisplay(result)
    seen = {"text/html": shown._repr_html_(), "text/plain": repr(shown)}
    outputs = [{"output_type": "display_data", "data": seen, "metadata": {}}]
    if result.score is not None:
        score = {"text/plain": repr(float(result.score))}
        outputs.append(
            {"output_type": "execute_result", "data": score, "metadata": {},
             "execution_count": None}
        )  # fmt: skip
    # As `new_output` makes them, which goes through the format's whole schema each time.
    return [nbformat.from_dict(output) for output in outputs]
