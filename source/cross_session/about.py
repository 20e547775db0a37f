"""What the answers of this assignment are about, and what their axes count."""

import steps

from checks.truth import cut
from visual_coding_course.checking import About, KnownError
from visual_coding_course.checking.expecting import steps_of

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


SDK = "https://allensdk.readthedocs.io/en/latest/"
EXAMPLES = f"{SDK}_static/examples/nb/"
REFERENCE = f"{SDK}allensdk.core."
NUMPY = "https://numpy.org/doc/stable/reference/generated/numpy."
#: What to read on each question.
READ = {
    "q1": (
        "The Brain Observatory, AllenSDK's notebook on its catalogue",
        f"{EXAMPLES}brain_observatory.html",
    ),
    "q2": (
        "BrainObservatoryNwbDataSet, in AllenSDK's reference",
        f"{REFERENCE}brain_observatory_nwb_data_set.html",
    ),
    "q3": (
        "The Brain Observatory, AllenSDK's notebook on its catalogue and recordings",
        f"{EXAMPLES}brain_observatory.html",
    ),
    "q4": (
        "BrainObservatoryNwbDataSet.get_dff_traces, in AllenSDK's reference",
        f"{REFERENCE}brain_observatory_nwb_data_set.html",
    ),
    "q5": (
        "Stimulus tables, in AllenSDK's notebook on the Brain Observatory",
        f"{EXAMPLES}brain_observatory_stimuli.html",
    ),
    "q6": ("numpy.stack", f"{NUMPY}stack.html"),
    "q7": ("numpy.std", f"{NUMPY}std.html"),
    "q8": (
        "pandas.DataFrame.corr",
        "https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.corr.html",
    ),
    "q9": ("numpy.intersect1d", f"{NUMPY}intersect1d.html"),
}

DECLARED = steps_of(steps).about
ABOUT = About(
    DECLARED.variants, DECLARED.axes, frozenset({"response_stability"}), ERRORS, READ, right_value
)
