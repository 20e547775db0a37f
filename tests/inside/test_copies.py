"""Variables travel between processes as data, and arrive as they were."""

import io
import json

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from visual_coding_course.checking.drawings import drawing_of
from visual_coding_course.inside.copies import (
    INDEX_ENTRY,
    CopyRefused,
    Foreign,
    Uncopied,
    keep_data,
    read_copies,
    read_kept,
    write_copies,
)


def copied(value, foreign=None):
    return read_copies(write_copies({"value": value}), foreign)["value"]


@pytest.mark.parametrize(
    "value",
    [
        None, True, 7, -3, 2**80, 0.25, float("inf"), "a text", b"".decode(),
        [1, 2.5, "x", None], (1, (2, 3)), {1, 2}, {"a": [1], 2: (3,)}, [], {},
    ],
)  # fmt: skip
def test_plain_values_keep_type_and_value(value):
    result = copied(value)
    assert result == value
    assert type(result) is type(value)


def test_nan_and_blank():
    assert np.isnan(copied(float("nan")))
    assert copied(...) is ...


@pytest.mark.parametrize(
    "value",
    [np.int64(5), np.float32(0.1), np.bool_(True), np.complex64(1 + 2j)],
)
def test_numpy_scalars_keep_their_type(value):
    result = copied(value)
    assert result == value
    assert type(result) is type(value)


@pytest.mark.parametrize("dtype", ["int16", "float32", "float64", "bool", "uint8", "<U5"])
def test_arrays_keep_shape_and_type(dtype):
    array = np.arange(6).reshape(2, 3).astype(dtype)
    result = copied(array)
    np.testing.assert_array_equal(result, array)
    assert result.dtype == array.dtype


@pytest.mark.parametrize("kind", [list, tuple, set])
@pytest.mark.parametrize("number", [int, float, bool, np.float64, np.int32])
def test_long_sequences_of_numbers_are_packed(kind, number):
    values = kind(number(i % 300) for i in range(100_000))
    archive = write_copies({"value": values})
    result = read_copies(archive)["value"]
    assert result == values
    assert type(result) is kind
    assert {type(item) for item in result} == {number}


def test_masked_and_object_arrays():
    masked = np.ma.masked_less(np.arange(4.0), 2)
    assert np.ma.getmaskarray(copied(masked)).tolist() == [True, True, False, False]
    ragged = np.empty(2, dtype=object)
    ragged[0], ragged[1] = [1], [1, 2]
    assert copied(ragged)[1] == [1, 2]


def test_frames_and_series():
    frame = pd.DataFrame(
        {"id": [3, 1], "name": ["x", None], "tags": [[], ["a"]]}, index=pd.Index([7, 9], name="k")
    )
    pd.testing.assert_frame_equal(copied(frame), frame)
    series = pd.Series([0.5, np.nan], index=["A", "B"], name="r")
    pd.testing.assert_series_equal(copied(series), series)


def test_what_is_not_data_arrives_as_its_type_name():
    class Odd:
        pass

    result = copied(Odd())
    assert type(result).__name__ == "Odd"
    assert type(copied(lambda: 1)).__name__ == "function"


@pytest.mark.parametrize("make", [pd.array, memoryview, lambda values: pd.Series(values).array])
def test_what_converts_to_an_array_arrives_as_one(make):
    result = copied(make(np.arange(4.0)))
    np.testing.assert_array_equal(np.asarray(result, dtype=float), np.arange(4.0))


def test_one_bad_value_does_not_harm_the_others():
    deep = []
    for _ in range(50):
        deep = [deep]
    result = read_copies(write_copies({"deep": deep, "good": 3}))
    assert result["good"] == 3
    assert "deep" in repr(result["deep"])


def test_function_is_bound_to_its_name_only_at_the_top():
    named = Foreign(function=lambda name: f"call {name}")
    assert read_copies(write_copies({"f": len}), named)["f"] == "call f"


def test_pickled_objects_are_never_loaded():
    buffer = io.BytesIO()
    evil = np.array([object()], dtype=object)
    index = json.dumps({"value": {"kind": "array", "key": "array0"}}).encode()
    np.savez(buffer, **{INDEX_ENTRY: np.frombuffer(index, dtype=np.uint8), "array0": evil})
    result = read_kept(buffer.getvalue())["value"]
    assert isinstance(result, Uncopied) and "pickle" in result.reason
    with pytest.raises(CopyRefused):
        read_copies(buffer.getvalue())


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 broken"])
def test_damaged_archive_is_refused(content):
    with pytest.raises(CopyRefused):
        read_copies(content)


def test_keep_data_leaves_figures_and_functions_out():
    archive = write_copies({"x": np.arange(3), "fig": Figure(), "f": len})
    assert list(read_kept(keep_data(archive))) == ["x"]


@pytest.fixture
def figure():
    figure, (left, right) = plt.subplots(1, 2)
    left.imshow(np.arange(12).reshape(3, 4), cmap="gray")
    left.contour(np.eye(4)[:3], levels=[0.5], colors="r")
    left.set(title="left", xlabel="x (pixels)")
    right.plot([0, 1, 2], [3, 4, 5], label="A")
    right.fill_between([0, 1, 2], [2, 3, 4], [4, 5, 6])
    right.scatter([1, 2], [3, 4])
    right.axvline(1.5)
    right.bar([0, 1], [5, 6])
    right.errorbar([0, 1], [1, 2], yerr=[0.1, 0.2])
    right.set_ylabel("dF/F")
    right.text(1, 3, "session A")
    right.legend()
    figure.suptitle("both")
    yield figure
    plt.close(figure)


def test_figure_arrives_with_what_is_on_its_panels(figure):
    result = copied(figure, Foreign(figure=drawing_of))
    left, right = result.panels
    np.testing.assert_array_equal(left.pictures[0].pixels, np.arange(12).reshape(3, 4))
    assert left.title == "left" and left.xlabel == "x (pixels)"
    original = figure.axes[0].collections[0].get_paths()[0].vertices
    np.testing.assert_allclose(left.shapes[0], original)
    np.testing.assert_allclose(right.lines[0], [[0, 3], [1, 4], [2, 5]])
    assert right.labels[0] == "A"
    assert right.ylabel == "dF/F"
    assert right.texts == ["session A"]
    assert [entry.text for entry in right.legend] == ["A"]
    np.testing.assert_allclose(right.points[0], [[1, 3], [2, 4]])
    heights = sorted(np.ptp(bar[:, 1]) for bar in right.bars)
    np.testing.assert_allclose(heights, [5, 6])
    assert result.title == "both"


def test_bars_without_height_survive():
    figure, axes = plt.subplots()
    axes.hist([0.1, 0.1, 0.9], bins=10)
    result = copied(figure, Foreign(figure=drawing_of))
    plt.close(figure)
    assert len(result.panels[0].bars) == 10


def test_twin_and_log_axes_survive():
    figure, axes = plt.subplots()
    axes.loglog([1, 10], [1, 100])
    axes.twinx().plot([1, 2], [3, 4])
    result = copied(figure, Foreign(figure=drawing_of))
    plt.close(figure)
    np.testing.assert_allclose(result.panels[0].lines[0], [[1, 1], [10, 100]])
    assert len(result.panels) == 2
