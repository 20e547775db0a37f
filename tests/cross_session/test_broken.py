"""A recording that cannot be read is never a wrong answer, nor a mistake with a name."""

import pytest

from visual_coding_course.checking.cases import run_cases
from visual_coding_course.checking.expecting import steps_of

from .own import steps, truth

WRONG = {
    "q4": ("dff_b", lambda solved: solved["dff_b"][::-1]),
    "q6": ("movie_response", lambda solved: lambda data_set, neuron: [[0.0, 1.0]]),
    "q7": ("mean_response_a", lambda solved: solved["mean_response_b"]),
    "q9": ("response_stability", lambda solved: solved["response_stability"] * 100),
}


def result(bank, question, variables):
    return run_cases(bank.test_file(question), variables, about=bank.about)


def failing(error):
    def read(self, *arguments):
        raise error

    return read


@pytest.mark.parametrize("error", [OSError(5, "Input/output error"), MemoryError("too little")])
@pytest.mark.parametrize("question", WRONG)
@pytest.mark.parametrize("right", [True, False], ids=["right", "wrong"])
def test_a_recording_that_cannot_be_read_breaks_the_check(
    bank, solved, expected, monkeypatch, question, error, right
):
    name, wrong = WRONG[question]
    given = {} if right else {name: wrong(solved)}
    steps_of(steps)._kept.clear()  # what was read before
    for method in ("dff", "table", "response"):
        monkeypatch.setattr(truth.Recording, method, failing(error))
    monkeypatch.setattr(truth.Recording, "movie_starts", property(failing(error)))
    found = result(bank, question, {**solved, **given, "expected": expected})
    states = {case.state for case in found.cases if case.status != "passed"}
    # What is wrong by its form, or not what the solution has, is wrong whatever can be read.
    assert states <= (
        {"broken"} if right else {"broken", "wrong_type", "wrong_shape", "wrong_value"}
    )
    # What follows from own answers, and is as the solution has it, needs no recording.
    assert "broken" in states or question in ("q7", "q9")
    assert all(str(error) in said for said in found.broken)
    assert not any(case.mistakes for case in found.cases if case.state == "broken")


def test_a_recording_that_only_hints_ask_for_changes_no_verdict(
    bank, solved, expected, monkeypatch
):
    variables = {**solved, "dff_b": solved["dff_b"][::-1] + 0.5, "expected": expected}
    before = result(bank, "q4", variables)
    monkeypatch.setattr(truth.Recording, "mean_dff", property(failing(OSError("no file"))))
    monkeypatch.setattr(truth, "fluorescence", failing(OSError("no file")))
    after = result(bank, "q4", variables)
    assert [(case.status, case.state) for case in after.cases] == [
        (case.status, case.state) for case in before.cases
    ]
    assert not any("no file" in (case.message or "") for case in after.cases)


def test_an_own_way_that_cannot_be_read_does_not_make_an_answer_wrong(
    bank, solved, expected, monkeypatch
):
    own = truth.recording(solved["data_set_a"])
    variables = {**solved, "data_set_b": solved["data_set_a"], "expected": expected}
    variables["max_projection_b"] = solved["max_projection_a"]
    assert result(bank, "q3", variables).cases[1].status == "passed"
    real = truth.recording

    def unreadable(data_set):
        found = real(data_set)
        if found is own:
            raise OSError("Unable to open file")
        return found

    monkeypatch.setattr(truth, "recording", unreadable)
    case = result(bank, "q3", variables).cases[1]
    assert (case.state, case.mistakes) == ("broken", ())
    assert "Unable to open file" in case.trouble
