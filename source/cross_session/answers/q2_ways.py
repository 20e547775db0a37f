"""More ways to answer question 2, each as far as may be from the solution's."""

# Students write long lines.
# ruff: noqa: E501

WRONG = {}

RIGHT = {
    "argwhere": """
data_sets = [boc.get_ophys_experiment_data(i) for i in [id_a, id_b, id_c]]
data_set_a = data_sets[0]
data_set_b = data_sets[1]
data_set_c = data_sets[2]
index_a = np.argwhere(data_set_a.get_cell_specimen_ids() == cell_specimen_id)[0, 0]
index_b = np.flatnonzero(data_set_b.get_cell_specimen_ids() == cell_specimen_id).item()
index_c = np.where(data_set_c.get_cell_specimen_ids() == cell_specimen_id)[0][0]
""",
    "opened class": """
from allensdk.core.brain_observatory_nwb_data_set import BrainObservatoryNwbDataSet

paths = {}
for i in (id_a, id_b, id_c):
    paths[i] = boc.get_ophys_experiment_data(i).nwb_file
data_set_a, data_set_b, data_set_c = (BrainObservatoryNwbDataSet(paths[i]) for i in (id_a, id_b, id_c))
[index_a] = data_set_a.get_cell_specimen_indices([cell_specimen_id])
[index_b] = data_set_b.get_cell_specimen_indices([cell_specimen_id])
[index_c] = data_set_c.get_cell_specimen_indices([cell_specimen_id])
""",
    "pandas index": """
data_set_a = boc.get_ophys_experiment_data(ophys_experiment_id=id_a)
data_set_b = boc.get_ophys_experiment_data(ophys_experiment_id=id_b)
data_set_c = boc.get_ophys_experiment_data(ophys_experiment_id=id_c)
index_a, index_b, index_c = [
    pd.Index(d.get_cell_specimen_ids()).get_loc(cell_specimen_id) for d in (data_set_a, data_set_b, data_set_c)
]
""",
    "counted in a loop": """
data_set_a = boc.get_ophys_experiment_data(id_a)
data_set_b = boc.get_ophys_experiment_data(id_b)
data_set_c = boc.get_ophys_experiment_data(id_c)


def find_index(data_set):
    counter = 0
    for neuron in data_set.get_cell_specimen_ids():
        if neuron == cell_specimen_id:
            return counter
        counter = counter + 1
    raise ValueError("not in this recording")


index_a = find_index(data_set_a)
index_b = find_index(data_set_b)
index_c = find_index(data_set_c)
""",
    "searchsorted": """
def position(recording):
    names = np.asarray(recording.get_cell_specimen_ids())
    order = np.argsort(names)
    return int(order[np.searchsorted(names, cell_specimen_id, sorter=order)])


data_set_a, data_set_b, data_set_c = [boc.get_ophys_experiment_data(int(i)) for i in np.array([id_a, id_b, id_c])]
index_a, index_b, index_c = position(data_set_a), position(data_set_b), position(data_set_c)
""",
}
