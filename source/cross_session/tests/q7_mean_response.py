"""Question 7: the mean movie response in the three sessions, and its standard error."""

from otter.test_files import test_case

import checks

OK_FORMAT = False
name = "q7"

#: Whether `movie_response` is right is seen with another neuron, too.
asks = checks.calls(movie_response=checks.with_neurons(checks.ANOTHER))


@test_case(points=1, name="the mean response in session A")
@asks
def mean_of_session_a(
    mean_response_a, data_set_a, movie_starts_a, movie_response, boc, cell_specimen_id
):
    ways = checks.routes(
        boc,
        cell_specimen_id,
        data_set_a=data_set_a,
        movie_starts_a=movie_starts_a,
        movie_response=movie_response,
    )
    checks.mean_response("a", mean_response_a, ways)


@test_case(points=1, name="the mean response in session B")
@asks
def mean_of_session_b(
    mean_response_b, data_set_b, movie_starts_b, movie_response, boc, cell_specimen_id
):
    ways = checks.routes(
        boc,
        cell_specimen_id,
        data_set_b=data_set_b,
        movie_starts_b=movie_starts_b,
        movie_response=movie_response,
    )
    checks.mean_response("b", mean_response_b, ways)


@test_case(points=1, name="the mean response in session C")
@asks
def mean_of_session_c(
    mean_response_c, data_set_c, movie_starts_c, movie_response, boc, cell_specimen_id
):
    ways = checks.routes(
        boc,
        cell_specimen_id,
        data_set_c=data_set_c,
        movie_starts_c=movie_starts_c,
        movie_response=movie_response,
    )
    checks.mean_response("c", mean_response_c, ways)


@test_case(points=1, name="its standard error in session A")
@asks
def sem_of_session_a(
    sem_response_a, data_set_a, movie_starts_a, movie_response, boc, cell_specimen_id
):
    ways = checks.routes(
        boc,
        cell_specimen_id,
        data_set_a=data_set_a,
        movie_starts_a=movie_starts_a,
        movie_response=movie_response,
    )
    checks.sem_response("a", sem_response_a, ways)


@test_case(points=1, name="its standard error in session B")
@asks
def sem_of_session_b(
    sem_response_b, data_set_b, movie_starts_b, movie_response, boc, cell_specimen_id
):
    ways = checks.routes(
        boc,
        cell_specimen_id,
        data_set_b=data_set_b,
        movie_starts_b=movie_starts_b,
        movie_response=movie_response,
    )
    checks.sem_response("b", sem_response_b, ways)


@test_case(points=1, name="its standard error in session C")
@asks
def sem_of_session_c(
    sem_response_c, data_set_c, movie_starts_c, movie_response, boc, cell_specimen_id
):
    ways = checks.routes(
        boc,
        cell_specimen_id,
        data_set_c=data_set_c,
        movie_starts_c=movie_starts_c,
        movie_response=movie_response,
    )
    checks.sem_response("c", sem_response_c, ways)


@test_case(points=3, name="the figure of the mean responses")
@asks
def figure_of_the_movie(
    fig_movie,
    mean_response_a,
    mean_response_b,
    mean_response_c,
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
        mean_response_a=mean_response_a,
        mean_response_b=mean_response_b,
        mean_response_c=mean_response_c,
        data_set_a=data_set_a,
        data_set_b=data_set_b,
        data_set_c=data_set_c,
        movie_starts_a=movie_starts_a,
        movie_starts_b=movie_starts_b,
        movie_starts_c=movie_starts_c,
        movie_response=movie_response,
    )
    checks.movie_shown(fig_movie, ways)


@test_case(points=2, name="the mean response in all sessions", hidden=True)
@asks
def means_of_all_sessions(
    mean_response_a,
    mean_response_b,
    mean_response_c,
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
    checks.mean_response("a", mean_response_a, ways)
    checks.mean_response("b", mean_response_b, ways)
    checks.mean_response("c", mean_response_c, ways)


@test_case(points=1, name="its standard error in all sessions", hidden=True)
@asks
def sems_of_all_sessions(
    sem_response_a,
    sem_response_b,
    sem_response_c,
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
    checks.sem_response("a", sem_response_a, ways)
    checks.sem_response("b", sem_response_b, ways)
    checks.sem_response("c", sem_response_c, ways)
