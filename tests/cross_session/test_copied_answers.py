"""The grader says of a copied answer what the notebook's own check says of the live one."""

import itertools
import re
import shutil

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from visual_coding_course import Notebook
from visual_coding_course.checking.cases import run_cases
from visual_coding_course.checking.drawings import drawing_of
from visual_coding_course.checking.test_files import case_variables, load_test_file
from visual_coding_course.inside import kinds
from visual_coding_course.inside.copies import Foreign, read_copies, write_copies
from visual_coding_course.recordings.needs import NEEDS

NUMBERS = itertools.count()
#: Code that tells our recordings from others by which object they are.
BY_IDENTITY = re.compile(r"\bis data_set|\bid\(data_set")


@pytest.fixture(scope="session")
def recordings(solved):
    kinds.know(NEEDS.kinds)
    return {int(solved[f"id_{x}"]): solved[f"data_set_{x}"] for x in "abc"}


def copied(variables, names, recordings):
    """Copies of these variables; a function's copy copies its arguments and its result."""
    values = {name: variables[name] for name in names if name in variables}

    def own(kind, data):
        if kind != "recording":
            return variables["boc"]
        # One that the notebook has not opened is opened for its function.
        return recordings.get(data["session"]) or kinds.opened(kind, data)

    back = Foreign(own)

    def function(name):
        def call(*arguments):
            taken = read_copies(write_copies({"arguments": arguments}), back)["arguments"]
            return read_copies(write_copies({"result": values[name](*taken)}), back)["result"]

        return call

    foreign = Foreign(own, function, drawing_of)
    return read_copies(write_copies(values), foreign)


def form(value):
    """All of a value that its copy depends on: types and shapes, and not what numbers they hold.

    A function is like no other: what is copied is what it takes and returns.
    """
    if isinstance(value, pd.DataFrame):
        return type(value), form(value.index), tuple((n, form(value[n])) for n in value.columns)
    if isinstance(value, pd.Series):
        return type(value), value.name, form(value.index), form(value.to_numpy())
    if isinstance(value, np.ndarray | pd.Index):
        array = np.asarray(value)
        kinds_in = tuple(map(form, array.ravel()[:9])) if array.dtype == object else ()
        lacks = array.dtype.kind == "f" and bool(np.isnan(array).any())
        return type(value), array.dtype.str, array.shape, array.strides, lacks, kinds_in
    if isinstance(value, Figure):
        # Of what is drawn more than once, one is copied as the other.
        return type(value), [sorted({*map(drawn, axes.findobj())}) for axes in value.axes]
    if isinstance(value, dict):
        return dict, form(list(value)), form(list(value.values()))
    if isinstance(value, list | tuple):
        return type(value), len(value), tuple(map(form, value[:9]))
    return next(NUMBERS) if callable(value) else type(value)


def drawn(artist):
    data = np.asarray(artist.get_xydata() if hasattr(artist, "get_xydata") else ())
    lacks = data.dtype.kind == "f" and bool(np.isnan(data).any())
    return type(artist).__name__, data.dtype.str, min(len(data), 3), lacks


@pytest.fixture(scope="session")
def first_of_its_form():
    """The first answer of each form."""
    return {}


def test_grader_and_notebook_say_the_same(
    bank, solved, expected, recordings, answer, judged, first_of_its_form
):
    if BY_IDENTITY.search(answer.code):
        pytest.skip("it asks which object a recording is; here, a copy is another one")
    path = bank.test_path(answer.question)
    file = load_test_file(path)
    names = sorted(case_variables(file) - {"expected"})
    states = [(case.status, case.state) for case in judged.result.cases]
    forms = [form(judged.variables.get(name)) for name in names]
    first = first_of_its_form.setdefault(repr((answer.question, states, forms)), answer)
    if first != answer:
        pytest.skip(f"of the types and shapes of: {first.name}")
    copies = copied(judged.variables, names, recordings)
    given = {name: solved[name] for name in ("boc", "cell_specimen_id")}
    given |= {"expected": expected}
    trouble = judged.result.trouble
    graded = run_cases(file, {**copies, **given}, trouble, bank.about)
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
