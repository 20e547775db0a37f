"""Answers to question 4 with a single frame of the trace, or with counts of its values."""

TRACES = """
timestamps_a, (dff_a,) = data_set_a.get_dff_traces([cell_specimen_id])
timestamps_b, (dff_b,) = data_set_b.get_dff_traces([cell_specimen_id])
timestamps_c, (dff_c,) = data_set_c.get_dff_traces([cell_specimen_id])
"""


def _figure(draw: str) -> str:
    return f"""
fig_traces, axes = plt.subplots(3, 1)
times = timestamps_a, timestamps_b, timestamps_c
for ax, session, t, d in zip(axes, "ABC", times, (dff_a, dff_b, dff_c)):
    {draw}
    ax.set(xlabel="time (s)", ylabel="dF/F", title=f"session {{session}}")
"""


LINES = _figure("ax.plot(t, d)")
FIRST = "".join(f"dff_{x} = data_set_{x}.get_dff_traces()[1][index_{x}]{{0}}\n" for x in "abc")
RIGHT = {}
WRONG = {
    "the first frame, by a column": TRACES
    + LINES
    + "".join(
        f"dff_{x} = data_set_{x}.get_dff_traces([cell_specimen_id])[1][:, 0]\n" for x in "abc"
    ),
    "the first frame, as a number": TRACES + LINES + FIRST.format("[0]"),
    "the last frame": TRACES + LINES + FIRST.format("[-1:]"),
    "a histogram": TRACES + _figure("ax.hist(d, bins=50)"),
    "a histogram of densities": TRACES + _figure("ax.hist(d, bins=100, density=True)"),
}
FRAME = {"A single frame is taken.": ["a single frame"]}
COUNTED = {"The values are counted.": ["a histogram of the values"]}
#: What each wrong answer does, as a teacher would say it, and the names of mistakes that fit.
MISTAKES = {
    "the first frame, by a column": FRAME,
    "the first frame, as a number": FRAME,
    "the last frame": FRAME,
    "a histogram": COUNTED,
    "a histogram of densities": COUNTED,
}
