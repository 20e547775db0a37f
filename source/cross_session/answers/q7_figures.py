"""Answers to question 7 that differ in how the mean responses are drawn, and what is written there."""

# Students write long lines.
# ruff: noqa: E501

VALUES = """
responses = [movie_response(d, cell_specimen_id) for d in (data_set_a, data_set_b, data_set_c)]
means = mean_response_a, mean_response_b, mean_response_c = [r.mean(axis=0) for r in responses]
sems = sem_response_a, sem_response_b, sem_response_c = [r.std(axis=0, ddof=1) / 10**0.5 for r in responses]
t = np.arange(900) / 30.1
"""


def _one(draw: str, x: str = "time in the movie (s)", y: str = "dF/F", after: str = "") -> str:
    """One pair of axes, drawn with what there is of each session: `k`, `session`, `m` and `e`."""
    lines = "\n".join(f"    {line}" for line in draw.strip().splitlines())
    return f"""{VALUES}
fig_movie, ax = plt.subplots(figsize=(11, 5))
for k, (session, m, e) in enumerate(zip("ABC", means, sems)):
{lines}
ax.set_xlabel({x!r})
ax.set_ylabel({y!r})
ax.legend()
{after}
"""


def _three(draw: str, x: str = "time in the movie (s)", y: str = "dF/F") -> str:
    """Three panels, drawn with the same."""
    lines = "\n".join(f"    {line}" for line in draw.strip().splitlines())
    return f"""{VALUES}
fig_movie, axes = plt.subplots(3, 1, figsize=(9, 8))
for k, (ax, session, m, e) in enumerate(zip(axes, "ABC", means, sems)):
{lines}
    ax.set(title=f"Session {{session}}", xlabel={x!r}, ylabel={y!r})
"""


NAMED = 'label=f"session {session}"'
RIGHT = {
    "frames, and the formatter makes seconds": _one(
        f"ax.plot(m, {NAMED})",
        after='ax.xaxis.set_major_formatter(plt.FuncFormatter(lambda v, pos: "%.1f" % (v / 30)))',
    ),
    "frames, and seconds written at the ticks": _one(
        f"ax.plot(m, {NAMED})", after="ax.set_xticks(np.arange(0, 901, 150), np.arange(0, 31, 5))"
    ),
    "areas in three panels": _three("ax.fill_between(t, 0, m)"),
    "areas that can be seen through": _one(f"ax.fill_between(t, m, alpha=0.4, {NAMED})"),
    "stairs": _one(f"ax.stairs(m, np.arange(901) / 30.1, {NAMED})"),
    "points": _one(f"ax.scatter(t, m, s=4, {NAMED})"),
    "every fifth point": _one(f'ax.plot(t[::5], m[::5], "o-", ms=2, {NAMED})'),
    "error bars at every tenth frame": _one(
        f"ax.errorbar(t[::10], m[::10], yerr=e[::10], capsize=2, {NAMED})"
    ),
    "a collection of lines": _one(
        f"""
from matplotlib.collections import LineCollection
ax.add_collection(LineCollection([np.c_[t, m]], colors=f"C{{k}}", {NAMED}))
ax.autoscale()
"""
    ),
    "milliseconds": _one(f"ax.plot(t * 1000, m, {NAMED})", "time in the movie (ms)"),
    "minutes": _one(f"ax.plot(t / 60, m, {NAMED})", "time from the start of the movie (min)"),
    "percent": _three("ax.plot(t, 100 * m)", y="dF/F (%)"),
    "bands as two thin lines": _three(
        """
ax.plot(t, m, "k")
ax.plot(t, m - e, "k:", lw=0.5)
ax.plot(t, m + e, "k:", lw=0.5)
"""
    ),
    "bands twice as wide": _one(
        f"""
ax.plot(t, m, {NAMED})
ax.fill_between(t, m - 1.96 * e, m + 1.96 * e, alpha=0.3)
""",
        y="dF/F (mean and 95 % interval)",
    ),
    "bands of the standard deviation, said so": _three(
        """
ax.plot(t, m)
ax.fill_between(t, m - e * 10**0.5, m + e * 10**0.5, alpha=0.3, label="s.d.")
ax.legend()
"""
    ),
    "lifted, which the name says": _one(
        f"ax.plot(t, m + 2 * k, {NAMED})", y="dF/F (shifted by 2 from session to session)"
    ),
    "lifted, with ticks that say so": _one(
        f"ax.plot(t, m + 2 * k, {NAMED})",
        after='ax.set_yticks([0, 1, 2, 3, 4, 5], ["0", "1", "0", "1", "0", "1"])',
    ),
    "divided by the peak, which the name says": _one(
        f"ax.plot(t, m / m.max(), {NAMED})", y="dF/F divided by its maximum"
    ),
    "frames above": _one(
        f"ax.plot(t, m, {NAMED})",
        after='above = ax.twiny(); above.set_xlim(np.array(ax.get_xlim()) * 30.1); above.set_xlabel("imaging frame")',
    ),
    "session B on an axis of its own": VALUES
    + """
fig_movie, ax = plt.subplots()
right = ax.twinx()
lines = [axis.plot(t, m, f"C{k}")[0] for k, (axis, m) in enumerate(zip([ax, right, ax], means))]
ax.legend(lines, ["session A", "session B (right)", "session C"])
ax.set(xlabel="time (s)", ylabel="dF/F, sessions A and C")
right.set_ylabel("dF/F, session B")
""",
    "names by texts of the figure": VALUES
    + """
fig_movie, axes = plt.subplots(3, 1, sharex=True)
for ax, session, m in zip(axes, "ABC", means):
    ax.step(t, m)
    ax.text(0.01, 0.9, session, transform=ax.transAxes, fontweight="bold")
fig_movie.text(0.5, 0.01, "seconds from the start of the movie", ha="center")
fig_movie.text(0.01, 0.5, "mean ΔF/F", va="center", rotation="vertical")
""",
    "time differences of pandas": _one(
        f'pd.Series(m, index=pd.to_timedelta(t, unit="s")).plot(ax=ax, {NAMED})',
        "time in the movie (h:min:s)",
    ),
    "the first ten seconds": _one(f"ax.plot(t[:300], m[:300], {NAMED})"),
    "percent of the baseline by a formatter": _one(
        f"ax.plot(t, m, {NAMED})",
        after='ax.yaxis.set_major_formatter(lambda v, pos: f"{100 * v:.0f} %")',
    ),
}

LINE = f"ax.plot(t, m, {NAMED})"
SESSION_TIME = """
s = [movie_starts_a, movie_starts_b, movie_starts_c][k][0]
own = [timestamps_a, timestamps_b, timestamps_c][k][s : s + 900]
"""
WRONG = {
    "time in the session": _one(SESSION_TIME + f"ax.plot(own, m, {NAMED})", "time (s)"),
    "time in the session, in three panels": _three(
        SESSION_TIME + "ax.plot(own, m)", "time in the session (s)"
    ),
    "time in the session, said to be the movie's": _three(
        SESSION_TIME + "ax.fill_between(own, 0, m)", "time in the movie (s)"
    ),
    "frames of the session": _three(
        SESSION_TIME + "ax.plot(np.arange(s, s + 900), m)", "imaging frame"
    ),
    "divided by the peak, called dF/F": _one(f"ax.plot(t, m / np.max(m), {NAMED})"),
    "divided by the peak in panels, called mean dF/F": _three(
        "ax.plot(t, m / m.max())", y="mean dF/F"
    ),
    "lifted, called dF/F": _one(f"ax.plot(t, m + 2 * k, {NAMED})"),
    "the sum of the repeats, called dF/F": _one(f"ax.plot(t, 10 * m, {NAMED})"),
    "every band session A's": _three(
        """
ax.plot(t, m)
ax.fill_between(t, mean_response_a - sem_response_a, mean_response_a + sem_response_a, alpha=0.3)
"""
    ),
    "every band as wide as session A's": _one(
        f"{LINE}\nax.fill_between(t, m - sem_response_a, m + sem_response_a, alpha=0.3)"
    ),
    "every error bar session A's": _one(
        f"ax.errorbar(t[::5], m[::5], sem_response_a[::5], {NAMED})"
    ),
    "y named spikes": _one(LINE, y="spikes per second"),
    "y named firing rate, points": _one(f"ax.scatter(t, m, s=3, {NAMED})", y="mean firing rate"),
    "names exchanged": _one(LINE, "dF/F", "time in the movie (s)"),
    "percent written at a ratio": _one(LINE, y="dF/F (%)"),
    "percent named as a ratio": _three("ax.plot(t, 100 * m)"),
    "milliseconds named seconds": _one(f"ax.plot(t * 1000, m, {NAMED})"),
    "seconds named frames": _one(f"ax.step(t, m, {NAMED})", "imaging frame"),
    "seconds at the ticks, the name says frames": _one(
        f"ax.plot(m, {NAMED})",
        "imaging frame",
        after="ax.set_xticks(np.arange(0, 901, 150), np.arange(0, 31, 5))",
    ),
    "a formatter that makes minutes, the name says seconds": _one(
        LINE, after='ax.xaxis.set_major_formatter(lambda v, pos: f"{v / 60:.2f}")'
    ),
    "half a second": _one(f"ax.plot(t[:15], m[:15], {NAMED})"),
    "a window after the end": _one(LINE, after="ax.set_xlim(100, 130)"),
    "areas, all session A's": _three("ax.fill_between(t, 0, mean_response_a)"),
    "texts of the figure exchanged": VALUES
    + """
fig_movie, axes = plt.subplots(3, 1, sharex=True)
for ax, session, m in zip(axes, "ABC", means):
    ax.plot(t, m)
    ax.set_title(session)
fig_movie.text(0.5, 0.01, "mean dF/F", ha="center")
fig_movie.text(0.01, 0.5, "time (s)", va="center", rotation="vertical")
""",
}

NAMES_EXCHANGED = {"The names of x and y are exchanged.": ["names of the axes exchanged"]}
QUANTITY = {"The y axis is named as another quantity.": ["another quantity named"]}
PERCENT = {"Percent are mixed up with ratios.": ["percent and fraction mixed up"]}
UNIT = {"The name of the x axis has another unit than its ticks.": ["wrong unit of time"]}
CHANGED = {"The values were changed, and the name says dF/F.": ["changed values called dF/F"]}
WINDOW = {"Nothing that is drawn can be seen.": ["an empty window"]}
SHORT = {"So short a piece shows nothing.": ["too short a piece"]}
SAME = {"The same session is drawn three times.": ["one session for all"]}
TIME = {"Time is that in the session, not in the movie.": ["time in the session"]}
SUM = {"The sum is drawn, not the mean.": ["changed values called dF/F", "a sum, not a mean"]}
BAND = {"A band is another session's.": ["another session's band"]}
#: What each wrong answer does, as a teacher would say it, and the names of mistakes that fit.
MISTAKES = {
    "time in the session": TIME,
    "time in the session, in three panels": TIME,
    "time in the session, said to be the movie's": TIME,
    "frames of the session": TIME,
    "divided by the peak, called dF/F": CHANGED,
    "divided by the peak in panels, called mean dF/F": CHANGED,
    "lifted, called dF/F": CHANGED,
    "the sum of the repeats, called dF/F": SUM,
    "every band session A's": BAND,
    "every band as wide as session A's": BAND,
    "every error bar session A's": BAND,
    "y named spikes": QUANTITY,
    "y named firing rate, points": QUANTITY,
    "names exchanged": NAMES_EXCHANGED,
    "texts of the figure exchanged": NAMES_EXCHANGED,
    "percent written at a ratio": PERCENT,
    "percent named as a ratio": PERCENT,
    "milliseconds named seconds": UNIT,
    "seconds named frames": UNIT,
    "seconds at the ticks, the name says frames": UNIT,
    "a formatter that makes minutes, the name says seconds": UNIT,
    "half a second": SHORT,
    "a window after the end": WINDOW,
    "areas, all session A's": SAME,
}
