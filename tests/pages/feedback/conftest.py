"""Pages of real graded submissions: examples, one with many wrong arrays, one with comments."""

import json
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from nbgrader.api import Gradebook

from visual_coding_course.commands.demo import EXAMPLES
from visual_coding_course.grading.run import grade_class
from visual_coding_course.pages.feedback.page import feedback_page

COURSE = Path(__file__).resolve().parents[3]
NAME = "cross_session"
#: By student of the demo class, what becomes of the notebook.
STUDENTS = {"ada": "perfect", "frida": "half_finished", "ivan": "crashed", "luigi": "not_run"}
#: Added to the answers of a perfect notebook.
WRONG = {
    "q3-masks-answer": "roi_mask_b = data_set_b.get_roi_mask_array()[index_a]",
    "q4-traces-answer": "dff_a, dff_c = 100 * dff_a, dff_c[1:]",
    "q5-answer": "movie_starts_b = movie_starts_b + 1",
    "q7-mean-answer": "mean_response_b = response_b.mean(axis=1)\n"
    "sem_response_a = response_a.std(axis=0, ddof=1)",
    "q9-answer": "response_stability = response_stability * float('nan')\nprint('so far\\n' * 99)",
}
COMMENT = "Nice plots.\nSay <b>what</b> the shade is."


def handed_in(student):
    return COURSE / EXAMPLES / student / NAME / f"{NAME}.ipynb"


def wrong_notebook():
    notebook = json.loads(handed_in("ada").read_text())
    for cell in notebook["cells"]:
        addition = WRONG.get(cell["metadata"].get("nbgrader", {}).get("grade_id"))
        if addition:
            cell["source"] = "".join(cell["source"]) + "\n\n" + addition
    return json.dumps(notebook)


@pytest.fixture(scope="session")
def graded(tmp_path_factory):
    """Folder with the results, rows and pages by what the submission is."""
    folder, out = tmp_path_factory.mktemp("handed-in"), tmp_path_factory.mktemp("results")
    (folder / "wrong.ipynb").write_text(wrong_notebook())
    for student, story in STUDENTS.items():
        (folder / f"{story}.ipynb").write_bytes(handed_in(student).read_bytes())
    rows = grade_class(COURSE, NAME, [folder], out=out, workers=2)
    pages = {row["student"]: out / f"feedback/{row['student']}/{NAME}/{NAME}.html" for row in rows}
    pages["not_graded"] = not_graded(out, "half_finished")
    pages["commented"] = commented(out, "half_finished")
    return SimpleNamespace(out=out, rows={row["student"]: row for row in rows}, pages=pages)


def not_graded(out, student):
    """Make the page of someone of whom the grader has failed on a question; with a picture."""
    notebook = nbformat.read(out / f"autograded/{student}/{NAME}/{NAME}.ipynb", as_version=4)
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells}
    cells["q2"].metadata["course"] |= {"status": "not_graded", "hints": []}
    png = next(
        output.data["image/png"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    )
    cells["q10"]["attachments"] = {"a.png": {"image/png": png}}
    cells["q10"]["source"] = (
        "# So\n\nAs in ![my figure](attachment:a.png), ![gone](attachment:b.png)"
    )
    for cell in notebook.cells:
        cell.metadata.pop("course_html", None)
    page = out / "not_graded.html"
    with Gradebook(f"sqlite:///{out}/gradebook.db") as gradebook:
        page.write_text(feedback_page(NAME, student, notebook, gradebook))
    return page


def commented(out, student):
    """Grade by hand and comment as the formgrader does, and make the page again."""
    with Gradebook(f"sqlite:///{out}/gradebook.db") as gradebook:
        gradebook.find_comment("q4-figure-answer", NAME, NAME, student).manual_comment = COMMENT
        gradebook.find_comment("q10", NAME, NAME, student).manual_comment = COMMENT
        for name, score in {"q10": 7, "q5": 3}.items():
            grade = gradebook.find_grade(name, NAME, NAME, student)
            grade.manual_score, grade.needs_manual_grade = score, False
        gradebook.db.commit()
        notebook = nbformat.read(out / f"autograded/{student}/{NAME}/{NAME}.ipynb", as_version=4)
        page = out / "commented.html"
        page.write_text(feedback_page(NAME, student, notebook, gradebook))
    return page
