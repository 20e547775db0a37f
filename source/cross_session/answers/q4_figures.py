"""Answers to question 4 that differ in how the three traces are drawn, and what is written there."""

# Students write long lines.
# ruff: noqa: E501

TRACES = """
timestamps_a, (dff_a,) = data_set_a.get_dff_traces([cell_specimen_id])
timestamps_b, (dff_b,) = data_set_b.get_dff_traces([cell_specimen_id])
timestamps_c, (dff_c,) = data_set_c.get_dff_traces([cell_specimen_id])
times, traces = [timestamps_a, timestamps_b, timestamps_c], [dff_a, dff_b, dff_c]
starts = [d.get_stimulus_table("natural_movie_one").start.min() for d in (data_set_a, data_set_b, data_set_c)]
"""


def _each(draw: str, x: str = "time (s)", y: str = "dF/F", after: str = "") -> str:
    """Three panels, each drawn with what there is of `session`, `t`, `d` and `start`."""
    lines = "\n".join(f"    {line}" for line in draw.strip().splitlines())
    return f"""{TRACES}
fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7))
for ax, session, t, d, start in zip(axes, "ABC", times, traces, starts):
{lines}
    ax.set_title(f"Session {{session}}")
    ax.set_xlabel({x!r})
    ax.set_ylabel({y!r})
{after}
"""


RIGHT = {
    "a filled area, in steps": _each('ax.fill_between(t[::4], d[::4], step="mid", lw=0)'),
    "a filled area over its own line": _each(
        """
ax.plot(t[::5], d[::5], "k", lw=0.3)
ax.fill_between(t[::5], 0, d[::5], where=d[::5] > 0, color="0.7")
"""
    ),
    "the area between the trace and below": _each("ax.fill_between(t[::3], -0.5, d[::3])"),
    "a collection of lines, coloured by the time": _each(
        """
from matplotlib.collections import LineCollection
points = np.column_stack([t, d])[::4]
pieces = np.stack([points[:-1], points[1:]], axis=1)
ax.add_collection(LineCollection(pieces, array=points[:-1, 0], cmap="viridis", lw=0.5))
ax.autoscale()
"""
    ),
    "a collection of one line": _each(
        """
from matplotlib.collections import LineCollection
ax.add_collection(LineCollection([np.c_[t, d]], linewidths=0.4))
ax.set_xlim(t[0], t[-1])
ax.set_ylim(d.min(), d.max())
"""
    ),
    "stairs": _each("ax.stairs(d[::5][:-1], t[::5])"),
    "steps": _each('ax.step(t[::2], d[::2], where="post", lw=0.4)'),
    "a line from 0 to each tenth point": _each("ax.vlines(t[::10], 0, d[::10], lw=0.3)"),
    "bars of every hundredth point": _each("ax.bar(t[::100], d[::100], width=3)"),
    "stems in a minute": _each(
        """
w = (t >= 1500) & (t < 1560)
ax.stem(t[w], d[w], markerfmt=" ", basefmt=" ")
"""
    ),
    "points coloured by their height": _each(
        'ax.scatter(t[::7], d[::7], c=d[::7], s=2, cmap="hot")'
    ),
    "markers without a line": _each('ax.plot(t[::9], d[::9], ".", ms=1)'),
    "minutes by a formatter": _each(
        """
ax.plot(t, d, lw=0.3)
ax.xaxis.set_major_formatter(plt.FuncFormatter(lambda v, pos: f"{v / 60:g}"))
""",
        "time (min)",
    ),
    "minutes and seconds by a formatter": _each(
        """
ax.plot(t[::3], d[::3], lw=0.3)
ax.xaxis.set_major_formatter(lambda v, pos: f"{int(v // 60):d}:{int(v % 60):02d}")
""",
        "time (min:s)",
    ),
    "units in the ticks": _each(
        """
ax.plot(t[::3], d[::3], lw=0.3)
ax.xaxis.set_major_locator(plt.MultipleLocator(600))
ax.xaxis.set_major_formatter("{x:.0f} s")
""",
        "time",
    ),
    "minutes written at the ticks": _each(
        """
ax.plot(t[::3], d[::3], lw=0.3)
ax.set_xticks(range(0, 3900, 900), [f"{m} min" for m in range(0, 65, 15)])
""",
        "time in the session",
    ),
    "dates": _each(
        """
import matplotlib.dates as mdates
ax.plot(pd.to_datetime(t[::3], unit="s"), d[::3], lw=0.3)
ax.xaxis.set_major_formatter(mdates.DateFormatter("%H:%M:%S"))
""",
        "time (h:min:s)",
    ),
    "time differences of pandas": _each(
        'pd.Series(d[::3], index=pd.to_timedelta(t[::3], unit="s")).plot(ax=ax, lw=0.3)',
        "time (h:min:s)",
    ),
    "a window from 0": _each(
        """
w = (t > 1800) & (t < 1920)
ax.plot(t[w] - 1800, d[w])
""",
        "time since minute 30 (s)",
    ),
    "milliseconds": _each("ax.plot(t[::3] * 1000, d[::3], lw=0.4)", "time (ms)"),
    "hours from the movie": _each(
        "ax.plot((t[start:] - t[start]) / 3600, d[start:], lw=0.4)",
        "hours since the movie began",
    ),
    "the whole session, 0 where the movie begins": _each(
        """
ax.plot(t - t[start], d, lw=0.4)
ax.axvline(0, color="r")
""",
        "time relative to the movie's onset (s)",
    ),
    "frames around the movie": _each(
        "ax.plot(np.arange(-600, 9600), d[start - 600 : start + 9600])",
        "imaging frames from the movie's start",
    ),
    "running speed on a second y axis": _each(
        """
ax.plot(t[::3], d[::3], lw=0.4)
right = ax.twinx()
right.plot(t[::30], np.abs(np.sin(t[::30] / 50)) * 20, color="0.7", zorder=-1)
right.set_ylabel("running speed (cm/s)")
"""
    ),
    "minutes above": _each(
        """
ax.plot(t[::3], d[::3], lw=0.4)
above = ax.secondary_xaxis("top", functions=(lambda s: s / 60, lambda m: m * 60))
above.set_xlabel("time (min)")
"""
    ),
    "percent, and the name says so": _each("ax.plot(t, 100 * d, lw=0.3)", y="ΔF/F [%]"),
    "percent written by a formatter": _each(
        """
from matplotlib.ticker import PercentFormatter
ax.plot(t, d, lw=0.3)
ax.yaxis.set_major_formatter(PercentFormatter(xmax=1))
"""
    ),
    "one text for each axis of the figure": TRACES
    + """
fig_traces = plt.figure(figsize=(10, 7))
for k in range(3):
    ax = fig_traces.add_subplot(3, 1, k + 1)
    ax.plot(times[k] / 60, traces[k], lw=0.3)
    ax.set_title("ABC"[k])
plt.figtext(0.5, 0.02, "time in session / min", ha="center")
plt.figtext(0.02, 0.5, r"$\\\\Delta F / F_0$", va="center", rotation=90)
""",
    "large numbers with an offset at the axis": _each(
        """
w = slice(start, start + 3000)
ax.plot(t[w] * 1e3, d[w])
ax.ticklabel_format(axis="x", useOffset=True, style="sci", scilimits=(0, 0))
""",
        "time (ms)",
    ),
    "z-scores, which the name says": _each(
        "ax.plot(t, (d - d.mean()) / d.std())", y="dF/F (z-score)"
    ),
    "lifted to stand on a line at 1, which the name says": _each(
        "ax.plot(t, d + 1)", y="dF/F + 1 (the baseline lies at 1)"
    ),
}

LINE = "ax.plot(t, d, lw=0.3)"
WRONG = {
    "a window above all values": _each(LINE + "\nax.set_ylim(5, 10)"),
    "a window after the end": _each(LINE + "\nax.set_xlim(5000, 6000)"),
    "one second of each": _each(
        """
w = (t > 1800) & (t < 1801)
ax.plot(t[w], d[w])
"""
    ),
    "a window of one second": _each(LINE + "\nax.set_xlim(1800, 1801)"),
    "the first twenty frames": _each("ax.plot(d[:20])", "imaging frame"),
    "y named spikes": _each(LINE, y="number of spikes"),
    "y named firing rate": _each("ax.fill_between(t[::3], 0, d[::3])", y="Firing rate [Hz]"),
    "y named a voltage": _each(LINE, y="membrane potential (mV)"),
    "names exchanged": _each(LINE, "dF/F", "time (s)"),
    "percent written at a ratio": _each(LINE, y="dF/F (%)"),
    "percent at ratios, as an area": _each("ax.fill_between(t[::3], d[::3])", y="dF/F in percent"),
    "percent named as a ratio": _each("ax.plot(t, d * 100, lw=0.3)"),
    "minutes named seconds": _each("ax.plot(t / 60, d, lw=0.3)"),
    "seconds named minutes": _each("ax.scatter(t[::10], d[::10], s=1)", "time (min)"),
    "milliseconds named seconds": _each("ax.plot(t * 1000, d, lw=0.3)"),
    "minutes at the ticks, the name says seconds": _each(
        LINE + "\nax.set_xticks(range(0, 3900, 600), range(0, 65, 10))"
    ),
    "minutes by a formatter, the name says seconds": _each(
        LINE + '\nax.xaxis.set_major_formatter(lambda v, pos: f"{v / 60:.0f}")'
    ),
    "seconds at the ticks of frames, the name says frames": _each(
        "ax.plot(d, lw=0.3)\nax.set_xticks(np.arange(0, 110000, 30000), np.arange(0, 4000, 1000)[:4])",
        "imaging frame",
    ),
    "dates, and the name says frames": _each(
        'ax.plot(pd.to_datetime(t[::3], unit="s"), d[::3], lw=0.3)', "imaging frame"
    ),
    "divided by the peak, called dF/F": _each("ax.plot(t, d / d.max(), lw=0.3)"),
    "lifted by one, called dF/F": _each("ax.plot(t, d + 1, lw=0.3)"),
    "z-scores called dF/F": _each("ax.plot(t, (d - d.mean()) / d.std(), lw=0.3)"),
    "from the movie's start, said to be from the session's": _each(
        "ax.plot(t[start : start + 9000] - t[start], d[start : start + 9000])",
        "time since the start of the session (s)",
    ),
    "session time, said to be from the movie's start": _each(
        LINE, "time from the start of the movie (s)"
    ),
    "areas, session A's in all panels": _each("ax.fill_between(timestamps_a[::3], 0, dff_a[::3])"),
    "a collection of lines, B and C exchanged": TRACES
    + """
from matplotlib.collections import LineCollection
fig_traces, axes = plt.subplots(3, 1)
for ax, session, k in zip(axes, "ABC", [0, 2, 1]):
    ax.add_collection(LineCollection([np.c_[times[k], traces[k]]]))
    ax.autoscale()
    ax.set(title=f"Session {session}", xlabel="time (s)", ylabel="dF/F")
""",
    "one text for the figure, in another unit": TRACES
    + """
fig_traces, axes = plt.subplots(3, 1)
for ax, t, d in zip(axes, times, traces):
    ax.plot(t, d)
fig_traces.text(0.5, 0.04, "time (min)", ha="center")
fig_traces.text(0.06, 0.5, "dF/F", va="center", rotation="vertical")
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
START = {"The name says another beginning of time.": ["another beginning of time"]}
ORDER = {"Two panels carry each other's name.": ["names in another order"]}
#: What each wrong answer does, as a teacher would say it, and the names of mistakes that fit.
MISTAKES = {
    "a window above all values": WINDOW,
    "a window after the end": WINDOW,
    "one second of each": SHORT,
    "a window of one second": SHORT,
    "the first twenty frames": SHORT,
    "y named spikes": QUANTITY,
    "y named firing rate": QUANTITY,
    "y named a voltage": QUANTITY,
    "names exchanged": NAMES_EXCHANGED,
    "percent written at a ratio": PERCENT,
    "percent at ratios, as an area": PERCENT,
    "percent named as a ratio": PERCENT,
    "minutes named seconds": UNIT,
    "seconds named minutes": UNIT,
    "milliseconds named seconds": UNIT,
    "minutes at the ticks, the name says seconds": UNIT,
    "minutes by a formatter, the name says seconds": UNIT,
    "seconds at the ticks of frames, the name says frames": UNIT,
    "dates, and the name says frames": UNIT,
    "one text for the figure, in another unit": UNIT,
    "divided by the peak, called dF/F": CHANGED,
    "lifted by one, called dF/F": CHANGED,
    "z-scores called dF/F": CHANGED,
    "from the movie's start, said to be from the session's": START,
    "session time, said to be from the movie's start": START,
    "areas, session A's in all panels": SAME,
    "a collection of lines, B and C exchanged": ORDER,
}
