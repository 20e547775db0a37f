"""Question 1: the neuron's trace."""

import steps

from visual_coding_course.checking import expect

OK_FORMAT = False
name = "q1"

times = expect(steps, "times", points=1)
dff = expect(steps, "dff", points=2)
dff_in_full = expect(steps, "dff", points=1, name="again, by the solution", hidden=True)
