"""Practice recordings: simulated sessions A, B and C of experiment container 511510736.

They are files in the Allen Institute's format, made on this machine from published facts and a
seed, and are read with AllenSDK like the real ones. Nothing in them is data of the Allen Institute.
"""

from .errors import (
    BuildError,
    DamagedError,
    NoNetworkError,
    NotInPracticeError,
    PracticeError,
)

__all__ = [
    "BuildError",
    "DamagedError",
    "NoNetworkError",
    "NotInPracticeError",
    "PracticeError",
    "grading_folder",
    "recordings_folder",
    "session_file",
    "unpacked_folder",
]


def recordings_folder():
    """The folder of practice recordings, built now if it is missing or damaged.

    Building takes about 15 s and shows a progress bar on stderr; otherwise nothing is printed.

    Returns
    -------
    pathlib.Path
        Holds the manifest, the tables, three NWB and three events files, and what checks take
        from them that is slow to read.

    Raises
    ------
    BuildError
        If the folder cannot be written or the disk is full; the message says what to do.
    """
    from . import store

    return store.Store(store.folder_for()).ensure()


def unpacked_folder():
    """A folder of the same recordings that is read several times faster, made now if missing.

    For a machine that grades: AllenSDK reads it as it reads the other, and gets the same arrays.
    It takes 0.8 GB, and some seconds to make, and is checked like `recordings_folder`.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    BuildError
        As `recordings_folder`.
    """
    from . import unpacked

    return unpacked.unpacked_store().ensure()


def grading_folder():
    """The folder of recordings that notebooks read when they are graded.

    Returns
    -------
    pathlib.Path
        That named by the environment variable VISUAL_CODING_COURSE_RECORDINGS, or else that of
        `unpacked_folder`.

    Raises
    ------
    BuildError
        As `recordings_folder`.
    """
    from . import layout

    return layout.given_folder() or unpacked_folder()


def session_file(ophys_experiment_id):
    """The NWB file of one session, built now if it is missing or damaged.

    Parameters
    ----------
    ophys_experiment_id : int

    Returns
    -------
    pathlib.Path

    Raises
    ------
    NotInPracticeError
        If the id is not one of the three sessions'.
    BuildError
        As `recordings_folder`.
    """
    from . import facts, layout

    held = facts.session_ids()
    if ophys_experiment_id not in held.values():
        raise NotInPracticeError(
            f"Experiment {ophys_experiment_id} is not among the practice recordings: {held}."
        )
    return recordings_folder() / layout.DATA_FILE.format(ophys_experiment_id)
