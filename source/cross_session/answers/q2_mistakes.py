"""Wrong answers to question 2, with one mistake each, by one who had the released notebook alone."""

# Students write long lines.
# ruff: noqa: E501

WRONG = {
    "where tuple": """
data_set_a = boc.get_ophys_experiment_data(id_a)
data_set_b = boc.get_ophys_experiment_data(id_b)
data_set_c = boc.get_ophys_experiment_data(id_c)

index_a = np.where(data_set_a.get_cell_specimen_ids() == cell_specimen_id)
index_b = np.where(data_set_b.get_cell_specimen_ids() == cell_specimen_id)
index_c = np.where(data_set_c.get_cell_specimen_ids() == cell_specimen_id)

print("cell index in A, B, C:", index_a, index_b, index_c)
""",
    "in sorted ids": """
data_set_a = boc.get_ophys_experiment_data(id_a)
data_set_b = boc.get_ophys_experiment_data(id_b)
data_set_c = boc.get_ophys_experiment_data(id_c)

index_a = int(np.searchsorted(np.sort(data_set_a.get_cell_specimen_ids()), cell_specimen_id))
index_b = int(np.searchsorted(np.sort(data_set_b.get_cell_specimen_ids()), cell_specimen_id))
index_c = int(np.searchsorted(np.sort(data_set_c.get_cell_specimen_ids()), cell_specimen_id))

print("cell index in A, B, C:", index_a, index_b, index_c)
""",
}

RIGHT = {}

#: What each wrong answer does, as its author says it, and the names of mistakes that fit.
MISTAKES = {
    "where tuple": {
        "The indices are what np.where returns, a tuple with an array, not integers.": [
            "left as a list"
        ]
    },
    "in sorted ids": {
        "The indices are places among the sorted ids, not in the order of the recording.": [
            "place among sorted ids"
        ]
    },
}
