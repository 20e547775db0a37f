"""Answers to question 5 by others, who had the released notebook alone."""

# Students write long lines.

WRONG = {
    "all rows": '''
def starts_of_movie(data_set):
    """Return the imaging frames at which the repeats of natural movie one start: 10 integers."""
    table = data_set.get_stimulus_table("natural_movie_one")
    return table["start"].values


def mean_when_spontaneous(data_set, dff):
    """Return the mean of the trace dff (1-D, dF/F) over all spontaneous epochs of the session."""
    epochs = data_set.get_stimulus_table("spontaneous")
    pieces = [dff[start:end] for start, end in zip(epochs["start"], epochs["end"])]
    return np.concatenate(pieces).mean()


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)

spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)

print("movie starts in B:", movie_starts_b)
print("spontaneous mean dF/F:", spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c)
''',
    "dff a inside": '''
def starts_of_movie(data_set):
    """Return the imaging frames at which the repeats of natural movie one start: 10 integers."""
    table = data_set.get_stimulus_table("natural_movie_one")
    return table.loc[table["frame"] == 0, "start"].to_numpy()


def mean_when_spontaneous(data_set, dff):
    """Return the mean of the trace dff (1-D, dF/F) over all spontaneous epochs of the session."""
    epochs = data_set.get_stimulus_table("spontaneous")
    pieces = []
    for start, end in zip(epochs["start"], epochs["end"]):
        pieces.append(dff_a[start:end])
    return np.concatenate(pieces).mean()


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)

spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)

print("movie starts in B:", movie_starts_b)
print("spontaneous mean dF/F:", spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c)
''',
    "first epoch only": '''
def starts_of_movie(data_set):
    """Return the imaging frames at which the repeats of natural movie one start: 10 integers."""
    table = data_set.get_stimulus_table("natural_movie_one")
    return table.loc[table["frame"] == 0, "start"].to_numpy()


def mean_when_spontaneous(data_set, dff):
    """Return the mean of the trace dff (1-D, dF/F) over all spontaneous epochs of the session."""
    epochs = data_set.get_stimulus_table("spontaneous")
    start = epochs["start"].iloc[0]
    end = epochs["end"].iloc[0]
    return dff[start:end].mean()


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)

spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)

print("movie starts in B:", movie_starts_b)
print("spontaneous mean dF/F:", spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c)
''',
    "mean of epoch means": '''
def starts_of_movie(data_set):
    """Return the imaging frames at which the repeats of natural movie one start: 10 integers."""
    table = data_set.get_stimulus_table("natural_movie_one")
    return table.loc[table["frame"] == 0, "start"].to_numpy()


def mean_when_spontaneous(data_set, dff):
    """Return the mean of the trace dff (1-D, dF/F) over all spontaneous epochs of the session."""
    epochs = data_set.get_stimulus_table("spontaneous")
    means = []
    for i, row in epochs.iterrows():
        means.append(dff[int(row.start):int(row.end)].mean())
    return np.mean(means)


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)

spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)

print("movie starts in B:", movie_starts_b)
print("spontaneous mean dF/F:", spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c)
''',
    "median": '''
def starts_of_movie(data_set):
    """Return the imaging frames at which the repeats of natural movie one start: 10 integers."""
    table = data_set.get_stimulus_table("natural_movie_one")
    return table.loc[table["frame"] == 0, "start"].to_numpy()


def mean_when_spontaneous(data_set, dff):
    """Return the mean of the trace dff (1-D, dF/F) over all spontaneous epochs of the session."""
    epochs = data_set.get_stimulus_table("spontaneous")
    values = np.concatenate([dff[s:e] for s, e in epochs[["start", "end"]].values])
    return np.median(values)


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)

spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)

print("movie starts in B:", movie_starts_b)
print("spontaneous mean dF/F:", spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c)
''',
    "prints returns nothing": '''
def starts_of_movie(data_set):
    """Return the imaging frames at which the repeats of natural movie one start: 10 integers."""
    table = data_set.get_stimulus_table("natural_movie_one")
    starts = table[table.frame == 0].start.tolist()
    print(starts)


def mean_when_spontaneous(data_set, dff):
    """Return the mean of the trace dff (1-D, dF/F) over all spontaneous epochs of the session."""
    epochs = data_set.get_stimulus_table("spontaneous")
    pieces = [dff[start:end] for start, end in zip(epochs["start"], epochs["end"])]
    return np.concatenate(pieces).mean()


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)

spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)

print("movie starts in B:", movie_starts_b)
print("spontaneous mean dF/F:", spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c)
''',
    "starts in seconds": '''
def starts_of_movie(data_set):
    """Return the imaging frames at which the repeats of natural movie one start: 10 integers."""
    table = data_set.get_stimulus_table("natural_movie_one")
    frames = table.loc[table["frame"] == 0, "start"].to_numpy()
    return data_set.get_fluorescence_timestamps()[frames]


def mean_when_spontaneous(data_set, dff):
    """Return the mean of the trace dff (1-D, dF/F) over all spontaneous epochs of the session."""
    epochs = data_set.get_stimulus_table("spontaneous")
    pieces = [dff[start:end] for start, end in zip(epochs["start"], epochs["end"])]
    return np.concatenate(pieces).mean()


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)

spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)

print("movie starts in B:", movie_starts_b)
print("spontaneous mean dF/F:", spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c)
''',
}

RIGHT = {
    "beginner loops": '''
def starts_of_movie(data_set):
    """Return the imaging frames at which the repeats of natural movie one start: 10 integers."""
    table = data_set.get_stimulus_table("natural_movie_one")
    starts = []
    for frame, start in zip(table["frame"], table["start"]):
        if frame == 0:
            starts.append(int(start))
    starts.sort()
    return starts


def mean_when_spontaneous(data_set, dff):
    """Return the mean of the trace dff (1-D, dF/F) over all spontaneous epochs of the session."""
    table = data_set.get_stimulus_table("spontaneous")
    total = 0.0
    count = 0
    for i in range(len(table)):
        first = int(table["start"].iloc[i])
        last = int(table["end"].iloc[i])
        total = total + float(dff[first:last].sum(dtype=np.float64))
        count = count + (last - first)
    return total / count


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)

spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)

print("movie starts in B:", movie_starts_b)
print("spontaneous mean dF/F:", spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c)
''',
    "groupby bool mask end in": '''
def starts_of_movie(data_set):
    """Return the imaging frames at which the repeats of natural movie one start: 10 integers."""
    table = data_set.get_stimulus_table("natural_movie_one")
    return [int(s) for s in table.groupby("repeat")["start"].min()]


def mean_when_spontaneous(data_set, dff):
    """Return the mean of the trace dff (1-D, dF/F) over all spontaneous epochs of the session."""
    grey = np.zeros(len(dff), dtype=bool)
    for _, epoch in data_set.get_stimulus_table("spontaneous").iterrows():
        grey[int(epoch["start"]):int(epoch["end"]) + 1] = True
    return dff[grey].mean()


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)

spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)

print("movie starts in B:", movie_starts_b)
print("spontaneous mean dF/F:", spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c)
''',
    "loc concatenate": '''
def starts_of_movie(data_set):
    """Return the imaging frames at which the repeats of natural movie one start: 10 integers."""
    table = data_set.get_stimulus_table("natural_movie_one")
    return table.loc[table["frame"] == 0, "start"].to_numpy()


def mean_when_spontaneous(data_set, dff):
    """Return the mean of the trace dff (1-D, dF/F) over all spontaneous epochs of the session."""
    epochs = data_set.get_stimulus_table("spontaneous")
    pieces = [dff[start:end] for start, end in zip(epochs["start"], epochs["end"])]
    return np.concatenate(pieces).mean()


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)

spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)

print("movie starts in B:", movie_starts_b)
print("spontaneous mean dF/F:", spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c)
''',
    "query series weighted": '''
def starts_of_movie(data_set):
    """Return the imaging frames at which the repeats of natural movie one start: 10 integers."""
    table = data_set.get_stimulus_table("natural_movie_one")
    return table.query("frame == 0").sort_values("start")["start"].reset_index(drop=True)


def mean_when_spontaneous(data_set, dff):
    """Return the mean of the trace dff (1-D, dF/F) over all spontaneous epochs of the session."""
    spont = data_set.get_stimulus_table("spontaneous")
    lengths = spont["end"] - spont["start"]
    means = [dff[e.start:e.end].mean() for e in spont.itertuples()]
    return np.average(means, weights=lengths)


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)

spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)

print("movie starts in B:", movie_starts_b)
print("spontaneous mean dF/F:", spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c)
''',
    "reshape and index array": '''
def starts_of_movie(data_set):
    """Return the imaging frames at which the repeats of natural movie one start: 10 integers."""
    table = data_set.get_stimulus_table("natural_movie_one").sort_values("start")
    return table["start"].to_numpy().reshape(10, 900)[:, 0]


def mean_when_spontaneous(data_set, dff):
    """Return the mean of the trace dff (1-D, dF/F) over all spontaneous epochs of the session."""
    spont = data_set.get_stimulus_table("spontaneous")
    frames = np.hstack([np.arange(a, b) for a, b in spont[["start", "end"]].to_numpy()])
    return float(np.mean(dff[frames]))


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)

spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)

print("movie starts in B:", movie_starts_b)
print("spontaneous mean dF/F:", spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c)
''',
}

#: What each wrong answer does, as its author says it, and the names of mistakes that fit.
MISTAKES = {
    "all rows": {
        "All 9000 rows of the movie table in place of the 10 starts.": ["every movie frame"]
    },
    "dff a inside": {
        "The function uses the trace of session A for all sessions, not its argument.": [
            "sessions mixed"
        ]
    },
    "first epoch only": {"Only the first spontaneous epoch used.": ["one epoch only"]},
    "mean of epoch means": {
        "Mean of the epochs' means, so that short and long epochs count the same.": [
            "mean of the epochs' means"
        ]
    },
    "median": {"Median in place of the mean.": ["median for mean"]},
    "prints returns nothing": {
        "Starts_of_movie prints the starts and returns nothing.": ["nothing returned"]
    },
    "starts in seconds": {
        "Movie starts in seconds in place of imaging frames.": ["frames counted in seconds"]
    },
}
