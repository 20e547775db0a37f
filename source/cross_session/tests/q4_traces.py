"""Question 4: the neuron's dF/F and its times in each session."""

from otter.test_files import test_case

import checks

OK_FORMAT = False
name = "q4"


@test_case(points=1, name="times and dF/F in session A")
def trace_of_session_a(timestamps_a, dff_a, data_set_a, index_a, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id, data_set_a=data_set_a, index_a=index_a)
    checks.times("a", timestamps_a, ways)
    checks.dff("a", dff_a, ways)


@test_case(points=1, name="times and dF/F in session B")
def trace_of_session_b(timestamps_b, dff_b, data_set_b, index_b, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id, data_set_b=data_set_b, index_b=index_b)
    checks.times("b", timestamps_b, ways)
    checks.dff("b", dff_b, ways)


@test_case(points=1, name="times and dF/F in session C")
def trace_of_session_c(timestamps_c, dff_c, data_set_c, index_c, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id, data_set_c=data_set_c, index_c=index_c)
    checks.times("c", timestamps_c, ways)
    checks.dff("c", dff_c, ways)


@test_case(points=3, name="the figure of the three traces")
def figure_of_traces(
    fig_traces, data_set_a, data_set_b, data_set_c, index_a, index_b, index_c, boc, cell_specimen_id
):
    ways = checks.routes(
        boc,
        cell_specimen_id,
        data_set_a=data_set_a,
        data_set_b=data_set_b,
        data_set_c=data_set_c,
        index_a=index_a,
        index_b=index_b,
        index_c=index_c,
    )
    checks.traces_shown(fig_traces, ways)


@test_case(points=2, name="dF/F in all sessions", hidden=True)
def traces_of_all_sessions(
    dff_a,
    dff_b,
    dff_c,
    data_set_a,
    data_set_b,
    data_set_c,
    index_a,
    index_b,
    index_c,
    boc,
    cell_specimen_id,
    expected,
):
    ways = checks.routes(
        boc,
        cell_specimen_id,
        expected,
        data_set_a=data_set_a,
        data_set_b=data_set_b,
        data_set_c=data_set_c,
        index_a=index_a,
        index_b=index_b,
        index_c=index_c,
    )
    checks.dff("a", dff_a, ways)
    checks.dff("b", dff_b, ways)
    checks.dff("c", dff_c, ways)
