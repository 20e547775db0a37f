"""Answers to question 2: the recordings, and the neuron's cell index in each."""

# Students write long lines.

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
}
