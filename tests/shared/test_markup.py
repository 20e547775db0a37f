"""Text from anywhere, in terminals and in tables."""

import csv
import io
from types import SimpleNamespace

import pytest

from visual_coding_course.checking.results import CaseResult, QuestionResult
from visual_coding_course.commands.progress import feedback_text, results_table
from visual_coding_course.shared.markup import csv_cell, plain, plain_lines

#: What a terminal, or the eye, would be deceived by.
OBEYED = [
    "\x1b[31m", "\x1b]0;title\x07", "\x9b2J", "\x85", "\r", "\b\b", "\0", "\x7f", "\u202e",
    "\u2066", "\u2028", "\ud800",
]  # fmt: skip


@pytest.mark.parametrize("text", OBEYED)
def test_control_characters_are_shown_and_not_obeyed(text):
    shown = plain(f"x{text}y")
    assert shown.isprintable() and shown.startswith("x\\") and shown.endswith("y")
    shown.encode()


def test_other_text_stays():
    text = "Größe ≥ 3 µm, naïve 😀 שלום"
    assert plain(text) == text
    assert plain("a\nb") == r"a\nb" and plain_lines("a\x1b\nb") == "a\\x1b\nb"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "@SUM(A1)", "+1+cmd|' /C calc'!A0", "-1+1", "-x", "  =1", "\t=1", "\r=1", "\n=1",
     "＝1+1", "\ufeff=1", "\x0b=1", "\u3000=1", "\u200b=1"],
)  # fmt: skip
def test_no_cell_is_a_formula(text):
    assert csv_cell(text).strip()[0] not in "=+-@＝\u200b"


def test_no_part_of_a_cell_is_a_formula_where_semicolons_separate():
    cell = csv_cell("so far;=1+1; @x")
    assert cell == "so far;'=1+1;' @x"
    assert csv_cell(["a", "=b"]) == "a;' =b"


@pytest.mark.parametrize("value", ["-3", "+0.25", "-1e-05", "-.5", "-1.0; -2", 7, -2.5, None, ""])
def test_numbers_stay_numbers(value):
    assert csv_cell(value) == value


def row(**changes):
    question = {"score": 1, "max_score": 2}
    return {"student": "ada", "status": "graded", "score": 1, "max_score": 2, "message": None,
            "questions": {"q1": question}, **changes}  # fmt: skip


@pytest.mark.parametrize("text", OBEYED)
def test_the_terminal_obeys_nothing(text):
    shown = results_table([row(student=f"x{text}", message=f"Cell 1, `{text}`: it died.")])
    assert all(character == "\n" or character.isprintable() for character in shown)


def test_feedback_as_text_obeys_nothing():
    case = CaseResult("c", 1, False, "failed", "It is \x1b[2J.\nSee?", answer="x")
    graded = SimpleNamespace(
        message="Cell 1, `\x1b]0;x\x07`", notebook="", questions=[QuestionResult("q1", (case,))],
        score=0, max_score=1, seconds=1, status="graded",
    )  # fmt: skip
    shown = feedback_text(graded)
    assert all(character == "\n" or character.isprintable() for character in shown)
    assert "See?" in shown.splitlines()[-3]


def test_what_has_no_score_yet_has_none_in_the_table():
    late = row(student="bea", status="not_graded", score=None)
    late["questions"] = {"q1": {"score": None, "max_score": 2}}
    lines = results_table([row(), late]).splitlines()
    assert lines[2].split() == ["ada", "graded", "1/2", "1"]
    assert lines[3].split() == ["bea", "not_graded", "-", "-"]


def test_cells_come_back_from_a_csv_file():
    cells = ["a, b", 'say "x"', "c;=d", "e\nf"]
    text = io.StringIO()
    csv.writer(text).writerow(map(csv_cell, cells))
    assert next(csv.reader([text.getvalue()])) == ["a, b", 'say "x"', "c;'=d", "e f"]
