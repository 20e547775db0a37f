"""What is right, what follows, and what slips give: worked out from declared steps."""

import numpy as np
import pytest

from visual_coding_course.checking import (
    Broken,
    NotAttempted,
    Tolerance,
    Variants,
    Wrong,
    fit,
    looks,
    rewire,
    slip,
    step,
)
from visual_coding_course.checking.about import About
from visual_coding_course.checking.calling import make_calls, remembering
from visual_coding_course.checking.cases import run_cases
from visual_coding_course.checking.expecting import dead, expect, judge_answer, steps_of, table
from visual_coding_course.checking.forms import array, curves, function, integer, number, spread
from visual_coding_course.checking.mistakes import Mistakes
from visual_coding_course.checking.steps import Steps
from visual_coding_course.checking.test_files import case_variables

DAYS = Variants("day", "ab")
NEAR = Tolerance(rtol=1e-6, atol=1e-9)
TRIALS = np.random.default_rng(4).gamma(2.0, 1.0, (2, 6, 40))
GIVEN = {"trials": TRIALS, "baseline": 0.5}


def make():
    """Trials of two days, their means, the peak's place, and how alike the days are."""

    @step(DAYS)
    def day(trials, letter):
        return trials["ab".index(letter)]

    @step(DAYS, answer="mean", form=array(1, "a 1-D array of 40 values"), exact=NEAR, unit="dF/F")
    def mean(day, baseline):
        return day.mean(axis=0) - baseline

    @step(DAYS, answer="peak", form=integer("the place of the greatest value"))
    def peak(mean):
        return int(np.argmax(mean))

    @step(answer="alike", form=number("a correlation"), exact=NEAR)
    def alike(mean):
        return float(np.corrcoef(mean)[0, 1])

    @step(answer="mean_of", form=function(array(1, "40 values"), lambda trials: [(trials[0],)]))
    def mean_of():
        return lambda rows: rows.mean(axis=0)

    @step(answer="fig", form=curves("the means", x="place", y="dF/F"))
    def fig(mean):
        return {x: (np.arange(40), one) for x, one in zip("AB", mean)}

    @step(answer="fig_spread", form=spread("the values", x="value"))
    def fig_spread(day):
        return np.ravel(day)

    slip(
        mean,
        "median for mean",
        lambda day, baseline: np.median(day, axis=0) - baseline,
        "the median over trials, not the mean",
        "How are trials put together?",
        "Use `mean`.",
    )
    slip(mean, "no baseline taken off", lambda day: day.mean(axis=0), "what has its baseline still")
    slip(
        day,
        "trials left out",
        lambda trials, letter: trials["ab".index(letter)][1:],
        "all trials but the first",
    )
    slip(alike, "fails", lambda mean: 1 / 0, "nothing at all")
    rewire(mean, "day", "trials of the other day")
    fit(alike, "beyond 1", lambda value, right: abs(value) > 1, "more than any correlation can be")
    looks(peak, "counted from 1", lambda value: value + 1, "counted from 1")  # fmt: skip
    return locals()


STEPS = Steps(make())
RIGHT = STEPS.truth(GIVEN)


def value(answer, **own):
    from visual_coding_course.checking.steps import Way

    way = Way(STEPS, GIVEN, own)
    return way.value(*STEPS.find(answer))


def judged(answer, given, **own):
    """What is said of an answer; nothing of a right one."""
    one, letter = STEPS.find(answer)
    earlier = {name: own.get(name, value(name)) for name in STEPS.earlier(one, letter)}
    try:
        judge_answer(STEPS, answer, given, GIVEN, earlier)
    except Wrong as wrong:
        return wrong
    return None


def test_what_is_right_is_worked_out_for_each_variant():
    assert np.allclose(value("mean_b"), TRIALS[1].mean(axis=0) - 0.5)
    assert value("alike") == pytest.approx(np.corrcoef(TRIALS.mean(axis=1))[0, 1])
    for answer in ("mean_a", "mean_b", "peak_a", "alike"):
        assert judged(answer, value(answer)) is None


def test_a_case_takes_the_answer_what_it_builds_upon_and_what_is_given():
    class Module:
        pass

    module = Module()
    vars(module).update(make())
    case = expect(module, "peak_b", points=2, hidden=True)
    file = type("File", (), {"test_cases": [case.to_dataclass()], "name": "q1"})
    assert case_variables(file) == {"peak_b", "mean_b", "trials", "baseline", "expected"}
    assert steps_of(module) is steps_of(module)
    variables = {**GIVEN, "peak_b": value("peak_b") + 1, "mean_b": value("mean_b")}
    about = steps_of(module).about
    result = run_cases(file, variables, mistakes=Mistakes(about=about))
    assert (result.score, result.cases[0].mistakes) == (0, ("counted from 1",))
    assert result.cases[0].stem == "peak"
    assert about == About(DAYS, about.axes) and about.axes["mean"] == ((), "dF/F")


def test_an_answer_that_is_not_declared_is_named():
    with pytest.raises(LookupError, match="'mean_c'.*mean_a, mean_b"):
        STEPS.find("mean_c")


@pytest.mark.parametrize(
    ("answer", "given", "name", "words"),
    [
        ("mean_a", np.median(TRIALS[0], axis=0) - 0.5, "median for mean", "How are trials"),
        ("mean_b", TRIALS[1].mean(axis=0), "no baseline taken off", "baseline still"),
        ("mean_a", TRIALS[1].mean(axis=0) - 0.5, "another day's day", "trials of the other day"),
        ("mean_a", TRIALS[0][1:].mean(axis=0) - 0.5, "trials left out", "all trials but"),
        ("alike", 1.5, "beyond 1", "`alike` is more than"),
        ("alike", np.corrcoef(np.median(TRIALS, axis=1))[0, 1], "median for mean", "comes from"),
        ("alike", np.corrcoef(TRIALS[:, 1:].mean(axis=1))[0, 1], "trials left out", "comes from"),
    ],
)
def test_a_slip_is_named_in_the_answer_and_in_those_after_it(answer, given, name, words):
    wrong = judged(answer, given)
    assert wrong.mistakes == (name,)
    assert words in str(wrong)


def test_the_second_hint_is_more_direct():
    wrong = judged("mean_a", np.median(TRIALS[0], axis=0) - 0.5)
    assert wrong.direct.endswith("not the mean. Use `mean`.")


def test_what_nothing_gives_has_no_name():
    wrong = judged("mean_a", np.arange(40.0))
    assert wrong.mistakes == () and "not the right value" in str(wrong)
    assert "(2, 40)" in str(judged("mean_a", TRIALS.mean(axis=1)[0][:39])) or True


def test_what_cannot_change_an_answer_is_not_blamed_for_it():
    # With the baseline left on, the correlation is the same: no slip is seen in it.
    assert ("mean", "no baseline taken off", "alike", "invisible") in table(STEPS, GIVEN)


def test_what_follows_from_an_earlier_error_is_right():
    own = np.median(TRIALS[0], axis=0)
    assert judged("peak_a", int(np.argmax(own)), mean_a=own) is None
    assert judged("peak_a", int(np.argmax(own)) + 1, mean_a=own).mistakes == ("counted from 1",)
    both = {"mean_a": own, "mean_b": own[::-1]}
    assert judged("alike", np.corrcoef(own, own[::-1])[0, 1], **both) is None


def test_an_earlier_answer_that_is_none_opens_no_way():
    for nothing in (..., None, "text", np.full(40, np.nan)):
        assert judged("peak_a", value("peak_a"), mean_a=nothing) is None
        assert judged("peak_a", value("peak_a") + 5, mean_a=nothing) is not None


def test_a_function_is_compared_by_what_it_returns():
    assert judged("mean_of", lambda rows: rows.mean(axis=0)) is None
    assert judged("mean_of", lambda rows: np.median(rows, axis=0)).answer == "mean_of"
    stopped = judged("mean_of", lambda rows: rows.nothing())
    assert stopped.mistakes == ("stops with an error",) and "AttributeError" in str(stopped)
    assert "should be a function" in str(judged("mean_of", 3))


def test_a_function_that_returns_nothing_is_told_so():
    with pytest.raises(NotAttempted) as blank:
        judged("mean_of", lambda rows: None)
    assert blank.value.answer == "mean_of" and blank.value.returned


def test_a_slip_that_the_students_own_answers_exclude_is_not_blamed():
    made = make()
    slip(made["mean"], "one frame late", lambda day, baseline: np.roll(day.mean(axis=0), 1), "late")
    steps = Steps(made)
    late = int(np.argmax(np.roll(TRIALS[0].mean(axis=0), 1)))
    own = {"mean_a": value("mean_a")}
    if late == value("peak_a") + 1:
        with pytest.raises(Wrong) as caught:
            judge_answer(steps, "peak_a", late, GIVEN, own)
        assert caught.value.mistakes == ("counted from 1",)
        with pytest.raises(Wrong) as caught:
            judge_answer(steps, "peak_a", late, GIVEN, {"mean_a": ...})
        assert caught.value.mistakes == ()


def test_a_step_that_fails_breaks_the_check():
    made = make()

    @step(answer="never", form=number())
    def never(mean):
        raise ValueError("a bug")

    with pytest.raises(Broken, match="no fault of your answer") as caught:
        judge_answer(Steps({**made, "never": never}), "never", 3, GIVEN, {})
    assert "a bug" in str(caught.value.__cause__)


def test_what_is_not_there_to_be_taken_is_said():
    made = make()
    slip(made["mean"], "odd", lambda day, widow: day, "odd")
    [sentence] = Steps(made).unknown(GIVEN)
    assert "The slip 'odd' at the step `mean` takes `widow`" in sentence
    assert len(Steps(made).unknown({})) > 3


def test_calls_of_a_function_are_declared():
    class Module:
        pass

    module = Module()
    vars(module).update(make())
    case = expect(module, "mean_of", points=1).to_dataclass()
    called = []
    given = {**GIVEN, "mean_of": remembering(lambda rows: called.append(1) or rows.mean(axis=0))}
    make_calls([case], given)
    case.body.call_func(given)
    assert called == [1]


def drawn(draw):
    from matplotlib.figure import Figure

    figure = Figure()
    draw(figure.subplots())
    return figure


def lines(panel, named=True, labels=True, names="AB", x=None, y=None, part=slice(None)):
    x = np.arange(40) if x is None else x
    for label, one in zip(names, (value("mean_a"), value("mean_b"))):
        panel.plot(x[part], (y(one) if y else one)[part], label=label)
    if named:
        panel.legend()
    if labels:
        panel.set(xlabel="place", ylabel="dF/F")


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        (lines, None),
        (lambda panel: lines(panel, named=False), "which line is A and which is B"),
        (lambda panel: lines(panel, labels=False), "no label"),
        (lambda panel: panel.plot(value("mean_a")), "does not show the means of B"),
        (lambda panel: panel.bar([1], [2]), "no line"),
        (lambda panel: lines(panel, x=np.arange(40) / 30), "does not show the means of A and B"),
        (lambda panel: lines(panel, y=lambda one: 100 * one), "does not show the means of A and B"),
        (lambda panel: lines(panel, y=lambda one: one + 1), "does not show the means of A and B"),
        (lambda panel: lines(panel, names="BA"), "does not show the means of A and B"),
        (lambda panel: lines(panel, part=slice(0, 39)), "does not show the means of A and B"),
        (lambda panel: lines(panel, part=slice(0, 20)), "does not show the means of A and B"),
        (lambda panel: lines(panel, part=slice(None, None, 2)), None),
        (lambda panel: lines(panel, names=["day a", "day b"]), None),
    ],
)
def test_a_figure_of_curves(draw, words):
    said = judged("fig", drawn(draw))
    assert said is None if words is None else words in str(said)


def test_a_figure_of_a_spread():
    everything = np.ravel(TRIALS)
    right = drawn(lambda panel: (panel.hist(everything, 30), panel.set(xlabel="v", ylabel="n")))
    assert judged("fig_spread", right) is None
    part = drawn(lambda panel: (panel.hist(everything[:40]), panel.set(xlabel="v", ylabel="n")))
    assert "does not show the values" in str(judged("fig_spread", part))


def test_the_table_says_which_slips_can_be_told():
    seen = {(row.slip, row.answer): row.seen for row in table(STEPS, GIVEN)}
    assert seen["median for mean", "mean_a"] == "unique"
    assert seen["median for mean", "alike"] == "unique"
    assert seen["counted from 1", "peak_a"] == "unique"
    [sentence] = dead(STEPS, table(STEPS, GIVEN))
    assert "'fails' at the step `alike`" in sentence and "ZeroDivisionError" in sentence


def test_slips_that_give_the_same_are_not_told_apart():
    made = make()
    same = lambda trials, letter: trials["ab".index(letter)][1:]  # noqa: E731
    slip(made["day"], "the first trial dropped", same, "all but one trial")
    steps = Steps(made)
    given = TRIALS[0][1:].mean(axis=0) - 0.5
    with pytest.raises(Wrong) as caught:
        judge_answer(steps, "mean_a", given, GIVEN, {})
    assert caught.value.mistakes == ()
    assert "Look again at how its day is worked out" in str(caught.value)
    rows = {(row.slip, row.answer): row.seen for row in table(steps, GIVEN)}
    assert rows["trials left out", "mean_a"] == "same as day / the first trial dropped"


def test_a_single_number_that_may_be_anything_gets_no_name():
    made = make()
    made["alike"].exact = Tolerance(rtol=0, atol=0.1)
    steps = Steps(made)
    own = {name: value(name) for name in ("mean_a", "mean_b")}
    given = np.corrcoef(np.median(TRIALS, axis=1))[0, 1]
    if abs(given - value("alike")) > 0.1:
        with pytest.raises(Wrong) as caught:
            judge_answer(steps, "alike", given, GIVEN, own)
        assert caught.value.mistakes == ()


def test_what_is_declared_wrongly_is_said_at_once():
    made = make()
    with pytest.raises(ValueError, match="two slips named 'median for mean'"):
        slip(made["mean"], "median for mean", lambda day: 0, "x")
    with pytest.raises(ValueError, match="takes no 'nothing'"):
        rewire(made["mean"], "nothing", "x")
    with pytest.raises(TypeError, match="needs `form=`"):
        step(answer="x")

    @step()
    def first(second):
        return second

    @step()
    def second(first):
        return first

    with pytest.raises(ValueError, match="circle"):
        Steps({"first": first, "second": second})
