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
plt.xlabel("mean correlation")
""",
    "a stepped histogram, as text ids made integers": VALUES
    + """
shared_ids = shared_ids.astype("int32")
fig_stability, ax = plt.subplots()
ax.hist(response_stability, bins=15, histtype="step")
ax.set(xlabel="stability", ylabel="number of neurons")
""",
    "horizontal bars, a cumulative curve beside": VALUES
    + """
fig_stability, (left, right) = plt.subplots(1, 2)
left.hist(response_stability, orientation="horizontal", bins=np.arange(-0.3, 1.1, 0.1))
right.ecdf(response_stability)
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
ax.set(ylabel="stability", xlabel="all neurons")
""",
}
