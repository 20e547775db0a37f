"""Question 3: the neuron's mask on the maximum projection of each session."""

from otter.test_files import test_case

import checks

OK_FORMAT = False
name = "q3"
hidden_points = 2


@test_case(points=1, name="the maximum projection of session A")
def image_of_session_a(max_projection_a, data_set_a, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id, data_set_a=data_set_a)
    checks.projection("a", max_projection_a, ways)


@test_case(points=1, name="the maximum projection of session B")
def image_of_session_b(max_projection_b, data_set_b, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id, data_set_b=data_set_b)
    checks.projection("b", max_projection_b, ways)


@test_case(points=1, name="the maximum projection of session C")
def image_of_session_c(max_projection_c, data_set_c, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id, data_set_c=data_set_c)
    checks.projection("c", max_projection_c, ways)


@test_case(points=1, name="the neuron's mask in session A")
def mask_in_session_a(roi_mask_a, data_set_a, index_a, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id, data_set_a=data_set_a, index_a=index_a)
    checks.mask("a", roi_mask_a, ways)


@test_case(points=1, name="the neuron's mask in session B")
def mask_in_session_b(roi_mask_b, data_set_b, index_b, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id, data_set_b=data_set_b, index_b=index_b)
    checks.mask("b", roi_mask_b, ways)


@test_case(points=1, name="the neuron's mask in session C")
def mask_in_session_c(roi_mask_c, data_set_c, index_c, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id, data_set_c=data_set_c, index_c=index_c)
    checks.mask("c", roi_mask_c, ways)


@test_case(points=2, name="the figure: a projection for each session")
def figure_of_projections(fig_masks, data_set_a, data_set_b, data_set_c, boc, cell_specimen_id):
    ways = checks.routes(
        boc, cell_specimen_id, data_set_a=data_set_a, data_set_b=data_set_b, data_set_c=data_set_c
    )
    checks.projections_shown(fig_masks, ways)


@test_case(points=2, name="the figure: the neuron's mask on each projection")
def figure_of_masks(
    fig_masks, data_set_a, data_set_b, data_set_c, index_a, index_b, index_c, boc, cell_specimen_id
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
    checks.masks_shown(fig_masks, ways)
