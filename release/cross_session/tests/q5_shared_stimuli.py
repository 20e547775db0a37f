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
hidden_points = 3

movie_a = expect(steps, "movie_starts_a", points=2, name="where the movie starts in session A")
movie_b = expect(steps, "movie_starts_b", points=2, name="where the movie starts in session B")
movie_c = expect(steps, "movie_starts_c", points=2, name="where the movie starts in session C")
rest_a = expect(steps, "spontaneous_mean_a", points=1, name="mean spontaneous dF/F in session A")
rest_b = expect(steps, "spontaneous_mean_b", points=1, name="mean spontaneous dF/F in session B")
rest_c = expect(steps, "spontaneous_mean_c", points=1, name="mean spontaneous dF/F in session C")
