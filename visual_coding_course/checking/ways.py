"""By which ways an answer may be right: by the truth, or by a student's own earlier answers.

The first way is the truth, whatever the student's earlier answers are; so an error in one question
does not make a right answer to the next one wrong. The others start from the student's own earlier
answers, as far as they can be built upon; so an answer that follows rightly from an earlier error
is right, too: a mistake costs its own question only.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

from .calling import NotCalled
from .wrong import Broken, Misnamed, NotAttempted

#: What stops a check by no fault of the answer's; and on the way of the truth, also that the data
#: do not hold what they should.
OUT_OF_REACH = (OSError, MemoryError, Broken)
UNREADABLE = (*OUT_OF_REACH, LookupError)


def by_any_route(ways: list, judge: Callable[[Any], None]) -> None:
    """Judge an answer by each route until it is right by one.

    Parameters
    ----------
    ways : list
        What makes the first way, which is the truth; and the others, which may take long to make.
    judge : callable
        Takes a way; raises AssertionError if the answer is not right by it.

    Raises
    ------
    AssertionError
        What is wrong by the first route, if the answer is right by none; or by another one, by
        which a figure shows what it should and only its names are wrong.
    Broken
        If it is right by no route, and one of them could not be gone for want of a file or of
        memory.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _judge_by_any(*ways, judge)


def _judge_by_any(first, others, judge: Callable[[Any], None]) -> None:
    broken = None
    try:
        return judge(first())
    except AssertionError as error:
        wrong = error
    except Broken as error:
        wrong = broken = error
    except UNREADABLE as error:
        wrong = broken = _broken(error)
    if isinstance(wrong, NotAttempted):
        raise wrong
    try:
        for route in others:
            try:
                return judge(route)
            except Misnamed as error:
                # By this route all else is right, so this is what is left to say.
                wrong = wrong if isinstance(wrong, Misnamed) else error
            except Exception as error:
                broken = broken or not_read(error)
    except OUT_OF_REACH as error:
        broken = broken or not_read(error)
    raise broken or wrong


def not_read(error: Exception) -> Broken | None:
    """What to raise if a route was stopped by no fault of the answer's; None if by its own."""
    if isinstance(error, NotCalled) or not isinstance(error, OUT_OF_REACH):
        return None
    return _broken(error)


def _broken(error: Exception) -> Broken:
    if isinstance(error, Broken):
        return error
    broken = Broken(f"The check could not read the recordings ({error}). Run the first cell again.")
    broken.__cause__ = error
    return broken
