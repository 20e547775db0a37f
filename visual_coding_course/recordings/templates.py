"""What was on the screen: stimulus templates.

The movies and scenes are not the Allen Institute's but textures with the statistics of natural
images (power falling with the square of spatial frequency) that move as a hand-held camera would.
All have the real number of frames; only natural movie one has the real number of pixels too,
magnified from a smaller picture.
"""

import functools

import numpy as np
from scipy import ndimage

from . import facts
from .seeds import generator

MAGNIFIED = 8  # natural movie one's pixels per simulated pixel, along each side
SCENE_SHAPE = (153, 196)  # a sixth of the real ones' 918 x 1174
SPOTS = 11  # white and black spots in each locally sparse noise image
SPOT_DISTANCE = 5  # no two spots closer than this many squares, as in the real stimulus
WHITE, GREY, BLACK = 255, 127, 0


def texture(shape, rng, slope=1.0):
    """A picture with a natural image's power spectrum.

    Parameters
    ----------
    shape : tuple of int
    rng : numpy.random.Generator
    slope : float
        Amplitude falls with spatial frequency to this power.

    Returns
    -------
    numpy.ndarray of float
        Mean 0, standard deviation 1, periodic in all directions.
    """
    spectrum = np.fft.rfftn(rng.normal(0, 1, shape))
    along = [np.fft.fftfreq(size) * size for size in shape[:-1]]
    along.append(np.fft.rfftfreq(shape[-1]) * shape[-1])
    frequency = np.sqrt(sum(axis**2 for axis in np.meshgrid(*along, indexing="ij")))
    spectrum /= np.maximum(frequency, 1.0) ** slope
    spectrum.flat[0] = 0
    picture = np.fft.irfftn(spectrum, shape)
    return picture / picture.std()


def grey_levels(picture, step=1):
    """Turn a picture of standard deviation 1 into 8-bit grey levels, `step` apart."""
    levels = np.clip(118 + 52 * picture, 0, 255) // step * step
    return levels.astype(np.uint8)


def camera_movie(frames, shape, rng, step=1):
    """A few scenes, panned over by a camera, with a cut between them.

    Returns
    -------
    numpy.ndarray of uint8, shape (frames, *shape)
    """
    per_scene = 300
    movie = np.empty((frames, *shape), np.uint8)
    for first in range(0, frames, per_scene):
        count = min(per_scene, frames - first)
        canvas = grey_levels(texture((2 * shape[0], 2 * shape[1]), rng), step)
        drift = ndimage.gaussian_filter1d(rng.normal(0, 2.2, (count, 2)), 12, axis=0)
        path = np.rint(np.cumsum(drift, axis=0)).astype(int)
        for frame in range(count):
            moved = np.roll(canvas, path[frame], axis=(0, 1))
            movie[first + frame] = moved[: shape[0], : shape[1]]
    return movie


def sparse_noise(frames, rng):
    """Locally sparse noise: white and black squares on grey, kept apart from each other.

    Returns
    -------
    numpy.ndarray of uint8, shape (frames, 16, 28)
    """
    rows, columns = facts.session("C")["locally_sparse_noise"]["grid"]
    y, x = np.divmod(np.arange(rows * columns), columns)
    apart = (y[:, None] - y) ** 2 + (x[:, None] - x) ** 2 >= SPOT_DISTANCE**2
    free = np.ones((frames, rows * columns), dtype=bool)
    movie = np.full((frames, rows * columns), GREY, np.uint8)
    every = np.arange(frames)
    for _ in range(SPOTS):
        # The n-th free square of each frame, n by chance: one draw each, whatever was taken.
        open_squares = free.sum(axis=1)
        nth = np.floor(rng.random(frames) * open_squares).astype(int)
        square = (np.cumsum(free, axis=1, dtype=np.int16) > nth[:, None]).argmax(axis=1)
        colour = np.where(rng.random(frames) < 0.5, WHITE, BLACK)
        usable = open_squares > 0
        movie[every[usable], square[usable]] = colour[usable]
        free &= apart[square]
    return movie.reshape(frames, rows, columns)


@functools.lru_cache(maxsize=1)
def small_movie_one(seed):
    """Natural movie one before it is magnified; the same in all sessions."""
    frames, height, width = facts.published()["natural_movie_one"]["template_shape"]
    shape = height // MAGNIFIED, width // MAGNIFIED
    return camera_movie(frames, shape, generator(seed, "natural_movie_one"), step=4)


def movie_one(seed):
    """Natural movie one in its published size.

    Returns
    -------
    numpy.ndarray of uint8, shape (900, 304, 608)
    """
    small = small_movie_one(seed)
    # Eight equal bytes are one multiplication; numpy's repeat would take a second per session.
    wide = (small.astype("<u8") * np.uint64(0x0101010101010101)).view(np.uint8)
    return wide.repeat(MAGNIFIED, axis=1)


def templates(letter, seed):
    """Templates of all stimuli of a session that have one.

    Parameters
    ----------
    letter : {"A", "B", "C"}
    seed : int

    Returns
    -------
    dict
        Stimulus name to array of uint8, shape (n_images, height, width).
    """
    shape = tuple(
        size // MAGNIFIED for size in facts.published()["natural_movie_one"]["template_shape"][1:]
    )
    result = {}
    for stimulus in facts.session(letter)["stimuli"]:
        rng = generator(seed, stimulus)
        if stimulus == "natural_movie_one":
            result[stimulus] = movie_one(seed)
        elif stimulus == "natural_movie_two":
            frames = facts.published()["natural_movie_one"]["movie_frames"]
            result[stimulus] = camera_movie(frames, shape, rng)
        elif stimulus == "natural_movie_three":
            frames = facts.published()["natural_movie_three"]["movie_frames"]
            result[stimulus] = camera_movie(frames, shape, rng)
        elif stimulus == "natural_scenes":
            count = facts.session("B")["natural_scenes"]["images"]
            result[stimulus] = np.stack(
                [grey_levels(texture(SCENE_SHAPE, rng)) for _ in range(count)]
            )
        elif stimulus == "locally_sparse_noise":
            frames = facts.session("C")["locally_sparse_noise_template_frames"]
            result[stimulus] = sparse_noise(frames, rng)
    return result
