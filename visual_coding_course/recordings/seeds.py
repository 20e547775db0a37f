"""Random numbers that depend on a seed and a purpose, and on nothing else.

Each purpose gets a stream of its own, so that sessions and cells can be simulated in any order
and on any number of threads with the same result.
"""

import zlib

import numpy as np

DEFAULT_SEED = 511510736


def generator(seed, *purpose):
    """A random generator for one purpose.

    Parameters
    ----------
    seed : int
        The seed of the whole simulation.
    *purpose : str or int
        What the numbers are for, such as ``("noise", "A", 517472450)``.

    Returns
    -------
    numpy.random.Generator
    """
    # crc32 rather than hash(): Python salts the hash of a string in each process.
    key = tuple(zlib.crc32(str(part).encode()) for part in purpose)
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))
