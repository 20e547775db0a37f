"""By which routes an answer may be right.

The first route is the truth: everything read from the recordings of the
neuron's own sessions, whatever the student's earlier answers are. So an error
in one question does not make a right answer to the next one wrong. The other
routes start from the student's own earlier answers, as far as they can be
built upon. So an answer that follows rightly from an earlier error is right,
too: a mistake costs its own question only.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np

from visual_coding_course.checking import values
from visual_coding_course.checking.ways import not_read

from . import truth
from .earlier import is_right, need_different, own_response, read_earlier, that_varies
from .truth import SESSIONS, VARIANTS, Recording

RESPONSE_SHAPE = (truth.REPEATS, truth.MOVIE_FRAMES)


class Route:
    """The right values, given some of the student's earlier answers.

    Parameters
    ----------
    boc : BrainObservatoryCache
        The set of recordings.
    cell_specimen_id : int
        The neuron.
    own : dict
        Earlier answers to build upon, by variable name. Empty for the truth.
    """

    def __init__(self, boc, cell_specimen_id: int, own: dict[str, Any] | None = None):
        self.boc, self.cell_specimen_id = boc, int(cell_specimen_id)
        self.own = own or {}

    @property
    def sessions(self) -> dict[str, dict[str, Any]]:
        """The neuron's sessions in the catalogue, by letter."""
        return truth.neuron_sessions(self.boc, self.cell_specimen_id)

    def session_id(self, letter: str) -> int:
        """Session id (ophys experiment id)."""
        return int(self.own.get(f"id_{letter}", self.sessions[letter]["id"]))

    def recording(self, letter: str) -> Recording:
        """Return the session's recording."""
        if f"data_set_{letter}" in self.own:
            return truth.recording(self.own[f"data_set_{letter}"])
        return truth.session_recording(self.boc, self.session_id(letter))

    def index(self, letter: str) -> int:
        """Return the neuron's cell index in the session."""
        if f"index_{letter}" in self.own:
            return self.own[f"index_{letter}"]
        return self.recording(letter).index(self.cell_specimen_id)

    def mask(self, letter: str) -> np.ndarray:
        """Return the neuron's ROI mask, bool (512, 512)."""
        recording = self.recording(letter)
        return recording.mask(recording.ids[self.index(letter)])

    def dff(self, letter: str) -> np.ndarray:
        """Return the neuron's dF/F, (frames,)."""
        if f"dff_{letter}" in self.own:
            return values.floats(self.own[f"dff_{letter}"])
        recording = self.recording(letter)
        return recording.dff(recording.ids[self.index(letter)])

    def starts(self, letter: str) -> np.ndarray:
        """Imaging frames at which the repeats of the movie start, (10,)."""
        if f"movie_starts_{letter}" in self.own:
            return values.floats(self.own[f"movie_starts_{letter}"]).astype(int)
        return self.recording(letter).movie_starts

    def spontaneous(self, letter: str) -> float:
        """Mean dF/F over the spontaneous epochs."""
        return truth.spontaneous_mean(self.dff(letter), self.recording(letter).spontaneous_epochs)

    def response(self, letter: str, cell_specimen_id: int | None = None) -> np.ndarray:
        """Return a neuron's response to each repeat of the movie, (10, 900)."""
        neuron = self.cell_specimen_id if cell_specimen_id is None else int(cell_specimen_id)
        recording = self.recording(letter)
        if "movie_response" in self.own:
            return own_response(self.own["movie_response"], recording, neuron)
        if cell_specimen_id is None and f"dff_{letter}" in self.own:
            return that_varies(truth.cut(self.dff(letter), self.starts(letter)))
        return recording.response(neuron, self.starts(letter))

    def mean(self, letter: str) -> np.ndarray:
        """Return the neuron's mean movie response, (900,)."""
        if f"mean_response_{letter}" in self.own:
            return values.floats(self.own[f"mean_response_{letter}"])
        return self.response(letter).mean(axis=0)

    @cached_property
    def correlations(self) -> np.ndarray:
        """Correlations between the sessions, (3, 3)."""
        if "correlations" in self.own:
            table = self.own["correlations"]
            return table.loc[list("ABC"), list("ABC")].to_numpy(dtype=float)
        means = [self.mean(letter) for letter in SESSIONS]
        if self.own:
            need_different(means, self.real_means(self.cell_specimen_id))
        return np.corrcoef(means)

    @cached_property
    def shared_ids(self) -> np.ndarray:
        """Sorted ids of the neurons in all three recordings."""
        shared = set.intersection(*(set(self.recording(x).ids.tolist()) for x in SESSIONS))
        return np.array(sorted(shared))

    def stability(self, cell_specimen_id: int) -> float:
        """Return a neuron's mean pairwise correlation of its mean movie responses."""
        means = [self.response(letter, cell_specimen_id).mean(axis=0) for letter in SESSIONS]
        if self.own:
            ours = self.real_means(self.cell_specimen_id)
            need_different(means, [*ours, *self.real_means(cell_specimen_id)])
        return truth.stability(means)

    def real_means(self, cell_specimen_id: int) -> list[np.ndarray]:
        """Return a neuron's mean responses as the recordings have them, whatever is own here."""
        right = Route(self.boc, self.cell_specimen_id)
        return [right.response(letter, cell_specimen_id).mean(axis=0) for letter in SESSIONS]


class ExpectedRoute(Route):
    """The values that the solution notebook has, where it has them.

    Parameters
    ----------
    expected : object
        Has the solution notebook's variables as attributes.
    """

    def __init__(self, boc, cell_specimen_id: int, expected):
        stems = ("index", "dff", "movie_starts", "mean_response")
        names = [f"{stem}_{letter}" for stem in stems for letter in SESSIONS]
        own = {name: getattr(expected, name) for name in names if hasattr(expected, name)}
        super().__init__(boc, cell_specimen_id, own)
        self.expected = expected

    def response(self, letter: str, cell_specimen_id: int | None = None) -> np.ndarray:
        """Return a neuron's response, cut at the solution's movie starts."""
        neuron = self.cell_specimen_id if cell_specimen_id is None else int(cell_specimen_id)
        return self.recording(letter).response(neuron, self.starts(letter))

    def stability(self, cell_specimen_id: int) -> float:
        """Return a neuron's stability in the solution."""
        return float(self.expected.response_stability[cell_specimen_id])


def routes(boc, cell_specimen_id, expected=None, **earlier) -> list:
    """List the routes by which an answer may be right, the truth first.

    Parameters
    ----------
    boc, cell_specimen_id
        The notebook's given variables.
    expected : object, optional
        The solution notebook's variables as attributes; takes the truth's place.
    **earlier
        The student's answers to earlier questions, by variable name.

    Returns
    -------
    list of callables without arguments
        Each makes a `Route`. Nothing is read before one is called.
    """
    if not hasattr(boc, "get_ophys_experiments") or not isinstance(
        cell_specimen_id, (int, np.integer)
    ):
        raise AssertionError(
            "`boc` or `cell_specimen_id` is not what the notebook's first cell made it. "
            "Run the first cell again, and do not change these two."
        )
    first = Route(boc, cell_specimen_id)
    if expected is not None:
        first = ExpectedRoute(boc, cell_specimen_id, expected)
    return [lambda: first, _OwnRoutes(boc, cell_specimen_id, earlier)]


class _OwnRoutes:
    """The routes from the student's own answers: each kind of answer alone, then together."""

    def __init__(self, boc, cell_specimen_id, earlier: dict[str, Any]):
        self.boc, self.cell_specimen_id, self.earlier = boc, cell_specimen_id, earlier

    def __iter__(self) -> Iterator[Route]:
        right = Route(self.boc, self.cell_specimen_id)
        own = {}
        for name, value in self.earlier.items():
            try:
                value = read_earlier(name, value)
                if value is not None and not is_right(name, value, right):
                    own[name] = value
            except Exception as error:
                if not_read(error):
                    raise
        kinds = sorted({VARIANTS.stem(name) for name in own})
        for count in range(1, len(kinds) + 1):
            for chosen in itertools.combinations(kinds, count):
                part = {name: value for name, value in own.items() if VARIANTS.stem(name) in chosen}
                yield Route(self.boc, self.cell_specimen_id, part)
