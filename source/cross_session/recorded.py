"""What is right, step by step, from the catalogue to the stimuli: what the recordings hold.

What is about one neuron is worked out for several at once, too, where ids come as an array: then
they run along the first axis.
"""

import numpy as np

from checks import truth
from checks.arrays import IMAGE, MASK, STARTS, TIMES, TRACE, Opened
from checks.tables import Experiments, Index
from checks.truth import VARIANTS as S
from visual_coding_course.checking import Tolerance, also, step
from visual_coding_course.checking.forms import integer, number, shown

#: The neuron, and what is worked out for each.
N = "cell_specimen_id"
#: dF/F copied from the file or averaged over repeats. Computing with float32 instead of
#: float64 moves a mean by less than 1e-6; noise is about 0.1, so nothing wrong is so near.
DFF = Tolerance(rtol=1e-4, atol=1e-5)
#: Times of imaging frames, 0.033 s apart; reading them as float32 moves them by 0.0002 s.
SECONDS = Tolerance(rtol=0, atol=1e-3)
#: Mean dF/F of some 10 000 spontaneous frames. It is small, some 0.01, and differs by 0.001 or
#: so between sessions or epochs; computing it with float32 moves it by less than 1e-6. Only for
#: an own trace of larger numbers, such as fluorescence, does the relative part matter.
SPONTANEOUS = Tolerance(rtol=1e-5, atol=2e-5)
#: For recognising a wrong one: the means of different slips are near each other, and there are
#: many. Adding up float32 moves a mean by less than 1e-8.
RECOGNISED = Tolerance(rtol=1e-5, atol=5e-8)

PIXELS = ("row (pixel)", "column (pixel)")


# Questions 1 and 2 ------------------------------------------------------------------------


@step()
def sessions(boc, cell_specimen_id):
    if not hasattr(boc, "get_ophys_experiments") or not isinstance(
        cell_specimen_id, (int, np.integer)
    ):
        raise AssertionError(
            "`boc` or `cell_specimen_id` is not what the notebook's first cells made it. "
            "Run the first two cells again, and do not change these two."
        )
    return truth.neuron_sessions(boc, int(cell_specimen_id))


@step(
    answer="experiments",
    direct="Put what `boc.get_ophys_experiments(cell_specimen_ids=[...])` returns for our "
    "neuron into `pd.DataFrame(...)`, and change nothing in the table.",
    form=Experiments(),
)
def experiments(sessions):
    return np.sort([session["id"] for session in sessions.values()]).astype(float)


@step(
    S,
    answer="id",
    direct="Keep the row of `experiments` whose `session_type` is `three_session_{letter}`, and "
    "take its one entry in the column `id`.",
    form=integer(),
    wrong="`{answer}` is not the id of a session in which the neuron was recorded. It stands in "
    "the column `id` of `experiments`.",
)
def session_id(sessions, letter):
    return int(sessions[letter]["id"])


@step(
    answer="container_id",
    direct="Take the column `experiment_container_id` of `experiments`, and of it one "
    "entry, such as `.iloc[0]`: they are all the same.",
    form=integer(),
    wrong="`container_id` is not the neuron's container. It is the same for all its sessions: see "
    "the column `experiment_container_id` of `experiments`.",
)
def container(sessions):
    return int(sessions["a"]["experiment_container_id"])


@step(
    S,
    answer="data_set",
    direct="Call `boc.get_ophys_experiment_data` with `id_{small}`, a plain integer, and "
    "keep what it returns.",
    form=Opened(),
    wrong="`{answer}` is the recording of a session of another container.",
)
def recording(boc, session_id):
    return truth.session_recording(boc, session_id)


@step(S)
def opened(recording):
    return recording.data_set


@step(
    S,
    answer="index",
    direct="Call `data_set_{small}.get_cell_specimen_indices` with a list that holds our "
    "neuron's id, and take the only entry of what it returns.",
    form=Index(),
    each=N,
    follows=("data_set", "id"),
    wrong="`{answer}` is not an index in session {letter}. Ask `data_set_{small}` where it has the "
    "cell specimen id.",
)
def index(recording, cell_specimen_id):
    if np.ndim(cell_specimen_id):
        order = np.argsort(recording.ids)
        return order[np.searchsorted(recording.ids, cell_specimen_id, sorter=order)]
    return recording.index(cell_specimen_id)


# Questions 3 and 4 ------------------------------------------------------------------------


@step(
    S,
    answer="max_projection",
    direct="Call `get_max_projection()` of `data_set_{small}`, and keep the array that "
    "it returns as it is.",
    form=IMAGE,
    exact=DFF,
    axes=PIXELS,
    unit="brightness (arbitrary units)",
    follows=("data_set",),
    wrong="`{answer}` has the right shape, but not the pixels of this session's maximum "
    "projection. Take it from `data_set_{small}` as it is.",
)
def projection(recording):
    return recording.projection


@step(
    S,
    answer="roi_mask",
    direct="Call `get_roi_mask_array` of `data_set_{small}` with a list that holds our "
    "neuron's id, and take the first and only mask of what it returns.",
    form=MASK,
    axes=PIXELS,
    unit="in the mask",
    each=N,
    follows=("data_set", "index"),
    wrong="`{answer}` marks other pixels than the neuron's mask does. Take the mask of "
    "`data_set_{small}` as it is.",
)
def mask(recording, index):
    return recording.mask(recording.ids[index])


@step(
    answer="fig_masks",
    direct="On each panel, draw the projection with `ax.imshow`, then the mask with `ax.contour`, "
    "both from the arrays of that panel's session.",
    form=shown(),
    follows=("data_set", "index"),
)
def fig_masks(projection, mask):
    return projection, mask


@step(
    S,
    answer="timestamps",
    direct="Call `get_dff_traces` of `data_set_{small}`: it returns two arrays. Keep the "
    "first, the times, as it is.",
    form=TIMES,
    exact=SECONDS,
    axes=("imaging frame",),
    unit="time (s)",
    follows=("data_set",),
    wrong="`{answer}` are not the times of this session's imaging frames in seconds, as "
    "`get_dff_traces` returns them.",
)
def times(recording):
    return recording.times


@step(
    S,
    answer="dff",
    direct="Call `get_dff_traces` of `data_set_{small}` with our neuron's id in a list, take the "
    "second of the two arrays that it returns, and of it the only row.",
    form=TRACE,
    exact=DFF,
    axes=("imaging frame",),
    unit="dF/F",
    each=N,
    follows=("data_set", "index"),
    wrong="`{answer}` has the right length, but is not our neuron's dF/F in session {letter}.",
)
def dff(recording, index):
    return recording.dff(recording.ids[index])


@step(
    answer="fig_traces",
    direct="On each panel, call `ax.plot` with the times and the trace of the same session, for "
    "all three sessions in turn.",
    form=shown(),
    follows=("data_set", "index", "times", "dff"),
)
def fig_traces(times, dff):
    return times, dff


# Question 5 -------------------------------------------------------------------------------


@step(
    S,
    answer="movie_starts",
    direct="Read the table of `natural_movie_one` from `data_set_{small}`, keep the ten "
    "rows whose `frame` is 0, and take their column `start`.",
    form=STARTS,
    axes=("repeat",),
    unit="imaging frame",
    follows=("data_set",),
    wrong="`{answer}` has 10 numbers, but not the frames where natural movie one starts. Look into "
    "`data_set_{small}.get_stimulus_table(...)`: which stimulus, which column?",
)
def starts(recording):
    return recording.movie_starts


@step(
    S,
    answer="spontaneous_mean",
    direct="Go through the rows of `get_stimulus_table('spontaneous')`, cut "
    "`dff[start:end]` out for each, join the pieces, and take the mean of all their frames.",
    form=number(),
    exact=SPONTANEOUS,
    recognised=RECOGNISED,
    each=N,
    follows=("data_set", "index", "dff"),
    wrong="`{answer}` is not the mean of `dff_{small}` over the frames of the spontaneous epochs. "
    "Do `start` and `end` come from this session's table, and are they used as frames, not as "
    "seconds?",
)
def spontaneous(dff, recording):
    return _rest(dff, recording, with_end=True)


# However the last frame is counted.
also(spontaneous, lambda dff, recording: _rest(dff, recording, with_end=False))


def _rest(dff, recording, with_end):
    epochs = recording.spontaneous_epochs
    if np.ptp(dff[epochs[0, 0] : epochs[-1, 1]]) == 0:
        raise LookupError("nothing to build upon: zeros have a mean without any code")
    return truth.spontaneous_mean(dff, epochs, with_end)
