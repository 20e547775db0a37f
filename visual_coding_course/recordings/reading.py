"""Read a session, whoever wrote its file, through AllenSDK's public getters."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any

import h5py
import numpy as np

from .content import Content
from .errors import DamagedError
from .recording import Recording

#: The first version of the Allen Institute's pipeline whose layout the writer's is.
OLDEST_PIPELINE = (2, 0)
SIMULATED = "SIMULATED"
WHITE_PAPERS = "Please see the Allen Brain Observatory's white papers for details."


def provenance_of(nwb_file) -> str:
    """What a file of this package's says of where its data come from; empty for any other."""
    with h5py.File(nwb_file) as file:
        if "general/generated_by" not in file:
            return ""
        said = [_text(item) for item in np.ravel(file["general/generated_by"][()])]
    if "provenance" not in said[:-1]:
        return ""
    return said[said.index("provenance") + 1]


def is_simulated(nwb_file) -> bool:
    """Whether a file says of itself that it is simulated."""
    return provenance_of(nwb_file).startswith(SIMULATED)


def cell_specimen_ids(data_set) -> np.ndarray:
    """Ids of a recording's neurons as integers, in the order of the file."""
    return np.asarray(data_set.get_cell_specimen_ids()).astype(np.int64)


def read(
    boc: Any,
    session: int,
    neurons: Iterable[int],
    content: Content,
    provenance: str,
    tick: Callable[[], None] = lambda: None,
) -> Recording:
    """Read what is kept of one session.

    Parameters
    ----------
    boc : BrainObservatoryCache
    session : int
        Ophys experiment id.
    neurons : iterable of int
        Cell specimen ids; those that the session does not have are left out. They keep the order
        of the file.
    content : Content
    provenance : str
        Where the data come from, for the new file.
    tick : callable
        Called without arguments after each kind of traces is read.

    Returns
    -------
    Recording
        Traces are float32, whatever they are in the file: seven digits.

    Raises
    ------
    DamagedError
        If the file is not such that the writer can write the same.
    """
    data_set = boc.get_ophys_experiment_data(session)
    wanted, ids = {*neurons}, cell_specimen_ids(data_set)
    rows = [row for row, number in enumerate(ids.tolist()) if number in wanted]
    everyone = len(rows) == len(ids)
    chosen = None if everyone else np.asarray(data_set.get_cell_specimen_ids())[rows]
    timestamps = data_set.get_fluorescence_timestamps()
    kept: dict[str, Any] = {}
    for kind in content.traces:
        times, traces = getattr(data_set, f"get_{kind}_traces")(chosen)
        _same_clock(data_set, kind, times, timestamps)
        kept[kind] = np.asarray(traces, dtype=np.float32)
        tick()
    if "neuropil" in kept:
        kept["neuropil_r"] = data_set.get_neuropil_r(chosen)
    if content.masks:
        masks = data_set.get_roi_mask(chosen)
        kept["roi_masks"] = np.array([mask.get_mask_plane() > 0 for mask in masks])
        kept["roi_names"] = tuple(_text(mask.label) for mask in masks)
    if content.max_projection:
        kept["max_projection"] = data_set.get_max_projection()
    if content.running_speed:
        kept["running_speed"], times = data_set.get_running_speed()
        _same_clock(data_set, "running speed", times, timestamps)
    if content.motion:
        motion = data_set.get_motion_correction()
        _same_clock(data_set, "motion", motion.pop("timestamp"), timestamps)
        kept |= {"motion": motion.to_numpy(), "motion_names": tuple(motion.columns)}
    if content.events:
        # The Allen Institute has none of some sessions.
        with contextlib.suppress(LookupError):
            kept["events"] = boc.get_ophys_experiment_events(session)[rows]
    tables = tables_of(data_set, content)
    return Recording(
        metadata=metadata_of(data_set),
        provenance=provenance,
        timestamps=timestamps,
        cell_specimen_ids=ids[rows],
        roi_ids=[_text(number) for number in np.asarray(data_set.get_roi_ids())[rows]],
        stimulus_tables=tables,
        templates=templates_of(data_set, tables, content),
        **kept,
    )


def _same_clock(data_set, what: str, times: Any, timestamps: np.ndarray) -> None:
    """See that something was recorded at the times of the imaging frames, as the writer has it."""
    if not np.array_equal(times, timestamps):
        raise DamagedError(
            f"In {data_set.nwb_file}, {what} has other times than the fluorescence: such a file "
            "cannot be excerpted."
        )


def metadata_of(data_set) -> dict[str, str]:
    """Metadata by their place in the file, in the words that AllenSDK reads them from."""
    known = data_set.get_metadata()
    version, start = known["pipeline_version"], known.get("session_start_time")
    if tuple(map(int, str(version).split(".")[:2])) < OLDEST_PIPELINE:
        raise DamagedError(
            f"{data_set.nwb_file} is of version {version} of the Allen Institute's pipeline, whose "
            "files are laid out otherwise. Download it again: there are newer ones."
        )
    words = {
        **known,
        "age": _with(known.get("age_days"), "days"),
        "imaging_depth": _with(known.get("imaging_depth_um"), "microns"),
        "session_start_time": start and start.isoformat(),
        "device_string": known.get("device")
        and f"{known['device']}. {known['device_name']} {WHITE_PAPERS}",
    }
    places = data_set.FILE_METADATA_MAPPING
    found = {
        places[name]: str(words[name])
        for name in places
        if words.get(name) is not None and name != "generated_by"
    }
    return {**found, "general/pipeline_version": str(version)}


def tables_of(data_set, content: Content) -> dict[str, SimpleNamespace]:
    """Stimulus tables as they stand in the file; those that AllenSDK cannot read are left out."""
    found = {}
    for stimulus in data_set.list_stimuli():
        if content.stimuli is not None and stimulus not in content.stimuli:
            continue
        try:
            table = data_set.get_stimulus_table(stimulus)
        except OSError:
            continue
        # The rows' labels are their places in the file, before they were sorted.
        table = table.sort_index()
        frames = table[["start", "end"]].to_numpy()
        columns = [name for name in table.columns if name not in ("start", "end", "repeat")]
        if not columns:
            # AllenSDK takes an epoch's start and its end from the first column of two rows.
            events, frames = np.tile([1, -1], len(frames)), np.repeat(frames.ravel()[:, None], 2, 1)
            found[stimulus] = SimpleNamespace(data=events, frame_duration=frames, features=())
        elif columns == ["frame"]:
            data = table["frame"].to_numpy()
            found[stimulus] = SimpleNamespace(data=data, frame_duration=frames, features=())
        else:
            data = table[columns].to_numpy()
            found[stimulus] = SimpleNamespace(data=data, frame_duration=frames, features=columns)
    return found


def templates_of(data_set, stimuli: Iterable[str], content: Content) -> dict[str, np.ndarray]:
    """Templates of those stimuli that are kept, and have one."""
    found = {}
    for stimulus in stimuli:
        if content.templates is None or stimulus in content.templates:
            try:
                found[stimulus] = data_set.get_stimulus_template(stimulus)
            except KeyError:
                continue
    return found


def _with(number: Any, unit: str) -> str | None:
    return None if number is None else f"{number} {unit}"


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
