"""Answers to question 7 that differ in the bands around the means, and in what these are called."""

# Students write long lines.
# ruff: noqa: E501

VALUES = """
responses = [movie_response(d, cell_specimen_id) for d in (data_set_a, data_set_b, data_set_c)]
mean_response_a, mean_response_b, mean_response_c = means = [r.mean(axis=0) for r in responses]
sem_response_a, sem_response_b, sem_response_c = sems = [r.std(axis=0, ddof=1) / 10**0.5 for r in responses]
t = np.arange(900) / 30.1
"""


def _bands(
    draw: str, label: str = "session {s}", y: str = "dF/F", after: str = "", values: str = VALUES
) -> str:
    """Three lines, and around each what is drawn with `k`, `m` and `e` of its session."""
    return f"""{values}
fig_movie, ax = plt.subplots(figsize=(11, 5))
for k, (s, m, e) in enumerate(zip("ABC", means, sems)):
    ax.plot(t, m, color=f"C{{k}}", label=f"{label}")
    {draw}
ax.set(xlabel="time in the movie (s)", ylabel={y!r})
ax.legend()
{after}
"""


def _wide(times: str) -> str:
    return f"ax.fill_between(t, m - {times} * e, m + {times} * e, color=f'C{{k}}', alpha=0.3)"


NAMED = "dF/F, mean ± s.e.m."
DEVIATION = VALUES.replace("/ 10**0.5 for", "for")
RIGHT = {
    "a band of one": _bands(_wide("1"), y=NAMED),
    "a band of one in percent": _bands(
        "ax.lines[-1].set_ydata(100 * m); ax.fill_between(t, 100 * (m - e), 100 * (m + e), alpha=0.3)",
        y="dF/F (%), mean ± s.e.m.",
        after="ax.relim(); ax.autoscale()",
    ),
    "a band of one, dividing by n": _bands(_wide("(9 / 10) ** 0.5"), y=NAMED),
    "a band of three, said so": _bands(_wide("3"), y="mean dF/F ± 3 s.e.m."),
    "a band of two, and one of one": _bands(
        _wide("1") + "; " + _wide("2"), y="dF/F", after="ax.set_title('bands: 1 and 2 s.e.m.')"
    ),
    "an interval, said so": _bands(_wide("2.26"), label="{s}, 95 % CI from the s.e.m."),
    "a deviation, said so": _bands(_wide("10**0.5"), label="{s}, mean ± s.d."),
    "a wide band without a name": _bands(_wide("5")),
    "errors beside the means, named so": _bands(
        "ax.fill_between(t, 0, e, color=f'C{k}', alpha=0.3, label=f's.e.m. of {s}')"
    ),
}
#: Of these the band follows from the student's own wrong values, and costs nothing more.
OWN = _bands(_wide("1"), y=NAMED, values=DEVIATION)
WRONG = {
    "three called one": _bands(_wide("3"), y=NAMED),
    "five called one in the legend": _bands(_wide("5"), label="{s}, mean +/- SEM"),
    "twice as wide, a title": _bands(
        _wide("2"), after="ax.set_title('Mean and standard error of the mean')"
    ),
    "a deviation called an error": _bands(_wide("10**0.5"), label="{s} ± sem"),
    "an error called a deviation": _bands(_wide("1"), y="dF/F (mean ± s.d.)"),
    "three called two": _bands(_wide("3"), y="mean dF/F ± 2 s.e.m."),
    "error bars three times as long": _bands(
        "ax.errorbar(t[::10], m[::10], 3 * e[::10], fmt='none', ecolor=f'C{k}')", y=NAMED
    ),
    "from zero to the error": _bands("ax.fill_between(t, 0, e, color=f'C{k}', alpha=0.3)"),
    "from zero to the error, called ±": _bands(
        "ax.fill_between(t, e, color=f'C{k}', alpha=0.3)", y=NAMED
    ),
    "around zero": _bands("ax.fill_between(t, -e, e, color=f'C{k}', alpha=0.3)", y=NAMED),
    "a deviation in the values and in the figure": OWN,
    "the mean added": _bands("pass", values=VALUES.replace("[r.std", "[r.mean(axis=0) + r.std")),
    "the mean less the error": _bands(
        "pass", values=VALUES.replace("[r.std(axis=0, ddof=1)", "[r.mean(axis=0) - r.std(axis=0)")
    ),
    "summed up in the figure": _bands("ax.lines[-1].set_ydata(np.cumsum(m)); ax.relim()"),
    "summed up": _bands(
        "pass", values=VALUES.replace("[r.mean(axis=0)", "[np.cumsum(r.mean(axis=0))")
    ),
    "all repeats in one colour for each session": VALUES
    + """
fig_movie, ax = plt.subplots(figsize=(10, 4))
for k in range(3):
    ax.plot(t, responses[k].T, color=f"C{k}", lw=0.5)
    ax.plot([], [], color=f"C{k}", label="ABC"[k])
ax.set_xlabel("Time in the movie (s)")
ax.set_ylabel("dF/F")
ax.legend()
""",
}

WIDTH = {"The band has another width than its name says.": ["a band of another width than named"]}
ZERO = {"The band lies around 0, not around the mean.": ["a band around zero"]}
EDGE = {"The mean is added to the error.": ["edge of the band"]}
SUMMED = {"The mean is summed up over time.": ["summed up over time"]}
#: What each wrong answer does, as a teacher would say it, and the names of mistakes that fit.
MISTAKES = {
    "three called one": WIDTH,
    "five called one in the legend": WIDTH,
    "twice as wide, a title": WIDTH,
    "a deviation called an error": WIDTH,
    "an error called a deviation": WIDTH,
    "three called two": WIDTH,
    "error bars three times as long": WIDTH,
    "from zero to the error": ZERO,
    "from zero to the error, called ±": ZERO,
    "around zero": ZERO,
    "a deviation in the values and in the figure": {
        "The standard deviation is given, not the error.": ["standard deviation for standard error"]
    },
    "the mean added": EDGE,
    "the mean less the error": EDGE,
    "summed up in the figure": SUMMED,
    "summed up": SUMMED,
    "all repeats in one colour for each session": {
        "Single repeats are drawn, not their mean.": ["a single repeat"]
    },
}
