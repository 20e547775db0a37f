"""Answers to question 9: all neurons found in the three sessions, and how stable they are."""

# Students write long lines.
# ruff: noqa: E501

SHARED = """
sets = [data_set.get_cell_specimen_ids() for data_set in (data_set_a, data_set_b, data_set_c)]
shared_ids = np.array(sorted(set(sets[0]) & set(sets[1]) & set(sets[2])))
"""
MEANS = """
def means(data_set, ids):
    rows = data_set.get_cell_specimen_indices(ids)
    dff = data_set.get_dff_traces()[1]
    starts = data_set.get_stimulus_table("natural_movie_one").query("frame == 0").start
    return np.mean([dff[rows, i : i + 900] for i in starts], axis=0)
all_means = [means(data_set, shared_ids) for data_set in (data_set_a, data_set_b, data_set_c)]
"""
TABLES = """
tables = [np.corrcoef([m[i] for m in all_means]) for i in range(len(shared_ids))]
"""
STABILITY = """
response_stability = pd.Series([(t[0, 1] + t[0, 2] + t[1, 2]) / 3 for t in tables], index=shared_ids)
"""
FIGURE = """
fig_stability, ax = plt.subplots()
ax.hist(response_stability)
ax.axvline(response_stability[cell_specimen_id], color="r")
ax.set(xlabel="stability", ylabel="neurons")
"""
VALUES = SHARED + MEANS + TABLES + STABILITY

WRONG = {
    "neurons of two sessions": SHARED.replace(" & set(sets[2])", "")
    + """
response_stability = pd.Series(np.linspace(0, 1, len(shared_ids)), index=shared_ids)
"""
    + FIGURE,
    "ids that are not sorted": SHARED.replace("sorted(", "list(")
    + "shared_ids = shared_ids[::-1]"
    + MEANS
    + TABLES
    + STABILITY
    + FIGURE,
    "neurons of any session": VALUES + "shared_ids = np.unique(np.concatenate(sets))" + FIGURE,
    "the mean of the whole table": SHARED
    + MEANS
    + TABLES
    + "response_stability = pd.Series([t.mean() for t in tables], index=shared_ids)"
    + FIGURE,
    "only the first and last session": SHARED
    + MEANS
    + TABLES
    + "response_stability = pd.Series([t[0, 2] for t in tables], index=shared_ids)"
    + FIGURE,
    "rows that belong to other neurons in each session": SHARED
    + MEANS.replace("rows = data_set.get_cell_specimen_indices(ids)", "rows = np.arange(len(ids))")
    + TABLES
    + STABILITY
    + FIGURE,
    "a series without ids": VALUES
    + FIGURE
    + "response_stability = response_stability.reset_index(drop=True)",
    "a list": VALUES + FIGURE + "response_stability = list(response_stability)",
    "our neuron only": VALUES
    + FIGURE
    + "response_stability = response_stability.loc[[cell_specimen_id]]",
    "a histogram of something else": VALUES
    + """
fig_stability, ax = plt.subplots()
ax.hist(dff_a[:20000], bins=50)
ax.set(xlabel="stability", ylabel="neurons")
""",
    "so many points that each value is near one": VALUES
    + """
fig_stability, ax = plt.subplots()
ax.plot(np.linspace(-1, 1, 2_000_001), np.zeros(2_000_001))
ax.set(xlabel="stability", ylabel="neurons")
""",
    "a hump that is not the density": VALUES
    + """
fig_stability, ax = plt.subplots()
x = np.linspace(-0.3, 1.1, 60)
ax.plot(x, 1 - (x - 0.5) ** 2)
ax.set(xlabel="stability", ylabel="neurons")
""",
    "a histogram of something else, in many bins": VALUES
    + """
fig_stability, ax = plt.subplots()
ax.hist(np.random.default_rng(0).uniform(-0.2, 1, len(response_stability)), bins=60)
ax.set(xlabel="stability", ylabel="neurons")
""",
    "a figure without names of the axes": VALUES
    + """
fig_stability, ax = plt.subplots()
ax.hist(response_stability)
""",
    "stopped in the middle": SHARED + "response_stability = movie_response(shared_ids)",
    "union of the ids, mean of two pairs": VALUES
    + """
from functools import reduce
shared_ids = reduce(np.union1d, sets)
response_stability = pd.Series([(t[0, 1] + t[1, 2]) / 2 for t in tables], index=response_stability.index)
"""
    + FIGURE,
    "in at least two sessions": VALUES
    + """
counts = pd.Series(np.concatenate(sets)).value_counts()
shared_ids = counts[counts >= 2].index.sort_values().to_numpy()
"""
    + FIGURE,
    "in the order of session A": VALUES
    + """
shared_ids = np.array([i for i in sets[0] if i in set(sets[1]) and i in set(sets[2])])
"""
    + FIGURE,
    "each id three times, a figure without y": VALUES
    + """
together = np.concatenate(sets)
shared_ids = np.sort(together[np.isin(together, shared_ids)])
fig_stability = plt.figure()
plt.hist(response_stability, bins=12)
plt.xlabel("stability")
""",
    "three arguments for intersect1d, which stops": """
ids_a, ids_b, ids_c = (d.get_cell_specimen_ids() for d in (data_set_a, data_set_b, data_set_c))
shared_ids = np.intersect1d(ids_a, ids_b, ids_c)
""",
    "numbers of rows that all have": VALUES
    + """
shared_ids = np.arange(min(len(ids) for ids in sets))
"""
    + FIGURE,
    "the median of the three": SHARED
    + MEANS
    + TABLES
    + """
response_stability = pd.Series(
    {cell: np.median([t[0, 1], t[0, 2], t[1, 2]]) for cell, t in zip(shared_ids, tables)})
"""
    + FIGURE,
    "the sum, unsorted": VALUES
    + """
shared_ids = [c for c in sets[2] if c in sets[0] and c in sets[1]]
response_stability = response_stability * 3
"""
    + FIGURE,
    "divided by six, with the diagonal": SHARED
    + MEANS
    + TABLES
    + "response_stability = pd.Series([np.triu(t).sum() / 6 for t in tables], shared_ids)"
    + FIGURE,
    "one repeat for each neuron": SHARED
    + MEANS.replace("for i in starts]", "for i in starts[:1]]")
    + TABLES
    + STABILITY
    + FIGURE,
    "whole traces": SHARED
    + """
whole = []
for d in (data_set_a, data_set_b, data_set_c):
    whole.append(d.get_dff_traces()[1][d.get_cell_specimen_indices(shared_ids), :105000])
r = [np.corrcoef([w[n] for w in whole])[np.triu_indices(3, 1)].mean() for n in range(len(shared_ids))]
response_stability = pd.Series(r, index=shared_ids)
"""
    + FIGURE,
    "in percent": VALUES + "response_stability *= 100" + FIGURE,
    "sorted for the figure, then named": VALUES
    + """
ordered = sorted(response_stability)
response_stability = pd.Series(ordered, index=shared_ids)
"""
    + FIGURE,
    "mean over the neurons first": SHARED
    + MEANS
    + """
r = np.corrcoef([m.mean(axis=0) for m in all_means])
response_stability = pd.Series((r[0, 1] + r[0, 2] + r[1, 2]) / 3, index=shared_ids)
"""
    + FIGURE,
    "rows by place among sorted ids, two pairs": SHARED
    + MEANS.replace(
        "data_set.get_cell_specimen_indices(ids)",
        "np.searchsorted(np.sort(data_set.get_cell_specimen_ids()), ids)",
    )
    + TABLES
    + "response_stability = pd.Series([(t[0, 1] + t[0, 2]) / 2 for t in tables], index=shared_ids)"
    + FIGURE,
    "a mean over the whole movie for each repeat": SHARED
    + MEANS.replace("axis=0)", "axis=2).T")
    + TABLES
    + STABILITY
    + FIGURE,
    "NaN where a session is not alike": VALUES
    + """
response_stability = response_stability.where(response_stability > 0.3)
"""
    + FIGURE,
    "a histogram of the ids": VALUES
    + """
fig_stability, ax = plt.subplots()
ax.hist(response_stability.index, bins=20)
ax.set(xlabel="response stability", ylabel="number of neurons")
""",
    "a histogram of one of the correlations, no names": VALUES
    + """
fig_stability = plt.figure()
plt.hist([t[0, 1] for t in tables], bins=20)
""",
    "our neuron only in the figure": VALUES
    + """
fig_stability, ax = plt.subplots()
ax.axvline(response_stability.loc[cell_specimen_id])
ax.set(xlabel="stability", ylabel="neurons", xlim=(0, 1))
""",
    "indexed by the cell index in session B": SHARED
    + MEANS
    + TABLES
    + """
response_stability = pd.Series([np.mean([t[0, 1], t[0, 2], t[1, 2]]) for t in tables], index=data_set_b.get_cell_specimen_indices(shared_ids))
"""
    + FIGURE.replace("[cell_specimen_id]", ".iloc[0]"),
    "indexed by ids as text": SHARED
    + MEANS
    + TABLES
    + """
response_stability = pd.Series([np.mean([t[0, 1], t[0, 2], t[1, 2]]) for t in tables], index=[str(i) for i in shared_ids])
"""
    + FIGURE.replace("cell_specimen_id", "str(cell_specimen_id)"),
    "A with B only, in percent": SHARED
    + MEANS
    + TABLES
    + """
response_stability = pd.Series([100 * t[0, 1] for t in tables], index=shared_ids)
"""
    + FIGURE,
    "mean of Fisher's z, turned back": SHARED
    + MEANS
    + TABLES
    + """
response_stability = pd.Series([np.tanh(np.mean(np.arctanh([t[0, 1], t[0, 2], t[1, 2]]))) for t in tables], index=shared_ids)
"""
    + FIGURE,
    "the least of the three": SHARED
    + MEANS
    + TABLES
    + """
response_stability = pd.Series([min(t[0, 1], t[0, 2], t[1, 2]) for t in tables], index=shared_ids)
"""
    + FIGURE,
    "Spearman for Pearson": SHARED
    + MEANS
    + TABLES
    + """
tables = [
    pd.DataFrame([m[i] for m in all_means]).T.corr("spearman").to_numpy()
    for i in range(len(shared_ids))
]
response_stability = pd.Series([np.mean([t[0, 1], t[0, 2], t[1, 2]]) for t in tables], index=shared_ids)
"""
    + FIGURE,
}

RIGHT = {
    "with the function of question 6, neuron by neuron": """
shared_ids = [c for c in sorted(data_set_a.get_cell_specimen_ids())
              if c in data_set_b.get_cell_specimen_ids() and c in data_set_c.get_cell_specimen_ids()]
stability = {}
for cell in shared_ids:
    a, b, c = (movie_response(d, cell).mean(axis=0) for d in (data_set_a, data_set_b, data_set_c))
    stability[cell] = np.mean([np.corrcoef(a, b)[0, 1], np.corrcoef(a, c)[0, 1], np.corrcoef(b, c)[0, 1]])
response_stability = pd.Series(stability)
fig_stability = plt.figure()
plt.plot(np.sort(response_stability), np.arange(len(response_stability)), "o")
plt.axvline(stability[cell_specimen_id], color="r")
plt.xlabel("stability")
plt.ylabel("rank")
""",
    "sorted from high to low, scatter": VALUES
    + """
response_stability = response_stability.sort_values(ascending=False)
fig_stability, ax = plt.subplots()
ax.scatter(range(len(response_stability)), response_stability)
ax.axhline(response_stability[cell_specimen_id])
ax.set(xlabel="neuron (sorted)", ylabel="mean r")
""",
    "pandas all the way, density": SHARED.replace("np.array(", "pd.Index(")
    + MEANS
    + TABLES
    + STABILITY
    + """
response_stability = response_stability.astype("float32").rename("r").to_frame()
response_stability = response_stability["r"]
fig_stability = response_stability.plot.hist(density=True, bins=20).figure
plt.axvline(response_stability[cell_specimen_id], ymax=0.5, color="k")
plt.xlabel("mean correlation")
""",
    "a stepped histogram, as text ids made integers": VALUES
    + """
shared_ids = shared_ids.astype("int32")
fig_stability, ax = plt.subplots()
ax.hist(response_stability, bins=15, histtype="step")
ax.plot(response_stability[cell_specimen_id], 0, "v", ms=12)
ax.set(xlabel="stability", ylabel="number of neurons")
""",
    "horizontal bars, a cumulative curve beside": VALUES
    + """
fig_stability, (left, right) = plt.subplots(1, 2)
left.hist(response_stability, orientation="horizontal", bins=np.arange(-0.3, 1.1, 0.1))
right.ecdf(response_stability)
left.axhline(response_stability[cell_specimen_id], color="r")
left.set(xlabel="neurons", ylabel="stability")
right.set(xlabel="stability", ylabel="share of neurons")
""",
    "a histogram, our neuron marked by a span": VALUES
    + """
fig_stability, ax = plt.subplots()
ax.hist(response_stability)
ours = response_stability[cell_specimen_id]
ax.axvspan(ours - 0.01, ours + 0.01, color="red", alpha=0.3)
ax.set(xlabel="stability", ylabel="neurons")
""",
    "a histogram, our neuron marked by a second one": VALUES
    + """
fig_stability, ax = plt.subplots()
ax.hist([response_stability[cell_specimen_id]], bins=20, range=(0, 1), color="red", zorder=3)
ax.hist(response_stability, bins=20)
ax.set(xlabel="stability", ylabel="neurons")
""",
    "counts as a line": VALUES
    + """
counts, edges = np.histogram(response_stability, bins=15)
fig_stability, ax = plt.subplots()
ax.plot((edges[1:] + edges[:-1]) / 2, counts, "o-")
ax.axvline(response_stability[cell_specimen_id])
ax.set(xlabel="stability", ylabel="neurons")
""",
    "a box alone, our neuron as a star": VALUES
    + """
fig_stability, ax = plt.subplots()
ax.boxplot(response_stability, notch=True, patch_artist=True)
ax.plot(1, response_stability[cell_specimen_id], "*")
ax.set(xlabel="all neurons", ylabel="stability")
""",
    "a box with all points": VALUES
    + """
fig_stability, ax = plt.subplots()
ax.boxplot(response_stability)
ax.plot(np.random.default_rng(0).normal(1, 0.02, len(response_stability)), response_stability, ".")
ax.scatter(1.2, response_stability[cell_specimen_id], color="r", marker="<")
ax.set(ylabel="stability", xlabel="all neurons")
""",
    "counted over the sessions, corrwith": """
ids_of = [pd.Series(d.get_cell_specimen_ids()) for d in (data_set_a, data_set_b, data_set_c)]
times_found = pd.concat(ids_of).value_counts()
shared_ids = np.sort(times_found.index[times_found == 3])
def table_of(d):
    starts = starts_of_movie(d)
    traces = d.get_dff_traces()[1]
    mean = sum(traces[:, s : s + 900] for s in starts) / len(starts)
    return pd.DataFrame(mean.T, columns=d.get_cell_specimen_ids())[shared_ids]
A, B, C = table_of(data_set_a), table_of(data_set_b), table_of(data_set_c)
response_stability = (A.corrwith(B) + A.corrwith(C) + B.corrwith(C)) / 3
fig_stability, ax = plt.subplots()
ax.violinplot(response_stability, vert=False)
ax.plot(response_stability[cell_specimen_id], 1, "r*")
ax.set(xlabel="mean correlation", ylabel="neurons (density)")
""",
    "the diagonal left out as NaN, sorted bars": VALUES
    + """
numbers = []
for t in tables:
    np.fill_diagonal(t, np.nan)
    numbers.append(np.nanmean(t))
response_stability = pd.Series(numbers, index=list(shared_ids))
fig_stability = plt.figure()
plt.bar(np.arange(len(numbers)), sorted(numbers))
plt.axvline(sorted(numbers).index(response_stability[cell_specimen_id]), color="r")
plt.xlabel("neurons, from the least to the most stable")
plt.ylabel("response stability")
""",
    "merged, a density by scipy": VALUES
    + """
x, y, z = [pd.DataFrame({"id": ids}) for ids in sets]
shared_ids = x.merge(y).merge(z)["id"].sort_values().tolist()
from scipy.stats import gaussian_kde
r = np.linspace(-0.3, 1.2, 200)
fig_stability = plt.figure()
plt.plot(r, gaussian_kde(response_stability)(r))
plt.axvline(response_stability.at[cell_specimen_id], linestyle="--")
plt.xlabel("response stability")
plt.ylabel("neurons (density)")
""",
}

#: What each wrong answer does, as a teacher would say it, and the names of mistakes that fit.
MISTAKES = {
    "neurons of two sessions": {
        "Neurons of two sessions are taken, not of all three.": [
            "neurons of two sessions",
            "neurons that are not in all sessions",
        ],
        "The stabilities are evenly spread numbers, not correlations.": [
            "correlation of something else"
        ],
    },
    "ids that are not sorted": {
        "The ids are not sorted.": ["unsorted ids"],
    },
    "neurons of any session": {
        "The union of the ids is taken, not what all have in common.": ["union for intersection"],
    },
    "the mean of the whole table": {
        "The mean is over the whole table, with the diagonal.": ["mean of the whole table"],
    },
    "only the first and last session": {
        "Only one of the three pairs is taken.": ["a single pair"],
    },
    "rows that belong to other neurons in each session": {
        "The same rows are taken in each session: other neurons.": ["rows of other neurons"],
    },
    "a series without ids": {
        "The series is not indexed by cell specimen id.": ["counted from 0, not named by id"],
    },
    "a list": {
        "A list is given, not a series.": ["not a Series"],
    },
    "our neuron only": {
        "Only our neuron is in the series.": ["our neuron only", "one neuron only"],
    },
    "a histogram of something else": {
        "The figure shows dF/F, not stability.": ["more than the neurons"],
    },
    "so many points that each value is near one": {
        "The figure shows a line that has nothing to do with the values.": ["other values drawn"],
    },
    "a hump that is not the density": {
        "The figure shows a curve that is not from the values.": ["other values drawn"],
    },
    "a histogram of something else, in many bins": {
        "The figure shows other numbers.": ["other values drawn"],
    },
    "a figure without names of the axes": {
        "The axes have no labels.": ["missing labels"],
        "Our neuron is not marked.": ["our neuron not marked"],
    },
    "stopped in the middle": {
        "The function of question 6 was called without a recording.": ["an argument left out"],
    },
    "union of the ids, mean of two pairs": {
        "The union of the ids is taken, not what all have in common.": ["union for intersection"],
        "Only two of the three pairs are averaged.": ["two pairs"],
    },
    "in at least two sessions": {
        "Neurons that are in only two sessions are taken, too.": ["neurons of two sessions"],
    },
    "in the order of session A": {
        "The ids are not sorted.": ["unsorted ids"],
    },
    "each id three times, a figure without y": {
        "Every id is listed three times.": ["doubled ids"],
        "The y axis has no label.": ["missing labels"],
        "Our neuron is not marked.": ["our neuron not marked"],
    },
    "three arguments for intersect1d, which stops": {
        "`np.intersect1d` takes two arrays; with a third the cell stops with an error.": [
            "an array where one truth value is asked"
        ],
    },
    "numbers of rows that all have": {
        "Cell indices are given, not cell specimen ids.": ["cell index for specimen id"],
    },
    "the median of the three": {
        "The median of the three correlations is taken, not the mean.": ["median for mean"],
    },
    "the sum, unsorted": {
        "The three correlations are summed, not averaged.": ["sum for mean"],
        "The ids are not sorted.": ["unsorted ids"],
    },
    "divided by six, with the diagonal": {
        "The diagonal is averaged with the three pairs.": ["mean of the whole table"],
    },
    "one repeat for each neuron": {
        "Single repeats are correlated, not the means.": ["correlation of single repeats"],
    },
    "whole traces": {
        "The whole traces are correlated, not the mean responses.": ["correlation of traces"],
    },
    "in percent": {
        "The stability is in percent.": ["percent for fraction"],
    },
    "sorted for the figure, then named": {
        "The values are sorted, the ids are not: values stand beside other neurons.": [
            "numbers beside the wrong ids"
        ],
    },
    "mean over the neurons first": {
        "The mean is taken across neurons: one value for all.": [
            "mean taken across neurons",
            "the same value for all neurons",
        ],
    },
    "rows by place among sorted ids, two pairs": {
        "Rows are places among sorted ids, not cell indices: other neurons.": [
            "rows of other neurons"
        ],
        "Only two of the three pairs are averaged.": ["two pairs"],
    },
    "a mean over the whole movie for each repeat": {
        "The mean is over the frames, the wrong axis: ten values for each neuron.": [
            "mean over the wrong axis"
        ],
    },
    "NaN where a session is not alike": {
        "Less stable neurons have been made NaN.": ["not a number"],
    },
    "a histogram of the ids": {
        "The figure shows the ids, not the stability.": ["ids in place of values"],
    },
    "a histogram of one of the correlations, no names": {
        "The figure shows only r(A, B).": ["other values drawn"],
        "The axes have no labels.": ["missing labels"],
    },
    "our neuron only in the figure": {
        "The figure shows only our neuron.": ["one neuron only"],
    },
    "indexed by the cell index in session B": {
        "The index holds cell indices, not ids.": ["cell index for specimen id"],
    },
    "indexed by ids as text": {
        "The ids of the index are text.": ["text for a number"],
    },
    "A with B only, in percent": {
        "The correlations are in percent.": ["percent for fraction"],
        "Only A and B are compared.": ["a single pair"],
    },
    "mean of Fisher's z, turned back": {
        "The mean is taken of Fisher's z.": ["Fisher's z averaged"],
    },
    "the least of the three": {
        "The minimum is taken in place of the mean.": ["minimum or maximum for mean"],
    },
    "Spearman for Pearson": {
        "Rank correlations are taken.": ["rank correlations"],
    },
}

WRONG |= {
    "numbers one place off": """
ids_a, ids_b, ids_c = (d.get_cell_specimen_ids() for d in (data_set_a, data_set_b, data_set_c))
shared_ids = np.array(sorted(set(ids_a) & set(ids_b) & set(ids_c)))
def mean_responses(data_set, ids):
    rows = data_set.get_dff_traces()[1][data_set.get_cell_specimen_indices(list(ids))]
    return np.mean([rows[:, s:s+900] for s in starts_of_movie(data_set)], axis=0)
def row_correlations(x, y):
    x = x - x.mean(1, keepdims=True); y = y - y.mean(1, keepdims=True)
    return (x*y).sum(1)/np.sqrt((x**2).sum(1)*(y**2).sum(1))
means_a = mean_responses(data_set_a, shared_ids); means_b = mean_responses(data_set_b, shared_ids); means_c = mean_responses(data_set_c, shared_ids)
response_stability = pd.Series((row_correlations(means_a,means_b)+row_correlations(means_a,means_c)+row_correlations(means_b,means_c))/3, index=np.roll(shared_ids,1))
own = response_stability[cell_specimen_id]

fig_stability, ax = plt.subplots(figsize=(7,4))

ax.hist(response_stability); ax.axvline(own); ax.set(xlabel="stability", ylabel="neurons")
""",
}
MISTAKES |= {
    "numbers one place off": {
        "Each number stands beside the next id.": ["numbers beside the wrong ids"]
    },
}
