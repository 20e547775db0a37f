"""What an assignment on these recordings needs: the files, AllenSDK, and what opens them."""

import os
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

from ..shared.needs import Needs
from . import another, grading_folder, kept, layout, named
from .errors import DamagedError


@lru_cache(maxsize=4)
def _cache(folder):
    from .cache import open_practice

    return open_practice(folder or grading_folder())


@lru_cache(maxsize=16)
def _recording(folder, session):
    from ..inside.rebuild import uncopied

    boc = _cache(folder)
    if session not in {experiment["id"] for experiment in boc.get_ophys_experiments()}:
        return uncopied("BrainObservatoryNwbDataSet", f"session {session} is not known")
    return boc.get_ophys_experiment_data(session)


def _becomes(folder, kind, data):
    """The grader's own cache, or its own recording of a session, if it is the file named."""
    # Here and not above: whoever only asks what is needed would import matplotlib for it.
    from ..inside.rebuild import uncopied

    if kind == "cache":
        return _cache(folder)
    if kind != "recording" or not isinstance(data.get("session"), int):
        return uncopied(kind)
    own = _recording(folder, data["session"])
    known, file = getattr(own, "nwb_file", None), data.get("file")
    if known and file and file not in (os.path.abspath(known), os.path.realpath(known)):
        return uncopied("BrainObservatoryNwbDataSet", "its file is none of the recordings")
    return own


def _at(place):
    """The needs of an assignment on an excerpt: in a folder, or where a file in it says."""
    folder = named.folder_of(place) if (place / layout.NAMED).is_file() else place
    if not kept.is_excerpt(folder):
        raise DamagedError(
            f"There is no excerpt of recordings at {folder}: `course recordings excerpt` makes one."
        )
    return _excerpt_needs(folder.resolve(), kept.version(folder))


@lru_cache(maxsize=8)
def _excerpt_needs(folder: Path, version: str) -> Needs:
    about = kept.about(folder)
    note = (
        "The recordings are simulated."
        if about["simulated"]
        else f"The recordings are an excerpt of experiment container {about['container']} of the "
        "Allen Brain Observatory, Visual Coding 2P, of the Allen Institute for Brain Science."
    )
    return replace(
        NEEDS,
        version=f"excerpt {version}",
        folder=partial(Path, folder),
        beside=partial(another.folder, folder),
        becomes=partial(_becomes, folder),
        left_out=frozenset({"practice", "recorded" if about["simulated"] else "simulated"}),
        note=note,
        damaged=partial(kept.damaged, folder),
    )


NEEDS = Needs(
    version=str(layout.VERSION),
    folder=grading_folder,
    beside=another.folder,
    variable=layout.GIVEN,
    alone=layout.ALONE,
    settings=(layout.GIVEN, layout.VARIABLE),
    shown=(
        "recordings/__init__.py",
        "recordings/allen.py",
        "recordings/cache.py",
        "recordings/errors.py",
        "recordings/first_import.py",
        "recordings/kinds.py",
        "recordings/layout.py",
    ),
    preload=(
        "visual_coding_course.recordings.first_import",  # before all that imports pynwb
        "allensdk.brain_observatory.natural_movie",
        "allensdk.core.brain_observatory_cache",
        "allensdk.core.brain_observatory_nwb_data_set",
        "visual_coding_course.recordings.cache",
    ),
    imported=(
        "visual_coding_course.recordings.first_import",
        "allensdk.core.brain_observatory_nwb_data_set",
        "visual_coding_course.recordings.cache",
        "visual_coding_course.recordings.unpacked",
    ),
    packages=("allensdk", "h5py"),
    extra="recordings",
    kinds="visual_coding_course.recordings.kinds",
    becomes=partial(_becomes, None),
    left_out=frozenset({"recorded"}),
    note="The recordings are simulated practice recordings.",
    at=_at,
    named=layout.NAMED,
)
