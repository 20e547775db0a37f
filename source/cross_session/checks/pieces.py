"""What a function may return in place of a neuron's repeats of the movie.

Each function takes a `Way`, a session's letter and a neuron, and yields arrays, most of them of
10 repeats x 900 imaging frames.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.ndimage import gaussian_filter1d

from visual_coding_course.checking.way import Way

from .repeats import movie
from .truth import MOVIE_FRAMES, SESSIONS, cut

#: Values that are as near are the same: dF/F has six digits.
SAME = 1e-5
#: Correlation with whole repeats that were interpolated, and by how much it is above that with the
#: frames themselves, from which on repeats were squeezed, if by a filter of another kind.
LIKE_STRETCHED, CLEARLY = 0.94, 0.01


def at(way: Way, letter: str, cell_specimen_id: int, starts) -> np.ndarray:
    """Return the neuron's response at other starts."""
    return way.recording(letter).response(cell_specimen_id, np.asarray(starts))


def _ends(way: Way, letter: str) -> np.ndarray:
    return movie(way, letter).groupby("repeat").end.max().to_numpy()


def neighbours(way: Way, letter: str, cell_specimen_id: int) -> Iterator[np.ndarray]:
    """Yield the response from a frame or a few too early or too late, and up to each end."""
    for shift in (1, -1, 2, -2, 3, -3, 4, -4, 5, -5):
        yield at(way, letter, cell_specimen_id, way.starts(letter) + shift)
    ends = _ends(way, letter) - MOVIE_FRAMES
    yield from (at(way, letter, cell_specimen_id, ends + more) for more in (0, 1))


def moved(way: Way, letter: str, cell_specimen_id: int, value=None) -> Iterator[np.ndarray]:
    """Yield the response from as many frames before or after the starts as the answer has.

    Not from where the movie started in another session, which is another mistake.
    """
    starts, others = way.starts(letter), [way.starts(one)[0] for one in SESSIONS if one != letter]
    if np.shape(value) != (len(starts), MOVIE_FRAMES):
        return
    trace, first = way.recording(letter).dff(cell_specimen_id), np.asarray(value)[0]
    for place in np.flatnonzero(np.abs(trace[:-MOVIE_FRAMES] - first[0]) < SAME):
        same = np.abs(trace[place : place + MOVIE_FRAMES] - first).max() < SAME
        if same and place not in others:
            yield at(way, letter, cell_specimen_id, starts + place - starts[0])


def by_rank(way: Way, letter: str, cell_specimen_id: int) -> Iterator[np.ndarray]:
    """Yield the response of the row that a neuron would have if ids were sorted."""
    ids = way.recording(letter).ids
    yield way.response(letter, ids[np.searchsorted(np.sort(ids), cell_specimen_id)])


def even_pieces(way: Way, letter: str, cell_specimen_id: int) -> Iterator[np.ndarray]:
    """Yield one long piece divided evenly, and pieces that all have the same distance."""
    recording, first = way.recording(letter), way.starts(letter)[0]
    yield recording.dff(cell_specimen_id)[first : first + 9000].reshape(10, 900)
    for step in (903, 904, 902):
        yield recording.response(cell_specimen_id, first + step * np.arange(10))


def in_seconds(way: Way, letter: str, cell_specimen_id: int) -> Iterator[np.ndarray]:
    """Yield the response at the times of the starts, in seconds, taken as frames."""
    times = way.recording(letter).times[way.starts(letter)]
    for seconds in (times, way.starts(letter) / 30, way.starts(letter) / 30.1):
        yield at(way, letter, cell_specimen_id, seconds.astype(int))
        yield at(way, letter, cell_specimen_id, np.round(seconds).astype(int))


def stretched(way: Way, letter: str, cell_specimen_id: int) -> Iterator[np.ndarray]:
    """Yield the response when whole repeats are interpolated to 900 values."""
    trace, starts = way.recording(letter).dff(cell_specimen_id), way.starts(letter)
    ends = _ends(way, letter)
    following = np.append(starts[1:], starts[-1] + 903)
    lasts = (starts + 902, starts + 903, ends, ends - 1, following - 1, following)
    for last in lasts:
        frames = np.linspace(starts, last, 900, axis=1)
        yield np.interp(frames, np.arange(len(trace)), trace)


def like_stretched(value: np.ndarray, way: Way, letter: str, cell_specimen_id: int) -> bool:
    """Whether repeats are nearer to interpolated ones than to the frames: filtered besides."""

    def likeness(response: np.ndarray) -> float:
        pairs = zip(value, response, strict=True)
        return float(np.median([np.corrcoef(*pair)[0, 1] for pair in pairs]))

    by_frames = likeness(way.response(letter, cell_specimen_id))
    best = max(map(likeness, stretched(way, letter, cell_specimen_id)))
    return best > max(LIKE_STRETCHED, by_frames + CLEARLY)


def in_other_order(
    way: Way, letter: str, cell_specimen_id: int, value=None
) -> Iterator[np.ndarray]:
    """Yield the repeats in the order in which the answer has them, and the frames reversed."""
    response = way.response(letter, cell_specimen_id)
    order = np.arange(10)[::-1]
    if np.shape(value) == response.shape:
        order = [np.abs(response - row).max(axis=1).argmin() for row in np.asarray(value)]
    if sorted(order) == list(range(10)):
        yield response[order]
    yield response[:, ::-1]


def less_a_baseline(
    way: Way, letter: str, cell_specimen_id: int, value=None
) -> Iterator[np.ndarray]:
    """Yield each repeat less a number of its own, the one that the answer is lower by."""
    response = way.response(letter, cell_specimen_id)
    baseline = response[:, :30].mean(axis=1, keepdims=True)
    if np.shape(value) == response.shape:
        baseline = np.mean(response - value, axis=1, keepdims=True)
    yield response - baseline


def rescaled(way: Way, letter: str, cell_specimen_id: int) -> Iterator[np.ndarray]:
    """Yield the response, shifted or scaled in the usual ways."""
    response = way.response(letter, cell_specimen_id)
    for axis in (1, None, 0):
        centred = response - response.mean(axis=axis, keepdims=True)
        yield centred
        yield centred / response.std(axis=axis, keepdims=True)
        yield response / response.max(axis=axis, keepdims=True)
    yield response - response[:, :1]
    yield response - np.median(response)


def smoothed(way: Way, letter: str, cell_specimen_id: int) -> Iterator[np.ndarray]:
    """Yield the response with each frame averaged with those around it, and the trace so cut."""
    trace, starts = way.recording(letter).dff(cell_specimen_id), way.starts(letter)
    response = way.response(letter, cell_specimen_id)
    for frames in (3, 5, 10, 30, 7, 9, 15, 20):
        window = np.ones(frames) / frames
        yield np.array([np.convolve(row, window, "same") for row in response])
        yield cut(np.convolve(trace, window, "same"), starts)
    for sigma in (1, 2, 3, 5):
        yield gaussian_filter1d(response, sigma, axis=1)
        yield cut(gaussian_filter1d(trace, sigma), starts)


def changed(way: Way, letter: str, cell_specimen_id: int) -> Iterator[np.ndarray]:
    """Yield the response, shifted, scaled, or smoothed."""
    yield from rescaled(way, letter, cell_specimen_id)
    yield from smoothed(way, letter, cell_specimen_id)


def percent(way: Way, letter: str, cell_specimen_id: int) -> Iterator[np.ndarray]:
    """Yield the response in percent, also when it is cut a few frames off."""
    yield 100 * way.response(letter, cell_specimen_id)
    yield from (100 * response for response in neighbours(way, letter, cell_specimen_id))
