"""Open recordings with AllenSDK: the practice ones, or the Allen Institute's."""

import json
import logging
from pathlib import Path

from . import first_import  # noqa: F401 - imports pynwb, before AllenSDK does

# isort: split
from allensdk.api.queries.brain_observatory_api import BrainObservatoryApi
from allensdk.brain_observatory.brain_observatory_exceptions import NoEyeTrackingException
from allensdk.brain_observatory.stimulus_info import (
    LOCALLY_SPARSE_NOISE_STIMULUS_TYPES,
    NATURAL_MOVIE_STIMULUS_TYPES,
)
from allensdk.core.brain_observatory_cache import ANALYSIS_CLASS_DICT, BrainObservatoryCache

from . import layout
from .errors import NotInPracticeError

EYE_TRACKING_QUERY = "all_eye_mapping_files"
GET_REAL = 'open_cache(source="allen") gets the real data from the Allen Institute.'


class PracticeApi(BrainObservatoryApi):
    """Answers in place of the Allen Institute's online warehouse, without a network.

    Parameters
    ----------
    folder : path-like
        The practice recordings that the answers speak of.
    """

    def __init__(self, folder):
        super().__init__()
        self.folder = Path(folder)

    def template_query(self, template_name, entry_name, **kwargs):
        """Answer a query that `BrainObservatoryCache` makes when no file answers it.

        Raises
        ------
        NotInPracticeError
            For everything but the list of eye-tracking files, which is empty.
        """
        if entry_name == EYE_TRACKING_QUERY:
            return []
        raise NotInPracticeError(self._explanation(entry_name, kwargs.get("ophys_experiment_id")))

    def _explanation(self, entry_name, number):
        """Say what the practice recordings hold instead."""
        if number is None:
            return f"The practice recordings cannot answer the query {entry_name!r}. {GET_REAL}"
        if number not in self._held():
            # Which sessions they are is a question of the course's.
            return (
                "The practice recordings hold the sessions of one experiment container only, and "
                f"experiment {number} is not among them. {GET_REAL}"
            )
        return (
            f"The practice recordings of experiment {number} come without the file that "
            f"{entry_name!r} asks for. {GET_REAL}"
        )

    def _held(self):
        """Ids of the experiments that have a recording."""
        rows = json.loads((self.folder / layout.EXPERIMENTS).read_text(encoding="utf-8"))
        files = {row["id"]: self.folder / layout.DATA_FILE.format(row["id"]) for row in rows}
        return [number for number, file in files.items() if file.is_file()]


class PracticeCache(BrainObservatoryCache):
    """A BrainObservatoryCache on the practice recordings.

    No eye was tracked in them, and there are no files of analyses: these are made when asked for.
    """

    def get_ophys_experiment_analysis(self, ophys_experiment_id, stimulus_type, file_name=None):
        """AllenSDK's analysis of the responses to one stimulus.

        AllenSDK downloads a file with the results. Here the same class works them out from the
        recording, each when it is first looked at, which can take minutes.

        Parameters
        ----------
        ophys_experiment_id : int
        stimulus_type : str
            One of those that the session shows.
        file_name : str
            A file of results to read instead, as AllenSDK's `run_session_analysis` writes it.

        Returns
        -------
        allensdk.brain_observatory.stimulus_analysis.StimulusAnalysis

        Raises
        ------
        NotInPracticeError
            If the recording is not one of the three, or there is no analysis of that stimulus in
            it.
        """
        data_set = self.get_ophys_experiment_data(ophys_experiment_id)
        shown = [name for name in data_set.list_stimuli() if name in ANALYSIS_CLASS_DICT]
        if stimulus_type not in shown:
            raise NotInPracticeError(
                f"There is no analysis of {stimulus_type!r} in experiment {ophys_experiment_id}, a "
                f"{data_set.get_session_type()}, but of {', '.join(shown)}."
            )
        if file_name is not None:
            return super().get_ophys_experiment_analysis(
                ophys_experiment_id, stimulus_type, file_name
            )
        analysis = ANALYSIS_CLASS_DICT[stimulus_type]
        if stimulus_type in LOCALLY_SPARSE_NOISE_STIMULUS_TYPES + NATURAL_MOVIE_STIMULUS_TYPES:
            return analysis(data_set, stimulus_type)
        return analysis(data_set)

    def get_eye_tracking(self, ophys_experiment_id):
        """Raise NoEyeTrackingException, as recordings without eye tracking do."""
        raise NoEyeTrackingException(f"No eye tracking for experiment {ophys_experiment_id}.")

    def get_ophys_pupil_data(self, ophys_experiment_id, file_name=None, suppress_pupil_data=True):
        """As AllenSDK's; raises NoEyeTrackingException where that would download a file."""
        if suppress_pupil_data:
            return super().get_ophys_pupil_data(ophys_experiment_id)
        raise NoEyeTrackingException(f"No pupil data for experiment {ophys_experiment_id}.")


class CachedApi(BrainObservatoryApi):
    """The Allen Institute's warehouse, which need not be reachable to open cached tables."""

    def template_query(self, template_name, entry_name, **kwargs):
        """Ask the warehouse; without a network, take no session to have eye tracking."""
        try:
            return super().template_query(template_name, entry_name, **kwargs)
        except OSError:
            if entry_name != EYE_TRACKING_QUERY:
                raise
            logging.getLogger(__name__).info("no network: eye tracking is unknown")
            return []


def open_practice(folder):
    """Open a folder of practice recordings.

    Parameters
    ----------
    folder : path-like

    Returns
    -------
    PracticeCache
    """
    manifest = Path(folder) / layout.MANIFEST
    return PracticeCache(manifest_file=str(manifest), api=PracticeApi(folder))


def open_allen(manifest):
    """Open a cache that downloads from the Allen Institute.

    Parameters
    ----------
    manifest : path-like
        Manifest file; made if there is none.

    Returns
    -------
    BrainObservatoryCache
    """
    return BrainObservatoryCache(manifest_file=str(manifest), api=CachedApi())


def open_manifest(manifest):
    """Open an existing cache by its manifest or folder.

    Raises
    ------
    FileNotFoundError
        If there is no manifest.
    """
    path = Path(manifest).expanduser()
    if path.is_dir():
        named = sorted(path.glob("*manifest*.json"))
        path = named[0] if named else path / layout.MANIFEST
    if not path.is_file():
        raise FileNotFoundError(f"There is no manifest of recordings at {path}.")
    if (path.parent / layout.CONTENTS).is_file():
        return open_practice(path.parent)
    return open_allen(path)
