"""The autograder zip in the layout of Gradescope's container, and under otter."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import jsonschema
import nbformat
import pytest
from click.testing import CliRunner

from visual_coding_course import cli
from visual_coding_course.grading import container
from visual_coding_course.grading.run import grade_class
from visual_coding_course.inside.confine import NOBODY
from visual_coding_course.isolation import ordinary, sandbox

COURSE = Path(__file__).resolve().parents[2]
NAME = "trials"
PLOT = """
fig_response, ax = plt.subplots()
ax.plot(frames / frame_rate, mean_response)
ax.set(xlabel="time (s)", ylabel="dF/F")
"""
RIGHT = {
    "q1-answer": "mean_response = trials.mean(0)",
    "q2-answer": "def peak_time(r, rate): return r.argmax() / rate",
    "q3-answer": PLOT,
}
MEDIAN = {**RIGHT, "q1-answer": "mean_response = np.median(trials, axis=0)"}
#: Its third question is right, but for the mistake in the first.
CARRIED = {**RIGHT, "q1-answer": "mean_response = ..."}
DYING = {**RIGHT, "q2-answer": "import os\nos._exit(1)"}
#: As Gradescope documents it; a student's own dates stand beside the student.
METADATA = {
    "id": 123456,
    "created_at": "2026-07-01T14:22:32.365935-07:00",
    "assignment": {
        "due_date": "2026-07-31T23:00:00.000000-07:00", "group_size": None,
        "group_submission": False, "id": 25828, "course_id": 1234, "late_due_date": None,
        "release_date": "2026-06-02T00:00:00.000000-07:00", "title": "Trials",
        "total_points": "10.0",
    },
    "submission_method": "upload",
    "users": [{"email": "ada@example.edu", "id": 1234, "name": "Ada Lovelace"}],
    "previous_submissions": [],
}  # fmt: skip
VISIBILITY = {"enum": ["hidden", "after_due_date", "after_published", "visible"]}
FORMAT = {"enum": ["text", "html", "simple_format", "md", "ansi"]}
#: Gradescope's "Autograder Specifications": what is not named there is not written.
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["score", "tests"],
    "properties": {
        "score": {"type": "number"},
        "execution_time": {"type": "number"},
        "output": {"type": "string"},
        "output_format": FORMAT,
        "visibility": VISIBILITY,
        "stdout_visibility": VISIBILITY,
        "extra_data": {"type": "object"},
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["name", "score", "output"],
                "properties": {
                    "score": {"type": "number"},
                    "max_score": {"type": "number"},
                    "status": {"enum": ["passed", "failed"]},
                    "name": {"type": "string"},
                    "number": {"type": "string"},
                    "output": {"type": "string"},
                    "output_format": FORMAT,
                    "visibility": VISIBILITY,
                },
            },
        },
    },
}
POLICY = """
from nbgrader.plugins import BasePlugin


class APoint(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 1
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course of one new assignment, built by the command line."""
    folder = tmp_path_factory.mktemp("course")
    for name in ("nbgrader_config.py", "pyproject.toml", "requirements.lock", "LICENSE"):
        shutil.copy(COURSE / name, folder)
    (folder / "nbgrader_config.py").open("a").write(
        '\nc.AssignLatePenalties.plugin_class = "a_point.APoint"\n'
    )
    (folder / "a_point.py").write_text(POLICY)
    (folder / "source").mkdir()
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(COURSE / "visual_coding_course", folder / "visual_coding_course", ignore=ignore)
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        for command in ("new", "build"):
            done = CliRunner().invoke(cli.main, [command, NAME], catch_exceptions=False)
            assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module")
def archive(course):
    return course / "autograder" / NAME / "autograder.zip"


@pytest.fixture
def root(archive, tmp_path):
    """The container as it is when nothing has been handed in; this environment for set-up's."""
    folder = tmp_path / "autograder"
    for name in ("source", "submission", "results"):
        (folder / name).mkdir(parents=True)
    with zipfile.ZipFile(archive) as packed:
        for info in packed.infolist():
            packed.extract(info, folder / "source")
            (folder / "source" / info.filename).chmod(info.external_attr >> 16)
    (folder / "submission_metadata.json").write_text(json.dumps(METADATA))
    shutil.copy2(folder / "source" / "run_autograder", folder)
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


@pytest.fixture(scope="module")
def notebook(course):
    """Make the notebook file of some answers."""

    def make(answers):
        made = nbformat.read(course / "release" / NAME / f"{NAME}.ipynb", as_version=4)
        for cell in made.cells:
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
            cell.source = answers.get(grade_id, cell.source)
        return nbformat.writes(made)

    return make


@pytest.fixture
def hand_in(root, notebook):
    """Put files into the container, and grade what is there in this process."""

    def grade(answers=None, name=f"{NAME}.ipynb", **metadata):
        if answers is not None:
            (root / "submission" / name).write_text(notebook(answers))
        (root / "submission_metadata.json").write_text(json.dumps({**METADATA, **metadata}))
        _, results, _ = container.grade_container(root)
        jsonschema.validate(results, SCHEMA)
        return results

    return grade


def run_autograder(root):
    """Run what Gradescope runs, as it does."""
    environment = {**os.environ, "PYTHONPATH": str(COURSE)}
    return subprocess.run(
        [root / "run_autograder", root], cwd=root, env=environment, capture_output=True, text=True
    )


def called(results, start=""):
    return {one["name"]: one for one in results["tests"] if one["name"].startswith(start)}


def points(results):
    return sum(one["score"] for one in results["tests"])


def test_set_up_takes_uv_and_the_lock_alone(archive, course):
    with zipfile.ZipFile(archive) as packed:
        names = set(packed.namelist())
        modes = {info.filename: info.external_attr >> 16 for info in packed.infolist()}
        set_up = packed.read("setup.sh").decode()
        locks = {name: packed.read(f"course/{name}").decode()
                 for name in ("requirements.lock", "uv.lock.txt", "build.lock.txt")}  # fmt: skip
    assert not {"environment.yml", "run_otter.py"} & names
    assert modes["setup.sh"] == modes["run_autograder"] == 0o755
    assert not re.search("conda|mamba|texlive|pandoc|curl|wget", set_up)
    assert locks["requirements.lock"] == (course / "requirements.lock").read_text()
    assert re.fullmatch(r"uv==[\d.]+ \\\n(\s+--hash=sha256:\w+( \\)?\n)+", locks["uv.lock.txt"])
    found = re.findall(r"^[\w-]+", locks["build.lock.txt"], re.M)
    assert found == ["flit-core", "setuptools", "wheel"]
    assert sum(name.endswith(".whl") for name in names) == 1


def test_gradescope_gets_a_test_for_each_case(root, notebook):
    (root / "submission" / f"{NAME}.ipynb").write_text(notebook(RIGHT))
    done = run_autograder(root)
    assert done.returncode == 0, done.stdout + done.stderr
    results = json.loads((root / "results" / "results.json").read_text())
    jsonschema.validate(results, SCHEMA)
    assert results["score"] == points(results) == 8
    cases = [one for one in results["tests"] if "max_score" in one]
    assert [one["score"] for one in cases] == [one["max_score"] for one in cases] == [2, 1, 3, 2]
    assert [one["number"] for one in cases] == ["1.1", "1.2", "2.1", "3.1"]
    hidden = called(results)["q1: again, by the solution"]
    assert hidden["visibility"] == "hidden"
    assert {one["visibility"] for one in cases if one is not hidden} == {"visible"}
    assert results["extra_data"]["student"] == "ada@example.edu"
    assert "7 of 7 points in the checks that you can see" in results["output"]


def test_hidden_cases_can_be_seen_when_grades_are_published(root, hand_in):
    settings = root / "source" / "course" / "source" / NAME / "assignment.toml"
    settings.write_text(f'{settings.read_text()}\nhidden_on_gradescope = "after_published"\n')
    seen = {name: one["visibility"] for name, one in called(hand_in(RIGHT), "q1").items()}
    assert seen == {
        "q1: `mean_response`": "visible", "q1: again, by the solution": "after_published"
    }  # fmt: skip


def test_a_wrong_answer_has_its_hint_and_picture(hand_in):
    results = hand_in(MEDIAN)
    public, hidden = called(results, "q1").values()
    assert public["status"] == "failed" and public["score"] == 0
    assert "<code>mean_response</code> is the median over the trials" in public["output"]
    assert "Your <code>mean_response</code>" in public["output"]
    assert '<img alt="Your mean_response: 90 numbers' in public["output"]
    assert 'src="data:image/png;base64,iVBOR' in public["output"]
    assert hidden["visibility"] == "hidden"
    assert "Right" not in json.dumps(results["tests"]) and "Error at line" not in str(results)


def test_who_fails_again_gets_a_more_direct_hint(hand_in):
    first = hand_in(MEDIAN)
    assert "puts the trials together?" in called(first, "q1")["q1: `mean_response`"]["output"]
    before = {"submission_time": "2026-07-01T14:00:00-07:00", "score": "5.0", "results": first}
    second = hand_in(MEDIAN, previous_submissions=[before])
    told = called(second, "q1")["q1: `mean_response`"]["output"]
    assert "trials.mean(axis=0)" in told
    damaged = {**before, "results": {"extra_data": {container.COUNTS: {"q1": "many"}}}}
    assert hand_in(MEDIAN, previous_submissions=[damaged])["score"] == first["score"]


def test_what_a_second_run_gives_counts_but_is_not_shown_before_the_due_date(hand_in):
    results = hand_in(CARRIED)
    seen = [one for one in results["tests"] if one["visibility"] == "visible"]
    assert sum(one["score"] for one in seen) == 3
    assert results["score"] == points(results) == 5
    carried = results["tests"][-1]
    assert (carried["score"], carried["visibility"]) == (2, "after_due_date")
    assert "q3: Your code is right from here on" in carried["output"]
    nothing = hand_in(RIGHT)["tests"][-1]
    assert (nothing["score"], nothing["visibility"]) == (0, "after_due_date")


def test_what_ends_its_kernel_costs_its_points_and_says_so(hand_in):
    results = hand_in(DYING)
    assert results["score"] == 3 and results["extra_data"]["status"] == "crashed"
    assert "The kernel died" in results["output"]


def test_what_a_student_wrote_is_shown_as_text(hand_in):
    results = hand_in({**RIGHT, "q1-answer": "raise ValueError('<script>alert(1)</script>')"})
    told = called(results, "q1: ")
    assert all("&lt;script&gt;" in one["output"] for one in told.values())
    assert "<script>" not in json.dumps(results)


def test_what_is_no_notebook_gets_no_points_and_a_sentence(root, hand_in):
    for content in (b"", b"{", b"\xff\xfe", b"[1]"):
        (root / "submission" / f"{NAME}.ipynb").write_bytes(content)
        results = hand_in()
        assert results["score"] == points(results) == 0
        assert results["extra_data"]["status"] == "unreadable"
        assert results["extra_data"][container.COUNTS] == {}
        assert "notebook" in results["output"]


def test_nothing_handed_in(root, hand_in):
    (root / "submission" / "essay.pdf").write_bytes(b"%PDF")
    results = hand_in()
    assert results["score"] == 0 and "essay.pdf" in results["output"]


@pytest.mark.parametrize("name", ["My work.ipynb", f"{NAME} (1).ipynb", f"in/here/{NAME}.ipynb"])
def test_a_notebook_of_another_name_is_found(root, hand_in, name):
    (root / "submission" / name).parent.mkdir(parents=True, exist_ok=True)
    assert hand_in(RIGHT, name)["score"] == 8


def test_of_several_notebooks_the_one_of_the_assignments_name_counts(root, hand_in, notebook):
    (root / "submission" / "draft.ipynb").write_text(notebook({}))
    assert hand_in(RIGHT)["score"] == 8
    (root / "submission" / f"{NAME}.ipynb").rename(root / "submission" / "final.ipynb")
    results = hand_in()
    assert results["score"] == 0 and results["extra_data"]["status"] == "refused"
    assert "none of their names says which" in results["output"]


def test_files_beside_the_notebook_are_there(root, hand_in):
    (root / "submission" / "helper.py").write_text("def mean(x): return x.mean(0)")
    answers = {**RIGHT, "q1-answer": "import helper\nmean_response = helper.mean(trials)"}
    assert hand_in(answers)["score"] == 8


def test_late_by_the_due_date_costs_what_the_courses_policy_says(hand_in):
    late = hand_in(RIGHT, created_at="2026-08-01T01:30:00-07:00")
    assert late["score"] == points(late) == 7
    assert "Handed in 2 h 30 min after the due date." in late["output"]
    assert called(late, "Points taken off")
    dates = {**METADATA["assignment"], "due_date": "2026-08-02T23:00:00-07:00"}
    extended = [{**METADATA["users"][0], "assignment": dates}]
    assert hand_in(RIGHT, created_at="2026-08-01T01:30:00-07:00", users=extended)["score"] == 8


def test_metadata_that_cannot_be_read_costs_nobody_anything(root, hand_in):
    assert hand_in(RIGHT, users="?", created_at=3, assignment=None)["score"] == 8
    (root / "submission_metadata.json").write_text("{")
    assert container.grade_container(root)[1]["score"] == 8
    (root / "submission_metadata.json").unlink()
    assert container.grade_container(root)[1]["extra_data"]["student"] == ""


def test_a_group_is_named(hand_in):
    users = [*METADATA["users"], {"email": "bob@example.edu", "id": 5, "name": "Bob"}]
    assert hand_in(RIGHT, users=users)["extra_data"]["student"] == "ada@example.edu+bob@example.edu"


def test_the_graders_own_failure_is_no_zero(root, notebook):
    (root / "submission" / f"{NAME}.ipynb").write_text(notebook(RIGHT))
    expected = root / "source/course/autograder" / NAME / "files/expected.npz"
    expected.write_bytes(expected.read_bytes()[:100])
    (root / "results" / "results.json").write_text('{"score": 3}')
    assert run_autograder(root).returncode
    results = json.loads((root / "results" / "results.json").read_text())
    assert not {"score", "tests"} & results.keys()
    assert "not your doing" in results["output"] and "rerun" in results["output"]


def test_who_was_killed_leaves_no_score(root, notebook):
    (root / "submission" / f"{NAME}.ipynb").write_text(notebook(RIGHT))
    (root / ".venv").unlink()
    (root / ".venv" / "bin").mkdir(parents=True)
    (root / ".venv" / "bin" / "python").write_text("#!/bin/sh\nkill -9 $$\n")
    (root / ".venv" / "bin" / "python").chmod(0o755)
    assert run_autograder(root).returncode
    results = json.loads((root / "results" / "results.json").read_text())
    assert not {"score", "tests"} & results.keys()


@pytest.fixture
def no_isolation(monkeypatch):
    def cannot():
        raise sandbox.NoIsolation("No namespaces here.")

    monkeypatch.setattr(sandbox, "find_bubblewrap", cannot)
    yield
    os.environ.pop(ordinary.VARIABLE, None)


LOOKING = """
from pathlib import Path
def seen(path):
    try:
        return [str(one) for one in path.rglob("*.npz")] + [(path / "x").write_text("x")]
    except OSError:
        return []
found = [one for path in {places} for one in seen(Path(path))]
mean_response = trials.mean(0) if not found else None
"""


@pytest.fixture
def another_user(monkeypatch, root, no_isolation):
    """Let the Python that runs here, or the system's, be one that another user can start."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root can have student code run as another user")
    for folder in root.parents[:-1]:
        if folder.stat().st_uid == os.geteuid():
            folder.chmod(folder.stat().st_mode | 0o055)
    for python in (sys.executable, "/usr/bin/python3.11"):
        monkeypatch.setattr(sys, "executable", python)
        if ordinary.can_start_as(NOBODY):
            return
    pytest.skip("no Python 3.11 here that another user can start")


def test_where_it_cannot_be_isolated_student_code_is_another_user(root, hand_in, another_user):
    places = [str(root / name) for name in ("source", "results")]
    results = hand_in({**RIGHT, "q1-answer": LOOKING.format(places=places)})
    assert results["score"] == 8, results
    assert (root / "source").stat().st_mode & 0o077 == 0


def test_the_command_says_that_nothing_is_isolated(
    root, notebook, no_isolation, typed, monkeypatch
):
    (root / "submission" / f"{NAME}.ipynb").write_text(notebook(RIGHT))
    monkeypatch.setattr(ordinary, "can_start_as", lambda user: False)
    done = typed(root / "source" / "course", "gradescope", root)
    assert done.exit_code == 0 and "Student code was not isolated. No namespaces" in done.output
    assert "it can read the checks" in done.output and "8 of 8 points" in done.output


def test_set_up_fails_where_the_solution_does_not_get_full_marks(root, typed):
    course = root / "source" / "course"
    done = typed(course, "gradescope", root, "--set-up")
    assert done.exit_code == 0 and "The solution gets full marks here." in done.output
    path = course / "source" / NAME / f"{NAME}.ipynb"
    path.write_text(path.read_text().replace("trials.mean(axis=0)", "trials.mean(axis=1)"))
    done = typed(course, "gradescope", root, "--set-up")
    assert done.exit_code == 1 and "q1" in done.output


def test_course_grade_and_otter_give_the_same_score(course, archive, root, hand_in, tmp_path):
    handed_in = {"carried": CARRIED, "median": MEDIAN, "blank": {}}
    for student, answers in handed_in.items():
        (tmp_path / "in" / student).mkdir(parents=True)
        scores = hand_in(answers)["score"]
        shutil.copy(root / "submission" / f"{NAME}.ipynb", tmp_path / "in" / student)
        handed_in[student] = scores
    rows = grade_class(course, NAME, [tmp_path / "in"], out=tmp_path / "out", workers=1)
    assert {row["student"]: row["score"] for row in rows} == handed_in
    for student, score in [*handed_in.items()][:2]:
        (tmp_path / "otter" / student).mkdir(parents=True)
        done = subprocess.run(
            [sys.executable, "-m", "otter", "run", "-a", archive,
             tmp_path / "in" / student / f"{NAME}.ipynb"],
            cwd=tmp_path / "otter" / student, capture_output=True, text=True,
            env={**os.environ, "PYTHONPATH": str(COURSE)},
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        tests = json.loads((tmp_path / "otter" / student / "results.json").read_text())["tests"]
        assert sum(one.get("score", 0) for one in tests) == score, student
