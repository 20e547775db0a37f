"""Question 6: the response of any neuron to each repeat of the movie."""

import steps
from otter.test_files import test_case

from checks.elsewhere import responses_elsewhere, responses_right_elsewhere, starts_elsewhere
from visual_coding_course.checking import calls, expect

OK_FORMAT = False
name = "q6"

shape = expect(
    steps,
    "movie_response",
    points=3,
    name="it returns 10 repeats x 900 imaging frames",
    letters="b",
    form_only=True,
)
ours = expect(steps, "movie_response", points=4, name="our neuron in the three sessions")
another = expect(
    steps,
    "movie_response",
    points=2,
    name="another neuron",
    letters="b",
    each=steps.others_at(0.8),
)
others = expect(
    steps,
    "movie_response",
    points=3,
    name="other neurons in all sessions",
    hidden=True,
    each=steps.others_at(steps.ANOTHER),
)


@test_case(name="another recording", points=2, hidden=True)
@calls(movie_response=responses_elsewhere, starts_of_movie=starts_elsewhere)
def elsewhere(movie_response, starts_of_movie, boc, cell_specimen_id):
    responses_right_elsewhere(steps, movie_response, starts_of_movie, boc, cell_specimen_id)
