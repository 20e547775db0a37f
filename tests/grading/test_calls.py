"""Which calls of a student's function reach its kernel, and what comes of those that cannot."""

import json
from base64 import b64encode
from dataclasses import replace
from types import SimpleNamespace

import nbformat
import pytest

from visual_coding_course.checking.wrong import Broken
from visual_coding_course.grading import checker
from visual_coding_course.grading.submission import grade_once, grade_submission
from visual_coding_course.inside import kinds
from visual_coding_course.inside import listen as inside
from visual_coding_course.inside.copies import FORMAT, read_copies, write_copies
from visual_coding_course.recordings.needs import NEEDS

GUESSED = """
OK_FORMAT = False
name = "q2"

from otter.test_files import test_case
from visual_coding_course.checking import calls


@test_case(points=1)
@calls(double=lambda given: [(given,), (given + 1,)])
def doubles(double, given):
    assert double(given) == 2 * given, "`double` does not double."
    assert double(given + 1) == 2 * given + 2, "`double` does not double."


@test_case(points=3, hidden=True)
@calls(double=lambda given: [(number,) for number in (0, given, -4)])
def doubles_others(double, given):
    for number in (0, given, -4):
        assert double(number) == 2 * number, "`double` does not double."
"""
LOGGED = "log = []\n\n\ndef double(n):\n    log.append(n)\n    return {}"
#: Guesses, each with the points for it.
GUESSES = {
    "2 * n": 4,
    "0": 0,
    "2 * n if n >= 21 else 1": 1,
    "1 / 0": 0,
    "print('x') or 2 * n": 4,
    # The k-th guess at the k-th call: that there is a next one tells that it was wrong.
    "[0, 44, 1, -8][len(log) - 1]": 0,
    "sum(log)": 0,
    "[2 * n] * log.count(n)": 0,
}


@pytest.fixture
def guessed(assignment):
    return replace(assignment, tests={**assignment.tests, "q2_function.py": GUESSED})


@pytest.mark.parametrize("guess", GUESSES)
def test_a_function_sees_the_same_calls_whatever_it_returns(guessed, answer, guess):
    def look(notebook):
        notebook.cells.append(nbformat.v4.new_code_cell("print(log)"))

    content = answer({"q1-answer": "x = 3", "q2-answer": LOGGED.format(guess)}, look)
    graded = grade_submission(guessed, content)
    notebook = nbformat.reads(graded.notebook, as_version=4)
    assert notebook.cells[-1].outputs[0].text == "[21, 22, 0, -4]\n"
    assert graded.questions[1].score == GUESSES[guess]
    assert not graded.questions[1].broken


def arguments(**nodes):
    """Arguments in base 64, as the grader sends them, of nodes of its own."""
    head = json.dumps({"values": nodes, "arrays": {}}).encode()
    return b64encode(FORMAT + len(head).to_bytes(8, "little") + head).decode()


@pytest.fixture
def called(tmp_path, monkeypatch):
    """Call a function as in a kernel; returns the archive of what comes of it."""
    seen = []
    shell = SimpleNamespace(
        user_ns={"double": lambda *given: seen.append(given) or 6},
        events=SimpleNamespace(trigger=lambda name: None),
    )
    monkeypatch.setattr(inside, "get_ipython", lambda: shell)

    # As at the check of its question: it is that function which is called later.
    inside.copy_out(["double"], str(tmp_path / "copied"))

    def call(given):
        path = tmp_path / "returned"
        inside.call_all("double", [given], str(path))
        return path.with_name("returned.0"), seen

    return call


NONE = {"kind": "dict", "pairs": []}
NOT_THERE = {
    "kind": "object", "of": "recording", "data": {"session": 1, "file": "/nowhere/at/all.nwb"}
}  # fmt: skip
kinds.know(NEEDS.kinds)
UNUSABLE = {
    "a recording that is not there": {"kind": "tuple", "items": [NOT_THERE]},
    "one in a list": {"kind": "tuple", "items": [{"kind": "list", "items": [NOT_THERE]}]},
    "what cannot be rebuilt": {"kind": "tuple", "items": [{"kind": "array", "key": "none"}]},
    "what is not data": {"kind": "tuple", "items": [{"kind": "other", "type": "Odd", "why": ""}]},
}


@pytest.mark.parametrize("what", UNUSABLE)
def test_a_function_is_not_called_with_what_could_not_be_rebuilt(called, what):
    path, seen = called(arguments(args=UNUSABLE[what], kwargs=NONE))
    assert list(read_copies(path.read_bytes())) == [inside.UNUSABLE_ENTRY]
    assert not seen


def test_a_function_is_called_with_what_could(called):
    given = b64encode(write_copies({"args": ([3], None), "kwargs": {}})).decode()
    path, seen = called(given)
    assert read_copies(path.read_bytes()) == {inside.RESULT_ENTRY: 6}
    assert seen == [([3], None)]


def test_that_a_function_could_not_be_called_breaks_the_check(called):
    path, _ = called(arguments(args=UNUSABLE["a recording that is not there"], kwargs=NONE))
    returned = path.with_name("returned")
    pipe = SimpleNamespace(send=lambda asked: None, recv=lambda: ("returned", returned))
    function = checker._State(pipe, None)._function("double")
    with pytest.raises(Broken, match="`double` could not be called") as raised:
        function(3)
    assert "nowhere" in str(raised.value.__cause__)


SLOW = """
import time
times = []

def double(n):
    times.append(n)
    time.sleep(0.7)
    if n == {bad}:
        raise ValueError("not this one")
    return 2 * n
"""
MANY = """
OK_FORMAT = False
name = "q2"

from otter.test_files import test_case
from visual_coding_course import checking as checks


@test_case(points=4, hidden=True)
@checks.calls(double=lambda given: [(n,) for n in range(6)])
def doubles(double, given):
    assert [double(n) for n in range(6)] == [0, 2, 4, 6, 8, 10], "`double` does not double."
"""


@pytest.mark.parametrize(("bad", "score"), [(-1, 7), (4, 3)])
def test_calls_that_take_long_together_are_all_made_once(assignment, answer, bad, score):
    many = replace(assignment, tests={**assignment.tests, "q2_function.py": MANY})
    answers = {"q1-answer": "x = 3", "q2-answer": SLOW.format(bad=bad)}
    result = grade_once(many, answer(answers))
    assert (result.status, result.score, result.doubts) == ("graded", score, {}), result
    assert ("not this one" in " ".join(result.questions[1].hints)) == (bad == 4)
