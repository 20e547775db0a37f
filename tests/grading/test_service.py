"""`course serve`, and `course check` with and without it."""

import json
import os
import signal
import subprocess
import sys

import pytest

from visual_coding_course.commands import service

COMMAND = [sys.executable, "-m", "visual_coding_course.cli"]
RIGHT = {"q1-answer": "x = 3", "q2-answer": "def double(n):\n    return n + n"}


@pytest.fixture
def course(tmp_path, build_course):
    return build_course(tmp_path / "course")


@pytest.fixture
def serving(course):
    command = [*COMMAND, "serve"]
    process = subprocess.Popen(
        command, cwd=course, stdout=subprocess.PIPE, text=True,
        # Where the tests themselves ignore Ctrl-C, their children would, too.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    for line in process.stdout:
        if line.startswith("Ready"):
            break
    yield process
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0


def test_a_notebook_is_checked_by_the_service_as_without_it(
    course, serving, answer, tmp_path, typed
):
    right, half = tmp_path / "right.ipynb", tmp_path / "half.ipynb"
    right.write_bytes(answer(RIGHT))
    half.write_bytes(answer({**RIGHT, "q1-answer": "x = 4"}))
    assert "7 of 7 points" in typed(course, "check", right).stdout
    warm = typed(course, "check", half)
    assert "5 of 7 points" in warm.stdout
    # The service answered, and nothing else could have: without it, asking gives nothing.
    assert service.ask(course, "tiny", half.read_bytes())["status"] == "graded"
    elsewhere = tmp_path / "elsewhere"
    assert service.ask(elsewhere, "tiny", half.read_bytes()) is None


def test_without_a_service_it_is_checked_at_once(course, answer, tmp_path, typed):
    path = tmp_path / "ada.ipynb"
    path.write_bytes(answer(RIGHT))
    result = typed(course, "check", path)
    assert (result.exit_code, "7 of 7 points" in result.stdout) == (0, True)
    path = tmp_path / "tiny.ipynb"
    path.write_text("no notebook")
    refused = typed(course, "check", path)
    assert (refused.exit_code, "not a Jupyter notebook" in refused.stdout) == (0, True)


def test_a_second_service_says_that_there_is_one(course, serving):
    second = subprocess.run([*COMMAND, "serve"], cwd=course, capture_output=True, text=True)
    assert second.returncode == 2
    assert "Another `course serve`" in second.stderr


def test_what_a_dead_service_left_is_no_obstacle(course, tmp_path, answer):
    command = [*COMMAND, "serve"]
    process = subprocess.Popen(command, cwd=course, stdout=subprocess.PIPE, text=True)
    while not process.stdout.readline().startswith("Ready"):
        pass
    process.kill()
    process.communicate()
    assert os.path.exists(service.address(course))
    assert service.ask(course, "tiny", answer(RIGHT)) is None


def test_the_folder_of_the_socket_is_this_users_alone(course, monkeypatch, tmp_path):
    monkeypatch.setattr(service.tempfile, "gettempdir", lambda: str(tmp_path))
    folder = os.path.dirname(service.address(course))
    assert os.stat(folder).st_mode & 0o077 == 0
    os.chmod(folder, 0o755)
    with pytest.raises(PermissionError, match="remove it"):
        service.address(course)


def test_without_isolation_is_said_on_every_run(course, answer, tmp_path, typed):
    path = tmp_path / "ada.ipynb"
    path.write_bytes(answer(RIGHT))
    arguments = ["grade", "tiny", str(path), "--no-isolation"]
    first = subprocess.run([*COMMAND, *arguments], cwd=course, capture_output=True, text=True)
    for result in (first, typed(course, *arguments)):
        assert "WARNING: no isolation" in result.stderr
        assert "Traceback" not in result.stderr
    row = json.loads((course / "results.jsonl").read_text())
    assert (row["status"], row["score"]) == ("graded", 7)


def test_where_isolation_cannot_be_had_grading_stops_and_says_how(
    course, answer, tmp_path, no_bubblewrap
):
    path = tmp_path / "ada.ipynb"
    path.write_bytes(answer(RIGHT))
    for arguments in (["grade", "tiny", str(path)], ["check", str(path)], ["serve"]):
        result = subprocess.run(
            [*COMMAND, *arguments], cwd=course, capture_output=True, text=True,
            env={**os.environ, **no_bubblewrap},
        )  # fmt: skip
        assert result.returncode == 2
        assert "apt install bubblewrap" in result.stderr
        assert "--no-isolation" in result.stderr
