"""What an expert looks for in a recording, beyond what is published of this one."""

import numpy as np
import pandas as pd
import pytest
from scipy import ndimage, stats
from scipy.spatial.distance import pdist

from visual_coding_course.recordings import facts

RATE = 30.0782  # imaging frames a second


@pytest.fixture(scope="module")
def speeds(sessions):
    return {
        letter: data_set.get_running_speed()[0] for letter, data_set in sessions.data_sets.items()
    }


def noise(traces):
    """Standard deviation from frame to frame, which transients hardly change."""
    steps = np.abs(np.diff(traces[:, :20000], axis=1))
    return np.median(steps, axis=1) / (0.6745 * np.sqrt(2))


def test_each_day_has_its_own_highest_and_lowest_speed(speeds):
    for extreme in (np.max, np.min):
        reached = [extreme(speed) for speed in speeds.values()]
        assert len(set(np.round(reached, 1))) == 3
        for speed, value in zip(speeds.values(), reached, strict=True):
            assert np.count_nonzero(speed == value) == 1


@pytest.mark.parametrize("letter", facts.SESSIONS)
def test_running_moves_some_neurons_up_and_some_down(letter, sessions, speeds):
    smooth = ndimage.gaussian_filter1d(speeds[letter], RATE / 2)
    dff = ndimage.gaussian_filter1d(sessions.dff(letter), RATE / 2, axis=1)
    r = np.array([np.corrcoef(trace[::15], smooth[::15])[0, 1] for trace in dff])
    assert (r > 0.2).mean() > 0.03 and (r < -0.08).mean() > 0.03
    assert np.median(np.abs(r)) < 0.15  # most hardly follow it


def test_neighbours_see_neighbouring_places(sessions, boc):
    ids = sessions.data_sets["C"].get_cell_specimen_ids()
    at = dict(zip(ids.tolist(), sessions.centres("C"), strict=True))
    for colour in ("on", "off"):
        rows = pd.DataFrame(boc.get_cell_specimens(ids=ids.tolist()))
        names = [f"rf_center_{colour}_{axis}_lsn" for axis in "xy"]
        rows = rows.set_index("cell_specimen_id")[names].dropna()
        assert len(rows) > 15
        apart = pdist([at[cell] for cell in rows.index]), pdist(rows.to_numpy())
        # By ranks: AllenSDK finds some of the fields far off, in noise.
        assert stats.spearmanr(*apart).statistic > 0.15


def test_some_neurons_follow_the_cycles_of_a_slow_grating(sessions):
    table = sessions.table("A", "drifting_gratings").dropna()
    dff, span = sessions.dff("A"), np.arange(int(2 * RATE))
    locked = []
    for frequency in (1.0, 2.0):
        wave = np.exp(-2j * np.pi * frequency * span / RATE)
        chosen = table[table.temporal_frequency == frequency]
        for _, trials in chosen.groupby("orientation"):
            windows = dff[:, trials.start.values[:, None] + span]
            first = (windows - windows.mean(axis=2, keepdims=True)) @ wave
            locked.append(np.abs(first.mean(axis=1)) / np.abs(first).mean(axis=1))
    best = np.max(locked, axis=0)
    chance = 1 / np.sqrt(15)  # of 15 trials with phases by chance, in the mean
    assert (best > 0.8).mean() > 0.04 and best.max() > 3 * chance


def test_neurons_differ_in_noise_beyond_their_light_and_a_little_from_day_to_day(sessions):
    raw = sessions.data_sets["B"].get_fluorescence_traces()[1]
    ratio = noise(raw) / np.sqrt(np.median(raw, axis=1))
    assert 0.1 < np.log(ratio).std() < 0.5
    shared = np.intersect1d(
        *(sessions.data_sets[letter].get_cell_specimen_ids() for letter in "AB")
    )
    one, two = (
        noise(
            sessions.dff(letter)[
                sessions.data_sets[letter].get_cell_specimen_indices(shared.tolist())
            ]
        )
        for letter in "AB"
    )
    assert 0.7 < stats.spearmanr(one, two).statistic < 0.97


def test_samples_lie_on_no_grid(sessions):
    for traces, step in (
        (sessions.dff("B"), 1 / 1024),
        (sessions.data_sets["B"].get_neuropil_traces()[1], 0.5),
    ):
        sample = traces[::10, ::50].astype(float) / step
        assert (np.abs(sample - np.rint(sample)) < 1e-6).mean() < 0.3
