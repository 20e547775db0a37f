"""Where an image was painted over."""

from __future__ import annotations

import numpy as np

#: More of an image is not painted over, but drawn in another scale.
MOST_PAINTED = 0.1


def painted_over(pixels: np.ndarray, original: np.ndarray) -> np.ndarray:
    """Tell which pixels of an image are not those of the original, whatever its scale.

    These are off the line through all others; or, where that is bent, off what their brightness
    has elsewhere.

    Parameters
    ----------
    pixels, original : numpy.ndarray, shape (rows, columns)
        What is drawn, and of what.

    Returns
    -------
    numpy.ndarray of bool, shape (rows, columns)
    """
    if np.array_equal(pixels, original):
        return np.zeros(pixels.shape, dtype=bool)
    before = original.ravel()
    flat = np.nan_to_num(pixels, nan=-1e9, posinf=1e9, neginf=-1e9).ravel()
    kept = np.ones(flat.size, dtype=bool)
    for _ in range(4):
        slope, offset = _fit_line(before[kept], flat[kept])
        away = np.abs(flat - slope * before - offset)
        kept = away <= max(3 * np.median(away), 1e-9)
    painted = away > 1e-3 * max(np.ptp(slope * before), 1e-9)
    if painted.mean() > MOST_PAINTED:
        away = np.abs(flat - _usual(before, flat))
        painted = away > 1e-3 * np.ptp(pixels[np.isfinite(pixels)])
    return painted.reshape(pixels.shape)


def _usual(original: np.ndarray, flat: np.ndarray) -> np.ndarray:
    """Return, for each pixel, the middle of what all have that had the same brightness."""
    _, inverse, counts = np.unique(original, return_inverse=True, return_counts=True)
    order = np.argsort(flat)
    # Small numbers are sorted in a tenth of the time.
    ranks = inverse.astype(np.min_scalar_type(len(counts)))
    order = order[np.argsort(ranks[order], kind="stable")]
    starts = np.cumsum(counts) - counts
    return flat[order][starts + counts // 2][inverse]


def _fit_line(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Slope and offset of the straight line through points, by least squares."""
    centred = x - x.mean()
    slope = (centred @ y) / max(centred @ centred, 1e-300)
    return slope, y.mean() - slope * x.mean()
