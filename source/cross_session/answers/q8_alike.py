"""Answers to question 8 that compare the sessions in another way than by Pearson's correlation."""

# Students write long lines.
# ruff: noqa: E501

MEANS = """
means = {"A": mean_response_a, "B": mean_response_b, "C": mean_response_c}
"""
PAIR = """
pairs = {pair: correlations.loc[pair[0], pair[1]] for pair in ["AB", "AC", "BC"]}
most_similar = max(pairs, key=pairs.get)
"""
RIGHT = {}
WRONG = {
    "correlated twice": MEANS + "correlations = pd.DataFrame(means).corr().corr()\n" + PAIR,
    "one less the mean difference": MEANS
    + "correlations = pd.DataFrame({a: {b: 1 - np.abs(means[a] - means[b]).mean() for b in means} for a in means})\n"
    + PAIR,
    "distances": MEANS
    + "from scipy.spatial.distance import cdist\n"
    + "three = list(means.values())\n"
    + "correlations = pd.DataFrame(cdist(three, three), index=list('ABC'), columns=list('ABC'))\n"
    + "most_similar = 'AC'\n",
    "mean squared differences": MEANS
    + "correlations = pd.DataFrame({a: {b: ((means[a] - means[b]) ** 2).mean() for b in means} for a in means})\n"
    + "most_similar = 'AC'\n",
}
DIFFERENCES = {"Differences are taken, which depend on size.": ["differences for correlations"]}
#: What each wrong answer does, as a teacher would say it, and the names of mistakes that fit.
MISTAKES = {
    "correlated twice": {"The correlations are correlated once more.": ["correlated twice"]},
    "one less the mean difference": DIFFERENCES,
    "distances": DIFFERENCES,
    "mean squared differences": DIFFERENCES,
}
