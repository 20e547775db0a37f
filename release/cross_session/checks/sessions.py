"""Questions 1 and 2: which sessions, which recordings, which row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from visual_coding_course.checking import values
from visual_coding_course.checking.mistakes import diagnosed
from visual_coding_course.checking.ways import by_any_route
from visual_coding_course.checking.wrong import Wrong

from . import truth
from .routes import Route

TABLE = "experiments"
AS_THEY_COME = "Leave the columns as `get_ophys_experiments` returns them."


@diagnosed
def experiments_table(experiments: Any, ways: list) -> None:
    """Check that the table holds the neuron's sessions, each once, and no others."""
    values.attempted(TABLE, experiments)
    if not isinstance(experiments, pd.DataFrame):
        raise Wrong(
            TABLE,
            "wrong_type",
            f"`{TABLE}` is {values.kind(experiments)}. It should be a DataFrame: "
            "put the list of sessions into `pd.DataFrame(...)`.",
            mistake="a list in place of a table" if isinstance(experiments, list) else "no table",
        )
    ids = _id_column(experiments)

    def judge(route: Route) -> None:
        right = {session["id"] for session in route.sessions.values()}
        if set(ids) != right:
            raise Wrong(
                TABLE,
                "wrong_value",
                f"`{TABLE}` has {len(ids)} rows, and some are sessions in which the neuron was not "
                "recorded. Filter the catalogue by its cell specimen id, and by nothing else.",
                value=np.sort(values.floats(ids)),
                likely="sessions of other neurons",
            )
        if len(ids) != len(right):
            raise Wrong(
                TABLE,
                "wrong_shape",
                f"`{TABLE}` has {len(ids)} rows: it lists a session more than once.",
                value=np.sort(values.floats(ids)),
                mistake="doubled rows",
            )

    by_any_route(ways, judge)


def _id_column(experiments: pd.DataFrame) -> list:
    if "id" in experiments.columns:
        ids = experiments["id"]
    elif experiments.index.name == "id":
        ids = experiments.index
    else:
        raise _no_ids(experiments)
    if isinstance(ids, pd.DataFrame):
        raise _changed(f"`{TABLE}` has more than one column `id`.")
    if not len(experiments):
        raise _no_rows()
    return ids.tolist()


def _no_ids(experiments: pd.DataFrame) -> Wrong:
    """Say what a table without a column of session ids is."""
    if not len(experiments):
        return _no_rows()
    if "cell_specimen_id" in experiments.columns:
        sentence = f"`{TABLE}` is a table of neurons, not of sessions: it has no column `id`."
        return Wrong(TABLE, "wrong_value", sentence, mistake="neurons in place of sessions")
    if "id" in experiments.index:
        sentence = f"`{TABLE}` has its rows and columns exchanged: `id` is the name of a row."
        return Wrong(TABLE, "wrong_shape", sentence, mistake="transposed array")
    return _changed(f"`{TABLE}` has no column `id`. {AS_THEY_COME}")


def _no_rows() -> Wrong:
    sentence = f"`{TABLE}` is empty: no session passed the filter."
    return Wrong(TABLE, "wrong_shape", sentence, mistake="an empty table")


def _changed(sentence: str) -> Wrong:
    return Wrong(TABLE, "wrong_shape", sentence, mistake="columns changed")


@diagnosed
def experiments_details(experiments: Any, ways: list) -> None:
    """Check that each session of the table has its own type and container."""
    experiments_table(experiments, ways)
    table = experiments if "id" in experiments.columns else experiments.reset_index()
    if not {"session_type", "experiment_container_id"} <= set(table.columns):
        raise _changed(
            f"`{TABLE}` lacks the columns `session_type` and `experiment_container_id`. "
            + AS_THEY_COME
        )

    def judge(route: Route) -> None:
        by_id = table.set_index("id")
        for session in route.sessions.values():
            row = by_id.loc[session["id"]]
            if any(row[key] != session[key] for key in ("session_type", "experiment_container_id")):
                raise Wrong(
                    TABLE,
                    "wrong_value",
                    f"In `{TABLE}`, the session type or container of a session was changed.",
                    mistake="rows mixed up",
                )

    by_any_route(ways, judge)


@diagnosed
def session_id(letter: str, value: Any, ways: list) -> None:
    """Check the id of the neuron's session of one type."""
    name = f"id_{letter}"
    found = values.integer(name, value)

    def judge(route: Route) -> None:
        if found != route.session_id(letter):
            raise Wrong(
                name,
                "wrong_value",
                f"`{name}` is not the id of a session in which the neuron was recorded. "
                f"It stands in the column `id` of `{TABLE}`.",
                value=found,
            )

    by_any_route(ways, judge)


@diagnosed
def container(value: Any, ways: list) -> None:
    """Check the id of the neuron's container."""
    found = values.integer("container_id", value)

    def judge(route: Route) -> None:
        sessions = route.sessions.values()
        if found not in {session["experiment_container_id"] for session in sessions}:
            raise Wrong(
                "container_id",
                "wrong_value",
                "`container_id` is not the neuron's container. It is the same for all its "
                f"sessions: see the column `experiment_container_id` of `{TABLE}`.",
                value=found,
            )

    by_any_route(ways, judge)


@diagnosed
def opened(letter: str, value: Any, ways: list) -> None:
    """Check that the recording of the right session was opened."""
    name = f"data_set_{letter}"
    values.attempted(name, value)
    if not truth.is_recording(value):
        raise Wrong(
            name,
            "wrong_type",
            f"`{name}` is {values.kind(value)}. It should be the recording that "
            "`boc.get_ophys_experiment_data(...)` opens.",
            mistake=_unopened(value),
        )
    found = truth.recording(value).session_id

    def judge(route: Route) -> None:
        if found != route.session_id(letter):
            raise Wrong(
                name,
                "wrong_value",
                f"`{name}` is the recording of a session of another container.",
                value=found,
                likely="another container's recording",
            )

    by_any_route(ways, judge)


def _unopened(value: Any) -> str:
    """Name what was given in the place of a recording."""
    names = {
        (str, Path): "a path in place of the recording",
        (int, np.integer): "an id in place of the recording",
        (list, tuple): "left as a list",
        (dict, pd.DataFrame): "the catalogue's entry in place of the recording",
    }
    for types, name in names.items():
        if isinstance(value, types):
            return name
    return "a function not called" if callable(value) else "not a recording"


@diagnosed
def cell_index(letter: str, value: Any, ways: list) -> None:
    """Check the neuron's cell index in one session."""
    name = f"index_{letter}"
    found = values.integer(name, value)

    def judge(route: Route) -> None:
        if found != route.index(letter):
            there = 0 <= found < len(route.recording(letter).ids)
            raise Wrong(
                name,
                "wrong_value",
                f"`{name}` is {'the index of another neuron' if there else 'not an index'} in "
                f"session {letter.upper()}. Ask `data_set_{letter}` where it has the cell "
                "specimen id.",
                value=found,
                likely="another neuron's index" if there else None,
            )

    by_any_route(ways, judge)
