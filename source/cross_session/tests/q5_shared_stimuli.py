"""Question 5: what all sessions share, the movie and spontaneous activity."""

import steps
from otter.test_files import test_case

from checks.elsewhere import (
    means_elsewhere,
    means_right_elsewhere,
    starts_elsewhere,
    starts_right_elsewhere,
)
from visual_coding_course.checking import calls, expect

OK_FORMAT = False
name = "q5"

movie_a = expect(steps, "movie_starts_a", points=2, name="where the movie starts in session A")
movie_b = expect(steps, "movie_starts_b", points=2, name="where the movie starts in session B")
movie_c = expect(steps, "movie_starts_c", points=2, name="where the movie starts in session C")
rest_a = expect(steps, "spontaneous_mean_a", points=1, name="mean spontaneous dF/F in session A")
rest_b = expect(steps, "spontaneous_mean_b", points=1, name="mean spontaneous dF/F in session B")
rest_c = expect(steps, "spontaneous_mean_c", points=1, name="mean spontaneous dF/F in session C")
movies = expect(
    steps,
    "movie_starts_a",
    "movie_starts_b",
    "movie_starts_c",
    points=0.5,
    name="where the movie starts in all sessions",
    hidden=True,
)
rests = expect(
    steps,
    "spontaneous_mean_a",
    "spontaneous_mean_b",
    "spontaneous_mean_c",
    points=1,
    name="mean spontaneous dF/F in all sessions",
    hidden=True,
)


@test_case(name="where the movie starts in another recording", points=0.5, hidden=True)
@calls(starts_of_movie=starts_elsewhere)
def movie_elsewhere(starts_of_movie, movie_starts_c, boc, cell_specimen_id):
    starts_right_elsewhere(steps, starts_of_movie, movie_starts_c, boc, cell_specimen_id)


@test_case(name="mean spontaneous dF/F in another recording", points=1, hidden=True)
@calls(mean_when_spontaneous=means_elsewhere)
def rest_elsewhere(mean_when_spontaneous, spontaneous_mean_c, boc, cell_specimen_id):
    means_right_elsewhere(steps, mean_when_spontaneous, spontaneous_mean_c, boc, cell_specimen_id)
