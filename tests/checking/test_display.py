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
