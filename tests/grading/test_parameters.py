"""Students with parameters of their own: handed out once, graded each for theirs."""

import json
import re
import shutil
import zipfile
from pathlib import Path

import nbformat
import pytest

from visual_coding_course import Notebook
from visual_coding_course.assignment import load_assignment
from visual_coding_course.assignment.build import build, differing
from visual_coding_course.assignment.parameters import for_students, parameters_cell
from visual_coding_course.commands.learn import working_copy
from visual_coding_course.commands.progress import feedback_text
from visual_coding_course.grading import container
from visual_coding_course.grading.parameters import (
    about,
    about_typed,
    made_in,
    of_notebook,
    written_down,
)
from visual_coding_course.grading.run import grade_class
from visual_coding_course.grading.submission import grade_submission
from visual_coding_course.grading.submissions import Submission
from visual_coding_course.inside.copies import read_kept, write_copies
from visual_coding_course.notebook.grader import EXPECTED_FILE
from visual_coding_course.notebook.solution import SOLUTION_FILE
from visual_coding_course.shared.chosen import CannotMake, choose

from .conftest import code

COURSE = Path(__file__).resolve().parents[2]
POOL = [3, 5, 8, 13]
CASE = """
OK_FORMAT = False
name = "{0}"

from otter.test_files import test_case
from visual_coding_course.checking import NotAttempted


@test_case(points=2, hidden=True)
def is_right({1}, n, expected):
    if {1} is None or {1} is ...:
        raise NotAttempted("`{1}` is still blank.")
    assert n == expected.n
    assert {1} == expected.{1}, "`{1}` is not right."
"""
STEPS = """
from visual_coding_course.checking import step
from visual_coding_course.checking.forms import number


@step(answer="double", form=number())
def double(n):
    return 2 * n


@step(answer="square", form=number())
def square(double):
    return double**2
"""
RULES = f"""
def rule(way):
    return {POOL}


POOLS, NUMBERS = {{"n": rule}}, lambda way: {{"twice": way.double}}
"""
SETTINGS = 'title = "Tiny"\n[parameters.n]\nchoose = "for_each_student"\n'


@pytest.fixture
def source():
    parameters = code("n = 3", "parameters", locked=True)
    parameters.metadata["tags"] = ["parameters"]
    cells = [
        code("import math", "setup", locked=True),
        parameters,
        code("double = 2 * n  # SOLUTION", "q1-answer", solution=True),
        code('grader.check("q1")', "q1", grade=True, locked=True, points=0),
        code("square = double**2  # SOLUTION", "q2-answer", solution=True),
        code('grader.check("q2")', "q2", grade=True, locked=True, points=0),
    ]
    return nbformat.v4.new_notebook(cells=cells)


@pytest.fixture
def course(tmp_path, source):
    """A course whose only assignment has been built, with a pool."""
    folder = tmp_path / "source" / "tiny"
    (folder / "tests").mkdir(parents=True)
    nbformat.write(source, folder / "tiny.ipynb")
    (folder / "assignment.toml").write_text(SETTINGS)
    (folder / "parameters.py").write_text(RULES)
    (folder / "steps.py").write_text(STEPS)
    for question, asked in (("q1", "double"), ("q2", "square")):
        (folder / "tests" / f"{question}_{asked}.py").write_text(CASE.format(question, asked))
    built = tmp_path / "autograder" / "tiny"
    (built / "files").mkdir(parents=True)
    (built / "files" / "expected.npz").write_bytes(
        write_copies({"n": 3, "double": 6, "square": 36})
    )
    (built / "parameters.json").write_text(json.dumps({"n": POOL}))
    (tmp_path / "nbgrader_config.py").write_text("")
    return tmp_path


@pytest.fixture
def hand_in(tmp_path, source):
    """Fill in the notebook that everybody got, and hand it in under a student's name."""

    def write(student, typed, double="2 * n", square="double**2", more=""):
        notebook = for_students(source, ["n"])
        cell = parameters_cell(notebook)
        _, *rest = cell.source.splitlines()
        cell.source = "\n".join([f"student = {typed!r}", *rest, more]).strip()
        for cell in notebook.cells:
            name = cell.metadata.nbgrader.grade_id
            if name.endswith("-answer"):
                cell.source = f"double = {double}" if name == "q1-answer" else f"square = {square}"
        path = tmp_path / "handed in" / f"{student}.ipynb"
        path.parent.mkdir(exist_ok=True)
        nbformat.write(notebook, path)
        return path

    return write


def another(student):
    """The name of somebody who has another value."""
    own = choose(student, "n", POOL)
    return next(one for one in "abcdefgh" if choose(one, "n", POOL) != own)


def page_of(out, student):
    return (out / "feedback" / student / "tiny" / "tiny.html").read_text()


def test_a_class_is_graded_each_for_their_own(course, hand_in, tmp_path):
    neighbour = another("cy")
    own = {one: choose(one, "n", POOL) for one in ("ada", "bob", "cy", "dan", neighbour)}
    theirs = choose(neighbour, "n", POOL)
    hand_in("ada", "Ada")
    hand_in("bob", "bob", double="3 * n")
    hand_in("cy", "cy", double=str(2 * theirs), square=str(4 * theirs**2))
    typed = another("dan")
    hand_in("dan", typed, more="n = 13")
    out = tmp_path / "results"

    hand_in(neighbour, neighbour)
    told = []
    rows = grade_class(
        course, "tiny", [tmp_path / "handed in"], out=out, workers=1, tell=told.append
    )

    got = {row["student"]: row for row in rows}
    assert {one: got[one]["parameters"] for one in got} == {
        one: {"n": value} for one, value in own.items()
    }
    # What follows from bob's mistake is right; what cy took over is not.
    assert {one: got[one]["score"] for one in got} == {
        "ada": 4, "bob": 2, "cy": 0, "dan": 4, neighbour: 4
    }  # fmt: skip
    assert [row["status"] for row in rows] == ["graded"] * 5
    assert {one: got[one]["fits"] for one in got if got[one]["fits"]} == {
        "cy": {"q1": {"n": theirs}, "q2": {"n": theirs}}
    }
    (sentence,) = told
    assert "cy: the wrong answers to q1, q2 fit n" in sentence and neighbour in sentence
    assert "fit n" not in page_of(out, "cy")
    table = (out / "numbers-tiny.csv").read_text().splitlines()
    assert table[0] == "student,n,twice"
    assert table[1:] == sorted(f"{one},{n},{2 * n}" for one, n in own.items())
    assert "which is yours" not in page_of(out, "ada")
    assert "which is yours" in page_of(out, "dan")
    assert json.loads((out / "parameters.json").read_text())["tiny"]["cy"] == {"n": own["cy"]}
    kept = sorted(path.name.split("-")[1] for path in made_in(course, "tiny").glob("*.zip"))
    assert kept == sorted({str(value) for value in own.values() if value != 3})


def test_what_is_written_down_stays_whatever_the_pool_is(course, tmp_path):
    assignment = load_assignment(course, "tiny")
    students = [Submission(f"s{n}", tmp_path / f"s{n}.ipynb") for n in range(9)]
    before = written_down(tmp_path, assignment, students)
    (course / "autograder" / "tiny" / "parameters.json").write_text(json.dumps({"n": [21, 34]}))
    later = load_assignment(course, "tiny")
    new = Submission("new", tmp_path / "new.ipynb")
    again = written_down(tmp_path, later, [*students, new])
    assert again[:-1] == before
    assert dict(again[-1].parameters)["n"] in (21, 34)


def test_a_damaged_record_of_whose_is_which_is_told(course, tmp_path):
    (tmp_path / "parameters.json").write_text("{")
    with pytest.raises(OSError, match="repair it"):
        written_down(tmp_path, load_assignment(course, "tiny"), [])


def test_what_is_right_is_made_once_and_kept_whole(course, monkeypatch):
    from visual_coding_course.grading import parameters

    assignment = load_assignment(course, "tiny")
    folder = made_in(course, "tiny")
    made = about(assignment, {"n": 13}, folder, isolated=False)
    monkeypatch.setattr(parameters, "_made", None)  # cannot be made again
    monkeypatch.setattr(parameters, "_known", {})
    again = about(assignment, {"n": 13}, folder, isolated=False)
    assert (again.expected, again.carried) == (made.expected, made.carried)
    assert again.carried
    assert about(assignment, {"n": 3}, folder, isolated=False) is assignment


def test_what_cannot_be_made_is_nobodys_zero(course, source, hand_in, tmp_path):
    source.cells[2].source = "double = {3: 6}[n]  # SOLUTION"
    nbformat.write(source, course / "source" / "tiny" / "tiny.ipynb")
    student = next(one for one in "abcdefgh" if choose(one, "n", POOL) != 3)
    hand_in(student, student)
    out = tmp_path / "results"
    (row,) = grade_class(course, "tiny", [tmp_path / "handed in"], out=out, workers=1)
    assert (row["status"], row["score"]) == ("not_graded", None)
    n = choose(student, "n", POOL)
    fails = f"For `n` {n}: The solution notebook fails in cell 3 with KeyError: {n}"
    assert row["reasons"] == [fails]  # a sentence, and no code


def test_a_single_notebook_is_checked_for_the_id_that_was_typed(course, hand_in):
    assignment = load_assignment(course, "tiny")
    student = next(one for one in "abcdefgh" if choose(one, "n", POOL) != 3)
    content = hand_in("whoever", student).read_bytes()
    own = of_notebook(assignment, content)
    assert own == {"n": choose(student, "n", POOL)}
    own = about(assignment, own, made_in(course, "tiny"), isolated=False)
    assert grade_submission(own, content, isolated=False).score == 4
    assert of_notebook(assignment, b"{}") == {}


def test_a_notebook_without_an_id_is_said_to_be_about_what_is_nobodys(course, hand_in):
    assignment = load_assignment(course, "tiny")
    content = hand_in("whoever", "").read_bytes()

    checked = about_typed(course, assignment, content, isolated=False)
    graded = grade_submission(checked, content, isolated=False)

    (note,) = re.findall("No id was typed.*", feedback_text(graded))
    assert "`n` 3, which is the assignment's own" in note and "yours:" not in note


@pytest.fixture
def to_build(course):
    """The course, with all that a build needs."""
    shutil.copytree(
        COURSE / "visual_coding_course",
        course / "visual_coding_course",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    for name in ("nbgrader_config.py", "pyproject.toml", "requirements.lock", "LICENSE"):
        shutil.copy(COURSE / name, course / name)
    (course / "source" / "tiny" / "README.md").write_text("Open tiny.ipynb.")
    return course


def test_one_release_is_built_for_all(to_build, tmp_path):
    course = to_build
    said = []

    build(course, "tiny", grade_submission, said.append)

    assert f"pool of n, 4 values: {', '.join(map(str, POOL))}" in said
    release = course / "release" / "tiny"
    assert json.loads((release / "parameters.json").read_text()) == {"n": POOL}
    with zipfile.ZipFile(course / "release" / "tiny.zip") as archive:
        assert "tiny/parameters.json" in archive.namelist()
    notebook = nbformat.read(release / "tiny.ipynb", as_version=4)
    cell = parameters_cell(notebook)
    assert 'n = grader.parameter("n", student)' in cell.source
    assert cell.metadata.get("editable", True)
    assert differing(course, "tiny") == []
    assert load_assignment(course, "tiny").pools == {"n": POOL}


def test_in_gradescopes_container_the_value_is_that_of_whom_gradescope_names(
    to_build, hand_in, tmp_path
):
    build(to_build, "tiny", grade_submission)
    root = tmp_path / "autograder-root"
    (root / "submission").mkdir(parents=True)
    with zipfile.ZipFile(to_build / "autograder" / "tiny" / "autograder.zip") as archive:
        archive.extractall(root / "source")
    users = [{"email": "ada@uni.example", "id": 7, "name": "Ada Lovelace"}]
    (root / "submission_metadata.json").write_text(json.dumps({"users": users}))
    email = choose("ada@uni.example", "n", POOL)

    assert container.set_up(root, lambda text: None) == {}
    made = root / "source" / "course" / "autograder" / "tiny" / "parameters"
    assert len(list(made.glob("*.zip"))) == len(POOL) - 1
    neighbour = next(one for one in "abcdefgh" if choose(one, "n", POOL) != email)
    for typed, value in {
        "ADA@uni.example ": email, "ada": choose("ada", "n", POOL), neighbour: email,
    }.items():  # fmt: skip
        path = hand_in("ada", typed, f"{2 * value}", f"{4 * value**2}")
        shutil.copy(path, root / "submission" / "tiny.ipynb")
        graded, results, _ = container.grade_container(root)
        assert results["score"] == 4, typed
        assert ("which is yours" in results["output"]) == (typed == neighbour)


def test_on_ones_own_a_new_copy_has_the_students_value(to_build, tmp_path, monkeypatch):
    build(to_build, "tiny", grade_submission)
    student = another("nobody")
    value = choose(student, "n", POOL)
    folder = tmp_path / "learn"

    notebook = nbformat.read(working_copy(to_build, "tiny", folder, student), as_version=4)

    assert parameters_cell(notebook).source == f"n = {value}"
    assert read_kept((folder / EXPECTED_FILE).read_bytes())["double"] == 2 * value
    solution = (folder / SOLUTION_FILE).read_bytes()
    assert f"n = {value}".encode() in solution
    monkeypatch.chdir(folder)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    result = Notebook().check("q1", {"n": value, "double": 2 * value})
    assert "passed" in repr(result)
    # The copy tells the next time, whoever calls.
    working_copy(to_build, "tiny", folder)
    assert (folder / SOLUTION_FILE).read_bytes() == solution
    with pytest.raises(CannotMake, match="is about `n`"):
        working_copy(to_build, "tiny", folder, another(student))


CLASS = {
    "right": (14, {}, 4, {}),
    "wrong": (3, {"double": "3 * n"}, 2, {}),
    "a neighbour's": (3, {"double": "{two}", "square": "{four}"}, 0, {"q1", "q2"}),
}


def test_a_class_of_twenty_is_built_for_listed_graded_and_reported(
    to_build, hand_in, typed, tmp_path
):
    """By commands alone. Half of them hand in under the e-mail address that the class list has."""
    ways = [way for way, (many, *_) in CLASS.items() for _ in range(many)]
    people = {f"s{number:02d}": way for number, way in enumerate(ways)}
    own = {one: choose(one, "n", POOL) for one in people}
    lines = [f"{one},First{one},Last{one},{one}@uni.example" for one in people]
    listed = tmp_path / "class.csv"
    listed.write_text("\n".join(["id,first_name,last_name,email", *lines]))
    for number, (one, way) in enumerate(people.items()):
        other = next(n for n in POOL if n != own[one])
        numbers = {"two": 2 * other, "four": 4 * other**2}
        answers = {name: text.format(**numbers) for name, text in CLASS[way][1].items()}
        hand_in(f"{one}@uni.example" if number % 2 else one, one, **answers)

    results = [
        typed(to_build, "build", "tiny"),
        typed(to_build, "students", listed, "--results", "out"),
        typed(to_build, "grade", "tiny", "handed in", "--out", "out", "--workers", 1),
        typed(to_build, "report", "tiny", "--results", "out"),
    ]

    assert [one.exit_code for one in results] == [0] * 4, [one.output for one in results]
    out = to_build / "out"
    files = ["grades.csv", "results.jsonl", "numbers-tiny.csv", "parameters.json", "gradebook.db"]
    assert f"{', '.join(files)}, autograded/, feedback/" in results[2].output
    assert all((out / file).is_file() for file in files)
    rows = [json.loads(line) for line in (out / "results.jsonl").read_text().splitlines()]
    assert {row["student"]: row["parameters"]["n"] for row in rows} == own
    assert {row["student"]: row["score"] for row in rows} == {
        one: CLASS[way][2] for one, way in people.items()
    }
    assert {row["student"]: {*row["fits"]} for row in rows} == {
        one: {*CLASS[way][3]} for one, way in people.items()
    }
    report = (to_build / "report" / "tiny.html").read_text()
    used = sorted({*own.values()})
    (picture,) = re.findall(r'alt="(Strips of dots[^"]*)"', report)
    assert f"for each n. twice: {len(used)} from {2 * used[0]} to {2 * used[-1]}," in picture
    right = {own[one] for one, way in people.items() if way == "right"}
    assert f"all right ({len(right)} of {len(used)})" in report
    for one, way in people.items():
        assert (f"{one}: the wrong answers" in results[2].output) == bool(CLASS[way][3])
        assert "which is yours" not in page_of(out, one)
        assert f"Last{one}" in report


LIST = """Student,ID,SIS User ID,SIS Login ID,Section
"Doe, Jane",4711,A-17,jane,One
"Roe, Rick",4712,A-18,rick,One
"""


def test_whichever_of_their_ids_a_student_types_it_is_the_same_students(
    to_build, hand_in, typed, tmp_path, monkeypatch, capsys
):
    (tmp_path / "canvas.csv").write_text(LIST)
    release = to_build / "release" / "tiny"

    results = [typed(to_build, "build", "tiny"), typed(to_build, "students", "canvas.csv")]

    assert [one.exit_code for one in results] == [0, 0], [one.output for one in results]
    assert "tiny: each student's parameters are now found by any" in results[1].output
    assert "release it again" not in typed(to_build, "students", "canvas.csv").output
    told = (release / "class.json").read_text()
    assert not any(name in told for name in ("jane", "Jane", "4711", "A-17"))
    with zipfile.ZipFile(to_build / "release" / "tiny.zip") as archive:
        assert archive.read("tiny/class.json").decode() == told
    with zipfile.ZipFile(to_build / "autograder" / "tiny" / "autograder.zip") as archive:
        assert archive.read("course/autograder/tiny/class.json").decode() == told
    assert differing(to_build, "tiny") == []

    monkeypatch.chdir(release)
    grader = Notebook()
    ids = {"jane": ["jane", " Jane", "4711", "a-17"], "rick": ["rick", 4712, "A-18"]}
    own = {who: {grader.parameter("n", one) for one in many} for who, many in ids.items()}
    (student,) = {len(values) for values in own.values()}
    assert student == 1 and "not in the list" not in capsys.readouterr().out
    grader.parameter("n", "jnae")
    assert "not in the list of your class" in capsys.readouterr().out

    # Recorded under one id, typed another: what the notebook showed is what is graded.
    hand_in("jane", "4711")
    rick = hand_in("rick", "A-18")
    rick.rename(rick.with_name("roerick_4712_99_tiny.ipynb"))
    told = []
    rows = grade_class(to_build, "tiny", [tmp_path / "handed in"], workers=1, tell=told.append)
    got = {row["student"]: row for row in rows}
    assert {one: {got[one]["parameters"]["n"]} for one in got} == own
    assert {got[one]["score"] for one in got} == {4}
    for one in ids:
        assert "which is yours" not in page_of(to_build, one)

    # Another build, and another pool, leave those who were told with what they have.
    (to_build / "source" / "tiny" / "parameters.py").write_text(RULES.replace(str(POOL), "[21]"))
    assert typed(to_build, "build", "tiny").exit_code == 0
    again = Notebook()
    assert {who: {again.parameter("n", one) for one in many} for who, many in ids.items()} == own
    assert again.parameter("n", "somebody") == 21


def test_without_its_pool_nobody_is_graded(course):
    (course / "autograder" / "tiny" / "parameters.json").unlink()
    with pytest.raises(FileNotFoundError, match="course build"):
        load_assignment(course, "tiny")
