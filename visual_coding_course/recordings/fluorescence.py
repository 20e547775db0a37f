"""From dF/F to the detector's counts: raw, demixed and neuropil fluorescence.

The pipeline's own relations hold between the traces of a cell, with its baseline F0::

    raw       = demixed + light of overlapping cells
    corrected = demixed - r * neuropil
    dF/F      = (corrected - F0) / F0
"""

import numpy as np
from scipy import interpolate

from . import anatomy, facts, tuning
from .chunks import rounded
from .population import population
from .seeds import generator

PATCHES = 3  # along each side of the field: the neuropil follows the activity of cells close by
REACH = 0.22 * anatomy.SIZE  # pixels, standard deviation of a patch
SHOT_NOISE = 0.8  # counts for the square root of a count
OF_NOISE = 0.4  # of how a neuron's noise differs from others' that is not for want of light
#: Standard deviation of the noise's logarithm for the same light: over neurons, for that share to
#: be independent of their light; from day to day in each; from day to day in all.
UNEQUAL, DAILY_NOISE, DAILY_LIGHT = 0.17, 0.12, 0.1
DAILY = 0.035  # standard deviation of a neuron's r from one session to another
NEUROPIL = 260.0  # counts where the light is as in the field's middle


def neuropil_r(letter, seed):
    """Share of the neuropil trace that contaminates each neuron's.

    Parameters
    ----------
    letter : {"A", "B", "C"}
    seed : int

    Returns
    -------
    numpy.ndarray, shape (n_cells,)
        In the order of `population(seed).ids`. Session B's are published; in the other sessions
        a neuron's is near to that, and neurons not found in B have another one's.
    """
    cells = population(seed)
    published = np.array(facts.session("B")["neuropil_r_of_all_cells_in_order_of_index"])
    r = generator(seed, "neuropil r").choice(published, len(cells.ids))
    r[cells.order["B"]] = published
    if letter == "B":
        return r
    return np.round(
        np.clip(r + generator(seed, "neuropil r", letter).normal(0, DAILY, len(r)), 0, 0.9), 3
    )


def patch_weights(centres):
    """How much each patch of the field takes from each cell, or a cell's neuropil from each patch.

    Parameters
    ----------
    centres : numpy.ndarray, shape (n_cells, 2)

    Returns
    -------
    numpy.ndarray, shape (n_patches, n_cells)
        For each cell, the sum is 1.
    """
    middles = (np.arange(PATCHES) + 0.5) / PATCHES * anatomy.SIZE
    patches = np.stack(np.meshgrid(middles, middles, indexing="ij"), axis=-1).reshape(-1, 2)
    distance = np.hypot(*(patches[:, None] - centres[None]).transpose(2, 0, 1))
    weights = np.exp(-0.5 * (distance / REACH) ** 2)
    return weights / weights.sum(axis=0)


def wandering(n_frames, step, rng):
    """A signal that takes a new direction every `step` imaging frames."""
    knots = rng.normal(0, 1, n_frames // step + 2)
    return np.interp(np.arange(n_frames), step * np.arange(len(knots)), knots)


def shared_neuropil(dff, weights, running_arousal, rng):
    """Signals that the neuropil of all cells mixes.

    Parameters
    ----------
    dff : numpy.ndarray of float32, shape (n_cells, n_frames)
    weights : numpy.ndarray, shape (n_patches, n_cells)
    running_arousal : numpy.ndarray, shape (n_frames,)
    rng : numpy.random.Generator

    Returns
    -------
    numpy.ndarray of float32, shape (n_patches + 3, n_frames)
        Each with a mean of 0: activity in each patch of the field, then what follows the
        animal's running, and two slow signals of nothing else. Their standard deviations are 1.
    """
    n_frames = dff.shape[1]
    signals = np.empty((len(weights) + 3, n_frames), dtype=np.float32)
    np.matmul(
        (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32), dff, out=signals[:-3]
    )
    signals[-3] = running_arousal
    signals[-2] = wandering(n_frames, 60, rng)
    signals[-1] = wandering(n_frames, 600, rng)
    signals -= signals.mean(axis=1, keepdims=True)
    spread = signals.std(axis=1, keepdims=True)
    return signals / np.where(spread > 0, spread, 1)


def slow_drifts(n_frames, rng):
    """How F0 may change over the hour.

    Returns
    -------
    numpy.ndarray of float32, shape (3, n_frames)
        Bleaching, which is fast at first, a steady drift of focus, and a wandering one; each from
        about -1 to 1 or less.
    """
    hour = np.linspace(0, 1, n_frames)
    knots = np.cumsum(rng.normal(0, 1, 12))
    wander = interpolate.make_interp_spline(np.linspace(0, 1, 12), knots / np.abs(knots).max())
    return np.array([np.exp(-3 * hour), hour - 0.5, wander(hour)], dtype=np.float32)


def crosstalk(masks):
    """How much light each ROI gets from cells that overlap it.

    Parameters
    ----------
    masks : numpy.ndarray of bool, shape (n_cells, height, width)

    Returns
    -------
    dict
        Cell index to list of (other cell's index, share of this ROI that it covers).
    """
    pixels = masks.reshape(len(masks), -1)
    crowded = pixels[:, pixels.sum(axis=0, dtype=np.uint16) > 1].astype(np.float64)
    common = crowded @ crowded.T
    np.fill_diagonal(common, 0)
    area = pixels.sum(axis=1)
    pairs = {}
    for cell, other in np.argwhere(common > 0).tolist():
        pairs.setdefault(cell, []).append((other, common[cell, other] / area[cell]))
    return pairs


class SessionFluorescence:
    """Turns dF/F of one session's cells into counts, one cell at a time and in any order.

    Parameters
    ----------
    letter : {"A", "B", "C"}
    seed : int
    dff : numpy.ndarray of float32, shape (n_cells, n_frames)
        In the order of the cell index; for all cells, whose activity the neuropil follows.
    running_arousal : numpy.ndarray, shape (n_frames,)
        As `running.arousal` gives it.
    """

    def __init__(self, letter, seed, dff, running_arousal):
        self.letter, self.seed, self._dff = letter, seed, dff
        self._cells = population(seed).order[letter]
        rng = generator(seed, "fluorescence", letter)
        somata = anatomy.somata(seed)
        weights = patch_weights(somata.centres)
        self._shared = shared_neuropil(dff, weights[:, self._cells], running_arousal, rng)
        self._slow = slow_drifts(dff.shape[1], rng)
        count = len(somata.radius)
        running, own = rng.normal(0.7, 0.3, count), rng.normal(0.35, 0.2, (2, count))
        self._weights = np.vstack([1.3 * weights, running, own]).T.astype(np.float32)
        self._weights *= 0.028 * np.exp(rng.normal(0, 0.2, (count, 1)))
        bleaching = np.abs(rng.normal(0.05, 0.015, count))
        drift = np.vstack([bleaching, rng.normal(0, [[0.025], [0.015]], (2, count))])
        self._drift = drift.T.astype(np.float32)
        row, column = np.clip(np.rint(somata.centres).astype(int), 0, anatomy.SIZE - 1).T
        light = np.clip(anatomy.light(seed)[row, column], 0.1, 2.0)
        self._felt = NEUROPIL * light**0.6 * np.exp(rng.normal(0, 0.1, count))
        self.r = neuropil_r(letter, seed)
        today = rng.normal(0, DAILY_NOISE, count) + rng.normal(0, DAILY_LIGHT)
        today += generator(seed, "noise of neurons").normal(0, UNEQUAL, count)
        excess = np.log(tuning.traits(seed).noise / tuning.NOISE)
        today[: len(excess)] += OF_NOISE * excess
        self._shot_noise = SHOT_NOISE * np.exp(today)
        self._felt *= np.exp(-2 * rng.normal(0, DAILY_LIGHT))

    def baseline(self, cell, dff):
        """F0 at which shot noise would be as large as the noise of dF/F is.

        Parameters
        ----------
        cell : int
            Position in `population.ids`.
        dff : numpy.ndarray of float32, shape (n_frames,)

        Returns
        -------
        float
            Counts: what solves ``(F0 * noise)**2 == shot_noise**2 * (F0 + r * neuropil)``.
        """
        steps = np.abs(np.diff(dff[:20000]))
        noise = max(np.median(steps) / (0.6745 * np.sqrt(2)), 0.01)
        half = 0.5 * (self._shot_noise[cell] / noise) ** 2
        return half + np.sqrt(half**2 + 2 * half * self.r[cell] * self._felt[cell])

    def simulate(self, index):
        """Demixed and neuropil traces of one cell.

        Parameters
        ----------
        index : int
            Its index in the session.

        Returns
        -------
        demixed, neuropil : numpy.ndarray of float32, shape (n_frames,)
            Counts.
        """
        cell, dff = self._cells[index], self._dff[index]
        rng = generator(self.seed, "counts", self.letter, int(population(self.seed).ids[cell]))
        fading = 1 + self._drift[cell] @ self._slow
        felt = self._felt[cell]
        # Ten times as many pixels as a soma has, so the noise is smaller.
        noise = 0.3 * SHOT_NOISE * np.sqrt(felt)
        neuropil = felt * fading * (1 + self._weights[cell] @ self._shared)
        neuropil += noise * rng.standard_normal(len(dff), dtype=np.float32)
        neuropil = rounded(np.maximum(neuropil, 1))
        corrected = self.baseline(cell, dff) * fading * (1 + dff)
        return rounded(corrected + self.r[cell] * neuropil), neuropil


def mix(demixed, pairs):
    """Raw traces: demixed ones, plus the light of overlapping cells.

    Parameters
    ----------
    demixed : numpy.ndarray of float32, shape (n_cells, n_frames)
        Counts.
    pairs : dict
        As `crosstalk` gives it.

    Returns
    -------
    numpy.ndarray of float32, shape (n_cells, n_frames)
        Counts. Rows of cells that overlap no other are equal to those of `demixed`.
    """
    raw = demixed.copy()
    for cell, others in pairs.items():
        for other, share in others:
            raw[cell] += share * demixed[other]
        raw[cell] = rounded(raw[cell])
    return raw
