"""The small plot of an answer: what is drawn, what is said of it, and what it bears."""

import io
from base64 import b64decode

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from visual_coding_course.pages.feedback.plot import plot, right_figure

from ...cross_session import own

MASK = np.zeros((512, 512))
MASK[100:118, 300:316] = 1


def picture(drawn):
    return np.asarray(Image.open(io.BytesIO(b64decode(drawn["png"]))).convert("RGB"))


@pytest.mark.parametrize(
    "value, words",
    [
        (np.arange(10) * 903, "10 numbers from 0 to 8127"),
        (np.sin(np.arange(113_900)), "113900 numbers from -1 to 1"),
        (MASK, "512 x 512 numbers from 0 to 1; 288 are not 0, in rows 100 to 117"),
        (np.eye(3).tolist(), "3 x 3 numbers from 0 to 1"),
        (pd.Series([3.0, 1.0, 2.0]), "3 numbers from 1 to 3"),
        (np.ones((1, 900)), "900 numbers, all 1"),
    ],
)
def test_arrays_are_drawn_and_told(value, words):
    drawn = plot("answer", value)
    assert words in drawn["alt"] and "`answer`" in drawn["caption"]
    pixels = picture(drawn)
    assert pixels.shape[1] / pixels.shape[0] == pytest.approx(
        drawn["width"] / drawn["height"], abs=0.02
    )
    assert len(np.unique(pixels.reshape(-1, 3), axis=0)) > 2


@pytest.mark.parametrize(
    "value", [None, 3, 2.5, "text", {1, 2}, [], [[1], [1, 2]], [object()] * 3, np.zeros((4, 5, 6))]
)
def test_what_is_no_array_is_not_drawn(value):
    assert plot("answer", value) is None


@pytest.mark.parametrize(
    "value, words",
    [
        ([np.nan] * 20, "none of them finite"),
        (np.full((30, 900), np.inf), "none of them finite"),
        ([1e300, -1e308, 3, np.inf, np.nan], "2 of them NaN or infinite"),
        ([1e-320, 2e-320] * 50, "100 numbers"),
        (np.arange(1_000_000.0).reshape(1000, 1000), "1000 x 1000"),
        (np.arange(3_000_000) % 7, "3000000 numbers from 0 to 6"),
        ([10**400, 1], None),
        ([1 + 2j, 3], None),
        (np.array(["a", "b"]), None),
        (np.array([1, 2], dtype="M8[s]"), None),
    ],
)
@pytest.mark.filterwarnings("error")
def test_hostile_values_do_no_harm(value, words):
    drawn = plot("answer", value, right=value, show_right=True)
    assert drawn is None if words is None else words in drawn["alt"]


def test_plots_do_not_depend_on_the_one_before():
    first = plot("answer", [1, 2, 3])
    plot("roi_mask_a", MASK, MASK, own.ABOUT, show_right=True)
    assert plot("answer", [1, 2, 3]) == first


def test_the_right_answer_is_drawn_only_when_said_so():
    without = plot("answer", [1, 2, 3], right=[7, 8, 9])
    assert without == plot("answer", [1, 2, 3], right=[4, 5, 6])
    shown = plot("answer", [1, 2, 3], right=[7, 8, 9], show_right=True)
    assert "The right one: 3 numbers from 7 to 9" in shown["alt"]
    assert "right" in shown["caption"] and shown["png"] != without["png"]


def test_what_was_read_from_a_figure_is_not_drawn_again():
    assert plot("fig_traces", np.arange(900)) is None


#: The arrays that the right figures show.
RIGHT = {
    **{f"max_projection_{letter}": np.random.default_rng(0).random((512, 512)) for letter in "abc"},
    **{f"roi_mask_{letter}": MASK for letter in "abc"},
    **{f"timestamps_{letter}": np.arange(2000) / 30 for letter in "abc"},
    **{f"dff_{letter}": np.sin(np.arange(2000)) for letter in "abc"},
    **{f"mean_response_{letter}": np.cos(np.arange(900)) for letter in "abc"},
    "response_stability": pd.Series(np.linspace(-0.2, 1, 80)),
}


@pytest.mark.parametrize("name", ["fig_masks", "fig_traces", "fig_movie", "fig_stability"])
def test_the_right_figure_is_drawn_from_the_solutions_arrays(name):
    drawn = right_figure(name, RIGHT, own.FIGURES)
    assert f"The right {name}: " in drawn["alt"] and f"`{name}`" in drawn["caption"]
    assert len(np.unique(picture(drawn).reshape(-1, 3), axis=0)) > 2
    assert right_figure(name, {}, own.FIGURES) is None


def test_there_is_no_right_figure_of_what_is_none():
    assert (
        right_figure("dff_a", RIGHT, own.FIGURES) is None
        and right_figure("fig_other", RIGHT, own.FIGURES) is None
    )


def test_axes_have_units_where_the_shape_is_as_it_should_be():
    """The labels are part of the picture: another name, another picture."""
    values = np.linspace(0, 1, 900)
    named, unnamed = plot("mean_response_a", values, values, own.ABOUT), plot("x", values, values)
    wrong_axis = plot("mean_response_a", values, np.zeros(10), own.ABOUT)
    assert named["png"] != unnamed["png"]
    assert named["png"] != wrong_axis["png"]


def test_stability_is_drawn_sorted():
    values = np.random.default_rng(1).permutation(50) / 50
    assert plot("response_stability", values, None, own.ABOUT) == plot(
        "response_stability", np.sort(values), None, own.ABOUT
    )
    assert plot("shared_ids", values, None, own.ABOUT) != plot(
        "shared_ids", np.sort(values), None, own.ABOUT
    )
