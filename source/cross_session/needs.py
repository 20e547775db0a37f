"""What this assignment needs besides numbers, and what of it an excerpt of recordings keeps."""

from visual_coding_course.recordings.content import Content
from visual_coding_course.recordings.needs import NEEDS

__all__ = ["EXCERPT", "NEEDS"]

EXCERPT = Content(traces=("dff", "fluorescence"), events=False, templates=())
