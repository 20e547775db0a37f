"""A mistake costs its own question: the code of the others is the solution's, and keeps its points.

On real recordings, through the grader.
"""

import nbformat
import pytest

from visual_coding_course.assignment import load_assignment
from visual_coding_course.grading.submission import grade_submission
from visual_coding_course.shared.folder import course_folder

from .test_answers import LEFT_TO_THE_SECOND_RUN

NAME = "cross_session"
STARTS = 'return table.loc[table["frame"] == 0, "start"].to_numpy()  # SOLUTION'
STACKED = "return np.stack([dff[start : start + 900] for start in starts_of_movie(data_set)])"
LISTED = "get_ophys_experiments(cell_specimen_ids=[cell_specimen_id])"
MISTAKES = {
    "q1 left blank": ("q1", None, None),
    "a typo in the neuron's id": ("q1", LISTED, LISTED.replace("cell_specimen_id]", "517472451]")),
    "another neuron from here on": (
        "q1", "experiments =", "cell_specimen_id = 517472451\nexperiments ="
    ),
    "movie starts in seconds": (
        "q5", STARTS, "return data_set.get_dff_traces()[0][table.loc[table.frame == 0, 'start']]"
    ),
    "9000 starts": ("q5", STARTS, 'return table["start"].to_numpy()'),
    "a flat response": ("q6", STACKED, STACKED.replace("np.stack", "np.concatenate")),
    "a transposed response": ("q6", STACKED, f"{STACKED}.T"),
}  # fmt: skip


@pytest.fixture(scope="module")
def assignment():
    return load_assignment(course_folder(), NAME)


def with_mistake(assignment, question, old, new):
    notebook = nbformat.reads(assignment.solution, as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == f"{question}-answer":
            if old is None:
                blank = {one.metadata.get("nbgrader", {}).get("grade_id"): one.source
                         for one in assignment.notebook.cells}  # fmt: skip
                cell.source = blank[f"{question}-answer"]
            else:
                assert old in cell.source
                cell.source = cell.source.replace(old, new)
    return nbformat.writes(notebook).encode()


@pytest.mark.parametrize("asked", LEFT_TO_THE_SECOND_RUN, ids="-".join)
def test_what_is_left_to_the_second_run_gets_its_points_there(assignment, bank, asked):
    [answer] = [one for one in bank.load_answers() if (one.question, one.name) == asked]
    graded = grade_submission(assignment, bank.handed_in(answer, assignment.solution).encode())
    lost = {one.name: one.hints for one in graded.questions if one.score != one.max_score}
    assert (graded.status, list(lost)) == ("graded", [answer.question]), lost


@pytest.mark.parametrize(
    "name",
    [
        "by repeat, as lists of integers; last frame counted",
        "every 900th row; a truth value for each frame",
        "series; the epoch table; sum by length",
    ],
)
def test_a_function_that_a_right_answer_did_without_is_there_for_code_that_calls_it(
    assignment, bank, name
):
    [answer] = [one for one in bank.load_answers() if (one.question, one.name) == ("q5", name)]
    assert answer.right and "starts_of_movie" not in answer.code
    graded = grade_submission(assignment, bank.handed_in(answer, assignment.solution).encode())
    assert (graded.status, graded.score) == ("graded", graded.max_score)
    [with_function] = {one.carried_with for one in graded.questions if one.carried_forward}
    assert with_function == ("starts_of_movie",)


@pytest.mark.parametrize("story", MISTAKES)
def test_it_costs_its_own_question(assignment, story):
    question, old, new = MISTAKES[story]
    graded = grade_submission(assignment, with_mistake(assignment, question, old, new))
    lost = {one.name: one.hints for one in graded.questions if one.score != one.max_score}
    assert (graded.status, list(lost)) == ("graded", [question]), lost
