"""Wrong answers to question 7, with one mistake each, by one who had the released notebook alone."""

# Students write long lines.
# ruff: noqa: E501

WRONG = {
    "figure, band about zero": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = response_a.mean(axis=0)
mean_response_b = response_b.mean(axis=0)
mean_response_c = response_c.mean(axis=0)

sem_response_a = response_a.std(axis=0, ddof=1) / np.sqrt(len(response_a))
sem_response_b = response_b.std(axis=0, ddof=1) / np.sqrt(len(response_b))
sem_response_c = response_c.std(axis=0, ddof=1) / np.sqrt(len(response_c))


fig_movie, ax = plt.subplots(figsize=(10, 4))
seconds = np.arange(900) / 30.1
for session, mean, sem in [
    ("A", mean_response_a, sem_response_a),
    ("B", mean_response_b, sem_response_b),
    ("C", mean_response_c, sem_response_c),
]:
    ax.plot(seconds, mean, label=f"Session {session}")
    ax.fill_between(seconds, -sem, sem, alpha=0.3)
ax.set_xlabel("Time in movie (s)")
ax.set_ylabel("dF/F")
ax.legend()
""",
    "figure, peaks cut": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = response_a.mean(axis=0)
mean_response_b = response_b.mean(axis=0)
mean_response_c = response_c.mean(axis=0)

sem_response_a = response_a.std(axis=0, ddof=1) / np.sqrt(len(response_a))
sem_response_b = response_b.std(axis=0, ddof=1) / np.sqrt(len(response_b))
sem_response_c = response_c.std(axis=0, ddof=1) / np.sqrt(len(response_c))


fig_movie, ax = plt.subplots(figsize=(10, 4))
seconds = np.arange(900) / 30.1
for session, mean, sem in [
    ("A", mean_response_a, sem_response_a),
    ("B", mean_response_b, sem_response_b),
    ("C", mean_response_c, sem_response_c),
]:
    ax.plot(seconds, mean, label=f"Session {session}")
    ax.fill_between(seconds, mean - sem, mean + sem, alpha=0.3)
ax.set_xlabel("Time in movie (s)")
ax.set_ylabel("dF/F")
ax.set_ylim(-0.05, 0.1)
ax.legend()
""",
    "figure, reversed time": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = response_a.mean(axis=0)
mean_response_b = response_b.mean(axis=0)
mean_response_c = response_c.mean(axis=0)

sem_response_a = response_a.std(axis=0, ddof=1) / np.sqrt(len(response_a))
sem_response_b = response_b.std(axis=0, ddof=1) / np.sqrt(len(response_b))
sem_response_c = response_c.std(axis=0, ddof=1) / np.sqrt(len(response_c))


fig_movie, ax = plt.subplots(figsize=(10, 4))
seconds = np.arange(900) / 30.1
for session, mean, sem in [
    ("A", mean_response_a, sem_response_a),
    ("B", mean_response_b, sem_response_b),
    ("C", mean_response_c, sem_response_c),
]:
    ax.plot(seconds, mean[::-1], label=f"Session {session}")
    ax.fill_between(seconds, (mean - sem)[::-1], (mean + sem)[::-1], alpha=0.3)
ax.set_xlabel("Time in movie (s)")
ax.set_ylabel("dF/F")
ax.legend()
""",
    "figure, shifted": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = response_a.mean(axis=0)
mean_response_b = response_b.mean(axis=0)
mean_response_c = response_c.mean(axis=0)

sem_response_a = response_a.std(axis=0, ddof=1) / np.sqrt(len(response_a))
sem_response_b = response_b.std(axis=0, ddof=1) / np.sqrt(len(response_b))
sem_response_c = response_c.std(axis=0, ddof=1) / np.sqrt(len(response_c))


fig_movie, ax = plt.subplots(figsize=(10, 4))
seconds = np.arange(900) / 30.1
for session, mean, sem in [
    ("A", mean_response_a, sem_response_a),
    ("B", mean_response_b, sem_response_b),
    ("C", mean_response_c, sem_response_c),
]:
    seconds = np.arange(900) / 30.1 + (2 if session == "B" else 0)
    ax.plot(seconds, mean, label=f"Session {session}")
    ax.fill_between(seconds, mean - sem, mean + sem, alpha=0.3)
ax.set_xlabel("Time in movie (s)")
ax.set_ylabel("dF/F")
ax.legend()
""",
    "figure, another figure": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = response_a.mean(axis=0)
mean_response_b = response_b.mean(axis=0)
mean_response_c = response_c.mean(axis=0)

sem_response_a = response_a.std(axis=0, ddof=1) / np.sqrt(len(response_a))
sem_response_b = response_b.std(axis=0, ddof=1) / np.sqrt(len(response_b))
sem_response_c = response_c.std(axis=0, ddof=1) / np.sqrt(len(response_c))


fig_movie, ax = plt.subplots(figsize=(10, 4))
fig, ax = plt.subplots(figsize=(10, 4))
seconds = np.arange(900) / 30.1
for session, mean, sem in [
    ("A", mean_response_a, sem_response_a),
    ("B", mean_response_b, sem_response_b),
    ("C", mean_response_c, sem_response_c),
]:
    ax.plot(seconds, mean, label=f"Session {session}")
    ax.fill_between(seconds, mean - sem, mean + sem, alpha=0.3)
ax.set_xlabel("Time in movie (s)")
ax.set_ylabel("dF/F")
ax.legend()
""",
    "figure, c drawn thrice": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = response_a.mean(axis=0)
mean_response_b = response_b.mean(axis=0)
mean_response_c = response_c.mean(axis=0)

sem_response_a = response_a.std(axis=0, ddof=1) / np.sqrt(len(response_a))
sem_response_b = response_b.std(axis=0, ddof=1) / np.sqrt(len(response_b))
sem_response_c = response_c.std(axis=0, ddof=1) / np.sqrt(len(response_c))


fig_movie, axes = plt.subplots(3, 1, figsize=(9, 7), sharex=True, sharey=True)
means = {"A": mean_response_a, "B": mean_response_b, "C": mean_response_c}
for ax, (name, mean) in zip(axes, means.items()):
    ax.plot(np.arange(900) / 30.1, means["C"], "k")
    ax.set_title(f"Session {name}")
    ax.set_ylabel("dF/F")
axes[-1].set_xlabel("Time (s)")
""",
    "of all values": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = response_a.mean(axis=0)
mean_response_b = response_b.mean(axis=0)
mean_response_c = response_c.mean(axis=0)
sem_response_a = np.full(900, np.std(response_a) / np.sqrt(10))
sem_response_b = np.full(900, np.std(response_b) / np.sqrt(10))
sem_response_c = np.full(900, np.std(response_c) / np.sqrt(10))


fig_movie, ax = plt.subplots(figsize=(10, 4))
seconds = np.arange(900) / 30.1
for session, mean, sem in [
    ("A", mean_response_a, sem_response_a),
    ("B", mean_response_b, sem_response_b),
    ("C", mean_response_c, sem_response_c),
]:
    ax.plot(seconds, mean, label=f"Session {session}")
    ax.fill_between(seconds, mean - sem, mean + sem, alpha=0.3)
ax.set_xlabel("Time in movie (s)")
ax.set_ylabel("dF/F")
ax.legend()
""",
    "trimmed": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

from scipy.stats import trim_mean
mean_response_a = trim_mean(response_a, 0.1, axis=0)
mean_response_b = trim_mean(response_b, 0.1, axis=0)
mean_response_c = trim_mean(response_c, 0.1, axis=0)
sem_response_a = response_a.std(axis=0, ddof=1) / np.sqrt(len(response_a))
sem_response_b = response_b.std(axis=0, ddof=1) / np.sqrt(len(response_b))
sem_response_c = response_c.std(axis=0, ddof=1) / np.sqrt(len(response_c))


fig_movie, ax = plt.subplots(figsize=(10, 4))
seconds = np.arange(900) / 30.1
for session, mean, sem in [
    ("A", mean_response_a, sem_response_a),
    ("B", mean_response_b, sem_response_b),
    ("C", mean_response_c, sem_response_c),
]:
    ax.plot(seconds, mean, label=f"Session {session}")
    ax.fill_between(seconds, mean - sem, mean + sem, alpha=0.3)
ax.set_xlabel("Time in movie (s)")
ax.set_ylabel("dF/F")
ax.legend()
""",
    "variance": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = response_a.mean(axis=0)
mean_response_b = response_b.mean(axis=0)
mean_response_c = response_c.mean(axis=0)
sem_response_a = response_a.var(axis=0, ddof=1) / np.sqrt(10)
sem_response_b = response_b.var(axis=0, ddof=1) / np.sqrt(10)
sem_response_c = response_c.var(axis=0, ddof=1) / np.sqrt(10)


fig_movie, ax = plt.subplots(figsize=(10, 4))
seconds = np.arange(900) / 30.1
for session, mean, sem in [
    ("A", mean_response_a, sem_response_a),
    ("B", mean_response_b, sem_response_b),
    ("C", mean_response_c, sem_response_c),
]:
    ax.plot(seconds, mean, label=f"Session {session}")
    ax.fill_between(seconds, mean - sem, mean + sem, alpha=0.3)
ax.set_xlabel("Time in movie (s)")
ax.set_ylabel("dF/F")
ax.legend()
""",
    "root of nine": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)

mean_response_a = response_a.mean(axis=0)
mean_response_b = response_b.mean(axis=0)
mean_response_c = response_c.mean(axis=0)
sem_response_a = response_a.std(axis=0, ddof=1) / np.sqrt(len(response_a) - 1)
sem_response_b = response_b.std(axis=0, ddof=1) / np.sqrt(len(response_b) - 1)
sem_response_c = response_c.std(axis=0, ddof=1) / np.sqrt(len(response_c) - 1)


fig_movie, ax = plt.subplots(figsize=(10, 4))
seconds = np.arange(900) / 30.1
for session, mean, sem in [
    ("A", mean_response_a, sem_response_a),
    ("B", mean_response_b, sem_response_b),
    ("C", mean_response_c, sem_response_c),
]:
    ax.plot(seconds, mean, label=f"Session {session}")
    ax.fill_between(seconds, mean - sem, mean + sem, alpha=0.3)
ax.set_xlabel("Time in movie (s)")
ax.set_ylabel("dF/F")
ax.legend()
""",
    "baseline off": """
response_a = movie_response(data_set_a, cell_specimen_id)
response_b = movie_response(data_set_b, cell_specimen_id)
response_c = movie_response(data_set_c, cell_specimen_id)
mean_response_a = response_a.mean(axis=0) - np.median(response_a)
mean_response_b = response_b.mean(axis=0) - np.median(response_b)
mean_response_c = response_c.mean(axis=0) - np.median(response_c)
sem_response_a = response_a.std(axis=0, ddof=1) / np.sqrt(len(response_a))
sem_response_b = response_b.std(axis=0, ddof=1) / np.sqrt(len(response_b))
sem_response_c = response_c.std(axis=0, ddof=1) / np.sqrt(len(response_c))


fig_movie, ax = plt.subplots(figsize=(10, 4))
seconds = np.arange(900) / 30.1
for session, mean, sem in [
    ("A", mean_response_a, sem_response_a),
    ("B", mean_response_b, sem_response_b),
    ("C", mean_response_c, sem_response_c),
]:
    ax.plot(seconds, mean, label=f"Session {session}")
    ax.fill_between(seconds, mean - sem, mean + sem, alpha=0.3)
ax.set_xlabel("Time in movie (s)")
ax.set_ylabel("dF/F")
ax.legend()
""",
}

RIGHT = {}

#: What each wrong answer does, as its author says it, and the names of mistakes that fit.
MISTAKES = {
    "figure, another figure": {
        "The curves are in another figure; fig_movie has empty axes.": [
            "an empty figure",
            "nothing drawn",
        ]
    },
    "figure, band about zero": {
        "The bands lie about zero, not about the means.": ["a band around zero"]
    },
    "figure, peaks cut": {
        "The y axis ends at 0.1 dF/F, far below the peaks.": ["responses cut off"]
    },
    "figure, reversed time": {"The curves run backwards in time.": ["drawn backwards in time"]},
    "figure, shifted": {"Session B's curve is shifted by 2 s.": ["time in the session"]},
    "figure, c drawn thrice": {"All three panels show session C.": ["one session for all"]},
    "of all values": {
        "One number for all frames: the standard deviation of the whole array.": [
            "one number for all"
        ]
    },
    "trimmed": {
        "A trimmed mean: the highest and the lowest repeat are left out.": ["outliers dropped"]
    },
    "variance": {
        "The root of the repeats' number divides the variance, not the standard deviation.": [
            "variance for standard deviation"
        ]
    },
    "root of nine": {
        "Divided by the square root of 9 with ddof=1: n - 1 is counted twice.": [
            "ddof counted twice"
        ]
    },
    "baseline off": {"Each mean has its own median subtracted.": ["changed afterwards"]},
}
