"""The cell table's metrics, measured on the recordings as the Allen Institute measures them.

The definitions are those of AllenSDK's analysis classes (`DriftingGratings.get_peak`,
`StaticGratings.get_peak`, `NaturalScenes.get_peak`, `NaturalMovie.get_peak`), for all cells at
once, where the classes take minutes; a test compares.
"""

import warnings
from dataclasses import dataclass

import numpy as np
from scipy import stats

from . import facts, receptive_fields, stimuli, timeline
from .population import population
from .seeds import DEFAULT_SEED

RUNNING = 1.0  # cm/s; faster trials count as running in AllenSDK's running modulation
SIGNIFICANT = 0.05
THRESHOLDS = 1000  # at which AllenSDK counts the images that a cell responds to
MOVIE_COLUMNS = {
    ("A", "natural_movie_one"): "reliability_nm1_a",
    ("B", "natural_movie_one"): "reliability_nm1_b",
    ("C", "natural_movie_one"): "reliability_nm1_c",
    ("C", "natural_movie_two"): "reliability_nm2",
    ("A", "natural_movie_three"): "reliability_nm3",
}


@dataclass(frozen=True)
class Traces:
    """What the metrics of a session are measured on.

    Attributes
    ----------
    corrected : numpy.ndarray of float32, shape (n_cells, n_frames)
        Demixed fluorescence without the neuropil's share, counts. Gratings and scenes go by it.
    dff : numpy.ndarray of float32, shape (n_cells, n_frames)
        Movies go by it.
    running_speed : numpy.ndarray of float, shape (n_frames,)
        cm/s.
    """

    corrected: np.ndarray
    dff: np.ndarray
    running_speed: np.ndarray


@dataclass(frozen=True)
class Sweep:
    """Which imaging frames around a trial's start AllenSDK looks at.

    Attributes
    ----------
    before : int
        Frames before the start, of which the mean is the trial's baseline.
    response : int
        Frames from the start on, of which the mean is the response.
    after : int
        Frames from the start on, in which the response may peak.
    least : int
        Trials at rest, and while running, of which there must be more to compare them.
    """

    before: int
    response: int
    after: int
    least: int


SWEEPS = {
    "drifting_gratings": Sweep(30, 60, 90, 2),
    "static_gratings": Sweep(28, 14, 35, 4),
    "natural_scenes": Sweep(28, 14, 35, 4),
}


@dataclass(frozen=True)
class Responses:
    """Responses of all cells of a session to the presentations of one stimulus.

    Attributes
    ----------
    sweep : Sweep
    starts : numpy.ndarray of int, shape (n_trials,)
        Imaging frame at which each trial starts.
    conditions : numpy.ndarray of int, shape (n_trials,)
        -1 for blank sweeps.
    baselines : numpy.ndarray, shape (n_trials, n_cells)
        Mean fluorescence before each trial, counts.
    means : numpy.ndarray, shape (n_trials, n_cells)
        Mean response in each trial, percent of its baseline.
    tuning : numpy.ndarray, shape (n_conditions, n_cells)
        Mean over trials, percent.
    p : numpy.ndarray, shape (n_cells,)
        One-way ANOVA over all conditions and the blank sweeps.
    """

    sweep: Sweep
    starts: np.ndarray
    conditions: np.ndarray
    baselines: np.ndarray
    means: np.ndarray
    tuning: np.ndarray
    p: np.ndarray


def responses(corrected, table):
    """Measure the responses to one stimulus.

    Parameters
    ----------
    corrected : numpy.ndarray, shape (n_cells, n_frames)
    table : stimuli.StimulusTable

    Returns
    -------
    Responses
    """
    sweep = SWEEPS[table.stimulus]
    starts = table.frame_duration[:, 0]
    baselines, means = np.empty((2, len(starts), len(corrected)))
    for cell, trace in enumerate(corrected):
        total = np.concatenate([[0.0], np.cumsum(trace, dtype=float)])
        baselines[:, cell] = (total[starts] - total[starts - sweep.before]) / sweep.before
        means[:, cell] = (total[starts + sweep.response] - total[starts]) / sweep.response
    means = 100 * (means / baselines - 1)
    shown = np.unique(table.conditions)
    belongs = (table.conditions == shown[:, None]).astype(float)
    counts = belongs.sum(axis=1, keepdims=True)
    averages = belongs @ means / counts
    between = (counts * (averages - means.mean(axis=0)) ** 2).sum(axis=0) / (len(shown) - 1)
    within = ((means - belongs.T @ averages) ** 2).sum(axis=0) / (len(means) - len(shown))
    p = stats.f.sf(between / within, len(shown) - 1, len(means) - len(shown))
    return Responses(sweep, starts, table.conditions, baselines, means, averages[shown >= 0], p)


def mean_correlation(trials):
    """Mean correlation between all pairs of trials, AllenSDK's reliability.

    Parameters
    ----------
    trials : numpy.ndarray, shape (n_trials, n_samples)

    Returns
    -------
    float
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        pairs = np.corrcoef(trials)
    return np.nanmean(pairs[np.triu_indices(len(trials), 1)])


def selectivity(preferred, other):
    """Difference of two responses relative to their sum, as OSI and DSI are defined."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return (preferred - other) / (preferred + other)


def circular(tuned, angles, multiple):
    """Global selectivity for an angle: length of the mean resultant vector.

    Parameters
    ----------
    tuned : numpy.ndarray, shape (n_cells, n_angles)
    angles : sequence of float
        Degrees.
    multiple : int
        1 for directions, 2 for orientations.

    Returns
    -------
    numpy.ndarray, shape (n_cells,)
    """
    positive = np.maximum(tuned, 0)
    vectors = positive @ np.exp(1j * multiple * np.deg2rad(angles))
    return np.abs(vectors) / positive.sum(axis=1)


def discrimination(over, trials_spread):
    """Discrimination index of a tuning curve: its range relative to range and trials' spread."""
    spread = np.ptp(over, axis=1)
    return spread / (spread + 2 * trials_spread)


def at_best(seen, best, corrected, running_speed):
    """Metrics of the responses to each cell's preferred condition.

    Parameters
    ----------
    seen : Responses
    best : numpy.ndarray of int, shape (n_cells,)
        Preferred conditions.
    corrected : numpy.ndarray, shape (n_cells, n_frames)
    running_speed : numpy.ndarray, shape (n_frames,)

    Returns
    -------
    dict
        ``reliability``, ``run_mod``, ``p_run_mod`` and ``time_to_peak`` (imaging frames from the
        trial's start), each of shape (n_cells,).
    """
    result = {
        name: np.full(len(best), np.nan)
        for name in ("reliability", "run_mod", "p_run_mod", "time_to_peak")
    }
    sweep = seen.sweep
    around = np.arange(-sweep.before, sweep.after)
    speed = running_speed[seen.starts[:, None] + np.arange(sweep.response)].mean(axis=1)
    for cell, condition in enumerate(best):
        chosen = seen.conditions == condition
        traces = corrected[cell][seen.starts[chosen][:, None] + around]
        traces = traces / seen.baselines[chosen, cell][:, None]
        response = traces[:, sweep.before : sweep.before + sweep.response]
        result["reliability"][cell] = mean_correlation(response)
        result["time_to_peak"][cell] = around[traces.mean(axis=0).argmax()]
        values, running = seen.means[chosen, cell], speed[chosen] >= RUNNING
        if running.sum() <= sweep.least or (~running).sum() <= sweep.least:
            continue
        test = stats.ttest_ind(values[running], values[~running], equal_var=False)
        moving, still = values[running].mean(), values[~running].mean()
        stronger = moving if moving > still else still
        result["run_mod"][cell] = (moving - still) / abs(stronger)
        result["p_run_mod"][cell] = test.pvalue
    return result


def residual(seen, groups, best_group):
    """Spread of the trials around their common mean in the conditions that a curve runs over."""
    spread = np.empty(seen.means.shape[1])
    for cell, group in enumerate(best_group):
        values = seen.means[np.isin(seen.conditions, groups[group]), cell]
        spread[cell] = np.sqrt(((values - values.mean()) ** 2).sum() / (len(values) - 5))
    return spread


def drifting(traces, table):
    """Metrics of the responses to drifting gratings, by column of the cell table."""
    known = facts.session("A")["drifting_gratings"]
    speeds, angles = known["temporal_frequencies_hz"], known["orientations_deg"]
    seen = responses(traces.corrected, table)
    curves = seen.tuning.T.reshape(-1, len(speeds), len(angles))
    best = seen.tuning.argmax(axis=0)
    speed, angle = np.divmod(best, len(angles))
    cells = np.arange(len(best))
    tuned = curves[cells, speed]
    peak = tuned[cells, angle]
    across = 0.5 * (tuned[cells, (angle + 2) % 8] + tuned[cells, (angle - 2) % 8])
    numbers = np.arange(len(seen.tuning)).reshape(len(speeds), len(angles))
    chosen = at_best(seen, best, traces.corrected, traces.running_speed)
    # In the published table a cell that does not respond has neither of these two.
    responds = seen.p < SIGNIFICANT
    direction = selectivity(peak, tuned[cells, (angle + 4) % 8])
    return {
        "osi_dg": selectivity(peak, across),
        "dsi_dg": np.where(responds, direction, np.nan),
        "g_osi_dg": circular(tuned, angles, 2),
        "g_dsi_dg": circular(tuned, angles, 1),
        "pref_dir_dg": np.where(responds, np.array(angles, dtype=float)[angle], np.nan),
        "pref_tf_dg": np.array(speeds, dtype=float)[speed],
        "peak_dff_dg": peak,
        "p_dg": seen.p,
        "tfdi_dg": discrimination(curves[cells, :, angle], residual(seen, numbers.T, angle)),
        "reliability_dg": chosen["reliability"],
        "run_mod_dg": chosen["run_mod"],
        "p_run_mod_dg": chosen["p_run_mod"],
    }


def static(traces, table):
    """Metrics of the responses to static gratings, by column of the cell table."""
    known = facts.session("B")["static_gratings"]
    angles, cycles = known["orientations_deg"], known["spatial_frequencies_cpd"]
    shape = len(angles), len(cycles), len(known["phases"])
    seen = responses(traces.corrected, table)
    curves = seen.tuning.T.reshape(-1, *shape)
    best = seen.tuning.argmax(axis=0)
    angle, cycle, phase = np.unravel_index(best, shape)
    cells = np.arange(len(best))
    tuned = curves[cells, :, cycle, phase]
    peak = tuned[cells, angle]
    numbers = np.arange(len(seen.tuning)).reshape(shape).transpose(0, 2, 1).reshape(-1, len(cycles))
    chosen = at_best(seen, best, traces.corrected, traces.running_speed)
    spread = residual(seen, numbers, angle * shape[2] + phase)
    return {
        "osi_sg": selectivity(peak, tuned[cells, (angle + 3) % 6]),
        "g_osi_sg": circular(tuned, angles, 2),
        "pref_ori_sg": np.array(angles, dtype=float)[angle],
        "pref_sf_sg": np.array(cycles)[cycle],
        "pref_phase_sg": np.array(known["phases"], dtype=float)[phase],
        "peak_dff_sg": peak,
        "p_sg": seen.p,
        "sfdi_sg": discrimination(curves[cells, angle, :, phase], spread),
        "reliability_sg": chosen["reliability"],
        "time_to_peak_sg": chosen["time_to_peak"] * frame_seconds("B"),
        "run_mod_sg": chosen["run_mod"],
        "p_run_mod_sg": chosen["p_run_mod"],
    }


def image_selectivity(tuned):
    """Selectivity for images.

    The share of images that a cell responds to above a threshold, averaged over thresholds
    between its least and its largest response; twice that is subtracted from 1.

    Parameters
    ----------
    tuned : numpy.ndarray, shape (n_cells, n_images)

    Returns
    -------
    numpy.ndarray, shape (n_cells,)
    """
    low, high = tuned.min(axis=1, keepdims=True), tuned.max(axis=1, keepdims=True)
    exceeded = np.ceil(THRESHOLDS * (tuned - low) / (high - low))
    return 1 - 2 * (exceeded / THRESHOLDS).mean(axis=1)


def scenes(traces, table):
    """Metrics of the responses to natural scenes, by column of the cell table."""
    seen = responses(traces.corrected, table)
    best = seen.tuning.argmax(axis=0)
    chosen = at_best(seen, best, traces.corrected, traces.running_speed)
    return {
        "pref_image_ns": best.astype(float),
        "peak_dff_ns": seen.tuning.max(axis=0),
        "p_ns": seen.p,
        "image_sel_ns": image_selectivity(seen.tuning.T),
        "reliability_ns": chosen["reliability"],
        "time_to_peak_ns": chosen["time_to_peak"] * frame_seconds("B"),
        "run_mod_ns": chosen["run_mod"],
        "p_run_mod_ns": chosen["p_run_mod"],
    }


def frame_seconds(letter):
    """Seconds from an imaging frame to the next, as AllenSDK has them: the first frame's."""
    # It does not depend on the seed.
    return float(np.diff(timeline.timeline(letter, DEFAULT_SEED).timestamps[:2])[0])


def movie_reliability(dff, table):
    """Mean correlation between the repeats of a movie.

    Returns
    -------
    numpy.ndarray, shape (n_cells,)
    """
    starts = table.frame_duration[table.conditions == 0, 0]
    windows = starts[:, None] + np.arange(starts[1] - starts[0])
    return np.array([mean_correlation(trace[windows]) for trace in dff])


def session_metrics(letter, seed, traces):
    """Metrics that one session gives.

    Parameters
    ----------
    letter : {"A", "B", "C"}
    seed : int
    traces : Traces
        Cells in the order of the session's cell index.

    Returns
    -------
    dict
        Column of the cell table to array of shape (n_cells,).
    """
    measures = {"drifting_gratings": drifting, "static_gratings": static, "natural_scenes": scenes}
    result = {}
    for stimulus, table in stimuli.tables(letter, seed).items():
        if stimulus in measures:
            result.update(measures[stimulus](traces, table))
        elif stimulus in stimuli.MOVIES:
            result[MOVIE_COLUMNS[letter, stimulus]] = movie_reliability(traces.dff, table)
    if letter == "C":
        result.update(receptive_fields.metrics_of(population(seed).session_ids(letter), seed))
    return result


def metrics(seed, load):
    """All metrics of all neurons.

    Parameters
    ----------
    seed : int
    load : callable
        Takes a session letter; returns that session's `Traces`.

    Returns
    -------
    dict
        Column of the cell table to array of shape (n_cells,), in the order of
        `population(seed).ids`; NaN where a neuron was not recorded with the stimulus.
    """
    cells = population(seed)
    table = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a silent neuron correlates with nothing
        for letter in facts.SESSIONS:
            for column, values in session_metrics(letter, seed, load(letter)).items():
                table[column] = np.full(len(cells.ids), np.nan)
                table[column][cells.order[letter]] = values
    return table
