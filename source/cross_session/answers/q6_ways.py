"""More ways to answer question 6, each as far as may be from the solution's."""

# Students write long lines.

WRONG = {}

RIGHT = {
    "broadcast": """
def movie_response(data_set, cell_specimen_id):
    table = data_set.get_stimulus_table("natural_movie_one")
    starts = np.sort(table.loc[table["frame"] == 0, "start"].to_numpy())
    _, dff = data_set.get_dff_traces()
    (index,) = data_set.get_cell_specimen_indices([cell_specimen_id])
    return dff[index, starts[:, np.newaxis] + np.arange(900)]
""",
    "callable object": """
class MovieResponse:
    def __init__(self, movie="natural_movie_one", frames=900):
        self.movie = movie
        self.frames = frames

    def starts(self, data_set):
        table = data_set.get_stimulus_table(self.movie)
        return sorted(table.loc[table["frame"] == 0, "start"])

    def __call__(self, data_set, cell_specimen_id):
        dff = data_set.get_dff_traces([cell_specimen_id])[1][0]
        return np.vstack([dff[start:][: self.frames] for start in self.starts(data_set)])


movie_response = MovieResponse()
""",
    "pandas concat": """
def movie_response(data_set, cell_specimen_id):
    timestamps, dff = data_set.get_dff_traces([cell_specimen_id])
    trace = pd.Series(dff[0])
    table = data_set.get_stimulus_table("natural_movie_one")
    repeats = {
        repeat: trace.iloc[group["start"].iloc[0] :].head(900).reset_index(drop=True)
        for repeat, group in table.sort_values("frame").groupby("repeat")
    }
    return pd.DataFrame(repeats).T.to_numpy()
""",
    "partial cached": """
from functools import lru_cache, partial


@lru_cache(maxsize=8)
def _all_traces(data_set):
    return dict(zip(data_set.get_cell_specimen_ids().tolist(), data_set.get_dff_traces()[1]))


def _cut(n_frames, stimulus, data_set, cell_specimen_id):
    trace = _all_traces(data_set)[int(cell_specimen_id)]
    table = data_set.get_stimulus_table(stimulus)
    first = table[table["frame"] == table["frame"].min()].sort_values("start")
    return np.stack([trace[s : s + n_frames] for s in first["start"]], axis=0).astype(float)


movie_response = partial(_cut, 900, "natural_movie_one")
""",
    "preallocated": """
def movie_response(data_set, cell_specimen_id):
    [t, dff] = data_set.get_dff_traces([cell_specimen_id])
    dff = dff[0, :]
    starts = starts_of_movie(data_set)
    R = np.zeros((10, 900))
    for k in range(10):
        R[k, :] = dff[starts[k] : starts[k] + 900]
    return R
""",
    "split": """
def movie_response(data_set, cell_specimen_id):
    ids = list(data_set.get_cell_specimen_ids())
    dff = data_set.get_dff_traces()[1][ids.index(cell_specimen_id)]
    table = data_set.get_stimulus_table("natural_movie_one")
    starts = table.groupby("repeat")["start"].first().sort_values().to_numpy()
    cuts = np.column_stack([starts, starts + 900]).ravel()
    return np.array(np.split(dff, cuts)[1::2])
""",
    "strides": """
from numpy.lib.stride_tricks import sliding_window_view


def movie_response(data_set, cell_specimen_id, *, n_frames=900, movie="natural_movie_one"):
    trace = data_set.get_dff_traces(cell_specimen_ids=[cell_specimen_id])[1].squeeze()
    windows = sliding_window_view(trace, n_frames)
    table = data_set.get_stimulus_table(movie)
    return windows[np.sort(table.start[table.frame.eq(0)])]
""",
    "decorated": """
import functools


def reads_one_neuron(cut):
    \"\"\"Turn a function of a trace and starts into one of a recording and a neuron.\"\"\"

    @functools.wraps(cut)
    def with_recording(data_set, cell_specimen_id):
        _, dff = data_set.get_dff_traces([cell_specimen_id])
        return cut(dff[0], starts_of_movie(data_set))

    return with_recording


@reads_one_neuron
def movie_response(trace, starts):
    return np.stack([trace[start : start + 900] for start in starts])
""",
    "masked array": """
def movie_response(data_set, cell_specimen_id, frames=900):
    _, dff = data_set.get_dff_traces([cell_specimen_id])
    table = data_set.get_stimulus_table("natural_movie_one")
    starts = table.loc[table["frame"] == 0].sort_values("repeat")["start"]
    return np.ma.array([dff[0, s : s + frames] for s in starts])
""",
    "put along": """
def movie_response(data_set, cell_specimen_id):
    time, dff = data_set.get_dff_traces([cell_specimen_id])
    table = data_set.get_stimulus_table("natural_movie_one")
    first = table.groupby("repeat", sort=True)["start"].min().to_numpy()
    out = np.full((10, 900), np.nan, dtype=np.float32)
    for shift in range(900):
        out[:, shift] = dff[0, first + shift]
    return out
""",
}
