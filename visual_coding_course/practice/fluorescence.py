"""From dF/F to the detector's counts: raw, demixed and neuropil fluorescence.

The pipeline's own relations hold between the traces of a cell, with its baseline F0::

    raw       = demixed + light of overlapping cells
    corrected = demixed - r * neuropil
    dF/F      = (corrected - F0) / F0
"""

import numpy as np
from scipy import ndimage

from . import anatomy, imaging
from .population import population
from .seeds import generator

COUNT_STEP = 2.0  # traces are rounded to half a count, far below the noise of any cell
SHARED = 6  # neuropil signals that all cells mix


def shared_neuropil(n_frames, running_arousal, rng):
    """Signals that the neuropil of all cells shares.

    Returns
    -------
    numpy.ndarray, shape (SHARED, n_frames)
        Each of standard deviation 1; the first follows the animal's running.
    """
    signals = rng.normal(0, 1, (SHARED, n_frames))
    for number, width in enumerate(np.geomspace(4, 120, SHARED)):
        signals[number] = ndimage.gaussian_filter1d(signals[number], width)
    signals /= signals.std(axis=1, keepdims=True)
    signals[0] = 0.5 * signals[0] + 1.8 * (running_arousal - running_arousal.mean())
    return signals


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
    running_arousal : numpy.ndarray, shape (n_frames,)
        As `running.arousal` gives it.
    """

    def __init__(self, letter, seed, running_arousal):
        self.letter, self.seed = letter, seed
        n_frames = len(running_arousal)
        rng = generator(seed, "fluorescence", letter)
        count = len(anatomy.somata(seed).radius)
        self.shared = shared_neuropil(n_frames, running_arousal, rng)
        self.weights = np.abs(rng.normal(0.6, 0.35, (count, SHARED)))
        self.r = np.round(np.clip(rng.beta(5.0, 3.2, count), 0.05, 0.95), 4)
        self.felt = 260.0 * np.exp(rng.normal(0, 0.16, count))
        self.baseline = 210.0 * imaging.brightness(letter, seed) * np.exp(rng.normal(0, 0.1, count))
        # Bleaching and drift of focus: F0 wanders by a few percent over the hour.
        hour = np.linspace(0, 1, n_frames)
        self.fading = 1 - 0.05 * hour + 0.015 * np.sin(2 * np.pi * (hour + rng.random()))

    def simulate(self, cell, dff):
        """Demixed and neuropil traces of one cell.

        Parameters
        ----------
        cell : int
            Position in `population.ids`.
        dff : numpy.ndarray of float32, shape (n_frames,)

        Returns
        -------
        demixed, neuropil : numpy.ndarray of float32, shape (n_frames,)
            Counts.
        """
        rng = generator(self.seed, "counts", self.letter, int(population(self.seed).ids[cell]))
        common = 0.022 * (self.weights[cell] @ self.shared)
        neuropil = self.felt[cell] * self.fading * (1 + common)
        neuropil += rng.normal(0, 0.012 * self.felt[cell], len(dff))
        neuropil = np.rint(neuropil * COUNT_STEP) / COUNT_STEP
        corrected = self.baseline[cell] * self.fading * (1 + dff.astype(float))
        demixed = np.rint((corrected + self.r[cell] * neuropil) * COUNT_STEP) / COUNT_STEP
        return demixed.astype(np.float32), neuropil.astype(np.float32)


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
            raw[cell] += np.rint(share * demixed[other] * COUNT_STEP) / np.float32(COUNT_STEP)
    return raw
