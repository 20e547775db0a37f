"""What neurons have in common beyond the stimulus: fluctuations of all of them, and of neighbours.

Spontaneous activity and responses go up and down together, the more so in neurons that lie close
to each other, in seconds as in minutes. Each neuron's event rate is multiplied by the exponential
of a weighted sum of signals; some have a weight in most neurons, others in one part of the field.
"""

import functools

import numpy as np
from scipy import ndimage

from . import anatomy
from .population import named_cells, population
from .seeds import generator
from .timeline import FRAME_RATE

STEP = 6  # imaging frames between two values that are drawn; a fifth of a second
WIDTHS = {"all": (0.35, 2.0, 25.0), "near": (0.35, 1.5, 12.0)}  # seconds, standard deviation
PLACES = 21  # parts of the field with signals of their own
NEAR = 62.0  # pixels, standard deviation of such a part: 48 micrometres
WEIGHT_ALL, WEIGHT_NEAR = 0.5, 0.95
LEAKED = 0.1, 0.8  # of the light of a neuron that another one touches, least and most


def _signal(n_frames, seconds, rng):
    """A smooth signal of mean 0 and standard deviation 1, float32 of shape (n_frames,)."""
    knots = rng.normal(0, 1, n_frames // STEP + 2)
    smooth = ndimage.gaussian_filter1d(knots, seconds * FRAME_RATE / STEP, mode="wrap")
    smooth = (smooth - smooth.mean()) / smooth.std()
    return np.interp(np.arange(n_frames) / STEP, np.arange(len(knots)), smooth).astype(np.float32)


def shared(letter, seed, n_frames):
    """Signals that neurons of a session share.

    Returns
    -------
    numpy.ndarray of float32, shape (n_signals, n_frames)
        Mean 0, standard deviation 1; first those of all neurons, then those of parts of the field.
    """
    rng = generator(seed, "shared variability", letter)
    widths = [*WIDTHS["all"], *np.resize(WIDTHS["near"], PLACES)]
    return np.stack([_signal(n_frames, seconds, rng) for seconds in widths])


@functools.lru_cache(maxsize=2)
def _nearness(seed):
    """How near each neuron lies to each part of the field: 1 in its midst.

    Returns
    -------
    numpy.ndarray, shape (n_cells, PLACES)
    """
    rng = generator(seed, "parts of the field")
    side = int(np.ceil(np.sqrt(PLACES)))
    chosen = rng.permutation(side**2)[:PLACES]
    corners = np.stack(np.divmod(chosen, side), axis=1)
    centres = (corners + rng.uniform(0.1, 0.9, corners.shape)) * anatomy.SIZE / side
    cells = anatomy.somata(seed).centres[: len(population(seed).ids)]
    distance = np.hypot(*(cells[:, None] - centres).transpose(2, 0, 1))
    return np.exp(-0.5 * (distance / NEAR) ** 2)


def local(values, seed):
    """Spread what holds for parts of the field over the neurons that lie there.

    Parameters
    ----------
    values : numpy.ndarray, shape (n, PLACES)
    seed : int

    Returns
    -------
    numpy.ndarray, shape (n_cells, n)
    """
    return _nearness(seed) @ values.T


@functools.lru_cache(maxsize=2)
def weights(seed):
    """How much of each signal each neuron has; the same in all sessions.

    Returns
    -------
    numpy.ndarray of float32, shape (n_cells, n_signals)
        Of the logarithm of the event rate.
    """
    near = WEIGHT_NEAR * _nearness(seed)
    rng = generator(seed, "weights of shared variability")
    near *= rng.normal(1.0, 0.35, near.shape)
    common = WEIGHT_ALL * rng.normal(1.0, 0.55, (len(near), len(WIDTHS["all"])))
    return np.hstack([common, near]).astype(np.float32)


@functools.lru_cache(maxsize=2)
def leaks(seed):
    """Whose light gets into whose trace: of some neurons that touch, as demixing leaves it.

    Returns
    -------
    dict
        Position of a neuron in `population.ids` to that of its neighbour, and to the size of the
        neighbour's transients in its own dF/F, relative to the neighbour's.
    """
    cells, rng = population(seed), generator(seed, "leaks")
    centres = anatomy.somata(seed).centres[: len(cells.ids)]
    distance = np.hypot(*(centres[:, None] - centres).transpose(2, 0, 1))
    spared = {cells.position(cell) for cell in named_cells()}
    found = {}
    for one, other in np.argwhere(np.tril(distance < anatomy.TOUCH, -1)).tolist():
        taker, giver = (one, other) if rng.random() < 0.5 else (other, one)
        share = rng.uniform(*LEAKED)
        if spared.isdisjoint((taker, giver)):
            found[taker] = giver, share
    return found


def gain(own, signals):
    """What multiplies a neuron's event rate, with a mean of about 1.

    Parameters
    ----------
    own : numpy.ndarray, shape (n_signals,)
        The neuron's weights.
    signals : numpy.ndarray, shape (n_signals, n_frames)

    Returns
    -------
    numpy.ndarray, shape (n_frames,)
    """
    return np.exp(own @ signals - 0.5 * np.sum(own**2))
