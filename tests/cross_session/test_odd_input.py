"""Whatever a variable holds, a check answers with a sentence."""

import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from visual_coding_course import open_cache
from visual_coding_course.checking import NotAttempted
from visual_coding_course.checking.test_files import load_test_file

TESTS = Path(__file__).resolve().parents[2] / "source" / "cross_session" / "tests"
CELL_SPECIMEN_ID = 517472450


class Strange:
    """Refuses whatever numpy tries."""

    def __array__(self, *args, **kwargs):
        raise RuntimeError("no array")

    def __len__(self):
        raise RuntimeError("no length")


def ragged_array():
    array = np.empty(2, dtype=object)
    array[:] = [[1, 2], [3]]
    return array


def figure_with(draw):
    figure = Figure()
    draw(figure.subplots(1, 3))
    return figure


ODD = {
    "string": "AB",
    "bytes": b"1",
    "NaN": float("nan"),
    "infinity": np.inf,
    "truth value": True,
    "integer": 7,
    "huge integer": 10**40,
    "complex": 1j,
    "empty list": [],
    "ragged list": [[1, 2], [3]],
    "deeply ragged list": [[[1], [2, 3]], [4]],
    "list of text": ["a", "b"],
    "list of None and numbers": [None, 1.0],
    "nested tuple": ((1, 2), (3, 4)),
    "dict": {"a": 1},
    "set": {1, 2},
    "empty array": np.empty((0, 0)),
    "object array": ragged_array(),
    "array of dates": np.array(["2016-02-04"], dtype="datetime64[D]"),
    "array with NaN": np.full((512, 512), np.nan),
    "long array": np.zeros(9000),
    "900 zeros": np.zeros(900),
    "array of ten": np.arange(10),
    "array (10, 900)": np.zeros((10, 900)),
    "masked array": np.ma.masked_all((3, 3)),
    "structured array": np.zeros(3, dtype=[("a", int)]),
    "series": pd.Series([1.0, np.nan], index=[1, 1]),
    "empty series": pd.Series(dtype=float),
    "series of missing values": pd.Series([pd.NA, 1], dtype="Int64"),
    "frame": pd.DataFrame({"id": [1, 2], "x": ["a", "b"]}),
    "empty frame": pd.DataFrame(),
    "frame with two columns of a name": pd.DataFrame([[1, 2]], columns=["id", "id"]),
    "frame A, B, C of text": pd.DataFrame("x", index=list("ABC"), columns=list("ABC")),
    "frame A, B, C of NaN": pd.DataFrame(np.nan, index=list("ABC"), columns=list("ABC")),
    "frame A, A, A": pd.DataFrame(np.eye(3), index=list("AAA"), columns=list("AAA")),
    "function of nothing": lambda: None,
    "function of two": lambda data_set, cell: "text",
    "function that stops": lambda data_set, cell: 1 / 0,
    "class": dict,
    "strange object": Strange(),
    "figure with dots": figure_with(lambda axes: [ax.scatter([1], [2]) for ax in axes]),
    "figure with text for numbers": figure_with(
        lambda axes: [ax.plot(["a", "b"], [1, 2]) for ax in axes]
    ),
    "figure with odd images": figure_with(
        lambda axes: [ax.imshow(np.full((3, 3), np.nan)) for ax in axes]
    ),
    "figure with constant images": figure_with(
        lambda axes: [ax.imshow(np.zeros((512, 512, 3))) for ax in axes]
    ),
    "figure with bars": figure_with(lambda axes: [ax.bar([1, 2], [0, 0]) for ax in axes]),
    "figure with empty lines": figure_with(lambda axes: [ax.plot([], []) for ax in axes]),
}
BLANK = {
    "missing": None,
    "Ellipsis": ...,
    "list of Ellipsis": [..., ...],
    "frame of Ellipsis": pd.DataFrame({"a": [...]}),
    "array of None": np.array([None, None]),
}


@pytest.fixture(scope="module")
def boc():
    return open_cache()


def cases():
    files = [load_test_file(path) for path in sorted(TESTS.glob("q*.py"))]
    public = [case for file in files for case in file.test_cases if not case.hidden]
    return [pytest.param(case, id=case.name) for case in public]


def variables_of(case, value, boc):
    names = case.body._get_func_params()
    given = {"boc": boc, "cell_specimen_id": CELL_SPECIMEN_ID}
    return {name: given.get(name, value) for name in names}


@pytest.mark.parametrize("case", cases())
def test_odd_values_lead_to_a_sentence(case, boc):
    for name, value in ODD.items():
        with warnings.catch_warnings(), pytest.raises(AssertionError) as raised:
            # nbgrader gives no points to a cell that writes to stderr.
            warnings.simplefilter("error")
            case.body.call_func(variables_of(case, value, boc))
        assert len(str(raised.value)) > 20, name
        assert "Traceback" not in str(raised.value)


@pytest.mark.parametrize("case", cases())
def test_blanks_are_not_attempted(case, boc):
    for value in BLANK.values():
        with pytest.raises(NotAttempted):
            case.body.call_func(variables_of(case, value, boc))


@pytest.mark.parametrize("case", cases())
def test_says_when_the_first_cell_was_changed(case):
    names = case.body._get_func_params()
    if "boc" not in names:
        pytest.skip("does not need the recordings")
    with pytest.raises(AssertionError, match="first cell"):
        case.body.call_func({name: None for name in names})
