"""What a class can hand in: each gets a row and a sentence, and nothing else is harmed."""

import csv
import json
import os
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from visual_coding_course.grading.reading import MOST_SUBMISSION_BYTES
from visual_coding_course.grading.record import Record
from visual_coding_course.grading.run import grade_class
from visual_coding_course.grading.submissions import Submission
from visual_coding_course.records.graded import not_graded

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links, pipes and names made of bytes")

RIGHT = {"q1-answer": "x = 3", "q2-answer": "def double(n):\n    return n + n"}
GRADED = ("graded", 7, None)
FULL_SECRET = "a line that stands in a file outside the folder"


def cell(notebook, grade_id):
    return next(
        one
        for one in notebook["cells"]
        if one.get("metadata", {}).get("nbgrader", {}).get("grade_id") == grade_id
    )


def changed(change):
    """Change the notebook's JSON, whatever that makes of it."""

    def make(right):
        data = json.loads(right)
        return json.dumps(change(data) or data).encode()

    return make


def to_format_3(data):
    def convert(one):
        kept = {"cell_type": "code", "language": "python", "collapsed": False, "outputs": []}
        return {**kept, "metadata": one["metadata"], "input": one["source"]}

    sheet = {"cells": [convert(one) for one in data["cells"]], "metadata": {}}
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [sheet]}


def to_format_4_0(data):
    data["nbformat_minor"] = 0
    for one in data["cells"]:
        del one["id"]


def to_kernel(**kernelspec):
    return lambda data: data["metadata"].update(kernelspec=kernelspec)


def without_locked_cells(data):
    data["cells"] = [cell(data, "q1-answer"), cell(data, "q2-answer")]


def without_answer_cells(data):
    own = [nbformat.v4.new_code_cell(source) for source in RIGHT.values()]
    data["cells"] = [cell(data, "setup"), own[0], cell(data, "q1"), own[1]]


def with_cells_twice(data):
    wrong = {**cell(data, "q1-answer"), "source": "x = 'no'", "id": "other"}
    data["cells"][1:1] = [wrong, {**cell(data, "q1"), "id": "another"}]


def with_cells_moved(data):
    setup, first, check, *rest = data["cells"]
    data["cells"] = [check, first, *rest, setup]


def with_cells_renamed(data):
    for one in data["cells"]:
        one["metadata"]["nbgrader"]["grade_id"] += " (copy)"


def without_cell_metadata(data):
    for one in data["cells"]:
        one["metadata"] = {}


def with_tests_changed(data):
    cell(data, "q1")["source"] = "raise SystemExit"
    cell(data, "q2")["metadata"]["nbgrader"].update(points=1000, locked=False, schema_version=99)


def with_odd_cell_metadata(data):
    data["cells"][0]["metadata"] = ["a", "list"]
    data["cells"][1]["metadata"]["nbgrader"] = "text"
    data["cells"][3]["metadata"]["nbgrader"]["grade_id"] = {"not": "a name"}
    data["cells"][4]["metadata"]["nbgrader"] = {"grade": "yes", "points": float("nan")}


def with_outputs(data):
    """Outputs that are no outputs, and many of them."""
    data["cells"][0]["outputs"] = "text"
    data["cells"][1]["outputs"] = [{"output_type": "stream", "text": "y" * 2**20}] * 5
    data["cells"][1]["execution_count"] = "first"


CONTENTS = {
    "not_json": (lambda right: b"x, y\n1, 2", ("unreadable", 0, "not valid JSON")),
    "no_bytes": (lambda right: b"", ("unreadable", 0, "the file is empty")),
    "truncated": (lambda right: right[:-100], ("unreadable", 0, "its end is missing")),
    "other_json": (lambda right: b'{"a": 1}', ("unreadable", 0, "not a Jupyter notebook")),
    "deep_json": (lambda right: b"[" * 10**6, ("unreadable", 0, "its end is missing")),
    "format_3": (changed(to_format_3), GRADED),
    "format_4_0": (changed(to_format_4_0), GRADED),
    "format_4_99": (changed(lambda data: data.update(nbformat_minor=99)), GRADED),
    "format_5": (changed(lambda data: data.update(nbformat=5)), ("unreadable", 0, "format 5")),
    "format_x": (changed(lambda data: data.update(nbformat="x")), GRADED),
    "other_kernel": (
        changed(to_kernel(name="my-env", display_name="Mine", language="python")),
        GRADED,
    ),
    "other_language": (
        changed(to_kernel(name="ir", display_name="R", language="R")),
        ("unreadable", 0, "Python 3 kernel"),
    ),
    "no_cells": (
        changed(lambda data: data.update(cells=[])),
        ("unreadable", 0, "The notebook has no cells"),
    ),
    "cells_no_list": (changed(lambda data: data.update(cells=7)), ("unreadable", 0, "damaged")),
    "cells_no_cells": (
        changed(lambda data: data.update(cells=[1])),
        ("unreadable", 0, "The notebook has no cells"),
    ),
    "missing_locked": (changed(without_locked_cells), GRADED),
    "missing_answers": (changed(without_answer_cells), GRADED),
    "duplicated": (changed(with_cells_twice), GRADED),
    "moved": (changed(with_cells_moved), GRADED),
    "renamed": (changed(with_cells_renamed), GRADED),
    "stripped": (changed(without_cell_metadata), GRADED),
    "changed_tests": (changed(with_tests_changed), GRADED),
    "odd_metadata": (changed(with_odd_cell_metadata), GRADED),
    "odd_notebook_metadata": (changed(lambda data: data.update(metadata=[1])), GRADED),
    "odd_outputs": (changed(with_outputs), GRADED),
}


class Places:
    """Ways to hand in that a folder of files allows; each returns where its notebook is."""

    def __init__(self, course, right):
        self.submitted, self.right = course / "submitted", right
        self.outside = course.parent / "outside"
        (self.outside / "tiny").mkdir(parents=True)
        (self.outside / "secret.txt").write_text(FULL_SECRET)
        (self.outside / "tiny" / "tiny.ipynb").write_bytes(right)

    def hand_in(self, student, content=None, name=b"tiny.ipynb"):
        folder = os.fsencode(self.submitted) + b"/" + os.fsencode(student) + b"/tiny"
        os.makedirs(folder)
        path = folder + b"/" + name
        if content is not None:
            Path(os.fsdecode(path)).write_bytes(content)
        return Path(os.fsdecode(path))

    def link(self, student, target):
        self.hand_in(student).symlink_to(target)

    def fill(self):
        """Hand in; returns what is expected by student."""
        refused = ("refused", 0, "is a link to another place")
        no_id = ("refused", 0, "cannot be a student id")
        self.hand_in("empty_folder")
        self.link("link_to_secret", self.outside / "secret.txt")
        self.link("link_to_other", self.submitted / 'o\'neill "z"' / "tiny" / "tiny.ipynb")
        self.link("link_to_nothing", self.outside / "nothing.ipynb")
        self.link("link_to_itself", "tiny.ipynb")
        (self.submitted / "linked_folder").symlink_to(self.outside)
        (self.submitted / "linked_inside").mkdir()
        (self.submitted / "linked_inside" / "tiny").symlink_to(self.outside / "tiny")
        self.hand_in("folder_for_file").mkdir()
        os.mkfifo(self.hand_in("pipe"))
        with open(self.hand_in("huge"), "wb") as file:
            file.truncate(2 * MOST_SUBMISSION_BYTES)
        self.hand_in('o\'neill "z"', self.right)
        self.hand_in("file_name", self.right, b"caf\xe9 'x' \"y\".ipynb")
        self.hand_in(b"caf\xe9", self.right)
        self.hand_in("line\nbreak", self.right)
        self.hand_in("..\\up", self.right)
        self.hand_in("x" * 200, self.right)
        self.hand_in("Case", b"")
        self.hand_in("case", b"")
        return {
            "empty_folder": ("unreadable", 0, "No notebook named tiny.ipynb was handed in"),
            **dict.fromkeys(
                ("link_to_secret", "link_to_other", "link_to_nothing", "link_to_itself",
                 "linked_folder", "linked_inside"), refused
            ),
            "folder_for_file": ("refused", 0, "tiny.ipynb is not a file"),
            "pipe": ("refused", 0, "tiny.ipynb is not a file"),
            "huge": ("refused", 0, "200 MB"),
            "o'neill \"z\"": GRADED,
            "file_name": GRADED,
            "caf": no_id,
            "line_break": no_id,
            "up": no_id,
            "x" * 128: no_id,
            "Case": ("unreadable", 0, "the file is empty"),
            "case-2": ("unreadable", 0, "the file is empty"),
        }  # fmt: skip


PLACES = [
    "empty_folder", "link_to_secret", "link_to_other", "link_to_nothing", "link_to_itself",
    "linked_folder", "linked_inside", "folder_for_file", "pipe", "huge", "o'neill \"z\"",
    "file_name", "caf", "line_break", "up", "x" * 128, "Case", "case-2",
]  # fmt: skip


def tree(folder, *but):
    """Every file below a folder with what is in it, and every link with where it leads."""
    found = {}
    for root, folders, files in os.walk(folder):
        for name in [*folders, *files]:
            path = Path(root, name)
            if any(other in path.parents or other == path for other in but):
                continue
            if path.is_symlink():
                found[path] = os.readlink(path)
            elif path.is_file():
                found[path] = (path.stat().st_size, path.stat().st_mtime_ns)
            else:
                found[path] = None
    return found


class Class:
    """The class, graded once for all tests of this module."""

    graded = None

    def __init__(self, course, right):
        folder = course.parent
        self.course, self.out = course, folder / "out"
        self.expected = {name: expected for name, (_, expected) in CONTENTS.items()}
        places = Places(self.course, right)
        for name, (content, _) in CONTENTS.items():
            places.hand_in(name, content(right))
        self.expected.update(places.fill())
        before = tree(folder, self.out)
        self.rows = grade_class(self.course, "tiny", out=self.out, workers=2)
        self.unharmed = tree(folder, self.out) == before
        self.by_student = {row["student"]: row for row in self.rows}


@pytest.fixture
def graded(tmp_path_factory, build_course, answer):
    if Class.graded is None:
        course = build_course(tmp_path_factory.mktemp("inputs") / "course")
        Class.graded = Class(course, answer(RIGHT))
    return Class.graded


@pytest.mark.parametrize("student", [*CONTENTS, *PLACES])
def test_each_gets_a_row_and_a_sentence(graded, student):
    status, score, words = graded.expected[student]
    row = graded.by_student[student]
    assert (row["status"], row["score"]) == (status, score), row["message"]
    if words is None:
        assert row["message"] is None
    else:
        assert words in row["message"]
        page = (graded.out / "feedback" / student / "tiny" / "tiny.html").read_text()
        assert words in page


def test_nobody_is_missing_anywhere(graded):
    students = set(graded.expected)
    assert set(graded.by_student) == students
    lines = (graded.out / "results.jsonl").read_bytes().decode("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert {row["student"] for row in rows} == students
    assert all(json.dumps(row, ensure_ascii=False).encode("utf-8") for row in rows)
    with open(graded.out / "grades.csv", newline="", encoding="utf-8") as file:
        assert {row["student"] for row in csv.DictReader(file)} == students
    with Gradebook(f"sqlite:///{graded.out}/gradebook.db") as gradebook:
        scores = {one.student.id: one.score for one in gradebook.assignment_submissions("tiny")}
    assert scores == {student: score for student, (_, score, _) in graded.expected.items()}


def test_nothing_outside_is_changed(graded):
    assert graded.unharmed


def test_nothing_outside_is_shown(graded):
    for path in graded.out.rglob("*"):
        assert not path.is_symlink()
        if path.is_file():
            assert FULL_SECRET.encode() not in path.read_bytes()


def test_a_second_run_finds_nothing_new(graded):
    before = []
    grade_class(
        graded.course, "tiny", out=graded.out, progress=lambda done, *_: before.append(done)
    )
    assert before == [len(graded.expected)]


def test_files_named_by_students(tmp_path, build_course):
    course, handed_in = build_course(tmp_path / "course"), tmp_path / "handed in"
    handed_in.mkdir()
    names = {
        b"caf\xe9.ipynb": "caf",
        'Zoë "Z" O\'Neill (1).ipynb'.encode(): "Zoë_Z_O_Neill_1",
        b"..\\..\\up.ipynb": "up",
        b"...ipynb": "student",
        b"-2+3.ipynb": "2_3",
        b"line\nbreak.ipynb": "line_break",
        b"y" * 240 + b".ipynb": "y" * 128,
        b"ADA.ipynb": "ADA",
        b"ada.ipynb": "ada-2",
    }
    for name in names:
        with open(os.fsencode(handed_in) + b"/" + name, "wb") as file:
            file.write(b"{}")
    (handed_in / "._ada.ipynb").write_bytes(b"\x00\x05\x16\x07 what macOS puts into archives")
    (handed_in / "link.ipynb").symlink_to(handed_in / "ADA.ipynb")
    out = tmp_path / "out?x=1#y %20"
    rows = {row["student"]: row for row in grade_class(course, "tiny", [handed_in], out=out)}
    assert set(rows) == {*names.values(), "link"}
    assert {row["status"] for row in rows.values()} == {"unreadable", "refused"}
    assert rows["link"]["status"] == "refused"
    assert {path.name for path in (out / "feedback").iterdir()} == set(rows)
    assert (out / "gradebook.db").is_file()


def test_of_one_name_in_two_cases_both_are_graded_and_told(tmp_path, build_course, answer):
    course = build_course(tmp_path / "course")
    for student in ("Ada", "ada"):
        path = course / "submitted" / student / "tiny" / "tiny.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(answer(RIGHT))
    rows = {row["student"]: row for row in grade_class(course, "tiny", workers=2)}
    assert {student: row["score"] for student, row in rows.items()} == {"Ada": 7, "ada-2": 7}
    assert rows["Ada"]["message"] is None
    assert "another submission is named Ada" in rows["ada-2"]["message"]


PATHS = ["../x", "/x", "a/b", "a\\b", "..", ".", "", "x" * 129, "a\nb", "a\0b", "caf\udce9"]


def test_a_student_id_that_is_a_path_writes_nothing(tmp_path, assignment):
    out = tmp_path / "a" / "out"
    result = not_graded(assignment, "unreadable", "Not a notebook.")
    with Record(out, assignment) as record:
        for student in PATHS:
            with pytest.raises(ValueError, match="student id"):
                record.add(Submission(student, tmp_path / "tiny.ipynb"), result, "digest")
        assert record.graded() == {}
    assert not (out / "feedback").exists()
    assert list(tmp_path.iterdir()) == [tmp_path / "a"]
