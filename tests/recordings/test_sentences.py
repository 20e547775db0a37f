"""What cannot be opened, read or downloaded is said in a sentence, with what to do."""

import json
import shutil
import traceback
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import h5py
import pytest

from visual_coding_course import open_cache
from visual_coding_course.recordings import DamagedError, NoNetworkError, layout

NOBODY = "http://127.0.0.1:9"  # the discard port: nothing answers
SESSION = 501559087


@pytest.fixture
def folder(boc, tmp_path):
    """A downloaded cache: tables, and a recording of which only the first half came."""
    for name in layout.TABLES:
        shutil.copy(Path(boc.manifest_path).parent / name, tmp_path)
    return tmp_path


@pytest.fixture
def cut_off(folder):
    path = folder / layout.DATA_FILE.format(SESSION)
    path.parent.mkdir()
    with h5py.File(path, "w") as file:
        file["data"] = list(range(10_000))
    path.write_bytes(path.read_bytes()[:20_000])
    return path


def allen(monkeypatch, tmp_path):
    monkeypatch.setenv(layout.VARIABLE, str(tmp_path))
    boc = open_cache(source="allen")
    boc.api.set_api_urls(NOBODY)
    return boc


@pytest.mark.parametrize(
    "ask",
    [
        lambda boc: boc.get_experiment_containers(),
        lambda boc: boc.get_ophys_experiments(cell_specimen_ids=[517472450]),
        lambda boc: boc.get_cell_specimens(),
        lambda boc: boc.get_ophys_experiment_data(SESSION),
        lambda boc: boc.get_ophys_experiment_events(SESSION),
        lambda boc: boc.get_all_cre_lines(),
    ],
)
def test_without_a_network_it_is_said_what_needs_none(monkeypatch, tmp_path, ask):
    boc = allen(monkeypatch, tmp_path)
    with pytest.raises(NoNetworkError) as raised:
        ask(boc)
    said = str(raised.value)
    assert NOBODY in said and str(tmp_path / "allen") in said
    assert "`open_cache()`" in said and "need none" in said
    printed = "".join(traceback.format_exception(raised.value))
    assert printed.count("\n") < 25, printed


def test_what_stands_in_a_manifest_is_there_without_a_network(folder):
    boc = open_cache(manifest=folder)
    boc.api.set_api_urls(NOBODY)
    assert len(boc.get_ophys_experiments(ids=[SESSION])) == 1
    with pytest.raises(NoNetworkError, match=str(folder)):
        boc.get_ophys_experiment_data(SESSION)


@pytest.mark.parametrize(
    "text, words",
    [
        ('{"manifest": [{"type": "dir", "key": "BAS', "not a whole one"),
        ("", "not a whole one"),
        ("[1, 2]", "not a manifest of AllenSDK's"),
        ('{"manifest": [{"spec": "."}]}', "not a manifest of AllenSDK's"),
        ("\xff", "not a manifest of AllenSDK's"),
    ],
)
def test_a_manifest_that_is_none_is_named(folder, text, words):
    path = folder / layout.MANIFEST
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(DamagedError, match=words) as raised:
        open_cache(manifest=folder)
    assert str(path) in str(raised.value) and "writes a new one" in str(raised.value)


def test_a_manifest_that_leaves_something_out_says_what(folder):
    path = folder / layout.MANIFEST
    whole = json.loads(path.read_text())["manifest"]
    path.write_text(json.dumps({"manifest": [e for e in whole if e.get("key") != "EVENTS_DATA"]}))
    with pytest.raises(DamagedError, match="where to find EVENTS_DATA"):
        open_cache(manifest=path)


def test_a_manifest_of_another_version_says_which(folder):
    path = folder / layout.MANIFEST
    path.write_text(path.read_text().replace('"1.3"', '"1.1"'))
    with pytest.raises(DamagedError, match="version 1.1; AllenSDK reads 1.3"):
        open_cache(manifest=path)


def test_the_manifest_of_downloads_is_looked_at_too(monkeypatch, tmp_path):
    allen(monkeypatch, tmp_path)
    (tmp_path / "allen" / layout.MANIFEST).write_text("{")
    with pytest.raises(DamagedError, match="Move it away"):
        open_cache(source="allen")


def test_a_recording_that_is_cut_off_is_named(folder, cut_off):
    boc = open_cache(manifest=folder)
    with pytest.raises(DamagedError) as raised:
        boc.get_ophys_experiment_data(SESSION)
    said = str(raised.value)
    assert str(cut_off) in said and "0.0 MB" in said and "Delete that file" in said
    assert isinstance(raised.value, OSError)
    assert "".join(traceback.format_exception(raised.value)).count("\n") < 25


def test_a_table_that_is_cut_off_is_named(folder):
    table = folder / layout.CELLS
    table.write_text(table.read_text()[:5000])
    boc = open_cache(manifest=folder)
    with pytest.raises(DamagedError, match=str(table)):
        boc.get_cell_specimens()


WHOLE = bytes(range(256)) * 4000


class Breaking(BaseHTTPRequestHandler):
    """Serves a file by halves of what is left, and says what was asked for."""

    def do_GET(self):
        asked = self.headers.get("Range")
        self.server.asked.append(asked)
        first = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
        left = WHOLE[first:] if first <= len(WHOLE) else None
        self.send_response(416 if left is None else 206 if first else 200)
        self.send_header("Content-Length", str(len(left or b"")))
        self.end_headers()
        if left:
            self.wfile.write(left if len(left) < 600_000 else left[: len(left) // 2])

    def log_message(self, *arguments):
        pass


@pytest.fixture
def breaking():
    server = HTTPServer(("127.0.0.1", 0), Breaking)
    server.asked = []
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_download_that_breaks_off_goes_on_from_there(monkeypatch, tmp_path, breaking):
    boc = allen(monkeypatch, tmp_path)
    address = f"http://127.0.0.1:{breaking.server_port}/"
    target = tmp_path / "allen" / "some.nwb"
    with pytest.raises(NoNetworkError, match="cannot be reached"):
        boc.api.retrieve_file_over_http(address, str(target))
    assert not target.exists()
    boc.api.retrieve_file_over_http(address, str(target))
    assert target.read_bytes() == WHOLE
    first, rest = breaking.asked
    assert first is None and 400_000 < int(rest.removeprefix("bytes=").rstrip("-")) <= 512_000
    assert {path.name for path in target.parent.iterdir()} == {layout.MANIFEST, target.name}


def test_what_is_left_of_another_download_is_not_gone_on_with(monkeypatch, tmp_path, breaking):
    boc = allen(monkeypatch, tmp_path)
    target = tmp_path / "allen" / "some.nwb"
    target.with_name("some.nwb.partial").write_bytes(WHOLE + b"more")
    with pytest.raises(NoNetworkError):
        boc.api.retrieve_file_over_http(f"http://127.0.0.1:{breaking.server_port}/", str(target))
    assert breaking.asked == [f"bytes={len(WHOLE) + 4}-", None]
