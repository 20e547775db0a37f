"""What is right, step by step, and the slips that are made at each."""

import numpy as np

from visual_coding_course.checking import Tolerance, slip, step
from visual_coding_course.checking.forms import array, curves, function, number

#: Computing with float32 instead of float64 moves a mean by less.
DFF = Tolerance(rtol=1e-4, atol=1e-5)
SECONDS = Tolerance(rtol=0, atol=1e-3)


@step()
def recording(boc, session_id):
    return boc.get_ophys_experiment_data(session_id)


@step(
    answer="times",
    form=array(1, "a 1-D array of times in seconds"),
    exact=SECONDS,
    axes=("imaging frame",),
    unit="time (s)",
)
def times(recording):
    return recording.get_fluorescence_timestamps()


@step(
    answer="dff",
    form=array(1, "a 1-D array: one neuron, one value for each imaging frame"),
    exact=DFF,
    axes=("imaging frame",),
    unit="dF/F",
)
def dff(recording, cell_specimen_id):
    return recording.get_dff_traces([cell_specimen_id])[1][0]


slip(
    dff,
    "another neuron",
    lambda recording: recording.get_dff_traces()[1][0],
    "the trace of the first neuron in the file",
    where="Which neuron stands in that row?",
    direct="Ask `get_dff_traces` for `[cell_specimen_id]`, and take its only row.",
)
slip(
    dff,
    "fluorescence for dF/F",
    lambda recording, cell_specimen_id: recording.get_fluorescence_traces([cell_specimen_id])[1][0],
    "raw fluorescence, not dF/F",
    where="Which method of the recording returns dF/F?",
)
slip(
    dff,
    "mean of all neurons",
    lambda recording: recording.get_dff_traces()[1].mean(axis=0),
    "the mean over all neurons",
    where="How many neurons are in your answer?",
)


@step(
    answer="mean_between",
    form=function(
        number("a number"),
        calls=lambda: [(np.linspace(0, 1, 50) ** 2, 3, 9), (np.arange(9.0), 0, 8)],
    ),
    exact=DFF,
)
def mean_between():
    return lambda trace, first, last: trace[first : last + 1].mean()


slip(
    mean_between,
    "without the last",
    lambda: lambda trace, first, last: trace[first:last].mean(),
    "a mean without the last frame",
    where="Where does a slice end?",
)
slip(
    mean_between,
    "sum for mean",
    lambda: lambda trace, first, last: trace[first : last + 1].sum(),
    "a sum, not a mean",
    where="By what does one divide for a mean?",
)


@step(answer="fig_trace", form=curves("the neuron's dF/F", x="time (s)", y="dF/F"))
def fig_trace(times, dff):
    return times, dff
