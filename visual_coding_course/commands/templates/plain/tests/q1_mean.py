"""Question 1: the mean response."""

import steps

from visual_coding_course.checking import expect

OK_FORMAT = False
name = "q1"

mean = expect(steps, "mean_response", points=2)
mean_in_full = expect(steps, "mean_response", points=1, name="again, by the solution", hidden=True)
