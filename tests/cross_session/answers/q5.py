"""Answers to question 5: where the movie starts, and the mean over spontaneous epochs."""

# Students write long lines.
# ruff: noqa: E501

STARTS = """
def starts(data_set):
    table = data_set.get_stimulus_table("natural_movie_one")
    return table[table.frame == 0].start.values
movie_starts_a, movie_starts_b, movie_starts_c = map(starts, [data_set_a, data_set_b, data_set_c])
"""
MEANS = """
def rest(data_set, dff):
    table = data_set.get_stimulus_table("spontaneous")
    return np.concatenate([dff[i:j] for i, j in table[["start", "end"]].values]).mean()
spontaneous_mean_a = rest(data_set_a, dff_a)
spontaneous_mean_b = rest(data_set_b, dff_b)
spontaneous_mean_c = rest(data_set_c, dff_c)
"""


def _starts(line):
    return (
        MEANS
        + f"""
def starts(data_set):
    table = data_set.get_stimulus_table("natural_movie_one")
    {line}
movie_starts_a, movie_starts_b, movie_starts_c = map(starts, [data_set_a, data_set_b, data_set_c])
"""
    )


WRONG = {
    "the start of every movie frame": _starts("return table.start.values"),
    "movie frame 1 in place of 0": _starts("return table[table.frame == 1].start.values"),
    "the rows of the first repeat": _starts("return table[table.repeat == 0].start.values"),
    "the rows of the table themselves": _starts("return table[table.frame == 0]"),
    "times in seconds": MEANS
    + """
def starts(data_set, times):
    table = data_set.get_stimulus_table("natural_movie_one")
    return times[table[table.frame == 0].start.values]
movie_starts_a = starts(data_set_a, timestamps_a)
movie_starts_b = starts(data_set_b, timestamps_b)
movie_starts_c = starts(data_set_c, timestamps_c)
""",
    "session A's starts for all": MEANS
    + STARTS
    + "movie_starts_b = movie_starts_c = movie_starts_a",
    "900 frames apart, from the first start": _starts(
        "return table.start.min() + 900 * np.arange(10)"
    ),
    "only the first spontaneous epoch": STARTS
    + """
def rest(data_set, dff):
    table = data_set.get_stimulus_table("spontaneous")
    return dff[table.start[0] : table.end[0]].mean()
spontaneous_mean_a = rest(data_set_a, dff_a)
spontaneous_mean_b = rest(data_set_b, dff_b)
spontaneous_mean_c = rest(data_set_c, dff_c)
""",
    "from the first epoch's start to the last one's end": STARTS
    + """
def rest(data_set, dff):
    table = data_set.get_stimulus_table("spontaneous")
    return dff[table.start.min() : table.end.max()].mean()
spontaneous_mean_a = rest(data_set_a, dff_a)
spontaneous_mean_b = rest(data_set_b, dff_b)
spontaneous_mean_c = rest(data_set_c, dff_c)
""",
    "the median": STARTS
    + MEANS.replace(".mean()", "")
    .replace("np.concatenate", "np.median(np.concatenate")
    .replace("values])", "values]))"),
    "the mean of the whole session": STARTS
    + """
spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c = dff_a.mean(), dff_b.mean(), dff_c.mean()
""",
    "all neurons": STARTS
    + """
def rest(data_set):
    table = data_set.get_stimulus_table("spontaneous")
    dff = data_set.get_dff_traces()[1]
    return np.concatenate([dff[:, i:j] for i, j in table[["start", "end"]].values], axis=1).mean(axis=1)
spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c = map(rest, [data_set_a, data_set_b, data_set_c])
""",
}

RIGHT = {
    "by repeat, as lists of integers; last frame counted": """
def starts(data_set):
    table = data_set.get_stimulus_table("natural_movie_one")
    return [int(frame) for frame in table.groupby("repeat").start.min()]
movie_starts_a, movie_starts_b, movie_starts_c = map(starts, [data_set_a, data_set_b, data_set_c])

def rest(data_set, dff):
    rows = data_set.get_stimulus_table("spontaneous").itertuples()
    frames = [frame for row in rows for frame in range(row.start, row.end + 1)]
    return float(np.mean(dff[frames], dtype=np.float64))
spontaneous_mean_a = rest(data_set_a, dff_a)
spontaneous_mean_b = rest(data_set_b, dff_b)
spontaneous_mean_c = rest(data_set_c, dff_c)
""",
    "every 900th row; a truth value for each frame": """
movie_starts_a, movie_starts_b, movie_starts_c = (
    data_set.get_stimulus_table("natural_movie_one")["start"].values[::900].astype("int32")
    for data_set in (data_set_a, data_set_b, data_set_c)
)
means = []
for data_set, dff in [(data_set_a, dff_a), (data_set_b, dff_b), (data_set_c, dff_c)]:
    rest = np.zeros(len(dff), bool)
    for _, row in data_set.get_stimulus_table("spontaneous").iterrows():
        rest[row["start"]:row["end"]] = True
    means.append(dff[rest].mean())
spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c = means
""",
    "series; the epoch table; sum by length": """
def starts(data_set):
    table = data_set.get_stimulus_table("natural_movie_one")
    return table.query("frame == 0")["start"]
movie_starts_a, movie_starts_b, movie_starts_c = map(starts, [data_set_a, data_set_b, data_set_c])

def rest(data_set, dff):
    epochs = data_set.get_stimulus_epoch_table()
    epochs = epochs[epochs.stimulus == "spontaneous"]
    total = sum(dff[i:j].astype(float).sum() for i, j in zip(epochs.start, epochs.end))
    return total / (epochs.end - epochs.start).sum()
spontaneous_mean_a = rest(data_set_a, dff_a)
spontaneous_mean_b = rest(data_set_b, dff_b)
spontaneous_mean_c = np.array([rest(data_set_c, dff_c)])
""",
}
