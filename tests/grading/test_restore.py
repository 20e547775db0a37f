"""What was typed into locked cells, and pictures in text, are kept; nothing is gained by it."""

import base64
import json

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.utils import compute_checksum

from visual_coding_course.grading.reading import read_submission
from visual_coding_course.grading.restore import restore_cells
from visual_coding_course.grading.run import grade_class
from visual_coding_course.grading.submission import grade_submission

RIGHT = {"q1-answer": "x = 3", "q2-answer": "def double(n):\n    return n + n"}
TITLE = '# From the locked cell "{}", which was restored:\n'
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(range(100))).decode()
JPEG = base64.b64encode(b"\xff\xd8\xff\xe0" + bytes(range(100))).decode()
GIF = base64.b64encode(b"GIF89a" + bytes(range(100))).decode()


def restored(assignment, content):
    return restore_cells(read_submission(content), assignment.notebook)


def sources(notebook):
    return [cell.source for cell in notebook.cells]


def kept(notebook):
    """What stands in cells of its own because it was typed into locked ones."""
    return [cell for cell in notebook.cells if "note" in cell.metadata.get("course", {})]


SETUP, CHECK = "given = 21", 'grader.check("q1")'
TYPED = {
    "an import added": ("setup", f"{SETUP}\nimport math", "import math"),
    "an import put first": ("setup", f"import math\n{SETUP}", "import math"),
    "a comment with it": ("setup", f"# for q2\nimport math\n{SETUP}", "# for q2\nimport math"),
    "an answer at a check": ("q1", f"x = 3\n{CHECK}", "x = 3"),
    "an answer instead of it": ("q1", "x = 3", "x = 3"),
    "an answer after it": ("q1", f"{CHECK}\nx = 3\nprint(x)", "x = 3\nprint(x)"),
    "on its line": ("q1", f"x = 3; {CHECK}", "x = 3; " + CHECK),
    "a function": (
        "q2",
        "@staticmethod\ndef double(n):\n    return 2 * n\n\ngrader.check('q2')",
        "@staticmethod\ndef double(n):\n    return 2 * n",
    ),
    "magics": ("setup", f"%matplotlib inline\n{SETUP}\n!ls", "%matplotlib inline\n!ls"),
    "a cell's magic": ("q1", f"%%time\nx = 3\n{CHECK}", "x = 3"),
    "a question to Jupyter": ("q1", "x = 3\nx.bit_length?\n" + CHECK, "x = 3\nx.bit_length?"),
    "text": (
        "q1",
        f"my answer is 3\n{CHECK}",
        "# Not run, because it is not Python:\n# my answer is 3",
    ),
    "text around code": (
        "q1",
        f"{CHECK}\nx = 3\nx == = 3",
        "# Not run, because it is not Python:\n# x = 3\n# x == = 3",
    ),
    "a given value": (
        "setup",
        "given = 5\nimport math",
        "import math\n# Not run, because the assignment itself gives given:\n# given = 5",
    ),
    "a given value, deeper": (
        "q1",
        f"if True:\n    a, given = 1, 2\n{CHECK}",
        "# Not run, because the assignment itself gives given:\n# if True:\n#     a, given = 1, 2",
    ),
    "a given value's name in a function": (
        "q1",
        f"def f():\n    given = 1\n{CHECK}",
        "def f():\n    given = 1",
    ),
}


@pytest.mark.parametrize("kind", TYPED)
def test_what_was_typed_into_a_locked_cell_is_kept(assignment, answer, kind):
    grade_id, source, own = TYPED[kind]
    notebook = restored(assignment, answer({**RIGHT, grade_id: source}))
    (cell,) = kept(notebook)
    assert cell.source == TITLE.format(grade_id) + own
    assert f"locked cell {grade_id}" in cell.metadata.course.note
    assert "nbgrader" not in cell.metadata
    nbformat.validate(notebook)
    others = [one for one in notebook.cells if one is not cell]
    expected = restored(assignment, answer(RIGHT))
    assert [one.source for one in others] == sources(expected)
    place = notebook.cells.index(cell)
    neighbour = notebook.cells[place + (1 if grade_id.startswith("q") else -1)]
    assert neighbour.metadata.nbgrader.grade_id == grade_id


UNTYPED = {
    "nothing": ("q1", CHECK),
    "blanks": ("q1", f"\n{CHECK}  \n\n"),
    "other quotes": ("q1", "grader.check('q1')"),
    "a comment": ("q1", f"# now check\n{CHECK}"),
    "all taken out": ("q1", ""),
    "points": ("q1", "10.0"),
    "another check": ("q1", 'grader.check("q2")'),
    "a text in quotes": ("setup", f'"""Mine."""\n{SETUP}'),
    "laid out anew": ("setup", "given=21"),
}


@pytest.mark.parametrize("kind", UNTYPED)
def test_what_says_nothing_is_not_kept(assignment, answer, kind):
    grade_id, source = UNTYPED[kind]
    notebook = restored(assignment, answer({**RIGHT, grade_id: source}))
    assert sources(notebook) == sources(restored(assignment, answer(RIGHT)))
    assert kept(notebook) == []


def test_restoring_again_changes_nothing(assignment, answer):
    once = restored(assignment, answer({"setup": "import math", "q1": "x = 3", "q2": "y = 1"}))
    again = restore_cells(once, assignment.notebook)
    assert again == once
    assert sources(restored(assignment, nbformat.writes(once).encode())) == sources(once)


def test_answers_typed_into_locked_cells_earn_their_points(assignment, answer):
    double = "from operator import mul\ndouble = lambda n: mul(n, 2)"
    content = answer({"setup": f"import math\n{SETUP}", "q1": f"x = math.gcd(3, 6)\n{CHECK}",
                      "q2": double})  # fmt: skip
    graded = grade_submission(assignment, content)
    assert (graded.status, graded.score) == ("graded", 7)


FAKES = {
    "another grader": ("setup", f"{SETUP}\nclass grader:\n    check = print\n"),
    "another given value": ("setup", "given = 0"),
    "another given value later": ("q1", f"given = 0\n{CHECK}"),
    "points": ("q2", "10.0"),
    "a check of one's own": ("q2", "print('q2 passed: 4 of 4 points')\n4.0"),
    "an end": ("q1", "raise SystemExit"),
}


@pytest.mark.parametrize("kind", FAKES)
def test_nothing_is_gained_in_a_locked_cell(assignment, answer, kind):
    grade_id, source = FAKES[kind]
    wrong = {"q1-answer": "x = 3", "q2-answer": "def double(n):\n    return 0"}
    graded = grade_submission(assignment, answer({**wrong, grade_id: source}))
    assert (graded.status, graded.score) == ("graded", 3)


def locked_text(text, **more):
    cell = nbformat.v4.new_markdown_cell(text, id="task", **more)
    cell.metadata["nbgrader"] = {"grade_id": "task", "locked": True, "grade": False,
                                 "solution": False, "schema_version": 3}  # fmt: skip
    return cell


def written(text, **more):
    """A cell for a written answer."""
    cell = nbformat.v4.new_markdown_cell(text, id="q3", **more)
    cell.metadata["nbgrader"] = {"grade_id": "q3", "locked": False, "grade": True, "points": 5,
                                 "solution": True, "schema_version": 3, "task": False}  # fmt: skip
    return cell


@pytest.fixture
def essay(source_notebook):
    """A notebook with a locked text, and a cell for a written answer."""
    source_notebook.cells += [locked_text("## Write\n\nWhat stays?"), written("*Here.*")]
    return source_notebook


def as_handed_in(notebook, change):
    handed_in = json.loads(nbformat.writes(notebook))
    change(handed_in["cells"][-2], handed_in["cells"][-1])
    return json.dumps(handed_in).encode()


def test_what_was_typed_into_a_locked_text_is_kept(essay):
    def change(task, answer):
        task["source"] = "## Write\n\nWhat stays? \n\nThe peak\nand the dip."

    notebook = restore_cells(read_submission(as_handed_in(essay, change)), essay)
    task, own, _ = notebook.cells[-3:]
    assert task.source == "## Write\n\nWhat stays?"
    title = '*From the locked cell "task", which was restored:*\n\n'
    assert own.source == f"{title}The peak\nand the dip."
    assert own.cell_type == "markdown" and "locked cell task" in own.metadata.course.note


def of_earlier_release(cell, source):
    """Make a released cell what an earlier build handed out, with nbgrader's checksum of it."""
    cell.source = source
    cell.metadata.nbgrader.checksum = compute_checksum(cell)


def test_a_locked_cell_of_an_earlier_release_is_told_from_what_a_student_typed(assignment, answer):
    def change(notebook):
        of_earlier_release(notebook.cells[0], f"import math\n{SETUP}")

    (cell,) = kept(restored(assignment, answer(RIGHT, change)))
    assert cell.source == '# From the locked cell "setup" of an earlier release:\nimport math'
    assert "Nothing was wrong" in cell.metadata.course.note

    def and_typed(notebook):
        change(notebook)
        notebook.cells[0].source += "\nimport cmath"

    (cell,) = kept(restored(assignment, answer(RIGHT, and_typed)))
    assert cell.source == TITLE.format("setup") + "import math\nimport cmath"


def check_of_q1(notebook):
    tags = [cell.metadata.get("nbgrader", {}) for cell in notebook.cells]
    return notebook.cells[[one.get("grade_id") for one in tags].index("q1")]


def test_a_check_that_said_its_points_in_an_earlier_release_was_not_typed_into(assignment, answer):
    def change(notebook):
        cell = check_of_q1(notebook)
        cell.metadata.nbgrader.points += 1
        of_earlier_release(cell, f"print('4 points')\n{CHECK}")

    (cell,) = kept(restored(assignment, answer(RIGHT, change)))
    assert "of an earlier release" in cell.source
    assert "Nothing was wrong" in cell.metadata.course.note


@pytest.mark.parametrize("points", ["1", None, -1, 1e300, 10**400, float("nan"), [1], {"a": 1}])
def test_points_that_no_release_gives_are_passed_over(assignment, answer, points):
    def change(notebook):
        cell = check_of_q1(notebook)
        cell.metadata.nbgrader.points = points
        cell.source = f"print('4 points')\n{CHECK}"

    (cell,) = kept(restored(assignment, answer(RIGHT, change)))
    assert cell.source.startswith(TITLE.format("q1"))


def test_nothing_is_kept_of_the_prose_of_an_earlier_release(essay):
    task = essay.cells[-2].source
    of_earlier_release(essay.cells[-2], "## Write\n\nWhat remains?")
    released = nbformat.from_dict(essay)
    released.cells[-2] = nbformat.from_dict({**essay.cells[-2], "source": task})
    notebook = restore_cells(read_submission(nbformat.writes(essay).encode()), released)
    assert notebook.cells[-2].source == task and kept(notebook) == []


@pytest.mark.parametrize("tags", [{"checksum": 1}, {"checksum": "x", "grade": True}])
def test_tags_that_no_release_writes_make_no_earlier_release(assignment, answer, tags):
    def change(notebook):
        notebook.cells[0].source += "\nimport math"
        notebook.cells[0].metadata.nbgrader.update(tags)

    (cell,) = kept(restored(assignment, answer(RIGHT, change)))
    assert cell.source == TITLE.format("setup") + "import math"


def test_code_that_became_text_is_kept_as_text(assignment, answer):
    def change(notebook):
        notebook.cells[2] = nbformat.v4.new_markdown_cell(
            f"{CHECK}\nIt is 3.", metadata=notebook.cells[2].metadata
        )

    (cell,) = kept(restored(assignment, answer(RIGHT, change)))
    assert cell.cell_type == "markdown" and cell.source.endswith("\n\nIt is 3.")


def paste(name, data, text=None):
    def change(task, answer):
        answer["source"] = text or f"See ![{name}](attachment:{name})."
        answer["attachments"] = {name: data}

    return change


PICTURES = {
    "a PNG": ("image.png", {"image/png": PNG}, {"image/png": PNG}),
    "a JPEG": ("8d1d-4f.jpg", {"image/jpeg": JPEG}, {"image/jpeg": JPEG}),
    "a GIF": ("a.gif", {"image/gif": GIF}, {"image/gif": GIF}),
    "in lines": ("a.png", {"image/png": [PNG[:8], "\n", PNG[8:]]}, {"image/png": PNG}),
    "with others": (
        "a.png",
        {"image/svg+xml": "<svg/>", "image/png": PNG, "text/html": "<b>"},
        {"image/png": PNG},
    ),
}


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_in_a_written_answer_is_kept(essay, kind):
    name, data, expected = PICTURES[kind]
    notebook = restore_cells(read_submission(as_handed_in(essay, paste(name, data))), essay)
    assert notebook.cells[-1].attachments == {name: expected}
    assert "course" not in notebook.cells[-1].metadata
    nbformat.validate(notebook)


NO_PICTURES = {
    "svg": {"image/svg+xml": "PHN2Zy8+"},
    "html": {"text/html": "<script>"},
    "another kind than it says": {"image/png": JPEG},
    "no base 64": {"image/png": f"{PNG}\" onload='alert(1)'"},
    "a number": {"image/png": 5},
    "a list of numbers": {"image/png": [5]},
    "too large": {"image/png": PNG[:12] + "A" * (8 * 2**20)},
    "nothing": {},
    "null": None,
    "a text": "image/png",
}


@pytest.mark.parametrize("kind", NO_PICTURES)
def test_what_is_no_picture_is_left_out_and_told(essay, kind):
    notebook = restore_cells(
        read_submission(as_handed_in(essay, paste("a.png", NO_PICTURES[kind]))), essay
    )
    cell = notebook.cells[-1]
    assert len(json.dumps(cell.attachments)) < 500 and set(cell.attachments) == {"a.png"}
    assert "Not shown: a.png" in cell.metadata.course.note
    nbformat.validate(notebook)


def test_of_many_pictures_some_are_kept(essay):
    def change(task, answer):
        large = PNG[:12] + "A" * (4 * 2**20)
        names = [f"{number}.png" for number in range(6)]
        answer["source"] = " ".join(f"![](attachment:{name})" for name in names)
        answer["attachments"] = {name: {"image/png": large} for name in names}

    cell = restore_cells(read_submission(as_handed_in(essay, change)), essay).cells[-1]
    assert sum(len(data["image/png"]) for data in cell.attachments.values()) < 11 * 2**20
    assert "Not shown: 2.png, 3.png, 4.png, 5.png." in cell.metadata.course.note


NAMES = {
    "my%20picture.png": "my picture.png",
    "my picture.png": "my%20picture.png",
    "gr%C3%B6%C3%9Fe.png": "größe.png",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_found_by_its_name_however_it_is_written(essay, name):
    text = f"![](attachment:{NAMES[name].replace(' ', '%20')})"
    notebook = restore_cells(
        read_submission(as_handed_in(essay, paste(name, {"image/png": PNG}, text))), essay
    )
    html = nbconverted(notebook)
    assert PNG in html


def nbconverted(notebook):
    from nbconvert import HTMLExporter

    return HTMLExporter(template_name="basic").from_notebook_node(notebook)[0]


@pytest.mark.parametrize(
    "text",
    [
        "![](attachment:gone.png)",
        '<img src="attachment:gone.png">',
        "![a][b]\n\n[b]: attachment:gone.png",
        "![](<attachment:gone%20away.png> 'title')",
        "![](attachment:a&amp;b.png)",
    ],
)
def test_a_picture_that_is_not_there_costs_nothing(essay, text):
    def change(task, answer):
        answer["source"] = f"An answer. {text}"

    notebook = restore_cells(read_submission(as_handed_in(essay, change)), essay)
    assert "An answer." in nbconverted(notebook)
    assert "Not in the notebook: " in notebook.cells[-1].metadata.course.note


def test_an_answer_with_a_picture_is_recorded(tmp_path, build_course, essay):
    course, folder = build_course(tmp_path / "course"), tmp_path / "handed in"
    folder.mkdir()
    text = "See ![image.png](attachment:image.png) and ![](attachment:gone.png)."
    change = paste("image.png", {"image/png": PNG}, text)
    (folder / "ada.ipynb").write_bytes(as_handed_in(essay, change))
    (row,) = grade_class(course, "tiny", [folder], workers=1)
    assert (row["status"], row["message"]) == ("graded", None)
    graded = nbformat.read(course / "autograded/ada/tiny/tiny.ipynb", as_version=4)
    assert graded.cells[-1].attachments["image.png"] == {"image/png": PNG}
    assert PNG in nbconverted(graded)
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        assert gradebook.find_grade("q3", "tiny", "tiny", "ada").needs_manual_grade


def test_the_page_says_what_was_moved_and_what_is_not_shown(tmp_path, build_course, essay):
    course, folder = build_course(tmp_path / "course"), tmp_path / "handed in"
    folder.mkdir()
    essay.cells[0].source += "\nimport math"
    change = paste("a.svg", {"image/svg+xml": "<svg/>"})
    (folder / "ada.ipynb").write_bytes(as_handed_in(essay, change))
    grade_class(course, "tiny", [folder], workers=1)
    page = (course / "feedback/ada/tiny/tiny.html").read_text()
    assert "This was typed into the locked cell setup, which was restored." in page
    assert "Not shown: a.svg." in page
    graded = nbformat.read(course / "autograded/ada/tiny/tiny.ipynb", as_version=4)
    assert len(kept(graded)) == 2


def test_each_cell_has_an_id_of_its_own(assignment, answer):
    def change(notebook):
        own = nbformat.v4.new_code_cell("y = 1", id="q2")
        notebook.cells = [own, *notebook.cells[:-1]]

    notebook = restored(assignment, answer({**RIGHT, "q1": "x = 3", "setup": "y = 2"}, change))
    names = [cell.id for cell in notebook.cells]
    assert len(set(names)) == len(names)
    nbformat.validate(notebook)
