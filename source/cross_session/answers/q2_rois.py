"""Answers to question 2 that give the id of the neuron's ROI."""

OPENED = """
data_set_a = boc.get_ophys_experiment_data(id_a)
data_set_b = boc.get_ophys_experiment_data(id_b)
data_set_c = boc.get_ophys_experiment_data(id_c)
"""


def _index(of: str) -> str:
    lines = (
        f"row = data_set_{x}.get_cell_specimen_indices([cell_specimen_id])[0]\n"
        f"index_{x} = {of.format(x=x)}\n"
        for x in "abc"
    )
    return OPENED + "".join(lines)


RIGHT = {}
WRONG = {
    "the ROI's id": _index("data_set_{x}.get_roi_ids()[row]"),
    "the ROI's id as an integer": _index("int(data_set_{x}.get_roi_ids()[row])"),
}
ROI = {"The id of the ROI is given, not the cell index.": ["ROI id in place of the index"]}
#: What each wrong answer does, as a teacher would say it, and the names of mistakes that fit.
MISTAKES = dict.fromkeys(WRONG, ROI)
