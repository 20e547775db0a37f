"""More ways to answer question 4, each as far as may be from the solution's."""

# Students write long lines.
# ruff: noqa: E501

VALUES = """
timestamps_a, dff_a = data_set_a.get_dff_traces([cell_specimen_id])
timestamps_b, dff_b = data_set_b.get_dff_traces([cell_specimen_id])
timestamps_c, dff_c = data_set_c.get_dff_traces([cell_specimen_id])
dff_a, dff_b, dff_c = dff_a[0], dff_b[0], dff_c[0]
times = [timestamps_a, timestamps_b, timestamps_c]
traces = [dff_a, dff_b, dff_c]
recordings = [data_set_a, data_set_b, data_set_c]
"""

WRONG = {
    "subfigures swapped": VALUES
    + """
fig_traces = plt.figure(figsize=(10, 9), layout="constrained")
parts = fig_traces.subfigures(3, 1)
for part, session, time, trace in zip(parts, "ACB", times, traces):
    ax = part.add_subplot()
    ax.plot(time, trace, lw=0.4)
    part.suptitle(f"Session {session}")
    part.supxlabel("time (s)")
    part.supylabel("dF/F")
""",
    "subfigures labels exchanged": VALUES
    + """
fig_traces = plt.figure(figsize=(10, 9), layout="constrained")
parts = fig_traces.subfigures(3, 1)
for part, session, time, trace in zip(parts, "ABC", times, traces):
    ax = part.add_subplot()
    ax.plot(time, trace, lw=0.4)
    part.suptitle(f"Session {session}")
    part.supxlabel("dF/F")
    part.supylabel("time (s)")
""",
    "subfigures minutes said": VALUES
    + """
fig_traces = plt.figure(figsize=(10, 9), layout="constrained")
parts = fig_traces.subfigures(3, 1)
for part, session, time, trace in zip(parts, "ABC", times, traces):
    ax = part.add_subplot()
    ax.plot(time, trace, lw=0.4)
    part.suptitle(f"Session {session}")
    part.supxlabel("time (min)")
    part.supylabel("dF/F")
""",
    "text label in the panel": VALUES
    + """
fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), gridspec_kw={"hspace": 0.7})
for ax, session, time, trace, recording in zip(axes, "ABC", times, traces, recordings):
    ax.plot(time / 60, trace, lw=0.4)
    ax.text(0.5, 0.8, "time (min)", transform=ax.transAxes, ha="center")
    ax.text(0.5, 0.5, "dF/F", transform=ax.transAxes, rotation=90, va="center")
    ax.set_title(f"Session {session}", loc="left")
""",
    "text label wrong unit": VALUES
    + """
fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), gridspec_kw={"hspace": 0.7})
for ax, session, time, trace, recording in zip(axes, "ABC", times, traces, recordings):
    ax.plot(time / 60, trace, lw=0.4)
    ax.text(0.5, -0.35, "time (s)", transform=ax.transAxes, ha="center")
    ax.text(-0.06, 0.5, "dF/F", transform=ax.transAxes, rotation=90, va="center")
    ax.set_title(f"Session {session}", loc="left")
""",
    "note below is no label": VALUES
    + """
fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), gridspec_kw={"hspace": 0.7})
for ax, session, time, trace, recording in zip(axes, "ABC", times, traces, recordings):
    ax.plot(time / 60, trace, lw=0.4)
    ax.text(0.5, -0.35, "neuron", transform=ax.transAxes, ha="center")
    ax.text(-0.06, 0.5, "dF/F", transform=ax.transAxes, rotation=90, va="center")
    ax.set_title(f"Session {session}", loc="left")
""",
}

RIGHT = {
    "linecollection": """
from matplotlib.collections import LineCollection

timestamps_a, timestamps_b, timestamps_c = [d.get_fluorescence_timestamps() for d in (data_set_a, data_set_b, data_set_c)]
dff_a, dff_b, dff_c = [d.get_dff_traces([cell_specimen_id])[1][0] for d in (data_set_a, data_set_b, data_set_c)]

fig_traces, axes = plt.subplots(3, 1, figsize=(12, 7))
fig_traces.subplots_adjust(hspace=0.7)
for ax, s, t, x in zip(axes, "ABC", (timestamps_a, timestamps_b, timestamps_c), (dff_a, dff_b, dff_c)):
    ax.add_collection(LineCollection([np.column_stack([t, x])], linewidths=0.4, colors="navy"))
    ax.set_xlim(t[0], t[-1])
    ax.set_ylim(x.min() - 0.1, x.max() + 0.1)
    ax.set_xlabel("time, s")
    ax.set_ylabel("dF/F")
    ax.set_title(f"session {s}: neuron {cell_specimen_id}")
""",
    "movie only": """
timestamps_a, dff_a = data_set_a.get_dff_traces()
dff_a = dff_a[index_a]
timestamps_b, dff_b = data_set_b.get_dff_traces()
dff_b = dff_b[index_b]
timestamps_c, dff_c = data_set_c.get_dff_traces()
dff_c = dff_c[index_c]

fig_traces = plt.figure(figsize=(10, 8))
shared = None
for k, (letter, d, t, x) in enumerate(
    [("A", data_set_a, timestamps_a, dff_a), ("B", data_set_b, timestamps_b, dff_b), ("C", data_set_c, timestamps_c, dff_c)]
):
    epochs = d.get_stimulus_epoch_table()
    movie = epochs[epochs.stimulus == "natural_movie_one"].iloc[0]
    t = t - t[movie.start]
    part = (t > -60) & (t < 360)
    shared = fig_traces.add_subplot(3, 1, k + 1, sharex=shared)
    shared.plot(t[part], x[part], color=f"C{k}", lw=0.7)
    shared.axvspan(0, t[movie.end], color="0.9", zorder=0, label="natural movie one")
    shared.set_title(f"Session {letter}")
    shared.set_xlabel("time from start of the movie [s]")
    shared.set_ylabel("$\\\\Delta F / F$")
shared.legend(loc="upper right")
fig_traces.tight_layout()
""",
    "oo formatter": """
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MultipleLocator


def trace_of(data_set, index):
    time, all_traces = data_set.get_dff_traces()
    return np.asarray(time), np.asarray(all_traces)[index, :].astype(np.float64)


timestamps_a, dff_a = trace_of(data_set_a, index_a)
timestamps_b, dff_b = trace_of(data_set_b, index_b)
timestamps_c, dff_c = trace_of(data_set_c, index_c)

fig_traces = Figure(figsize=(11, 7), layout="constrained")
FigureCanvasAgg(fig_traces)
gs = fig_traces.add_gridspec(3, 1)
for row, (letter, time, trace) in enumerate(
    zip("ABC", (timestamps_a, timestamps_b, timestamps_c), (dff_a, dff_b, dff_c))
):
    ax = fig_traces.add_subplot(gs[row])
    ax.plot(time - time[0], trace, lw=0.5)
    ax.xaxis.set_major_locator(MultipleLocator(600))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda s, _: f"{int(s // 60)}:{int(s % 60):02d}"))
    ax.set(xlabel="time since the first frame (min:s)", ylabel="dF/F", title=f"Session {letter}")
fig_traces
""",
    "pandas plot": """
timestamps_a, dff_a = data_set_a.get_dff_traces([cell_specimen_id])
timestamps_b, dff_b = data_set_b.get_dff_traces([cell_specimen_id])
timestamps_c, dff_c = data_set_c.get_dff_traces([cell_specimen_id])
dff_a, dff_b, dff_c = dff_a.ravel(), dff_b.ravel(), dff_c.ravel()

fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), constrained_layout=True)
for ax, letter, t, x in zip(
    axes, "ABC", (timestamps_a, timestamps_b, timestamps_c), (dff_a, dff_b, dff_c)
):
    pd.Series(x, index=(t - t[0]) / 60).plot(ax=ax, title=f"Session {letter}", lw=0.5, xlabel="time (min)", ylabel="dF/F")
""",
    "seaborn lineplot": """
import seaborn as sns

recordings = {"A": data_set_a, "B": data_set_b, "C": data_set_c}
both = {s: d.get_dff_traces([cell_specimen_id]) for s, d in recordings.items()}
timestamps_a, dff_a = both["A"][0], both["A"][1][0]
timestamps_b, dff_b = both["B"][0], both["B"][1][0]
timestamps_c, dff_c = both["C"][0], both["C"][1][0]

long = pd.concat(
    [pd.DataFrame({"time (s)": t[::3], "dF/F": x[0][::3], "session": s}) for s, (t, x) in both.items()], ignore_index=True
)
grid = sns.relplot(
    data=long, x="time (s)", y="dF/F", row="session", kind="line", estimator=None, errorbar=None,
    height=2, aspect=5, linewidth=0.4, facet_kws={"sharex": False},
)
fig_traces = grid.figure
""",
    "segments nan": """
(timestamps_a, dff_a), (timestamps_b, dff_b), (timestamps_c, dff_c) = (
    (t, x[0]) for t, x in (d.get_dff_traces([cell_specimen_id]) for d in (data_set_a, data_set_b, data_set_c))
)

fig_traces, axes = plt.subplots(3, 1, figsize=(12, 7), gridspec_kw={"hspace": 0.6})
for ax, s, d, x in zip(axes, "ABC", (data_set_a, data_set_b, data_set_c), (dff_a, dff_b, dff_c)):
    epochs = d.get_stimulus_epoch_table()
    for name, colour in (("natural_movie_one", "crimson"), ("spontaneous", "grey")):
        part = np.full(x.shape, np.nan)
        for row in epochs[epochs["stimulus"] == name].itertuples():
            part[row.start : row.end] = x[row.start : row.end]
        ax.plot(part, color=colour, lw=0.5, label=name)
    ax.set_title(f"Session {s}", loc="left")
    ax.set_xlabel("imaging frame")
    ax.set_ylabel("dF/F")
axes[0].legend()
""",
    "twin running": """
(timestamps_a, dff_a), (timestamps_b, dff_b), (timestamps_c, dff_c) = (
    (t, x[0]) for t, x in (d.get_dff_traces([cell_specimen_id]) for d in (data_set_a, data_set_b, data_set_c))
)

fig_traces, axes = plt.subplots(3, 1, figsize=(12, 9), layout="constrained")
for ax, s, d, t, x in zip(
    axes, "ABC", (data_set_a, data_set_b, data_set_c), (timestamps_a, timestamps_b, timestamps_c), (dff_a, dff_b, dff_c)
):
    ax.plot(t, x, color="darkgreen", lw=0.5)
    ax.set_ylabel("dF/F", color="darkgreen")
    ax.set_xlabel("time (s)")
    ax.set_title(f"Session {s}", loc="left")
    speed, when = d.get_running_speed()
    right = ax.twinx()
    right.plot(when[::10], speed[::10], color="0.8", lw=0.3)
    right.set_ylabel("running speed (cm/s)", color="0.5")
    ax.set_zorder(right.get_zorder() + 1)
    ax.patch.set_visible(False)
""",
    "twin seconds minutes": """
rows = {}
for letter in "abc":
    recording = {"a": data_set_a, "b": data_set_b, "c": data_set_c}[letter]
    rows[letter] = recording.get_dff_traces([cell_specimen_id])
timestamps_a, dff_a = rows["a"][0], np.squeeze(rows["a"][1])
timestamps_b, dff_b = rows["b"][0], np.squeeze(rows["b"][1])
timestamps_c, dff_c = rows["c"][0], np.squeeze(rows["c"][1])

fig_traces, axes = plt.subplots(3, 1, figsize=(12, 9), layout="constrained")
colours = {"natural_movie_one": "gold", "spontaneous": "lightgrey"}
for ax, letter, recording, time, trace in zip(
    axes, "ABC", [data_set_a, data_set_b, data_set_c], [timestamps_a, timestamps_b, timestamps_c], [dff_a, dff_b, dff_c]
):
    ax.plot(time, trace, color="k", lw=0.4)
    for _, epoch in recording.get_stimulus_epoch_table().iterrows():
        if epoch["stimulus"] in colours:
            ax.axvspan(time[epoch["start"]], time[epoch["end"]], color=colours[epoch["stimulus"]], alpha=0.5)
    above = ax.secondary_xaxis("top", functions=(lambda s: s / 60, lambda m: m * 60))
    above.set_xlabel("time (min)")
    ax.set_xlabel("time (s)")
    ax.set_ylabel("dF/F")
    ax.annotate(f"Session {letter}", (0.99, 0.9), xycoords="axes fraction", ha="right", va="top")
""",
    "zoom inset": """
(timestamps_a, dff_a), (timestamps_b, dff_b), (timestamps_c, dff_c) = (
    (t, x[0]) for t, x in (d.get_dff_traces([cell_specimen_id]) for d in (data_set_a, data_set_b, data_set_c))
)

fig_traces, axes = plt.subplots(3, 1, figsize=(12, 8), sharex=True)
for ax, s, d, t, x in zip(
    axes, "ABC", (data_set_a, data_set_b, data_set_c), (timestamps_a, timestamps_b, timestamps_c), (dff_a, dff_b, dff_c)
):
    minutes = t / 60
    ax.plot(minutes, x, lw=0.4, color="k")
    start = int(d.get_stimulus_table("natural_movie_one")["start"].min())
    small = ax.inset_axes([0.72, 0.45, 0.26, 0.5])
    small.plot(minutes[start : start + 903], x[start : start + 903], lw=0.6, color="r")
    small.tick_params(labelsize=6)
    ax.indicate_inset_zoom(small)
    ax.set_ylabel("dF/F")
    ax.set_title(f"Session {s}", loc="left")
axes[-1].set_xlabel("time (minutes)")
""",
    "filled area": VALUES
    + """
fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), gridspec_kw={"hspace": 0.7})
for ax, session, time, trace, recording in zip(axes, "ABC", times, traces, recordings):
    ax.fill_between(time, 0, trace, color="teal", lw=0.3)
    ax.set_title(f"Session {session}", loc="left")
    ax.set_xlabel('time (s)')
    ax.set_ylabel('dF/F')
""",
    "dataframe subplots": VALUES
    + """
table = pd.DataFrame({f"Session {s}": pd.Series(x) for s, x in zip("ABC", traces)})
axes = table.plot(subplots=True, figsize=(11, 6), lw=0.4, xlabel="imaging frame", ylabel="dF/F")
fig_traces = axes[0].figure
""",
    "minutes from movie": VALUES
    + """
fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), gridspec_kw={"hspace": 0.7})
for ax, session, time, trace, recording in zip(axes, "ABC", times, traces, recordings):
    starts = recording.get_stimulus_table("natural_movie_one")["start"]
    minutes = (time - time[starts.min()]) / 60
    ax.plot(minutes, trace, lw=0.4, color="k")
    ax.axvline(0, color="r", ls=":")
    ax.set_title(f"Session {session}", loc="left")
    ax.set_xlabel('minutes from the start of natural movie one')
    ax.set_ylabel('ΔF/F')
""",
    "formatter minutes": VALUES
    + """
fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), gridspec_kw={"hspace": 0.7})
for ax, session, time, trace, recording in zip(axes, "ABC", times, traces, recordings):
    ax.plot(time, trace, lw=0.4)
    ax.xaxis.set_major_locator(plt.MultipleLocator(600))
    ax.xaxis.set_major_formatter(lambda seconds, position: f"{seconds / 60:g}")
    ax.set_title(f"Session {session}", loc="left")
    ax.set_xlabel('time (min)')
    ax.set_ylabel('dF/F')
""",
    "coloured epochs": VALUES
    + """
fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), gridspec_kw={"hspace": 0.7})
for ax, session, time, trace, recording in zip(axes, "ABC", times, traces, recordings):
    epochs = recording.get_stimulus_epoch_table()
    names = sorted(set(epochs["stimulus"]))
    ax.plot(time, trace, color="0.85", lw=0.4)
    for row in epochs.itertuples():
        piece = slice(row.start, row.end)
        ax.plot(time[piece], trace[piece], lw=0.4, color=f"C{names.index(row.stimulus)}", label=row.stimulus)
    handles, labels = ax.get_legend_handles_labels()
    unique = dict(zip(labels, handles))
    ax.legend(unique.values(), unique.keys(), fontsize=6, loc="upper right")
    ax.set_title(f"Session {session}", loc="left")
    ax.set_xlabel('time (s)')
    ax.set_ylabel('dF/F')
""",
    "label as text": VALUES
    + """
fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), gridspec_kw={"hspace": 0.7})
for ax, session, time, trace, recording in zip(axes, "ABC", times, traces, recordings):
    ax.plot(time / 60, trace, lw=0.4)
    ax.text(0.5, -0.35, "time (min)", transform=ax.transAxes, ha="center")
    ax.text(-0.06, 0.5, "dF/F", transform=ax.transAxes, rotation=90, va="center")
    ax.set_title(f"Session {session}", loc="left")
""",
    "coloured dots": VALUES
    + """
fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), gridspec_kw={"hspace": 0.7})
for ax, session, time, trace, recording in zip(axes, "ABC", times, traces, recordings):
    dots = ax.scatter(time[::3], trace[::3], c=trace[::3], s=1, cmap="plasma")
    fig_traces.colorbar(dots, ax=ax, label="dF/F")
    ax.set_title(f"Session {session}", loc="left")
    ax.set_xlabel('time (s)')
    ax.set_ylabel('dF/F')
""",
    "pixels": VALUES
    + """
fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), gridspec_kw={"hspace": 0.7})
for ax, session, time, trace, recording in zip(axes, "ABC", times, traces, recordings):
    ax.plot(np.arange(trace.size), trace, ",", color="navy")
    ax.set_title(f"Session {session}", loc="left")
    ax.set_xlabel('imaging frames')
    ax.set_ylabel('$dF/F$')
""",
    "one repeat": VALUES
    + """
fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), gridspec_kw={"hspace": 0.7})
for ax, session, time, trace, recording in zip(axes, "ABC", times, traces, recordings):
    first = int(recording.get_stimulus_table("natural_movie_one")["start"].min())
    part = slice(first, first + 903)
    ax.plot(time[part] - time[first], trace[part])
    ax.set_title(f"Session {session}", loc="left")
    ax.set_xlabel("time from the start of the movie's first repeat (s)")
    ax.set_ylabel('dF/F')
""",
    "anchored names": (
        """
from matplotlib.offsetbox import AnchoredText
"""
        + VALUES
        + """
fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), gridspec_kw={"hspace": 0.7})
for ax, session, time, trace, recording in zip(axes, "ABC", times, traces, recordings):
    ax.plot(time, trace, lw=0.4)
    ax.add_artist(AnchoredText(f"Session {session}", loc="upper left", frameon=False))
    ax.set_xlabel('time (s)')
    ax.set_ylabel('dF/F')
"""
    ),
    "axis on top right": VALUES
    + """
fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), gridspec_kw={"hspace": 0.7})
for ax, session, time, trace, recording in zip(axes, "ABC", times, traces, recordings):
    ax.plot(time, trace, "g", lw=0.4)
    ax.xaxis.tick_top()
    ax.xaxis.set_label_position("top")
    ax.yaxis.tick_right()
    ax.yaxis.set_label_position("right")
    ax.text(0.01, 0.9, session, transform=ax.transAxes, va="top", weight="bold", size=14)
    ax.set_xlabel('time (s)')
    ax.set_ylabel('dF/F')
""",
    "subfigures": VALUES
    + """
fig_traces = plt.figure(figsize=(10, 9), layout="constrained")
parts = fig_traces.subfigures(3, 1)
for part, session, time, trace in zip(parts, "ABC", times, traces):
    ax = part.add_subplot()
    ax.plot(time, trace, lw=0.4)
    part.suptitle(f"Session {session}")
    part.supxlabel("time (s)")
    part.supylabel("dF/F")
""",
    "gridspec c first": VALUES
    + """
fig_traces = plt.figure(figsize=(12, 8))
grid = fig_traces.add_gridspec(3, 1, hspace=0.6)
for row, k in enumerate([2, 1, 0]):
    ax = fig_traces.add_subplot(grid[row, 0])
    ax.plot(times[k] - times[k][0], traces[k], lw=0.4, color="purple")
    ax.set(title="Session " + "ABC"[k], xlabel="seconds since the first imaging frame", ylabel="dF/F")
""",
    "events with baseline": VALUES
    + """
fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), gridspec_kw={"hspace": 0.7})
for ax, session, time, trace, recording in zip(axes, "ABC", times, traces, recordings):
    movie = recording.get_stimulus_table("natural_movie_one")
    part = slice(movie["start"].min(), movie["start"].min() + 4500)
    ax.vlines(time[part], 0, trace[part], lw=0.3, color="k")
    ax.axhline(0, color="r", lw=0.3)
    ax.set_title(f"Session {session}", loc="left")
    ax.set_xlabel('time (s)')
    ax.set_ylabel('dF/F')
""",
    "polycollection": VALUES
    + """
fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), gridspec_kw={"hspace": 0.7})
for ax, session, time, trace, recording in zip(axes, "ABC", times, traces, recordings):
    ax.stackplot(time[::3], np.clip(trace[::3], 0, None), color="seagreen")
    ax.set_title(f"Session {session}", loc="left")
    ax.set_xlabel('time (s)')
    ax.set_ylabel('dF/F (above 0)')
""",
    "annotate labels": VALUES
    + """
fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), gridspec_kw={"hspace": 0.7})
for ax, session, time, trace, recording in zip(axes, "ABC", times, traces, recordings):
    ax.plot(time, trace, lw=0.4)
    ax.annotate("time (s)", (0.5, -0.3), xycoords="axes fraction", ha="center", va="top")
    ax.annotate("dF/F", (-0.07, 0.5), xycoords="axes fraction", rotation=90, ha="center", va="center")
    ax.set_title(f"Session {session}", loc="left")
""",
    "named by y label": VALUES
    + """
fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), gridspec_kw={"hspace": 0.7})
for ax, session, time, trace, recording in zip(axes, "ABC", times, traces, recordings):
    ax.plot(time / 60, trace, lw=0.4)
    ax.set_ylabel(f"Session {session}\\ndF/F")
    ax.set_xlabel('Time (min)')
""",
    "engineering seconds": (
        """
from matplotlib.ticker import EngFormatter
"""
        + VALUES
        + """
fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), gridspec_kw={"hspace": 0.7})
for ax, session, time, trace, recording in zip(axes, "ABC", times, traces, recordings):
    ax.plot(time, trace, lw=0.4)
    ax.xaxis.set_major_formatter(EngFormatter(unit="s"))
    ax.set_title(f"Session {session}", loc="left")
    ax.set_xlabel('time')
    ax.set_ylabel('dF/F')
"""
    ),
    "seconds in ticks": VALUES
    + """
fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), gridspec_kw={"hspace": 0.7})
for ax, session, time, trace, recording in zip(axes, "ABC", times, traces, recordings):
    ax.plot(time, trace, lw=0.4)
    ax.xaxis.set_major_formatter("{x:.0f} s")
    ax.set_title(f"Session {session}", loc="left")
    ax.set_xlabel('time')
    ax.set_ylabel('dF/F')
""",
    "hms ticks": VALUES
    + """
fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), gridspec_kw={"hspace": 0.7})
for ax, session, time, trace, recording in zip(axes, "ABC", times, traces, recordings):
    ax.plot(time, trace, lw=0.4)
    ax.xaxis.set_major_locator(plt.MultipleLocator(900))
    ax.xaxis.set_major_formatter(lambda s, _: f"{int(s) // 3600}:{int(s) // 60 % 60:02d}:{int(s) % 60:02d}")
    ax.set_title(f"Session {session}", loc="left")
    ax.set_xlabel('time (h:mm:ss)')
    ax.set_ylabel('dF/F')
""",
    "boxcar and raw two lines": VALUES
    + """
fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), gridspec_kw={"hspace": 0.7})
for ax, session, time, trace, recording in zip(axes, "ABC", times, traces, recordings):
    smooth = np.convolve(trace, np.ones(15) / 15, mode="same")
    ax.plot(time, trace, color="lightgrey", lw=0.4, label="dF/F")
    ax.plot(time, smooth, color="b", lw=0.6, label="0.5 s running mean")
    ax.legend(loc="upper right", fontsize=6)
    ax.set_title(f"Session {session}", loc="left")
    ax.set_xlabel('time (s)')
    ax.set_ylabel('dF/F')
""",
    "movie spans only labelled": VALUES
    + """
fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), gridspec_kw={"hspace": 0.7})
for ax, session, time, trace, recording in zip(axes, "ABC", times, traces, recordings):
    (line,) = ax.plot(time, trace, lw=0.4, color="k")
    for r, group in recording.get_stimulus_table("natural_movie_one").groupby("repeat"):
        ax.axvspan(time[group.start.min()], time[group.end.max()], color=plt.cm.viridis(r / 10), alpha=0.2)
    ax.set_title(f"Session {session}", loc="left")
    ax.set_xlabel('time (s)')
    ax.set_ylabel('dF/F')
""",
    "heat under trace": VALUES
    + """
fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), gridspec_kw={"hspace": 0.7})
for ax, session, time, trace, recording in zip(axes, "ABC", times, traces, recordings):
    ax.plot(time, trace, lw=0.4, color="k", zorder=2)
    ax.imshow(trace[None, ::30], aspect="auto", extent=(time[0], time[-1], -1, -0.5), cmap="hot", zorder=1)
    ax.set_ylim(-1, 2.3)
    ax.set_title(f"Session {session}", loc="left")
    ax.set_xlabel('time (s)')
    ax.set_ylabel('dF/F')
""",
    "log symlog": VALUES
    + """
fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), gridspec_kw={"hspace": 0.7})
for ax, session, time, trace, recording in zip(axes, "ABC", times, traces, recordings):
    ax.plot(time, trace, lw=0.4)
    ax.set_yscale("symlog", linthresh=0.2)
    ax.set_title(f"Session {session}", loc="left")
    ax.set_xlabel('time (s)')
    ax.set_ylabel('dF/F')
""",
}

MISTAKES = {
    "subfigures swapped": {"Two panels carry each other's name.": ["names in another order"]},
    "subfigures labels exchanged": {
        "The names of x and y are exchanged.": ["names of the axes exchanged"]
    },
    "subfigures minutes said": {
        "The name of the x axis has another unit than its ticks.": ["wrong unit of time"]
    },
    "text label wrong unit": {
        "The name of the x axis has another unit than its ticks.": ["wrong unit of time"]
    },
    "text label in the panel": {"The axes have no names beside them.": ["missing labels"]},
    "note below is no label": {
        "Another word stands where the name should be.": ["wrong unit of time"]
    },
}
