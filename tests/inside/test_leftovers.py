"""What students leave in a notebook is passed over where it is graded, and a note says so."""

import nbformat
import pytest

from visual_coding_course.checking.errors import error_sentence
from visual_coding_course.grading.running import MOST_NOTE, MOST_NOTES, take_notes
from visual_coding_course.inside.leftovers import NOTE
from visual_coding_course.inside.limits import Limits
from visual_coding_course.isolation.kernel import StudentKernel
from visual_coding_course.recordings.needs import NEEDS


def run(*sources, isolated=True):
    """Run cells in a kernel that grades; the cells, with notes."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells)
    with StudentKernel(notebook, Limits(cell_seconds=60), {}, isolated, NEEDS) as kernel:
        for index, cell in enumerate(cells):
            kernel.run(cell, index)
            take_notes(cell)
    return cells


def note(cell):
    return cell.metadata.get("course", {}).get("note", "")


def printed(cell):
    return "".join(output.get("text", "") for output in cell.outputs).strip()


def stopped(cell):
    return [f"{one.ename}: {one.evalue}" for one in cell.outputs if one.output_type == "error"]


WINDOWS = [
    "%matplotlib widget",
    "%matplotlib qt",
    "%matplotlib tk",
    "%matplotlib notebook",
    "%matplotlib ipympl",
    "%matplotlib",
    "%gui qt",
    "import matplotlib; matplotlib.use('TkAgg')",
    "import matplotlib; matplotlib.use('module://ipympl.backend_nbagg')",
    "from matplotlib import use; use('widget')",
    "import matplotlib.pyplot as plt; plt.switch_backend('QtAgg')",
    "get_ipython().run_line_magic('matplotlib', 'qt5')",
]


@pytest.mark.parametrize("isolated", [True, False])
def test_what_asks_for_windows_costs_no_cell_and_figures_are_in_the_notebook(isolated):
    draws = "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots()\naxes.plot([1, 2])"
    cells = run(*(f"{line}\n{draws}" for line in WINDOWS), isolated=isolated)
    for line, cell in zip(WINDOWS, cells, strict=True):
        assert not stopped(cell), line
        assert any("image/png" in one.get("data", {}) for one in cell.outputs), line
        assert "graded" in note(cell), line
        assert not any(NOTE in one.get("data", {}) for one in cell.outputs), line


def test_a_figure_in_a_window_is_still_the_current_one_in_the_next_cell_and_after_show():
    *_, shown, after, inline, closed = run(
        "%matplotlib qt\nimport matplotlib.pyplot as plt",
        "plt.plot([1, 2])\nplt.show()\nprint(len(plt.gcf().axes))",
        "print(len(plt.gcf().axes))",
        "%matplotlib inline\nplt.figure()\nplt.plot([1, 2]);",
        "print(len(plt.gcf().axes))",
    )
    assert (printed(shown), printed(after), printed(closed)) == ("1", "1", "0")
    assert not note(shown) and not note(inline)


def test_backends_without_windows_are_left_alone():
    inline, agg, show = run(
        "%matplotlib inline\nimport matplotlib.pyplot as plt\nprint(plt.get_backend())",
        "import matplotlib\nmatplotlib.use('Agg')\nprint(plt.get_backend().lower())",
        "figure = plt.figure()\nplt.show()\nplt.show(block=True)\nfigure.show()",
    )
    assert (printed(inline), printed(agg)) == ("inline", "agg")
    assert not any(map(stopped, (inline, agg, show))) and not any(map(note, (inline, agg, show)))


def test_nobody_answers_a_question_and_one_without_end_ends():
    asks, password, end = run(
        "name = input('Your name? ') or 'Ada'\nprint(name)",
        "from getpass import getpass\nprint(repr(getpass('Password: ')))",
        "while input('More? ') != 'n':\n    pass",
    )
    assert printed(asks) == "Your name? \nAda" and "`input()`" in note(asks)
    assert printed(password).endswith("''") and "`getpass()`" in note(password)
    assert note(asks).count("input()") == 1
    assert stopped(end) == ["EOFError: Nobody answers input() when the notebook is graded."]


def test_other_recordings_are_asked_for_and_those_of_the_assignment_are_opened():
    real, manifest, wrong, plain = run(
        "from visual_coding_course import open_cache\n"
        "boc = open_cache(source='allen')\nprint(len(boc.get_ophys_experiments()))",
        "boc = open_cache(manifest='/home/ada/data/manifest.json')\n"
        "print(len(boc.get_ophys_experiments()))",
        "open_cache(source='allan')",
        "print(len(open_cache().get_ophys_experiments()))",
    )
    assert printed(real) == printed(manifest) == printed(plain) != ""
    assert "Take this line out" in note(real) and "Take this line out" in note(manifest)
    assert not note(plain)
    assert stopped(wrong)[0].startswith("ValueError: source must be")


def test_a_package_that_is_not_there_costs_the_cell_that_draws_with_it():
    imports, draws, calls, tries = run(
        "import altair, math\nimport bokeh.plotting as bp\nfrom plotly.express import line\n"
        "print(math.pi > 3)",
        "chart = altair.Chart([1])",
        "line([1, 2])",
        "try:\n    import altair\nexcept ImportError:\n    altair = None\nprint(altair)",
    )
    assert printed(imports) == "True" and not stopped(imports)
    assert "`altair` is not there" in note(imports) and "`matplotlib`" in note(imports)
    assert "`plotly`" in note(imports) and "`bokeh`" in note(imports)
    assert stopped(draws) == ["ModuleNotFoundError: No module named 'altair'"]
    assert stopped(calls) == ["ModuleNotFoundError: No module named 'plotly'"]
    assert printed(tries) == "None"


def test_the_sentence_about_a_missing_package_names_it_and_those_that_are_there():
    drawing = error_sentence("ModuleNotFoundError", "No module named 'plotly.express'")
    assert "`plotly` is not among" in drawing and "`matplotlib`" in drawing
    assert "beside the notebook" not in drawing
    own = error_sentence("ModuleNotFoundError", "No module named 'my_helpers'")
    assert "`my_helpers` is not among" in own and "`numpy`" in own and "beside the noteb" in own


INSTALLS = [
    "!pip install plotly",
    "%pip install plotly",
    "!python -m pip install -q plotly",
    "%conda install plotly",
    "!conda install -y plotly",
    "lines = !pip install plotly",
]


def test_nothing_is_installed_and_other_commands_are_run():
    *installs, other = run(*(f"{line}\nprint('on')" for line in INSTALLS), "!ls\nprint('on')")
    for line, cell in zip(INSTALLS, installs, strict=True):
        assert printed(cell) == "on" and not stopped(cell), line
        assert "Nothing is installed" in note(cell), line
    assert printed(other).endswith("on") and not note(other)


def test_notes_of_a_hostile_kernel_are_few_and_short():
    forged = f"get_ipython().display_pub.publish({{{NOTE!r}: 'x' * 5000}})\n"
    (cell,) = run(forged * 9)
    assert len(note(cell)) <= MOST_NOTES * (MOST_NOTE + 1)
