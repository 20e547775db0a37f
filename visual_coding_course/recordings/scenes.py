"""The natural scenes that one published neuron prefers.

published.json gives the mean dF/F of neuron 517474020 over the trials of its preferred image,
apart for trials at rest and while running, the standard error over all of them, and the number of
images with a mean above 0.1. Its responses to those images are placed trial by trial, and scaled
so that these come out as published.
"""

import re

import numpy as np
from scipy import optimize

from . import calcium, facts, stimuli, timeline
from .seeds import generator

BASELINE = 28  # imaging frames before a trial that AllenSDK takes its response relative to
LOOKED_AT = 22  # the image that published.json lists all neurons of which prefer it


def published_window():
    """How the two means are taken, which the JSON says in words.

    Returns
    -------
    frames : int
        Imaging frames from a trial's start.
    threshold : float
        Running speed above which a trial counts as running, cm/s.
    """
    words = facts.published()["preferred_natural_scene_of_517474020"]["window"]
    frames, threshold = re.search(r"the (\d+) imaging frames.*above ([\d.]+) cm/s", words).groups()
    return int(frames), float(threshold)


def preferred_image():
    """Number of the image that the neuron prefers."""
    return facts.published()["preferred_natural_scene_of_517474020"]["image"]


def windows_of(image, seed):
    """Imaging frames that count as the responses to an image.

    Returns
    -------
    numpy.ndarray of int, shape (n_trials, n_window)
    """
    table = stimuli.tables("B", seed)["natural_scenes"]
    starts = table.frame_duration[table.conditions == image, 0]
    return starts[:, None] + np.arange(published_window()[0])


def preferred_windows(seed):
    """The same of the image that the neuron prefers."""
    return windows_of(preferred_image(), seed)


def other_images(seed):
    """The images that it answers to less, with the mean dF/F of each.

    Returns
    -------
    dict of int to float
    """
    rng = generator(seed, "other scenes")
    images = np.arange(facts.session("B")["natural_scenes"]["images"])
    images = rng.permutation(np.delete(images, [preferred_image(), LOOKED_AT]))
    count = facts.session("B")["cell_517474020_image_17"]["images_with_mean_above_0.1"] - 1
    return dict(zip(images[:count].tolist(), rng.uniform(0.125, 0.21, count), strict=True))


def add_responses(dff, events, running_speed, decay, seed):
    """Add the neuron's responses to the scenes that it answers to, to its dF/F in session B.

    Parameters
    ----------
    dff, events : numpy.ndarray, shape (n_frames,)
        The neuron's dF/F and events without those responses.
    running_speed : numpy.ndarray, shape (n_frames,)
        cm/s.
    decay : float
        Time constant of the neuron's transients, seconds.
    seed : int

    Returns
    -------
    dff, events : numpy.ndarray, shape (n_frames,)
    """
    known = facts.published()["preferred_natural_scene_of_517474020"]
    rng = generator(seed, "preferred scene")
    for image, mean in other_images(seed).items():
        windows = windows_of(image, seed)
        placed = _place(windows, rng.gamma(1.2, 1.0, len(windows)), len(dff), decay, rng)
        scale = (mean - dff[windows].mean()) / placed[0][windows].mean()
        dff, events = dff + scale * placed[0], events + scale * placed[1]
    windows = preferred_windows(seed)
    running = running_speed[windows].mean(axis=1) > published_window()[1]
    wanted = np.array([known["stationary_mean"], known["running_mean"]])
    sizes = rng.gamma(1.6, 1.0, len(windows))
    state = rng.bit_generator.state
    groups = [~running, running]

    def added(power):
        """Responses with more or less spread, scaled so that both means are as published."""
        rng.bit_generator.state = state
        one, two = (_place(windows, sizes**power * group, len(dff), decay, rng) for group in groups)
        missing = [mean - dff[windows[group]].mean() for mean, group in zip(wanted, groups)]
        # Responses to neighbouring trials may overlap, so both scales are solved for at once.
        overlap = [[part[0][windows[group]].mean() for part in (one, two)] for group in groups]
        scale = np.linalg.solve(overlap, missing)
        return dff + scale @ [one[0], two[0]], events + scale @ [one[1], two[1]]

    def too_wide(power):
        means = added(power)[0][windows].mean(axis=1)
        sem = facts.session("B")["cell_517474020_image_17"]["sem"]
        return means.std() / np.sqrt(len(means)) - sem

    return added(optimize.brentq(too_wide, 0.1, 3.0, xtol=1e-3))


def with_first_response(dff, seed):
    """Shift the first neuron's dF/F in session B's first trial to its published response.

    Parameters
    ----------
    dff : numpy.ndarray, shape (n_frames,)

    Returns
    -------
    numpy.ndarray, shape (n_frames,)
    """
    known = facts.session("B")["natural_scenes_mean_sweep_response_column_0_row_0"]
    start = stimuli.tables("B", seed)["natural_scenes"].frame_duration[0, 0]
    response = slice(start, start + published_window()[0])
    before = 1 + dff[start - BASELINE : start].mean()
    dff = dff.copy()
    dff[response] += before * (1 + known / 100) - 1 - dff[response].mean()
    return dff


def _place(windows, sizes, n_frames, decay, rng):
    """Responses of given sizes, one for each trial: dF/F, and events."""
    responses, bursts = np.zeros((2, n_frames))
    for start, size in zip(windows[:, 0], sizes, strict=True):
        span = np.arange(start, min(start + 90, n_frames))
        since = (span - start) / timeline.FRAME_RATE - rng.uniform(0.04, 0.08)
        spikes = sum(calcium.transient(since - delay, decay) for delay in (0.0, 0.04, 0.09))
        responses[span] += size * spikes
        bursts[start + 2] += size * spikes.max()
    return responses, bursts
