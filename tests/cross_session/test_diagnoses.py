"""A wrong answer is told what is wrong with it, whoever wrote it, and a right one nothing."""

from collections import Counter

import pytest

from visual_coding_course.cases import run_cases
from visual_coding_course.checks.mistakes import find_mistakes
from visual_coding_course.errors import error_sentence
from visual_coding_course.question_files import read_test_file


@pytest.fixture(scope="session")
def said(bank, solved, expected):
    """Names of mistakes in the result of each wrong answer."""
    return {
        answer: named(bank, solved, expected, answer)
        for answer in bank.load_answers()
        if not answer.right
    }


def named(bank, solved, expected, answer):
    [path] = (bank.SOURCE / "tests").glob(f"{answer.question}_*.py")
    file = read_test_file(path.read_text(encoding="utf-8"), str(path))
    variables, error = bank.with_answer_and_error(solved, answer)
    trouble = error_sentence(type(error).__name__, str(error)) if error else None
    variables = {**variables, "expected": expected}
    result = run_cases(file, variables, trouble, find_mistakes(path))
    return {mistake for case in result.cases for mistake in case.mistakes}


def test_wrong_answers_name_their_mistake(said, capsys):
    fitting = {answer: set().union(*answer.mistakes) for answer in said}
    named = [a for a in said if said[a] and said[a] <= fitting[a]]
    wronged = {str(a): said[a] - fitting[a] for a in said if said[a] - fitting[a]}
    each = [bool(names & said[a]) for a in said for names in a.mistakes]
    whole = [a for a in said if len(a.mistakes) > 1]
    with capsys.disabled():
        print(
            f"\n{len(named)} of {len(said)} wrong answers name a mistake that they make, and none "
            f"that they do not: {len(named) / len(said):.3f}. "
            f"{sum(each)} of {len(each)} mistakes are named, {len(whole)} answers make several."
        )
    assert not wronged
    assert len(named) / len(said) >= 0.9, [str(a) for a in said if a not in named]
    assert sum(each) / len(each) >= 0.85


def test_each_question_names_most_mistakes(said):
    share = {a.question: [bool(said[b]) for b in said if b.question == a.question] for a in said}
    assert {question: sum(found) / len(found) >= 0.8 for question, found in share.items()} == {
        question: True for question in share
    }


def test_the_bank_says_what_each_wrong_answer_does(bank, said):
    counts = Counter(answer.right for answer in bank.load_answers())
    assert counts[False] >= 80
    assert counts[True] >= 40
    assert all(answer.mistakes and all(answer.mistakes) for answer in said)
