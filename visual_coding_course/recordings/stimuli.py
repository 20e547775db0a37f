"""What was shown in each presentation: stimulus tables, and which condition each frame shows.

The layout of the tables is that of the Allen Institute's NWB files, as
`BrainObservatoryNwbDataSet.get_stimulus_table` reads it.
"""

import functools
import itertools
from dataclasses import dataclass

import numpy as np

from . import facts, timeline
from .seeds import generator

GRATINGS = ("drifting_gratings", "static_gratings")
MOVIES = ("natural_movie_one", "natural_movie_two", "natural_movie_three")
BLANK = -1


@dataclass(frozen=True)
class StimulusTable:
    """All presentations of one stimulus.

    Attributes
    ----------
    stimulus : str
    data : numpy.ndarray
        Gratings: float, shape (n, n_features). Images: int, shape (n,), the index of the image
        or movie frame, -1 for a blank sweep. Spontaneous activity: int, shape (2 * epochs,),
        1 where an epoch starts and -1 where it ends.
    frame_duration : numpy.ndarray of int, shape (len(data), 2)
        First and last imaging frame of each row.
    features : tuple of str
        Names of the columns of `data`; empty unless the stimulus is a grating.
    conditions : numpy.ndarray of int, shape (n,)
        Which condition each row shows: a number that the cells' tuning goes by, -1 for blank.
    """

    stimulus: str
    data: np.ndarray
    frame_duration: np.ndarray
    features: tuple
    conditions: np.ndarray


def grating_conditions(stimulus):
    """All combinations of a grating's parameters, in the order of the cells' tuning.

    Returns
    -------
    numpy.ndarray of float, shape (n_conditions, n_parameters)
        Drifting: temporal frequency (Hz), orientation (degrees). Static: orientation (degrees),
        spatial frequency (cycles/degree), phase (cycles).
    """
    known = facts.session("A" if stimulus == "drifting_gratings" else "B")[stimulus]
    if stimulus == "drifting_gratings":
        values = known["temporal_frequencies_hz"], known["orientations_deg"]
    else:
        values = known["orientations_deg"], known["spatial_frequencies_cpd"], known["phases"]
    return np.array(list(itertools.product(*values)), dtype=float)


def drifting_trials():
    """How often each drifting grating is shown.

    The published 15 trials of 40 conditions and 30 blank sweeps are 630 rows where the published
    table has 628: the session was stopped two trials early, so two conditions have 14.
    """
    known = facts.session("A")["drifting_gratings"]
    counts = np.full(len(grating_conditions("drifting_gratings")), known["trials_per_condition"])
    missing = counts.sum() + known["blank_sweeps"] - known["rows"]
    counts[-missing:] -= 1
    return counts, known["blank_sweeps"]


def static_trials(rng):
    """How often each static grating is shown: the rows divided evenly, the rest by chance."""
    known = facts.session("B")["static_gratings"]
    conditions = grating_conditions("static_gratings")
    least, extra = divmod(known["rows"] - known["blank_sweeps"], len(conditions))
    counts = np.full(len(conditions), least)
    published = np.flatnonzero((conditions == (30, 0.04, 0)).all(axis=1))[0]
    counts[published] = known["trials_at_ori30_sf0.04_phase0"]
    others = np.delete(np.arange(len(conditions)), published)
    rest = extra - (counts[published] - least)
    counts[rng.choice(others, rest, replace=False)] += 1
    return counts, known["blank_sweeps"]


def scene_trials():
    """How often each natural scene is shown."""
    known = facts.session("B")["natural_scenes"]
    return np.full(known["images"], known["trials_per_image"]), known["blank_sweeps"]


def shuffled(counts, blanks, first, rng):
    """An order of trials that starts as published.

    Parameters
    ----------
    counts : numpy.ndarray of int, shape (n_conditions,)
        How often each condition is shown.
    blanks : int
        Number of blank sweeps.
    first : sequence of int
        The first conditions, which the order keeps.
    rng : numpy.random.Generator

    Returns
    -------
    numpy.ndarray of int, shape (counts.sum() + blanks,)
    """
    trials = np.append(np.repeat(np.arange(len(counts)), counts), np.full(blanks, BLANK))
    for condition in first:
        trials = np.delete(trials, np.flatnonzero(trials == condition)[0])
    return np.concatenate([first, rng.permutation(trials)]).astype(int)


def published_first(stimulus, rows, columns):
    """Conditions of a stimulus table's first rows as published."""
    table = grating_conditions(stimulus)
    conditions = []
    for row in rows:
        if row[0] is None:
            conditions.append(BLANK)
        else:
            conditions.append(int(np.flatnonzero((table == row[:columns]).all(axis=1))[0]))
    return conditions


def trial_order(stimulus, seed):
    """Conditions of a stimulus's presentations in the order shown.

    Returns
    -------
    numpy.ndarray of int, shape (n_presentations,)
    """
    rng = generator(seed, "trial order", stimulus)
    if stimulus == "drifting_gratings":
        rows = facts.session("A")["drifting_gratings_first_rows"]["rows"]
        return shuffled(*drifting_trials(), published_first(stimulus, rows, 2), rng)
    if stimulus == "static_gratings":
        rows = facts.session("B")["static_gratings_first_rows"]["rows"]
        return shuffled(*static_trials(rng), published_first(stimulus, rows, 3), rng)
    if stimulus == "natural_scenes":
        rows = facts.session("B")["natural_scenes_first_rows"]["rows"]
        return shuffled(*scene_trials(), [row[0] for row in rows], rng)
    if stimulus == "locally_sparse_noise":
        return np.arange(facts.session("C")["locally_sparse_noise"]["rows"])
    three = facts.published()["natural_movie_three"]
    one = facts.published()["natural_movie_one"]
    movie = three if stimulus == "natural_movie_three" else one
    return np.tile(np.arange(movie["movie_frames"]), movie["repeats"])


def grating_data(stimulus, conditions):
    """A grating's parameters in each row, NaN in blank sweeps, as the NWB file holds them."""
    parameters = grating_conditions(stimulus)
    # The last row is the one that BLANK, -1, picks.
    table = np.vstack([parameters, np.full(parameters.shape[1], np.nan)])
    data = table[conditions]
    if stimulus == "drifting_gratings":
        data = np.column_stack([data, (conditions == BLANK).astype(float)])
        return data, ("temporal_frequency", "orientation", "blank_sweep")
    return data, ("orientation", "spatial_frequency", "phase")


@functools.lru_cache(maxsize=8)
def tables(letter, seed):
    """All stimulus tables of a session.

    Parameters
    ----------
    letter : {"A", "B", "C"}
    seed : int

    Returns
    -------
    dict
        Stimulus name to `StimulusTable`, in alphabetical order.
    """
    shown = timeline.timeline(letter, seed)
    result = {}
    for stimulus in facts.session(letter)["stimuli"]:
        starts, ends = shown.of(stimulus)
        frames = np.column_stack([starts, ends])
        if stimulus == "spontaneous":
            events = np.tile([1, -1], len(starts))
            # AllenSDK takes an epoch's start and its end from the first column of two rows.
            edges = np.repeat(frames.ravel()[:, None], 2, axis=1)
            result[stimulus] = StimulusTable(
                stimulus, events, edges, (), np.full(len(events), BLANK)
            )
            continue
        conditions = trial_order(stimulus, seed)
        data, features = conditions, ()
        if stimulus in GRATINGS:
            data, features = grating_data(stimulus, conditions)
        result[stimulus] = StimulusTable(stimulus, data, frames, features, conditions)
    return result


def states(letter, seed):
    """Which condition of which stimulus is on the screen in each imaging frame.

    Returns
    -------
    state : numpy.ndarray of int, shape (n_frames,)
        0 for a grey screen; otherwise a stimulus's offset plus the condition's number.
    offsets : dict
        Stimulus name to (offset, number of conditions).
    """
    shown = timeline.timeline(letter, seed)
    state = np.zeros(shown.n_frames, dtype=np.int32)
    offsets, free = {}, 1
    for stimulus, table in tables(letter, seed).items():
        if stimulus == "spontaneous":
            continue
        count = int(table.conditions.max()) + 1
        offsets[stimulus] = (free, count)
        visible = table.conditions != BLANK
        starts, ends = table.frame_duration[visible].T
        for step in range(int((ends - starts).max()) + 1):
            on = starts + step <= ends
            state[starts[on] + step] = free + table.conditions[visible][on]
        free += count
    return state, offsets
