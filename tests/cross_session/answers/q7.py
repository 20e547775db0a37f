"""Answers to question 7: the mean movie response, its standard error, and their figure."""

# Students write long lines.
# ruff: noqa: E501

RESPONSES = """
responses = {
    "a": movie_response(data_set_a, cell_specimen_id),
    "b": movie_response(data_set_b, cell_specimen_id),
    "c": movie_response(data_set_c, cell_specimen_id),
}
"""
MEAN = """
mean_response_a, mean_response_b, mean_response_c = (r.mean(axis=0) for r in responses.values())
"""
SEM = """
sem_response_a, sem_response_b, sem_response_c = (
    r.std(axis=0, ddof=1) / np.sqrt(10) for r in responses.values()
)
"""
FIGURE = """
fig_movie, ax = plt.subplots()
for mean, session in zip([mean_response_a, mean_response_b, mean_response_c], "ABC"):
    ax.plot(np.arange(len(mean)) / 30.1, mean, label=session)
ax.set(xlabel="time (s)", ylabel="dF/F")
ax.legend()
"""
VALUES = RESPONSES + MEAN + SEM


def _with(mean=MEAN, sem=SEM):
    return RESPONSES + mean + sem + FIGURE


WRONG = {
    "the median": _with(mean=MEAN.replace("r.mean(axis=0)", "np.median(r, axis=0)")),
    "over the frames": _with(
        mean=MEAN.replace("axis=0", "axis=1"), sem=SEM.replace("axis=0", "axis=1")
    ),
    "over everything": _with(mean=MEAN.replace("axis=0", ""), sem=SEM.replace("axis=0, ", "")),
    "standard deviation": _with(sem=SEM.replace("/ np.sqrt(10)", "")),
    "divided by n, not by its root": _with(sem=SEM.replace("np.sqrt(10)", "10")),
    "divided by the root of 900": _with(sem=SEM.replace("10", "900")),
    "the first repeat": _with(mean=MEAN.replace("r.mean(axis=0)", "r[0]")),
    "session A in all": VALUES
    + """
mean_response_b = mean_response_c = mean_response_a
sem_response_b = sem_response_c = sem_response_a
"""
    + FIGURE,
    "a figure without session C": VALUES
    + """
fig_movie, ax = plt.subplots()
ax.plot(mean_response_a, label="A")
ax.plot(mean_response_b, label="B")
ax.set(xlabel="imaging frame", ylabel="dF/F")
""",
    "a figure of all repeats": VALUES
    + """
fig_movie, axes = plt.subplots(3, 1)
for ax, (session, response) in zip(axes, responses.items()):
    ax.plot(np.arange(900) / 30, response.T)
    ax.set(title=session, xlabel="time (s)", ylabel="dF/F")
""",
    "a figure without names": VALUES
    + """
fig_movie, ax = plt.subplots()
ax.plot(mean_response_a)
ax.plot(mean_response_b)
ax.plot(mean_response_c)
""",
    "names in another order than the lines": VALUES + FIGURE + 'ax.legend(list("CAB"))',
    "titles in another order than the panels": VALUES
    + """
fig_movie, axes = plt.subplots(3, 1)
for ax, mean, letter in zip(axes, [mean_response_a, mean_response_b, mean_response_c], "CAB"):
    ax.plot(mean)
    ax.set(xlabel="imaging frame", ylabel="dF/F", title=f"session {letter}")
""",
    "labels that no legend shows": VALUES + FIGURE + "ax.get_legend().remove()",
    "the same label for all": VALUES
    + FIGURE
    + """
for line in ax.lines:
    line.set_label("mean response")
ax.legend()
""",
    "three panels that nobody can tell apart": VALUES
    + """
fig_movie, axes = plt.subplots(3, 1)
for ax, mean in zip(axes, [mean_response_a, mean_response_b, mean_response_c]):
    ax.plot(mean)
    ax.set(xlabel="imaging frame", ylabel="dF/F", title="A response to natural movie one")
""",
    "three panels with names of the axes only": VALUES
    + """
fig_movie, axes = plt.subplots(3, 1)
for ax, mean in zip(axes, [mean_response_a, mean_response_b, mean_response_c]):
    ax.plot(mean)
fig_movie.supxlabel("imaging frame")
fig_movie.supylabel("dF/F")
fig_movie.suptitle("Mean response")
""",
    "lines that nobody can tell apart": VALUES
    + """
fig_movie, ax = plt.subplots()
ax.plot(mean_response_a)
ax.plot(mean_response_b)
ax.plot(mean_response_c)
ax.set(xlabel="frame", ylabel="dF/F")
""",
}

RIGHT = {
    "population standard deviation, frames, no band": RESPONSES
    + """
mean_response_a, mean_response_b, mean_response_c = (np.mean(r, 0) for r in responses.values())
sem_response_a, sem_response_b, sem_response_c = (np.std(r, 0) / 10**0.5 for r in responses.values())
plt.figure()
plt.plot(mean_response_a, "k", label="Session A")
plt.plot(mean_response_b, "r", label="Session B")
plt.plot(mean_response_c, "b", label="Session C")
plt.xlabel("Imaging frames from the start of the movie")
plt.ylabel("mean dF/F")
plt.legend()
fig_movie = plt.gcf()
""",
    "scipy's sem, three panels with bands": RESPONSES
    + """
from scipy.stats import sem
mean_response_a, mean_response_b, mean_response_c = (sum(r) / len(r) for r in responses.values())
sem_response_a, sem_response_b, sem_response_c = (sem(r) for r in responses.values())
fig_movie, axes = plt.subplots(3, 1, sharex=True, sharey=True)
t = np.arange(900) / 30
for ax, letter in zip(axes, "abc"):
    mean, error = globals()[f"mean_response_{letter}"], globals()[f"sem_response_{letter}"]
    ax.plot(t, mean)
    ax.fill_between(t, mean - error, mean + error, alpha=0.3)
    ax.set(title=f"session {letter}", ylabel="dF/F")
axes[-1].set_xlabel("time in movie (s)")
""",
    "lists and 32 bits, error bars, in percent": RESPONSES
    + MEAN
    + SEM
    + """
mean_response_a, sem_response_a = list(mean_response_a), list(sem_response_a)
mean_response_b, sem_response_b = np.float32(mean_response_b), np.float32(sem_response_b)
fig_movie = plt.figure()
ax = fig_movie.add_axes([0.1, 0.1, 0.8, 0.8])
t = timestamps_a[movie_starts_a[0] :][:900] - timestamps_a[movie_starts_a[0]]
for letter in "abc":
    mean, error = np.array(globals()[f"mean_response_{letter}"]), np.array(globals()[f"sem_response_{letter}"])
    ax.errorbar(t, 100 * mean, 100 * error, errorevery=30, label=letter.upper())
ax.set(xlabel="time [s]", ylabel="dF/F (%)")
ax.legend()
""",
    "a legend of the figure, one color in three styles": VALUES
    + """
fig_movie, ax = plt.subplots()
lines = [
    ax.plot(mean, color="k", linestyle=style)[0]
    for mean, style in zip([mean_response_c, mean_response_a, mean_response_b], ["-", "--", ":"])
]
ax.set(xlabel="imaging frame", ylabel="dF/F", title="A neuron and natural movie one")
fig_movie.legend(lines, list("CAB"))
""",
    "sessions named by their ids, bands in the legend": VALUES
    + """
fig_movie, ax = plt.subplots()
for letter, session in zip("abc", [id_a, id_b, id_c]):
    mean, error = globals()[f"mean_response_{letter}"], globals()[f"sem_response_{letter}"]
    ax.plot(mean, label=f"mean, {session}")
    ax.fill_between(np.arange(900), mean - error, mean + error, alpha=0.3, label=f"{letter}: s.e.m.")
ax.set(xlabel="imaging frame", ylabel="dF/F")
ax.legend()
""",
    "one title over three panels": VALUES
    + """
fig_movie, axes = plt.subplots(1, 3)
for ax, mean in zip(axes, [mean_response_a, mean_response_b, mean_response_c]):
    ax.plot(mean)
fig_movie.supxlabel("imaging frame")
fig_movie.supylabel("dF/F")
fig_movie.suptitle("Sessions A, B and C (from left to right)")
""",
    "letters beside the lines": VALUES
    + """
fig_movie, ax = plt.subplots()
for letter in "abc":
    mean = globals()[f"mean_response_{letter}"]
    (line,) = ax.plot(mean, label=letter)
    ax.text(900, mean[-1], f"day {letter.upper()}", color=line.get_color())
ax.set(xlabel="imaging frame", ylabel="dF/F")
""",
    "named in a text on the figure, no legend": VALUES
    + FIGURE
    + """
ax.get_legend().remove()
fig_movie.text(0.5, 0.95, "A blue, B orange, C green")
""",
    "pandas, repeats drawn behind": RESPONSES
    + """
tables = {letter: pd.DataFrame(response) for letter, response in responses.items()}
mean_response_a, mean_response_b, mean_response_c = (table.mean() for table in tables.values())
sem_response_a, sem_response_b, sem_response_c = (table.sem() for table in tables.values())
fig_movie, axes = plt.subplots(1, 3, figsize=(12, 3))
for ax, (letter, table) in zip(axes, tables.items()):
    ax.plot(table.columns / 30.1, table.T, color="0.8", lw=0.5)
    ax.plot(table.columns / 30.1, table.mean(), color="k")
    ax.set_title(letter)
fig_movie.supxlabel("s")
fig_movie.supylabel("dF/F")
""",
}
