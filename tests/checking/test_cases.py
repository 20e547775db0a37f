"""Running a question's cases, and what a student gets of its test file."""

from types import ModuleType, SimpleNamespace

import pytest

from visual_coding_course.checking import About, Variants, expect, slip, step
from visual_coding_course.checking.cases import run_cases
from visual_coding_course.checking.forms import number
from visual_coding_course.checking.results import unchecked
from visual_coding_course.checking.test_files import (
    case_variables,
    find_test_file,
    public_part,
    read_test_file,
)
from visual_coding_course.inside.rebuild import uncopied

SOURCE = '''"""The first question."""

OK_FORMAT = False
name = "q1"

from otter.test_files import test_case

from visual_coding_course.checking import NotAttempted


@test_case(points=1)
def positive(x):
    if x is None:
        raise NotAttempted("`x` is blank.")
    assert x > 0, "`x` is not above 0."


@test_case(points=2, hidden=True)
def right(x, expected):
    if x is None:
        raise NotAttempted("`x` is blank.")
    assert x == expected, "`x` is not right."


@test_case(points=1.5, hidden=True, name="even")
def even(x):
    assert x % 2 == 0, "`x` is odd."
'''


def result(**variables):
    return run_cases(read_test_file(SOURCE), variables)


@pytest.mark.parametrize(
    ("variables", "score", "status"),
    [
        ({"x": 4, "expected": 4}, 4.5, "correct"),
        ({"x": 3, "expected": 3}, 3, "partial"),
        ({"x": -3, "expected": 3}, 0, "incorrect"),
    ],
)
def test_score_and_status(variables, score, status):
    outcome = result(**variables)
    assert (outcome.score, outcome.max_score, outcome.status) == (score, 4.5, status)


def test_hints_come_once_and_in_order():
    outcome = result(x=-3, expected=3)
    assert outcome.hints == ["`x` is not above 0.", "`x` is not right.", "`x` is odd."]


def test_a_case_that_breaks_fails_with_a_sentence():
    outcome = result(x="text", expected="text")
    assert outcome.cases[0].status == "failed"
    assert "type and shape" in outcome.cases[0].message


def test_blank_is_not_attempted():
    source = public_part(SOURCE)
    outcome = run_cases(read_test_file(source), {})
    assert (outcome.status, outcome.hints) == ("not_attempted", [])


@pytest.mark.parametrize(
    ("trouble", "names"), [(None, ("a name that does not exist",)), ("It stopped.", ())]
)
def test_a_name_that_no_cell_gives_is_told_unless_one_stopped(trouble, names):
    case = run_cases(
        read_test_file(SOURCE.replace('is blank.")', 'is blank.", "x")')), {}, trouble
    ).cases[0]
    assert (case.state, case.mistakes) == ("missing", names)


def test_what_could_not_be_checked_is_an_error():
    outcome = unchecked(read_test_file(SOURCE), "The kernel died.")
    assert (outcome.status, outcome.score, outcome.hints) == ("error", 0, ["The kernel died."])


def test_public_part_has_no_hidden_case():
    public = public_part(SOURCE)
    assert "right" not in public and "even" not in public and "expected" not in public
    assert "hidden_points = 3.5\n" in public
    cases = read_test_file(public).test_cases
    assert [(case.name, case.points) for case in cases] == [("q1 - 1", 1)]
    assert case_variables(read_test_file(public)) == {"x"}


def test_public_part_of_a_public_file_is_the_file():
    public = public_part(SOURCE)
    assert public_part(public) == public


def test_test_files_are_found_by_question(tmp_path):
    for name in ("q1_first.py", "q10_last.py", "q2.py"):
        (tmp_path / name).touch()
    assert find_test_file(tmp_path, "q1").name == "q1_first.py"
    assert find_test_file(tmp_path, "q10").name == "q10_last.py"
    assert find_test_file(tmp_path, "q2").name == "q2.py"
    with pytest.raises(FileNotFoundError, match="'q3'"):
        find_test_file(tmp_path, "q3")


BREAKING = """
OK_FORMAT = False
name = "q5"

from otter.test_files import test_case
from visual_coding_course.checking import (Wrong)


@test_case(points=1, name="the first")
def breaks(x):
    raise x


@test_case(points=1, name="the second")
def is_wrong(x):
    raise Wrong("x", "wrong_value", "`x` is wrong.", value=3)


@test_case(points=1, name="the third")
def is_right(x):
    pass
"""


@pytest.mark.parametrize("error", [OSError(5, "Input/output error"), MemoryError(), KeyError("a")])
def test_a_case_that_breaks_is_no_wrong_answer(error):
    outcome = run_cases(read_test_file(BREAKING), {"x": error})
    first, second, third = outcome.cases
    assert [case.state for case in outcome.cases] == ["broken", "wrong_value", "right"]
    assert outcome.broken == (f"q5 / the first: {type(error).__name__}: {error}",)
    assert first.mistakes == () and second.trouble is None
    assert "The check could not be carried out on this value" in first.message


def no_value():
    raise OSError("no file")


@pytest.mark.parametrize(
    ("does", "what"),
    [
        (no_value, "`x` is read."),
        (lambda: 3, "{nothing} and {more[3]}"),
        (lambda unknown: 3, "what is not there"),
    ],
    ids=["reads a file", "has no such field", "takes what is not there"],
)
def test_an_error_in_a_slip_costs_nothing_and_is_not_shown(does, what):
    module = ModuleType("steps")
    module.x = step(answer="x", form=number())(named("x", lambda: 4))
    slip(module.x, "an error", does, what)
    cases = [expect(module, "x", points=1, name=name).to_dataclass() for name in ("one", "two")]
    outcome = run_cases(SimpleNamespace(name="q5", test_cases=cases), {"x": 3})
    said = "`x` has the right form, but not the right value."
    assert {case.message for case in outcome.cases} == {said}
    assert {case.state for case in outcome.cases} == {"wrong_value"}
    assert not any(case.mistakes for case in outcome.cases)
    assert outcome.broken == ()


def named(name, function):
    function.__name__ = name
    return function


def test_what_cannot_be_described_is_still_a_wrong_answer():
    class Odd:
        def __repr__(self):
            raise OSError

    source = BREAKING.replace("value=3", "value=x")
    outcome = run_cases(read_test_file(source), {"x": Odd()})
    assert outcome.cases[1].state == "wrong_value"


def test_a_value_that_could_not_be_read_by_our_fault_breaks_what_it_fails():
    unread = uncopied("ndarray", "MemoryError: ", not_read=True)
    outcome = run_cases(read_test_file(SOURCE), {"x": unread, "expected": unread})
    assert [case.state for case in outcome.cases] == ["broken", "right", "broken"]
    refused = uncopied("ndarray", "larger than 512 MB")
    outcome = run_cases(read_test_file(SOURCE), {"x": 3, "expected": refused})
    assert [case.state for case in outcome.cases] == ["right", "wrong_value", "wrong_value"]


def means_of_sessions(values):
    """What is said of a number in each of three sessions; a slip gives half of what is right."""
    sessions = Variants("session", "abc")
    module = ModuleType("steps")
    right = named("x", lambda letter: {"a": 4.5, "b": 6.5, "c": 8.5}[letter])
    module.x = step(sessions, answer="x", form=number(), wrong="`{answer}` is wrong.")(right)
    others = [named(f"other{i}", lambda letter, i=i: 50.0 + 10 * i) for i in range(20)]
    for other in others:  # a number that is one of few is none by chance
        slip(module.x, other.__name__, other, "another", "Look.", "Do.")
    slip(module.x, "half", lambda letter: right(letter) / 2, "half of it", "Look.", "Do.")
    slip(module.x, "third", lambda letter: right(letter) / 3, "a third of it", "Look.", "Do.")
    cases = [expect(module, f"x_{letter}", points=1).to_dataclass() for letter in "abc"]
    file = SimpleNamespace(name="q5", test_cases=cases)
    variables = {f"x_{letter}": value for letter, value in zip("abc", values)}
    return run_cases(file, variables, about=About(variants=sessions)).cases


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ((2.25, 3.25, 4.25), [("half",)] * 3),
        ((4.5, 6.5, 4.25), [(), (), ("half",)]),
        ((2.25, 3.25, 8.5 / 3), [("half",), ("half",), ()]),
        ((2.25, 1.1, 1.2), [(), (), ()]),
        ((2.25, 6.5 / 3, 8.5), [(), (), ()]),
    ],
)
def test_a_number_is_not_named_alone_where_others_are_wrong_too(values, names):
    cases = means_of_sessions(values)
    assert [case.mistakes for case in cases] == names
    for case in cases:
        if case.status == "failed" and not case.mistakes:
            assert case.message == f"`{case.answer}` is wrong."
            assert "Do." not in case.direct


def test_hints_of_a_number_that_is_named_in_each_are_the_slips():
    assert {case.message for case in means_of_sessions((2.25, 3.25, 4.25))} == {
        f"`x_{letter}` is half of it. Look." for letter in "abc"
    }
