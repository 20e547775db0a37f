"""The built folders: what a student gets, and when they are stale."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest

from visual_coding_course.assignment import build, load
from visual_coding_course.assignment.build import (
    bring_up_to_date,
    build_release,
    differing,
    zip_folder,
)
from visual_coding_course.assignment.load import MANIFEST, outdated
from visual_coding_course.assignment.release import build_wheel, locked_pins, student_requirements
from visual_coding_course.checking.test_files import load_test_file
from visual_coding_course.notebook import beside as notebook

COURSE = Path(__file__).resolve().parents[2]
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
        assert not any(case.hidden for case in load_test_file(path).test_cases)


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
    for file in map(load_test_file, (COURSE / "source" / NAME / "tests").glob("q*.py")):
        assert points[file.name] == file.possible


def test_committed_release_is_what_nbgrader_makes(release):
    committed = COURSE / "release" / NAME
    for path in release.rglob("*"):
        if path.is_file() and path.suffix != ".whl" and path.name != "requirements.txt":
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
    lines = student_requirements(COURSE, "./course.whl", "recordings").splitlines()
    listed = [line for line in lines if not line.startswith("#")]
    assert listed[0] == "./course.whl"
    assert all("==" in line for line in listed[1:])
    assert pins["allensdk"] in listed and pins["jupyterlab"] in listed
    assert not any(line.startswith(("nbgrader==", "distributed==")) for line in listed)


def test_without_recordings_nobody_installs_what_opens_them():
    def names(extra):
        lines = student_requirements(COURSE, "./course.whl", extra).splitlines()
        return {line.split("==")[0] for line in lines if "==" in line}

    without, needed = names(None), names("recordings")
    assert without < needed
    assert {"allensdk", "h5py", "pynwb", "statsmodels"} <= needed - without
    assert {"numpy", "pandas", "matplotlib", "otter-grader", "jupyterlab", "pydantic"} <= without


def test_without_them_a_notebook_is_checked_all_the_same():
    """What stands beside a student, and what otter starts, imports none of them."""
    code = (
        "import sys\n"
        "for name in ('allensdk', 'h5py', 'pynwb', 'statsmodels'):\n"
        "    sys.modules[name] = None\n"
        "import visual_coding_course.grading.plugin\n"
        "from visual_coding_course import Notebook, checking\n"
        "from visual_coding_course.checking import expecting, forms, naming, steps\n"
        "assert not any(name.startswith('visual_coding_course.recordings') for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


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
        assert "otter_config.json" in names and not any(
            "expected" in name for name in names if not name.startswith("course/")
        )
        built = f"course/autograder/{NAME}"
        assert {f"{built}/files/expected.npz", f"{built}/carried/q1.npz"} <= names
        tests = [name for name in names if name.startswith("tests/q")]
        assert len(tests) == 9
        assert any("hidden=True" in archive.read(name).decode() for name in tests)


@pytest.fixture
def copy(tmp_path):
    """A copy of all that is built, and of what it is built from."""
    ignore = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for name in ("source", "visual_coding_course", "release", "solutions", "autograder"):
        shutil.copytree(COURSE / name, tmp_path / name, ignore=ignore)
    for name in ("pyproject.toml", "requirements.lock", "nbgrader_config.py", "LICENSE"):
        shutil.copy(COURSE / name, tmp_path / name)
    return tmp_path


def append(path, text="\n# changed\n"):
    with open(path, "a") as file:
        file.write(text)


def test_what_is_as_it_was_built_need_not_be_built(copy):
    assert outdated(copy, NAME) is None


def test_it_need_not_be_built_wherever_course_and_package_lie(copy, tmp_path, monkeypatch):
    package = tmp_path / "visual_coding_course"
    moved = [tmp_path / "a", tmp_path / "z"]
    for folder in moved:
        folder.mkdir()
        shutil.copy(package / "assignment" / "released.py", folder)
        monkeypatch.setattr(load, "__file__", str(folder / "load.py"))
        assert outdated(copy, NAME) is None


@pytest.mark.parametrize("file", ["tests/q1_sessions.py", "README.md", "slips/masks.py"])
def test_a_change_of_the_source_has_it_built(copy, file):
    append(copy / "source" / NAME / file)
    assert "has changed" in outdated(copy, NAME)


def test_other_recordings_have_it_built(copy):
    manifest = copy / "autograder" / NAME / MANIFEST
    noted = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**noted, "recordings": "another version"}))
    assert "recordings" in outdated(copy, NAME)


def test_what_is_missing_is_built_once_and_said(copy, monkeypatch):
    shutil.rmtree(copy / "autograder")
    assert "not been built" in outdated(copy, NAME)
    built, said = [], []

    def made(course, name, grade, say):
        built.append(name)
        say("a step")
        shutil.copytree(COURSE / "autograder", copy / "autograder")

    monkeypatch.setattr(build, "build", made)
    for _ in range(2):
        bring_up_to_date(copy, NAME, None, said.append)
    assert built == [NAME]
    assert len(said) == 2 and "not been built" in said[0]


def test_what_is_kept_in_git_is_what_the_source_makes(copy):
    assert differing(copy, NAME) == []
    append(copy / "release" / NAME / "README.md")
    (copy / "release" / NAME / "tests" / "q99.py").write_text("# added by hand")
    append(copy / "source" / NAME / "slips" / "masks.py")
    changed = {sentence.split()[0] for sentence in differing(copy, NAME)}
    assert changed == {
        f"release/{NAME}/README.md",
        f"release/{NAME}/tests/q99.py",
        f"solutions/{NAME}/{NAME}.ipynb",
    }


def test_what_is_compared_is_what_git_keeps(copy):
    files = [path for path in (copy / "release" / NAME).rglob("*") if path.is_file()]
    for path in files:
        append(path)
    paths = {path.relative_to(copy).as_posix() for path in files}
    command = ["git", "check-ignore", "--no-index", *paths]
    ignored = subprocess.run(command, cwd=COURSE, capture_output=True, text=True).stdout.split()
    assert f"release/{NAME}/steps.py" in ignored
    assert {sentence.split()[0] for sentence in differing(copy, NAME)} == paths.difference(ignored)


def test_a_changed_package_is_another_version(copy):
    before, _ = build_wheel(copy)
    append(copy / "visual_coding_course" / "checking" / "truth.py")
    after, content = build_wheel(copy)
    (copy / after).write_bytes(content)
    assert before != after
    with zipfile.ZipFile(copy / after) as wheel:
        top = wheel.read("visual_coding_course/__init__.py").decode()
    [version] = re.findall(r'^__version__ = "(.*)"$', top, flags=re.M)
    assert after.split("-")[1] == version


def test_a_notebook_says_that_its_checks_are_not_the_installed_ones(tmp_path, monkeypatch):
    monkeypatch.setattr(notebook, "version", lambda name: "0.1.0+old")
    monkeypatch.setattr(notebook, "COURSE_SETTINGS", tmp_path / "none")
    assert notebook.other_version(tmp_path) is None
    (tmp_path / "visual_coding_course-0.1.0+old-py3-none-any.whl").touch()
    assert notebook.other_version(tmp_path) is None
    (tmp_path / "visual_coding_course-0.1.0+old-py3-none-any.whl").rename(
        tmp_path / "visual_coding_course-0.1.0+new-py3-none-any.whl"
    )
    sentence = notebook.other_version(tmp_path)
    assert "0.1.0+new" in sentence and "`%pip install -r requirements.txt` in a cell" in sentence
    monkeypatch.setattr(notebook, "find_spec", lambda name: None)
    sentence = notebook.other_version(tmp_path)
    assert "`uv pip install -r requirements.txt` in a terminal" in sentence
    assert "%" not in sentence, "uv makes environments without pip"
