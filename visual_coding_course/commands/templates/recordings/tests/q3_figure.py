"""Question 3: the figure of the trace."""

import steps

from visual_coding_course.checking import expect

OK_FORMAT = False
name = "q3"

figure = expect(steps, "fig_trace", points=2)
