"""Where recordings are kept: the folders, and the names of the files in them."""

import os
from pathlib import Path

import platformdirs

#: The version of the recordings. Raise it when what is simulated changes, or how it is kept: those
#: of another version are other recordings, in a folder of their own. A test compares.
VERSION = 5

VARIABLE = "VISUAL_CODING_COURSE_CACHE"
GIVEN = "VISUAL_CODING_COURSE_RECORDINGS"
ALONE = f"{GIVEN}_ALONE"
MANIFEST = "brain_observatory_manifest.json"
CONTAINERS = "experiment_containers.json"
EXPERIMENTS = "ophys_experiments.json"
CELLS = "cell_specimens.json"
MAPPINGS = "stimulus_mappings.json"
TABLES = (MANIFEST, CONTAINERS, EXPERIMENTS, MAPPINGS, CELLS)
CONTENTS = "contents.json"
EXCERPT = "excerpt.json"
CHECKSUMS = "SHA256SUMS"
NAMED = "recordings.json"  # beside a notebook: which excerpt it is about, and where that is
DATA_FILE = "ophys_experiment_data/{}.nwb"
EVENTS_FILE = "ophys_experiment_events/{}_events.npz"
MEAN_FILE = "mean_dff/{}.npy"  # not the Allen Institute's: for checks, which should not take long


def cache_folder():
    """The folder for everything that the course keeps between runs.

    Returns
    -------
    pathlib.Path
        That named by the environment variable VISUAL_CODING_COURSE_CACHE, or else the user's
        cache folder. It need not exist.
    """
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named).expanduser().absolute()
    return own_cache_folder()


def own_cache_folder():
    """The user's own cache folder, whatever the environment names."""
    return platformdirs.user_cache_path("visual-coding-course")


def allen_manifest():
    """The manifest of what was downloaded from the Allen Institute."""
    return cache_folder() / "allen" / MANIFEST


def given_folder():
    """The folder that open_cache() opens as it is, in place of one that it makes and checks.

    Returns
    -------
    pathlib.Path or None
        That named by the environment variable VISUAL_CODING_COURSE_RECORDINGS, if it is set.
    """
    named = os.environ.get(GIVEN)
    return Path(named).expanduser().absolute() if named else None


def given_alone():
    """Whether open_cache() opens that folder whatever is asked of it: where answers are graded."""
    return bool(os.environ.get(ALONE)) and given_folder() is not None


def session_files(ophys_experiment_id):
    """Names of a session's files: the NWB file, the events, and the mean dF/F of all cells."""
    return tuple(name.format(ophys_experiment_id) for name in (DATA_FILE, EVENTS_FILE, MEAN_FILE))


def all_files():
    """Names of all files, in the order in which they are built.

    Returns
    -------
    list of str
        Relative to the folder.
    """
    from . import facts  # which is not at hand wherever recordings are opened

    sessions = [name for number in facts.session_ids().values() for name in session_files(number)]
    return sessions + list(TABLES)
