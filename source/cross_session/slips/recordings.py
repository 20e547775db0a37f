"""Mistakes in question 2: the recordings, and the neuron's cell index in each."""

import numpy as np
from recorded import index, recording

from checks.forms import recognised
from visual_coding_course.checking import fit, looks

OPEN = "Which method of `boc` opens the recording of a session?"

OPEN_IT = "Call `boc.get_ophys_experiment_data(...)` with `id_{small}`, and keep what it returns."

ASK = "Which method of `data_set_{small}` tells where it has a cell specimen id?"

LOOK_UP = (
    "Call `get_cell_specimen_indices` of `data_set_{small}`, with our neuron's id in a list, and "
    "take the entry out of the list that it returns."
)

TAKE_IT = "Add `[0]`, which takes the first entry."


def place_when_sorted(way, letter):
    """Yield the neuron's place among the sorted ids, from either end."""
    ids = way.recording(letter).ids
    place = np.searchsorted(np.sort(ids), way.cell_specimen_id)
    yield from (place, len(ids) - 1 - place)


def roi_id(way, letter):
    """Return the number of the neuron's ROI in the recording, which AllenSDK has as bytes."""
    recording = way.recording(letter)
    return int(recording.data_set.get_roi_ids()[recording.index(way.cell_specimen_id)])


def place_in_catalogue(boc, cell_specimen_id):
    """Return the neuron's place among all neurons of the catalogue."""
    ids = [cell["cell_specimen_id"] for cell in boc.get_cell_specimens()]
    return ids.index(cell_specimen_id)


looks(
    recording,
    "another session's recording",
    lambda way, other: way.session_id(other),
    "`{answer}` is the recording of session {other}.",
    "Which id was it opened with?",
    "Open it with `id_{small}`.",
)

fit(
    recording,
    "another container's recording",
    lambda value: True,
    "",
    direct="Open it with `id_{small}` from question 1, once its check has passed.",
)

looks(
    index,
    "the cell specimen id as index",
    lambda way: way.cell_specimen_id,
    "`{answer}` is the neuron's cell specimen id.",
    "The index is its place in this recording, a row of its arrays. " + ASK,
    LOOK_UP,
)

looks(
    index,
    "cell index of another session",
    lambda way, other: way.index(other),
    "`{answer}` is the neuron's index in session {other}.",
    "Each recording counts its neurons in an order of its own: which one was asked?",
    "Ask `data_set_{small}`, with the same line that you wrote for the other session.",
)

looks(
    index,
    "off by one",
    lambda right: (right + shift for shift in (1, -1)),
    "`{answer}` is the index of the neuron next to ours, off by one.",
    "The first neuron of a recording has the index 0. Was something added or taken away?",
    LOOK_UP,
)

looks(
    index,
    "counted from the end",
    lambda way, letter: way.index(letter) - len(way.recording(letter).ids),
    "`{answer}` is a negative number: the neuron's place counted from the end.",
    "The index counts from the first neuron, which has 0.",
    LOOK_UP,
)

looks(
    index,
    "number of neurons",
    lambda way, letter: len(way.recording(letter).ids),
    "`{answer}` is the number of neurons in the recording.",
    "The index is the place of one of them. " + ASK,
    LOOK_UP,
)

looks(
    index,
    "the session's id",
    lambda way, letter: way.session_id(letter),
    "`{answer}` is the id of the session.",
    "The index is the place of our neuron in the session's recording. " + ASK,
    LOOK_UP,
)

looks(
    index,
    "place among sorted ids",
    place_when_sorted,
    "`{answer}` is the neuron's place among the sorted ids.",
    "A recording keeps its neurons in an order of its own, not by the size of the id. " + ASK,
    LOOK_UP,
)

looks(
    index,
    "place in the catalogue",
    lambda way: place_in_catalogue(way.boc, way.cell_specimen_id),
    "`{answer}` is the neuron's row in the table of all neurons of the catalogue.",
    "The index is its place in this one recording. " + ASK,
    LOOK_UP,
)

looks(
    index,
    "ROI id in place of the index",
    roi_id,
    "`{answer}` is the id of the neuron's ROI in this session.",
    "The index counts the neurons of the recording: 0, 1, 2, … " + ASK,
    LOOK_UP,
)

looks(
    index,
    "all neurons",
    lambda way, letter: way.recording(letter).ids,
    "`{answer}` has {size} entries: one for each neuron of the recording.",
    "The index is one integer, the place of our neuron among them. " + ASK,
    LOOK_UP,
)

looks(
    index,
    "a truth value for each neuron",
    lambda way, letter: way.recording(letter).ids == way.cell_specimen_id,
    "`{answer}` says for each of the {size} neurons whether it is ours.",
    "The index is the place where that is true.",
    "Take the place of the true one with `np.argmax(...)`, or ask `get_cell_specimen_indices`.",
)

fit(
    index,
    "another neuron's index",
    lambda value, recording: 0 <= value < len(recording.ids),
    "",
    direct=LOOK_UP,
)

recognised(
    recording,
    {
        "a path in place of the recording": (
            "`{answer}` is a text, such as the path of the file, not the recording in it.",
            OPEN,
            OPEN_IT,
        ),
        "an id in place of the recording": (
            "`{answer}` is a number, such as the session's id, not its recording.",
            OPEN,
            OPEN_IT,
        ),
        "the catalogue's entry in place of the recording": (
            "`{answer}` is what the catalogue says about the session, not its recording.",
            OPEN,
            OPEN_IT,
        ),
        "left as a list": (
            "`{answer}` is a list or a tuple.",
            "It should be one recording by itself. " + OPEN,
            OPEN_IT,
        ),
        "a function not called": OPEN_IT,
        "not a recording": OPEN_IT,
    },
)

recognised(
    index,
    {
        "left as a list": TAKE_IT,
        "several in place of one": (
            "`{answer}` has {count} entries, but one integer is asked for.",
            ASK,
            LOOK_UP,
        ),
        "text for a number": "Leave the index as the recording gives it, without `str(...)` or "
        "quotes.",
        "a decimal number": "Leave the index as the recording gives it, or turn it back with "
        "`int(...)`.",
        "not a number": LOOK_UP,
        "a truth value": LOOK_UP,
        "a function not called": LOOK_UP,
    },
)
