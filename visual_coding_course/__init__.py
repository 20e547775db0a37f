"""A course on the Allen Brain Observatory's recordings, with recordings to practise on."""

import functools
import os
import sys
import warnings
from pathlib import Path

from .inside.sentences import in_sentences

__version__ = "0.1.0"

__all__ = ["Notebook", "__version__", "open_cache"]

# AllenSDK and otter import pkg_resources, which would warn of its own end in red, in a student's
# first cell; nothing that a reader of the warning could do anything about.
warnings.filterwarnings("ignore", message="pkg_resources is deprecated")

#: Of the environment, where a student's notebook is run as grading will: where checks are noted.
REHEARSAL = "VISUAL_CODING_COURSE_REHEARSAL"
LOCKS = "HDF5_USE_FILE_LOCKING"
#: The Python that AllenSDK's requirements run on.
PYTHON = (3, 11)
GRADED_ON = (
    "The notebook is graded with the assignment's recordings, whatever `open_cache` is asked for. "
    "Take this line out before you hand in."
)


def _take_no_file_locks():
    """Have HDF5 read recordings whoever else has locked them, unless the user wants locks.

    It looks into the environment as it is loaded. If h5py was imported before, it has done so, and
    each file has to be told.
    """
    if LOCKS in os.environ:
        return
    os.environ[LOCKS] = "FALSE"
    h5py = sys.modules.get("h5py")
    if h5py is None:
        return
    init = h5py.File.__init__

    @functools.wraps(init)
    def unlocked(self, *arguments, **named):
        named.setdefault("locking", False)
        init(self, *arguments, **named)

    h5py.File.__init__ = unlocked


_take_no_file_locks()


@in_sentences(OSError, ModuleNotFoundError)
def open_cache(source="practice", manifest=None):
    """Open two-photon recordings with AllenSDK.

    Parameters
    ----------
    source : {"practice", "allen"}
        ``"practice"``: simulated recordings of experiment container 511510736, sessions A, B and
        C, made on this machine the first time (about 15 s, 280 MB); no network is used. Where a
        file ``recordings.json`` in the working directory names an excerpt for the notebook there,
        that is opened instead.
        ``"allen"``: the real recordings, downloaded from the Allen Institute when asked for.
    manifest : path-like, optional
        Manifest file, or the folder that holds it, of an existing cache to open instead. `source`
        is then ignored.

    Returns
    -------
    allensdk.core.brain_observatory_cache.BrainObservatoryCache

    Raises
    ------
    ValueError
        If `source` is neither of the two.
    ModuleNotFoundError
        If AllenSDK is not installed; says how to install it.
    FileNotFoundError
        If there is no manifest at `manifest`, or in the folder that the environment names.
    visual_coding_course.recordings.DamagedError
        If a manifest cannot be used; what is opened raises it, too, for a table or a recording
        that is cut off, and `NoNetworkError` for what cannot be downloaded.
    visual_coding_course.recordings.BuildError
        If the practice recordings cannot be written; an OSError that says what to do.

    Notes
    -----
    Practice recordings and downloads are kept in the user's cache folder, or in the one that the
    environment variable VISUAL_CODING_COURSE_CACHE names. Where VISUAL_CODING_COURSE_RECORDINGS
    names a folder of recordings, that is opened in place of the practice recordings, as it is:
    nothing is made, checked or written. Of this package, opening it needs only this file,
    ``allen``, ``cache``, ``errors``, ``first_import`` and ``layout`` of ``recordings``, and what of
    ``inside`` these import. Where a notebook is graded, that folder is opened whatever is asked
    for: answers are about the assignment's recordings, and there is no network.
    """
    if source not in ("practice", "allen"):
        raise ValueError(f'source must be "practice" or "allen", not {source!r}.')
    # Importing AllenSDK takes seconds, so that waits until recordings are opened.
    try:
        from .recordings import cache, layout, recordings_folder
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing not in ("allensdk", "h5py", "pynwb", "requests"):
            raise
        raise ModuleNotFoundError(_not_installed(missing), name=error.name) from error

    alone = layout.given_alone() or REHEARSAL in os.environ
    if alone and (manifest is not None or source == "allen"):
        from .inside.leftovers import note

        note(GRADED_ON)
        manifest, source = layout.given_folder(), "practice"
    if manifest is not None:
        return cache.open_manifest(manifest)
    if source == "allen":
        return cache.open_allen(layout.allen_manifest())
    if given := layout.given_folder():
        return cache.open_manifest(given)
    if Path(layout.NAMED).is_file():
        from .recordings.named import folder_of

        return cache.open_practice(folder_of(Path()))
    return cache.open_practice(recordings_folder())


def _not_installed(package):
    """Say how AllenSDK is installed, or why it cannot be."""
    said = f"Recordings are read with AllenSDK, and {package} is not installed here. "
    if sys.version_info[:2] == PYTHON:
        return said + (
            "Install the requirements of an assignment that is about recordings: in its folder, "
            "`python -m pip install -r requirements.txt`."
        )
    needed, here = (f"{one[0]}.{one[1]}" for one in (PYTHON, sys.version_info))
    return said + (
        f"It needs Python {needed}, and this kernel runs on {here}: choose another kernel. "
        f"README.md beside an assignment says how to get one with Python {needed}."
    )


def __getattr__(name):
    """Import `Notebook` when it is asked for: otter takes a second to import."""
    if name == "Notebook":
        from .notebook import Notebook

        return Notebook
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
