"""The solution notebook, run once, and the bank of answers."""

import matplotlib
import pytest

from visual_coding_course.pages.feedback.outcome import without_values
from visual_coding_course.recordings import layout

from ..bank import Bank
from .elsewhere import why_it_is_another
from .own import SOURCE
from .reading import reading_once

matplotlib.use("Agg")


BANK = Bank(SOURCE)


def pytest_configure(config):
    if neuron := config.getoption("neuron"):
        BANK.parameters["cell_specimen_id"] = neuron


def pytest_generate_tests(metafunc):
    if "answer" in metafunc.fixturenames:
        answers = BANK.load_answers()
        # All tests of one answer run one after the other, on what it gave when it was run once.
        metafunc.parametrize("answer", answers, ids=str, scope="session", indirect=True)
    if "mistake" in metafunc.fixturenames:
        # Questions 8 and 9 are not built upon.
        wrong = [a for a in BANK.load_answers() if not a.right and a.question < "q8"]
        metafunc.parametrize("mistake", wrong, ids=str)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    with reading_once():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    with reading_once():
        return (yield)


@pytest.fixture(scope="session")
def bank():
    return BANK


@pytest.fixture(scope="session")
def answer(request):
    return request.param


@pytest.fixture(scope="session")
def judged(bank, solved, expected, answer, results, another):
    found = bank.judge(answer, solved, expected)
    results[answer] = without_values(found.result), another(answer, found.variables)
    return found


@pytest.fixture(scope="session")
def results():
    """What has come of answers, and why they are other ones here, by answer."""
    return {}


@pytest.fixture(scope="session")
def solved(bank):
    return bank.solve()


@pytest.fixture(scope="session")
def expected(bank, solved):
    return bank.as_expected(solved)


@pytest.fixture(scope="session")
def usual():
    """The solution's variables on the practice recordings, for their neuron."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(layout.GIVEN, raising=False)
        return Bank(SOURCE).solve()


@pytest.fixture(scope="session")
def is_elsewhere(bank):
    """Whether the bank is about another neuron, or on other recordings, than it was written for."""
    return bool(bank.parameters or layout.given_folder())


@pytest.fixture(scope="session")
def another(bank, solved, is_elsewhere, request):
    """Say why an answer is another thing than where the bank was written for; nothing there."""
    if not is_elsewhere:
        return lambda answer, variables: ""
    usual = request.getfixturevalue("usual")
    return lambda answer, variables: why_it_is_another(bank, answer, variables, solved, usual)
