"""What other programs than JupyterLab write is graded whole, the written answer too."""

import csv
import json

import nbformat
import pytest

from visual_coding_course.assignment.released import WRITTEN_ANSWER_PROMPT
from visual_coding_course.grading.reading import read_submission
from visual_coding_course.grading.restore import restore_cells
from visual_coding_course.grading.run import grade_class

RIGHT = {"q1-answer": "x = 3", "q2-answer": "def double(n):\n    return n + n"}
TEXT = "The peak stays where it was.\n\nThe dip moves by a *second*."
TASK, END = "## Write\n\nWhat stays?\n\nAnd why?", "That is all: restart, run all, hand in."


@pytest.fixture
def essay(source_notebook):
    task, end = (nbformat.v4.new_markdown_cell(text, id=name)
                 for text, name in ((TASK, "q3-text"), (END, "end")))  # fmt: skip
    answer = nbformat.v4.new_markdown_cell(WRITTEN_ANSWER_PROMPT, id="q3")
    answer.metadata["nbgrader"] = {
        "grade_id": "q3", "locked": False, "grade": True, "solution": True, "points": 5,
        "schema_version": 3, "task": False,
    }  # fmt: skip
    source_notebook.cells += [task, answer, end]
    return source_notebook


def each(data, change):
    for number, cell in enumerate(data["cells"]):
        change(cell, number)


def no_ids(data, minor=4):
    each(data, lambda cell, _: cell.pop("id", None))
    data["nbformat_minor"] = minor


def no_cell_metadata(data, **put):
    each(data, lambda cell, _: cell.update(metadata=dict(put)))


def lines(data, end="\n", last=""):
    def split(cell, _):
        source = "".join(cell["source"]).replace("\n", end)
        cell["source"] = (source + last).splitlines(keepends=True)

    each(data, split)


def colab(data):
    no_ids(data, 0)
    each(data, lambda cell, n: cell["metadata"].update(id=f"aB3_{n}", outputId=f"x{n}"))
    data["metadata"].update(colab={"provenance": []}, kernelspec={"name": "python3"})
    data["cells"].insert(
        0,
        {
            "cell_type": "markdown",
            "metadata": {"id": "view-in-github"},
            "source": ['<a href="https://colab.research.google.com">Open</a>'],
        },
    )


def colab_stripped(data):
    no_cell_metadata(data)
    colab(data)


def vscode(data):
    no_cell_metadata(data, vscode={"languageId": "python"})
    no_ids(data, 2)
    data["metadata"] = {"language_info": {"name": "python"}, "orig_nbformat": 4}


def kaggle(data):
    no_cell_metadata(data, _uuid="8f2839f25d086af736a60e9eeb907d3b93b6e0e5", trusted=True,
                     execution={"iopub.status.busy": "2026-11-20T10:00:00Z"})  # fmt: skip
    no_ids(data)
    data["metadata"]["kaggle"] = {"accelerator": "none", "dataSources": []}


def jupytext(data):
    """From a script: other ids, no metadata, spaces at the ends gone."""
    no_cell_metadata(data)
    each(data, lambda cell, n: cell.update(id=f"{n:08x}", source="".join(cell["source"]).strip()))
    data["metadata"] = {"jupytext": {"cell_metadata_filter": "-all", "main_language": "python"}}


def jupytext_markdown(data):
    """From a Markdown file, in which cells of text that follow one another are one."""
    jupytext(data)
    merged = []
    for cell in data["cells"]:
        if merged and cell["cell_type"] == merged[-1]["cell_type"] == "markdown":
            merged[-1]["source"] += f"\n\n{cell['source']}"
        else:
            merged.append(cell)
    data["cells"] = merged


def jetbrains(data):
    no_cell_metadata(data, collapsed=False, pycharm={"name": "#%%\n", "is_executing": False})
    no_ids(data, 0)
    lines(data, last="\n")


def dataspell(data):
    each(data, lambda cell, _: cell["metadata"].update(ExecuteTime={"end_time": "2026"}))
    each(data, lambda cell, n: cell.update(id=f"{n:016x}"))


def windows(data):
    no_ids(data)
    no_cell_metadata(data)
    lines(data, "\r\n")


def old(data):
    """Format 3, which has neither ids nor markdown as we know it."""
    for cell in data["cells"]:
        cell.pop("id")
        cell["metadata"] = {}
        if cell["cell_type"] == "code":
            cell["input"] = cell.pop("source")
            cell["language"] = "python"
    data.update(nbformat=3, nbformat_minor=0, worksheets=[{"cells": data.pop("cells")}])


def bare(data):
    no_ids(data, 5)
    each(data, lambda cell, _: cell.pop("metadata"))
    each(data, lambda cell, _: cell.pop("outputs", None))
    for name in ("metadata", "nbformat_minor"):
        del data[name]


PROGRAMS = {
    "colab": colab, "colab without nbgrader's metadata": colab_stripped, "vscode": vscode,
    "kaggle": kaggle, "jupytext": jupytext, "jupytext's markdown": jupytext_markdown,
    "pycharm": jetbrains, "dataspell": dataspell, "windows": windows, "format 3": old,
    "bare": bare, "no ids": no_ids, "no ids, in format 4.5": lambda data: no_ids(data, 5),
    "no metadata of cells": no_cell_metadata,
    "ids in format 4.4": lambda data: data.update(nbformat_minor=4),
    "no metadata of the notebook": lambda data: data.update(metadata={}),
}  # fmt: skip


def in_cell(cells):
    next(cell for cell in cells if cell["id"] == "q3")["source"] = TEXT


def below(cells):
    cells.insert(-1, {"cell_type": "markdown", "id": "own", "metadata": {}, "source": TEXT})


def instead(cells):
    below(cells)
    cells[:] = [cell for cell in cells if cell["id"] != "q3"]


def nothing(cells):
    pass


def handed_in(essay, program, write):
    data = json.loads(nbformat.writes(essay))
    each(data, lambda cell, _: cell.update(source="".join(cell["source"])))
    for cell in data["cells"]:
        cell["source"] = RIGHT.get(cell["id"], cell["source"])
    write(data["cells"])
    program(data)
    return json.dumps(data).encode()


def tagged(notebook):
    return {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells
            if "nbgrader" in cell.metadata}  # fmt: skip


@pytest.mark.parametrize("write", [in_cell, below, instead, nothing])
@pytest.mark.parametrize("name", PROGRAMS)
def test_answers_are_found(essay, name, write):
    released = nbformat.reads(nbformat.writes(essay), as_version=4)
    notebook = restore_cells(read_submission(handed_in(essay, PROGRAMS[name], write)), released)
    found = tagged(notebook)
    assert {"setup", "q1", "q2", "q3"} <= set(found)
    expected = WRITTEN_ANSWER_PROMPT if write is nothing else TEXT
    assert found["q3"].source.replace("\r\n", "\n") == expected
    text = [cell.source.strip() for cell in notebook.cells]
    assert sum("dip moves" in one for one in text) <= 2 - (name != "jupytext's markdown")
    order = [text.index(one) for one in ('grader.check("q1")', 'grader.check("q2")')]
    answers = [next(n for n, one in enumerate(text) if one.startswith(start))
               for start in ("x = 3", "def double")]  # fmt: skip
    assert answers[0] < order[0] < answers[1] < order[1]
    nbformat.validate(notebook)


def test_all_are_graded_whole(tmp_path, build_course, essay):
    course, folder = build_course(tmp_path / "course"), tmp_path / "in"
    folder.mkdir()
    for name, program in PROGRAMS.items():
        for write in (below, nothing):
            path = folder / f"{name} {write.__name__}.ipynb"
            path.write_bytes(handed_in(essay, program, write))
    rows = grade_class(course, "tiny", [folder], workers=2)
    assert {(row["status"], row["score"], row["message"]) for row in rows} == {("graded", 7, None)}
    with open(course / "grades.csv", newline="") as file:
        for row in csv.DictReader(file):
            page = course / "feedback" / row["student"] / "tiny" / "tiny.html"
            written = row["student"].endswith("below")
            assert row["needs_manual_grade"] == str(written), row["student"]
            assert ("dip moves" in page.read_text()) == written
            assert ("not answered" in page.read_text()) != written


def other_assignment(course, **renamed):
    """Another assignment of the course, of which some cells have the first one's names."""
    cells = [nbformat.v4.new_markdown_cell("# Another exercise, on quite other things")]
    for name in ("setup", "p1-answer", "p1"):
        cell = nbformat.v4.new_code_cell(f"{name.replace('-', '_')} = 1")
        cell.metadata["nbgrader"] = {"grade_id": name, "schema_version": 3, "locked": False,
                                     "grade": False, "solution": True, "task": False}  # fmt: skip
        cells.append(cell)
    folder = course / "source" / "other"
    folder.mkdir()
    notebook = nbformat.v4.new_notebook(cells=cells)
    nbformat.write(notebook, folder / "other.ipynb")
    return notebook


def test_a_notebook_of_another_assignment_says_so(tmp_path, build_course, answer):
    course, folder = build_course(tmp_path / "course"), tmp_path / "in"
    folder.mkdir()
    other = other_assignment(course)
    nbformat.write(other, folder / "theirs.ipynb")
    for cell in other.cells:
        cell.metadata = {}
    nbformat.write(other, folder / "stripped.ipynb")
    own = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("print('Hello')")])
    nbformat.write(own, folder / "nobodys.ipynb")
    (folder / "ours.ipynb").write_bytes(answer())
    rows = {row["student"]: row for row in grade_class(course, "tiny", [folder], workers=1)}
    assert rows["ours"]["message"] is None
    for student in ("theirs", "stripped"):
        assert "a notebook of other" in rows[student]["message"]
        page = course / "feedback" / student / "tiny" / "tiny.html"
        assert "handed in for tiny" in page.read_text()
    assert "No cell of this notebook is of tiny" in rows["nobodys"]["message"]
    assert {row["status"] for row in rows.values()} == {"graded"}
