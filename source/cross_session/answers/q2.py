"""Answers to question 2: the recordings, and the neuron's cell index in each."""

# Students write long lines.
# ruff: noqa: E501

OPENED = """
data_set_a = boc.get_ophys_experiment_data(id_a)
data_set_b = boc.get_ophys_experiment_data(id_b)
data_set_c = boc.get_ophys_experiment_data(id_c)
"""

WRONG = {
    "index left as a list": OPENED
    + """
index_a = data_set_a.get_cell_specimen_indices([cell_specimen_id])
index_b = data_set_b.get_cell_specimen_indices([cell_specimen_id])
index_c = data_set_c.get_cell_specimen_indices([cell_specimen_id])
""",
    "index left as an array of np.where": OPENED
    + """
index_a = np.where(data_set_a.get_cell_specimen_ids() == cell_specimen_id)[0]
index_b = np.where(data_set_b.get_cell_specimen_ids() == cell_specimen_id)[0]
index_c = np.where(data_set_c.get_cell_specimen_ids() == cell_specimen_id)[0]
""",
    "session A's index for all": OPENED
    + "index_a = index_b = index_c = data_set_a.get_cell_specimen_indices([cell_specimen_id])[0]",
    "sessions B and C exchanged": """
data_set_a = boc.get_ophys_experiment_data(id_a)
data_set_c = boc.get_ophys_experiment_data(id_b)
data_set_b = boc.get_ophys_experiment_data(id_c)
index_a = data_set_a.get_cell_specimen_indices([cell_specimen_id])[0]
index_b = data_set_b.get_cell_specimen_indices([cell_specimen_id])[0]
index_c = data_set_c.get_cell_specimen_indices([cell_specimen_id])[0]
""",
    "counted from 1": OPENED
    + """
index_a = data_set_a.get_cell_specimen_indices([cell_specimen_id])[0] + 1
index_b = data_set_b.get_cell_specimen_indices([cell_specimen_id])[0] + 1
index_c = data_set_c.get_cell_specimen_indices([cell_specimen_id])[0] + 1
""",
    "ids in place of indices, file paths in place of recordings": """
data_set_a, data_set_b, data_set_c = (boc.get_nwb_filepath(i) for i in (id_a, id_b, id_c))
index_a = index_b = index_c = cell_specimen_id
""",
    "id as a plain number, which AllenSDK refuses": OPENED
    + "index_a = data_set_a.get_cell_specimen_indices(cell_specimen_id)",
    "floats and truth values": OPENED
    + """
index_a = float(data_set_a.get_cell_specimen_indices([cell_specimen_id])[0])
index_b = str(data_set_b.get_cell_specimen_indices([cell_specimen_id])[0])
index_c = True
""",
    "one recording for all": """
session = boc.get_ophys_experiment_data(id_a)
data_set_a, data_set_b, data_set_c = session, session, session
indices = [d.get_cell_specimen_indices([cell_specimen_id])[0] for d in (data_set_a, data_set_b, data_set_c)]
index_a, index_b, index_c = indices
""",
    "the id looked up among the ids": OPENED
    + """
ids_a = data_set_a.get_cell_specimen_ids()
ids_b = data_set_b.get_cell_specimen_ids()
ids_c = data_set_c.get_cell_specimen_ids()
index_a = ids_a[ids_a == cell_specimen_id][0]
index_b = ids_b[ids_b == cell_specimen_id][0]
index_c = ids_c[ids_c == cell_specimen_id][0]
""",
    "looked up in another session's list": OPENED
    + """
neurons = {"a": list(data_set_a.get_cell_specimen_ids()), "b": list(data_set_b.get_cell_specimen_ids())}
index_a = neurons["a"].index(cell_specimen_id)
index_b = neurons["a"].index(cell_specimen_id)
index_c = neurons["b"].index(cell_specimen_id)
""",
    "place among the sorted ids": OPENED
    + """
places = []
for data_set in (data_set_a, data_set_b, data_set_c):
    places.append(int(np.searchsorted(np.sort(data_set.get_cell_specimen_ids()), cell_specimen_id)))
index_a, index_b, index_c = places
""",
    "row of the whole container's table of cells": OPENED
    + """
cells = pd.DataFrame(boc.get_cell_specimens(experiment_container_ids=[container_id]))
row = int(cells.index[cells["cell_specimen_id"] == cell_specimen_id][0])
index_a = index_b = index_c = row
""",
    "sessions in the order of the table, lists of one": """
data_set_a, data_set_b, data_set_c = [boc.get_ophys_experiment_data(i) for i in experiments["id"]]
index_a, index_b, index_c = [
    d.get_cell_specimen_indices([cell_specimen_id]) for d in (data_set_a, data_set_b, data_set_c)]
""",
    "the place counted from 1, as an array": OPENED
    + """
index_a = np.where(data_set_a.get_cell_specimen_ids() == cell_specimen_id)[0] + 1
index_b = np.flatnonzero(data_set_b.get_cell_specimen_ids() == cell_specimen_id) + 1
index_c = [n for n, cid in enumerate(data_set_c.get_cell_specimen_ids(), start=1) if cid == cell_specimen_id]
""",
    "indices found, recordings mixed up": """
data_set_a = boc.get_ophys_experiment_data(id_b)
data_set_b = boc.get_ophys_experiment_data(id_a)
data_set_c = boc.get_ophys_experiment_data(id_c)
index_a = data_set_a.get_cell_specimen_indices([cell_specimen_id])[0]
index_b = data_set_b.get_cell_specimen_indices([cell_specimen_id])[0]
index_c = data_set_b.get_cell_specimen_indices([cell_specimen_id])[0]
""",
    "an index that is NaN": OPENED
    + """
index_a, index_b, index_c = np.nan, np.nan, float("nan")
""",
    "read off a plot, by eye": OPENED
    + """
index_a, index_b, index_c = 100, 71, 20
""",
}

RIGHT = {
    "numpy integers by argmax": OPENED
    + """
index_a = np.argmax(data_set_a.get_cell_specimen_ids() == cell_specimen_id)
index_b = np.argmax(data_set_b.get_cell_specimen_ids() == cell_specimen_id)
index_c = np.argmax(data_set_c.get_cell_specimen_ids() == cell_specimen_id)
""",
    "in a loop, with list.index": """
data_set_a, data_set_b, data_set_c = map(boc.get_ophys_experiment_data, [id_a, id_b, id_c])
index_a, index_b, index_c = (
    list(data_set.get_cell_specimen_ids()).index(cell_specimen_id)
    for data_set in (data_set_a, data_set_b, data_set_c)
)
""",
    "opened by path, small integers": """
from allensdk.core.brain_observatory_nwb_data_set import BrainObservatoryNwbDataSet
data_set_a = BrainObservatoryNwbDataSet(boc.get_nwb_filepath(id_a))
data_set_b = BrainObservatoryNwbDataSet(boc.get_nwb_filepath(id_b))
data_set_c = BrainObservatoryNwbDataSet(boc.get_nwb_filepath(id_c))
index_a = np.int16(data_set_a.get_cell_specimen_indices([cell_specimen_id])[0])
index_b = np.uint8(data_set_b.get_cell_specimen_indices([cell_specimen_id])[0])
index_c = np.where(data_set_c.get_cell_specimen_ids() == cell_specimen_id)[0].item()
""",
    "in pandas, and by counting": OPENED
    + """
index_a = pd.Index(data_set_a.get_cell_specimen_ids()).get_loc(cell_specimen_id)
index_b = pd.Series(data_set_b.get_cell_specimen_ids()).eq(cell_specimen_id).idxmax()
index_c = 0
while data_set_c.get_cell_specimen_ids()[index_c] != cell_specimen_id:
    index_c += 1
""",
    "dictionaries of ids and of sessions": """
opened = {letter: boc.get_ophys_experiment_data(ophys_experiment_id=i) for letter, i in zip("abc", [id_a, id_b, id_c])}
place = {letter: dict(zip(d.get_cell_specimen_ids(), range(10**6))) for letter, d in opened.items()}
data_set_a, data_set_b, data_set_c = opened.values()
index_a, index_b, index_c = (place[letter][cell_specimen_id] for letter in "abc")
""",
}

#: What each wrong answer does, as a teacher would say it, and the names of mistakes that fit.
MISTAKES = {
    "index left as a list": {
        "The indices are left as lists of one.": ["left as a list"],
    },
    "index left as an array of np.where": {
        "The indices are left as arrays of one.": ["left as a list"],
    },
    "session A's index for all": {
        "Session A's cell index is used for all three.": ["cell index of another session"],
    },
    "sessions B and C exchanged": {
        "The recordings of B and C are swapped.": ["another session's recording"],
    },
    "counted from 1": {
        "The neurons are counted from 1: the indices are off by one.": ["off by one"],
    },
    "ids in place of indices, file paths in place of recordings": {
        "Paths of files stand in place of opened recordings.": ["a path in place of the recording"],
        "The cell specimen id is given as the index.": ["the cell specimen id as index"],
    },
    "id as a plain number, which AllenSDK refuses": {
        "AllenSDK got a plain number where it takes a list, and stopped with an error.": [
            "a number where a list is taken"
        ],
    },
    "read off a plot, by eye": {
        "The indices are those of other neurons.": ["another neuron's index"],
    },
    "floats and truth values": {
        "Indices are a number with a decimal point and a string.": [
            "a decimal number",
            "text for a number",
        ],
        "Whether the neuron is there is given in place of where it is.": ["a truth value"],
    },
    "one recording for all": {
        "Session A's recording is used for all three.": ["another session's recording"],
    },
    "the id looked up among the ids": {
        "The cell specimen id is given as the index.": ["the cell specimen id as index"],
    },
    "looked up in another session's list": {
        "Session A's cell index is used in B.": ["cell index of another session"],
        "Session B's cell index is used in C.": ["cell index of another session"],
    },
    "place among the sorted ids": {
        "The index is the neuron's place among sorted ids, not in the recording.": [
            "place among sorted ids"
        ],
    },
    "row of the whole container's table of cells": {
        "The index is a row of the table of all the container's neurons.": [
            "place in the catalogue"
        ],
    },
    "sessions in the order of the table, lists of one": {
        "The recordings are swapped.": ["another session's recording"],
        "The indices are left as lists of one.": ["left as a list"],
    },
    "the place counted from 1, as an array": {
        "The neurons are counted from 1: the indices are off by one.": ["off by one"],
        "The indices are left as arrays or lists of one.": ["left as a list"],
    },
    "indices found, recordings mixed up": {
        "The recordings of A and B are swapped.": ["another session's recording"],
        "Another session's cell index is used in C.": ["cell index of another session"],
    },
    "an index that is NaN": {
        "The indices are NaN.": ["not a number"],
    },
}
