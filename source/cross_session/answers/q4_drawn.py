"""Answers to question 4 that draw it in a few words, rightly and wrongly."""

# Students write long lines.
# ruff: noqa: E501

VALUES = """
data_sets = data_set_a, data_set_b, data_set_c
timestamps_a, timestamps_b, timestamps_c = times = [d.get_dff_traces([cell_specimen_id])[0] for d in data_sets]
dff_a, dff_b, dff_c = traces = [d.get_dff_traces([cell_specimen_id])[1][0] for d in data_sets]
"""
NAMES = 'ax.set(xlabel="time (s)", ylabel="dF/F")'


def _panels(*draw: str, names: str = NAMES) -> str:
    lines = "\n    ".join([*draw, names])
    return f"""{VALUES}
fig_traces, axes = plt.subplots(3, 1, figsize=(11, 6))
for i, (ax, session, time, trace) in enumerate(zip(axes, "ABC", times, traces)):
    ax.set_title(f"Session {{session}}", loc="left")
    {lines}
"""


def _values(change: str) -> str:
    return f"{VALUES}dff_a, dff_b, dff_c = [{change} for trace in traces]\n" + _panels(
        "ax.plot(time, trace)"
    ).replace(VALUES, "")


WRONG = {
    "session C's times for all": _panels("ax.plot(times[2], trace[: len(times[2])])"),
    "a minute at session C's times": _panels("ax.plot(times[2][30000:31800], trace[30000:31800])"),
    "all sessions in each panel, in one colour": _panels(
        'for j in range(3): ax.plot(times[j], traces[j], color="C0")'
    ),
    "times reversed": _panels("ax.plot(time[::-1], trace)"),
    "corrected fluorescence drawn": _panels(
        "ax.plot(time, data_sets[i].get_corrected_fluorescence_traces([cell_specimen_id])[1][0])"
    ),
    "raw fluorescence drawn": _panels(
        "ax.plot(time, data_sets[i].get_fluorescence_traces([cell_specimen_id])[1][0])"
    ),
    "differences drawn": _panels("ax.plot(time[1:], np.diff(trace))"),
    "differences": _values("np.diff(trace)"),
    "dF/F from the end": _values("trace[::-1]"),
    "drawn with plt, on another figure": VALUES
    + """
fig_traces, axes = plt.subplots(3, 1)
plt.figure()
for time, trace in zip(times, traces):
    plt.plot(time, trace)
plt.xlabel("time (s)")
plt.ylabel("dF/F")
""",
}

RIGHT = {
    "the others behind, in grey": _panels(
        'for j in range(3): ax.plot(times[j], traces[j], color="0.8", lw=0.3)',
        'ax.plot(time, trace, color="r", lw=0.5)',
    ),
    "each at its own first time": _panels("ax.plot(time - time[0], trace)"),
    "frames counted from the movie": _panels(
        "ax.plot(np.arange(len(trace)) - starts_of_movie(data_sets[i])[0], trace)",
        names='ax.set(xlabel="imaging frames from the movie\'s start", ylabel="dF/F")',
    ),
    "running speed on a second axis": _panels(
        "ax.plot(time, trace)",
        "second = ax.twinx()",
        'second.plot(*data_sets[i].get_running_speed()[::1], color="0.8")',
        'second.set_ylabel("running speed (cm/s)")',
    ),
    "a mean of a second on top": _panels(
        'ax.plot(time, trace, color="0.7")',
        'ax.plot(time, pd.Series(trace).rolling(30, center=True).mean(), color="k")',
    ),
    "pandas, with pyplot's panels": VALUES
    + """
fig_traces = plt.figure(figsize=(14, 4))
for i, session in enumerate("ABC"):
    ax = plt.subplot(1, 3, i + 1)
    pd.Series(traces[i], index=times[i] / 60).plot(ax=ax, title="Session " + session)
    plt.xlabel("time [min]")
    plt.ylabel(r"$\\Delta F/F$")
""",
}

#: What each wrong answer does, and the names of mistakes that fit.
MISTAKES = {
    "session C's times for all": {
        "All traces are drawn against session C's times.": ["times of another session"]
    },
    "a minute at session C's times": {
        "A minute of each trace is drawn against session C's times.": ["times of another session"]
    },
    "all sessions in each panel, in one colour": {
        "Each panel has all sessions' traces, alike.": ["everything in one panel"]
    },
    "times reversed": {"The traces run backwards.": ["drawn backwards in time"]},
    "corrected fluorescence drawn": {
        "Fluorescence is drawn and called dF/F.": ["another kind of trace"]
    },
    "raw fluorescence drawn": {"Fluorescence is drawn and called dF/F.": ["another kind of trace"]},
    "differences drawn": {
        "The differences between frames are drawn.": ["differences from frame to frame"]
    },
    "differences": {
        "The differences between frames in place of dF/F.": ["differences from frame to frame"]
    },
    "dF/F from the end": {"dF/F runs backwards.": ["in the opposite order"]},
    "drawn with plt, on another figure": {"The figure stays empty.": ["nothing drawn"]},
}
