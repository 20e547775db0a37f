"""Answers to question 1: what a student may write, and what is wrong with it."""

RIGHT = {
    "the mean": "mean_response = trials.mean(axis=0)",
    "by a sum, as a list": "mean_response = list(sum(trials) / len(trials))",
}
WRONG = {
    "the median": "mean_response = np.median(trials, axis=0)",
    "the other axis": "mean_response = trials.mean(axis=1)",
    "the first trial": "mean_response = trials[0]",
}
#: For each wrong answer, by what is wrong, the names of slips that fit.
MISTAKES = {
    "the median": {"mean_response": {"median for mean"}},
    "the other axis": {"mean_response": {"averaged over frames"}},
    "the first trial": {"mean_response": {"one trial only"}},
}
