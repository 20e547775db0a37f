"""Figures that are drawn in less time look the same."""

import io
from unittest.mock import patch

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.axis import Axis
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.figure import Figure
from matplotlib.ticker import ScalarFormatter

from visual_coding_course.inside.inline import count_ticks_once, skip_unseen_drawing


def images():
    figure, panels = plt.subplots(1, 3, figsize=(10, 3.5))
    for axes in panels:
        axes.imshow(np.eye(50, 60))
        axes.set(title="Session A", xlabel="x (pixels)")
    inset = panels[0].inset_axes([0.9, 0.6, 0.5, 0.5])
    inset.contour(np.eye(9), levels=[0.5])
    panels[0].indicate_inset_zoom(inset)


def legend_where_there_is_room():
    _, axes = plt.subplots()
    axes.plot(np.sin(np.arange(50)) + 2, label="a long label")
    axes.set_yscale("log")
    axes.set_title("far up", y=1.1)
    axes.legend()


def things_outside():
    figure, axes = plt.subplots()
    axes.plot(np.arange(9) * 1e-9)
    axes.tick_params(axis="x", rotation=70)
    axes.legend(["outside"], bbox_to_anchor=(1.4, 1))
    axes.annotate("here", (4, 1e-9), xytext=(1.2, 1.2), textcoords="axes fraction", arrowprops={})
    axes.text(-0.3, 0.5, "far", transform=axes.transAxes, rotation=45)
    axes.twinx().set_ylabel("other")
    figure.suptitle("above")


def colour_bar():
    figure, axes = plt.subplots()
    figure.colorbar(axes.matshow(np.eye(5)))
    axes.set_xlabel("below")


def constrained():
    _, panels = plt.subplots(1, 2, layout="constrained")
    panels[1].set_title("wide " * 20)


def tightened():
    figure, panels = plt.subplots(2, 2, sharex=True)
    panels[0, 0].plot([1e6, 1e6 + 1])
    panels[1, 1].axis("off")
    figure.tight_layout()


def round_axes():
    plt.figure().add_subplot(projection="polar").plot([1, 2, 3])


def three_dimensions():
    plt.figure().add_subplot(projection="3d").plot([1, 2], [1, 2], [1, 2])


def dates_and_insets():
    figure, panels = plt.subplots(3, 1, sharex=True, gridspec_kw={"hspace": 0.5})
    for axes in panels:
        axes.plot(np.arange("2016-01-01", "2016-03-01", dtype="datetime64[D]"), np.arange(60))
        axes.minorticks_on()
    figure.autofmt_xdate()
    figure.align_ylabels()
    panels[0].secondary_xaxis("top").set_xlabel("again")


def ticks_that_change():
    _, (left, right) = plt.subplots(1, 2)
    left.plot([0, 1], [0, 1e5])
    left.set_aspect(1e-5)
    left.margins(0.2)
    right.set(xticks=[1, 2], xticklabels=["one", "two"], ylim=(3, 0))
    right.inset_axes([0.5, 0.5, 0.4, 0.4]).semilogx([1, 1000], [1, 2])


def one_formatter_for_all():
    _, panels = plt.subplots(1, 2)
    formatter = ScalarFormatter()
    for axes, largest in zip(panels, (4, 4e9), strict=True):
        axes.plot([0, largest])
        axes.yaxis.set_major_formatter(formatter)


def saved(draw):
    plt.close("all")
    draw()
    drawn = io.BytesIO()
    plt.gcf().savefig(drawn, format="png", bbox_inches="tight")
    plt.close("all")
    return drawn.getvalue()


FIGURES = [
    images, legend_where_there_is_room, things_outside, colour_bar, constrained, tightened,
    round_axes, three_dimensions, dates_and_insets, ticks_that_change, one_formatter_for_all,
]  # fmt: skip


@pytest.mark.parametrize("draw", FIGURES)
def test_a_figure_looks_the_same(draw):
    usual = saved(draw)
    with patch.object(Figure, "draw", Figure.draw):
        skip_unseen_drawing()
        assert saved(draw) == usual


@pytest.mark.parametrize("seen", [True, False])
@pytest.mark.parametrize("draw", FIGURES)
def test_its_ticks_look_the_same(draw, seen):
    usual = saved(draw)
    with (
        patch.object(Axis, "_update_ticks", Axis._update_ticks),
        patch.object(FigureCanvasBase, "print_figure", FigureCanvasBase.print_figure),
        patch.object(Figure, "draw", Figure.draw),
    ):
        count_ticks_once()
        if not seen:
            skip_unseen_drawing()
        assert saved(draw) == usual


def test_ticks_are_worked_out_once_or_twice_for_each_axis():
    calls = []
    update = Axis._update_ticks

    def counted(self):
        calls.append(self)
        return update(self)

    with (
        patch.object(Axis, "_update_ticks", counted),
        patch.object(FigureCanvasBase, "print_figure", FigureCanvasBase.print_figure),
        patch.object(Figure, "draw", Figure.draw),
    ):
        skip_unseen_drawing()
        count_ticks_once()
        saved(images)
    assert 8 <= len(calls) <= 2 * 8


def test_a_figure_that_is_saved_again_has_the_ticks_that_it_has_then():
    def twice():
        plt.close("all")
        _, axes = plt.subplots()
        axes.plot([0, 1])
        pictures = []
        for ticks in ([0, 1], [0.2, 0.8]):
            axes.set_xticks(ticks)
            drawn = io.BytesIO()
            plt.gcf().savefig(drawn, format="png", bbox_inches="tight")
            pictures.append(drawn.getvalue())
        return pictures

    usual = twice()
    with (
        patch.object(Axis, "_update_ticks", Axis._update_ticks),
        patch.object(FigureCanvasBase, "print_figure", FigureCanvasBase.print_figure),
    ):
        count_ticks_once()
        assert twice() == usual
    assert usual[0] != usual[1]


def test_a_figure_is_gone_through_once():
    calls = []
    with patch.object(Figure, "draw", lambda self, renderer: calls.append(renderer)):
        skip_unseen_drawing()
        saved(things_outside)
    assert len(calls) == 1
