"""`nbgrader autograde` grades what `course grade` would, and follows no links."""

import shutil
from pathlib import Path

import pytest
from nbgrader.api import Gradebook, MissingEntry

from visual_coding_course.records.gradebook import Book

from ..tools import COURSE, nbgrader_in

RIGHT = {"q1-answer": "x = 3", "q2-answer": "def double(n):\n    return n + n"}
HELPED = {**RIGHT, "q1-answer": "import helper\nx = helper.three + len(open('data/no.csv').read())"}


@pytest.fixture
def course(tmp_path, build_course, assignment):
    """A course folder in which the assignment is entered, as if it had been released."""
    folder = build_course(tmp_path / "course")
    shutil.copy(COURSE / "nbgrader_config.py", folder)
    Book(folder / "gradebook.db", assignment).__exit__()
    return folder


@pytest.fixture
def autograde(course, monkeypatch):
    """Autograde a student's submission; returns whether nbgrader is content, and what it says."""
    api = nbgrader_in(course, monkeypatch)

    def run(student):
        done = api.autograde("tiny", student, create=True, force=True)
        return done["success"], done["log"] + done.get("error", "")

    return run


def hand_in(course, student, content, **files):
    folder = course / "submitted" / student / "tiny"
    folder.mkdir(parents=True)
    (folder / "tiny.ipynb").write_bytes(content)
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return folder


def score(course, student):
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        try:
            return gradebook.find_submission("tiny", student).score
        except MissingEntry:
            return None


def test_what_was_handed_in_is_graded_with_its_files(course, autograde, answer):
    hand_in(course, "ada", answer(HELPED), helper_py="three = 3", data__no_csv="")
    assert autograde("ada")[0] and score(course, "ada") == 7
    hand_in(course, "bob", answer(HELPED))
    assert autograde("bob")[0] and score(course, "bob") == 4


def test_what_was_typed_into_locked_cells_is_kept(course, autograde, answer):
    hand_in(course, "ada", answer({**RIGHT, "q1-answer": "", "q1": "x = 3"}))
    assert autograde("ada")[0] and score(course, "ada") == 7


@pytest.mark.parametrize("link", ["ada", "ada/tiny", "ada/tiny/tiny.ipynb"])
def test_a_link_to_anothers_work_is_refused(course, autograde, answer, link):
    hand_in(course, "ada", answer(RIGHT))
    place = course / "submitted" / Path("eve", *Path(link).parts[1:])
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(course / "submitted" / link)
    content, said = autograde("eve")
    assert not content and "is a link to another place" in said
    assert not score(course, "eve")
    assert not (course / "autograded" / "eve" / "tiny").exists()
    assert autograde("ada")[0] and score(course, "ada") == 7


def test_a_link_beside_the_notebook_shows_nothing(course, autograde, answer):
    (course / "secret.txt").write_text("3")
    look = {**RIGHT, "q1-answer": "x = int(open('mine.txt').read())"}
    folder = hand_in(course, "eve", answer(look))
    (folder / "mine.txt").symlink_to(course / "secret.txt")
    content, said = autograde("eve")
    assert content and score(course, "eve") == 4
    assert "mine.txt" in said
    assert "3" not in [path.read_text() for path in (course / "autograded").rglob("*.txt")]


def test_what_cannot_be_read_gets_a_sentence_and_no_points(course, autograde, answer):
    hand_in(course, "ada", answer(RIGHT).replace(b'"cells": [', b'"cells": 5, "x": ['))
    content, said = autograde("ada")
    assert not content and "cells" in said and not score(course, "ada")
