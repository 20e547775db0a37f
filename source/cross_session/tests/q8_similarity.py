"""Question 8: how alike the sessions are."""

import steps

from visual_coding_course.checking import expect

OK_FORMAT = False
name = "q8"

form = expect(
    steps, "correlations", points=1, name="a table of sessions x sessions", form_only=True
)
values = expect(steps, "correlations", points=3, name="the correlations")
pair = expect(steps, "most_similar", points=2, name="the two sessions that are most alike")
both = expect(
    steps,
    "correlations",
    "most_similar",
    points=2,
    name="correlations and most similar sessions",
    hidden=True,
)
