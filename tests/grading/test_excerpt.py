"""The exercise on recordings by another writer: built, handed out, worked on, graded, with otter.

They have ids, numbers of frames and a neuron of their own, and nothing in them says that they are
simulated.
"""

import json
import shutil
from dataclasses import replace

import nbformat
import pytest

from visual_coding_course import open_cache
from visual_coding_course.assignment import SettingsError, load_assignment, outdated
from visual_coding_course.assignment.build import BuildError, build, differing
from visual_coding_course.assignment.release import release_files
from visual_coding_course.commands.learn import working_copy
from visual_coding_course.commands.recordings import content_for, sets
from visual_coding_course.grading.run import grade_class
from visual_coding_course.grading.submission import grade_submission
from visual_coding_course.inside.copies import read_kept
from visual_coding_course.notebook.solution import without_markers
from visual_coding_course.recordings import excerpt, kept, layout

from .. import foreign
from ..tools import COURSE, run_tool

NAME = "cross_session"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The course, built."""
    folder = tmp_path_factory.mktemp("on-an-excerpt")
    boc = open_cache(manifest=foreign.write(open_cache(), folder / "real"))
    content = content_for(COURSE, [NAME])
    planned = excerpt.plan(boc, foreign.CONTAINER, None, content, [foreign.NEURON])
    excerpt.write(boc, planned, folder / "course" / "recordings" / "v1")
    course = foreign.course_on(folder / "course", "recordings/v1", COURSE)
    build(course, NAME, grade_submission)
    return course


@pytest.fixture(scope="module")
def solved(course):
    """The released notebook with the solution's answers, as a student hands it in."""
    solution = nbformat.read(course / "solutions" / NAME / f"{NAME}.ipynb", as_version=4)
    answers = {
        cell.metadata.nbgrader.grade_id: without_markers(cell.source)
        for cell in solution.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    notebook = nbformat.read(course / "release" / NAME / f"{NAME}.ipynb", as_version=4)
    for cell in notebook.cells:
        cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
    return nbformat.writes(notebook)


@pytest.fixture(scope="module")
def at_home(course, solved, tmp_path_factory):
    """What a student got, unpacked elsewhere, with the work done."""
    folder = tmp_path_factory.mktemp("student")
    shutil.unpack_archive(course / "release" / f"{NAME}.zip", folder)
    (folder / NAME / f"{NAME}.ipynb").write_text(solved)
    return folder / NAME


def test_expected_values_are_those_of_the_recordings(course):
    expected = read_kept(load_assignment(course, NAME).expected)
    assert expected["container_id"] == foreign.CONTAINER
    assert expected["id_a"] == foreign.SESSIONS["A"][0]
    assert len(expected["shared_ids"]) == foreign.MATCHED + 1


def test_the_solution_gets_full_marks_isolated(course, solved, tmp_path):
    for place in ("ada", "blank"):
        (tmp_path / "in" / place).mkdir(parents=True)
    (tmp_path / "in" / "ada" / f"{NAME}.ipynb").write_text(solved)
    blank = course / "release" / NAME / f"{NAME}.ipynb"
    shutil.copy(blank, tmp_path / "in" / "blank" / f"{NAME}.ipynb")
    rows = grade_class(course, NAME, [tmp_path / "in"], out=tmp_path / "out")
    by_student = {row["student"]: row for row in rows}
    assert by_student["ada"]["score"] == by_student["ada"]["max_score"] == 90
    assert by_student["blank"]["status"] == "graded" and by_student["blank"]["score"] == 0
    page = (tmp_path / "out" / "feedback" / "ada" / NAME / f"{NAME}.html").read_text()
    assert f"an excerpt of experiment container {foreign.CONTAINER}" in page
    assert "are simulated" not in page.split("Rubric")[0]


def test_otter_gives_the_same(course, at_home, tmp_path):
    shutil.copy(at_home / f"{NAME}.ipynb", tmp_path)
    archive = course / "autograder" / NAME / "autograder.zip"
    run_tool(tmp_path, "-m", "otter", "run", "-a", str(archive), f"{NAME}.ipynb")
    tests = json.loads((tmp_path / "results.json").read_text())["tests"]
    scores = {one["name"]: one["score"] for one in tests if one["name"].startswith("q")}
    assert sum(scores.values()) == 90, scores


def test_a_student_finds_the_recordings_beside_the_notebook(at_home):
    opened = "from visual_coding_course import open_cache; print(open_cache().manifest_path)"
    assert run_tool(at_home, "-c", opened).strip() == str(at_home / "recordings" / layout.MANIFEST)
    assert "Success" in run_tool(at_home, "-m", "nbgrader", "validate", f"{NAME}.ipynb")


def test_nothing_in_the_release_says_that_they_are_simulated(at_home):
    notebook = nbformat.read(at_home / f"{NAME}.ipynb", as_version=4)
    given = [
        cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("points") != 10
    ]
    texts = [cell.source for cell in given] + [(at_home / "README.md").read_text()]
    for text in texts:
        assert "simulated" not in text and "practice recordings" not in text, text
        assert "<!--" not in text
    assert any("an excerpt of the [Allen Brain Observatory]" in text for text in texts)
    assert "## Terms of use" in (at_home / "recordings" / "README.md").read_text()


def test_working_on_ones_own_finds_them(course, tmp_path):
    working_copy(course, NAME, tmp_path / "learn")
    opened = "from visual_coding_course import open_cache; print(open_cache().manifest_path)"
    where = run_tool(tmp_path / "learn", "-c", opened).strip()
    assert where == str(course / "recordings" / "v1" / layout.MANIFEST)


def test_a_release_can_say_where_else_they_are(course):
    settings = course / "source" / NAME / "assignment.toml"
    before = settings.read_text()
    try:
        settings.write_text('recordings_at = "/srv/course/v1"\n' + before)
        files = release_files(course, NAME)
    finally:
        settings.write_text(before)
    told = json.loads(files[layout.NAMED])
    version = kept.version(course / "recordings" / "v1")
    assert told == {"at": "/srv/course/v1", "version": f"excerpt {version}"}
    assert not any(name.startswith("recordings/") for name in files)
    assert f"recordings/{layout.CHECKSUMS}" in release_files(course, NAME)


def test_they_are_listed(course):
    practice, chosen = sets(course)
    assert practice.name == "practice" and "simulated" in practice.facts
    assert chosen.name == NAME and f"container {foreign.CONTAINER}" in chosen.facts
    assert not any("simulated" in fact for fact in chosen.facts)
    assert f"version {kept.version(course / 'recordings' / 'v1')}" in chosen.facts


def test_grades_depend_on_which_they_are(course, tmp_path):
    assignment = load_assignment(course, NAME)
    version = f"excerpt {kept.version(course / 'recordings' / 'v1')}"
    assert assignment.versions["recordings"] == version
    usual = replace(assignment, recordings="")
    changed = {key for key, text in usual.versions.items() if text != assignment.versions[key]}
    assert changed == {"recordings"}
    assert usual.fingerprint != assignment.fingerprint
    assert outdated(course, NAME) is None and differing(course, NAME) == []


def test_other_or_damaged_recordings_are_noticed(course, tmp_path):
    """Last, since it changes them."""
    folder = course / "recordings" / "v1"
    table = folder / layout.CELLS
    before = table.read_text()
    try:
        table.write_text(before + " ")
        with pytest.raises(BuildError, match=f"{layout.CELLS} is not as it was made.*again"):
            build(course, NAME, grade_submission)
        with open(folder / layout.CHECKSUMS, "a") as file:
            file.write(f"{'0' * 64}  {layout.CELLS}\n")
        assert "other recordings" in outdated(course, NAME)
        folder.rename(folder.with_name("v2"))
        with pytest.raises(SettingsError, match="`recordings` cannot be used.*v1.*excerpt"):
            outdated(course, NAME)
    finally:
        table = folder.with_name("v2") / layout.CELLS
        if table.exists():
            table.write_text(before)
