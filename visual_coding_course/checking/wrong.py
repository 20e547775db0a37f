"""What a check raises: which answer is not right, in which way, and what to tell the student."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

#: The states of an answer, from none at all to right; broken, if that could not be found out, and
#: the last, if a person has to.
STATES = (
    "missing", "not_attempted", "empty", "wrong_type", "wrong_shape", "wrong_value", "right",
    "broken", "cannot_tell",
)  # fmt: skip
#: Name of the mistake of a function that cannot be called.
STOPS = "stops with an error"

#: Arrays of more numbers are compared at so many places first.
LARGE, PLACES = 1000, 16


@dataclass(frozen=True)
class Tolerance:
    """How far an answer may be from the right value: ``atol + rtol * abs(right)``."""

    rtol: float
    atol: float

    def same(self, actual, right) -> bool:
        """Whether all values agree (NaN agrees with NaN)."""
        actual, right = np.asarray(actual, dtype=float), np.asarray(right, dtype=float)
        if actual.shape != right.shape:
            return False
        if actual.size > LARGE:
            # A few tell most traces apart, and where the extremes are, most images.
            few = slice(None, None, actual.size // PLACES)
            if not self.same(actual.flat[few], right.flat[few]):
                return False
            if np.array_equal(actual, right):  # as what is right mostly is
                return True
            ends = [pick(values) for values in (actual, right) for pick in (np.argmin, np.argmax)]
            if not self.same(actual.flat[ends], right.flat[ends]):
                return False
        with np.errstate(invalid="ignore"):
            far = ~(np.abs(actual - right) <= self.atol + self.rtol * np.abs(right))
        # Several times faster than `np.allclose`: NaN and infinity are rare.
        return not far.any() or np.array_equal(actual[far], right[far], equal_nan=True)


#: Ids, indices and frames are counted.
EXACT = Tolerance(rtol=0, atol=1e-9)


class Broken(Exception):
    """A check could not be carried out, by what is no fault of the answer's as far as is known.

    A file that cannot be read, too little memory, an error in the check: ``__cause__`` tells.
    """


#: Who looks at what a check cannot tell: in a course somebody else, in self-study oneself.
A_PERSON = "a person"


class CannotTell(Exception):
    """An answer has a form that no reader understands: a person has to look at it.

    It keeps its points until then. Not for an answer that was read and is wrong.

    Parameters
    ----------
    answer : str
        Name of the student's variable, such as ``"fig_traces"``.
    reads : str
        What the check reads, and what it found instead: sentences for the student.
    """

    def __init__(self, answer: str, reads: str):
        super().__init__(
            f"This check cannot tell what `{answer}` shows; {A_PERSON} will look at it. {reads}"
        )
        self.answer = answer


class NotAttempted(AssertionError):
    """The answer is still blank, which is not the same as wrong.

    Parameters
    ----------
    sentence : str
        For the student.
    answer : str, optional
        Name of the variable that is blank.
    returned : bool
        Whether there is None in its place, which a function without ``return`` gives.
    empty : bool
        Whether it is a figure with nothing on its axes, as the notebook gives one to begin with.
    """

    def __init__(
        self,
        sentence: str,
        answer: str | None = None,
        returned: bool = False,
        empty: bool = False,
    ):
        super().__init__(sentence)
        self.answer, self.returned, self.empty = answer, returned, empty


class Wrong(AssertionError):
    """An answer is not right; its text is the first hint.

    Parameters
    ----------
    answer : str
        Name of the student's variable, such as ``"mean_rate"``.
    state : str
        ``"wrong_type"``, ``"wrong_shape"`` or ``"wrong_value"``.
    sentence : str
        What was found, and where to look; said unless a mistake is recognised.
    value : optional
        The answer in plain form, to be compared with what each mistake would give.
    mistake : str, optional
        Name of the mistake, where the check recognises it by itself.
    likely : str, optional
        Name of the mistake if no known one gives the answer.
    tolerance : Tolerance
        How near a value counts as the same.
    **about
        What a mistake's function and its message may use beside: ``letter`` (of the variant that
        a function was called for; that of an answer is read from its name), and whatever else.
    """

    def __init__(
        self,
        answer: str,
        state: str,
        sentence: str,
        *,
        value: Any = None,
        mistake: str | None = None,
        likely: str | None = None,
        tolerance: Tolerance = EXACT,
        **about: Any,
    ):
        super().__init__(sentence)
        self.answer, self.state, self.value, self.tolerance = answer, state, value, tolerance
        self.mistakes = () if mistake is None else (mistake,)
        self.likely = likely
        self.about = about
        #: Which value of the answer it is about; see `asking.Question`.
        self.question: Any = None
        #: Whether the sentence says more than that the value is not right.
        self.own_words = likely is not None or mistake is not None
        #: A second, more direct hint; empty if there is none.
        self.direct = ""
        #: Of a measured number, which a slip may give by chance: both hints without its name.
        self.unnamed: tuple[str, str] | None = None


class Misnamed(Wrong):
    """What a figure shows is right, but not how its axes, panels or lines are named."""
