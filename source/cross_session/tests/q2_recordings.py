"""Question 2: the recordings, and the neuron's cell index in each."""

import steps

from visual_coding_course.checking import expect

OK_FORMAT = False
name = "q2"

recording_a = expect(steps, "data_set_a", points=1, name="the recording of session A")
recording_b = expect(steps, "data_set_b", points=1, name="the recording of session B")
recording_c = expect(steps, "data_set_c", points=1, name="the recording of session C")
index_in_a = expect(steps, "index_a", points=1, name="the cell index in session A")
index_in_b = expect(steps, "index_b", points=1, name="the cell index in session B")
index_in_c = expect(steps, "index_c", points=1, name="the cell index in session C")
indices = expect(
    steps,
    "index_a",
    "index_b",
    "index_c",
    points=2,
    name="the cell index in all sessions",
    hidden=True,
)
