"""The field of view: where somata and vessels are, and how it lies on each day.

The same piece of cortex is found again in each session, shifted and turned a little. Coordinates
are rows and columns in pixels of the field as it lies in session B.
"""

import functools
from dataclasses import dataclass

import numpy as np
from scipy import ndimage
from scipy.special import expit

from . import facts
from .population import population
from .seeds import generator

SIZE = 512  # pixels along each side, 400 um
EDGE = 16  # pixels at the border without somata: motion correction cuts them off
UNSEEN = 130  # somata too dim or too quiet to be found in any session
SPACING = 15.0  # pixels between the centres of neighbouring somata, a soma's diameter
TOUCHING = 0.07  # share of somata that lie partly under another one
HARMONICS = np.arange(2, 6)


@dataclass(frozen=True)
class Somata:
    """Cell bodies, those of `population(seed).ids` first, then the unseen ones.

    Attributes
    ----------
    centres : numpy.ndarray, shape (n_somata, 2)
        Row and column.
    radius : numpy.ndarray, shape (n_somata,)
        Mean radius, pixels.
    outline : numpy.ndarray of complex, shape (n_somata, n_harmonics)
        Fourier coefficients of the relative radius around the soma.
    brightness : numpy.ndarray, shape (n_somata,)
        Relative to the neuropil around.
    """

    centres: np.ndarray
    radius: np.ndarray
    outline: np.ndarray
    brightness: np.ndarray


@functools.lru_cache(maxsize=2)
def vessels(seed):
    """How much light blood vessels take away.

    Returns
    -------
    numpy.ndarray, shape (SIZE, SIZE)
        0 for none to 1 for all.
    """
    rng = generator(seed, "vessels")
    shadow = np.zeros((SIZE, SIZE))
    y, x = np.mgrid[:SIZE, :SIZE]
    # Veins on the surface, out of focus, then descending vessels and capillaries in focus.
    for thickness in (8.5, 6.0, 3.5):
        side = rng.uniform(0.15, 0.85, 2) * SIZE
        along = np.linspace(-0.05, 1.05, 160) * SIZE
        winding = ndimage.gaussian_filter1d(rng.normal(0, 1, 160), 14) * 75
        bend = rng.normal(0, 45) * np.sin(np.pi * along / SIZE)
        path = side[0] + (side[1] - side[0]) * along / SIZE + bend + winding
        widths = thickness * (1 + 0.6 * ndimage.gaussian_filter1d(rng.normal(0, 1, 160), 12))
        vertical = rng.random() < 0.5
        for position, offset, width in zip(along, path, widths, strict=True):
            row, column = (position, offset) if vertical else (offset, position)
            top, left = (int(np.clip(at - 4 * width, 0, SIZE)) for at in (row, column))
            part = np.s_[top : top + int(8 * width) + 2, left : left + int(8 * width) + 2]
            near = np.exp(-((y[part] - row) ** 2 + (x[part] - column) ** 2) / (2 * width**2))
            np.maximum(shadow[part], (0.35 + 0.03 * thickness) * near, out=shadow[part])
    for _ in range(14):
        row, column = rng.uniform(0, SIZE, 2)
        size, stretch, angle = rng.uniform(3, 8), rng.uniform(1.0, 2.6), rng.uniform(0, np.pi)
        along = (y - row) * np.cos(angle) + (x - column) * np.sin(angle)
        across = -(y - row) * np.sin(angle) + (x - column) * np.cos(angle)
        distance = np.hypot(along / (size * stretch), across / size)
        np.maximum(shadow, 0.75 * expit(6 * (1 - distance)), out=shadow)
    return shadow


def place(count, fixed, seed):
    """Positions of somata, apart from each other except for a few, and clear of vessels.

    Parameters
    ----------
    count : int
    fixed : tuple of float
        Row and column of the first soma.
    seed : int

    Returns
    -------
    numpy.ndarray, shape (count, 2)
    """
    rng = generator(seed, "somata")
    shadow = vessels(seed)
    centres = [np.array(fixed, dtype=float)]
    spacing = SPACING
    misses = 0
    while len(centres) < count:
        candidate = rng.uniform(EDGE + 8, SIZE - EDGE - 8, 2)
        distance = np.hypot(*(np.array(centres) - candidate).T)
        touching = rng.random() < TOUCHING and distance[0] > 2 * SPACING
        nearest = distance.min()
        free = 9.0 < nearest < 13.0 if touching else nearest > spacing
        if free and shadow[tuple(candidate.astype(int))] < 0.3:
            centres.append(candidate)
            misses = 0
        misses += 1
        if misses > 200:  # the field is nearly full: let the rest lie a little closer
            spacing *= 0.97
            misses = 0
    return np.array(centres)


@functools.lru_cache(maxsize=2)
def somata(seed):
    """All cell bodies in the field of view.

    Returns
    -------
    Somata
    """
    cells = population(seed)
    found, count = len(cells.ids), len(cells.ids) + UNSEEN
    neuron = cells.position(facts.published()["cell_specimen_id"])
    rng = generator(seed, "soma shapes")
    placed = place(count, facts.neuron_location(), seed)
    # The first place is the published neuron's; the others are dealt out by chance.
    order = np.insert(1 + rng.permutation(count - 1), neuron, 0)
    centres = placed[order]
    radius = np.clip(rng.normal(7.6, 0.8, count), 5.6, 9.6)
    radius[neuron] = 8.6
    size = 0.13 / (HARMONICS - 1) ** 1.7  # mostly ellipses, with little dents
    outline = size * (rng.normal(0, 1, (count, 4)) + 1j * rng.normal(0, 1, (count, 4))) / np.sqrt(2)
    brightness = np.clip(np.exp(rng.normal(0.05, 0.38, count)), 0.65, 2.4)
    brightness[found:] *= 0.45
    brightness[neuron] = 1.5
    return Somata(centres, radius, outline, brightness)


@dataclass(frozen=True)
class Pose:
    """How the field of view lies in one session.

    Attributes
    ----------
    shift : numpy.ndarray, shape (2,)
        Rows and columns by which it is moved.
    angle : float
        Turn about its centre, radians.
    """

    shift: np.ndarray
    angle: float

    @property
    def matrix(self):
        """numpy.ndarray, shape (2, 2): The turn."""
        cosine, sine = np.cos(self.angle), np.sin(self.angle)
        return np.array([[cosine, -sine], [sine, cosine]])

    def move(self, points):
        """Where points of the field lie in the session.

        Parameters
        ----------
        points : numpy.ndarray, shape (n, 2)

        Returns
        -------
        numpy.ndarray, shape (n, 2)
        """
        centre = (SIZE - 1) / 2
        return (points - centre) @ self.matrix.T + centre + self.shift

    def warp(self, image):
        """The field's image as it lies in the session."""
        centre = np.full(2, (SIZE - 1) / 2)
        back = self.matrix.T
        offset = centre - back @ (centre + self.shift)
        return ndimage.affine_transform(image, back, offset, order=1, mode="reflect")


def pose(letter, seed):
    """How the field of view lies in a session; session B's is the reference.

    Returns
    -------
    Pose
    """
    rng = generator(seed, "pose", letter)
    if letter == "B":
        return Pose(np.zeros(2), 0.0)
    return Pose(np.sign(rng.normal(0, 1, 2)) * rng.uniform(1.5, 4.0, 2), rng.normal(0, 0.008))
