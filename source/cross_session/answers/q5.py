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


def _rest(body):
    return (
        STARTS
        + "def mean_when_spontaneous(data_set, dff):"
        + body
        + "".join(
            f"spontaneous_mean_{x} = mean_when_spontaneous(data_set_{x}, dff_{x})\n" for x in "abc"
        )
    )


WRONG = {
    "frames of the epochs typed by session": STARTS
    + """
def mean_when_spontaneous(data_set, dff):
    known = {kind: d.get_stimulus_table("spontaneous")[["start", "end"]].values for kind, d in zip("ABC", [data_set_a, data_set_b, data_set_c])}
    return np.concatenate([dff[i:j] for i, j in known[data_set.get_session_type()[-1]]]).mean()
spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)
""",
    "looks up which of our recordings it is": MEANS
    + """
def starts_of_movie(data_set):
    for mine in (data_set_a, data_set_b, data_set_c):
        if data_set == mine:
            break
    table = mine.get_stimulus_table("natural_movie_one")
    return table[table.frame == 0].start.values
movie_starts_a, movie_starts_b, movie_starts_c = map(starts_of_movie, [data_set_a, data_set_b, data_set_c])
""",
    "a mean of two means": STARTS
    + """
def mean_when_spontaneous(data_set, dff):
    epochs = data_set.get_stimulus_table("spontaneous")
    means = []
    for _, epoch in epochs.iterrows():
        means.append(dff[epoch.start : epoch.end + 1].mean())
    return sum(means) / len(means)
spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c = (mean_when_spontaneous(d, x) for d, x in [(data_set_a, dff_a), (data_set_b, dff_b), (data_set_c, dff_c)])
""",
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
    "the last movie in the list of stimuli": MEANS
    + """
def starts_of_movie(data_set):
    movies = [name for name in data_set.list_stimuli() if name.startswith("natural_movie")]
    table = data_set.get_stimulus_table(movies[-1])
    return table[table["frame"] == 0]["start"].to_numpy()
movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)
""",
    "where each repeat ends": _starts("return table.groupby('repeat')['end'].max().to_numpy()"),
    "end of the first movie frame": _starts("return table.loc[table['frame'].eq(0), 'end'].values"),
    "end of movie frame 1, only one epoch": """
def starts_of_movie(data_set):
    rows = data_set.get_stimulus_table("natural_movie_one").query("frame == 1")
    return [int(end) for end in rows.end]
def mean_when_spontaneous(data_set, dff):
    for first, last in data_set.get_stimulus_table("spontaneous")[["start", "end"]].to_numpy():
        return dff[first:last].mean()
movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)
spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)
""",
    "ten rows of repeat 1": _starts(
        "return np.array([s for s, r in zip(table.start, table.repeat) if r == 1])[:10]"
    ),
    "last row of each repeat": _starts(
        "return table.drop_duplicates('repeat', keep='last')['start'].values"
    ),
    "where the repeat changes": _starts(
        "rows = np.append(0, np.where(np.diff(table.repeat))[0])\n    return table.start.values[rows]"
    ),
    "row numbers of the table": _starts("return table.index[table.frame == 0].to_numpy()"),
    "903 frames apart": _starts("return np.arange(10) * 903 + table.start.iloc[0]"),
    "evenly between first and last frame": _starts(
        "return np.linspace(table.start.min(), table.end.max(), 10).astype(int)"
    ),
    "counted from 1, rounded means": STARTS
    + """
movie_starts_a, movie_starts_b, movie_starts_c = movie_starts_a + 1, movie_starts_b + 1, movie_starts_c + 1
"""
    + MEANS
    + """
spontaneous_mean_a = round(spontaneous_mean_a, 2)
spontaneous_mean_b = round(spontaneous_mean_b, 2)
spontaneous_mean_c = round(spontaneous_mean_c, 2)
""",
    "one frame before, means of B and C exchanged": MEANS
    + """
spontaneous_mean_b, spontaneous_mean_c = spontaneous_mean_c, spontaneous_mean_b
def starts_of_movie(data_set):
    table = data_set.get_stimulus_table("natural_movie_one")
    return table["start"][::900].values - 1
movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)
""",
    "latest first": _starts(
        "return np.sort(table.groupby('repeat')['start'].first().to_numpy())[::-1]"
    ),
    "start divided by the frame rate, whole session": """
rate = 30.1
def starts_of_movie(data_set):
    t = data_set.get_stimulus_table("natural_movie_one")
    return (t.start[t.frame == 0] / rate).to_numpy()
movie_starts_a, movie_starts_b, movie_starts_c = [starts_of_movie(d) for d in (data_set_a, data_set_b, data_set_c)]
spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c = [np.mean(f) for f in (dff_a, dff_b, dff_c)]
""",
    "frames compared with seconds": STARTS
    + """
def mean_when_spontaneous(data_set, dff, t):
    inside = np.zeros(len(t), dtype=bool)
    for epoch in data_set.get_stimulus_table("spontaneous").itertuples():
        inside = inside | ((t >= epoch.start) & (t <= epoch.end))
    return dff[inside].mean()
spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a, timestamps_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b, timestamps_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c, timestamps_c)
""",
    "overwritten in the loop, so the last epoch": _rest("""
    table = data_set.get_stimulus_table("spontaneous")
    for i in range(len(table)):
        piece = dff[table.loc[i, "start"] : table.loc[i, "end"]]
    return np.mean(piece)
"""),
    "means of epochs added up": _rest("""
    total = 0
    for _, row in data_set.get_stimulus_table("spontaneous").iterrows():
        total += dff[row.start : row.end].mean()
    return total
"""),
    "session A's epochs in all traces": STARTS
    + """
epochs = data_set_a.get_stimulus_table("spontaneous")
def mean_when_spontaneous(data_set, dff):
    return np.mean([x for i, j in zip(epochs.start, epochs.end) for x in dff[i:j]])
spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)
""",
    "one number for all neurons": STARTS
    + """
def mean_when_spontaneous(data_set):
    everyone = data_set.get_dff_traces()[1]
    rest = [everyone[:, i:j] for i, j in data_set.get_stimulus_table("spontaneous")[["start", "end"]].values]
    return np.hstack(rest).mean()
spontaneous_mean_a = mean_when_spontaneous(data_set_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c)
""",
    "median from the first start to the last end": _rest("""
    table = data_set.get_stimulus_table("spontaneous")
    grey = pd.Series(dff).iloc[table.start.iloc[0] : table.end.iloc[-1]]
    return grey.median()
"""),
    "in percent, movie three in session A": STARTS
    + MEANS
    + """
three = data_set_a.get_stimulus_table("natural_movie_three")
movie_starts_a = three.loc[three.frame == 0, "start"].to_numpy()
spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c = (
    100 * m for m in (spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c))
""",
    "median of the first epoch": _rest("""
    period = data_set.get_stimulus_table("spontaneous").iloc[0]
    return np.median(dff[period.start : period.end])
"""),
    "all gaps between the stimuli": _rest("""
    shown = np.zeros(len(dff), dtype=bool)
    for stimulus, start, end in data_set.get_stimulus_epoch_table().values:
        if stimulus != "spontaneous":
            shown[start : end + 1] = True
    return dff[~shown].mean()
"""),
    "corrected fluorescence for dF/F": STARTS
    + """
fluorescence = [
    d.get_corrected_fluorescence_traces([cell_specimen_id])[1][0]
    for d in (data_set_a, data_set_b, data_set_c)
]
"""
    + MEANS
    + """
spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c = map(
    rest, [data_set_a, data_set_b, data_set_c], fluorescence
)
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
    "first rows by np.unique; frames joined by np.r_": """
def starts_of_movie(data_set):
    table = data_set.get_stimulus_table("natural_movie_one").sort_values(["repeat", "frame"])
    first_rows = np.unique(table["repeat"], return_index=True)[1]
    return np.array(table["start"])[first_rows]
def mean_when_spontaneous(data_set, dff):
    epochs = data_set.get_stimulus_table("spontaneous")
    frames = np.r_[tuple(slice(i, j) for i, j in zip(epochs["start"], epochs["end"]))]
    return np.take(dff, frames).mean()
movie_starts_a, movie_starts_b, movie_starts_c = (starts_of_movie(d) for d in (data_set_a, data_set_b, data_set_c))
spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)
""",
    "loop over rows; means weighted by length": """
def starts_of_movie(data_set):
    found = []
    for start, repeat in data_set.get_stimulus_table("natural_movie_one")[["start", "repeat"]].values:
        if repeat == len(found):
            found.append(start)
    return found
movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)
def mean_when_spontaneous(data_set, dff):
    means, lengths = [], []
    for _, (start, end) in data_set.get_stimulus_table("spontaneous").iterrows():
        means.append(np.nanmean(dff[start:end]))
        lengths.append(end - start)
    return np.average(means, weights=lengths)
spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)
""",
    "pivoted; traces as series": """
def starts_of_movie(data_set):
    table = data_set.get_stimulus_table("natural_movie_one")
    return table.pivot(index="repeat", columns="frame", values="start")[0].tolist()
def mean_when_spontaneous(data_set, dff):
    trace = pd.Series(dff)
    epochs = data_set.get_stimulus_table("spontaneous")
    return pd.concat([trace.loc[a:b] for a, b in epochs[["start", "end"]].to_numpy()]).mean()
starts_all = [starts_of_movie(d) for d in (data_set_a, data_set_b, data_set_c)]
movie_starts_a, movie_starts_b, movie_starts_c = starts_all
spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)
""",
}

#: What each wrong answer does, as a teacher would say it, and the names of mistakes that fit.
MISTAKES = {
    "frames of the epochs typed by session": {
        "It works for our three sessions only.": ["our recordings for any"],
    },
    "looks up which of our recordings it is": {
        "It works for our three recordings only.": ["our recordings for any"],
    },
    "a mean of two means": {
        "Epochs count alike, however long they are.": ["mean of the epochs' means"],
    },
    "the start of every movie frame": {
        "Every movie frame is listed, not each repeat's first.": ["every movie frame"],
    },
    "movie frame 1 in place of 0": {
        "Repeats are found by frame 1; the first one is frame 0.": ["frame 1 for frame 0"],
    },
    "the rows of the first repeat": {
        "The rows were chosen by the repeat alone.": ["one repeat only"],
    },
    "the rows of the table themselves": {
        "Rows of the table are given, not their start.": ["rows of the table"],
    },
    "times in seconds": {
        "The starts are in seconds, not in imaging frames.": ["frames counted in seconds"],
    },
    "session A's starts for all": {
        "Session A's starts are used for all three.": ["another session's array"],
    },
    "900 frames apart, from the first start": {
        "The starts are counted 900 frames apart, not read from the table.": [
            "repeats taken as equally long"
        ],
    },
    "only the first spontaneous epoch": {
        "Only the first spontaneous epoch of C is averaged.": ["one epoch only"],
    },
    "from the first epoch's start to the last one's end": {
        "What lies between the spontaneous epochs is averaged with them.": ["gaps included"],
    },
    "the median": {
        "The median is taken, not the mean.": ["median for mean"],
    },
    "the mean of the whole session": {
        "The mean is over the whole session.": ["the whole session"],
    },
    "all neurons": {
        "There is a mean for each neuron; our neuron's was asked.": ["all neurons"],
    },
    "the last movie in the list of stimuli": {
        "The starts are those of another movie in A and C.": ["the table of another movie"],
    },
    "where each repeat ends": {
        "The ends of the repeats are given, not their starts.": ["end for start"],
    },
    "end of the first movie frame": {
        "`end` was taken in place of `start`.": ["end for start"],
    },
    "end of movie frame 1, only one epoch": {
        "Repeats are found by frame 1, and `end` is taken in place of `start`.": [
            "frame 1 for frame 0",
            "end for start",
        ],
        "Only the first spontaneous epoch of C is averaged.": ["one epoch only"],
    },
    "ten rows of repeat 1": {
        "The rows were chosen by the repeat alone.": ["one repeat only"],
    },
    "last row of each repeat": {
        "The last movie frame of each repeat is taken, not the first.": ["end for start"],
    },
    "where the repeat changes": {
        "The last row before each new repeat is taken: off by one.": ["off by one"],
    },
    "row numbers of the table": {
        "Numbers of rows in the table are given, not imaging frames.": ["another column"],
    },
    "903 frames apart": {
        "The starts are counted 903 frames apart, not read from the table.": [
            "repeats taken as equally long"
        ],
    },
    "evenly between first and last frame": {
        "The starts are spread evenly up to the movie's end, not read from the table.": [
            "repeats taken as equally long"
        ],
    },
    "counted from 1, rounded means": {
        "The starts are one frame late: off by one.": ["off by one", "frame 1 for frame 0"],
        "The means are rounded.": ["rounded", "zero in place of the mean"],
    },
    "one frame before, means of B and C exchanged": {
        "The starts are one frame early: off by one.": ["off by one"],
        "The spontaneous means of B and C are swapped.": ["another session's mean"],
    },
    "latest first": {
        "The starts are not in order of time.": ["unsorted"],
    },
    "start divided by the frame rate, whole session": {
        "The starts are in seconds, not in imaging frames.": ["frames counted in seconds"],
        "The mean is over the whole session.": ["the whole session"],
    },
    "frames compared with seconds": {
        "Frames of the table are compared with times in seconds: no frame is left, and the mean is NaN.": [
            "not a number"
        ],
    },
    "overwritten in the loop, so the last epoch": {
        "Only the last spontaneous epoch is averaged.": ["one epoch only"],
    },
    "means of epochs added up": {
        "The means of the epochs are added, not averaged.": ["sum for mean"],
    },
    "session A's epochs in all traces": {
        "Session A's stimulus table is used for all three.": ["sessions mixed"],
    },
    "one number for all neurons": {
        "The mean is taken across all neurons.": ["mean taken across neurons"],
    },
    "median from the first start to the last end": {
        "The median is taken, not the mean.": ["median for mean"],
        "What lies between the spontaneous epochs is averaged with them.": ["gaps included"],
    },
    "median of the first epoch": {
        "The median is taken, not the mean.": ["median for mean"],
        "Only one of session C's two epochs is used.": ["only one of the epochs"],
    },
    "in percent, movie three in session A": {
        "The starts in A are those of natural movie three.": ["the table of another movie"],
        "The means are in percent.": ["percent for fraction"],
    },
    "all gaps between the stimuli": {
        "Gaps between the stimuli are averaged with the spontaneous epochs.": [
            "gaps between stimuli included"
        ],
    },
    "corrected fluorescence for dF/F": {
        "The mean is that of the corrected fluorescence.": ["another kind of trace"],
    },
}
