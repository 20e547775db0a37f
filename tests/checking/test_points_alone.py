"""What is told of a check that had right answers before it."""

from visual_coding_course.checking.about import About
from visual_coding_course.checking.named import points_alone
from visual_coding_course.checking.results import CaseResult, QuestionResult

STEPS = """
from visual_coding_course.checking import looks, slip, step
from visual_coding_course.checking.forms import number


@step(answer="mean", form=number())
def mean(trials):
    return trials.mean(0)


@step(answer="spread", form=number())
def spread(mean):
    return mean.std()


slip(mean, "median for mean", lambda trials: trials, "a median", "Which mean of the trials?")
slip(spread, "one more", lambda mean: mean, "one more", "Count again.")
looks(spread, "median for mean", lambda spread: spread, "`{answer}` is a median.", "Of what?")
"""


def told(answer, mistake):
    case = CaseResult(
        "right", 2.0, True, "failed", "`x` is 3.7.", answer, "wrong_value", (mistake,)
    )
    result = QuestionResult("q1", (case,))
    return points_alone(result, About(), {"steps.py": STEPS}).cases[0].message


def test_a_slip_is_told_in_the_words_of_the_step_that_is_nearest():
    where = {"mean": "Which mean of the trials?", "spread": "Of what?", "fig_mean": ""}
    for answer, text in where.items():
        named = f"`{answer}` looks like this mistake: median for mean."
        assert told(answer, "median for mean") == f"{named} {text}".strip()
    # Of a step before it; of none; and by all that have it.
    assert told("spread", "one more").endswith("Count again.")
    assert told("fig_mean", "one more").endswith("Count again.")
    assert "median" not in told("mean", "no slip") and "3.7" not in told("mean", "no slip")
