"""Question 1: the sessions in which the neuron was recorded."""

from otter.test_files import test_case

import checks

OK_FORMAT = False
name = "q1"
hidden_points = 2


@test_case(points=2, name="the sessions of the neuron")
def sessions_of_the_neuron(experiments, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id)
    checks.experiments_table(experiments, ways)


@test_case(points=1, name="the id of session A")
def id_of_session_a(id_a, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id)
    checks.session_id("a", id_a, ways)


@test_case(points=1, name="the id of session B")
def id_of_session_b(id_b, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id)
    checks.session_id("b", id_b, ways)


@test_case(points=1, name="the id of session C")
def id_of_session_c(id_c, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id)
    checks.session_id("c", id_c, ways)


@test_case(points=1, name="the id of the container")
def container_of_the_neuron(container_id, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id)
    checks.container(container_id, ways)
