"""Answers to question 6: the response of any neuron to each repeat of the movie."""

# Students write long lines.

WRONG = {
    "starts kept by session id": """
known = {id_a: list(movie_starts_a), id_b: list(movie_starts_b), id_c: list(movie_starts_c)}
def movie_response(data_set, cell_specimen_id):
    _, [trace] = data_set.get_dff_traces([cell_specimen_id])
    starts = known[data_set.get_metadata()["ophys_experiment_id"]]
    return np.stack([trace[i : i + 900] for i in starts])
""",
    "starts told from the length of the trace": """
def movie_response(data_set, cell_specimen_id):
    trace = data_set.get_dff_traces([cell_specimen_id])[1][0]
    if len(trace) == len(dff_a):
        starts = movie_starts_a
    elif len(trace) == len(dff_b):
        starts = movie_starts_b
    else:
        starts = movie_starts_c
    return np.array([trace[i : i + 900] for i in starts])
""",
    "a list of lists": """
def movie_response(data_set, cell_specimen_id, frames=900):
    dff = data_set.get_dff_traces([cell_specimen_id])[1].squeeze()
    starts = data_set.get_stimulus_table("natural_movie_one").query("frame == 0").start
    return [list(dff[start : start + frames]) for start in starts]
""",
    "it uses the traces and starts of session A": """
def movie_response(data_set, cell_specimen_id):
    return np.array([dff_a[i : i + 900] for i in movie_starts_a])
""",
    "the index of session A": """
def movie_response(data_set, cell_specimen_id):
    dff = data_set.get_dff_traces()[1][index_a]
    return np.array([dff[i : i + 900] for i in starts_of_movie(data_set)])
""",
    "it knows only our neuron": """
def movie_response(data_set, neuron):
    dff = data_set.get_dff_traces([cell_specimen_id])[1][0]
    return np.array([dff[i : i + 900] for i in starts_of_movie(data_set)])
""",
    "frames x repeats": """
def movie_response(data_set, cell_specimen_id):
    dff = data_set.get_dff_traces([cell_specimen_id])[1][0]
    return np.array([dff[i : i + 900] for i in starts_of_movie(data_set)]).T
""",
    "one frame late": """
def movie_response(data_set, cell_specimen_id):
    dff = data_set.get_dff_traces([cell_specimen_id])[1][0]
    return np.array([dff[i + 1 : i + 901] for i in starts_of_movie(data_set)])
""",
    "one frame too many": """
def movie_response(data_set, cell_specimen_id):
    dff = data_set.get_dff_traces([cell_specimen_id])[1][0]
    return np.array([dff[i : i + 901] for i in starts_of_movie(data_set)])
""",
    "the first 9000 frames of the movie, reshaped": """
def movie_response(data_set, cell_specimen_id):
    dff = data_set.get_dff_traces([cell_specimen_id])[1][0]
    start = starts_of_movie(data_set)[0]
    return dff[start : start + 9000].reshape(10, 900)
""",
    "mean over the repeats": """
def movie_response(data_set, cell_specimen_id):
    dff = data_set.get_dff_traces([cell_specimen_id])[1][0]
    return np.mean([dff[i : i + 900] for i in starts_of_movie(data_set)], axis=0)
""",
    "it stops with an error": """
def movie_response(data_set, cell_specimen_id):
    dff = data_set.get_dff_traces(cell_specimen_id)[1][0]
    return np.array([dff[i : i + 900] for i in starts_of_movie(data_set)])
""",
    "it prints and returns nothing; one argument": """
def movie_response(data_set):
    print(data_set.get_dff_traces())
""",
    "an axis of one neuron more": """
def movie_response(data_set, cell_specimen_id):
    dff = data_set.get_dff_traces([cell_specimen_id])[1]
    return np.array([dff[:, i : i + 900] for i in starts_of_movie(data_set)])
""",
    "the response, not a function": """
movie_response = np.array([dff_a[i : i + 900] for i in movie_starts_a])
""",
    "903 frames": """
def movie_response(data_set, cell_specimen_id):
    trace = data_set.get_dff_traces([cell_specimen_id])[1][0]
    first_frames = starts_of_movie(data_set)
    repeats = np.zeros((10, 903))
    for n, first in enumerate(first_frames):
        repeats[n, :] = trace[first : first + 903]
    return repeats
""",
    "899 frames": """
def movie_response(data_set, cell_specimen_id):
    trace = data_set.get_dff_traces([cell_specimen_id])[1][0]
    return np.vstack([trace[s : s + 900 - 1] for s in starts_of_movie(data_set)])
""",
    "from start to end, filled up with NaN": """
def movie_response(data_set, cell_specimen_id):
    trace = data_set.get_dff_traces([cell_specimen_id])[1][0]
    table = data_set.get_stimulus_table("natural_movie_one")
    rows = []
    for _, repeat in table.groupby("repeat"):
        rows.append(pd.Series(trace[repeat.start.min() : repeat.end.max() + 1]))
    return pd.DataFrame(rows).to_numpy()
""",
    "the imaging frame of each movie frame": """
def movie_response(data_set, cell_specimen_id):
    trace = data_set.get_dff_traces([cell_specimen_id])[1][0]
    table = data_set.get_stimulus_table("natural_movie_one")
    return trace[table["start"].to_numpy()].reshape(10, 900)
""",
    "mean of all neurons": """
def movie_response(data_set, cell_specimen_id):
    traces = data_set.get_dff_traces()[1]
    population = traces.mean(axis=0)
    return np.array([population[s : s + 900] for s in starts_of_movie(data_set)])
""",
    "the id as a row": """
def movie_response(data_set, cell_specimen_id):
    t, traces = data_set.get_dff_traces()
    trace = list(traces)[cell_specimen_id]
    return np.array([trace[s : s + 900] for s in starts_of_movie(data_set)])
""",
    "session C's row, one frame early": """
def movie_response(data_set, cell_specimen_id):
    trace = data_set.get_dff_traces()[1][index_c]
    out = []
    for s in starts_of_movie(data_set):
        out.append(trace[s - 1 : s + 899])
    return np.array(out)
""",
    "start in seconds used as a place": """
def movie_response(data_set, cell_specimen_id):
    times, traces = data_set.get_dff_traces([cell_specimen_id])
    begin = times[starts_of_movie(data_set)].astype(int)
    return np.stack([traces[0, b : b + 900] for b in begin])
""",
    "the last movie of the session": """
def movie_response(data_set, cell_specimen_id):
    name = [s for s in data_set.list_stimuli() if "movie" in s][-1]
    table = data_set.get_stimulus_table(name)
    trace = data_set.get_dff_traces([cell_specimen_id])[1][0]
    return np.stack([trace[s : s + 900] for s in table.start[table.frame == 0]])
""",
    "in percent, frames x repeats": """
def movie_response(data_set, cell_specimen_id):
    trace = data_set.get_dff_traces([cell_specimen_id])[1][0]
    columns = {}
    for n, s in enumerate(starts_of_movie(data_set)):
        columns[n] = 100 * trace[s : s + 900]
    return pd.DataFrame(columns)
""",
    "each repeat less its mean": """
def movie_response(data_set, cell_specimen_id):
    trace = data_set.get_dff_traces([cell_specimen_id])[1][0]
    pieces = [trace[s : s + 900] for s in starts_of_movie(data_set)]
    return np.array([piece - piece.mean() for piece in pieces])
""",
    "laid end to end and folded the wrong way": """
def movie_response(data_set, cell_specimen_id):
    trace = data_set.get_dff_traces([cell_specimen_id])[1][0]
    long = np.concatenate([trace[s : s + 900] for s in starts_of_movie(data_set)])
    return long.reshape((900, 10)).T
""",
    "movie frame 1, frames x repeats": """
def movie_response(data_set, cell_specimen_id):
    trace = data_set.get_dff_traces([cell_specimen_id])[1][0]
    table = data_set.get_stimulus_table("natural_movie_one")
    begin = table[table["frame"] == 1]["start"]
    return np.column_stack([trace[b : b + 900] for b in begin])
""",
    "returned inside of the loop": """
def movie_response(data_set, cell_specimen_id):
    trace = data_set.get_dff_traces([cell_specimen_id])[1][0]
    for s in starts_of_movie(data_set):
        response = trace[s : s + 900]
        return response
""",
    "the first repeat ten times": """
def movie_response(data_set, cell_specimen_id):
    trace = data_set.get_dff_traces([cell_specimen_id])[1][0]
    response = np.empty((10, 900))
    for repeat in range(10):
        s = starts_of_movie(data_set)[0]
        response[repeat] = trace[s : s + 900]
    return response
""",
    "our trace in session A at the starts of session B": """
def movie_response(data_set, cell_specimen_id):
    return np.stack([dff_a[s : s + 900] for s in movie_starts_b])
""",
    "three frames late": """
def movie_response(data_set, cell_specimen_id):
    trace = data_set.get_dff_traces([cell_specimen_id])[1][0]
    starts = starts_of_movie(data_set)
    return np.stack([trace[s + 3 : s + 903] for s in starts])
""",
    "the last 900 frames of each repeat": """
def movie_response(data_set, cell_specimen_id):
    trace = data_set.get_dff_traces([cell_specimen_id])[1][0]
    starts = starts_of_movie(data_set)
    table = data_set.get_stimulus_table("natural_movie_one")
    ends = table.groupby("repeat")["end"].max()
    return np.stack([trace[e - 900 : e] for e in ends])
""",
    "less what was there before each repeat": """
def movie_response(data_set, cell_specimen_id):
    trace = data_set.get_dff_traces([cell_specimen_id])[1][0]
    starts = starts_of_movie(data_set)
    return np.stack([trace[s : s + 900] - trace[s - 30 : s].mean() for s in starts])
""",
    "less the first second of each repeat": """
def movie_response(data_set, cell_specimen_id):
    trace = data_set.get_dff_traces([cell_specimen_id])[1][0]
    starts = starts_of_movie(data_set)
    r = np.stack([trace[s : s + 900] for s in starts])
    return r - r[:, :30].mean(axis=1, keepdims=True)
""",
    "from the last repeat to the first": """
def movie_response(data_set, cell_specimen_id):
    trace = data_set.get_dff_traces([cell_specimen_id])[1][0]
    starts = starts_of_movie(data_set)
    return np.stack([trace[s : s + 900] for s in starts[::-1]])
""",
    "smoothed over five frames": """
def movie_response(data_set, cell_specimen_id):
    trace = data_set.get_dff_traces([cell_specimen_id])[1][0]
    starts = starts_of_movie(data_set)
    window = np.ones(5) / 5
    return np.stack([np.convolve(trace[s : s + 900], window, 'same') for s in starts])
""",
    "without what is below 0": """
def movie_response(data_set, cell_specimen_id):
    trace = data_set.get_dff_traces([cell_specimen_id])[1][0]
    starts = starts_of_movie(data_set)
    return np.stack([trace[s : s + 900] for s in starts]).clip(min=0)
""",
    "rounded to two decimals": """
def movie_response(data_set, cell_specimen_id):
    trace = data_set.get_dff_traces([cell_specimen_id])[1][0]
    starts = starts_of_movie(data_set)
    return np.round([trace[s : s + 900] for s in starts], 2)
""",
    "903 frames interpolated to 900": """
def movie_response(data_set, cell_specimen_id):
    trace = data_set.get_dff_traces([cell_specimen_id])[1][0]
    starts = starts_of_movie(data_set)
    x = np.linspace(0, 902, 900)
    return np.stack([np.interp(x, np.arange(903), trace[s : s + 903]) for s in starts])
""",
    "in percent, one frame late": """
def movie_response(data_set, cell_specimen_id):
    trace = data_set.get_dff_traces([cell_specimen_id])[1][0]
    return 100 * np.stack([trace[s + 1 : s + 901] for s in starts_of_movie(data_set)])
""",
}

RIGHT = {
    "an array filled row by row": """
def movie_response(data_set, cell_specimen_id):
    response = np.empty((10, 900))
    timestamps, dff = data_set.get_dff_traces(cell_specimen_ids=[cell_specimen_id])
    table = data_set.get_stimulus_table("natural_movie_one")
    for repeat in range(10):
        start = table[(table.frame == 0) & (table.repeat == repeat)].start.iloc[0]
        response[repeat] = dff[0, start : start + 900]
    return response
""",
    "one index for all frames, all traces read": """
def movie_response(ds, cid):
    index = ds.get_cell_specimen_indices([cid])[0]
    dff = ds.get_dff_traces()[1][index]
    table = ds.get_stimulus_table("natural_movie_one")
    starts = table.start[table.frame == 0].to_numpy()
    return dff[starts[:, None] + np.arange(900)].astype("float64")
""",
    "a table, by a lambda": """
movie_response = lambda data_set, cell: pd.DataFrame(np.vstack([
    data_set.get_dff_traces([cell])[1][0][i : i + 900] for i in starts_of_movie(data_set)]))
""",
    "windows of the whole trace": """
def movie_response(data_set, cell_specimen_id):
    _, traces = data_set.get_dff_traces([int(cell_specimen_id)])
    windows = np.lib.stride_tricks.sliding_window_view(traces.ravel(), 900)
    return windows[starts_of_movie(data_set)]
""",
    "helper functions, split and rejoined": """
def trace_of(data_set, cid):
    ids = list(data_set.get_cell_specimen_ids())
    return data_set.get_dff_traces()[1][ids.index(cid), :]

def movie_response(data_set, cell_specimen_id):
    table = data_set.get_stimulus_table("natural_movie_one")
    first = table.groupby("repeat")["start"].min()
    trace = trace_of(data_set, cell_specimen_id)
    repeats = [np.split(trace, [s, s + 900])[1] for s in first]
    return np.concatenate(repeats).reshape(len(first), -1)
""",
    "a column for each repeat, turned at the end": """
def movie_response(data_set, cell_specimen_id):
    dff = data_set.get_dff_traces([cell_specimen_id])[1][0]
    table = pd.DataFrame({n: dff[s : s + 900] for n, s in enumerate(starts_of_movie(data_set))})
    return table.T.values
""",
}

#: What each wrong answer does, as a teacher would say it, and the names of mistakes that fit.
MISTAKES = {
    "starts kept by session id": {
        "It works for our three sessions only.": ["our recordings for any"],
    },
    "starts told from the length of the trace": {
        "It works for our three sessions only.": ["our recordings for any"],
    },
    "a list of lists": {"It returns a list, not an array.": ["a list in place of an array"]},
    "it uses the traces and starts of session A": {
        "Session A's trace is used for every session.": [
            "another session's array",
            "our neuron for any",
        ],
    },
    "the index of session A": {
        "Session A's cell index is used for every session and neuron.": [
            "cell index of another session",
            "our neuron for any",
        ],
    },
    "it knows only our neuron": {
        "It returns our neuron whichever is asked for.": ["our neuron for any"],
    },
    "frames x repeats": {
        "The array is transposed: frames x repeats.": ["transposed array"],
    },
    "one frame late": {
        "The repeats are cut one frame late: off by one.": ["off by one"],
    },
    "one frame too many": {
        "The repeats have 901 frames: one too many.": ["wrong number of frames"],
    },
    "the first 9000 frames of the movie, reshaped": {
        "The repeats are cut 900 frames apart, not at their own starts.": [
            "repeats taken as equally long"
        ],
    },
    "mean over the repeats": {
        "The mean over the repeats is returned, not each repeat.": ["mean over the repeats"],
    },
    "it stops with an error": {
        "AllenSDK gets a plain number where it takes a list.": [
            "stops with an error",
            "a number where a list is taken",
        ],
    },
    "it prints and returns nothing; one argument": {
        "Nothing is returned.": ["nothing returned"],
        "The function takes one argument, not two.": ["stops with an error"],
    },
    "an axis of one neuron more": {
        "The response keeps an axis of length one.": ["an axis too many"],
    },
    "the response, not a function": {
        "An array stands in place of the function.": ["not a function"],
    },
    "903 frames": {
        "903 frames of each repeat are taken, not 900.": ["wrong number of frames"],
    },
    "899 frames": {
        "899 frames of each repeat are taken, not 900.": ["wrong number of frames"],
    },
    "from start to end, filled up with NaN": {
        "Whole repeats are taken, not 900 frames of each.": ["wrong number of frames"],
        "Shorter repeats are filled up with NaN.": ["not a number"],
    },
    "the imaging frame of each movie frame": {
        "One imaging frame is taken for each movie frame, not 900 in a row.": [
            "movie frames for imaging frames"
        ],
    },
    "mean of all neurons": {
        "The mean is taken across all neurons.": ["mean taken across neurons"],
    },
    "the id as a row": {
        "The cell specimen id is used as an index, and it stops with an error.": [
            "stops with an error",
            "the cell specimen id as index",
        ],
    },
    "session C's row, one frame early": {
        "Session C's cell index is used for every session and neuron.": [
            "cell index of another session"
        ],
        "The repeats are cut one frame early: off by one.": ["off by one"],
    },
    "start in seconds used as a place": {
        "Times in seconds are used as frames.": ["frames counted in seconds"],
    },
    "the last movie of the session": {
        "Sessions A and C are cut at the starts of another movie.": ["the table of another movie"],
    },
    "in percent, frames x repeats": {
        "dF/F is in percent.": ["percent for fraction"],
        "The array is transposed: frames x repeats.": ["transposed array"],
    },
    "each repeat less its mean": {
        "The mean of each repeat has been subtracted.": [
            "baseline taken off",
            "changed afterwards",
        ],
    },
    "laid end to end and folded the wrong way": {
        "The repeats are folded wrongly: frames of all repeats are mixed.": [
            "reshaped, not stacked"
        ],
    },
    "movie frame 1, frames x repeats": {
        "Repeats are found by frame 1; the first one is frame 0.": [
            "frame 1 for frame 0",
            "off by one",
        ],
        "The array is transposed: frames x repeats.": ["transposed array"],
    },
    "returned inside of the loop": {
        "Only the first repeat is returned.": ["a single repeat"],
    },
    "the first repeat ten times": {
        "The first repeat stands ten times.": ["one repeat ten times"],
    },
    "our trace in session A at the starts of session B": {
        "Session A's trace is used for every session.": [
            "another session's trace",
            "our neuron for any",
        ],
        "Session B's starts are used for every session.": ["another session's starts"],
    },
    "three frames late": {
        "Each repeat is cut three frames late.": ["off by one"],
    },
    "the last 900 frames of each repeat": {
        "Each repeat is cut back from its end, so it begins some frames late.": ["off by one"],
    },
    "less what was there before each repeat": {
        "A baseline of its own is taken off each repeat.": ["baseline taken off"],
    },
    "less the first second of each repeat": {
        "A baseline of its own is taken off each repeat.": ["baseline taken off"],
    },
    "from the last repeat to the first": {
        "The repeats come in reverse order.": ["repeats or frames in another order"],
    },
    "smoothed over five frames": {
        "The pieces are smoothed.": ["changed afterwards"],
    },
    "without what is below 0": {
        "Values below 0 are set to 0.": ["changed afterwards"],
    },
    "rounded to two decimals": {
        "dF/F is rounded.": ["rounded"],
    },
    "903 frames interpolated to 900": {
        "Whole repeats are squeezed into 900 values.": ["stretched to 900 frames"],
    },
    "in percent, one frame late": {
        "dF/F is in percent.": ["percent for fraction"],
        "The repeats are cut one frame late.": ["off by one"],
    },
}

WRONG |= {
    "whole repeats resampled by a Fourier transform": """
def movie_response(data_set, cell_specimen_id):
    from scipy.signal import resample
    d = data_set.get_dff_traces([cell_specimen_id])[1][0]
    return np.stack([resample(d[x:x+903], 900) for x in starts_of_movie(data_set)])
""",
}
MISTAKES |= {
    "whole repeats resampled by a Fourier transform": {
        "903 frames are squeezed into 900.": ["stretched to 900 frames"]
    },
}
