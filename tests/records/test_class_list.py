"""`course students`: class lists as others write them, and what they are good for."""

import json

import pytest
from nbgrader.api import Gradebook

from ..pages.report.conftest import Student
from .conftest import table

CANVAS = """\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Cross session (4711),Final Score
,,,,,Manual Posting,
    Points Possible,,,,,100,(read only)
"Doe, Jane",12345,S1,jdoe,Lab 1,,0
"Ørsted, Zoë",12346,S2,zoe,"Lab 1 and Lab 2",,0
"Student, Test",12399,,f00ba4,Lab 1,,
"""
JANE = ("jdoe", "Doe", "Jane")
LISTS = {
    "nbgrader": (
        "id,last_name,first_name,email,lms_user_id\njdoe,Doe,Jane,jane@uni.edu,7\n",
        [(*JANE, "jane@uni.edu", "7")],
    ),
    "Canvas": (CANVAS, [(*JANE, None, "12345"), ("zoe", "Ørsted", "Zoë", None, "12346")]),
    "Canvas, names in two columns, no SIS": (
        "LastName,FirstName,ID,SIS Login ID,Section,Total\nDoe,Jane,12345,,A,3\n",
        [("12345", "Doe", "Jane", None, "12345")],
    ),
    "Moodle's worksheet": (
        'Identifier,"Full name","ID number","Email address",Status,Grade,"Maximum Grade",'
        '"Grade can be changed","Last modified (submission)","Last modified (grade)"\n'
        '"Participant 81","Jane Doe",007,jane@uni.edu,"No submission",,100.00,Yes,-,-\n',
        [("jane@uni.edu", "Doe", "Jane", "jane@uni.edu", "007")],
    ),
    "Moodle's participants": (
        '"First name","Last name","ID number","Email address",Groups\n'
        "Jane,Doe,007,jane@uni.edu,A\n",
        [("jane@uni.edu", "Doe", "Jane", "jane@uni.edu", "007")],
    ),
    "Excel, German, semicolons, a title above": (
        "\ufeffTeilnehmer Winter\n\nName;Vorname;Matrikelnummer;E-Mail-Adresse;Benutzername\r\n"
        'Müller;Jörg;="0042";j@uni.de;jm\r\n',
        [("jm", "Müller", "Jörg", "j@uni.de", None)],
    ),
    "Excel's own first line, tabs": (
        "sep=\t\nStudent ID\tFull Name\n12\tJane Doe\n", [("12", "Doe", "Jane", None, None)]
    ),
    "Moodle's worksheet, German": (
        'ID,"Vollständiger Name",E-Mail-Adresse,Status\n"Teilnehmer/in81","Jane Doe",j@uni.de,\n',
        [("j@uni.de", "Doe", "Jane", "j@uni.de", None)],
    ),
    "ids alone": ("id\nada\n", [("ada", None, None, None, None)]),
    "names alone": ("Surname,First name\nDoe,Jane\n", [("Jane_Doe", "Doe", "Jane", None, None)]),
    "what is no id": (
        "username,name\n../../etc,Eve Il\n", [("etc", "Il", "Eve", None, None)]
    ),
}  # fmt: skip


def in_gradebook(course):
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        return sorted(
            (one.id, one.last_name, one.first_name, one.email, one.lms_user_id)
            for one in gradebook.students
        )


@pytest.mark.parametrize("kind", LISTS)
def test_lists_go_in(course, typed, kind):
    text, expected = LISTS[kind]
    (course / "class.csv").write_bytes(text.encode())
    said = typed("students", "class.csv")
    assert said.exit_code == 0 and f"{len(expected)} students" in said.output, said.output
    assert in_gradebook(course) == expected
    shown = typed("students").output
    assert all(student in shown for student, *_ in expected)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_codings_of_spreadsheets(course, typed, coding):
    (course / "class.csv").write_bytes("Login;Nachname;Vorname\nzo;Öz;Zoë\n".encode(coding))
    assert typed("students", "class.csv").exit_code == 0
    assert in_gradebook(course) == [("zo", "Öz", "Zoë", None, None)]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"PK\x03\x04 a workbook", "Save it as CSV"), (b"a,b\n1,2\n", "has no headings"),
     (b"", "has no headings"), (b"username,name\n", "lists no students"),
     (b"username,name\nx,Jane Doe\nX,Al Two\n", "has X twice: Jane Doe, and Al Two"),
     (b"Surname,First name\nDoe,Jane\nDoe,Jane\n", "Two students of the list would be jane_doe")],
)  # fmt: skip
def test_what_is_no_list_is_told_and_changes_nothing(course, typed, content, words):
    (course / "class.csv").write_bytes(content)
    said = typed("students", "class.csv")
    assert said.exit_code == 2 and words in said.output
    assert in_gradebook(course) == []


def test_a_second_list_adds_to_the_first_and_takes_nothing_away(course, typed):
    (course / "a.csv").write_text("id,last_name,first_name,email\njd,Doe,Jane,JD@uni.edu\nal,,,\n")
    (course / "b.csv").write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section\n"
        '"Doe, Jane",5,,jd@uni.edu,A\n"Doe, Jane",6,,other@uni.edu,A\n'
    )
    typed("students", "a.csv")
    said = typed("students", "b.csv")
    assert "1 new, 1 in the gradebook before" in said.output
    assert "not on this list: al" in said.output
    assert in_gradebook(course) == [
        ("al", None, None, None, None),
        ("jd", "Doe", "Jane", "JD@uni.edu", "5"),
        ("other@uni.edu", "Doe", "Jane", None, "6"),
    ]


def test_who_handed_in_nothing_has_a_row_without_a_score(course, typed, grade):
    (course / "class.csv").write_text(CANVAS)
    typed("students", "class.csv")
    grade({"jdoe": Student()})
    jane, zoe = table(course / "grades.csv")
    assert (jane["student"], jane["last_name"], jane["lms_user_id"]) == ("jdoe", "Doe", "12345")
    assert (zoe["student"], zoe["first_name"], zoe["status"]) == ("zoe", "Zoë", "missing")
    scores = ("score", "q1", "q2", "score_with_manual_grades", "final_score")
    assert {zoe[name] for name in scores} == {""}
    lines = [json.loads(line) for line in (course / "results.jsonl").read_text().splitlines()]
    assert [line["status"] for line in lines] == ["graded", "missing"]
    assert lines[1]["score"] is None and lines[1]["max_score"] == lines[0]["max_score"]
    assert all(question["score"] is None for question in lines[1]["questions"].values())
    grade({"zoe": Student(1)})
    assert [row["status"] for row in table(course / "grades.csv")] == ["graded", "graded"]


@pytest.mark.filterwarnings("ignore:Object of type <SubmittedAssignment> not in session")
def test_an_extension_before_anything_is_handed_in_is_no_submission(course, typed, grade):
    (course / "class.csv").write_text(CANVAS)
    typed("students", "class.csv")
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        gradebook.update_or_create_assignment("tiny", duedate="2026-12-01 23:59 UTC")
        for student in ("jdoe", "zoe"):
            gradebook.update_or_create_submission("tiny", student)
            gradebook.grant_extension("tiny", student, hours=24)
    assert typed("report", "tiny").exit_code == 2
    grade({"jdoe": Student()})
    jane, zoe = table(course / "grades.csv")
    assert (jane["status"], zoe["status"], zoe["score"]) == ("graded", "missing", "")
    assert zoe["score_with_manual_grades"] == zoe["needs_manual_grade"] == ""
    assert typed("report", "tiny").exit_code == 0
    assert table(course / "report" / "tiny-submissions.csv")[1]["status"] == "missing"
    assert "nothing was handed in: zoe" in typed("export", "tiny", "--to", "csv", "--all").output


def test_the_report_names_them(course, typed, grade):
    (course / "class.csv").write_text(CANVAS)
    typed("students", "class.csv")
    grade({"jdoe": Student()})
    assert typed("report", "tiny").exit_code == 0
    jane, zoe = table(course / "report" / "tiny-submissions.csv")
    assert (jane["name"], jane["LMS id"]) == ("Doe, Jane", "12345")
    assert (zoe["name"], zoe["status"]) == ("Ørsted, Zoë", "missing")
    page = (course / "report" / "tiny.html").read_text(encoding="utf-8")
    assert "Zoë Ørsted" in page and "Doe, Jane" in page


def test_formulas_in_names_are_none_in_grades(course, typed, grade):
    (course / "class.csv").write_text('id,last_name\nada,"=cmd|x!A1\x1b[31m"\n')
    typed("students", "class.csv")
    grade({"ada": Student()})
    text = (course / "grades.csv").read_text()
    assert "'=cmd|x!A1" in text and "\x1b" not in text


def found(course, typed, *names):
    """Whose the files of these names are taken for."""
    for name in names:
        path = course / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('{"cells": []}')
    said = typed("grade", "tiny", "in", "--dry-run")
    assert said.exit_code == 0, said.output
    return {line.split()[0] for line in said.output.splitlines() if line.endswith(".ipynb") or
            ".ipynb " in line}  # fmt: skip


def test_files_as_an_lms_names_them_are_the_students(course, typed):
    (course / "class.csv").write_text(CANVAS)
    typed("students", "class.csv")
    assert found(
        course, typed, "doejane_12345_678901_hw.ipynb", "zoë_LATE_12346_678902_hw.ipynb",
        "doejane_99_678903_hw.ipynb",
    ) == {"jdoe", "zoe", "doejane"}  # fmt: skip


def test_names_in_either_order_are_the_students(course, typed):
    (course / "class.csv").write_text(CANVAS)
    typed("students", "class.csv")
    files = "Jane Doe_77_assignsubmission_file_/hw.ipynb", "Ørsted Zoë.ipynb"
    assert found(course, typed, *files) == {"jdoe", "zoe"}


def test_a_user_name_is_no_name(course, typed):
    """In nbgrader's layout, janedoe is who logged in so: another than Jane Doe, perhaps."""
    (course / "class.csv").write_text(CANVAS)
    typed("students", "class.csv")
    assert found(course, typed, "janedoe/tiny/tiny.ipynb", "zoe/tiny/tiny.ipynb") == {
        "janedoe", "zoe"
    }  # fmt: skip


def test_a_damaged_gradebook_is_told(course, typed):
    (course / "gradebook.db").write_bytes(b"no database " * 1000)
    (course / "class.csv").write_text(CANVAS)
    for arguments in (["students"], ["students", "class.csv"]):
        said = typed(*arguments)
        assert said.exit_code == 2 and "not a database" in said.output


def test_who_was_graded_before_the_list_came_keeps_the_id(course, typed, grade):
    grade({"doejane": Student(), "Zoe": Student()}, {"doejane": ("Canvas", "12345")})
    (course / "class.csv").write_text(CANVAS)
    assert "2 in the gradebook before" in typed("students", "class.csv").output
    assert in_gradebook(course) == [
        ("Zoe", "Ørsted", "Zoë", None, "12346"), ("doejane", "Doe", "Jane", None, "12345")
    ]  # fmt: skip
    assert found(course, typed, "doejane_12345_678901_hw.ipynb") == {"doejane"}


def test_a_gradebook_that_is_gone_is_missed(course, typed, grade):
    grade({"ada": Student()})
    (course / "gradebook.db").unlink()
    (course / "class.csv").write_text(CANVAS)
    said = typed("students", "class.csv")
    assert said.exit_code == 2 and "Put it back first" in said.output
    assert not (course / "gradebook.db").exists()
