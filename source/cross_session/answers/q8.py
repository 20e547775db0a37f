"""Answers to question 8: how alike the sessions are."""

# Students write long lines.
# ruff: noqa: E501

TABLE = """
means = {"A": mean_response_a, "B": mean_response_b, "C": mean_response_c}
correlations = pd.DataFrame(means).corr()
"""

WRONG = {
    "a tuple of two letters": TABLE + "most_similar = ('A', 'C')",
    "a set": TABLE + "most_similar = {'A', 'C'}",
    "a frozen set": TABLE + "most_similar = frozenset('AC')",
    "an array": """
correlations = np.corrcoef([mean_response_a, mean_response_b, mean_response_c])
most_similar = "AC"
""",
    "a table without names": """
correlations = pd.DataFrame(np.corrcoef([mean_response_a, mean_response_b, mean_response_c]))
most_similar = "AC"
""",
    "time points x time points": """
correlations = pd.DataFrame([mean_response_a, mean_response_b, mean_response_c], index=list("ABC")).corr()
most_similar = "AC"
""",
    "rank correlations": TABLE.replace("corr()", "corr('spearman')") + "most_similar = 'AC'",
    "covariances": TABLE.replace("corr()", "cov()") + "most_similar = 'AC'",
    "r squared": TABLE.replace("corr()", "corr() ** 2") + "most_similar = 'AC'",
    "sessions with the wrong names": TABLE
    + """
correlations.index = correlations.columns = ["B", "A", "C"]
most_similar = "AC"
""",
    "the diagonal": TABLE + "most_similar = ''.join(correlations.stack().idxmax())",
    "the least alike": TABLE + "most_similar = 'AB'",
    "the number in place of the names": TABLE + "most_similar = correlations.loc['A', 'C']",
    "all three": TABLE + "most_similar = 'ABC'",
    "the whole traces": """
n = min(len(dff_a), len(dff_b), len(dff_c))
correlations = pd.DataFrame({"A": dff_a[:n], "B": dff_b[:n], "C": dff_c[:n]}).corr()
most_similar = "AC"
""",
    "only the first repeats": """
first = [movie_response(d, cell_specimen_id)[0] for d in (data_set_a, data_set_b, data_set_c)]
correlations = pd.DataFrame(dict(zip("ABC", first))).corr(method="pearson")
most_similar = "AC"
""",
    "all repeats laid end to end": """
flat = {}
for letter, d in zip("ABC", [data_set_a, data_set_b, data_set_c]):
    flat[letter] = np.ravel(movie_response(d, cell_specimen_id))
correlations = pd.DataFrame(flat).corr()
most_similar = "AC"
""",
    "in percent": TABLE + "correlations = 100 * correlations\nmost_similar = 'AC'",
    "distances, and the farthest pair": """
r_ab = np.corrcoef(mean_response_a, mean_response_b)[0, 1]
r_ac = np.corrcoef(mean_response_a, mean_response_c)[0, 1]
r_bc = np.corrcoef(mean_response_b, mean_response_c)[0, 1]
d = {"AB": 1 - r_ab, "AC": 1 - r_ac, "BC": 1 - r_bc}
correlations = pd.DataFrame(
    [[0, d["AB"], d["AC"]], [d["AB"], 0, d["BC"]], [d["AC"], d["BC"], 0]], index=list("ABC"), columns=list("ABC"))
most_similar = max(d, key=d.get)
""",
    "the diagonal made NaN": TABLE
    + """
correlations = correlations.mask(np.eye(3, dtype=bool))
most_similar = "".join(correlations.stack().idxmax())
""",
    "the lower half only": TABLE
    + """
correlations = pd.DataFrame(np.tril(correlations), index=correlations.index, columns=correlations.columns)
most_similar = "AC"
""",
    "session B twice": """
x, y, z = mean_response_a, mean_response_b, mean_response_b
correlations = pd.DataFrame({"A": x, "B": y, "C": z}).corr()
most_similar = "BC"
""",
    "the standard errors": """
correlations = pd.DataFrame({"A": sem_response_a, "B": sem_response_b, "C": sem_response_c}).corr()
most_similar = "AC"
""",
    "lower-case names, the lowest pair": """
correlations = pd.DataFrame({"a": mean_response_a, "b": mean_response_b, "c": mean_response_c}).corr()
lowest = correlations.stack().idxmin()
most_similar = lowest[0].upper() + lowest[1].upper()
""",
    "whole traces in an array": """
shortest = min(map(len, (dff_a, dff_b, dff_c)))
correlations = np.corrcoef([dff_a[:shortest], dff_b[:shortest], dff_c[:shortest]]).round(3)
most_similar = "AC"
""",
    "names of A and C exchanged, r squared": """
m = np.vstack([mean_response_c, mean_response_b, mean_response_a])
correlations = pd.DataFrame(np.corrcoef(m) ** 2, columns=["A", "B", "C"], index=["A", "B", "C"])
most_similar = "AC"
""",
    "the place of the highest": TABLE
    + """
off_diagonal = correlations.values - np.eye(3)
most_similar = list(np.unravel_index(off_diagonal.argmax(), off_diagonal.shape))
""",
    "highest in the column of B": TABLE
    + """
most_similar = "B" + correlations["B"].drop("B").idxmax()
""",
    "Kendall, a session with itself": """
frame = pd.DataFrame(np.column_stack([mean_response_a, mean_response_b, mean_response_c]), columns=list("ABC"))
correlations = frame.corr(method="kendall")
most_similar = correlations.max().idxmax() * 2
""",
    "NaN in place of the table": """
correlations = np.nan
most_similar = "AC"
""",
    "one repeat of session B for its mean": TABLE.replace(
        "mean_response_b", "movie_response(data_set_b, cell_specimen_id)[0]"
    )
    + "most_similar = 'AC'",
}

RIGHT = {
    "corrcoef with names, letters exchanged": """
correlations = pd.DataFrame(
    np.corrcoef([mean_response_a, mean_response_b, mean_response_c]), index=list("ABC"), columns=list("ABC"))
most_similar = "CA"
""",
    "another order of rows and columns, rounded": TABLE
    + """
correlations = correlations.loc[["C", "A", "B"], ["B", "C", "A"]].round(2)
most_similar = "A-C"
""",
    "pair by pair with scipy": """
from scipy.stats import pearsonr
means = dict(zip("ABC", [mean_response_a, mean_response_b, mean_response_c]))
correlations = pd.DataFrame({x: {y: pearsonr(means[x], means[y])[0] for y in means} for x in means})
most_similar = "AC"
""",
    "32 bits, in words": TABLE
    + """
correlations = correlations.astype("float32")
most_similar = "A and C"
""",
    "the formula by hand": """
def r(x, y):
    x, y = x - np.mean(x), y - np.mean(y)
    return (x @ y) / (np.linalg.norm(x) * np.linalg.norm(y))
three = [mean_response_a, mean_response_b, mean_response_c]
correlations = pd.DataFrame(np.eye(3), index=["A", "B", "C"], columns=["A", "B", "C"])
for i in range(3):
    for j in range(3):
        if i != j:
            correlations.iloc[i, j] = r(three[i], three[j])
highest, most_similar = -1, ""
for pair in ("AB", "AC", "BC"):
    if correlations[pair[0]][pair[1]] > highest:
        highest = correlations[pair[0]][pair[1]]
        most_similar = pair
""",
    "z-scores multiplied, the upper half searched": """
table = pd.DataFrame({"A": mean_response_a, "B": mean_response_b, "C": mean_response_c})
z = (table - table.mean()) / table.std(ddof=0)
correlations = z.T.dot(z) / len(z)
upper = correlations.where(np.triu(np.ones((3, 3)), k=1) == 1).stack()
most_similar = "".join(upper.idxmax())
""",
    "distances turned back, session names in words": """
from scipy.spatial.distance import pdist, squareform
far = pdist([mean_response_a, mean_response_b, mean_response_c], metric="correlation")
correlations = pd.DataFrame(1 - squareform(far), index=list("ABC"), columns=list("ABC"))
most_similar = ["session A, session B", "session A, session C", "session B, session C"][np.argmin(far)]
""",
}

#: What each wrong answer does, as a teacher would say it, and the names of mistakes that fit.
MISTAKES = {
    "a tuple of two letters": {"The letters are not in one string.": ["two letters apart"]},
    "a set": {"The letters are not in one string.": ["two letters apart"]},
    "a frozen set": {"The letters are not in one string.": ["two letters apart"]},
    "an array": {
        "The correlations are an array, not a table.": ["an array for a table"],
    },
    "a table without names": {
        "Rows and columns of the table have no names.": ["sessions not named"],
    },
    "time points x time points": {
        "The table is transposed: frames are correlated, not sessions.": ["transposed array"],
    },
    "rank correlations": {
        "Rank correlations are given, not Pearson's.": ["rank correlations"],
    },
    "covariances": {
        "Covariances are given, not correlations.": ["covariances"],
    },
    "r squared": {
        "r squared is given, not r.": ["r squared"],
    },
    "sessions with the wrong names": {
        "The names of A and B are swapped.": ["sessions with the wrong names"],
    },
    "the diagonal": {
        "A session is compared with itself.": ["the diagonal"],
    },
    "the least alike": {
        "The least similar pair is named.": ["the least alike"],
    },
    "the number in place of the names": {
        "The correlation is given, not the names of the two.": ["numbers in place of the names"],
    },
    "all three": {
        "Three sessions are named, not two.": ["all three sessions"],
    },
    "the whole traces": {
        "The whole traces are correlated, not the mean responses.": ["correlation of traces"],
    },
    "only the first repeats": {
        "Single repeats are correlated, not the means.": ["correlation of single repeats"],
    },
    "all repeats laid end to end": {
        "Single repeats, end to end, are correlated, not the means.": [
            "correlation of single repeats"
        ],
    },
    "in percent": {
        "The correlations are in percent.": ["percent for fraction"],
    },
    "distances, and the farthest pair": {
        "Distances, 1 - r, are given, not correlations.": ["distance for similarity"],
        "The least similar pair is named.": ["the least alike"],
    },
    "the diagonal made NaN": {
        "The diagonal is NaN.": ["half of the table"],
    },
    "the lower half only": {
        "The upper half of the table is 0.": ["half of the table"],
    },
    "session B twice": {
        "Session B's mean stands in the place of C's.": ["another session's array"],
    },
    "the standard errors": {
        "The standard errors are correlated, not the means.": ["error in place of the mean"],
    },
    "lower-case names, the lowest pair": {
        "Rows and columns of the table are named a, b, c, not A, B, C.": ["sessions not named"],
        "The least similar pair is named.": ["the least alike"],
    },
    "whole traces in an array": {
        "The whole traces are correlated, not the mean responses.": ["correlation of traces"],
        "The correlations are an array, not a table.": ["an array for a table"],
    },
    "names of A and C exchanged, r squared": {
        "The names of A and C are swapped.": ["sessions with the wrong names"],
        "r squared is given, not r.": ["r squared"],
    },
    "the place of the highest": {
        "Row and column are given, not the names of the two.": ["numbers in place of the names"],
    },
    "highest in the column of B": {
        "Only pairs with B were compared: the wrong pair.": ["the wrong pair"],
    },
    "Kendall, a session with itself": {
        "Rank correlations are given, not Pearson's.": ["rank correlations"],
        "A session is compared with itself.": ["the diagonal"],
    },
    "NaN in place of the table": {
        "The table is NaN.": ["not a number"],
    },
    "one repeat of session B for its mean": {
        "Session B is a single repeat.": ["a single repeat"],
    },
}
