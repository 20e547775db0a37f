"""What the test files of this assignment check with.

A test case names the student's variables and calls one function of this package. How exact a
number must be stands in `exact`, what is right in `truth`, by which routes an answer may be right
in `routes`.
"""

from visual_coding_course.checking import calls

from .earlier import ANOTHER
from .pictures import masks_shown, projections_shown
from .plots import movie_shown, stability_shown, traces_shown
from .responses import (
    mean_response,
    other_neurons,
    response_shape,
    response_values,
    sem_response,
    with_neurons,
)
from .routes import routes
from .sessions import (
    cell_index,
    container,
    experiments_details,
    experiments_table,
    opened,
    session_id,
)
from .similarity import (
    correlation_table,
    correlation_values,
    most_similar,
    shared_ids,
    stability_of_all,
    stability_values,
)
from .traces import dff, mask, movie_starts, projection, spontaneous_mean, times

__all__ = [
    "ANOTHER",
    "calls",
    "cell_index",
    "container",
    "correlation_table",
    "correlation_values",
    "dff",
    "experiments_details",
    "experiments_table",
    "mask",
    "masks_shown",
    "mean_response",
    "most_similar",
    "movie_shown",
    "movie_starts",
    "opened",
    "other_neurons",
    "projection",
    "projections_shown",
    "response_shape",
    "response_values",
    "routes",
    "sem_response",
    "session_id",
    "shared_ids",
    "spontaneous_mean",
    "stability_of_all",
    "stability_shown",
    "stability_values",
    "times",
    "traces_shown",
    "with_neurons",
]
