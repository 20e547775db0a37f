"""Make the example class from the assignment's source: `python examples/make.py`.

Each student's notebook is the released one with the solution's answers in it,
changed as the story says. What each should score stands in `scores.csv`.
"""

from __future__ import annotations

from pathlib import Path

import nbformat

from visual_coding_course.assignment.load import read_source
from visual_coding_course.assignment.released import as_released
from visual_coding_course.checking.modules import read_modules
from visual_coding_course.checking.test_files import read_tests
from visual_coding_course.notebook.solution import without_markers

NAME = "cross_session"
COURSE = Path(__file__).resolve().parent.parent
CLASS = Path(__file__).resolve().parent / "submitted"


def answered(answers: dict[str, str]) -> nbformat.NotebookNode:
    """The released notebook with these answers, by grade id."""
    source = read_source(COURSE, NAME)
    folder = COURSE / "source" / NAME
    notebook = as_released(source, read_tests(folder / "tests"), read_modules(folder))
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id in answers:
            cell.source = answers.pop(grade_id)
    assert not answers, f"no such cells: {list(answers)}"
    return notebook


def solution() -> dict[str, str]:
    """The solution's answers by grade id."""
    source = nbformat.read(COURSE / "source" / NAME / f"{NAME}.ipynb", as_version=4)
    return {
        cell.metadata.nbgrader.grade_id: without_markers(cell.source)
        for cell in source.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }


def edited(changes: dict[str, dict[str, str] | str]) -> dict[str, str]:
    """The solution's answers with these changes: a whole new text, or pieces to replace."""
    answers = {**solution(), **written_answer(ESSAY)}
    for grade_id, change in changes.items():
        if isinstance(change, str):
            answers[grade_id] = change
            continue
        for old, new in change.items():
            assert old in answers[grade_id], f"{grade_id} does not hold {old!r}"
            answers[grade_id] = answers[grade_id].replace(old, new)
    return answers


def cell_position(notebook: nbformat.NotebookNode, grade_id: str) -> int:
    """Where the cell of this grade id stands."""
    [position] = [
        i
        for i, cell in enumerate(notebook.cells)
        if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    ]
    return position


def written_answer(text: str) -> dict[str, str]:
    """An answer to the last question."""
    return {"q10": text}


ESSAY = (
    "In all three sessions our neuron answers the same moments of the movie, near 10 s and 28 s. "
    "How strongly it does so changes: the first peak is several times as high in session B. "
    "The correlations say that A and C are most alike. Apart from drift, the mouse may have been "
    "running more on one day (compare `get_running_speed`), or the imaging plane may have moved a "
    "little (compare the masks and the neuropil signal)."
)

OTHER_STYLE = {
    "q1-answer": """\
found = boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id])
by_type = {session["session_type"][-1]: session["id"] for session in found}
id_a, id_b, id_c = (by_type[letter] for letter in "ABC")
container_id = found[0]["experiment_container_id"]
experiments = pd.DataFrame(found).sort_values("session_type")[::-1]""",
    "q2-answer": """\
data_set_a, data_set_b, data_set_c = map(boc.get_ophys_experiment_data, [id_a, id_b, id_c])

def where(data_set):
    return int(np.flatnonzero(data_set.get_cell_specimen_ids() == cell_specimen_id)[0])

index_a, index_b, index_c = where(data_set_a), where(data_set_b), where(data_set_c)""",
    "q3-figure-answer": """\
plt.figure(figsize=(13, 4.5))
for i, (projection, mask) in enumerate(
    [(max_projection_a, roi_mask_a), (max_projection_b, roi_mask_b), (max_projection_c, roi_mask_c)]
):
    plt.subplot(1, 3, i + 1)
    plt.imshow(projection, cmap="viridis")
    plt.imshow(np.ma.masked_where(mask == 0, mask), cmap="autumn", alpha=0.6)
    plt.title("session " + "ABC"[i])
    plt.xlabel("x (pixels)")
    plt.ylabel("y (pixels)")
fig_masks = plt.gcf()""",
    "q4-traces-answer": """\
timestamps_a, dff_all_a = data_set_a.get_dff_traces()
dff_a = dff_all_a[index_a].astype("float32")
timestamps_b, dff_all_b = data_set_b.get_dff_traces()
dff_b = dff_all_b[index_b].astype("float32")
timestamps_c, dff_all_c = data_set_c.get_dff_traces()
dff_c = dff_all_c[index_c].astype("float32")""",
    "q5-answer": """\
def movie_starts(data_set):
    table = data_set.get_stimulus_table("natural_movie_one")
    return table.groupby("repeat")["start"].min().tolist()

def spontaneous(data_set, dff):
    is_grey = np.zeros(len(dff), dtype=bool)
    for _, epoch in data_set.get_stimulus_table("spontaneous").iterrows():
        is_grey[epoch["start"]:epoch["end"] + 1] = True
    return dff[is_grey].mean()

movie_starts_a, movie_starts_b, movie_starts_c = [
    movie_starts(data_set) for data_set in (data_set_a, data_set_b, data_set_c)]
spontaneous_mean_a = spontaneous(data_set_a, dff_a)
spontaneous_mean_b = spontaneous(data_set_b, dff_b)
spontaneous_mean_c = spontaneous(data_set_c, dff_c)""",
    "q6-answer": """\
def movie_response(data_set, cell_specimen_id):
    times, traces = data_set.get_dff_traces(cell_specimen_ids=[cell_specimen_id])
    response = np.zeros((10, 900))
    for repeat, start in enumerate(movie_starts(data_set)):
        response[repeat] = traces[0][start:start + 900]
    return response""",
    "q7-figure-answer": """\
fig_movie = plt.figure(figsize=(9, 7))
for i, (letter, mean, sem) in enumerate(
    zip("ABC", [mean_response_a, mean_response_b, mean_response_c],
        [sem_response_a, sem_response_b, sem_response_c])
):
    plt.subplot(3, 1, i + 1)
    plt.plot(mean, color="k")
    plt.plot(mean + sem, color="0.7")
    plt.plot(mean - sem, color="0.7")
    plt.ylabel("dF/F")
    plt.title("session " + letter)
plt.xlabel("imaging frame since the start of the movie")
plt.tight_layout()""",
    "q8-answer": """\
matrix = np.corrcoef([mean_response_a, mean_response_b, mean_response_c])
correlations = pd.DataFrame(matrix, index=list("ABC"), columns=list("ABC"))
most_similar = "AC" if matrix[0, 2] == max(matrix[0, 1], matrix[0, 2], matrix[1, 2]) else "other"
correlations.round(2)""",
    "q9-answer": """\
shared = set(data_set_a.get_cell_specimen_ids())
shared &= set(data_set_b.get_cell_specimen_ids())
shared &= set(data_set_c.get_cell_specimen_ids())
shared_ids = sorted(int(i) for i in shared)

means = {}
for letter, data_set in zip("ABC", [data_set_a, data_set_b, data_set_c]):
    _, traces = data_set.get_dff_traces()
    starts = movie_starts(data_set)
    for cell, row in zip(data_set.get_cell_specimen_ids(), traces):
        means[letter, cell] = np.mean([row[s:s + 900] for s in starts], axis=0)

response_stability = pd.Series({
    cell: np.corrcoef([means[letter, cell] for letter in "ABC"])[np.triu_indices(3, 1)].mean()
    for cell in shared_ids
})""",
    "q9-figure-answer": """\
fig_stability = plt.figure()
ranked = response_stability.sort_values(ascending=False)
plt.plot(range(len(ranked)), ranked.values, "o", markersize=3)
plt.axhline(response_stability[cell_specimen_id], color="r", label="our neuron")
plt.xlabel("neurons, most stable first")
plt.ylabel("response stability (mean correlation)")
plt.legend()""",
}

SESSION_A_EVERYWHERE = {
    "q2-answer": {"index_a = data_set_a.get_cell_specimen_indices([cell_specimen_id])[0]":
                  "index_a = data_set_a.get_cell_specimen_indices([cell_specimen_id])"},
    "q3-masks-answer": {
        "roi_mask_a = data_set_a.get_roi_mask_array([cell_specimen_id])[0]":
        "roi_mask_a = data_set_a.get_roi_mask_array()[index_a[0]]",
        "roi_mask_b = data_set_b.get_roi_mask_array([cell_specimen_id])[0]":
        "roi_mask_b = data_set_a.get_roi_mask_array()[index_b]",
        "roi_mask_c = data_set_c.get_roi_mask_array([cell_specimen_id])[0]":
        "roi_mask_c = data_set_a.get_roi_mask_array()[index_c]",
    },
}  # fmt: skip

STATISTICS_MIXED_UP = {
    "q7-mean-answer": {" / np.sqrt(len(response_a))": "", " / np.sqrt(len(response_b))": "",
                       " / np.sqrt(len(response_c))": ""},
    "q8-answer": {"max(pairs": "min(pairs"},
}  # fmt: skip

FRAMES_MISTAKEN = {
    "q5-answer": {
        'table.loc[table["frame"] == 0, "start"]': 'table.loc[table["frame"] == 1, "start"]',
        "in epochs.itertuples()": "in epochs[:1].itertuples()",
    },
}  # fmt: skip

HARD_CODED = {
    "q6-answer": """\
def movie_response(data_set, cell_specimen_id):
    return np.stack([dff_b[start : start + 900] for start in movie_starts_b])""",
    "q7-mean-answer": {
        "response_a = movie_response(data_set_a, cell_specimen_id)\n":
        "response_a = np.stack([dff_a[s : s + 900] for s in movie_starts_a])\n",
        "response_c = movie_response(data_set_c, cell_specimen_id)\n":
        "response_c = np.stack([dff_c[s : s + 900] for s in movie_starts_c])\n",
    },
}  # fmt: skip

ENDLESS = {
    "q9-answer": {
        "shared_ids = np.intersect1d(np.intersect1d(ids_a, ids_b), ids_c)":
        "shared_ids = []\nwhile len(shared_ids) < 1000:\n"
        "    shared_ids = [i for i in ids_a if i in ids_b and i in ids_c]",
    },
}  # fmt: skip

KERNEL_DIES = {
    "q7-mean-answer": "import os\n\n# free the memory before going on\nos.kill(os.getpid(), 9)",
}


def half_finished() -> dict[str, str]:
    """Answers to the first four questions."""
    return {name: text for name, text in solution().items() if name[:2] in ("q1", "q2", "q3", "q4")
            and name != "q10"}  # fmt: skip


def with_deleted_cells() -> nbformat.NotebookNode:
    """A notebook from which two checks, the text and an answer were deleted."""
    notebook = answered(edited({}))
    for grade_id in ("q1", "q4", "q8-answer", "q8"):
        del notebook.cells[cell_position(notebook, grade_id)]
    return notebook


def with_duplicated_cells() -> nbformat.NotebookNode:
    """A notebook in which an answer and its check stand twice; the first try was wrong."""
    notebook = answered(edited({}))
    first, last = cell_position(notebook, "q5-answer"), cell_position(notebook, "q5")
    copies = [nbformat.from_dict(dict(cell)) for cell in notebook.cells[first : last + 1]]
    copies[0].source = copies[0].source.replace('"start"', '"end"')
    for cell in copies:
        cell["id"] = f"{cell['id']}-copy"
    notebook.cells[first:first] = copies
    return notebook


NOTEBOOKS = {
    "ada": lambda: answered(edited({})),
    "barbara": lambda: answered(edited(OTHER_STYLE)),
    "camillo": lambda: answered(edited(SESSION_A_EVERYWHERE)),
    "dorothea": lambda: answered(edited(STATISTICS_MIXED_UP)),
    "emil": lambda: answered(edited(FRAMES_MISTAKEN)),
    "frida": lambda: answered(half_finished()),
    "gustav": lambda: answered({}),
    "hanna": lambda: answered(edited(ENDLESS)),
    "ivan": lambda: answered(edited(KERNEL_DIES)),
    "jane": with_deleted_cells,
    "karl": with_duplicated_cells,
    "maria": lambda: answered(edited(HARD_CODED)),
}
NOT_A_NOTEBOOK = {"luigi": b"%PDF-1.7\n% my homework, exported as a PDF and renamed\n"}


def main() -> None:
    """Write all submissions, in nbgrader's layout."""
    for student, make in NOTEBOOKS.items():
        folder = CLASS / student / NAME
        folder.mkdir(parents=True, exist_ok=True)
        nbformat.write(make(), folder / f"{NAME}.ipynb")
    for student, content in NOT_A_NOTEBOOK.items():
        folder = CLASS / student / NAME
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{NAME}.ipynb").write_bytes(content)


if __name__ == "__main__":
    main()
