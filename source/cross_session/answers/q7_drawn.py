"""Answers to question 7 that draw it in a few words, rightly and wrongly."""

# Students write long lines.
# ruff: noqa: E501

VALUES = """
responses = [movie_response(d, cell_specimen_id) for d in (data_set_a, data_set_b, data_set_c)]
mean_response_a, mean_response_b, mean_response_c = means = [r.mean(axis=0) for r in responses]
sem_response_a, sem_response_b, sem_response_c = sems = [r.std(axis=0, ddof=1) / 10**0.5 for r in responses]
time = np.arange(900) / 30.1
"""
END = 'ax.set(xlabel="time in the movie (s)", ylabel="mean dF/F")\nax.legend()'


def _lines(draw: str, end: str = END) -> str:
    return f"""{VALUES}
fig_movie, ax = plt.subplots(figsize=(10, 4))
for i, (session, mean, sem) in enumerate(zip("ABC", means, sems)):
    {draw}
{end}
"""


WRONG = {
    "session C without a label": _lines("ax.plot(time, mean, label=session if i < 2 else None)"),
    "all lines black": _lines('ax.plot(time, mean, color="k", label=session)'),
    "drawn on another figure": VALUES
    + """
fig_movie, ax = plt.subplots()
plt.figure()
for mean, session in zip(means, "ABC"):
    plt.plot(time, mean, label=session)
plt.legend()
""",
    "backwards": _lines("ax.plot(time[::-1], mean, label=session)"),
}

RIGHT = {
    "black lines, each with its name beside it": _lines(
        'ax.plot(time, mean + i, "k"); ax.text(30, i, f"session {session}")',
        'ax.set(xlabel="time (s)", ylabel="dF/F, each lifted by 1")',
    ),
    "black, in three styles": _lines(
        'ax.plot(time, mean, "k" + ["-", "--", ":"][i], label=session)'
    ),
    "black, in three widths": _lines('ax.plot(time, mean, color="k", lw=0.5 + i, label=session)'),
    "one legend for bands and lines": _lines(
        "[line] = ax.plot(time, mean); "
        "ax.fill_between(time, mean - sem, mean + sem, alpha=0.3, color=line.get_color(), label=session)"
    ),
    "black, a panel each, one legend": VALUES
    + """
fig_movie, axes = plt.subplots(1, 3, sharey=True)
for ax, mean, sem, session in zip(axes, means, sems, "ABC"):
    ax.plot(time, mean, "k", label="mean")
    ax.fill_between(time, mean - sem, mean + sem, color="0.7", label="s.e.m.")
    ax.set(title="session " + session, xlabel="time (s)", ylabel="dF/F")
axes[0].legend()
""",
    "the mean of all three besides": _lines(
        "ax.plot(time, mean, label=session)",
        'ax.plot(time, np.mean(means, axis=0), "k--", label="mean of the three")\n' + END,
    ),
}

#: What each wrong answer does, and the names of mistakes that fit.
MISTAKES = {
    "session C without a label": {"The legend leaves session C out.": ["a session without a name"]},
    "all lines black": {"No line can be told from another.": ["lines that look the same"]},
    "drawn on another figure": {"The figure stays empty.": ["nothing drawn"]},
    "backwards": {"The responses run backwards.": ["drawn backwards in time"]},
}
