"""From events to dF/F: the kinetics of GCaMP6f and the noise of the recording."""

import numpy as np
from scipy import signal

from .timeline import FRAME_RATE

BURSTS = 0.07  # share of runs of events that are bursts
EVENTS_OF_BURST = 9.0  # mean number of events that a burst has more
MORE_EVENTS = 0.5  # mean number of events after the first in any run
INTERVAL = 0.1  # s, mean time between two events of a run
RECOVERY = 1.5  # s, time constant of what a neuron remembers of its own activity
TIRING = 1.05  # runs per second, lately, that halve the rate
SATURATION = 6.0  # dF/F at which nearly all of the indicator has calcium
RISE = 0.035  # s, time constant; with the decays used here the peak comes after 70 to 100 ms


def time_to_peak(decay):
    """Time from an event to the fluorescence's peak, seconds, for a decay time constant."""
    return RISE * decay / (decay - RISE) * np.log(decay / RISE)


def transient(seconds, decay):
    """Fluorescence after one event at time 0: a difference of exponentials with a peak of 1.

    Parameters
    ----------
    seconds : numpy.ndarray
        Time since the event; 0 before it.
    decay : float
        Time constant of the decay, seconds.

    Returns
    -------
    numpy.ndarray
        The same shape as `seconds`.
    """
    after = np.maximum(seconds, 0.0)
    peak = time_to_peak(decay)
    scale = np.exp(-peak / decay) - np.exp(-peak / RISE)
    return (np.exp(-after / decay) - np.exp(-after / RISE)) / scale


def convolve(events, decay):
    """Fluorescence of a train of events: `transient` at each, summed.

    Parameters
    ----------
    events : numpy.ndarray, shape (n_frames,)
        Size of the event in each imaging frame, dF/F at its peak.
    decay : float
        Time constant of the decay, seconds.

    Returns
    -------
    numpy.ndarray, shape (n_frames,)
        dF/F.
    """
    slow, fast = np.exp(-1 / (FRAME_RATE * decay)), np.exp(-1 / (FRAME_RATE * RISE))
    peak = time_to_peak(decay)
    scale = np.exp(-peak / decay) - np.exp(-peak / RISE)
    # The difference of two geometric series, as one recursive filter of second order.
    numerator = [0.0, (slow - fast) / scale]
    return signal.lfilter(numerator, [1.0, -(slow + fast), slow * fast], events)


def saturate(dff):
    """What the indicator shows of a fluorescence that would go on rising with calcium."""
    return SATURATION * (1 - np.exp(-dff / SATURATION))


def draw_events(rates, amplitude, rng):
    """Draw a train of events: in runs, most of them of one or two and a few long bursts.

    Parameters
    ----------
    rates : numpy.ndarray, shape (n_frames,)
        Runs that begin, per second.
    amplitude : float
        Median size of an event, dF/F.
    rng : numpy.random.Generator

    Returns
    -------
    numpy.ndarray of float, shape (n_frames,)
        Size of the event in each imaging frame, dF/F at its peak; 0 for none.
    """
    begins = np.flatnonzero(rng.random(len(rates)) < rates / FRAME_RATE)
    lengths = 1 + rng.poisson(MORE_EVENTS, len(begins))
    bursts = rng.random(len(begins)) < BURSTS
    lengths[bursts] += rng.poisson(EVENTS_OF_BURST, np.count_nonzero(bursts))
    # The time of each event since its run began: intervals, summed within the run.
    since = np.cumsum(rng.exponential(INTERVAL * FRAME_RATE, lengths.sum()))
    firsts = np.cumsum(lengths) - lengths
    since -= np.repeat(since[firsts], lengths)
    frames = np.minimum(np.repeat(begins, lengths) + since.astype(int), len(rates) - 1)
    sizes = amplitude * np.exp(rng.normal(0, 0.5, len(frames)))
    return np.bincount(frames, sizes, len(rates))


def tire(rates, tiring=TIRING):
    """Let activity that goes on for seconds wane, as neurons adapt.

    Parameters
    ----------
    rates : numpy.ndarray, shape (n_frames,)
        Runs that begin, per second.
    tiring : float
        Runs per second, lately, that halve the rate.

    Returns
    -------
    numpy.ndarray, shape (n_frames,)
    """
    kept = np.exp(-1 / (FRAME_RATE * RECOVERY))
    lately = signal.lfilter([0.0, 1 - kept], [1.0, -kept], rates)
    return rates / (1 + lately / tiring)


def excitability(n_frames, rng, spread=0.35):
    """A slowly wandering gain around 1, so that no two repeats of a stimulus are alike."""
    step = 256  # frames; about 8 s
    knots = np.exp(rng.normal(-0.5 * spread**2, spread, n_frames // step + 2))
    return np.interp(np.arange(n_frames), np.arange(len(knots)) * step, knots)


def baseline(n_frames, rng, spread=0.012):
    """What slow drift the subtraction of a running baseline leaves in dF/F.

    Returns
    -------
    numpy.ndarray, shape (n_frames,)
        dF/F around 0, over a minute or so.
    """
    step = 1024  # frames; about half a minute
    knots = rng.normal(0, spread, n_frames // step + 2)
    return np.interp(np.arange(n_frames), np.arange(len(knots)) * step, knots)
