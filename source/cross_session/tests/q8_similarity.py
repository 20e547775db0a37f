"""Question 8: how alike the sessions are."""

from otter.test_files import test_case

import checks

OK_FORMAT = False
name = "q8"


@test_case(points=1, name="a table of sessions x sessions")
def form_of_the_table(correlations):
    checks.correlation_table(correlations)


@test_case(points=3, name="the correlations")
def correlations_of_the_sessions(
    correlations, mean_response_a, mean_response_b, mean_response_c, boc, cell_specimen_id
):
    ways = checks.routes(
        boc,
        cell_specimen_id,
        mean_response_a=mean_response_a,
        mean_response_b=mean_response_b,
        mean_response_c=mean_response_c,
    )
    checks.correlation_values(correlations, ways)


@test_case(points=2, name="the two sessions that are most alike")
def the_most_similar_sessions(
    most_similar,
    correlations,
    mean_response_a,
    mean_response_b,
    mean_response_c,
    boc,
    cell_specimen_id,
):
    ways = checks.routes(
        boc,
        cell_specimen_id,
        correlations=correlations,
        mean_response_a=mean_response_a,
        mean_response_b=mean_response_b,
        mean_response_c=mean_response_c,
    )
    checks.most_similar(most_similar, ways)


@test_case(points=2, name="correlations and most similar sessions", hidden=True)
def correlations_and_most_similar(
    correlations,
    most_similar,
    mean_response_a,
    mean_response_b,
    mean_response_c,
    boc,
    cell_specimen_id,
    expected,
):
    ways = checks.routes(
        boc,
        cell_specimen_id,
        expected,
        mean_response_a=mean_response_a,
        mean_response_b=mean_response_b,
        mean_response_c=mean_response_c,
    )
    checks.correlation_values(correlations, ways)
    checks.most_similar(most_similar, ways)
