"""Wrong answers to question 9, with one mistake each, by one who had the released notebook alone."""

# Students write long lines.
# ruff: noqa: E501

WRONG = {
    "float ids": """
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
counts = pd.concat([pd.Series(1, index=i) for i in (ids_a, ids_b, ids_c)], axis=1)
shared_ids = np.sort(np.array(counts.dropna().index, dtype=float))


def mean_responses(data_set, ids):
    _, dff = data_set.get_dff_traces()
    dff = dff[data_set.get_cell_specimen_indices([int(i) for i in ids])]
    return np.mean([dff[:, start:start + 900] for start in starts_of_movie(data_set)], axis=0)


def row_correlations(x, y):
    x = x - x.mean(axis=1, keepdims=True)
    y = y - y.mean(axis=1, keepdims=True)
    return (x * y).sum(axis=1) / np.sqrt((x ** 2).sum(axis=1) * (y ** 2).sum(axis=1))


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

response_stability = pd.Series(
    (row_correlations(means_a, means_b) + row_correlations(means_a, means_c) + row_correlations(means_b, means_c)) / 3,
    index=shared_ids,
)


fig_stability, ax = plt.subplots(figsize=(7, 4))
ax.hist(response_stability, bins=20)
ax.axvline(response_stability[cell_specimen_id], color="r", label="our neuron")
ax.set_xlabel("Mean correlation between sessions")
ax.set_ylabel("Number of neurons")
ax.legend()
""",
    "rounded": """
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    _, dff = data_set.get_dff_traces()
    dff = dff[data_set.get_cell_specimen_indices(ids)]
    return np.mean([dff[:, start:start + 900] for start in starts_of_movie(data_set)], axis=0)


def row_correlations(x, y):
    x = x - x.mean(axis=1, keepdims=True)
    y = y - y.mean(axis=1, keepdims=True)
    return (x * y).sum(axis=1) / np.sqrt((x ** 2).sum(axis=1) * (y ** 2).sum(axis=1))


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

response_stability = pd.Series(
    (row_correlations(means_a, means_b) + row_correlations(means_a, means_c) + row_correlations(means_b, means_c)) / 3,
    index=shared_ids,
).round(1)


fig_stability, ax = plt.subplots(figsize=(7, 4))
ax.hist(response_stability, bins=20)
ax.axvline(response_stability[cell_specimen_id], color="r", label="our neuron")
ax.set_xlabel("Mean correlation between sessions")
ax.set_ylabel("Number of neurons")
ax.legend()
""",
    "a and b": """
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(ids_a, ids_b)


def mean_responses(data_set, ids):
    _, dff = data_set.get_dff_traces()
    where = {int(neuron): row for row, neuron in enumerate(data_set.get_cell_specimen_ids())}
    means = np.full((len(ids), 900), np.nan)
    starts = starts_of_movie(data_set)
    for i, neuron in enumerate(ids):
        if int(neuron) in where:
            trace = dff[where[int(neuron)]]
            means[i] = np.mean([trace[s:s + 900] for s in starts], axis=0)
    return means


def row_correlations(x, y):
    x = x - x.mean(axis=1, keepdims=True)
    y = y - y.mean(axis=1, keepdims=True)
    return (x * y).sum(axis=1) / np.sqrt((x ** 2).sum(axis=1) * (y ** 2).sum(axis=1))


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

response_stability = pd.Series(
    (row_correlations(means_a, means_b) + row_correlations(means_a, means_c) + row_correlations(means_b, means_c)) / 3,
    index=shared_ids,
)


fig_stability, ax = plt.subplots(figsize=(7, 4))
ax.hist(response_stability.dropna(), bins=20)
ax.axvline(response_stability[cell_specimen_id], color="r", label="our neuron")
ax.set_xlabel("Mean correlation between sessions")
ax.set_ylabel("Number of neurons")
ax.legend()
""",
    "rows of file": """
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    _, dff = data_set.get_dff_traces()
    dff = dff[np.isin(data_set.get_cell_specimen_ids(), ids)]
    return np.mean([dff[:, start:start + 900] for start in starts_of_movie(data_set)], axis=0)


def row_correlations(x, y):
    x = x - x.mean(axis=1, keepdims=True)
    y = y - y.mean(axis=1, keepdims=True)
    return (x * y).sum(axis=1) / np.sqrt((x ** 2).sum(axis=1) * (y ** 2).sum(axis=1))


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

response_stability = pd.Series(
    (row_correlations(means_a, means_b) + row_correlations(means_a, means_c) + row_correlations(means_b, means_c)) / 3,
    index=shared_ids,
)


fig_stability, ax = plt.subplots(figsize=(7, 4))
ax.hist(response_stability, bins=20)
ax.axvline(response_stability[cell_specimen_id], color="r", label="our neuron")
ax.set_xlabel("Mean correlation between sessions")
ax.set_ylabel("Number of neurons")
ax.legend()
""",
    "positive only": """
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    _, dff = data_set.get_dff_traces()
    dff = dff[data_set.get_cell_specimen_indices(ids)]
    return np.mean([dff[:, start:start + 900] for start in starts_of_movie(data_set)], axis=0)


def row_correlations(x, y):
    x = x - x.mean(axis=1, keepdims=True)
    y = y - y.mean(axis=1, keepdims=True)
    return (x * y).sum(axis=1) / np.sqrt((x ** 2).sum(axis=1) * (y ** 2).sum(axis=1))


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

response_stability = pd.Series(
    (row_correlations(means_a, means_b) + row_correlations(means_a, means_c) + row_correlations(means_b, means_c)) / 3,
    index=shared_ids,
)
response_stability = response_stability[response_stability > 0]


fig_stability, ax = plt.subplots(figsize=(7, 4))
ax.hist(response_stability, bins=20)
ax.axvline(response_stability[cell_specimen_id], color="r", label="our neuron")
ax.set_xlabel("Mean correlation between sessions")
ax.set_ylabel("Number of neurons")
ax.legend()
""",
    "sorted values": """
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    _, dff = data_set.get_dff_traces()
    dff = dff[data_set.get_cell_specimen_indices(ids)]
    return np.mean([dff[:, start:start + 900] for start in starts_of_movie(data_set)], axis=0)


def row_correlations(x, y):
    x = x - x.mean(axis=1, keepdims=True)
    y = y - y.mean(axis=1, keepdims=True)
    return (x * y).sum(axis=1) / np.sqrt((x ** 2).sum(axis=1) * (y ** 2).sum(axis=1))


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

values = (row_correlations(means_a, means_b) + row_correlations(means_a, means_c) + row_correlations(means_b, means_c)) / 3
response_stability = pd.Series(np.sort(values), index=shared_ids)


fig_stability, ax = plt.subplots(figsize=(7, 4))
ax.hist(response_stability, bins=20)
ax.axvline(response_stability[cell_specimen_id], color="r", label="our neuron")
ax.set_xlabel("Mean correlation between sessions")
ax.set_ylabel("Number of neurons")
ax.legend()
""",
    "figure, covered": """
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    _, dff = data_set.get_dff_traces()
    dff = dff[data_set.get_cell_specimen_indices(ids)]
    return np.mean([dff[:, start:start + 900] for start in starts_of_movie(data_set)], axis=0)


def row_correlations(x, y):
    x = x - x.mean(axis=1, keepdims=True)
    y = y - y.mean(axis=1, keepdims=True)
    return (x * y).sum(axis=1) / np.sqrt((x ** 2).sum(axis=1) * (y ** 2).sum(axis=1))


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

response_stability = pd.Series(
    (row_correlations(means_a, means_b) + row_correlations(means_a, means_c) + row_correlations(means_b, means_c)) / 3,
    index=shared_ids,
)


fig_stability, ax = plt.subplots(figsize=(7, 4))
ax.hist(response_stability, bins=20)
ax.axvline(response_stability[cell_specimen_id], color="r", label="our neuron")
ax.set_xlabel("Mean correlation between sessions")
ax.set_ylabel("Number of neurons")
ax.axvspan(-1, 1, color="white", zorder=5)
ax.set_xlim(-0.3, 1)
ax.legend()
""",
    "figure, place not rank": """
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    _, dff = data_set.get_dff_traces()
    dff = dff[data_set.get_cell_specimen_indices(ids)]
    return np.mean([dff[:, start:start + 900] for start in starts_of_movie(data_set)], axis=0)


def row_correlations(x, y):
    x = x - x.mean(axis=1, keepdims=True)
    y = y - y.mean(axis=1, keepdims=True)
    return (x * y).sum(axis=1) / np.sqrt((x ** 2).sum(axis=1) * (y ** 2).sum(axis=1))


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

response_stability = pd.Series(
    (row_correlations(means_a, means_b) + row_correlations(means_a, means_c) + row_correlations(means_b, means_c)) / 3,
    index=shared_ids,
)


fig_stability, ax = plt.subplots(figsize=(7, 4))
ax.plot(np.sort(response_stability.to_numpy()), "o", ms=3)
ax.plot(list(shared_ids).index(cell_specimen_id), response_stability[cell_specimen_id], "r*", ms=12, label="our neuron")
ax.set_xlabel("Neuron (number in the order of stability)")
ax.set_ylabel("Response stability (mean correlation)")
ax.legend()
""",
    "figure, cut": """
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    _, dff = data_set.get_dff_traces()
    dff = dff[data_set.get_cell_specimen_indices(ids)]
    return np.mean([dff[:, start:start + 900] for start in starts_of_movie(data_set)], axis=0)


def row_correlations(x, y):
    x = x - x.mean(axis=1, keepdims=True)
    y = y - y.mean(axis=1, keepdims=True)
    return (x * y).sum(axis=1) / np.sqrt((x ** 2).sum(axis=1) * (y ** 2).sum(axis=1))


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

response_stability = pd.Series(
    (row_correlations(means_a, means_b) + row_correlations(means_a, means_c) + row_correlations(means_b, means_c)) / 3,
    index=shared_ids,
)


fig_stability, ax = plt.subplots(figsize=(7, 4))
ax.hist(response_stability, bins=20)
ax.axvline(response_stability[cell_specimen_id], color="r", label="our neuron")
ax.set_xlabel("Mean correlation between sessions")
ax.set_ylabel("Number of neurons")
ax.set_xlim(0.5, 1)
ax.legend()
""",
    "figure, mean marked": """
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    _, dff = data_set.get_dff_traces()
    dff = dff[data_set.get_cell_specimen_indices(ids)]
    return np.mean([dff[:, start:start + 900] for start in starts_of_movie(data_set)], axis=0)


def row_correlations(x, y):
    x = x - x.mean(axis=1, keepdims=True)
    y = y - y.mean(axis=1, keepdims=True)
    return (x * y).sum(axis=1) / np.sqrt((x ** 2).sum(axis=1) * (y ** 2).sum(axis=1))


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

response_stability = pd.Series(
    (row_correlations(means_a, means_b) + row_correlations(means_a, means_c) + row_correlations(means_b, means_c)) / 3,
    index=shared_ids,
)


fig_stability, ax = plt.subplots(figsize=(7, 4))
ax.hist(response_stability, bins=20)
ax.axvline(response_stability.mean(), color="r", label="our neuron")
ax.set_xlabel("Mean correlation between sessions")
ax.set_ylabel("Number of neurons")
ax.legend()
""",
    "figure, a b only": """
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    _, dff = data_set.get_dff_traces()
    dff = dff[data_set.get_cell_specimen_indices(ids)]
    return np.mean([dff[:, start:start + 900] for start in starts_of_movie(data_set)], axis=0)


def row_correlations(x, y):
    x = x - x.mean(axis=1, keepdims=True)
    y = y - y.mean(axis=1, keepdims=True)
    return (x * y).sum(axis=1) / np.sqrt((x ** 2).sum(axis=1) * (y ** 2).sum(axis=1))


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

response_stability = pd.Series(
    (row_correlations(means_a, means_b) + row_correlations(means_a, means_c) + row_correlations(means_b, means_c)) / 3,
    index=shared_ids,
)


fig_stability, ax = plt.subplots(figsize=(7, 4))
ax.hist(row_correlations(means_a, means_b), bins=20)
ax.axvline(response_stability[cell_specimen_id], color="r", label="our neuron")
ax.set_xlabel("Mean correlation between sessions")
ax.set_ylabel("Number of neurons")
ax.legend()
""",
}

RIGHT = {}

#: What each wrong answer does, as its author says it, and the names of mistakes that fit.
MISTAKES = {
    "float ids": {"Shared_ids is an array of floats, not of integers.": ["a decimal number"]},
    "rounded": {"Rounded to one digit.": ["rounded"]},
    "a and b": {
        "Shared_ids are those of A and B only; neurons not seen in C have no number.": [
            "neurons of two sessions",
            "not a number",
        ]
    },
    "rows of file": {
        "Rows are taken in the file's order (np.isin), not in that of the ids: neurons are mixed up.": [
            "rows of other neurons"
        ]
    },
    "positive only": {"Neurons with a negative stability are left out.": ["neurons missing"]},
    "sorted values": {
        "The values are sorted but the ids are not: each neuron has another's number.": [
            "numbers beside the wrong ids"
        ]
    },
    "figure, covered": {
        "The bars are covered by a white rectangle (axvspan) over the whole width.": [
            "an empty window"
        ]
    },
    "figure, place not rank": {
        "Our neuron is marked at its place among the ids, not at its rank among the sorted values.": [
            "another neuron marked"
        ]
    },
    "figure, cut": {
        "The x axis begins at 0.5, so that most neurons are not seen.": ["an empty window"]
    },
    "figure, mean marked": {
        "The line called our neuron is the mean of all neurons.": ["our neuron not marked"]
    },
    "figure, a b only": {"The histogram shows r(A, B), not the stability.": ["other values drawn"]},
}
