"""Wrong answers to question 1, with one mistake each, by one who had the released notebook alone."""

# Students write long lines.
# ruff: noqa: E501

WRONG = {
    "few columns": """
experiments = pd.DataFrame(boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id]))

id_a = int(experiments.loc[experiments["session_type"] == "three_session_A", "id"].iloc[0])
id_b = int(experiments.loc[experiments["session_type"] == "three_session_B", "id"].iloc[0])
id_c = int(experiments.loc[experiments["session_type"] == "three_session_C", "id"].iloc[0])

container_id = int(experiments["experiment_container_id"].iloc[0])

experiments = experiments[["id", "session_type", "experiment_container_id"]]
experiments
""",
    "rows twice": """
found = boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id])
container_id = found[0]["experiment_container_id"]
found += boc.get_ophys_experiments(experiment_container_ids=[container_id])
experiments = pd.DataFrame(found)

def session_id(letter):
    return [e["id"] for e in found if e["session_type"].endswith(letter)][0]

id_a = session_id("A")
id_b = session_id("B")
id_c = session_id("C")
experiments
""",
    "same depth too": """
mine = pd.DataFrame(boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id]))
by_type = dict(zip(mine.session_type, mine.id))
id_a = int(by_type["three_session_A"])
id_b = int(by_type["three_session_B"])
id_c = int(by_type["three_session_C"])
container_id = int(mine.experiment_container_id[0])

experiments = pd.DataFrame(boc.get_ophys_experiments(
    imaging_depths=[int(mine.imaging_depth[0])],
    session_types=["three_session_A", "three_session_B", "three_session_C"],
))
experiments
""",
}

RIGHT = {}

#: What each wrong answer does, as its author says it, and the names of mistakes that fit.
MISTAKES = {
    "few columns": {
        "Experiments keeps three columns only; they were to stay as they come.": ["columns changed"]
    },
    "rows twice": {
        "Experiments has each session twice: the answers of two searches are put together.": [
            "doubled rows"
        ]
    },
    "same depth too": {
        "Experiments holds every session of type A, B, C at this depth, not only those of our neuron.": [
            "sessions of other neurons"
        ]
    },
}
