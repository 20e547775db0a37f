"""Names of the files in a folder of practice recordings."""

from . import facts

MANIFEST = "brain_observatory_manifest.json"
CONTAINERS = "experiment_containers.json"
EXPERIMENTS = "ophys_experiments.json"
CELLS = "cell_specimens.json"
MAPPINGS = "stimulus_mappings.json"
TABLES = (MANIFEST, CONTAINERS, EXPERIMENTS, MAPPINGS, CELLS)
DATA_FILE = "ophys_experiment_data/{}.nwb"
EVENTS_FILE = "ophys_experiment_events/{}_events.npz"


def session_files(ophys_experiment_id):
    """Names of a session's two files: the NWB file, and the events."""
    return DATA_FILE.format(ophys_experiment_id), EVENTS_FILE.format(ophys_experiment_id)


def all_files():
    """Names of all files, in the order in which they are built.

    Returns
    -------
    list of str
        Relative to the folder.
    """
    sessions = [name for number in facts.session_ids().values() for name in session_files(number)]
    return sessions + list(TABLES)
