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
    "sessions of all containers by type": """
all_sessions = boc.get_ophys_experiments(session_types=["three_session_A", "three_session_B", "three_session_C"])
experiments = pd.DataFrame(all_sessions)
id_a = experiments[experiments["session_type"] == "three_session_A"]["id"].values[-1]
id_b = experiments[experiments["session_type"] == "three_session_B"]["id"].values[-1]
id_c = experiments[experiments["session_type"] == "three_session_C"]["id"].values[-1]
container_id = experiments["experiment_container_id"].values[-1]
""",
    "in the order of the days": """
df = pd.DataFrame(boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id]))
experiments = df.sort_values("acquisition_age_days").reset_index(drop=True)
id_a = experiments.id[0]
id_b = experiments.id[1]
id_c = experiments.id[2]
container_id = experiments.experiment_container_id[0]
""",
    "ids sorted by size, the container as an array": """
experiments = pd.DataFrame(boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id]))
id_a, id_b, id_c = sorted(experiments["id"])
container_id = experiments["experiment_container_id"].unique()
""",
    "two searches put together": IDS
    + """
by_cell = pd.DataFrame(boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id]))
by_container = pd.DataFrame(boc.get_ophys_experiments(experiment_container_ids=[container_id]))
experiments = pd.concat([by_cell, by_container])
""",
    "row numbers in place of ids": """
experiments = pd.DataFrame(boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id]))
rows = {}
for i, session_type in enumerate(experiments["session_type"]):
    rows[session_type] = i
id_a, id_b, id_c = rows["three_session_A"], rows["three_session_B"], rows["three_session_C"]
container_id = experiments["experiment_container_id"].iloc[0]
""",
    "the container's table, and its id as session A's": IDS
    + """
experiments = pd.DataFrame(boc.get_experiment_containers(ids=[container_id]))
id_a = experiments["id"].item()
""",
    "two types only, and the container's name for a session": """
cell = [cell_specimen_id]
sessions = boc.get_ophys_experiments(cell_specimen_ids=cell, session_types=["three_session_A", "three_session_B"])
experiments = pd.DataFrame(sessions)
for session in sessions:
    if session["session_type"].endswith("A"):
        id_a = session["id"]
    else:
        id_b = session["id"]
id_c = boc.get_ophys_experiments(cell_specimen_ids=cell, session_types=["three_session_C"])[0]["id"]
container_id = experiments["id"].iloc[0]
""",
    "only the columns that looked useful": IDS
    + """
experiments = pd.DataFrame(boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id]))
experiments = experiments[["id", "acquisition_age_days"]]
""",
    "every session of the same depth": IDS
    + """
experiments = pd.DataFrame(boc.get_ophys_experiments(imaging_depths=[175], targeted_structures=["VISp"]))
id_b = experiments.query("session_type == 'three_session_B'")["id"]
""",
    "ids of rows that are not there": """
experiments = pd.DataFrame(boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id]))
by_type = experiments.set_index("session_type")
id_a, id_b, id_c = by_type["id"].reindex(["session_A", "session_B", "session_C"])
container_id = by_type["experiment_container_id"].max()
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
    "grouped by type": """
experiments = pd.DataFrame.from_records(boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id]))
first = experiments.groupby("session_type")["id"].first()
id_a, id_b, id_c = first["three_session_A"], first["three_session_B"], first["three_session_C"]
container_id = max(experiments["experiment_container_id"])
""",
    "a loop over the list, the whole catalogue filtered by hand": """
cells = boc.get_cell_specimens(ids=[cell_specimen_id])
container_id = cells[0]["experiment_container_id"]
mine = []
for session in boc.get_ophys_experiments():
    if session["experiment_container_id"] == container_id:
        mine.append(session)
        if session["session_type"] == "three_session_A":
            id_a = session["id"]
        elif session["session_type"] == "three_session_B":
            id_b = session["id"]
        elif session["session_type"] == "three_session_C":
            id_c = session["id"]
experiments = pd.DataFrame(mine)
""",
}

#: What each wrong answer does, as a teacher would say it, and the names of mistakes that fit.
MISTAKES = {
    "every session of the catalogue": {
        "The table lists the sessions of all containers.": ["the whole catalogue"],
    },
    "neuron and container together, which leaves the container out": {
        "Filtering by neuron and container at once leaves out the neuron's own container.": [
            "an empty table"
        ],
    },
    "ids in the order of the table": {
        "The sessions are swapped: the ids are taken in the order of the table, not by type.": [
            "another session's id"
        ],
    },
    "ids and container left as columns": {
        "The ids are left as columns of the table.": ["left as a list", "the whole column"],
    },
    "a list in place of a table": {
        "The list of sessions was not made a table.": ["a list in place of a table"],
    },
    "only session B, and the container's id for the neuron's": {
        "The table has been filtered to session B only.": ["sessions left out"],
        "Session B's id stands for all three.": ["another session's id"],
        "The neuron's id is given as the container's.": ["the neuron's id"],
    },
    "the neuron's id as a plain number, which AllenSDK refuses": {
        "The filter got a plain number where it takes a list, and stopped with an error.": [
            "a number where a list is taken"
        ],
    },
    "ids as text": {
        "The ids are strings, not integers.": ["text for a number"],
    },
    "sessions of all containers by type": {
        "The table lists the sessions of all containers.": [
            "the whole catalogue",
            "filtered by session type only",
        ],
        "The last session of each type was taken, which belongs to another container.": [
            "a session of another container",
            "another container",
        ],
    },
    "in the order of the days": {
        "Sessions A and C are swapped: the ids are taken by day.": ["another session's id"],
    },
    "ids sorted by size, the container as an array": {
        "Sessions A and C are swapped: the ids are taken by size.": ["another session's id"],
        "The container's id is left in an array.": ["left as a list"],
    },
    "two searches put together": {
        "The table lists every session twice.": ["doubled rows"],
    },
    "row numbers in place of ids": {
        "The ids are numbers of rows in the table.": ["the row in place of the id"],
    },
    "the container's table, and its id as session A's": {
        "The table lists containers, not sessions.": ["containers in place of sessions"],
        "The container's id is given as session A's.": ["the container's id"],
    },
    "two types only, and the container's name for a session": {
        "The table lacks session C: its filter is too narrow.": ["sessions left out"],
        "A session's id is given as the container's.": ["a session's id"],
    },
    "only the columns that looked useful": {
        "Columns of the catalogue were left out.": ["columns changed"],
    },
    "every session of the same depth": {
        "The table lists sessions of other containers, which have the same depth.": [
            "filtered by something else"
        ],
        "Session B's id is left as a column of the table.": ["several in place of one"],
    },
    "ids of rows that are not there": {
        "The types are misspelled, so that all three ids are NaN.": ["not a number"],
    },
}
