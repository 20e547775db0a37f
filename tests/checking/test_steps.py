"""What is right, what follows, and what slips give: worked out from declared steps."""

from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from visual_coding_course.checking import (
    Broken,
    NotAttempted,
    Tolerance,
    Variants,
    Wrong,
    also,
    fit,
    looks,
    rewire,
    slip,
    step,
)
from visual_coding_course.checking.about import About
from visual_coding_course.checking.asking import AS_IT_IS, Asked
from visual_coding_course.checking.calling import make_calls, remembering
from visual_coding_course.checking.cases import run_cases
from visual_coding_course.checking.expecting import FOLLOWS, expect, judge_answer, steps_of
from visual_coding_course.checking.forms import (
    Form,
    array,
    curves,
    function,
    integer,
    number,
    spread,
    text,
)
from visual_coding_course.checking.slip_table import dead, table
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
    looks(peak, "counted from 1", lambda right: right + 1, "counted from 1")
    return locals()


def module_of(declared):
    """A module that declares steps, as an assignment's has them."""
    module = ModuleType("steps")
    vars(module).update(declared)
    return module


STEPS = Steps(make())
RIGHT = STEPS.truth(GIVEN)


def value(answer, **own):
    from visual_coding_course.checking.way import Way

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
    module = module_of(make())
    case = expect(module, "peak_b", points=2, hidden=True)
    file = type("File", (), {"test_cases": [case.to_dataclass()], "name": "q1"})
    assert case_variables(file) == {"peak_b", "mean_b", "trials", "baseline", "expected"}
    assert steps_of(module) is steps_of(module)
    variables = {**GIVEN, "peak_b": value("peak_b") + 1, "mean_b": value("mean_b")}
    about = steps_of(module).about
    result = run_cases(file, variables, about=about)
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
    assert "(39,)" in str(judged("mean_a", TRIALS[0].mean(axis=0)[:39]))


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
    assert late == value("peak_a") + 1
    with pytest.raises(Wrong) as caught:
        judge_answer(steps, "peak_a", late, GIVEN, own)
    assert caught.value.mistakes == ("counted from 1",)
    with pytest.raises(Wrong) as caught:
        judge_answer(steps, "peak_a", late, GIVEN, {"mean_a": ...})
    assert caught.value.mistakes == ("counted from 1",)


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
    module = module_of(make())
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
    assert abs(given - value("alike")) > 0.1
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


# What follows from earlier answers ---------------------------------------------------------


def test_what_follows_from_nothing_is_told_so_and_gets_nothing():
    zeros = judged("peak_a", 0, mean_a=np.zeros(40))
    assert zeros.mistakes == (FOLLOWS,)
    assert "follows from your `mean_a`, which is not right yet: mend that first." in str(zeros)
    assert judged("peak_a", 3, mean_a=np.zeros(40)).mistakes != (FOLLOWS,)


def test_one_array_for_all_variants_is_nothing_to_compare():
    made_up = np.random.default_rng(8).normal(size=40)
    both = judged("alike", 1.0, mean_a=made_up, mean_b=made_up)
    assert both.mistakes == (FOLLOWS,)
    assert "follows from your `mean_a` and `mean_b`, which are not right yet" in str(both)
    right_once = judged("alike", 1.0, mean_b=value("mean_a"))
    assert right_once.mistakes == (FOLLOWS,)
    assert "follows from your `mean_b`, which is" in str(right_once)
    turned = judged("alike", -1.0, mean_a=made_up, mean_b=-made_up)
    assert turned.mistakes == (FOLLOWS,), "one is the other, turned over"


def test_an_own_answer_is_followed_alone_where_the_other_leads_nowhere():
    own = np.median(TRIALS[0], axis=0)
    r = np.corrcoef(own, value("mean_b"))[0, 1]
    assert judged("alike", r, mean_a=own, mean_b=np.zeros(40)) is None


def test_an_answer_follows_only_from_what_the_step_says():
    made = make()

    @step(DAYS, answer="width", form=number(), exact=NEAR, follows=("peak",))
    def width(mean, peak):
        return float(mean[peak] - mean.min())

    steps = Steps({**made, "width": width})
    one, _ = steps.find("width_a")
    assert steps.earlier(one, "a") == ["peak_a"]
    mean = value("mean_a")
    judge_answer(steps, "width_a", mean[3] - mean.min(), GIVEN, {"peak_a": 3})
    made["peak"].follows = ()
    assert steps.earlier(made["peak"], "a") == []


def test_a_step_may_have_several_right_ways():
    made = make()

    @also(made["mean"])
    def without_baseline(day):
        return day.mean(axis=0)

    slip(made["mean"], "no baseline", lambda day: day.mean(axis=0), "what has its baseline still")
    steps = Steps(made)
    for right in (TRIALS[0].mean(axis=0), TRIALS[0].mean(axis=0) - 0.5):
        judge_answer(steps, "mean_a", right, GIVEN, {})
        for solved in (TRIALS[0].mean(axis=0), TRIALS[0].mean(axis=0) - 0.5):
            judge_answer(steps, "mean_a", right, GIVEN, {}, SimpleNamespace(mean_a=solved))
    with pytest.raises(Wrong):
        judge_answer(steps, "mean_a", TRIALS[1].mean(axis=0), GIVEN, {})


def test_a_hidden_case_compares_with_the_solutions_own_value():
    solved = SimpleNamespace(mean_a=TRIALS[0].mean(axis=0) - 0.25)
    judge_answer(STEPS, "mean_a", solved.mean_a, GIVEN, {}, solved)
    with pytest.raises(Wrong):
        judge_answer(STEPS, "mean_a", value("mean_a"), GIVEN, {}, solved)
    judge_answer(STEPS, "peak_a", value("peak_a"), GIVEN, {"mean_a": value("mean_a")}, solved)


# Steps that are worked out for several values of a variable -------------------------------

TRACES = np.random.default_rng(9).gamma(2.0, 1.0, (2, 5, 30))
STARTS = np.array([2, 11, 20])
MANY = {"traces": TRACES, "starts": STARTS, "unit": 1}
FRAMES = STARTS[:, np.newaxis] + np.arange(8)


class ByUnit(Form):
    """A number for each unit, by its number."""

    def read(self, name, value):
        return dict(value)

    def of_each(self, name, found, each, way):
        if not set(each) <= set(found):
            raise Wrong(name, "wrong_shape", f"`{name}` lacks units.", mistake="too few")
        return np.array([found[one] for one in each])


def some_units(units, unit):
    return [unit, *(one for one in units if one != unit)][:3]


def make_many(worked_out=None):
    """Pieces of the traces of five units on two days, their means, and how alike they are."""
    worked_out = [] if worked_out is None else worked_out

    @step(DAYS)
    def session(traces, letter):
        return traces["ab".index(letter)]

    @step()
    def units(traces):
        return np.arange(traces.shape[1])

    @step(DAYS, each="unit")
    def trace(session, unit):
        worked_out.append(np.shape(unit))
        return session[unit]

    @step(
        DAYS,
        answer="pieces",
        form=function(array(2, "3 x 8"), takes=("session", "unit"), each=some_units),
        exact=NEAR,
        each="unit",
    )
    def pieces(trace, starts):
        return trace[..., FRAMES]

    @step(DAYS, answer="mean", form=array(1, "8 values"), exact=NEAR, each="unit")
    def mean(pieces):
        return pieces.mean(axis=-2)

    @step(answer="alike", form=ByUnit(), exact=NEAR, each="unit")
    def alike(mean):
        one, other = (x - x.mean(axis=-1, keepdims=True) for x in mean)
        return (one * other).sum(-1) / np.sqrt((one**2).sum(-1) * (other**2).sum(-1))

    @step(over="units", answer="best", form=integer())
    def best(alike):
        return int(np.argmax(alike))

    slip(
        pieces,
        "one frame late",
        lambda trace, starts: trace[..., FRAMES + 1],
        "pieces that begin a frame too late",
    )
    slip(mean, "median for mean", lambda pieces: np.median(pieces, axis=-2), "the median")
    return {name: one for name, one in locals().items() if name != "worked_out"}


def pieces_of(session, unit):
    return session[unit][FRAMES]


def mean_of_unit(day, unit):
    return TRACES[day, unit][FRAMES].mean(axis=0)


def alike_in(unit):
    means = [mean_of_unit(day, unit) for day in (0, 1)]
    return np.corrcoef(*means)[0, 1]


ALL_ALIKE = {unit: alike_in(unit) for unit in range(5)}


def said(answer, given, steps=None, asked=AS_IT_IS, **own):
    """What is said of an answer; nothing of a right one."""
    steps = steps or Steps(make_many())
    try:
        judge_answer(steps, answer, given, MANY, own, None, asked)
    except Wrong as wrong:
        return wrong
    return None


def test_a_step_is_worked_out_for_several_values_at_once():
    worked_out = []
    steps = Steps(make_many(worked_out))
    way = steps.truth(MANY)
    assert np.allclose(way.mean("b"), mean_of_unit(1, 1))
    together = way.mean("b", (0, 3, 4))
    assert np.allclose(together, [mean_of_unit(1, unit) for unit in (0, 3, 4)])
    assert worked_out == [(), (3,)]
    assert way.mean("b", 1) is way.mean("b"), "the notebook's own"
    assert np.allclose(way.alike, alike_in(1))


def test_a_step_may_take_all_values_together():
    way = Steps(make_many()).truth(MANY)
    assert way.best == max(ALL_ALIKE, key=ALL_ALIKE.get)
    assert said("best", way.best) is None
    late = [np.corrcoef(*TRACES[:, unit][:, FRAMES + 1].mean(axis=1))[0, 1] for unit in range(5)]
    assert np.argmax(late) != way.best
    assert said("best", int(np.argmax(late))).mistakes == ("one frame late",)


def test_an_answer_may_be_judged_for_several_values():
    everyone = Asked(each=lambda units: units.tolist())
    assert said("alike", ALL_ALIKE, asked=everyone) is None
    assert said("alike", {**ALL_ALIKE, 4: 0.1}, asked=everyone).state == "wrong_value"
    assert said("alike", {**ALL_ALIKE, 4: 0.1}, asked=Asked(each=some_units)) is None
    few = {unit: ALL_ALIKE[unit] for unit in (0, 1)}
    assert said("alike", few, asked=everyone).mistakes == ("too few",)


def test_a_slip_is_named_in_all_values_at_once():
    medians = {
        unit: np.corrcoef([np.median(TRACES[day, unit][FRAMES], axis=0) for day in (0, 1)])[0, 1]
        for unit in range(5)
    }
    everyone = Asked(each=lambda units: units.tolist())
    wrong = said("alike", medians, asked=everyone)
    assert wrong.mistakes == ("median for mean",) and "comes from the median" in str(wrong)
    assert said("alike", {**medians, 4: 0.1}, asked=everyone).mistakes == ()


# Functions that return a step's values -----------------------------------------------------


def test_a_function_is_judged_for_all_variants_and_several_values():
    each = Asked(each=some_units)
    assert said("pieces", pieces_of, asked=each) is None
    assert said("pieces", lambda session, unit: pieces_of(session, unit).tolist()) is None
    ours_for_any = lambda session, unit: pieces_of(session, 1)  # noqa: E731
    assert said("pieces", ours_for_any) is None, "nobody asked for another"
    assert said("pieces", ours_for_any, asked=each).state == "wrong_value"
    stopped = said("pieces", lambda session, unit: session.nothing)
    assert stopped.mistakes == ("stops with an error",) and "AttributeError" in str(stopped)


def test_a_case_may_ask_for_some_variants_or_for_the_form_alone():
    first_day = lambda session, unit: TRACES[0, unit][FRAMES]  # noqa: E731
    assert said("pieces", first_day, asked=Asked("a")) is None
    wrong = said("pieces", first_day, asked=Asked("ab"))
    assert (wrong.about["letter"], wrong.answer) == ("b", "pieces")
    zeros = lambda session, unit: np.zeros((3, 8))  # noqa: E731
    assert said("pieces", zeros, asked=Asked("b", form_only=True)) is None
    wrong = said("pieces", lambda session, unit: np.zeros((3, 7)), asked=Asked("b", form_only=True))
    assert wrong.state == "wrong_shape" and "`pieces(...)` has the shape (3, 7)" in str(wrong)


def test_a_slip_in_a_function_is_named_by_what_it_returns():
    late = lambda session, unit: session[unit][FRAMES + 1]  # noqa: E731
    wrong = said("pieces", late, asked=Asked(each=some_units))
    assert wrong.mistakes == ("one frame late",)
    assert str(wrong) == "`pieces` returns pieces that begin a frame too late."


@pytest.mark.parametrize(
    ("asked", "calls"),
    [
        ({}, [("a", 1), ("b", 1)]),
        ({"letters": "b"}, [("b", 1)]),
        ({"letters": "b", "form_only": True}, [("b", 1)]),
        ({"each": some_units}, [(day, unit) for day in "ab" for unit in (1, 0, 2)]),
    ],
)
def test_a_case_calls_the_function_for_what_it_asks_and_nothing_else(asked, calls):
    called = []

    def pieces(session, unit):
        called.append(("ab"[int(session is TRACES[1] or (session == TRACES[1]).all())], unit))
        return np.zeros((3, 8))

    case = expect(module_of(make_many()), "pieces", points=1, **asked).to_dataclass()
    given = {**MANY, "pieces": remembering(pieces)}
    make_calls([case], given)
    assert called == calls
    try:
        case.body.call_func(given)
    except Wrong:
        assert not asked.get("form_only")
    assert called == calls


def test_what_follows_from_an_own_function_is_right():
    late = lambda session, unit: session[unit][FRAMES + 1]  # noqa: E731
    mean = TRACES[0, 1][FRAMES + 1].mean(axis=0)
    assert said("mean_a", mean, pieces=late) is None
    assert said("mean_a", mean, pieces=pieces_of).mistakes == ("one frame late",)
    median = np.median(TRACES[0, 1][FRAMES + 1], axis=0)
    assert said("mean_a", median, pieces=late).mistakes == ("median for mean",)


@pytest.mark.parametrize(
    "function",
    [
        lambda session, unit: np.zeros((3, 8)),
        lambda session, unit: np.full((3, 8), np.nan),
        lambda session, unit: None,
        lambda session, unit: 1 / 0,
        lambda session, unit: "text",
        "no function",
    ],
)
def test_nothing_follows_from_a_function_that_returns_nothing(function):
    assert said("mean_a", mean_of_unit(0, 1), pieces=function) is None
    assert said("mean_a", np.zeros(8), pieces=function).state == "wrong_value"


def test_a_case_of_what_comes_after_a_function_declares_its_calls():
    case = expect(module_of(make_many()), "mean_a", points=1).to_dataclass()
    called = []
    given = {**MANY, "mean_a": mean_of_unit(0, 1)}
    given["pieces"] = remembering(lambda session, unit: called.append(unit) or np.zeros((3, 8)))
    make_calls([case], given)
    assert len(called) == 6 and set(called) == {0, 1, 2}


def test_the_table_tells_of_functions_and_of_several_values_too():
    rows = {(row.slip, row.answer): row.seen for row in table(Steps(make_many()), MANY)}
    for answer in ("pieces", "mean_a", "mean_b", "alike"):
        assert rows["one frame late", answer] == "unique", answer
    assert ("median for mean", "pieces") not in rows
    assert rows["median for mean", "mean_a"] == "unique"


# What the build's table says ---------------------------------------------------------------


def test_the_table_has_a_line_for_each_slip_and_answer_after_it():
    rows = table(STEPS, GIVEN)
    assert len({row[:3] for row in rows}) == len(rows)
    where = {row.answer for row in rows if row.slip == "trials left out"}
    assert where == {"mean_a", "mean_b", "peak_a", "peak_b", "alike", "fig", "fig_spread"}
    assert {row.answer for row in rows if row.slip == "counted from 1"} == {"peak_a", "peak_b"}
    assert not [row for row in rows if row.slip == "beyond 1"], "told from the answer alone"
    assert [row.seen[:28] for row in rows if row.slip == "fails"] == [
        "fails: ZeroDivisionError: di"
    ]


def test_a_slip_that_gives_what_is_right_or_that_no_answer_takes_is_dead():
    made = make()
    slip(made["mean"], "the same", lambda day, baseline: day.mean(axis=0) - baseline, "no slip")

    @step()
    def loose(trials):
        return trials

    slip(loose, "apart", lambda trials: trials + 1, "unseen")
    made |= {"loose": loose}
    sentences = dead(Steps(made), table(Steps(made), GIVEN))
    assert any(
        "'the same' at the step `mean`" in x and "gives what is right" in x for x in sentences
    )
    assert any("'apart' at the step `loose`" in x and "no answer depends" in x for x in sentences)


def test_a_slip_that_yields_several_is_unique_if_any_is():
    made = make()

    @step(answer="pair", form=text())
    def pair(mean):
        return "AB"

    looks(pair, "in small letters", lambda pair: iter(["ab ", "BA"]), "turned")
    [row] = [row for row in table(Steps({**made, "pair": pair}), GIVEN) if row.step == "pair"]
    assert row.seen == "unique"
