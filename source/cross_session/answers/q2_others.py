"""Answers to question 2 by others, who had the released notebook alone."""

# Students write long lines.

WRONG = {
    "c opens b": """
data_set_a = boc.get_ophys_experiment_data(id_a)
data_set_b = boc.get_ophys_experiment_data(id_b)
data_set_c = boc.get_ophys_experiment_data(id_b)

index_a, = data_set_a.get_cell_specimen_indices([cell_specimen_id])
index_b, = data_set_b.get_cell_specimen_indices([cell_specimen_id])
index_c, = data_set_c.get_cell_specimen_indices([cell_specimen_id])

print("cell index in A, B, C:", index_a, index_b, index_c)
""",
    "counted from one": """
data_set_a = boc.get_ophys_experiment_data(id_a)
data_set_b = boc.get_ophys_experiment_data(id_b)
data_set_c = boc.get_ophys_experiment_data(id_c)

def find_index(data_set):
    for number, cell in enumerate(data_set.get_cell_specimen_ids(), start=1):
        if cell == cell_specimen_id:
            return number

index_a = find_index(data_set_a)
index_b = find_index(data_set_b)
index_c = find_index(data_set_c)

print("cell index in A, B, C:", index_a, index_b, index_c)
""",
    "index lists": """
data_set_a = boc.get_ophys_experiment_data(id_a)
data_set_b = boc.get_ophys_experiment_data(id_b)
data_set_c = boc.get_ophys_experiment_data(id_c)

index_a = data_set_a.get_cell_specimen_indices([cell_specimen_id])
index_b = data_set_b.get_cell_specimen_indices([cell_specimen_id])
index_c = data_set_c.get_cell_specimen_indices([cell_specimen_id])

print("cell index in A, B, C:", index_a, index_b, index_c)
""",
    "index of a everywhere": """
data_set_a = boc.get_ophys_experiment_data(id_a)
data_set_b = boc.get_ophys_experiment_data(id_b)
data_set_c = boc.get_ophys_experiment_data(id_c)

# the neuron has one id, so look it up once
index_a = data_set_a.get_cell_specimen_indices([cell_specimen_id])[0]
index_b = index_a
index_c = index_a

print("cell index in A, B, C:", index_a, index_b, index_c)
""",
}

RIGHT = {
    "enumerate loop": """
data_sets = {}
index = {}
for letter, session_id in zip("abc", [id_a, id_b, id_c]):
    data_sets[letter] = boc.get_ophys_experiment_data(ophys_experiment_id=session_id)
    for i, cell in enumerate(data_sets[letter].get_cell_specimen_ids()):
        if cell == cell_specimen_id:
            index[letter] = i

data_set_a = data_sets["a"]
data_set_b = data_sets["b"]
data_set_c = data_sets["c"]

index_a = index["a"]
index_b = index["b"]
index_c = index["c"]

print("cell index in A, B, C:", index_a, index_b, index_c)
""",
    "flatnonzero": """
data_set_a, data_set_b, data_set_c = [boc.get_ophys_experiment_data(i) for i in (id_a, id_b, id_c)]

index_a, index_b, index_c = [
    int(np.flatnonzero(d.get_cell_specimen_ids() == cell_specimen_id)[0])
    for d in (data_set_a, data_set_b, data_set_c)
]

print("cell index in A, B, C:", index_a, index_b, index_c)
""",
    "list index": """
data_set_a = boc.get_ophys_experiment_data(id_a)
data_set_b = boc.get_ophys_experiment_data(id_b)
data_set_c = boc.get_ophys_experiment_data(id_c)

def where_is(data_set):
    return list(data_set.get_cell_specimen_ids()).index(cell_specimen_id)

index_a = where_is(data_set_a)
index_b = where_is(data_set_b)
index_c = where_is(data_set_c)

print("cell index in A, B, C:", index_a, index_b, index_c)
""",
    "sdk indices": """
data_set_a = boc.get_ophys_experiment_data(id_a)
data_set_b = boc.get_ophys_experiment_data(id_b)
data_set_c = boc.get_ophys_experiment_data(id_c)

index_a = data_set_a.get_cell_specimen_indices([cell_specimen_id])[0]
index_b = data_set_b.get_cell_specimen_indices([cell_specimen_id])[0]
index_c = data_set_c.get_cell_specimen_indices([cell_specimen_id])[0]

print("cell index in A, B, C:", index_a, index_b, index_c)
""",
}

#: What each wrong answer does, as its author says it, and the names of mistakes that fit.
MISTAKES = {
    "c opens b": {
        "Data_set_c is the recording of session B (and so index_c is that of B).": [
            "another session's recording"
        ]
    },
    "counted from one": {"Index counted from 1 in place of 0.": ["off by one"]},
    "index lists": {"Index left as a list of one.": ["left as a list"]},
    "index of a everywhere": {
        "The index in session A used for all sessions.": ["cell index of another session"]
    },
}
