"""Mistakes in question 6: a function that cuts any neuron's trace into repeats of the movie."""

import numpy as np
from right import response

from checks import pieces, truth
from checks.forms import recognised
from visual_coding_course.checking import fit, looks, rewire, slip

#: Correlation with the right repeats from which on they are taken to be these, changed.
FOLLOWS = 0.5
#: They are compared with frames up to half as many earlier or later: that is another mistake.
MOST_LATE = 6
ARGUMENTS = (
    "Inside the function use only `data_set` and `cell_specimen_id`: no name that ends in _a, _b "
    "or _c, and no index that was found outside."
)

PLAIN = "Return the pieces of `get_dff_traces` as they are, without any arithmetic."


def wrong_rows(way, letter, other, cell_specimen_id):
    """Yield the response of who has this recording's row that the neuron has in another one."""
    here, there = way.recording(letter), way.recording(other)
    for wanted in (cell_specimen_id, way.cell_specimen_id):
        if wanted in there.ids:
            found = here.ids[there.index(wanted)]
            yield from (pieces.at(way, letter, found, way.starts(letter) + i) for i in (0, 1, -1))


def our_neuron(way, letter, other, cell_specimen_id):
    """Yield our neuron's response in this session, cut at its own or at another one's starts."""
    if cell_specimen_id != way.cell_specimen_id:
        yield way.response(letter)
        yield pieces.at(way, letter, way.cell_specimen_id, way.starts(other))


def other_traces(way, letter, cell_specimen_id):
    """Yield the response in every other kind of trace of the recording."""
    for trace in truth.fluorescence(way.recording(letter), cell_specimen_id):
        yield truth.cut(trace, way.starts(letter))


looks(
    response,
    "another session's array",
    lambda way, other, cell_specimen_id: (
        way.response(other, of) for of in (cell_specimen_id, way.cell_specimen_id)
    ),
    "`movie_response` returns session {other}'s response when it is called with the recording "
    "of session {letter}.",
    "From where does the function take the trace and the starts?",
    ARGUMENTS,
)

looks(
    response,
    "our neuron for any",
    our_neuron,
    "`movie_response` returns our neuron's response also when it is called with another one.",
    "Is the argument `cell_specimen_id` used, under the name that it has in the function?",
    ARGUMENTS,
)

looks(
    response,
    "cell index of another session",
    wrong_rows,
    "`movie_response` takes another neuron's trace in session {letter}: the row that is right "
    "in session {other}.",
    "The cell index differs between sessions: where does the function get it from?",
    "Ask this `data_set` for the neuron, by its specimen id: `get_dff_traces` takes a list of "
    "ids, so no index is needed.",
)

looks(
    response,
    "the first neuron",
    lambda way, letter: way.response(letter, way.recording(letter).ids[0]),
    "`movie_response` takes the trace of the first neuron in the recording.",
    "Whose traces does `get_dff_traces()` return when it is called without an id?",
    "Give `get_dff_traces` a list that holds the one id, `cell_specimen_id`; then row 0 is the "
    "neuron's.",
)

looks(
    response,
    "place among the sorted ids",
    pieces.by_rank,
    "`movie_response` takes the row at the neuron's place among the sorted ids.",
    "A recording keeps its neurons in an order of its own, not by the size of the id.",
    "Give `get_dff_traces` a list that holds the one id; then row 0 is the neuron's.",
)

looks(
    response,
    "another session's trace",
    lambda way, letter, other, cell_specimen_id: (
        pieces.at(way, other, of, way.starts(letter))
        for of in (way.cell_specimen_id, cell_specimen_id)
    ),
    "`movie_response` cuts session {other}'s trace when it is called with the recording of "
    "session {letter}.",
    "Which recording is the trace read from?",
    "Ask `data_set` for the trace of `cell_specimen_id` inside the function.",
)

slip(
    response,
    "mean taken across neurons",
    lambda recording, starts: truth.cut(recording.mean_dff, starts),
    "`movie_response` returns the mean over all neurons of the recording.",
    "One neuron is asked for: over what does the mean run?",
    "Give `get_dff_traces` a list that holds the one id, and take its only row, no mean.",
    slow=True,
)

looks(
    response,
    "another kind of trace",
    other_traces,
    "`movie_response` cuts another kind of trace than dF/F.",
    "A recording holds raw and corrected fluorescence, neuropil, and dF/F: which is read?",
    "Read the trace with `get_dff_traces`.",
)

looks(
    response,
    "percent for fraction",
    pieces.percent,
    "`movie_response` returns percent.",
    "In which unit does the recording give dF/F?",
    PLAIN,
)

looks(
    response,
    "rounded",
    lambda right: (np.round(right, digits) for digits in (2, 3, 1, 0)),
    "`movie_response` returns rounded values.",
    "dF/F is small, and rounding takes much of it away. Where is it rounded?",
    "Leave out `round`: only what is printed may be shortened.",
)

looks(
    response,
    "changed afterwards",
    pieces.changed,
    "`movie_response` cuts the right pieces, but their values were changed: shifted, rescaled, "
    "smoothed or cut off.",
    "What is done to them beside cutting?",
    PLAIN,
)

looks(
    response,
    "baseline taken off",
    pieces.less_a_baseline,
    "`movie_response` cuts the right pieces, but each is higher or lower by a number of its "
    "own, as when a baseline is taken off.",
    "dF/F is relative to a baseline already. What is subtracted from each piece?",
    PLAIN,
)

fit(
    response,
    "never filled",
    lambda value: np.size(value) and not np.any(value),
    "`movie_response` returns nothing but zeros.",
    "Is there a neuron or a recording that it does not know, or an error that is passed over?",
    ARGUMENTS,
)

rewire(
    response,
    "starts",
    "`movie_response` cuts session {letter}'s trace where the movie started in session {other}.",
    "The movie began at other imaging frames each day: which table are the starts from?",
    "Inside the function, call `starts_of_movie(data_set)`.",
    name="another session's starts",
)
rewire(
    response,
    "dff",
    "`movie_response` cuts session {other}'s trace when it is called with the recording of "
    "session {letter}.",
    "Which recording is the trace read from?",
    "Ask `data_set` for the trace of `cell_specimen_id` inside the function.",
    name="another session's trace",
)


def follows(value, right):
    """Whether repeats go up and down as they should, and when they should."""

    def alike(late):
        frames = right.shape[1] - MOST_LATE
        late_pairs = zip(value[:, late:][:, :frames], right[:, MOST_LATE // 2 :][:, :frames])
        return float(np.median([np.corrcoef(*pair)[0, 1] for pair in late_pairs]))

    by_lateness = [alike(late) for late in range(MOST_LATE + 1)]
    return int(np.argmax(by_lateness)) == MOST_LATE // 2 and max(by_lateness) > FOLLOWS


fit(
    response,
    "changed afterwards",
    follows,
    "`movie_response` cuts the right pieces, but their values were changed: shifted, rescaled, "
    "smoothed or cut off.",
    "What is done to them beside cutting?",
    PLAIN,
)
fit(
    response,
    "all neurons",
    lambda value, recording: len(recording.ids) in np.shape(value),
    "`movie_response` returns all neurons of the recording.",
    "One neuron is asked for: is its id used?",
    "Give `get_dff_traces` a list that holds the one id, and take the only row of the result.",
)

recognised(
    response,
    {
        "parts of different lengths": (
            "`movie_response` returns pieces of different lengths.",
            "Does each piece end where the next repeat starts? That is about 903 frames, not "
            "always.",
            "End each piece 900 frames after its start; all have the same length then.",
        ),
        "wrong number of frames": "A slice `dff[i:j]` has `j - i` frames. Let each end 900 frames "
        "after its start.",
        "wrong number of repeats": (
            "Print the starts inside the function: there should be ten, those of the rows in "
            "which `frame` is 0. Does the loop go through all of them?"
        ),
        "more than the response": (
            "`movie_response` returns two things.",
            "Only the array (10, 900) is asked for. `get_dff_traces` also returns two: times and "
            "dF/F.",
            "Name one thing after `return`: the stacked pieces.",
        ),
        "not a number": (
            "Look for the NaN in what the function returns: a row that was never filled, or a "
            "piece that goes past the end of the trace."
        ),
        "the cell specimen id as index": (
            "`movie_response` stopped with an error: it uses the cell specimen id as an index.",
            "Rows of an array are counted from 0. What is a neuron's row in this recording?",
            "Give `get_dff_traces` a list that holds the id; then row 0 of what it returns is the "
            "neuron's.",
        ),
        "stops with an error": (
            "Call the function yourself in a new cell, with `data_set_b` and an id of "
            "`data_set_b.get_cell_specimen_ids()`, and read the error's last line. It takes two "
            "arguments, and needs nothing that was made outside but other functions."
        ),
        "not a function": (
            "Write `def movie_response(data_set, cell_specimen_id):` and let its indented "
            "lines end with `return`; do not give the name to what it returns."
        ),
        "a list in place of an array": (
            "Put the pieces together with `np.stack`, and return what it makes: question 7 takes "
            "the mean of it with `axis=0`."
        ),
    },
)
