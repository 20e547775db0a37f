"""Question 9: all neurons found in the three sessions, and how stable they are."""

from functools import partial

import steps

from checks.spreads import stability_shown
from visual_coding_course.checking import expect

OK_FORMAT = False
name = "q9"
hidden_points = 2

neurons = expect(steps, "shared_ids", points=2, name="the neurons found in all sessions")
some = expect(
    steps,
    "response_stability",
    points=2,
    name="the stability of some neurons",
    each=steps.neurons_at(0.2, steps.ANOTHER),
)
figure = expect(
    steps,
    "fig_stability",
    points=1,
    name="the figure of how stability is spread",
    by={"fig_stability": partial(stability_shown, names=False)},
)
names = expect(
    steps,
    "fig_stability",
    points=1,
    name="our neuron, and what is written on this figure",
    by={"fig_stability": stability_shown},
)
