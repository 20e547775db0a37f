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
    "sessions B and C exchanged in a loop": """
values = {}
for letter, recording in zip("acb", [data_set_a, data_set_b, data_set_c]):
    t, traces = recording.get_dff_traces([cell_specimen_id])
    values[letter] = (t, traces[0])
timestamps_a, dff_a = values["a"]
timestamps_b, dff_b = values["b"]
timestamps_c, dff_c = values["c"]
"""
    + FIGURE,
    "in percent": TRACES
    + """
dff_a = dff_a * 100
dff_b = dff_b * 100
dff_c = dff_c * 100
"""
    + FIGURE.replace("dF/F", "dF/F (%)"),
    "mean of all neurons": TIMES
    + """
population = [np.mean(d.get_dff_traces()[1], axis=0) for d in (data_set_a, data_set_b, data_set_c)]
dff_a, dff_b, dff_c = population
"""
    + FIGURE,
    "another session's row, times from 0": """
t_a, F_a = data_set_a.get_dff_traces()
t_b, F_b = data_set_b.get_dff_traces()
t_c, F_c = data_set_c.get_dff_traces()
timestamps_a, timestamps_b, timestamps_c = t_a - t_a[0], t_b - t_b[0], t_c - t_c[0]
dff_a = F_a[index_b]
dff_b = F_b[index_c]
dff_c = F_c[index_a]
"""
    + FIGURE,
    "the id as a row, which stops": TIMES
    + """
dff_a = data_set_a.get_dff_traces()[1][cell_specimen_id, :]
dff_b = data_set_b.get_dff_traces()[1][cell_specimen_id, :]
dff_c = data_set_c.get_dff_traces()[1][cell_specimen_id, :]
""",
    "z-scored": TRACES
    + """
dff_a = (dff_a - dff_a.mean()) / dff_a.std()
dff_b = (dff_b - dff_b.mean()) / dff_b.std()
dff_c = (dff_c - dff_c.mean()) / dff_c.std()
"""
    + FIGURE,
    "session A's trace copied and pasted": """
timestamps_a, traces_a = data_set_a.get_dff_traces([cell_specimen_id])
timestamps_b, traces_b = data_set_b.get_dff_traces([cell_specimen_id])
timestamps_c, traces_c = data_set_c.get_dff_traces([cell_specimen_id])
dff_a = traces_a[0, :]
dff_b = traces_a[0, :]
dff_c = traces_a[0, :]
""",
    "raw fluorescence, axes named after nothing": TIMES
    + """
dff_a = data_set_a.get_fluorescence_traces([cell_specimen_id])[1].ravel()
dff_b = data_set_b.get_fluorescence_traces([cell_specimen_id])[1].ravel()
dff_c = data_set_c.get_fluorescence_traces([cell_specimen_id])[1].ravel()
fig_traces, axes = plt.subplots(nrows=3)
axes[0].plot(timestamps_a, dff_a)
axes[1].plot(timestamps_b, dff_b)
axes[2].plot(timestamps_c, dff_c)
""",
    "the last of three figures, without a name of y": TRACES
    + LISTS
    + """
for i in range(3):
    fig_traces = plt.figure(figsize=(12, 3))
    plt.plot(times[i], traces[i])
    plt.xlabel("time (s)")
""",
    "negative values cut off": TRACES
    + """
dff_a, dff_b, dff_c = (np.where(trace < 0, 0, trace) for trace in (dff_a, dff_b, dff_c))
"""
    + FIGURE,
    "session B rolled by a hundred frames": TRACES
    + "dff_b = np.roll(dff_b, 100)"
    + FIGURE.replace("dff_b", "np.roll(dff_b, -100)"),
}

EACH_TRACE = """
fig_traces, axes = plt.subplots(3, 1)
for ax, time, trace, d in zip(axes, times, traces, [data_set_a, data_set_b, data_set_c]):
    for n, other in enumerate(d.get_dff_traces()[1]):
        ax.plot(time[::20], other[::20], lw=0.5, COLOR)
    ax.set(xlabel="time (s)", ylabel="dF/F")
"""
WRONG |= {
    "every neuron's trace, in the colors as they come": TRACES
    + LISTS
    + EACH_TRACE.replace(", COLOR", ""),
    "every neuron's trace, in a color of its own": TRACES
    + LISTS
    + EACH_TRACE.replace("COLOR", "color=plt.cm.viridis(n / 255)"),
    "every neuron's trace in many panels": TRACES
    + LISTS
    + """
fig_traces, axes = plt.subplots(8, 6)
for ax in axes.flat:
    ax.set(xlabel="time (s)", ylabel="dF/F")
panels = iter(np.repeat(axes.ravel(), 11))
for time, d in zip(times, [data_set_a, data_set_b, data_set_c]):
    for other in d.get_dff_traces()[1]:
        next(panels).plot(time[::20], other[::20])
""",
}

RIGHT = {
    "every neuron's trace in grey, ours in red on top": TRACES
    + LISTS
    + EACH_TRACE.replace("COLOR", "color='0.7'")
    + """
    ax.plot(time, trace, color="red")
""",
    "a dozen neighbours for comparison": TRACES
    + LISTS
    + """
fig_traces, axes = plt.subplots(3, 1)
for ax, time, trace, d in zip(axes, times, traces, [data_set_a, data_set_b, data_set_c]):
    ax.plot(time[::20], d.get_dff_traces()[1][:12, ::20].T + 1)
    ax.plot(time, trace)
    ax.set(xlabel="time (s)", ylabel="dF/F")
""",
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
    "hours, thinned": TRACES
    + LISTS
    + """
fig_traces, axes = plt.subplots(3, 1, sharex=True)
for ax, time, trace in zip(axes, times, traces):
    ax.plot(time[::5] / 3600, trace[::5])
    ax.set_ylabel("dF/F")
axes[-1].set_xlabel("time (h)")
""",
    "imaging frames, every third": TRACES
    + LISTS
    + """
fig_traces, axes = plt.subplots(1, 3, figsize=(15, 3))
for ax, trace in zip(axes, traces):
    ax.plot(np.arange(0, len(trace), 3), 100 * trace[::3])
    ax.set_xlabel("imaging frame")
    ax.set_ylabel("dF/F (%)")
""",
    "only the movie, from its start, with a line at 0": TRACES
    + LISTS
    + """
fig_traces, axes = plt.subplots(3, 1)
recordings = [data_set_a, data_set_b, data_set_c]
for ax, time, trace, data_set in zip(axes, times, traces, recordings):
    table = data_set.get_stimulus_table("natural_movie_one")
    starts = table["start"][table["frame"] == 0].to_numpy()
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
    "squeezed in a function, pandas draws, no frame": """
def trace_of(recording):
    t, f = recording.get_dff_traces(cell_specimen_ids=[cell_specimen_id])
    return t, np.squeeze(f)
timestamps_a, dff_a = trace_of(data_set_a)
timestamps_b, dff_b = trace_of(data_set_b)
timestamps_c, dff_c = trace_of(data_set_c)
fig_traces, axes = plt.subplots(3, 1, figsize=(10, 6))
for n, (t, f) in enumerate([(timestamps_a, dff_a), (timestamps_b, dff_b), (timestamps_c, dff_c)]):
    pd.Series(f, index=t).plot(ax=axes[n], lw=0.4, title="Session " + "ABC"[n])
    axes[n].set_xlabel("Time since the recording began (seconds)")
    axes[n].set_ylabel("dF/F")
""",
    "flattened, a window of a minute in each": TRACES
    + """
dff_a = data_set_a.get_dff_traces([cell_specimen_id])[1].flatten()
panels = {}
fig_traces = plt.figure(layout="constrained")
for row, (letter, t, f) in enumerate(
    [("A", timestamps_a, dff_a), ("B", timestamps_b, dff_b), ("C", timestamps_c, dff_c)], 1
):
    window = (t > 2000) & (t < 2060)
    panels[letter] = fig_traces.add_subplot(3, 1, row, title=f"three_session_{letter}")
    panels[letter].plot(t[window], f[window], ".-")
    panels[letter].set(xlabel="t [s]", ylabel="ΔF/F")
""",
}

#: What each wrong answer does, as a teacher would say it, and the names of mistakes that fit.
MISTAKES = {
    "every neuron's trace, in the colors as they come": {
        "Ours cannot be told from all others in the figure.": ["all neurons drawn"],
    },
    "every neuron's trace, in a color of its own": {
        "Ours cannot be told from all others in the figure.": ["all neurons drawn"],
    },
    "every neuron's trace in many panels": {
        "Ours cannot be told from all others in the figure.": ["all neurons drawn"],
    },
    "an array of one row": {
        "The traces are left in arrays of one row.": ["an axis of length 1"],
    },
    "session A's index in all sessions": {
        "Session A's cell index is used for all three.": ["cell index of another session"],
    },
    "corrected fluorescence in place of dF/F": {
        "The traces are fluorescence, not dF/F.": ["another kind of trace"],
    },
    "times and dF/F exchanged": {
        "The times stand for dF/F, and dF/F for the times.": [
            "dF/F in place of the times",
            "the times in place of dF/F",
        ],
    },
    "all neurons": {
        "The traces are those of all neurons where one was asked.": [
            "all neurons",
            "all neurons drawn",
        ],
    },
    "a column in place of a row": {
        "A column was taken: one frame of all neurons.": ["a column in place of a row"],
    },
    "a figure without names of the axes": {
        "The axes have no labels.": ["missing labels"],
    },
    "frames on an axis that claims seconds": {
        "The trace is drawn against frames, and the axis says seconds.": ["wrong unit of time"],
    },
    "one panel for all": {
        "There is one panel for three sessions.": ["one panel for three"],
    },
    "titles in another order than the panels": {
        "The panels have the titles of other sessions.": ["names in another order"],
    },
    "all in one panel, and two with something else": {
        "All sessions are in one panel.": ["everything in one panel"],
        "Two panels show something that is no trace.": ["other values drawn"],
    },
    "session A in two panels": {
        "The figure shows session A in the place of B.": ["one session twice"],
    },
    "sessions B and C exchanged in a loop": {
        "Sessions B and C are swapped.": ["another session's array"],
    },
    "in percent": {
        "dF/F is given in percent, not as a fraction.": ["percent for fraction"],
    },
    "mean of all neurons": {
        "The trace is the mean across all neurons.": ["mean taken across neurons"],
    },
    "another session's row, times from 0": {
        "Another session's cell index is used: traces of other neurons.": [
            "cell index of another session"
        ],
        "The times are shifted to begin at 0, not as the recording has them.": ["times from zero"],
    },
    "the id as a row, which stops": {
        "The cell specimen id is used as an index, and the cell stops with an error.": [
            "the cell specimen id as index"
        ],
    },
    "z-scored": {
        "dF/F has been z-scored, not left as it is.": ["changed afterwards"],
    },
    "session A's trace copied and pasted": {
        "Session A's trace is used for all three.": ["another session's array"],
    },
    "raw fluorescence, axes named after nothing": {
        "The traces are raw fluorescence, not dF/F.": ["another kind of trace"],
        "The axes of the figure have no labels.": ["missing labels"],
    },
    "the last of three figures, without a name of y": {
        "Each session has a figure of its own: only session C's is left.": ["one panel for three"],
        "The y axis has no label.": ["missing labels"],
    },
    "negative values cut off": {
        "Negative values of dF/F have been made 0.": ["changed afterwards"],
    },
    "session B rolled by a hundred frames": {
        "dF/F of session B is moved by a hundred frames.": ["moved in time"],
    },
}

CHANGED = {
    "a figure of traces that are smoothed": "gaussian_filter1d(trace, 30)",
    "a figure of traces that are turned over": "-trace",
}
WRONG |= {
    name: "from scipy.ndimage import gaussian_filter1d"
    + TRACES
    + FIGURE.replace("plot(time, trace)", f"plot(time, {drawn})")
    for name, drawn in CHANGED.items()
}
MISTAKES |= {
    "a figure of traces that are smoothed": {
        "The lines are smoothed, and called dF/F.": [
            "changed afterwards",
            "changed values called dF/F",
        ]
    },
    "a figure of traces that are turned over": {
        "The lines are turned over.": ["changed afterwards"]
    },
}
