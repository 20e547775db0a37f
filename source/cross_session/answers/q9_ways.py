"""More ways to answer question 9, each as far as may be from the solution's."""

# Students write long lines.
# ruff: noqa: E501

VALUES = """
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    \"\"\"Return the mean movie responses of many neurons: array (neurons, 900) of dF/F.\"\"\"
    _, dff = data_set.get_dff_traces()
    dff = dff[data_set.get_cell_specimen_indices(ids)]
    return np.mean([dff[:, start : start + 900] for start in starts_of_movie(data_set)], axis=0)


def row_correlations(x, y):
    \"\"\"Return the Pearson correlation of each row of x with the same row of y.\"\"\"
    return np.array([np.corrcoef(one, other)[0, 1] for one, other in zip(x, y)])


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)
response_stability = pd.Series(
    (row_correlations(means_a, means_b) + row_correlations(means_a, means_c) + row_correlations(means_b, means_c)) / 3,
    index=shared_ids,
)
"""

WRONG = {
    "dots not marked": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
bins = np.floor(response_stability.sort_values() / 0.05)
height = bins.groupby(bins).cumcount() + 1
for neuron, h in height.items():
    mine = neuron == cell_specimen_id
    ax.plot(response_stability[neuron], h, "o", color="grey", label=None)
ax.set_ylim(0, None)
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('neurons in the bin')
""",
    "dots another marked": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
bins = np.floor(response_stability.sort_values() / 0.05)
height = bins.groupby(bins).cumcount() + 1
for neuron, h in height.items():
    mine = neuron == (response_stability - ours).abs().idxmax()
    ax.plot(response_stability[neuron], h, "o", color="red" if mine else "grey", label="our neuron" if mine else None)
ax.legend()
ax.set_ylim(0, None)
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('neurons in the bin')
""",
    "scatter stacks another marked": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
width = 0.05
bins = np.floor(response_stability / width).astype(int)
height = bins.groupby(bins).cumcount() + 1
centre = (bins + 0.5) * width
mine = response_stability.index == (response_stability - ours).abs().idxmax()
ax.scatter(centre[~mine], height[~mine], color="0.6")
ax.scatter(centre[mine], height[mine], color="r", label="our neuron")
ax.legend()
ax.set_ylim(0)
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('number of neurons')
""",
    "scatter stacks unmarked": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
width = 0.05
bins = np.floor(response_stability / width).astype(int)
height = bins.groupby(bins).cumcount() + 1
centre = (bins + 0.5) * width
mine = response_stability.index < 0
ax.scatter(centre[~mine], height[~mine], color="0.6")
ax.scatter(centre[mine], height[mine], color="r", label="our neuron")
ax.set_ylim(0)
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('number of neurons')
""",
    "scatter stacks of r(A, B)": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
width = 0.05
bins = np.floor(pd.Series(row_correlations(means_a, means_b), index=shared_ids) / width).astype(int)
height = bins.groupby(bins).cumcount() + 1
centre = (bins + 0.5) * width
mine = response_stability.index == cell_specimen_id
ax.scatter(centre[~mine], height[~mine], color="0.6")
ax.scatter(centre[mine], height[mine], color="r", label="our neuron")
ax.legend()
ax.set_ylim(0)
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('number of neurons')
""",
    "scatter stacks misplaced": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
width = 0.05
bins = np.floor(response_stability / width).astype(int)
height = bins.groupby(bins).cumcount() + 1
centre = (bins + 3.5) * width
mine = response_stability.index == cell_specimen_id
ax.scatter(centre[~mine], height[~mine], color="0.6")
ax.scatter(centre[mine], height[mine], color="r", label="our neuron")
ax.legend()
ax.set_ylim(0)
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('number of neurons')
""",
    "one scatter each unmarked": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
bins = np.floor(response_stability.sort_values() / 0.05)
height = bins.groupby(bins).cumcount() + 1
for neuron, h in height.items():
    mine = neuron == cell_specimen_id
    ax.scatter(response_stability[neuron], h, color="grey")
ax.set_ylim(0, None)
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('neurons in the bin')
""",
    "counted labels exchanged": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
width = 0.05
bins = np.floor(response_stability / width).astype(int)
height = bins.groupby(bins).cumcount() + 1
centre = (bins + 0.5) * width
mine = response_stability.index == cell_specimen_id
ax.scatter(centre[~mine], height[~mine], color="0.6")
ax.scatter(centre[mine], height[mine], color="r", label="our neuron")
ax.legend()
ax.set_ylim(0)
ax.set_xlabel('number of neurons')
ax.set_ylabel('response stability')
""",
    "broken barh unmarked": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
counts, edges = np.histogram(response_stability, bins=10)
for n, low, high in zip(counts, edges, edges[1:]):
    ax.broken_barh([(low, high - low)], (0, n), facecolor="0.6", edgecolor="w")
ax.autoscale_view()
ax.set_title("red: with our neuron")
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('number of neurons')
""",
    "broken barh wrong bin": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
counts, edges = np.histogram(response_stability, bins=10)
for n, low, high in zip(counts, edges, edges[1:]):
    ax.broken_barh([(low, high - low)], (0, n), facecolor="r" if low == edges[2] else "0.6", edgecolor="w")
ax.autoscale_view()
ax.set_title("red: with our neuron")
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('number of neurons')
""",
    "patch collection of AB": (
        """
from matplotlib.collections import PatchCollection
"""
        + VALUES
        + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
counts, edges = np.histogram(row_correlations(means_a, means_b), bins=12)
boxes = [plt.Rectangle((low, 0), high - low, n) for n, low, high in zip(counts, edges, edges[1:])]
inside = [low <= ours <= high for low, high in zip(edges, edges[1:])]
ax.add_collection(PatchCollection(boxes, facecolors=np.where(inside, "red", "lightblue"), edgecolors="k"))
ax.autoscale_view()
ax.set_title("our neuron is in the red bar")
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('number of neurons')
"""
    ),
    "dots wrong red": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
edges = np.linspace(-0.2, 0.9, 23)
bins = np.digitize(response_stability, edges)
for b in np.unique(bins):
    inside = response_stability.index[bins == b]
    centre = (edges[b - 1] + edges[b]) / 2
    colours = ["red" if n == shared_ids[10] else "black" for n in inside]
    ax.scatter([centre] * len(inside), np.arange(len(inside)) + 0.5, c=colours, s=60)
ax.set_title("each dot is a neuron, ours is red")
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('number of neurons')
""",
    "dots nobody red": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
edges = np.linspace(-0.2, 0.9, 23)
bins = np.digitize(response_stability, edges)
for b in np.unique(bins):
    inside = response_stability.index[bins == b]
    centre = (edges[b - 1] + edges[b]) / 2
    colours = ["red" if n == 0 else "black" for n in inside]
    ax.scatter([centre] * len(inside), np.arange(len(inside)) + 0.5, c=colours, s=60)
ax.set_title("each dot is a neuron, ours is red")
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('number of neurons')
""",
}

RIGHT = {
    "bar from histogram": """
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.array([n for n in np.sort(ids_a) if n in ids_b and n in ids_c])


def mean_responses(data_set, ids):
    traces = pd.DataFrame(data_set.get_dff_traces()[1], index=data_set.get_cell_specimen_ids())
    traces = traces.loc[ids].to_numpy()
    return sum(traces[:, s : s + 900].astype(float) for s in starts_of_movie(data_set)) / 10


def row_correlations(x, y):
    x = x - x.mean(axis=1)[:, None]
    y = y - y.mean(axis=1)[:, None]
    return (x * y).sum(axis=1) / np.sqrt((x**2).sum(axis=1) * (y**2).sum(axis=1))


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)
response_stability = pd.Series(
    np.vstack([row_correlations(means_a, means_b), row_correlations(means_a, means_c), row_correlations(means_b, means_c)]).mean(0),
    shared_ids,
)
counts, edges = np.histogram(response_stability, bins=20)
ours = response_stability.at[cell_specimen_id]
which = np.clip(np.searchsorted(edges, ours, side="right") - 1, 0, 19)
fig_stability, ax = plt.subplots(figsize=(7, 4))
colours = ["tab:red" if k == which else "tab:blue" for k in range(20)]
ax.bar(edges[:-1], counts, width=np.diff(edges), align="edge", color=colours, edgecolor="w")
ax.annotate(
    "our neuron", xy=(ours, counts[which]), xytext=(ours, counts[which] + 3), ha="center", arrowprops={"arrowstyle": "->"}
)
ax.set_xlabel("Mean correlation across sessions")
ax.set_ylabel("Count of neurons")
""",
    "barh ranked": """
ids_a, ids_b, ids_c = (d.get_cell_specimen_ids() for d in (data_set_a,data_set_b,data_set_c))
shared_ids = np.intersect1d(np.intersect1d(ids_a,ids_b),ids_c)
def mean_responses(data_set, ids):
    _, x = data_set.get_dff_traces()
    x = x[data_set.get_cell_specimen_indices(ids)]
    return np.mean([x[:,s:s+900] for s in starts_of_movie(data_set)],axis=0)
def row_correlations(x,y):
    return np.array([np.corrcoef(a,b)[0,1] for a,b in zip(x,y)])
means_a, means_b, means_c = (mean_responses(d,shared_ids) for d in (data_set_a,data_set_b,data_set_c))
response_stability = pd.Series((row_correlations(means_a,means_b)+row_correlations(means_a,means_c)+row_correlations(means_b,means_c))/3,index=shared_ids)
ordered = response_stability.sort_values()
colours = np.where(ordered.index == cell_specimen_id, "red", "steelblue")
fig_stability = plt.figure(figsize=(6, 8))
ax = fig_stability.add_subplot()
ax.barh(np.arange(1, len(ordered) + 1), ordered.to_numpy(), color=colours, height=0.8)
place = ordered.index.get_loc(cell_specimen_id)
ax.text(ordered.iloc[place] + 0.01, place + 1, f"our neuron, {ordered.iloc[place]:.2f}", color="red", va="center")
ax.set_xlabel("mean correlation between sessions")
ax.set_ylabel("neurons (from least to most stable)")
ax.set_xlim(-0.3, 1.1)
""",
    "dot plot": """
ids_a, ids_b, ids_c = (d.get_cell_specimen_ids() for d in (data_set_a,data_set_b,data_set_c))
shared_ids = np.intersect1d(np.intersect1d(ids_a,ids_b),ids_c)
def mean_responses(data_set, ids):
    _, x = data_set.get_dff_traces()
    x = x[data_set.get_cell_specimen_indices(ids)]
    return np.mean([x[:,s:s+900] for s in starts_of_movie(data_set)],axis=0)
def row_correlations(x,y):
    return np.array([np.corrcoef(a,b)[0,1] for a,b in zip(x,y)])
means_a, means_b, means_c = (mean_responses(d,shared_ids) for d in (data_set_a,data_set_b,data_set_c))
response_stability = pd.Series((row_correlations(means_a,means_b)+row_correlations(means_a,means_c)+row_correlations(means_b,means_c))/3,index=shared_ids)
fig_stability, ax = plt.subplots(figsize=(8, 4))
height = {}
for neuron, value in response_stability.sort_values().items():
    centre = round(float(np.floor(value / 0.05) * 0.05 + 0.025), 3)
    height[centre] = height.get(centre, 0) + 1
    ours = neuron == cell_specimen_id
    ax.plot(centre, height[centre], "o", color="red" if ours else "0.6", ms=8)
    if ours:
        ax.annotate("our neuron", (centre, height[centre]), xytext=(0, 25), textcoords="offset points",
                    ha="center", color="red", arrowprops=dict(arrowstyle="->", color="red"))
ax.set_xlabel("response stability (mean correlation)")
ax.set_ylabel("number of neurons")
ax.set_ylim(0, None)
""",
    "ecdf": """
import seaborn as sns
from functools import reduce

ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = reduce(np.intersect1d, (ids_a, ids_b, ids_c))


def mean_responses(data_set, ids):
    _, dff = data_set.get_dff_traces()
    dff = dff[data_set.get_cell_specimen_indices(ids)]
    return np.stack([dff[:, s : s + 900] for s in starts_of_movie(data_set)]).mean(axis=0)


def row_correlations(x, y):
    n = len(x)
    return np.diag(np.corrcoef(x, y)[:n, n:])


means_a, means_b, means_c = (mean_responses(d, shared_ids) for d in (data_set_a, data_set_b, data_set_c))
response_stability = pd.Series(
    (row_correlations(means_a, means_b) + row_correlations(means_b, means_c) + row_correlations(means_c, means_a)) / 3,
    index=shared_ids,
)
fig_stability, ax = plt.subplots(figsize=(7, 4))
sns.ecdfplot(x=response_stability, stat="count", ax=ax)
ours = response_stability[cell_specimen_id]
ax.axvline(ours, color="tab:orange")
ax.scatter([ours], [(response_stability <= ours).sum()], color="tab:orange", zorder=3)
ax.text(ours, 5, " our neuron", color="tab:orange", ha="left")
ax.set_xlabel("mean correlation of movie responses")
ax.set_ylabel("cumulative number of neurons")
""",
    "hist counts": """
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.array(sorted(set(ids_a) & set(ids_b) & set(ids_c)))


def mean_responses(data_set, ids):
    dff = data_set.get_dff_traces()[1][data_set.get_cell_specimen_indices(ids)]
    windows = np.asarray(starts_of_movie(data_set))[:, None] + np.arange(900)
    return dff[:, windows].mean(axis=1)


def row_correlations(x, y):
    zx = (x - x.mean(1, keepdims=True)) / x.std(1, keepdims=True)
    zy = (y - y.mean(1, keepdims=True)) / y.std(1, keepdims=True)
    return np.einsum("ij,ij->i", zx, zy) / x.shape[1]


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)
response_stability = pd.Series(
    np.mean([row_correlations(*p) for p in ((means_a, means_b), (means_a, means_c), (means_b, means_c))], axis=0),
    index=pd.Index(shared_ids, name="cell_specimen_id"),
    name="stability",
)

fig_stability, ax = plt.subplots(figsize=(7, 4))
ax.hist(response_stability, bins=np.arange(-0.3, 1.01, 0.05), histtype="stepfilled", color="0.7", edgecolor="k")
ax.axvline(response_stability.loc[cell_specimen_id], color="r", ls="--", label="our neuron")
ax.legend()
ax.set_xlabel("response stability (mean correlation between sessions)")
ax.set_ylabel("number of neurons")
""",
    "histplot hue": """
import seaborn as sns

ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.sort(list(set(ids_a).intersection(ids_b, ids_c)))


def mean_responses(data_set, ids, *, n=900):
    _, dff = data_set.get_dff_traces()
    take = np.add.outer(starts_of_movie(data_set), np.arange(n))
    return np.take(dff[data_set.get_cell_specimen_indices(list(ids))], take, axis=1).mean(axis=1)


def row_correlations(x, y):
    return np.asarray(list(map(lambda a, b: np.corrcoef(a, b)[0][1], x, y)))


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)
response_stability = pd.DataFrame(
    [row_correlations(means_a, means_b), row_correlations(means_a, means_c), row_correlations(means_b, means_c)],
    columns=shared_ids,
).mean()

sns.set_theme(style="whitegrid")
fig_stability, ax = plt.subplots(figsize=(7, 4))
sns.histplot(response_stability, bins=16, kde=True, ax=ax, color="teal")
sns.rugplot(x=response_stability, ax=ax, color="teal")
ax.axvline(response_stability[cell_specimen_id], color="crimson", lw=2, label="our neuron")
ax.legend()
ax.set(xlabel="mean correlation between sessions", ylabel="neurons")
sns.reset_defaults()
""",
    "pandas hist rank": """
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
in_all = pd.Series(np.concatenate([ids_a, ids_b, ids_c])).value_counts()
shared_ids = in_all[in_all == 3].index.sort_values().to_numpy()


def mean_responses(data_set, ids):
    _, dff = data_set.get_dff_traces()
    return np.array(
        [np.mean([dff[k][s : s + 900] for s in starts_of_movie(data_set)], axis=0) for k in data_set.get_cell_specimen_indices(ids)]
    )


def row_correlations(x, y):
    x, y = pd.DataFrame(np.transpose(x)), pd.DataFrame(np.transpose(y))
    return x.corrwith(y).values


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)
response_stability = (
    pd.concat(
        [pd.Series(row_correlations(p, q), index=shared_ids) for p, q in ((means_a, means_b), (means_a, means_c), (means_b, means_c))],
        axis=1,
    )
    .mean(axis=1)
    .rename("stability")
)
ax = response_stability.plot.hist(bins=12, figsize=(7, 4), color="silver", edgecolor="black", legend=False)
top = ax.get_ylim()[1]
ax.vlines(response_stability[cell_specimen_id], 0, top, colors="magenta", linestyles="dotted", label="this neuron")
ax.set_xlabel("correlation between sessions (mean of three pairs)")
ax.set_ylabel("neurons per bin")
rank = int(response_stability.rank(ascending=False)[cell_specimen_id])
ax.set_title(f"our neuron (dotted) is number {rank} of {len(response_stability)}")
fig_stability = ax.figure
""",
    "recoloured patch": """
ids_a, ids_b, ids_c = (d.get_cell_specimen_ids() for d in (data_set_a,data_set_b,data_set_c))
shared_ids = np.intersect1d(np.intersect1d(ids_a,ids_b),ids_c)
def mean_responses(data_set, ids):
    _, x = data_set.get_dff_traces()
    x = x[data_set.get_cell_specimen_indices(ids)]
    return np.mean([x[:,s:s+900] for s in starts_of_movie(data_set)],axis=0)
def row_correlations(x,y):
    return np.array([np.corrcoef(a,b)[0,1] for a,b in zip(x,y)])
means_a, means_b, means_c = (mean_responses(d,shared_ids) for d in (data_set_a,data_set_b,data_set_c))
response_stability = pd.Series((row_correlations(means_a,means_b)+row_correlations(means_a,means_c)+row_correlations(means_b,means_c))/3,index=shared_ids)
fig_stability, ax = plt.subplots(figsize=(7, 4))
counts, edges, patches = ax.hist(response_stability, bins=14, color="lightgrey", edgecolor="k", log=True)
k = min(int(np.digitize(response_stability[cell_specimen_id], edges)) - 1, len(patches) - 1)
patches[k].set_facecolor("tab:red")
patches[k].set_label("bin of our neuron")
ax.legend()
ax.set_xlabel("Stability of the movie response (Pearson correlation, mean of 3 pairs)")
ax.set_ylabel("Number of neurons (log scale)")
""",
    "a stem for each": """
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(ids_a, np.intersect1d(ids_b, ids_c)).astype(np.int64)


def mean_responses(data_set, ids):
    _, dff = data_set.get_dff_traces()
    windows = np.lib.stride_tricks.sliding_window_view(dff, 900, axis=1)
    return windows[np.ix_(data_set.get_cell_specimen_indices(ids), starts_of_movie(data_set))].mean(axis=1)


def row_correlations(x, y):
    from scipy.stats import pearsonr

    return np.array([pearsonr(a, b)[0] for a, b in zip(x, y)])


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)
response_stability = pd.Series(
    [np.corrcoef([a, b, c])[np.triu_indices(3, 1)].mean() for a, b, c in zip(means_a, means_b, means_c)],
    index=shared_ids,
    name="response stability",
)

fig_stability, ax = plt.subplots(figsize=(9, 4))
ordered = response_stability.sort_values()
ax.stem(np.arange(len(ordered)), ordered.values, linefmt="C7-", markerfmt="C7.", basefmt=" ")
place = list(ordered.index).index(cell_specimen_id)
ax.stem([place], [ordered.iloc[place]], linefmt="C3-", markerfmt="C3o", basefmt=" ", label=f"neuron {cell_specimen_id}")
ax.legend()
ax.set_xlabel("neurons in order of their stability")
ax.set_ylabel("stability: mean r of three pairs of sessions")
""",
    "sorted points": """
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b, assume_unique=True), ids_c)


def mean_responses(data_set, ids):
    _, dff = data_set.get_dff_traces()
    table = data_set.get_stimulus_table("natural_movie_one")
    starts = table[table["frame"] == 0]["start"].values
    rows = data_set.get_cell_specimen_indices(ids)
    out = np.empty((len(ids), 900))
    for i, row in enumerate(rows):
        out[i] = np.mean([dff[row, s : s + 900] for s in starts], axis=0)
    return out


def row_correlations(x, y):
    return pd.DataFrame(x).corrwith(pd.DataFrame(y), axis=1).to_numpy()


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)
r = pd.DataFrame(
    {
        "AB": row_correlations(means_a, means_b),
        "AC": row_correlations(means_a, means_c),
        "BC": row_correlations(means_b, means_c),
    },
    index=shared_ids,
)
response_stability = r.mean(axis="columns")

ordered = response_stability.sort_values(ascending=False)
rank = np.arange(1, len(ordered) + 1)
fig_stability, ax = plt.subplots(figsize=(7, 4))
ax.plot(rank, ordered.to_numpy(), "o", ms=4, color="0.5")
here = ordered.index.get_loc(cell_specimen_id)
ax.plot(rank[here], ordered.iloc[here], "r*", ms=14)
ax.annotate("our neuron", (rank[here], ordered.iloc[here]), xytext=(10, 5), textcoords="offset points", color="r")
ax.set_xlabel("neurons, sorted (rank)")
ax.set_ylabel("mean correlation between sessions")
""",
    "strip and count": """
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    timestamps, dff = data_set.get_dff_traces()
    dff = dff[np.array(data_set.get_cell_specimen_indices(ids)), :]
    return np.array([[dff[i, s : s + 900] for s in starts_of_movie(data_set)] for i in range(len(ids))]).mean(axis=1)


def row_correlations(x, y):
    from scipy.spatial.distance import correlation

    return np.fromiter((1 - correlation(a, b) for a, b in zip(x, y)), dtype=float, count=len(x))


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)
pairs = [row_correlations(means_a, means_b), row_correlations(means_a, means_c), row_correlations(means_b, means_c)]
response_stability = pd.Series(sum(pairs) / len(pairs), index=shared_ids)

fig_stability, (top, bottom) = plt.subplots(2, 1, sharex=True, figsize=(7, 5), gridspec_kw={"height_ratios": [3, 1]})
top.hist(response_stability, bins=18, color="lightsteelblue")
top.set_ylabel("number of neurons")
jitter = np.random.default_rng(0).uniform(-0.3, 0.3, len(response_stability))
mine = response_stability.index == cell_specimen_id
bottom.scatter(response_stability[~mine], jitter[~mine], s=8, color="0.4")
bottom.scatter(response_stability[mine], jitter[mine], s=60, color="red", label="our neuron")
top.axvline(response_stability[cell_specimen_id], color="red")
bottom.set_yticks([])
bottom.set_ylabel("each neuron")
bottom.set_xlabel("response stability (mean Pearson r)")
bottom.legend(loc="upper left")
""",
    "survival step": """
ids_a, ids_b, ids_c = (d.get_cell_specimen_ids() for d in (data_set_a,data_set_b,data_set_c))
shared_ids = np.intersect1d(np.intersect1d(ids_a,ids_b),ids_c)
def mean_responses(data_set, ids):
    _, x = data_set.get_dff_traces()
    x = x[data_set.get_cell_specimen_indices(ids)]
    return np.mean([x[:,s:s+900] for s in starts_of_movie(data_set)],axis=0)
def row_correlations(x,y):
    return np.array([np.corrcoef(a,b)[0,1] for a,b in zip(x,y)])
means_a, means_b, means_c = (mean_responses(d,shared_ids) for d in (data_set_a,data_set_b,data_set_c))
response_stability = pd.Series((row_correlations(means_a,means_b)+row_correlations(means_a,means_c)+row_correlations(means_b,means_c))/3,index=shared_ids)
values = np.sort(response_stability.to_numpy())
at_least = np.arange(len(values), 0, -1)
fig_stability, ax = plt.subplots(figsize=(7, 4))
ax.step(values, at_least, where="pre", color="k")
x = response_stability[cell_specimen_id]
y = int((response_stability >= x).sum())
ax.plot([x, x, values.min()], [0, y, y], ls=":", color="r")
ax.plot(x, y, "ro", label=f"neuron {cell_specimen_id}: rank {y}")
ax.legend()
ax.set_xlabel("response stability: mean correlation of three pairs of sessions")
ax.set_ylabel("number of neurons at least as stable")
""",
    "stacked dots scatter": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
width = 0.05
bins = np.floor(response_stability / width).astype(int)
height = bins.groupby(bins).cumcount() + 1
centre = (bins + 0.5) * width
mine = response_stability.index == cell_specimen_id
ax.scatter(centre[~mine], height[~mine], color="0.6")
ax.scatter(centre[mine], height[mine], color="r", label="our neuron")
ax.legend()
ax.set_ylim(0)
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('number of neurons')
""",
    "stacked dots true x": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
bins = np.floor(response_stability.sort_values() / 0.05)
height = bins.groupby(bins).cumcount() + 1
for neuron, h in height.items():
    mine = neuron == cell_specimen_id
    ax.plot(response_stability[neuron], h, "o", color="red" if mine else "grey", label="our neuron" if mine else None)
ax.legend()
ax.set_ylim(0, None)
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('neurons in the bin')
""",
    "cumulative hist": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
ax.hist(response_stability, bins=100, cumulative=True, histtype="step")
ax.axvline(ours, color="r")
ax.text(ours, 10, "our neuron ", ha="right", color="r")
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('neurons up to this stability')
""",
    "stairs filled": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
counts, edges = np.histogram(response_stability, np.linspace(-1, 1, 41))
ax.stairs(counts, edges, fill=True, color="cadetblue")
ax.plot(ours, 0, marker="^", ms=12, color="red", clip_on=False, ls="none", label="our neuron")
ax.legend(loc="upper left")
ax.set_xlim(-1, 1)
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('number of neurons')
""",
    "stacked two colours": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
ax.hist(
    [response_stability.drop(cell_specimen_id), [ours]], bins=np.arange(-0.25, 1, 0.05), stacked=True,
    color=["lightgrey", "red"], label=["other neurons", "our neuron"], edgecolor="k",
)
ax.legend()
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('number of neurons')
""",
    "histplot hue stack": (
        """
import seaborn as sns
"""
        + VALUES
        + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
table = pd.DataFrame({"stability": response_stability, "neuron": np.where(response_stability.index == cell_specimen_id, "ours", "others")})
sns.histplot(table, x="stability", hue="neuron", multiple="stack", bins=20, ax=ax)
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('number of neurons')
"""
    ),
    "series bar": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
ordered = response_stability.sort_values(ascending=False)
colours = ["red" if neuron == cell_specimen_id else "grey" for neuron in ordered.index]
ordered.plot.bar(ax=ax, color=colours, width=0.9)
ax.set_xticks([])
ax.set_title("our neuron in red")
ax.set_xlabel('neurons, from the most stable')
ax.set_ylabel('response stability (mean correlation)')
""",
    "intervals cut": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
edges = np.round(np.arange(-0.3, 1.0, 0.1), 1)
counts = pd.cut(response_stability, edges).value_counts().sort_index()
counts.plot.bar(ax=ax, color=["red" if ours in interval else "steelblue" for interval in counts.index], rot=45)
ax.set_title("red: the bin of our neuron")
fig_stability.tight_layout()
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('number of neurons')
""",
    "twin cumulative": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
ax.hist(response_stability, bins=16, color="lightblue")
right = ax.twinx()
ordered = np.sort(response_stability)
right.step(ordered, np.arange(1, len(ordered) + 1), where="post", color="navy")
right.set_ylabel("neurons, cumulative", color="navy")
ax.axvline(ours, color="r", label="our neuron")
ax.legend(loc="upper left")
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('number of neurons')
""",
    "rug events": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
ax.hist(response_stability, bins=20, color="0.8")
ax.eventplot(response_stability.to_numpy(), lineoffsets=-0.5, linelengths=0.6, colors="k", linewidths=0.5)
ax.eventplot([ours], lineoffsets=-0.5, linelengths=1, colors="r", linewidths=2, label="our neuron")
ax.legend()
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('number of neurons')
""",
    "rectangles by hand": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
counts, edges = np.histogram(response_stability, bins=15)
for count, left, right in zip(counts, edges, edges[1:]):
    inside = left <= ours <= right
    ax.add_patch(plt.Rectangle((left, 0), right - left, count, facecolor="tomato" if inside else "0.7", edgecolor="w", label="with our neuron" if inside else None))
ax.set_xlim(edges[0] - 0.05, edges[-1] + 0.05)
ax.set_ylim(0, counts.max() + 1)
ax.legend()
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('number of neurons')
""",
    "hlines lollipop": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
ordered = response_stability.sort_values()
y = np.arange(1, len(ordered) + 1)
ax.hlines(y, 0, ordered, color="0.8")
ax.plot(ordered, y, "o", ms=3, color="0.3")
ax.plot(ours, y[ordered.index.get_loc(cell_specimen_id)], "D", color="r", label=f"cell {cell_specimen_id}")
ax.legend(loc="upper left")
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('neurons, sorted')
""",
    "sorted series float32": """
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)


def mean_responses(data_set, ids):
    \"\"\"Return the mean movie responses of many neurons: array (neurons, 900) of dF/F.\"\"\"
    _, dff = data_set.get_dff_traces()
    dff = dff[data_set.get_cell_specimen_indices(ids)]
    return np.mean([dff[:, start : start + 900] for start in starts_of_movie(data_set)], axis=0)


def row_correlations(x, y):
    \"\"\"Return the Pearson correlation of each row of x with the same row of y.\"\"\"
    return np.array([np.corrcoef(one, other)[0, 1] for one, other in zip(x, y)])


means_a = mean_responses(data_set_a, shared_ids)
means_b = mean_responses(data_set_b, shared_ids)
means_c = mean_responses(data_set_c, shared_ids)
response_stability = pd.Series(
    (row_correlations(means_a, means_b) + row_correlations(means_a, means_c) + row_correlations(means_b, means_c)) / 3,
    index=pd.Index(shared_ids, name="cell_specimen_id"),
    name="stability",
    dtype="float32",
).sort_values(ascending=False)

fig_stability, ax = plt.subplots()
response_stability.plot.hist(ax=ax, bins=20)
ax.axvline(response_stability[cell_specimen_id], color="k", label="our neuron")
ax.legend()
ax.set_xlabel("mean r")
ax.set_ylabel("neurons")
""",
    "ranked axis inverted": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
ordered = response_stability.sort_values()
ax.plot(ordered.to_numpy(), np.arange(len(ordered), 0, -1), "k.")
ax.plot(ours, len(ordered) - ordered.index.get_loc(cell_specimen_id), "rs", label="our neuron")
ax.invert_yaxis()
ax.legend()
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('rank among neurons (1: most stable)')
""",
    "percentile count steps": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
values, counts = np.unique(response_stability, return_counts=True)
ax.stairs(counts.cumsum(), np.append(values, values[-1] + 0.02), baseline=None)
ax.axvline(ours, c="r", label="our neuron")
ax.legend()
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('number of neurons with at most this stability')
""",
    "hist and box above": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
ax.hist(response_stability, bins=15, color="0.7")
ax.boxplot(response_stability, vert=False, positions=[12], widths=1, manage_ticks=False)
ax.plot(ours, 12, "r*", ms=12, label="our neuron")
ax.legend(loc="lower right")
ax.set_ylim(0, 14)
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('number of neurons')
""",
    "broken_barh": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
counts, edges = np.histogram(response_stability, bins=10)
for n, low, high in zip(counts, edges, edges[1:]):
    ax.broken_barh([(low, high - low)], (0, n), facecolor="0.6", edgecolor="w")
ax.axvline(ours, color="r", label="our neuron")
ax.legend()
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('number of neurons')
""",
    "ranks coloured by a map": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
ordered = response_stability.sort_values()
points = ax.scatter(ordered, range(1, len(ordered) + 1), c=ordered.index == cell_specimen_id, cmap="coolwarm", s=14)
ax.set_title("our neuron: red")
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('neuron, by rank')
""",
    "errorbar minmax": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
pairs = np.array([row_correlations(means_a, means_b), row_correlations(means_a, means_c), row_correlations(means_b, means_c)])
order = np.argsort(response_stability.to_numpy())
mean = response_stability.to_numpy()[order]
low, high = mean - pairs.min(axis=0)[order], pairs.max(axis=0)[order] - mean
ax.errorbar(np.arange(1, len(mean) + 1), mean, yerr=[low, high], fmt=".", color="0.4", elinewidth=0.5)
place = list(shared_ids[order]).index(cell_specimen_id)
ax.plot(place + 1, mean[place], "ro", label="our neuron")
ax.legend()
ax.set_xlabel('neurons, sorted')
ax.set_ylabel('mean correlation (bars: smallest and largest of three)')
""",
    "broken barh coloured": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
counts, edges = np.histogram(response_stability, bins=10)
for n, low, high in zip(counts, edges, edges[1:]):
    ax.broken_barh([(low, high - low)], (0, n), facecolor="r" if low <= ours <= high else "0.6", edgecolor="w")
ax.autoscale_view()
ax.set_title("red: with our neuron")
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('number of neurons')
""",
    "patch collection": (
        """
from matplotlib.collections import PatchCollection
"""
        + VALUES
        + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
counts, edges = np.histogram(response_stability, bins=12)
boxes = [plt.Rectangle((low, 0), high - low, n) for n, low, high in zip(counts, edges, edges[1:])]
inside = [low <= ours <= high for low, high in zip(edges, edges[1:])]
ax.add_collection(PatchCollection(boxes, facecolors=np.where(inside, "red", "lightblue"), edgecolors="k"))
ax.autoscale_view()
ax.set_title("our neuron is in the red bar")
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('number of neurons')
"""
    ),
    "dots from zero": VALUES
    + """
fig_stability, ax = plt.subplots(figsize=(7, 4))
ours = response_stability[cell_specimen_id]
edges = np.linspace(-0.2, 0.9, 23)
bins = np.digitize(response_stability, edges)
for b in np.unique(bins):
    inside = response_stability.index[bins == b]
    centre = (edges[b - 1] + edges[b]) / 2
    colours = ["red" if n == cell_specimen_id else "black" for n in inside]
    ax.scatter([centre] * len(inside), np.arange(len(inside)) + 0.5, c=colours, s=60)
ax.set_title("each dot is a neuron, ours is red")
ax.set_xlabel('response stability (mean correlation)')
ax.set_ylabel('number of neurons')
""",
}

MISTAKES = {
    "dots not marked": {"Our neuron is not marked.": ["our neuron not marked"]},
    "scatter stacks unmarked": {"Our neuron is not marked.": ["our neuron not marked"]},
    "one scatter each unmarked": {"Our neuron is not marked.": ["our neuron not marked"]},
    "dots nobody red": {"Our neuron is not marked.": ["our neuron not marked"]},
    "broken barh unmarked": {"Our neuron is not marked.": ["our neuron not marked"]},
    "dots another marked": {"Another neuron is marked.": ["another neuron marked"]},
    "scatter stacks another marked": {"Another neuron is marked.": ["another neuron marked"]},
    "broken barh wrong bin": {"Another bar is marked.": ["another neuron marked"]},
    "dots wrong red": {"Another neuron is marked.": ["another neuron marked"]},
    "counted labels exchanged": {
        "The names of x and y are exchanged.": ["names of the axes exchanged"]
    },
    "scatter stacks of r(A, B)": {"What is drawn is r(A, B).": ["other values drawn"]},
    "scatter stacks misplaced": {"The dots do not stand at the values.": ["other values drawn"]},
    "patch collection of AB": {"What is drawn is r(A, B).": ["other values drawn"]},
}
