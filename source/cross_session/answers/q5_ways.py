"""More ways to answer question 5, each as far as may be from the solution's."""

# Students write long lines.
# ruff: noqa: E501

WRONG = {}

RIGHT = {
    "epoch slices": """
def starts_of_movie(data_set):
    \"\"\"Return the imaging frames at which the repeats of natural movie one start: 10 integers.\"\"\"
    table = data_set.get_stimulus_table("natural_movie_one")
    return table.groupby("repeat")["start"].min().sort_values().tolist()


def mean_when_spontaneous(data_set, dff):
    \"\"\"Return the mean of the trace dff (1-D, dF/F) over all spontaneous epochs of the session.\"\"\"
    grey = np.zeros(len(dff), dtype=bool)
    for row in data_set.get_stimulus_table("spontaneous").itertuples():
        grey[row.start : row.end + 1] = True
    return dff[grey].mean()


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)

spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)
""",
    "epoch table helper": """
import functools


@functools.lru_cache(maxsize=None)
def stimulus(data_set, name):
    return data_set.get_stimulus_table(name)


def starts_of_movie(data_set):
    table = stimulus(data_set, "natural_movie_one")
    starts = table.drop_duplicates("repeat", keep="first") if table["frame"].iloc[0] == 0 else table[table["frame"] == 0]
    starts = starts["start"].to_numpy(dtype=np.int32)
    starts.sort()
    return starts


def mean_when_spontaneous(data_set, dff):
    table = stimulus(data_set, "spontaneous")
    epochs = pd.IntervalIndex.from_arrays(table["start"], table["end"], closed="left")
    trace = pd.Series(dff, dtype=float)
    inside = epochs.get_indexer(trace.index) >= 0
    return trace[inside].mean()


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)
spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)
""",
    "r underscore": """
def starts_of_movie(data_set):
    table = data_set.get_stimulus_table("natural_movie_one").sort_values(["repeat", "frame"])
    return np.asarray(table["start"]).reshape(10, 900)[:, 0]


def mean_when_spontaneous(data_set, dff):
    epochs = data_set.get_stimulus_table("spontaneous")[["start", "end"]].to_numpy()
    where = np.r_[tuple(slice(*epoch) for epoch in epochs)]
    return np.take(np.asarray(dff, dtype=np.float64), where).mean()


movie_starts_a, movie_starts_b, movie_starts_c = [starts_of_movie(d) for d in (data_set_a, data_set_b, data_set_c)]
spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c = [
    mean_when_spontaneous(d, x) for d, x in ((data_set_a, dff_a), (data_set_b, dff_b), (data_set_c, dff_c))
]
""",
    "running sums": """
def starts_of_movie(data_set):
    table = data_set.get_stimulus_table("natural_movie_one")
    first = table["frame"].values == 0
    return tuple(int(s) for s in np.sort(table["start"].values[first]))


def mean_when_spontaneous(data_set, dff):
    total = np.concatenate([[0.0], np.cumsum(dff, dtype=float)])
    table = data_set.get_stimulus_table("spontaneous")
    begin, stop = table["start"].values, table["end"].values
    return (total[stop] - total[begin]).sum() / (stop - begin).sum()


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)
spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)
""",
    "series and loop": """
def starts_of_movie(data_set):
    table = data_set.get_stimulus_table("natural_movie_one")
    starts = table[table.frame == 0].sort_values("start").start
    starts = starts.reset_index(drop=True)
    return starts


def mean_when_spontaneous(data_set, dff):
    table = data_set.get_stimulus_table("spontaneous")
    values = []
    for i in range(len(table)):
        start = table["start"].iloc[i]
        end = table["end"].iloc[i]
        for frame in range(start, end):
            values.append(float(dff[frame]))
    return sum(values) / len(values)


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)
spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)
""",
    "weighted average": """
starts_of_movie = lambda data_set: (
    data_set.get_stimulus_table("natural_movie_one").query("frame == 0").set_index("repeat")["start"].sort_index().to_list()
)


def mean_when_spontaneous(data_set, dff, *, stimulus="spontaneous"):
    table = data_set.get_stimulus_table(stimulus)
    lengths = table["end"] - table["start"]
    means = [np.mean(dff[s:e], dtype="f8") for s, e in zip(table["start"], table["end"])]
    return np.average(means, weights=lengths)


movie_starts_a, movie_starts_b, movie_starts_c = map(starts_of_movie, [data_set_a, data_set_b, data_set_c])
spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)
""",
    "an Index of starts": """
def starts_of_movie(data_set):
    table = data_set.get_stimulus_table("natural_movie_one").set_index(["repeat", "frame"])
    return pd.Index(table.xs(0, level="frame")["start"])


def mean_when_spontaneous(data_set, dff):
    table = data_set.get_stimulus_table("spontaneous")
    frames = table.apply(lambda epoch: np.arange(epoch["start"], epoch["end"]), axis=1)
    return np.float32(dff[np.concatenate(frames.tolist())].mean())


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)
spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)
""",
    "positional star": """
def starts_of_movie(data_set, /):
    table = data_set.get_stimulus_table("natural_movie_one")
    starts = {}
    for frame, start, repeat in table[["frame", "start", "repeat"]].itertuples(index=False):
        if frame == 0:
            starts[repeat] = start
    return [starts[repeat] for repeat in range(10)]


def mean_when_spontaneous(data_set, dff):
    total, number = 0.0, 0
    for _, (start, end) in data_set.get_stimulus_table("spontaneous")[["start", "end"]].iterrows():
        total += np.sum(dff[start:end], dtype=np.float64)
        number += end - start
    return total / number


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)
spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)
""",
}
