"""Every slip that computes an answer gives a wrong one on the practice recordings, and is named."""

import itertools
import warnings

import numpy as np
import pandas as pd
import pytest

from visual_coding_course.checking.asking import Asked, given_to, questions
from visual_coding_course.checking.cases import run_cases
from visual_coding_course.checking.expecting import steps_of
from visual_coding_course.checking.forms import Form
from visual_coding_course.checking.naming import candidates
from visual_coding_course.checking.test_files import case_takes
from visual_coding_course.checking.way import VALUE, parameters

from .own import steps

STEPS = steps_of(steps)
#: Session B has one movie only: what is about another movie shows in sessions A and C.
LETTERS = "bac"
#: Of what a slip gives in several ways, so many are tried.
MOST_VALUES = 4

#: Told from an answer, and in no answer of the bank: the practice recordings are one container's.
IN_NO_BANK = {"another container's recording"}

#: Neurons, besides ours, for which an answer about all of them is worked out with slips.
SOME = steps.neurons_at(0.2, 0.5)

#: Slips whose name is not given on the practice recordings, and why.
NOT_NAMED = {}


def pytest_generate_tests(metafunc):
    if "known" in metafunc.fixturenames:
        known = list(computed())
        names = [f"{at.name}-{made.name}{made.taken and f'-{made.taken}'}" for at, made in known]
        metafunc.parametrize("known", known, ids=names)


def computed():
    """Yield step and slip, of those that compute an answer, other than a figure."""
    for at in STEPS.steps.values():
        if seen_in(at):
            for made in at.slips:
                if made.kind == "rewire" or (made.kind != "fit" and not needs_an_answer(made)):
                    yield at, made


def needs_an_answer(made):
    """Whether it is told from the answer, and not worked out: the bank has such answers."""
    return made.does is not None and VALUE in parameters(made.does)


def seen_in(at):
    """The step whose answer is the first in which a slip at another may show."""
    below = [at, *(one for one in STEPS.steps.values() if at in STEPS.above(one))]
    return next((one for one in below if one.answer and type(one.form) is not Form), None)


@pytest.fixture(scope="session")
def given(solved):
    """What each slip gives first, and in which place of an answer, by step and slip."""
    found = {}

    def of(at, made):
        one = seen_in(at)
        if one not in found:
            found[one] = what_slips_give(one, solved)
        return found[one].get((at, made), (None, []))

    return of


def what_slips_give(one, solved):
    """By step and slip: the question in which it is seen, and up to some values."""
    each = SOME if one.answer == "response_stability" else getattr(one.form, "each", None)
    asked = Asked(each=each)
    variables = {name: solved[name] for name in given_to(STEPS, one, asked)}
    truth, found = STEPS.truth(variables), {}
    letters = LETTERS if one.variants.letters and not one.called else [None]
    asked_for = [q for x in letters for q in questions(STEPS, one, x, variables, asked)]
    # Of a function, what it gives for another neuron, and in session B, first.
    asked_for.sort(key=lambda q: (q.each == variables.get(one.each), LETTERS.find(q.letter or "b")))
    for question in asked_for:
        right = question.right(truth, one)
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            for candidate in candidates(STEPS, one, truth, question, right):
                if isinstance(candidate.value, Exception) or is_same(candidate.value, right):
                    continue
                if is_form_alone(one, candidate.value, right) and not (
                    question.letter == "b" and question.each in (None, variables.get(one.each))
                ):
                    continue  # which the case that asks for the form does not see
                seen, values = found.setdefault((candidate.at, candidate.slip), (question, []))
                if seen is question and len(values) < MOST_VALUES:
                    values.append(candidate.value)
    return found


def is_form_alone(one, value, right):
    if not one.called:
        return False
    try:
        return is_same(*one.form.result.fitted(value, right))
    except (AttributeError, IndexError):
        return False


def is_same(value, right):
    try:
        return np.array_equal(value, right, equal_nan=True)
    except TypeError:
        return value is right


def as_students_give(one, question, value, solved):
    """Return a value in the form that is asked for."""
    if one.called:

        def movie_response(data_set, cell_specimen_id):
            asked = (data_set.nwb_file, cell_specimen_id)
            meant = (question.arguments[0].nwb_file, question.arguments[1])
            return value if asked == meant else solved["movie_response"](data_set, cell_specimen_id)

        return movie_response
    if one.answer == "data_set":
        opened = getattr(value, "data_set", None)
        return opened or solved["boc"].get_ophys_experiment_data(int(value))
    if one.answer == "correlations":
        return pd.DataFrame(np.asarray(value), index=list("ABC"), columns=list("ABC"))
    if one.answer == "response_stability":
        changed = solved["response_stability"].copy()
        changed.loc[list(question.each)] = value
        return changed
    if one.answer == "experiments":
        rows = solved["boc"].get_ophys_experiments() + solved["boc"].get_experiment_containers()
        by_id = {row["id"]: row for row in rows}
        return pd.DataFrame([by_id[number] for number in value])
    return value


def judged(bank, solved, expected, name, value):
    """Results of the cases that are about one variable, when it holds this value."""
    [question] = [q for q in bank.questions if name in bank.asked_for(q)]
    file = bank.test_file(question)
    cases = [case for case in file.test_cases if not any("fig_" in x for x in case_takes(case))]
    if name == "response_stability":
        # Of the hidden case, which is about all neurons, the rest is right.
        cases = [case for case in cases if not case.hidden]
    variables = {**solved, "expected": expected, name: value}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file, "test_cases", cases)
        result = run_cases(file, variables, about=bank.about)
    assert not result.broken
    return [case for case in result.cases if case.answer == name and case.status != "passed"]


def test_what_a_slip_gives_is_wrong_and_is_named(bank, solved, expected, given, known):
    at, made = known
    one = seen_in(at)
    question, values = given(at, made)
    assert values, "gives what is right, or nothing"
    name = one.named(question.letter)
    answers = [as_students_give(one, question, value, solved) for value in values]
    cases = [judged(bank, solved, expected, name, answer) for answer in answers]
    wrong = [found for found in cases if found]
    assert wrong, f"passes: {[np.shape(value) for value in values]}"
    named = {mistake for case in wrong[0] for mistake in case.mistakes}
    assert (made.name in named) == ((at.name, made.name) not in NOT_NAMED), named


def test_what_is_said_not_to_be_named_is_known():
    known = {(at.name, made.name) for at, made in computed()}
    assert NOT_NAMED.keys() <= known


def test_what_is_told_from_an_answer_is_in_the_bank(bank):
    named = {name for answer in bank.load_answers() for names in answer.mistakes for name in names}
    told = {made.name for at in STEPS.steps.values() for made in at.slips if needs_an_answer(made)}
    assert told and told - named == IN_NO_BANK, told - named


def test_a_mask_is_no_projection(bank, solved, expected):
    cases = judged(bank, solved, expected, "max_projection_b", solved["roi_mask_b"].astype(float))
    assert {case.mistakes for case in cases} == {("masks in place of the projection",)}


def test_there_are_many():
    assert len(list(itertools.islice(computed(), 101))) > 100
