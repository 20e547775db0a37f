"""The report's plots: SVG images that take the page's colours, with a text in their place."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from .mistakes import Made
from .own import Numbers
from .statistics import Question, Spread

#: Stands for the colour of text, which differs in light and dark.
TEXT = "#010203"
COLOURS = "<style>svg{color:#1f2328}@media(prefers-color-scheme:dark){svg{color:#e6edf3}}</style>"
#: Blue, yellow, red of Paul Tol's scheme "bright", which colour-blind readers tell apart.
FULL, PART, NONE, WAITS = "#4477aa", "#ccbb44", "#ee6677", "#bbbbbb"
WIDTH = 4.4  # inches: narrow, so that its letters can be read on a phone
BINS, MOST = 20, 12
#: Of dots: whether somebody's answers were all right.
LOOKS = {True: {"facecolors": FULL}, False: {"facecolors": "none"}}
STYLE = {
    "text.color": TEXT, "axes.labelcolor": TEXT, "axes.edgecolor": TEXT, "xtick.color": TEXT,
    "ytick.color": TEXT, "axes.facecolor": "none", "figure.facecolor": "none",
    "legend.frameon": False, "font.size": 10, "axes.spines.top": False,
    "axes.spines.right": False, "svg.fonttype": "path", "svg.hashsalt": "report",
    # A name may hold a dollar sign.
    "text.parse_math": False,
}  # fmt: skip


@dataclass(frozen=True)
class Plot:
    """An image, and its text for those who do not see it.

    Attributes
    ----------
    source : str
        ``data:`` address of the SVG image.
    alt : str
        What it shows, in words.
    """

    source: str
    alt: str


def scores_plot(scores: list[float], max_score: float) -> Plot:
    """Histogram of the scores, points."""

    def draw(axes: Axes) -> None:
        most = max([max_score, *scores]) or 1
        axes.hist(scores, bins=np.linspace(min([0, *scores]), most, BINS + 1), color=FULL)
        spread = Spread.of(scores)
        axes.axvline(spread.median, color=TEXT, linestyle="--", label=f"median {spread.median:g}")
        axes.set(xlabel="score (points)", ylabel="submissions")
        axes.legend(loc="upper left")

    return Plot(_draw(draw, 2.6), f"Histogram of {_range(scores, 'points')}.")


def times_plot(seconds: list[float]) -> Plot:
    """Histogram of the times that submissions took, seconds."""

    def draw(axes: Axes) -> None:
        axes.hist(seconds, bins=BINS, color=FULL)
        axes.set(xlabel="time to run and check (s)", ylabel="submissions")

    return Plot(_draw(draw, 2.6), f"Histogram of {_range(seconds, 'seconds')}.")


def questions_plot(questions: list[Question]) -> Plot:
    """Bars of how many had all, some and none of a question's points, or wait for them."""

    def draw(axes: Axes) -> None:
        names, left = [question.name for question in questions], np.zeros(len(questions))
        parts = {"all points": FULL, "some": PART, "none": NONE, "to grade": WAITS}
        counts = np.array([[one.full, one.part, one.none, one.waits] for one in questions]).T
        for (label, colour), count in zip(parts.items(), counts):
            axes.barh(names, count, left=left, color=colour, label=label)
            left += count
        axes.invert_yaxis()
        axes.set(xlabel="submissions")
        narrow = {"ncols": 4, "columnspacing": 1.2, "handlelength": 1.4}
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), **narrow)
        axes.xaxis.get_major_locator().set_params(integer=True)

    told = "; ".join(f"{one.name}: {one.full}, {one.part}, {one.none}" for one in questions)
    alt = f"Bars: submissions with all, some and none of the points, by question. {told}."
    return Plot(_draw(draw, 1.1 + 0.27 * len(questions)), alt)


def mistakes_plot(mistakes: list[Made]) -> Plot:
    """Bars of the commonest mistakes, each under its name."""
    most = mistakes[:MOST]

    def draw(axes: Axes) -> None:
        axes.barh(range(len(most)), [len(made.students) for made in most], 0.38, color=NONE)
        for place, made in enumerate(most):
            axes.text(0, place - 0.3, f"{made.question} {made.answer}: {_short(made.name)}")
        axes.set(xlabel="students", yticks=[], ylim=(len(most) - 0.6, -0.9))
        axes.spines["left"].set_visible(False)
        axes.xaxis.get_major_locator().set_params(integer=True)

    told = "; ".join(f"{made.name} ({made.question}): {len(made.students)}" for made in most)
    alt = f"Bars: the commonest mistakes, and how many students made them. {told}."
    return Plot(_draw(draw, 0.8 + 0.42 * len(most)), alt)


def numbers_plot(own: Numbers) -> Plot:
    """Strips, one for each number: a dot for each of the class's parameters, and their median."""

    def draw(axes: Axes, name: str, last: bool) -> None:
        told = sorted(own.values[name])
        for is_found, look in LOOKS.items():
            dots = [(x, place % 3) for place, (x, found) in enumerate(told) if found is is_found]
            if dots:
                axes.scatter(*zip(*dots), s=26, edgecolors=FULL, **look)
        median = Spread.of([x for x, _ in told]).median
        axes.axvline(median, color=TEXT, linestyle="--", linewidth=1)
        axes.set(ylim=(-0.9, 2.9), yticks=[], title=f"{name}: median {median:.3g}")
        axes.title.set(fontsize=10)
        axes.spines["left"].set_visible(False)
        if last:
            axes.set(xlabel=f"value (a dot for each {own.parameters})")

    def draw_all(figure: Figure) -> None:
        rows = np.atleast_1d(figure.subplots(len(own.values)))
        for axes, name in zip(rows, own.values):
            draw(axes, name, axes is rows[-1])

    told = "; ".join(
        f"{name}: {len(dots)} from {spread.least:.3g} to {spread.most:.3g}, "
        f"median {spread.median:.3g}"
        for name, dots in own.values.items()
        for spread in [Spread.of([x for x, _ in dots])]
    )
    alt = f"Strips of dots, one for each {own.parameters}. {told}."
    return Plot(_draw_figure(draw_all, 0.3 + 0.95 * len(own.values)), alt)


def _short(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:39]}…"


def _range(numbers: list[float], unit: str) -> str:
    spread = Spread.of(numbers)
    return (
        f"{len(numbers)} submissions, from {spread.least:.3g} to {spread.most:.3g} {unit}; "
        f"half of them between {spread.low:.3g} and {spread.high:.3g}"
    )


def _draw(draw: Callable[[Axes], None], height: float) -> str:
    """Draw into axes of their own, and return the address of the image."""
    return _draw_figure(lambda figure: draw(figure.subplots()), height)


def _draw_figure(draw: Callable[[Figure], None], height: float) -> str:
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        FigureCanvasSVG(figure)
        draw(figure)
        file = io.StringIO()
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    svg = file.getvalue().replace(TEXT, "currentColor")
    svg = svg.replace("<defs>", f"<defs>{COLOURS}", 1)
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
