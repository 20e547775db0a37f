"""Questions 1 and 2: which sessions, which recordings, which row."""

from __future__ import annotations

from typing import Any

import pandas as pd

from . import truth, values
from .routes import Route, by_any_route


def experiments_table(experiments: Any, ways: list) -> None:
    """Check that the table holds the neuron's sessions, each once, and no others."""
    values.attempted("experiments", experiments)
    if not isinstance(experiments, pd.DataFrame):
        raise AssertionError(
            f"`experiments` is {values.kind(experiments)}. It should be a DataFrame: "
            "put the list of sessions into `pd.DataFrame(...)`."
        )
    ids = _id_column(experiments)

    def judge(route: Route) -> None:
        right = {session["id"] for session in route.sessions.values()}
        if len(set(ids) - right) > 0 and set(ids) & right:
            raise AssertionError(
                f"`experiments` has {len(ids)} rows, some of them sessions in which the neuron was "
                "not recorded. Filter the catalogue by the neuron's cell specimen id."
            )
        if not set(ids) & right:
            raise AssertionError(
                "None of the sessions in `experiments` is one of the neuron's. If you filter by "
                "neuron and by container at once, AllenSDK leaves the neuron's container out."
            )
        if set(ids) != right:
            raise AssertionError(
                f"`experiments` has {len(set(ids))} of the neuron's sessions, but it was recorded "
                "in more. Is there a filter too many?"
            )
        if len(ids) != len(right):
            raise AssertionError("`experiments` lists a session more than once.")

    by_any_route(ways, judge)


def _id_column(experiments: pd.DataFrame) -> list:
    if not len(experiments):
        raise AssertionError(
            "`experiments` is empty: no session passed the filter. If you filter by neuron and by "
            "container at once, AllenSDK leaves the neuron's container out."
        )
    if "id" in experiments.columns:
        ids = experiments["id"]
    elif experiments.index.name == "id":
        ids = experiments.index
    else:
        raise AssertionError(
            "`experiments` has no column `id`. Leave the columns as `get_ophys_experiments` "
            "returns them."
        )
    if isinstance(ids, pd.DataFrame):
        raise AssertionError("`experiments` has more than one column `id`.")
    return ids.tolist()


def experiments_details(experiments: Any, ways: list) -> None:
    """Check that each session of the table has its own type and container."""
    experiments_table(experiments, ways)
    table = experiments if "id" in experiments.columns else experiments.reset_index()
    if not {"session_type", "experiment_container_id"} <= set(table.columns):
        raise AssertionError(
            "`experiments` lacks the columns `session_type` and `experiment_container_id`. "
            "Leave the columns as `get_ophys_experiments` returns them."
        )

    def judge(route: Route) -> None:
        by_id = table.set_index("id")
        for session in route.sessions.values():
            row = by_id.loc[session["id"]]
            if any(row[key] != session[key] for key in ("session_type", "experiment_container_id")):
                raise AssertionError(
                    "In `experiments`, the session type or container of a session was changed."
                )

    by_any_route(ways, judge)


def session_id(letter: str, value: Any, ways: list) -> None:
    """Check the id of the neuron's session of one type."""
    name = f"id_{letter}"
    found = values.integer(name, value)

    def judge(route: Route) -> None:
        if found == route.session_id(letter):
            return
        for other, session in route.sessions.items():
            if found == session["id"]:
                raise AssertionError(
                    f"`{name}` is the neuron's session {other.upper()}. The table is not in the "
                    "order A, B, C: look the ids up by their session type."
                )
        if found in {session["experiment_container_id"] for session in route.sessions.values()}:
            raise AssertionError(f"`{name}` is the id of the container, not of a session.")
        if found == route.cell_specimen_id:
            raise AssertionError(f"`{name}` is the id of the neuron, not of a session.")
        raise AssertionError(
            f"`{name}` is not the id of a session in which the neuron was recorded. "
            "It stands in the column `id` of `experiments`."
        )

    by_any_route(ways, judge)


def container(value: Any, ways: list) -> None:
    """Check the id of the neuron's container."""
    found = values.integer("container_id", value)

    def judge(route: Route) -> None:
        containers = {session["experiment_container_id"] for session in route.sessions.values()}
        if found in containers:
            return
        if found in {session["id"] for session in route.sessions.values()}:
            raise AssertionError("`container_id` is the id of a session, not of the container.")
        raise AssertionError(
            "`container_id` is not the neuron's container. It is the same for all its sessions: "
            "see the column `experiment_container_id` of `experiments`."
        )

    by_any_route(ways, judge)


def opened(letter: str, value: Any, ways: list) -> None:
    """Check that the recording of the right session was opened."""
    name = f"data_set_{letter}"
    values.attempted(name, value)
    if not truth.is_recording(value):
        raise AssertionError(
            f"`{name}` is {values.kind(value)}. It should be the recording that "
            "`boc.get_ophys_experiment_data(...)` opens."
        )
    found = truth.recording(value).session_id

    def judge(route: Route) -> None:
        if found == route.session_id(letter):
            return
        for other, session in route.sessions.items():
            if found == session["id"]:
                raise AssertionError(
                    f"`{name}` is the recording of session {other.upper()}. "
                    f"Open it with `id_{letter}`."
                )
        raise AssertionError(f"`{name}` is the recording of a session of another container.")

    by_any_route(ways, judge)


def cell_index(letter: str, value: Any, ways: list) -> None:
    """Check the neuron's cell index in one session."""
    name = f"index_{letter}"
    found = values.integer(name, value)

    def judge(route: Route) -> None:
        if found == route.index(letter):
            return
        if found == route.cell_specimen_id:
            raise AssertionError(
                f"`{name}` is the neuron's cell specimen id. The index is its place in this "
                "recording: see `get_cell_specimen_indices`."
            )
        if found == route.index(letter) + 1:
            raise AssertionError(f"`{name}` is one too high: the first neuron has the index 0.")
        for other in truth.SESSIONS.replace(letter, ""):
            if found == route.index(other):
                raise AssertionError(
                    f"`{name}` is the neuron's index in session {other.upper()}. "
                    f"Each recording has its own order: ask `data_set_{letter}`."
                )
        raise AssertionError(
            f"`{name}` is the index of another neuron. Ask `data_set_{letter}` where it has "
            "the cell specimen id."
        )

    by_any_route(ways, judge)
