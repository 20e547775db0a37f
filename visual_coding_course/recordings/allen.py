"""What is downloaded from the Allen Institute, and what is said where that or reading fails."""

import functools
import json
import logging
import os
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from . import first_import  # noqa: F401 - imports pynwb, before AllenSDK does

# isort: split
from allensdk.api.queries.brain_observatory_api import BrainObservatoryApi
from allensdk.core.brain_observatory_cache import BrainObservatoryCache
from requests.exceptions import RequestException

from .errors import DamagedError, NoNetworkError, PracticeError

EYE_TRACKING_QUERY = "all_eye_mapping_files"
#: What the SDK's network raises. urllib's errors and the system's are among the built-in ones.
OFFLINE = (RequestException, URLError, ConnectionError, TimeoutError)
TABLES = ("EXPERIMENT_CONTAINERS", "EXPERIMENTS", "CELL_SPECIMENS", "STIMULUS_MAPPINGS")


def _in_sentences(getter):
    """Let a getter say what is wrong without all the calls that it took to find out."""

    @functools.wraps(getter)
    def told(self, *arguments, **named):
        try:
            return getter(self, *arguments, **named)
        except PracticeError as error:
            raise error.with_traceback(None) from None
        except ValueError:
            if damaged := self.damaged_table():
                raise damaged from None
            raise

    return told


class TellingCache(BrainObservatoryCache):
    """A BrainObservatoryCache that says in a sentence what it cannot get, or read."""

    #: What to do about a file that cannot be read.
    repair = "Copy it again from where it is whole."

    get_experiment_containers = _in_sentences(BrainObservatoryCache.get_experiment_containers)
    get_ophys_experiments = _in_sentences(BrainObservatoryCache.get_ophys_experiments)
    get_cell_specimens = _in_sentences(BrainObservatoryCache.get_cell_specimens)
    get_ophys_experiment_events = _in_sentences(BrainObservatoryCache.get_ophys_experiment_events)
    get_ophys_experiment_analysis = _in_sentences(
        BrainObservatoryCache.get_ophys_experiment_analysis
    )

    @_in_sentences
    def get_ophys_experiment_data(self, ophys_experiment_id, file_name=None):
        """As AllenSDK's; a file that cannot be read is named.

        Raises
        ------
        DamagedError
            If it is cut off, or no HDF5 file.
        """
        try:
            return super().get_ophys_experiment_data(ophys_experiment_id, file_name)
        except OSError as error:
            if isinstance(error, PracticeError):
                raise
            key = self.EXPERIMENT_DATA_KEY
            path = Path(self.get_cache_path(file_name, key, ophys_experiment_id))
            if not path.is_file() or not os.access(path, os.R_OK):
                raise
            size = path.stat().st_size / 1e6
            raise DamagedError(
                f"The recording {path} ({size:.1f} MB) cannot be read: it is cut off or damaged, "
                f"as after a download or a copy that was interrupted ({_short(error)}). "
                f"{self.repair}"
            ) from None

    def damaged_table(self):
        """Look for a table that is not whole.

        Returns
        -------
        DamagedError or None
            Says which.
        """
        for key in TABLES:
            path = Path(self.get_cache_path(None, key))
            try:
                json.loads(path.read_text(encoding="utf-8"))
            except ValueError as error:
                return DamagedError(
                    f"The table {path} is not whole, as after a download or a copy that was "
                    f"interrupted ({_short(error)}). {self.repair}"
                )
            except OSError:
                continue
        return None


def _short(error):
    """The first line of what an error says, without HDF5's internals."""
    return str(error).partition("\n")[0][:200]


class AllenCache(TellingCache):
    """A cache that downloads what is missing from the Allen Institute."""

    repair = "Delete that file: when it is asked for again, with a network, it is downloaded anew."


class CachedApi(BrainObservatoryApi):
    """The Allen Institute's warehouse, which need not be reachable to open cached tables.

    Parameters
    ----------
    folder : path-like
        Where what was downloaded is kept.
    """

    def __init__(self, folder):
        super().__init__()
        self.folder = Path(folder)

    def template_query(self, template_name, entry_name, **kwargs):
        """Ask the warehouse; without a network, take no session to have eye tracking.

        Raises
        ------
        NoNetworkError
            If it cannot be reached.
        """
        try:
            with self._online():
                return super().template_query(template_name, entry_name, **kwargs)
        except NoNetworkError:
            if entry_name != EYE_TRACKING_QUERY:
                raise
            logging.getLogger(__name__).info("no network: eye tracking is unknown")
            return []

    def retrieve_file_over_http(self, url, file_path, zipped=False):
        """Download a file, which is there when it is whole, and not before.

        Raises
        ------
        NoNetworkError
            If it does not come to its end; the next call goes on from there.
        """
        if zipped:  # as nothing of the Brain Observatory's is
            super().retrieve_file_over_http(url, file_path, zipped)
            return
        from .download import download  # which is not at hand wherever recordings are opened

        with self._online():
            download(url, file_path, Path(file_path).name)

    @contextmanager
    def _online(self):
        try:
            yield
        except OFFLINE as error:
            raise NoNetworkError(
                f"The Allen Institute ({self.api_url}) cannot be reached, and what is asked for is "
                f"not among what was downloaded to {self.folder}. Try again with a network. The "
                f"practice recordings need none: `open_cache()`. ({type(error).__name__})"
            ) from None


def open_allen(manifest):
    """Open a cache that downloads from the Allen Institute.

    Parameters
    ----------
    manifest : path-like
        Manifest file; made if there is none.

    Returns
    -------
    AllenCache

    Raises
    ------
    DamagedError
        If the manifest cannot be used.
    """
    path = Path(manifest)
    if path.exists():
        check_manifest(path)
    return AllenCache(manifest_file=str(path), api=CachedApi(path.parent))


def check_manifest(path):
    """See that a manifest says where AllenSDK finds what.

    Parameters
    ----------
    path : Path

    Raises
    ------
    DamagedError
        If it is cut off, names too little, or is another version's.
    """
    repair = (
        "Move it away, and call `BrainObservatoryCache(manifest_file=...)` of AllenSDK once with "
        "this path: that writes a new one, and the recordings beside it stay."
    )
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["manifest"]
        version = {one["value"] for one in entries if one["type"] == "manifest_version"}
        named = {one["key"]: one["spec"] for one in entries if one["type"] != "manifest_version"}
    except OSError as error:
        raise DamagedError(f"The manifest {path} cannot be read: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedError(
            f"{path} is not a manifest of AllenSDK's, or not a whole one "
            f"({type(error).__name__}: {_short(error)}). {repair}"
        ) from None
    needed = {name: key for name, key in vars(BrainObservatoryCache).items() if name[-4:] == "_KEY"}
    missing = sorted({"BASEDIR", *needed.values()} - named.keys())
    if version != {BrainObservatoryCache.MANIFEST_VERSION}:
        raise DamagedError(
            f"The manifest {path} is of version {', '.join(sorted(map(str, version))) or 'none'}; "
            f"AllenSDK reads {BrainObservatoryCache.MANIFEST_VERSION}. {repair}"
        )
    if missing:
        raise DamagedError(
            f"The manifest {path} does not say where to find {', '.join(missing)}. {repair}"
        )
