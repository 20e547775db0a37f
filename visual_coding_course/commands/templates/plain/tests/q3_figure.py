"""Question 3: the figure of the mean response."""

import steps

from visual_coding_course.checking import expect

OK_FORMAT = False
name = "q3"

figure = expect(steps, "fig_response", points=2)
