"""Figures that are drawn in less time look the same."""

import io
from unittest.mock import patch

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from visual_coding_course.kernels.drawing import skip_unseen_drawing


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


def saved(draw):
    plt.close("all")
    draw()
    drawn = io.BytesIO()
    plt.gcf().savefig(drawn, format="png", bbox_inches="tight")
    plt.close("all")
    return drawn.getvalue()


@pytest.mark.parametrize(
    "draw",
    [images, legend_where_there_is_room, things_outside, colour_bar, constrained, tightened,
     round_axes, three_dimensions],
)  # fmt: skip
def test_a_figure_looks_the_same(draw):
    usual = saved(draw)
    with patch.object(Figure, "draw", Figure.draw):
        skip_unseen_drawing()
        assert saved(draw) == usual


def test_a_figure_is_gone_through_once():
    calls = []
    with patch.object(Figure, "draw", lambda self, renderer: calls.append(renderer)):
        skip_unseen_drawing()
        saved(things_outside)
    assert len(calls) == 1
