"""Call a student's function: which calls a check makes, and what came of them.

A function that learns from the calls how it was judged could return another guess each time. So
where answers are graded, all calls that the cases of a question declare are made first, in the
same order for a right function and a wrong one, and after that the function is not asked again:
the cases get what it returned then.
"""

from __future__ import annotations

import copy
import inspect
import pickle
from collections.abc import Callable, Iterable, Mapping
from functools import partial, update_wrapper
from typing import Any

import numpy as np
import pandas as pd

from .wrong import Broken

#: A larger result is not kept where calls are made as cases come to them, bytes.
MOST_REMEMBERED = 1024**2
#: Of all results of one function together, where each call is made once, bytes.
MOST_TOGETHER = 64 * 1024**2
#: What a number in a list takes, about, bytes.
LISTED = 32
TOO_LARGE = f"ValueError: the results take more than {MOST_TOGETHER // 1024**2} MB"


class NotCalled(Broken):
    """A case asks for a call that no case of its file declares."""


def calls(**listed: Callable[..., Iterable[tuple]]) -> Callable[[Callable], Callable]:
    """Declare which calls of students' functions a case makes; stands below ``@test_case``.

    Parameters
    ----------
    **listed
        By name of the function: a callable that takes variables by their names, as a case does,
        and returns a tuple of arguments for each call. It must not depend on anything that a
        function returns.

    Examples
    --------
    >>> @test_case(points=1, hidden=True)
    ... @calls(double=lambda given: [(given,), (0,)])
    ... def doubles(double, given):
    ...     assert double(given) == 2 * given and double(0) == 0
    """

    def declared(case: Callable) -> Callable:
        case.calls = listed
        return case

    return declared


class Remembering:
    """A function that knows what it returned before; what it returns is the caller's to change.

    Arrays only are kept, and no large ones, until calls are made by `make`: then everything is,
    and nothing else is called.

    Parameters
    ----------
    function : callable
        The student's.
    """

    def __init__(self, function: Callable):
        update_wrapper(self, function)
        self._function = function
        self._known: dict[tuple, Callable[[], Any]] = {}
        self._room = MOST_TOGETHER
        self.closed = False

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Return what the function returned for these arguments, or call it.

        Raises
        ------
        NotCalled
            If it was not called with them, and is closed.
        """
        key = _key((arguments, named))
        if key in self._known:
            return self._known[key]()
        if self.closed:
            name = getattr(self, "__name__", "the function")
            raise NotCalled(f"`{name}` is asked for a call that its case does not declare.")
        result = self._call(*arguments, **named)
        if type(result) is np.ndarray and result.nbytes <= MOST_REMEMBERED:
            self._known[key] = result.copy().copy
        return result

    def make_all(self, many: list[tuple]) -> None:
        """Make calls, each once, and keep what comes of them.

        A function that is far away may have a way to be called several times at once.
        """
        new = list({_key((arguments, {})): arguments for arguments in many}.values())
        together = getattr(self._function, "call_all", None)
        if together is not None:
            together([one for one in new if _key((one, {})) not in self._known])
        for arguments in new:
            self.make(arguments)

    def make(self, arguments: tuple) -> None:
        """Make a call, unless it was made before, and keep what comes of it."""
        key = _key((arguments, {}))
        if key in self._known:
            return
        try:
            result = self._call(*arguments)
            self._room -= _size(result)
            if self._room < 0:
                raise RuntimeError(TOO_LARGE)
            self._known[key] = partial(copy.deepcopy, copy.deepcopy(result))
        except Exception as error:
            self._known[key] = _raising(error)

    def _call(self, *arguments: Any, **named: Any) -> Any:
        try:
            return self._function(*arguments, **named)
        except Exception as error:
            name = getattr(self, "__name__", "the function")
            error.stopped = None if isinstance(error, Broken) else name
            raise


def remembering(value: Any) -> Any:
    """Return a function that knows what it returned before; any other value as it is."""
    if not callable(value) or isinstance(value, (type, Remembering)):
        return value
    return Remembering(value)


def make_calls(cases: Iterable, variables: Mapping[str, Any]) -> list[Remembering]:
    """Make all calls that cases declare, in their order, whatever comes of them.

    Parameters
    ----------
    cases : iterable of otter.test_files.abstract_test.TestCase
        Of one question.
    variables : mapping
        By name; functions as `remembering` returns them.

    Returns
    -------
    list of Remembering
        The functions, which are closed now: what was not declared is not called.
    """
    declared: dict[str, list[tuple]] = {}
    for case in cases:
        for name, listed in getattr(case.body.test_func, "calls", {}).items():
            if isinstance(variables.get(name), Remembering):
                taken = inspect.signature(listed).parameters
                given = {one: variables.get(one) for one in taken}
                declared.setdefault(name, []).extend(map(tuple, listed(**given)))
    for name, many in declared.items():
        variables[name].make_all(many)
        variables[name].closed = True
    return [variables[name] for name in declared]


def _key(value: Any) -> Any:
    """What is the same for the same arguments, also where these are lists or arrays."""
    if isinstance(value, (list, tuple)):
        return type(value), tuple(map(_key, value))
    if isinstance(value, dict):
        return dict, tuple((_key(key), _key(item)) for key, item in value.items())
    try:
        hash(value)
    except TypeError:
        return type(value), pickle.dumps(value)
    return type(value), value


def _raising(error: Exception) -> Callable[[], Any]:
    def known() -> Any:
        raise error.with_traceback(None)

    return known


def stopped(error: Exception) -> str | None:
    """Say that a student's function stopped with this error; None if it is another one's."""
    name = getattr(error, "stopped", None)
    if not isinstance(name, str):
        return None
    # From a kernel, an error comes as its text.
    why = str(error) if isinstance(error, RuntimeError) else f"{type(error).__name__}: {error}"
    return f"`{name}` stopped with an error when it was called: {why[:300]}"


def _size(value: Any) -> int:
    """What a value takes, about, bytes."""
    if isinstance(value, np.ndarray) and value.dtype != object:
        return value.nbytes
    if isinstance(value, (pd.DataFrame, pd.Series, pd.Index)):
        return _size(value.to_numpy())
    if isinstance(value, dict):
        return sum(_size(key) + _size(item) for key, item in value.items())
    if isinstance(value, (str, bytes)):
        return len(value)
    if isinstance(value, (list, tuple, set, frozenset, np.ndarray)):
        return LISTED * len(value) + sum(
            _size(item) for item in value if not isinstance(item, (int, float, np.generic))
        )
    return LISTED
