"""Answers to question 6 whose function has one of the sessions in it."""

STARTS = """
    return np.stack([trace[start : start + 900] for start in starts_of_movie(data_set_{0})])
"""
HEAD = "def movie_response(data_set, cell_specimen_id):\n"
RIGHT = {}
WRONG = {
    "session B inside, for any neuron": HEAD
    + "    trace = data_set_b.get_dff_traces([cell_specimen_id])[1][0]"
    + STARTS.format("b"),
    "session C inside, for our neuron": HEAD
    + "    trace = data_set_c.get_dff_traces([globals()['cell_specimen_id']])[1][0]"
    + STARTS.format("c"),
}
SESSION = {"One session's recording is used for any.": ["another session's array"]}
#: What each wrong answer does, as a teacher would say it, and the names of mistakes that fit.
MISTAKES = {
    "session B inside, for any neuron": SESSION,
    "session C inside, for our neuron": SESSION
    | {"Our neuron is taken for any.": ["our neuron for any"]},
}
