"""Question 2: the mean in a part of a trace."""

import steps

from visual_coding_course.checking import expect

OK_FORMAT = False
name = "q2"

mean = expect(steps, "mean_between", points=3)
