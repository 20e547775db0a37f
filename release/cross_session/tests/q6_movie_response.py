"""Question 6: the response of any neuron to each repeat of the movie."""

from otter.test_files import test_case

import checks

OK_FORMAT = False
name = "q6"
hidden_points = 5


@test_case(points=3, name="it returns 10 repeats x 900 imaging frames")
@checks.calls(movie_response=checks.with_neurons(letters="b"))
def shape_of_the_response(movie_response, boc, cell_specimen_id):
    ways = checks.routes(boc, cell_specimen_id)
    checks.response_shape(movie_response, ways)


@test_case(points=4, name="our neuron in the three sessions")
@checks.calls(movie_response=checks.with_neurons())
def response_of_our_neuron(
    movie_response, movie_starts_a, movie_starts_b, movie_starts_c, boc, cell_specimen_id
):
    ways = checks.routes(
        boc,
        cell_specimen_id,
        movie_starts_a=movie_starts_a,
        movie_starts_b=movie_starts_b,
        movie_starts_c=movie_starts_c,
    )
    checks.response_values(movie_response, ways)


@test_case(points=2, name="another neuron")
@checks.calls(movie_response=checks.with_neurons(0.8, letters="b"))
def response_of_another_neuron(
    movie_response, movie_starts_a, movie_starts_b, movie_starts_c, boc, cell_specimen_id
):
    ways = checks.routes(
        boc,
        cell_specimen_id,
        movie_starts_a=movie_starts_a,
        movie_starts_b=movie_starts_b,
        movie_starts_c=movie_starts_c,
    )
    checks.other_neurons(movie_response, ways, places=[0.8], letters="b")
