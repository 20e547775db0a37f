"""What the microscope shows: the maximum projection and the ROI masks of a session."""

import functools

import numpy as np
from scipy import ndimage

from . import anatomy
from .anatomy import HARMONICS, SIZE
from .population import population
from .seeds import generator
from .templates import texture

REACH = 18  # pixels from a soma's centre that it is drawn in
WOBBLE = 0.055  # how much a cell's outline differs from day to day, relative to its radius


def outlines(letter, seed):
    """Centres and outlines of all somata as they are found in one session.

    Returns
    -------
    centres : numpy.ndarray, shape (n_somata, 2)
    outline : numpy.ndarray of complex, shape (n_somata, n_harmonics)
    """
    somata = anatomy.somata(seed)
    rng = generator(seed, "outlines", letter)
    centres = anatomy.pose(letter, seed).move(somata.centres)
    centres = centres + rng.normal(0, 0.45, centres.shape)
    shape = somata.outline.shape
    wobble = rng.normal(0, WOBBLE, shape) + 1j * rng.normal(0, WOBBLE, shape)
    return centres, somata.outline + wobble / (np.sqrt(2) * (HARMONICS - 1))


def relative_distance(centre, radius, outline):
    """Distance of the pixels around a soma from its centre, relative to its outline.

    Returns
    -------
    window : tuple of slice
        Rows and columns of the pixels.
    distance : numpy.ndarray, shape (n_rows, n_columns)
        Below 1 inside the soma.
    """
    top, left = np.clip(np.rint(centre).astype(int) - REACH, 0, SIZE)
    bottom, right = np.clip(np.rint(centre).astype(int) + REACH + 1, 0, SIZE)
    y, x = np.mgrid[top:bottom, left:right]
    angle = np.arctan2(y - centre[0], x - centre[1])
    edge = 1 + np.real(np.exp(1j * angle[..., None] * HARMONICS) @ outline)
    distance = np.hypot(y - centre[0], x - centre[1]) / (radius * np.maximum(edge, 0.4))
    return (slice(top, bottom), slice(left, right)), distance


def roi_masks(letter, seed):
    """ROI masks of a session's cells.

    Parameters
    ----------
    letter : {"A", "B", "C"}
    seed : int

    Returns
    -------
    numpy.ndarray of bool, shape (n_cells, 512, 512)
        In the order of the cell index.
    """
    cells = population(seed).order[letter]
    somata = anatomy.somata(seed)
    centres, outline = outlines(letter, seed)
    masks = np.zeros((len(cells), SIZE, SIZE), dtype=bool)
    for index, cell in enumerate(cells):
        window, distance = relative_distance(centres[cell], somata.radius[cell], outline[cell])
        masks[index][window] = distance < 1.0
    return masks


def brightness(letter, seed):
    """Brightness of all somata in one session.

    Returns
    -------
    numpy.ndarray, shape (n_somata,)
        Relative to the neuropil; cells that were not found that day are dim.
    """
    cells = population(seed)
    rng = generator(seed, "brightness", letter)
    base = anatomy.somata(seed).brightness
    today = base * np.exp(rng.normal(0, 0.15, len(base)))
    absent = np.array([letter not in label for label in cells.found_in])
    today[: len(absent)][absent] *= 0.45
    return today


@functools.lru_cache(maxsize=2)
def neuropil(seed):
    """The felt of dendrites and axons between the somata.

    Returns
    -------
    numpy.ndarray, shape (SIZE, SIZE)
        Positive, with a mean of about 1.
    """
    rng = generator(seed, "neuropil")
    patches = texture((SIZE, SIZE), rng, slope=1.6)
    felt = texture((SIZE, SIZE), rng, slope=0.75)
    grain = ndimage.gaussian_filter(rng.normal(0, 1, (SIZE, SIZE)), 0.8)
    field = np.exp(0.16 * patches + 0.17 * felt + 0.22 * grain / grain.std())
    # Dendrites seen end on, and short stretches of processes that lie in the plane.
    points = np.zeros((SIZE, SIZE))
    rows, columns = rng.integers(0, SIZE, (2, 2600))
    points[rows, columns] = rng.gamma(1.3, 1.0, len(rows))
    for _ in range(420):
        row, column, angle = rng.uniform(0, SIZE), rng.uniform(0, SIZE), rng.uniform(0, np.pi)
        steps = np.arange(int(rng.uniform(8, 34)))
        turn = angle + np.cumsum(rng.normal(0, 0.09, len(steps)))
        path_rows = np.rint(row + np.cumsum(np.sin(turn))).astype(int) % SIZE
        path_columns = np.rint(column + np.cumsum(np.cos(turn))).astype(int) % SIZE
        points[path_rows, path_columns] += rng.uniform(0.25, 0.9)
    return field + 1.6 * ndimage.gaussian_filter(points, 0.9)


def draw_soma(image, centre, radius, outline, level):
    """Draw a cell body that is filled with GCaMP except for its nucleus."""
    window, distance = relative_distance(centre, radius, outline)
    inside = 1 / (1 + np.exp((distance - 0.95) / 0.07))
    nucleus = 1 / (1 + np.exp((distance - 0.52) / 0.09))
    glow = 0.25 * np.exp(-0.5 * (distance / 1.25) ** 2)
    body = level * np.maximum(inside * (1 - 0.55 * nucleus), glow)
    # Whatever fluoresces most at a pixel wins in a maximum projection.
    image[window] = np.maximum(image[window], 0.45 * image[window] + body)


def max_projection(letter, seed):
    """Maximum projection of a session's imaging movie.

    Parameters
    ----------
    letter : {"A", "B", "C"}
    seed : int

    Returns
    -------
    numpy.ndarray of uint8, shape (512, 512)
    """
    rng = generator(seed, "projection", letter)
    somata = anatomy.somata(seed)
    field = anatomy.pose(letter, seed)
    image = field.warp(neuropil(seed))
    image *= np.exp(0.07 * texture((SIZE, SIZE), rng, slope=0.7))
    centres, outline = outlines(letter, seed)
    levels = brightness(letter, seed)
    for cell in np.argsort(levels):
        draw_soma(image, centres[cell], somata.radius[cell], outline[cell], 1.7 * levels[cell])
    image = ndimage.gaussian_filter(image, 0.7)
    image *= 1 - field.warp(anatomy.vessels(seed))
    y, x = np.mgrid[:SIZE, :SIZE] / (SIZE - 1) - 0.5
    image *= 1 - 0.55 * (x**2 + y**2)
    image *= 1 + rng.normal(0, 0.045, image.shape)
    image = ndimage.gaussian_filter(image, 0.35)
    top = np.percentile(image, 99.7)
    return np.clip(235 * image / top, 0, 255).astype(np.uint8)
