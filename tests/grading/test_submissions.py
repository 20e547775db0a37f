"""Finding what a class handed in."""

import pytest

from visual_coding_course.grading.submissions import find_submissions


@pytest.fixture
def course(tmp_path):
    for student in ("ada", "bob"):
        folder = tmp_path / "submitted" / student / "tiny"
        folder.mkdir(parents=True)
        (folder / "tiny.ipynb").write_text("{}")
    (tmp_path / "submitted" / "ada" / "tiny" / "timestamp.txt").write_text("2026-01-02 10:00 UTC\n")
    (tmp_path / "submitted" / "bob" / "other").mkdir()
    loose = tmp_path / "loose"
    loose.mkdir()
    (loose / "cy.ipynb").write_text("{}")
    return tmp_path


def names(found):
    return [item.student for item in found]


def test_nbgraders_layout(course):
    found = find_submissions(course, "tiny")
    assert names(found) == ["ada", "bob"]
    assert found[0].timestamp == "2026-01-02 10:00 UTC" and found[1].timestamp is None


@pytest.mark.parametrize(
    ("path", "students"),
    [
        ("submitted", ["ada", "bob"]),
        ("submitted/bob", ["bob"]),
        ("submitted/ada/tiny/tiny.ipynb", ["ada"]),
        ("loose", ["cy"]),
        ("loose/cy.ipynb", ["cy"]),
    ],
)
def test_other_places(course, path, students):
    assert names(find_submissions(course, "tiny", [course / path])) == students


def test_a_notebook_right_in_a_students_folder(course):
    (course / "submitted" / "zoe").mkdir()
    (course / "submitted" / "zoe" / "tiny.ipynb").write_text("{}")
    assert names(find_submissions(course, "tiny")) == ["ada", "bob", "zoe"]


@pytest.mark.parametrize("content", [b"yesterday evening", b"\xff\xfe2", b""])
def test_a_timestamp_that_is_no_time_is_left_out(course, content):
    (course / "submitted" / "ada" / "tiny" / "timestamp.txt").write_bytes(content)
    assert find_submissions(course, "tiny")[0].timestamp is None


def test_a_name_made_up_is_not_another_students(course):
    (course / "loose" / "cy-2.ipynb").write_text("{}")
    (course / "more").mkdir()
    (course / "more" / "cy.ipynb").write_text("{}")
    found = find_submissions(course, "tiny", [course / "loose", course / "more"])
    assert sorted(names(found)) == ["cy", "cy-2", "cy-3"]


def test_a_notebook_of_another_name_in_a_students_folder(course):
    (course / "submitted" / "ada" / "tiny" / "tiny.ipynb").rename(
        course / "submitted" / "ada" / "tiny" / "tiny (1).ipynb"
    )
    assert find_submissions(course, "tiny")[0].path.name == "tiny (1).ipynb"


def test_two_of_one_name_are_told_apart(course):
    (course / "more").mkdir()
    (course / "more" / "cy.ipynb").write_text("{}")
    found = find_submissions(course, "tiny", [course / "loose", course / "more"])
    assert names(found) == ["cy", "cy-2"]


@pytest.mark.parametrize("path", ["nowhere", "loose/nobody.ipynb", "submitted/bob/other"])
def test_nothing_there(course, path):
    with pytest.raises(FileNotFoundError, match="tiny|no file or folder"):
        find_submissions(course, "tiny", [course / path])


def test_what_is_named_twice_is_one_submission(course):
    once = find_submissions(course, "tiny")
    again = find_submissions(course, "tiny", [course / "submitted", once[0].path])
    assert [item.student for item in again] == [item.student for item in once]


def test_nothing_handed_in(tmp_path):
    with pytest.raises(FileNotFoundError, match="submitted/STUDENT/tiny/tiny.ipynb"):
        find_submissions(tmp_path, "tiny")
