"""Answers to question 7 by others, who had the released notebook alone."""

# Students write long lines.
# ruff: noqa: E501

WRONG = {
    "a thrice": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = response_a.mean(axis=0)
mean_response_b = response_b.mean(axis=0)
mean_response_c = response_c.mean(axis=0)

sem_response_a = response_a.std(axis=0, ddof=1) / np.sqrt(10)
sem_response_b = response_b.std(axis=0, ddof=1) / np.sqrt(10)
sem_response_c = response_c.std(axis=0, ddof=1) / np.sqrt(10)

fig_movie, axes = plt.subplots(3, 1, figsize=(10, 6), sharex=True, gridspec_kw={"hspace": 0.4})
seconds = np.arange(900) / 30.1

for ax, session in zip(axes, "ABC"):
    ax.plot(seconds, mean_response_a)
    ax.fill_between(seconds, mean_response_a - sem_response_a, mean_response_a + sem_response_a, alpha=0.3)
    ax.set_title(f"Session {session}", loc="left")
    ax.set_ylabel("dF/F")
axes[-1].set_xlabel("time in the movie (s)")
""",
    "band of a": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = np.mean(response_a, axis=0)
mean_response_b = np.mean(response_b, axis=0)
mean_response_c = np.mean(response_c, axis=0)

sem_response_a = np.std(response_a, axis=0, ddof=1) / np.sqrt(10)
sem_response_b = np.std(response_b, axis=0, ddof=1) / np.sqrt(10)
sem_response_c = np.std(response_c, axis=0, ddof=1) / np.sqrt(10)

fig_movie, ax = plt.subplots(figsize=(10, 4))
x = np.arange(900) / 30.1
ax.plot(x, mean_response_a, label="Session A")
ax.fill_between(x, mean_response_a - sem_response_a, mean_response_a + sem_response_a, alpha=0.3)
ax.plot(x, mean_response_b, label="Session B")
ax.fill_between(x, mean_response_b - sem_response_a, mean_response_b + sem_response_a, alpha=0.3)
ax.plot(x, mean_response_c, label="Session C")
ax.fill_between(x, mean_response_c - sem_response_a, mean_response_c + sem_response_a, alpha=0.3)
ax.set_xlabel("time in the movie (s)")
ax.set_ylabel("dF/F")
ax.legend()
""",
    "copy paste c": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = response_a.mean(axis=0)
mean_response_b = response_b.mean(axis=0)
mean_response_c = response_b.mean(axis=0)

sem_response_a = response_a.std(axis=0, ddof=1) / np.sqrt(10)
sem_response_b = response_b.std(axis=0, ddof=1) / np.sqrt(10)
sem_response_c = response_c.std(axis=0, ddof=1) / np.sqrt(10)

fig_movie, ax = plt.subplots(figsize=(10, 4))
x = np.arange(900) / 30.1
ax.plot(x, mean_response_a, label="A")
ax.plot(x, mean_response_b, label="B")
ax.plot(x, mean_response_c, label="C")
ax.fill_between(x, mean_response_a - sem_response_a, mean_response_a + sem_response_a, alpha=0.3)
ax.fill_between(x, mean_response_b - sem_response_b, mean_response_b + sem_response_b, alpha=0.3)
ax.fill_between(x, mean_response_c - sem_response_c, mean_response_c + sem_response_c, alpha=0.3)
ax.set_xlabel("time (s)")
ax.set_ylabel("dF/F")
ax.legend()
""",
    "empty figure": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = response_a.mean(axis=0)
mean_response_b = response_b.mean(axis=0)
mean_response_c = response_c.mean(axis=0)

sem_response_a = response_a.std(axis=0, ddof=1) / np.sqrt(10)
sem_response_b = response_b.std(axis=0, ddof=1) / np.sqrt(10)
sem_response_c = response_c.std(axis=0, ddof=1) / np.sqrt(10)

fig_movie, ax = plt.subplots(figsize=(10, 4))

plt.figure(figsize=(10, 4))
x = np.arange(900) / 30.1
plt.plot(x, mean_response_a, label="session A")
plt.plot(x, mean_response_b, label="session B")
plt.plot(x, mean_response_c, label="session C")
plt.xlabel("time in the movie (s)")
plt.ylabel("dF/F")
plt.legend()
plt.show()
""",
    "firing rate": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = response_a.mean(axis=0)
mean_response_b = response_b.mean(axis=0)
mean_response_c = response_c.mean(axis=0)

sem_response_a = response_a.std(axis=0, ddof=1) / np.sqrt(10)
sem_response_b = response_b.std(axis=0, ddof=1) / np.sqrt(10)
sem_response_c = response_c.std(axis=0, ddof=1) / np.sqrt(10)

fig_movie, ax = plt.subplots(figsize=(10, 4))
x = np.arange(900) / 30.1
for m, s, name in zip([mean_response_a, mean_response_b, mean_response_c],
                      [sem_response_a, sem_response_b, sem_response_c], "ABC"):
    ax.plot(x, m, label=f"session {name}")
    ax.fill_between(x, m - s, m + s, alpha=0.3)
ax.set_xlabel("time in the movie (s)")
ax.set_ylabel("firing rate (spikes/s)")
ax.legend()
""",
    "first repeat drawn": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = response_a.mean(axis=0)
mean_response_b = response_b.mean(axis=0)
mean_response_c = response_c.mean(axis=0)

sem_response_a = response_a.std(axis=0, ddof=1) / np.sqrt(10)
sem_response_b = response_b.std(axis=0, ddof=1) / np.sqrt(10)
sem_response_c = response_c.std(axis=0, ddof=1) / np.sqrt(10)

fig_movie, ax = plt.subplots(figsize=(10, 4))
x = np.arange(900) / 30.1
ax.plot(x, response_a[0], label="Session A")
ax.plot(x, response_b[0], label="Session B")
ax.plot(x, response_c[0], label="Session C")
ax.set_xlabel("time in the movie (s)")
ax.set_ylabel("dF/F")
ax.legend()
""",
    "frames called seconds": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = response_a.mean(axis=0)
mean_response_b = response_b.mean(axis=0)
mean_response_c = response_c.mean(axis=0)

sem_response_a = response_a.std(axis=0, ddof=1) / np.sqrt(10)
sem_response_b = response_b.std(axis=0, ddof=1) / np.sqrt(10)
sem_response_c = response_c.std(axis=0, ddof=1) / np.sqrt(10)

fig_movie, ax = plt.subplots(figsize=(10, 4))
ax.plot(mean_response_a, label="session A")
ax.plot(mean_response_b, label="session B")
ax.plot(mean_response_c, label="session C")
ax.set_xlabel("time in the movie (s)")
ax.set_ylabel("dF/F")
ax.legend()
""",
    "legend mixed up": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = np.mean(response_a, axis=0)
mean_response_b = np.mean(response_b, axis=0)
mean_response_c = np.mean(response_c, axis=0)

sem_response_a = np.std(response_a, axis=0, ddof=1) / np.sqrt(10)
sem_response_b = np.std(response_b, axis=0, ddof=1) / np.sqrt(10)
sem_response_c = np.std(response_c, axis=0, ddof=1) / np.sqrt(10)

fig_movie, ax = plt.subplots(figsize=(10, 4))
x = np.arange(900)
ax.plot(x, mean_response_c)
ax.plot(x, mean_response_b)
ax.plot(x, mean_response_a)
ax.legend(["Session A", "Session B", "Session C"])
ax.set_xlabel("imaging frames from movie start")
ax.set_ylabel("dF/F")
""",
    "lifted": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = response_a.mean(axis=0)
mean_response_b = response_b.mean(axis=0)
mean_response_c = response_c.mean(axis=0)

sem_response_a = response_a.std(axis=0, ddof=1) / np.sqrt(10)
sem_response_b = response_b.std(axis=0, ddof=1) / np.sqrt(10)
sem_response_c = response_c.std(axis=0, ddof=1) / np.sqrt(10)

fig_movie, ax = plt.subplots(figsize=(10, 5))
t = np.arange(900) / 30.1
step = max(mean_response_a.max(), mean_response_b.max(), mean_response_c.max())
data = [(mean_response_a, sem_response_a), (mean_response_b, sem_response_b), (mean_response_c, sem_response_c)]
for i, (m, s) in enumerate(data):
    ax.plot(t, m + i * step, label="session " + "ABC"[i])
    ax.fill_between(t, m - s + i * step, m + s + i * step, alpha=0.3)
ax.set_xlabel("time in the movie (s)")
ax.set_ylabel("dF/F")
ax.legend()
""",
    "names exchanged": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = response_a.mean(axis=0)
mean_response_b = response_b.mean(axis=0)
mean_response_c = response_c.mean(axis=0)

sem_response_a = response_a.std(axis=0, ddof=1) / np.sqrt(10)
sem_response_b = response_b.std(axis=0, ddof=1) / np.sqrt(10)
sem_response_c = response_c.std(axis=0, ddof=1) / np.sqrt(10)

fig_movie = plt.figure(figsize=(10, 4))
time = np.arange(900) / 30.1
for letter, mean, sem in (("A", mean_response_a, sem_response_a),
                          ("B", mean_response_b, sem_response_b),
                          ("C", mean_response_c, sem_response_c)):
    plt.plot(time, mean, label=letter)
    plt.fill_between(time, mean - sem, mean + sem, alpha=0.3)
plt.xlabel("dF/F")
plt.ylabel("time in the movie (s)")
plt.legend(title="session")
""",
    "normalised": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = np.mean(response_a, axis=0)
mean_response_b = np.mean(response_b, axis=0)
mean_response_c = np.mean(response_c, axis=0)

sem_response_a = np.std(response_a, axis=0, ddof=1) / np.sqrt(10)
sem_response_b = np.std(response_b, axis=0, ddof=1) / np.sqrt(10)
sem_response_c = np.std(response_c, axis=0, ddof=1) / np.sqrt(10)

fig_movie, ax = plt.subplots(figsize=(10, 4))
x = np.arange(900)
for m, s, name in zip([mean_response_a, mean_response_b, mean_response_c],
                      [sem_response_a, sem_response_b, sem_response_c],
                      ["Session A", "Session B", "Session C"]):
    peak = m.max()
    ax.plot(x, m / peak, label=name)
    ax.fill_between(x, (m - s) / peak, (m + s) / peak, alpha=0.3)
ax.set_xlabel("time in the movie (imaging frames)")
ax.set_ylabel("dF/F")
ax.legend()
""",
    "percent name": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = response_a.mean(axis=0)
mean_response_b = response_b.mean(axis=0)
mean_response_c = response_c.mean(axis=0)

sem_response_a = response_a.std(axis=0, ddof=1) / np.sqrt(10)
sem_response_b = response_b.std(axis=0, ddof=1) / np.sqrt(10)
sem_response_c = response_c.std(axis=0, ddof=1) / np.sqrt(10)

fig_movie, axes = plt.subplots(1, 3, figsize=(12, 3.5), sharey=True)
x = np.arange(900) / 30.1
for ax, m, s, name in zip(axes, (mean_response_a, mean_response_b, mean_response_c),
                          (sem_response_a, sem_response_b, sem_response_c), "ABC"):
    ax.plot(x, m)
    ax.fill_between(x, m - s, m + s, alpha=0.3)
    ax.set_title("Session " + name)
    ax.set_xlabel("time in the movie (s)")
    ax.set_ylabel("dF/F (%)")
fig_movie.tight_layout()
""",
    "sd for sem": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = response_a.mean(axis=0)
mean_response_b = response_b.mean(axis=0)
mean_response_c = response_c.mean(axis=0)

sem_response_a = response_a.std(axis=0, ddof=1)
sem_response_b = response_b.std(axis=0, ddof=1)
sem_response_c = response_c.std(axis=0, ddof=1)

fig_movie, ax = plt.subplots(figsize=(10, 4))
t = np.arange(900) / 30.1
for m, s, name in [(mean_response_a, sem_response_a, "A"), (mean_response_b, sem_response_b, "B"),
                   (mean_response_c, sem_response_c, "C")]:
    ax.plot(t, m, label="session " + name)
    ax.fill_between(t, m - s, m + s, alpha=0.3)
ax.set_xlabel("time in the movie (s)")
ax.set_ylabel("dF/F")
ax.legend()
""",
    "sem wrong n": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = np.mean(response_a, axis=0)
mean_response_b = np.mean(response_b, axis=0)
mean_response_c = np.mean(response_c, axis=0)

n = len(response_a[0])
sem_response_a = np.std(response_a, axis=0, ddof=1) / np.sqrt(n)
sem_response_b = np.std(response_b, axis=0, ddof=1) / np.sqrt(n)
sem_response_c = np.std(response_c, axis=0, ddof=1) / np.sqrt(n)

fig_movie, axes = plt.subplots(3, 1, figsize=(10, 6), sharex=True)
x = np.arange(900)
for ax, session, mean, sem in zip(axes, "ABC",
                                  [mean_response_a, mean_response_b, mean_response_c],
                                  [sem_response_a, sem_response_b, sem_response_c]):
    ax.plot(x, mean)
    ax.fill_between(x, mean - sem, mean + sem, alpha=0.3)
    ax.set_title("Session " + session)
    ax.set_ylabel("dF/F")
axes[2].set_xlabel("imaging frames")
""",
    "session time": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = np.mean(response_a, axis=0)
mean_response_b = np.mean(response_b, axis=0)
mean_response_c = np.mean(response_c, axis=0)

sem_response_a = np.std(response_a, axis=0, ddof=1) / np.sqrt(10)
sem_response_b = np.std(response_b, axis=0, ddof=1) / np.sqrt(10)
sem_response_c = np.std(response_c, axis=0, ddof=1) / np.sqrt(10)

fig_movie, axes = plt.subplots(3, 1, figsize=(10, 7), gridspec_kw={"hspace": 0.6})
all_times = [timestamps_a, timestamps_b, timestamps_c]
all_starts = [movie_starts_a, movie_starts_b, movie_starts_c]
all_means = [mean_response_a, mean_response_b, mean_response_c]
all_sems = [sem_response_a, sem_response_b, sem_response_c]

for i in range(3):
    start = all_starts[i][0]
    t = all_times[i][start:start + 900]
    axes[i].plot(t, all_means[i])
    axes[i].fill_between(t, all_means[i] - all_sems[i], all_means[i] + all_sems[i], alpha=0.3)
    axes[i].set_title("Session " + "ABC"[i], loc="left")
    axes[i].set_xlabel("time in the movie (s)")
    axes[i].set_ylabel("dF/F")
""",
    "sessions not named": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = np.mean(response_a, axis=0)
mean_response_b = np.mean(response_b, axis=0)
mean_response_c = np.mean(response_c, axis=0)

sem_response_a = np.std(response_a, axis=0, ddof=1) / np.sqrt(10)
sem_response_b = np.std(response_b, axis=0, ddof=1) / np.sqrt(10)
sem_response_c = np.std(response_c, axis=0, ddof=1) / np.sqrt(10)

fig_movie, ax = plt.subplots(figsize=(10, 4))
x = np.arange(900) / 30.1
for m, s in zip([mean_response_a, mean_response_b, mean_response_c],
                [sem_response_a, sem_response_b, sem_response_c]):
    ax.plot(x, m)
    ax.fill_between(x, m - s, m + s, alpha=0.3)
ax.set_xlabel("time in the movie (s)")
ax.set_ylabel("dF/F")
ax.set_title("Mean response to natural movie one")
""",
    "wrong axis": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = np.mean(response_a, axis=1)
mean_response_b = np.mean(response_b, axis=1)
mean_response_c = np.mean(response_c, axis=1)

sem_response_a = np.std(response_a, axis=1, ddof=1) / np.sqrt(response_a.shape[1])
sem_response_b = np.std(response_b, axis=1, ddof=1) / np.sqrt(response_b.shape[1])
sem_response_c = np.std(response_c, axis=1, ddof=1) / np.sqrt(response_c.shape[1])

fig_movie, ax = plt.subplots(figsize=(10, 4))
for m, s, name in zip([mean_response_a, mean_response_b, mean_response_c],
                      [sem_response_a, sem_response_b, sem_response_c], "ABC"):
    x = np.arange(len(m))
    ax.plot(x, m, label=f"Session {name}")
    ax.fill_between(x, m - s, m + s, alpha=0.3)
ax.set_xlabel("time in the movie (imaging frames)")
ax.set_ylabel("dF/F")
ax.legend()
""",
}

RIGHT = {
    "ddof0 by hand": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)


def mean_and_sem(response):
    n = len(response)
    mean = sum(response) / n
    squares = 0
    for row in response:
        squares = squares + (row - mean) ** 2
    sd = np.sqrt(squares / n)
    return mean, sd / np.sqrt(n)


mean_response_a, sem_response_a = mean_and_sem(response_a)
mean_response_b, sem_response_b = mean_and_sem(response_b)
mean_response_c, sem_response_c = mean_and_sem(response_c)

fig_movie, ax = plt.subplots(figsize=(10, 4))
x = np.arange(900)

ax.plot(x, mean_response_a, color="k", label="Session A")
ax.plot(x, mean_response_a + sem_response_a, color="k", lw=0.5, ls="--")
ax.plot(x, mean_response_a - sem_response_a, color="k", lw=0.5, ls="--")

ax.plot(x, mean_response_b, color="r", label="Session B")
ax.plot(x, mean_response_b + sem_response_b, color="r", lw=0.5, ls="--")
ax.plot(x, mean_response_b - sem_response_b, color="r", lw=0.5, ls="--")

ax.plot(x, mean_response_c, color="b", label="Session C")
ax.plot(x, mean_response_c + sem_response_c, color="b", lw=0.5, ls="--")
ax.plot(x, mean_response_c - sem_response_c, color="b", lw=0.5, ls="--")

ax.set_xlabel("imaging frames since the start of the movie")
ax.set_ylabel("dF/F (mean +- s.e.m., dashed)")
ax.legend(loc="upper right")
""",
    "direct labels": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = np.mean(response_a, axis=0)
mean_response_b = np.mean(response_b, axis=0)
mean_response_c = np.mean(response_c, axis=0)

sem_response_a = np.std(response_a, axis=0, ddof=1) / np.sqrt(len(response_a))
sem_response_b = np.std(response_b, axis=0, ddof=1) / np.sqrt(len(response_b))
sem_response_c = np.std(response_c, axis=0, ddof=1) / np.sqrt(len(response_c))

fig_movie, ax = plt.subplots(figsize=(10, 4))
x = np.arange(900)
colours = {"A": "darkorange", "B": "teal", "C": "purple"}
curves = {"A": mean_response_a, "B": mean_response_b, "C": mean_response_c}
errors = {"A": sem_response_a, "B": sem_response_b, "C": sem_response_c}

for number, name in enumerate("ABC"):
    ax.plot(x, curves[name], color=colours[name], lw=1.2)
    ax.fill_between(x, curves[name] - errors[name], curves[name] + errors[name],
                    color=colours[name], alpha=0.25, lw=0)
    ax.text(1.01, 0.9 - 0.1 * number, "session " + name, color=colours[name],
            transform=ax.transAxes)

ax.set(xlabel="imaging frame, counted from the start of the movie", ylabel="dF/F", xlim=(0, 899))
""",
    "linecollection": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

stacked = np.stack([response_a, response_b, response_c])
mean_response_a, mean_response_b, mean_response_c = stacked.mean(axis=1)
sem_response_a, sem_response_b, sem_response_c = stacked.std(axis=1, ddof=1) / np.sqrt(stacked.shape[1])

from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.lines import Line2D

fig_movie, ax = plt.subplots(figsize=(10, 4))
time_s = np.arange(900) / 30.1
colors = ["C0", "C1", "C2"]
ms = [mean_response_a, mean_response_b, mean_response_c]
es = [sem_response_a, sem_response_b, sem_response_c]

lines = LineCollection([np.column_stack([time_s, m]) for m in ms], colors=colors, linewidths=1.5)
bands = PolyCollection(
    [
        np.vstack([np.column_stack([time_s, m - e]), np.column_stack([time_s, m + e])[::-1]])
        for m, e in zip(ms, es)
    ],
    facecolors=colors, alpha=0.3,
)
ax.add_collection(bands)
ax.add_collection(lines)
ax.autoscale_view()
ax.set_xlabel("Time in movie (s)")
ax.set_ylabel("dF/F")
ax.legend([Line2D([], [], color=c) for c in colors], ["Session A", "Session B", "Session C"])
""",
    "pandas sem": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

tables = [pd.DataFrame(r) for r in (response_a, response_b, response_c)]
mean_response_a, mean_response_b, mean_response_c = [t.mean().to_numpy() for t in tables]
sem_response_a, sem_response_b, sem_response_c = [t.sem().to_numpy() for t in tables]

fig_movie, ax = plt.subplots(figsize=(10, 4))
frame_rate = 30.1
to_draw = pd.DataFrame(
    {"A": mean_response_a, "B": mean_response_b, "C": mean_response_c},
    index=np.arange(900) / frame_rate,
)
to_draw.plot(ax=ax, xlabel="Time from movie onset [s]", ylabel="Mean ΔF/F", linewidth=1)
ax.legend(title="Session")
""",
    "percent label": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = response_a.mean(axis=0)
mean_response_b = response_b.mean(axis=0)
mean_response_c = response_c.mean(axis=0)

sem_response_a = response_a.std(axis=0, ddof=1) / np.sqrt(response_a.shape[0])
sem_response_b = response_b.std(axis=0, ddof=1) / np.sqrt(response_b.shape[0])
sem_response_c = response_c.std(axis=0, ddof=1) / np.sqrt(response_c.shape[0])

fig_movie, ax = plt.subplots(figsize=(10, 4))
x = np.arange(900) / 30.1
for m, s, label in zip(
    [mean_response_a, mean_response_b, mean_response_c],
    [sem_response_a, sem_response_b, sem_response_c],
    ["Session A", "Session B", "Session C"],
):
    ax.plot(x, 100 * m, label=label)
    ax.fill_between(x, 100 * (m - s), 100 * (m + s), alpha=0.3)
ax.set_xlabel("time in the movie (s)")
ax.set_ylabel("dF/F (%)")
ax.legend()
""",
    "pyplot errorbar": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = np.mean(response_a, axis=0)
mean_response_b = np.mean(response_b, axis=0)
mean_response_c = np.mean(response_c, axis=0)

sem_response_a = np.std(response_a, axis=0, ddof=1) / np.sqrt(10)
sem_response_b = np.std(response_b, axis=0, ddof=1) / np.sqrt(10)
sem_response_c = np.std(response_c, axis=0, ddof=1) / np.sqrt(10)

plt.figure(figsize=(10, 8))

first = movie_starts_a[0]
seconds = timestamps_a[first:first + 900] - timestamps_a[first]

plt.subplot(3, 1, 1)
plt.errorbar(seconds, mean_response_a, yerr=sem_response_a, ecolor="lightgray", color="b")
plt.title("Session A")
plt.ylabel("dF/F")

plt.subplot(3, 1, 2)
plt.errorbar(seconds, mean_response_b, yerr=sem_response_b, ecolor="lightgray", color="b")
plt.title("Session B")
plt.ylabel("dF/F")

plt.subplot(3, 1, 3)
plt.errorbar(seconds, mean_response_c, yerr=sem_response_c, ecolor="lightgray", color="b")
plt.title("Session C")
plt.ylabel("dF/F")
plt.xlabel("time from the start of the movie (s)")

plt.tight_layout()
fig_movie = plt.gcf()
""",
    "scipy sem": """
from scipy import stats

response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = response_a.mean(axis=0)
mean_response_b = response_b.mean(axis=0)
mean_response_c = response_c.mean(axis=0)

sem_response_a = stats.sem(response_a)
sem_response_b = stats.sem(response_b)
sem_response_c = stats.sem(response_c)

fig_movie, ax = plt.subplots(figsize=(10, 4))
seconds = np.arange(900) / 30.1
for mean, sem, name in [
    (mean_response_a, sem_response_a, "session A"),
    (mean_response_b, sem_response_b, "session B"),
    (mean_response_c, sem_response_c, "session C"),
]:
    ax.plot(seconds, mean, label=name)
    ax.fill_between(seconds, mean - sem, mean + sem, alpha=0.3)
ax.set_xlabel("time in the movie (s)")
ax.set_ylabel("dF/F")
ax.legend()
""",
    "seaborn lineplot": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = response_a.mean(axis=0)
mean_response_b = response_b.mean(axis=0)
mean_response_c = response_c.mean(axis=0)

sem_response_a = pd.DataFrame(response_a).sem(axis=0).values
sem_response_b = pd.DataFrame(response_b).sem(axis=0).values
sem_response_c = pd.DataFrame(response_c).sem(axis=0).values

import seaborn as sns

fig_movie, ax = plt.subplots(figsize=(10, 4))
long_table = pd.concat(
    [
        pd.DataFrame({"time in the movie (s)": np.arange(900) / 30.1, "dF/F": mean, "session": name})
        for name, mean in zip("ABC", [mean_response_a, mean_response_b, mean_response_c])
    ],
    ignore_index=True,
)
sns.lineplot(data=long_table, x="time in the movie (s)", y="dF/F", hue="session", estimator=None, ax=ax)
""",
    "secondary axis": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = np.mean(response_a, axis=0)
mean_response_b = np.mean(response_b, axis=0)
mean_response_c = np.mean(response_c, axis=0)

sem_response_a = np.std(response_a, axis=0) / np.sqrt(10)
sem_response_b = np.std(response_b, axis=0) / np.sqrt(10)
sem_response_c = np.std(response_c, axis=0) / np.sqrt(10)

fig_movie, ax = plt.subplots(figsize=(10, 4.5))
rate = 1 / np.median(np.diff(timestamps_a))  # imaging frames per second
t_movie = np.arange(900) / rate

ax.plot(t_movie, mean_response_a, "C0-", label="A")
ax.plot(t_movie, mean_response_b, "C1--", label="B")
ax.plot(t_movie, mean_response_c, "C2:", label="C")
for k, (m, s) in enumerate([(mean_response_a, sem_response_a),
                            (mean_response_b, sem_response_b),
                            (mean_response_c, sem_response_c)]):
    ax.fill_between(t_movie, m - s, m + s, color=f"C{k}", alpha=0.3)

ax.set_xlabel("time since movie start (s)")
ax.set_ylabel("mean dF/F")
ax.legend(title="Session")
top = ax.secondary_xaxis("top", functions=(lambda s: s * rate, lambda f: f / rate))
top.set_xlabel("imaging frames since movie start")
""",
    "stairs mosaic": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = np.average(response_a, axis=0)
mean_response_b = np.average(response_b, axis=0)
mean_response_c = np.average(response_c, axis=0)

sem_response_a = np.sqrt(np.var(response_a, axis=0, ddof=1) / 10)
sem_response_b = np.sqrt(np.var(response_b, axis=0, ddof=1) / 10)
sem_response_c = np.sqrt(np.var(response_c, axis=0, ddof=1) / 10)

fig_movie = plt.figure(figsize=(12, 3.5), constrained_layout=True)
panels = fig_movie.subplot_mosaic([["A", "B", "C"]])
edges = np.arange(901) / 30.1
content = {
    "A": (mean_response_a, sem_response_a),
    "B": (mean_response_b, sem_response_b),
    "C": (mean_response_c, sem_response_c),
}
highest = max((m + s).max() for m, s in content.values())
lowest = min((m - s).min() for m, s in content.values())
for name, panel in panels.items():
    m, s = content[name]
    panel.stairs(m + s, edges, baseline=m - s, fill=True, color="lightsteelblue")
    panel.stairs(m, edges, baseline=None, color="midnightblue")
    panel.set_ylim(lowest, highest)
    panel.set_title("Session " + name)
    panel.set_xlabel("time in the movie (s)")
    panel.set_ylabel("dF/F")
""",
    "step": r"""
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = response_a.sum(axis=0) / 10
mean_response_b = response_b.sum(axis=0) / 10
mean_response_c = response_c.sum(axis=0) / 10

sem_response_a = response_a.std(axis=0, ddof=1) / np.sqrt(10)
sem_response_b = response_b.std(axis=0, ddof=1) / np.sqrt(10)
sem_response_c = response_c.std(axis=0, ddof=1) / np.sqrt(10)

fig_movie, ax = plt.subplots(figsize=(10, 4))
frame = np.arange(900)


def draw(mean, sem, colour, name):
    ax.step(frame, mean, where="mid", color=colour, label=name)
    ax.fill_between(frame, mean - sem, mean + sem, step="mid", color=colour, alpha=0.3)


draw(mean_response_a, sem_response_a, "navy", "session A (mean, s.e.m.)")
draw(mean_response_b, sem_response_b, "crimson", "session B (mean, s.e.m.)")
draw(mean_response_c, sem_response_c, "seagreen", "session C (mean, s.e.m.)")
ax.set_xlabel("imaging frames")
ax.set_ylabel("$\\Delta F/F$")
ax.legend()
""",
    "three panels sup": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = response_a.mean(0)
mean_response_b = response_b.mean(0)
mean_response_c = response_c.mean(0)

sem_response_a = response_a.std(0, ddof=1) / len(response_a) ** 0.5
sem_response_b = response_b.std(0, ddof=1) / len(response_b) ** 0.5
sem_response_c = response_c.std(0, ddof=1) / len(response_c) ** 0.5

fig_movie, axes = plt.subplots(3, 1, figsize=(10, 7), sharex=True, sharey=True)
t = np.arange(900) / 30.1
means_to_draw = [mean_response_a, mean_response_b, mean_response_c]
sems_to_draw = [sem_response_a, sem_response_b, sem_response_c]

for ax, session, m, s in zip(axes, "ABC", means_to_draw, sems_to_draw):
    ax.fill_between(t, m - s, m + s, color="tab:gray", alpha=0.3)
    ax.plot(t, m, color="tab:green")
    ax.set_title(f"Session {session}", loc="left")

fig_movie.supxlabel("time in natural movie one (seconds)")
fig_movie.supylabel("mean dF/F")
""",
    "tick labels": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = np.mean(response_a, axis=0)
mean_response_b = np.mean(response_b, axis=0)
mean_response_c = np.mean(response_c, axis=0)

sem_response_a = np.std(response_a, axis=0, ddof=1) / np.sqrt(10)
sem_response_b = np.std(response_b, axis=0, ddof=1) / np.sqrt(10)
sem_response_c = np.std(response_c, axis=0, ddof=1) / np.sqrt(10)

fig_movie, ax = plt.subplots(figsize=(10, 4))
frames = np.arange(900)
ax.plot(frames, mean_response_a, label="A")
ax.plot(frames, mean_response_b, label="B")
ax.plot(frames, mean_response_c, label="C")
ax.fill_between(frames, mean_response_a - sem_response_a, mean_response_a + sem_response_a, alpha=0.3)
ax.fill_between(frames, mean_response_b - sem_response_b, mean_response_b + sem_response_b, alpha=0.3)
ax.fill_between(frames, mean_response_c - sem_response_c, mean_response_c + sem_response_c, alpha=0.3)

# 30.1 imaging frames are one second
tick_seconds = np.arange(0, 30, 5)
ax.set_xticks(tick_seconds * 30.1)
ax.set_xticklabels([f"{s} s" for s in tick_seconds])
ax.set_xlabel("time in the movie (s)")
ax.set_ylabel("dF/F")
ax.legend(title="session")
""",
}

#: What each wrong answer does, as its author says it, and the names of mistakes that fit.
MISTAKES = {
    "a thrice": {"Session A is drawn in all three panels.": ["one session for all"]},
    "band of a": {
        "The s.e.m. of session A is drawn as the band around all three curves.": [
            "another session's band"
        ]
    },
    "copy paste c": {
        "Mean_response_c is computed from session B (copied line not changed).": [
            "another session's array",
            "one session twice",
        ]
    },
    "empty figure": {
        "Fig_movie is an empty figure, the curves are drawn in another one.": [
            "an empty figure",
            "nothing drawn",
        ]
    },
    "firing rate": {
        "The y axis is called firing rate, but dF/F is drawn.": ["another quantity named"]
    },
    "first repeat drawn": {
        "The figure shows the first repeat of each session, not the mean over the repeats.": [
            "a single repeat"
        ]
    },
    "frames called seconds": {
        "The x axis counts imaging frames but is labelled in seconds.": ["wrong unit of time"]
    },
    "legend mixed up": {
        "The legend gives the names of the sessions in the wrong order.": ["names in another order"]
    },
    "lifted": {
        "The curves of B and C are lifted above each other, but the axis says dF/F.": [
            "changed values called dF/F"
        ]
    },
    "names exchanged": {
        "The names of the two axes are exchanged.": ["names of the axes exchanged"]
    },
    "normalised": {
        "Each curve is divided by its own maximum, but the axis says dF/F.": [
            "changed values called dF/F"
        ]
    },
    "percent name": {
        "The y axis says percent, but the ratio dF/F is drawn.": ["percent and fraction mixed up"]
    },
    "sd for sem": {
        "The standard deviation in place of the standard error (not divided by the square root of n).": [
            "standard deviation for standard error"
        ]
    },
    "sem wrong n": {
        "The standard error is divided by the square root of 900 (the frames), not of 10 (the repeats).": [
            "divided by the root of the frames"
        ]
    },
    "session time": {
        "The x axis shows the time in the session, not the time in the movie.": [
            "time in the session"
        ]
    },
    "sessions not named": {"Nothing says which line is which session.": ["no legend"]},
    "wrong axis": {
        "Mean and standard error over the frames (axis=1) in place of the repeats.": [
            "mean over the wrong axis"
        ]
    },
}
