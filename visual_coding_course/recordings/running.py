"""Running speed: a mouse on a wheel rests for many minutes, and then runs for as many.

Session B's course is published as a figure: at rest for about the first 72000 imaging frames, with
none at 10 cm/s in a middle epoch of natural scenes, then running most of the time until about frame
105000. When the others ran is unknown; they are drawn in the same manner.
"""

import functools
from dataclasses import dataclass

import numpy as np
from scipy import ndimage, optimize

from . import facts, scenes, timeline
from .seeds import generator

NOISE = 2.0  # cm/s, of the wheel's encoder at rest
MINUTE = 60 * timeline.FRAME_RATE  # imaging frames
MOST_DRAWS = 2000


@dataclass(frozen=True)
class Mood:
    """How the mouse behaves for some minutes.

    Attributes
    ----------
    still, bout : float
        Mean length of its rests and of its bouts of running, seconds.
    pace : float
        Mean speed of a bout, cm/s.
    """

    still: float
    bout: float
    pace: float


RESTING, AWAKE = Mood(110.0, 2.5, 8.0), Mood(10.0, 38.0, 30.0)


def figure():
    """What the published figure of session B's running shows."""
    return facts.session("B")["running_speed_figure"]


def course(letter, n_frames, rng):
    """When the mouse is in which mood.

    Returns
    -------
    list of (int, int, Mood)
        First imaging frame, first frame after it, and the mood.
    """
    if letter == "B":
        start, end = figure()["mostly_running_frames"]
        return [(0, start, RESTING), (start, end, AWAKE), (end, n_frames, RESTING)]
    result, frame = [], 0
    moods = (RESTING, AWAKE) if rng.random() < 0.5 else (AWAKE, RESTING)
    while frame < n_frames:
        mood = moods[len(result) % 2]
        length = int(MINUTE * (4 + rng.gamma(3.0, 4.0 if mood is RESTING else 2.2)))
        result.append((frame, min(frame + length, n_frames), mood))
        frame += length
    return result


def pace(letter, n_frames, rng):
    """The speed that the mouse is about to run at, 0 where it rests.

    Returns
    -------
    numpy.ndarray, shape (n_frames,)
        cm/s.
    """
    target = np.zeros(n_frames)
    for start, end, mood in course(letter, n_frames, rng):
        frame = start
        while frame < end:
            frame += int(rng.exponential(mood.still) * timeline.FRAME_RATE) + 20
            length = int(rng.gamma(1.4, mood.bout / 1.4) * timeline.FRAME_RATE) + 25
            target[frame : min(frame + length, end)] = min(rng.gamma(7.0, mood.pace / 7.0), 55.0)
            frame += length
    if letter == "B":
        start, end = figure()["never_at_10_cm_s_frames"]
        target[start - 60 : end + 60] = 0.0
    return target


def extremes(letter, rng):
    """The highest and the lowest speed of a session, cm/s; session B's are published."""
    if letter == "B":
        return figure()["maximum_cm_s"], figure()["minimum_cm_s"]
    return rng.uniform(56.0, 76.0), rng.uniform(-16.0, -10.0)


def scale_to(highest, part, rest):
    """By what `part` is multiplied for the sum with `rest` to have its highest value there."""
    return optimize.brentq(
        lambda scale: (scale * part + rest).max() - highest, 0.0, 2 * highest / part.max()
    )


def _plausible_pace(letter, seed, n_frames):
    """Draw until as many trials of a published neuron's scene are with running as published."""
    if letter != "B":
        return pace(letter, n_frames, generator(seed, "mouse", letter))
    wanted = facts.session("B")["cell_517474020_image_17"]["trials_with_running"]
    windows = scenes.preferred_windows(seed)
    for number in range(MOST_DRAWS):
        target = pace(letter, n_frames, generator(seed, "running", letter, number))
        moving = ndimage.gaussian_filter1d(target, 7.0)[windows].mean(axis=1)
        doubtful = (moving > 0.1) & (moving < 5.0)
        if np.count_nonzero(moving > 5.0) == wanted and not doubtful.any():
            return target
    raise RuntimeError("no course of running with the published number of running trials")


@functools.lru_cache(maxsize=4)
def speed(letter, seed):
    """Running speed in one session.

    Returns
    -------
    numpy.ndarray of float, shape (n_frames,)
        cm/s, one value for each imaging frame, without gaps. Standing still is noise around 0.
        Shared between callers: do not change it.
    """
    n_frames = timeline.timeline(letter, seed).n_frames
    target = _plausible_pace(letter, seed, n_frames)
    rng = generator(seed, "speed", letter)
    # Half a second to get going or to stop, then steps and a wandering pace.
    ramped = ndimage.gaussian_filter1d(target, 7.0)
    wander = ndimage.gaussian_filter1d(rng.normal(0, 1, n_frames), 30.0)
    steps = ndimage.gaussian_filter1d(rng.normal(0, 1, n_frames), 2.0) * 2.6
    moving = np.clip(ramped * (1 + 0.22 * wander / wander.std() + 0.13 * steps), 0, None)
    # Now and then it slips backwards as it stops.
    stops = np.flatnonzero((target[:-1] > 0) & (target[1:] == 0))
    chosen = stops[rng.random(len(stops)) < 0.2]
    slips = np.zeros(n_frames)
    slips[chosen] = rng.uniform(0.3, 1.0, len(chosen))
    slips = ndimage.gaussian_filter1d(np.roll(slips, 25), 4.0)
    most, least = extremes(letter, rng)
    result = NOISE * rng.normal(0, 1, n_frames)
    result += moving * scale_to(most, moving, result)
    if slips.any():
        result -= slips * scale_to(-least, slips, -result)
    result.flags.writeable = False
    return result


def arousal(running_speed):
    """How far running moves a neuron's gain: 0 at rest, towards 1 at full speed.

    The gain follows the speed over about a second and saturates at walking pace.
    """
    smoothed = np.clip(ndimage.gaussian_filter1d(running_speed, 12.0) - 1.0, 0, None)
    return smoothed / (smoothed + 6.0)
