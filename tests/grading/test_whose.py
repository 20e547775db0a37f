"""Whose a notebook is, whatever it is called and wherever it lies."""

import io
import json
import stat
import zipfile

import nbformat
import pytest

from visual_coding_course.grading.students import with_own_names
from visual_coding_course.grading.submissions import (
    NotAccepted,
    find_submissions,
    look_through,
)
from visual_coding_course.grading.trees import MOST_RATIO

NB = b'{"cells": []}'
RIGHT = {"q1-answer": "x = 3", "q2-answer": "def double(n):\n    return n + n"}
NONE, MANY, BROKEN = "No notebook was handed in", "Several notebooks", "cannot be opened"


def zipped(files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def moodle(name, number, kind="file_"):
    return f"{name}_{number}_assignsubmission_{kind}"


#: By kind: what lies in a folder, and who handed in which of it, or what is said of it instead.
KINDS = {
    "moodle": (
        {f"{moodle('Zoë One', 12)}/tiny.ipynb": NB, f"{moodle('Al Two', 13)}/my homework.ipynb": NB,
         f"{moodle('Cy', 14, 'onlinetext_')}/onlinetext.html": b"<p>",
         f"{moodle('Dan', 15, 'file')}/a/b/hw.ipynb": NB,
         f"{moodle('Eve', 16)}/hw.ipynb": NB, f"{moodle('Eve', 16, 'onlinetext_')}/o.html": b"",
         f"{moodle('Participant', 17)}/hw.ipynb": NB, f"{moodle('Participant', 18)}/hw.ipynb": NB},
        {"Zoë One": "tiny.ipynb", "Al Two": "my homework.ipynb", "Cy": NONE, "Dan": "hw.ipynb",
         "Eve": "hw.ipynb", "Participant_17": "hw.ipynb", "Participant_18": "hw.ipynb"},
    ),
    "moodle without folders": (
        {f"{moodle('Al Two', 13)}hw.ipynb": NB,
         f"{moodle('Zoë', 12)}hw.zip": zipped({"a/x.ipynb": NB})},
        {"Al Two": f"{moodle('Al Two', 13)}hw.ipynb", "Zoë": "x.ipynb"},
    ),
    "canvas": (
        {"doejane_12345_678901_tiny.ipynb": NB, "smithjohn_LATE_12346_678902_tiny-1.ipynb": NB,
         "smithjohn_LATE_12346_678903_tiny-2.ipynb": NB, "anonAbC_77_hw.ipynb": NB},
        {"doejane": "doejane_12345_678901_tiny.ipynb",
         "smithjohn": "smithjohn_LATE_12346_678903_tiny-2.ipynb", "anonAbC": "anonAbC_77_hw.ipynb"},
    ),
    "canvas, two of one name": (
        {"doejane_1_678901_hw.ipynb": NB, "doejane_2_678902_hw.ipynb": NB},
        {"doejane_1": "doejane_1_678901_hw.ipynb", "doejane_2": "doejane_2_678902_hw.ipynb"},
    ),
    "canvas, a zip that holds a zip": (
        {"submissions.zip": zipped({"doejane_1_2_hw.ipynb": NB,
                                    "roe_3_4_hw.zip": zipped({"hw/hw.ipynb": NB})})},
        {"doejane": "doejane_1_2_hw.ipynb", "roe": "hw.ipynb"},
    ),
    "blackboard": (
        {"Tiny_jdoe_attempt_2026-11-20-10-00-00_hw.ipynb": NB,
         "Tiny_jdoe_attempt_2026-11-20-10-00-00.txt": b"Name: Jane",
         "Tiny_jdoe_attempt_2026-11-21-10-00-00_hw2.ipynb": NB},
        {"jdoe": "Tiny_jdoe_attempt_2026-11-21-10-00-00_hw2.ipynb"},
    ),
    "brightspace": (
        {"1-2 - Jane Doe - Nov 20, 2026 1000 AM/hw.ipynb": NB, "index.html": b"",
         "1-2 - Jane Doe - Nov 21, 2026 1000 AM/hw3.ipynb": NB},
        {"Jane Doe": "hw3.ipynb"},
    ),
    "sakai": ({"Doe, Jane(jdoe)/Submission attachment(s)/hw.ipynb": NB}, {"jdoe": "hw.ipynb"}),
    "gradescope": (
        {"assignment_1_export/submission_11/hw.ipynb": NB, "submission_12/tiny.ipynb": NB},
        {"submission_11": "hw.ipynb", "submission_12": "tiny.ipynb"},
    ),
    "gradescope, with its names": (
        {"export/submission_11/hw.ipynb": NB, "export/submission_metadata.yml":
         b"submission_11:\n  :submitters:\n  - :name: Jane Doe\n    :sid: 7\n"
         b"  :created_at: 2026-11-20 10:00:00.0 Z\n"},
        {"Jane Doe": "hw.ipynb"},
    ),
    "students' folders": (
        {"ada/other.ipynb": NB, "bob/a/b/c/x.ipynb": NB, "cy/tiny/tiny/tiny.ipynb": NB,
         "dan/dan/x.ipynb": NB, "eve/attempt_1/x.ipynb": NB, "eve/attempt_2/y.ipynb": NB},
        {"ada": "other.ipynb", "bob": "x.ipynb", "cy": "tiny.ipynb", "dan": "x.ipynb",
         "eve": "y.ipynb"},
    ),
    "spellings": (
        {"ada/Tiny/Tiny.ipynb": NB, "bob/tiny/tiny (1).IPYNB": NB, "cy/TINY.ipynb": NB,
         "dan/tiny/tiny.ipynb.txt": NB, "eve/Ti-ny.ipynb": NB, "eve/scratch.ipynb": NB},
        {"ada": "Tiny.ipynb", "bob": "tiny (1).IPYNB", "cy": "TINY.ipynb",
         "dan": "tiny.ipynb.txt", "eve": "Ti-ny.ipynb"},
    ),
    "several in one folder": (
        {"ada/one.ipynb": NB, "ada/two.ipynb": NB, "bob/hw.ipynb": NB, "bob/hw (2).ipynb": NB,
         "cy/tiny/tiny.ipynb": NB, "cy/tiny/other.ipynb": NB},
        {"ada": MANY, "bob": "hw (2).ipynb", "cy": "tiny.ipynb"},
    ),
    "no notebook": (
        {"ada/report.pdf": b"%PDF", "bob/hw.zip": b"PK", "cy/tiny/notes.txt": b"x",
         "dan/tiny/hw.zip": zipped({"a/hw.ipynb": NB}), "eve.pdf": b"%PDF", "README.md": b"x"},
        {"ada": NONE, "bob": BROKEN, "cy": NONE, "dan": "hw.ipynb", "eve": NONE},
    ),
    "files": (
        {"ada.IPYNB": NB, "bob.ipynb.txt": NB, "cy.ipynb": NB, "cy.pdf": b"%PDF",
         "dan.zip": zipped({"tiny.ipynb": NB}), "eve.zip": zipped({"hw/tiny/x.ipynb": NB}),
         "flo.zip": b"no zip", "Makefile": b"x"},
        {"ada": "ada.IPYNB", "bob": "bob.ipynb.txt", "cy": "cy.ipynb", "dan": "tiny.ipynb",
         "eve": "x.ipynb", "flo": BROKEN},
    ),
    "groups": (
        {"group1/ada/tiny.ipynb": NB, "group1/bob/x.ipynb": NB, "group2/cy/x.ipynb": NB},
        {"ada": "tiny.ipynb", "bob": "x.ipynb", "cy": "x.ipynb"},
    ),
    "groups of files": (
        {"group1/ada.ipynb": NB, "group1/bob.ipynb": NB, "group2/cy.ipynb": NB},
        {"ada": "ada.ipynb", "bob": "bob.ipynb", "cy": "cy.ipynb"},
    ),
    "groups that hand in together": (
        {"group1/tiny.ipynb": NB, "group2/hw.ipynb": NB},
        {"group1": "tiny.ipynb", "group2": "hw.ipynb"},
    ),
    "groups of nbgrader's": (
        {"monday/ada/tiny/tiny.ipynb": NB, "monday/bob/tiny/tiny.ipynb": NB,
         "tuesday/cy/tiny/hw.ipynb": NB},
        {"ada": "tiny.ipynb", "bob": "tiny.ipynb", "cy": "hw.ipynb"},
    ),
    "one folder in another": (
        {"in/in/ada/x.ipynb": NB, "in/in/bob/x.ipynb": NB, "in/__MACOSX/in/._x.ipynb": b"x"},
        {"ada": "x.ipynb", "bob": "x.ipynb"},
    ),
    "what nbgrader and grading made": (
        {"ada/tiny/tiny.ipynb": NB, "autograded/ada/tiny/tiny.ipynb": NB, "grades.csv": b"",
         "feedback/ada/tiny/tiny.html": b"", ".ipynb_checkpoints/x-checkpoint.ipynb": NB},
        {"ada": "tiny.ipynb"},
    ),
}  # fmt: skip


def laid_out(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def said(submission):
    """The notebook's name; or what is said instead."""
    try:
        submission.read()
    except NotAccepted as reason:
        return str(reason)
    return submission.path.name


@pytest.mark.parametrize("kind", KINDS)
def test_every_notebook_is_somebodys(tmp_path, kind):
    files, expected = KINDS[kind]
    found = find_submissions(tmp_path, "tiny", [laid_out(tmp_path / "in", files)])
    told = {one.student: said(one) for one in found}
    assert len(found) == len(expected) and set(told) == set(expected)
    for student, words in expected.items():
        assert told[student] == words or (not words.endswith("nb") and words in told[student])


#: With one notebook alone, a zip is its student's.
IN_ZIPS = KINDS.keys() - {"no notebook", "what nbgrader and grading made"}


@pytest.mark.parametrize("kind", sorted(IN_ZIPS))
def test_it_is_the_same_in_a_zip_of_it_all(tmp_path, kind):
    files, expected = KINDS[kind]
    (tmp_path / "in.zip").write_bytes(zipped(files))
    found = find_submissions(tmp_path, "tiny", [tmp_path / "in.zip"])
    told = {one.student: said(one) for one in found}
    assert set(told) == set(expected)
    for student, words in expected.items():
        assert told[student] == words or (not words.endswith("nb") and words in told[student])


ONES = {
    "of the assignment's name": {"tiny.ipynb": NB},
    "of another name": {"hw.ipynb": NB, "helper.py": b"a = 1"},
    "in a folder": {"homework/hw.ipynb": NB, "__MACOSX/homework/._hw.ipynb": b"x"},
    "in the assignment's": {"tiny/tiny.ipynb": NB},
    "as nbgrader has it": {"submitted/ada/tiny/tiny.ipynb": NB},
}


@pytest.mark.parametrize("kind", ONES)
def test_the_zip_of_one_student(tmp_path, kind):
    (tmp_path / "ada.zip").write_bytes(zipped(ONES[kind]))
    (one,) = find_submissions(tmp_path, "tiny", [tmp_path / "ada.zip"])
    assert one.student == "ada" and one.read() == NB
    assert one.files() == ({"helper.py": b"a = 1"} if "helper.py" in ONES[kind] else {})


def test_of_the_zips_that_otter_exports_the_last_counts(tmp_path):
    zips = {f"ada/tiny_2026_03_{day}T09_30_00_{day}1234.zip": day for day in ("07", "21", "14")}
    notebooks = {
        name: NB.replace(b"}", f"}}{' ' * int(day)}".encode(), 1) for name, day in zips.items()
    }
    files = {name: zipped({"tiny.ipynb": content}) for name, content in notebooks.items()}
    folder = laid_out(tmp_path / "in", files)
    (one,) = find_submissions(tmp_path, "tiny", [folder])
    assert one.student == "ada"
    assert one.read() == notebooks["ada/tiny_2026_03_21T09_30_00_211234.zip"]


def test_attempts_and_marks_are_known(tmp_path):
    folder = laid_out(tmp_path / "in", {**KINDS["canvas"][0], **KINDS["blackboard"][0]})
    handed = look_through(tmp_path, "tiny", [folder])
    found = {one.student: one for one in handed.submissions}
    john, jdoe = found["smithjohn"], found["jdoe"]
    assert john.told[:5] == ("Canvas", "12346", True, 2, 2) and "late" in john.note
    assert jdoe.timestamp == "2026-11-21 10:00:00" and jdoe.told.attempts == 2
    assert not found["doejane"].told.late and found["doejane"].note is None
    passed = {one.path.name: one.reason for one in handed.passed}
    assert set(passed) == {
        "smithjohn_LATE_12346_678902_tiny-1.ipynb",
        "Tiny_jdoe_attempt_2026-11-20-10-00-00_hw.ipynb",
    }
    assert all(reason.endswith(" counts instead") for reason in passed.values())


def test_who_had_a_name_first_keeps_it(tmp_path):
    def names(known, *files):
        folder = laid_out(tmp_path / "-".join(files), dict.fromkeys(files, NB))
        found = look_through(tmp_path, "tiny", [folder]).submissions
        return [one.student for one in with_own_names(found, known)]

    first, second = "doejane_1_5_a.ipynb", "doejane_2_6_a.ipynb"
    assert names({}, first) == ["doejane"]
    assert names({"doejane": "1"}, first, second) == ["doejane", "doejane_2"]
    assert names({"doejane": "1"}, second) == ["doejane_2"]
    assert names({"doejane_1": "1", "doejane_2": "2"}, first) == ["doejane_1"]
    assert names({"doejane": None}, first) == ["doejane"]


def test_what_no_name_tells_cells_may(tmp_path, build_course, answer):
    course = build_course(tmp_path / "course")
    other = nbformat.writes(nbformat.v4.new_notebook()).encode()
    folder = laid_out(tmp_path / "in", {"ada/one.ipynb": answer(RIGHT), "ada/two.ipynb": other})
    (one,) = find_submissions(course, "tiny", [folder])
    assert one.path.name == "one.ipynb"


def listed(*members):
    """A zip of what the `zipfile` module alone would not write."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text, mode in members:
            info = zipfile.ZipInfo("placeholder")
            info.filename, info.external_attr = name, mode << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text)
    return content.getvalue()


def nested(times):
    content = zipped({"x.ipynb": NB})
    for number in range(times):
        content = zipped({f"{number}.zip": content})
    return content


LINKED = stat.S_IFLNK | 0o777
HOSTILE = {
    "a name above": (listed(("../../x.ipynb", NB, 0)), "lead out of it"),
    "a name from the root": (listed(("/etc/x.ipynb", NB, 0)), "lead out of it"),
    "a name of Windows": (listed(("C:\\x.ipynb", NB, 0)), "lead out of it"),
    "a link": (listed(("tiny.ipynb", b"/etc/passwd", LINKED)), "is a link"),
    "a bomb": (zipped({"x.ipynb": b"0" * 5_000_000}), f"more than {MOST_RATIO} times"),
    "a large file": (zipped({"x.ipynb": bytes(range(256)) * 450_000}), "is the most"),
    "an archive without end": (nested(9), "too many other archives"),
    "a bomb in an archive": (zipped({"a.zip": zipped({"x.ipynb": b"0" * 10**7}) + b"0" * 10**7}),
                             "times what it takes"),
    "no archive": (b"PK\3\4 and no more", "its end is missing"),
    "a cut archive": (zipped({"x.ipynb": NB * 100})[10:], "damaged"),
    "other bytes": (zipped({"x.ipynb": NB}).replace(b"x.ipynb", b"y.ipynb", 1), "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_archive_is_a_row_and_does_nothing(tmp_path, kind):
    content, words = HOSTILE[kind]
    folder = laid_out(tmp_path / "in", {"eve.zip": content, "ada.ipynb": NB})
    found = {one.student: one for one in find_submissions(tmp_path, "tiny", [folder])}
    assert set(found) == {"ada", "eve"} and found["ada"].read() == NB
    with pytest.raises(NotAccepted, match=words) as refused:
        found["eve"].read()
    assert refused.value.status in ("refused", "unreadable") and found["eve"].digest()
    assert {path.name for path in tmp_path.rglob("*")} == {"in", "eve.zip", "ada.ipynb"}


def test_an_archive_of_very_many_files_is_not_listed(tmp_path):
    many = zipped({f"{number:0>200}.txt": b"" for number in range(52_000)})
    folder = laid_out(tmp_path / "in", {"eve.zip": many})
    (one,) = find_submissions(tmp_path, "tiny", [folder])
    assert "too many files" in said(one)


def test_a_dry_run_says_whose_and_changes_nothing(tmp_path, build_course, typed):
    course, out = build_course(tmp_path / "course"), tmp_path / "out"
    folder = laid_out(tmp_path / "in", {**KINDS["canvas"][0], "README.md": b"x"})
    before = sorted(tmp_path.rglob("*"))
    result = typed(course, "grade", "tiny", folder, "--dry-run", "--out", out)
    assert result.exit_code == 0 and sorted(tmp_path.rglob("*")) == before
    line = next(one for one in result.output.splitlines() if one.startswith("smithjohn"))
    assert "tiny-2.ipynb" in line and "Canvas, attempt 2 of 2, LATE" in line
    assert "README.md: no notebook" in result.output and "3 submissions" in result.output


def test_what_was_taken_for_whose_is_said_and_recorded(tmp_path, build_course, answer, typed):
    course, out = build_course(tmp_path / "course"), tmp_path / "out"
    files = {"jane_1_5_hw.ipynb": answer(), "jane_1_6_hw.ipynb": answer(RIGHT),
             "roe_LATE_2_7_hw.zip": zipped({"hw.ipynb": b"from helper import y", "y.txt": b"1"}),
             "plain.ipynb": b"{}"}  # fmt: skip
    folder = laid_out(tmp_path / "in", files)
    result = typed(course, "grade", "tiny", folder, "--out", out)
    assert result.exit_code == 0
    assert "jane_1_6_hw.ipynb" in result.output and "plain.ipynb" not in result.output
    rows = [json.loads(line) for line in (out / "results.jsonl").read_text().splitlines()]
    rows = {row["student"]: row for row in rows}
    assert {name: row["score"] for name, row in rows.items()} == {"jane": 7, "roe": 0, "plain": 0}
    assert rows["jane"]["handed_in"]["attempt"] == 2 and rows["roe"]["handed_in"]["late"]
    page = (out / "feedback" / "jane" / "tiny" / "tiny.html").read_text()
    assert "Handed in: jane_1_6_hw.ipynb. Attempt 2 of 2: the last one counts." in page
    page = (out / "feedback" / "roe" / "tiny" / "tiny.html").read_text()
    assert "Handed in: hw.ipynb, marked as late by Canvas." in page
    again = typed(course, "grade", "tiny", folder, "--out", out)
    assert "Nothing new" in again.output
