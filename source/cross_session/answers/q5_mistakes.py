"""Wrong answers to question 5, with one mistake each, by one who had the released notebook alone."""

# Students write long lines.
# ruff: noqa: E501

WRONG = {
    "floats": """
def starts_of_movie(data_set):
    table = data_set.get_stimulus_table("natural_movie_one")
    starts = np.zeros(10)
    for repeat in range(10):
        starts[repeat] = table[(table.repeat == repeat) & (table.frame == 0)].start.iloc[0]
    return starts


def mean_when_spontaneous(data_set, dff):
    table = data_set.get_stimulus_table("spontaneous")
    pieces = [dff[start:end] for start, end in zip(table["start"], table["end"])]
    return np.concatenate(pieces).mean()


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)

spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)

print("movie starts in B:", movie_starts_b)
print("spontaneous mean dF/F:", spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c)
""",
    "end as length": """
def starts_of_movie(data_set):
    table = data_set.get_stimulus_table("natural_movie_one")
    return table[table["frame"] == 0]["start"].to_numpy()


def mean_when_spontaneous(data_set, dff):
    table = data_set.get_stimulus_table("spontaneous")
    return np.concatenate([dff[s:s + e] for s, e in zip(table.start, table.end)]).mean()


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)

spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)

print("movie starts in B:", movie_starts_b)
print("spontaneous mean dF/F:", spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c)
""",
    "outside movie": """
def starts_of_movie(data_set):
    table = data_set.get_stimulus_table("natural_movie_one")
    return table[table["frame"] == 0]["start"].to_numpy()


def mean_when_spontaneous(data_set, dff):
    table = data_set.get_stimulus_table("natural_movie_one")
    outside = np.ones(len(dff), dtype=bool)
    outside[table.start.min():table.end.max() + 1] = False
    return dff[outside].mean()


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)

spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)

print("movie starts in B:", movie_starts_b)
print("spontaneous mean dF/F:", spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c)
""",
    "subtracted": """
def starts_of_movie(data_set):
    table = data_set.get_stimulus_table("natural_movie_one")
    return table[table["frame"] == 0]["start"].to_numpy()


def mean_when_spontaneous(data_set, dff):
    table = data_set.get_stimulus_table("spontaneous")
    centred = dff - dff.mean()
    return np.concatenate([centred[s:e] for s, e in zip(table.start, table.end)]).mean()


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)

spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)

print("movie starts in B:", movie_starts_b)
print("spontaneous mean dF/F:", spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c)
""",
    "swallowed": """
def starts_of_movie(data_set):
    table = data_set.get_stimulus_table("natural_movie_one")
    return table[table["frame"] == 0]["start"].to_numpy()


def mean_when_spontaneous(data_set, dff):
    try:
        table = data_set.get_stimulus_table("spontaneous_activity")
        return np.concatenate([dff[s:e] for s, e in zip(table.start, table.end)]).mean()
    except Exception:
        return 0.0


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)

spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)

print("movie starts in B:", movie_starts_b)
print("spontaneous mean dF/F:", spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c)
""",
    "epoch table": """
def starts_of_movie(data_set):
    epochs = data_set.get_stimulus_epoch_table()
    epoch = epochs[epochs.stimulus == "natural_movie_one"].iloc[0]
    return np.linspace(epoch.start, epoch.end, 10, endpoint=False).astype(int)


def mean_when_spontaneous(data_set, dff):
    table = data_set.get_stimulus_table("spontaneous")
    pieces = [dff[start:end] for start, end in zip(table["start"], table["end"])]
    return np.concatenate(pieces).mean()


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)

spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)

print("movie starts in B:", movie_starts_b)
print("spontaneous mean dF/F:", spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c)
""",
    "nine starts": """
def starts_of_movie(data_set):
    table = data_set.get_stimulus_table("natural_movie_one")
    jumps = np.flatnonzero(np.diff(table["frame"].to_numpy()) < 0) + 1
    return table["start"].to_numpy()[jumps]


def mean_when_spontaneous(data_set, dff):
    table = data_set.get_stimulus_table("spontaneous")
    pieces = [dff[start:end] for start, end in zip(table["start"], table["end"])]
    return np.concatenate(pieces).mean()


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)

spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)

print("movie starts in B:", movie_starts_b)
print("spontaneous mean dF/F:", spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c)
""",
    "global dff": """
def starts_of_movie(data_set):
    table = data_set.get_stimulus_table("natural_movie_one")
    return table[table["frame"] == 0]["start"].to_numpy()


def mean_when_spontaneous(data_set, dff):
    table = data_set.get_stimulus_table("spontaneous")
    return np.concatenate([dff_a[s:e] for s, e in zip(table.start, table.end)]).mean()


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)

spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)

print("movie starts in B:", movie_starts_b)
print("spontaneous mean dF/F:", spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c)
""",
    "only at starts": """
def starts_of_movie(data_set):
    table = data_set.get_stimulus_table("natural_movie_one")
    return table[table["frame"] == 0]["start"].to_numpy()


def mean_when_spontaneous(data_set, dff):
    table = data_set.get_stimulus_table("spontaneous")
    return dff[table["start"].to_numpy()].mean()


movie_starts_a = starts_of_movie(data_set_a)
movie_starts_b = starts_of_movie(data_set_b)
movie_starts_c = starts_of_movie(data_set_c)

spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)

print("movie starts in B:", movie_starts_b)
print("spontaneous mean dF/F:", spontaneous_mean_a, spontaneous_mean_b, spontaneous_mean_c)
""",
}

RIGHT = {}

#: What each wrong answer does, as its author says it, and the names of mistakes that fit.
MISTAKES = {
    "floats": {"The starts are floats, not integers.": ["a decimal number"]},
    "end as length": {
        "The end is taken for the length of the epoch: dff[start:start + end].": [
            "end taken for a length"
        ]
    },
    "outside movie": {
        "The mean over all frames outside natural movie one, not over the spontaneous epochs.": [
            "all but the movie"
        ]
    },
    "subtracted": {"The trace's own mean is subtracted before.": ["changed afterwards"]},
    "swallowed": {
        "An error is swallowed (there is no stimulus of that name), and 0 is returned.": [
            "zero in place of the mean"
        ]
    },
    "epoch table": {
        "The starts are spaced evenly over the epoch of the rough epoch table, not looked up.": [
            "repeats taken as equally long"
        ]
    },
    "nine starts": {
        "The first repeat is missing: the starts are where the movie frame falls back to 0.": [
            "a repeat too few"
        ]
    },
    "global dff": {"The function takes the trace dff_a, whatever it is given.": ["sessions mixed"]},
    "only at starts": {
        "Only the frames at which epochs start are averaged.": ["first and last frames only"]
    },
}
