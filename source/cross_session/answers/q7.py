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
    "sessions B and C exchanged": """
data = {"a": data_set_a, "c": data_set_b, "b": data_set_c}
R = {letter: movie_response(d, cell_specimen_id) for letter, d in data.items()}
mean_response_a, mean_response_b, mean_response_c = [R[letter].mean(0) for letter in "abc"]
sem_response_a, sem_response_b, sem_response_c = [R[letter].std(0, ddof=1) / 10**0.5 for letter in "abc"]
"""
    + FIGURE,
    "n minus 1 twice": _with(sem=SEM.replace("np.sqrt(10)", "np.sqrt(len(r) - 1)")),
    "variance divided by n": _with(sem=SEM.replace("std", "var").replace("np.sqrt(10)", "len(r)")),
    "pandas' standard deviation": """
tables = [pd.DataFrame(movie_response(d, cell_specimen_id)) for d in (data_set_a, data_set_b, data_set_c)]
mean_response_a, mean_response_b, mean_response_c = [t.mean() for t in tables]
sem_response_a, sem_response_b, sem_response_c = [t.std() for t in tables]
"""
    + FIGURE,
    "mean of all neurons": RESPONSES
    + SEM
    + """
def population(data_set, starts):
    F = data_set.get_dff_traces()[1].mean(axis=0)
    return np.mean([F[s : s + 900] for s in starts], axis=0)
mean_response_a, mean_response_b = population(data_set_a, movie_starts_a), population(data_set_b, movie_starts_b)
mean_response_c = population(data_set_c, movie_starts_c)
"""
    + FIGURE,
    "error over the frames": _with(
        sem="\nfrom scipy.stats import sem"
        "\nsem_response_a, sem_response_b, sem_response_c = (sem(r, axis=1) for r in responses.values())\n"
    ),
    "median, and standard deviation": """
def centre_and_spread(d):
    r = np.array(movie_response(d, cell_specimen_id))
    return np.median(r, axis=0), np.std(r, axis=0)
mean_response_a, sem_response_a = centre_and_spread(data_set_a)
mean_response_b, sem_response_b = centre_and_spread(data_set_b)
mean_response_c, sem_response_c = centre_and_spread(data_set_c)
"""
    + FIGURE,
    "the highest of the repeats": _with(mean=MEAN.replace("r.mean(axis=0)", "np.amax(r, axis=0)")),
    "95 % confidence": _with(sem=SEM.replace("r.std", "1.96 * r.std")),
    "transposed first, and the root of 900": RESPONSES
    + """
flipped = [np.transpose(r) for r in responses.values()]
mean_response_a, mean_response_b, mean_response_c = (x.mean(axis=0) for x in flipped)
sem_response_a, sem_response_b, sem_response_c = (x.T.std(axis=0, ddof=1) / np.sqrt(len(x)) for x in flipped)
"""
    + FIGURE,
    "nine repeats": _with(mean=MEAN.replace("r.mean", "r[1:].mean")),
    "divided by nine, in a loop": _with(
        mean="""
sums = []
for r in responses.values():
    sums.append(sum(repeat for repeat in r) / (len(r) - 1))
mean_response_a, mean_response_b, mean_response_c = sums
"""
    ),
    "in percent, session A's error for all": _with(mean=MEAN.replace("r.mean", "100 * r.mean"))
    + "sem_response_b = sem_response_c = sem_response_a",
    "the root of everything": _with(sem=SEM.replace("/ np.sqrt(10)", "** 0.5 / np.sqrt(10)")),
    "a figure of frames that claims seconds": VALUES + FIGURE.replace(" / 30.1", ""),
    "a figure of the errors, y without a name": VALUES
    + """
fig_movie, ax = plt.subplots()
for letter, y in zip("ABC", (sem_response_a, sem_response_b, sem_response_c)):
    ax.plot(np.arange(900), y, label=letter)
ax.set_xlabel("imaging frame")
ax.legend()
""",
    "a figure of session A three times": VALUES
    + """
fig_movie, axes = plt.subplots(1, 3)
for ax, letter in zip(axes, "ABC"):
    ax.plot(mean_response_a)
    ax.set(title="Session " + letter, xlabel="imaging frame", ylabel="dF/F")
""",
    "the last of three figures, standard deviation": RESPONSES
    + MEAN
    + """
sem_response_a, sem_response_b, sem_response_c = (np.std(r, axis=0) for r in responses.values())
means, errors = (mean_response_a, mean_response_b, mean_response_c), (sem_response_a, sem_response_b, sem_response_c)
for y, e, letter in zip(means, errors, "ABC"):
    fig_movie, ax = plt.subplots()
    ax.plot(y)
    ax.fill_between(range(900), y - e, y + e, alpha=0.2)
    ax.set(xlabel="imaging frame", ylabel="dF/F", title=f"Session {letter}")
""",
    "standard deviation divided by n - 1": RESPONSES
    + MEAN
    + SEM.replace("np.sqrt(10)", "9")
    + FIGURE,
}

EACH_MEAN = """
fig_movie, axes = plt.subplots(3, 1)
for ax, letter, d in zip(axes, "ABC", (data_set_a, data_set_b, data_set_c)):
    every = d.get_dff_traces()[1]
    all_means = np.mean([every[:, s : s + 900] for s in starts_of_movie(d)], axis=0)
    ax.plot(all_means.T, COLOR)
    ax.set(title=f"session {letter}", xlabel="imaging frame", ylabel="dF/F")
"""
WRONG |= {
    "every neuron's mean response": VALUES + EACH_MEAN.replace(", COLOR", ""),
}

RIGHT = {
    "every neuron's mean response in grey, ours over them": VALUES
    + EACH_MEAN.replace("COLOR", "color='0.8', lw=0.5")
    + """
for ax, mean in zip(axes, (mean_response_a, mean_response_b, mean_response_c)):
    ax.plot(mean, color="tab:red")
""",
    "all repeats in the session's color, the mean thick": VALUES
    + """
fig_movie, ax = plt.subplots()
means = (mean_response_a, mean_response_b, mean_response_c)
for letter, response, mean, color in zip("ABC", responses.values(), means, ("C0", "C1", "C2")):
    ax.plot(response.T, color=color, lw=0.4)
    ax.plot(mean, color=color, lw=3, label=f"session {letter}")
ax.set(xlabel="imaging frame", ylabel="dF/F")
ax.legend()
""",
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
    "root of 9 with the population's standard deviation, one band": """
def mean_and_error(d):
    r = movie_response(d, cell_specimen_id)
    return np.average(r, axis=0), np.std(r, axis=0) / np.sqrt(len(r) - 1)
mean_response_a, sem_response_a = mean_and_error(data_set_a)
mean_response_b, sem_response_b = mean_and_error(data_set_b)
mean_response_c, sem_response_c = mean_and_error(data_set_c)
fig_movie = plt.figure(figsize=(10, 3))
seconds = np.linspace(0, 29.9, 900)
plt.plot(seconds, mean_response_a, color="tab:red", label="Session A")
plt.plot(seconds, mean_response_b, color="tab:blue", label="Session B")
plt.plot(seconds, mean_response_c, color="tab:gray", label="Session C")
plt.fill_between(seconds, mean_response_a - sem_response_a, mean_response_a + sem_response_a, color="tab:red", alpha=0.2)
plt.xlabel("seconds")
plt.ylabel("Mean dF/F")
plt.legend(loc="upper left")
""",
    "from the variance, with the table's own function": """
stacks = np.array([movie_response(d, cell_specimen_id) for d in (data_set_a, data_set_b, data_set_c)])
mean_response_a, mean_response_b, mean_response_c = stacks.mean(axis=1)
sem_response_a, sem_response_b, sem_response_c = (stacks.var(axis=1, ddof=1) / stacks.shape[1]) ** 0.5
table = pd.DataFrame({"A": mean_response_a, "B": mean_response_b, "C": mean_response_c})
fig_movie = table.plot(xlabel="imaging frame in the movie", ylabel="dF/F").get_figure()
""",
    "column by column, steps": RESPONSES
    + """
mean_response_a, mean_response_b, mean_response_c = (
    [np.mean([row[frame] for row in r]) for frame in range(900)] for r in responses.values())
sem_response_a, sem_response_b, sem_response_c = (pd.DataFrame(r).agg("sem") for r in responses.values())
fig_movie, axes = plt.subplots(3, 1, sharex=True)
for row, name in enumerate("abc"):
    y = [mean_response_a, mean_response_b, mean_response_c][row]
    axes[row].step(np.arange(900) * 30 / 900, y, where="mid")
    axes[row].set(ylabel="dF/F", title="three_session_" + name.upper())
plt.xlabel("time in movie, sec")
""",
}

#: What each wrong answer does, as a teacher would say it, and the names of mistakes that fit.
MISTAKES = {
    "every neuron's mean response": {
        "Ours cannot be told from all others in the figure.": ["all neurons drawn"],
    },
    "the median": {
        "The median is taken, not the mean.": ["median for mean"],
    },
    "over the frames": {
        "Mean and error are taken over the frames: the wrong axis.": ["mean over the wrong axis"],
    },
    "over everything": {
        "Mean and error are taken over repeats and frames at once.": ["one number for all"],
    },
    "standard deviation": {
        "The standard deviation is given, not the standard error.": [
            "standard deviation for standard error"
        ],
    },
    "divided by n, not by its root": {
        "The standard deviation is divided by n, not by its root.": ["divided by n"],
    },
    "divided by the root of 900": {
        "It is divided by the root of the number of frames.": ["divided by the root of the frames"],
    },
    "the first repeat": {
        "A single repeat is given, not the mean.": ["a single repeat"],
    },
    "session A in all": {
        "Session A's response is used for all three.": [
            "another session's array",
            "one session for all",
        ],
    },
    "a figure without session C": {
        "The figure does not show session C.": ["a session left out"],
    },
    "a figure of all repeats": {
        "The figure shows the repeats, not their mean.": ["a single repeat"],
    },
    "a figure without names": {
        "Neither the axes nor the lines have labels.": ["missing labels"],
    },
    "names in another order than the lines": {
        "The lines have the names of other sessions.": ["names in another order"],
    },
    "titles in another order than the panels": {
        "The panels have the titles of other sessions.": ["names in another order"],
    },
    "labels that no legend shows": {
        "There is no legend: the labels are not seen.": ["no legend"],
    },
    "the same label for all": {
        "All lines have the same label.": ["the same name for all"],
    },
    "three panels that nobody can tell apart": {
        "No panel says which session it shows.": ["the same name for all"],
    },
    "three panels with names of the axes only": {
        "No panel says which session it shows.": ["panels without titles"],
    },
    "lines that nobody can tell apart": {
        "The lines have no labels.": ["no legend"],
    },
    "sessions B and C exchanged": {
        "The responses of B and C are swapped.": ["another session's array"],
    },
    "n minus 1 twice": {
        "The ddof=1 deviation is divided by the root of n - 1, too.": ["ddof counted twice"],
    },
    "variance divided by n": {
        "The variance is divided by n, and the root forgotten.": [
            "variance for standard deviation"
        ],
    },
    "pandas' standard deviation": {
        "The standard deviation is given, not the standard error.": [
            "standard deviation for standard error"
        ],
    },
    "mean of all neurons": {
        "The mean is taken across all neurons.": ["mean taken across neurons"],
    },
    "error over the frames": {
        "The standard error is taken over the frames: the wrong axis.": [
            "mean over the wrong axis"
        ],
    },
    "median, and standard deviation": {
        "The median is taken, not the mean.": ["median for mean"],
        "The standard deviation is given, not the standard error.": [
            "standard deviation for standard error"
        ],
    },
    "the highest of the repeats": {
        "The highest of the repeats is taken, not their mean.": ["maximum for mean"],
    },
    "95 % confidence": {
        "A 95 % interval is given, not the standard error.": ["confidence interval"],
    },
    "transposed first, and the root of 900": {
        "The array was transposed: the mean is over the frames.": ["mean over the wrong axis"],
        "It is divided by the root of the number of frames.": ["divided by the root of the frames"],
    },
    "nine repeats": {
        "The first repeat is left out of the mean.": ["repeats left out"],
    },
    "divided by nine, in a loop": {
        "The sum of ten repeats is divided by nine: off by one.": ["wrong divisor"],
    },
    "in percent, session A's error for all": {
        "The mean is in percent.": ["percent for fraction"],
        "Session A's standard error is used for all three.": ["another session's array"],
    },
    "the root of everything": {
        "The root is taken of the deviation, too, not of n alone.": ["root of the deviation"],
    },
    "a figure of frames that claims seconds": {
        "The mean is drawn against frames, and the axis says seconds.": ["wrong unit of time"],
    },
    "a figure of the errors, y without a name": {
        "The figure shows the standard errors, not the means.": ["error in place of the mean"],
        "The y axis has no label.": ["missing labels"],
    },
    "a figure of session A three times": {
        "The figure shows session A in all three panels.": ["one session for all"],
    },
    "the last of three figures, standard deviation": {
        "Each session has a figure of its own: only session C's is left.": [
            "a session left out",
            "one panel for three",
        ],
        "The standard deviation is given, not the standard error.": [
            "standard deviation for standard error"
        ],
    },
    "standard deviation divided by n - 1": {
        "The standard deviation is divided by n - 1.": ["divided by n"],
    },
}

WRONG |= {
    "the first eight repeats": """
response_a = movie_response(data_set_a, cell_specimen_id); response_b = movie_response(data_set_b, cell_specimen_id); response_c = movie_response(data_set_c, cell_specimen_id)
mean_response_a, mean_response_b, mean_response_c = (x[:8].mean(0) for x in (response_a, response_b, response_c))
sem_response_a, sem_response_b, sem_response_c = (x.std(0, ddof=1)/np.sqrt(len(x)) for x in (response_a, response_b, response_c))
MM = dict(A=mean_response_a, B=mean_response_b, C=mean_response_c); SS = dict(A=sem_response_a, B=sem_response_b, C=sem_response_c)

fig_movie, ax = plt.subplots(figsize=(10,4))

for k in MM: ax.plot(np.arange(900)/30.08, MM[k], label=k)
ax.set(xlabel="time (s)", ylabel="dF/F"); ax.legend()
""",
}
MISTAKES |= {
    "the first eight repeats": {"Two repeats are left out.": ["repeats left out"]},
}
