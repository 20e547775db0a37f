"""What was graded of an assignment, and of whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import quote


class Person(NamedTuple):
    """What nbgrader knows of a student; None where it is not known."""

    last_name: str | None
    first_name: str | None
    email: str | None
    lms_user_id: str | None

    @property
    def name(self) -> str:
        """As it is sorted: Doe, Jane; empty if it is not known."""
        return ", ".join(filter(None, (self.last_name, self.first_name)))

    @property
    def full_name(self) -> str:
        """As it is read: Jane Doe; empty if it is not known."""
        return " ".join(filter(None, (self.first_name, self.last_name)))


NOBODY = Person(None, None, None, None)


class Who(str):
    """A student's id.

    Attributes
    ----------
    called : str
        What the page calls the student: by name, where that is known and nobody else's.
    href : str
        Where the student's page is, as seen from the report; empty if there is none.
    """

    called: str
    href: str

    @classmethod
    def of(cls, student: str, called: str, href: str) -> Who:
        """Make it."""
        who = cls(student)
        who.called, who.href = called, href
        return who

    def at(self, question: str) -> Who:
        """The same student, with a link to a question on the page."""
        href = f"{self.href}#{quote(question, safe='')}" if self.href else ""
        return Who.of(str(self), self.called, href)


@dataclass(frozen=True)
class Submission:
    """What the gradebook holds of one student's work.

    Attributes
    ----------
    student : str
        Student id.
    scores : dict of str to float or None
        Points by question, manual ones and extra credit included; None while it waits for a
        person, or for the grader.
    penalty : float
        Points taken off for handing in late.
    to_grade : dict of str to bool
        Questions that are to be graded by hand, and whether they were before, and have changed.
    unclear : list of str
        Questions that a check could not tell of, and that keep their points until a person looks.
    row : dict
        Its line in ``results.jsonl``; empty if it was graded by nbgrader's own ``autograde``.
    """

    student: str
    scores: dict[str, float | None]
    penalty: float = 0.0
    to_grade: dict[str, bool] = field(default_factory=dict)
    unclear: list[str] = field(default_factory=list)
    row: dict[str, Any] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """Total of the gradebook: what waits counts nothing yet."""
        return sum(score or 0.0 for score in self.scores.values()) - self.penalty

    @property
    def status(self) -> str:
        """As in its row."""
        return self.row.get("status", "graded")

    @cached_property
    def not_graded(self) -> list[str]:
        """Questions that the grader could not grade, and no person has."""
        return [
            name
            for name, score in self.scores.items()
            if score is None and is_not_graded(self.row, name)
        ]

    @property
    def waits(self) -> bool:
        """Whether something is to be graded by hand."""
        return bool(self.to_grade)

    @property
    def by_hand(self) -> bool:
        """Whether a person has anything to do with it."""
        return self.waits or bool(self.unclear)

    @cached_property
    def complete(self) -> bool:
        """Whether its total says what the student can do: nothing of it is the grader's failure."""
        return self.ran and not self.not_graded

    @property
    def reasons(self) -> list[str]:
        """Why something could not be graded."""
        return list(self.row.get("reasons") or filter(None, [self.row.get("message")]))

    @property
    def seconds(self) -> float | None:
        """How long it took to run and check; None if that is not known."""
        return self.row.get("seconds")

    @property
    def attempts(self) -> int:
        """How many there were; the last one counts."""
        about = self.row.get("handed_in") or {}
        return max(about.get("attempts") or 1, about.get("attempt") or 1)

    @cached_property
    def ran(self) -> bool:
        """Whether any question could be checked: of the others, nothing can be learned."""
        if self.status == "not_graded":
            return any(score is not None for score in self.scores.values())
        questions = self.row.get("questions", {}).values()
        could = any(question["status"] not in ("error", "not_graded") for question in questions)
        return could or self.status == "graded"

    def question(self, name: str) -> dict[str, Any]:
        """Return the row of a question; empty if it has none."""
        return self.row.get("questions", {}).get(name, {})

    def carried(self, name: str) -> float:
        """Points of a question that come from right answers before it."""
        return self.question(name).get("carried_forward") or 0.0

    def wrong(self) -> list[tuple[str, dict[str, Any]]]:
        """Return what was not right: question and entry, an entry for each case.

        What kept the grader from grading is nobody's mistake.
        """
        return [
            (name, entry)
            for name, question in self.row.get("questions", {}).items()
            if not is_not_graded(self.row, name)
            for entry in question.get("wrong", [])
        ]


@dataclass(frozen=True, eq=False)
class Graded:
    """All that was graded of one assignment.

    Attributes
    ----------
    name : str
        The assignment's.
    points : dict of str to float
        Points of each question, in the order of the questions.
    submissions : list of Submission
        Sorted by student.
    absent : list of str
        Students of the gradebook who have handed in nothing.
    people : dict of str to Person
        What is known of all of them, by id.
    feedback : str
        Where the students' pages are, as the report links to them.
    with_page : frozenset of str
        Students who have one.
    """

    name: str
    points: dict[str, float]
    submissions: list[Submission]
    absent: list[str]
    people: dict[str, Person] = field(default_factory=dict)
    feedback: str = "feedback"
    with_page: frozenset[str] = frozenset()

    def person(self, student: str) -> Person:
        """What is known of a student."""
        return self.people.get(student, NOBODY)

    def who(self, students: Iterable[str]) -> list[Who]:
        """Say how the page calls some students, and where their pages are."""
        return [self._who[student] for student in students]

    @cached_property
    def _who(self) -> dict[str, Who]:
        students = [*(one.student for one in self.submissions), *self.absent]
        names = Counter(self.person(student).full_name for student in students)
        return {
            student: Who.of(
                student,
                name if name and names[name] == 1 else student,
                self._page_of(student) if student in self.with_page else "",
            )
            for student in students
            for name in [self.person(student).full_name]
        }

    def _page_of(self, student: str) -> str:
        parts = (student, self.name, f"{self.name}.html")
        return "/".join([self.feedback, *(quote(part, safe="") for part in parts)])

    @property
    def max_score(self) -> float:
        """Sum of the questions' points."""
        return sum(self.points.values())

    @cached_property
    def not_graded(self) -> list[Submission]:
        """Submissions that the grader could not grade, or not all of."""
        return [
            submission
            for submission in self.submissions
            if submission.status == "not_graded" or submission.not_graded
        ]

    @cached_property
    def failed(self) -> list[Submission]:
        """Submissions of which nothing could be checked, by their own doing."""
        return [
            submission
            for submission in self.submissions
            if not submission.ran and submission.status != "not_graded"
        ]

    @cached_property
    def complete(self) -> list[Submission]:
        """Submissions whose totals can be compared."""
        return [submission for submission in self.ran if submission.complete]

    @cached_property
    def ran(self) -> list[Submission]:
        """Submissions of which anything could be checked."""
        return [submission for submission in self.submissions if submission.ran]

    @property
    def without_mistakes(self) -> int:
        """How many ran, but have no record of what was wrong in them."""
        rows = [submission.row.get("questions", {"": {}}).values() for submission in self.ran]
        return sum(not all("wrong" in question for question in row) for row in rows)


def is_not_graded(row: dict[str, Any], question: str) -> bool:
    """Whether the grader could not grade a question of a row."""
    about = row.get("questions", {}).get(question, {})
    return "not_graded" in (row.get("status"), about.get("status"))
