"""A class with four who disturb it: nobody else's score is another than when graded alone.

`CLASS_RUNS=10` grades it so many times; once by default.
"""

import json
import os

import pytest

from visual_coding_course.assignment import load_assignment
from visual_coding_course.grading.run import grade_class
from visual_coding_course.grading.submission import grade_submission

from .settings import write_settings

RUNS = int(os.environ.get("CLASS_RUNS", "1"))
LIMITS = {
    "cell_seconds": 3.0, "submission_seconds": 30.0, "interrupt_grace_seconds": 1.0,
    "output_megabytes": 2.0, "memory_megabytes": 512, "processes": 40,
}  # fmt: skip
READS = """
import glob, os, h5py
folder = os.environ["VISUAL_CODING_COURSE_RECORDINGS"]
paths = sorted(glob.glob(folder + "/**/*.nwb", recursive=True))
sessions = []
for path in paths:
    with h5py.File(path) as recording:
        sessions.append(int(recording["general/session_id"][()]))
x = len(sessions)
"""
DISTURBING = {
    "locker": """
import fcntl, glob, os, time
folder = os.environ["VISUAL_CODING_COURSE_RECORDINGS"]
held = [open(path) for path in glob.glob(folder + "/**/*.nwb", recursive=True)]
for one in held:
    fcntl.flock(one, fcntl.LOCK_EX | fcntl.LOCK_NB)
time.sleep(300)
""",
    "hog": "held = []\nwhile True:\n    held.append(bytearray(50_000_000))",
    "flooder": "while True:\n    print('x' * 10_000)",
    "forker": """
import os, time
while True:
    try:
        os.fork()
    except OSError:
        time.sleep(0.01)
""",
}
HONEST = [
    {"q1-answer": READS, "q2-answer": "def double(n):\n    return n + n"},
    {"q1-answer": "x = 3", "q2-answer": "def double(n):\n    return n + n"},
    {"q1-answer": READS, "q2-answer": "def double(n):\n    return n"},
    {"q1-answer": "x = 4", "q2-answer": "def double(n):\n    return 2 * n"},
    {"q1-answer": "x = 1 / 0", "q2-answer": "def double(n):\n    return 2 * n"},
    {"q1-answer": READS},
]


@pytest.fixture
def course(tmp_path, build_course):
    course = build_course(tmp_path / "course")
    write_settings(course, "tiny", **LIMITS)
    return course


def test_who_disturbs_a_class_changes_nobodys_score(course, answer, tmp_path):
    folder = tmp_path / "handed in"
    folder.mkdir()
    assignment, alone = load_assignment(course, "tiny"), {}
    for number in range(26):
        student, content = f"honest-{number:02}", answer(HONEST[number % len(HONEST)])
        (folder / f"{student}.ipynb").write_bytes(content)
        if number < len(HONEST):
            result = grade_submission(assignment, content)
            alone[number] = (result.status, result.score)
    assert [alone[number][1] for number in sorted(alone)] == [7, 7, 3, 5, 4, 3]
    # Among the first, so that the others are graded beside them.
    for number, (name, source) in enumerate(DISTURBING.items()):
        content = answer({"q1-answer": source, "q2-answer": HONEST[0]["q2-answer"]})
        (folder / f"honest-{6 * number:02}-{name}.ipynb").write_bytes(content)

    for run in range(RUNS):
        out = tmp_path / f"results-{run}"
        rows = grade_class(course, "tiny", [folder], out=out, workers=2)
        got = {row["student"]: (row["status"], row["score"]) for row in rows}
        assert len(got) == 30
        others = {s: result for s, result in got.items() if s.count("-") == 1}
        assert others == {
            f"honest-{number:02}": alone[number % len(HONEST)] for number in range(26)
        }, run
        disturbing = {s.rpartition("-")[2]: got[s][0] for s in got if s.count("-") == 2}
        assert disturbing["locker"] == "timed_out", disturbing
        assert disturbing["hog"] in ("graded", "crashed"), disturbing
        assert set(disturbing.values()) <= {"graded", "crashed", "timed_out"}, disturbing
        print(run, json.dumps(disturbing))
