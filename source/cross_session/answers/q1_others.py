"""Answers to question 1 by others, who had the released notebook alone."""

# Students write long lines.

WRONG = {
    "all sessions": """
experiments = pd.DataFrame(boc.get_ophys_experiments())

mine = pd.DataFrame(boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id]))
id_a = mine[mine.session_type == "three_session_A"]["id"].values[0]
id_b = mine[mine.session_type == "three_session_B"]["id"].values[0]
id_c = mine[mine.session_type == "three_session_C"]["id"].values[0]

container_id = mine["experiment_container_id"].values[0]

experiments
""",
    "b c swapped": """
experiments = pd.DataFrame(boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id]))

ids = {row["session_type"]: row["id"] for _, row in experiments.iterrows()}
id_a = ids["three_session_A"]
id_b = ids["three_session_C"]
id_c = ids["three_session_B"]

container_id = experiments["experiment_container_id"].iloc[0]

experiments
""",
    "container is session": """
experiments = pd.DataFrame(boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id]))

table = experiments.set_index("session_type")
id_a = int(table.loc["three_session_A", "id"])
id_b = int(table.loc["three_session_B", "id"])
id_c = int(table.loc["three_session_C", "id"])

container_id = int(experiments["id"].iloc[0])

experiments
""",
    "ids are lists": """
experiments = pd.DataFrame(boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id]))

id_a = experiments[experiments["session_type"] == "three_session_A"]["id"].tolist()
id_b = experiments[experiments["session_type"] == "three_session_B"]["id"].tolist()
id_c = experiments[experiments["session_type"] == "three_session_C"]["id"].tolist()

container_id = int(experiments["experiment_container_id"].iloc[0])

experiments
""",
    "session type as index": """
experiments = pd.DataFrame(
    boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id])
).set_index("session_type")

id_a = int(experiments.at["three_session_A", "id"])
id_b = int(experiments.at["three_session_B", "id"])
id_c = int(experiments.at["three_session_C", "id"])

container_id = int(experiments["experiment_container_id"].iloc[0])

experiments
""",
}

RIGHT = {
    "by container": """
first = boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id])[0]
container_id = first["experiment_container_id"]

experiments = pd.DataFrame(boc.get_ophys_experiments(experiment_container_ids=[container_id]))

def session_id(kind):
    found = boc.get_ophys_experiments(experiment_container_ids=[container_id], session_types=[kind])
    return found[0]["id"]

id_a = session_id("three_session_A")
id_b = session_id("three_session_B")
id_c = session_id("three_session_C")

experiments
""",
    "filter loc": """
experiments = pd.DataFrame(boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id]))

id_a = experiments.loc[experiments["session_type"] == "three_session_A", "id"].iloc[0]
id_b = experiments.loc[experiments["session_type"] == "three_session_B", "id"].iloc[0]
id_c = experiments.loc[experiments["session_type"] == "three_session_C", "id"].iloc[0]

container_id = experiments["experiment_container_id"].iloc[0]

experiments
""",
    "loop dicts": """
sessions = boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id])
experiments = pd.DataFrame(sessions)

for s in sessions:
    if s["session_type"] == "three_session_A":
        id_a = s["id"]
    elif s["session_type"] == "three_session_B":
        id_b = s["id"]
    elif s["session_type"] == "three_session_C":
        id_c = s["id"]

container_id = sessions[0]["experiment_container_id"]

experiments
""",
    "set index series": """
experiments = pd.DataFrame(
    boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id])
).sort_values("session_type")

by_type = experiments.set_index("session_type")["id"]
id_a, id_b, id_c = (int(by_type["three_session_" + s]) for s in "ABC")

container_id = experiments.experiment_container_id.unique().item()

experiments
""",
}

#: What each wrong answer does, as its author says it, and the names of mistakes that fit.
MISTAKES = {
    "all sessions": {
        "Experiments holds all sessions of the catalogue, not filtered by neuron.": [
            "the whole catalogue"
        ]
    },
    "b c swapped": {"Ids of sessions B and C exchanged.": ["another session's id"]},
    "container is session": {"Container_id is the id of a session.": ["a session's id"]},
    "ids are lists": {"Ids are lists of one id, not integers.": ["left as a list"]},
    "session type as index": {
        "Session_type made the index of experiments, so a column is gone.": ["columns changed"]
    },
}
