"""More ways to answer question 7, each as far as may be from the solution's."""

# Students write long lines.
# ruff: noqa: E501

VALUES = """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)
mean_response_a, sem_response_a = response_a.mean(axis=0), response_a.std(axis=0, ddof=1) / np.sqrt(10)
mean_response_b, sem_response_b = response_b.mean(axis=0), response_b.std(axis=0, ddof=1) / np.sqrt(10)
mean_response_c, sem_response_c = response_c.mean(axis=0), response_c.std(axis=0, ddof=1) / np.sqrt(10)
means = [mean_response_a, mean_response_b, mean_response_c]
sems = [sem_response_a, sem_response_b, sem_response_c]
seconds = np.arange(900) / 30.1
"""

WRONG = {
    "subfigures swapped": VALUES
    + """
fig_movie = plt.figure(figsize=(13, 4), layout="constrained")
for part, s, m, e in zip(fig_movie.subfigures(1, 3), "BAC", means, sems):
    ax = part.subplots()
    ax.plot(seconds, m, "k")
    ax.fill_between(seconds, m - e, m + e, color="k", alpha=0.2)
    ax.set_ylim(-0.1, 1.4)
    ax.set_xlabel("time (s)")
    ax.set_ylabel("dF/F")
    part.suptitle("Session " + s)
""",
    "subfigures no names": VALUES
    + """
fig_movie = plt.figure(figsize=(13, 4), layout="constrained")
for part, s, m, e in zip(fig_movie.subfigures(1, 3), "ABC", means, sems):
    ax = part.subplots()
    ax.plot(seconds, m, "k")
    ax.fill_between(seconds, m - e, m + e, color="k", alpha=0.2)
    ax.set_ylim(-0.1, 1.4)
    ax.set_xlabel("time (s)")
    ax.set_ylabel("dF/F")
""",
}

RIGHT = {
    "errorbars panels": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)
mean_response_a, mean_response_b, mean_response_c = (np.mean(r, axis=0) for r in (response_a, response_b, response_c))
sem_response_a, sem_response_b, sem_response_c = (
    np.std(r, axis=0, ddof=1) / np.sqrt(len(r)) for r in (response_a, response_b, response_c)
)
fig_movie, axes = plt.subplots(3, 1, figsize=(10, 8), sharex=True, sharey=True)
for ax, s, m, e, t in zip(
    axes, "ABC", (mean_response_a, mean_response_b, mean_response_c), (sem_response_a, sem_response_b, sem_response_c),
    (timestamps_a, timestamps_b, timestamps_c),
):
    rate = 1 / np.median(np.diff(t))
    ax.errorbar(np.arange(900) / rate, m, yerr=e, errorevery=10, elinewidth=0.7, capsize=2, lw=1)
    ax.set_title(f"Session {s}")
    ax.set_ylabel("mean dF/F")
axes[-1].set_xlabel("time in movie (s)")
""",
    "fill polygon": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)
mean_response_a = np.zeros(900)
mean_response_b = np.zeros(900)
mean_response_c = np.zeros(900)
for i in range(900):
    mean_response_a[i] = np.mean(response_a[:, i])
    mean_response_b[i] = np.mean(response_b[:, i])
    mean_response_c[i] = np.mean(response_c[:, i])
sem_response_a = np.std(response_a, 0) / np.sqrt(10)
sem_response_b = np.std(response_b, 0) / np.sqrt(10)
sem_response_c = np.std(response_c, 0) / np.sqrt(10)

x = np.linspace(0, 899 / 30.1, 900)
plt.figure(figsize=(10, 4))
h1, = plt.plot(x, mean_response_a, "r")
plt.fill(np.r_[x, x[::-1]], np.r_[mean_response_a - sem_response_a, (mean_response_a + sem_response_a)[::-1]], "r", alpha=0.2)
h2, = plt.plot(x, mean_response_b, "g")
plt.fill(np.r_[x, x[::-1]], np.r_[mean_response_b - sem_response_b, (mean_response_b + sem_response_b)[::-1]], "g", alpha=0.2)
h3, = plt.plot(x, mean_response_c, "b")
plt.fill(np.r_[x, x[::-1]], np.r_[mean_response_c - sem_response_c, (mean_response_c + sem_response_c)[::-1]], "b", alpha=0.2)
plt.xlabel("time [s]")
plt.ylabel("dF/F")
plt.legend([h1, h2, h3], ["session A", "session B", "session C"])
plt.title("Mean response to natural movie one")
fig_movie = plt.gcf()
""",
    "heatmap above": """
response_a, response_b, response_c = (movie_response(d, cell_specimen_id) for d in (data_set_a, data_set_b, data_set_c))
mean_response_a, mean_response_b, mean_response_c = (r.mean(axis=0) for r in (response_a, response_b, response_c))
sem_response_a, sem_response_b, sem_response_c = (
    r.std(axis=0, ddof=1) / np.sqrt(10) for r in (response_a, response_b, response_c)
)

fig_movie, axes = plt.subplots(2, 3, figsize=(14, 5), sharex=True, sharey="row", layout="constrained")
for k, (s, r, m, e) in enumerate(
    [
        ("A", response_a, mean_response_a, sem_response_a),
        ("B", response_b, mean_response_b, sem_response_b),
        ("C", response_c, mean_response_c, sem_response_c),
    ]
):
    axes[0, k].imshow(r, aspect="auto", cmap="viridis", vmin=0, vmax=1.5, extent=(0, 900 / 30.1, 10, 0))
    axes[0, k].set_title(f"Session {s}")
    seconds = np.arange(900) / 30.1
    axes[1, k].plot(seconds, m, color="k")
    axes[1, k].fill_between(seconds, m - e, m + e, color="k", alpha=0.3)
    axes[1, k].set_xlabel("time in the movie (s)")
axes[0, 0].set_ylabel("repeat")
axes[1, 0].set_ylabel("mean dF/F")
""",
    "inset zoom": """
response_a, response_b, response_c = (movie_response(d, cell_specimen_id) for d in (data_set_a, data_set_b, data_set_c))
mean_response_a, mean_response_b, mean_response_c = (r.mean(axis=0) for r in (response_a, response_b, response_c))
sem_response_a, sem_response_b, sem_response_c = (
    r.std(axis=0, ddof=1) / np.sqrt(10) for r in (response_a, response_b, response_c)
)

seconds = np.arange(900) / 30.1
fig_movie, ax = plt.subplots(figsize=(11, 4.5))
inset = ax.inset_axes([0.45, 0.45, 0.4, 0.5])
for s, m, e in zip(
    "ABC", (mean_response_a, mean_response_b, mean_response_c), (sem_response_a, sem_response_b, sem_response_c)
):
    for where in (ax, inset):
        (line,) = where.plot(seconds, m, lw=1, label=f"Session {s}")
        where.fill_between(seconds, m - e, m + e, alpha=0.3, color=line.get_color())
inset.set_xlim(27, 29.9)
ax.indicate_inset_zoom(inset, edgecolor="black")
ax.legend(loc="upper left")
ax.set_xlabel("Time in movie (s)")
ax.set_ylabel("dF/F")
""",
    "one LineCollection": """
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D

response_a, response_b, response_c = map(lambda d: movie_response(d, cell_specimen_id), (data_set_a, data_set_b, data_set_c))
mean_response_a, mean_response_b, mean_response_c = map(lambda r: np.mean(r, 0), (response_a, response_b, response_c))
sem_response_a, sem_response_b, sem_response_c = map(
    lambda r: np.std(r, 0, ddof=1) / np.sqrt(r.shape[0]), (response_a, response_b, response_c)
)
fig_movie, ax = plt.subplots(figsize=(10, 4))
seconds = np.arange(900) / 30.1
colours = ["#1b9e77", "#d95f02", "#7570b3"]
curves = [np.c_[seconds, m] for m in (mean_response_a, mean_response_b, mean_response_c)]
ax.add_collection(LineCollection(curves, colors=colours, linewidths=1.2))
ax.autoscale_view()
ax.legend([Line2D([], [], color=c) for c in colours], ["A", "B", "C"], title="Session")
ax.set(xlabel="time in movie (s)", ylabel="mean dF/F", title="s.e.m. is about 0.03")
""",
    "pandas dataframe plot": """
from scipy import stats

response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)
mean_response_a = pd.DataFrame(response_a).mean().to_numpy()
mean_response_b = pd.DataFrame(response_b).mean().to_numpy()
mean_response_c = pd.DataFrame(response_c).mean().to_numpy()
sem_response_a = stats.sem(response_a, axis=0)
sem_response_b = stats.sem(response_b, axis=0, ddof=0)
sem_response_c = pd.DataFrame(response_c).sem().to_numpy()

table = pd.DataFrame({"A": mean_response_a, "B": mean_response_b, "C": mean_response_c})
table.columns.name = "session"
ax = table.plot(figsize=(10, 4), lw=1.2, xlabel="imaging frames from the start of the movie", ylabel="dF/F (mean of 10 repeats)")
for line, e in zip(ax.get_lines(), (sem_response_a, sem_response_b, sem_response_c)):
    y = line.get_ydata()
    ax.fill_between(table.index, y - e, y + e, color=line.get_color(), alpha=0.3)
fig_movie = ax.get_figure()
""",
    "repeats behind": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)
mean_response_a = np.einsum("rt->t", response_a) / 10
mean_response_b = np.average(response_b, axis=0)
mean_response_c = np.mean(response_c, axis=0, dtype=np.float64)
sem_response_a = np.sqrt(np.var(response_a, axis=0, ddof=1) / 10)
sem_response_b = np.sqrt(np.var(response_b, axis=0, ddof=1) / 10)
sem_response_c = np.sqrt(np.var(response_c, axis=0, ddof=1) / 10)

fig_movie, axes = plt.subplots(1, 3, figsize=(15, 4), sharex=True, sharey=True)
seconds = np.arange(900) / 30.1
for ax, s, r, m, e in zip(
    axes, "ABC", (response_a, response_b, response_c), (mean_response_a, mean_response_b, mean_response_c),
    (sem_response_a, sem_response_b, sem_response_c),
):
    ax.plot(seconds, r.T, color="0.8", lw=0.4, zorder=1)
    ax.fill_between(seconds, m - e, m + e, color="tab:red", alpha=0.4, zorder=2)
    ax.plot(seconds, m, color="tab:red", lw=1.5, label=f"session {s}, mean of 10 repeats", zorder=3)
    ax.legend(loc="upper right", fontsize=8)
fig_movie.supxlabel("time in the movie (s)")
fig_movie.supylabel("dF/F")
""",
    "seaborn long": """
import seaborn as sns

response_a, response_b, response_c = (movie_response(d, cell_specimen_id) for d in (data_set_a, data_set_b, data_set_c))
mean_response_a, mean_response_b, mean_response_c = response_a.mean(0), response_b.mean(0), response_c.mean(0)
sem_response_a, sem_response_b, sem_response_c = [
    r.std(axis=0) / len(r) ** 0.5 for r in (response_a, response_b, response_c)
]
long = pd.concat(
    [
        pd.DataFrame(r).melt(var_name="frame", value_name="dF/F").assign(session=s)
        for s, r in zip("ABC", (response_a, response_b, response_c))
    ],
    ignore_index=True,
)
long["time in the movie (s)"] = long["frame"] / 30.1
fig_movie, ax = plt.subplots(figsize=(10, 4))
sns.lineplot(data=long, x="time in the movie (s)", y="dF/F", hue="session", errorbar="se", ax=ax)
""",
    "side by side mosaic": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)
responses = np.stack([response_a, response_b, response_c])
mean_response_a, mean_response_b, mean_response_c = responses.mean(axis=1)
sem_response_a, sem_response_b, sem_response_c = responses.std(axis=1, ddof=1) / np.sqrt(responses.shape[1])

fig_movie, axd = plt.subplot_mosaic([["A", "B", "C"]], figsize=(14, 4), sharey=True)
time = {"A": timestamps_a, "B": timestamps_b, "C": timestamps_c}
start = {"A": movie_starts_a[0], "B": movie_starts_b[0], "C": movie_starts_c[0]}
for s, m, e in zip(
    "ABC", (mean_response_a, mean_response_b, mean_response_c), (sem_response_a, sem_response_b, sem_response_c)
):
    t = time[s][start[s] : start[s] + 900]
    t = t - t[0]
    axd[s].plot(t, m, "k", t, m - e, "r:", t, m + e, "r:", lw=0.8)
    axd[s].set_title("Session " + s)
axd["A"].set_ylabel("mean dF/F ± s.e.m.")
axd["B"].set_xlabel("time since the movie began (s)")
fig_movie.tight_layout()
""",
    "step direct labels": """
def mean_and_sem(r):
    n = len(r)
    m = r.sum(axis=0) / n
    return m, np.sqrt(((r - m) ** 2).sum(axis=0) / (n - 1) / n)


response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)
mean_response_a, sem_response_a = mean_and_sem(response_a)
mean_response_b, sem_response_b = mean_and_sem(response_b)
mean_response_c, sem_response_c = mean_and_sem(response_c)

with plt.style.context("dark_background"):
    fig_movie, ax = plt.subplots(figsize=(11, 4))
    frames = np.arange(900)
    for s, m, e, colour in (
        ("A", mean_response_a, sem_response_a, "tab:cyan"),
        ("B", mean_response_b, sem_response_b, "tab:orange"),
        ("C", mean_response_c, sem_response_c, "tab:pink"),
    ):
        ax.step(frames, m, where="mid", color=colour, lw=1)
        ax.fill_between(frames, m - e, m + e, step="mid", color=colour, alpha=0.3)
        peak = m.argmax()
        ax.annotate(f"Session {s}", (peak, m[peak]), color=colour, ha="left")
    ax.set_xlabel("imaging frame in the movie")
    ax.set_ylabel("dF/F")
""",
    "offset stated": VALUES
    + """
fig_movie, ax = plt.subplots(figsize=(10, 4))
for k, (session, mean, sem) in enumerate(zip("ABC", means, sems)):
    ax.plot(seconds, mean - 1.5 * k, color=f"C{k}")
    ax.fill_between(seconds, mean - sem - 1.5 * k, mean + sem - 1.5 * k, color=f"C{k}", alpha=0.3)
    ax.text(1, 0.15 - 1.5 * k, f"Session {session}", color=f"C{k}")
ax.set_xlabel('time in the movie (s)')
ax.set_ylabel('mean dF/F (B shifted by -1.5, C by -3)')
""",
    "percent formatter": (
        """
from matplotlib.ticker import PercentFormatter
"""
        + VALUES
        + """
fig_movie, ax = plt.subplots(figsize=(10, 4))
for k, (session, mean, sem) in enumerate(zip("ABC", means, sems)):
    ax.plot(seconds, mean, label=session)
    ax.fill_between(seconds, mean - sem, mean + sem, alpha=0.3)
ax.set_xlabel('time in the movie (s)')
ax.set_ylabel('mean dF/F (%)')
ax.yaxis.set_major_formatter(PercentFormatter(xmax=1))
ax.legend(title="session")
"""
    ),
    "coloured letters": VALUES
    + """
fig_movie, ax = plt.subplots(figsize=(10, 4))
for k, (session, mean, sem) in enumerate(zip("ABC", means, sems)):
    (line,) = ax.plot(seconds, mean)
    ax.fill_between(seconds, mean - sem, mean + sem, alpha=0.3, color=line.get_color())
    ax.text(0.05 + 0.05 * k, 0.9, session, color=line.get_color(), transform=ax.transAxes, weight="bold")
ax.set_xlabel('time in the movie (s)')
ax.set_ylabel('mean dF/F')
ax.text(0.01, 0.97, "Session:", transform=ax.transAxes)
""",
    "said in title": VALUES
    + """
fig_movie, ax = plt.subplots(figsize=(10, 4))
for k, (session, mean, sem) in enumerate(zip("ABC", means, sems)):
    ax.plot(seconds, mean, color=["blue", "orange", "green"][k])
    ax.fill_between(seconds, mean - sem, mean + sem, color=["blue", "orange", "green"][k], alpha=0.3)
ax.set_xlabel('time in the movie (s)')
ax.set_ylabel('mean dF/F')
ax.set_title("Session A blue, session B orange, session C green")
""",
    "patch handles": (
        """
from matplotlib.patches import Patch
"""
        + VALUES
        + """
fig_movie, ax = plt.subplots(figsize=(10, 4))
for k, (session, mean, sem) in enumerate(zip("ABC", means, sems)):
    ax.plot(seconds, mean, color=f"C{k}")
    ax.fill_between(seconds, mean - sem, mean + sem, color=f"C{k}", alpha=0.3)
ax.set_xlabel('time in the movie (s)')
ax.set_ylabel('mean dF/F')
ax.legend(handles=[Patch(color=f"C{k}", label=f"Session {s}") for k, s in enumerate("ABC")], bbox_to_anchor=(1.02, 1))
fig_movie.tight_layout()
"""
    ),
    "dataframe yerr": VALUES
    + """
names = ["A", "B", "C"]
table = pd.DataFrame(np.column_stack(means), index=seconds, columns=names)
errors = pd.DataFrame(np.column_stack(sems), index=seconds, columns=names)
ax = table.plot(yerr=errors, figsize=(10, 4), elinewidth=0.3, lw=1)
ax.legend(title="session")
ax.set_xlabel("seconds in the movie")
ax.set_ylabel("dF/F, mean and s.e.m.")
fig_movie = ax.figure
""",
    "subfigures": VALUES
    + """
fig_movie = plt.figure(figsize=(13, 4), layout="constrained")
for part, s, m, e in zip(fig_movie.subfigures(1, 3), "ABC", means, sems):
    ax = part.subplots()
    ax.plot(seconds, m, "k")
    ax.fill_between(seconds, m - e, m + e, color="k", alpha=0.2)
    ax.set_ylim(-0.1, 1.4)
    ax.set_xlabel("time (s)")
    ax.set_ylabel("dF/F")
    part.suptitle("Session " + s)
""",
    "symlog": VALUES
    + """
fig_movie, ax = plt.subplots(figsize=(10, 4))
for k, (session, mean, sem) in enumerate(zip("ABC", means, sems)):
    ax.plot(seconds, mean, label=f"Session {session}", lw=0.8)
    ax.fill_between(seconds, mean - sem, mean + sem, alpha=0.3)
ax.set_xlabel('time in the movie (s)')
ax.set_ylabel('mean dF/F')
ax.set_yscale("symlog", linthresh=0.1)
ax.legend()
""",
    "median rate time": VALUES
    + """
fig_movie, ax = plt.subplots(figsize=(10, 4))
ax.set_prop_cycle(color=["#332288", "#117733", "#CC6677"])
for s, m, e, t, starts in zip("ABC", means, sems, (timestamps_a, timestamps_b, timestamps_c), (movie_starts_a, movie_starts_b, movie_starts_c)):
    windows = np.asarray(starts)[:, None] + np.arange(900)
    x = (t[windows] - t[windows[:, :1]]).mean(axis=0)
    container = ax.plot(x, m, label=s)
    ax.fill_between(x, m - e, m + e, color=container[0].get_color(), alpha=0.3, label="_nolegend_")
ax.legend(["Session A", "Session B", "Session C"])
ax.set(xlabel="t [s]", ylabel="dF/F [1]")
""",
    "two of them faint in each": VALUES
    + """
fig_movie, axes = plt.subplots(3, 1, figsize=(9, 8), sharex=True, sharey=True)
for k, ax in enumerate(axes):
    for j in range(3):
        if j != k:
            ax.plot(seconds, means[j], color="0.8", lw=0.7, zorder=0)
    ax.plot(seconds, means[k], color="C3", label="Session " + "ABC"[k])
    ax.fill_between(seconds, means[k] - sems[k], means[k] + sems[k], color="C3", alpha=0.3)
    ax.legend(loc="upper center")
    ax.set_ylabel("dF/F")
axes[-1].set_xlabel("time in the movie (s)")
""",
    "annotated arrows": VALUES
    + """
fig_movie, ax = plt.subplots(figsize=(10, 4))
for k, (session, mean, sem) in enumerate(zip("ABC", means, sems)):
    (line,) = ax.plot(seconds, mean)
    ax.fill_between(seconds, mean - sem, mean + sem, alpha=0.3)
    at = 310
    ax.annotate(f"session {session}", xy=(seconds[at], mean[at]), xytext=(14, 0.5 + 0.25 * k), color=line.get_color(), arrowprops={"arrowstyle": "->", "color": line.get_color()})
ax.set_xlabel('time in the movie (s)')
ax.set_ylabel('mean dF/F')
""",
    "error as thin lines": VALUES
    + """
fig_movie, axes = plt.subplots(1, 3, figsize=(12, 3.5), sharey=True)
fig_movie.supxlabel("time in movie (s)")
fig_movie.supylabel("dF/F")
for letter, ax in zip("abc", axes):
    m, e = globals()[f"mean_response_{letter}"], globals()[f"sem_response_{letter}"]
    ax.plot(seconds, m, lw=1)
    ax.plot(seconds, m + e, lw=0.3, color="C0")
    ax.plot(seconds, m - e, lw=0.3, color="C0")
    ax.text(0.5, 0.9, f"session {letter.upper()}", transform=ax.transAxes, ha="center")
""",
    "figure title of colours": VALUES
    + """
fig_movie, ax = plt.subplots(figsize=(10, 4))
for k, (session, mean, sem) in enumerate(zip("ABC", means, sems)):
    ax.plot(seconds, mean, color="krb"[k], lw=1)
ax.set_xlabel('time in the movie (s)')
ax.set_ylabel('mean dF/F')
fig_movie.suptitle("Session A (black), session B (red), session C (blue)")
""",
    "smoothed plus raw": VALUES
    + """
fig_movie, ax = plt.subplots(figsize=(10, 4))
for k, (session, mean, sem) in enumerate(zip("ABC", means, sems)):
    ax.plot(seconds, mean, lw=0.5, alpha=0.6, color=f"C{k}", label=f"Session {session}")
    ax.fill_between(seconds, mean - sem, mean + sem, alpha=0.2, color=f"C{k}")
    ax.plot(seconds, pd.Series(mean).rolling(5, center=True, min_periods=1).mean(), color=f"C{k}", lw=1.5)
ax.set_xlabel('time in the movie (s)')
ax.set_ylabel('mean dF/F')
ax.legend()
""",
    "two columns zoom": VALUES
    + """
fig_movie, (whole, end) = plt.subplots(1, 2, figsize=(13, 4), width_ratios=[3, 1], sharey=True)
for ax in (whole, end):
    for s, m, e in zip("ABC", means, sems):
        ax.plot(seconds, m, label=f"Session {s}")
        ax.fill_between(seconds, m - e, m + e, alpha=0.3)
    ax.set_xlabel("time in the movie (s)")
end.set_xlim(27, 30)
whole.legend(loc="upper center")
whole.set_ylabel("dF/F")
""",
    "scatter and linecollection bands": VALUES
    + """
fig_movie, ax = plt.subplots(figsize=(10, 4))
for k, (session, mean, sem) in enumerate(zip("ABC", means, sems)):
    ax.vlines(seconds, mean - sem, mean + sem, color=f"C{k}", alpha=0.3, lw=1)
    ax.plot(seconds, mean, color=f"C{k}", label=f"Session {session}")
ax.set_xlabel('time in the movie (s)')
ax.set_ylabel('mean dF/F')
ax.legend()
""",
    "seaborn facetgrid map": VALUES
    + """
import seaborn as sns

long = pd.concat([pd.DataFrame({"frame": range(900), "mean": m, "sem": e, "session": s}) for s, m, e in zip("ABC", means, sems)])
grid = sns.FacetGrid(long, row="session", height=2, aspect=5)
grid.map(plt.plot, "frame", "mean", lw=1)
grid.map(lambda x, m, e, **kw: plt.fill_between(x, m - e, m + e, alpha=0.3), "frame", "mean", "sem")
grid.set_axis_labels("imaging frame in the movie", "mean dF/F")
fig_movie = grid.figure
""",
    "fill only bands": VALUES
    + """
fig_movie, ax = plt.subplots(figsize=(10, 4))
for k, (session, mean, sem) in enumerate(zip("ABC", means, sems)):
    ax.fill_between(seconds, mean - sem, mean + sem, color=f"C{k}", alpha=0.6, label=f"Session {session} (mean ± s.e.m.)")
    ax.plot(seconds, mean, color="k", lw=0.4)
ax.set_xlabel('time in the movie (s)')
ax.set_ylabel('mean dF/F')
ax.legend()
""",
}

MISTAKES = {
    "subfigures swapped": {"Two panels carry each other's name.": ["names in another order"]},
    "subfigures no names": {"Nothing says which session is which.": ["panels without titles"]},
}
