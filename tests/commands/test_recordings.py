"""`course recordings`: what is shown, what is made, and what is said where that cannot be."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from visual_coding_course import open_cache
from visual_coding_course.cli import main
from visual_coding_course.commands.recordings import content_for
from visual_coding_course.recordings import kept, layout
from visual_coding_course.recordings.content import Content

ORIGINAL = Path(__file__).resolve().parents[2]
NAME = "tiny"
NEEDS = """
from visual_coding_course.recordings.content import Content
from visual_coding_course.recordings.needs import NEEDS
EXCERPT = Content(("dff",), stimuli=("spontaneous",), templates=(), events=False)
"""


@pytest.fixture(scope="module")
def boc():
    return open_cache()


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course with an assignment on recordings, and one on numbers."""
    for name in (NAME, "numbers"):
        source = tmp_path / "source" / name
        source.mkdir(parents=True)
        (source / f"{name}.ipynb").write_text("{}")
    (tmp_path / "source" / NAME / "needs.py").write_text(NEEDS)
    (tmp_path / "nbgrader_config.py").write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def course_says(*arguments, status=0):
    told = CliRunner().invoke(main, ["recordings", *map(str, arguments)])
    assert told.exit_code == status, told.output
    return told.output


def excerpt_of(manifest, *more, status=0):
    options = ["--manifest", manifest, "--container", 511510736, "--neurons", 2, *more]
    return course_says("excerpt", *options, "--out", "recordings/v1", status=status)


def test_an_excerpt_is_made_named_and_listed(boc, course):
    said = excerpt_of(boc.manifest_path)
    assert "simulated recordings: container 511510736, 3 sessions, 2 neurons, about " in said
    folder = course / "recordings" / "v1"
    assert f"version {kept.version(folder)}" in said
    assert "is that excerpt already, and whole" in excerpt_of(boc.manifest_path)
    one = open_cache(manifest=folder).get_ophys_experiment_data(501559087)
    assert one.list_stimuli() == ["spontaneous"]  # what the assignment declares
    _, unnamed = course_says().split("\n\n")
    assert unnamed.startswith("an excerpt that no assignment.toml names\n    simulated, an excerpt")
    settings = course / "source" / NAME / "assignment.toml"
    settings.write_text('title = "Tiny"\nrecordings = "recordings/v1"\n')
    practice, chosen = course_says().split("\n\n")
    assert practice.startswith("practice\n    simulated\n    version")
    assert "225 neurons" in practice and "501559087 (three_session_B)" in practice
    assert chosen.startswith(f"{NAME}\n    simulated, an excerpt\n    version")
    assert "2 neurons" in chosen and " MB" in chosen
    assert chosen.strip().endswith("\n    recordings/v1")
    (folder / layout.CELLS).unlink()
    assert f"DAMAGED: {folder / layout.CELLS} is missing" in course_says()
    shutil.rmtree(folder)
    assert "no excerpt is there" in course_says()


def test_mistakes_are_said_in_a_sentence(boc, course, tmp_path):
    out = ["--container", 511510736, "--out", "x"]
    assert "name where the recordings come from" in course_says("excerpt", *out, status=2)
    both = ["--manifest", "x", "--source", "practice"]
    assert "name where the recordings" in course_says("excerpt", *both, *out, status=2)
    assert "no manifest of recordings at" in excerpt_of(tmp_path / "none", status=2)
    assert "has a neuron 5" in excerpt_of(boc.manifest_path, "--neuron", 5, status=2)
    assert "no assignment 'other'" in excerpt_of(boc.manifest_path, "--for", "other", status=2)
    (tmp_path / "recordings" / "v1").mkdir(parents=True)
    (tmp_path / "recordings" / "v1" / "thesis.txt").write_text("mine")
    assert "something else at recordings/v1" in excerpt_of(boc.manifest_path, status=2)


def test_without_a_network_nothing_is_downloaded(course, tmp_path, monkeypatch):
    monkeypatch.setenv(layout.VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setattr(
        "allensdk.api.api.Api.do_query", lambda *a, **k: (_ for _ in ()).throw(ConnectionError("x"))
    )
    said = course_says(
        "excerpt", "--source", "allen", "--container", 511510736, "--out", "x", status=2
    )
    assert said.startswith("course: The Allen Institute (") and said.count("\n") == 1
    assert "cannot be reached" in said and not (course / "x").exists()


def test_a_disk_that_is_too_small_is_said_before(boc, course, monkeypatch):
    monkeypatch.setattr(kept, "room", lambda folder: 0.1)
    assert "too little space for it at recordings/v1: 0 MB" in excerpt_of(
        boc.manifest_path, status=2
    )
    assert not (course / "recordings").exists()


def test_what_assignments_need_is_kept_together(course):
    assert content_for(course, ["numbers"]) == Content()
    assert content_for(course, [NAME, "numbers"]).traces == ("dff",)
    other = course / "source" / "other"
    other.mkdir()
    (other / "needs.py").write_text(NEEDS.replace('"dff"', '"neuropil"'))
    assert content_for(course, [NAME, "other"]).traces == ("dff", "neuropil")
    (other / "needs.py").write_text("from visual_coding_course.recordings.needs import NEEDS\n")
    assert content_for(course, [NAME, "other"]) == Content()
