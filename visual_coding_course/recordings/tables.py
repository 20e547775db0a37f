"""The tables that BrainObservatoryCache reads: containers, sessions, cells, and the manifest.

They have the nested form in which the Allen Institute's warehouse answers, because AllenSDK
flattens and filters that form itself.
"""

import datetime
import json

import numpy as np

from . import facts, layout, metrics
from .population import population
from .seeds import generator
from .simulate import STARTS, start_time

CELLS_ELSEWHERE = 40  # cells listed for each of the other containers
# Mice from this one on, of October 2016 and later, were shown another sparse noise in session C.
FIRST_DONOR_WITH_C2 = 260000
LINES = {  # ids of the Allen Institute's transgenic lines
    "Cux2-CreERT2": (177837858, "driver"),
    "Camk2a-tTA": (177837506, "driver"),
    "Ai93(TITL-GCaMP6f)": (265943423, "reporter"),
}
STRUCTURES = {"VISp": (385, "Primary visual area")}


def manifest():
    """The manifest, as `BrainObservatoryCache.build_manifest` writes it.

    Returns
    -------
    dict
    """
    files = {
        "EXPERIMENT_CONTAINERS": layout.CONTAINERS,
        "EXPERIMENTS": layout.EXPERIMENTS,
        "EXPERIMENT_DATA": layout.DATA_FILE.format("%d"),
        "ANALYSIS_DATA": "ophys_experiment_analysis/%d_%s_analysis.h5",
        "EVENTS_DATA": layout.EVENTS_FILE.format("%d"),
        "CELL_SPECIMENS": layout.CELLS,
        "STIMULUS_MAPPINGS": layout.MAPPINGS,
        "EYE_GAZE_DATA": "ophys_eye_gaze_mapping/%d_eyetracking_dlc_to_screen_mapping.h5",
    }
    entries = [{"type": "manifest_version", "value": "1.3"}]
    entries.append({"key": "BASEDIR", "type": "dir", "spec": "."})
    for key, spec in files.items():
        entries.append({"key": key, "type": "file", "spec": spec, "parent_key": "BASEDIR"})
    return {"manifest": entries}


def born(container):
    """A mouse's date of birth; the recorded one's follows from its age at session B."""
    if container["id"] == facts.published()["experiment_container_id"]:
        day = start_time("B").date()
        return day - datetime.timedelta(days=facts.session("B")["acquisition_age_days"])
    # Donors' names count up with time, about ten a day in the years of these recordings.
    days = (int(container["donor_name"]) - int(facts.container_row()["donor_name"])) // 40
    return born(facts.container_row()) + datetime.timedelta(days=days)


def specimen(container):
    """A container's mouse, nested as the warehouse has it."""
    lines = [container["cre_line"], "Camk2a-tTA", container["reporter_line"]]
    return {
        "id": 500_000_000 + int(container["donor_name"]),
        "name": container["specimen_name"],
        "donor": {
            "external_donor_name": container["donor_name"],
            "full_genotype": facts.session("B")["metadata"]["genotype"],
            "date_of_birth": f"{born(container)}T00:00:00Z",
            "conditions": [{"name": tag} for tag in container["tags"]],
            "transgenic_lines": [
                {"id": LINES[name][0], "name": name, "transgenic_line_type_name": LINES[name][1]}
                for name in lines
            ],
        },
    }


def structure(container):
    """A container's brain area, nested as the warehouse has it."""
    acronym = container["targeted_structure"]
    number, name = STRUCTURES[acronym]
    return {"id": number, "acronym": acronym, "name": name}


def sessions_of(container):
    """Session ids of a container, by session letter.

    Those that are not published are made up: a container's sessions were entered after it, so
    their ids are a little larger, and here they are ones that no session of the Allen Institute
    has.

    Returns
    -------
    dict
        Session letter to id.
    """
    if container["id"] == facts.published()["experiment_container_id"]:
        return facts.session_ids()
    known = facts.published()["session_ids_of_other_containers"].get(str(container["id"]))
    return known or {letter: container["id"] + 11 + row for row, letter in enumerate("BAC")}


def session_type(container, letter):
    """Which stimuli a session showed, by the Allen Institute's name for them."""
    late = int(container["donor_name"]) >= FIRST_DONOR_WITH_C2
    return f"three_session_{letter}{'2' if late and letter == 'C' else ''}"


def experiment_containers():
    """The table of experiment containers.

    Returns
    -------
    list of dict
    """
    return [
        {
            "id": row["id"],
            "failed": row["failed"],
            "imaging_depth": row["imaging_depth"],
            "specimen_id": specimen(row)["id"],
            "targeted_structure": structure(row),
            "specimen": specimen(row),
            "ophys_experiments": [{"id": number} for number in sessions_of(row).values()],
        }
        for row in facts.container_rows()
    ]


def acquired(container, letter, number, ids):
    """When a session was recorded."""
    if container["id"] == facts.published()["experiment_container_id"]:
        return start_time(letter)
    # Session ids count up with time: the later a session's id, the later its day.
    day = sorted(ids.values()).index(number)
    clock = datetime.time.fromisoformat(STARTS["A"])
    first = born(container) + datetime.timedelta(days=100)
    return datetime.datetime.combine(first + datetime.timedelta(days=day), clock)


def ophys_experiments():
    """The table of sessions, the recorded container's in the published order.

    Returns
    -------
    list of dict
    """
    order = facts.published()["ophys_experiments_order"]
    rows = []
    for container in facts.container_rows():
        ids = sessions_of(container)
        listed = [number for number in order if number in ids.values()] or list(ids.values())
        for number in listed:
            letter = next(name for name in ids if ids[name] == number)
            started = acquired(container, letter, number, ids)
            rows.append(
                {
                    "id": number,
                    "name": f"simulated {session_type(container, letter)}",
                    "stimulus_name": session_type(container, letter),
                    "imaging_depth": container["imaging_depth"],
                    "experiment_container_id": container["id"],
                    "experiment_container": {"id": container["id"], "failed": container["failed"]},
                    "date_of_acquisition": f"{started.isoformat()}Z",
                    "fail_eye_tracking": True,
                    "targeted_structure": structure(container),
                    "specimen": specimen(container),
                    "well_known_files": [],
                }
            )
    return rows


def cell_origin(container):
    """What the cell table says about a cell's container."""
    genes = list(specimen(container)["donor"]["transgenic_lines"])
    return {
        "area": container["targeted_structure"],
        "donor_full_genotype": specimen(container)["donor"]["full_genotype"],
        "experiment_container_id": container["id"],
        "failed_experiment_container": container["failed"],
        "imaging_depth": container["imaging_depth"],
        "specimen_id": specimen(container)["id"],
        "tld1_id": genes[0]["id"],
        "tld1_name": genes[0]["name"],
        # In the whole data set there are mice without a second driver, so pandas has floats.
        "tld2_id": float(genes[1]["id"]),
        "tld2_name": genes[1]["name"],
        "tlr1_id": genes[2]["id"],
        "tlr1_name": genes[2]["name"],
    }


def cell_row(number, origin, measured):
    """One row of the cell table, with its columns in the published order."""
    row = {**origin, **measured, "cell_specimen_id": int(number)}
    return {column: row[column] for column in facts.published()["cell_specimens_columns"]}


def plain(value):
    """A number as JSON has it: null for NaN."""
    return float(f"{value:.6g}") if np.isfinite(value) else None


def cell_specimens(seed, load):
    """The table of cells: all of the recorded container's, and some of other containers'.

    Parameters
    ----------
    seed : int
    load : callable
        Takes a session letter; returns that session's `metrics.Traces`.

    Returns
    -------
    list of dict
        60 columns each, ordered by cell specimen id as the warehouse orders them.
    """
    cells = population(seed)
    table = metrics.metrics(seed, load)
    rng = generator(seed, "cells elsewhere")
    home = cell_origin(facts.container_row())

    def measured(position):
        values = {column: plain(numbers[position]) for column, numbers in table.items()}
        return {"all_stim": cells.found_in[position] == "ABC", **values}

    rows = [cell_row(number, home, measured(row)) for row, number in enumerate(cells.ids)]
    elsewhere = [
        row for row in facts.container_rows() if row["id"] != home["experiment_container_id"]
    ]
    free = rng.choice(
        np.arange(517_480_000, 517_530_000), (len(elsewhere), CELLS_ELSEWHERE), replace=False
    )
    for container, numbers in zip(elsewhere, free, strict=True):
        origin = cell_origin(container)
        # Other mice's neurons are like this one's: their metrics are drawn from the same pool.
        likes = rng.integers(0, len(cells.ids), len(numbers))
        for number, like in zip(numbers, likes, strict=True):
            rows.append(cell_row(number, origin, measured(like)))
    return sorted(rows, key=lambda row: row["cell_specimen_id"])


def stimulus_mappings(columns=None):
    """Which metric belongs to which stimulus, as AllenSDK asks to drop thumbnails; there are none.

    Parameters
    ----------
    columns : iterable of str, optional
        Of the table of cells; otherwise those that are published.

    Returns
    -------
    list of dict
    """
    names = {
        "dg": "drifting_gratings",
        "sg": "static_gratings",
        "ns": "natural_scenes",
        "lsn": "locally_sparse_noise",
        "nm2": "natural_movie_two",
        "nm3": "natural_movie_three",
        "a": "natural_movie_one",
        "b": "natural_movie_one",
        "c": "natural_movie_one",
    }
    if columns is None:
        columns = facts.published()["cell_specimens_columns"]
    mapped = [column for column in columns if column.rsplit("_", 1)[-1] in names]
    return [
        {
            "id": 1 + row,
            "item": column,
            "item_type": "M",
            "level": "R",
            "stimulus": names[column.rsplit("_", 1)[-1]],
        }
        for row, column in enumerate(mapped)
    ]


def table(name, seed, load):
    """One of the JSON files.

    Parameters
    ----------
    name : str
        One of `layout.TABLES`.
    seed : int
    load : callable
        Takes a session letter; returns that session's `metrics.Traces`.

    Returns
    -------
    str
        The file's text.
    """
    makers = {
        layout.MANIFEST: manifest,
        layout.CONTAINERS: experiment_containers,
        layout.EXPERIMENTS: ophys_experiments,
        layout.MAPPINGS: stimulus_mappings,
        layout.CELLS: lambda: cell_specimens(seed, load),
    }
    return json.dumps(makers[name](), indent=1, allow_nan=False)
