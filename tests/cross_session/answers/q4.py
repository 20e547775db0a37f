"""Answers to question 4: the neuron's dF/F and its times in each session."""

# Students write long lines.
# ruff: noqa: E501

TIMES = """
timestamps_a, timestamps_b, timestamps_c = (
    data_set.get_fluorescence_timestamps() for data_set in (data_set_a, data_set_b, data_set_c)
)
"""
TRACES = (
    TIMES
    + """
dff_a = data_set_a.get_dff_traces([cell_specimen_id])[1][0]
dff_b = data_set_b.get_dff_traces([cell_specimen_id])[1][0]
dff_c = data_set_c.get_dff_traces([cell_specimen_id])[1][0]
"""
)
LISTS = """
times = [timestamps_a, timestamps_b, timestamps_c]
traces = [dff_a, dff_b, dff_c]
"""
FIGURE = (
    LISTS
    + """
fig_traces, axes = plt.subplots(3, 1)
for ax, time, trace in zip(axes, times, traces):
    ax.plot(time, trace)
    ax.set(xlabel="time (s)", ylabel="dF/F")
"""
)

WRONG = {
    "an array of one row": TIMES
    + """
dff_a = data_set_a.get_dff_traces([cell_specimen_id])[1]
dff_b = data_set_b.get_dff_traces([cell_specimen_id])[1]
dff_c = data_set_c.get_dff_traces([cell_specimen_id])[1]
"""
    + LISTS
    + """
fig_traces, axes = plt.subplots(3, 1)
for ax, time, trace in zip(axes, times, traces):
    ax.plot(time, trace.T)
    ax.set(xlabel="time (s)", ylabel="dF/F")
""",
    "session A's index in all sessions": TIMES
    + """
dff_a = data_set_a.get_dff_traces()[1][index_a]
dff_b = data_set_b.get_dff_traces()[1][index_a]
dff_c = data_set_c.get_dff_traces()[1][index_a]
"""
    + FIGURE,
    "corrected fluorescence in place of dF/F": TIMES
    + """
dff_a = data_set_a.get_corrected_fluorescence_traces([cell_specimen_id])[1][0]
dff_b = data_set_b.get_corrected_fluorescence_traces([cell_specimen_id])[1][0]
dff_c = data_set_c.get_corrected_fluorescence_traces([cell_specimen_id])[1][0]
"""
    + FIGURE,
    "times and dF/F exchanged": """
(dff_a, timestamps_a), (dff_b, timestamps_b), (dff_c, timestamps_c) = (
    data_set.get_dff_traces([cell_specimen_id]) for data_set in (data_set_a, data_set_b, data_set_c)
)
""",
    "all neurons": TIMES
    + """
dff_a = data_set_a.get_dff_traces()[1]
dff_b = data_set_b.get_dff_traces()[1]
dff_c = data_set_c.get_dff_traces()[1]
fig_traces, axes = plt.subplots(3, 1)
for ax, time, trace in zip(axes, [timestamps_a, timestamps_b, timestamps_c], [dff_a, dff_b, dff_c]):
    ax.plot(time[:2000], trace[:, :2000].T)
    ax.set(xlabel="time (s)", ylabel="dF/F")
""",
    "a column in place of a row": TIMES
    + """
dff_a = data_set_a.get_dff_traces()[1][:, index_a]
dff_b = data_set_b.get_dff_traces()[1][:, index_b]
dff_c = data_set_c.get_dff_traces()[1][:, index_c]
""",
    "a figure without names of the axes": TRACES
    + LISTS
    + """
fig_traces, axes = plt.subplots(3, 1)
for ax, time, trace in zip(axes, times, traces):
    ax.plot(time, trace)
""",
    "frames on an axis that claims seconds": TRACES
    + LISTS
    + """
fig_traces, axes = plt.subplots(3, 1)
for ax, trace in zip(axes, traces):
    ax.plot(trace)
    ax.set(xlabel="time (s)", ylabel="dF/F")
""",
    "one panel for all": TRACES
    + LISTS
    + """
fig_traces, ax = plt.subplots()
for time, trace in zip(times, traces):
    ax.plot(time, trace)
ax.set(xlabel="time (s)", ylabel="dF/F")
""",
    "titles in another order than the panels": TRACES
    + FIGURE
    + """
for ax, letter in zip(axes, "CAB"):
    ax.set_title(letter)
""",
    "all in one panel, and two with something else": TRACES
    + LISTS
    + """
fig_traces, axes = plt.subplots(3, 1)
for time, trace in zip(times, traces):
    axes[0].plot(time, trace)
axes[1].plot([0, 1], [0, 1])
axes[2].plot([0, 1], [0, 1])
axes[0].set(xlabel="time (s)", ylabel="dF/F")
""",
    "session A in two panels": TRACES
    + """
fig_traces, axes = plt.subplots(3, 1)
axes[0].plot(timestamps_a, dff_a)
axes[1].plot(timestamps_a, dff_a)
axes[2].plot(timestamps_c, dff_c)
fig_traces.supxlabel("time (s)")
fig_traces.supylabel("dF/F")
""",
}

RIGHT = {
    "lists, one name of the axes for the whole figure": TRACES
    + "timestamps_a, dff_a = list(timestamps_a), list(dff_a)"
    + LISTS
    + """
fig_traces, axes = plt.subplots(3, 1, sharex=True)
for ax, time, trace in zip(axes, times, traces):
    ax.plot(time, trace, "k", lw=0.5)
fig_traces.supxlabel("Time [s]")
fig_traces.supylabel("dF/F")
""",
    "through the index, 64 bits, minutes": TIMES
    + """
dff_a = data_set_a.get_dff_traces()[1][index_a].astype(float)
dff_b = data_set_b.get_dff_traces()[1][index_b].astype(float)
dff_c = pd.Series(data_set_c.get_dff_traces()[1][index_c].astype(float))
fig_traces = plt.figure(figsize=(10, 6))
for i, (time, trace) in enumerate([(timestamps_a, dff_a), (timestamps_b, dff_b), (timestamps_c, dff_c)]):
    plt.subplot(3, 1, i + 1)
    plt.plot(time / 60, trace)
    plt.ylabel("dF/F")
plt.xlabel("time (min)")
""",
    "imaging frames, every third": TRACES
    + LISTS
    + """
fig_traces, axes = plt.subplots(1, 3, figsize=(15, 3))
for ax, trace in zip(axes, traces):
    ax.plot(np.arange(0, len(trace), 3), trace[::3])
    ax.set_xlabel("imaging frame")
    ax.set_ylabel("dF/F (%)")
""",
    "only the movie, from its start, with a line at 0": TRACES
    + LISTS
    + """
fig_traces, axes = plt.subplots(3, 1)
for ax, time, trace, starts in zip(axes, times, traces, [movie_starts_a, movie_starts_b, movie_starts_c]):
    part = slice(starts[0] - 3000, starts[-1] + 3000)
    ax.plot(time[part], 100 * trace[part])
    ax.axhline(0, color="grey")
    ax.axvspan(time[starts[0]], time[starts[-1] + 900], alpha=0.2)
    ax.set(xlabel="seconds", ylabel="dF/F in percent")
""",
    "titles with the day, and an article at their beginning": TRACES
    + FIGURE
    + """
for ax, title in zip(axes, ["Session A (day 1)", "A trace of the next day", "session_C"]):
    ax.set_title(title)
""",
    "panels with letters of their own, sessions named beside": TRACES
    + LISTS
    + """
fig_traces, axes = plt.subplots(3, 1)
for i, letter in enumerate("ABC"):
    axes[i].plot(times[2 - i], traces[2 - i])
    axes[i].set_title(letter, loc="left")
    axes[i].set_title(f"session {letter}" if i == 1 else "")
    axes[i].set(xlabel="time (s)", ylabel="session " + "CBA"[i] + ", dF/F")
""",
    "seconds from the first frame, panels in another order": TRACES
    + LISTS
    + """
fig_traces, axes = plt.subplots(3)
for i in (2, 0, 1):
    axes[2 - i].plot(times[i] - times[i][0], traces[i], label="ABC"[i])
    axes[2 - i].legend()
    axes[2 - i].set(xlabel="t / s", ylabel="$\\\\Delta F/F$")
""",
}
