"""What may be computed over spontaneous epochs in place of the mean that is asked for.

Each function takes a `Way` and a session's letter, and yields numbers, or arrays of dF/F: with
and without each epoch's last frame, since both are accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

import numpy as np

from visual_coding_course.checking.way import Way

from .truth import Recording, spontaneous_mean


def _rest(way: Way, letter: str) -> tuple[np.ndarray, np.ndarray]:
    return way.dff(letter), way.recording(letter).spontaneous_epochs


def pieces(way: Way, letter: str) -> Iterator[list[np.ndarray]]:
    """Yield dF/F in each epoch, as a list."""
    trace, epochs = _rest(way, letter)
    for more in (0, 1):
        yield [trace[first : last + more] for first, last in epochs]


def frames(way: Way, letter: str) -> Iterator[np.ndarray]:
    """Yield dF/F in all frames of all epochs."""
    yield from map(np.concatenate, pieces(way, letter))


def of_frames(*statistics: Callable[[np.ndarray], float]) -> Callable:
    """Return a function that yields statistics of dF/F in all frames of all epochs."""

    def gives(way: Way, letter: str) -> Iterator[float]:
        for trace in frames(way, letter):
            for statistic in statistics:
                yield statistic(trace)

    return gives


def error(trace: np.ndarray) -> float:
    """Return the standard error of a mean over frames."""
    return trace.std(ddof=1) / np.sqrt(len(trace))


def single_epochs(way: Way, letter: str) -> Iterator[float]:
    """Yield the mean over one epoch, where there are several."""
    for means in each_epoch(way, letter):
        yield from means


def each_epoch(way: Way, letter: str) -> Iterator[list[float]]:
    """Yield the means of the epochs, where there are several."""
    for several in pieces(way, letter):
        if len(several) > 1:
            yield [piece.mean() for piece in several]


def medians(way: Way, letter: str) -> Iterator[float]:
    """Yield the median over all frames, of each epoch, the mean of these, that with the gaps."""
    yield from of_frames(np.median)(way, letter)
    for several in pieces(way, letter):
        of_each = [np.median(piece) for piece in several]
        yield from (*of_each, np.mean(of_each))
    yield from map(np.median, spans(way, letter))


def sums(way: Way, letter: str) -> Iterator[float]:
    """Yield the sum over all frames, and that of the epochs' means."""
    yield from of_frames(np.sum)(way, letter)
    yield from map(np.sum, each_epoch(way, letter))


def spans(way: Way, letter: str) -> Iterator[np.ndarray]:
    """Yield dF/F from the first epoch's start to the last one's end, where there are several."""
    trace, epochs = _rest(way, letter)
    for more in (0, 1) if len(epochs) > 1 else ():
        yield trace[epochs.min() : epochs.max() + more]


@lru_cache(maxsize=16)
def _stimuli(recording: Recording) -> np.ndarray:
    """Return first and last frame of each epoch with another stimulus, int (epochs, 2)."""
    table = recording.data_set.get_stimulus_epoch_table()
    return table.loc[table.stimulus != "spontaneous", ["start", "end"]].to_numpy(dtype=int)


def _outside(trace: np.ndarray, epochs: np.ndarray) -> Iterator[float]:
    for more in (0, 1):
        outside = np.ones(len(trace), dtype=bool)
        for first, last in epochs:
            outside[first : last + more] = False
        yield trace[outside].mean()


def without_stimuli(way: Way, letter: str) -> Iterator[float]:
    """Yield the mean over all frames in which no other stimulus was shown."""
    yield from _outside(way.dff(letter), _stimuli(way.recording(letter)))


def elsewhere(way: Way, letter: str) -> Iterator[float]:
    """Yield the mean over all frames but those of the epochs."""
    yield from _outside(*_rest(way, letter))


def at_the_ends(way: Way, letter: str) -> Iterator[float]:
    """Yield the mean over the first, over the last, and over both frames of each epoch."""
    trace, epochs = _rest(way, letter)
    yield from (trace[epochs[:, 0]].mean(), trace[epochs[:, 1]].mean(), trace[epochs].mean())


def over(trace: np.ndarray, recording: Recording) -> Iterator[float]:
    """Yield a trace's mean over all epochs of a recording."""
    for with_end in (False, True):
        yield spontaneous_mean(trace, recording.spontaneous_epochs, with_end)
