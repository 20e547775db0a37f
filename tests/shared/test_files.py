"""Temporary folders are cleared when whoever made them was killed, and never before."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from visual_coding_course.shared import files

pytestmark = pytest.mark.skipif(os.name != "posix", reason="locks of folders")
PREFIX = "test-of-held-folders-"


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch, tmp_path):
    monkeypatch.setattr(files.tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_that_is_held_stays_and_goes_with_its_program():
    with files.HeldFolder(PREFIX) as name:
        os.utime(name, (0, 0))
        files.clear_left_behind(PREFIX)
        assert Path(name).is_dir()
    assert not Path(name).exists()


def test_a_folder_of_a_program_that_was_killed_is_cleared(elsewhere):
    code = (
        "import os, signal, tempfile; from visual_coding_course.shared import files\n"
        f"tempfile.tempdir = {str(elsewhere)!r}\n"
        f"folder = files.HeldFolder({PREFIX!r})\n"
        "open(folder.name + '/file', 'w').close()\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code])
    (left,) = elsewhere.iterdir()
    files.clear_left_behind("another-")
    assert (left / "file").is_file()
    files.clear_left_behind(PREFIX)
    assert left.is_dir()  # it may be one that is just being made
    os.utime(left, (0, 0))
    files.clear_left_behind(PREFIX)
    assert not left.exists()


def test_links_and_files_are_left_alone(elsewhere):
    kept = elsewhere / "kept"
    kept.mkdir()
    (kept / "file").write_text("")
    (elsewhere / f"{PREFIX}link").symlink_to(kept)
    (elsewhere / f"{PREFIX}file").write_text("")
    os.utime(elsewhere / f"{PREFIX}link", (0, 0), follow_symlinks=False)
    os.utime(elsewhere / f"{PREFIX}file", (0, 0))
    files.clear_left_behind(PREFIX)
    assert (kept / "file").is_file()
    assert {path.name for path in elsewhere.iterdir()} == {"kept", f"{PREFIX}link", f"{PREFIX}file"}


def test_a_path_is_named_shortly(tmp_path, monkeypatch):
    home = tmp_path / "home"
    (home / "course" / "tests").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.chdir(home / "course")
    assert files.short("tests") == files.short(home / "course" / "tests") == "tests"
    assert files.short(home / "course") == str(Path("~") / "course")
    assert files.short(tmp_path / "elsewhere") == str(tmp_path / "elsewhere")


def test_a_large_file_takes_its_place_when_it_is_whole(tmp_path):
    target = tmp_path / "new" / "a.nwb"
    with files.replacing(target) as path:
        path.write_text("first")
        assert not target.exists() and path.name.endswith(files.PARTIAL)
    with pytest.raises(OSError, match="full"), files.replacing(target) as path:
        path.write_text("half of the sec")
        raise OSError("full")
    assert [one.read_text() for one in target.parent.iterdir()] == ["first"]
