"""Answers to question 9 by others, who had the released notebook alone."""

# Students write long lines.
# ruff: noqa: E501

WRONG = {
    "ab drawn": '''
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    timestamps, dff = data_set.get_dff_traces()
    rows = data_set.get_cell_specimen_indices(ids)
    total = np.zeros((len(rows), 900))
    for start in starts_of_movie(data_set):
        total += dff[rows, start:start + 900]
    return total / 10


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    return np.array([np.corrcoef(a, b)[0, 1] for a, b in zip(x, y)])


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

response_stability = pd.Series(
    np.mean(
        [
            row_correlations(means_a, means_b),
            row_correlations(means_a, means_c),
            row_correlations(means_b, means_c),
        ],
        axis=0,
    ),
    index=shared_ids,
)

fig_stability, ax = plt.subplots(figsize=(7, 4))
ax.hist(row_correlations(means_a, means_b), bins=20)
ax.axvline(response_stability[cell_specimen_id], color="red", label="our neuron")
ax.set_xlabel("response stability (mean correlation)")
ax.set_ylabel("number of neurons")
ax.legend()
''',
    "average marked": '''
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
in_all = set(ids_a) & set(ids_b) & set(ids_c)
shared_ids = np.array(sorted(in_all))


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    t, all_dff = data_set.get_dff_traces()
    starts = starts_of_movie(data_set)
    result = []
    for index in data_set.get_cell_specimen_indices(ids):
        trace = all_dff[index]
        repeats = []
        for start in starts:
            repeats.append(trace[start:start + 900])
        result.append(np.mean(repeats, axis=0))
    return np.array(result)


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    r = []
    for row_x, row_y in zip(x, y):
        r.append(np.corrcoef(row_x, row_y)[0, 1])
    return np.array(r)


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

r_ab = row_correlations(means_a, means_b)
r_ac = row_correlations(means_a, means_c)
r_bc = row_correlations(means_b, means_c)

response_stability = pd.Series(np.mean([r_ab, r_ac, r_bc], axis=0), index=shared_ids)

fig_stability, ax = plt.subplots(figsize=(7, 4))
ax.hist(response_stability, bins=20)
ax.axvline(response_stability.mean(), color="red", label="our neuron")
ax.set_xlabel("response stability (correlation)")
ax.set_ylabel("number of neurons")
ax.legend()
''',
    "axhline": '''
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    timestamps, dff = data_set.get_dff_traces()
    rows = data_set.get_cell_specimen_indices(ids)
    return np.mean([dff[rows, s:s + 900] for s in starts_of_movie(data_set)], axis=0)


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    dx = x - np.mean(x, axis=1, keepdims=True)
    dy = y - np.mean(y, axis=1, keepdims=True)
    return np.sum(dx * dy, axis=1) / (np.linalg.norm(dx, axis=1) * np.linalg.norm(dy, axis=1))


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

response_stability = pd.Series(
    np.mean([row_correlations(means_a, means_b),
             row_correlations(means_a, means_c),
             row_correlations(means_b, means_c)], axis=0),
    index=pd.Index(shared_ids, name="cell_specimen_id"),
)

fig_stability, ax = plt.subplots(figsize=(7, 4))
response_stability.hist(ax=ax, bins=20, grid=False)
ax.axhline(response_stability[cell_specimen_id], color="red", linestyle="--", label="our neuron")
ax.set_xlabel("mean correlation of the movie response")
ax.set_ylabel("number of neurons")
ax.legend()
''',
    "cosine": '''
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    _, dff = data_set.get_dff_traces()
    dff = dff[data_set.get_cell_specimen_indices(ids)]
    frames = np.asarray(starts_of_movie(data_set))[:, None] + np.arange(900)[None, :]
    return dff[:, frames].mean(axis=1)


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    return (x * y).sum(axis=1) / (np.linalg.norm(x, axis=1) * np.linalg.norm(y, axis=1))


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

response_stability = pd.Series(
    np.mean([row_correlations(means_a, means_b),
             row_correlations(means_a, means_c),
             row_correlations(means_b, means_c)], axis=0),
    index=shared_ids,
)

fig_stability, ax = plt.subplots(figsize=(7, 4))
ordered = response_stability.sort_values()
ax.plot(range(len(ordered)), ordered.values, "o", ms=3)
ax.plot(ordered.index.get_loc(cell_specimen_id), ordered[cell_specimen_id], "rD", label="our neuron")
ax.set_xlabel("neuron (sorted)")
ax.set_ylabel("mean correlation")
ax.legend()
''',
    "density called number": '''
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    dff = data_set.get_dff_traces()[1][data_set.get_cell_specimen_indices(ids)]
    return np.mean([dff[:, s:s + 900] for s in starts_of_movie(data_set)], axis=0)


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    n = len(x)
    return np.diag(np.corrcoef(x, y)[:n, n:])


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

response_stability = pd.Series(
    (row_correlations(means_a, means_b)
     + row_correlations(means_a, means_c)
     + row_correlations(means_b, means_c)) / 3,
    index=shared_ids,
)

fig_stability, ax = plt.subplots(figsize=(7, 4))
ax.hist(response_stability, bins=20, density=True, alpha=0.6)
ax.axvline(response_stability[cell_specimen_id], color="crimson", label="our neuron")
ax.set_xlabel("mean correlation over the three pairs of sessions")
ax.set_ylabel("number of neurons")
ax.legend()
''',
    "diagonal in mean": '''
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    timestamps, dff = data_set.get_dff_traces()
    rows = data_set.get_cell_specimen_indices(ids)
    return np.mean([dff[rows, s:s + 900] for s in starts_of_movie(data_set)], axis=0)


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    return np.array([np.corrcoef(a, b)[0, 1] for a, b in zip(x, y)])


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

numbers = []
for a, b, c in zip(means_a, means_b, means_c):
    table = pd.DataFrame({"A": a, "B": b, "C": c}).corr()
    numbers.append(table.values.mean())
response_stability = pd.Series(numbers, index=shared_ids)

fig_stability, ax = plt.subplots(figsize=(7, 4))
ax.hist(response_stability, bins=20)
ax.axvline(response_stability[cell_specimen_id], color="r", label="our neuron")
ax.set_xlabel("mean correlation of the sessions")
ax.set_ylabel("number of neurons")
ax.legend()
''',
    "empty figure": '''
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.array([i for i in sorted(ids_a) if i in ids_b and i in ids_c])


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    timestamps, dff = data_set.get_dff_traces()
    rows = data_set.get_cell_specimen_indices(ids)
    starts = starts_of_movie(data_set)
    return np.array([np.mean([dff[row, s:s + 900] for s in starts], axis=0) for row in rows])


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    from scipy.stats import pearsonr
    return np.array([pearsonr(x[i], y[i])[0] for i in range(len(x))])


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

r = pd.DataFrame(index=shared_ids)
r["AB"] = row_correlations(means_a, means_b)
r["AC"] = row_correlations(means_a, means_c)
r["BC"] = row_correlations(means_b, means_c)
response_stability = r.mean(axis=1)

fig_stability, ax = plt.subplots(figsize=(7, 4))

plt.figure()
plt.hist(response_stability, bins=20)
plt.axvline(response_stability[cell_specimen_id], color="red", label="our neuron")
plt.xlabel("mean correlation")
plt.ylabel("number of neurons")
plt.legend()
plt.show()
''',
    "first repeat only": '''
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    timestamps, dff = data_set.get_dff_traces()
    rows = data_set.get_cell_specimen_indices(ids)
    table = data_set.get_stimulus_table("natural_movie_one")
    start = table["start"].iloc[0]
    return dff[rows, start:start + 900]


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    x = x - x.mean(axis=1, keepdims=True)
    y = y - y.mean(axis=1, keepdims=True)
    return (x * y).sum(axis=1) / np.sqrt((x * x).sum(axis=1) * (y * y).sum(axis=1))


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

r_ab = row_correlations(means_a, means_b)
r_ac = row_correlations(means_a, means_c)
r_bc = row_correlations(means_b, means_c)
response_stability = pd.Series((r_ab + r_ac + r_bc) / 3, index=shared_ids)

fig_stability, ax = plt.subplots(figsize=(7, 4))
ax.hist(response_stability, bins=20)
ax.axvline(response_stability.loc[cell_specimen_id], color="r", label="neuron 517472450")
ax.set_xlabel("mean correlation of the movie response")
ax.set_ylabel("number of neurons")
ax.legend()
''',
    "line at the id": '''
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    timestamps, dff = data_set.get_dff_traces()
    rows = data_set.get_cell_specimen_indices(ids)
    starts = starts_of_movie(data_set)
    return np.mean([dff[rows, s:s + 900] for s in starts], axis=0)


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    cov = ((x.T - x.mean(axis=1)) * (y.T - y.mean(axis=1))).mean(axis=0)
    return cov / (x.std(axis=1) * y.std(axis=1))


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

all_r = np.vstack([
    row_correlations(means_a, means_b),
    row_correlations(means_a, means_c),
    row_correlations(means_b, means_c),
])
response_stability = pd.Series(all_r.mean(axis=0), index=shared_ids)

fig_stability, ax = plt.subplots(figsize=(7, 4))
ax.hist(response_stability, bins=20)
ax.axvline(cell_specimen_id, color="red", label="our neuron")
ax.set_xlabel("mean correlation")
ax.set_ylabel("number of neurons")
ax.legend()
''',
    "names exchanged": '''
from functools import reduce

ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = reduce(np.intersect1d, [ids_a, ids_b, ids_c])


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    _, dff = data_set.get_dff_traces()
    dff = dff[data_set.get_cell_specimen_indices(ids)]
    frames = np.asarray(starts_of_movie(data_set))[:, None] + np.arange(900)
    return dff[:, frames].mean(axis=1)


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    zx = (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)
    zy = (y - y.mean(axis=1, keepdims=True)) / y.std(axis=1, keepdims=True)
    return np.einsum("nf,nf->n", zx, zy) / x.shape[1]


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

pairs = pd.DataFrame(
    {
        "AB": row_correlations(means_a, means_b),
        "AC": row_correlations(means_a, means_c),
        "BC": row_correlations(means_b, means_c),
    },
    index=shared_ids,
)
response_stability = pairs.mean(axis=1).sort_values()

fig_stability = plt.figure(figsize=(7, 4))
plt.hist(response_stability, bins=20, color="olive")
plt.axvline(response_stability[cell_specimen_id], color="k", label="our neuron")
plt.xlabel("number of neurons")
plt.ylabel("response stability (mean correlation)")
plt.legend()
''',
    "no axis names": '''
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(ids_a, np.intersect1d(ids_b, ids_c))


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    timestamps, dff = data_set.get_dff_traces()
    indices = data_set.get_cell_specimen_indices(ids)
    starts = starts_of_movie(data_set)
    responses = np.stack([dff[indices, s:s + 900] for s in starts])
    return responses.mean(axis=0)


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    x = x - x.mean(axis=1)[:, None]
    y = y - y.mean(axis=1)[:, None]
    return (x * y).sum(axis=1) / np.sqrt((x ** 2).sum(axis=1) * (y ** 2).sum(axis=1))


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

total = row_correlations(means_a, means_b) + row_correlations(means_a, means_c) + row_correlations(means_b, means_c)
response_stability = pd.Series(total / 3, index=shared_ids, name="stability")

fig_stability, ax = plt.subplots(figsize=(7, 4))
ax.hist(response_stability, bins=20)
ax.axvline(response_stability[cell_specimen_id], color="red", label="our neuron")
ax.set_title("How stable are the neurons?")
ax.legend()
''',
    "no ids index": '''
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    timestamps, dff = data_set.get_dff_traces()
    rows = data_set.get_cell_specimen_indices(ids)
    return np.mean([dff[rows, s:s + 900] for s in starts_of_movie(data_set)], axis=0)


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    return pd.DataFrame(x).corrwith(pd.DataFrame(y), axis=1)


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

response_stability = (
    row_correlations(means_a, means_b) + row_correlations(means_a, means_c) + row_correlations(means_b, means_c)
) / 3

fig_stability, ax = plt.subplots(figsize=(7, 4))
ax.hist(response_stability, bins=20)
our_row = list(shared_ids).index(cell_specimen_id)
ax.axvline(response_stability[our_row], color="red", label="our neuron")
ax.set_xlabel("mean correlation")
ax.set_ylabel("number of neurons")
ax.legend()
''',
    "not marked": '''
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    timestamps, dff = data_set.get_dff_traces()
    rows = data_set.get_cell_specimen_indices(ids)
    table = data_set.get_stimulus_table("natural_movie_one")
    starts = table[table["frame"] == 0]["start"]
    return np.mean([dff[rows, s:s + 900] for s in starts], axis=0)


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    return pd.DataFrame(x).corrwith(pd.DataFrame(y), axis=1).to_numpy()


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

response_stability = pd.Series(
    (row_correlations(means_a, means_b) + row_correlations(means_a, means_c) + row_correlations(means_b, means_c)) / 3,
    index=shared_ids,
)

fig_stability, ax = plt.subplots(figsize=(7, 4))
ax.hist(response_stability, bins=20, color="steelblue")
ax.set_xlabel("mean correlation of the movie responses")
ax.set_ylabel("number of neurons")
ax.set_title("Stability of the neurons seen in all three sessions")
''',
    "only ab": '''
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    timestamps, dff = data_set.get_dff_traces()
    rows = data_set.get_cell_specimen_indices(ids)
    starts = starts_of_movie(data_set)
    return np.stack([dff[rows, s:s + 900] for s in starts]).mean(axis=0)


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    return np.array([np.corrcoef(x[i], y[i])[0, 1] for i in range(x.shape[0])])


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

response_stability = pd.Series(row_correlations(means_a, means_b), index=shared_ids)

fig_stability, ax = plt.subplots(figsize=(7, 4))
ax.hist(response_stability, bins=20, edgecolor="white")
ax.axvline(response_stability[cell_specimen_id], color="k", label="our neuron")
ax.set_xlabel("stability (mean correlation)")
ax.set_ylabel("number of neurons")
ax.legend()
''',
    "place before sorting": '''
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    timestamps, dff = data_set.get_dff_traces()
    rows = data_set.get_cell_specimen_indices(ids)
    starts = starts_of_movie(data_set)
    return np.mean([dff[rows, s:s + 900] for s in starts], axis=0)


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    return np.array([pd.Series(a).corr(pd.Series(b)) for a, b in zip(x, y)])


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

stability = {}
for n, neuron in enumerate(shared_ids):
    table = pd.DataFrame({"A": means_a[n], "B": means_b[n], "C": means_c[n]}).corr()
    stability[neuron] = (table.loc["A", "B"] + table.loc["A", "C"] + table.loc["B", "C"]) / 3
response_stability = pd.Series(stability)

fig_stability, ax = plt.subplots(figsize=(7, 4))
ordered = np.sort(response_stability.to_numpy())
ax.plot(ordered, "o", markersize=3)
place = list(shared_ids).index(cell_specimen_id)
ax.plot(place, ordered[place], "r*", markersize=14, label="our neuron")
ax.set_xlabel("neurons, sorted by stability")
ax.set_ylabel("mean correlation of the movie responses")
ax.legend()
''',
    "rows in file order": '''
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    timestamps, dff = data_set.get_dff_traces()
    is_shared = np.isin(data_set.get_cell_specimen_ids(), ids)
    dff = dff[is_shared]
    starts = starts_of_movie(data_set)
    return np.mean([dff[:, s:s + 900] for s in starts], axis=0)


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    return np.array([np.corrcoef(a, b)[0, 1] for a, b in zip(x, y)])


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
ax.set_xlabel("response stability (mean correlation)")
ax.set_ylabel("number of neurons")
ax.legend()
''',
    "unsorted ids": '''
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()

shared_ids = []
for i in ids_a:
    if i in ids_b and i in ids_c:
        shared_ids.append(i)
shared_ids = np.array(shared_ids)


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    timestamps, dff = data_set.get_dff_traces()
    rows = data_set.get_cell_specimen_indices(ids)
    return np.mean([dff[rows, s:s + 900] for s in starts_of_movie(data_set)], axis=0)


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    result = []
    for i in range(len(x)):
        result.append(np.corrcoef(x[i], y[i])[0, 1])
    return np.array(result)


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

response_stability = pd.Series(
    (row_correlations(means_a, means_b) + row_correlations(means_a, means_c) + row_correlations(means_b, means_c)) / 3,
    index=shared_ids,
)

fig_stability, ax = plt.subplots(figsize=(7, 4))
ax.hist(response_stability, bins=15, color="tan")
ax.axvline(response_stability[cell_specimen_id], color="k", ls="--", label="our neuron")
ax.set_xlabel("mean correlation")
ax.set_ylabel("neurons")
ax.legend()
''',
}

RIGHT = {
    "bar per neuron": '''
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    timestamps, dff = data_set.get_dff_traces()
    rows = data_set.get_cell_specimen_indices(ids)
    starts = starts_of_movie(data_set)
    return np.mean([dff[rows, s:s + 900] for s in starts], axis=0)


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    return np.array([pd.Series(a).corr(pd.Series(b)) for a, b in zip(x, y)])


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

stability = {}
for n, neuron in enumerate(shared_ids):
    table = pd.DataFrame({"A": means_a[n], "B": means_b[n], "C": means_c[n]}).corr()
    stability[neuron] = (table.loc["A", "B"] + table.loc["A", "C"] + table.loc["B", "C"]) / 3
response_stability = pd.Series(stability)

fig_stability, ax = plt.subplots(figsize=(6, 8))
ordered = response_stability.sort_values()
colours = ["red" if i == cell_specimen_id else "lightblue" for i in ordered.index]
ax.barh(range(len(ordered)), ordered.values, color=colours)
ax.set_ylabel("neuron number (sorted by stability)")
ax.set_xlabel("mean correlation of the three sessions (red: our neuron)")
''',
    "bars coloured bin": '''
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    dff = data_set.get_dff_traces()[1][data_set.get_cell_specimen_indices(ids)]
    return np.mean([dff[:, s:s + 900] for s in starts_of_movie(data_set)], axis=0)


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    n = len(x)
    return np.diag(np.corrcoef(x, y)[:n, n:])


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

response_stability = pd.Series(
    (row_correlations(means_a, means_b)
     + row_correlations(means_a, means_c)
     + row_correlations(means_b, means_c)) / 3,
    index=shared_ids,
)

fig_stability, ax = plt.subplots(figsize=(7, 4))
counts, edges = np.histogram(response_stability, bins=15)
bars = ax.bar(edges[:-1], counts, width=np.diff(edges), align="edge", color="silver", edgecolor="white")

ours = response_stability[cell_specimen_id]
k = min(np.searchsorted(edges, ours, side="right") - 1, len(counts) - 1)
bars[k].set_facecolor("crimson")
ax.legend([bars[k]], [f"the bar with our neuron (r = {ours:.2f})"])

ax.set_xlabel("mean correlation between the sessions")
ax.set_ylabel("number of neurons")
''',
    "corrwith": '''
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    timestamps, dff = data_set.get_dff_traces()
    rows = data_set.get_cell_specimen_indices(ids)
    table = data_set.get_stimulus_table("natural_movie_one")
    starts = table[table["frame"] == 0]["start"]
    return np.mean([dff[rows, s:s + 900] for s in starts], axis=0)


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    return pd.DataFrame(x).corrwith(pd.DataFrame(y), axis=1).to_numpy()


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

response_stability = pd.Series(
    (row_correlations(means_a, means_b) + row_correlations(means_a, means_c) + row_correlations(means_b, means_c)) / 3,
    index=shared_ids,
)

fig_stability, ax = plt.subplots(figsize=(7, 4))
ax.hist(response_stability, bins=20)
ax.axvline(response_stability[cell_specimen_id], color="red", label="our neuron")
ax.set_xlabel("mean correlation of the movie responses")
ax.set_ylabel("number of neurons")
ax.legend()
''',
    "cumulative counts": '''
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    timestamps, dff = data_set.get_dff_traces()
    rows = data_set.get_cell_specimen_indices(ids)
    starts = starts_of_movie(data_set)
    return np.mean([dff[rows, s:s + 900] for s in starts], axis=0)


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    cov = ((x.T - x.mean(axis=1)) * (y.T - y.mean(axis=1))).mean(axis=0)
    return cov / (x.std(axis=1) * y.std(axis=1))


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

all_r = np.vstack([
    row_correlations(means_a, means_b),
    row_correlations(means_a, means_c),
    row_correlations(means_b, means_c),
])
response_stability = pd.Series(all_r.mean(axis=0), index=shared_ids)

fig_stability, ax = plt.subplots(figsize=(7, 4))
values = np.sort(response_stability.values)
numbers = np.arange(1, len(values) + 1)
ax.step(values, numbers, where="post", color="k")

ours = response_stability[cell_specimen_id]
ax.plot(ours, (values <= ours).sum(), "o", color="magenta", markersize=10, label="our neuron")
ax.set_xlabel("mean correlation r")
ax.set_ylabel("cumulative number of neurons")
ax.legend()
''',
    "histplot step rug": '''
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.array([i for i in sorted(ids_a) if i in ids_b and i in ids_c])


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    timestamps, dff = data_set.get_dff_traces()
    rows = data_set.get_cell_specimen_indices(ids)
    starts = starts_of_movie(data_set)
    return np.array([np.mean([dff[row, s:s + 900] for s in starts], axis=0) for row in rows])


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    from scipy.stats import pearsonr
    return np.array([pearsonr(x[i], y[i])[0] for i in range(len(x))])


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

r = pd.DataFrame(index=shared_ids)
r["AB"] = row_correlations(means_a, means_b)
r["AC"] = row_correlations(means_a, means_c)
r["BC"] = row_correlations(means_b, means_c)
response_stability = r.mean(axis=1)

import seaborn as sns

fig_stability, ax = plt.subplots(figsize=(7, 4))
sns.histplot(x=response_stability.to_numpy(), element="step", bins=20, stat="count", ax=ax)
sns.rugplot(x=response_stability.to_numpy(), color="k", ax=ax)
ax.axvline(response_stability[cell_specimen_id], ls="--", color="tab:red")
ax.annotate("our neuron", (response_stability[cell_specimen_id], 0.95), xycoords=("data", "axes fraction"),
            color="tab:red", xytext=(4, 0), textcoords="offset points")
ax.set_xlabel("stability of the movie response (mean r)")
ax.set_ylabel("Number of neurons")
''',
    "horizontal hist": '''
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    timestamps, dff = data_set.get_dff_traces()
    rows = data_set.get_cell_specimen_indices(ids)
    total = np.zeros((len(rows), 900))
    for start in starts_of_movie(data_set):
        total += dff[rows, start:start + 900]
    return total / 10


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    return np.array([np.corrcoef(a, b)[0, 1] for a, b in zip(x, y)])


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

response_stability = pd.Series(
    np.mean(
        [
            row_correlations(means_a, means_b),
            row_correlations(means_a, means_c),
            row_correlations(means_b, means_c),
        ],
        axis=0,
    ),
    index=shared_ids,
)

fig_stability, ax = plt.subplots(figsize=(5, 6))
ax.hist(response_stability, bins=20, orientation="horizontal", color="steelblue")
ax.axhline(response_stability[cell_specimen_id], color="orange", lw=2, label="our neuron")
ax.set_ylabel("response stability (correlation)")
ax.set_xlabel("number of neurons")
ax.legend()
''',
    "rank inverted scatter": '''
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    timestamps, dff = data_set.get_dff_traces()
    rows = data_set.get_cell_specimen_indices(ids)
    return np.mean([dff[rows, s:s + 900] for s in starts_of_movie(data_set)], axis=0)


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    dx = x - np.mean(x, axis=1, keepdims=True)
    dy = y - np.mean(y, axis=1, keepdims=True)
    return np.sum(dx * dy, axis=1) / (np.linalg.norm(dx, axis=1) * np.linalg.norm(dy, axis=1))


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

response_stability = pd.Series(
    np.mean([row_correlations(means_a, means_b),
             row_correlations(means_a, means_c),
             row_correlations(means_b, means_c)], axis=0),
    index=pd.Index(shared_ids, name="cell_specimen_id"),
)

fig_stability, ax = plt.subplots(figsize=(6, 6))
rank = response_stability.rank(ascending=False, method="first")
ax.scatter(response_stability, rank, s=12, color="0.5")
ax.scatter(response_stability[cell_specimen_id], rank[cell_specimen_id], s=150,
           facecolors="none", edgecolors="red", linewidths=2)
ax.text(response_stability[cell_specimen_id] + 0.03, rank[cell_specimen_id], "517472450", color="red", va="center")
ax.invert_yaxis()
ax.set_xlabel("mean correlation of the movie responses")
ax.set_ylabel("rank of the neuron (1 = most stable)")
''',
    "sets corrcoef loop": '''
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
in_all = set(ids_a) & set(ids_b) & set(ids_c)
shared_ids = np.array(sorted(in_all))


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    t, all_dff = data_set.get_dff_traces()
    starts = starts_of_movie(data_set)
    result = []
    for index in data_set.get_cell_specimen_indices(ids):
        trace = all_dff[index]
        repeats = []
        for start in starts:
            repeats.append(trace[start:start + 900])
        result.append(np.mean(repeats, axis=0))
    return np.array(result)


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    r = []
    for row_x, row_y in zip(x, y):
        r.append(np.corrcoef(row_x, row_y)[0, 1])
    return np.array(r)


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

r_ab = row_correlations(means_a, means_b)
r_ac = row_correlations(means_a, means_c)
r_bc = row_correlations(means_b, means_c)

response_stability = pd.Series(np.mean([r_ab, r_ac, r_bc], axis=0), index=shared_ids)

fig_stability = plt.figure(figsize=(7, 4))
plt.hist(response_stability.values, bins=np.arange(-0.5, 1.05, 0.05), color="lightgray", edgecolor="k")
ours = response_stability.loc[cell_specimen_id]
plt.plot([ours, ours], plt.ylim(), "r--", label=f"neuron {cell_specimen_id}")
plt.xlabel("response stability (mean Pearson r of A-B, A-C, B-C)")
plt.ylabel("count of neurons")
plt.legend(loc="upper left")
plt.tight_layout()
''',
    "sorted points star": '''
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(ids_a, np.intersect1d(ids_b, ids_c))


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    timestamps, dff = data_set.get_dff_traces()
    indices = data_set.get_cell_specimen_indices(ids)
    starts = starts_of_movie(data_set)
    responses = np.stack([dff[indices, s:s + 900] for s in starts])
    return responses.mean(axis=0)


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    x = x - x.mean(axis=1)[:, None]
    y = y - y.mean(axis=1)[:, None]
    return (x * y).sum(axis=1) / np.sqrt((x ** 2).sum(axis=1) * (y ** 2).sum(axis=1))


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

total = row_correlations(means_a, means_b) + row_correlations(means_a, means_c) + row_correlations(means_b, means_c)
response_stability = pd.Series(total / 3, index=shared_ids, name="stability")

fig_stability, ax = plt.subplots(figsize=(7, 4))
ordered = response_stability.sort_values()
rank = ordered.index.get_loc(cell_specimen_id)
ax.plot(np.arange(len(ordered)), ordered.values, ".", color="gray", label="all shared neurons")
ax.plot(rank, ordered[cell_specimen_id], "r*", markersize=15, label="our neuron")
ax.set_xlabel("neurons, sorted by their stability")
ax.set_ylabel("mean correlation of the movie response")
ax.legend()
''',
    "value counts bar": '''
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = pd.Index(ids_a).intersection(ids_b).intersection(ids_c).sort_values().to_numpy()


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    timestamps, dff = data_set.get_dff_traces()
    table = pd.DataFrame(dff, index=data_set.get_cell_specimen_ids()).loc[ids].to_numpy()
    return sum(table[:, s:s + 900] for s in starts_of_movie(data_set)) / 10


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    return pd.DataFrame(x.T).corrwith(pd.DataFrame(y.T)).values


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

response_stability = pd.concat(
    [
        pd.Series(row_correlations(means_a, means_b), index=shared_ids),
        pd.Series(row_correlations(means_a, means_c), index=shared_ids),
        pd.Series(row_correlations(means_b, means_c), index=shared_ids),
    ],
    axis=1,
).mean(axis=1)

fig_stability, ax = plt.subplots(figsize=(9, 5))
classes = pd.cut(response_stability, bins=np.linspace(-1, 1, 21))
counts = classes.value_counts(sort=False)
counts.plot.bar(ax=ax, width=0.9, color="cadetblue")

position = list(counts.index).index(classes[cell_specimen_id])
ax.annotate("our neuron", xy=(position, counts.iloc[position]),
            xytext=(position, counts.max() + 3), ha="center",
            arrowprops={"arrowstyle": "->", "color": "red"}, color="red")
ax.set_ylim(0, counts.max() + 5)
ax.set_xlabel("mean correlation (classes of 0.1)")
ax.set_ylabel("number of neurons")
fig_stability.tight_layout()
''',
    "zscore einsum": '''
from functools import reduce

ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = reduce(np.intersect1d, [ids_a, ids_b, ids_c])


def mean_responses(data_set, ids):
    """Return the mean movie responses of many neurons: array (neurons, 900) of dF/F."""
    _, dff = data_set.get_dff_traces()
    dff = dff[data_set.get_cell_specimen_indices(ids)]
    frames = np.asarray(starts_of_movie(data_set))[:, None] + np.arange(900)
    return dff[:, frames].mean(axis=1)


def row_correlations(x, y):
    """Return the Pearson correlation of each row of x with the same row of y."""
    zx = (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)
    zy = (y - y.mean(axis=1, keepdims=True)) / y.std(axis=1, keepdims=True)
    return np.einsum("nf,nf->n", zx, zy) / x.shape[1]


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)

pairs = pd.DataFrame(
    {
        "AB": row_correlations(means_a, means_b),
        "AC": row_correlations(means_a, means_c),
        "BC": row_correlations(means_b, means_c),
    },
    index=shared_ids,
)
response_stability = pairs.mean(axis=1).sort_values()

fig_stability, ax = plt.subplots(figsize=(7, 4))
response_stability.plot.hist(bins=25, ax=ax, alpha=0.7)
ax.axvline(response_stability[cell_specimen_id], color="k", lw=2)
ax.text(response_stability[cell_specimen_id], ax.get_ylim()[1], " our neuron", va="top")
ax.set(xlabel="mean correlation between sessions", ylabel="neurons")
''',
}

#: What each wrong answer does, as its author says it, and the names of mistakes that fit.
MISTAKES = {
    "ab drawn": {
        "The histogram is of r(A, B) alone, not of response_stability.": ["other values drawn"]
    },
    "average marked": {
        "The mean of all neurons is marked as our neuron.": ["our neuron not marked"]
    },
    "axhline": {
        "The neuron's stability is marked on the axis of the counts (axhline in place of axvline).": [
            "another neuron marked",
            "our neuron not marked",
        ]
    },
    "cosine": {
        "Cosine similarity in place of Pearson's r (the mean is not subtracted).": [
            "mean not subtracted"
        ]
    },
    "density called number": {
        "The histogram shows a density, but its axis says number of neurons.": [
            "number, share and density mixed up"
        ]
    },
    "diagonal in mean": {
        "The mean is over the whole 3 x 3 table of correlations, with the ones of the diagonal.": [
            "mean of the whole table"
        ]
    },
    "empty figure": {
        "Fig_stability is an empty figure, the histogram is drawn in another one.": [
            "an empty figure",
            "nothing drawn",
        ]
    },
    "first repeat only": {
        "Uses only the first repeat of the movie in place of the mean over the repeats.": [
            "a single repeat",
            "correlation of single repeats",
        ]
    },
    "line at the id": {
        "The line stands at the neuron's id, not at its stability.": ["another neuron marked"]
    },
    "names exchanged": {
        "The names of the two axes are exchanged.": ["names of the axes exchanged"]
    },
    "no axis names": {"The axes have no names.": ["missing labels"]},
    "no ids index": {
        "Response_stability is indexed 0, 1, 2, ..., not by the cell specimen ids.": [
            "counted from 0, not named by id"
        ]
    },
    "not marked": {"Our neuron is not marked in the figure.": ["our neuron not marked"]},
    "only ab": {"Only r(A, B) in place of the mean of the three correlations.": ["a single pair"]},
    "place before sorting": {
        "Our neuron is marked at its place in shared_ids, not in the sorted values, so another neuron is marked.": [
            "another neuron marked"
        ]
    },
    "rows in file order": {
        "The rows of the neurons are taken in the order of each file, so they belong to different neurons in the three sessions.": [
            "rows of other neurons"
        ]
    },
    "unsorted ids": {"Shared_ids is not sorted (it has the order of session A).": ["unsorted ids"]},
}
