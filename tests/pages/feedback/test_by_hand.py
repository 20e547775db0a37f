"""An answer in words is graded by hand in the formgrader, beside the model answer."""

import shutil
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from traitlets.config import PyFileConfigLoader

from visual_coding_course.checking.results import CaseResult, QuestionResult
from visual_coding_course.grading.record import Record
from visual_coding_course.grading.submissions import Submission
from visual_coding_course.records.graded import GradedSubmission

from ..browser import chromium
from ..formgrader import TOKEN, jupyter
from ..report.conftest import POINTS, tiny

COURSE = Path(__file__).resolve().parents[3]
MODEL = "**Model answer**: the *gain* changed.\n\n| points | for |\n|---|---|\n| 10 | the gain |"
HOSTILE = "<img src=x onerror='window.pwned = 1'>"


@pytest.fixture
def course(tmp_path):
    """A course with a submission that waits for a person, as `course grade` leaves it."""
    assignment = tiny("tiny")
    shutil.copy(COURSE / "nbgrader_config.py", tmp_path)
    notebook = assignment.notebook
    notebook.cells[-1].source = MODEL
    (tmp_path / "source/tiny").mkdir(parents=True)
    nbformat.write(notebook, tmp_path / "source/tiny/tiny.ipynb")
    notebook.cells[-1].source = "Running changed it, as **I** think."
    for cell in notebook.cells:
        cell.metadata["course_model"] = HOSTILE
    questions = [
        QuestionResult(name, (CaseResult("a case", points, False, "passed"),))
        for name, points in POINTS.items()
    ]
    graded = GradedSubmission("graded", tuple(questions), 1.0, None, nbformat.writes(notebook))
    with Record(tmp_path, assignment) as record:
        record.add(Submission("eve", tmp_path / "eve.ipynb"), graded, "digest")
        record.finish()
    return tmp_path


def test_a_written_answer_is_graded_beside_the_model_answer(course):
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        submission = gradebook.find_submission_notebook("tiny", "tiny", "eve").id
    with jupyter(course) as address, chromium() as browser:
        page = browser.new_page(
            extra_http_headers={"Authorization": f"token {TOKEN}"},
            viewport={"width": 1300, "height": 900},
        )
        page.route(lambda url: not url.startswith(address), lambda route: route.abort())
        page.goto(f"{address}/formgrader/submissions/{submission}/")
        model = page.locator(".model-answer")
        assert model.count() == 1 and page.evaluate("window.pwned") is None
        assert "the gain changed" in model.inner_text()
        assert model.locator("td").all_inner_texts() == ["10", "the gain"]
        own = page.get_by_text("Running changed it")
        left, right = own.bounding_box(), model.bounding_box()
        assert right["x"] > left["x"] + left["width"] and right["y"] < left["y"] + 60
        page.set_viewport_size({"width": 500, "height": 900})
        assert model.bounding_box()["y"] > own.bounding_box()["y"]
        for kind, place, value in (("grade", "#q3", "7"), ("comment", "#q3-comment", "Which?")):
            with page.expect_response(
                lambda one, kind=kind: f"/api/{kind}/" in one.url and one.request.method == "PUT"
            ) as saved:
                page.locator(place).fill(value)
                page.locator(place).blur()
            assert saved.value.status == 200
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        grade = gradebook.find_grade("q3", "tiny", "tiny", "eve")
        assert (grade.manual_score, bool(grade.needs_manual_grade)) == (7, False)
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    config.CourseDirectory.root = str(course)
    assert NbGraderAPI(config=config).generate_feedback("tiny", "eve")["success"]
    text = (course / "feedback/eve/tiny/tiny.html").read_text()
    assert "7 of 10 points" in text and "Which?" in text and "the gain" not in text
