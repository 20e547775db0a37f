"""The solution notebook, run once, and the bank of answers."""

import importlib.util
import sys
from pathlib import Path

import matplotlib
import pytest

from visual_coding_course.pages.feedback.outcome import without_values

matplotlib.use("Agg")


def _load_bank():
    name = "cross_session_bank"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("bank.py"))
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def pytest_generate_tests(metafunc):
    if "answer" in metafunc.fixturenames:
        answers = _load_bank().load_answers()
        # All tests of one answer run one after the other, on what it gave when it was run once.
        metafunc.parametrize("answer", answers, ids=str, scope="session", indirect=True)
    if "mistake" in metafunc.fixturenames:
        # Questions 8 and 9 are not built upon.
        wrong = [a for a in _load_bank().load_answers() if not a.right and a.question < "q8"]
        metafunc.parametrize("mistake", wrong, ids=str)


@pytest.fixture(scope="session")
def bank():
    return _load_bank()


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
