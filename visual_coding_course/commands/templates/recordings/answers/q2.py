"""Answers to question 2."""

RIGHT = {
    "a loop": """
def mean_between(trace, first, last):
    return sum(trace[i] for i in range(first, last + 1)) / (last + 1 - first)
"""
}
WRONG = {
    "without the last": "def mean_between(trace, first, last): return np.mean(trace[first:last])",
}
MISTAKES = {"without the last": {"mean_between": {"without the last"}}}
