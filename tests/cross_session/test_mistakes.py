"""Every mistake that is known gives a wrong answer on the practice recordings, and is named."""

import inspect
import itertools
import warnings
from pathlib import Path
from types import GeneratorType

import numpy as np
import pandas as pd
import pytest

from visual_coding_course.checking.cases import run_cases
from visual_coding_course.checking.mistakes import find_mistakes

from .own import checks, earlier, truth

SOURCE = Path(__file__).resolve().parents[2] / "source" / "cross_session"
#: Session B has one movie only: what is about another movie shows in sessions A and C.
LETTERS = "bac"

#: Of what a mistake gives in several variants, so many are tried.
MOST_VARIANTS = 4


def pytest_generate_tests(metafunc):
    if "known" in metafunc.fixturenames:
        known = list(computed(SOURCE))
        names = [f"{question}-{mistake.answer}-{mistake.name}" for question, mistake in known]
        metafunc.parametrize("known", known, ids=names)


def computed(source):
    """Yield question and mistake, of those that compute an answer, other than a figure."""
    for path in sorted((source / "tests").glob("q*.py")):
        for mistake in find_mistakes(path).known:
            drawn = mistake.answer.startswith("fig_")
            if mistake.gives is not None and not drawn and not needs_an_answer(mistake):
                yield path.stem.split("_")[0], mistake


def needs_an_answer(mistake):
    """Whether it compares with the answer first, to save time; the bank has such answers."""
    value = inspect.signature(mistake.gives).parameters.get("value")
    return value is not None and value.default is inspect.Parameter.empty


@pytest.fixture(scope="session")
def right(solved):
    return checks.routes(solved["boc"], solved["cell_specimen_id"])[0]()


def another_neuron(right):
    """One with which a hidden check of question 6 calls the function."""
    return earlier.neurons_at(right, [checks.ANOTHER])[1]


def given_by(mistake, right, letter):
    """What the mistake would answer, in up to some variants."""
    takes = inspect.signature(mistake.gives).parameters
    for other in truth.VARIANTS.others(letter) if "other" in takes else "-":
        known = {"right": right, "letter": letter, "other": other, "value": None}
        known["neuron"] = another_neuron(right)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made = mistake.gives(**{name: known[name] for name in takes})
            variants = made if isinstance(made, GeneratorType) else [made]
            yield from itertools.islice(variants, MOST_VARIANTS)


def as_students_give(stem, value, solved, right, letter):
    """Return a value in the form that is asked for."""
    if stem == "movie_response":

        def movie_response(data_set, cell_specimen_id):
            asked = (data_set.nwb_file, cell_specimen_id)
            meant = (right.recording(letter).data_set.nwb_file, another_neuron(right))
            return value if asked == meant else solved["movie_response"](data_set, cell_specimen_id)

        return movie_response
    if stem == "data_set":
        return solved["boc"].get_ophys_experiment_data(int(value))
    if stem == "correlations":
        return pd.DataFrame(np.asarray(value), index=list("ABC"), columns=list("ABC"))
    if stem == "response_stability":
        return pd.Series(value, index=solved["shared_ids"])
    if stem == "experiments":
        rows = solved["boc"].get_ophys_experiments() + solved["boc"].get_experiment_containers()
        by_id = {row["id"]: row for row in rows}
        return pd.DataFrame([by_id[number] for number in value])
    return value


def judged(bank, solved, expected, question, name, value):
    """Results of the cases that are about one variable, when it holds this value."""
    [path] = (bank.source / "tests").glob(f"{question}_*.py")
    variables = {**solved, "expected": expected, name: value}
    result = run_cases(bank.test_file(question), variables, mistakes=find_mistakes(path))
    return [case for case in result.cases if case.answer == name]


def test_what_a_mistake_gives_is_wrong_and_is_named(bank, solved, expected, right, known):
    question, mistake = known
    letter = next(x for x in LETTERS if list(given_by(mistake, right, x)))
    name = f"{mistake.answer}_{letter}"
    name = name if name in solved else mistake.answer
    named = []
    for value in given_by(mistake, right, letter):
        answer = as_students_give(mistake.answer, value, solved, right, letter)
        cases = judged(bank, solved, expected, question, name, answer)
        assert cases, f"passes: {np.shape(value)}"
        named.append({found for case in cases for found in case.mistakes})
    assert mistake.name in named[0]
