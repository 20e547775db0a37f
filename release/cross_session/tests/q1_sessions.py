"""Question 1: the sessions in which the neuron was recorded."""

import steps

from checks.tables import experiments_in_full
from visual_coding_course.checking import expect

OK_FORMAT = False
name = "q1"
hidden_points = 2

sessions = expect(steps, "experiments", points=2, name="the sessions of the neuron")
id_of_a = expect(steps, "id_a", points=1, name="the id of session A")
id_of_b = expect(steps, "id_b", points=1, name="the id of session B")
id_of_c = expect(steps, "id_c", points=1, name="the id of session C")
container = expect(steps, "container_id", points=1, name="the id of the container")
