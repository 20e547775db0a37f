"""Which of a student's earlier answers can be built upon, and how a function of theirs is asked.

What follows from an earlier error is right, too. But only where there is something to follow: an
array of the right form, finite, and not the same everywhere; and for what compares repeats, or
sessions, these must differ. What comes of zeros, or of one array three times, comes without any
code: the mean is zero, the correlation is one. To take one session's array, or one repeat, for all
is a mistake that students make: if it is the recording's own, it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from visual_coding_course.checking import values
from visual_coding_course.checking.wrong import Broken, NotAttempted, Wrong

from . import exact, truth
from .truth import SESSIONS, VARIANTS, Recording

if TYPE_CHECKING:
    from .routes import Route

#: Of a mean response, also the mean over the wrong axis, and of a trace.
FEWEST_VALUES = truth.REPEATS
#: Imaging frames of a repeat: some students take whole repeats, of 903 frames or so.
FRAMES = (800, 1000)
#: Two pairs of sessions whose correlations differ by less than this are equally alike.
EQUALLY_ALIKE = 1e-6
#: Where among the neurons of all sessions that one stands with which it is seen, besides ours,
#: whether a student's function is right.
ANOTHER = 0.5


def call(movie_response: Callable, recording: Recording, cell_specimen_id: int) -> Any:
    """Call the student's function.

    Raises
    ------
    NotAttempted
        If it returns nothing.
    Wrong
        If it stops with an error, or is no function.
    Broken
        If it could not be called, or was not to be.
    """
    values.attempted("movie_response", movie_response)
    if not callable(movie_response):
        raise Wrong(
            "movie_response",
            "wrong_type",
            f"`movie_response` is {values.kind(movie_response)}. It should be a function: "
            "`def movie_response(data_set, cell_specimen_id): ...`",
            mistake="not a function",
        )
    try:
        result = movie_response(recording.data_set, int(cell_specimen_id))
    except Broken:
        raise
    except Exception as error:
        raise _stopped(error, int(cell_specimen_id)) from None
    if values.is_blank(result):
        sentence = "`movie_response` does not return anything yet."
        raise NotAttempted(sentence, "movie_response", returned=True)
    return result


def _stopped(error: Exception, cell_specimen_id: int) -> Wrong:
    """Say that a student's function stopped with an error, without the neuron's id."""
    reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    if isinstance(error, RuntimeError) and str(error):
        reason = str(error)
    lines = reason.strip().splitlines() or ["no message"]
    line = lines[-1] if lines[0].startswith("Traceback") else lines[0]
    # An id is named in a message when it was used as an index or a key.
    as_index = "IndexError" in line and str(cell_specimen_id) in line
    line = line.replace(str(cell_specimen_id), "cell_specimen_id")
    return Wrong(
        "movie_response",
        "wrong_value",
        "`movie_response` stopped with an error when it was called with a recording and a "
        f"neuron of it: {line[:300]}",
        mistake="the cell specimen id as index" if as_index else "stops with an error",
    )


def own_response(movie_response: Callable, recording: Recording, neuron: int) -> np.ndarray:
    """Return what the student's function gives for a neuron, if it can be built upon.

    Raises
    ------
    LookupError
        If it is not repeats x imaging frames, or the mean over the repeats is the same throughout.
    """
    result = values.floats(call(movie_response, recording, neuron))
    if result.ndim != 2 or len(result) != truth.REPEATS:
        raise LookupError("nothing to build upon")
    if not FRAMES[0] <= result.shape[1] <= FRAMES[1]:
        raise LookupError("nothing to build upon")
    return that_varies(result)


def that_varies(responses: np.ndarray) -> np.ndarray:
    """Return responses, repeats x frames, if their mean changes with time."""
    if not values.usable(responses.mean(axis=0)):
        raise LookupError("nothing to build upon")
    return responses


def read_earlier(name: str, value: Any) -> Any:
    """Return an earlier answer in plain form if it can be built upon, else None."""
    kind = VARIANTS.stem(name)
    if values.is_blank(value):
        return None
    if kind == "data_set":
        return value if truth.is_recording(value) else None
    if kind in ("id", "index"):
        if np.size(value) == 1 and not isinstance(value, (str, bool, float)):
            return values.integer(name, np.ravel(value)[0])
        return None
    if kind == "movie_response":
        return value if callable(value) else None
    if kind == "correlations":
        return value if _tells_pairs_apart(value) else None
    if kind == "movie_starts":
        return value if values.usable(value) and np.shape(value) == (truth.REPEATS,) else None
    whole = np.ndim(value) == 1 and np.size(value) >= FEWEST_VALUES
    return value if whole and values.usable(value) else None


def _tells_pairs_apart(table: Any) -> bool:
    """Whether a table of correlations says of some pair of sessions that it is more alike."""
    if not isinstance(table, pd.DataFrame) or table.shape != (3, 3):
        return False
    pairs = values.floats(table)[np.triu_indices(3, k=1)] if values.usable(table) else np.zeros(3)
    return bool(np.ptp(pairs) > EQUALLY_ALIKE)


def is_right(name: str, value: Any, right: Route) -> bool:
    """Whether an earlier answer is the truth, so that it opens no other route."""
    kind, letter = VARIANTS.stem(name), name[-1]
    if kind == "data_set":
        return truth.recording(value).session_id == right.session_id(letter)
    if kind == "id":
        return value == right.session_id(letter)
    if kind == "index":
        return value == right.index(letter)
    if kind == "movie_response":
        return _responds_rightly(value, right)
    if kind == "movie_starts":
        return np.array_equal(values.floats(value), right.starts(letter))
    known = {"dff": right.dff, "mean_response": right.mean}
    if kind in known:
        return exact.DFF.same(values.floats(value), known[kind](letter))
    return False


def _responds_rightly(movie_response: Callable, right: Route) -> bool:
    """Whether the student's function is right for our neuron, and for another one."""
    return all(
        exact.DFF.same(
            values.floats(call(movie_response, right.recording(letter), neuron)),
            right.response(letter, neuron),
        )
        for neuron in neurons_at(right, [ANOTHER])
        for letter in SESSIONS
    )


def neurons_at(right: Route, places: Iterable[float]) -> list[int]:
    """Our neuron, and those at some places, from 0 to 1, among the others in all sessions."""
    ours = int(right.cell_specimen_id)
    rest = [int(neuron) for neuron in right.shared_ids if neuron != ours]
    return [ours, *(rest[round(place * (len(rest) - 1))] for place in places)]


def need_different(means: list[np.ndarray], real: list[np.ndarray]) -> None:
    """Raise LookupError if three sessions are alike, and not because one stands for all.

    Parameters
    ----------
    means : list of numpy.ndarray
        What the student has of the three sessions, (frames,) each.
    real : list of numpy.ndarray
        What the recordings have.
    """
    if len({len(mean) for mean in means}) > 1:
        raise LookupError("nothing to build upon")
    alike = np.abs(np.corrcoef(means)).min() > 1 - EQUALLY_ALIKE
    if alike and not any(exact.DFF.same(mean, one) for mean in means for one in real):
        raise LookupError("nothing to build upon: the same in all sessions")


def need_repeats(responses: np.ndarray, real: list[np.ndarray]) -> None:
    """Raise LookupError if all repeats are the same, and no recording's.

    Parameters
    ----------
    responses : numpy.ndarray
        What the student has, repeats x frames.
    real : list of numpy.ndarray
        What the recordings have.
    """
    one = np.ptp(responses, axis=0).max() == 0
    if one and not any(exact.DFF.same(responses[0], row) for rows in real for row in rows):
        raise LookupError("nothing to build upon: one repeat that is made up")
