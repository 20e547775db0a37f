"""Imports all that a worker needs, at once."""

from importlib import import_module

from ..light import importing

MODULES = (
    "distributed",
    "visual_coding_course.practice.first_import",  # before all that imports pynwb
    "allensdk.core.brain_observatory_nwb_data_set",
    "otter.test_files.exception_test",
    "visual_coding_course.checks",
    "visual_coding_course.grading.submission",
    "visual_coding_course.kernels.provisioner",
    "visual_coding_course.practice.cache",
    "visual_coding_course.practice.unpacked",
)

with importing():
    for name in MODULES:
        import_module(name)
