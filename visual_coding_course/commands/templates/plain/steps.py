"""What is right, step by step, and the slips that are made at each."""

import numpy as np

from visual_coding_course.checking import Tolerance, looks, slip, step
from visual_coding_course.checking.forms import array, curves, function, number

#: Rounding, as of another order of adding up, moves a mean by less.
DFF = Tolerance(rtol=1e-6, atol=1e-8)
SECONDS = Tolerance(rtol=0, atol=1e-6)


@step(
    answer="mean_response",
    form=array(1, "a 1-D array: one value for each imaging frame"),
    exact=DFF,
    axes=("imaging frame",),
    unit="dF/F",
)
def mean_response(trials):
    return trials.mean(axis=0)


slip(
    mean_response,
    "median for mean",
    lambda trials: np.median(trials, axis=0),
    "the median over the trials, not the mean",
    where="Which of numpy's functions puts the trials together?",
    direct="Use `trials.mean(axis=0)`.",
)
slip(
    mean_response,
    "averaged over frames",
    lambda trials: trials.mean(axis=1),
    "a mean over the frames, with one value for each trial",
    where="Which axis of `trials` counts the trials?",
    direct="The trials are axis 0: average along that.",
)
slip(
    mean_response,
    "one trial only",
    lambda trials: trials[0],
    "the first trial alone",
    where="How many trials are there, and how many are in your answer?",
)


@step(
    answer="peak_time",
    form=function(
        number("a time in seconds"),
        calls=lambda trials, frame_rate: [(trial, frame_rate) for trial in trials[:3]],
    ),
    exact=SECONDS,
)
def peak_time():
    return lambda response, frame_rate: np.argmax(response) / frame_rate


slip(
    peak_time,
    "in frames",
    lambda: lambda response, frame_rate: np.argmax(response),
    "the number of the frame, not its time",
    where="How long is one imaging frame?",
    direct="Divide the frame's number by the frame rate.",
)
slip(
    peak_time,
    "the value for its time",
    lambda: lambda response, frame_rate: np.max(response),
    "the greatest value itself, not when it is reached",
    where="Which of numpy's functions says where the greatest value is?",
)
slip(
    peak_time,
    "counted from 1",
    lambda: lambda response, frame_rate: (np.argmax(response) + 1) / frame_rate,
    "a frame's number that is counted from 1",
    where="Which number does the first frame have?",
)


@step(
    answer="fig_response",
    form=curves("the mean response", x="time (s)", y="mean dF/F"),
)
def fig_response(mean_response, frame_rate):
    return np.arange(len(mean_response)) / frame_rate, mean_response


looks(
    mean_response,
    "in percent",
    lambda right: 100 * right,
    "given in percent",
    where="dF/F is a ratio: 0.1 is ten percent.",
)
