"""Answers to question 6 with a trace that still has an axis for the neuron."""

WRONG = {
    "frames taken from rows": """
def movie_response(data_set, cell_specimen_id):
    _, dff = data_set.get_dff_traces([cell_specimen_id])
    return np.stack([dff[start : start + 900] for start in starts_of_movie(data_set)])
""",
}

RIGHT = {
    "frames taken from columns": """
def movie_response(data_set, cell_specimen_id):
    _, dff = data_set.get_dff_traces([cell_specimen_id])
    return np.concatenate([dff[:, start : start + 900] for start in starts_of_movie(data_set)])
""",
}

MISTAKES = {
    "frames taken from rows": {
        "The one row is sliced, not the frames in it: nothing is left.": ["row not taken out"]
    },
}
