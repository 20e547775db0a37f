"""What may be computed over spontaneous epochs in place of the mean that is asked for.

Each function takes a `Way` and a session's letter, and yields numbers, or arrays of dF/F: with
and without each epoch's last frame, since both are accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

import numpy as np

from visual_coding_course.checking import Tolerance
from visual_coding_course.checking.way import Way

from .repeats import movie
from .truth import Recording, fluorescence, spontaneous_mean


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
    yield from outside_stimuli(way.dff(letter), way.recording(letter))


def outside_stimuli(trace: np.ndarray, recording: Recording) -> Iterator[float]:
    """Yield the mean of a trace over all frames in which no other stimulus was shown."""
    yield from _outside(trace, _stimuli(recording))


def elsewhere(way: Way, letter: str) -> Iterator[float]:
    """Yield the mean over all frames but those of the epochs."""
    yield from _outside(*_rest(way, letter))


def outside_movie(way: Way, letter: str) -> Iterator[float]:
    """Yield the mean over all frames but those of the movie, with and without its last one."""
    table = movie(way, letter)
    yield from _outside(way.dff(letter), [(table.start.min(), table.end.max())])


def with_ends_as_lengths(way: Way, letter: str) -> Iterator[float]:
    """Yield the mean over pieces that are as long as the number of their last frame."""
    trace, epochs = _rest(way, letter)
    yield np.concatenate([trace[first : first + last] for first, last in epochs]).mean()


def of_changed(way: Way, letter: str) -> Iterator[float]:
    """Yield the mean of a trace that was centred, z-scored or scaled before."""
    trace = way.dff(letter)
    for mean in of_frames(np.mean)(way, letter):
        for base in (trace.mean(), np.median(trace)):
            yield from (mean - base, (mean - base) / trace.std())
        yield mean / trace.max()
        yield (mean - trace.min()) / np.ptp(trace)


def at_the_ends(way: Way, letter: str) -> Iterator[float]:
    """Yield the mean over the first, over the last, and over both frames of each epoch."""
    trace, epochs = _rest(way, letter)
    yield from (trace[epochs[:, 0]].mean(), trace[epochs[:, 1]].mean(), trace[epochs].mean())


def over(trace: np.ndarray, recording: Recording) -> Iterator[float]:
    """Yield a trace's mean over all epochs of a recording."""
    for with_end in (False, True):
        yield spontaneous_mean(trace, recording.spontaneous_epochs, with_end)


def of_two_sessions(way: Way, letter: str, other: str) -> Iterator[float]:
    """Yield means over one session's epochs in another one's trace."""
    yield from over(way.dff(letter), way.recording(other))
    yield from over(way.dff(other), way.recording(letter))


def of_another_neuron(way: Way, letter: str, other: str) -> Iterator[float]:
    """Yield the mean of the neuron that has our cell index of another session."""
    recording = way.recording(letter)
    yield from over(recording.dff(recording.ids[way.index(other)]), recording)


def of_fluorescence(way: Way, letter: str) -> Iterator[float]:
    """Yield the means of what comes before dF/F."""
    recording = way.recording(letter)
    for trace in fluorescence(recording, way.cell_specimen_id):
        yield from over(trace, recording)


def during_movie(way: Way, letter: str) -> Iterator[float]:
    """Yield the mean over all frames of the movie, with and without what is between repeats."""
    trace, starts, table = way.dff(letter), way.starts(letter), movie(way, letter)
    yield from (trace[table.start.min() : last].mean() for last in (table.end.max(), starts[-1]))
    yield from (trace[table.start].mean(), way.response(letter).mean(), trace[starts].mean())


def rounded(way: Way, letter: str, exact: Tolerance) -> Iterator[float]:
    """Yield the mean, rounded to two to four decimals, where that is not near enough."""
    means = list(of_frames(np.mean)(way, letter))
    for mean in means:
        for digits in (4, 3, 2):
            short = np.round(mean, digits)
            if short and not any(exact.same(short, each) for each in means):
                yield short
