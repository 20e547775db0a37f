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
#: Pixels at the top, bottom, left and right that motion correction cuts off: no masks there.
#: Session B's are those of the published picture of its masks.
BORDERS = {"A": (6, 4, 8, 11), "B": (3, 7, 24, 6), "C": (4, 9, 5, 15)}
UNSEEN = 120  # somata too dim or too quiet to be found in any session
SPACING = 14.0  # pixels between the centres of neighbouring somata, about a soma's diameter
CLOSEST, TOUCH = 9.5, 12.5  # pixels between the centres of two that do
APART = 24.0  # pixels around the published neuron without another soma
TOUCHING = 0.06  # share of somata that lie partly under another one, by their edges
LISTED_NEAR = 2  # cells that are listed so near each other lie near each other, most of them
NEAR, FAR = 45.0, 0.04  # pixels, standard deviation; and the weight of a place wherever it lies
HARMONICS = np.arange(2, 8)


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


def _surface_shadows(rng):
    """Light that vessels on the cortex's surface leave, far out of focus, shape (SIZE, SIZE).

    The widest lies as in the published picture, which is darkest to the lower right.
    """
    y, x = np.mgrid[:SIZE, :SIZE] / SIZE
    lie = 0.90 - 0.08 * x - 0.18 * x**2 + 0.03 * np.sin(2 * np.pi * (1.3 * x + rng.random()))
    width = 0.045 + 0.10 * x
    # Light falls off more steeply below the vessel than above it.
    offset = (y - lie) / np.where(y > lie, 0.8 * width, 1.25 * width)
    light = 1 - (0.66 + 0.26 * x) * np.exp(-0.5 * offset**2)
    for _ in range(2):
        angle, at, width = rng.uniform(0, np.pi), rng.uniform(-0.45, 0.45), rng.uniform(0.03, 0.06)
        across = (y - 0.5) * np.cos(angle) + (x - 0.5) * np.sin(angle) - at
        bend = 0.08 * np.sin(2 * np.pi * ((y - 0.5) * np.sin(angle) - (x - 0.5) * np.cos(angle)))
        light *= 1 - rng.uniform(0.2, 0.4) * np.exp(-0.5 * ((across - bend) / width) ** 2)
    light *= 1 - 0.5 * np.exp(-((y / 0.22) ** 2 + (x / 0.3) ** 2))
    return light * np.exp(-0.55 * x - 0.45 * y)


@functools.lru_cache(maxsize=2)
def light(seed):
    """How much light comes from each place of the field, somata and processes apart.

    Uneven for the vessels on the surface, and dark where vessels pass through the plane or where
    somata without indicator lie.

    Returns
    -------
    numpy.ndarray, shape (SIZE, SIZE)
        Positive, with a median of 1.
    """
    rng = generator(seed, "light")
    patches = ndimage.gaussian_filter(rng.normal(0, 1, (SIZE, SIZE)), 45, mode="reflect")
    field = _surface_shadows(rng) * np.exp(0.25 * patches / patches.std())
    y, x = np.mgrid[:SIZE, :SIZE]
    vessels = [(rng.uniform(3.5, 11.0), rng.uniform(0.75, 0.93), 7.0) for _ in range(14)]
    nuclei = [(rng.uniform(4.0, 6.5), rng.uniform(0.25, 0.55), 3.0) for _ in range(45)]
    for size, depth, sharpness in vessels + nuclei:
        row, column = rng.uniform(0, SIZE, 2)
        stretch, angle = rng.uniform(1.0, 1.8), rng.uniform(0, np.pi)
        top, left = (max(int(at - 2.5 * stretch * size), 0) for at in (row, column))
        part = np.s_[
            top : int(row + 2.5 * stretch * size), left : int(column + 2.5 * stretch * size)
        ]
        along = (y[part] - row) * np.cos(angle) + (x[part] - column) * np.sin(angle)
        across = -(y[part] - row) * np.sin(angle) + (x[part] - column) * np.cos(angle)
        distance = np.hypot(along / (size * stretch), across / size)
        field[part] *= 1 - depth * expit(sharpness * (1 - distance))
    return field / np.median(field)


def place(count, fixed, seed):
    """Positions of somata: apart from each other except for a few, and fewer where it is dark.

    Parameters
    ----------
    count : int
    fixed : tuple of float
        Row and column of the first soma, which has none close by.
    seed : int

    Returns
    -------
    numpy.ndarray, shape (count, 2)
    """
    rng = generator(seed, "somata")
    density = np.clip(light(seed), 0.07, 1.0)
    centres = np.full((count, 2), np.inf)
    centres[0] = fixed
    placed, spacing, misses = 1, SPACING, 0
    while placed < count:
        candidate, touching = rng.uniform(0, SIZE, 2), rng.random() < TOUCHING
        if touching:
            angle, away = rng.uniform(0, 2 * np.pi), rng.uniform(CLOSEST, TOUCH)
            candidate = centres[rng.integers(placed)] + away * np.array(
                [np.sin(angle), np.cos(angle)]
            )
        near, next_near = np.partition(np.hypot(*(centres[: placed + 1] - candidate).T), 1)[:2]
        from_first = np.hypot(*(centres[0] - candidate))
        free = near > spacing
        if touching:
            inside = np.all((candidate >= 0) & (candidate < SIZE))
            free = inside and near >= CLOSEST and next_near > SPACING
        misses += 1
        if free and from_first > APART and rng.random() < density[tuple(candidate.astype(int))]:
            centres[placed] = candidate
            placed, misses = placed + 1, 0
        elif misses > 400:  # the field is nearly full: let the rest lie a little closer
            spacing, misses = 0.97 * spacing, 0
    return centres


def within(letter, seed, centres, margin):
    """Which points lie in the part of a session's picture that motion correction leaves.

    Parameters
    ----------
    letter : {"A", "B", "C"}
    seed : int
    centres : numpy.ndarray, shape (n, 2)
        In the field as it lies in session B.
    margin : float
        Pixels by which they have to.

    Returns
    -------
    numpy.ndarray of bool, shape (n,)
    """
    top, bottom, left, right = BORDERS[letter]
    rows, columns = pose(letter, seed).move(centres).T
    return (
        (rows > top + margin)
        & (rows < SIZE - bottom - margin)
        & (columns > left + margin)
        & (columns < SIZE - right - margin)
    )


def _nearness(places, others):
    """How near places lie to the nearest of others, above 0; alike where there are none."""
    if not len(others):
        return np.ones(len(places))
    distance = np.hypot(*(places[:, None] - others).transpose(2, 0, 1)).min(axis=1)
    return np.exp(-0.5 * (distance / NEAR) ** 2) + FAR


def deal(centres, cells, neuron, seed):
    """Give each neuron a place that is in sight in all sessions in which it was found.

    Most lie near those that are listed next to them in session B, as segmentation finds them.

    Parameters
    ----------
    centres : numpy.ndarray, shape (n_somata, 2)
        The first is for the published neuron.
    cells : population.Population
    neuron : int
        The published neuron's position in `cells.ids`.
    seed : int

    Returns
    -------
    numpy.ndarray of int, shape (n_somata,)
        Row of `centres` for each neuron, then those that are left, for the unseen.
    """
    rng = generator(seed, "places")
    seen = {letter: within(letter, seed, centres, 5.5) for letter in facts.SESSIONS}
    free = np.ones(len(centres), dtype=bool)
    free[0] = False
    chosen = np.full(len(cells.ids), -1)
    chosen[neuron] = 0
    rank = np.full(len(cells.ids), np.nan)  # of those that B lacks
    rank[cells.order["B"]] = np.arange(len(cells.order["B"]))
    mixed = rng.permutation(len(cells.ids))
    for cell in mixed[np.argsort([-len(label) for label in cells.found_in[mixed]], kind="stable")]:
        if cell != neuron:
            fit = free & np.all([seen[letter] for letter in cells.found_in[cell]], axis=0)
            listed_near = (np.abs(rank - rank[cell]) <= LISTED_NEAR) & (chosen >= 0)
            near = _nearness(centres[fit], centres[chosen[listed_near]])
            chosen[cell] = rng.choice(np.flatnonzero(fit), p=near / near.sum())
            free[chosen[cell]] = False
    return np.concatenate([chosen, np.flatnonzero(free)])


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
    centres = place(count, facts.neuron_location(), seed)
    centres = centres[deal(centres, cells, neuron, seed)]
    radius = np.clip(7.5 * np.exp(rng.normal(0, 0.11, count)), 5.6, 9.8)
    radius[neuron] = 8.2
    size = 0.12 / (HARMONICS - 1) ** 1.5
    outline = rng.normal(0, 1, (2, count, len(HARMONICS)))
    outline = size * (outline[0] + 1j * outline[1]) / np.sqrt(2)
    outline[neuron] *= 0.5
    # Most are little brighter than what is around, and a few many times as bright.
    brightness = np.clip(np.exp(rng.normal(1.08, 0.67, count)), 0.4, 14.0)
    brightness[found:] = 0.7 * np.exp(rng.normal(0, 0.5, count - found))
    brightness[neuron] = 2.4
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
