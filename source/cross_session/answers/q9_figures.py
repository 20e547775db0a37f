"""Answers to question 9 that differ in how the spread is drawn, and what is written there."""

# Students write long lines.
# ruff: noqa: E501

VALUES = """
data_sets = data_set_a, data_set_b, data_set_c
shared_ids = np.array(sorted(set.intersection(*(set(d.get_cell_specimen_ids()) for d in data_sets))))
means = []
for d in data_sets:
    F = d.get_dff_traces()[1]
    means.append(np.mean([F[:, s : s + 900] for s in starts_of_movie(d)], axis=0)[d.get_cell_specimen_indices(shared_ids)])
A, B, C = [(m - m.mean(1, keepdims=True)) / m.std(1, keepdims=True) for m in means]
response_stability = pd.Series(((A * B).mean(1) + (A * C).mean(1) + (B * C).mean(1)) / 3, index=shared_ids)
ours = response_stability[cell_specimen_id]
import seaborn as sns
"""
MARK = 'ax.axvline(ours, color="r", label="our neuron")\n'


def _drawn(
    draw: str, x: str = "response stability", y: str = "number of neurons", mark: str = MARK
) -> str:
    return f"""{VALUES}
fig_stability, ax = plt.subplots(figsize=(8, 4))
{draw}
{mark}ax.set_xlabel({x!r})
ax.set_ylabel({y!r})
"""


COUNTS = "counts, edges = np.histogram(response_stability, bins=np.arange(-0.3, 1.05, 0.1))\n"
HISTOGRAM = "ax.hist(response_stability, bins=20)"
TWO_LINES = (
    'ax.axvline({}, color="r", label="our neuron")\n'
    'ax.axvline({}, color="k", ls="--", label="mean of all")\nax.legend()\n'
)
SORTED = "s = response_stability.sort_values()\n"
PLACE = "place = s.index.get_loc(cell_specimen_id)\n"
RANK = "neuron, from the least to the most stable"
RIGHT = {
    "counts in steps": _drawn(COUNTS + 'ax.step(edges, np.append(counts, 0), where="post")'),
    "counts in steps around the middle": _drawn(
        COUNTS + 'ax.step((edges[1:] + edges[:-1]) / 2, counts, where="mid")'
    ),
    "counts in steps before": _drawn(COUNTS + 'ax.step(edges[1:], counts, where="pre")'),
    "counts as stairs": _drawn(COUNTS + "ax.stairs(counts, edges, fill=True)"),
    "counts as bars": _drawn(
        COUNTS + 'ax.bar(edges[:-1], counts, width=np.diff(edges), align="edge", edgecolor="w")'
    ),
    "counts as lying bars": _drawn(
        COUNTS + "ax.barh((edges[1:] + edges[:-1]) / 2, counts, height=0.09)",
        "number of neurons",
        "response stability",
        'ax.axhline(ours, color="r")\n',
    ),
    "counts as an area": _drawn(COUNTS + 'ax.fill_between(edges[:-1], counts, step="post")'),
    "counts as a line of points": _drawn(COUNTS + 'ax.plot(edges[:-1] + 0.05, counts, "o-")'),
    "a density as a line": _drawn(
        """
p, edges = np.histogram(response_stability, bins=15, density=True)
ax.plot((edges[1:] + edges[:-1]) / 2, p)
""",
        y="probability density",
    ),
    "two lines, each with its name": _drawn(
        HISTOGRAM, mark=TWO_LINES.format("ours", "response_stability.mean()")
    ),
    "seaborn's steps": _drawn('sns.histplot(response_stability, element="step", ax=ax)'),
    "seaborn's steps of a given width": _drawn(
        'sns.histplot(x=response_stability.astype("float32"), element="step", binwidth=0.08, ax=ax)'
    ),
    "seaborn's polygon": _drawn('sns.histplot(response_stability, element="poly", bins=15, ax=ax)'),
    "seaborn's steps without a filling": _drawn(
        'sns.histplot(response_stability, element="step", fill=False, bins=20, ax=ax)'
    ),
    "seaborn's density in steps": _drawn(
        'sns.histplot(response_stability, element="step", stat="density", ax=ax)', y="density"
    ),
    "seaborn's bars, smoothed too": _drawn("sns.histplot(response_stability, kde=True, ax=ax)"),
    "seaborn's share in percent": _drawn(
        'sns.histplot(response_stability, stat="percent", ax=ax)', y="neurons (%)"
    ),
    "seaborn's smoothed density": _drawn(
        "sns.kdeplot(response_stability, fill=True, ax=ax)", y="density of neurons"
    ),
    "seaborn's share up to each value": _drawn(
        "sns.ecdfplot(response_stability, ax=ax)", y="share of neurons up to this stability"
    ),
    "cumulative counts": _drawn(
        "ax.hist(response_stability, bins=30, cumulative=True)", y="cumulative number of neurons"
    ),
    "cumulative in seaborn's steps": _drawn(
        'sns.histplot(response_stability, element="step", cumulative=True, stat="density", ax=ax)',
        y="cumulative proportion of neurons",
    ),
    "the share of neurons above": _drawn(
        SORTED + 'ax.step(s, 1 - np.arange(len(s)) / len(s), where="post")',
        y="fraction of neurons with more",
    ),
    "a share in percent, by a formatter": _drawn(
        """
from matplotlib.ticker import PercentFormatter
ax.hist(response_stability, bins=20, weights=np.full(len(response_stability), 1 / len(response_stability)))
ax.yaxis.set_major_formatter(PercentFormatter(1))
""",
        y="neurons",
    ),
    "seaborn's strip, ours a star": _drawn(
        "sns.stripplot(x=response_stability, color='0.5', ax=ax)",
        y="all shared neurons",
        mark='ax.plot(ours, 0, "r*", ms=15, zorder=5)\n',
    ),
    "seaborn's swarm": _drawn("sns.swarmplot(x=response_stability, size=3, ax=ax)", y="neurons"),
    "a swarm that stands, ours in red": _drawn(
        "sns.swarmplot(y=response_stability, size=3, ax=ax)",
        "neurons",
        "response stability",
        'ax.scatter(0, ours, color="r", zorder=9)\n',
    ),
    "a box with all points": _drawn(
        """
sns.boxplot(x=response_stability, ax=ax, color="w", fliersize=0)
sns.stripplot(x=response_stability, ax=ax, size=3, color="k")
""",
        y="neurons",
    ),
    "a violin": _drawn("sns.violinplot(x=response_stability, ax=ax)", y="neurons (density)"),
    "vertical lines of the sorted values": _drawn(
        SORTED + PLACE + 'ax.vlines(np.arange(1, len(s) + 1), 0, s, color="0.6")',
        RANK,
        "mean correlation",
        'ax.plot(place + 1, ours, "ro")\n',
    ),
    "horizontal lines of the sorted values": _drawn(
        SORTED + PLACE + 'ax.hlines(np.arange(len(s)), 0, s, color="0.6")',
        "mean correlation",
        "neuron (sorted)",
        'ax.hlines(place, 0, ours, color="r")\n',
    ),
    "stems of the sorted values": _drawn(
        SORTED + PLACE + 'ax.stem(s.to_numpy(), markerfmt=".")',
        RANK,
        "response stability",
        'ax.annotate("our neuron", (place, ours), xytext=(5, 0.9), arrowprops={"arrowstyle": "->"})\n',
    ),
    "sorted bars, ours in another color": _drawn(
        SORTED
        + 'ax.bar(range(len(s)), s, color=["red" if i == cell_specimen_id else "0.7" for i in s.index])',
        "neuron (sorted; ours is red)",
        "response stability",
        "",
    ),
    "sorted points, ours with a level line": _drawn(
        'ax.plot(np.sort(response_stability)[::-1], ".")',
        "neurons by rank",
        "r",
        'ax.axhline(ours, ls="--", color="k")\n',
    ),
    "counted by value, categories as ticks": _drawn(
        """
counted = response_stability.round(1).value_counts().sort_index()
counted.plot.bar(ax=ax, color=["tab:red" if v == round(ours, 1) else "tab:gray" for v in counted.index])
""",
        "response stability, rounded (ours: red)",
        mark="",
    ),
    "intervals as text, ours by a line": _drawn(
        """
counted = pd.cut(response_stability, np.linspace(-0.4, 1, 15)).value_counts().sort_index()
ax.bar(counted.index.astype(str), counted.values)
ax.tick_params(axis="x", rotation=90)
""",
        mark='ax.axvline(list(counted.index).index([i for i in counted.index if ours in i][0]), color="r")\n',
    ),
    "ticks relabelled in words": _drawn(
        'ax.hist(response_stability, bins=20)\nax.set_xticks([0, 0.5, 1], ["0 (unlike)", "0.5", "1 (the same)"])'
    ),
    "every neuron a tick": _drawn(
        'ax.eventplot(response_stability, color="0.6")', y="all neurons (one tick each)"
    ),
    "our bar in another color": _drawn(
        """
_, edges, bars = ax.hist(response_stability, bins=20, color="0.7")
bars[np.searchsorted(edges, ours) - 1].set_facecolor("tab:orange")
""",
        "response stability (orange: where our neuron is)",
        mark="",
    ),
    "an arrow at our neuron": _drawn(
        "ax.hist(response_stability, bins=20)",
        mark='ax.annotate("our neuron", xy=(ours, 1), xytext=(ours, 8), arrowprops={"arrowstyle": "->"})\n',
    ),
    "names by texts of the figure": VALUES
    + """
fig_stability, ax = plt.subplots()
ax.hist(response_stability, bins=20, density=True)
ax.axvline(ours)
fig_stability.supxlabel("mean r of three pairs of sessions")
fig_stability.text(0.02, 0.5, "density", rotation=90, va="center")
""",
}

OTHER = "other = response_stability.drop(cell_specimen_id)\nother = other.iloc[(other - ours).abs().argmax()]\n"
WRONG = {
    "names exchanged": _drawn(
        COUNTS + "ax.stairs(counts, edges)", "number of neurons", "response stability"
    ),
    "names of sorted values exchanged": _drawn(
        SORTED + PLACE + "ax.vlines(range(len(s)), 0, s)",
        "response stability",
        RANK,
        'ax.plot(place, ours, "ro")\n',
    ),
    "a density called a number": _drawn("ax.hist(response_stability, bins=20, density=True)"),
    "a smoothed density called a number": _drawn("sns.kdeplot(response_stability, ax=ax)"),
    "a density in steps called a count": _drawn(
        'sns.histplot(response_stability, element="step", stat="density", ax=ax)', y="count"
    ),
    "numbers called a density": _drawn(HISTOGRAM, y="probability density"),
    "numbers called percent": _drawn(
        COUNTS + "ax.bar(edges[:-1] + 0.05, counts, width=0.1)", y="neurons (%)"
    ),
    "shares called percent": _drawn(
        "ax.hist(response_stability, bins=20, weights=np.full(len(response_stability), 1 / len(response_stability)))",
        y="neurons (%)",
    ),
    "a share up to each value called a number": _drawn("sns.ecdfplot(response_stability, ax=ax)"),
    "the correlation in percent": _drawn(HISTOGRAM, "response stability (%)"),
    "x named a time": _drawn(HISTOGRAM, "time (s)"),
    "x named dF/F": _drawn('sns.histplot(response_stability, element="poly", ax=ax)', "dF/F"),
    "a window beside all values": _drawn(HISTOGRAM + "\nax.set_xlim(2, 3)"),
    "one pair's correlations in steps": _drawn(
        'ax.hist((A * B).mean(1), bins=25, histtype="stepfilled")'
    ),
    "one pair's correlations, smoothed": _drawn("sns.kdeplot((A * C).mean(1), ax=ax)", y="density"),
    "another pair's correlations, smoothed": _drawn(
        "sns.kdeplot((A * B).mean(1), ax=ax)", y="density"
    ),
    "a pair's correlations, counted and smoothed": _drawn(
        "sns.histplot((A * B).mean(1), bins=10, kde=True, ax=ax)"
    ),
    "one pair's correlations, sorted lines": _drawn(
        "ax.vlines(range(len(shared_ids)), 0, np.sort((B * C).mean(1)))",
        RANK,
        "response stability",
        'ax.axhline(ours, color="r")\n',
    ),
    "a strip of the ids": _drawn("sns.stripplot(x=shared_ids, ax=ax)", y="neurons"),
    "categories one place off": _drawn(
        """
counted = response_stability.round(1).value_counts().sort_index()
ax.bar(range(len(counted)), counted.values, color=["r" if v == round(ours, 1) else "0.6" for v in counted.index])
ax.set_xticks(range(len(counted)), np.round(counted.index.to_numpy() + 0.3, 1))
""",
        mark="",
    ),
    "another neuron marked": _drawn(
        HISTOGRAM, mark=OTHER + 'ax.axvline(other, color="r", label="our neuron"); ax.legend()\n'
    ),
    "the highest marked as ours": _drawn(
        COUNTS + "ax.stairs(counts, edges)",
        mark='ax.axvline(response_stability.min(), color="r", label="our neuron"); ax.legend()\n',
    ),
    "two lines, each with the other's name": _drawn(
        HISTOGRAM, mark=TWO_LINES.format("response_stability.mean()", "ours")
    ),
    "our line called the mean of all": _drawn(
        HISTOGRAM, mark='ax.axvline(ours, color="r", label="mean of all neurons")\nax.legend()\n'
    ),
    "a correlation in seconds": _drawn(HISTOGRAM, "mean correlation (s)"),
    "the median alone marked": _drawn(
        HISTOGRAM,
        mark='ax.axvline(response_stability.median(), color="k", label="median")\nax.legend()\n',
    ),
    "our cell index marked": _drawn(
        "sns.ecdfplot(response_stability, ax=ax)",
        y="share of neurons",
        mark="ax.axvline(response_stability.iloc[3], color='r')\n",
    ),
    "another neuron marked among sorted ones": _drawn(
        SORTED + 'ax.vlines(range(len(s)), 0, s, color="0.5")',
        RANK,
        "response stability",
        'ax.vlines(12, 0, s.iloc[12], color="r", lw=2)\n',
    ),
    "none marked": _drawn(HISTOGRAM, mark=""),
    "none marked, smoothed": _drawn("sns.kdeplot(response_stability, ax=ax)", y="density", mark=""),
    "none marked, sorted points": _drawn(
        SORTED + 'ax.plot(s.values, ".")', RANK, "response stability", ""
    ),
}

NAMES_EXCHANGED = {"The names of x and y are exchanged.": ["names of the axes exchanged"]}
MEASURE = {
    "Number, share, percent or density are mixed up.": ["number, share and density mixed up"]
}
QUANTITY = {"The values are named as another quantity.": ["another quantity named"]}
WINDOW = {"Nothing that is drawn can be seen.": ["an empty window"]}
PAIR = {"One pair's correlations are drawn.": ["other values drawn", "only one pair of sessions"]}
IDS = {"The ids are drawn.": ["ids in place of values"]}
OTHERS = {"The categories are named wrongly.": ["other values drawn"]}
MARKED = {"Another neuron is marked.": ["another neuron marked"]}
CALLED = {"The line at our neuron's value is called another.": ["our neuron called otherwise"]}
NO_MARK = {"Our neuron is not marked.": ["our neuron not marked"]}
#: What each wrong answer does, as a teacher would say it, and the names of mistakes that fit.
MISTAKES = {
    "names exchanged": NAMES_EXCHANGED,
    "names of sorted values exchanged": NAMES_EXCHANGED,
    "a density called a number": MEASURE,
    "a smoothed density called a number": MEASURE,
    "a density in steps called a count": MEASURE,
    "numbers called a density": MEASURE,
    "numbers called percent": MEASURE,
    "shares called percent": MEASURE,
    "a share up to each value called a number": MEASURE,
    "the correlation in percent": QUANTITY,
    "x named a time": QUANTITY,
    "x named dF/F": QUANTITY,
    "a window beside all values": WINDOW,
    "one pair's correlations in steps": PAIR,
    "one pair's correlations, smoothed": PAIR,
    "another pair's correlations, smoothed": PAIR,
    "a pair's correlations, counted and smoothed": PAIR,
    "one pair's correlations, sorted lines": PAIR,
    "a strip of the ids": IDS,
    "categories one place off": OTHERS,
    "another neuron marked": MARKED,
    "the highest marked as ours": MARKED,
    "our cell index marked": MARKED,
    "another neuron marked among sorted ones": MARKED,
    "two lines, each with the other's name": CALLED,
    "our line called the mean of all": CALLED,
    "a correlation in seconds": QUANTITY,
    "the median alone marked": NO_MARK,
    "none marked": NO_MARK,
    "none marked, smoothed": NO_MARK,
    "none marked, sorted points": NO_MARK,
}
