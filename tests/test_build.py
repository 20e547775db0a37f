"""The built folders: what a student gets, and when they are stale."""

import json
import re
import shutil
import zipfile
from pathlib import Path

import nbformat
import pytest

from visual_coding_course.build import build_release, stale, zip_folder
from visual_coding_course.question_files import read_test_file, read_tests
from visual_coding_course.release import build_wheel, locked_pins, student_requirements

COURSE = Path(__file__).resolve().parent.parent
NAME = "cross_session"


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    return build_release(COURSE, NAME, tmp_path_factory.mktemp("build") / "release")


def test_release_holds_what_a_student_needs(release):
    files = {path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()}
    assert {f"{NAME}.ipynb", "README.md", "requirements.txt"} <= files
    assert sum(name.startswith("tests/q") for name in files) == 9
    assert len([name for name in files if name.endswith(".whl")]) == 1


def test_release_gives_no_answer_away(release):
    notebook = nbformat.read(release / f"{NAME}.ipynb", as_version=4)
    text = "\n".join(cell.source for cell in notebook.cells)
    assert "SOLUTION" not in text and "Rubric" not in text
    for path in (release / "tests").glob("*.py"):
        source = path.read_text()
        assert "hidden=True" not in source and "expected" not in source
        assert not any(case.hidden for case in read_test_file(source).test_cases)


def test_release_notebook_has_blanks_points_and_no_outputs(release):
    notebook = nbformat.read(release / f"{NAME}.ipynb", as_version=4)
    points = {}
    for cell in notebook.cells:
        tags = cell.metadata.get("nbgrader", {})
        if tags.get("grade"):
            points[tags["grade_id"]] = tags["points"]
        if cell.cell_type == "code":
            assert cell.outputs == []
            if tags.get("solution"):
                assert "..." in cell.source
    assert sum(points.values()) == 100
    tests = read_tests(COURSE / "source" / NAME / "tests").values()
    for file in map(read_test_file, tests):
        assert points[file.name] == file.possible


def test_committed_release_is_what_nbgrader_makes(release):
    committed = COURSE / "release" / NAME
    for path in release.rglob("*"):
        if path.is_file() and path.suffix != ".whl":
            assert path.read_bytes() == (committed / path.relative_to(release)).read_bytes()


def test_zip_is_small_and_whole(release):
    with zipfile.ZipFile(release.parent / f"{NAME}.zip") as archive:
        assert f"{NAME}/{NAME}.ipynb" in archive.namelist()
        assert archive.testzip() is None
    assert (release.parent / f"{NAME}.zip").stat().st_size < 10 * 1024**2


def test_zip_and_wheel_are_the_same_each_time(release):
    assert zip_folder(release) == zip_folder(release)
    assert build_wheel(COURSE) == build_wheel(COURSE)


def test_requirements_are_pinned_to_the_lock():
    lock = (COURSE / "requirements.lock").read_text()
    pins = locked_pins(lock)
    lines = student_requirements(COURSE, "./course.whl").splitlines()
    listed = [line for line in lines if not line.startswith("#")]
    assert listed[0] == "./course.whl"
    assert all("==" in line for line in listed[1:])
    assert pins["allensdk"] in listed and pins["jupyterlab"] in listed
    assert not any(line.startswith(("nbgrader==", "distributed==")) for line in listed)


def test_lock_names_no_host():
    lock = (COURSE / "requirements.lock").read_text()
    assert not re.search(r"https?://|file:|index-url", lock)


def test_solution_has_plots_and_full_marks():
    notebook = nbformat.read(COURSE / "solutions" / NAME / f"{NAME}.ipynb", as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert sum("image/png" in output.get("data", {}) for output in outputs) >= 4
    assert not [output for output in outputs if output.output_type == "error"]
    scores = [
        float(output.data["text/plain"])
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade")
        for output in cell.outputs
        if output.output_type == "execute_result"
    ]
    assert sum(scores) == 90


def test_autograder_zip_holds_hidden_tests_and_expected_values():
    with zipfile.ZipFile(COURSE / "autograder" / NAME / "autograder.zip") as archive:
        names = set(archive.namelist())
        assert "files/expected.npz" in names and "otter_config.json" in names
        tests = [name for name in names if name.startswith("tests/q")]
        assert len(tests) == 9
        assert any("hidden=True" in archive.read(name).decode() for name in tests)


@pytest.fixture
def copy(tmp_path):
    """A copy of what staleness is about."""
    shutil.copytree(COURSE / "source", tmp_path / "source")
    shutil.copytree(
        COURSE / "visual_coding_course",
        tmp_path / "visual_coding_course",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    for kind in ("release", "solutions", "autograder"):
        shutil.copytree(COURSE / kind, tmp_path / kind)
    for name in ("pyproject.toml", "requirements.lock"):
        shutil.copy(COURSE / name, tmp_path / name)
    manifest = json.loads((tmp_path / "autograder" / NAME / "build.json").read_text())
    assert manifest["inputs"]
    return tmp_path


def test_fresh_build_is_not_stale(copy):
    assert stale(copy, NAME) == []


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        (f"source/{NAME}/tests/q1_sessions.py", "changed since the build"),
        ("visual_coding_course/checks/truth.py", "changed since the build"),
        ("requirements.lock", "changed since the build"),
        (f"release/{NAME}/README.md", "is not as it was built"),
        (f"solutions/{NAME}/{NAME}.ipynb", "is not as it was built"),
        (f"autograder/{NAME}/autograder.zip", "is not as it was built"),
        (f"release/{NAME}.zip", "is not as it was built"),
    ],
)
def test_a_change_makes_it_stale(copy, path, sentence):
    with open(copy / path, "ab") as file:
        file.write(b"\n# changed\n")
    assert stale(copy, NAME) == [f"{path} {sentence}."]


def test_missing_and_added_files_make_it_stale(copy):
    (copy / "release" / NAME / "requirements.txt").unlink()
    (copy / "release" / NAME / "notes.txt").write_text("added by hand")
    assert len(stale(copy, NAME)) == 2
    shutil.rmtree(copy / "autograder")
    assert stale(copy, NAME) == [f"{NAME} has not been built."]
