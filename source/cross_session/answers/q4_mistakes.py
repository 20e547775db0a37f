"""Wrong answers to question 4, with one mistake each, by one who had the released notebook alone."""

# Students write long lines.
# ruff: noqa: E501

WRONG = {
    "own dff of raw": """
timestamps_a, raw = data_set_a.get_fluorescence_traces([cell_specimen_id])
dff_a = (raw[0] - raw[0].mean()) / raw[0].mean()


timestamps_b, raw = data_set_b.get_fluorescence_traces([cell_specimen_id])
dff_b = (raw[0] - raw[0].mean()) / raw[0].mean()


timestamps_c, raw = data_set_c.get_fluorescence_traces([cell_specimen_id])
dff_c = (raw[0] - raw[0].mean()) / raw[0].mean()


fig_traces, axes = plt.subplots(3, 1, figsize=(11, 6), sharex=True, gridspec_kw={"hspace": 0.5})
times = [timestamps_a, timestamps_b, timestamps_c]
traces = [dff_a, dff_b, dff_c]

for ax, session, time, trace in zip(axes, "ABC", times, traces):
    ax.plot(time, trace, lw=0.5)
    ax.set_xlabel("Time (s)")
    ax.set_ylabel("dF/F")
    ax.set_title(f"Session {session}", loc="left")
""",
    "detrended": """
timestamps_a, dff_a = data_set_a.get_dff_traces([cell_specimen_id])
dff_a = dff_a[0]

timestamps_b, dff_b = data_set_b.get_dff_traces([cell_specimen_id])
dff_b = dff_b[0]

timestamps_c, dff_c = data_set_c.get_dff_traces([cell_specimen_id])
dff_c = dff_c[0]

from scipy.signal import detrend
dff_a, dff_b, dff_c = detrend(dff_a), detrend(dff_b), detrend(dff_c)


fig_traces, axes = plt.subplots(3, 1, figsize=(11, 6), sharex=True, gridspec_kw={"hspace": 0.5})
times = [timestamps_a, timestamps_b, timestamps_c]
traces = [dff_a, dff_b, dff_c]

for ax, session, time, trace in zip(axes, "ABC", times, traces):
    ax.plot(time, trace, lw=0.5)
    ax.set_xlabel("Time (s)")
    ax.set_ylabel("dF/F")
    ax.set_title(f"Session {session}", loc="left")
""",
    "smoothed": """
timestamps_a, dff_a = data_set_a.get_dff_traces([cell_specimen_id])
dff_a = dff_a[0]

timestamps_b, dff_b = data_set_b.get_dff_traces([cell_specimen_id])
dff_b = dff_b[0]

timestamps_c, dff_c = data_set_c.get_dff_traces([cell_specimen_id])
dff_c = dff_c[0]

kernel = np.ones(15) / 15
dff_a = np.convolve(dff_a, kernel, mode="same")
dff_b = np.convolve(dff_b, kernel, mode="same")
dff_c = np.convolve(dff_c, kernel, mode="same")


fig_traces, axes = plt.subplots(3, 1, figsize=(11, 6), sharex=True, gridspec_kw={"hspace": 0.5})
times = [timestamps_a, timestamps_b, timestamps_c]
traces = [dff_a, dff_b, dff_c]

for ax, session, time, trace in zip(axes, "ABC", times, traces):
    ax.plot(time, trace, lw=0.5)
    ax.set_xlabel("Time (s)")
    ax.set_ylabel("dF/F")
    ax.set_title(f"Session {session}", loc="left")
""",
    "times of a": """
timestamps_a, dff_a = data_set_a.get_dff_traces([cell_specimen_id])
dff_a = dff_a[0]

timestamps_b, dff_b = data_set_b.get_dff_traces([cell_specimen_id])
dff_b = dff_b[0]

timestamps_c, dff_c = data_set_c.get_dff_traces([cell_specimen_id])
dff_c = dff_c[0]

timestamps_b = timestamps_a[:len(dff_b)]


fig_traces, axes = plt.subplots(3, 1, figsize=(11, 6), sharex=True, gridspec_kw={"hspace": 0.5})
times = [timestamps_a, timestamps_b, timestamps_c]
traces = [dff_a, dff_b, dff_c]

for ax, session, time, trace in zip(axes, "ABC", times, traces):
    ax.plot(time, trace, lw=0.5)
    ax.set_xlabel("Time (s)")
    ax.set_ylabel("dF/F")
    ax.set_title(f"Session {session}", loc="left")
""",
    "first ten minutes": """
timestamps_a, dff_a = data_set_a.get_dff_traces([cell_specimen_id])
timestamps_a, dff_a = timestamps_a[:18000], dff_a[0, :18000]


timestamps_b, dff_b = data_set_b.get_dff_traces([cell_specimen_id])
timestamps_b, dff_b = timestamps_b[:18000], dff_b[0, :18000]


timestamps_c, dff_c = data_set_c.get_dff_traces([cell_specimen_id])
timestamps_c, dff_c = timestamps_c[:18000], dff_c[0, :18000]


fig_traces, axes = plt.subplots(3, 1, figsize=(11, 6), sharex=True, gridspec_kw={"hspace": 0.5})
times = [timestamps_a, timestamps_b, timestamps_c]
traces = [dff_a, dff_b, dff_c]

for ax, session, time, trace in zip(axes, "ABC", times, traces):
    ax.plot(time, trace, lw=0.5)
    ax.set_xlabel("Time (s)")
    ax.set_ylabel("dF/F")
    ax.set_title(f"Session {session}", loc="left")
""",
    "names swapped": """
dff_a, timestamps_a = data_set_a.get_dff_traces([cell_specimen_id])
timestamps_a = timestamps_a[0]
dff_b, timestamps_b = data_set_b.get_dff_traces([cell_specimen_id])
timestamps_b = timestamps_b[0]
dff_c, timestamps_c = data_set_c.get_dff_traces([cell_specimen_id])
timestamps_c = timestamps_c[0]


fig_traces, axes = plt.subplots(3, 1, figsize=(11, 6), sharex=True, gridspec_kw={"hspace": 0.5})
times = [timestamps_a, timestamps_b, timestamps_c]
traces = [dff_a, dff_b, dff_c]

for ax, session, time, trace in zip(axes, "ABC", times, traces):
    ax.plot(time, trace, lw=0.5)
    ax.set_xlabel("Time (s)")
    ax.set_ylabel("dF/F")
    ax.set_title(f"Session {session}", loc="left")
""",
    "figure, y cut": """
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
    ax.set_xlabel("Time (s)")
    ax.set_ylabel("dF/F")
    ax.set_title(f"Session {session}", loc="left")
    ax.set_ylim(-0.05, 0.05)
""",
    "figure, axes exchanged": """
timestamps_a, dff_a = data_set_a.get_dff_traces([cell_specimen_id])
dff_a = dff_a[0]

timestamps_b, dff_b = data_set_b.get_dff_traces([cell_specimen_id])
dff_b = dff_b[0]

timestamps_c, dff_c = data_set_c.get_dff_traces([cell_specimen_id])
dff_c = dff_c[0]


fig_traces, axes = plt.subplots(3, 1, figsize=(11, 6), gridspec_kw={"hspace": 0.5})
times = [timestamps_a, timestamps_b, timestamps_c]
traces = [dff_a, dff_b, dff_c]

for ax, session, time, trace in zip(axes, "ABC", times, traces):
    ax.plot(trace, time, lw=0.5)
    ax.set_xlabel("Time (s)")
    ax.set_ylabel("dF/F")
    ax.set_title(f"Session {session}", loc="left")
""",
    "figure, before the data": """
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
    ax.set_xlabel("Time (s)")
    ax.set_ylabel("dF/F")
    ax.set_title(f"Session {session}", loc="left")
    ax.set_xlim(0, 5)
""",
    "figure, third points first times": """
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
    ax.plot(time[:len(trace[::3])], trace[::3], lw=0.5)
    ax.set_xlabel("Time (s)")
    ax.set_ylabel("dF/F")
    ax.set_title(f"Session {session}", loc="left")
""",
    "figure, names on x": """
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
    ax.set_xlabel("dF/F")
    ax.set_ylabel("Time (s)")
    ax.set_title(f"Session {session}", loc="left")
""",
    "figure, ms": """
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
    ax.set_xlabel("Time (ms)")
    ax.set_ylabel("dF/F")
    ax.set_title(f"Session {session}", loc="left")
""",
}

RIGHT = {}

#: What each wrong answer does, as its author says it, and the names of mistakes that fit.
MISTAKES = {
    "own dff of raw": {
        "Dff_* is computed from the raw fluorescence with its mean as baseline, not the recording's dF/F.": [
            "changed afterwards"
        ]
    },
    "detrended": {"Dff_* has its linear trend taken away.": ["changed afterwards"]},
    "smoothed": {"Dff_* is smoothed by a running mean of 15 frames.": ["changed afterwards"]},
    "times of a": {
        "Timestamps_b are session A's times, cut to length.": [
            "another session's array",
            "times of another session",
        ]
    },
    "first ten minutes": {"Only the first 18000 frames are kept.": ["only a part of the session"]},
    "names swapped": {
        "Timestamps_* and dff_* are exchanged: the function returns times first.": [
            "dF/F in place of the times",
            "drawn along the wrong axes",
            "the times in place of dF/F",
        ]
    },
    "figure, y cut": {
        "The y axis ends at 0.05 dF/F, so that no response is seen.": ["responses cut off"]
    },
    "figure, axes exchanged": {
        "DF/F is along x, time along y, but the labels say the contrary.": [
            "drawn along the wrong axes"
        ]
    },
    "figure, before the data": {
        "The axes show only the first 5 s, before the recordings begin: nothing is to be seen.": [
            "an empty window"
        ]
    },
    "figure, third points first times": {
        "Every third point is drawn against the first third of the times.": ["wrong times"]
    },
    "figure, names on x": {
        "The x axis is named dF/F and the y axis time: labels exchanged.": [
            "names of the axes exchanged"
        ]
    },
    "figure, ms": {"The time axis is labelled in ms, but is in seconds.": ["wrong unit of time"]},
}
