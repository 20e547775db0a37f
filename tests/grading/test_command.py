"""`course check` and `course grade` as typed: which assignment, whose, and how it ended."""

import json
import subprocess
import sys

import nbformat
import pytest

COMMAND = [sys.executable, "-m", "visual_coding_course.cli"]
RIGHT = {"q1-answer": "x = 3", "q2-answer": "def double(n):\n    return n + n"}


@pytest.fixture
def course(tmp_path, build_course):
    return build_course(tmp_path / "course")


@pytest.fixture
def second(course):
    """Another assignment in the same course; half of its cells have the names of the first's."""
    folder = course / "source" / "other"
    folder.mkdir()
    notebook = nbformat.read(course / "source" / "tiny" / "tiny.ipynb", as_version=4)
    for cell in notebook.cells[3:]:
        cell.metadata.nbgrader.grade_id = f"other-{cell.metadata.nbgrader.grade_id}"
    nbformat.write(notebook, folder / "other.ipynb")
    return notebook


def rows(course):
    lines = (course / "results.jsonl").read_text().splitlines()
    return {row["student"]: row for row in map(json.loads, lines)}


def written_pages(course):
    """When each student's feedback page was written, and which file it is."""
    pages = (course / "feedback").glob("*/tiny/tiny.html")
    return {page.parts[-3]: (page.stat().st_mtime_ns, page.stat().st_ino) for page in pages}


def hand_in(course, answer, **students):
    for student, x in students.items():
        path = course / "submitted" / student / "tiny" / "tiny.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(answer({**RIGHT, "q1-answer": f"x = {x}"}))


def test_check_tells_by_its_cells_which_assignment_a_notebook_is_of(
    course, second, answer, tmp_path, typed
):
    path = tmp_path / "ada.ipynb"
    path.write_bytes(answer(RIGHT))
    assert "7 of 7 points" in typed(course, "check", path).stdout


def test_check_asks_where_nothing_tells(course, second, tmp_path, typed):
    for name, cells in (("none", []), ("both", second.cells[:2])):
        path = tmp_path / f"{name}.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
        asked = typed(course, "check", path)
        assert asked.exit_code == 2
        assert "--assignment" in asked.stderr and "Traceback" not in asked.stderr


def test_check_has_the_files_beside_a_notebook(course, answer, typed):
    hand_in(course, answer, ada=3)
    folder = course / "submitted" / "ada" / "tiny"
    (folder / "helper.py").write_text("three = 3\n")
    path = folder / "tiny.ipynb"
    path.write_bytes(answer({**RIGHT, "q1-answer": "from helper import three as x"}))
    assert "7 of 7 points" in typed(course, "check", path).stdout


def test_one_student_is_graded_again_and_nobody_else(course, answer, typed):
    hand_in(course, answer, ada=3, bob=4)
    # A process of its own, to hear what those that it starts say, too.
    first = subprocess.run([*COMMAND, "grade", "tiny"], cwd=course, capture_output=True, text=True)
    assert (first.returncode, first.stderr.count("Traceback")) == (0, 0), first.stderr
    before, pages = rows(course), written_pages(course)
    again = typed(course, "grade", "tiny", "--student", "ada")
    after = rows(course)
    assert again.exit_code == 0
    assert after["bob"] == before["bob"]
    assert {student for student in pages if written_pages(course)[student] != pages[student]} == {
        "ada"
    }
    assert {student: row["score"] for student, row in after.items()} == {"ada": 7, "bob": 5}
    unknown = typed(course, "grade", "tiny", "--student", "eve")
    assert unknown.exit_code == 2
    assert "no submission of eve" in unknown.stderr and "ada, bob" in unknown.stderr


def test_what_is_unreadable_has_its_row_and_fails_nothing(course, answer, typed):
    hand_in(course, answer, ada=3)
    (course / "submitted" / "ada" / "tiny" / "tiny.ipynb").write_text("no notebook")
    assert typed(course, "grade", "tiny").exit_code == 0
    assert rows(course)["ada"]["status"] == "unreadable"


def test_what_could_not_be_graded_has_no_score_and_is_graded_by_the_next_run(course, answer, typed):
    hand_in(course, answer, ada=3, bob=3)
    hand = course / "source" / "tiny" / "tests" / "q2_function.py"
    right = hand.read_text()
    hand.write_text(
        right.replace("    if double is None:", "    open('/gone')\n    if double is None:")
    )
    broken = typed(course, "grade", "tiny", "--workers", "1")
    assert broken.exit_code == 1
    assert "2 of 2 could not be graded" in broken.stderr
    assert "/gone" in broken.stderr and "/gone" not in broken.stdout
    assert {row["score"] for row in rows(course).values()} == {None}
    grades = (course / "grades.csv").read_text().splitlines()
    assert grades[1].startswith("ada,not_graded,,7")
    page = (course / "feedback" / "ada" / "tiny" / "tiny.html").read_text()
    assert "not your doing" in page and "/gone" not in page

    hand.write_text(right)
    mended = typed(course, "grade", "tiny")
    assert mended.exit_code == 0
    assert {row["score"] for row in rows(course).values()} == {7}
