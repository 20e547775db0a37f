"""Which mistake speaks when an answer is wrong."""

import numpy as np
import pytest

from visual_coding_course.checking import About, Mistake, Variants, Wrong
from visual_coding_course.checking.mistakes import (
    Mistakes,
    diagnosed,
    find_mistakes,
    read_mistakes,
    using,
)
from visual_coding_course.checking.wrong import Tolerance


class Recordings:
    """Stands for a route: three sessions with three responses each."""

    def __init__(self, shift=0.0):
        rows = np.array([[1.0, 2, 3], [2, 4, 9], [9, 9, 9]])
        self.responses = {x: rows + 100 * i + shift for i, x in enumerate("abc")}


def judged(value, *mistakes, state="wrong_value", routes=(), tolerance=None, **more):
    """What a check raises for an answer of session B."""

    @diagnosed
    def check(value, ways):
        options = {} if tolerance is None else {"tolerance": tolerance}
        raise Wrong("mean_b", state, "`mean_b` is wrong.", value=value, **options, **more)

    second = {"mean": "Second for `{answer}` of {letter}."}
    about = About(Variants("session", "abc"))
    with using(Mistakes(mistakes, second, about=about)), pytest.raises(Wrong) as caught:
        check(value, [lambda: Recordings(), list(routes)])
    return caught.value


def mistake(name, gives, looks="`{answer}` looks like {letter}.", where="Look.", direct="Do."):
    return Mistake("mean", name, looks, where, direct, gives)


MEDIAN = mistake("median", lambda right, letter: np.median(right.responses[letter], axis=0))
OTHER = mistake(
    "other", lambda right, other: right.responses[other].mean(axis=0), "It is session {other}'s."
)


def test_the_matching_mistake_speaks_in_two_parts():
    wrong = judged(np.array([102.0, 104, 109]), OTHER, MEDIAN)
    assert wrong.mistakes == ("median",)
    assert str(wrong) == "`mean_b` looks like B. Look."
    assert wrong.direct == "`mean_b` looks like B. Do."


def test_what_no_mistake_gives_keeps_the_checks_own_sentence():
    wrong = judged(np.array([0.0, 0, 1]), OTHER, MEDIAN)
    assert (str(wrong), wrong.mistakes) == ("`mean_b` is wrong.", ())
    assert wrong.direct == "`mean_b` is wrong. Second for `mean_b` of B."


def test_both_other_sessions_are_tried_and_named():
    mean_of_c = Recordings().responses["c"].mean(axis=0)
    assert str(judged(mean_of_c, MEDIAN, OTHER)) == "It is session C's. Look."


def test_a_mistake_on_another_sessions_values_names_both():
    wrong = judged(np.array([2.0, 4, 9]), MEDIAN)
    assert wrong.mistakes == ("median", "another session's")
    also = "It also comes from session A, not from session B."
    assert also in str(wrong)
    assert wrong.direct == f"`mean_b` looks like B. {also} Do."


def test_the_nearest_of_several_speaks():
    near = mistake("near", lambda: np.array([5.0]))
    nearer = mistake("nearer", lambda: np.array([5.4]))
    wide = Tolerance(rtol=0, atol=1)
    assert judged(np.array([5.3]), near, nearer, tolerance=wide).mistakes == ("nearer",)


def test_of_two_that_give_the_same_the_first_speaks():
    first, second = (mistake(name, lambda: np.array([5.0])) for name in ("first", "second"))
    assert judged(np.array([5.0]), first, second).mistakes == ("first",)


def test_a_mistake_that_cannot_be_made_here_is_passed_over():
    broken = mistake("broken", lambda right: right.nothing)
    assert judged(np.array([102.0, 104, 109]), broken, MEDIAN).mistakes == ("median",)


def test_several_values_of_one_mistake():
    def shifts(right, letter):
        for shift in (-1, 1):
            yield right.responses[letter].mean(axis=0) + shift

    value = Recordings().responses["b"].mean(axis=0) + 1
    assert judged(value, mistake("shift", shifts)).mistakes == ("shift",)


def test_a_wrong_shape_is_explained_by_a_mistake_of_that_shape():
    frames = mistake("frames", lambda: np.arange(9), "`{answer}` has {size} values, {shape}.")
    wrong = judged(np.ones(9), MEDIAN, frames, state="wrong_shape")
    assert str(wrong) == "`mean_b` has 9 values, (9,). Look."
    assert judged(np.ones(9), MEDIAN, frames).mistakes == (), "not if the shape may be right"


def test_the_students_own_earlier_answers_are_tried_after_the_truth():
    value = np.median(Recordings(0.25).responses["b"], axis=0)
    assert judged(value, MEDIAN).mistakes == ()
    assert judged(value, MEDIAN, routes=[Recordings(0.25)]).mistakes == ("median",)


def test_a_mistake_that_the_check_recognises_gets_its_hints():
    named = Mistake("mean", "a list", "`{answer}` is a list.", "Read on.", "Use it.")
    silent = Mistake("mean", "a list", direct="Use an array.")
    assert str(judged(None, named, mistake="a list")) == "`mean_b` is a list. Read on."
    wrong = judged(None, silent, mistake="a list")
    assert str(wrong) == "`mean_b` is wrong."
    assert wrong.direct == "`mean_b` is wrong. Use an array."
    assert judged(None, mistake="unlisted").mistakes == ("unlisted",)


@pytest.mark.parametrize("value", [np.array([np.nan, 1e300, -np.inf]), "text", {1, 2}, object()])
def test_odd_values_match_nothing(value):
    assert judged(value, MEDIAN, OTHER).mistakes == ()


def test_sets_and_texts_are_compared_as_they_are():
    pairs = mistake("the least", lambda: "AB")
    assert judged("AB", pairs).mistakes == ("the least",)
    assert judged("AC", pairs).mistakes == ()


def test_a_file_of_mistakes_is_found_beside_the_test_file(tmp_path):
    for folder in ("tests", "mistakes"):
        (tmp_path / folder).mkdir()
    assert find_mistakes(tmp_path / "tests" / "q1_one.py").known == ()
    source = "from visual_coding_course.checking import Mistake\nMISTAKES = [Mistake('x', 'one')]\n"
    (tmp_path / "mistakes" / "q1_one.py").write_text(source)
    assert find_mistakes(tmp_path / "tests" / "q1_one.py").known[0].name == "one"


def test_a_name_stands_for_one_mistake_only():
    source = (
        "from visual_coding_course.checking import Mistake\nMISTAKES = [Mistake('x', 'one')] * 2"
    )
    with pytest.raises(ValueError, match="twice"):
        read_mistakes(source)
