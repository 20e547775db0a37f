"""The grader says of a copied answer what the notebook's own check says of the live one."""

import shutil

import pytest

from visual_coding_course import Notebook
from visual_coding_course.cases import run_cases
from visual_coding_course.checks.drawings import drawing_of
from visual_coding_course.checks.mistakes import find_mistakes
from visual_coding_course.grading.copies import Foreign, read_copies, write_copies
from visual_coding_course.question_files import case_variables, read_test_file


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

    foreign = Foreign(back.recording, lambda: variables["boc"], function, drawing_of)
    return read_copies(write_copies(values), foreign)


@pytest.fixture(scope="session")
def student_folder(bank, tmp_path_factory):
    """Where a student works; with the hidden cases, as in self-study."""
    folder = tmp_path_factory.mktemp("student")
    for kind in ("tests", "mistakes"):
        shutil.copytree(bank.SOURCE / kind, folder / kind)
    return folder


def test_grader_and_notebook_say_the_same(
    bank, solved, expected, recordings, answer, student_folder, monkeypatch
):
    monkeypatch.chdir(student_folder)
    (student_folder / ".attempts.json").unlink(missing_ok=True)
    variables = bank.with_answer(solved, answer)
    shown = Notebook().check(answer.question, {**variables, "expected": expected})
    [path] = (bank.SOURCE / "tests").glob(f"{answer.question}_*.py")
    file = read_test_file(path.read_text(encoding="utf-8"), str(path))
    copies = copied(variables, case_variables(file) - {"expected"}, recordings)
    given = {name: solved[name] for name in ("boc", "cell_specimen_id")}
    mistakes = find_mistakes(path)
    graded = run_cases(file, {**copies, **given, "expected": expected}, mistakes=mistakes)
    assert graded.score == shown.result.score
    assert graded.hints == shown.result.hints
    assert [case.mistakes for case in graded.cases] == [c.mistakes for c in shown.result.cases]
    assert (graded.status == "correct") == answer.right
    if answer.right:
        assert graded.hints == []
    elif graded.hints:
        assert shown.advice == graded.hints
