"""A new assignment builds, checks, grades and reports as it is, with no recordings anywhere."""

import json
import shutil
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

from visual_coding_course import cli
from visual_coding_course.checking.test_files import load_test_file
from visual_coding_course.commands.learn import working_copy
from visual_coding_course.commands.new import CannotMake, make

COURSE = Path(__file__).resolve().parents[2]
PLOT = """
fig_response, ax = plt.subplots()
ax.plot(frames / frame_rate, mean_response)
ax.set(xlabel="time (s)", ylabel="dF/F")
"""
ANSWERS = {
    "ada": {
        "q1-answer": "mean_response = sum(trials) / len(trials)",
        "q2-answer": "def peak_time(r, rate): return r.argmax() / rate",
        "q3-answer": PLOT,
        "q4": "Its height differs.",
    },
    "bob": {
        "q1-answer": "mean_response = np.median(trials, axis=0)",
        "q2-answer": "def peak_time(r, rate): return r.argmax()",
        "q3-answer": PLOT,
    },
    "cleo": {},
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course of one new assignment, built and graded by the command line."""
    folder = tmp_path_factory.mktemp("new")
    for name in ("nbgrader_config.py", "pyproject.toml", "requirements.lock", "LICENSE"):
        shutil.copy(COURSE / name, folder)
    (folder / "source").mkdir()
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(COURSE / "visual_coding_course", folder / "visual_coding_course", ignore=ignore)
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        patched.setenv("VISUAL_CODING_COURSE_CACHE", str(folder / "cache"))
        said = [run("new", "trials"), run("build", "trials")]
        for student, answers in ANSWERS.items():
            notebook = nbformat.read(folder / "release/trials/trials.ipynb", as_version=4)
            for cell in notebook.cells:
                grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
                cell.source = answers.get(grade_id, cell.source)
            (folder / "submitted" / student / "trials").mkdir(parents=True)
            nbformat.write(notebook, folder / "submitted" / student / "trials" / "trials.ipynb")
        said += [run("grade", "trials"), run("report", "trials")]
        yield folder, said


def run(*arguments):
    done = CliRunner().invoke(cli.main, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_the_commands_say_what_they_did(course):
    _, (made, built, graded, _) = course
    assert "source/trials/steps.py" in made and "Next:" in made
    assert "slips: 7 of 7 can be told from all others" in built
    assert "8/8" in graded


def test_right_answers_get_their_points_and_mistakes_are_named(course):
    folder, _ = course
    rows = map(json.loads, (folder / "results.jsonl").read_text().splitlines())
    rows = {row["student"]: row for row in rows}
    assert {student: row["score"] for student, row in rows.items()} == {
        "ada": 8, "bob": 2, "cleo": 0,
    }  # fmt: skip
    hints = {name: one["hints"] for name, one in rows["bob"]["questions"].items()}
    assert "`mean_response` is the median over the trials" in hints["q1"][0]
    assert "`peak_time` returns the number of the frame" in hints["q2"][0]
    wrong = rows["bob"]["questions"]["q1"]["wrong"]
    assert {name for one in wrong for name in one["mistakes"]} == {"median for mean"}
    assert {one["status"] for one in rows["cleo"]["questions"].values()} == {"not_attempted"}


def test_pages_are_made(course):
    folder, _ = course
    page = (folder / "feedback/bob/trials/trials.html").read_text()
    assert "How long is one imaging frame?" in page and "practice recordings" not in page
    assert "median for mean" in (folder / "report/trials.html").read_text()


def test_a_student_gets_what_is_needed_and_no_more(course):
    release = course[0] / "release" / "trials"
    names = {path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()}
    names = {name for name in names if not name.endswith(".whl")}
    assert names == {
        "README.md", "requirements.txt", "steps.py", "trials.ipynb",
        "tests/q1_mean.py", "tests/q2_peak.py", "tests/q3_figure.py",
    }  # fmt: skip
    assert "hidden" not in (release / "tests/q1_mean.py").read_text().replace("hidden_points", "")


def test_no_recordings_are_made(course):
    assert not (course[0] / "cache").exists()


@pytest.mark.parametrize("recordings", [False, True])
def test_a_folder_that_is_there_is_left_as_it_is(tmp_path, recordings):
    written = make(tmp_path, "first_one", recordings)
    assert {path.suffix for path in written} == {".ipynb", ".md", ".py", ".toml"}
    texts = {path.name: path.read_text() for path in written}
    assert not [one for one, text in texts.items() if "NAME" in text or "TITLE" in text]
    assert texts["assignment.toml"].startswith('title = "First one"')
    assert "# First one" in texts["first_one.ipynb"] and "# First one" in texts["README.md"]
    (tmp_path / "source/first_one/steps.py").write_text("mine")
    with pytest.raises(CannotMake, match="is there already"):
        make(tmp_path, "first_one", recordings)
    assert (tmp_path / "source/first_one/steps.py").read_text() == "mine"
    for name in ("../out", "1st", "a b", ""):
        with pytest.raises(CannotMake, match="cannot be an assignment's name"):
            make(tmp_path, name)


def test_a_copy_for_self_study_has_all_that_its_checks_need(course, tmp_path):
    notebook = working_copy(course[0], "trials", tmp_path)
    file = load_test_file(notebook.parent / "tests" / "q1_mean.py")
    assert [case.hidden for case in file.test_cases] == [False, True]
