"""Open recordings with AllenSDK: the practice ones, or the Allen Institute's."""

import json
from pathlib import Path

from . import first_import  # noqa: F401 - imports pynwb, before AllenSDK does

# isort: split
from allensdk.api.queries.brain_observatory_api import BrainObservatoryApi
from allensdk.brain_observatory.brain_observatory_exceptions import NoEyeTrackingException
from allensdk.brain_observatory.stimulus_info import (
    LOCALLY_SPARSE_NOISE_STIMULUS_TYPES,
    NATURAL_MOVIE_STIMULUS_TYPES,
)
from allensdk.core.brain_observatory_cache import ANALYSIS_CLASS_DICT

from . import layout
from .allen import EYE_TRACKING_QUERY, TellingCache, check_manifest, open_allen
from .errors import NotInPracticeError

GET_REAL = 'open_cache(source="allen") gets the real data from the Allen Institute.'
PRACTICE, EXCERPT = "The practice recordings", "These recordings, an excerpt,"


class PracticeApi(BrainObservatoryApi):
    """Answers in place of the Allen Institute's online warehouse, without a network.

    Parameters
    ----------
    folder : path-like
        The practice recordings, or the excerpt, that the answers speak of.
    """

    def __init__(self, folder):
        super().__init__()
        self.folder = Path(folder)
        self.called = EXCERPT if (self.folder / layout.EXCERPT).is_file() else PRACTICE

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
            return f"{self.called} cannot answer the query {entry_name!r}. {GET_REAL}"
        if number not in self._held():
            # Which sessions they are is a question of the course's.
            return (
                f"{self.called} hold the sessions of one experiment container only, and "
                f"experiment {number} is not among them. {GET_REAL}"
            )
        return (
            f"{self.called} come without the file of experiment {number} that {entry_name!r} "
            f"asks for. {GET_REAL}"
        )

    def _held(self):
        """Ids of the experiments that have a recording."""
        rows = json.loads((self.folder / layout.EXPERIMENTS).read_text(encoding="utf-8"))
        files = {row["id"]: self.folder / layout.DATA_FILE.format(row["id"]) for row in rows}
        return [number for number, file in files.items() if file.is_file()]


class PracticeCache(TellingCache):
    """A BrainObservatoryCache on the practice recordings, or on an excerpt.

    They come without eye tracking and without files of analyses: these are made when asked for.
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


def open_practice(folder):
    """Open a folder of practice recordings, or an excerpt.

    Parameters
    ----------
    folder : path-like

    Returns
    -------
    PracticeCache
    """
    manifest = Path(folder) / layout.MANIFEST
    return PracticeCache(manifest_file=str(manifest), api=PracticeApi(folder))


def open_manifest(manifest):
    """Open an existing cache by its manifest or folder.

    Raises
    ------
    FileNotFoundError
        If there is no manifest.
    DamagedError
        If the manifest cannot be used.
    """
    path = Path(manifest).expanduser()
    if path.is_dir():
        named = sorted(path.glob("*manifest*.json"))
        path = named[0] if named else path / layout.MANIFEST
    if not path.is_file():
        raise FileNotFoundError(
            f"There is no manifest of recordings at {path}. Name the one that AllenSDK wrote, or "
            "its folder; the practice recordings need none: `open_cache()`."
        )
    check_manifest(path)
    if any((path.parent / name).is_file() for name in (layout.CONTENTS, layout.EXCERPT)):
        return open_practice(path.parent)
    return open_allen(path)
