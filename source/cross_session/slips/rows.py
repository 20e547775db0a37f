"""Mistakes in question 6: which frames are cut out of the trace, and how they are put together."""

import numpy as np
from right import response

from checks import pieces, repeats, truth
from visual_coding_course.checking import fit, looks, slip

looks(
    response,
    "transposed array",
    lambda right: right.T,
    "`movie_response` returns an array of shape {shape}: rows and columns are exchanged.",
    "It should be repeats x imaging frames.",
    "Stack the pieces as rows, as `np.stack` does without `axis`; or turn the array with `.T`.",
)

slip(
    response,
    "off by one",
    pieces.neighbours,
    "`movie_response` is off by one imaging frame or a few.",
    "The first column should be the frame at which the repeat starts: frames count from 0.",
    "Begin each piece at `start` itself, where movie frame 0 was shown; add or take away nothing.",
)

looks(
    response,
    "moved in time",
    pieces.moved,
    "`movie_response` begins each piece a number of frames before or after the repeat's start.",
    "The first column should be the frame at which the repeat starts. Is anything added to it, or "
    "taken away?",
    "Begin each piece at `start` itself, where movie frame 0 was shown; add or take away nothing.",
)

slip(
    response,
    "end for start",
    lambda way, letter, dff: truth.cut(dff, repeats.movie(way, letter).end[::900]),
    "`movie_response` begins the repeats at `end`, when the first movie frame was over.",
    "Which column of the stimulus table tells when a movie frame came on?",
    "Take the column `start` of the rows in which `frame` is 0.",
)

slip(
    response,
    "the table of another movie",
    lambda way, letter, dff: (
        truth.cut(dff, starts)
        for starts in repeats.other_movies(way, letter)
        if len(starts) <= truth.MOST_STARTS
    ),
    "`movie_response` returns the neuron's response to another movie.",
    "Which movie was shown in all three sessions?",
    "Ask for the stimulus table of `natural_movie_one`.",
)

slip(
    response,
    "one repeat only",
    lambda way, letter, dff: truth.cut(dff, repeats.movie(way, letter).start[:10]),
    "`movie_response` starts each row one movie frame after the row before.",
    "The table has a row for each movie frame: which of them begin a repeat?",
    "Keep the rows in which `frame` is 0; taking the first ten rows stays in one repeat.",
)

slip(
    response,
    "repeats taken as equally long",
    pieces.even_pieces,
    "`movie_response` has the first repeat right, and cuts the others at even distances.",
    "Is the distance between two starts always the same, and is it the number of columns?",
    "Begin each row at the start of its own repeat, as the stimulus table has it.",
)

looks(
    response,
    "reshaped, not stacked",
    lambda right: (one for one in (right.T.reshape(10, 900), right.reshape(900, 10).T)),
    "`movie_response` holds the right numbers, but in the wrong rows and columns.",
    "`reshape` keeps the order of the numbers and does not turn an array: where is it used?",
    "Stack the pieces with `np.stack`, each as a row; no `reshape` is needed.",
)

slip(
    response,
    "movie frames for imaging frames",
    lambda way, letter, dff: dff[repeats.movie(way, letter).start].reshape(10, 900),
    "`movie_response` takes one imaging frame for each movie frame, so some are left out.",
    "The microscope is a little faster than the movie. Which frames are asked for?",
    "Take 900 imaging frames in a row from each start, as a slice of the trace.",
)

slip(
    response,
    "one repeat ten times",
    lambda way, letter, cell_specimen_id: (
        np.tile(row, (10, 1)) for row in way.response(letter, cell_specimen_id)
    ),
    "`movie_response` returns the same repeat in all ten rows.",
    "What changes from one turn of the loop to the next?",
    "In each turn take the piece that begins at that turn's own start.",
)

slip(
    response,
    "frames counted in seconds",
    pieces.in_seconds,
    "`movie_response` takes seconds for imaging frames.",
    "In which unit are `start` and `end` of a stimulus table?",
    "Use `start` as an index into the trace as it is, without times.",
)

looks(
    response,
    "mean over the repeats",
    lambda right: right.mean(axis=0),
    "`movie_response` returns the mean over the repeats already.",
    "Question 7 takes the mean; here each repeat has a row of its own.",
    "Return the stacked pieces as they are.",
)

looks(
    response,
    "a single repeat",
    lambda right: (row for row in right),
    "`movie_response` returns a single repeat.",
    "The movie was shown ten times: does the loop go on after `return`?",
    "Collect the pieces of all starts first, and return them, stacked, after the loop.",
)

looks(
    response,
    "repeats joined in one row",
    lambda right: right.ravel(),
    "`movie_response` returns all repeats one after the other, an array of shape {shape}.",
    "Each repeat should have a row of its own.",
    "Put the pieces on top of each other with `np.stack`; `np.concatenate` joins them.",
)

looks(
    response,
    "an axis too many",
    lambda right: (np.expand_dims(right, axis) for axis in (1, 0, 2)),
    "`movie_response` returns an array of shape {shape}: an axis of length 1 too many.",
    "For one neuron `get_dff_traces` returns an array with one row: was that row taken out?",
    "Take row 0 of the array before you cut it, so that the trace has one dimension.",
)

looks(
    response,
    "row not taken out",
    lambda way, letter: np.empty((10, 0, len(way.recording(letter).times))),
    "`movie_response` returns an array of shape {shape}, without a single number.",
    "For one neuron `get_dff_traces` returns an array with one row: what does a slice of it take, "
    "rows or frames?",
    "Take row 0 of the array before you cut it, so that the trace has one dimension.",
)

looks(
    response,
    "repeats or frames in another order",
    pieces.in_other_order,
    "`movie_response` holds the right repeats, but they or their frames come in another order.",
    "Rows and columns should follow time. Is anything sorted or reversed?",
    "Go through the starts in the order of the table, and stack the pieces in that order.",
)

STRETCHED = (
    "stretched to 900 frames",
    "`movie_response` squeezes each whole repeat, some 903 imaging frames, into 900 values.",
    "Its values lie between those of the trace. Are the pieces interpolated or resampled?",
    "Take the first 900 frames of each repeat as they are, and leave the last few out.",
)
slip(response, STRETCHED[0], pieces.stretched, *STRETCHED[1:])
fit(response, STRETCHED[0], pieces.like_stretched, *STRETCHED[1:])
