"""What is shown of a question's result."""

from visual_coding_course.checking.display import CheckDisplay
from visual_coding_course.checking.results import CaseResult, QuestionResult


def test_what_could_not_be_graded_is_nobodys_mistake():
    case = CaseResult("it is 4", 3, False, "failed", "`x` is not 4.", "x", "wrong_value")
    trouble = "OSError: the recording's 7 cannot be read"
    result = QuestionResult("q1", (case,), trouble, not_graded=trouble)
    shown = CheckDisplay(result)
    for text in (repr(shown), shown._repr_html_().replace("&#x27;", "'")):
        assert "not graded yet (worth 3 points)" in text and "not your doing" in text
        assert "graded again" in text
        assert "is not 4" not in text and "OSError" not in text and "What was checked" not in text


def of_a_kind(answer, said):
    found = ("failed", said, answer, "wrong_value", ("another's id",))
    return CaseResult(answer, 1.0, False, *found, stem="id")


def test_what_differs_in_answers_with_the_same_mistake_is_said_of_each():
    cases = [
        of_a_kind("id_a", "`id_a` is the id of B. Which column tells?"),
        of_a_kind("id_b", "`id_b` is the id of C. Which column tells?"),
        of_a_kind("id_c", "`id_c` is the id of B. Which column tells?"),
    ]
    [hint] = QuestionResult("q1", tuple(cases)).hints
    assert hint.startswith("`id_a` is the id of B. Which column tells? `id_b` is the id of C.")
    assert hint.endswith("The same goes for `id_c`.")
