"""A written answer is found where the student wrote it, is shown, and waits for a person."""

import base64
import csv
import json

import nbformat
import pytest
from nbgrader.api import Gradebook

from visual_coding_course.assignment.released import WRITTEN_ANSWER_PROMPT
from visual_coding_course.grading.reading import read_submission
from visual_coding_course.grading.restore import restore_cells
from visual_coding_course.grading.run import grade_class

TEXT = "The peak stays where it was, and the dip moves by a second."
PROMPT, TASK, END = (
    WRITTEN_ANSWER_PROMPT,
    "## Write\n\nWhat stays?\n\nAnd why?",
    "That is all.",
)
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(range(100))).decode()
RIGHT = {"q1-answer": "x = 3", "q2-answer": "def double(n):\n    return n + n"}


def markdown(text, name, **tags):
    cell = nbformat.v4.new_markdown_cell(text, id=name)
    if tags:
        cell.metadata["nbgrader"] = {"grade_id": name, "schema_version": 3, "task": False,
                                     "locked": False, **tags}  # fmt: skip
    return cell


def written(name, text=PROMPT):
    return markdown(text, name, grade=True, solution=True, points=5)


@pytest.fixture
def essay(source_notebook):
    """A source notebook with a question that is answered in words, after those in code."""
    source_notebook.cells += [markdown(TASK, "q3-text"), written("q3"), markdown(END, "end")]
    return source_notebook


@pytest.fixture
def released(essay):
    return nbformat.reads(nbformat.writes(essay), as_version=4)


def own(text, kind="markdown", **more):
    return {"cell_type": kind, "id": "own", "metadata": {}, "source": text, **more}


def at(cells, name):
    return next(n for n, cell in enumerate(cells) if cell["id"] == name)


def insert(after, cell):
    return lambda cells: cells.insert(at(cells, after) + 1, cell)


def replace(cell):
    def change(cells):
        cells[at(cells, "q3")] = cell

    return change


def in_prompt(text, **more):
    return lambda cells: cells[at(cells, "q3")].update(source=text, **more)


def strip(cells):
    """Do as an editor that keeps neither metadata nor ids."""
    in_prompt(TEXT)(cells)
    for cell in cells:
        cell["metadata"] = {}
        del cell["id"]


def strip_blank(cells):
    strip(cells)
    cells[-2]["source"] = PROMPT


def both(*changes):
    return lambda cells: [change(cells) for change in changes]


FOUND = {
    "in its cell": in_prompt(TEXT),
    "below it": insert("q3", own(TEXT)),
    "above it": insert("q3-text", own(TEXT)),
    "above the task": insert("q2", own(TEXT)),
    "at the end": insert("end", own(TEXT)),
    "in a cell that replaced it": replace(own(TEXT)),
    "in a raw cell": replace(own(TEXT, "raw")),
    "in a code cell": insert("q3", own(TEXT, "code", outputs=[], execution_count=None)),
    "in its cell, turned into code": in_prompt(
        TEXT, cell_type="code", outputs=[], execution_count=None
    ),
    "where metadata and ids are lost": strip,
    "in a copy of its cell": lambda cells: cells.insert(
        at(cells, "q3"), {**cells[at(cells, "q3")], "id": "copy", "source": TEXT}
    ),
    "in the task": lambda cells: cells[at(cells, "q3-text")].update(source=f"{TASK}\n\n{TEXT}"),
    "in the task, its cell deleted": both(
        lambda cells: cells[at(cells, "q3-text")].update(source=f"{TASK}\n{TEXT}"),
        lambda cells: cells.pop(at(cells, "q3")),
    ),
    "in an emptied cell's neighbour": both(in_prompt(" \n"), insert("q3", own(TEXT))),
}
NOT_FOUND = {
    "untouched": lambda cells: None,
    "emptied": in_prompt(" \n\n"),
    "deleted": lambda cells: cells.pop(at(cells, "q3")),
    "where metadata and ids are lost": strip_blank,
    "notes to another question": insert("q1-answer", own(TEXT)),
    "code below": insert("q3", own("a_name = 3\nprint(a_name)", "code", outputs=[])),
    "a typing error below": insert("q3", own("y = [1, 2", "code", outputs=[])),
    "an empty cell below": insert("q3", own(" ")),
    "a word in the task": lambda cells: cells[at(cells, "q3-text")].update(source=f"{TASK} Now."),
}


def handed_in(essay, change):
    data = json.loads(nbformat.writes(essay))
    change(data["cells"])
    return json.dumps(data).encode()


def answer_in(notebook):
    (cell,) = [
        one for one in notebook.cells if one.metadata.get("nbgrader", {}).get("grade_id") == "q3"
    ]
    return cell


@pytest.mark.parametrize("kind", FOUND)
def test_a_written_answer_is_found(essay, released, kind):
    notebook = restore_cells(read_submission(handed_in(essay, FOUND[kind])), released)
    cell = answer_in(notebook)
    assert cell.source == TEXT and cell.cell_type == "markdown"
    assert ("course" in cell.metadata) == (not kind.startswith("in its cell"))
    assert sum(TEXT in one.source for one in notebook.cells) <= 2 - ("task" not in kind)
    nbformat.validate(notebook)
    assert restore_cells(notebook, released) == notebook


@pytest.mark.parametrize("kind", NOT_FOUND)
def test_what_is_no_answer_is_not_taken_for_one(essay, released, kind):
    before = handed_in(essay, NOT_FOUND[kind])
    notebook = restore_cells(read_submission(before), released)
    assert answer_in(notebook).source == PROMPT
    if kind not in ("where metadata and ids are lost", "emptied", "deleted"):
        assert len(notebook.cells) == len(json.loads(before)["cells"])


def test_more_text_below_belongs_to_the_answer(essay, released):
    change = both(in_prompt("First."), insert("q3", own("Second.")), insert("q2", own("A note.")))
    notebook = restore_cells(read_submission(handed_in(essay, change)), released)
    assert answer_in(notebook).source == "First.\n\nSecond."
    assert "A note." in [cell.source for cell in notebook.cells]


def test_each_answer_has_its_own_text(essay, released):
    more = [markdown("## Another\n\nWhat else?", "q4-text"), written("q4")]
    essay.cells[-1:-1] = more
    released.cells[-1:-1] = nbformat.from_dict(more)
    change = both(insert("q3", own("Of three.")), insert("q4-text", {**own("Of four."), "id": "b"}))
    notebook = restore_cells(read_submission(handed_in(essay, change)), released)
    texts = {one.metadata.nbgrader.grade_id: one.source for one in notebook.cells
             if one.metadata.get("nbgrader", {}).get("grade_id") in ("q3", "q4")}  # fmt: skip
    assert texts == {"q3": "Of three.", "q4": "Of four."}


def test_pictures_go_with_the_text(essay, released):
    def with_picture(name, data):
        text = f"See ![](attachment:{name})"
        return own(text, attachments={name: {"image/png": data}}, id=f"id-{data[-9:-3]}")

    other = PNG[:16] + PNG[:-16]
    change = both(
        insert("q3", with_picture("a.png", PNG)), insert("end", with_picture("a.png", other))
    )
    cell = answer_in(restore_cells(read_submission(handed_in(essay, change)), released))
    assert cell.source == "See ![](attachment:a.png)\n\nSee ![](attachment:2-a.png)"
    assert [data["image/png"] for data in cell.attachments.values()] == [PNG, other]


@pytest.fixture
def graded(tmp_path, build_course, essay):
    """Grade what one student handed in; returns its row of grades.csv, page and graded cell."""
    course, folder = build_course(tmp_path / "course"), tmp_path / "in"
    folder.mkdir()

    def grade(change):
        (folder / "ada.ipynb").write_bytes(handed_in(essay, change))
        grade_class(course, "tiny", [folder], workers=1)
        with open(course / "grades.csv", newline="") as file:
            (row,) = csv.DictReader(file)
        page = (course / "feedback/ada/tiny/tiny.html").read_text()
        return row, page, nbformat.read(course / "autograded/ada/tiny/tiny.ipynb", 4)

    grade.course = course
    return grade


def test_it_waits_for_a_person_and_is_shown_until_its_text_changes(graded):
    row, page, notebook = graded(lambda cells: None)
    assert row["needs_manual_grade"] == "False"
    assert "not answered" in page and "graded by hand" not in page

    row, page, notebook = graded(FOUND["below it"])
    assert row["needs_manual_grade"] == "True"
    assert TEXT in page and "to be graded by hand" in page and "not answered" not in page
    assert answer_in(notebook).source == TEXT

    with Gradebook(f"sqlite:///{graded.course}/gradebook.db") as gradebook:
        grade = gradebook.find_grade("q3", "tiny", "tiny", "ada")
        assert grade.needs_manual_grade and grade.auto_score is None
        grade.manual_score, grade.needs_manual_grade = 4, False
        gradebook.db.commit()
    row, page, _ = graded(both(FOUND["below it"], insert("end", own(" "))))
    assert row["needs_manual_grade"] == "False" and "graded by hand" in page
    row, page, _ = graded(insert("q3", own(f"{TEXT} And more.")))
    assert row["needs_manual_grade"] == "True"
    assert "changed since it was graded by hand" in page and "And more." in page
