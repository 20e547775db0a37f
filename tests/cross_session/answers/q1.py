"""Answers to question 1: the sessions in which the neuron was recorded."""

# Students write long lines.
# ruff: noqa: E501

IDS = """
by_type = {s["session_type"][-1]: s["id"] for s in boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id])}
id_a, id_b, id_c = (by_type[letter] for letter in "ABC")
container_id = boc.get_cell_specimens(ids=[cell_specimen_id])[0]["experiment_container_id"]
"""

WRONG = {
    "every session of the catalogue": IDS
    + "experiments = pd.DataFrame(boc.get_ophys_experiments())",
    "neuron and container together, which leaves the container out": IDS
    + """
experiments = pd.DataFrame(boc.get_ophys_experiments(
    cell_specimen_ids=[cell_specimen_id], experiment_container_ids=[container_id],
    session_types=["three_session_A", "three_session_B", "three_session_C"]))
""",
    "ids in the order of the table": """
experiments = pd.DataFrame(boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id]))
id_a, id_b, id_c = experiments["id"]
container_id = experiments["experiment_container_id"][0]
""",
    "ids and container left as columns": """
experiments = pd.DataFrame(boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id]))
id_a = experiments[experiments.session_type == "three_session_A"]["id"]
id_b = experiments[experiments.session_type == "three_session_B"]["id"]
id_c = experiments[experiments.session_type == "three_session_C"]["id"]
container_id = experiments["experiment_container_id"]
""",
    "a list in place of a table": IDS
    + "experiments = boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id])",
    "only session B, and the container's id for the neuron's": """
experiments = pd.DataFrame(boc.get_ophys_experiments(
    cell_specimen_ids=[cell_specimen_id], session_types=["three_session_B"]))
id_a = id_b = id_c = experiments["id"].iloc[0]
container_id = cell_specimen_id
""",
    "the neuron's id as a plain number, which AllenSDK refuses": """
experiments = pd.DataFrame(boc.get_ophys_experiments(cell_specimen_ids=cell_specimen_id))
id_a = experiments["id"][0]
""",
    "ids as text": IDS
    + """
experiments = pd.DataFrame(boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id]))
id_a, id_b, id_c, container_id = str(id_a), str(id_b), str(id_c), str(container_id)
""",
}

RIGHT = {
    "through the container, sorted by type, numpy integers": """
container_id = np.int64(boc.get_cell_specimens(ids=[cell_specimen_id])[0]["experiment_container_id"])
experiments = pd.DataFrame(boc.get_ophys_experiments(experiment_container_ids=[container_id]))
experiments = experiments.sort_values("session_type")
id_a, id_b, id_c = experiments["id"].to_numpy()
""",
    "the id as the table's index": """
experiments = pd.DataFrame(boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id])).set_index("id")
types = experiments["session_type"]
id_a, id_b, id_c = (types.index[types == f"three_session_{letter}"][0] for letter in "ABC")
container_id = experiments["experiment_container_id"].unique()[0]
""",
    "as the seed page does, columns in another order": """
id_a = boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id], session_types=["three_session_A"])[0]["id"]
id_b = boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id], session_types=["three_session_B"])[0]["id"]
id_c = boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id], session_types=["three_session_C"])[0]["id"]
experiments = pd.DataFrame(boc.get_ophys_experiments(ids=[id_a, id_b, id_c]))
experiments = experiments[sorted(experiments.columns, reverse=True)]
container_id = int(experiments.experiment_container_id.mode()[0])
""",
    "with a column more, and 32-bit integers": """
experiments = pd.DataFrame(boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id]))
experiments["letter"] = experiments["session_type"].str[-1]
by_letter = experiments.set_index("letter")["id"].astype("int32")
id_a, id_b, id_c = by_letter["A"], by_letter["B"], by_letter["C"]
container_id = experiments.loc[1, "experiment_container_id"]
experiments.index = list("xyz")
""",
}
