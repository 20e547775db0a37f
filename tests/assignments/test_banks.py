"""Every answer of any assignment's bank gets what it should, and its mistake is named.

The bank lies in the assignment's folder, ``answers/``. cross_session has further tests of its own.
"""

from functools import cache
from pathlib import Path

import pytest

from visual_coding_course.commands.new import TEMPLATES

from ..bank import Bank

COURSE = Path(__file__).resolve().parents[2]
SOURCES = [path.parent for path in sorted(COURSE.glob("source/*/answers"))]
SOURCES = [path for path in SOURCES if path.name != "cross_session"]


class Template(Bank):
    """What `course new` copies: its files have another name than their folder."""

    @property
    def notebook(self):
        return self.source / "NAME.ipynb"


BANKS = [*map(Bank, SOURCES), *(Template(TEMPLATES / name) for name in ("plain", "recordings"))]


@cache
def solved(bank):
    return bank.solve()


def answers():
    for bank in BANKS:
        for answer in bank.load_answers():
            yield pytest.param(bank, answer, id=f"{bank.source.name}-{answer}")


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.source.name)
def test_the_solution_is_right(bank):
    variables = solved(bank)
    expected = bank.as_expected(variables)
    for question in bank.questions:
        assert [one.error for one in bank.check(question, variables, expected) if one.error] == []


@pytest.mark.parametrize(("bank", "answer"), list(answers()))
def test_an_answer_gets_what_it_should(bank, answer):
    variables = solved(bank)
    result = bank.judge(answer, variables, bank.as_expected(variables)).result
    assert (result.score == result.max_score) == answer.right, result.hints
    named = {name for case in result.cases for name in case.mistakes}
    for fitting in answer.mistakes:
        assert named & fitting, (named, result.hints)
