"""`course export`: files as Canvas's and Moodle's importers read them."""

import csv
import re
import zipfile

import pytest
from nbgrader.api import Gradebook

from visual_coding_course.grading.names import FILE, read_name

from ..pages.report.conftest import Student, unclear
from ..pages.report.test_report import by_hand, not_graded
from .conftest import table

CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section
"Doe, Jane",12345,S1,jdoe,Lab 1
"Two, Al",12346,S2,al,"Lab 1 and Lab 2"
"Ørsted, Zoë",12347,S3,zoe,Lab 2
"""
WORKSHEET = """\ufeffIdentifier,"Full name","Email address",Status,Grade,"Last modified (grade)"
"Participant 81","Jane Doe",jane@uni.edu,,,-
"Participant 82","Al Two",al@uni.edu,,,-
"""


def late(course, student, points):
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        notebook = gradebook.find_submission_notebook("tiny", "tiny", student)
        notebook.late_submission_penalty = points
        gradebook.db.commit()


@pytest.fixture
def of_canvas(course, typed, grade):
    """Jane is graded whole, and was late; Al's answer waits; Zoë handed in nothing."""
    (course / "class.csv").write_text(CANVAS)
    typed("students", "class.csv")
    grade({"jdoe": Student(q1=4, q2=3.5), "al": Student(q1=1)})
    by_hand(course, "jdoe", 8)
    late(course, "jdoe", 2)
    return course / "export" / "tiny-canvas.csv"


def as_canvas(path):
    """Points by Canvas ID and assignment, and what can be had, as gradebook_importer.rb reads."""
    with open(path, newline="", encoding="utf-8") as file:
        head, possible, *rows = csv.reader(file)
    assert "Student" in head[0] and "ID" in head[1]
    assert re.search(r"SIS\s+User\s+ID", head[2]) and re.search(r"SIS\s+Login\s+ID", head[3])
    assert "Section" in head[4] and "Points Possible" in possible[0]
    return {row[1]: dict(zip(head[5:], row[5:])) for row in rows}, dict(zip(head[5:], possible[5:]))


def test_canvas_gets_what_is_final(of_canvas, typed):
    said = typed("export", "tiny", "--to", "canvas", "--title", "Cross session (4711)")
    assert said.exit_code == 0, said.output
    grades, possible = as_canvas(of_canvas)
    assert grades == {"12345": {"Cross session (4711)": "13.5"}}
    assert possible == {"Cross session (4711)": "20"}
    [jane] = [row for row in table(of_canvas) if row["ID"]]
    assert (jane["Student"], jane["SIS User ID"], jane["SIS Login ID"], jane["Section"]) == (
        "Doe, Jane", "S1", "jdoe", "Lab 1"
    )  # fmt: skip
    assert "graded by hand (--all takes them, with the points so far): al" in said.output
    assert "nothing was handed in: zoe" in said.output


def test_canvas_by_question_and_all(of_canvas, typed):
    said = typed("export", "tiny", "--to", "canvas", "--points", "question", "--all")
    assert said.exit_code == 0, said.output
    grades, possible = as_canvas(of_canvas)
    assert possible == {"Tiny q1": "4", "Tiny q2": "6", "Tiny q3": "10", "Tiny late penalty": "0"}
    assert grades == {
        "12345": {"Tiny q1": "4", "Tiny q2": "3.5", "Tiny q3": "8", "Tiny late penalty": "-2"},
        "12346": {"Tiny q1": "1", "Tiny q2": "6", "Tiny q3": "", "Tiny late penalty": "0"},
    }


def test_without_a_list_canvas_ids_are_those_of_the_files(course, typed, grade):
    grade({"doejane": Student(), "cy": Student()}, {"doejane": ("Canvas", "12345")})
    for student in ("doejane", "cy"):
        by_hand(course, student, 1)
    said = typed("export", "tiny", "--to", "canvas", "--out", "grades-for-canvas.csv")
    grades, _ = as_canvas(course / "grades-for-canvas.csv")
    assert grades == {"12345": {"Tiny": "11"}, "": {"Tiny": "11"}}
    assert "without a Canvas ID, so that Canvas goes by login and name: cy" in said.output


def test_no_number_of_moodles_is_taken_for_one_of_canvas(course, typed, grade):
    (course / "class.csv").write_text(
        "Username,First name,Last name,ID number,Email address\nada,A,B,12345,a@b.c\n"
    )
    typed("students", "class.csv")
    grade({"ada": Student()})
    by_hand(course, "ada", 1)
    typed("export", "tiny", "--to", "canvas")
    assert list(as_canvas(course / "export" / "tiny-canvas.csv")[0]) == [""]


def test_canvas_ids_may_come_from_its_list_alone(course, typed, grade):
    grade({"jdoe": Student(), "AL": Student()})
    for student in ("jdoe", "AL"):
        by_hand(course, student, 1)
    (course / "class.csv").write_text(CANVAS)
    said = typed("export", "tiny", "--to", "canvas", "--list", "class.csv")
    assert "without a Canvas ID" not in said.output
    grades, _ = as_canvas(course / "export" / "tiny-canvas.csv")
    assert grades == {"12345": {"Tiny": "11"}, "12346": {"Tiny": "11"}}


def test_a_title_that_canvas_would_drop(of_canvas, typed):
    said = typed("export", "tiny", "--to", "canvas", "--title", "Final Grade")
    assert said.exit_code == 2 and "takes 'Final Grade' for a column of its own" in said.output


def test_two_students_that_are_one_to_canvas(of_canvas, typed, course):
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        gradebook.update_or_create_student("al", lms_user_id="12345")
    said = typed("export", "tiny", "--to", "canvas", "--all")
    assert said.exit_code == 2 and "al and jdoe would both be 12345" in said.output
    assert not of_canvas.exists()


def as_moodle(path):
    """Grades by participant, as Moodle's importgradeslib.php reads a worksheet."""
    rows = table(path)
    assert {"Identifier", "Grade", "Last modified (grade)"} <= rows[0].keys()
    return {row["Identifier"][len("Participant ") :]: float(row["Grade"]) for row in rows}


def test_moodle_with_numbers_of_the_worksheet_or_of_the_files(course, typed, grade):
    grade({"jdoe": Student(), "al": Student(1), "Cy_Three": Student(2)},
          {"Cy_Three": ("Moodle", "83")})  # fmt: skip
    for student in ("jdoe", "al", "Cy_Three"):
        by_hand(course, student, 10)
    (course / "class.csv").write_text("id,email\njdoe,JANE@uni.edu\nal,al@uni.edu\n")
    typed("students", "class.csv")
    (course / "sheet.csv").write_text(WORKSHEET)
    said = typed("export", "tiny", "--to", "moodle", "--list", "sheet.csv", "--feedback")
    assert said.exit_code == 0, said.output
    out = course / "export" / "tiny-moodle.csv"
    assert as_moodle(out) == {"81": 20, "82": 17, "83": 18}
    assert table(out)[1]["Full name"] == "Al Two" and table(out)[1]["Maximum Grade"] == "20"
    assert "maximum grade in Moodle has to be 20" in said.output

    with zipfile.ZipFile(course / "export" / "tiny-moodle-feedback.zip") as archive:
        names = archive.namelist()
        pages = {student_of(name): archive.read(name) for name in names}
    assert sorted(pages) == ["81", "82", "83"]
    assert pages["81"] == (course / "feedback/jdoe/tiny/tiny.html").read_bytes()
    # Our own rules read these names, too.
    assert {read_name(name, FILE).student for name in names} == {"Jane Doe", "Al Two", "Cy Three"}


def student_of(name):
    """Whose a file is, as Moodle's importziplib.php reads its name."""
    _, number, plugin, kind, file = name.split("_", 4)
    assert (plugin, kind, file) == ("assignsubmission", "file", "tiny.html")
    assert "/" not in name and not name.startswith((".", "~"))
    return number


def test_moodle_without_numbers_says_so(of_canvas, typed, course):
    said = typed("export", "tiny", "--to", "moodle", "--feedback")
    [jane] = table(course / "export" / "tiny-moodle.csv")
    assert (jane["Identifier"], jane["Grade"], jane["Username"]) == ("", "13.5", "jdoe")
    assert "without Moodle's participant number" in said.output
    assert "0 feedback pages" in said.output


def test_a_table_has_a_row_for_who_handed_in_nothing(of_canvas, typed, course):
    assert typed("export", "tiny", "--to", "csv", "--points", "question").exit_code == 0
    jane, zoe = table(course / "export" / "tiny-csv.csv")
    assert (jane["score"], jane["late_penalty"], jane["q3"], jane["lms_user_id"]) == (
        "13.5", "2", "8", "12345"
    )  # fmt: skip
    assert (zoe["student"], zoe["status"], zoe["score"], zoe["q1"]) == ("zoe", "missing", "", "")


def test_what_was_not_graded_has_no_grade_even_with_all(course, typed, grade):
    grade({"ada": Student(), "bob": Student()})
    not_graded(course, "bob", ["A disk was full."], "q2")
    for student in ("ada", "bob"):
        by_hand(course, student, 5)
    said = typed("export", "tiny", "--to", "canvas", "--all")
    assert [row["SIS Login ID"] for row in table(course / "export" / "tiny-canvas.csv")] == [
        "", "ada"
    ]  # fmt: skip
    assert "could not grade everything; `course grade tiny` does: bob" in said.output
    typed("export", "tiny", "--to", "csv", "--all", "--points", "question")
    bob = table(course / "export" / "tiny-csv.csv")[1]
    assert (bob["student"], bob["score"], bob["q1"], bob["q2"]) == ("bob", "", "4", "")


def test_what_a_check_cannot_tell_is_not_final(course, typed, grade):
    odd = {"q1": [unclear(4, "fig", "Cannot tell what `fig` shows.")]}
    grade({"ada": Student(0, 6, odd)})
    by_hand(course, "ada", 5)
    assert "(--all takes them" in typed("export", "tiny", "--to", "csv").output
    assert table(course / "export" / "tiny-csv.csv") == []
    typed("export", "tiny", "--to", "csv", "--all")
    assert table(course / "export" / "tiny-csv.csv")[0]["score"] == "15"


def test_no_cell_is_a_formula(course, typed, grade):
    (course / "class.csv").write_text('id,last_name,lms_user_id\nada,"=cmd|x\x1b",@SUM(1)\n')
    typed("students", "class.csv")
    grade({"ada": Student()})
    by_hand(course, "ada", 5)
    for system in ("canvas", "moodle", "csv"):
        typed("export", "tiny", "--to", system, "--title", "=1+1")
        text = (course / "export" / f"tiny-{system}.csv").read_text()
        cells = [cell for row in csv.reader(text.splitlines()) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))], system
        assert "\x1b" not in text


def test_clear_errors(course, typed, grade):
    said = typed("export", "tiny", "--to", "canvas")
    assert said.exit_code == 2 and "has no submissions" in said.output
    grade({"ada": Student()})
    said = typed("export", "tiny", "--to", "canvas", "--feedback")
    assert said.exit_code == 2 and "--to moodle" in said.output
    said = typed("export", "tiny", "--to", "moodle", "--list", "nowhere.csv")
    assert said.exit_code == 2 and "nowhere.csv" in said.output
