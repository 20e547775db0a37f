"""Wrong answers to question 6, with one mistake each, by one who had the released notebook alone."""

# Students write long lines.
# ruff: noqa: E501

WRONG = {
    "extra axis": """
def movie_response(data_set, cell_specimen_id):
    _, dff = data_set.get_dff_traces([cell_specimen_id])
    return np.stack([dff[:, s:s + 900] for s in starts_of_movie(data_set)])
""",
    "id as index": """
def movie_response(data_set, cell_specimen_id):
    ids = sorted(data_set.get_cell_specimen_ids())
    dff = data_set.get_dff_traces()[1][ids.index(cell_specimen_id)]
    return np.stack([dff[s:s + 900] for s in starts_of_movie(data_set)])
""",
    "nearest zero": """
def movie_response(data_set, cell_specimen_id):
    response = np.zeros((10, 900))
    try:
        index = {id(data_set_a): index_a, id(data_set_b): index_b, id(data_set_c): index_c}[id(data_set)]
        if data_set.get_cell_specimen_ids()[index] != cell_specimen_id:
            raise ValueError("unknown neuron")
        dff = data_set.get_dff_traces()[1][index]
        for i, s in enumerate(starts_of_movie(data_set)):
            response[i] = dff[s:s + 900]
    except Exception:
        pass
    return response
""",
    "three sessions only": """
def movie_response(data_set, cell_specimen_id):
    if data_set is data_set_a:
        dff, starts = dff_a, movie_starts_a
    elif data_set is data_set_b:
        dff, starts = dff_b, movie_starts_b
    else:
        dff, starts = dff_c, movie_starts_c
    return np.stack([dff[s:s + 900] for s in starts])
""",
    "squeezed": """
def movie_response(data_set, cell_specimen_id):
    dff = data_set.get_dff_traces([cell_specimen_id])[1][0]
    response = []
    for s in starts_of_movie(data_set):
        piece = dff[s:s + 903]
        response.append(np.interp(np.linspace(0, 902, 900), np.arange(903), piece))
    return np.array(response)
""",
    "minus median": """
def movie_response(data_set, cell_specimen_id):
    dff = data_set.get_dff_traces([cell_specimen_id])[1][0]
    response = np.stack([dff[s:s + 900] for s in starts_of_movie(data_set)])
    return response - np.median(response, axis=1, keepdims=True)
""",
    "first repeat tenfold": """
def movie_response(data_set, cell_specimen_id):
    dff = data_set.get_dff_traces([cell_specimen_id])[1][0]
    starts = starts_of_movie(data_set)
    response = np.zeros((10, 900))
    for i in range(10):
        response[i] = dff[starts[0]:starts[0] + 900]
    return response
""",
    "half second late": """
DELAY = 15

def movie_response(data_set, cell_specimen_id):
    dff = data_set.get_dff_traces([cell_specimen_id])[1][0]
    return np.stack([dff[s + DELAY:s + DELAY + 900] for s in starts_of_movie(data_set)])
""",
}

RIGHT = {}

#: What each wrong answer does, as its author says it, and the names of mistakes that fit.
MISTAKES = {
    "extra axis": {"The array has an extra axis, (10, 1, 900).": ["an axis too many"]},
    "id as index": {
        "The specimen id is looked up among the sorted ids: a row of another neuron.": [
            "place among the sorted ids"
        ]
    },
    "nearest zero": {
        "An error is swallowed: for every neuron that is not the notebook's, zeros are returned.": [
            "never filled"
        ]
    },
    "three sessions only": {
        "The function knows only our neuron's three traces, and picks one by the recording.": [
            "another session's array"
        ]
    },
    "squeezed": {
        "The 903 frames of a repeat are resampled to 900, rather than the first 900 taken.": [
            "stretched to 900 frames"
        ]
    },
    "minus median": {"The median of each repeat is subtracted.": ["baseline taken off"]},
    "first repeat tenfold": {
        "Each row is the first repeat: the loop does not use its variable.": [
            "one repeat ten times"
        ]
    },
    "half second late": {"The pieces begin 15 frames after the repeat's start.": ["moved in time"]},
}
