"""What the test files of an assignment check with.

A test case names the student's variables and calls one function of this
package. Each function returns nothing if the answer is right, and otherwise
raises `Wrong`, whose message tells the student what is wrong and where to look;
a blank raises `NotAttempted`. How exact a number must be stands in `values`,
what is right in `truth`, by which routes an answer may be right in `routes`.
Which mistake an answer shows is told by `mistakes`, from the assignment's own
list of them.
"""

from .calls import calls
from .earlier import ANOTHER
from .mistakes import Mistake
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
from .wrong import NotAttempted, Wrong

__all__ = [
    "ANOTHER",
    "Mistake",
    "NotAttempted",
    "Wrong",
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
