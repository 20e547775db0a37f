"""A course that lies where student code sees what is around it is not seen by it."""

import os
import site
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from visual_coding_course.grading.run import grade_class
from visual_coding_course.isolation import sandbox, warm
from visual_coding_course.recordings import layout
from visual_coding_course.recordings.needs import NEEDS
from visual_coding_course.shared.needs import Needs

SECRETS = ("source/tiny/tiny.ipynb", "submitted/bea/tiny.ipynb", "gradebook.db")


def make_course(folder):
    for name in (*SECRETS, "nbgrader_config.py"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("secret")
    return folder


def a_folder_in(place):
    try:
        return TemporaryDirectory(dir=place, prefix="test-course-")
    except OSError as error:
        pytest.skip(str(error))


@pytest.fixture
def warm_anew(monkeypatch):
    """Warm processes of this test's own: they know the course that they were started in."""
    monkeypatch.setattr(warm, "_own", {})
    monkeypatch.setattr(warm, "_connected", {})
    yield
    for process in warm._own.values():
        process.close()


@pytest.fixture(params=["the environment", "/usr/local", "the recordings"])
def course(request, monkeypatch, tmp_path):
    if request.param == "the recordings":
        monkeypatch.setenv(layout.GIVEN, str(tmp_path))
        yield make_course(tmp_path / "course")
        return
    place = {"the environment": site.getsitepackages()[0]}.get(request.param, request.param)
    with a_folder_in(place) as folder:
        yield make_course(Path(folder).resolve())


def test_a_course_in_a_folder_that_is_shown_is_hidden(run, warm_anew, course, monkeypatch):
    monkeypatch.chdir(course)
    (found, written) = run(
        f"import os; print([os.path.exists(os.path.join({str(course)!r}, n)) for n in {SECRETS}])",
        f"try: open({str(course / 'mine')!r}, 'w')\nexcept OSError: print('refused')",
    )
    assert (found, written) == (str([False] * len(SECRETS)), "refused")


def test_an_environment_in_a_course_that_is_hidden_is_shown(monkeypatch):
    with a_folder_in("/usr/local") as folder:
        course = make_course(Path(folder))
        environment = course / ".venv"
        environment.mkdir()
        monkeypatch.chdir(course)
        monkeypatch.setattr(sys, "prefix", str(environment))
        password_file = sandbox.passwords_file()
        listed = ["/bin/sh", "-c", 'ls -A "$1"', "sh", str(course)]
        line = sandbox.command(NEEDS, listed, password_file)
        done = subprocess.run(line, pass_fds=[password_file], capture_output=True, text=True)
        os.close(password_file)
        assert done.stdout.split() == [".venv"], done.stderr


def test_a_course_that_is_itself_shown_is_refused(monkeypatch, tmp_path):
    monkeypatch.chdir(make_course(tmp_path))
    with pytest.raises(sandbox.NoIsolation, match="is a folder that student code sees"):
        sandbox.command(Needs(folder=lambda: tmp_path), ["true"], 0)


def test_submissions_and_results_in_a_folder_that_is_shown_are_refused(monkeypatch, tmp_path):
    recordings = tmp_path / "recordings"
    recordings.mkdir()
    course = make_course(recordings / "course")
    monkeypatch.chdir(course)
    needs = Needs(folder=lambda: recordings)
    sandbox.check_hidden(needs, tmp_path, course, course / "submitted")
    (tmp_path / "link").symlink_to(recordings)
    for path in (recordings / "handed in", Path("/usr/local/handed in"), tmp_path / "link"):
        with pytest.raises(sandbox.NoIsolation, match="which student code sees.* Move it"):
            sandbox.check_hidden(needs, path)


def test_a_machine_whose_system_calls_are_not_known_is_named(monkeypatch):
    assert sandbox.weaknesses() == [] or os.uname().machine not in ("x86_64", "aarch64")
    monkeypatch.setattr(sandbox.platform, "machine", lambda: "riscv64")
    [sentence] = sandbox.weaknesses()
    assert "riscv64" in sentence


def test_a_class_is_not_graded_where_its_submissions_are_seen(tmp_path, monkeypatch):
    handed_in = tmp_path / "handed in"
    handed_in.mkdir()
    monkeypatch.setenv(layout.GIVEN, str(tmp_path))
    with pytest.raises(sandbox.NoIsolation, match=r"handed in lies in .* which student code sees"):
        grade_class(Path(sandbox.__file__).parents[2], "cross_session", [handed_in])


def test_a_package_in_an_environment_below_tmp_is_shown_with_it(monkeypatch):
    """Once: a kernel cannot make the same folder twice."""
    monkeypatch.setattr(sandbox, "PACKAGE", Path("/tmp/env/lib/visual_coding_course"))
    monkeypatch.setattr(sandbox, "_environment", lambda hidden=(): [Path("/tmp/env"), Path("/opt")])
    assert sandbox.covered(Needs()) == ["/tmp/env"]
    monkeypatch.setattr(sandbox, "PACKAGE", Path("/tmp/clone/visual_coding_course"))
    assert sandbox.covered(Needs()) == ["/tmp/clone/visual_coding_course", "/tmp/env"]
