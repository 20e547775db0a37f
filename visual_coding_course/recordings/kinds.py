"""How a recording, and the cache that it comes from, are told of between processes."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from ..inside.kinds import Kind

#: Opening the file for its session's number takes milliseconds, and each question asks for it. By
#: what the file is, not by its name, under which there may be another one later.
_sessions: dict[tuple, int] = {}


def _session_of(file):
    """Read a recording's session: `get_metadata` reads ten times as much, and parses it."""
    import h5py

    about = os.stat(file)
    key = (about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns)
    if key not in _sessions:
        with h5py.File(file) as recording:
            _sessions[key] = int(recording["general/session_id"][()])
    return _sessions[key]


def _describe(data_set):
    file = os.path.realpath(str(data_set.nwb_file))
    return {"session": _session_of(file), "file": file}


def _open(data):
    return _opened(str(data["file"]))


@lru_cache(maxsize=16)
def _opened(file):
    """Open a recording; the same for each call, as a notebook has it."""
    from allensdk.core.brain_observatory_nwb_data_set import BrainObservatoryNwbDataSet

    if not Path(file).is_file():
        raise FileNotFoundError(f"{file} is not here")
    return BrainObservatoryNwbDataSet(file)


def _open_cache(data):
    from visual_coding_course import open_cache

    return open_cache()


KINDS = (
    Kind(
        name="recording",
        module="allensdk.core.brain_observatory_nwb_data_set",
        type_name="BrainObservatoryNwbDataSet",
        describe=_describe,
        open=_open,
    ),
    Kind(
        name="cache",
        module="allensdk.core.brain_observatory_cache",
        type_name="BrainObservatoryCache",
        describe=lambda cache: {},
        open=_open_cache,
    ),
)
