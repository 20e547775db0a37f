"""Recordings that another program has locked are read all the same."""

import fcntl
import os
import shutil
import subprocess
import sys
import textwrap
from contextlib import ExitStack

import nbformat
import pytest

from visual_coding_course.commands import learn
from visual_coding_course.grading.run import grade_class
from visual_coding_course.inside.limits import Limits
from visual_coding_course.isolation.kernel import StudentKernel
from visual_coding_course.recordings import layout, recordings_folder
from visual_coding_course.recordings.needs import NEEDS

READ = """
from visual_coding_course import open_cache

cache = open_cache()
print(sum(len(cache.get_ophys_experiment_data(one).get_cell_specimen_ids()) > 9 for one in {ids}))
"""
LOCK = """
import fcntl, glob, os, time

for path in glob.glob(os.environ["VISUAL_CODING_COURSE_RECORDINGS"] + "/**/*.nwb", recursive=True):
    fcntl.flock(os.open(path, os.O_RDONLY), fcntl.LOCK_EX)
time.sleep(4)
x = 3
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the practice recordings, which nobody else reads."""
    folder = tmp_path_factory.mktemp("recordings") / "copy"
    return shutil.copytree(recordings_folder(), folder)


@pytest.fixture
def locked(copy, monkeypatch):
    """That copy in the place of the practice recordings, each file of it locked."""
    monkeypatch.setenv(layout.GIVEN, str(copy))
    with ExitStack() as stack:
        for path in copy.rglob("*.nwb"):
            fcntl.flock(stack.enter_context(open(path, "rb")), fcntl.LOCK_EX)
        yield copy


def read(folder):
    return READ.format(ids={int(path.stem) for path in folder.rglob("*.nwb")}).strip()


def in_a_process(code, **environment):
    kept = {name: value for name, value in os.environ.items() if name != "HDF5_USE_FILE_LOCKING"}
    done = subprocess.run(
        [sys.executable, "-c", code], env={**kept, **environment}, capture_output=True, text=True
    )
    return done.stdout.strip().split("\n")[-1] or done.stderr


@pytest.mark.parametrize("isolated", [True, False], ids=["isolated", "ordinary"])
def test_in_a_kernel(locked, isolated):
    cell = nbformat.v4.new_code_cell(read(locked))
    notebook = nbformat.v4.new_notebook(cells=[cell])
    with StudentKernel(notebook, Limits(), {}, isolated, NEEDS) as kernel:
        kernel.run(cell, 0)
    assert [output.get("text", output) for output in cell.outputs] == ["3\n"]


@pytest.mark.parametrize(
    "first", ["", "import h5py\n", "import allensdk.core.brain_observatory_nwb_data_set\n"]
)
def test_in_a_notebook_whatever_it_imports_first(locked, first):
    assert in_a_process(first + read(locked)) == "3"


def test_but_not_where_the_user_wants_locks(locked):
    assert "lock" in in_a_process(read(locked), HDF5_USE_FILE_LOCKING="TRUE")


def test_where_answers_are_checked(locked):
    code = """
    from visual_coding_course.inside import light
    from visual_coding_course.recordings.needs import NEEDS
    own = NEEDS.becomes("recording", {"session": 501474098})
    print(len(own.get_cell_specimen_ids()) > 9)
    """
    assert in_a_process(textwrap.dedent(code), HDF5_USE_FILE_LOCKING="TRUE") == "True"


def test_in_jupyterlab(monkeypatch, tmp_path):
    printed = tmp_path / "printed"
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\nprintenv HDF5_USE_FILE_LOCKING >{printed}\n")
    program.chmod(0o755)
    monkeypatch.setattr(learn.sys, "executable", str(program))
    monkeypatch.setattr(learn.signal, "signal", lambda *arguments: None)
    monkeypatch.setenv("HDF5_USE_FILE_LOCKING", "TRUE")
    assert learn.open_in_jupyterlab(tmp_path / "any.ipynb", []) == 0
    assert printed.read_text() == "FALSE\n"


@pytest.mark.parametrize("isolated", [True, False], ids=["isolated", "ordinary"])
def test_graded_beside_one_who_locks_them(
    copy, build_course, answer, tmp_path, monkeypatch, isolated
):
    monkeypatch.setenv(layout.GIVEN, str(copy))
    course, folder = build_course(tmp_path / "course"), tmp_path / "handed in"
    folder.mkdir()
    right = read(copy).replace("print(", "x = (")
    (folder / "a-locker.ipynb").write_bytes(answer({"q1-answer": LOCK}))
    for number in range(4):
        (folder / f"honest-{number}.ipynb").write_bytes(answer({"q1-answer": right}))
    out = tmp_path / "results"
    rows = grade_class(course, "tiny", [folder], out=out, workers=2, isolated=isolated)
    assert {row["student"]: row["score"] for row in rows} == {
        "a-locker": 3, **{f"honest-{number}": 3 for number in range(4)}
    }  # fmt: skip
