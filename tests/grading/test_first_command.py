"""nbgrader's program, first thing in a new folder, where no environment is activated."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

COURSE = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent
RIGHT = {"q1-answer": "x = 3", "q2-answer": "def double(n):\n    return n + n"}
#: What a release's wheel and requirements are made from.
NEEDED = ("visual_coding_course", "pyproject.toml", "requirements.lock", "README.md", "LICENSE")


@pytest.mark.parametrize(
    "words",
    [("generate_assignment", "tiny", "--force"), ("autograde", "tiny"), ("export",),
     ("db", "assignment", "add", "tiny")],
    ids=lambda words: words[0],
)  # fmt: skip
def test_a_command_needs_nothing_before_it(words, tmp_path, build_course, answer):
    course = build_course(tmp_path / "course")
    shutil.copy(COURSE / "nbgrader_config.py", course)
    (course / "source" / "tiny" / "needs.py").unlink()  # there are no recordings at this HOME
    for name in NEEDED:
        (course / name).symlink_to(COURSE / name)
    (course / "release" / "tiny").mkdir(parents=True)
    (course / "release" / "tiny" / "tiny.ipynb").write_text("an earlier release")
    (course / "submitted" / "ada" / "tiny").mkdir(parents=True)
    (course / "submitted" / "ada" / "tiny" / "tiny.ipynb").write_bytes(answer(RIGHT))
    others = [
        folder for folder in os.environ["PATH"].split(os.pathsep)
        if not (Path(folder) / "alembic").exists()
    ]  # fmt: skip
    environment = {**os.environ, "PATH": os.pathsep.join(others), "HOME": str(tmp_path)}
    done = subprocess.run(
        [TOOLS / "nbgrader", *words], cwd=course, env=environment,
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    released = (course / "release" / "tiny" / "tiny.ipynb").read_text()
    assert (released == "an earlier release") == (words[0] != "generate_assignment")
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        scores = [one.score for entry in gradebook.assignments for one in entry.submissions]
    assert scores == ([7] if words[0] == "autograde" else [])
