"""What is right for a recording, read from the recording itself.

Nothing here looks at an answer. Results are kept per file, so that checking
the same notebook again costs little.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from visual_coding_course.checking import Variants
from visual_coding_course.recordings.layout import MEAN_FILE

SESSIONS = "abc"
VARIANTS = Variants("session", SESSIONS)
REPEATS = 10
MOVIE_FRAMES = 900
MOVIE = "natural_movie_one"
#: Where AllenSDK's files have the masks.
PLANE = "processing/brain_observatory_pipeline/ImageSegmentation/imaging_plane_1"
#: So many pieces are cut out of a trace at most.
MOST_STARTS = 20

#: Of more neurons, all traces are read at once.
FEW = 8
#: Traces, and masks, that are kept of each recording.
MOST_KEPT = 30


class Recording:
    """One session, and what an answer about it should be.

    Parameters
    ----------
    data_set : BrainObservatoryNwbDataSet
        AllenSDK's recording.
    """

    def __init__(self, data_set):
        self.data_set = data_set
        self._traces: dict[int, np.ndarray] = {}
        self._masks: dict[int, np.ndarray] = {}
        self._tables: dict[str, Any] = {}

    @cached_property
    def session_id(self) -> int:
        """The ophys experiment id."""
        return int(self.data_set.get_metadata()["ophys_experiment_id"])

    @cached_property
    def ids(self) -> np.ndarray:
        """Cell specimen ids, in the order of the cell index."""
        return np.asarray(self.data_set.get_cell_specimen_ids(), dtype=int)

    @cached_property
    def times(self) -> np.ndarray:
        """Times of the imaging frames, s."""
        return np.asarray(self.data_set.get_fluorescence_timestamps(), dtype=float)

    @cached_property
    def projection(self) -> np.ndarray:
        """Maximum projection (512, 512), arbitrary units."""
        return np.asarray(self.data_set.get_max_projection(), dtype=float)

    def index(self, cell_specimen_id: int) -> int:
        """Cell index of a neuron.

        Raises
        ------
        LookupError
            If the recording does not hold the neuron.
        """
        [found] = np.nonzero(self.ids == int(cell_specimen_id))
        if not len(found):
            raise LookupError(f"neuron {cell_specimen_id} is not in session {self.session_id}")
        return int(found[0])

    def mask(self, cell_specimen_id: int) -> np.ndarray:
        """Return a neuron's ROI mask, bool (512, 512)."""
        key = int(cell_specimen_id)
        if key not in self._masks:
            _make_room(self._masks)
            [roi] = self.data_set.get_roi_mask_array([key])
            self._masks[key] = np.asarray(roi) > 0
        return self._masks[key]

    def neuron_at(self, area: np.ndarray) -> int | None:
        """Return whose mask an area is, more or less; None if it is nobody's."""
        size = np.count_nonzero(area)
        for number, (columns, rows) in zip(self.ids.tolist(), self._pixels, strict=True):
            if 2 * np.count_nonzero(area[rows, columns]) > max(size, len(rows)):
                return number
        return None

    def all_masks(self) -> np.ndarray:
        """Return where any neuron's mask is, bool, as large as the projection."""
        together = np.zeros(self.projection.shape, dtype=bool)
        for columns, rows in self._pixels:
            together[rows, columns] = True
        return together

    @cached_property
    def _pixels(self) -> list[np.ndarray]:
        """Columns and rows of each neuron's mask, which are read much sooner than the masks."""
        with h5py.File(self.data_set.nwb_file) as file:
            plane = file[PLANE]
            return [plane[roi]["pix_mask"][()].T for roi in plane["roi_list"][()]]

    def dff(self, cell_specimen_id: Any) -> np.ndarray:
        """Return a neuron's dF/F, (frames,); of an array of ids, (neurons, frames)."""
        if np.ndim(cell_specimen_id):
            if len(cell_specimen_id) <= FEW:
                return np.stack([self.dff(one) for one in cell_specimen_id])
            rows = [self.index(one) for one in cell_specimen_id]
            return self.data_set.get_dff_traces()[1][rows]
        key = int(cell_specimen_id)
        if key not in self._traces:
            self.index(key)
            _make_room(self._traces)
            self._traces[key] = np.asarray(self.data_set.get_dff_traces([key])[1][0], dtype=float)
        return self._traces[key]

    def table(self, stimulus: str):
        """Return a stimulus table, as AllenSDK does; not to be changed."""
        if stimulus not in self._tables:
            self._tables[stimulus] = self.data_set.get_stimulus_table(stimulus)
        return self._tables[stimulus]

    @cached_property
    def mean_dff(self) -> np.ndarray:
        """Mean dF/F of all neurons, (frames,): kept beside practice recordings, or else read."""
        kept = Path(self.data_set.nwb_file).absolute().parents[1] / MEAN_FILE.format(
            self.session_id
        )
        if kept.is_file():
            return np.load(kept)
        return self.data_set.get_dff_traces()[1].mean(axis=0, dtype=float)

    @cached_property
    def movie_starts(self) -> np.ndarray:
        """Imaging frames at which the repeats of the movie start, int (10,)."""
        table = self.table(MOVIE)
        return table.groupby("repeat")["start"].min().to_numpy(dtype=int)

    @cached_property
    def spontaneous_epochs(self) -> np.ndarray:
        """First and last imaging frame of each spontaneous epoch, int (epochs, 2)."""
        return self.table("spontaneous")[["start", "end"]].to_numpy(dtype=int)

    def response(self, cell_specimen_id: int, starts: np.ndarray | None = None) -> np.ndarray:
        """Return a neuron's dF/F in each repeat of the movie, (10, 900)."""
        return cut(self.dff(cell_specimen_id), self.movie_starts if starts is None else starts)

    @cached_property
    def responses(self) -> np.ndarray:
        """All neurons' dF/F in each repeat of the movie, float32 (neurons, 10, 900)."""
        traces = self.data_set.get_dff_traces()[1]
        pieces = [traces[:, start : start + MOVIE_FRAMES] for start in self.movie_starts]
        return np.stack(pieces, axis=1).astype(np.float32, copy=False)


def _make_room(kept: dict) -> None:
    if len(kept) >= MOST_KEPT:
        kept.clear()


def cut(dff: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Take the 900 frames from each start out of traces: (..., frames) to (..., starts, 900).

    Raises
    ------
    LookupError
        If there are none, or so many that they are those of all movie frames.
    IndexError
        If a piece would begin before or end after the trace.
    """
    if not 0 < np.size(starts) <= MOST_STARTS:
        raise LookupError("not the starts of repeats")
    frames = np.asarray(starts, dtype=int)[:, np.newaxis] + np.arange(MOVIE_FRAMES)
    if frames.min() < 0:
        raise IndexError("a start before the first frame")
    return dff[..., frames]


def spontaneous_mean(dff: np.ndarray, epochs: np.ndarray, with_end: bool = True) -> float:
    """Mean of a trace over all frames of all epochs, with or without the frame `end` itself."""
    within = np.zeros(len(dff), dtype=bool)
    for first, last in epochs:
        within[first : last + with_end] = True
    return float(dff[within].mean())


@lru_cache(maxsize=8)
def fluorescence(recording: Recording, cell_specimen_id: int) -> list[np.ndarray]:
    """Read a neuron's traces before dF/F, (frames,) each: corrected, raw, demixed, and neuropil.

    Those that an excerpt comes without are left out.
    """
    return [traces[0] for traces in fluorescence_of(recording, [cell_specimen_id])]


def fluorescence_of(recording: Recording, cell_specimen_ids: list[int]) -> Iterator[np.ndarray]:
    """Yield the same of several neurons, (neurons, frames) each."""
    for kind in ("corrected_fluorescence", "fluorescence", "demixed", "neuropil"):
        with suppress(KeyError):
            yield getattr(recording.data_set, f"get_{kind}_traces")(cell_specimen_ids)[1]


@lru_cache(maxsize=16)
def _recording(nwb_file: str) -> Recording:
    from allensdk.core.brain_observatory_nwb_data_set import BrainObservatoryNwbDataSet

    return Recording(BrainObservatoryNwbDataSet(nwb_file))


def is_recording(value: Any) -> bool:
    """Whether a value is an opened recording."""
    from allensdk.core.brain_observatory_nwb_data_set import BrainObservatoryNwbDataSet

    return isinstance(value, BrainObservatoryNwbDataSet)


def recording(data_set) -> Recording:
    """Return the `Recording` of an opened recording, from what was read before if possible."""
    return _recording(str(data_set.nwb_file))


@lru_cache(maxsize=8)
def neuron_sessions(boc, cell_specimen_id: int) -> dict[str, dict[str, Any]]:
    """Return the neuron's sessions, by the letters a, b and c.

    Returns
    -------
    dict of str to dict
        What `BrainObservatoryCache.get_ophys_experiments` says of each session.
    """
    cells = boc.get_cell_specimens(ids=[cell_specimen_id])
    containers = {cell["experiment_container_id"] for cell in cells}
    sessions = boc.get_ophys_experiments(experiment_container_ids=sorted(containers))
    # Later containers have a session C2 in place of C.
    letter = {
        s["id"]: s["session_type"].removeprefix("three_session_")[:1].lower() for s in sessions
    }
    return {letter[session["id"]]: session for session in sessions}


@lru_cache(maxsize=32)
def session_recording(boc, session_id: int) -> Recording:
    """Open a session of the catalogue."""
    return recording(boc.get_ophys_experiment_data(session_id))
