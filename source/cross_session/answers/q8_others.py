"""Answers to question 8 by others, who had the released notebook alone."""

# Students write long lines.
# ruff: noqa: E501

WRONG = {
    "covariance": """
means = {"A": mean_response_a, "B": mean_response_b, "C": mean_response_c}
correlations = pd.DataFrame(means).cov()

candidates = ["AB", "AC", "BC"]
values = [correlations.loc[c[0], c[1]] for c in candidates]
most_similar = candidates[int(np.argmax(values))]

print("most similar:", most_similar)
correlations
""",
    "diagonal counted": """
means = {"A": mean_response_a, "B": mean_response_b, "C": mean_response_c}
correlations = pd.DataFrame(means).corr()

best = 0
most_similar = ""
for first in correlations.index:
    for second in correlations.columns:
        if round(correlations.loc[first, second], 6) > best:
            best = round(correlations.loc[first, second], 6)
            most_similar = first + second

print("most similar:", most_similar)
correlations
""",
    "diagonal emptied": """
means = {"A": mean_response_a, "B": mean_response_b, "C": mean_response_c}
correlations = pd.DataFrame(means).corr()

# a session is always like itself, that does not count
for name in "ABC":
    correlations.loc[name, name] = 0

most_similar = "".join(correlations.stack().idxmax())

print("most similar:", most_similar)
correlations
""",
    "min pair": """
means = {"A": mean_response_a, "B": mean_response_b, "C": mean_response_c}
correlations = pd.DataFrame(means).corr()

pairs = pd.Series({
    "AB": correlations.loc["A", "B"],
    "AC": correlations.loc["A", "C"],
    "BC": correlations.loc["B", "C"],
})
most_similar = pairs.idxmin()

print("most similar:", most_similar)
correlations
""",
    "spearman": """
means = {"A": mean_response_a, "B": mean_response_b, "C": mean_response_c}
correlations = pd.DataFrame(means).corr(method="spearman")

pairs = {"AB": correlations.loc["A", "B"], "AC": correlations.loc["A", "C"], "BC": correlations.loc["B", "C"]}
most_similar = max(pairs, key=pairs.get)

print("most similar:", most_similar)
correlations
""",
    "tuple": """
means = {"A": mean_response_a, "B": mean_response_b, "C": mean_response_c}
correlations = pd.DataFrame(means).corr()

off_diagonal = correlations.where(~np.eye(3, dtype=bool))
most_similar = off_diagonal.stack().idxmax()

print("most similar:", most_similar)
correlations
""",
}

RIGHT = {
    "by hand zscores": """
means = {"A": mean_response_a, "B": mean_response_b, "C": mean_response_c}
z = np.array([(m - np.mean(m)) / np.std(m) for m in means.values()])
correlations = pd.DataFrame(z @ z.T / z.shape[1], index=list(means), columns=list(means))

r_ab = correlations.at["A", "B"]
r_ac = correlations.at["A", "C"]
r_bc = correlations.at["B", "C"]
if r_ab >= r_ac and r_ab >= r_bc:
    most_similar = "AB"
elif r_ac >= r_bc:
    most_similar = "AC"
else:
    most_similar = "BC"

print("most similar:", most_similar)
correlations
""",
    "corr stack": """
means = {"A": mean_response_a, "B": mean_response_b, "C": mean_response_c}
correlations = pd.DataFrame(means).corr()

upper = correlations.where(np.triu(np.ones((3, 3), dtype=bool), k=1)).stack()
most_similar = "".join(upper.idxmax())

print("most similar:", most_similar)
correlations
""",
    "corrcoef loop": """
means = {"A": mean_response_a, "B": mean_response_b, "C": mean_response_c}
names = ["A", "B", "C"]
r = np.corrcoef([means[name] for name in names])
correlations = pd.DataFrame(r, index=names, columns=names)

best = -2
most_similar = ""
for i in range(3):
    for j in range(i + 1, 3):
        if r[i, j] > best:
            best = r[i, j]
            most_similar = names[i] + names[j]

print("most similar:", most_similar)
correlations
""",
    "reversed letters": """
means = {"A": mean_response_a, "B": mean_response_b, "C": mean_response_c}
correlations = pd.DataFrame(means).corr(method="pearson")

below_diagonal = np.tril(correlations.to_numpy(), -1)
below_diagonal[below_diagonal == 0] = -np.inf
row, column = np.unravel_index(below_diagonal.argmax(), below_diagonal.shape)
most_similar = correlations.index[row] + correlations.columns[column]

print("most similar:", most_similar)
correlations
""",
    "scipy pearsonr": """
from itertools import combinations
from scipy.stats import pearsonr

means = {"A": mean_response_a, "B": mean_response_b, "C": mean_response_c}
correlations = pd.DataFrame(
    {one: {other: pearsonr(means[one], means[other])[0] for other in means} for one in means}
)

pairs = {a + b: correlations.loc[a, b] for a, b in combinations("ABC", 2)}
most_similar = max(pairs, key=pairs.get)

print("most similar:", most_similar)
correlations
""",
}

#: What each wrong answer does, as its author says it, and the names of mistakes that fit.
MISTAKES = {
    "covariance": {"Covariance in place of the correlation.": ["covariances"]},
    "diagonal counted": {
        "The diagonal is counted, so a session is most similar to itself.": ["the diagonal"]
    },
    "diagonal emptied": {
        "The diagonal of correlations itself is overwritten with 0.": ["half of the table"]
    },
    "min pair": {"Takes the smallest correlation, the least similar pair.": ["the least alike"]},
    "spearman": {"Spearman rank correlation in place of Pearson.": ["rank correlations"]},
    "tuple": {"Most_similar is a tuple of two letters, not a string.": ["two letters apart"]},
}
