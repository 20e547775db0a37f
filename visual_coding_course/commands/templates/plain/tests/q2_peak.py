"""Question 2: when the response is greatest."""

import steps

from visual_coding_course.checking import expect

OK_FORMAT = False
name = "q2"

peak = expect(steps, "peak_time", points=3)
