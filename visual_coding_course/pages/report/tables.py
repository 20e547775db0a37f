"""The report's tables, which are its CSV files too."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from ...checking.test_files import question_key
from ...shared.markup import csv_cell
from .graded import Graded, Submission
from .help import who_needs_help
from .likeness import Alike
from .mistakes import Made, Shared, mistakes, shared, unexplained
from .statistics import Spread, questions

#: Rows that the page shows of a table with a long tail; CSV has them all.
SHOWN_OF_TAIL = 30
#: A table of more rows than that is shown page by page: so many at first.
LONG, PAGE = 400, 100
#: Longest of a list of values, and of one of them.
VALUES, VALUE = 5, 60


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes
    ----------
    name : str
        Its heading.
    kind : str
        How its cells are shown: ``text``, ``code``, ``hint`` (code between backticks), ``number``,
        ``points``, ``share`` (as percent), ``correlation``, ``seconds``, ``student``, ``students``
        (a list), ``list``.
    out_of : float, optional
        Of a column of points: how many there are to be had.
    """

    name: str
    kind: str = "text"
    out_of: float | None = None

    @property
    def is_number(self) -> bool:
        """Whether it stands to the right, and sorts from high to low first."""
        return self.kind in ("number", "points", "share", "correlation", "seconds")


@dataclass(frozen=True)
class Table:
    """Rows under columns.

    Attributes
    ----------
    key : str
        Short name, also of its CSV file.
    title : str
        Heading.
    columns : list of Column
        From left to right; the first names the row.
    rows : list of list
        Plain values; None where there is none.
    has_tail : bool
        Whether the last rows are of no great interest.
    """

    key: str
    title: str
    columns: list[Column]
    rows: list[list[Any]]
    has_tail: bool = False

    @property
    def shown(self) -> list[list[Any]]:
        """The first rows, for the page."""
        most = SHOWN_OF_TAIL if self.has_tail else PAGE if self.is_long else LONG
        return self.rows[:most]

    @property
    def is_long(self) -> bool:
        """Whether it is shown page by page."""
        return not self.has_tail and len(self.rows) > LONG

    def as_csv(self) -> str:
        """Write it for a spreadsheet or pandas; nothing in it is a formula."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(column.name for column in self.columns)
        writer.writerows([_csv(cell) for cell in row] for row in self.rows)
        return text.getvalue()


def _csv(cell: Any) -> Any:
    if isinstance(cell, float):
        return f"{cell:.6g}"
    return _csv_text(cell) if isinstance(cell, str) else csv_cell(cell)


#: Of a large class, most sentences are said often.
_csv_text = lru_cache(100_000)(csv_cell)


def roster_table(graded: Graded) -> Table:
    """Every student of the class: scores, state, time; also who has handed in nothing."""
    columns = [
        Column("student", "id"), Column("name"), Column("LMS id"), Column("status"),
        Column("score", "points", graded.max_score),
        *(Column(name, "points", points) for name, points in graded.points.items()),
        Column("late penalty", "points"),
        Column("carried forward", "points"), Column("to grade by hand"),
        Column("seconds", "seconds"), Column("message"),
    ]  # fmt: skip
    nothing = [None] * len(graded.points)
    cells = {
        one.student: [
            one.status, _total(one), *one.scores.values(), one.penalty or None,
            sum(map(one.carried, graded.points)) or None, "yes" if one.by_hand else "no",
            one.seconds, one.row.get("message") or "",
        ]
        for one in graded.submissions
    }  # fmt: skip
    cells |= {
        student: ["missing", None, *nothing, None, None, "no", None, ""]
        for student in graded.absent
    }
    rows = [
        [who, graded.person(who).name or None, graded.person(who).lms_user_id, *cells[who]]
        for who in graded.who(sorted(cells))
    ]
    return _known_only(Table("submissions", "Every student", columns, rows), "name", "LMS id")


def _known_only(table: Table, *names: str) -> Table:
    """Leave out columns of these names in which there is nothing."""
    kept = [
        index for index, column in enumerate(table.columns)
        if column.name not in names or any(row[index] is not None for row in table.rows)
    ]  # fmt: skip
    return replace(
        table,
        columns=[table.columns[index] for index in kept],
        rows=[[row[index] for index in kept] for row in table.rows],
    )


def _total(one: Submission) -> float | None:
    """Score of a submission; None of one that the grader could not grade at all."""
    return one.score if one.status != "not_graded" or one.ran else None


def not_graded_table(graded: Graded) -> Table:
    """What the grader could not do, and why."""
    columns = [Column("student", "student"), Column("not graded"), Column("reasons", "list")]
    rows = [
        [*graded.who([one.student]),
         "all" if one.status == "not_graded" else ", ".join(one.not_graded), one.reasons]
        for one in graded.not_graded
    ]  # fmt: skip
    return Table("not-graded", "Not graded yet", columns, rows)


def by_hand_table(graded: Graded) -> Table:
    """What a person has to do, question by question."""
    columns = [Column("question"), Column("student", "student"), Column("points", "points"),
               Column("why")]  # fmt: skip
    rows = [
        [question, graded.who([one.student])[0].at(question), graded.points[question], why]
        for one in graded.submissions
        for question, why in _by_hand(one)
    ]
    rows.sort(key=lambda row: (question_key(row[0]), row[1]))
    return Table("by-hand", "To grade by hand", columns, rows)


def _by_hand(one: Submission) -> Iterable[tuple[str, str]]:
    for question, again in one.to_grade.items():
        yield question, "changed since it was graded" if again else "not graded yet"
    for question in one.unclear:
        yield question, "a check cannot tell"


def unclear_table(graded: Graded) -> Table:
    """What no check could tell, so that a person has to look, the commonest first."""
    columns = [
        Column("question"), Column("students", "number"), Column("of the class", "share"),
        Column("what they were told", "hint"), Column("who", "students"),
    ]  # fmt: skip
    found = defaultdict(list)
    for one in graded.submissions:
        for name in one.unclear:
            sentences = dict.fromkeys(entry["message"] for entry in one.question(name)["waiting"])
            found[name, " ".join(sentences)].append(one.student)
    ranked = sorted(found.items(), key=lambda one: (-len(one[1]), question_key(one[0][0])))
    rows = [[name, len(who), len(who) / len(graded.ran), told, graded.who(who)]
            for (name, told), who in ranked]  # fmt: skip
    return Table("cannot-tell", "For a person to look at", columns, rows)


def stopped_table(graded: Graded) -> Table:
    """What could not be run, or not to its end."""
    columns = [Column("student", "student"), Column("status"),
               Column("score", "points", graded.max_score),
               Column("what happened", "hint")]  # fmt: skip
    rows = [
        [*graded.who([one.student]), one.status.replace("_", " "), one.score,
         one.row.get("message") or ""]
        for one in graded.submissions
        if one.status not in ("graded", "not_graded")
    ]  # fmt: skip
    return Table("stopped", "Could not be run, or not to the end", columns, rows)


def questions_table(graded: Graded) -> Table:
    """How each question did."""
    columns = [
        Column("question"), Column("points", "points"), Column("mean score", "share"),
        Column("pass rate", "share"), Column("discrimination", "correlation"),
        Column("carried forward", "points"), *(Column(name, "number") for name in (
            "all", "some", "none", "blank", "missing", "error", "by hand")),
    ]  # fmt: skip
    rows = [
        [one.name, one.points, one.mean_score, one.pass_rate, one.discrimination,
         sum(each.carried(one.name) for each in graded.submissions) or None, one.full,
         one.part, one.none, one.blank, one.missing, one.error, one.waits]
        for one in questions(graded)
    ]  # fmt: skip
    return Table("questions", "Questions", columns, rows)


def mistakes_table(graded: Graded) -> Table:
    """The mistakes, the commonest first."""
    columns = [
        Column("mistake"), Column("students", "number"), Column("of the class", "share"),
        Column("question"), Column("answer", "code"),
        Column("what they were told", "hint"), Column("who", "students"),
    ]  # fmt: skip
    rows = [
        [made.name, *_how_many(made, graded), made.question, made.answer, made.message,
         graded.who(made.students)]
        for made in mistakes(graded)
    ]  # fmt: skip
    return Table("mistakes", "Mistakes", columns, rows, True)


def unexplained_table(graded: Graded) -> Table:
    """Wrong answers without a named mistake."""
    columns = [
        Column("question"), Column("answer", "code"), Column("students", "number"),
        Column("of the class", "share"), Column("what they were told", "hint"),
        Column("values", "list"), Column("who", "students"),
    ]  # fmt: skip
    rows = [
        [made.question, made.answer, *_how_many(made, graded), made.message,
         _values(made.values), graded.who(made.students)]
        for made in unexplained(graded)
    ]  # fmt: skip
    return Table("unexplained", "Wrong answers that no mistake explains", columns, rows, True)


def shared_table(graded: Graded) -> Table:
    """Submissions with the same unusual answers."""
    columns = [
        Column("students", "students"), Column("answers in common", "number"),
        Column("of them unexplained", "number"), Column("answers and their values", "list"),
        Column("mistakes that explain the others"),
    ]  # fmt: skip
    rows = [
        [graded.who(one.students), one.tasks, one.unexplained, _in_words(one),
         ", ".join(sorted(set().union(*(answer.mistakes for answer in one.answers))))]
        for one in shared(graded)
    ]  # fmt: skip
    return Table("same-answers", "The same unusual answers", columns, rows, True)


def alike_table(graded: Graded, found: Iterable[Alike]) -> Table:
    """Submissions with code in common that few others have."""
    columns = [
        Column("students", "students"), Column("questions", "number"),
        Column("stretches in common", "number"), Column("how alike", "hint"),
    ]  # fmt: skip
    rows = [
        [[who.at(next(iter(one.questions))) for who in graded.who(one.students)],
         len(one.questions), one.stretches,
         ", ".join(f"{question}: {told}" for question, told in one.questions.items())]
        for one in found
    ]  # fmt: skip
    return Table("like-code", "Code in common", columns, rows, True)


def help_table(graded: Graded) -> Table:
    """Students who may need help, and why."""
    columns = [Column("student", "student"), Column("score", "points", graded.max_score),
               Column("reasons", "number"), Column("why", "hint")]  # fmt: skip
    rows = [
        [*graded.who([student]), _total(one) if one else None, len(why), "; ".join(why)]
        for student, one, why in who_needs_help(graded)
    ]
    return Table("help", "Who may need help", columns, rows)


def attempts_table(graded: Graded) -> Table:
    """How those did who handed in once, twice, and so on; empty if nobody did it twice."""
    columns = [
        Column("attempts", "number"), Column("students", "number"), Column("of the class", "share"),
        Column("mean score", "points", graded.max_score),
        Column("median", "points", graded.max_score),
    ]  # fmt: skip
    found = defaultdict(list)
    for one in graded.complete:
        found[one.attempts].append(one.score)
    rows = [
        [times, len(scores), len(scores) / len(graded.complete), spread.mean, spread.median]
        for times, scores in sorted(found.items())
        for spread in [Spread.of(scores)]
    ]
    return Table("attempts", "Attempts", columns, rows if len(rows) > 1 or 1 not in found else [])


def wrong_table(graded: Graded) -> Table:
    """Every wrong answer of every student, as it was recorded; for further analysis."""
    names = ("case", "hidden", "points", "answer", "state", "mistakes", "message", "value",
             "fingerprint")  # fmt: skip
    rows = [
        [submission.student, question, *(entry[name] for name in names)]
        for submission in graded.ran
        for question, entry in submission.wrong()
    ]
    columns = [Column(name) for name in ("student", "question", *names)]
    return Table("wrong-answers", "Every wrong answer", columns, rows)


def overview_table(reported: Iterable[Graded]) -> Table:
    """A line for each assignment; scores as shares, so that assignments can be compared."""
    columns = [
        Column("assignment"), Column("submissions", "number"), Column("not gradable", "number"),
        Column("not graded yet", "number"),
        Column("to grade by hand", "number"), Column("mean", "share"), Column("median", "share"),
        Column("standard deviation", "share"), Column("commonest mistake"),
    ]  # fmt: skip
    rows = []
    for graded in reported:
        shares = [one.score / graded.max_score for one in graded.complete if graded.max_score]
        spread = Spread.of(shares)
        commonest = mistakes(graded)[:1]
        rows.append(
            [graded.name, len(graded.submissions), len(graded.failed), len(graded.not_graded),
             sum(one.by_hand for one in graded.submissions), spread.mean, spread.median,
             spread.deviation, commonest[0].name if commonest else None]
        )  # fmt: skip
    return Table("overview", "Overview", columns, rows)


def _how_many(made: Made, graded: Graded) -> tuple[int, float]:
    return len(made.students), len(made.students) / len(graded.ran)


def _values(values: list[tuple[str, int]]) -> list[str]:
    shown = [f"{_short(value)} ({many} students)" if many > 1 else _short(value)
             for value, many in values[:VALUES]]  # fmt: skip
    more = len(values) - len(shown)
    return [*shown, f"and {more} more"] if more else shown


def _in_words(one: Shared) -> list[str]:
    return [f"{answer.question} {answer.name}: {_short(answer.value)}" for answer in one.answers]


def _short(value: str) -> str:
    return value if len(value) <= VALUE else f"{value[: VALUE - 1]}…"
