"""The natural scene that one published neuron prefers.

published.json gives the mean dF/F of neuron 517474020 over the trials of its preferred image,
apart for trials at rest and while running. Its responses to that image are placed trial by trial
and scaled so that the two means come out as published.
"""

import re

import numpy as np

from . import calcium, facts, stimuli, timeline
from .seeds import generator


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


def preferred_scene_response(dff, events, running_speed, decay, seed):
    """Add the neuron's responses to its preferred scene to its dF/F in session B.

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
    length, threshold = published_window()
    table = stimuli.tables("B", seed)["natural_scenes"]
    starts = table.frame_duration[table.conditions == known["image"], 0]
    windows = starts[:, None] + np.arange(length)
    running = running_speed[windows].mean(axis=1) > threshold
    rng = generator(seed, "preferred scene")
    sizes = rng.gamma(1.6, 1.0, len(starts))
    responses, bursts = np.zeros((2, len(dff))), np.zeros((2, len(dff)))
    for start, size, group in zip(starts, sizes, running.astype(int), strict=True):
        span = np.arange(start, start + 90)
        since = (span - start) / timeline.FRAME_RATE - rng.uniform(0.04, 0.08)
        spikes = sum(calcium.transient(since - delay, decay) for delay in (0.0, 0.04, 0.09))
        responses[group, span] += size * spikes
        bursts[group, start + 2] += size * spikes.max()
    groups = [windows[~running], windows[running]]
    wanted = np.array([known["stationary_mean"], known["running_mean"]])
    missing = wanted - [dff[group].mean() for group in groups]
    # Responses to neighbouring trials may overlap, so both scales are solved for at once.
    overlap = np.array([[response[group].mean() for response in responses] for group in groups])
    scale = np.linalg.solve(overlap, missing)
    return dff + scale @ responses, events + scale @ bursts
