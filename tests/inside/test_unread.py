"""Large artists of data that no reader knows are named; decorations and small ones are not."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.offsetbox import AnchoredText, AnnotationBbox, OffsetImage
from matplotlib.patches import Rectangle
from matplotlib.path import Path

from visual_coding_course.checking.drawings import MOST_CLASS, MOST_CLASSES, drawing_of
from visual_coding_course.checking.figures import read, where_read
from visual_coding_course.checking.wrong import CannotTell, Misnamed, NotAttempted, Wrong
from visual_coding_course.inside.figures import describe_figure

from ..cross_session.own import spreads

X = np.linspace(0, 10, 300)


class Curve(Artist):
    """Draws a curve, as no other class is known to."""

    def __init__(self, axes, x, y):
        super().__init__()
        self.on, self.path = axes, Path(np.column_stack([x, y]))

    def draw(self, renderer):
        context = renderer.new_gc()
        renderer.draw_path(context, self.path, self.on.transData)
        context.restore()


def flat(ylim=(-1, 1)):
    axes = Figure().subplots()
    axes.set(xlim=(0, 10), ylim=ylim)
    return axes


def unread(axes):
    return drawing_of(describe_figure(axes.figure)).unread


def curve(axes):
    axes.add_artist(Curve(axes, X, np.sin(X)))


def image_in_a_box(axes, shape=(300, 400), at=(5, 0)):
    axes.add_artist(AnnotationBbox(OffsetImage(np.ones(shape)), at))


def many_small_pictures(axes):
    for x in X[::15]:
        image_in_a_box(axes, (5, 5), (x, np.sin(x)))


def table(axes):
    axes.table([[str(number), "0.5"] for number in range(40)], loc="center")


def inset(axes):
    axes.inset_axes([0, 0, 1, 0.6]).plot(X, X)


@pytest.mark.parametrize(
    ("draw", "name"),
    [(curve, "Curve"), (image_in_a_box, "AnnotationBbox"), (many_small_pictures, "AnnotationBbox"),
     (table, "Table"), (inset, "inset_axes")],
)  # fmt: skip
def test_a_large_artist_of_data_is_named(draw, name):
    axes = flat()
    draw(axes)
    assert unread(axes) == [name]
    with (
        pytest.raises(CannotTell, match=f"a person will look at it. .*`{name}`"),
        where_read(read("fig", axes.figure)),
    ):
        raise Wrong("fig", "wrong_value", "No line.")


def test_three_dimensions_are_not_read_before_or_after_they_are_drawn():
    figure = plt.figure()
    axes = figure.add_subplot(projection="3d")
    assert unread(axes) == []
    axes.plot(X, np.zeros(300), np.sin(X))
    for _ in range(2):
        drawing = drawing_of(describe_figure(figure))
        assert drawing.unread == ["Line3D"] and not drawing.panels[0].lines
        figure.canvas.draw()
    plt.close(figure)


def test_an_image_beside_the_axes_is_named():
    figure = Figure()
    figure.figimage(np.ones((400, 600)))
    with pytest.raises(CannotTell, match="FigureImage"):
        read("fig", figure)


def zoom(axes):
    axes.plot(X, np.sin(X))
    axes.indicate_inset_zoom(axes.inset_axes([0.6, 0.6, 0.4, 0.4], xlim=(1, 9), ylim=(-1, 1)))


def decorations(axes):
    image_in_a_box(axes, (30, 30))
    axes.add_artist(AnchoredText("what it is " * 12, loc="center"))
    axes.annotate("here", (9, 0.9), xytext=(1, -0.9), arrowprops={"arrowstyle": "->"})
    axes.text(5, 0, "a remark", fontsize=40)
    axes.add_artist(axes.legend([Rectangle((0, 0), 1, 1)], ["a very long name " * 4]))


def ruler(axes):
    axes.add_artist(Curve(axes, [0, 10], [0, 0]))


def nothing(axes):
    axes.add_artist(Curve(axes, [], []))


def hidden(axes):
    curve(axes)
    axes.artists[0].set_visible(False)


def cannot_be_drawn(axes):
    axes.add_artist(Artist()).draw = lambda renderer: 1 / 0


@pytest.mark.parametrize("draw", [zoom, decorations, ruler, nothing, hidden, cannot_be_drawn])
def test_what_is_small_or_says_no_more_than_a_text_is_not_named(draw):
    axes = flat()
    draw(axes)
    assert unread(axes) == []


@pytest.mark.parametrize("draw", [nothing, hidden, ruler, cannot_be_drawn])
def test_an_empty_figure_stays_empty(draw):
    axes = flat()
    draw(axes)
    with pytest.raises(NotAttempted):
        read("fig", axes.figure)


def wrong_curve(axes):
    axes.plot(X, np.cos(X))


def wrong_points(axes):
    axes.scatter(X, np.cos(X))


def wrong_image(axes):
    axes.imshow(np.eye(20))


@pytest.mark.parametrize("draw", [wrong_curve, wrong_points, wrong_image])
def test_what_was_read_and_is_wrong_stays_wrong_whatever_else_is_drawn(draw):
    axes = flat()
    draw(axes)
    curve(axes)
    with pytest.raises(Wrong, match="Not that"), where_read(read("fig", axes.figure)):
        raise Wrong("fig", "wrong_value", "Not that one.")


def test_a_mark_that_is_read_is_no_data_and_a_name_that_is_wrong_stays_wrong():
    axes = flat()
    curve(axes)
    axes.axhline(0), axes.axvspan(1, 2)
    drawing = read("fig", axes.figure)
    with pytest.raises(CannotTell), where_read(drawing):
        raise Wrong("fig", "wrong_value", "No line.")
    with pytest.raises(Misnamed), where_read(drawing):
        raise Misnamed("fig", "wrong_value", "No label.")


def test_stability_in_a_table_is_looked_at_and_a_wrong_histogram_beside_it_is_not():
    stability = pd.Series(np.random.default_rng(1).normal(size=80), index=range(80))
    ways = [None, SimpleNamespace(answers={"response_stability": stability})]
    axes = flat()
    table(axes)
    with pytest.raises(CannotTell, match="`fig_stability`"):
        spreads.stability_shown(axes.figure, ways, names=False)
    axes.hist(np.arange(30), bins=10)
    axes.autoscale()
    with pytest.raises(Wrong):
        spreads.stability_shown(axes.figure, ways, names=False)


def test_of_a_hostile_description_few_names_are_taken_and_no_long_ones():
    axes = flat()
    curve(axes)
    description = describe_figure(axes.figure)
    description["unread"] = ["x" * 10_000] * 10_000
    description["axes"][0]["unread"] = [f"{number}" * 99 for number in range(9999)]
    names = drawing_of(description).unread
    assert len(names) <= 2 * MOST_CLASSES and max(map(len, names)) <= MOST_CLASS
    description["unread"] = [7]
    with pytest.raises(TypeError):
        drawing_of(description)
