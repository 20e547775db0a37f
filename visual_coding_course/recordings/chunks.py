"""Write large arrays into an HDF5 file compressed on several threads.

HDF5 compresses one chunk at a time on one thread. Here chunks are compressed outside HDF5, in the
very form that its shuffle and deflate filters give, and handed over as they are; readers need
nothing special. Deflate closes each chunk with a checksum (Adler-32), so reading a damaged one
fails rather than giving wrong numbers.
"""

import zlib
from concurrent.futures import ThreadPoolExecutor

import numpy as np

THREADS = 2
LEVEL = 1  # higher levels gain 5 % of space for several times the time
HEADER = b"\x78\x01"  # a zlib stream of the fastest level (RFC 1950)
END = b"\x03\x00"  # a last block without content (RFC 1951)
NOISE = 0.7  # what packs worse is noise, for which Huffman codes are slow to read
KEPT = 12  # significant binary digits of a trace: to one in 4000, far below its noise


def deflated(chunk, quick=False):
    """Bytes of a chunk after the shuffle and deflate filters.

    Parameters
    ----------
    chunk : numpy.ndarray
        Of the full size of a chunk, little-endian.
    quick : bool
        Leave noise as it is in a stream that packs the rest: takes more space, and a third of the
        time to read. Has no effect on items of one byte.

    Returns
    -------
    bytes
    """
    block = np.ascontiguousarray(chunk)
    size = block.dtype.itemsize
    if size == 1:
        return zlib.compress(block.tobytes(), LEVEL)
    planes = block.reshape(-1).view(np.uint8).reshape(-1, size).T
    if quick:
        return stream([plane.tobytes() for plane in planes])
    # Noise repeats nothing but zeros: looking for runs alone takes half the time and packs better.
    packer = zlib.compressobj(LEVEL, strategy=zlib.Z_RLE)
    return packer.compress(planes.tobytes()) + packer.flush()


def rounded(values):
    """Values of which `KEPT` significant binary digits are left, so that they pack well.

    Parameters
    ----------
    values : numpy.ndarray

    Returns
    -------
    numpy.ndarray of float32, the same shape
    """
    spare = 24 - KEPT
    whole = np.ascontiguousarray(values, dtype=np.float32).view(np.uint32)
    whole = whole + np.uint32(1 << (spare - 1)) & ~np.uint32((1 << spare) - 1)
    return whole.view(np.float32)


def stream(parts):
    """One zlib stream of several parts, in which those that pack badly are stored as they are."""
    packed, check = [HEADER], zlib.adler32(b"")
    for part in parts:
        piece = part_of_stream(part, LEVEL)
        if len(piece) > NOISE * len(part):
            piece = part_of_stream(part, zlib.Z_NO_COMPRESSION)
        packed.append(piece)
        check = zlib.adler32(part, check)
    return b"".join([*packed, END, check.to_bytes(4, "big")])


def part_of_stream(part, level):
    """Deflate a part, up to a byte at which another can begin."""
    packer = zlib.compressobj(level, wbits=-zlib.MAX_WBITS, strategy=zlib.Z_RLE)
    return packer.compress(part) + packer.flush(zlib.Z_SYNC_FLUSH)


def write(group, name, array, rows=1, tick=lambda: None, quick=False):
    """Create a dataset of which each chunk holds whole rows.

    Parameters
    ----------
    group : h5py.Group
    name : str
    array : numpy.ndarray
        At least one-dimensional.
    rows : int
        Rows in a chunk.
    tick : callable
        Called without arguments after each chunk.
    quick : bool
        As for `deflated`.

    Returns
    -------
    h5py.Dataset
    """
    data = np.asarray(array)
    data = data.astype(data.dtype.newbyteorder("<"), copy=False)
    rows = min(rows, len(data))
    dataset = group.create_dataset(
        name,
        shape=data.shape,
        dtype=data.dtype,
        chunks=(rows, *data.shape[1:]),
        compression="gzip",
        compression_opts=LEVEL,
        shuffle=data.dtype.itemsize > 1,
    )

    def packed(first):
        part = data[first : first + rows]
        if len(part) < rows:
            padding = [(0, rows - len(part))] + [(0, 0)] * (data.ndim - 1)
            part = np.pad(part, padding)
        return deflated(part, quick)

    starts = range(0, len(data), rows)
    with ThreadPoolExecutor(THREADS) as pool:
        for first, block in zip(starts, pool.map(packed, starts), strict=True):
            dataset.id.write_direct_chunk((first,) + (0,) * (data.ndim - 1), block)
            tick()
    return dataset
