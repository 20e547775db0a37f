"""Files handed in beside a notebook are there when it runs, and do no harm."""

import sys

import pytest

from visual_coding_course.grading.beside import MOST_BYTES
from visual_coding_course.grading.run import grade_class
from visual_coding_course.grading.submission import grade_submission

RIGHT = {"q1-answer": "x = 3", "q2-answer": "def double(n):\n    return n + n"}
HELPED = {
    "q1-answer": "import helper\nx = helper.three",
    "q2-answer": "from pathlib import Path\n"
    "factor = int(Path('data', 'factor.csv').read_text())\n"
    "def double(n):\n    return factor * n",
}
FILES = {"helper.py": b"three = 3", "data/factor.csv": b"2\n"}
SHADOWS = ["numpy.py", "allensdk.py", "otter/__init__.py", "IPython.py", "random.py", "copies.py"]


def hand_in(course, student, content, files):
    folder = course / "submitted" / student / "tiny"
    for name, text in {"tiny.ipynb": content, **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text)
    return folder


def test_a_notebook_finds_its_files_and_nobody_elses(tmp_path, build_course, answer):
    course = build_course(tmp_path / "course")
    hand_in(course, "ada", answer(HELPED), FILES)
    hand_in(course, "bob", answer(HELPED), {"helper.py": b"three = 4"})
    hand_in(course, "cy", answer(HELPED), {**FILES, "large.bin": bytes(MOST_BYTES + 1)})
    rows = {row["student"]: row for row in grade_class(course, "tiny", workers=2)}
    assert {student: row["score"] for student, row in rows.items()} == {"ada": 7, "bob": 1, "cy": 7}
    assert rows["ada"]["message"] is None and "large.bin" in rows["cy"]["message"]
    (course / "submitted/bob/tiny/helper.py").write_bytes(b"three = 3")
    (course / "submitted/bob/tiny/data").mkdir()
    (course / "submitted/bob/tiny/data/factor.csv").write_bytes(b"2")
    rows = {row["student"]: row for row in grade_class(course, "tiny", workers=2)}
    assert rows["bob"]["score"] == 7


def test_files_named_like_modules_cost_nothing(assignment, answer):
    names = [*SHADOWS, *(f"{name}.py" for name in sys.stdlib_module_names)]
    files = dict.fromkeys(names, b"raise RuntimeError(__name__)")
    graded = grade_submission(assignment, answer(RIGHT), files=files)
    assert (graded.status, graded.score, graded.message) == ("graded", 7, None)


@pytest.mark.parametrize("name", ["tests/q1_number.py", "tests/q2_function.py"])
def test_files_named_like_the_checks_change_nothing(assignment, answer, name):
    files = {name: b'OK_FORMAT = False\nname = "q1"\n'}
    graded = grade_submission(assignment, answer({"q1-answer": "x = 0"}), files=files)
    assert graded.score == 1
