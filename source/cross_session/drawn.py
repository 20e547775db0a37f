"""The right figures, small, from the solution's arrays: they may stand beside a wrong one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from checks.truth import MOVIE_FRAMES, SESSIONS
from visual_coding_course.pages.feedback.plot import envelope, name_axes, window_around

COLOURS = {"a": "#0550ae", "b": "#b35900", "c": "#6639ba"}


def _masks(figure: Figure, right: Mapping[str, Any]) -> None:
    masks = [np.asarray(right[f"roi_mask_{letter}"]) != 0 for letter in SESSIONS]
    window = window_around(masks)
    for place, (letter, mask) in enumerate(zip(SESSIONS, masks)):
        panel = figure.add_axes((0.14 + 0.285 * place, 0.2, 0.26, 0.64))
        panel.imshow(np.asarray(right[f"max_projection_{letter}"]), cmap="gray")
        panel.contour(mask, levels=[0.5], colors=COLOURS["b"], linewidths=1)
        if window:
            panel.set(xlim=window[1], ylim=window[0][::-1])
        panel.set_title(letter.upper(), fontsize=8)
        name_axes(panel, "column (pixel)", "" if place else "row (pixel)")
        panel.tick_params(labelleft=not place)


def _traces(figure: Figure, right: Mapping[str, Any]) -> None:
    for place, letter in enumerate(SESSIONS):
        panel = figure.add_axes((0.2, 0.71 - 0.255 * place, 0.7, 0.22))
        frames, values = envelope(np.asarray(right[f"dff_{letter}"], dtype=float))
        panel.plot(np.asarray(right[f"timestamps_{letter}"])[frames], values, lw=0.5,
                   color=COLOURS["a"])  # fmt: skip
        panel.text(1.03, 0.5, letter.upper(), transform=panel.transAxes, fontsize=8, va="center")
        name_axes(panel, "" if place < 2 else "time (s)", "dF/F")
        panel.tick_params(labelbottom=place == 2)
        panel.locator_params(axis="y", nbins=2)


def _movie(figure: Figure, right: Mapping[str, Any]) -> None:
    panel = figure.add_axes((0.2, 0.24, 0.76, 0.62))
    for letter in SESSIONS:
        times = np.asarray(right[f"timestamps_{letter}"])[:MOVIE_FRAMES]
        panel.plot(times - times[0], right[f"mean_response_{letter}"], lw=0.7,
                   color=COLOURS[letter], label=letter.upper())  # fmt: skip
    panel.legend(loc="lower right", bbox_to_anchor=(1, 1), ncol=3, fontsize=8, frameon=False,
                 borderaxespad=0)  # fmt: skip
    name_axes(panel, "time in the movie (s)", "mean dF/F")


def _stability(figure: Figure, right: Mapping[str, Any]) -> None:
    panel = figure.add_axes((0.2, 0.24, 0.76, 0.7))
    panel.hist(np.asarray(right["response_stability"], dtype=float), bins=20, color=COLOURS["a"])
    name_axes(panel, "mean correlation", "neurons")


#: By figure, what draws it, and what it shows, in words.
FIGURES = {
    "fig_masks": (_masks, "the neuron's outline on a part of each session's maximum projection"),
    "fig_traces": (_traces, "the neuron's dF/F in each session against time"),
    "fig_movie": (_movie, "the mean response in each session against time in the movie"),
    "fig_stability": (_stability, "how many neurons have which stability"),
}
