"""Question 4: the neuron's dF/F and its times in each session."""

from functools import partial

import steps

from checks.trace_plots import traces_shown
from visual_coding_course.checking import expect

OK_FORMAT = False
name = "q4"
hidden_points = 2

trace_a = expect(steps, "timestamps_a", "dff_a", points=1, name="times and dF/F in session A")
trace_b = expect(steps, "timestamps_b", "dff_b", points=1, name="times and dF/F in session B")
trace_c = expect(steps, "timestamps_c", "dff_c", points=1, name="times and dF/F in session C")
figure = expect(
    steps,
    "fig_traces",
    points=2,
    name="the figure of the three traces",
    by={"fig_traces": partial(traces_shown, names=False)},
)
names = expect(
    steps,
    "fig_traces",
    points=1,
    name="what is written on this figure",
    by={"fig_traces": traces_shown},
)
