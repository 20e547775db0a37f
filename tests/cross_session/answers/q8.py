"""Answers to question 8: how alike the sessions are."""

# Students write long lines.
# ruff: noqa: E501

TABLE = """
means = {"A": mean_response_a, "B": mean_response_b, "C": mean_response_c}
correlations = pd.DataFrame(means).corr()
"""

WRONG = {
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
    "pair by pair with scipy, a tuple": """
from scipy.stats import pearsonr
means = dict(zip("ABC", [mean_response_a, mean_response_b, mean_response_c]))
correlations = pd.DataFrame({x: {y: pearsonr(means[x], means[y])[0] for y in means} for x in means})
most_similar = max([("A", "B"), ("A", "C"), ("B", "C")], key=lambda pair: correlations.loc[pair])
""",
    "a set": TABLE + "most_similar = {'A', 'C'}",
    "a frozen set": TABLE + "most_similar = frozenset('AC')",
    "32 bits, in words": TABLE
    + """
correlations = correlations.astype("float32")
most_similar = "A and C"
""",
}
