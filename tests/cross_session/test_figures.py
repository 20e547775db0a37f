"""What is on the axes is recognized however it is drawn, and nothing else is."""

from types import SimpleNamespace

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.transforms import Affine2D
from scipy.ndimage import binary_dilation, binary_fill_holes
from scipy.stats import gaussian_kde

from visual_coding_course.checking import NotAttempted
from visual_coding_course.checking.curves import Samples, find_samples
from visual_coding_course.checking.drawings import drawing_of
from visual_coding_course.checking.figures import read
from visual_coding_course.checking.spread import shows_spread
from visual_coding_course.checking.ticks import scales_of
from visual_coding_course.inside.figures import describe_figure

from .own import names, outlines, trace_plots

RANDOM = np.random.default_rng(7)
TIMES = 12 + np.arange(3000) / 30.1
TRACE = RANDOM.exponential(1, 3000)
PERIODS = (1, 60, 3600, 1 / 30.1)


@pytest.mark.parametrize(
    ("x", "y", "seconds", "first"),
    [
        (TIMES, TRACE, 1, 0),
        (TIMES - TIMES[0], TRACE, 1, 12),
        (TIMES / 60, 100 * TRACE, 60, 0),
        (TIMES / 3600, TRACE, 3600, 0),
        (np.arange(3000), TRACE + 5, 1 / 30.1, 12),
        (TIMES[::3], TRACE[::3], 1, 0),
        (TIMES[500:900], TRACE[500:900], 1, 0),
        (np.arange(500, 900), TRACE[500:900], 1 / 30.1, 12),
        (np.arange(3000) / 30, TRACE, 30 / 30.1, 12),
        (TIMES[500:900] - TIMES[500], TRACE[500:900], 1, TIMES[500]),
        (TIMES[500:900:2] - 20, TRACE[500:900:2], 1, 20),
    ],
)
def test_a_curve_is_found_with_its_unit_and_its_beginning(x, y, seconds, first):
    found = find_samples(np.column_stack([x, y]), Samples(TRACE, TIMES), PERIODS)
    assert found.period == pytest.approx(seconds)
    assert found.time_at(0) == pytest.approx(first, abs=0.1)


@pytest.mark.parametrize(("factor", "lift"), [(1, 0), (100, 0), (0.2, 0), (1, 5), (2, -1)])
def test_what_was_done_to_samples_is_found(factor, lift):
    found = find_samples(np.column_stack([TIMES, factor * TRACE + lift]), Samples(TRACE, TIMES))
    assert (found.factor, found.lift) == (pytest.approx(factor), pytest.approx(lift, abs=1e-9))
    assert found.exact


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (TIMES, TRACE[::-1]),
        (TIMES[:10], TRACE[:10]),
        (TIMES, np.zeros(3000)),
    ],
)
def test_another_curve_is_not_found(x, y):
    assert find_samples(np.column_stack([x, y]), Samples(TRACE, TIMES), PERIODS) is None


class ThreeTraces:
    """A route on which each session has a trace of its own, or the same."""

    def __init__(self, **traces):
        self.dff = traces.get

    def recording(self, letter):
        times = TIMES[: len(self.dff(letter))]
        return SimpleNamespace(times=times, movie_starts=np.array([600]))


def figure_of_traces(*panels):
    figure = Figure()
    for ax, traces in zip(figure.subplots(3), panels, strict=True):
        for trace in traces:
            ax.plot(TIMES[: len(trace)], trace)
        ax.set(xlabel="time (s)", ylabel="dF/F")
    return figure


ANOTHER, SHORTER = RANDOM.exponential(1, 3000), RANDOM.exponential(1, 2500)


def test_traces_of_three_sessions_are_found_in_any_order():
    ways = [lambda: ThreeTraces(a=TRACE, b=ANOTHER, c=SHORTER), []]
    trace_plots.traces_shown(figure_of_traces([SHORTER], [ANOTHER], [TRACE]), ways)
    trace_plots.traces_shown(figure_of_traces([SHORTER, ANOTHER], [ANOTHER], [TRACE]), ways)
    trace_plots.traces_shown(figure_of_traces([SHORTER[:1250]], [ANOTHER[:900]], [TRACE]), ways)
    with pytest.raises(AssertionError, match="dF/F in session B"):
        trace_plots.traces_shown(figure_of_traces([SHORTER], [TRACE], [TRACE]), ways)


def test_a_trace_stands_for_each_session_that_has_it():
    ways = [lambda: ThreeTraces(a=TRACE, b=TRACE, c=SHORTER), []]
    trace_plots.traces_shown(figure_of_traces([TRACE], [SHORTER], [TRACE]), ways)


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


@pytest.mark.parametrize(
    "base",
    [lambda p: p, lambda p: p / 7 + 3, lambda p: -p.astype(float)],
)
def test_what_is_painted_into_a_projection_is_found(projections, base):
    mask = np.zeros((128, 128), dtype=bool)
    mask[40:52, 70:78] = True
    pixels = base(projections["a"])
    panel = panel_of(lambda ax: ax.imshow(np.where(mask, pixels.max() + 100, pixels)))
    shown = outlines.Shown("a", panel.pictures[0], 0, 0, panel.pictures[0])
    [area] = outlines.marked_areas(panel, shown, projections["a"], mask)
    assert np.array_equal(area, mask)


@pytest.mark.parametrize("paint", [np.nan, np.inf, -np.inf])
def test_what_is_painted_with_no_number_is_found(projections, paint):
    mask = np.zeros((128, 128), dtype=bool)
    mask[40:52, 70:78] = True
    panel = panel_of(lambda ax: ax.imshow(np.where(mask, paint, projections["a"])))
    shown = outlines.Shown("a", panel.pictures[0], 0, 0, panel.pictures[0])
    [area] = outlines.marked_areas(panel, shown, projections["a"], mask)
    assert np.array_equal(area, mask)


@pytest.mark.parametrize(("row", "column"), [(64, 64), (3, 64), (64, 126), (-2, -2), (129, 70)])
def test_a_ring_is_filled_also_at_the_edge(projections, row, column):
    rows, columns = np.indices((128, 128))
    distance = np.hypot(rows - row, columns - column)
    ring = (distance > 8) & (distance < 10)

    def draw(ax):
        ax.imshow(projections["a"])
        ax.imshow(np.where(ring, 1, np.nan))

    panel = panel_of(draw)
    shown = outlines.find_projection(panel, projections)
    areas = list(outlines.marked_areas(panel, shown, projections["a"], ring))
    assert len(areas) == 1
    assert np.array_equal(areas[0], binary_fill_holes(ring))


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


def test_powers_of_ten_at_ticks_are_what_they_say():
    def draw(ax):
        ax.plot([0, 0.2, 0.5])
        ax.set_yscale("symlog", linthresh=0.1)

    assert scales_of(panel_of(draw).ticks["y"])[0].factor == 1


def test_a_part_of_rounded_values_is_found_though_many_are_as_small():
    values = np.round(np.random.default_rng(1).gamma(1, 0.1, 20_000), 1)
    values[5000] = 1.5
    samples = Samples(values, np.arange(20_000) * 0.033)
    x = np.arange(500) * 0.033
    assert find_samples(np.column_stack([x, values[4800:5300]]), samples).times[0] == 4800 * 0.033
    assert find_samples(np.column_stack([x, values[4800:5300][::-1]]), samples) is None


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
        lambda ax: (ax.axvspan(0.1, 0.2), ax.hist(NUMBERS), ax.axvspan(0.7, 0.8)),
        lambda ax: (ax.hist(NUMBERS, bins=20), ax.axvspan(1.02, 1.1), ax.axvspan(-0.2, -0.1)),
        lambda ax: (ax.hist(NUMBERS), ax.hist(NUMBERS[:1], bins=5)),
        lambda ax: ax.plot(np.arange(0.05, 1, 0.1), np.histogram(NUMBERS, 10, (0, 1))[0]),
        lambda ax: ax.boxplot(NUMBERS),
        lambda ax: ax.boxplot(NUMBERS, orientation="horizontal", patch_artist=True),
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
        lambda ax: ax.plot(GRID, 1 - (GRID - 0.5) ** 2),
        lambda ax: ax.plot(GRID, (GRID - 0.5) ** 2),
        lambda ax: ax.plot(GRID, -gaussian_kde(NUMBERS)(GRID)),
        lambda ax: ax.boxplot(1 - NUMBERS),
        lambda ax: ax.plot(np.arange(0.05, 1, 0.1), np.histogram(1 - NUMBERS, 10, (0, 1))[0]),
        lambda ax: (ax.axvspan(0.1, 0.2), ax.axvspan(0.3, 0.6), ax.axvspan(0.7, 0.8)),
    ],
)
def test_another_spread_is_not_found(draw):
    assert not shows_spread(panel_of(draw), NUMBERS)


@pytest.mark.parametrize(
    "draw",
    [
        lambda ax, values: ax.plot(GRID, 3 * gaussian_kde(values, 0.4)(GRID)),
        lambda ax, values: ax.violinplot(values),
        lambda ax, values: ax.hist(values, bins=12),
    ],
)
def test_of_values_that_are_spread_much_alike_those_that_are_drawn_are_nearest(draw):
    alike = np.clip(NUMBERS + RANDOM.normal(0, 0.04, 90), 0, 1)
    panel = panel_of(lambda ax: draw(ax, alike))
    off, off_ours = (shows_spread(panel, values).off for values in (alike, NUMBERS))
    assert off < 1e-3 < off_ours


def test_a_figure_without_data_is_not_attempted():
    figure = Figure()
    figure.subplots(1, 3)[0].set_title("Session A")
    with pytest.raises(NotAttempted, match="still empty") as told:
        read("fig", figure)
    assert told.value.empty


@pytest.mark.parametrize("value", ["fig", [Figure()], Figure().subplots()])
def test_what_is_no_figure_is_named(value):
    with pytest.raises(AssertionError, match="should be a matplotlib figure"):
        read("fig", value)


def test_colorbars_are_no_panels():
    figure = Figure()
    ax = figure.subplots()
    figure.colorbar(ax.imshow(np.eye(9)), ax=ax)
    assert len(read("fig", figure).panels) == 1


def test_an_opaque_place_is_a_picture(projections):
    mask = np.zeros((128, 128), dtype=bool)
    mask[40:52, 70:78] = True

    def draw(ax):
        ax.imshow(projections["a"])
        ax.imshow(np.ones((128, 128)), alpha=mask.astype(float))

    figure = Figure()
    draw(figure.subplots())
    for drawn in (figure, drawing_of(describe_figure(figure))):
        panel = read("fig", drawn).panels[0]
        shown = outlines.find_projection(panel, projections)
        areas = list(outlines.marked_areas(panel, shown, projections["a"], mask))
        assert max(outlines.likeness(area, mask) for area in areas) == 1


def test_an_outline_may_be_a_pixel_wider_but_no_circle():
    rows, columns = np.indices((60, 60))
    mask = (rows - 30) ** 2 / 144 + (columns - 30) ** 2 / 49 < 1
    circle = (rows - 30) ** 2 + (columns - 30) ** 2 < 12 * 7
    assert outlines.likeness(binary_dilation(mask), mask) == 1
    assert outlines.likeness(circle, mask) < outlines.SHOWS_MASK
    # A whole image more around them, or none, makes no difference.
    for drawn in (binary_dilation(mask), circle):
        alone = outlines.likeness(drawn[16:45, 16:45], mask[16:45, 16:45])
        assert outlines.likeness(np.pad(drawn, 200), np.pad(mask, 200)) == alone


def test_what_stands_on_the_figure_itself_is_read():
    figure = Figure()
    ax = figure.subplots()
    lines = [ax.plot([0, 1], [i, i], style)[0] for i, style in enumerate(["k-", "k--", "r-"])]
    figure.legend([*lines, Patch(color="blue")], ["A", "session b", "C", "s.e.m."])
    figure.text(0, 0, "a note")
    figure.suptitle("Three sessions")
    for drawn in (figure, drawing_of(describe_figure(figure))):
        found = read("fig", drawn)
        assert [entry.text for entry in found.legend] == ["A", "session b", "C", "s.e.m."]
        assert (found.title, found.texts) == ("Three sessions", ["a note"])
        assert names.tells_apart(found)
        told = [names.session_of_line(*style, found.legend) for style in found.panels[0].styles]
        assert told == ["a", "b", "c"]


def test_titles_stand_left_or_right_too():
    figure = Figure()
    for place, ax in zip(("left", "center", "right"), figure.subplots(1, 3), strict=True):
        ax.plot([0, 1])
        ax.set_title(f"Session {place}", loc=place)
    titles = [panel.title for panel in read("fig", figure).panels]
    assert titles == ["Session left", "Session center", "Session right"]


def test_a_figure_within_a_figure_is_one():
    part = Figure().subfigures(1, 2)[0]
    part.subplots().plot([0, 1])
    assert len(read("fig", part).panels) == 1


def test_what_stands_on_a_part_of_a_figure_is_said_of_the_panels_on_it():
    figure = Figure()
    for part, letter in zip(figure.subfigures(1, 2), "AB", strict=True):
        part.subplots().plot([0, 1])
        part.suptitle(f"Session {letter}")
        part.supxlabel("time (s)")
        part.supylabel("dF/F")
    panels = read("fig", figure).panels
    assert [panel.title for panel in panels] == ["Session A", "Session B"]
    assert {(panel.xlabel, panel.ylabel) for panel in panels} == {("time (s)", "dF/F")}


@pytest.mark.parametrize(
    ("x", "y", "rotation", "found"),
    [
        (0.5, -0.2, 0, ("here", "")),
        (-0.2, 0.5, 90, ("", "here")),
        (0.5, 0.5, 0, ("", "")),
        (0.5, 0.5, 90, ("", "")),
        (0.95, -0.2, 0, ("", "")),
        (0.5, 1.1, 0, ("", "")),
    ],
)
def test_a_text_that_stands_where_a_label_does_is_one(x, y, rotation, found):
    def draw(ax):
        ax.plot([0, 1])
        ax.text(x, y, "here", rotation=rotation, transform=ax.transAxes, ha="center", va="center")

    panel = panel_of(draw)
    assert (panel.xlabel, panel.ylabel) == found


def test_a_mesh_that_is_shaded_has_its_numbers_at_the_corners():
    numbers = RANDOM.random((6, 8))
    panel = panel_of(
        lambda ax: ax.pcolormesh(np.arange(8), np.arange(6), numbers, shading="gouraud")
    )
    [picture] = panel.pictures
    assert np.array_equal(picture.pixels, numbers)
    assert (picture.left, picture.right, picture.first, picture.last) == (-0.5, 7.5, -0.5, 5.5)


def test_an_image_lies_where_its_transform_puts_it():
    def draw(ax):
        moved = Affine2D().scale(2).translate(10, 0) + ax.transData
        ax.imshow(np.eye(4), transform=moved)
        ax.set(xlim=(0, 20), ylim=(10, -10))

    [picture] = panel_of(draw).pictures
    assert (picture.left, picture.right, picture.first, picture.last) == (9, 17, -1, 7)


@pytest.mark.parametrize(("count", "expected"), [(40, True), (39, False)])
def test_dots_that_stand_on_each_other_are_a_histogram(count, expected):
    numbers = np.repeat(np.arange(4), [5, 15, 13, 7]) / 4
    heights = np.concatenate([np.arange(n) for n in (5, 15, 13, 7)]) + 1.0
    heights[count:] += 3
    panel = panel_of(lambda ax: [ax.plot(x + 0.01, y, "ko") for x, y in zip(numbers, heights)])
    assert bool(shows_spread(panel, numbers)) == expected


def test_a_figure_that_was_never_drawn_is_read_as_if_it_had_been():
    def draw():
        figure = Figure()
        ax = figure.subplots()
        ax.axvline(3)
        ax.plot(np.arange(100) * 50.0)
        ax.scatter(0.5, 0.5, transform=ax.transAxes)
        return figure

    drawn = draw()
    drawn.canvas.draw()
    first, second = (read("fig", figure).panels[0] for figure in (draw(), drawn))
    np.testing.assert_allclose(first.lines[0], second.lines[0])
    assert first.lines[0][:, 1].max() > 4000
    assert (len(first.points), len(first.shapes)) == (len(second.points), len(second.shapes))


@pytest.mark.parametrize("draw", ["pcolor", "pcolormesh"])
def test_a_mesh_is_a_picture(draw):
    figure = Figure()
    numbers = RANDOM.random((20, 30))
    getattr(figure.subplots(), draw)(numbers)
    for drawn in (figure, drawing_of(describe_figure(figure))):
        [picture] = read("fig", drawn).panels[0].pictures
        np.testing.assert_allclose(picture.pixels, numbers)


def test_very_many_lines_leave_room_for_titles():
    figure = Figure()
    for ax in figure.subplots(1, 3):
        ax.set_title("Session")
        for _ in range(1900):
            ax.plot([0, 1], label="a label of many letters")
    assert [panel.title for panel in read("fig", figure).panels] == ["Session"] * 3


def test_a_second_axis_on_a_panel_is_no_panel_and_covers_nothing():
    axes = Figure().subplots()
    axes.plot(TIMES, TRACE)
    axes.bar([20], [1])
    axes.secondary_xaxis("top", functions=(lambda x: x / 60, lambda x: 60 * x)).set_xlabel("min")
    [panel] = read("fig", axes.figure).panels
    assert len(panel.lines) == len(panel.bars) == 1 and not panel.insets
