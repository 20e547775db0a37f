"""The cell table's metrics, measured on the recordings as the Allen Institute measures them.

The definitions are those of AllenSDK's analysis classes (`DriftingGratings.get_peak`,
`StaticGratings.get_peak`, `NaturalScenes.get_peak`, `NaturalMovie.get_peak`), applied to dF/F.
Receptive fields are the simulated ones, since fitting them would take longer than all the rest.
"""

import warnings
from dataclasses import dataclass

import numpy as np
from scipy import stats

from . import facts, stimuli, timeline, tuning
from .population import population
from .seeds import generator

RUNNING = 1.0  # cm/s; faster trials count as running in AllenSDK's running modulation
WINDOW = {"drifting_gratings": 60, "static_gratings": 14, "natural_scenes": 14}  # imaging frames
MOVIE_COLUMNS = {
    ("A", "natural_movie_one"): "reliability_nm1_a",
    ("B", "natural_movie_one"): "reliability_nm1_b",
    ("C", "natural_movie_one"): "reliability_nm1_c",
    ("C", "natural_movie_two"): "reliability_nm2",
    ("A", "natural_movie_three"): "reliability_nm3",
}


@dataclass(frozen=True)
class Responses:
    """Responses of all cells of a session to the presentations of one stimulus.

    Attributes
    ----------
    windows : numpy.ndarray of int, shape (n_trials, n_window)
        Imaging frames that count as each trial's response.
    conditions : numpy.ndarray of int, shape (n_trials,)
        -1 for blank sweeps.
    means : numpy.ndarray, shape (n_trials, n_cells)
        Mean dF/F of each trial, percent.
    tuning : numpy.ndarray, shape (n_conditions, n_cells)
        Mean over trials, percent.
    p : numpy.ndarray, shape (n_cells,)
        One-way ANOVA over all conditions and the blank sweeps.
    """

    windows: np.ndarray
    conditions: np.ndarray
    means: np.ndarray
    tuning: np.ndarray
    p: np.ndarray


def responses(dff, table):
    """Measure the responses to one stimulus.

    Parameters
    ----------
    dff : numpy.ndarray, shape (n_cells, n_frames)
    table : stimuli.StimulusTable

    Returns
    -------
    Responses
    """
    length = WINDOW[table.stimulus]
    starts = table.frame_duration[:, 0]
    means = np.empty((len(starts), len(dff)))
    for cell, trace in enumerate(dff):
        total = np.concatenate([[0.0], np.cumsum(trace, dtype=float)])
        means[:, cell] = 100 * (total[starts + length] - total[starts]) / length
    shown = np.unique(table.conditions)
    belongs = (table.conditions == shown[:, None]).astype(float)
    counts = belongs.sum(axis=1, keepdims=True)
    averages = belongs @ means / counts
    between = (counts * (averages - means.mean(axis=0)) ** 2).sum(axis=0) / (len(shown) - 1)
    within = ((means - belongs.T @ averages) ** 2).sum(axis=0) / (len(means) - len(shown))
    p = stats.f.sf(between / within, len(shown) - 1, len(means) - len(shown))
    windows = starts[:, None] + np.arange(length)
    return Responses(windows, table.conditions, means, averages[shown >= 0], p)


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
    return np.abs(vectors) / np.maximum(positive.sum(axis=1), 1e-9)


def discrimination(over, trials_spread):
    """Discrimination index of a tuning curve: its range relative to range and trials' spread."""
    spread = np.ptp(over, axis=1)
    return spread / (spread + 2 * trials_spread)


def at_best(seen, best, dff, running_speed):
    """Metrics of the responses to each cell's preferred condition.

    Parameters
    ----------
    seen : Responses
    best : numpy.ndarray of int, shape (n_cells,)
        Preferred conditions.
    dff : numpy.ndarray, shape (n_cells, n_frames)
    running_speed : numpy.ndarray, shape (n_frames,)

    Returns
    -------
    dict
        ``reliability``, ``run_mod``, ``p_run_mod`` and ``time_to_peak`` (seconds), each of shape
        (n_cells,).
    """
    result = {
        name: np.full(len(best), np.nan)
        for name in ("reliability", "run_mod", "p_run_mod", "time_to_peak")
    }
    least = 2 if seen.windows.shape[1] > 30 else 4  # trials that AllenSDK asks for, per group
    speed = running_speed[seen.windows].mean(axis=1)
    for cell, condition in enumerate(best):
        chosen = seen.conditions == condition
        traces = dff[cell][seen.windows[chosen]]
        result["reliability"][cell] = mean_correlation(traces)
        # The frame of the peak, looked for from the stimulus's start to half a second after.
        result["time_to_peak"][cell] = traces.mean(axis=0).argmax() / timeline.FRAME_RATE
        values, running = seen.means[chosen, cell], speed[chosen] >= RUNNING
        if running.sum() <= least or (~running).sum() <= least:
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


def drifting(dff, table, running_speed):
    """Metrics of the responses to drifting gratings, by column of the cell table."""
    known = facts.session("A")["drifting_gratings"]
    speeds, angles = known["temporal_frequencies_hz"], known["orientations_deg"]
    seen = responses(dff, table)
    curves = seen.tuning.T.reshape(-1, len(speeds), len(angles))
    best = seen.tuning.argmax(axis=0)
    speed, angle = np.divmod(best, len(angles))
    cells = np.arange(len(best))
    tuned = curves[cells, speed]
    peak = tuned[cells, angle]
    across = 0.5 * (tuned[cells, (angle + 2) % 8] + tuned[cells, (angle - 2) % 8])
    numbers = np.arange(len(seen.tuning)).reshape(len(speeds), len(angles))
    chosen = at_best(seen, best, dff, running_speed)
    return {
        "osi_dg": selectivity(peak, across),
        "dsi_dg": selectivity(peak, tuned[cells, (angle + 4) % 8]),
        "g_osi_dg": circular(tuned, angles, 2),
        "g_dsi_dg": circular(tuned, angles, 1),
        "pref_dir_dg": np.array(angles, dtype=float)[angle],
        "pref_tf_dg": np.array(speeds, dtype=float)[speed],
        "peak_dff_dg": peak,
        "p_dg": seen.p,
        "tfdi_dg": discrimination(curves[cells, :, angle], residual(seen, numbers.T, angle)),
        "reliability_dg": chosen["reliability"],
        "run_mod_dg": chosen["run_mod"],
        "p_run_mod_dg": chosen["p_run_mod"],
    }


def static(dff, table, running_speed):
    """Metrics of the responses to static gratings, by column of the cell table."""
    known = facts.session("B")["static_gratings"]
    angles, cycles = known["orientations_deg"], known["spatial_frequencies_cpd"]
    shape = len(angles), len(cycles), len(known["phases"])
    seen = responses(dff, table)
    curves = seen.tuning.T.reshape(-1, *shape)
    best = seen.tuning.argmax(axis=0)
    angle, cycle, phase = np.unravel_index(best, shape)
    cells = np.arange(len(best))
    tuned = curves[cells, :, cycle, phase]
    peak = tuned[cells, angle]
    numbers = np.arange(len(seen.tuning)).reshape(shape).transpose(0, 2, 1).reshape(-1, len(cycles))
    chosen = at_best(seen, best, dff, running_speed)
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
        "time_to_peak_sg": chosen["time_to_peak"],
        "run_mod_sg": chosen["run_mod"],
        "p_run_mod_sg": chosen["p_run_mod"],
    }


def image_selectivity(tuned):
    """Selectivity for images.

    AllenSDK averages, over 1000 thresholds between the least and the largest response, the share
    of images above the threshold, and subtracts twice that from 1; in the limit of many thresholds
    the average is the mean response, scaled to 0 to 1.

    Parameters
    ----------
    tuned : numpy.ndarray, shape (n_cells, n_images)

    Returns
    -------
    numpy.ndarray, shape (n_cells,)
    """
    low, high = tuned.min(axis=1, keepdims=True), tuned.max(axis=1, keepdims=True)
    return 1 - 2 * ((tuned - low) / (high - low)).mean(axis=1)


def scenes(dff, table, running_speed):
    """Metrics of the responses to natural scenes, by column of the cell table."""
    seen = responses(dff, table)
    best = seen.tuning.argmax(axis=0)
    chosen = at_best(seen, best, dff, running_speed)
    return {
        "pref_image_ns": best.astype(float),
        "peak_dff_ns": seen.tuning.max(axis=0),
        "p_ns": seen.p,
        "image_sel_ns": image_selectivity(seen.tuning.T),
        "reliability_ns": chosen["reliability"],
        "time_to_peak_ns": chosen["time_to_peak"],
        "run_mod_ns": chosen["run_mod"],
        "p_run_mod_ns": chosen["p_run_mod"],
    }


def movie_reliability(dff, table):
    """Mean correlation between the repeats of a movie.

    Returns
    -------
    numpy.ndarray, shape (n_cells,)
    """
    length = int(table.conditions.max()) + 1
    windows = table.frame_duration[::length, 0][:, None] + np.arange(length)
    return np.array([mean_correlation(trace[windows]) for trace in dff])


def receptive_field(seed):
    """Metrics of the simulated receptive fields of all neurons, by column of the cell table.

    NaN in neurons without one.
    """
    fields = tuning.receptive_fields(seed)
    visible = fields.strength > 0.8
    on, off = visible & (fields.on_share > 0.25), visible & (fields.on_share < 0.75)
    distance = np.hypot(*fields.shift)
    rng = generator(seed, "receptive field areas")
    area = rng.gamma(6.0, 1.2, (2, len(visible)))

    def where(mask, values):
        return np.where(mask, values, np.nan)

    return {
        "rf_area_on_lsn": where(on, area[0]),
        "rf_area_off_lsn": where(off, area[1]),
        "rf_center_on_x_lsn": where(on, fields.column),
        "rf_center_on_y_lsn": where(on, fields.row),
        "rf_center_off_x_lsn": where(off, fields.column + fields.shift[1]),
        "rf_center_off_y_lsn": where(off, fields.row + fields.shift[0]),
        "rf_chi2_lsn": np.where(visible, 1e-4, rng.uniform(0.05, 1.0, len(visible))),
        "rf_distance_lsn": where(on & off, distance),
        "rf_overlap_index_lsn": where(on & off, np.exp(-(distance**2) / 4)),
    }


def session_metrics(letter, seed, dff, running_speed):
    """Metrics that one session gives.

    Parameters
    ----------
    letter : {"A", "B", "C"}
    seed : int
    dff : numpy.ndarray, shape (n_cells, n_frames)
        In the order of the session's cell index.
    running_speed : numpy.ndarray, shape (n_frames,)
        cm/s.

    Returns
    -------
    dict
        Column of the cell table to array of shape (n_cells,).
    """
    measures = {"drifting_gratings": drifting, "static_gratings": static, "natural_scenes": scenes}
    result = {}
    for stimulus, table in stimuli.tables(letter, seed).items():
        if stimulus in measures:
            result.update(measures[stimulus](dff, table, running_speed))
        elif stimulus in stimuli.MOVIES:
            result[MOVIE_COLUMNS[letter, stimulus]] = movie_reliability(dff, table)
    if letter == "C":
        cells = population(seed).order[letter]
        result.update({name: values[cells] for name, values in receptive_field(seed).items()})
    return result


def metrics(seed, load):
    """All metrics of all neurons.

    Parameters
    ----------
    seed : int
    load : callable
        Takes a session letter; returns that session's dF/F and running speed.

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
            for column, values in session_metrics(letter, seed, *load(letter)).items():
                table[column] = np.full(len(cells.ids), np.nan)
                table[column][cells.order[letter]] = values
    return table
