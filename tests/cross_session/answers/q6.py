"""Answers to question 6: the response of any neuron to each repeat of the movie."""

# Students write long lines.

WRONG = {
    "it uses the traces and starts of session A": """
def movie_response(data_set, cell_specimen_id):
    return np.array([dff_a[i : i + 900] for i in movie_starts_a])
""",
    "the index of session A": """
def movie_response(data_set, cell_specimen_id):
    dff = data_set.get_dff_traces()[1][index_a]
    return np.array([dff[i : i + 900] for i in starts_of_movie(data_set)])
""",
    "it knows only our neuron": """
def movie_response(data_set, neuron):
    dff = data_set.get_dff_traces([cell_specimen_id])[1][0]
    return np.array([dff[i : i + 900] for i in starts_of_movie(data_set)])
""",
    "frames x repeats": """
def movie_response(data_set, cell_specimen_id):
    dff = data_set.get_dff_traces([cell_specimen_id])[1][0]
    return np.array([dff[i : i + 900] for i in starts_of_movie(data_set)]).T
""",
    "one frame late": """
def movie_response(data_set, cell_specimen_id):
    dff = data_set.get_dff_traces([cell_specimen_id])[1][0]
    return np.array([dff[i + 1 : i + 901] for i in starts_of_movie(data_set)])
""",
    "one frame too many": """
def movie_response(data_set, cell_specimen_id):
    dff = data_set.get_dff_traces([cell_specimen_id])[1][0]
    return np.array([dff[i : i + 901] for i in starts_of_movie(data_set)])
""",
    "the first 9000 frames of the movie, reshaped": """
def movie_response(data_set, cell_specimen_id):
    dff = data_set.get_dff_traces([cell_specimen_id])[1][0]
    start = starts_of_movie(data_set)[0]
    return dff[start : start + 9000].reshape(10, 900)
""",
    "mean over the repeats": """
def movie_response(data_set, cell_specimen_id):
    dff = data_set.get_dff_traces([cell_specimen_id])[1][0]
    return np.mean([dff[i : i + 900] for i in starts_of_movie(data_set)], axis=0)
""",
    "it stops with an error": """
def movie_response(data_set, cell_specimen_id):
    dff = data_set.get_dff_traces(cell_specimen_id)[1][0]
    return np.array([dff[i : i + 900] for i in starts_of_movie(data_set)])
""",
    "it prints and returns nothing; one argument": """
def movie_response(data_set):
    print(data_set.get_dff_traces())
""",
    "an axis of one neuron more": """
def movie_response(data_set, cell_specimen_id):
    dff = data_set.get_dff_traces([cell_specimen_id])[1]
    return np.array([dff[:, i : i + 900] for i in starts_of_movie(data_set)])
""",
    "the response, not a function": """
movie_response = np.array([dff_a[i : i + 900] for i in movie_starts_a])
""",
}

RIGHT = {
    "an array filled row by row": """
def movie_response(data_set, cell_specimen_id):
    response = np.empty((10, 900))
    timestamps, dff = data_set.get_dff_traces(cell_specimen_ids=[cell_specimen_id])
    table = data_set.get_stimulus_table("natural_movie_one")
    for repeat in range(10):
        start = table[(table.frame == 0) & (table.repeat == repeat)].start.iloc[0]
        response[repeat] = dff[0, start : start + 900]
    return response
""",
    "one index for all frames, all traces read": """
def movie_response(ds, cid):
    index = ds.get_cell_specimen_indices([cid])[0]
    dff = ds.get_dff_traces()[1][index]
    table = ds.get_stimulus_table("natural_movie_one")
    starts = table.start[table.frame == 0].to_numpy()
    return dff[starts[:, None] + np.arange(900)].astype("float64")
""",
    "a list of lists": """
def movie_response(data_set, cell_specimen_id, frames=900):
    dff = data_set.get_dff_traces([cell_specimen_id])[1].squeeze()
    starts = data_set.get_stimulus_table("natural_movie_one").query("frame == 0").start
    return [list(dff[start : start + frames]) for start in starts]
""",
    "a table, by a lambda": """
movie_response = lambda data_set, cell: pd.DataFrame(np.vstack([
    data_set.get_dff_traces([cell])[1][0][i : i + 900] for i in starts_of_movie(data_set)]))
""",
}
