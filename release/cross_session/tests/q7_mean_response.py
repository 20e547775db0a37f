"""Question 7: the mean movie response in the three sessions, and its standard error."""

from functools import partial

import steps

from checks.movie_plots import movie_shown
from visual_coding_course.checking import expect

OK_FORMAT = False
name = "q7"
hidden_points = 3

mean_a = expect(steps, "mean_response_a", points=1, name="the mean response in session A")
mean_b = expect(steps, "mean_response_b", points=1, name="the mean response in session B")
mean_c = expect(steps, "mean_response_c", points=1, name="the mean response in session C")
sem_a = expect(steps, "sem_response_a", points=1, name="its standard error in session A")
sem_b = expect(steps, "sem_response_b", points=1, name="its standard error in session B")
sem_c = expect(steps, "sem_response_c", points=1, name="its standard error in session C")
figure = expect(
    steps,
    "fig_movie",
    points=2,
    name="the figure of the mean responses",
    by={"fig_movie": partial(movie_shown, names=False)},
)
names = expect(
    steps,
    "fig_movie",
    points=1,
    name="what is written on this figure",
    by={"fig_movie": movie_shown},
)
