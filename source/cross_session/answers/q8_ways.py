"""More ways to answer question 8, each as far as may be from the solution's."""

# Students write long lines.
# ruff: noqa: E501

WRONG = {}

RIGHT = {
    "corrcoef": """
means = {"A": mean_response_a, "B": mean_response_b, "C": mean_response_c}
names = list(means)
correlations = pd.DataFrame(np.corrcoef(list(means.values())), index=names, columns=names)
i, j = np.triu_indices(3, k=1)
k = correlations.to_numpy()[i, j].argmax()
most_similar = names[i[k]] + names[j[k]]
""",
    "corrwith": """
frame = pd.DataFrame(np.c_[mean_response_a, mean_response_b, mean_response_c], columns=["A", "B", "C"])
correlations = frame.apply(frame.corrwith)
pairs = {"AB": correlations.at["A", "B"], "AC": correlations.at["A", "C"], "BC": correlations.at["B", "C"]}
most_similar = sorted(pairs, key=pairs.get)[-1]
correlations.style.background_gradient(cmap="viridis")
""",
    "cosine distance": """
from itertools import combinations

from scipy.spatial.distance import pdist, squareform

stack = np.array([mean_response_a, mean_response_b, mean_response_c], dtype=np.float64)
distance = pdist(stack, metric="correlation")
correlations = pd.DataFrame(
    1 - squareform(distance),
    index=pd.Index(list("ABC"), name="session"),
    columns=pd.Index(list("ABC"), name="session"),
)
most_similar = dict(zip(distance, map("".join, combinations("ABC", 2))))[distance.min()]
""",
    "least squares": """
X = np.vstack((mean_response_a, mean_response_b, mean_response_c)).astype("float64")
X -= X.mean(axis=1, keepdims=True)
C = X @ X.T
s = np.sqrt(np.diag(C))
correlations = pd.DataFrame(C / np.outer(s, s), columns=("A", "B", "C"), index=("A", "B", "C"))
off = np.ma.array(correlations.values, mask=np.eye(3))
most_similar = "".join(np.array(["A", "B", "C"])[list(np.unravel_index(off.argmax(), off.shape))])
""",
    "scipy loop": """
from scipy import stats

means = {"A": mean_response_a, "B": mean_response_b, "C": mean_response_c}
correlations = pd.DataFrame(index=["A", "B", "C"], columns=["A", "B", "C"], dtype=float)
for row in means:
    for column in means:
        correlations.loc[row, column] = stats.pearsonr(means[row], means[column])[0]
ab = correlations.loc["A", "B"]
ac = correlations.loc["A", "C"]
bc = correlations.loc["B", "C"]
if ab > ac and ab > bc:
    most_similar = "AB"
elif ac > ab and ac > bc:
    most_similar = "AC"
else:
    most_similar = "BC"
""",
    "stacked pairs": """
correlations = pd.DataFrame({"A": mean_response_a, "B": mean_response_b, "C": mean_response_c}).corr(method="pearson")
pairs = correlations.unstack()
pairs = pairs[pairs.index.get_level_values(0) > pairs.index.get_level_values(1)].sort_values(ascending=False)
most_similar = pairs.index[0][0] + pairs.index[0][1]
""",
    "zscores": """
z = np.stack([(m - m.mean()) / m.std() for m in (mean_response_a, mean_response_b, mean_response_c)]).astype(float)
r = np.einsum("it,jt->ij", z, z) / z.shape[1]
correlations = pd.DataFrame(r, index=list("ABC"), columns=list("ABC"))
most_similar = correlations.where(~np.eye(3, dtype=bool)).stack().idxmax()
most_similar = "".join(most_similar)
""",
    "string index": """
means = pd.DataFrame({"A": mean_response_a, "B": mean_response_b, "C": mean_response_c}, dtype="float32")
correlations = means.corr().rename_axis(index="session", columns="with")
correlations.columns = pd.CategoricalIndex(["A", "B", "C"])
correlations.index = pd.Index(["A", "B", "C"], dtype="string")
best = correlations.to_numpy().copy()
np.fill_diagonal(best, -np.inf)
most_similar = np.str_("".join(np.array(list("ABC"))[list(np.unravel_index(best.argmax(), (3, 3)))]))
""",
    "order c b a": """
means = pd.DataFrame({"C": mean_response_c, "B": mean_response_b, "A": mean_response_a})
correlations = means.corr()
r = {("A", "B"): correlations.A.B, ("A", "C"): correlations.A.C, ("B", "C"): correlations.B.C}
most_similar = "".join(max(r, key=r.get))
""",
}
