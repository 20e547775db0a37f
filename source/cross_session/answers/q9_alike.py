"""Answers to question 9 that compare something else, or give it in another form or with a unit."""

# Students write long lines.
# ruff: noqa: E501

SHARED = """
ids_a, ids_b, ids_c = (d.get_cell_specimen_ids() for d in (data_set_a, data_set_b, data_set_c))
shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)
"""
MEANS = """
def mean_responses(data_set, ids):
    traces = data_set.get_dff_traces()[1][data_set.get_cell_specimen_indices(ids)]
    return np.mean([traces[:, s : s + 900] for s in starts_of_movie(data_set)], axis=0)

means_a, means_b, means_c = (mean_responses(d, shared_ids) for d in (data_set_a, data_set_b, data_set_c))
"""
ROWS = """
def row_correlations(x, y):
    x = x - x.mean(axis=1, keepdims=True)
    y = y - y.mean(axis=1, keepdims=True)
    return (x * y).sum(axis=1) / np.sqrt((x**2).sum(axis=1) * (y**2).sum(axis=1))
"""
STABILITY = """
r = [row_correlations(means_a, means_b), row_correlations(means_a, means_c), row_correlations(means_b, means_c)]
response_stability = pd.Series((r[0] + r[1] + r[2]) / 3, index=shared_ids)
"""


def _figure(x="mean correlation", values="response_stability") -> str:
    return f"""
fig_stability, ax = plt.subplots()
ax.hist({values}, bins=20)
ax.axvline(np.squeeze({values}.loc[cell_specimen_id]), color="red", label="our neuron")
ax.set(xlabel={x!r}, ylabel="number of neurons")
ax.legend()
"""


def _with(shared=SHARED, rows=ROWS, stability=STABILITY, figure=None) -> str:
    return shared + MEANS + rows + stability + (figure or _figure())


def _rows(result: str) -> str:
    return f"\ndef row_correlations(x, y):\n    return {result}\n"


RIGHT = {
    "what is correlated has a unit": _with(
        figure=_figure("mean correlation of the responses (dF/F)")
    ),
    "the bars have a name, and the line has none": _with(
        figure="""
fig_stability, ax = plt.subplots()
ax.hist(response_stability, color="C0", bins=20, label="mean of three correlations, all neurons")
ax.axvline(response_stability[cell_specimen_id], color="C0")
ax.set(xlabel="correlation(s), mean", ylabel="neurons")
ax.legend()
"""
    ),
}
WRONG = {
    "a table of one column": _with(
        stability=STABILITY.replace("pd.Series(", "pd.DataFrame(").replace(
            "index=", "columns=['stability'], index="
        )
    ),
    "a table of one column without a name": _with(
        stability=STABILITY + "response_stability = response_stability.to_frame()\n"
    ),
    "a unit of dF/F": _with(figure=_figure("Mean correlation (dF/F)")),
    "a unit of dF/F in square brackets": _with(figure=_figure("response stability [ΔF/F]")),
    "arbitrary units": _with(figure=_figure("mean correlation (a.u.)")),
    "spikes": _with(figure=_figure("response stability (spikes/s)")),
    "a unit after a comma": _with(figure=_figure("mean correlation, dF/F")),
    "A and B twice": _with(
        stability=STABILITY.replace("row_correlations(means_b, means_c)]", "r_ab]").replace(
            "r = [", "r_ab = row_correlations(means_a, means_b)\nr = ["
        )
    ),
    "in C, and in A or B": _with()
    + "shared_ids = np.intersect1d(np.union1d(ids_a, ids_b), ids_c)\n",
    "in A, and in B or C": _with()
    + "shared_ids = np.intersect1d(ids_a, np.union1d(ids_b, ids_c))\n",
    "without signs": _with(
        rows=ROWS.replace("return (x * y).sum(axis=1)", "return abs((x * y).sum(axis=1))")
    ),
    "without signs, at the end": _with(
        stability=STABILITY + "response_stability = response_stability.abs()\n"
    ),
    "the mean over the neurons taken off": _with(
        rows=ROWS.replace("mean(axis=1, keepdims=True)", "mean(axis=0)")
    ),
    "the mean over the neurons taken off, then r": _with(
        rows=_rows(
            "np.array([np.corrcoef(i, j)[0, 1] for i, j in zip(x - x.mean(axis=0), y - y.mean(axis=0))])"
        )
    ),
    "each with all others of a session": _with(
        rows=_rows("np.corrcoef(x, y)[:len(x), :len(x)].mean(axis=1)")
    ),
    "each with all of the other session": _with(
        rows=_rows("np.corrcoef(x, y)[:len(x), len(x):].mean(axis=1)")
    ),
    "each with all of both": _with(rows=_rows("np.corrcoef(x, y).mean(axis=1)[:len(x)]")),
}

TABLE = {"A table of one column is given, not a Series.": ["a table for a Series"]}
UNIT = {"A correlation has no unit.": ["another quantity named"]}
TWO = {"Neurons of two sessions are in.": ["neurons of two sessions"]}
SIGNS = {"The correlations have lost their signs.": ["absolute values"]}
CENTRED = {"The mean over the neurons is taken off.": ["centred across neurons"]}
OTHERS = {"Neurons are compared with others.": ["all neurons compared with each other"]}
#: What each wrong answer does, as a teacher would say it, and the names of mistakes that fit.
MISTAKES = {
    "a table of one column": TABLE,
    "a table of one column without a name": TABLE,
    "a unit of dF/F": UNIT,
    "a unit of dF/F in square brackets": UNIT,
    "arbitrary units": UNIT,
    "spikes": UNIT,
    "a unit after a comma": UNIT,
    "A and B twice": {"One pair counts twice.": ["one pair twice"]},
    "in C, and in A or B": TWO,
    "in A, and in B or C": TWO,
    "without signs": SIGNS,
    "without signs, at the end": SIGNS,
    "the mean over the neurons taken off": CENTRED,
    "the mean over the neurons taken off, then r": CENTRED,
    "each with all others of a session": OTHERS,
    "each with all of the other session": OTHERS,
    "each with all of both": OTHERS,
}
