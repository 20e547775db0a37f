"""More ways to answer question 1, each as far as may be from the solution's."""

# Students write long lines.
# ruff: noqa: E501

WRONG = {}

RIGHT = {
    "filter whole catalogue": """
everything = pd.DataFrame(boc.get_ophys_experiments())
wanted = [e["id"] for e in boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id])]
experiments = everything[everything["id"].isin(wanted)]
container_id = int(experiments["experiment_container_id"].mode()[0])
id_a = int(experiments.query("session_type == 'three_session_A'")["id"].squeeze())
id_b = int(experiments.query("session_type == 'three_session_B'")["id"].squeeze())
id_c = int(experiments.query("session_type == 'three_session_C'")["id"].squeeze())
""",
    "manifest filters": """
cells = boc.get_cell_specimens(ids=[cell_specimen_id], simple=False)
container_id = cells[0]["experiment_container_id"]
found = boc.get_ophys_experiments(experiment_container_ids=[container_id])
lookup = {}
for record in found:
    lookup[record["session_type"]] = record["id"]
id_a = lookup["three_session_A"]
id_b = lookup["three_session_B"]
id_c = lookup["three_session_C"]
experiments = pd.DataFrame.from_records(found)
experiments
""",
    "matlab": """
experiments = pd.DataFrame(boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id]))
types = experiments.session_type.values
ids = experiments.id.values
for k in range(0, len(types), 1):
    if types[k] == "three_session_A":
        id_a = ids[k]
    elif types[k] == "three_session_B":
        id_b = ids[k]
    elif types[k] == "three_session_C":
        id_c = ids[k]
container_id = experiments.experiment_container_id.values[0]
disp = print
disp(experiments)
""",
    "one call per session": """
def session_of(letter):
    (only,) = boc.get_ophys_experiments(
        cell_specimen_ids=[cell_specimen_id], session_types=["three_session_" + letter]
    )
    return only


a, b, c = map(session_of, "ABC")
experiments = pd.concat([pd.DataFrame([x]) for x in (a, b, c)], ignore_index=True)
id_a, id_b, id_c = a["id"], b["id"], c["id"]
container_id = {x["experiment_container_id"] for x in (a, b, c)}.pop()
""",
    "pivot": """
experiments = (
    pd.DataFrame.from_records(boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id]))
    .reset_index(drop=True)
)
table = experiments.pivot(index="experiment_container_id", columns="session_type", values="id")
container_id = table.index[0]
id_a, id_b, id_c = table.loc[container_id, ["three_session_A", "three_session_B", "three_session_C"]]
experiments.style.hide(axis="index")
""",
    "sorted indexed": """
experiments = pd.DataFrame(boc.get_ophys_experiments(cell_specimen_ids=[int(cell_specimen_id)])).sort_values("session_type")
id_a, id_b, id_c = experiments["id"].tolist()
assert list(experiments["session_type"].str[-1]) == ["A", "B", "C"]
container_id = experiments["experiment_container_id"].unique().item()
experiments
""",
    "category lookup": """
experiments = pd.DataFrame(boc.get_ophys_experiments(cell_specimen_ids=[cell_specimen_id]))
types = experiments["session_type"].astype("category")
id_a, id_b, id_c = (experiments.loc[types == t, "id"].item() for t in types.cat.categories)
container_id = max(experiments["experiment_container_id"])
""",
}
