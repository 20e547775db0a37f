"""The published neuron's response to natural movie one, repeat by repeat.

published.json gives the peaks of its mean response in each session, and how the three mean
responses correlate. Here ten different repeats are drawn for each session of which the mean has
those peaks; the last digits of the peaks, which cannot be read off a figure, are then chosen so
that the correlations come out as published.
"""

import functools
from dataclasses import dataclass

import numpy as np
from scipy import optimize
from scipy.signal import find_peaks

from . import calcium, facts, timeline
from .seeds import generator

DECAY = 0.19  # s; with a slower one the last peak would run on into the next repeat's start
NOISE = 0.042  # dF/F
MARGIN = 60  # imaging frames simulated beyond the movie's last repeat
PAIRS = (("A", "B"), ("A", "C"), ("B", "C"))
READING_ERROR = {"frame": 3.0, "height": 0.045}
BURST = np.array([-0.30, -0.22, -0.15, -0.09, -0.04, 0.0, 0.03])  # s, spikes of one response


@dataclass(frozen=True)
class Repeats:
    """One session's repeats before their mean is fitted.

    Attributes
    ----------
    starts : numpy.ndarray of int, shape (n_repeats,)
        Imaging frames at which they start, relative to the first.
    peaks : numpy.ndarray, shape (n_peaks, 2)
        Published frame and height of each peak of the mean.
    shares : numpy.ndarray, shape (n_repeats, n_peaks)
        How large each peak is in each repeat, relative to its mean.
    jitter : numpy.ndarray, shape (n_repeats, n_peaks)
        How much later it is, imaging frames.
    noise : numpy.ndarray, shape (n_frames,)
        Baseline noise from the first repeat's start, dF/F.
    """

    starts: np.ndarray
    peaks: np.ndarray
    shares: np.ndarray
    jitter: np.ndarray
    noise: np.ndarray

    @property
    def windows(self):
        """numpy.ndarray of int, shape (n_repeats, 900): Imaging frames of each repeat."""
        length = facts.published()["natural_movie_one"]["movie_frames"]
        return self.starts[:, None] + np.arange(length)


def shares_with_maximum(count, largest, rng):
    """Positive numbers with mean 1 and a given maximum: how one peak varies between repeats."""
    raw = rng.normal(0, 1, count)

    def sized(spread):
        values = np.exp(spread * (raw - raw.max()))
        return values / values.mean()

    largest = min(largest, 0.8 * count)
    while sized(20.0).max() < largest:  # two repeats drawn so alike that neither stands out
        raw[raw.argmax()] += 0.1
    spread = optimize.brentq(lambda value: sized(value).max() - largest, 1e-3, 20.0)
    return sized(spread)


def draw(letter, rng):
    """Draw how a session's repeats differ.

    Returns
    -------
    Repeats
    """
    peaks = np.array(
        facts.published()["movie_response_of_517472450"]["peaks_read_off_the_published_figure"][
            letter
        ]
    )
    starts = repeat_starts(letter)
    highest = peaks[:, 1].argmax()
    largest = facts.largest_peaks()[letter]
    shares = []
    for number, (_, height) in enumerate(peaks):
        ceiling = largest if number == highest else 0.8 * largest
        # A small mean is a full response in few repeats rather than a small one in each.
        ratio = (ceiling if height > 0.15 else 0.5) / height
        shares.append(shares_with_maximum(len(starts), ratio, rng))
    jitter = rng.normal(0, 0.8, (len(starts), len(peaks)))
    noise = rng.normal(0, NOISE, starts[-1] + 903 + MARGIN)
    return Repeats(starts, peaks, np.array(shares).T, jitter - jitter.mean(axis=0), noise)


@functools.lru_cache(maxsize=1)
def burst():
    """One response: a burst of spikes, densest at its end, so that it rises slower than it falls.

    Returns
    -------
    seconds, dff : numpy.ndarray, shape (n_samples,)
        Time from the burst's peak, and dF/F relative to that peak.
    """
    seconds = np.arange(-0.6, 2.2, 0.002)
    dff = sum(calcium.transient(seconds - delay, DECAY) for delay in BURST)
    return seconds - seconds[dff.argmax()], dff / dff.max()


def signal(repeats, frames, heights):
    """The neuron's noiseless dF/F over all repeats.

    Parameters
    ----------
    repeats : Repeats
    frames, heights : numpy.ndarray, shape (n_peaks,)
        Where the mean response peaks, and how high.

    Returns
    -------
    numpy.ndarray, shape (n_frames,)
        From the first repeat's start.
    """
    shape = np.zeros((len(heights), len(repeats.noise)))
    for repeat, start in enumerate(repeats.starts):
        for peak, frame in enumerate(frames):
            first = int(start + frame) - 20
            span = np.arange(first, min(first + 85, len(repeats.noise)))
            since = (span - start - frame - repeats.jitter[repeat, peak]) / timeline.FRAME_RATE
            one = np.interp(since, *burst(), left=0.0, right=0.0)
            shape[peak, span] += repeats.shares[repeat, peak] * one
    mean = shape[:, repeats.windows].mean(axis=1)
    at = np.clip(np.rint(frames).astype(int), 0, mean.shape[1] - 1)
    return np.linalg.solve(mean[:, at].T, heights) @ shape


def unpack(parameters, drawn):
    """Split the fitted numbers into each session's peak frames and heights."""
    result, used = {}, 0
    for letter, repeats in drawn.items():
        count = len(repeats.peaks)
        offsets = parameters[used : used + 2 * count]
        used += 2 * count
        frames = repeats.peaks[:, 0] + READING_ERROR["frame"] * offsets[:count]
        result[letter] = frames, repeats.peaks[:, 1] + READING_ERROR["height"] * offsets[count:]
    return result


def mean_responses(parameters, drawn):
    """Mean response of each session for one choice of the peaks' last digits."""
    peaks = unpack(parameters, drawn)
    return {
        letter: (signal(repeats, *peaks[letter]) + repeats.noise)[repeats.windows].mean(axis=0)
        for letter, repeats in drawn.items()
    }


def misfit(parameters, drawn):
    """What the fit makes small: distance from the published correlations, and from the peaks."""
    means = mean_responses(parameters, drawn)
    wanted = facts.published()["movie_response_of_517472450"]["pearson_r"]
    off = [(np.corrcoef(means[a], means[b])[0, 1] - wanted[a + b]) / 0.001 for a, b in PAIRS]
    for letter, repeats in drawn.items():
        for frame, height in repeats.peaks:
            near = means[letter][int(frame) - 5 : int(frame) + 6]
            off.append((near.max() - height) / 0.02)
    return np.append(off, 0.3 * parameters)


def draw_until_plausible(letter, seed):
    """Draw repeats until the largest single peak is about the published one.

    Raises
    ------
    RuntimeError
        If no draw fits, which would mean that the published numbers contradict each other.
    """
    rng = generator(seed, "movie repeats", letter)
    for _ in range(300):
        repeats = draw(letter, rng)
        trace = signal(repeats, *repeats.peaks.T) + repeats.noise
        if abs(trace.max() - facts.largest_peaks()[letter]) < 0.05:
            return repeats
    raise RuntimeError(f"no movie responses with the published peaks in session {letter}")


def repeat_starts(letter):
    """Imaging frames at which the movie's repeats start, relative to the first of them."""
    # They do not depend on the seed: the movie's epochs have no flips dropped by chance.
    starts = timeline.timeline(letter, 0).movie_starts
    return starts - starts[0]


@functools.lru_cache(maxsize=2)
def responses(seed):
    """The published neuron's dF/F while natural movie one is shown.

    Parameters
    ----------
    seed : int

    Returns
    -------
    dict
        Session letter to array of shape (n_frames,): dF/F from the start of the first repeat to
        `MARGIN` imaging frames after the last one.
    """
    drawn = {letter: draw_until_plausible(letter, seed) for letter in facts.SESSIONS}
    count = sum(2 * len(repeats.peaks) for repeats in drawn.values())
    fit = optimize.least_squares(
        misfit, np.zeros(count), bounds=(-1, 1), args=(drawn,), diff_step=0.05, max_nfev=15
    )
    peaks = unpack(fit.x, drawn)
    return {
        letter: signal(repeats, *peaks[letter]) + repeats.noise for letter, repeats in drawn.items()
    }


def detected_events(seed, letter, n_frames, first_frame):
    """Events that a detection would find in the published neuron's movie responses.

    Parameters
    ----------
    seed : int
    letter : {"A", "B", "C"}
    n_frames : int
        Imaging frames of the recording.
    first_frame : int
        Imaging frame at which the first repeat starts.

    Returns
    -------
    numpy.ndarray, shape (n_frames,)
        The rise of each transient above the noise, dF/F, where it peaks; 0 elsewhere.
    """
    dff = responses(seed)[letter]
    peaks, found = find_peaks(dff, height=5 * NOISE, distance=12, prominence=4 * NOISE)
    events = np.zeros(n_frames)
    events[first_frame + peaks - 3] = found["prominences"]
    return events
