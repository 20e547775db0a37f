"""`assignment.toml`: what it sets, and what is said of a mistake in it."""

import shutil
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

from visual_coding_course.assignment import SettingsError, load_assignment, needs_of, outdated
from visual_coding_course.assignment.build import build_release
from visual_coding_course.cli import main
from visual_coding_course.inside.limits import Limits

COURSE = Path(__file__).resolve().parents[2]
MISTAKES = {
    'title = "Tiny"\nlimits.memory_megabytes = "8 GB"': [
        '`memory_megabytes` below `[limits]` is "8 GB"', "a whole number above 0", "= 2048"
    ],
    'title = "Tiny"\n[limits]\ncell_seconds = -3': ["is -3", "a number above 0", "= 60.0"],
    'title = "Tiny"\n[limits]\ncell_seconds = inf': ["`cell_seconds`", "a number above 0"],
    'title = "Tiny"\n[limits]\nprocesses = true': ["is true", "a whole number above 0"],
    'title = "Tiny"\n[limits]\nmemory_megabyte = 9': [
        "`memory_megabyte` below `[limits]` is no setting", "Is `memory_megabytes` below"
    ],
    'title = "Tiny"\ncell_seconds = 9': ["write it as `cell_seconds` below `[limits]`"],
    'title = "Tiny"\n[limits]\nshow_right_answers = true': ["write it as `show_right_answers`"],
    'title = "Tiny"\nwingspan = 3': ["`wingspan` is no setting", "`show_right_answers`"],
    'title = "Tiny"\nshow_right_answers = "no"': ['is "no"', "true or false"],
    'title = "Tiny"\nhidden_on_gradescope = "no"': ['is "no"', '"after_published", such as'],
    'title = "Tiny"\ncarry_forward = 0': ["`carry_forward` is 0", "true or false"],
    'title = "Tiny"\nlimits = 5': ["a line `[limits]`"],
    'title = "Tiny"\nattempts = 5': ["a line `[attempts]`"],
    'title = "Tiny"\n[attempts]\ngraded = "first"': [
        '`graded` below `[attempts]` is "first"', '"all", "last", or a whole', '`graded = "last"`'
    ],
    'title = "Tiny"\n[attempts]\ngraded = true': ["is true", '"all", "last", or a whole number'],
    'title = "Tiny"\n[attempts]\ngraded = 0': ["is 0", "a whole number above 0"],
    'title = "Tiny"\n[attempts]\nhidden_checks = 3': ["is 3", '"shown" or "counted"'],
    'title = "Tiny"\n[attempts]\nhiden_checks = 3': ["Is `hidden_checks` below `[attempts]`"],
    'title = "Tiny"\nrecordings = 3': ["`recordings` is 3", "text in quotes", '= "recordings/'],
    'title = "Tiny"\nrecordings_at = "https://x.org/y.zip"': ["no `recordings` says which"],
    'title = "Tiny"\nrecording = "x"': ["`recording` is no setting", "Is `recordings` meant"],
    'title = "Tiny"\nparameters = 3': ["`parameters` is 3", "a line `[parameters.NAME]`"],
    'title = "Tiny"\nparameters.n = 3': ["`parameters.n` is 3", "a line `[parameters.NAME]`"],
    'title = "Tiny"\n[parameters.n]': ["`[parameters.n]` needs one of two lines, and has 0"],
    'title = "Tiny"\n[parameters.n]\nvalue = 3\nchoose = "for_each_student"': ["and has 2"],
    'title = "Tiny"\n[parameters.n]\nchose = "x"': ["`chose` below `[parameters.n]` is no setting"],
    'title = "Tiny"\n[parameters.n]\nchoose = "by hand"': ['"by hand"', '"for_each_student"'],
    'title = "Tiny"\n[parameters.n]\nvalue = [1]': ["`value` below `[parameters.n]` is [1]"],
    'title = "Tiny"\n[parameters.2n]\nvalue = 1': ["'2n' cannot be a variable"],
    'title = "Tiny"\n[parameters.n]\nvalue = 1': ["`parameters` sets `n`", "`n = …`"],
    "title = 3": ["`title` is 3", "text in quotes"],
    'title = ""': ['`title` is ""'],
    "show_right_answers = true": ["no `title`"],
    "title = Tiny": ["is not TOML", "line 1", "quotes"],
    b'title = "\xff"': ["UTF-8"],
}  # fmt: skip


@pytest.fixture
def course(tmp_path):
    """A course folder whose only assignment has been built, with a notebook and nothing else."""
    source = tmp_path / "source" / "tiny"
    source.mkdir(parents=True)
    nbformat.write(nbformat.v4.new_notebook(), source / "tiny.ipynb")
    (source / "README.md").write_text("Open tiny.ipynb.")
    expected = tmp_path / "autograder" / "tiny" / "files" / "expected.npz"
    expected.parent.mkdir(parents=True)
    expected.write_bytes(b"")
    (tmp_path / "nbgrader_config.py").write_text("")
    return tmp_path


def write(course, text):
    content = text if isinstance(text, bytes) else text.encode()
    (course / "source" / "tiny" / "assignment.toml").write_bytes(content)


def test_without_a_file_the_settings_are_the_usual_ones(course):
    assignment = load_assignment(course, "tiny")
    assert (assignment.limits, assignment.show_right_answers) == (Limits(), False)


def test_what_is_set_is_the_assignments(course):
    plain = load_assignment(course, "tiny")
    write(
        course,
        'title = "Tiny"\nshow_right_answers = true\ncarry_forward = false\n'
        "[limits]\ncell_seconds = 120\n",
    )
    assignment = load_assignment(course, "tiny")
    assert assignment.limits == Limits(cell_seconds=120)
    assert assignment.show_right_answers is True
    assert assignment.carry_forward is False
    assert assignment.fingerprint != plain.fingerprint


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_said_in_a_sentence(course, text):
    write(course, text)
    with pytest.raises(SettingsError) as error:
        load_assignment(course, "tiny")
    [sentence] = error.value.args
    assert sentence.startswith("source/tiny/assignment.toml") and "\n" not in sentence
    assert not [words for words in MISTAKES[text] if words not in sentence], sentence


def test_all_mistakes_are_said(course):
    write(course, "titel = 3\n[limits]\nprocesses = 0\nopen_files = 2.5\n")
    with pytest.raises(SettingsError) as error:
        load_assignment(course, "tiny")
    assert len(error.value.args) == 4  # one is that there is no title


def test_settings_in_the_notebooks_metadata_are_to_be_moved(course):
    notebook = nbformat.v4.new_notebook()
    notebook.metadata["course"] = {"cell_seconds": 120, "show_right_answers": True}
    nbformat.write(notebook, course / "source" / "tiny" / "tiny.ipynb")
    with pytest.raises(SettingsError, match="move that to source/tiny/assignment.toml") as error:
        load_assignment(course, "tiny")
    assert "`cell_seconds` below `[limits]` = 120" in str(error.value)
    assert "`show_right_answers` = true" in str(error.value)


@pytest.mark.parametrize(
    ("command", "status"),
    [("build tiny", 1), ("grade tiny", 2), ("check tiny.ipynb", 2), ("report tiny", 2)],
)
def test_commands_say_it_and_no_traceback(course, monkeypatch, command, status):
    write(course, "title = 3")
    monkeypatch.chdir(course)
    nbformat.write(nbformat.v4.new_notebook(), course / "tiny.ipynb")
    said = CliRunner().invoke(main, command.split())
    assert said.exit_code == status
    assert "course: source/tiny/assignment.toml: `title` is 3" in said.output
    assert "Traceback" not in said.output


def test_a_change_of_it_has_the_assignment_built(course):
    shutil.copytree(COURSE / "source" / "cross_session", course / "source" / "cross_session")
    shutil.copytree(COURSE / "autograder", course / "autograder", dirs_exist_ok=True)
    assert outdated(course, "cross_session") is None
    with open(course / "source" / "cross_session" / "assignment.toml", "a") as file:
        file.write("[limits]\nprocesses = 20\n")
    assert "has changed" in outdated(course, "cross_session")


def test_a_student_does_not_get_it(tmp_path):
    release = build_release(COURSE, "cross_session", tmp_path / "release")
    assert (release / "cross_session.ipynb").is_file()
    assert not list(release.rglob("assignment.toml"))


def test_recordings_are_for_assignments_that_need_some(course):
    write(course, 'title = "Tiny"\nrecordings = "recordings/v1"')
    with pytest.raises(SettingsError, match="sets `recordings`.*about none.*Take that line out"):
        needs_of(course, "tiny")


def test_recordings_that_are_not_there_are_said_where_the_others_are(course, monkeypatch):
    write(course, 'title = "Tiny"\nrecordings = "recordings/v1"')
    needs = "from visual_coding_course.recordings.needs import NEEDS\n"
    (course / "source" / "tiny" / "needs.py").write_text(needs)
    with pytest.raises(SettingsError) as raised:
        needs_of(course, "tiny")
    said = str(raised.value)
    assert said.startswith("source/tiny/assignment.toml: the `recordings` cannot be used.")
    assert str(course / "recordings" / "v1") in said and "`course recordings excerpt`" in said
    monkeypatch.chdir(course)
    for command in (["build", "tiny"], ["grade", "tiny"], ["check", "source/tiny/tiny.ipynb"]):
        told = CliRunner().invoke(main, command)
        assert told.exit_code > 0 and "the `recordings` cannot be used" in told.output, command
        assert isinstance(told.exception, SystemExit)
