"""What the answers of this assignment are about, and what their axes count."""

from checks.truth import VARIANTS, cut
from visual_coding_course.checking import About, KnownError

PIXELS = ("row (pixel)", "column (pixel)")
AXES = {
    "max_projection": (PIXELS, "brightness (arbitrary units)"),
    "roi_mask": (PIXELS, "in the mask"),
    "timestamps": (("imaging frame",), "time (s)"),
    "dff": (("imaging frame",), "dF/F"),
    "movie_starts": (("repeat",), "imaging frame"),
    "movie_response": (("repeat", "imaging frame from its start"), "dF/F"),
    "mean_response": (("imaging frame from the movie's start",), "mean dF/F"),
    "sem_response": (("imaging frame from the movie's start",), "s.e.m. of dF/F"),
    "correlations": (("session", "session"), "correlation"),
    "shared_ids": (("place in the array",), "cell specimen id"),
    "response_stability": (("neurons, sorted by it",), "mean correlation"),
}

ERRORS = (
    KnownError(
        "the cell specimen id as index",
        r"IndexError: index \d{6,} is out of bounds",
        "So large an index looks like a cell specimen id. An id names a neuron; which row it has "
        "in this session's arrays is its cell index.",
    ),
    KnownError(
        "a number where a list is taken",
        r"TypeError: (argument of type '(numpy\.)?int\d*'|'(numpy\.)?int\d*' object) "
        r"is not iterable",
        "A single number stands where a list is taken. AllenSDK's methods take lists of ids, also "
        "for one neuron.",
    ),
)


def right_value(answer, about, right):
    """What an answer should be; of a function, what it should have returned, if it is at hand."""
    if answer != "movie_response" or "neuron" not in about:
        return right.get(answer)
    if about["neuron"] != right["cell_specimen_id"]:
        return None
    letter = about["letter"]
    return cut(right[f"dff_{letter}"], right[f"movie_starts_{letter}"])


ABOUT = About(VARIANTS, AXES, frozenset({"response_stability"}), ERRORS, right_value)
