"""The grader says of a copied answer what the notebook's own check says of the live one."""

import shutil

import pytest

from visual_coding_course import Notebook
from visual_coding_course.checking.cases import run_cases
from visual_coding_course.checking.drawings import drawing_of
from visual_coding_course.checking.mistakes import find_mistakes
from visual_coding_course.checking.test_files import case_variables, load_test_file
from visual_coding_course.inside import kinds
from visual_coding_course.inside.copies import Foreign, read_copies, write_copies
from visual_coding_course.recordings.needs import NEEDS


@pytest.fixture(scope="session")
def recordings(solved):
    kinds.know(NEEDS.kinds)
    return {int(solved[f"id_{x}"]): solved[f"data_set_{x}"] for x in "abc"}


def copied(variables, names, recordings):
    """Copies of these variables; a function's copy copies its arguments and its result."""
    values = {name: variables[name] for name in names if name in variables}

    def own(kind, data):
        return recordings[data["session"]] if kind == "recording" else variables["boc"]

    back = Foreign(own)

    def function(name):
        def call(*arguments):
            taken = read_copies(write_copies({"arguments": arguments}), back)["arguments"]
            return read_copies(write_copies({"result": values[name](*taken)}), back)["result"]

        return call

    foreign = Foreign(own, function, drawing_of)
    return read_copies(write_copies(values), foreign)


def test_grader_and_notebook_say_the_same(bank, solved, expected, recordings, answer, judged):
    path = bank.test_path(answer.question)
    file = load_test_file(path)
    copies = copied(judged.variables, case_variables(file) - {"expected"}, recordings)
    given = {name: solved[name] for name in ("boc", "cell_specimen_id")}
    given |= {"expected": expected}
    trouble = judged.result.trouble
    graded = run_cases(file, {**copies, **given}, trouble, find_mistakes(path))
    assert graded.score == judged.result.score
    assert graded.hints == judged.result.hints
    assert [case.mistakes for case in graded.cases] == [c.mistakes for c in judged.result.cases]


@pytest.mark.parametrize("question", [f"q{number}" for number in range(1, 10)])
def test_the_notebooks_check_says_what_the_cases_say(
    bank, solved, expected, question, tmp_path, monkeypatch
):
    shutil.copytree(bank.source, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    answers = [answer for answer in bank.load_answers() if answer.question == question]
    for answer in answers[::25]:
        judged = bank.judge(answer, solved, expected)
        shown = Notebook().check(question, {**judged.variables, "expected": expected}).result
        assert (shown.score, shown.cases) == (judged.result.score, judged.result.cases)
        (tmp_path / ".attempts.json").unlink(missing_ok=True)
