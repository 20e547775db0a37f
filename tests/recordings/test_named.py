"""A notebook's recordings: `open_cache()` finds what the file beside the notebook names."""

import json
import shutil
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from visual_coding_course import open_cache
from visual_coding_course.recordings import (
    DamagedError,
    NoNetworkError,
    excerpt,
    kept,
    layout,
)
from visual_coding_course.recordings.content import Content
from visual_coding_course.recordings.needs import NEEDS

SMALL = Content((), False, False, False, False, False, ("spontaneous",), ())


@pytest.fixture(scope="module")
def small(boc, tmp_path_factory):
    folder = tmp_path_factory.mktemp("named") / "small"
    excerpt.write(boc, excerpt.plan(boc, 511510736, 2, SMALL), folder)
    return folder


@pytest.fixture
def notebook(small, tmp_path, monkeypatch):
    """The folder of a notebook that is about them, and the working directory."""
    monkeypatch.setenv(layout.VARIABLE, str(tmp_path / "cache"))
    folder = tmp_path / "notebook"
    folder.mkdir()
    monkeypatch.chdir(folder)
    name(small, "recordings")
    return folder


def name(small, at):
    told = {"at": str(at), "version": f"excerpt {kept.version(small)}"}
    Path(layout.NAMED).write_text(json.dumps(told))


def opened():
    return Path(open_cache().manifest_path).parent


def test_beside_the_notebook(small, notebook):
    shutil.copytree(small, notebook / "recordings")
    assert opened() == notebook / "recordings"


def test_at_a_path(small, notebook):
    name(small, small)
    assert opened() == small


def test_what_the_environment_names_comes_first(small, notebook, monkeypatch):
    monkeypatch.setenv(layout.GIVEN, str(small))
    assert opened() == small


@pytest.mark.parametrize("text", ["{", "[]", '{"at": "recordings"}', "\xff"])
def test_a_file_that_names_nothing(notebook, text):
    (notebook / layout.NAMED).write_bytes(text.encode("latin-1"))
    with pytest.raises(DamagedError, match=f"{notebook / layout.NAMED} does not say where"):
        open_cache()


def test_recordings_that_are_not_there(notebook):
    with pytest.raises(DamagedError, match=f"are not at {notebook / 'recordings'}.*Ask"):
        open_cache()


def test_other_recordings(boc, small, notebook):
    excerpt.write(boc, excerpt.plan(boc, 511510736, 1, SMALL), notebook / "recordings")
    with pytest.raises(DamagedError, match=f"are others.*not {kept.version(small)}"):
        open_cache()


@pytest.fixture
def address(tmp_path):
    """Where what is put into a folder is served."""
    served = tmp_path / "served"
    served.mkdir()

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(served)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/small.zip", served
    server.shutdown()
    thread.join()
    server.server_close()


def test_at_an_address(small, notebook, address, tmp_path):
    url, served = address
    name(small, url)
    shutil.make_archive(served / "small", "zip", small.parent, small.name)
    folder = opened()
    assert folder == tmp_path / "cache" / f"excerpt-{kept.version(small)}"
    assert kept.damaged(folder) == []
    (served / "small.zip").unlink()
    assert opened() == folder  # the second time, nothing is downloaded
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_at_an_address_with_something_else(boc, small, notebook, address, tmp_path):
    url, served = address
    name(small, url)
    with pytest.raises(NoNetworkError, match=f"{url}.*404"):
        open_cache()
    (served / "small.zip").write_text("<html>Please log in</html>")
    with pytest.raises(DamagedError, match="not a zip of recordings"):
        open_cache()
    other = tmp_path / "other"
    excerpt.write(boc, excerpt.plan(boc, 511510736, 1, SMALL), other)
    shutil.make_archive(served / "small", "zip", other)
    with pytest.raises(DamagedError, match="not the recordings of this notebook"):
        open_cache()
    damaged = shutil.copytree(small, tmp_path / "damaged")
    (damaged / layout.CELLS).write_text("[]")
    shutil.make_archive(served / "small", "zip", damaged)
    with pytest.raises(DamagedError, match=f"{layout.CELLS} is not as it was made.*Try again"):
        open_cache()
    assert list((tmp_path / "cache").iterdir()) == []  # nothing that is not whole, nor a download


def test_at_an_address_that_nobody_serves(small, notebook):
    name(small, "http://127.0.0.1:9/small.zip")
    with pytest.raises(NoNetworkError, match="cannot be downloaded.*Try again with a network"):
        open_cache()


def test_needs_are_those_of_the_excerpt(boc, small, notebook):
    needs = NEEDS.at(small)
    assert needs is NEEDS.at(small)  # so that one warm process serves all of it
    assert needs.folder() == small and needs.environment[layout.GIVEN] == str(small)
    assert needs.version == f"excerpt {kept.version(small)}" != NEEDS.version
    assert needs.left_out == {"practice", "recorded"} and needs.note == (
        "The recordings are simulated."
    )
    assert needs.damaged() == []
    assert str(small) in needs.becomes("cache", {}).manifest_path
    assert list(needs.beside().glob("*.nwb"))
    shutil.copytree(small, notebook / "recordings")
    assert NEEDS.at(notebook).folder() == notebook / "recordings"
    with pytest.raises(DamagedError, match="no excerpt of recordings at .*makes one"):
        NEEDS.at(Path(boc.manifest_path).parent)
