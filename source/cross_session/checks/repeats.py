"""What may be taken for the starts of the movie's repeats.

Each function takes a `Way` and a session's letter, and yields imaging frames, or what is taken
for them.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from visual_coding_course.checking.way import Way

from .truth import MOVIE, REPEATS


def movie(way: Way, letter: str) -> pd.DataFrame:
    """Return natural movie one's stimulus table, 9000 rows."""
    return way.recording(letter).table(MOVIE)


def ends(way: Way, letter: str) -> Iterator:
    """Yield the frames at which movie frame 0, the repeats, and movie frame 1 end."""
    table = movie(way, letter)
    yield table.end[table.frame == 0]
    yield table.groupby("repeat").end.max()
    yield table.groupby("repeat").start.max()
    yield table.end[table.frame == 1]


def one_repeat(way: Way, letter: str) -> Iterator:
    """Yield the starts of all movie frames of one repeat, and of the first ten."""
    table = movie(way, letter)
    for repeat in range(REPEATS):
        starts = table.start[table.repeat == repeat]
        yield from (starts, starts[:REPEATS])


def first_only(way: Way, letter: str) -> Iterator:
    """Yield the first start, and that of each repeat alone."""
    starts = way.starts(letter)
    yield starts[0]
    for start in starts:
        yield np.array([start])


def columns(way: Way, letter: str) -> Iterator:
    """Yield other columns of the rows in which a repeat begins, and the rows' numbers."""
    table = movie(way, letter)
    begins = table[table.frame == 0]
    yield from (begins.repeat, begins.frame, np.arange(1, REPEATS + 1), begins.index)


def other_movies(way: Way, letter: str) -> Iterator:
    """Yield the starts of every other movie of the session."""
    recording = way.recording(letter)
    for stimulus in recording.data_set.list_stimuli():
        if stimulus.startswith("natural_movie") and stimulus != MOVIE:
            table = recording.table(stimulus)
            yield from (table.start[table.frame == 0], table.start)


def other_stimuli(way: Way, letter: str) -> Iterator:
    """Yield the starts of every stimulus that is no movie, all and the first ten."""
    recording = way.recording(letter)
    for stimulus in recording.data_set.list_stimuli():
        if not stimulus.startswith("natural_movie"):
            starts = recording.table(stimulus).start
            yield from (starts, starts[:REPEATS])


def in_seconds(way: Way, letter: str) -> Iterator:
    """Yield the times of the starts, also counted from the first frame or by a frame rate."""
    times, starts = way.recording(letter).times, way.starts(letter)
    yield from (times[starts], times[starts] - times[0], np.round(times[starts]))
    yield from (starts / rate for rate in (30, 30.1, 31))
    yield starts * np.diff(times).mean()


def equal_steps(way: Way, letter: str) -> Iterator:
    """Yield starts that are equally far apart."""
    starts = way.starts(letter)
    for step in (900, 903, 899, 902, 904, 901, 898, 905):
        yield starts[0] + step * np.arange(REPEATS)
    yield np.linspace(starts[0], starts[-1], REPEATS).astype(int)
    yield np.linspace(starts[0], movie(way, letter).end.max(), REPEATS).astype(int)


def neighbours(way: Way, letter: str) -> Iterator:
    """Yield starts that are a frame or a few away, but for the movie's second frame.

    The rows before a new repeat are off by one row of the table.
    """
    table = movie(way, letter)
    changes = np.flatnonzero(np.diff(table.repeat))
    yield table.start.to_numpy()[np.append(0, changes)]
    second = table.start[table.frame == 1]
    for shift in (-1, 1, -2, 2, -3, 3):
        if not np.array_equal(way.starts(letter) + shift, second):
            yield way.starts(letter) + shift


def too_few(way: Way, letter: str) -> Iterator:
    """Yield the starts without the first or last, and the steps between them."""
    starts = way.starts(letter)
    yield from (starts[1:], starts[:-1], np.diff(starts))


def begin_and_end(way: Way, letter: str) -> Iterator:
    """Yield the first and last frame of the movie."""
    table = movie(way, letter)
    yield from ([table.start.min(), last] for last in (table.end.max(), table.start.max()))
