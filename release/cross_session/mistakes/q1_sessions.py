"""Mistakes in question 1: the sessions in which the neuron was recorded."""

from functools import lru_cache
from itertools import combinations

import numpy as np

from visual_coding_course.checking import Mistake

READ = (
    "The Brain Observatory, AllenSDK's notebook on its catalogue",
    "https://allensdk.readthedocs.io/en/latest/_static/examples/nb/brain_observatory.html",
)

SECOND_HINTS = {
    "experiments": "Put what `boc.get_ophys_experiments(cell_specimen_ids=[...])` returns for our "
    "neuron into `pd.DataFrame(...)`, and change nothing in the table.",
    "id": "Keep the row of `experiments` whose `session_type` is `three_session_{letter}`, and "
    "take its one entry in the column `id`.",
    "container_id": "Take the column `experiment_container_id` of `experiments`, and of it one "
    "entry, such as `.iloc[0]`: they are all the same.",
}

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


@lru_cache(maxsize=4)
def catalogue(boc):
    """Return all sessions of the catalogue, a list of dicts."""
    return boc.get_ophys_experiments()


def ids(sessions):
    """Return the sorted ids of sessions, or of containers."""
    return np.sort([session["id"] for session in sessions])


def left_out(right):
    """Yield the ids of one, and of two of the neuron's sessions."""
    ours = list(right.sessions.values())
    for count in range(1, len(ours)):
        yield from map(ids, combinations(ours, count))


def of_a_type(right):
    """Yield the ids of all sessions of the catalogue that are of one type of ours, or of more."""
    types = [ours["session_type"] for ours in right.sessions.values()]
    for count in range(1, len(types) + 1):
        for some in combinations(types, count):
            yield ids(s for s in catalogue(right.boc) if s["session_type"] in some)


def filtered_otherwise(right):
    """Yield the ids of the sessions that share a property with ours, and maybe their type."""
    everything = catalogue(right.boc)
    for key in ("imaging_depth", "targeted_structure", "cre_line", "donor_name"):
        for ours in right.sessions.values():
            alike = [s for s in everything if s[key] == ours[key]]
            if len(right.sessions) < len(alike) < len(everything):
                yield ids(alike)
                yield ids(s for s in alike if s["session_type"] == ours["session_type"])


def containers(right):
    """Yield the ids of all containers, and of the neuron's."""
    yield ids(right.boc.get_experiment_containers())
    yield container_ids(right)[:1]


def container_ids(right):
    """Return the ids of the containers of the neuron's sessions."""
    return np.array([s["experiment_container_id"] for s in right.sessions.values()])


def other_sessions(right):
    """Yield the ids of all sessions of other containers."""
    own = set(container_ids(right))
    for session in catalogue(right.boc):
        if session["experiment_container_id"] not in own:
            yield session["id"]


def other_containers(right):
    """Yield the ids of all other containers."""
    for container in right.boc.get_experiment_containers():
        if container["id"] not in container_ids(right):
            yield container["id"]


def session_ids(right):
    """Yield the ids of the neuron's sessions."""
    for session in right.sessions.values():
        yield session["id"]


def rows(right):
    """Yield the numbers of the table's rows."""
    yield from range(len(right.sessions))


MISTAKES = [
    Mistake(
        "experiments",
        "the whole catalogue",
        "`{answer}` has {size} rows: all sessions of the catalogue, those of other mice too.",
        BY_NEURON,
        FILTER,
        lambda right: ids(catalogue(right.boc)),
    ),
    Mistake(
        "experiments",
        "sessions left out",
        "`{answer}` has too few rows, {size}: the neuron was recorded in more sessions.",
        "Is there a filter too many, such as one for the session type?",
        FILTER,
        left_out,
    ),
    Mistake(
        "experiments",
        "filtered by session type only",
        "`{answer}` holds the sessions of certain types, of all mice and all neurons.",
        BY_NEURON,
        FILTER,
        of_a_type,
    ),
    Mistake(
        "experiments",
        "filtered by something else",
        "`{answer}` has {size} rows: sessions that are like ours in depth, area, or mouse line.",
        "Others share these, too. " + BY_NEURON,
        FILTER,
        filtered_otherwise,
    ),
    Mistake(
        "experiments",
        "containers in place of sessions",
        "`{answer}` is a table of containers: its `id` is that of a container.",
        "A container holds several sessions. Which method of `boc` lists experiments?",
        FILTER,
        containers,
    ),
    Mistake(
        "experiments",
        "sessions of other neurons",
        direct=FILTER,
    ),
    Mistake(
        "experiments",
        "doubled rows",
        "`{answer}` has {size} rows: it lists a session more than once.",
        "Was a part of the table added twice, or the same list put in again?",
        "Make the table once, from one call of `get_ophys_experiments`, and add nothing to it.",
    ),
    Mistake(
        "experiments",
        "an empty table",
        "`{answer}` is empty: no session passed the filter.",
        "Do you filter by neuron and by container at once? Then AllenSDK leaves out the very "
        "container that you ask for. Or is a session type misspelled?",
        FILTER,
    ),
    Mistake(
        "experiments",
        "neurons in place of sessions",
        "`{answer}` is a table of neurons: it has a row for each, with a cell specimen id.",
        "It should have a row for each session. Which method of `boc` lists experiments?",
        FILTER,
    ),
    Mistake(
        "experiments",
        "a list in place of a table",
        "`{answer}` is still the list that AllenSDK returns.",
        "It should be a DataFrame. The text above the cell names the function that makes one.",
        "Put the list between the parentheses of `pd.DataFrame(...)`.",
    ),
    Mistake("experiments", "no table", direct=FILTER),
    Mistake(
        "experiments",
        "transposed array",
        "`{answer}` has its rows and columns exchanged.",
        "Each row should be a session, each column one of its properties.",
        "Leave out `.T`: `pd.DataFrame(...)` makes a row of each dictionary in the list.",
    ),
    Mistake(
        "experiments",
        "columns changed",
        direct="Leave the table as `pd.DataFrame(...)` makes it from the list: drop, rename and "
        "add no columns.",
    ),
    Mistake(
        "experiments",
        "rows mixed up",
        direct="Sort whole rows with `experiments.sort_values(...)`, never one column alone.",
    ),
    Mistake(
        "id",
        "another session's id",
        "`{answer}` is the id of the neuron's session {other}.",
        "The table need not be in the order A, B, C. Which column tells the type of a session?",
        BY_TYPE,
        lambda right, other: right.session_id(other),
    ),
    Mistake(
        "id",
        "the container's id",
        "`{answer}` is the id of the container, which holds all three sessions.",
        "A session's own id stands in another column of `experiments`.",
        BY_TYPE,
        lambda right: container_ids(right)[0],
    ),
    Mistake(
        "id",
        "the neuron's id",
        "`{answer}` is the neuron's cell specimen id.",
        "A session has an id of its own. In which column of `experiments` does it stand?",
        BY_TYPE,
        lambda right: right.cell_specimen_id,
    ),
    Mistake(
        "id",
        "the row in place of the id",
        "`{answer}` is the number of a row in the table.",
        "The table's index only counts the rows. In which column does the session's id stand?",
        BY_TYPE,
        rows,
    ),
    Mistake(
        "id",
        "a session of another container",
        "`{answer}` is a session of another container: our neuron was not recorded in it.",
        "Look in `experiments`, not in the whole catalogue.",
        BY_TYPE,
        other_sessions,
    ),
    Mistake("id", "left as a list", direct=ONE_ENTRY),
    Mistake("id", "several in place of one", SEVERAL, "Which of them is it?", BY_TYPE),
    Mistake("id", "text for a number", direct=NO_QUOTES),
    Mistake(
        "id",
        "a decimal number",
        direct="Take the id from the column `id` as it is; or turn it back with `int(...)`.",
    ),
    Mistake("id", "not a number", direct=NO_ENTRY.format(column="id")),
    Mistake(
        "id",
        "rows of the table",
        "`{answer}` is a part of the table, with all its columns.",
        "It should be one integer: which column, and which entry of it?",
        "Take the column `id` of that row, and of it the one entry, with `.item()`.",
    ),
    Mistake(
        "container_id",
        "a session's id",
        "`{answer}` is the id of one session.",
        "The container holds all of the neuron's sessions. Which column of `experiments` has the "
        "same entry in every row?",
        "Take an entry of the column `experiment_container_id`.",
        session_ids,
    ),
    Mistake(
        "container_id",
        "the neuron's id",
        "`{answer}` is the neuron's cell specimen id.",
        "The container of its sessions has an id of its own: look through the table's columns.",
        "Take an entry of the column `experiment_container_id`.",
        lambda right: right.cell_specimen_id,
    ),
    Mistake(
        "container_id",
        "another container",
        "`{answer}` is a container, but not the one in which our neuron was recorded.",
        "Look in `experiments`, the table of the neuron's own sessions.",
        "Take an entry of the column `experiment_container_id` of `experiments`.",
        other_containers,
    ),
    Mistake(
        "container_id",
        "the whole column",
        "`{answer}` has {size} entries: one for each row of the table.",
        "They are all the same; the answer is one of them, a plain integer.",
        "Add `.iloc[0]` to the column to take its first entry.",
        container_ids,
    ),
    Mistake("container_id", "left as a list", direct=ONE_ENTRY),
    Mistake(
        "container_id",
        "several in place of one",
        SEVERAL,
        "All sessions of the neuron have the same container.",
        "Take one entry of the column `experiment_container_id`.",
    ),
    Mistake("container_id", "text for a number", direct=NO_QUOTES),
    Mistake(
        "container_id",
        "a decimal number",
        direct="Take an entry of the column `experiment_container_id` as it is.",
    ),
    Mistake(
        "container_id", "not a number", direct=NO_ENTRY.format(column="experiment_container_id")
    ),
]
