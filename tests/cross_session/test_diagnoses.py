"""A wrong answer is told what is wrong with it, whoever wrote it, and a right one nothing."""

from collections import Counter

import pytest

from .elsewhere import names_that_mean_the_same


@pytest.fixture(scope="session")
def said(bank, solved, expected, results, another):
    """Names of mistakes in the result of each wrong answer."""
    wrong = []
    for answer in (answer for answer in bank.load_answers() if not answer.right):
        if answer not in results:
            judged = bank.judge(answer, solved, expected)
            results[answer] = judged.result, another(answer, judged.variables)
        if not results[answer][1]:
            wrong.append(answer)
    return {answer: _names(results[answer][0].cases, answer.mistakes) for answer in wrong}


def _names(cases, mistakes):
    """Names of mistakes; that there is none of a name only where the answer is about that."""
    about = set().union(*mistakes)
    return {
        mistake
        for case in cases
        for mistake in case.mistakes
        if case.state != "missing" or mistake in about
    }


@pytest.fixture(scope="session")
def same(solved, is_elsewhere):
    return names_that_mean_the_same(solved) if is_elsewhere else {}


def test_wrong_answers_name_their_mistake(said, same, is_elsewhere, capsys):
    fitting = {answer: set().union(*answer.mistakes) for answer in said}
    for names in fitting.values():
        names |= set().union(*(same.get(name, ()) for name in names))
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
    least = 0.9 if is_elsewhere else 0.95
    assert len(named) / len(said) >= least, [str(a) for a in said if a not in named]
    assert sum(each) / len(each) >= 0.9


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


@pytest.mark.parametrize(
    ("question", "name", "points"),
    [
        ("q6", "transposed", 3),
        ("q6", "903 frames", 3),
        ("q6", "899 frames", 3),
        ("q6", "a list of lists", 3),
        ("q4", "a figure without names of the axes", 1),
        ("q7", "sessions not named", 1),
        ("q9", "no axis names", 1),
    ],
)
def test_what_is_right_but_for_its_form_loses_no_more_than_that(
    bank, solved, expected, question, name, points
):
    [answer] = [a for a in bank.load_answers() if (a.question, a.name) == (question, name)]
    result = bank.judge(answer, solved, expected).result
    assert result.max_score - result.score == points
