"""Another recording, made of one that there is: nobody has opened it, and nothing known fits it.

A function that is right for any recording is right for this one, too. What was typed in, or taken
from variables of a notebook, is not: the neurons come in another order, the first frames are cut
off, and so the stimulus starts at other frames, its last spontaneous epoch ends sooner, and it has
a session id of its own. Traces and images stay in the file that it is made of; this one points to
them, takes a few megabytes, and is made at once. AllenSDK reads it like any other.
"""

import contextlib
import hashlib
import os
from pathlib import Path

import filelock
import h5py
import numpy as np

from . import layout
from .nwb import PIPELINE, PLANE

VERSION = 1
#: So many frames are cut off, but no more than this share of those before the first stimulus.
CUT, MOST_CUT = 317, 0.5
#: Of the last spontaneous epoch, this share is kept.
KEPT = 0.3
SEED = 20
#: Larger datasets that are as they were are not copied, bytes.
LARGE = 1 << 20
#: Of these, only the file that it is made of has anything.
LEFT_OUT = {"analysis", "stimulus/templates"}


def folder(recordings=None):
    """The folder of such recordings, with one for each that notebooks read when they are graded.

    Parameters
    ----------
    recordings : pathlib.Path, optional
        The folder of those; otherwise that of the practice recordings.

    Returns
    -------
    pathlib.Path
    """
    from . import grading_folder

    for file in sorted(((recordings or grading_folder()) / layout.DATA_FILE).parent.glob("*.nwb")):
        another(file)
    return _folder()


def _folder():
    """The folder; one of the account's own, where all share recordings that it cannot write to."""
    shared, own = layout.cache_folder(), layout.own_cache_folder()
    path = shared / f"another-{VERSION}"
    with contextlib.suppress(OSError):
        path.mkdir(parents=True, exist_ok=True)
    if shared != own and not os.access(path, os.W_OK):
        path = own / path.name
    path.mkdir(parents=True, exist_ok=True)
    return path


def another(nwb_file):
    """Make another recording of one, if it was not made before.

    Parameters
    ----------
    nwb_file : path-like
        Of a session, in the Allen Institute's layout.

    Returns
    -------
    pathlib.Path
        The NWB file. It holds as many neurons, fewer frames, and the same kind of session.

    Raises
    ------
    OSError
        If it cannot be read, or the folder cannot be written.
    """
    source = Path(os.path.realpath(nwb_file))
    about = source.stat()
    key = f"{source} {about.st_size} {about.st_mtime_ns}"
    path = _folder() / f"{hashlib.sha256(key.encode()).hexdigest()[:16]}.nwb"
    if not path.is_file():
        with filelock.FileLock(f"{path}.lock"):
            if not path.is_file():
                partial = path.with_suffix(".partial")
                _write(source, partial)
                os.replace(partial, path)
    return path


def _write(source, path):
    with h5py.File(source) as original, h5py.File(path, "w", libver=("earliest", "v110")) as file:
        _Copy(original, file).run()


class _Copy:
    """Copies a file, changed.

    Parameters
    ----------
    original, file : h5py.File
    """

    def __init__(self, original, file):
        self.original, self.file = original, file
        pipeline = original[PIPELINE]
        self.frames = len(pipeline[f"DfOverF/{PLANE}/timestamps"])
        self.cells = len(pipeline["ImageSegmentation/cell_specimen_ids"])
        self.order = np.random.default_rng(SEED).permutation(self.cells)
        shown = original["stimulus/presentation"].values()
        first = min(int(stimulus["frame_duration"][0, 0]) for stimulus in shown)
        self.cut = min(CUT, int(MOST_CUT * first))

    def run(self):
        """Copy all there is."""
        self._group(self.original, self.file)
        number = int(self.original["general/session_id"][()])
        del self.file["general/session_id"]
        self.file["general/session_id"] = np.bytes_(f"9{number}")
        for stimulus in self.file["stimulus/presentation"].values():
            stimulus["frame_duration"][...] -= self.cut
        self._shorten(self.file["stimulus/presentation"])

    def _group(self, source, target):
        for name, item in source.items():
            place = item.name.strip("/")
            if place in LEFT_OUT:
                target.create_group(name)
            elif isinstance(item, h5py.Dataset):
                self._dataset(item, target, name)
            elif place.startswith(PIPELINE) and name.startswith("roi_"):
                target[name] = h5py.ExternalLink(self.original.filename, item.name)
            else:
                self._group(item, target.create_group(name))

    def _dataset(self, item, target, name):
        in_pipeline = item.name.strip("/").startswith(PIPELINE)
        if in_pipeline and item.shape == (self.cells, self.frames):
            target.create_virtual_dataset(name, self._traces(item))
        elif in_pipeline and item.shape[:1] == (self.frames,):
            target[name] = item[self.cut :]
        elif in_pipeline and item.shape == (self.cells,):
            target[name] = item[()][self.order]
        elif item.nbytes > LARGE:
            target[name] = h5py.ExternalLink(self.original.filename, item.name)
        else:
            target[name] = item[()]

    def _traces(self, item):
        found = h5py.VirtualLayout((self.cells, self.frames - self.cut), item.dtype)
        source = h5py.VirtualSource(self.original.filename, item.name, item.shape)
        for row, cell in enumerate(self.order.tolist()):
            found[row] = source[cell, self.cut :]
        return found

    def _shorten(self, presentation):
        """Let the last spontaneous epoch end sooner, so that epochs are not equally long."""
        spontaneous = presentation.get("spontaneous_stimulus")
        if spontaneous is None:
            return
        events, frames = spontaneous["data"][()].ravel(), spontaneous["frame_duration"]
        start, end = (np.flatnonzero(events * sign > 0)[-1] for sign in (1, -1))
        first, last = int(frames[start, 0]), int(frames[end, 0])
        frames[end] = frames[end] - int((1 - KEPT) * (last - first))
