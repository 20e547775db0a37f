"""Mistakes in question 5: where the repeats of the movie start."""

import numpy as np
from recorded import starts

from checks import repeats
from checks.forms import recognised
from visual_coding_course.checking import fit, looks, slip

FIRST_FRAME = "Keep the rows of the table in which `frame` is 0, then take the column `start`."

ONE_EACH = "There should be one for each repeat. Which column tells where a repeat begins?"

AS_FRAMES = "Take the column `start` as it is: it counts imaging frames, as an index needs them."

CALL = "Call your function with `data_set_{small}`, and see that it uses its argument."

slip(
    starts,
    "every movie frame",
    lambda way, letter: repeats.movie(way, letter).start,
    "`{answer}` has {size} entries: one for each movie frame.",
    ONE_EACH,
    FIRST_FRAME,
)

looks(
    starts,
    "another session's array",
    lambda way, other: way.recording(other).movie_starts,
    "`{answer}` are the starts in session {other}.",
    "The movie began at other imaging frames each day: which recording is the table from?",
    CALL,
)

slip(
    starts,
    "frame 1 for frame 0",
    lambda way, letter: (table := repeats.movie(way, letter)).start[table.frame == 1],
    "`{answer}` are one frame late: there the movie's second frame was shown.",
    "The movie's frames are counted from 0. Was 1 added, or the wrong one chosen?",
    FIRST_FRAME,
)

slip(
    starts,
    "end for start",
    repeats.ends,
    "`{answer}` are the frames at which something of the movie ends, not where it starts.",
    "Which column of the table is taken, and of which rows?",
    FIRST_FRAME,
)

slip(
    starts,
    "one repeat only",
    repeats.one_repeat,
    "`{answer}` are frames of a single repeat: rows chosen by `repeat` alone.",
    ONE_EACH,
    FIRST_FRAME,
)

slip(
    starts,
    "the first start only",
    repeats.first_only,
    "`{answer}` holds a single start.",
    "The movie was shown ten times. Where does each repeat begin?",
    FIRST_FRAME,
)

slip(
    starts,
    "begin and end of the movie",
    repeats.begin_and_end,
    "`{answer}` has {size} entries, such as the movie's first and last frame.",
    ONE_EACH,
    FIRST_FRAME,
)

slip(
    starts,
    "another column",
    repeats.columns,
    "`{answer}` counts repeats, movie frames or rows of the table.",
    "Imaging frames are asked for. In which column do they stand?",
    FIRST_FRAME,
)

looks(
    starts,
    "the table of another movie",
    repeats.other_movies,
    "`{answer}` come from the table of another movie.",
    "All sessions share only one: see `list_stimuli()`.",
    "Read the table of `natural_movie_one`.",
)

looks(
    starts,
    "the table of another stimulus",
    repeats.other_stimuli,
    "`{answer}` come from the table of another stimulus.",
    "The movie is asked for that all sessions share: see `list_stimuli()`.",
    "Read the table of `natural_movie_one`.",
)

slip(
    starts,
    "frames counted in seconds",
    repeats.in_seconds,
    "`{answer}` are times in seconds.",
    "The stimulus table counts imaging frames, and these are asked for.",
    AS_FRAMES,
)

slip(
    starts,
    "repeats taken as equally long",
    repeats.equal_steps,
    "`{answer}` are equally far apart, by a fixed number of frames.",
    "Repeats are not exactly equally long: the table says where each of them begins.",
    FIRST_FRAME,
)

slip(
    starts,
    "off by one",
    repeats.neighbours,
    "`{answer}` are near the starts, but off by one frame or a few.",
    "Python counts frames from 0, and so does the table. Was something added or taken away?",
    AS_FRAMES,
)

looks(
    starts,
    "dF/F at the starts",
    lambda way, letter: way.dff(letter)[way.starts(letter)],
    "`{answer}` holds dF/F in the frames at which the repeats start.",
    "The numbers of these frames are asked for, not what the trace is there.",
    AS_FRAMES,
)

slip(
    starts,
    "a repeat too few",
    repeats.too_few,
    "`{answer}` has {size} entries, but the movie was shown ten times.",
    "Which repeat is left out, and why? Differences between starts are one fewer, too.",
    FIRST_FRAME,
)

fit(
    starts,
    "unsorted",
    lambda value, right: np.array_equal(np.sort(value), right),
    "`{answer}` has the right frames, but not in order of time.",
    "In which order does the table list the repeats?",
    "Leave the rows in the table's order, or sort with `np.sort`.",
)

recognised(
    starts,
    {
        "rows of the table": "Take the column `start` of these rows.",
        "not a number": AS_FRAMES,
        "an axis of length 1": "Take the only row, with `[0]`, or `.ravel()`.",
        "a function not called": CALL,
    },
)
