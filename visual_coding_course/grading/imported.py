"""Imports all that a worker needs, at once."""

from importlib import import_module

from ..inside.light import importing

MODULES = (
    "distributed",
    "visual_coding_course.recordings.first_import",  # before all that imports pynwb
    "allensdk.core.brain_observatory_nwb_data_set",
    "otter.test_files.exception_test",
    "visual_coding_course.checking",
    "visual_coding_course.grading.submission",
    "visual_coding_course.isolation.provisioner",
    "visual_coding_course.recordings.cache",
    "visual_coding_course.recordings.unpacked",
)

with importing():
    for name in MODULES:
        import_module(name)
