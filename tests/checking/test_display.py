"""What is shown of a question's result."""

from types import SimpleNamespace

from visual_coding_course.checking.display import CheckDisplay


def test_what_could_not_be_graded_is_nobodys_mistake():
    result = SimpleNamespace(
        name="q1", status="not_graded", score=None, max_score=3, cases=(), hints=["`x` is not 4."],
        trouble="OSError: the recording's 7 cannot be read",
    )  # fmt: skip
    shown = CheckDisplay(result)
    for text in (repr(shown), shown._repr_html_().replace("&#x27;", "'")):
        assert "not graded yet (worth 3 points)" in text and "not your doing" in text
        assert "graded again" in text
        assert "is not 4" not in text and "OSError" not in text and "What was checked" not in text
