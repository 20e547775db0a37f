"""Imports all that a worker needs, at once."""

from importlib import import_module

from ..inside.light import importing

MODULES = (
    "distributed",
    "otter.test_files.exception_test",
    "visual_coding_course.checking",
    "visual_coding_course.grading.ready",
    "visual_coding_course.grading.submission",
    "visual_coding_course.isolation.provisioner",
)

with importing():
    for name in MODULES:
        import_module(name)
    # What notebooks are seen against is compiled once in a process, or in one before it forks.
    import_module("nbformat.validator").get_validator(4)
