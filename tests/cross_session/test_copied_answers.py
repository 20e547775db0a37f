"""The grader's copies of an answer are judged as the live values are."""

import pytest

from visual_coding_course.cases import case_variables, read_test_file, run_cases
from visual_coding_course.grading.copies import Foreign, read_copies, write_copies


@pytest.fixture(scope="session")
def recordings(solved):
    return {int(solved[f"id_{x}"]): solved[f"data_set_{x}"] for x in "abc"}


def copied(variables, names, recordings):
    """Copies of these variables; a function's copy copies its arguments and its result."""
    values = {name: variables[name] for name in names if name in variables}
    back = Foreign(recording=lambda session, file: recordings[session])

    def function(name):
        def call(*arguments):
            taken = read_copies(write_copies({"arguments": arguments}), back)["arguments"]
            return read_copies(write_copies({"result": values[name](*taken)}), back)["result"]

        return call

    foreign = Foreign(back.recording, lambda: variables["boc"], function)
    return read_copies(write_copies(values), foreign)


def test_copied_answer_gets_the_same_points_and_hints(bank, solved, expected, recordings, answer):
    variables = bank.with_answer(solved, answer)
    [path] = (bank.SOURCE / "tests").glob(f"{answer.question}_*.py")
    file = read_test_file(path.read_text(encoding="utf-8"), str(path))
    copies = copied(variables, case_variables(file) - {"expected"}, recordings)
    given = {name: solved[name] for name in ("boc", "cell_specimen_id")}
    live = run_cases(file, {**variables, "expected": expected})
    graded = run_cases(file, {**copies, **given, "expected": expected})
    assert graded.score == live.score
    assert graded.hints == live.hints
    assert (graded.status == "correct") == answer.right
