"""Mistakes in question 6: a function that cuts any neuron's trace into repeats of the movie."""

import numpy as np

from checks import pieces, repeats, truth
from visual_coding_course.checking import Mistake

READ = ("numpy.stack", "https://numpy.org/doc/stable/reference/generated/numpy.stack.html")

SECOND_HINTS = {
    "movie_response": "Three steps, each from the two arguments alone: this neuron's trace, as a "
    "1-D array; where the repeats start in this recording (`starts_of_movie`); then a piece of "
    "900 frames from each start, stacked as rows.",
}

ARGUMENTS = (
    "Inside the function use only `data_set` and `cell_specimen_id`: no name that ends in _a, _b "
    "or _c, and no index that was found outside."
)
PLAIN = "Return the pieces of `get_dff_traces` as they are, without any arithmetic."


def wrong_rows(right, letter, other, neuron):
    """Yield the response of who has this recording's row that the neuron has in another one."""
    here, there = right.recording(letter), right.recording(other)
    for wanted in (neuron, right.cell_specimen_id):
        if wanted in there.ids:
            found = here.ids[there.index(wanted)]
            yield from (
                pieces.at(right, letter, found, right.starts(letter) + i) for i in (0, 1, -1)
            )


def our_neuron(right, letter, other, neuron):
    """Yield our neuron's response in this session, cut at its own or at another one's starts."""
    if neuron != right.cell_specimen_id:
        yield right.response(letter)
        yield pieces.at(right, letter, right.cell_specimen_id, right.starts(other))


def other_movies(right, letter, neuron):
    """Yield the response to every other movie of the session."""
    recording = right.recording(letter)
    for stimulus in recording.data_set.list_stimuli():
        if stimulus.startswith("natural_movie") and stimulus != truth.MOVIE:
            table = recording.table(stimulus)
            yield pieces.at(right, letter, neuron, table.start[table.frame == 0])


def other_traces(right, letter, neuron):
    """Yield the response in every other kind of trace of the recording."""
    for trace in truth.fluorescence(right.recording(letter), neuron):
        yield truth.cut(trace, right.starts(letter))


def extra_axes(right, letter, neuron):
    """Yield the response with an axis of length 1 somewhere."""
    response = right.response(letter, neuron)
    yield from (response[:, np.newaxis], response[np.newaxis], response[..., np.newaxis])


def of_all_neurons(right, letter, neuron, value=None):
    """Yield the mean over all neurons; only then read it, which may take time."""
    spread = np.std(right.response(letter, neuron))
    if value is None or (np.shape(value) == (10, 900) and np.std(value) < spread / 2):
        recording = right.recording(letter)
        yield truth.cut(recording.mean_dff, recording.movie_starts)


MISTAKES = [
    Mistake(
        "movie_response",
        "another session's array",
        "`movie_response` returns session {other}'s response when it is called with the recording "
        "of session {letter}.",
        "From where does the function take the trace and the starts?",
        ARGUMENTS,
        lambda right, other: right.response(other),
    ),
    Mistake(
        "movie_response",
        "our neuron for any",
        "`movie_response` returns our neuron's response also when it is called with another one.",
        "Is the argument `cell_specimen_id` used, under the name that it has in the function?",
        ARGUMENTS,
        our_neuron,
    ),
    Mistake(
        "movie_response",
        "cell index of another session",
        "`movie_response` takes another neuron's trace in session {letter}: the row that is right "
        "in session {other}.",
        "The cell index differs between sessions: where does the function get it from?",
        "Ask this `data_set` for the neuron, by its specimen id: `get_dff_traces` takes a list of "
        "ids, so no index is needed.",
        wrong_rows,
    ),
    Mistake(
        "movie_response",
        "the first neuron",
        "`movie_response` takes the trace of the first neuron in the recording.",
        "Whose traces does `get_dff_traces()` return when it is called without an id?",
        "Give `get_dff_traces` a list that holds the one id, `cell_specimen_id`; then row 0 is the "
        "neuron's.",
        lambda right, letter: right.response(letter, right.recording(letter).ids[0]),
    ),
    Mistake(
        "movie_response",
        "another session's starts",
        "`movie_response` cuts session {letter}'s trace where the movie started in session "
        "{other}.",
        "The movie began at other imaging frames each day: which table are the starts from?",
        "Inside the function, call `starts_of_movie(data_set)`.",
        lambda right, letter, other, neuron: pieces.at(right, letter, neuron, right.starts(other)),
    ),
    Mistake(
        "movie_response",
        "another session's trace",
        "`movie_response` cuts session {other}'s trace when it is called with the recording of "
        "session {letter}.",
        "Which recording is the trace read from?",
        "Ask `data_set` for the trace of `cell_specimen_id` inside the function.",
        lambda right, letter, other, neuron: (
            pieces.at(right, other, of, right.starts(letter))
            for of in (right.cell_specimen_id, neuron)
        ),
    ),
    Mistake(
        "movie_response",
        "transposed array",
        "`movie_response` returns an array of shape {shape}: rows and columns are exchanged.",
        "It should be repeats x imaging frames.",
        "Stack the pieces as rows, as `np.stack` does without `axis`; or turn the array with `.T`.",
        lambda right, letter, neuron: right.response(letter, neuron).T,
    ),
    Mistake(
        "movie_response",
        "off by one",
        "`movie_response` is off by one imaging frame or a few.",
        "The first column should be the frame at which the repeat starts: frames count from 0.",
        "Begin each piece at `start` itself, where movie frame 0 was shown; add or take away "
        "nothing.",
        pieces.neighbours,
    ),
    Mistake(
        "movie_response",
        "end for start",
        "`movie_response` begins the repeats at `end`, when the first movie frame was over.",
        "Which column of the stimulus table tells when a movie frame came on?",
        "Take the column `start` of the rows in which `frame` is 0.",
        lambda right, letter, neuron: pieces.at(
            right, letter, neuron, repeats.movie(right, letter).end[::900]
        ),
    ),
    Mistake(
        "movie_response",
        "the table of another movie",
        "`movie_response` returns the neuron's response to another movie.",
        "Which movie was shown in all three sessions?",
        "Ask for the stimulus table of `natural_movie_one`.",
        other_movies,
    ),
    Mistake(
        "movie_response",
        "one repeat only",
        "`movie_response` starts each row one movie frame after the row before.",
        "The table has a row for each movie frame: which of them begin a repeat?",
        "Keep the rows in which `frame` is 0; taking the first ten rows stays in one repeat.",
        lambda right, letter, neuron: pieces.at(
            right, letter, neuron, repeats.movie(right, letter).start[:10]
        ),
    ),
    Mistake(
        "movie_response",
        "repeats taken as equally long",
        "`movie_response` has the first repeat right, and cuts the others at even distances.",
        "Is the distance between two starts always the same, and is it the number of columns?",
        "Begin each row at the start of its own repeat, as the stimulus table has it.",
        pieces.even_pieces,
    ),
    Mistake(
        "movie_response",
        "reshaped, not stacked",
        "`movie_response` holds the right numbers, but in the wrong rows and columns.",
        "`reshape` keeps the order of the numbers and does not turn an array: where is it used?",
        "Stack the pieces with `np.stack`, each as a row; no `reshape` is needed.",
        pieces.folded,
    ),
    Mistake(
        "movie_response",
        "movie frames for imaging frames",
        "`movie_response` takes one imaging frame for each movie frame, so some are left out.",
        "The microscope is a little faster than the movie. Which frames are asked for?",
        "Take 900 imaging frames in a row from each start, as a slice of the trace.",
        lambda right, letter, neuron: (
            right.recording(letter).dff(neuron)[repeats.movie(right, letter).start].reshape(10, 900)
        ),
    ),
    Mistake(
        "movie_response",
        "one repeat ten times",
        "`movie_response` returns the same repeat in all ten rows.",
        "What changes from one turn of the loop to the next?",
        "In each turn take the piece that begins at that turn's own start.",
        lambda right, letter, neuron: (
            np.tile(row, (10, 1)) for row in right.response(letter, neuron)
        ),
    ),
    Mistake(
        "movie_response",
        "frames counted in seconds",
        "`movie_response` takes seconds for imaging frames.",
        "In which unit are `start` and `end` of a stimulus table?",
        "Use `start` as an index into the trace as it is, without times.",
        pieces.in_seconds,
    ),
    Mistake(
        "movie_response",
        "mean over the repeats",
        "`movie_response` returns the mean over the repeats already.",
        "Question 7 takes the mean; here each repeat has a row of its own.",
        "Return the stacked pieces as they are.",
        lambda right, letter, neuron: right.response(letter, neuron).mean(axis=0),
    ),
    Mistake(
        "movie_response",
        "a single repeat",
        "`movie_response` returns a single repeat.",
        "The movie was shown ten times: does the loop go on after `return`?",
        "Collect the pieces of all starts first, and return them, stacked, after the loop.",
        lambda right, letter, neuron: (row for row in right.response(letter, neuron)),
    ),
    Mistake(
        "movie_response",
        "repeats joined in one row",
        "`movie_response` returns all repeats one after the other, an array of shape {shape}.",
        "Each repeat should have a row of its own.",
        "Put the pieces on top of each other with `np.stack`; `np.concatenate` joins them.",
        lambda right, letter, neuron: right.response(letter, neuron).ravel(),
    ),
    Mistake(
        "movie_response",
        "an axis too many",
        "`movie_response` returns an array of shape {shape}: an axis of length 1 too many.",
        "For one neuron `get_dff_traces` returns an array with one row: was that row taken out?",
        "Take row 0 of the array before you cut it, so that the trace has one dimension.",
        extra_axes,
    ),
    Mistake(
        "movie_response",
        "all neurons",
        "`movie_response` returns all neurons of the recording.",
        "One neuron is asked for: is its id used?",
        "Give `get_dff_traces` a list that holds the one id, and take the only row of the result.",
    ),
    Mistake(
        "movie_response",
        "mean taken across neurons",
        "`movie_response` returns the mean over all neurons of the recording.",
        "One neuron is asked for: over what does the mean run?",
        "Give `get_dff_traces` a list that holds the one id, and take its only row, no mean.",
        of_all_neurons,
        slow=True,
    ),
    Mistake(
        "movie_response",
        "another kind of trace",
        "`movie_response` cuts another kind of trace than dF/F.",
        "A recording holds raw and corrected fluorescence, neuropil, and dF/F: which is read?",
        "Read the trace with `get_dff_traces`.",
        other_traces,
    ),
    Mistake(
        "movie_response",
        "percent for fraction",
        "`movie_response` returns percent.",
        "In which unit does the recording give dF/F?",
        PLAIN,
        pieces.percent,
    ),
    Mistake(
        "movie_response",
        "repeats or frames in another order",
        "`movie_response` holds the right repeats, but they or their frames come in another order.",
        "Rows and columns should follow time. Is anything sorted or reversed?",
        "Go through the starts in the order of the table, and stack the pieces in that order.",
        pieces.in_other_order,
    ),
    Mistake(
        "movie_response",
        "stretched to 900 frames",
        "`movie_response` squeezes each whole repeat, some 903 imaging frames, into 900 values.",
        "Its values lie between those of the trace. Are the pieces interpolated or resampled?",
        "Take the first 900 frames of each repeat as they are, and leave the last few out.",
        pieces.stretched,
    ),
    Mistake(
        "movie_response",
        "rounded",
        "`movie_response` returns rounded values.",
        "dF/F is small, and rounding takes much of it away. Where is it rounded?",
        "Leave out `round`: only what is printed may be shortened.",
        pieces.rounded,
    ),
    Mistake(
        "movie_response",
        "changed afterwards",
        "`movie_response` cuts the right pieces, but their values were changed: shifted, rescaled, "
        "smoothed or cut off.",
        "What is done to them beside cutting?",
        PLAIN,
        pieces.changed,
    ),
    Mistake(
        "movie_response",
        "baseline taken off",
        "`movie_response` cuts the right pieces, but each is higher or lower by a number of its "
        "own, as when a baseline is taken off.",
        "dF/F is relative to a baseline already. What is subtracted from each piece?",
        PLAIN,
        pieces.less_a_baseline,
    ),
    Mistake(
        "movie_response",
        "parts of different lengths",
        "`movie_response` returns pieces of different lengths.",
        "Does each piece end where the next repeat starts? That is about 903 frames, not always.",
        "End each piece 900 frames after its start; all have the same length then.",
    ),
    Mistake(
        "movie_response",
        "wrong number of frames",
        direct="A slice `dff[i:j]` has `j - i` frames. Let each end 900 frames after its start.",
    ),
    Mistake(
        "movie_response",
        "wrong number of repeats",
        direct="Print the starts inside the function: there should be ten, those of the rows in "
        "which `frame` is 0. Does the loop go through all of them?",
    ),
    Mistake(
        "movie_response",
        "more than the response",
        "`movie_response` returns two things.",
        "Only the array (10, 900) is asked for. `get_dff_traces` also returns two: times and dF/F.",
        "Name one thing after `return`: the stacked pieces.",
    ),
    Mistake(
        "movie_response",
        "not a number",
        direct="Look for the NaN in what the function returns: a row that was never filled, or a "
        "piece that goes past the end of the trace.",
    ),
    Mistake(
        "movie_response",
        "the cell specimen id as index",
        "`movie_response` stopped with an error: it uses the cell specimen id as an index.",
        "Rows of an array are counted from 0. What is a neuron's row in this recording?",
        "Give `get_dff_traces` a list that holds the id; then row 0 of what it returns is the "
        "neuron's.",
    ),
    Mistake(
        "movie_response",
        "stops with an error",
        direct="Call the function yourself in a new cell, with `data_set_b` and an id of "
        "`data_set_b.get_cell_specimen_ids()`, and read the error's last line. It takes two "
        "arguments, and needs nothing that was made outside but other functions.",
    ),
    Mistake(
        "movie_response",
        "not a function",
        direct="Write `def movie_response(data_set, cell_specimen_id):` and let its indented "
        "lines end with `return`; do not give the name to what it returns.",
    ),
]
