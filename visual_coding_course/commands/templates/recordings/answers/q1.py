"""Answers to question 1: what a student may write, and what is wrong with it."""

RIGHT = {
    "by its index": """
[index] = data_set.get_cell_specimen_indices([cell_specimen_id])
times, traces = data_set.get_dff_traces()
dff = traces[index]
""",
}
WRONG = {
    "the first row": "times, (dff, *_) = data_set.get_dff_traces()",
    "fluorescence": "times, [dff] = data_set.get_fluorescence_traces([cell_specimen_id])",
}
#: For each wrong answer, by what is wrong, the names of slips that fit.
MISTAKES = {
    "the first row": {"dff": {"another neuron"}},
    "fluorescence": {"dff": {"fluorescence for dF/F"}},
}
