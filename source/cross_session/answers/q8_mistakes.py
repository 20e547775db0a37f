"""Wrong answers to question 8, with one mistake each, by one who had the released notebook alone."""

# Students write long lines.
# ruff: noqa: E501

WRONG = {
    "triangle": """
means = {"A": mean_response_a, "B": mean_response_b, "C": mean_response_c}
correlations = pd.DataFrame(means).corr()
correlations = correlations.where(np.triu(np.ones((3, 3), dtype=bool)))

pairs = {"AB": correlations.loc["A", "B"], "AC": correlations.loc["A", "C"], "BC": correlations.loc["B", "C"]}
most_similar = max(pairs, key=pairs.get)

print("most similar:", most_similar)
correlations
""",
    "distance": """
means = {"A": mean_response_a, "B": mean_response_b, "C": mean_response_c}
correlations = 1 - pd.DataFrame(means).corr()

pairs = {"AB": correlations.loc["A", "B"], "AC": correlations.loc["A", "C"], "BC": correlations.loc["B", "C"]}
most_similar = min(pairs, key=pairs.get)

print("most similar:", most_similar)
correlations
""",
    "median responses": """
means = {"A": np.median(response_a, axis=0), "B": np.median(response_b, axis=0), "C": np.median(response_c, axis=0)}
correlations = pd.DataFrame(means).corr()

pairs = {"AB": correlations.loc["A", "B"], "AC": correlations.loc["A", "C"], "BC": correlations.loc["B", "C"]}
most_similar = max(pairs, key=pairs.get)

print("most similar:", most_similar)
correlations
""",
    "whole traces": """
n = min(len(dff_a), len(dff_b), len(dff_c))
means = {"A": dff_a[:n], "B": dff_b[:n], "C": dff_c[:n]}
correlations = pd.DataFrame(means).corr()

pairs = {"AB": correlations.loc["A", "B"], "AC": correlations.loc["A", "C"], "BC": correlations.loc["B", "C"]}
most_similar = max(pairs, key=pairs.get)

print("most similar:", most_similar)
correlations
""",
    "first repeats": """
means = {"A": response_a[0], "B": response_b[0], "C": response_c[0]}
correlations = pd.DataFrame(means).corr()

pairs = {"AB": correlations.loc["A", "B"], "AC": correlations.loc["A", "C"], "BC": correlations.loc["B", "C"]}
most_similar = max(pairs, key=pairs.get)

print("most similar:", most_similar)
correlations
""",
    "of sem": """
means = {"A": sem_response_a, "B": sem_response_b, "C": sem_response_c}
correlations = pd.DataFrame(means).corr()

pairs = {"AB": correlations.loc["A", "B"], "AC": correlations.loc["A", "C"], "BC": correlations.loc["B", "C"]}
most_similar = max(pairs, key=pairs.get)

print("most similar:", most_similar)
correlations
""",
}

RIGHT = {}

#: What each wrong answer does, as its author says it, and the names of mistakes that fit.
MISTAKES = {
    "triangle": {"The lower half of the table is NaN.": ["half of the table"]},
    "distance": {"1 - r, a distance, not the correlations.": ["distance for similarity"]},
    "median responses": {"The correlations of the median responses.": ["median for mean"]},
    "whole traces": {
        "The correlations of the whole traces, not of the mean responses.": [
            "correlation of traces"
        ]
    },
    "first repeats": {
        "The correlations of the first repeats, not of the mean responses.": [
            "correlation of single repeats"
        ]
    },
    "of sem": {
        "The correlations of the standard errors, not of the mean responses.": [
            "error in place of the mean"
        ]
    },
}
