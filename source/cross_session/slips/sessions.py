"""Mistakes in question 1: the sessions in which the neuron was recorded."""

from itertools import combinations

import numpy as np
from recorded import container, experiments, session_id

from checks.forms import recognised
from visual_coding_course.checking import looks

BY_NEURON = "Which argument of `get_ophys_experiments` asks for the sessions of a neuron?"

FILTER = (
    "Call `get_ophys_experiments` with the one argument `cell_specimen_ids`, a list that holds "
    "our neuron's id, and put what it returns into a DataFrame."
)

BY_TYPE = "Select the row by its `session_type`, then take its entry in the column `id`."

SEVERAL = "`{answer}` has {count} entries, but one integer is asked for."

ONE_ENTRY = "Of a Series or an array `.item()` does so, of a list `[0]`."

NO_ENTRY = (
    "Look at what you select from `experiments`: does the row have an entry in the column "
    "`{column}`? `where`, `reindex` and `merge` leave NaN where they find none."
)

NO_QUOTES = "Leave the number as it comes from the table, without `str(...)` and without quotes."


def catalogue(boc):
    """Return all sessions of the catalogue, a list of dicts."""
    return boc.get_ophys_experiments()


def ids(sessions):
    """Return the sorted ids of sessions, or of containers."""
    return np.sort([session["id"] for session in sessions])


def left_out(way):
    """Yield the ids of one, and of two of the neuron's sessions."""
    ours = list(way.sessions.values())
    for count in range(1, len(ours)):
        yield from map(ids, combinations(ours, count))


def of_a_type(way):
    """Yield the ids of all sessions of the catalogue that are of one type of ours, or of more."""
    types = [ours["session_type"] for ours in way.sessions.values()]
    for count in range(1, len(types) + 1):
        for some in combinations(types, count):
            yield ids(s for s in catalogue(way.boc) if s["session_type"] in some)


def filtered_otherwise(way):
    """Yield the ids of the sessions that share a property with ours, and maybe their type."""
    everything = catalogue(way.boc)
    for key in ("imaging_depth", "targeted_structure", "cre_line", "donor_name"):
        for ours in way.sessions.values():
            alike = [s for s in everything if s[key] == ours[key]]
            if len(way.sessions) < len(alike) < len(everything):
                yield ids(alike)
                yield ids(s for s in alike if s["session_type"] == ours["session_type"])


def containers(way):
    """Yield the ids of all containers, and of the neuron's."""
    yield ids(way.boc.get_experiment_containers())
    yield container_ids(way)[:1]


def container_ids(way):
    """Return the ids of the containers of the neuron's sessions."""
    return np.array([s["experiment_container_id"] for s in way.sessions.values()])


def other_sessions(way):
    """Yield the ids of all sessions of other containers."""
    own = set(container_ids(way))
    for session in catalogue(way.boc):
        if session["experiment_container_id"] not in own:
            yield session["id"]


def other_containers(way):
    """Yield the ids of all other containers."""
    for one in way.boc.get_experiment_containers():
        if one["id"] not in container_ids(way):
            yield one["id"]


looks(
    experiments,
    "the whole catalogue",
    lambda way: ids(catalogue(way.boc)),
    "`{answer}` has {size} rows: all sessions of the catalogue, those of other mice too.",
    BY_NEURON,
    FILTER,
)

looks(
    experiments,
    "sessions left out",
    left_out,
    "`{answer}` has too few rows, {size}: the neuron was recorded in more sessions.",
    "Is there a filter too many, such as one for the session type?",
    FILTER,
)

looks(
    experiments,
    "filtered by session type only",
    of_a_type,
    "`{answer}` holds the sessions of certain types, of all mice and all neurons.",
    BY_NEURON,
    FILTER,
)

looks(
    experiments,
    "filtered by something else",
    filtered_otherwise,
    "`{answer}` has {size} rows: sessions that are like ours in depth, area, or mouse line.",
    "Others share these, too. " + BY_NEURON,
    FILTER,
)

looks(
    experiments,
    "containers in place of sessions",
    containers,
    "`{answer}` is a table of containers: its `id` is that of a container.",
    "A container holds several sessions. Which method of `boc` lists experiments?",
    FILTER,
)

looks(
    session_id,
    "another session's id",
    lambda way, other: way.session_id(other),
    "`{answer}` is the id of the neuron's session {other}.",
    "The table need not be in the order A, B, C. Which column tells the type of a session?",
    BY_TYPE,
)

looks(
    session_id,
    "the container's id",
    lambda way: container_ids(way)[0],
    "`{answer}` is the id of the container, which holds all three sessions.",
    "A session's own id stands in another column of `experiments`.",
    BY_TYPE,
)

looks(
    session_id,
    "the neuron's id",
    lambda way: way.cell_specimen_id,
    "`{answer}` is the neuron's cell specimen id.",
    "A session has an id of its own. In which column of `experiments` does it stand?",
    BY_TYPE,
)

looks(
    session_id,
    "the row in place of the id",
    lambda sessions: (row for row in range(len(sessions))),
    "`{answer}` is the number of a row in the table.",
    "The table's index only counts the rows. In which column does the session's id stand?",
    BY_TYPE,
)

looks(
    session_id,
    "a session of another container",
    other_sessions,
    "`{answer}` is a session of another container: our neuron was not recorded in it.",
    "Look in `experiments`, not in the whole catalogue.",
    BY_TYPE,
)

looks(
    container,
    "a session's id",
    lambda sessions: (session["id"] for session in sessions.values()),
    "`{answer}` is the id of one session.",
    "The container holds all of the neuron's sessions. Which column of `experiments` has the "
    "same entry in every row?",
    "Take an entry of the column `experiment_container_id`.",
)

looks(
    container,
    "the neuron's id",
    lambda way: way.cell_specimen_id,
    "`{answer}` is the neuron's cell specimen id.",
    "The container of its sessions has an id of its own: look through the table's columns.",
    "Take an entry of the column `experiment_container_id`.",
)

looks(
    container,
    "another container",
    other_containers,
    "`{answer}` is a container, but not the one in which our neuron was recorded.",
    "Look in `experiments`, the table of the neuron's own sessions.",
    "Take an entry of the column `experiment_container_id` of `experiments`.",
)

looks(
    container,
    "the whole column",
    container_ids,
    "`{answer}` has {size} entries: one for each row of the table.",
    "They are all the same; the answer is one of them, a plain integer.",
    "Add `.iloc[0]` to the column to take its first entry.",
)

recognised(
    experiments,
    {
        "sessions of other neurons": FILTER,
        "doubled rows": (
            "`{answer}` has {size} rows: it lists a session more than once.",
            "Was a part of the table added twice, or the same list put in again?",
            "Make the table once, from one call of `get_ophys_experiments`, and add nothing to it.",
        ),
        "an empty table": (
            "`{answer}` is empty: no session passed the filter.",
            "Do you filter by neuron and by container at once? Then AllenSDK leaves out the very "
            "container that you ask for. Or is a session type misspelled?",
            FILTER,
        ),
        "neurons in place of sessions": (
            "`{answer}` is a table of neurons: it has a row for each, with a cell specimen id.",
            "It should have a row for each session. Which method of `boc` lists experiments?",
            FILTER,
        ),
        "a list in place of a table": (
            "`{answer}` is still the list that AllenSDK returns.",
            "It should be a DataFrame. The text above the cell names the function that makes one.",
            "Put the list between the parentheses of `pd.DataFrame(...)`.",
        ),
        "no table": FILTER,
        "transposed array": (
            "`{answer}` has its rows and columns exchanged.",
            "Each row should be a session, each column one of its properties.",
            "Leave out `.T`: `pd.DataFrame(...)` makes a row of each dictionary in the list.",
        ),
        "columns changed": (
            "Leave the table as `pd.DataFrame(...)` makes it from the list: drop, rename and "
            "add no columns."
        ),
        "rows mixed up": "Sort whole rows with `experiments.sort_values(...)`, never one column "
        "alone.",
    },
)

recognised(
    session_id,
    {
        "left as a list": ONE_ENTRY,
        "several in place of one": (
            SEVERAL,
            "Which of them is it?",
            BY_TYPE,
        ),
        "text for a number": NO_QUOTES,
        "a decimal number": "Take the id from the column `id` as it is; or turn it back with "
        "`int(...)`.",
        "not a number": NO_ENTRY.format(column="id"),
        "rows of the table": (
            "`{answer}` is a part of the table, with all its columns.",
            "It should be one integer: which column, and which entry of it?",
            "Take the column `id` of that row, and of it the one entry, with `.item()`.",
        ),
    },
)

recognised(
    container,
    {
        "left as a list": ONE_ENTRY,
        "several in place of one": (
            SEVERAL,
            "All sessions of the neuron have the same container.",
            "Take one entry of the column `experiment_container_id`.",
        ),
        "text for a number": NO_QUOTES,
        "a decimal number": "Take an entry of the column `experiment_container_id` as it is.",
        "not a number": NO_ENTRY.format(column="experiment_container_id"),
    },
)
