"""Which slip speaks when an answer is wrong, and in which words."""

from types import SimpleNamespace

import numpy as np
import pytest

from visual_coding_course.checking import (
    Tolerance,
    Variants,
    Wrong,
    fit,
    looks,
    rewire,
    slip,
    step,
)
from visual_coding_course.checking.asking import AS_IT_IS, Asked
from visual_coding_course.checking.expecting import judge_answer
from visual_coding_course.checking.forms import Form, array, number, shown, text
from visual_coding_course.checking.steps import Steps

SESSIONS = Variants("session", "abc")
ROWS = np.array([[1.0, 2, 3], [2, 4, 9], [9, 9, 9]])
MEANS = {letter: ROWS.mean(axis=0) + 100 * place for place, letter in enumerate("abc")}


class AsItIs(Form):
    """Takes anything, and finds it wrong."""

    def read(self, name, value):
        return value

    def judge(self, name, found, right, exact):
        raise Wrong(name, "wrong_value", f"`{name}` is odd.", value=found, tolerance=exact)


class Refusing(Form):
    """Finds what is wrong as it reads, and what it is, or may be, called."""

    def read(self, name, value):
        raise Wrong(name, "wrong_type", f"`{name}` is refused.", **value)


NEAR = Tolerance(0, 1e-9)


def make(exact=NEAR, form=None):
    """Three responses in each of three sessions, their mean, and the sum of that."""

    @step(SESSIONS)
    def response(letter, shift):
        return ROWS + 100 * "abc".index(letter) + shift

    @step(
        SESSIONS,
        answer="mean",
        form=form or array(1, "three values"),
        exact=exact,
        wrong="`{answer}` is wrong.",
        direct="Second for `{answer}` of {letter}.",
    )
    def mean(response):
        return response.mean(axis=0)

    @step(SESSIONS, answer="total", form=number())
    def total(mean):
        return float(mean.sum())

    return SimpleNamespace(response=response, mean=mean, total=total)


def median(at, what="`{answer}` looks like {letter}."):
    slip(at, "median", lambda response: np.median(response, axis=0), what, "Look.", "Do.")


def judged(made, value, answer="mean_b", asked=AS_IT_IS, **own):
    """What is raised for an answer of session B."""
    with pytest.raises(Wrong) as caught:
        judge_answer(Steps(vars(made)), answer, value, {"shift": 0.0}, own, None, asked)
    return caught.value


MEDIAN_B = np.array([102.0, 104, 109])


def test_the_slip_that_fits_speaks_in_two_parts():
    made = make()
    median(made.mean)
    wrong = judged(made, MEDIAN_B)
    assert wrong.mistakes == ("median",)
    assert str(wrong) == "`mean_b` looks like B. Look."
    assert wrong.direct == "`mean_b` looks like B. Do."


def test_a_noun_phrase_is_put_into_a_sentence_here_and_further_on():
    made = make()
    median(made.mean, "the median of {letter}")
    assert str(judged(made, MEDIAN_B)) == "`mean_b` is the median of B. Look."
    wrong = judged(made, MEDIAN_B.sum(), "total_b")
    assert str(wrong) == "`total_b` comes from the median of B. Look."
    assert wrong.direct == "`total_b` comes from the median of B. Do."


def test_a_sentence_about_one_answer_is_not_said_of_those_after_it():
    made = make()
    median(made.mean)
    said = str(judged(made, MEDIAN_B.sum(), "total_b"))
    assert said == "`total_b` comes from an earlier step, with this mistake: median. Look."


def test_what_no_slip_gives_keeps_the_steps_own_sentences():
    made = make()
    median(made.mean)
    wrong = judged(made, np.array([0.0, 0, 1]))
    assert (str(wrong), wrong.mistakes) == ("`mean_b` is wrong.", ())
    assert wrong.direct == "`mean_b` is wrong. Second for `mean_b` of B."


def test_of_a_form_that_says_more_the_sentence_stays():
    made = make()
    wrong = judged(made, np.ones(9))
    assert "the shape (9,)" in str(wrong) and wrong.direct.startswith(str(wrong))
    assert wrong.direct.endswith("Second for `mean_b` of B.")


def test_both_other_sessions_are_tried_and_named():
    made = make()
    rewire(made.mean, "response", "the responses of session {other}", "Whose?")
    for other in "ac":
        wrong = judged(made, MEANS[other])
        assert wrong.mistakes == ("another session's response",)
        assert str(wrong) == f"`mean_b` comes from the responses of session {other.upper()}. Whose?"


def test_a_form_of_the_answer_may_be_another_sessions():
    made = make()
    looks(made.mean, "doubled", lambda way, other: 2 * way.mean(other), "twice that of {other}")
    for other in "ac":
        wrong = judged(made, 2 * MEANS[other])
        assert (str(wrong), wrong.mistakes) == (
            f"`mean_b` is twice that of {other.upper()}.",
            ("doubled",),
        )
    assert judged(made, 2 * MEANS["b"]).mistakes == ()


def test_a_slip_on_another_sessions_values_names_both():
    made = make()
    median(made.mean)
    wrong = judged(made, MEDIAN_B - 100)
    assert wrong.mistakes == ("median", "another session's")
    also = "It also comes from session A, not from session B."
    assert also in str(wrong)
    assert wrong.direct == f"`mean_b` looks like B. {also} Do."


def test_a_form_of_another_sessions_value_names_both():
    made = make()
    looks(made.mean, "in percent", lambda mean: 100 * mean, "in percent")
    assert judged(made, 100 * MEANS["c"]).mistakes == ("in percent", "another session's")
    assert judged(made, 100 * MEANS["b"]).mistakes == ("in percent",)


def test_the_nearest_of_several_speaks():
    made = make(exact=Tolerance(0, 1))
    slip(made.mean, "near", lambda response: response.mean(axis=0) + 5, "near")
    slip(made.mean, "nearer", lambda response: response.mean(axis=0) + 5.4, "nearer")
    assert judged(made, MEANS["b"] + 5.3).mistakes == ("nearer",)


def test_of_two_at_the_answers_own_step_that_give_the_same_the_first_speaks():
    made = make()
    for name in ("first", "second"):
        slip(made.mean, name, lambda response: response[0], name)
    assert judged(made, ROWS[0] + 100).mistakes == ("first",)


def test_of_two_in_a_chain_that_give_the_same_the_later_speaks():
    made = make()
    slip(made.response, "first alone", lambda way, letter, shift: ROWS[:1] + shift, "one")
    slip(made.mean, "first", lambda response: response[0], "one")
    assert judged(made, ROWS[0].sum() + 300, "total_b").mistakes == ("first",)


def test_a_slip_that_cannot_be_made_here_is_passed_over():
    made = make()
    slip(made.mean, "broken", lambda response: response.nothing, "broken")
    looks(made.mean, "broken too", lambda mean: mean.nothing, "broken")
    fit(made.mean, "broken as well", lambda value, right: value.nothing, "broken")
    median(made.mean)
    assert judged(made, MEDIAN_B).mistakes == ("median",)
    assert judged(made, MEDIAN_B + 1).mistakes == ()


def shifts(response):
    for shift in (-1, 1, 2):
        yield response.mean(axis=0) + shift


def test_several_values_of_one_slip():
    made = make()
    slip(made.mean, "shift", shifts, "shifted")
    for shift in (-1, 1, 2):
        assert judged(made, MEANS["b"] + shift).mistakes == ("shift",)
        wrong = judged(made, MEANS["b"].sum() + 3 * shift, "total_b")
        assert wrong.mistakes == ("shift",), "and in what comes after it"
    assert judged(made, MEANS["b"] + 3).mistakes == ()


def test_several_forms_of_one_answer():
    made = make()
    looks(made.mean, "in other units", lambda mean: (mean * x for x in (100, 1000)), "scaled")
    for factor in (100, 1000):
        assert judged(made, MEANS["b"] * factor).mistakes == ("in other units",)


def test_a_slip_may_ask_for_any_step_and_variant_by_name():
    made = make()
    slip(
        made.mean,
        "all three",
        lambda way: sum(way.response(x).mean(axis=0) for x in "abc"),
        "of all",
    )
    slip(made.mean, "first", lambda way, letter: way.response(letter)[0] + way.shift, "first")
    assert judged(made, sum(MEANS.values())).mistakes == ("all three",)
    assert judged(made, ROWS[0] + 100).mistakes == ("first",)


def as_ordered(value, right):
    """The right values, sorted as the answer's are."""
    return np.sort(right)[np.argsort(np.argsort(value))]


def test_a_form_may_depend_on_the_answer():
    made = make()
    looks(made.mean, "in another order", as_ordered, "moved")
    assert judged(made, MEANS["b"][::-1]).mistakes == ("in another order",)


def test_a_mistake_may_be_told_from_answer_and_right_value():
    made = make()
    fit(
        made.mean,
        "above",
        lambda value, right, way: bool((value > right).all()) and way.shift == 0,
        "above what it should be",
        "Look.",
    )
    wrong = judged(made, MEANS["b"] + np.pi)
    assert (str(wrong), wrong.mistakes) == (
        "`mean_b` is above what it should be. Look.",
        ("above",),
    )
    assert judged(made, MEANS["b"] - np.pi).mistakes == ()


def test_a_wrong_shape_is_explained_by_a_slip_of_that_shape():
    made = make()
    median(made.mean)
    frames = "`{answer}` has {size} values, {shape}."
    slip(made.mean, "frames", lambda response: np.arange(9.0), frames, "Look.")
    wrong = judged(made, np.ones(9))
    assert str(wrong) == "`mean_b` has 9 values, (9,). Look."
    made = make()
    slip(made.mean, "ones", lambda response: np.full(3, 7.0), frames)
    assert judged(made, np.ones(3)).mistakes == (), "not if the shape may be right"


def test_a_wrong_number_of_axes_is_explained_so_too():
    made = make()
    slip(made.mean, "no mean", lambda response: response, "`{answer}` has all rows.", "Look.")
    assert str(judged(made, ROWS + 100)) == "`mean_b` has all rows. Look."


def test_slips_on_the_students_own_earlier_answers_are_found():
    made = make()
    slip(made.total, "the largest alone", lambda mean: float(mean.max()), "the largest")
    own = np.array([5.0, 17, 3])
    assert judged(made, 17.0, "total_b").mistakes == ()
    assert judged(made, 17.0, "total_b", mean_b=own).mistakes == ("the largest alone",)


def test_a_mistake_that_the_form_recognises_gets_its_hints():
    made = make(form=Refusing())
    fit(made.mean, "a list", None, "`{answer}` is a list.", "Read on.", "Use it.")
    fit(made.mean, "a set", None, "", direct="Use an array for {letter}.")
    wrong = judged(made, {"mistake": "a list"})
    assert (str(wrong), wrong.direct) == (
        "`mean_b` is a list. Read on.",
        "`mean_b` is a list. Use it.",
    )
    wrong = judged(made, {"mistake": "a set"})
    assert str(wrong) == "`mean_b` is refused."
    assert wrong.direct == "`mean_b` is refused. Use an array for B."
    unlisted = judged(made, {"mistake": "unlisted"})
    assert unlisted.mistakes == ("unlisted",)
    assert unlisted.direct == "`mean_b` is refused. Second for `mean_b` of B."


def test_what_is_likely_is_the_name_only_where_nothing_fits():
    made = make(form=Refusing())
    median(made.mean)
    likely = {"likely": "no mean at all"}
    assert judged(made, likely | {"value": np.zeros(3)}).mistakes == ("no mean at all",)
    assert judged(made, likely | {"value": MEDIAN_B}).mistakes == ("median",)


@pytest.mark.parametrize(
    "value", [np.array([np.nan, 1e300, -np.inf]), "text", {1, 2}, object(), {"a": 3}, [1, "b"]]
)
def test_odd_values_match_nothing(value):
    made = make(form=AsItIs())
    median(made.mean)
    wrong = judged(made, value)
    assert (str(wrong), wrong.mistakes) == ("`mean_b` is wrong.", ())


def test_sets_and_texts_are_compared_as_they_are():
    made = make()

    @step(answer="pair", form=text())
    def pair(mean):
        return "BC"

    @step(answer="those", form=AsItIs())
    def those(mean):
        return frozenset({1, 2})

    looks(pair, "the least", lambda right: "AB", "the least alike")
    looks(those, "all", lambda right: frozenset({1, 2, 3}), "all")
    made.pair, made.those = pair, those
    assert judged(made, "ab", "pair").mistakes == ("the least",)
    assert judged(made, "AC", "pair").mistakes == ()
    assert judged(made, frozenset({1, 2, 3}), "those").mistakes == ("all",)
    assert judged(made, frozenset({1}), "those").mistakes == ()


def test_slow_slips_are_asked_last_and_only_of_what_has_the_right_form():
    made, asked = make(), []

    def slowly(response):
        asked.append(response.shape)
        return response.max(axis=0)

    slip(made.mean, "greatest", slowly, "the greatest", slow=True)
    median(made.mean)
    judged(made, MEDIAN_B)
    judged(made, np.ones(9))
    assert asked == []
    assert judged(made, np.full(3, 109.0)).mistakes == ("greatest",)
    assert asked


# Figures that a case judges by a function of the assignment's ------------------------------


def shows(value):
    """A judge that finds a line wrong."""

    def judge(figure, ways):
        truth, _ = ways
        if figure != "right":
            raise Wrong("fig", "wrong_value", "`fig` is wrong.", **figure)
        assert truth().mean("a").shape == (3,)

    return Asked(by={"fig": judge})


def with_figure():
    made = make()
    median(made.mean, "the median")

    @step(answer="fig", form=shown(), direct="Draw `mean_a`.")
    def fig(mean):
        return mean

    fit(fig, "no line", None, "", direct="Call `ax.plot`.")
    made.fig = fig
    return made


@pytest.mark.parametrize(
    ("raised", "mistakes", "said", "direct"),
    [
        ({}, (), "`fig` is wrong.", "`fig` is wrong. Draw `mean_a`."),
        (
            {"mistake": "no line"},
            ("no line",),
            "`fig` is wrong.",
            "`fig` is wrong. Call `ax.plot`.",
        ),
        (
            {"value": MEDIAN_B, "of": "mean"},
            ("median",),
            "A line of `fig` is the median. Look.",
            "A line of `fig` is the median. Draw `mean_a`.",
        ),
        ({"value": np.zeros(3), "of": "mean", "likely": "zeros"}, ("zeros",), "`fig` is wrong.",
         "`fig` is wrong. Draw `mean_a`."),
    ],
)  # fmt: skip
def test_a_figure_is_judged_by_a_function_and_its_lines_by_slips(raised, mistakes, said, direct):
    wrong = judged(with_figure(), raised, "fig", shows(raised))
    assert (wrong.mistakes, str(wrong), wrong.direct) == (mistakes, said, direct)


def test_a_figure_that_the_function_takes_is_right():
    steps = Steps(vars(with_figure()))
    judge_answer(steps, "fig", "right", {"shift": 0.0}, {}, None, shows("right"))
