"""Finding what a class handed in."""

import json
import os
import sys
import traceback

import pytest

from visual_coding_course.grading.beside import MOST_BYTES, MOST_FILES
from visual_coding_course.grading.submissions import NotAccepted, find_submissions


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


@pytest.mark.parametrize("file", ["other.ipynb", "other.pdf", "timestamp.txt"])
def test_who_handed_in_another_assignment_alone_handed_in_nothing_of_this(course, file):
    for name in ("tiny", "other"):
        (course / "source" / name).mkdir(parents=True)
        (course / "source" / name / f"{name}.ipynb").write_text("{}")
    (course / "submitted" / "cy" / "other").mkdir(parents=True)
    (course / "submitted" / "cy" / "other" / file).write_text("{}")
    assert names(find_submissions(course, "tiny")) == ["ada", "bob"]


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


def ada(course):
    """Ada's folder, and a way to find her submission anew."""
    return course / "submitted" / "ada" / "tiny", lambda: find_submissions(course, "tiny")[0]


def test_files_beside_a_notebook_are_handed_in_with_it(course):
    folder, found = ada(course)
    for name, content in {
        "helper.py": b"a = 1", "data/raw/table.csv": b"\xff\0", "my notes (2).txt": b"",
        "größe.txt": b"3", "README.md": b"#", ".hidden": b"", "data/.DS_Store": b"",
        ".ipynb_checkpoints/tiny-checkpoint.ipynb": b"", "__pycache__/helper.cpython-311.pyc": b"",
        "data/__pycache__/x.py": b"", "other.ipynb": b"{}", "submission_secret.txt": b"s",
        "tests/q1_number.py": b"", "Tests/q2.py": b"", "visual_coding_course/notebook.py": b"",
        "visual_coding_course.py": b"", "data/tests/mine.py": b"ok",
    }.items():  # fmt: skip
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    assert found().files() == {
        "helper.py": b"a = 1", "data/raw/table.csv": b"\xff\0", "my notes (2).txt": b"",
        "größe.txt": b"3", "README.md": b"#", "data/tests/mine.py": b"ok",
    }  # fmt: skip
    assert found().note is None
    assert find_submissions(course, "tiny", [course / "loose"])[0].files() == {}
    assert find_submissions(course, "tiny", [folder / "tiny.ipynb"])[0].files() == found().files()


@pytest.mark.skipif(os.name != "posix", reason="links, pipes and names made of bytes")
def test_links_and_what_is_no_file_are_left_out_and_told(course):
    folder, found = ada(course)
    (course / "secret.txt").write_text("secret")
    (course / "secrets").mkdir()
    (course / "secrets" / "more.txt").write_text("secret")
    (folder / "a link.txt").symlink_to(course / "secret.txt")
    (folder / "folder").symlink_to(course / "secrets")
    os.mkfifo(folder / "pipe")
    (folder / os.fsdecode(b"caf\xe9.csv")).write_text("1")
    (folder / "line\nbreak.csv").write_text("1")
    (folder / "helper.py").write_text("a = 1")
    assert found().files() == {"helper.py": b"a = 1"}
    for name in ("a link.txt", "folder", "pipe", "caf"):
        assert name in found().note
    assert found().note.isprintable()


def test_files_within_the_limit_are_there_and_the_others_told(course):
    folder, found = ada(course)
    (folder / "large.bin").write_bytes(bytes(MOST_BYTES - 3))
    (folder / "small.bin").write_bytes(bytes(3))
    assert set(found().files()) == {"large.bin", "small.bin"} and found().note is None
    (folder / "smaller.bin").write_bytes(bytes(1))
    assert set(found().files()) == {"small.bin", "smaller.bin"}
    assert "Left out of what was handed in beside the notebook: large.bin." in found().note
    for number in range(MOST_FILES):
        (folder / f"{number}.txt").write_bytes(b"")
    assert len(found().files()) == MOST_FILES
    assert "large.bin" in found().note and "smaller.bin" in found().note


def test_a_folder_without_end_ends(course):
    folder, found = ada(course)
    deep = folder.joinpath(*["d"] * 200)
    deep.mkdir(parents=True)
    (deep / "helper.py").write_text("")
    assert found().files() == {} and "d/d/d" in found().note


def test_what_was_handed_in_is_told_apart(course):
    folder, found = ada(course)
    states = [found().digest(), found().digest()]
    assert states[0] == states[1]
    (folder / "helper.py").write_text("a = 1")
    states.append(found().digest())
    (folder / "helper.py").write_text("a = 2")
    states.append(found().digest())
    (folder / "helper.py").rename(folder / "helpers.py")
    states.append(found().digest())
    (folder / "tiny.ipynb").write_text("{ }")
    states.append(found().digest())
    (folder / "timestamp.txt").unlink()
    states.append(found().digest())
    assert len(set(states)) == 6


def test_a_file_that_changes_after_it_was_found_does_no_harm(course):
    folder, found = ada(course)
    for name in ("gone.py", "grown.py", "linked.py", "stays.py"):
        (folder / name).write_text("a = 1")
    submission = found()
    (folder / "gone.py").unlink()
    (folder / "grown.py").write_bytes(bytes(MOST_BYTES + 1))
    (folder / "linked.py").unlink()
    (folder / "linked.py").symlink_to(course / "loose" / "cy.ipynb")
    assert submission.files() == {"stays.py": b"a = 1"}


def as_nobody(work):
    """Do something in a process that is not root, and so may not read everything."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.getuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            said = work()
        except BaseException:
            said = {"error": traceback.format_exc()}
        with os.fdopen(writing, "w") as file:
            json.dump(said, file)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as file:
        said = json.load(file)
    os.waitpid(child, 0)
    assert not (isinstance(said, dict) and "error" in said), said["error"]
    return said


def accepted(submission):
    """What comes of reading a submission: its files, or the status and words of a refusal."""
    try:
        return ["read", len(submission.read()), sorted(submission.files())]
    except NotAccepted as reason:
        return [reason.status, str(reason), []]


NO_RIGHTS = {
    "students_folder": ("dan", "submitted/dan", 0o000),
    "students_folder_without_x": ("dan", "submitted/dan", 0o444),
    "assignments_folder": ("dan", "submitted/dan/tiny", 0o000),
    "assignments_folder_without_x": ("dan", "submitted/dan/tiny", 0o644),
    "assignments_folder_without_r": ("dan", "submitted/dan/tiny", 0o311),
    "notebook": ("dan", "submitted/dan/tiny/tiny.ipynb", 0o000),
    "file_beside_it": ("dan", "submitted/dan/tiny/helper.py", 0o000),
    "folder_beside_it": ("dan", "submitted/dan/tiny/data", 0o000),
}


@pytest.mark.skipif(sys.platform != "linux", reason="another user, by Linux's numbers")
@pytest.mark.parametrize("kind", NO_RIGHTS)
def test_what_the_grader_may_not_read_is_a_row_and_stops_nobody(course, kind):
    student, place, mode = NO_RIGHTS[kind]
    folder = course / "submitted" / student / "tiny"
    (folder / "data").mkdir(parents=True)
    (folder / "tiny.ipynb").write_text("{}")
    (folder / "helper.py").write_text("a = 1")
    (folder / "data" / "table.csv").write_text("1")
    for above in (course, *course.parents):
        if above.stat().st_uid == os.getuid() and str(above).startswith(str(course.parents[2])):
            above.chmod(0o755)
    (course / place).chmod(mode)
    try:
        said = as_nobody(
            lambda: {
                one.student: [*accepted(one), len(one.digest())]
                for one in find_submissions(course, "tiny", [course / "submitted"])
            }
        )
    finally:
        (course / place).chmod(0o755)
    assert said["ada"][:2] == said["bob"][:2] == ["read", 2]
    status, words = said["dan"][:2]
    assert set(said) == {"ada", "bob", "dan"} and status == "not_graded"
    assert "(Permission denied)" in words and "grader cannot" in words
    again = find_submissions(course, "tiny", [course / "submitted"])[2]
    assert accepted(again) == ["read", 2, ["data/table.csv", "helper.py"]]
    assert again.digest() != said["dan"][3]


@pytest.mark.skipif(sys.platform != "linux", reason="another user, by Linux's numbers")
@pytest.mark.parametrize("place", ["submitted", "submitted/ada/tiny/tiny.ipynb"])
def test_a_place_that_is_named_and_may_not_be_read_gets_a_sentence(course, place):
    for above in course.parents[:3]:
        above.chmod(0o755)
    (course / "submitted").chmod(0o000)

    def look():
        try:
            return [accepted(one) for one in find_submissions(course, "tiny", [course / place])]
        except OSError as error:
            return str(error)

    try:
        said = as_nobody(look)
    finally:
        (course / "submitted").chmod(0o755)
    assert "grader cannot" in json.dumps(said)
