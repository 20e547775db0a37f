"""What a grade depends on: a changed word is no other version, a changed deed is."""

from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from visual_coding_course.assignment import versions
from visual_coding_course.assignment.assignment import Assignment, Limits
from visual_coding_course.checking.about import STEPS as STEPS_FILE
from visual_coding_course.checking.about import declared
from visual_coding_course.checking.expecting import steps_of
from visual_coding_course.checking.modules import read_modules

COURSE = Path(__file__).parents[2]
TEST = '''
"""Question 1."""

from otter.test_files import test_case
from visual_coding_course.checking import calls
from visual_coding_course.checking import (NotAttempted, Wrong)

OK_FORMAT = False
name = "q1"
LOOK = "Look again."
UNIT = "frames"


@test_case(points=2, name="a number", success_message="Well done.")
def number(x, expected):
    """See whether it is right."""
    if x is ...:
        raise NotAttempted("`x` is blank.", "x")  # say so
    assert x == expected.x, f"`x` is not right. {LOOK}"
    if x.unit != UNIT:
        raise Wrong("x", "wrong_value", f"`x` is not in {UNIT}.", likely="other unit")
'''
STEPS = '''
"""What is right, and the slips."""
from visual_coding_course.checking import fit, looks, rewire, slip, step
from visual_coding_course.checking.forms import number
WHERE = "Where do " + "you count from?"
@step(answer="x", form=number("a number"), unit="frames", wrong="Not so.", direct="Take three.")
def x(given):
    return given
slip(x, "one more", lambda given: 4, "`x` is one more.", WHERE, "Take off one.")
slip(x, "one less", lambda given: 2, what="`x` is one less.", direct="Add one.", slow=True)
rewire(x, "given", "that of {other}", "Whose?")
looks(x, "in percent", lambda x: 100 * x, "in percent", direct="Take a hundredth.")
fit(x, "far off", lambda value, right: value > 9, "far away", WHERE)
recognised(x, IN_ANY | {"a list": "Take its " "only entry."})
'''
ABOUT = """
from visual_coding_course.checking import About
SDK = "https://example.org/"
READ = {"q1": ("A page", f"{SDK}page.html"), "q2": ("Another", SDK)}
ABOUT = About(in_order=frozenset({"x"}), read=READ)
"""


def notebook(*cells):
    made = nbformat.v4.new_notebook(cells=list(cells))
    for number, cell in enumerate(made.cells):
        cell["id"] = f"c{number}"
    return nbformat.writes(made)


def cell(source, points=2, kind=nbformat.v4.new_code_cell):
    tags = {"grade_id": "q1", "grade": True, "solution": False, "locked": True, "points": points}
    return kind(source, metadata={"nbgrader": {"schema_version": 3, "task": False, **tags}})


PROSE = nbformat.v4.new_markdown_cell
SETUP = nbformat.v4.new_code_cell
PLAIN = Assignment(
    name="one",
    released=notebook(PROSE("Count."), SETUP("x = ...  # how many"), cell("grader.check('q1')")),
    tests={"q1_number.py": TEST},
    expected=b"three",
    modules={"steps.py": STEPS, "about.py": ABOUT},
)


def changed(**parts):
    """Names of the versions that differ, the assignment being changed in these parts."""
    other = replace(PLAIN, **parts)
    assert other.fingerprint != PLAIN.fingerprint
    return [name for name, version in PLAIN.versions.items() if other.versions[name] != version]


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ('"""Question 1."""', '"""The first question."""'),
        ("  # say so", "\n        # which is not wrong"),
        ('"""See whether it is right."""', ""),
        ("`x` is blank.", "Fill in `x`."),
        ("`x` is not right. {LOOK}", "No."),
        ("Look again.", "Look once more."),
        ("`x` is not in {UNIT}.", "`x` is in other units."),
        ("Well done.", "Done."),
        ("\n\n\n@", "\n\n@"),
    ],
)
def test_words_of_a_test_file_are_no_other_version(word, other):
    assert word in TEST
    assert changed(tests={"q1_number.py": TEST.replace(word, other)}) == []


@pytest.mark.parametrize(
    ("deed", "other"),
    [
        ("points=2", "points=3"),
        ("==", "<="),
        ('UNIT = "frames"', 'UNIT = "seconds"'),
        ('likely="other unit"', 'likely="no unit"'),
        ('"wrong_value"', '"wrong_type"'),
        ('blank.", "x"', 'blank.", "y"'),
        ('name = "q1"', 'name = "q2"'),
        ("OK_FORMAT = False", "OK_FORMAT = True"),
    ],
)
def test_what_a_test_file_does_is(deed, other):
    assert deed in TEST
    assert changed(tests={"q1_number.py": TEST.replace(deed, other)}) == ["tests"]


@pytest.mark.parametrize(
    ("text", "other", "differ"),
    [
        ("`x` is one more.", "One more than asked for.", False),
        ("you count from?", "they begin?", False),
        ("Take off one.", "Begin at zero.", False),
        ("`x` is one less.", "One less.", False),
        ("Add one.", "One more.", False),
        ("Not so.", "No.", False),
        ("Take three.", "Three.", False),
        ("that of {other}", "{other}'s", False),
        ("Whose?", "Who has it?", False),
        ('"in percent", direct', '"in hundredths", direct', False),
        ("Take a hundredth.", "Divide it.", False),
        ("far away", "too far", False),
        ("only entry", "first entry", False),
        ('unit="frames"', 'unit="imaging frames"', False),
        ('number("a number")', 'number("how many")', False),
        ('one more"', 'counted from one"', True),
        ('"in percent", lambda', '"percent", lambda', True),
        ('"a list"', '"a tuple"', True),
        ("given: 4", "given: 5", True),
        ("slow=True", "slow=False", True),
        ("return given", "return given + 1", True),
        ('"given", "that', '"taken", "that', True),
    ],
)
def test_steps_and_slips(text, other, differ):
    assert text in STEPS
    found = changed(modules={"steps.py": STEPS.replace(text, other), "about.py": ABOUT})
    assert found == ["modules"] * differ


@pytest.mark.parametrize(
    ("text", "other", "differ"),
    [
        ("A page", "The page", False),
        ("page.html", "pages.html", False),
        ("example.org", "example.com", False),
        ('"x"', '"y"', True),
    ],
)
def test_what_there_is_to_read(text, other, differ):
    assert text in ABOUT
    found = changed(modules={"steps.py": STEPS, "about.py": ABOUT.replace(text, other)})
    assert found == ["modules"] * differ


@pytest.mark.parametrize(
    ("cells", "differ"),
    [
        ([PROSE("Count them all."), SETUP("x = ..."), cell("grader.check('q1')")], False),
        ([SETUP("x = ... # ?"), PROSE("Well?"), cell("grader.check( 'q1' )")], False),
        ([PROSE("Count."), SETUP("x = None"), cell("grader.check('q1')")], True),
        ([PROSE("Count."), SETUP("X = 'text'\nx = ..."), cell("grader.check('q1')")], True),
        ([PROSE("Count."), SETUP("%cd ..\nx = ..."), cell("grader.check('q1')")], True),
        ([PROSE("Count."), SETUP("x = ..."), cell("grader.check('q1')", 3)], True),
        ([PROSE("Count."), SETUP("x = ..."), cell("Why?", kind=PROSE)], True),
    ],
)
def test_notebook(cells, differ):
    assert changed(released=notebook(*cells)) == ["notebook"] * differ


def test_the_other_parts(monkeypatch):
    assert changed(expected=b"four") == ["expected"]
    assert changed(limits=Limits(cell_seconds=1)) == ["limits"]
    assert changed(show_right_answers=True) == changed(solution=notebook(PROSE("Well."))) == []
    other = replace(PLAIN)
    monkeypatch.setattr(versions, "JUDGING", versions.JUDGING + 1)
    differ = [name for name, version in other.versions.items() if PLAIN.versions[name] != version]
    assert differ == ["judging"]


NEEDY = "from visual_coding_course.shared.needs import Needs\nNEEDS = Needs(version={})\n"
KNOWN = "from visual_coding_course.checking import KnownError\nE = KnownError({}, 'b', {})\n"


@pytest.mark.parametrize(
    ("module", "one", "other", "differ"),
    [
        ("needs.py", NEEDY.format("'1'"), NEEDY.format("'2'"), ["modules", "recordings"]),
        ("steps.py", "LIMIT = 'a'", "LIMIT = 'b'", ["modules"]),
        ("steps.py", "def f(): return 1", "def f():\n    'One.'\n    return 1  # one", []),
        ("checks.py", KNOWN.format("'a'", "'c'"), KNOWN.format("'a'", "'d'"), []),
        ("checks.py", KNOWN.format("'a'", "'c'"), KNOWN.format("'b'", "'c'"), ["modules"]),
        ("steps.py", "slip(a, 'b', c, 'd', where='e')", "slip(a, 'b', c, 'x', where='y')", []),
        ("steps.py", "slip(a, 'b', c, 'd')", "slip(a, 'b', x, 'd')", ["modules"]),
        ("steps.py", "f = array(1, 'a')", "f = array(1, 'b')", []),
        ("steps.py", "f = array(1, 'a')", "f = array(2, 'a')", ["modules"]),
        ("steps.py", "f = np.array(a, 'f4')", "f = np.array(a, 'f8')", ["modules"]),
    ],
)
def test_the_assignments_own_modules(module, one, other, differ):
    before, after = (replace(PLAIN, modules={module: text}).versions for text in (one, other))
    assert [name for name in after if before[name] != after[name]] == differ


def test_what_is_renamed_or_moved_is_not_taken_for_the_same():
    one, two = "a = 1\n", "b = 2\n"
    first = replace(PLAIN, tests={"q1.py": one, "q2.py": two})
    second = replace(PLAIN, tests={"q1.py": two, "q2.py": one})
    assert first.versions["tests"] != second.versions["tests"]
    assert first.fingerprint != second.fingerprint


def test_what_the_course_says_can_be_said_in_other_words():
    """But for the few hints that slips make in ways of their own."""
    modules = read_modules(COURSE / "source" / "cross_session")
    steps = steps_of(declared(modules, STEPS_FILE)).steps.values()
    texts = {text for one in steps for text in (one.wrong, one.direct)}
    for one in steps:
        texts |= {text for made in one.slips for text in (made.what, made.where, made.direct)}
    long = [text for text in texts if len(text) > 20]
    code = "".join(
        versions.without_words(source, False)
        for path, source in modules.items()
        if path == "right.py" or path.startswith("slips/")
    )
    kept = [text for text in long if repr(text) in code]
    assert repr("median for mean") in code
    assert len(long) > 500 and len(kept) / len(long) < 0.02, kept


def test_what_is_carried_forward_is():
    assert changed(carry_forward=False) == ["judging"]
    assert changed(carried={"q1": b"four"}) == ["expected"]


def test_versions_are_kept_beside_what_was_built(tmp_path, monkeypatch):
    built = replace(PLAIN, built=str(tmp_path))
    assert built.versions == PLAIN.versions and not any(tmp_path.iterdir())
    versions.keep_versions(built)
    monkeypatch.setattr(versions, "versions", None)  # so that telling them anew fails
    assert replace(built).versions == PLAIN.versions
    monkeypatch.undo()
    # What is kept is about this assignment, and this package, alone.
    other = replace(built, modules={"steps.py": STEPS + "\nMORE = slip(x, 'two', 2)\n"})
    assert other.versions == replace(other, built="").versions != PLAIN.versions
    (tmp_path / versions.KEPT).write_text("{damaged")
    assert replace(built).versions == PLAIN.versions
