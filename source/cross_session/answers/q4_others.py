"""Answers to question 4 by others, who had the released notebook alone."""

# Students write long lines.
# ruff: noqa: E501

WRONG = {
    "axis names exchanged": """
timestamps_a, (dff_a,) = data_set_a.get_dff_traces(cell_specimen_ids=[cell_specimen_id])

timestamps_b, (dff_b,) = data_set_b.get_dff_traces(cell_specimen_ids=[cell_specimen_id])

timestamps_c, (dff_c,) = data_set_c.get_dff_traces(cell_specimen_ids=[cell_specimen_id])

fig_traces, axes = plt.subplots(3, 1, figsize=(11, 6), sharex=True, gridspec_kw={"hspace": 0.5})
times = [timestamps_a, timestamps_b, timestamps_c]
traces = [dff_a, dff_b, dff_c]

for ax, session, time, trace in zip(axes, "ABC", times, traces):
    ax.plot(time, trace, lw=0.5, color="C2")
    ax.set_xlabel("dF/F")
    ax.set_ylabel("time (s)")
    ax.set_title(f"Session {session}", loc="left")
""",
    "called firing rate": """
timestamps_a, dff_a = data_set_a.get_dff_traces([cell_specimen_id])
dff_a = dff_a[0]

timestamps_b, dff_b = data_set_b.get_dff_traces([cell_specimen_id])
dff_b = dff_b[0]

timestamps_c, dff_c = data_set_c.get_dff_traces([cell_specimen_id])
dff_c = dff_c[0]

fig_traces, axes = plt.subplots(3, 1, figsize=(11, 6), sharex=True, gridspec_kw={"hspace": 0.5})
times = [timestamps_a, timestamps_b, timestamps_c]
traces = [dff_a, dff_b, dff_c]

for ax, session, time, trace in zip(axes, "ABC", times, traces):
    ax.plot(time / 60, trace, lw=0.5)
    ax.set_xlabel("time (min)")
    ax.set_ylabel("firing rate (spikes/s)")
    ax.set_title(f"Session {session}", loc="left")
""",
    "empty window": """
timestamps_a, dff_a = data_set_a.get_dff_traces([cell_specimen_id])
dff_a = dff_a[0]

timestamps_b, dff_b = data_set_b.get_dff_traces([cell_specimen_id])
dff_b = dff_b[0]

timestamps_c, dff_c = data_set_c.get_dff_traces([cell_specimen_id])
dff_c = dff_c[0]

fig_traces, axes = plt.subplots(3, 1, figsize=(11, 6), sharex=True, gridspec_kw={"hspace": 0.5})
times = [timestamps_a, timestamps_b, timestamps_c]
traces = [dff_a, dff_b, dff_c]

for ax, session, time, trace in zip(axes, "ABC", times, traces):
    ax.plot(time / 60, trace, lw=0.5)
    ax.set_xlim(1200, 1500)
    ax.set_xlabel("time (min)")
    ax.set_ylabel("dF/F")
    ax.set_title(f"Session {session}", loc="left")
""",
    "index of a in all sessions": """
timestamps_a, traces_a = data_set_a.get_dff_traces()
dff_a = traces_a[index_a]

timestamps_b, traces_b = data_set_b.get_dff_traces()
dff_b = traces_b[index_a]

timestamps_c, traces_c = data_set_c.get_dff_traces()
dff_c = traces_c[index_a]

fig_traces, axes = plt.subplots(3, 1, figsize=(11, 6), sharex=True, gridspec_kw={"hspace": 0.5})
times = [timestamps_a, timestamps_b, timestamps_c]
traces = [dff_a, dff_b, dff_c]

for ax, session, time, trace in zip(axes, "ABC", times, traces):
    ax.plot(time, trace, lw=0.5)
    ax.set_ylabel("dF/F")
    ax.set_title(f"Session {session}", loc="left")
axes[-1].set_xlabel("time (s)")
""",
    "lifted named dff": """
timestamps_a, (dff_a,) = data_set_a.get_dff_traces(cell_specimen_ids=[cell_specimen_id])

timestamps_b, (dff_b,) = data_set_b.get_dff_traces(cell_specimen_ids=[cell_specimen_id])

timestamps_c, (dff_c,) = data_set_c.get_dff_traces(cell_specimen_ids=[cell_specimen_id])

fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), sharex=True)
for k, (ax, time, trace) in enumerate(
    zip(axes, [timestamps_a, timestamps_b, timestamps_c], [dff_a, dff_b, dff_c])
):
    ax.plot(time / 60, trace + 3 * k, lw=0.5)
    ax.set_title("Session " + "ABC"[k])
    ax.set_ylabel("dF/F")
    ax.set_xlabel("time (min)")
fig_traces.tight_layout()
""",
    "minutes over seconds": """
timestamps_a, dff_a = data_set_a.get_dff_traces([cell_specimen_id])
dff_a = dff_a[0]

timestamps_b, dff_b = data_set_b.get_dff_traces([cell_specimen_id])
dff_b = dff_b[0]

timestamps_c, dff_c = data_set_c.get_dff_traces([cell_specimen_id])
dff_c = dff_c[0]

fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), sharex=True)
axes[0].plot(timestamps_a, dff_a, lw=0.5)
axes[0].set_title("Session A")
axes[1].plot(timestamps_b, dff_b, lw=0.5)
axes[1].set_title("Session B")
axes[2].plot(timestamps_c, dff_c, lw=0.5)
axes[2].set_title("Session C")
for ax in axes:
    ax.set_ylabel("dF/F")
    ax.set_xlabel("Time (min)")
plt.tight_layout()
""",
    "neighbour in the list": """
timestamps_a, dff_a = data_set_a.get_dff_traces([cell_specimen_id])
dff_a = dff_a[0]

timestamps_b, dff_b = data_set_b.get_dff_traces([cell_specimen_id])
dff_b = dff_b[0]

timestamps_c, dff_c = data_set_c.get_dff_traces([cell_specimen_id])
dff_c = dff_c[0]

fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), sharex=True)
for ax, name, ds, idx in zip(axes, "ABC", [data_set_a, data_set_b, data_set_c], [index_a, index_b, index_c]):
    neurons = ds.get_cell_specimen_ids()
    t, y = ds.get_dff_traces([neurons[idx - 1]])
    ax.plot(t, y[0], lw=0.5)
    ax.set_title("Session " + name, loc="left")
    ax.set_ylabel("dF/F")
axes[-1].set_xlabel("time (s)")
""",
    "only one second": """
timestamps_a, dff_a = data_set_a.get_dff_traces([cell_specimen_id])
dff_a = dff_a[0]

timestamps_b, dff_b = data_set_b.get_dff_traces([cell_specimen_id])
dff_b = dff_b[0]

timestamps_c, dff_c = data_set_c.get_dff_traces([cell_specimen_id])
dff_c = dff_c[0]

fig_traces, axes = plt.subplots(3, 1, figsize=(11, 6), sharex=True, gridspec_kw={"hspace": 0.5})
times = [timestamps_a, timestamps_b, timestamps_c]
traces = [dff_a, dff_b, dff_c]

for ax, session, time, trace in zip(axes, "ABC", times, traces):
    ax.plot(time[:30], trace[:30])
    ax.set_xlabel("time (s)")
    ax.set_ylabel("dF/F")
    ax.set_title(f"Session {session}", loc="left")
""",
    "percent over ratio": """
def get_trace(data_set):
    t, d = data_set.get_dff_traces([cell_specimen_id])
    return t, d[0, :]

timestamps_a, dff_a = get_trace(data_set_a)
timestamps_b, dff_b = get_trace(data_set_b)
timestamps_c, dff_c = get_trace(data_set_c)

fig_traces, axes = plt.subplots(3, 1, figsize=(11, 6), sharex=True, gridspec_kw={"hspace": 0.5})
times = [timestamps_a, timestamps_b, timestamps_c]
traces = [dff_a, dff_b, dff_c]

for ax, session, time, trace in zip(axes, "ABC", times, traces):
    ax.plot(time, trace, lw=0.5)
    ax.set_xlabel("time (s)")
    ax.set_ylabel("dF/F (%)")
    ax.set_title(f"Session {session}", loc="left")
""",
    "row not taken out": """
timestamps_a, dff_a = data_set_a.get_dff_traces([cell_specimen_id])

timestamps_b, dff_b = data_set_b.get_dff_traces([cell_specimen_id])

timestamps_c, dff_c = data_set_c.get_dff_traces([cell_specimen_id])

fig_traces, axes = plt.subplots(3, 1, figsize=(11, 6), sharex=True, gridspec_kw={"hspace": 0.5})
times = [timestamps_a, timestamps_b, timestamps_c]
traces = [dff_a, dff_b, dff_c]

for ax, session, time, trace in zip(axes, "ABC", times, traces):
    ax.plot(time, trace.T, lw=0.5)
    ax.set_ylabel("dF/F")
    ax.set_xlabel("time (s)")
    ax.set_title(f"Session {session}", loc="left")
""",
    "seconds over frames": """
timestamps_a, dff_a = data_set_a.get_dff_traces([cell_specimen_id])
dff_a = dff_a[0]

timestamps_b, dff_b = data_set_b.get_dff_traces([cell_specimen_id])
dff_b = dff_b[0]

timestamps_c, dff_c = data_set_c.get_dff_traces([cell_specimen_id])
dff_c = dff_c[0]

fig_traces, axes = plt.subplots(3, 1, figsize=(11, 6), sharex=True, gridspec_kw={"hspace": 0.5})
times = [timestamps_a, timestamps_b, timestamps_c]
traces = [dff_a, dff_b, dff_c]

for ax, session, time, trace in zip(axes, "ABC", times, traces):
    ax.plot(trace, lw=0.5)
    ax.set_xlabel("time (s)")
    ax.set_ylabel("dF/F")
    ax.set_title(f"Session {session}", loc="left")
""",
    "session a thrice": """
def get_trace(data_set):
    t, d = data_set.get_dff_traces([cell_specimen_id])
    return t, d[0, :]

timestamps_a, dff_a = get_trace(data_set_a)
timestamps_b, dff_b = get_trace(data_set_b)
timestamps_c, dff_c = get_trace(data_set_c)

plt.figure(figsize=(11, 7))
for i, name in enumerate(["A", "B", "C"]):
    plt.subplot(3, 1, i + 1)
    plt.plot(timestamps_a / 60, dff_a, lw=0.5)
    plt.title("Session " + name)
    plt.ylabel("dF/F")
    plt.xlabel("time (min)")
plt.tight_layout()
fig_traces = plt.gcf()
""",
    "time without unit": """
def get_trace(data_set):
    t, d = data_set.get_dff_traces([cell_specimen_id])
    return t, d[0, :]

timestamps_a, dff_a = get_trace(data_set_a)
timestamps_b, dff_b = get_trace(data_set_b)
timestamps_c, dff_c = get_trace(data_set_c)

fig_traces, axes = plt.subplots(3, 1, figsize=(11, 6), sharex=True, gridspec_kw={"hspace": 0.5})
times = [timestamps_a, timestamps_b, timestamps_c]
traces = [dff_a, dff_b, dff_c]

for ax, session, time, trace in zip(axes, "ABC", times, traces):
    ax.plot(time, trace, lw=0.5)
    ax.set_xlabel("time")
    ax.set_ylabel("dF/F")
    ax.set_title(f"Session {session}", loc="left")
""",
    "times from frame rate": """
_, dff_a = data_set_a.get_dff_traces([cell_specimen_id])
dff_a = dff_a[0]
timestamps_a = np.arange(len(dff_a)) / 30

_, dff_b = data_set_b.get_dff_traces([cell_specimen_id])
dff_b = dff_b[0]
timestamps_b = np.arange(len(dff_b)) / 30

_, dff_c = data_set_c.get_dff_traces([cell_specimen_id])
dff_c = dff_c[0]
timestamps_c = np.arange(len(dff_c)) / 30

fig_traces, axes = plt.subplots(3, 1, figsize=(11, 6), sharex=True, gridspec_kw={"hspace": 0.5})
times = [timestamps_a, timestamps_b, timestamps_c]
traces = [dff_a, dff_b, dff_c]

for ax, session, time, trace in zip(axes, "ABC", times, traces):
    ax.plot(time, trace, lw=0.5)
    ax.set_ylabel("dF/F")
    ax.set_title(f"Session {session}", loc="left")
axes[-1].set_xlabel("time (s)")
""",
    "y axis without name": """
timestamps_a, dff_a = data_set_a.get_dff_traces([cell_specimen_id])
dff_a = dff_a[0]

timestamps_b, dff_b = data_set_b.get_dff_traces([cell_specimen_id])
dff_b = dff_b[0]

timestamps_c, dff_c = data_set_c.get_dff_traces([cell_specimen_id])
dff_c = dff_c[0]

fig_traces, axes = plt.subplots(3, 1, figsize=(11, 6), sharex=True, gridspec_kw={"hspace": 0.5})
times = [timestamps_a, timestamps_b, timestamps_c]
traces = [dff_a, dff_b, dff_c]

for ax, session, time, trace in zip(axes, "ABC", times, traces):
    ax.plot(time, trace, lw=0.5)
    ax.set_xlabel("time (s)")
    ax.set_title(f"Session {session}", loc="left")
""",
    "z scored named dff": """
timestamps_a, dff_a = data_set_a.get_dff_traces([cell_specimen_id])
dff_a = dff_a[0]

timestamps_b, dff_b = data_set_b.get_dff_traces([cell_specimen_id])
dff_b = dff_b[0]

timestamps_c, dff_c = data_set_c.get_dff_traces([cell_specimen_id])
dff_c = dff_c[0]

fig_traces, axes = plt.subplots(3, 1, figsize=(11, 6), sharex=True, gridspec_kw={"hspace": 0.5})
times = [timestamps_a, timestamps_b, timestamps_c]
traces = [dff_a, dff_b, dff_c]

for ax, session, time, trace in zip(axes, "ABC", times, traces):
    z = (trace - trace.mean()) / trace.std()
    ax.plot(time, z, lw=0.5)
    ax.set_xlabel("time (s)")
    ax.set_ylabel("dF/F")
    ax.set_title(f"Session {session}", loc="left")
""",
}

RIGHT = {
    "all traces by index": """
timestamps_a, all_a = data_set_a.get_dff_traces()
dff_a = all_a[index_a]

timestamps_b, all_b = data_set_b.get_dff_traces()
dff_b = all_b[index_b]

timestamps_c, all_c = data_set_c.get_dff_traces()
dff_c = all_c[index_c]

fig_traces, axes = plt.subplots(3, 1, figsize=(11, 6), sharex=True, gridspec_kw={"hspace": 0.5})
times = [timestamps_a, timestamps_b, timestamps_c]
traces = [dff_a, dff_b, dff_c]

for ax, session, time, trace in zip(axes, "ABC", times, traces):
    ax.plot(time, trace, lw=0.5)
    ax.set_ylabel("dF/F")
    ax.set_title(f"Session {session}", loc="left")
axes[-1].set_xlabel("time (s)")
""",
    "fill between tick labels": """
timestamps_a, dff_a = data_set_a.get_dff_traces([cell_specimen_id])
dff_a = dff_a[0]

timestamps_b, dff_b = data_set_b.get_dff_traces([cell_specimen_id])
dff_b = dff_b[0]

timestamps_c, dff_c = data_set_c.get_dff_traces([cell_specimen_id])
dff_c = dff_c[0]

def draw(ax, time, trace, name):
    ax.fill_between(time, 0, trace, color="purple", lw=0.3)
    minutes = np.arange(0, time[-1] / 60 + 1, 10)
    ax.set_xticks(minutes * 60)
    ax.set_xticklabels([f"{m:.0f}" for m in minutes])
    ax.set_xlim(time[0], time[-1])
    ax.set_xlabel("time (min)")
    ax.set_ylabel("dF/F")
    ax.set_title("Session " + name)


fig_traces = plt.figure(figsize=(11, 8))
grid = fig_traces.add_gridspec(3, 1, hspace=0.8)
draw(fig_traces.add_subplot(grid[0]), timestamps_a, dff_a, "A")
draw(fig_traces.add_subplot(grid[1]), timestamps_b, dff_b, "B")
draw(fig_traces.add_subplot(grid[2]), timestamps_c, dff_c, "C")
""",
    "frames twin minutes": """
def get_trace(data_set):
    t, d = data_set.get_dff_traces([cell_specimen_id])
    return t, d[0, :]

timestamps_a, dff_a = get_trace(data_set_a)
timestamps_b, dff_b = get_trace(data_set_b)
timestamps_c, dff_c = get_trace(data_set_c)

fig_traces, axes = plt.subplots(3, 1, figsize=(11, 9), constrained_layout=True)
for ax, session, time, trace in zip(axes, "ABC", [timestamps_a, timestamps_b, timestamps_c], [dff_a, dff_b, dff_c]):
    frames = np.arange(len(trace))
    ax.plot(frames, trace, lw=0.5)
    ax.set_xlim(0, len(trace) - 1)
    ax.set_xlabel("imaging frame")
    ax.set_ylabel("dF/F")
    ax.text(0.01, 0.85, "Session " + session, transform=ax.transAxes)
    top = ax.twiny()
    top.set_xlim(time[0] / 60, time[-1] / 60)
    top.set_xlabel("time (min)")
""",
    "linecollection from movie start": """
timestamps_a, (dff_a,) = data_set_a.get_dff_traces(cell_specimen_ids=[cell_specimen_id])

timestamps_b, (dff_b,) = data_set_b.get_dff_traces(cell_specimen_ids=[cell_specimen_id])

timestamps_c, (dff_c,) = data_set_c.get_dff_traces(cell_specimen_ids=[cell_specimen_id])

from matplotlib.collections import LineCollection

fig_traces, axes = plt.subplots(3, 1, figsize=(11, 7), sharex=True)
for ax, name, data_set, time, trace in zip(
    axes, "ABC", [data_set_a, data_set_b, data_set_c],
    [timestamps_a, timestamps_b, timestamps_c], [dff_a, dff_b, dff_c],
):
    table = data_set.get_stimulus_table("natural_movie_one")
    first, last = int(table["start"].min()), int(table["end"].max())
    x = time[first:last] - time[first]
    y = trace[first:last]
    points = np.column_stack([x, y])
    ax.add_collection(LineCollection(np.stack([points[:-1], points[1:]], axis=1), linewidths=0.7, colors="navy"))
    ax.autoscale_view()
    ax.set_ylabel("dF/F")
    ax.set_title(f"Session {name}", loc="left")
axes[-1].set_xlabel("time from the start of natural movie one (s)")
""",
    "mosaic markers only": r"""
timestamps_a, (dff_a,) = data_set_a.get_dff_traces(cell_specimen_ids=[cell_specimen_id])

timestamps_b, (dff_b,) = data_set_b.get_dff_traces(cell_specimen_ids=[cell_specimen_id])

timestamps_c, (dff_c,) = data_set_c.get_dff_traces(cell_specimen_ids=[cell_specimen_id])

fig_traces, ax = plt.subplot_mosaic([["A"], ["B"], ["C"]], figsize=(11, 7), sharex=True)
data = {"A": (timestamps_a, dff_a), "B": (timestamps_b, dff_b), "C": (timestamps_c, dff_c)}
for s in data:
    t, y = data[s]
    t = t - t[0]
    part = t < 600
    ax[s].plot(t[part], y[part], ".", ms=1.5)
    ax[s].set_ylabel(r"$\Delta F / F$")
    ax[s].set_title("Session " + s)
ax["C"].set_xlabel("time since first imaging frame [s]")
""",
    "pandas every third": """
timestamps_a, dff_a = data_set_a.get_dff_traces([cell_specimen_id])
dff_a = dff_a[0]

timestamps_b, dff_b = data_set_b.get_dff_traces([cell_specimen_id])
dff_b = dff_b[0]

timestamps_c, dff_c = data_set_c.get_dff_traces([cell_specimen_id])
dff_c = dff_c[0]

fig_traces, axes = plt.subplots(nrows=3, figsize=(11, 7), sharex=True)

pd.Series(dff_a, index=timestamps_a / 60)[::3].plot(ax=axes[0], lw=0.6, title="Session A")
pd.Series(dff_b, index=timestamps_b / 60)[::3].plot(ax=axes[1], lw=0.6, title="Session B")
pd.Series(dff_c, index=timestamps_c / 60)[::3].plot(ax=axes[2], lw=0.6, title="Session C")

for ax in axes:
    ax.set_ylabel("dF/F (no unit)")
axes[2].set_xlabel("time in the session (minutes)")
""",
    "plot seconds": """
timestamps_a, dff_a = data_set_a.get_dff_traces([cell_specimen_id])
dff_a = dff_a[0]

timestamps_b, dff_b = data_set_b.get_dff_traces([cell_specimen_id])
dff_b = dff_b[0]

timestamps_c, dff_c = data_set_c.get_dff_traces([cell_specimen_id])
dff_c = dff_c[0]

fig_traces, axes = plt.subplots(3, 1, figsize=(11, 6), sharex=True, gridspec_kw={"hspace": 0.5})
times = [timestamps_a, timestamps_b, timestamps_c]
traces = [dff_a, dff_b, dff_c]

for ax, session, time, trace in zip(axes, "ABC", times, traces):
    ax.plot(time, trace, color="k", linewidth=0.6)
    ax.set_xlabel("Time (s)")
    ax.set_ylabel("dF/F")
    ax.set_title(f"Session {session}", loc="left")
""",
    "pyplot minutes": """
timestamps_a, dff_a = data_set_a.get_dff_traces([cell_specimen_id])
dff_a = dff_a[0]

timestamps_b, dff_b = data_set_b.get_dff_traces([cell_specimen_id])
dff_b = dff_b[0]

timestamps_c, dff_c = data_set_c.get_dff_traces([cell_specimen_id])
dff_c = dff_c[0]

plt.figure(figsize=(12, 7))

plt.subplot(3, 1, 1)
plt.plot(timestamps_a / 60, dff_a, lw=0.5, color="tab:blue")
plt.title("Session A")
plt.xlabel("time (min)")
plt.ylabel("ΔF/F")

plt.subplot(3, 1, 2)
plt.plot(timestamps_b / 60, dff_b, lw=0.5, color="tab:orange")
plt.title("Session B")
plt.xlabel("time (min)")
plt.ylabel("ΔF/F")

plt.subplot(3, 1, 3)
plt.plot(timestamps_c / 60, dff_c, lw=0.5, color="tab:green")
plt.title("Session C")
plt.xlabel("time (min)")
plt.ylabel("ΔF/F")

plt.tight_layout()
fig_traces = plt.gcf()
""",
    "seaborn lineplot part": """
def get_trace(data_set):
    t, d = data_set.get_dff_traces([cell_specimen_id])
    return t, d[0, :]

timestamps_a, dff_a = get_trace(data_set_a)
timestamps_b, dff_b = get_trace(data_set_b)
timestamps_c, dff_c = get_trace(data_set_c)

import seaborn as sns

fig_traces, axes = plt.subplots(3, 1, figsize=(11, 8))
for i, (ds, trace) in enumerate(zip([data_set_a, data_set_b, data_set_c], [dff_a, dff_b, dff_c])):
    movie = ds.get_stimulus_table("natural_movie_one")
    start = max(int(movie.start.min()) - 1000, 0)
    stop = int(movie.end.max()) + 1000
    piece = pd.DataFrame({"frame": np.arange(len(trace)), "dF/F": trace}).iloc[start:stop]
    sns.lineplot(data=piece, x="frame", y="dF/F", ax=axes[i], estimator=None, linewidth=0.7)
    axes[i].set_xlabel("time (imaging frames)")
    axes[i].set_title("Session " + "ABC"[i])
fig_traces.tight_layout()
""",
    "squeeze float64 loop": """
t, d = {}, {}
for name, recording in zip("abc", [data_set_a, data_set_b, data_set_c]):
    t[name] = np.asarray(recording.get_fluorescence_timestamps())
    d[name] = recording.get_dff_traces([cell_specimen_id])[1].squeeze().astype(np.float64)

timestamps_a = t["a"]
dff_a = d["a"]

timestamps_b = t["b"]
dff_b = d["b"]

timestamps_c = t["c"]
dff_c = d["c"]

fig_traces, axes = plt.subplots(3, 1, figsize=(11, 6), sharex=True, gridspec_kw={"hspace": 0.5})
times = [timestamps_a, timestamps_b, timestamps_c]
traces = [dff_a, dff_b, dff_c]

for ax, session, time, trace in zip(axes, "ABC", times, traces):
    ax.plot(time, trace, lw=0.5)
    ax.set_ylabel("dF/F")
    ax.set_title(f"Session {session}", loc="left")
axes[-1].set_xlabel("time (s)")
""",
    "step supxlabel": """
def get_trace(data_set):
    t, d = data_set.get_dff_traces([cell_specimen_id])
    return t, d[0, :]

timestamps_a, dff_a = get_trace(data_set_a)
timestamps_b, dff_b = get_trace(data_set_b)
timestamps_c, dff_c = get_trace(data_set_c)

fig_traces, axes = plt.subplots(3, 1, figsize=(11, 6), sharex=True, gridspec_kw={"hspace": 0.5})
times = [timestamps_a, timestamps_b, timestamps_c]
traces = [dff_a, dff_b, dff_c]

for ax, session, time, trace in zip(axes, "ABC", times, traces):
    ax.step(time, trace, where="mid", lw=0.5, color="darkgreen")
    ax.set_title(f"Session {session}", loc="left")

fig_traces.supxlabel("time (s)")
fig_traces.supylabel("dF/F")
""",
}

#: What each wrong answer does, as its author says it, and the names of mistakes that fit.
MISTAKES = {
    "axis names exchanged": {"Names of the two axes exchanged.": ["names of the axes exchanged"]},
    "called firing rate": {"DF/F named firing rate.": ["another quantity named"]},
    "empty window": {
        "Window given in seconds on an axis of minutes, the panels are empty.": ["an empty window"]
    },
    "index of a in all sessions": {
        "Index of session A used to take the trace in B and C.": ["cell index of another session"]
    },
    "lifted named dff": {
        "Traces of B and C lifted by an offset under the name dF/F.": ["changed values called dF/F"]
    },
    "minutes over seconds": {
        "Time axis labelled minutes though it counts seconds.": ["wrong unit of time"]
    },
    "neighbour in the list": {
        "Trace of another neuron drawn (the one before ours in the list).": [
            "off by one",
            "another neuron",
        ]
    },
    "only one second": {
        "Only the first second (30 imaging frames) of each trace shown.": ["too short a piece"]
    },
    "percent over ratio": {
        "DF/F labelled in percent though the values are ratios.": ["percent and fraction mixed up"]
    },
    "row not taken out": {
        "DF/F is two-dimensional, (1, frames), the row not taken out.": ["an axis of length 1"]
    },
    "seconds over frames": {
        "Time axis labelled seconds though it counts imaging frames.": ["wrong unit of time"]
    },
    "session a thrice": {"The trace of session A in all three panels.": ["one session for all"]},
    "time without unit": {"Time axis named without its unit.": ["wrong unit of time"]},
    "times from frame rate": {
        "Times made up from 30 frames a second in place of the recorded timestamps.": [
            "computed from a frame rate"
        ]
    },
    "y axis without name": {"Y axis without name.": ["missing labels"]},
    "z scored named dff": {
        "Z-scored traces drawn under the name dF/F.": ["changed values called dF/F"]
    },
}
