"""Question 2: the recordings, and the neuron's cell index in each."""

from otter.test_files import test_case

import checks

OK_FORMAT = False
name = "q2"


@test_case(points=1, name="the recording of session A")
def recording_of_session_a(data_set_a, id_a, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id, id_a=id_a)
    checks.opened("a", data_set_a, ways)


@test_case(points=1, name="the recording of session B")
def recording_of_session_b(data_set_b, id_b, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id, id_b=id_b)
    checks.opened("b", data_set_b, ways)


@test_case(points=1, name="the recording of session C")
def recording_of_session_c(data_set_c, id_c, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id, id_c=id_c)
    checks.opened("c", data_set_c, ways)


@test_case(points=1, name="the cell index in session A")
def index_in_session_a(index_a, data_set_a, id_a, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id, data_set_a=data_set_a, id_a=id_a)
    checks.cell_index("a", index_a, ways)


@test_case(points=1, name="the cell index in session B")
def index_in_session_b(index_b, data_set_b, id_b, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id, data_set_b=data_set_b, id_b=id_b)
    checks.cell_index("b", index_b, ways)


@test_case(points=1, name="the cell index in session C")
def index_in_session_c(index_c, data_set_c, id_c, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id, data_set_c=data_set_c, id_c=id_c)
    checks.cell_index("c", index_c, ways)


@test_case(points=2, name="the cell index in all sessions", hidden=True)
def indices_in_all_sessions(
    index_a, index_b, index_c, data_set_a, data_set_b, data_set_c, boc, cell_specimen_id, expected
):
    ways = checks.routes(
        boc,
        cell_specimen_id,
        expected,
        data_set_a=data_set_a,
        data_set_b=data_set_b,
        data_set_c=data_set_c,
    )
    checks.cell_index("a", index_a, ways)
    checks.cell_index("b", index_b, ways)
    checks.cell_index("c", index_c, ways)
