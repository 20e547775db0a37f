"""What an assignment on these recordings needs: the files, AllenSDK, and what opens them."""

import os
from functools import lru_cache

from ..shared.needs import Needs
from . import another, grading_folder, layout


@lru_cache(maxsize=1)
def _cache():
    from .cache import open_practice

    return open_practice(grading_folder())


@lru_cache(maxsize=16)
def _recording(session):
    from ..inside.rebuild import uncopied

    if session not in {experiment["id"] for experiment in _cache().get_ophys_experiments()}:
        return uncopied("BrainObservatoryNwbDataSet", f"session {session} is not known")
    return _cache().get_ophys_experiment_data(session)


def _becomes(kind, data):
    """The grader's own cache, or its own recording of a session, if it is the file named."""
    # Here and not above: whoever only asks what is needed would import matplotlib for it.
    from ..inside.rebuild import uncopied

    if kind == "cache":
        return _cache()
    if kind != "recording" or not isinstance(data.get("session"), int):
        return uncopied(kind)
    own = _recording(data["session"])
    known, file = getattr(own, "nwb_file", None), data.get("file")
    if known and file and file not in (os.path.abspath(known), os.path.realpath(known)):
        return uncopied("BrainObservatoryNwbDataSet", "its file is none of the recordings")
    return own


NEEDS = Needs(
    version=str(layout.VERSION),
    folder=grading_folder,
    beside=another.folder,
    variable=layout.GIVEN,
    alone=layout.ALONE,
    settings=(layout.GIVEN, layout.VARIABLE),
    shown=(
        "recordings/__init__.py",
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
    becomes=_becomes,
)
