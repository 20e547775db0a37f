"""Judge functions by what they return for a recording that no notebook has opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np

from visual_coding_course.checking import values
from visual_coding_course.checking.asking import AS_IT_IS, Asked
from visual_coding_course.checking.expecting import judge_answer, steps_of
from visual_coding_course.checking.steps import Step
from visual_coding_course.checking.wrong import Broken, Wrong
from visual_coding_course.recordings.another import another

from . import truth
from .epochs import outside_stimuli
from .truth import Recording

#: Of which session the other recording is: one with several spontaneous epochs.
LIKE = "c"
#: What an error says where a function was given other arguments than the scaffold's.
OTHER_ARGUMENTS = "positional argument"


def starts_elsewhere(boc: Any, cell_specimen_id: int) -> list[tuple]:
    """What `starts_of_movie` is called with."""
    return [(_elsewhere(boc, cell_specimen_id).data_set,)]


def means_elsewhere(boc: Any, cell_specimen_id: int) -> list[tuple]:
    """What `mean_when_spontaneous` is called with: the recording, and our neuron's dF/F in it."""
    there = _elsewhere(boc, cell_specimen_id)
    return [(there.data_set, there.dff(cell_specimen_id))]


def responses_elsewhere(boc: Any, cell_specimen_id: int) -> list[tuple]:
    """What `movie_response` is called with: our neuron, and the first one of the file."""
    there = _elsewhere(boc, cell_specimen_id)
    return [(there.data_set, neuron) for neuron in (int(cell_specimen_id), int(there.ids[0]))]


def starts_right_elsewhere(
    steps: Any, starts_of_movie: Any, movie_starts_c: Any, boc: Any, cell_specimen_id: int
) -> None:
    """Check what `starts_of_movie` returns."""
    right = _elsewhere(boc, cell_specimen_id).movie_starts
    calls = starts_elsewhere(boc, cell_specimen_id)
    with _only_elsewhere(steps, "movie_starts_c", movie_starts_c, boc, cell_specimen_id):
        _judge("starts_of_movie", starts_of_movie, calls, steps.starts, [[right]], strictly=True)


def means_right_elsewhere(
    steps: Any, mean_when_spontaneous: Any, spontaneous_mean_c: Any, boc: Any, cell_specimen_id: int
) -> None:
    """Check what `mean_when_spontaneous` returns."""
    there = _elsewhere(boc, cell_specimen_id)
    trace, epochs = there.dff(cell_specimen_id), there.spontaneous_epochs
    rights = [truth.spontaneous_mean(trace, epochs, with_end) for with_end in (True, False)]
    calls = means_elsewhere(boc, cell_specimen_id)
    with _only_elsewhere(steps, "spontaneous_mean_c", spontaneous_mean_c, boc, cell_specimen_id):
        _judge("mean_when_spontaneous", mean_when_spontaneous, calls, steps.spontaneous, [rights],
               slips=_slips_in_means(trace, there))  # fmt: skip


def _slips_in_means(trace: np.ndarray, there: Recording) -> dict[str, list[float]]:
    """By the name of a slip, what it gives there, where it may give nothing else at home."""
    of_each = [
        [trace[first : end + more].mean() for first, end in there.spontaneous_epochs]
        for more in (1, 0)
    ]
    return {
        "mean of the epochs' means": [np.mean(means) for means in of_each],
        "gaps between stimuli included": list(outside_stimuli(trace, there)),
    }


def responses_right_elsewhere(
    steps: Any, movie_response: Any, starts_of_movie: Any, boc: Any, cell_specimen_id: int
) -> None:
    """Check what `movie_response` returns, where the student's own function says that it starts."""
    calls = responses_elsewhere(boc, cell_specimen_id)
    there = _elsewhere(boc, cell_specimen_id)
    starts = [there.movie_starts, *_own_starts(steps, starts_of_movie, there)]
    rights = [[there.response(neuron, some) for some in starts] for _, neuron in calls]
    asked = Asked(each=steps.neurons_at(steps.ANOTHER))
    with _only_elsewhere(steps, "movie_response", movie_response, boc, cell_specimen_id, asked):
        _judge("movie_response", movie_response, calls, steps.response, rights)


def _own_starts(steps: Any, starts_of_movie: Any, there: Recording) -> list[np.ndarray]:
    """Where a student's function says that the movie starts, if pieces can be cut out there."""
    try:
        starts = steps.starts.form.read("", starts_of_movie(there.data_set)).astype(int)
        truth.cut(there.times, starts)
    except Broken:
        raise
    except Exception:
        # What it raises, or returns, is its own question's.
        return []
    return [starts]


@contextmanager
def _only_elsewhere(
    steps: Any,
    answer: str,
    value: Any,
    boc: Any,
    cell_specimen_id: int,
    asked: Asked = AS_IT_IS,
) -> Iterator[None]:
    """Judge in the block; of what is not right for our own recordings, either, say what is wrong.

    Raises
    ------
    NotAttempted, Wrong
    """
    values.attempted(answer, value)
    try:
        yield
    except Wrong:
        given = {"boc": boc, "cell_specimen_id": cell_specimen_id}
        judge_answer(steps_of(steps), answer, value, given, {}, asked=asked)
        raise


def _elsewhere(boc: Any, cell_specimen_id: int) -> Recording:
    session = truth.neuron_sessions(boc, int(cell_specimen_id))[LIKE]
    known = truth.session_recording(boc, session["id"])
    return _another(str(known.data_set.nwb_file))


@lru_cache(maxsize=8)
def _another(nwb_file: str) -> Recording:
    from allensdk.core.brain_observatory_nwb_data_set import BrainObservatoryNwbDataSet

    return Recording(BrainObservatoryNwbDataSet(str(another(nwb_file))))


def _judge(
    name: str,
    function: Any,
    calls: list[tuple],
    one: Step,
    rights: list[list],
    strictly: bool = False,
    slips: Mapping[str, list] = MappingProxyType({}),
) -> None:
    """Raise Wrong unless a function returns one of a step's right values for each call.

    Whoever works without the function, or gave it other arguments, is judged by the answers alone.
    With `strictly`, no type stands for another one. Of `slips` one is named if it gives the result.
    """
    if not callable(function):
        return
    for arguments, some in zip(calls, rights, strict=True):
        try:
            result = function(*arguments)
        except Broken:
            raise
        except Exception as error:
            # Students' functions may raise anything, and all of it is their own.
            if OTHER_ARGUMENTS in str(error):
                return
            raise _wrong(name) from None
        if not any(_same(one, result, right) for right in some):
            for mistake, given in slips.items():
                if any(_same(one, result, value) for value in given):
                    raise _known(name, one, mistake)
            raise _wrong(name)
        if strictly:
            one.form.read_strictly(f"{name}(...)", result)


def _same(one: Step, result: Any, right: Any) -> bool:
    form = getattr(one.form, "result", one.form)
    try:
        form.judge("", *form.fitted(form.read("", result), right), one.exact)
    except AssertionError:
        return False
    return True


def _known(name: str, one: Step, mistake: str) -> Wrong:
    """Say of a function what a slip in a step says of an answer."""
    made = next(made for made in one.slips if made.name == mistake)
    what = made.what.replace("`{answer}` is", f"`{name}` returns")
    return Wrong(name, "wrong_value", f"{what} {made.where}", mistake=mistake)


def _wrong(name: str) -> Wrong:
    return Wrong(
        name,
        "wrong_value",
        f"`{name}` is not right for a recording that the notebook has not opened: the same kind of "
        "session, with neurons in another order and epochs at other frames. Does it use anything "
        "but its arguments?",
        mistake="our recordings for any",
    )
