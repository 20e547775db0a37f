"""What the microscope shows: the maximum projection and the ROI masks of a session."""

import functools

import numpy as np
from scipy import ndimage
from scipy.special import expit

from . import anatomy, facts
from .anatomy import HARMONICS, SIZE
from .population import population
from .seeds import generator

REACH = 18  # pixels from a soma's centre that it is drawn in
WOBBLE = 0.05  # how much a cell's outline differs from day to day, relative to its radius
RAGGED = 0.075  # how uneven a mask's edge is, relative to the radius
TAILED = 0.3  # share of masks that take in a piece of a process
MEDIAN_GREY = 19.0  # of 255: the published picture of session B's projection
PUNCTA = 3400  # boutons, spines and dendrites seen end on, in the field
BRIGHT = 10.0  # times the neuropil: cells of which dendrites show, too
STRINGS = 500  # short rows of puncta along one process


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


def window_around(centre):
    """Rows and columns of the pixels around a soma, as slices and as distances from its centre.

    Returns
    -------
    window : tuple of slice
    y, x : numpy.ndarray, shape (n_rows, 1) and (1, n_columns)
    """
    top, left = np.clip(np.rint(centre).astype(int) - REACH, 0, SIZE)
    bottom, right = np.clip(np.rint(centre).astype(int) + REACH + 1, 0, SIZE)
    y, x = np.ogrid[top:bottom, left:right]
    return (slice(top, bottom), slice(left, right)), y - centre[0], x - centre[1]


def relative_distance(y, x, radius, outline):
    """Distance of pixels from a soma's centre, relative to its outline: below 1 inside."""
    # Powers of the direction as a complex number are faster than angles and their cosines.
    away = np.hypot(y, x)
    turn = (x + 1j * y) / np.maximum(away, 1e-9)
    edge, power = np.ones(away.shape), turn
    for coefficient in outline:
        power = power * turn
        edge += (power * coefficient).real
    return away / (radius * np.maximum(edge, 0.45))


def tail(y, x, radius, rng):
    """Pixels of the piece of a process that segmentation took for a part of a soma."""
    angle, length = rng.uniform(0, 2 * np.pi), radius + rng.uniform(2.0, 8.0)
    along = y * np.sin(angle) + x * np.cos(angle)
    across = np.abs(x * np.sin(angle) - y * np.cos(angle))
    return (along > 0) & (along < length) & (across < rng.uniform(1.0, 3.5) * (1 - along / length))


def roi_masks(letter, seed):
    """ROI masks of a session's cells.

    They end where motion correction cuts the picture off, and no pixel is in more than two.

    Parameters
    ----------
    letter : {"A", "B", "C"}
    seed : int

    Returns
    -------
    numpy.ndarray of bool, shape (n_cells, 512, 512)
        In the order of the cell index.
    """
    recorded = population(seed)
    cells = recorded.order[letter]
    published = recorded.position(facts.published()["cell_specimen_id"])
    somata = anatomy.somata(seed)
    centres, outline = outlines(letter, seed)
    top, bottom, left, right = anatomy.BORDERS[letter]
    free = np.zeros((SIZE, SIZE), dtype=np.int8)
    free[top : SIZE - bottom, left : SIZE - right] = 2
    masks = np.zeros((len(cells), SIZE, SIZE), dtype=bool)
    for index, cell in enumerate(cells):
        rng = generator(seed, "mask", letter, int(recorded.ids[cell]))
        window, y, x = window_around(centres[cell])
        distance = relative_distance(y, x, somata.radius[cell], outline[cell])
        ragged = ndimage.gaussian_filter(rng.normal(0, 1, distance.shape), 1.1, mode="wrap")
        mask = distance + RAGGED / 0.26 * ragged < 1.0  # 0.26: what the filter leaves of the sd
        if cell != published and rng.random() < TAILED:
            mask |= tail(y, x, somata.radius[cell], rng)
        labels, _ = ndimage.label(mask & (free[window] > 0))
        mask = ndimage.binary_fill_holes(labels == np.bincount(labels.flat)[1:].argmax() + 1)
        mask &= free[window] > 0
        free[window] -= mask
        masks[index][window] = mask
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
    today = base * np.exp(rng.normal(0, 0.25, len(base)))
    absent = np.array([letter not in label for label in cells.found_in])
    today[: len(absent)][absent] *= 0.4
    return today


def add_spots(image, centres, lengths, widths, angles, heights):
    """Add elongated Gaussian spots to an image.

    Parameters
    ----------
    image : numpy.ndarray, shape (SIZE, SIZE)
        Changed in place.
    centres : numpy.ndarray, shape (n, 2)
    lengths, widths : numpy.ndarray, shape (n,)
        Standard deviations along the spot and across it, pixels.
    angles : numpy.ndarray, shape (n,)
        Directions in which they lie, radians.
    heights : numpy.ndarray, shape (n,)
    """
    span = np.arange(-6, 7)
    rows, columns = (np.rint(centres[:, axis]).astype(int)[:, None] + span for axis in (0, 1))
    y, x = (rows - centres[:, :1])[:, :, None], (columns - centres[:, 1:])[:, None, :]
    sine, cosine = np.sin(angles)[:, None, None], np.cos(angles)[:, None, None]
    along, across = y * sine + x * cosine, x * sine - y * cosine
    along /= lengths[:, None, None]
    across /= widths[:, None, None]
    spots = heights[:, None, None] * np.exp(-0.5 * (along**2 + across**2))
    seen = ((rows >= 0) & (rows < SIZE))[:, :, None] & ((columns >= 0) & (columns < SIZE))[:, None]
    places = (rows * SIZE)[:, :, None] + columns[:, None, :]
    image += np.bincount(places[seen], spots[seen], SIZE * SIZE).reshape(SIZE, SIZE)


@functools.lru_cache(maxsize=2)
def puncta(seed):
    """Where the field's puncta are, and how they look.

    Returns
    -------
    centres : numpy.ndarray, shape (n, 2)
    lengths, widths, angles, heights : numpy.ndarray, shape (n,)
        As `add_spots` takes them; heights relative to the neuropil.
    """
    rng = generator(seed, "puncta")
    centres = [rng.uniform(-5, SIZE + 5, (PUNCTA, 2))]
    # Many are drawn out along the scanned lines, by what motion correction leaves.
    angles = [rng.choice([0.0, 1.0], PUNCTA) * rng.normal(0, 1.2, PUNCTA)]
    for _ in range(STRINGS):
        count = int(rng.integers(2, 8))
        start, angle = rng.uniform(-5, SIZE + 5, 2), rng.uniform(0, 2 * np.pi)
        turns = angle + np.cumsum(rng.normal(0, 0.25, count))
        steps = rng.uniform(2.0, 8.0, count)[:, None] * np.array([np.sin(turns), np.cos(turns)]).T
        centres.append(start + np.cumsum(steps, axis=0))
        angles.append(turns)
    centres, angles = np.concatenate(centres), np.concatenate(angles)
    widths = rng.uniform(0.75, 1.2, len(centres))
    lengths = widths * (1 + rng.gamma(1.0, 0.3, len(centres)))
    heights = rng.exponential(2.2, len(centres)) * np.exp(rng.normal(0, 0.3, len(centres)))
    at = tuple(np.clip(np.rint(centres).astype(int), 0, SIZE - 1).T)
    heights *= np.minimum(anatomy.light(seed)[at], 1.3) ** 0.5
    return centres, lengths, widths, angles, heights


@functools.lru_cache(maxsize=8)
def grain(seed, sizes, *purpose):
    """A fine, a middling and a coarse texture, added up.

    Parameters
    ----------
    seed : int
    sizes : tuple of float
        Their standard deviations.
    *purpose : str
        What it is for, as `seeds.generator` takes it.

    Returns
    -------
    numpy.ndarray, shape (SIZE, SIZE)
        Periodic. Shared between callers: do not change it.
    """
    rng = generator(seed, *purpose)
    total = np.zeros((SIZE, SIZE))
    for width, size in zip((0.9, 2.2, 9.0), sizes, strict=True):
        layer = ndimage.gaussian_filter(rng.normal(0, 1, (SIZE, SIZE)), width, mode="wrap")
        total += size / layer.std() * layer
    return total


def neuropil(letter, seed):
    """The felt of dendrites and axons between the somata, and the puncta in it.

    Returns
    -------
    numpy.ndarray, shape (SIZE, SIZE)
        Positive, with a median of about 1 where it is light.
    """
    pose, today = anatomy.pose(letter, seed), generator(seed, "felt", letter)
    felt = np.exp(pose.warp(grain(seed, (0.20, 0.10, 0.10), "felt")))
    felt *= np.exp(grain(seed, (0.13, 0.04, 0.04), "felt", letter))
    centres, lengths, widths, angles, heights = puncta(seed)
    heights = heights * np.exp(today.normal(-0.05, 0.3, len(heights)))
    heights[today.random(len(heights)) < 0.2] = 0
    centres = pose.move(centres) + today.normal(0, 0.3, centres.shape)
    add_spots(felt, centres, lengths, widths, angles + pose.angle, heights)
    return felt


def draw_soma(image, centre, radius, outline, level, texture, rng):
    """Draw a cell body: its cytoplasm, and a nucleus that GCaMP fills the more, the brighter.

    Parameters
    ----------
    image : numpy.ndarray, shape (SIZE, SIZE)
        Changed in place.
    centre : numpy.ndarray, shape (2,)
    radius : float
    outline : numpy.ndarray of complex, shape (n_harmonics,)
    level : float
        Brightness relative to the neuropil.
    texture : numpy.ndarray, shape (SIZE, SIZE)
        Of which its cytoplasm gets a piece.
    rng : numpy.random.Generator
        For the cell's own looks, the same in all sessions.
    """
    window, y, x = window_around(centre)
    distance = relative_distance(y, x, 0.97 * radius, outline)
    inside = expit((0.98 - distance) / rng.uniform(0.04, 0.075))
    row, column = rng.normal(0, 0.13 * radius, 2)
    width = rng.uniform(0.55, 0.68) * radius
    nucleus = expit((1 - np.hypot(y - row, x - column) / width) / 0.16)
    depth = rng.uniform(0.5, 1.15) / (1 + 0.16 * level)
    angle, steepness = rng.uniform(0, 2 * np.pi), abs(rng.normal(0, 0.5))
    lean = 1 + steepness * (y * np.sin(angle) + x * np.cos(angle)) / radius
    top, left = rng.integers(0, SIZE - 2 * REACH, 2)
    part = texture[top : top + inside.shape[0], left : left + inside.shape[1]]
    body = inside * (1 - depth * nucleus) * np.maximum(lean, 0.3) * np.exp(part)
    glow = 0.07 * np.exp(-0.5 * (distance / 1.5) ** 2)
    image[window] = image[window] * (1 - 0.45 * inside) + level * np.maximum(body + glow, 0)


def draw_processes(image, centre, radius, level, rng):
    """Draw the dendrites of a very bright cell where they leave its soma."""
    for angle in rng.uniform(0, 2 * np.pi, rng.integers(1, 5)):
        length = radius + rng.uniform(3.0, 14.0)
        along = np.arange(0.7 * radius, length, 0.8)
        turns = angle + 0.05 * np.cumsum(rng.normal(0, 1, len(along)))
        path = centre + along[:, None] * np.array([np.sin(turns), np.cos(turns)]).T
        fading = (length - along) / length
        width = np.full(len(along), rng.uniform(0.7, 1.1))
        add_spots(image, path, 1.2 * width, width, turns, 0.45 * level * fading)


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
    somata = anatomy.somata(seed)
    image = neuropil(letter, seed)
    texture = grain(seed, (0.15, 0.0, 0.0), "cytoplasm")
    centres, outline = outlines(letter, seed)
    levels = brightness(letter, seed)
    # Where little light comes through, only the bright ones are found.
    row, column = np.clip(np.rint(somata.centres).astype(int), 0, SIZE - 1).T
    levels *= np.clip(anatomy.light(seed)[row, column], 0.15, 2.0) ** -0.35
    for cell in np.argsort(levels):
        rng = generator(seed, "looks", int(cell))
        if somata.brightness[cell] > BRIGHT:
            draw_processes(image, centres[cell], somata.radius[cell], levels[cell], rng)
        draw_soma(
            image, centres[cell], somata.radius[cell], outline[cell], levels[cell], texture, rng
        )
    image *= anatomy.pose(letter, seed).warp(anatomy.light(seed))
    # The sensor's noise, of which the largest of many frames is seen, and its offset.
    noise = generator(seed, "projection", letter).gumbel(0, 1, image.shape)
    image += 0.05 * np.sqrt(image) * noise + 0.04
    image *= MEDIAN_GREY / np.median(image)
    return np.clip(np.rint(image), 1, 255).astype(np.uint8)
