"""Question 9: all neurons found in the three sessions, and how stable they are."""

from otter.test_files import test_case

import checks

OK_FORMAT = False
name = "q9"

asks = checks.calls(movie_response=checks.with_neurons(0.2, checks.ANOTHER))


@test_case(points=2, name="the neurons found in all sessions")
def neurons_in_all_sessions(shared_ids, data_set_a, data_set_b, data_set_c, boc, cell_specimen_id):
    ways = checks.routes(
        boc, cell_specimen_id, data_set_a=data_set_a, data_set_b=data_set_b, data_set_c=data_set_c
    )
    checks.shared_ids(shared_ids, ways)


@test_case(points=2, name="the stability of some neurons")
@asks
def stability_of_some_neurons(
    response_stability,
    data_set_a,
    data_set_b,
    data_set_c,
    movie_starts_a,
    movie_starts_b,
    movie_starts_c,
    movie_response,
    boc,
    cell_specimen_id,
):
    ways = checks.routes(
        boc,
        cell_specimen_id,
        data_set_a=data_set_a,
        data_set_b=data_set_b,
        data_set_c=data_set_c,
        movie_starts_a=movie_starts_a,
        movie_starts_b=movie_starts_b,
        movie_starts_c=movie_starts_c,
        movie_response=movie_response,
    )
    checks.stability_values(response_stability, ways, places=[0.2, checks.ANOTHER])


@test_case(points=2, name="the figure of how stability is spread")
def figure_of_stability(fig_stability, response_stability):
    checks.stability_shown(fig_stability, response_stability)


@test_case(points=2, name="the stability of all neurons", hidden=True)
@asks
def stability_of_all_neurons(
    response_stability,
    data_set_a,
    data_set_b,
    data_set_c,
    movie_starts_a,
    movie_starts_b,
    movie_starts_c,
    movie_response,
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
        movie_starts_a=movie_starts_a,
        movie_starts_b=movie_starts_b,
        movie_starts_c=movie_starts_c,
        movie_response=movie_response,
    )
    checks.stability_of_all(response_stability, ways, places=[0.2, checks.ANOTHER])
