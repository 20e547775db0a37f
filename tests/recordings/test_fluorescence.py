"""Raw and neuropil traces: how their light, noise and contamination hang together."""

import numpy as np
import pytest
from scipy import ndimage

from visual_coding_course.recordings import calcium, facts


@pytest.fixture(params=facts.SESSIONS)
def letter(request):
    return request.param


def seconds(traces):
    """Means over bins of 30 imaging frames."""
    count = traces.shape[-1] // 30
    return traces[..., : 30 * count].reshape(*traces.shape[:-1], count, 30).mean(axis=-1)


@pytest.mark.parametrize("other", ["A", "C"])
def test_a_neurons_r_is_near_to_that_in_session_b(sessions, other):
    r = [
        dict(zip(data_set.get_cell_specimen_ids(), data_set.get_neuropil_r(), strict=True))
        for data_set in (sessions.data_sets[other], sessions.data_sets["B"])
    ]
    both = [(r[0][cell], r[1][cell]) for cell in r[0] if cell in r[1]]
    assert len(both) > 80 and np.corrcoef(np.transpose(both))[0, 1] > 0.8
    alone = [r[0][cell] for cell in r[0] if cell not in r[1]]
    assert np.median(alone) == pytest.approx(np.median(list(r[1].values())), abs=0.06)


def test_neuropil_follows_activity_and_running(sessions):
    data_set = sessions.data_sets["B"]
    neuropil = seconds(data_set.get_neuropil_traces()[1])
    ramp = np.linspace(-1, 1, neuropil.shape[1])
    flat = np.array([each - np.polyval(np.polyfit(ramp, each, 3), ramp) for each in neuropil])
    activity = seconds(sessions.dff("B").mean(axis=0))
    running = np.clip(np.nan_to_num(data_set.get_running_speed()[0]), 0, None)
    running = seconds(ndimage.gaussian_filter1d(running, 15))
    for signal in (activity, running):
        assert np.median([np.corrcoef(each, signal)[0, 1] for each in flat]) > 0.3
    share = np.median(flat.std(axis=1) / neuropil.mean(axis=1))
    assert 0.01 < share < 0.1


def test_baselines_drift_by_a_few_percent(sessions, letter):
    raw = sessions.data_sets[letter].get_fluorescence_traces()[1]
    first, last = (np.percentile(part, 10, axis=1) for part in (raw[:, :9000], raw[:, -9000:]))
    change = np.abs(last / first - 1)
    assert 0.01 < np.median(change) < 0.08 and change.max() < 0.2


def test_noise_grows_as_the_root_of_the_light(sessions):
    raw = sessions.data_sets["B"].get_fluorescence_traces()[1]
    noise = np.median(np.abs(np.diff(raw, axis=1)), axis=1)
    slope = np.polyfit(np.log(np.median(raw, axis=1)), np.log(noise), 1)[0]
    assert slope == pytest.approx(0.5, abs=0.15)


def test_activity_that_goes_on_wanes_and_short_one_does_not():
    rates = np.zeros(300)
    rates[30:33] = rates[100:] = 5.0
    tired = calcium.tire(rates)
    assert tired[30] == 5.0 and tired[100] > 4.5
    assert tired[32] > 4
    assert tired[-1] < 0.5 * 5.0
    assert (np.diff(tired[100:]) <= 0).all()
