"""Titles and legends are read where they name one session, and left alone otherwise."""

import pytest

from .own import names


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("A", "a"),
        ("(b)", "b"),
        ("c", "c"),
        ("Session A (day 1)", "a"),
        ("session b", "b"),
        ("three_session_C2", "c"),
        ("mean of session C, natural movie one", "c"),
        ("B: day 2", "b"),
        ("C (501)", "c"),
        ("mean B", "b"),
        ("dff_b", "b"),
        ("mean_response_c", "c"),
        ("day A", "a"),
        ("B  Session A", "a"),
        ("A response to natural movie one", None),
        ("Session 501940850", None),
        ("501940850", None),
        ("day 2", None),
        ("natural movie one", None),
        ("natural movie a", None),
        ("session A and session B", None),
        ("Session A vs B", None),
        ("A, B, C", None),
        ("Sessions compared", None),
        ("sessions above", None),
        ("dF/F", None),
        ("Calcium", None),
        ("", None),
    ],
)
def test_a_session_is_read_where_only_one_is_named(text, letter):
    assert names.letter_of(text) == letter


def test_a_session_in_full_comes_before_a_letter_alone():
    assert names.first_letter(["A", "session C"]) == "c"
    assert names.first_letter(["dF/F", "B"]) == "b"
    assert names.first_letter([]) is None


@pytest.mark.parametrize(
    ("groups", "apart"),
    [
        ([["A", "B", "C"]], True),
        ([["501", "502", "503"], []], True),
        ([["A blue, B orange, C green"]], True),
        ([["x", "x", "x"]], False),
        ([["dF/F", "", ""], ["Response of a neuron"]], False),
        ([[], []], False),
    ],
)
def test_names_tell_sessions_apart(groups, apart):
    assert names.tell_apart(groups) is apart


@pytest.mark.parametrize("color", ["", "#ff0000"])
def test_a_line_is_named_by_what_looks_like_it(color):
    entries = [names.Entry("A", "#000000", "-"), names.Entry("B", "#000000", "--")]
    assert names.session_of_line("#000000", "--", entries) == "b"
    assert names.session_of_line(color, "-", entries) is None
    assert (
        names.session_of_line("#000000", "-", [*entries, names.Entry("C", "#000000", "")]) is None
    )
