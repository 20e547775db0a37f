"""Running speed: a mouse on a wheel stands still most of the time and runs in bouts."""

import numpy as np
from scipy import ndimage

from . import timeline
from .seeds import generator

STILL_SECONDS, BOUT_SECONDS = 26.0, 13.0


def speed(letter, seed):
    """Running speed in one session.

    Returns
    -------
    numpy.ndarray of float, shape (n_frames,)
        cm/s, one value for each imaging frame, without gaps. Standing still is noise around 0.
    """
    n_frames = timeline.timeline(letter, seed).n_frames
    rng = generator(seed, "running", letter)
    target = np.zeros(n_frames)
    frame = 0
    while frame < n_frames:
        frame += int(rng.exponential(STILL_SECONDS) * timeline.FRAME_RATE) + 15
        length = int(rng.gamma(1.5, BOUT_SECONDS / 1.5) * timeline.FRAME_RATE) + 15
        target[frame : frame + length] = min(rng.gamma(6.0, 3.0), 36.0)
        frame += length
    # Half a second to get going or to stop, then steps and a wandering pace.
    ramped = ndimage.gaussian_filter1d(target, 7.0)
    wander = ndimage.gaussian_filter1d(rng.normal(0, 1, n_frames), 30.0)
    wander /= wander.std()
    steps = ndimage.gaussian_filter1d(rng.normal(0, 1, n_frames), 2.0) * 2.6
    moving = np.clip(ramped * (1 + 0.22 * wander + 0.10 * steps), 0, None)
    return moving + rng.normal(0, 0.12, n_frames) * (1 + 0.04 * moving)


def arousal(running_speed):
    """How far running moves a neuron's gain: 0 at rest, towards 1 at full speed.

    The gain follows the speed over about a second and saturates at walking pace.
    """
    smoothed = ndimage.gaussian_filter1d(np.clip(running_speed, 0, None), 12.0)
    return smoothed / (smoothed + 6.0)
