"""Practice recordings: simulated sessions A, B and C of experiment container 511510736.

They are files in the Allen Institute's format, made on this machine from published facts and a
seed, and are read with AllenSDK like the real ones. Nothing in them is data of the Allen Institute.
"""

from .errors import BuildError, NotInPracticeError, PracticeError

__all__ = ["BuildError", "NotInPracticeError", "PracticeError", "recordings_folder", "session_file"]


def recordings_folder():
    """The folder of practice recordings, built now if it is missing or damaged.

    Building takes about 15 s and shows a progress bar on stderr; otherwise nothing is printed.

    Returns
    -------
    pathlib.Path
        Holds the manifest, the tables, and three NWB and three events files.

    Raises
    ------
    BuildError
        If the folder cannot be written or the disk is full; the message says what to do.
    """
    from . import store

    return store.Store(store.folder_for()).ensure()


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
