"""Question 5: what all sessions share, the movie and spontaneous activity."""

from otter.test_files import test_case

import checks

OK_FORMAT = False
name = "q5"
hidden_points = 3


@test_case(points=2, name="where the movie starts in session A")
def movie_in_session_a(movie_starts_a, data_set_a, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id, data_set_a=data_set_a)
    checks.movie_starts("a", movie_starts_a, ways)


@test_case(points=2, name="where the movie starts in session B")
def movie_in_session_b(movie_starts_b, data_set_b, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id, data_set_b=data_set_b)
    checks.movie_starts("b", movie_starts_b, ways)


@test_case(points=2, name="where the movie starts in session C")
def movie_in_session_c(movie_starts_c, data_set_c, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id, data_set_c=data_set_c)
    checks.movie_starts("c", movie_starts_c, ways)


@test_case(points=1, name="mean spontaneous dF/F in session A")
def rest_in_session_a(spontaneous_mean_a, data_set_a, index_a, dff_a, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id, data_set_a=data_set_a, index_a=index_a, dff_a=dff_a)
    checks.spontaneous_mean("a", spontaneous_mean_a, ways)


@test_case(points=1, name="mean spontaneous dF/F in session B")
def rest_in_session_b(spontaneous_mean_b, data_set_b, index_b, dff_b, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id, data_set_b=data_set_b, index_b=index_b, dff_b=dff_b)
    checks.spontaneous_mean("b", spontaneous_mean_b, ways)


@test_case(points=1, name="mean spontaneous dF/F in session C")
def rest_in_session_c(spontaneous_mean_c, data_set_c, index_c, dff_c, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id, data_set_c=data_set_c, index_c=index_c, dff_c=dff_c)
    checks.spontaneous_mean("c", spontaneous_mean_c, ways)
