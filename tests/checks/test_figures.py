"""What is on the axes is recognized however it is drawn, and nothing else is."""

import numpy as np
import pytest
from matplotlib.figure import Figure
from scipy.stats import gaussian_kde

from visual_coding_course.checks import NotAttempted, outlines
from visual_coding_course.checks.curves import find_curve
from visual_coding_course.checks.figures import read
from visual_coding_course.checks.spread import shows_spread

RANDOM = np.random.default_rng(7)
TIMES = 12 + np.arange(3000) / 30.1
TRACE = RANDOM.exponential(1, 3000)
CLOCKS = {"seconds": TIMES, "minutes": TIMES / 60, "frames": np.arange(3000.0)}


@pytest.mark.parametrize(
    ("x", "y", "unit"),
    [
        (TIMES, TRACE, "seconds"),
        (TIMES - TIMES[0], TRACE, "seconds"),
        (TIMES / 60, 100 * TRACE, "minutes"),
        (np.arange(3000), TRACE + 5, "frames"),
        (TIMES[::3], TRACE[::3], "seconds"),
        (TIMES[500:900], TRACE[500:900], "seconds"),
        (np.arange(500, 900), TRACE[500:900], "frames"),
        (np.arange(3000) / 30, TRACE, "seconds"),
    ],
)
def test_a_curve_is_found_in_its_unit(x, y, unit):
    assert find_curve([np.column_stack([x, y])], TRACE, CLOCKS) == unit


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (TIMES, TRACE[::-1]),
        (TIMES[500:900], TRACE[510:910]),
        (TIMES * 24, TRACE),
        (TIMES[:10], TRACE[:10]),
        (TIMES, np.zeros(3000)),
    ],
)
def test_another_curve_is_not_found(x, y):
    assert find_curve([np.column_stack([x, y])], TRACE, CLOCKS) is None


@pytest.fixture(scope="module")
def projections():
    return {letter: RANDOM.gamma(2, 40, (128, 128)).astype(int) for letter in "abc"}


def panel_of(draw):
    figure = Figure()
    draw(figure.subplots())
    return read("fig", figure).panels[0]


@pytest.mark.parametrize(
    "shown",
    [
        lambda p: p,
        lambda p: p / p.max(),
        lambda p: np.sqrt(p),
        lambda p: np.clip(p, 0, 150),
        lambda p: np.dstack([p / p.max()] * 3),
        lambda p: p[20:90, 30:100],
    ],
)
def test_a_projection_is_found_whatever_its_colors(projections, shown):
    panel = panel_of(lambda ax: ax.imshow(shown(projections["b"])))
    assert outlines.find_projection(panel, projections).session == "b"


def test_noise_is_no_projection(projections):
    panel = panel_of(lambda ax: ax.imshow(RANDOM.normal(size=(128, 128))))
    assert outlines.find_projection(panel, projections) is None


@pytest.mark.parametrize("origin", ["upper", "lower"])
@pytest.mark.parametrize("extent", [None, (0, 400, 0, 400), (5, 10, 30, 20)])
def test_an_overlay_lies_where_it_is_drawn(projections, origin, extent):
    mask = np.zeros((128, 128), dtype=bool)
    mask[40:52, 70:78] = True

    def draw(ax):
        ax.imshow(projections["a"], origin=origin, extent=extent)
        ax.imshow(np.ma.masked_equal(mask, 0), origin=origin, extent=extent)

    panel = panel_of(draw)
    shown = outlines.find_projection(panel, projections)
    areas = list(outlines.marked_areas(panel, shown, projections["a"], mask))
    assert max(outlines.overlap(area, mask) for area in areas) == 1


def test_a_mask_of_another_place_does_not_overlap(projections):
    mask = np.zeros((128, 128), dtype=bool)
    mask[40:52, 70:78] = True

    def draw(ax):
        ax.imshow(projections["a"])
        ax.contour(mask.T, levels=[0.5])

    panel = panel_of(draw)
    shown = outlines.find_projection(panel, projections)
    areas = list(outlines.marked_areas(panel, shown, projections["a"], mask))
    assert max([outlines.overlap(area, mask) for area in areas], default=0) < 0.1


NUMBERS = RANDOM.beta(2, 1, 90)
GRID = np.linspace(-0.2, 1.2, 200)


@pytest.mark.parametrize(
    "draw",
    [
        lambda ax: ax.hist(NUMBERS),
        lambda ax: ax.hist(NUMBERS, bins=30, density=True, orientation="horizontal"),
        lambda ax: ax.hist(NUMBERS, cumulative=True),
        lambda ax: ax.hist(NUMBERS, rwidth=0.7),
        lambda ax: ax.hist(NUMBERS, histtype="stepfilled"),
        lambda ax: ax.stairs(*np.histogram(NUMBERS, bins=12)),
        lambda ax: ax.plot(np.sort(NUMBERS), "."),
        lambda ax: ax.scatter(NUMBERS, np.zeros(90)),
        lambda ax: ax.ecdf(NUMBERS),
        lambda ax: ax.bar(range(90), NUMBERS),
        lambda ax: ax.violinplot(NUMBERS),
        lambda ax: ax.plot(GRID, gaussian_kde(NUMBERS, 0.3)(GRID)),
    ],
)
def test_a_spread_is_found_however_drawn(draw):
    assert shows_spread(panel_of(draw), NUMBERS)


@pytest.mark.parametrize(
    "draw",
    [
        lambda ax: ax.hist(5 * NUMBERS),
        lambda ax: ax.hist(1 - NUMBERS),
        lambda ax: ax.hist(1 - NUMBERS, histtype="step"),
        lambda ax: ax.plot(GRID, 1 - GRID),
        lambda ax: ax.hist(NUMBERS[:20]),
        lambda ax: ax.plot(RANDOM.uniform(0, 1, 90), "."),
        lambda ax: ax.axvline(0.5),
        lambda ax: ax.bar([0], [90]),
    ],
)
def test_another_spread_is_not_found(draw):
    assert not shows_spread(panel_of(draw), NUMBERS)


def test_a_figure_without_data_is_not_attempted():
    figure = Figure()
    figure.subplots(1, 3)[0].set_title("Session A")
    with pytest.raises(NotAttempted, match="still empty"):
        read("fig", figure)


@pytest.mark.parametrize("value", ["fig", [Figure()], Figure().subplots()])
def test_what_is_no_figure_is_named(value):
    with pytest.raises(AssertionError, match="should be a matplotlib figure"):
        read("fig", value)


def test_colorbars_are_no_panels():
    figure = Figure()
    ax = figure.subplots()
    figure.colorbar(ax.imshow(np.eye(9)), ax=ax)
    assert len(read("fig", figure).panels) == 1
