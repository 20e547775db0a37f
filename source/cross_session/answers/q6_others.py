"""Answers to question 6 by others, who had the released notebook alone."""

# Students write long lines.
# ruff: noqa: E501

WRONG = {
    "baseline off": '''
def movie_response(data_set, cell_specimen_id):
    """Return a neuron's dF/F in each repeat of natural movie one."""
    table = data_set.get_stimulus_table("natural_movie_one")
    starts = table[table["frame"] == 0]["start"].to_numpy()
    trace = data_set.get_dff_traces([cell_specimen_id])[1][0]
    response = np.stack([trace[s:s + 900] for s in starts])
    # take the baseline off, so that the repeats can be compared
    return response - response.mean(axis=1, keepdims=True)
''',
    "consecutive": '''
def movie_response(data_set, cell_specimen_id):
    """Return a neuron's dF/F in each repeat of natural movie one."""
    timestamps, dff = data_set.get_dff_traces([cell_specimen_id])
    trace = dff[0]
    start = data_set.get_stimulus_table("natural_movie_one")["start"].iloc[0]
    whole_movie = trace[start:start + 9000]
    return whole_movie.reshape(10, 900)
''',
    "global dff": '''
def movie_response(data_set, cell_specimen_id):
    """Return a neuron's dF/F in each repeat of natural movie one."""
    table = data_set.get_stimulus_table("natural_movie_one")
    starts = table[table.frame == 0].start.values
    return np.stack([dff_a[s:s + 900] for s in starts])
''',
    "global starts": '''
def movie_response(data_set, cell_specimen_id):
    """Return a neuron's dF/F in each repeat of natural movie one."""
    timestamps, traces = data_set.get_dff_traces([cell_specimen_id])
    trace = traces[0]
    response = []
    for start in movie_starts_a:
        response.append(trace[start:start + 900])
    return np.stack(response)
''',
    "list": '''
def movie_response(data_set, cell_specimen_id):
    """Return a neuron's dF/F in each repeat of natural movie one."""
    timestamps, traces = data_set.get_dff_traces([cell_specimen_id])
    trace = traces[0]
    table = data_set.get_stimulus_table("natural_movie_one")
    response = []
    for start in table[table["frame"] == 0]["start"]:
        response.append(trace[start:start + 900])
    return response
''',
    "off by one": '''
def movie_response(data_set, cell_specimen_id):
    """Return a neuron's dF/F in each repeat of natural movie one."""
    trace = data_set.get_dff_traces([cell_specimen_id])[1][0]
    table = data_set.get_stimulus_table("natural_movie_one")
    starts = table[table["frame"] == 0]["start"]
    pieces = []
    for s in starts:
        pieces.append(trace[s + 1:s + 901])
    return np.array(pieces)
''',
    "prints": '''
def movie_response(data_set, cell_specimen_id):
    """Return a neuron's dF/F in each repeat of natural movie one."""
    timestamps, dff = data_set.get_dff_traces([cell_specimen_id])
    dff = dff[0]
    starts = starts_of_movie(data_set)
    response = np.stack([dff[start:start + 900] for start in starts])
    print(response.shape)
    print(response)


movie_response(data_set_a, cell_specimen_id)
''',
    "transposed": '''
def movie_response(data_set, cell_specimen_id):
    """Return a neuron's dF/F in each repeat of natural movie one."""
    trace = data_set.get_dff_traces([cell_specimen_id])[1][0]
    table = data_set.get_stimulus_table("natural_movie_one")
    starts = table.loc[table["frame"] == 0, "start"]
    return np.column_stack([trace[s:s + 900] for s in starts])
''',
}

RIGHT = {
    "broadcast index": '''
def movie_response(data_set, cell_specimen_id):
    """Return a neuron's dF/F in each repeat of natural movie one.

    Parameters
    ----------
    data_set : BrainObservatoryNwbDataSet
        The recording of one session.
    cell_specimen_id : int
        A neuron of that recording.

    Returns
    -------
    numpy.ndarray, shape (10, 900)
        dF/F, repeats x imaging frames, from the start of each repeat.
    """
    index = data_set.get_cell_specimen_indices([cell_specimen_id])[0]
    _, all_traces = data_set.get_dff_traces()
    movie = data_set.get_stimulus_table("natural_movie_one")
    starts = movie.loc[movie["frame"] == 0, "start"].to_numpy().astype(int)
    return all_traces[index][starts[:, np.newaxis] + np.arange(900)]
''',
    "groupby loop": '''
def movie_response(data_set, cell_specimen_id):
    """Return a neuron's dF/F in each repeat of natural movie one."""
    table = data_set.get_stimulus_table("natural_movie_one")
    starts = table.groupby("repeat")["start"].min()
    timestamps, dff = data_set.get_dff_traces([cell_specimen_id])
    trace = dff[0]
    rows = []
    for start in starts:
        rows.append(trace[start:start + 900])
    return np.array(rows)
''',
    "h5py file": '''
import h5py


def movie_response(data_set, cell_specimen_id):
    """Return a neuron's dF/F in each repeat of natural movie one."""
    row = list(data_set.get_cell_specimen_ids()).index(cell_specimen_id)
    with h5py.File(data_set.nwb_file, "r") as nwb:
        trace = nwb["processing/brain_observatory_pipeline/DfOverF/imaging_plane_1/data"][row, :]
    table = data_set.get_stimulus_table("natural_movie_one")
    starts = table["start"][table["frame"] == 0]
    return np.vstack([np.take(trace, range(s, s + 900)) for s in starts])
''',
    "helper stack": '''
def movie_response(data_set, cell_specimen_id):
    """Return a neuron's dF/F in each repeat of natural movie one."""
    t, dff = data_set.get_dff_traces([cell_specimen_id])
    dff = dff.squeeze()
    return np.stack([dff[s:s + 900] for s in starts_of_movie(data_set)])
''',
    "pandas table": '''
def movie_response(data_set, cell_specimen_id):
    """Return a neuron's dF/F in each repeat of natural movie one (10 x 900)."""
    starts = (
        data_set.get_stimulus_table("natural_movie_one")
        .query("frame == 0")
        .sort_values("start")["start"]
        .tolist()
    )
    trace = pd.Series(data_set.get_dff_traces([cell_specimen_id])[1][0])
    pieces = {
        number: trace.iloc[start:start + 900].reset_index(drop=True)
        for number, start in enumerate(starts)
    }
    return pd.DataFrame(pieces).T.to_numpy()
''',
    "prefilled zeros": '''
def movie_response(data_set, cell_specimen_id):
    """Return a neuron's dF/F in each repeat of natural movie one."""
    # the result, still empty
    result = np.zeros((10, 900))

    # trace of this neuron
    timestamps, traces = data_set.get_dff_traces([cell_specimen_id])
    trace = traces[0, :]

    # the stimulus table
    table = data_set.get_stimulus_table("natural_movie_one")

    for i in range(10):
        one_repeat = table[table["repeat"] == i]
        first_row = one_repeat[one_repeat["frame"] == 0]
        begin = int(first_row["start"].values[0])
        for j in range(900):
            result[i, j] = trace[begin + j]

    return result
''',
    "sliding window": '''
from numpy.lib.stride_tricks import sliding_window_view


def movie_response(data_set, cell_specimen_id):
    """Return a neuron's dF/F in each repeat of natural movie one."""
    starts = data_set.get_stimulus_table("natural_movie_one")["start"].values[::900]
    trace = data_set.get_dff_traces([cell_specimen_id])[1].ravel()
    windows = sliding_window_view(trace, 900)
    return windows[starts].copy()
''',
}

#: What each wrong answer does, as its author says it, and the names of mistakes that fit.
MISTAKES = {
    "baseline off": {
        "Subtracts the mean of each repeat, so it is no longer the dF/F.": [
            "baseline taken off",
            "changed afterwards",
        ]
    },
    "consecutive": {
        "Cuts 9000 frames from the first start into equal pieces, so the later repeats do not begin at their own start.": [
            "repeats taken as equally long"
        ]
    },
    "global dff": {
        "Uses the trace dff_a of session A inside the function instead of its arguments.": [
            "another session's trace",
            "our neuron for any",
        ]
    },
    "global starts": {
        "Uses movie_starts_a of session A for every session.": ["another session's starts"]
    },
    "list": {
        "Returns a list of ten arrays, not an array (10, 900).": ["a list in place of an array"]
    },
    "off by one": {"Each repeat begins one imaging frame late.": ["off by one"]},
    "prints": {"The function prints the result and returns nothing.": ["nothing returned"]},
    "transposed": {"The array is transposed, frames x repeats (900, 10).": ["transposed array"]},
}
