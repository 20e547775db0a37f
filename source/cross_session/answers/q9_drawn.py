"""Answers to question 9 that draw it in a few words, rightly and wrongly."""

# Students write long lines.
# ruff: noqa: E501

VALUES = """
data_sets = data_set_a, data_set_b, data_set_c
shared_ids = np.array(sorted(set.intersection(*(set(d.get_cell_specimen_ids()) for d in data_sets))))
means = []
for d in data_sets:
    F = d.get_dff_traces()[1][d.get_cell_specimen_indices(shared_ids)]
    means.append(np.mean([F[:, s : s + 900] for s in starts_of_movie(d)], axis=0))
A, B, C = [(m - m.mean(1, keepdims=True)) / m.std(1, keepdims=True) for m in means]
response_stability = pd.Series(((A * B).mean(1) + (A * C).mean(1) + (B * C).mean(1)) / 3, index=shared_ids)
ours = response_stability[cell_specimen_id]
"""


def _drawn(draw: str, x: str = "mean correlation", y: str = "neurons") -> str:
    return f"""{VALUES}
fig_stability, ax = plt.subplots()
{draw}
ax.set(xlabel={x!r}, ylabel={y!r})
"""


WRONG = {
    "a row of colours": _drawn(
        'ax.imshow(response_stability.to_numpy()[None], aspect="auto")', "neuron", "stability"
    ),
    "drawn on another figure": VALUES
    + """
fig_stability, ax = plt.subplots()
plt.figure()
plt.hist(response_stability, bins=20)
plt.axvline(ours)
plt.xlabel("mean correlation")
plt.ylabel("neurons")
""",
}

RIGHT = {
    "on its side": _drawn(
        'ax.hist(response_stability, bins=20, orientation="horizontal"); ax.axhline(ours, color="r")',
        "neurons",
        "mean correlation",
    ),
    "a box, and ours as a star": _drawn(
        'ax.boxplot(response_stability.to_numpy()); ax.plot(1, ours, "r*")',
        "all shared neurons",
        "mean correlation",
    ),
    "the bar that ours is in": _drawn(
        "_, edges, bars = ax.hist(response_stability, bins=20); "
        'bars[np.searchsorted(edges, ours) - 1].set_facecolor("r")'
    ),
}

#: What each wrong answer does, and the names of mistakes that fit.
MISTAKES = {
    "a row of colours": {
        "The values are colours of an image.": ["an image in place of a histogram"]
    },
    "drawn on another figure": {"The figure stays empty.": ["nothing drawn"]},
}
