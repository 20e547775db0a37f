"""Mistakes in question 2: the recordings, and the neuron's cell index in each."""

from functools import lru_cache

import numpy as np

from visual_coding_course.checking import Mistake

READ = (
    "BrainObservatoryNwbDataSet, in AllenSDK's reference",
    "https://allensdk.readthedocs.io/en/latest/allensdk.core.brain_observatory_nwb_data_set.html",
)

SECOND_HINTS = {
    "data_set": "Call `boc.get_ophys_experiment_data` with `id_{small}`, a plain integer, and "
    "keep what it returns.",
    "index": "Call `data_set_{small}.get_cell_specimen_indices` with a list that holds our "
    "neuron's id, and take the only entry of what it returns.",
}

OPEN = "Which method of `boc` opens the recording of a session?"
OPEN_IT = "Call `boc.get_ophys_experiment_data(...)` with `id_{small}`, and keep what it returns."
ASK = "Which method of `data_set_{small}` tells where it has a cell specimen id?"
LOOK_UP = (
    "Call `get_cell_specimen_indices` of `data_set_{small}`, with our neuron's id in a list, and "
    "take the entry out of the list that it returns."
)
TAKE_IT = "Add `[0]`, which takes the first entry."


def neighbours(right, letter):
    """Yield the indices before and after the neuron's."""
    for shift in (1, -1):
        yield right.index(letter) + shift


def place_when_sorted(right, letter):
    """Yield the neuron's place among the sorted ids, from either end."""
    ids = right.recording(letter).ids
    place = np.searchsorted(np.sort(ids), right.cell_specimen_id)
    yield from (place, len(ids) - 1 - place)


@lru_cache(maxsize=4)
def place_in_catalogue(boc, cell_specimen_id):
    """Return the neuron's place among all neurons of the catalogue."""
    ids = [cell["cell_specimen_id"] for cell in boc.get_cell_specimens()]
    return ids.index(cell_specimen_id)


MISTAKES = [
    Mistake(
        "data_set",
        "another session's recording",
        "`{answer}` is the recording of session {other}.",
        "Which id was it opened with?",
        "Open it with `id_{small}`.",
        lambda right, other: right.session_id(other),
    ),
    Mistake(
        "data_set",
        "another container's recording",
        direct="Open it with `id_{small}` from question 1, once its check has passed.",
    ),
    Mistake(
        "data_set",
        "a path in place of the recording",
        "`{answer}` is a text, such as the path of the file, not the recording in it.",
        OPEN,
        OPEN_IT,
    ),
    Mistake(
        "data_set",
        "an id in place of the recording",
        "`{answer}` is a number, such as the session's id, not its recording.",
        OPEN,
        OPEN_IT,
    ),
    Mistake(
        "data_set",
        "the catalogue's entry in place of the recording",
        "`{answer}` is what the catalogue says about the session, not its recording.",
        OPEN,
        OPEN_IT,
    ),
    Mistake(
        "data_set",
        "left as a list",
        "`{answer}` is a list or a tuple.",
        "It should be one recording by itself. " + OPEN,
        OPEN_IT,
    ),
    Mistake("data_set", "a function not called", direct=OPEN_IT),
    Mistake("data_set", "not a recording", direct=OPEN_IT),
    Mistake(
        "index",
        "the cell specimen id as index",
        "`{answer}` is the neuron's cell specimen id.",
        "The index is its place in this recording, a row of its arrays. " + ASK,
        LOOK_UP,
        lambda right: right.cell_specimen_id,
    ),
    Mistake(
        "index",
        "cell index of another session",
        "`{answer}` is the neuron's index in session {other}.",
        "Each recording counts its neurons in an order of its own: which one was asked?",
        "Ask `data_set_{small}`, with the same line that you wrote for the other session.",
        lambda right, other: right.index(other),
    ),
    Mistake(
        "index",
        "off by one",
        "`{answer}` is the index of the neuron next to ours, off by one.",
        "The first neuron of a recording has the index 0. Was something added or taken away?",
        LOOK_UP,
        neighbours,
    ),
    Mistake(
        "index",
        "counted from the end",
        "`{answer}` is a negative number: the neuron's place counted from the end.",
        "The index counts from the first neuron, which has 0.",
        LOOK_UP,
        lambda right, letter: right.index(letter) - len(right.recording(letter).ids),
    ),
    Mistake(
        "index",
        "number of neurons",
        "`{answer}` is the number of neurons in the recording.",
        "The index is the place of one of them. " + ASK,
        LOOK_UP,
        lambda right, letter: len(right.recording(letter).ids),
    ),
    Mistake(
        "index",
        "the session's id",
        "`{answer}` is the id of the session.",
        "The index is the place of our neuron in the session's recording. " + ASK,
        LOOK_UP,
        lambda right, letter: right.session_id(letter),
    ),
    Mistake(
        "index",
        "place among sorted ids",
        "`{answer}` is the neuron's place among the sorted ids.",
        "A recording keeps its neurons in an order of its own, not by the size of the id. " + ASK,
        LOOK_UP,
        place_when_sorted,
    ),
    Mistake(
        "index",
        "place in the catalogue",
        "`{answer}` is the neuron's row in the table of all neurons of the catalogue.",
        "The index is its place in this one recording. " + ASK,
        LOOK_UP,
        lambda right: place_in_catalogue(right.boc, right.cell_specimen_id),
    ),
    Mistake(
        "index",
        "all neurons",
        "`{answer}` has {size} entries: one for each neuron of the recording.",
        "The index is one integer, the place of our neuron among them. " + ASK,
        LOOK_UP,
        lambda right, letter: right.recording(letter).ids,
    ),
    Mistake(
        "index",
        "a truth value for each neuron",
        "`{answer}` says for each of the {size} neurons whether it is ours.",
        "The index is the place where that is true.",
        "Take the place of the true one with `np.argmax(...)`, or ask `get_cell_specimen_indices`.",
        lambda right, letter: right.recording(letter).ids == right.cell_specimen_id,
    ),
    Mistake("index", "another neuron's index", direct=LOOK_UP),
    Mistake("index", "left as a list", direct=TAKE_IT),
    Mistake(
        "index",
        "several in place of one",
        "`{answer}` has {count} entries, but one integer is asked for.",
        ASK,
        LOOK_UP,
    ),
    Mistake(
        "index",
        "text for a number",
        direct="Leave the index as the recording gives it, without `str(...)` or quotes.",
    ),
    Mistake(
        "index",
        "a decimal number",
        direct="Leave the index as the recording gives it, or turn it back with `int(...)`.",
    ),
    Mistake("index", "not a number", direct=LOOK_UP),
    Mistake("index", "a truth value", direct=LOOK_UP),
    Mistake("index", "a function not called", direct=LOOK_UP),
]
