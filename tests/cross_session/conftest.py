"""The solution notebook, run once, and the bank of answers."""

import matplotlib
import pytest

from visual_coding_course.pages.feedback.outcome import without_values

from ..bank import Bank
from .own import SOURCE
from .reading import reading_once

matplotlib.use("Agg")


BANK = Bank(SOURCE)


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
def judged(bank, solved, expected, answer, results):
    found = bank.judge(answer, solved, expected)
    results[answer] = without_values(found.result)
    return found


@pytest.fixture(scope="session")
def results():
    """What has come of answers, by answer."""
    return {}


@pytest.fixture(scope="session")
def solved(bank):
    return bank.solve()


@pytest.fixture(scope="session")
def expected(bank, solved):
    return bank.as_expected(solved)
